//! Reads that a deploy can do without: services that can't be reached, and log groups that may not be looked up.

use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{WEB, changed};
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

const SCALING: &str = "application-autoscaling DescribeScalableTargets";
const LOG_GROUPS: &str = "logs DescribeLogGroups";

/// Nothing listens on the discard port.
const NOWHERE: &str = "http://127.0.0.1:9";

fn unreachable_service_is_a_warning(variable: &str, consequence: &str) {
    let server = deployed(Scenario::default());
    let run = |verb: &str| {
        let run = Ecsctl::on(&server, &[verb]).file(&changed());
        run.env(variable, NOWHERE).run().exits(0)
    };
    for verb in ["plan", "deploy"] {
        let output = run(verb).says("could not connect").says(consequence);
        assert_eq!(output.stderr.matches("warning:").count(), 1, "{}", output.stderr);
    }
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

cases! { unreachable_service_is_a_warning {
    application_auto_scaling("AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING", "the count is not lowered");
    cloudwatch_logs("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "assuming that it exists");
} }

/// What doesn't respond is given up within seconds; each would take a minute.
#[test]
fn services_without_a_response_are_warnings() {
    let server = deployed(Scenario::default());
    for operation in [SCALING, LOG_GROUPS] {
        server.fault(Fault {
            hang: true,
            ..Fault::on(operation)
        });
    }
    let output = Ecsctl::on(&server, &["plan"]).file(&changed()).run().exits(0);
    output
        .says("the count is not lowered")
        .says("assuming that it exists");
    // Only one attempt each: the read timeout of an attempt is longer.
    for operation in [SCALING, LOG_GROUPS] {
        assert_eq!(server.log().of(operation).len(), 1, "{operation}");
    }
}

fn retained() -> String {
    WEB.replace("    desiredCount", "    logRetentionDays: 30\n    desiredCount")
}

#[test]
fn log_group_that_may_not_be_read_is_created() {
    let server = Scripted::start(Scenario::default().fault(Fault::denied(LOG_GROUPS)));
    deploy(&server, &retained())
        .run()
        .exits(0)
        .says("deploy creates it unless it exists");
    assert_eq!(
        server.world(|world| world.logs.groups["/ecs/web"].retention),
        Some(30)
    );
    // Without a change, nothing is written.
    server.clear_log();
    deploy(&server, &retained()).run().exits(0).says("nothing to do");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn existing_log_group_that_may_not_be_read_is_kept() {
    let server = Scripted::start(Scenario::parse("logGroups: {/ecs/web: {retentionInDays: 7}}"));
    server.fault(Fault::denied(LOG_GROUPS));
    deploy(&server, &retained()).run().exits(0);
    assert_eq!(
        server.world(|world| world.logs.groups["/ecs/web"].retention),
        Some(7)
    );
    assert_eq!(
        server.log().writes(),
        [
            "logs CreateLogGroup",
            "ecs RegisterTaskDefinition",
            "ecs CreateService"
        ]
    );
}

#[test]
fn log_group_that_may_not_be_created_either_is_a_warning() {
    let server = Scripted::start(Scenario::parse("logGroups: {/ecs/web: {}}"));
    for operation in [LOG_GROUPS, "logs CreateLogGroup"] {
        server.fault(Fault::denied(operation));
    }
    let output = deploy(&server, WEB).run().exits(0);
    output.says("logs:CreateLogGroup").says("assuming that it exists");
    assert_eq!(runs(&server), "web:1 COMPLETED");
}
