//! Refusals that pass by themselves are waited out: roles, clusters and listeners made moments ago.

use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{TARGET_GROUP, WEB, behind_load_balancer, changed};
use crate::support::service_state::{revisions, runs};
use crate::support::{Ecsctl, Fault, Scenario, Scripted};
use rustix::process::Signal;

const SERVICE_LINKED_ROLE: &str =
    "Unable to assume the service linked role. Please verify that the ECS service linked role exists.";

fn refused(operation: &str, code: &str, message: &str) -> Fault {
    Fault {
        code: Some(code.to_owned()),
        message: Some(message.to_owned()),
        ..Fault::on(operation)
    }
}

fn invalid(operation: &str, message: &str) -> Fault {
    refused(operation, "InvalidParameterException", message)
}

fn without_load_balancer(operation: &str) -> Fault {
    let message = format!(
        "The target group with targetGroupArn {TARGET_GROUP} does not have an associated load balancer."
    );
    invalid(operation, &message)
}

/// The first three requests are refused.
fn thrice(fault: Fault) -> Fault {
    Fault {
        times: Some(3),
        ..fault
    }
}

fn create_waits(fault: Fault, reason: &str) {
    let server = Scripted::start(Scenario::default().fault(thrice(fault.clone())));
    let output = deploy(&server, WEB).run().exits(0).says(reason);
    assert_eq!(output.stderr.matches(reason).count(), 1, "{}", output.stderr);
    assert_eq!(server.log().of(&fault.operation).len(), 4);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(revisions(&server), 1);
}

cases! { create_waits {
    for_service_linked_role(
        invalid("ecs CreateService", SERVICE_LINKED_ROLE),
        "ECS can't assume its service-linked role yet",
    );
    for_service_role(
        invalid(
            "ecs CreateService",
            "Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service \
             role being passed has the proper permissions.",
        ),
        "ECS can't use the service's role yet",
    );
    for_target_group(
        without_load_balancer("ecs CreateService"),
        "the target group isn't attached to a load balancer yet",
    );
    for_infrastructure_role(
        invalid(
            "ecs CreateService",
            "ECS was unable to assume the configured ECS Infrastructure Role 'arn:aws:iam::123456789012:role/v'. \
             Please verify that the role being passed has the proper trust relationship with Amazon ECS.",
        ),
        "ECS can't assume the infrastructure role yet",
    );
    for_assumed_role(
        refused(
            "ecs CreateService",
            "ClientException",
            "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/t' that was provided for this task.",
        ),
        "ECS can't assume a role of the service yet",
    );
    for_task_role(
        refused("ecs RegisterTaskDefinition", "ClientException", "Role is not valid"),
        "ECS doesn't know the task definition's roles yet",
    );
} }

#[test]
fn update_waits_for_target_group() {
    let server = deployed(Scenario::default());
    server.fault(thrice(without_load_balancer("ecs UpdateService")));
    deploy(&server, &changed())
        .run()
        .exits(0)
        .says("the target group isn't attached to a load balancer yet");
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_eq!(revisions(&server), 2);
}

#[test]
fn new_cluster_is_waited_for() {
    let server = Scripted::start(Scenario::parse("clusters: []"));
    server.fault(thrice(invalid("ecs CreateCluster", SERVICE_LINKED_ROLE)));
    server.fault(thrice(refused(
        "ecs CreateService",
        "ClusterNotFoundException",
        "Cluster not found.",
    )));
    let output = Ecsctl::on(&server, &["deploy", "--create-cluster"])
        .file(WEB)
        .run()
        .exits(0)
        .says("default: ECS can't assume its service-linked role yet");
    output.says("web: ECS doesn't know the new cluster everywhere yet");
    assert_eq!(server.log().of("ecs CreateCluster").len(), 4);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn deleted_cluster_is_not_waited_for() {
    let server = Scripted::start(Scenario::default());
    server.fault(refused(
        "ecs CreateService",
        "ClusterNotFoundException",
        "Cluster not found.",
    ));
    deploy(&server, WEB).run().exits(3).says("--create-cluster");
    assert_eq!(server.log().of("ecs CreateService").len(), 1);
}

#[test]
fn service_linked_role_that_stays_away_has_a_hint() {
    let server = Scripted::start(Scenario::default());
    server.fault(invalid("ecs CreateService", SERVICE_LINKED_ROLE));
    let output = deploy(&server, WEB).run().exits(3).says(SERVICE_LINKED_ROLE);
    output.says("aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com");
    // Every ten seconds for two minutes.
    assert_eq!(server.log().of("ecs CreateService").len(), 13);
}

#[test]
fn target_group_that_stays_alone_has_a_hint() {
    let server = Scripted::start(Scenario::default());
    server.fault(without_load_balancer("ecs CreateService"));
    let file = behind_load_balancer(WEB);
    let output = deploy(&server, &file)
        .run()
        .exits(3)
        .says("does not have an associated load balancer");
    output.says(&format!("Type=forward,TargetGroupArn={TARGET_GROUP}\n"));
}

#[test]
fn passing_errors_end_with_the_timeout() {
    let server = Scripted::start(Scenario::default());
    server.fault(invalid("ecs CreateService", SERVICE_LINKED_ROLE));
    Ecsctl::on(&server, &["deploy", "--timeout", "25s"])
        .file(WEB)
        .run()
        .exits(3)
        .says("create-service-linked-role");
    // At 0, 10, 20 and 25 seconds.
    assert_eq!(server.log().of("ecs CreateService").len(), 4);
}

/// With the real clock: the signal comes during the first wait.
#[test]
fn signal_ends_the_wait_for_a_passing_error() {
    let server = Scripted::start(Scenario::default());
    server.fault(invalid("ecs CreateService", SERVICE_LINKED_ROLE));
    let run = deploy(&server, WEB).without("ECSCTL_TEST_CLOCK");
    let running = run.start();
    running.wait_until_it_says("trying again every 10s");
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    assert!(!output.stderr.contains("ecsctl wait"), "{}", output.stderr);
    assert_eq!(server.log().of("ecs CreateService").len(), 1);
}
