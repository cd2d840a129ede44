//! Operations on services: stop, list, delete, scale.

use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::client::{deploy, describe, newest, ok, refused, short, stop, with_web};

fn stopped_deployment_ends(stop_type: &str, requested: &str, ended: &str, primary: &str) {
    let server = with_web("");
    deploy(&server);
    assert_eq!(stop(&server, stop_type).0, 200);
    assert_eq!(newest(&server)["status"], requested);
    describe(&server);
    assert_eq!(short(&describe(&server))[0], primary);
    assert_eq!(newest(&server)["status"], ended);
    let (_, code, _) = stop(&server, stop_type);
    assert_eq!(code, "ConflictException", "it is over");
    assert_valid(&server);
}

cases! { stopped_deployment_ends {
    rolled_back("ROLLBACK", "ROLLBACK_REQUESTED", "ROLLBACK_SUCCESSFUL", "PRIMARY web:1 COMPLETED 2/2");
    aborted("ABORT", "STOP_REQUESTED", "STOPPED", "PRIMARY web:2 FAILED 0/2");
} }

#[test]
fn unknown_service_deployment_cannot_be_stopped() {
    let server = with_web("");
    let unknown = json!({"serviceDeploymentArn": "arn:aws:ecs:us-east-1:123456789012:service-deployment/default/web/x"});
    let (_, code, _) = refused(&server, "ecs StopServiceDeployment", unknown);
    assert_eq!(code, "ServiceDeploymentNotFoundException");
}

#[test]
fn first_deployment_cannot_roll_back() {
    let server = with_web("");
    let input = json!({"serviceName": "api", "taskDefinition": "web:1", "desiredCount": 1});
    ok(&server, "ecs CreateService", input);
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "api"}));
    let arn = &listed["serviceDeployments"][0]["serviceDeploymentArn"];
    ok(
        &server,
        "ecs StopServiceDeployment",
        json!({"serviceDeploymentArn": arn, "stopType": "ROLLBACK"}),
    );
    let shown = ok(&server, "ecs DescribeServices", json!({"services": ["api"]}));
    assert_eq!(short(&shown["services"][0]), ["PRIMARY web:1 FAILED 0/1"]);
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "api"}));
    assert_eq!(listed["serviceDeployments"][0]["status"], "ROLLBACK_FAILED");
}

#[test]
fn lists_are_paged_and_filtered() {
    let server = with_web("pageSize: 2");
    for _ in 0..4 {
        ok(
            &server,
            "ecs UpdateService",
            json!({"service": "web", "forceNewDeployment": true}),
        );
    }
    let all = |operation: &str, member: &str, input: Value| {
        let (mut all, mut token) = (Vec::new(), Value::Null);
        loop {
            let mut input = input.clone();
            if token.is_string() {
                input["nextToken"] = token;
            }
            let reply = ok(&server, operation, input);
            let page = reply[member].as_array().unwrap().clone();
            assert!(page.len() <= 2);
            all.extend(page);
            token = reply["nextToken"].clone();
            if token.is_null() {
                return all;
            }
        }
    };
    let deployments = |more: Value| {
        let mut input = json!({"service": "web"});
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        all("ecs ListServiceDeployments", "serviceDeployments", input).len()
    };
    assert_eq!(deployments(json!({})), 5);
    assert_eq!(deployments(json!({"maxResults": 1})), 5);
    assert_eq!(deployments(json!({"status": ["STOPPED"]})), 3);
    assert_eq!(deployments(json!({"status": ["SUCCESSFUL", "IN_PROGRESS"]})), 2);
    assert_eq!(deployments(json!({"createdAt": {"before": 1_000_000_000}})), 0);
    describe(&server);
    describe(&server);
    assert_eq!(
        all("ecs ListTasks", "taskArns", json!({"serviceName": "web"})).len(),
        4
    );
    let definitions = json!({"familyPrefix": "web"});
    assert_eq!(
        all("ecs ListTaskDefinitions", "taskDefinitionArns", definitions).len(),
        2
    );
    let (_, code, _) = refused(&server, "ecs ListTasks", json!({"nextToken": "mine"}));
    assert_eq!(code, "InvalidParameterException");
}

#[test]
fn service_revision_outlives_its_deployment() {
    let server = with_web("");
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "web"}));
    let first = listed["serviceDeployments"][0]["targetServiceRevisionArn"].clone();
    deploy(&server);
    for _ in 0..3 {
        describe(&server);
    }
    let found = ok(
        &server,
        "ecs DescribeServiceRevisions",
        json!({"serviceRevisionArns": [first, "arn:gone"]}),
    );
    let revision = &found["serviceRevisions"][0];
    assert!(revision["taskDefinition"].as_str().unwrap().ends_with("web:1"));
    assert_eq!(
        revision["containerImages"],
        json!([{"containerName": "web", "image": "shop:1"}])
    );
    assert_eq!(found["failures"][0]["reason"], "MISSING");
    assert_valid(&server);
}

#[test]
fn deleted_service_drains_first() {
    let server = with_web("");
    let (_, code, _) = refused(&server, "ecs DeleteService", json!({"service": "web"}));
    assert_eq!(code, "InvalidParameterException");
    let running = || {
        let listed = ok(&server, "ecs ListTasks", json!({"serviceName": "web"}));
        listed["taskArns"].as_array().unwrap().len()
    };
    assert_eq!(running(), 2);
    let deleted = ok(
        &server,
        "ecs DeleteService",
        json!({"service": "web", "force": true}),
    );
    assert_eq!(
        (&deleted["service"]["status"], &deleted["service"]["desiredCount"]),
        (&json!("DRAINING"), &json!(0))
    );
    assert_eq!(describe(&server)["status"], "DRAINING");
    assert_eq!(running(), 0);
    assert_eq!(describe(&server)["status"], "INACTIVE");
    let (_, code, _) = refused(&server, "ecs DeleteService", json!({"service": "web"}));
    assert_eq!(code, "ServiceNotFoundException");
}

#[test]
fn code_deploy_service_rejects_update_service() {
    let server = with_web("");
    let input = json!({"serviceName": "api", "taskDefinition": "web:1", "desiredCount": 1, "deploymentController": {"type": "CODE_DEPLOY"}});
    let created = ok(&server, "ecs CreateService", input);
    assert_eq!(created["service"]["deployments"], json!([]));
    assert_eq!(created["service"]["taskSets"][0]["status"], "PRIMARY");
    for (member, value, words) in [
        (
            "taskDefinition",
            json!("web:2"),
            "Unable to update task definition on services",
        ),
        (
            "forceNewDeployment",
            json!(true),
            "Cannot force a new deployment on services",
        ),
    ] {
        let (_, code, message) = refused(
            &server,
            "ecs UpdateService",
            json!({"service": "api", member: value}),
        );
        assert_eq!(code, "InvalidParameterException");
        assert!(message.starts_with(words), "{message}");
    }
    ok(
        &server,
        "ecs UpdateService",
        json!({"service": "api", "desiredCount": 2}),
    );
    assert_valid(&server);
}

#[test]
fn scalable_target_bounds_the_count() {
    let server = with_web("");
    let target = |more: Value| {
        let mut input = json!({"ServiceNamespace": "ecs", "ResourceId": "service/default/web", "ScalableDimension": "ecs:service:DesiredCount"});
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    let register = "application-autoscaling RegisterScalableTarget";
    assert_eq!(
        refused(&server, register, target(json!({"MinCapacity": 1}))).1,
        "ValidationException"
    );
    ok(
        &server,
        register,
        target(json!({"MinCapacity": 3, "MaxCapacity": 5})),
    );
    assert_eq!(short(&describe(&server)), ["PRIMARY web:1 COMPLETED 3/3"]);
    ok(&server, register, target(json!({"MinCapacity": 1})));
    let deregister = "application-autoscaling DeregisterScalableTarget";
    ok(&server, deregister, target(json!({})));
    assert_eq!(
        refused(&server, deregister, target(json!({}))).1,
        "ObjectNotFoundException"
    );
    assert_valid(&server);
}
