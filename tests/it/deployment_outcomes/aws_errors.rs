//! AWS fails while a deployment is watched: the outcome is the same, or the run says that there is none.

use crate::support::cases;
use crate::support::scenario_file;
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

/// The first version is there, and the second one is deployed while things go wrong.
fn second(scenario: &Scenario, faults: &[Fault]) -> Output {
    let server = Scripted::start(scenario.clone());
    let deploy = |text: String| Ecsctl::on(&server, &["deploy"]).file(&text).run();
    deploy(scenario_file::first(scenario)).exits(0);
    for fault in faults {
        server.fault(fault.clone());
    }
    deploy(scenario_file::change(scenario))
}

fn faults(text: &str) -> Vec<Fault> {
    serde_yaml::from_str(text).expect("faults")
}

/// What goes wrong, as a scenario's `faults:`, from the deploy on that is watched; and what is said of it, once and no
/// more: nothing, where a person needn't know.
struct Trouble(&'static str, Option<&'static str>);

impl Trouble {
    /// Deploys a scenario's second version while this goes wrong. How often it was warned about.
    fn warnings(&self, scenario: &str, exit: i32) -> usize {
        let output = second(&Scenario::file(scenario), &faults(self.0));
        assert_eq!(output.code(), exit, "{}, {scenario}\n{}", self.0, output.stderr);
        let warnings = output.stderr.matches("warning:").count();
        let about_it = self
            .1
            .map_or(0, |told| output.stderr.matches(told).count().min(1));
        assert_eq!(warnings, about_it, "{}, {scenario}\n{}", self.0, output.stderr);
        warnings
    }
}

/// One `#[test]` for each way in which a rollout ends, with the same trouble.
macro_rules! troubles {
    ($($name:ident: $trouble:expr;)+) => {
        $(mod $name {
            use super::*;

            const TROUBLE: Trouble = $trouble;

            /// This one needs all that may be missing, so that it is warned about whatever is told at all.
            #[test]
            fn target_timeout() {
                assert_eq!(TROUBLE.warnings("target-timeout", 5) > 0, TROUBLE.1.is_some());
            }

            #[test]
            fn healthy() {
                TROUBLE.warnings("healthy", 0);
            }

            #[test]
            fn rollback() {
                TROUBLE.warnings("rollback", 5);
            }

            #[test]
            fn breaker() {
                TROUBLE.warnings("breaker", 5);
            }

            #[test]
            fn superseded() {
                TROUBLE.warnings("superseded", 7);
            }
        })+
    };
}

mod outcome_is_the_same {
    use super::*;

    troubles! {
        throttled_in_bursts: Trouble(
            "
- {operation: ecs DescribeServices, from: 3, times: 9, throttle: true}
- {operation: ecs ListServiceDeployments, times: 4, throttle: true}
- {operation: ecs ListTasks, times: 4, throttle: true}",
            None,
        );
        few_server_errors: Trouble(
            "
- {operation: ecs DescribeServices, from: 3, times: 2, status: 500}
- {operation: ecs ListTasks, times: 2, status: 500}
- {operation: ecs DescribeTasks, times: 1, status: 503}
- {operation: ecs ListServiceDeployments, times: 2, status: 500}",
            None,
        );
        many_server_errors: Trouble(
            "[{operation: ecs DescribeServices, from: 3, times: 15, status: 500}]",
            Some("still trying"),
        );
        connections_reset: Trouble(
            "
- {operation: ecs DescribeServices, from: 3, times: 3, reset: true}
- {operation: ecs ListServiceDeployments, nth: 1, reset: true}
- {operation: ecs DescribeServiceDeployments, nth: 1, reset: true}
- {operation: ecs ListTasks, nth: 1, reset: true}
- {operation: ecs DescribeTasks, nth: 1, reset: true}",
            None,
        );
        replies_broken_off: Trouble(
            "
- {operation: ecs DescribeServices, nth: 3, close: true}
- {operation: ecs DescribeServices, nth: 5, half: true}
- {operation: ecs DescribeServices, nth: 7, garbage: true}",
            None,
        );
        slow_replies: Trouble(
            "[{operation: 'ecs Describe*', from: 3, times: 4, delay: 400}]",
            None,
        );
        list_service_deployments_denied: Trouble(
            "[{operation: ecs ListServiceDeployments, deny: true}]",
            Some("ecs:ListServiceDeployments"),
        );
        describe_service_deployments_denied: Trouble(
            "[{operation: ecs DescribeServiceDeployments, deny: true}]",
            Some("ecs:DescribeServiceDeployments"),
        );
        list_tasks_denied: Trouble(
            "[{operation: ecs ListTasks, deny: true}]",
            Some("ecs:ListTasks"),
        );
        describe_tasks_denied: Trouble(
            "[{operation: ecs DescribeTasks, deny: true}]",
            Some("ecs:DescribeTasks"),
        );
        get_log_events_denied: Trouble(
            "[{operation: logs GetLogEvents, deny: true}]",
            Some("logs:GetLogEvents"),
        );
        describe_target_health_denied: Trouble(
            "[{operation: elbv2 DescribeTargetHealth, deny: true}]",
            Some("elasticloadbalancing:DescribeTargetHealth"),
        );
        operation_not_supported: Trouble(
            "[{operation: 'ecs *ServiceDeployments', code: InvalidAction, message: 'The action is not valid.'}]",
            None,
        );
    }
}

/// Without an answer to what it can do without, the looks go on and the verdict comes: each such read would take a minute
/// and a half to fail.
fn hanging_requests_do_not_delay_the_outcome(scenario: &str, exit: i32) {
    let hanging = "
- {operation: ecs ListServiceDeployments, hang: true}
- {operation: ecs ListTasks, hang: true}
- {operation: logs GetLogEvents, hang: true}
- {operation: elbv2 DescribeTargetHealth, hang: true}";
    let output = second(&Scenario::file(scenario), &faults(hanging));
    assert_eq!(output.code(), exit, "{scenario}\n{}", output.stderr);
}

cases! { hanging_requests_do_not_delay_the_outcome {
    healthy("healthy", 0);
    rollback("rollback", 5);
} }

fn stale_replies_do_not_change_the_outcome(scenario: &str, exit: i32, stale: u32, unlisted: u32) {
    let mut scenario_read = Scenario::file(scenario);
    // Those that go well have nothing written.
    let rollouts = scenario_read.rollouts.entry("web".to_owned()).or_default();
    rollouts.resize_with(2, Default::default);
    rollouts[1].stale = stale;
    rollouts[1].unlisted = unlisted;
    let output = second(&scenario_read, &[]);
    assert_eq!(
        output.code(),
        exit,
        "{scenario}, stale {stale}, unlisted {unlisted}\n{}",
        output.stderr
    );
}

cases! { stale_replies_do_not_change_the_outcome {
    target_timeout_stale("target-timeout", 5, 4, 0);
    target_timeout_unlisted("target-timeout", 5, 0, 6);
    target_timeout_stale_and_unlisted("target-timeout", 5, 3, 9);
    target_timeout_never_listed("target-timeout", 5, 0, 1000);
    healthy_stale("healthy", 0, 4, 0);
    healthy_unlisted("healthy", 0, 0, 6);
    healthy_stale_and_unlisted("healthy", 0, 3, 9);
    healthy_never_listed("healthy", 0, 0, 1000);
    rollback_stale("rollback", 5, 4, 0);
    rollback_unlisted("rollback", 5, 0, 6);
    rollback_stale_and_unlisted("rollback", 5, 3, 9);
    rollback_never_listed("rollback", 5, 0, 1000);
    breaker_stale("breaker", 5, 4, 0);
    breaker_unlisted("breaker", 5, 0, 6);
    breaker_stale_and_unlisted("breaker", 5, 3, 9);
    breaker_never_listed("breaker", 5, 0, 1000);
    superseded_stale("superseded", 7, 4, 0);
    superseded_unlisted("superseded", 7, 0, 6);
    superseded_stale_and_unlisted("superseded", 7, 3, 9);
    superseded_never_listed("superseded", 7, 0, 1000);
} }

/// Members and values that nobody knows yet, wherever a reply has an enum.
fn unknown_values_do_not_change_the_outcome(end: &str, exit: i32) {
    let odd = "
unknownValues: true
rollouts:
  web:
    - {}
    - frames:
        - pending: all
          state: PONDERING
          service: {status: ACTIVE, launchType: BALLOON, tomorrow: {is: another}, schedulingStrategy: WHIM}
          deployment: {status: PRIMARY, launchType: BALLOON, tomorrow: 1}
          serviceDeployment: {status: PONDERING, lifecycleStage: DREAMING, lifecycleHookDetails: [{hookId: h, targetType: ORACLE, status: MUSING, timeoutAction: SHRUG}], deploymentCircuitBreaker: {status: MELTED}, alarms: {status: HUMMING}}
          task: {lastStatus: LEVITATING, healthStatus: ENLIGHTENED}
END";
    let scenario = Scenario::parse(&odd.replace("END", end.trim_start_matches('\n')));
    let output = second(&scenario, &[]);
    assert_eq!(output.code(), exit, "{}", output.stderr);
}

cases! { unknown_values_do_not_change_the_outcome {
    of_a_success(
        "
        - {running: all, pending: 0, state: IN_PROGRESS}
        - {settle: true, serviceDeployment: {status: SUCCESSFUL}}",
        0,
    );
    of_a_rollback(
        "
        - {stopped: [{tasks: 3, code: BoredomSetIn, exitCode: 1}], state: IN_PROGRESS, serviceDeployment: {status: null}}
        - {rollback: {}, serviceDeployment: {status: ROLLBACK_IN_PROGRESS}}
        - {settle: true, serviceDeployment: {status: ROLLBACK_SUCCESSFUL}}",
        5,
    );
} }

/// What expired tokens are answered with.
fn expired() -> Fault {
    Fault {
        key: Some("ASIAFIRST".to_owned()),
        code: Some("ExpiredTokenException".to_owned()),
        message: Some("The security token included in the request is expired".to_owned()),
        ..Fault::on("ecs *")
    }
}

/// A deploy whose credentials come from a program, which gives the first ones, and from the second time on others.
fn with_program(server: &Scripted, text: &str, second: &str) -> Ecsctl {
    let run = Ecsctl::on(server, &["deploy"])
        .without("AWS_ACCESS_KEY_ID")
        .without("AWS_SECRET_ACCESS_KEY")
        .file(text);
    let keys = |key: &str| {
        format!(
            r#"{{"Version": 1, "AccessKeyId": "{key}", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "2099-01-01T00:00:00Z"}}"#
        )
    };
    let program = format!(
        "#!/bin/sh\ncd \"$(dirname \"$0\")\"\nif [ -e asked ]; then\n{second}\nelse\n: > asked\necho '{}'\nfi\n",
        keys("ASIAFIRST")
    )
    .replace("NEW", &keys("ASIASECOND"));
    let folder = run.folder().to_owned();
    run.write("keys.sh", &program)
        .write(
            ".aws/config",
            &format!(
                "[profile ci]\ncredential_process = /bin/sh {}/keys.sh\n",
                folder.display()
            ),
        )
        .env("AWS_PROFILE", "ci")
}

#[test]
fn expired_credentials_are_renewed() {
    let scenario = Scenario::file("healthy");
    let server = Scripted::start(scenario.clone());
    Ecsctl::on(&server, &["deploy"])
        .file(&scenario_file::first(&scenario))
        .run()
        .exits(0);
    // Both what is observed and the update go through with the first ones.
    server.fault(Fault {
        from: Some(server_calls_before_the_watch()),
        ..expired()
    });
    let output = with_program(&server, &scenario_file::change(&scenario), "echo 'NEW'").run();
    assert_eq!(output.code(), 0, "{}", output.stderr);
    assert!(!output.stderr.contains("expired"), "{}", output.stderr);
}

#[test]
fn credentials_expired_for_good_end_the_wait() {
    let scenario = Scenario::file("healthy");
    let server = Scripted::start(scenario.clone());
    Ecsctl::on(&server, &["deploy"])
        .file(&scenario_file::first(&scenario))
        .run()
        .exits(0);
    server.fault(Fault {
        from: Some(server_calls_before_the_watch()),
        ..expired()
    });
    let program = "echo 'the session is over' >&2; exit 1";
    let output = with_program(&server, &scenario_file::change(&scenario), program)
        .run()
        .exits(3);
    insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("expired", output.record());
    });
    assert!(output.stderr.contains("ecsctl wait web"), "{}", output.stderr);
    // With good ones again, the watch goes on where it was.
    Ecsctl::on(&server, &["wait"])
        .file(&scenario_file::change(&scenario))
        .run()
        .exits(0);
}

/// How many calls of ECS a deploy makes before its first poll, in `healthy`.
fn server_calls_before_the_watch() -> u64 {
    let scenario = Scenario::file("healthy");
    let server = Scripted::start(scenario.clone());
    Ecsctl::on(&server, &["deploy"])
        .file(&scenario_file::first(&scenario))
        .run()
        .exits(0);
    server.clear_log();
    Ecsctl::on(&server, &["deploy"])
        .file(&scenario_file::change(&scenario))
        .run()
        .exits(0);
    let log = server.log();
    let calls: Vec<&str> = log
        .names()
        .into_iter()
        .filter(|name| name.starts_with("ecs "))
        .collect();
    let update = calls
        .iter()
        .position(|name| *name == "ecs UpdateService")
        .expect("an update");
    // Counted from one, and the first poll may pass too.
    update as u64 + 3
}
