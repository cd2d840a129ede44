//! What the scripted ECS stores, shows and refuses.

use crate::support::client::{call, deploy, describe, ok, refused, short, web, with_web};
use crate::support::{Scenario, Scripted};
use serde_json::json;

#[test]
fn definition_comes_back_with_the_defaults_of_ecs() {
    let server = Scripted::start(Scenario::default());
    let input = json!({
        "family": "web", "networkMode": "awsvpc", "cpu": "0.25 vCPU", "memory": "1 GB",
        "volumes": [{"name": "scratch"}],
        "containerDefinitions": [{
            "name": "web", "image": "shop:1",
            "portMappings": [{"containerPort": 8080}],
            "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
            "healthCheck": {"command": ["CMD", "true"]},
        }],
        "tags": [{"key": "team", "value": "shop"}],
    });
    let registered = ok(&server, "ecs RegisterTaskDefinition", input.clone());
    let container = &registered["taskDefinition"]["containerDefinitions"][0];
    assert_eq!(
        container["portMappings"],
        json!([{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}])
    );
    assert_eq!(container["environment"][0]["name"], "B");
    assert_eq!(container["essential"], true);
    assert_eq!(container["mountPoints"], json!([]));
    assert_eq!(container["healthCheck"]["retries"], 3);
    assert_eq!(registered["taskDefinition"]["cpu"], "256");
    assert_eq!(registered["taskDefinition"]["memory"], "1024");
    assert_eq!(registered["taskDefinition"]["volumes"][0]["host"], json!({}));
    assert_eq!(registered["taskDefinition"]["revision"], 1);

    let again = ok(&server, "ecs RegisterTaskDefinition", input);
    assert_eq!(
        again["taskDefinition"]["taskDefinitionArn"],
        "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2"
    );
    let plain = ok(
        &server,
        "ecs DescribeTaskDefinition",
        json!({"taskDefinition": "web"}),
    );
    assert_eq!(plain["taskDefinition"]["revision"], 2);
    assert_eq!(plain.get("tags"), None);
    let tagged = json!({"taskDefinition": "web:1", "include": ["TAGS"]});
    let tagged = ok(&server, "ecs DescribeTaskDefinition", tagged);
    assert_eq!(tagged["tags"][0]["value"], "shop");
}

#[test]
fn deregistered_definition_is_not_the_latest() {
    let server = with_web("");
    ok(
        &server,
        "ecs DeregisterTaskDefinition",
        json!({"taskDefinition": "web:2"}),
    );
    let latest = ok(
        &server,
        "ecs DescribeTaskDefinition",
        json!({"taskDefinition": "web"}),
    );
    assert_eq!(latest["taskDefinition"]["revision"], 1);
    let update = json!({"service": "web", "taskDefinition": "web:2"});
    let (_, code, message) = refused(&server, "ecs UpdateService", update);
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("ClientException", "TaskDefinition is inactive")
    );
}

#[test]
fn missing_cluster_is_an_error() {
    let server = with_web("");
    for (operation, input) in [
        ("ecs DescribeServices", json!({"services": ["web"]})),
        ("ecs CreateService", json!({"serviceName": "web"})),
        ("ecs UpdateService", json!({"service": "web"})),
        ("ecs ListTasks", json!({})),
    ] {
        let mut input = input;
        input["cluster"] = "nope".into();
        let (status, code, message) = refused(&server, operation, input);
        assert_eq!(
            (status, code.as_str(), message.as_str()),
            (400, "ClusterNotFoundException", "Cluster not found."),
            "{operation}"
        );
    }
    let found = ok(
        &server,
        "ecs DescribeClusters",
        json!({"clusters": ["nope", "default"]}),
    );
    assert_eq!(found["failures"][0]["reason"], "MISSING");
    assert_eq!(found["clusters"][0]["activeServicesCount"], 1);
    ok(&server, "ecs CreateCluster", json!({"clusterName": "nope"}));
    ok(
        &server,
        "ecs DescribeServices",
        json!({"cluster": "nope", "services": ["web"]}),
    );
}

#[test]
fn service_is_created_once() {
    let server = with_web("");
    let input = json!({"serviceName": "web", "taskDefinition": "web:1", "desiredCount": 1});
    let (_, code, message) = refused(&server, "ecs CreateService", input.clone());
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(message, "Creation of service was not idempotent.");

    ok(
        &server,
        "ecs DeleteService",
        json!({"service": "web", "force": true}),
    );
    let (_, _, message) = refused(&server, "ecs CreateService", input.clone());
    assert_eq!(message, "Unable to Start a service that is still Draining.");
    assert_eq!(describe(&server)["status"], "DRAINING");
    assert_eq!(describe(&server)["status"], "INACTIVE");
    let (_, code, _) = refused(&server, "ecs UpdateService", json!({"service": "web"}));
    assert_eq!(code, "ServiceNotActiveException");
    let created = ok(&server, "ecs CreateService", input);
    assert_eq!(short(&created["service"]), ["PRIMARY web:1 IN_PROGRESS 0/1"]);
}

#[test]
fn missing_service_is_a_failure() {
    let server = with_web("");
    let found = ok(&server, "ecs DescribeServices", json!({"services": ["gone"]}));
    assert_eq!(
        found["failures"][0]["arn"],
        "arn:aws:ecs:us-east-1:123456789012:service/default/gone"
    );
    let (_, code, _) = refused(&server, "ecs UpdateService", json!({"service": "gone"}));
    assert_eq!(code, "ServiceNotFoundException");
}

#[test]
fn only_some_changes_start_a_deployment() {
    let server = with_web("");
    let id = |reply: &serde_json::Value| reply["service"]["deployments"][0]["id"].clone();
    let first = describe(&server)["deployments"][0]["id"].clone();
    for quiet in [
        json!({"service": "web", "enableExecuteCommand": true}),
        json!({"service": "web", "desiredCount": 3}),
        json!({"service": "web", "taskDefinition": "web:1"}),
        json!({"service": "web", "deploymentConfiguration": {"maximumPercent": 150}}),
    ] {
        assert_eq!(id(&ok(&server, "ecs UpdateService", quiet)), first);
    }
    let service = describe(&server);
    assert_eq!(short(&service), ["PRIMARY web:1 COMPLETED 3/3"]);
    // Merged per member, unlike everything else.
    assert_eq!(service["deploymentConfiguration"]["maximumPercent"], 150);
    assert_eq!(service["deploymentConfiguration"]["minimumHealthyPercent"], 100);

    let forced = ok(
        &server,
        "ecs UpdateService",
        json!({"service": "web", "forceNewDeployment": true}),
    );
    assert_ne!(id(&forced), first);
    let vpc = json!({"awsvpcConfiguration": {"subnets": ["subnet-1", "subnet-2"]}});
    let moved = ok(
        &server,
        "ecs UpdateService",
        json!({"service": "web", "networkConfiguration": vpc}),
    );
    assert_ne!(id(&moved), id(&forced));
    assert_eq!(
        moved["service"]["networkConfiguration"]["awsvpcConfiguration"],
        json!({"subnets": ["subnet-2", "subnet-1"], "securityGroups": [], "assignPublicIp": "DISABLED"})
    );
    let strategy = json!({"service": "web", "capacityProviderStrategy": [{"capacityProvider": "spot"}]});
    let (_, _, message) = refused(&server, "ecs UpdateService", strategy);
    assert!(message.contains("must force a new deployment"), "{message}");
}

#[test]
fn deployment_and_service_revision_share_an_id() {
    let server = with_web("");
    let id = deploy(&server);
    let number = id.strip_prefix("ecs-svc/").unwrap();
    assert_eq!(number.len(), 19);
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "web"}));
    let newest = &listed["serviceDeployments"][0];
    assert_eq!(
        newest["targetServiceRevisionArn"],
        format!("arn:aws:ecs:us-east-1:123456789012:service-revision/default/web/{number}")
    );
    let arn = newest["serviceDeploymentArn"].as_str().unwrap();
    assert!(arn.starts_with("arn:aws:ecs:us-east-1:123456789012:service-deployment/default/web/"));
    let described = ok(
        &server,
        "ecs DescribeServiceDeployments",
        json!({"serviceDeploymentArns": [arn]}),
    );
    let full = &described["serviceDeployments"][0];
    assert_eq!(
        full["targetServiceRevision"]["arn"],
        newest["targetServiceRevisionArn"]
    );
    assert_eq!(full["status"], "IN_PROGRESS");
}

#[test]
fn tags_are_shown_when_included() {
    let server = with_web("");
    let arn = "arn:aws:ecs:us-east-1:123456789012:service/default/web";
    let tags = json!([{"key": "team", "value": "shop"}]);
    ok(
        &server,
        "ecs TagResource",
        json!({"resourceArn": arn, "tags": tags}),
    );
    assert_eq!(describe(&server).get("tags"), None);
    let with_tags = json!({"services": ["web"], "include": ["TAGS"]});
    let shown = ok(&server, "ecs DescribeServices", with_tags);
    assert_eq!(shown["services"][0]["tags"], tags);
}

#[test]
fn unsupported_operation_fails_the_test() {
    let server = Scripted::start(web(""));
    let (status, _) = call(&server, "ecs PutAttributes", &json!({}));
    assert_eq!(status, 501);
    // Not for the validation of the whole run.
    std::fs::remove_file(server.capture()).unwrap();
    let failed = std::thread::spawn(move || drop(server)).join();
    let words = failed.unwrap_err();
    let words = words.downcast_ref::<String>().unwrap();
    assert!(words.contains("ecs PutAttributes"), "{words}");
}
