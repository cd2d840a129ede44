//! Requests that AWS refuses for a known cause: the error says the cause and what to do.

use crate::support::deploys::{deploy, deployed};
use crate::support::files::{WEB, changed};
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

/// A refusal of an operation, in AWS's words.
fn refusal(operation: &str, code: &str, message: &str) -> Fault {
    Fault {
        code: Some(code.to_owned()),
        message: Some(message.to_owned()),
        ..Fault::on(operation)
    }
}

/// Deploys a service that doesn't exist yet, with a refused operation.
fn first_deploy(operation: &str, code: &str, message: &str) -> Output {
    let server = Scripted::start(Scenario::default().fault(refusal(operation, code, message)));
    deploy(&server, WEB).run().exits(3)
}

const NO_ROLE: &str =
    "Unable to assume the service linked role. Please verify that the ECS service linked role exists.";

#[test]
fn missing_service_linked_role_is_explained() {
    first_deploy("ecs CreateService", "InvalidParameterException", NO_ROLE)
        .says(&format!("  AWS:   {NO_ROLE}\n  cause: the account has no service-linked role for ECS yet"))
        .says("  hint:  aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com, then ecsctl deploy");
}

#[test]
fn a_refused_cluster_is_explained() {
    let fault = refusal("ecs CreateCluster", "InvalidParameterException", NO_ROLE);
    let server = Scripted::start(Scenario::default().fault(fault));
    let file = WEB.replace("services:", "cluster: new\nservices:");
    let output = Ecsctl::on(&server, &["deploy", "--create-cluster"]).file(&file);
    let output = output.run().exits(3);
    output
        .says("could not create cluster new")
        .says("  cause: the account has no service-linked role for ECS yet")
        .says("  hint:  aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com");
}

#[test]
fn target_group_without_load_balancer_is_explained() {
    let message = "The target group with targetGroupArn \
                   arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/w/97c07ffe67daf38f does not \
                   have an associated load balancer.";
    first_deploy("ecs CreateService", "InvalidParameterException", message)
        .says("  cause: no listener or rule of a load balancer forwards to the target group yet")
        .says("  hint:  forward to it from a listener of a load balancer: aws elbv2 create-listener");
}

#[test]
fn a_refused_task_definition_is_explained() {
    let message = "No Fargate configuration exists for given values: 1024 CPU, 1024 memory.";
    first_deploy("ecs RegisterTaskDefinition", "ClientException", message)
        .says("  cause: Fargate has no size with this pair of cpu and memory")
        .says("  hint:  use a pair that exists: ");
}

#[test]
fn a_refused_update_names_the_service() {
    let server = deployed(Scenario::default());
    let message = "Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use \
                   AWS CodeDeploy to trigger a new deployment.";
    server.fault(refusal("ecs UpdateService", "InvalidParameterException", message));
    let output = deploy(&server, &changed()).run().exits(3);
    output
        .says("  cause: CodeDeploy runs this service's deployments")
        .says("ecsctl delete web");
    for arguments in [&["restart", "web", "--yes"][..], &["scale", "web=1"]] {
        let output = Ecsctl::on(&server, arguments).file(WEB).run().exits(3);
        output.says("  cause: CodeDeploy runs this service's deployments");
    }
}

#[test]
fn an_unknown_refusal_is_shown_without_a_cause() {
    let message = "The moon was in the way.";
    let output = first_deploy("ecs CreateService", "InvalidParameterException", message);
    let output = output.says(message);
    assert!(!output.stderr.contains("cause:"), "{}", output.stderr);
}
