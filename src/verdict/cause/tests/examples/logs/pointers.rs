//! Examples of the causes in `table/logs/pointers.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "gunicorn-worker-late",
        &[logged(
            1,
            &["[2024-01-09 13:24:39 +0000] [1637] [CRITICAL] WORKER TIMEOUT (pid:7214)"],
        )],
    ),
    (
        "gunicorn-worker-not-started",
        &[logged(
            1,
            &["gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>"],
        )],
    ),
    (
        "uwsgi-program-not-loaded",
        &[
            logged(1, &["*** no app loaded. GAME OVER ***"]),
            logged(
                1,
                &["unable to load app 0 (mountpoint='') (callable not found or import error)"],
            ),
        ],
    ),
    (
        "spring-bean-failed",
        &[
            logged(
                1,
                &["org.springframework.context.ApplicationContextException: Unable to start web server"],
            ),
            logged(
                1,
                &["ERROR 1 --- [main] o.s.boot.SpringApplication : Application run failed"],
            ),
            logged(
                1,
                &["org.springframework.beans.factory.UnsatisfiedDependencyException: Error in bean"],
            ),
            logged(
                1,
                &[
                    "org.springframework.context.ApplicationContextException: Failed to start bean 'webServerStartStop'",
                ],
            ),
            logged(
                1,
                &[
                    "org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'entityManagerFactory'",
                ],
            ),
            logged(1, &["APPLICATION FAILED TO START"]),
        ],
    ),
    (
        "program-panicked",
        &[
            logged(1, &["fatal error: all goroutines are asleep - deadlock!"]),
            logged(1, &["thread 'main' panicked at src/main.rs:12:10:"]),
            logged(1, &["goroutine 1 [running]:"]),
        ],
    ),
    (
        "mongodb-assertion",
        &[
            logged(1, &["***aborting after fassert() failure"]),
            logged(1, &["Fatal assertion 28595"]),
        ],
    ),
    (
        "erlang-application-failed",
        &[
            logged(
                1,
                &[
                    "Kernel pid terminated (application_controller) ({application_start_failure,web,{bad_return,...}})",
                ],
            ),
            logged(
                1,
                &[
                    "** (Mix) Could not start application web: Web.Application.start(:normal, []) returned an error",
                ],
            ),
            logged(
                1,
                &[
                    "init terminating in do_boot ({badarg,[{erl_prim_loader,check_file_result,3,[]},{init,patch_dir,2,[]}",
                ],
            ),
            logged(
                1,
                &["{'EXIT',{{badmatch,{error,{shutdown,{failed_to_start_child,m"],
            ),
        ],
    ),
    (
        "supervised-program-failed",
        &[
            logged(
                1,
                &["INFO gave up: web entered FATAL state, too many start retries too quickly"],
            ),
            logged(
                1,
                &["2015-03-10 08:38:07,049 INFO exited: sidekiq (exit status 1; not expected)"],
            ),
        ],
    ),
    (
        "package-script-failed",
        &[
            logged(1, &["npm error command failed"]),
            logged(1, &["npm ERR! command failed"]),
            logged(1, &["npm ERR! code ELIFECYCLE"]),
            logged(1, &["npm error Lifecycle script `start` failed with error:"]),
            logged(1, &[" ELIFECYCLE  Command failed with exit code 1."]),
            logged(1, &["error Command failed with exit code 1."]),
        ],
    ),
    (
        "child-process-failed",
        &[
            logged(1, &["Terminating TaskManagerRunner: runner exited with code 1"]),
            logged(1, &["['2020-03-28T03:02:59Z']:emqx exit abnormally"]),
            logged(1, &["Process exited with exit value [es]: 1"]),
            logged(1, &["EMQ X Broker 4.2.3 failed to start within 15 seconds,"]),
            logged(
                1,
                &["RuntimeError: Engine process failed. See stack trace for the root cause."],
            ),
            logged(
                1,
                &["ERROR Exiting Kafka due to fatal exception during startup. (kafka.Kafka$)"],
            ),
            logged(
                1,
                &[
                    "ERROR org.apache.flink.runtime.taskexecutor.TaskManagerRunner [] - Terminating TaskManagerRunner with exit code 1.",
                ],
            ),
            logged(
                1,
                &[
                    "level=error caller=log.go:106 msg=\"error running loki\" err=\"failed services\\ngithub.com/grafana/loki/pkg/loki.(*Loki).Run\"",
                ],
            ),
            logged(1, &["redis died. Shutting down..."]),
        ],
    ),
    (
        "program-raised",
        &[
            logged(
                1,
                &["Unhandled Exception: System.InvalidOperationException: Sequence contains no elements"],
            ),
            logged(
                1,
                &["Unhandled exception. System.InvalidOperationException: Sequence contains no elements"],
            ),
            logged(
                1,
                &["Exception in thread \"main\" java.lang.NullPointerException"],
            ),
            logged(1, &["PHP Fatal error:  Uncaught RuntimeError: x in /app/a.php:3"]),
            logged(
                1,
                &[
                    "[UnhandledPromiseRejection: This error originated either by throwing inside of an async function",
                ],
            ),
            logged(
                1,
                &[
                    "[2016-11-09 14:41:04,432: CRITICAL/MainProcess] Unrecoverable error: TypeError('unorderable types: NoneType() <= int()',)",
                ],
            ),
            logged(
                1,
                &["config/puma.rb:5:in 'load': undefined method 'x' for nil (NoMethodError)"],
            ),
            logged(
                1,
                &["bundler: failed to load command: puma (/usr/local/bundle/bin/puma)"],
            ),
            logged(1, &["** (EXIT) an exception was raised:"]),
            logged(1, &["Node.js v20.11.1"]),
            logged(1, &["panic: assignment to entry in nil map"]),
            logged(1, &["Traceback (most recent call last):"]),
            logged(
                1,
                &["luajit: ops.lua:457: attempt to index field 'ssl' (a nil value)"],
            ),
            logged(1, &["lua: main.lua:3: attempt to call a nil value (global 'x')"]),
            logged(
                1,
                &["luajit: /usr/bin/apisix:488: bad argument #1 to 'pairs' (table expected, got nil)"],
            ),
            logged(1, &["Execution halted"]),
        ],
    ),
    (
        "kafka-client-not-created",
        &[
            logged(
                1,
                &["org.apache.kafka.common.KafkaException: Failed to create new KafkaAdminClient"],
            ),
            logged(
                1,
                &["org.apache.kafka.common.KafkaException: Failed to construct kafka consumer"],
            ),
        ],
    ),
    (
        "start-failed",
        &[
            logged(1, &["ERROR Unable to initialize backend: errno 524"]),
            logged(1, &["Starting nginx: nginx failed!"]),
            logged(1, &["  *  [ FAILED ]"]),
        ],
    ),
];
