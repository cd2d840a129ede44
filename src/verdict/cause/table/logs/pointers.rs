//! Lines that say that something failed, and leave to the lines around them what it was.

use super::HEDGED;
use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "gunicorn-worker-late",
        when: &[CauseSign::Logged("[CRITICAL] WORKER TIMEOUT")],
        cause: "a gunicorn worker did not answer within --timeout: blocked, or too slow with the \
                task's cpu",
        cure: &[
            SuggestionPart::text(
                "raise --timeout or the task's cpu, or find the blocking call; gthread workers \
                 suit slow requests; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "benoitc/gunicorn#3136",
    },
    Cause {
        id: "gunicorn-worker-not-started",
        when: &[CauseSign::Logged("Worker failed to boot")],
        cause: "gunicorn could not load the program; the traceback before says why",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(" shows it; gunicorn --preload shows it plainly"),
        ],
        source: "benoitc/gunicorn#2103",
    },
    Cause {
        id: "uwsgi-program-not-loaded",
        when: &[
            CauseSign::Logged("no app loaded. GAME OVER"),
            CauseSign::Logged("unable to load app 0"),
        ],
        cause: "uWSGI could not load the program: the traceback before says why, or module \
                and callable name nothing",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(
                " shows it; correct module and callable (module = app:app) in uwsgi.ini; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "ajnisbet/opentopodata#77",
    },
    Cause {
        id: "spring-bean-failed",
        when: &[
            CauseSign::Logged("Error creating bean with name"),
            CauseSign::Logged("APPLICATION FAILED TO START"),
            CauseSign::Logged("UnsatisfiedDependencyException"),
            CauseSign::Logged("Failed to start bean"),
            CauseSign::Logged("Unable to start web server"),
            CauseSign::Logged("Application run failed"),
        ],
        cause: "Spring could not set up a part of the program; the last \"Caused by\" (or \
                \"Description\") of the log says why",
        cure: &[SuggestionPart::command("logs", "SERVICE --previous")],
        source: "spring-projects/spring-boot, FailureAnalyzer; Spring Framework, \
                BeanCreationException; the-qa-company/qEndpoint#493",
    },
    Cause {
        id: "program-panicked",
        when: &[
            CauseSign::Logged("panicked at "),
            CauseSign::Logged("goroutine 1 [running]"),
            CauseSign::Logged("all goroutines are asleep - deadlock"),
        ],
        cause: "the program stopped at an error that it does not handle (a panic), most often \
                a setting or file that it expects at start; the lines around this one name it \
                and the place in the code",
        cure: &[SuggestionPart::command("logs", "SERVICE --previous")],
        source: "frederik-uni/manga-image-translator-rust#16; Rust, std::panic; Go, \
                runtime/panic.go",
    },
    Cause {
        id: "mongodb-assertion",
        when: &[
            CauseSign::Logged("aborting after fassert() failure"),
            CauseSign::Logged("Fatal assertion"),
        ],
        cause: "MongoDB stopped at a fatal assertion, mostly as it can't use its data files: \
                they are damaged, of another version, or on a file system that it does not \
                support, such as EFS",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(
                " shows the line before that names it; keep the data on EBS, or use Amazon \
                DocumentDB",
            ),
        ],
        source: "mvertes/docker-alpine-mongo#1; MongoDB manual, Production notes (remote file \
                systems)",
    },
    Cause {
        id: "erlang-application-failed",
        when: &[
            CauseSign::Logged("Kernel pid terminated (application_controller)"),
            CauseSign::Logged("Could not start application "),
            CauseSign::Logged("init terminating in do_boot"),
            CauseSign::Logged("{badmatch,{error,"),
        ],
        cause: "the Erlang application could not start; the first \"(Module) …\" or {error,…} \
                of the log says why",
        cure: &[SuggestionPart::command("logs", "SERVICE --previous")],
        source: "erlang/otp, application_controller.erl; elixir-lang/elixir, \
                mix/tasks/app.start.ex; apache/couchdb#4634",
    },
    Cause {
        id: "supervised-program-failed",
        when: &[
            CauseSign::Logged("entered FATAL state"),
            CauseSign::Logged("; not expected)"),
        ],
        cause: "a program that supervisord starts ends at once, too often; its own output \
                says why",
        cure: &[
            SuggestionPart::text(
                "send it to the container's log (stdout_logfile=/dev/stdout, \
                stdout_logfile_maxbytes=0, likewise stderr); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Supervisor documentation, Subprocesses; sameersbn/docker-postgresql#21",
    },
    Cause {
        id: "package-script-failed",
        when: &[
            CauseSign::Logged("npm ERR! code ELIFECYCLE"),
            CauseSign::Logged("Lifecycle script `"),
            CauseSign::Logged("ELIFECYCLE"),
            CauseSign::Logged("error Command failed with exit code"),
            CauseSign::Logged("npm error command failed"),
            CauseSign::Logged("npm ERR! command failed"),
        ],
        cause: "a script of package.json failed; the lines before say why",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(
                " shows them; command: [node, FILE] instead of npm start lets the program also \
                receive SIGTERM",
            ),
        ],
        source: "oznu/docker-unms#29; npm documentation, scripts; nodejs/docker-node, Best \
                practices; calcom/cal.diy#25189",
    },
    Cause {
        id: "child-process-failed",
        when: &[
            CauseSign::LoggedPhrase(
                &[
                    &[
                        "process",
                        "thread",
                        "child",
                        "subprocess",
                        "worker",
                        "server",
                        "service",
                        "engine",
                        "plugin",
                        "program",
                        "command",
                        "broker",
                        "node",
                        "runner",
                        "script",
                        "task",
                    ],
                    &[
                        "exited with",
                        "exit with",
                        "exit code",
                        "terminated with",
                        "failed with",
                        "ended with",
                        "died with",
                        "has exited",
                        "has terminated",
                        "quit with",
                        "stopped with",
                        "exit abnormally",
                        "exits abnormally",
                        "exited abnormally",
                        "failed to start",
                        "exited unexpectedly",
                        "terminated unexpectedly",
                        "crashed",
                        "exited prematurely",
                        "exited on signal",
                        "killed by signal",
                    ],
                ],
                &[
                    "code 0",
                    "status 0",
                    "value 0",
                    "code: 0",
                    "status: 0",
                    "client",
                    "request",
                    "retry",
                    "again",
                    "retried",
                    "rescheduled",
                ],
            ),
            CauseSign::Logged("exit abnormally"),
            CauseSign::Logged("Process exited with exit value"),
            CauseSign::Logged("failed to start within"),
            CauseSign::Logged("See stack trace for the root cause"),
            CauseSign::Logged("due to fatal exception during startup"),
            CauseSign::Logged("Terminating TaskManagerRunner with exit code 1"),
            CauseSign::Logged("err=\"failed services"),
            CauseSign::Logged("died. Shutting down"),
        ],
        cause: "a process that the program consists of ended with an error, and took the program \
                along; that process's own lines, before this one, say why",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(
                " shows them; if there are none, raise memory and set the program's log level to \
                debug",
            ),
        ],
        source: "SonarSource/docker-sonarqube#143; emqx/emqx#3996 and #3351; \
                vllm-project/vllm#16446; chainbase-labs/manuscript-core#125; grafana/loki#4551; sourcegraph/sourcegraph-public-snapshot#90",
    },
    Cause {
        id: "program-raised",
        when: &[
            CauseSign::Logged("Unhandled exception: "),
            CauseSign::Logged("Unhandled exception. "),
            CauseSign::Logged("Exception in thread \"main\""),
            CauseSign::Logged("PHP Fatal error:  Uncaught"),
            CauseSign::Logged("[UnhandledPromiseRejection"),
            CauseSign::Logged("Unrecoverable error: "),
            CauseSign::Logged("undefined method '*NoMethodError"),
            CauseSign::Logged("bundler: failed to load command"),
            CauseSign::Logged("(EXIT) an exception was raised"),
            CauseSign::LoggedAs("Node.js v"),
            CauseSign::LoggedAs("panic: "),
            CauseSign::LoggedAs("Traceback (most recent call last)"),
            CauseSign::Logged("attempt to index "),
            CauseSign::Logged("attempt to call a nil value"),
            CauseSign::Logged("bad argument #"),
            CauseSign::LoggedAs("Execution halted"),
        ],
        cause: "the program stopped at an error that it does not handle: in its code, or \
                because a package, a setting or a file is not what it expects; the lines \
                around this one name the place",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(
                " shows them; docker run --rm IMAGE with the same environment shows whether the \
                task or the code is at fault",
            ),
        ],
        source: "puckel/docker-airflow#48; fbocolowski/sssm#10; Python, Node.js, Java, .NET, \
                PHP and Ruby documentation, Uncaught exceptions; n8n-io/n8n#818; apache/apisix#823, #4897 and #10256; Lua and R documentation",
    },
    Cause {
        id: "kafka-client-not-created",
        when: &[
            CauseSign::Logged("Failed to create new KafkaAdminClient"),
            CauseSign::Logged("Failed to construct kafka "),
        ],
        cause: "the settings of a Kafka client do not fit: its addresses, a login module, a \
                key store or a class; the last \"Caused by\" of the log names it",
        cure: &[SuggestionPart::command("logs", "SERVICE --previous")],
        source: "vdesabou/kafka-docker-playground#8626; apache/kafka, KafkaAdminClient.java",
    },
    Cause {
        id: "start-failed",
        when: &[
            CauseSign::LoggedPhrase(
                &[
                    &[
                        "unable to",
                        "failed to",
                        "fails to",
                        "cannot",
                        "can't",
                        "could not",
                        "couldn't",
                        "error while",
                        "error during",
                        "failure",
                    ],
                    &[
                        "start",
                        "starting",
                        "startup",
                        "initialize",
                        "initialise",
                        "initializing",
                        "init ",
                        "boot",
                        "launch",
                        "bootstrap",
                        "bring up",
                        "set up",
                        "setup",
                    ],
                ],
                HEDGED,
            ),
            CauseSign::LoggedBut(" failed!", HEDGED),
            CauseSign::LoggedBut("[ FAILED ]", HEDGED),
        ],
        cause: "a part of the program could not start; what follows these words, or the lines \
                before them, says why",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(
                " shows those lines; docker run --rm IMAGE with the same environment shows \
                whether the task or the image is at fault",
            ),
        ],
        source: "treehouses/cli#924; docker-mailserver/docker-mailserver#536; minio/minio#15713",
    },
];
