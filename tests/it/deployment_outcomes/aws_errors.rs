//! An AWS that is not well while a rollout is watched: the verdict is the same, or it is said that there is none.

use super::file;
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

/// What goes wrong, and what is said of it.
struct Trouble {
    name: &'static str,
    /// A scenario's `faults:`, from the deploy on that is watched.
    faults: &'static str,
    /// Said once, and no more; nothing, where a person needn't know.
    told: Option<&'static str>,
}

const TROUBLES: &[Trouble] = &[
    Trouble {
        name: "throttled in bursts",
        faults: "
- {operation: ecs DescribeServices, from: 3, times: 9, throttle: true}
- {operation: ecs ListServiceDeployments, times: 4, throttle: true}
- {operation: ecs ListTasks, times: 4, throttle: true}",
        told: None,
    },
    Trouble {
        name: "a few 500s",
        faults: "
- {operation: ecs DescribeServices, from: 3, times: 2, status: 500}
- {operation: ecs ListTasks, times: 2, status: 500}
- {operation: ecs DescribeTasks, times: 1, status: 503}
- {operation: ecs ListServiceDeployments, times: 2, status: 500}",
        told: None,
    },
    Trouble {
        name: "500s for long",
        faults: "[{operation: ecs DescribeServices, from: 3, times: 15, status: 500}]",
        told: Some("still trying"),
    },
    Trouble {
        name: "resets",
        faults: "
- {operation: ecs DescribeServices, from: 3, times: 3, reset: true}
- {operation: ecs ListServiceDeployments, nth: 1, reset: true}
- {operation: ecs DescribeServiceDeployments, nth: 1, reset: true}
- {operation: ecs ListTasks, nth: 1, reset: true}
- {operation: ecs DescribeTasks, nth: 1, reset: true}",
        told: None,
    },
    Trouble {
        name: "closed, broken off, no HTTP",
        faults: "
- {operation: ecs DescribeServices, nth: 3, close: true}
- {operation: ecs DescribeServices, nth: 5, half: true}
- {operation: ecs DescribeServices, nth: 7, garbage: true}",
        told: None,
    },
    Trouble {
        name: "slow",
        faults: "[{operation: 'ecs Describe*', from: 3, times: 4, delay: 400}]",
        told: None,
    },
    Trouble {
        name: "ListServiceDeployments denied",
        faults: "[{operation: ecs ListServiceDeployments, deny: true}]",
        told: Some("ecs:ListServiceDeployments"),
    },
    Trouble {
        name: "DescribeServiceDeployments denied",
        faults: "[{operation: ecs DescribeServiceDeployments, deny: true}]",
        told: Some("ecs:DescribeServiceDeployments"),
    },
    Trouble {
        name: "ListTasks denied",
        faults: "[{operation: ecs ListTasks, deny: true}]",
        told: Some("ecs:ListTasks"),
    },
    Trouble {
        name: "DescribeTasks denied",
        faults: "[{operation: ecs DescribeTasks, deny: true}]",
        told: Some("ecs:DescribeTasks"),
    },
    Trouble {
        name: "GetLogEvents denied",
        faults: "[{operation: logs GetLogEvents, deny: true}]",
        told: Some("logs:GetLogEvents"),
    },
    Trouble {
        name: "DescribeTargetHealth denied",
        faults: "[{operation: elbv2 DescribeTargetHealth, deny: true}]",
        told: Some("elasticloadbalancing:DescribeTargetHealth"),
    },
    Trouble {
        name: "no such operation",
        faults: "[{operation: 'ecs *ServiceDeployments', code: InvalidAction, message: 'The action is not valid.'}]",
        told: None,
    },
];

/// Rollouts that end in different ways.
const SCENARIOS: [(&str, i32); 5] = [
    ("target-timeout", 5),
    ("healthy", 0),
    ("rollback", 5),
    ("breaker", 5),
    ("superseded", 7),
];

/// The first version is there, and the second one is deployed while things go wrong.
fn second(scenario: &Scenario, faults: &[Fault]) -> Output {
    let server = Scripted::start(scenario.clone());
    let deploy = |text: String| Ecsctl::on(&server, &["deploy"]).file(&text).run();
    deploy(file::first(scenario)).exits(0);
    for fault in faults {
        server.fault(fault.clone());
    }
    deploy(file::change(scenario))
}

fn faults(text: &str) -> Vec<Fault> {
    serde_yaml::from_str(text).expect("faults")
}

#[test]
fn trouble_changes_no_verdict() {
    for Trouble {
        name,
        faults: written,
        told,
    } in TROUBLES
    {
        let mut warned = 0;
        for (scenario, exit) in SCENARIOS {
            let output = second(&Scenario::file(scenario), &faults(written));
            assert_eq!(output.code(), exit, "{name}, {scenario}\n{}", output.stderr);
            let warnings = output.stderr.matches("warning:").count();
            let about_it = told.map_or(0, |told| output.stderr.matches(told).count().min(1));
            assert_eq!(warnings, about_it, "{name}, {scenario}\n{}", output.stderr);
            warned += warnings;
        }
        // Not every rollout needs what is missing.
        assert_eq!(warned > 0, told.is_some(), "{name}");
    }
}

/// Without an answer to what it can do without, the looks go on and the verdict comes: each such read would take a minute
/// and a half to fail.
#[test]
fn what_hangs_holds_up_no_verdict() {
    let hanging = "
- {operation: ecs ListServiceDeployments, hang: true}
- {operation: ecs ListTasks, hang: true}
- {operation: logs GetLogEvents, hang: true}
- {operation: elbv2 DescribeTargetHealth, hang: true}";
    for (scenario, exit) in [("healthy", 0), ("rollback", 5)] {
        let output = second(&Scenario::file(scenario), &faults(hanging));
        assert_eq!(output.code(), exit, "{scenario}\n{}", output.stderr);
    }
}

#[test]
fn stale_reads_change_no_verdict() {
    for (scenario, exit) in SCENARIOS {
        for (stale, unlisted) in [(4, 0), (0, 6), (3, 9), (0, 1000)] {
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
    }
}

/// Members and values that nobody knows yet, wherever a reply has an enum.
#[test]
fn unknown_values_change_no_verdict() {
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
    let well = "
        - {running: all, pending: 0, state: IN_PROGRESS}
        - {settle: true, serviceDeployment: {status: SUCCESSFUL}}";
    let failing = "
        - {stopped: [{tasks: 3, code: BoredomSetIn, exitCode: 1}], state: IN_PROGRESS, serviceDeployment: {status: null}}
        - {rollback: {}, serviceDeployment: {status: ROLLBACK_IN_PROGRESS}}
        - {settle: true, serviceDeployment: {status: ROLLBACK_SUCCESSFUL}}";
    for (end, exit) in [(well, 0), (failing, 5)] {
        let scenario = Scenario::parse(&odd.replace("END", end.trim_start_matches('\n')));
        let output = second(&scenario, &[]);
        assert_eq!(output.code(), exit, "{}", output.stderr);
    }
}

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
fn credentials_that_expire_are_renewed() {
    let scenario = Scenario::file("healthy");
    let server = Scripted::start(scenario.clone());
    Ecsctl::on(&server, &["deploy"])
        .file(&file::first(&scenario))
        .run()
        .exits(0);
    // Both what is observed and the update go through with the first ones.
    server.fault(Fault {
        from: Some(server_calls_before_the_watch()),
        ..expired()
    });
    let output = with_program(&server, &file::change(&scenario), "echo 'NEW'").run();
    assert_eq!(output.code(), 0, "{}", output.stderr);
    assert!(!output.stderr.contains("expired"), "{}", output.stderr);
}

#[test]
fn credentials_that_expire_for_good_end_the_watch() {
    let scenario = Scenario::file("healthy");
    let server = Scripted::start(scenario.clone());
    Ecsctl::on(&server, &["deploy"])
        .file(&file::first(&scenario))
        .run()
        .exits(0);
    server.fault(Fault {
        from: Some(server_calls_before_the_watch()),
        ..expired()
    });
    let program = "echo 'the session is over' >&2; exit 1";
    let output = with_program(&server, &file::change(&scenario), program)
        .run()
        .exits(3);
    insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("expired", output.record());
    });
    assert!(output.stderr.contains("ecsctl wait web"), "{}", output.stderr);
    // With good ones again, the watch goes on where it was.
    Ecsctl::on(&server, &["wait"])
        .file(&file::change(&scenario))
        .run()
        .exits(0);
}

/// How many calls of ECS a deploy makes before its first poll, in `healthy`.
fn server_calls_before_the_watch() -> u64 {
    let scenario = Scenario::file("healthy");
    let server = Scripted::start(scenario.clone());
    Ecsctl::on(&server, &["deploy"])
        .file(&file::first(&scenario))
        .run()
        .exits(0);
    server.clear_log();
    Ecsctl::on(&server, &["deploy"])
        .file(&file::change(&scenario))
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
