//! Deploys while the network or AWS fails.

use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{WEB, changed};
use crate::support::service_state::{revisions, runs};
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

fn failing(operation: &str, status: u16) -> Fault {
    Fault {
        nth: Some(1),
        status: Some(status),
        ..Fault::on(operation)
    }
}

fn retried_request_is_the_same(operation: &str) {
    let server = Scripted::start(Scenario::default().fault(failing(operation, 503)));
    deploy(&server, WEB).run().exits(0);
    let log = server.log();
    let [first, second, ..] = log.of(operation)[..] else {
        panic!("{operation} was not sent again: {:#?}", log.names());
    };
    assert_eq!(first.body, second.body, "{operation}");
    assert_eq!(revisions(&server), 1, "{operation}");
    assert_eq!(runs(&server), "web:1 COMPLETED", "{operation}");
}

cases! { retried_request_is_the_same {
    register_task_definition("ecs RegisterTaskDefinition");
    create_service("ecs CreateService");
    describe_services("ecs DescribeServices");
} }

#[test]
fn throttled_first_deploy_is_waited_out() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        from: Some(3),
        times: Some(2),
        throttle: true,
        ..Fault::on("ecs *")
    });
    deploy(&server, WEB).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

/// Each read before the first write outlasts what the SDK repeats by itself.
fn throttled_read_is_waited_out(operation: &str) {
    let server = deployed(Scenario::default());
    server.fault(Fault {
        times: Some(12),
        throttle: true,
        ..Fault::on(operation)
    });
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

cases! { throttled_read_is_waited_out {
    describe_services_before_the_plan("ecs DescribeServices");
    describe_task_definition("ecs DescribeTaskDefinition");
    describe_log_groups("logs DescribeLogGroups");
    describe_scalable_targets("application-autoscaling DescribeScalableTargets");
} }

#[test]
fn failing_reads_are_waited_out_and_reported_once() {
    let server = deployed(Scenario::default());
    for operation in ["ecs DescribeServices", "ecs DescribeTaskDefinition"] {
        server.fault(Fault {
            times: Some(15),
            status: Some(503),
            ..Fault::on(operation)
        });
    }
    let output = Ecsctl::on(&server, &["plan"]).file(&changed()).run().exits(0);
    assert_eq!(
        output.stderr.matches("still trying").count(),
        1,
        "{}",
        output.stderr
    );
}

fn lasting_throttling_is_no_defect(arguments: &[&str]) {
    let server = deployed(Scenario::default());
    server.fault(Fault {
        throttle: true,
        ..Fault::on("ecs DescribeServices")
    });
    let run = Ecsctl::on(&server, arguments).file(&changed());
    let output = run.run().exits(3).says("Rate exceeded");
    output.says("run the same command again: it resumes");
    assert!(server.log().writes().is_empty());
    // More than what the SDK tries by itself.
    assert!(server.log().of("ecs DescribeServices").len() > 3);
}

cases! { lasting_throttling_is_no_defect {
    of_a_deploy(&["deploy"]);
    of_a_deploy_with_a_timeout(&["deploy", "--timeout", "30s"]);
    of_a_plan(&["plan"]);
    of_a_restart(&["restart", "web"]);
} }

/// Longer than the two minutes that reads persist without `--timeout`.
#[test]
fn throttled_read_is_waited_out_within_the_timeout() {
    let server = deployed(Scenario::default());
    server.fault(Fault {
        times: Some(90),
        throttle: true,
        ..Fault::on("ecs DescribeServices")
    });
    let run = |timeout: &str| {
        let run = Ecsctl::on(&server, &["deploy", "--timeout", timeout]);
        run.file(&changed()).run()
    };
    run("1m").exits(3);
    run("30m").exits(0);
}

#[test]
fn throttled_polls_are_waited_out() {
    let server = deployed(Scenario::default());
    server.fault(Fault {
        from: Some(2),
        times: Some(12),
        throttle: true,
        ..Fault::on("ecs DescribeServices")
    });
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

/// A fault of the first request.
fn first(fault: Fault) -> Fault {
    Fault {
        nth: Some(1),
        ..fault
    }
}

fn throttled() -> Fault {
    first(Fault {
        throttle: true,
        ..Fault::default()
    })
}

fn unavailable() -> Fault {
    first(Fault {
        status: Some(503),
        ..Fault::default()
    })
}

fn reset() -> Fault {
    first(Fault {
        reset: true,
        ..Fault::default()
    })
}

fn half_a_reply() -> Fault {
    first(Fault {
        half: true,
        ..Fault::default()
    })
}

fn reset_once_done() -> Fault {
    first(Fault {
        reset: true,
        processed: true,
        ..Fault::default()
    })
}

fn failed_once_done() -> Fault {
    first(Fault {
        status: Some(500),
        processed: true,
        ..Fault::default()
    })
}

/// Deploys a file with a fault at an operation, and once more: `end` revisions and deployments are there.
fn assert_done_once(server: &Scripted, file: &str, operation: &str, mut fault: Fault, end: usize) {
    fault.operation = operation.to_owned();
    server.fault(fault.clone());
    deploy(server, file).run().exits(0);
    assert_eq!(revisions(server), end, "{operation} {fault:?}");
    assert_eq!(deployments(server), end, "{operation} {fault:?}");
    assert_eq!(
        runs(server),
        format!("web:{end} COMPLETED"),
        "{operation} {fault:?}"
    );
    server.clear_log();
    deploy(server, file).run().exits(0).says("nothing to do");
    assert!(server.log().writes().is_empty(), "{operation} {fault:?}");
}

fn register_is_done_once(fault: Fault) {
    let server = deployed(Scenario::default());
    assert_done_once(&server, &changed(), "ecs RegisterTaskDefinition", fault, 2);
}

fn update_is_done_once(fault: Fault) {
    let server = deployed(Scenario::default());
    assert_done_once(&server, &changed(), "ecs UpdateService", fault, 2);
}

fn create_is_done_once(fault: Fault) {
    let server = Scripted::start(Scenario::default());
    assert_done_once(&server, WEB, "ecs CreateService", fault, 1);
}

cases! { register_is_done_once {
    when_throttled(throttled());
    when_unavailable(unavailable());
    when_reset(reset());
    with_half_a_reply(half_a_reply());
    when_reset_once_done(reset_once_done());
    when_failed_once_done(failed_once_done());
} }

cases! { update_is_done_once {
    when_throttled(throttled());
    when_unavailable(unavailable());
    when_reset(reset());
    with_half_a_reply(half_a_reply());
    when_reset_once_done(reset_once_done());
    when_failed_once_done(failed_once_done());
} }

cases! { create_is_done_once {
    when_throttled(throttled());
    when_unavailable(unavailable());
    when_reset(reset());
    with_half_a_reply(half_a_reply());
    when_reset_once_done(reset_once_done());
    when_failed_once_done(failed_once_done());
} }

/// How many deployments the service has had.
fn deployments(server: &Scripted) -> usize {
    server.world(|world| world.services.values().map(|service| service.history.len()).sum())
}

#[test]
fn busy_task_definition_family_is_retried() {
    let server = Scripted::start(Scenario::default().fault(Fault {
        nth: Some(1),
        code: Some("ClientException".to_owned()),
        message: Some(
            "Too many concurrent attempts to create a new revision of the specified family.".to_owned(),
        ),
        ..Fault::on("ecs RegisterTaskDefinition")
    }));
    deploy(&server, WEB).run().exits(0);
    assert_eq!(revisions(&server), 1);
}
