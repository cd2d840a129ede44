//! AccessDenied on each operation of a deploy.

use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::fault::{Deny, Fault};
use crate::support::files::{WEB, changed};
use crate::support::service_state::revisions;
use crate::support::{Ecsctl, Scenario, Scripted};

/// Rights without which a deploy is poorer but not wrong: it goes on, and says once what it lacks.
const OPTIONAL: [&str; 8] = [
    "application-autoscaling DescribeScalableTargets",
    "ecs DescribeServiceDeployments",
    "ecs DescribeServiceRevisions",
    "ecs DescribeTasks",
    "ecs GetTaskProtection",
    "ecs ListServiceDeployments",
    "ecs ListTasks",
    "logs DescribeLogGroups",
];

fn iam_action(operation: &str) -> String {
    operation.replace(' ', ":")
}

/// Whatever is asked for is among what the cases deny.
fn assert_complete(server: &Scripted, denied: &[&str]) {
    for operation in server.log().names() {
        assert!(denied.contains(&operation), "{operation} is never denied");
    }
}

/// A deploy to which an operation is denied: it names the permission, and fails unless it can do without.
fn assert_named(server: &Scripted, file: &str, operation: &str) {
    server.fault(Fault::denied(operation));
    let output = deploy(server, file).run();
    let is_optional = OPTIONAL.contains(&operation);
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

/// A group of tests, one for each operation, and the list of these operations.
macro_rules! operations {
    ($list:ident: $check:ident { $($case:ident($operation:literal);)+ }) => {
        const $list: &[&str] = &[$($operation),+];
        cases! { $check { $($case($operation);)+ } }
    };
}

fn permission_is_named_on_create(operation: &str) {
    assert_named(&Scripted::start(Scenario::default()), WEB, operation);
}

operations! { CREATE: permission_is_named_on_create {
    create_service("ecs CreateService");
    describe_service_deployments("ecs DescribeServiceDeployments");
    describe_services("ecs DescribeServices");
    describe_task_definition("ecs DescribeTaskDefinition");
    list_service_deployments("ecs ListServiceDeployments");
    list_tasks("ecs ListTasks");
    register_task_definition("ecs RegisterTaskDefinition");
    create_log_group("logs CreateLogGroup");
    describe_log_groups("logs DescribeLogGroups");
} }

#[test]
fn every_operation_of_a_create_is_denied_above() {
    let healthy = Scripted::start(Scenario::default());
    deploy(&healthy, WEB).run().exits(0);
    assert_complete(&healthy, CREATE);
}

fn permission_is_named_on_update(operation: &str) {
    assert_named(&deployed(Scenario::default()), &changed(), operation);
}

operations! { UPDATE: permission_is_named_on_update {
    describe_scalable_targets("application-autoscaling DescribeScalableTargets");
    describe_service_deployments("ecs DescribeServiceDeployments");
    describe_services("ecs DescribeServices");
    describe_task_definition("ecs DescribeTaskDefinition");
    describe_tasks("ecs DescribeTasks");
    list_service_deployments("ecs ListServiceDeployments");
    list_tasks("ecs ListTasks");
    register_task_definition("ecs RegisterTaskDefinition");
    update_service("ecs UpdateService");
    describe_log_groups("logs DescribeLogGroups");
} }

#[test]
fn every_operation_of_an_update_is_denied_above() {
    let healthy = deployed(Scenario::default());
    deploy(&healthy, &changed()).run().exits(0);
    assert_complete(&healthy, UPDATE);
}

#[test]
fn without_get_task_protection_old_tasks_are_awaited() {
    let server = deployed(Scenario::file("protected"));
    server.fault(Fault::denied("ecs GetTaskProtection"));
    let output = Ecsctl::on(&server, &["deploy", "--timeout", "2m"])
        .file(&changed())
        .run();
    let output = output
        .exits(6)
        .says("waiting for 1 old task to stop")
        .says("ecs:GetTaskProtection");
    assert_eq!(
        output.stderr.matches("can't tell whether").count(),
        1,
        "{}",
        output.stderr
    );
}

/// A permission that is missing for the display never changes the outcome.
fn optional_permission_is_named_on_failure(operation: &str) {
    let server = deployed(Scenario::file("rollback"));
    server.fault(Fault::denied(operation));
    deploy(&server, &changed())
        .run()
        .exits(5)
        .says(&iam_action(operation));
}

operations! { FAILURE: optional_permission_is_named_on_failure {
    describe_scalable_targets("application-autoscaling DescribeScalableTargets");
    describe_service_deployments("ecs DescribeServiceDeployments");
    describe_tasks("ecs DescribeTasks");
    list_service_deployments("ecs ListServiceDeployments");
    list_tasks("ecs ListTasks");
    describe_log_groups("logs DescribeLogGroups");
} }

#[test]
fn every_optional_operation_of_a_failure_is_denied_above() {
    let failing = deployed(Scenario::file("rollback"));
    deploy(&failing, &changed()).run().exits(5);
    let log = failing.log();
    let mut optional = log.names();
    optional.retain(|operation| OPTIONAL.contains(operation));
    for operation in optional {
        assert!(FAILURE.contains(&operation), "{operation} is never denied");
    }
}

#[test]
fn unknown_scaling_is_only_a_warning() {
    let server = deployed(Scenario::default());
    server.fault(Fault::denied("application-autoscaling DescribeScalableTargets"));
    deploy(&server, &changed())
        .run()
        .exits(0)
        .says("the count is not lowered");
}

#[test]
fn role_that_cannot_be_passed_is_named() {
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
