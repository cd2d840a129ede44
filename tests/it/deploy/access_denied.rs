//! AccessDenied on each call of a deploy.

use super::{WEB, changed, deploy, deployed, revisions};
use crate::support::fault::{Deny, Fault};
use crate::support::{Scenario, Scripted};

/// Rights without which a deploy is poorer but not wrong: it goes on, and says once what it lacks.
const OPTIONAL: [&str; 7] = [
    "application-autoscaling DescribeScalableTargets",
    "ecs DescribeServiceDeployments",
    "ecs DescribeServiceRevisions",
    "ecs DescribeTasks",
    "ecs ListServiceDeployments",
    "ecs ListTasks",
    "logs DescribeLogGroups",
];

fn iam_action(operation: &str) -> String {
    operation.replace(' ', ":")
}

/// Every operation of a log, once.
fn operations(server: &Scripted) -> Vec<String> {
    server
        .log()
        .counts()
        .keys()
        .map(|&name| name.to_owned())
        .collect()
}

/// Denies each operation in turn; `set_up` makes a server, `file` is what is deployed there.
fn deny_each(operations: &[String], set_up: impl Fn() -> Scripted, file: &str) {
    for operation in operations {
        let server = set_up();
        server.fault(Fault::denied(operation));
        let output = deploy(&server, file).run();
        let is_optional = OPTIONAL.contains(&operation.as_str());
        let fine = output.code() == 3 || (is_optional && output.code() == 0);
        assert!(
            fine,
            "{operation} denied: exit {}\n{}\n{:#?}",
            output.code(),
            output.stderr,
            server.log().names()
        );
        let action = iam_action(operation);
        let times = output.stderr.matches(&format!("perform: {action} ")).count();
        assert!(times <= 1, "{operation}: said more than once\n{}", output.stderr);
        let cure = match output.code() {
            0 => action.clone(),
            _ => format!("allow {action}"),
        };
        assert!(
            output.stderr.contains(&cure),
            "{cure} is not said:\n{}",
            output.stderr
        );
    }
}

#[test]
fn a_denial_names_the_right_that_is_missing_when_a_service_is_made() {
    let healthy = Scripted::start(Scenario::default());
    deploy(&healthy, WEB).run().exits(0);
    deny_each(
        &operations(&healthy),
        || Scripted::start(Scenario::default()),
        WEB,
    );
}

#[test]
fn a_denial_names_the_right_that_is_missing_when_a_service_is_changed() {
    let healthy = deployed(Scenario::default());
    deploy(&healthy, &changed()).run().exits(0);
    deny_each(
        &operations(&healthy),
        || deployed(Scenario::default()),
        &changed(),
    );
}

#[test]
fn a_denial_names_the_right_that_is_missing_when_a_service_fails() {
    let failing = deployed(Scenario::file("rollback"));
    deploy(&failing, &changed()).run().exits(5);
    for operation in operations(&failing) {
        if !OPTIONAL.contains(&operation.as_str()) {
            continue;
        }
        let server = deployed(Scenario::file("rollback"));
        server.fault(Fault::denied(&operation));
        // A right that is missing for the display never changes the verdict.
        deploy(&server, &changed())
            .run()
            .exits(5)
            .says(&iam_action(&operation));
    }
}

#[test]
fn a_count_that_something_else_may_set_is_only_warned_about() {
    let server = deployed(Scenario::default());
    server.fault(Fault::denied("application-autoscaling DescribeScalableTargets"));
    deploy(&server, &changed())
        .run()
        .exits(0)
        .says("the count is never lowered");
}

#[test]
fn a_role_that_may_not_be_passed_is_named() {
    const ROLE: &str = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole";
    let server = Scripted::start(Scenario::default().fault(Fault {
        deny: Some(Deny::Action("iam:PassRole".to_owned())),
        on: Some(ROLE.to_owned()),
        ..Fault::on("ecs RegisterTaskDefinition")
    }));
    let output = deploy(&server, WEB)
        .run()
        .exits(3)
        .says("iam:PassRole")
        .says(ROLE);
    insta::assert_snapshot!("pass_role", output.record());
    assert_eq!(revisions(&server), 0);
}
