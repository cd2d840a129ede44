//! Each default, and each condition under which it is not applied: one row per rule.

use serde_json::json;

use super::*;

const ROLE: &str = "executionRoleArn: arn:aws:iam::123456789012:role/x";

/// The lines of the service and of the task definition, the path to check, and the expected value.
type DefaultsCase = (&'static str, &'static str, &'static str, Value);

fn check(rows: &[DefaultsCase]) {
    for (of_service, of_definition, pointer, expected) in rows {
        let size = if of_definition.contains("cpu") {
            ""
        } else {
            "cpu: 256\nmemory: 512\n"
        };
        let text = service(of_service, &format!("{size}{of_definition}"));
        let document = web(&text);
        let found = document.pointer(pointer).cloned().unwrap_or(Value::Null);
        assert_eq!(found, *expected, "{pointer} of\n{text}");
    }
}

#[test]
fn of_a_task_definition() {
    let fargate = json!(["FARGATE"]);
    check(&[
        ("", "", "/taskDefinition/family", json!("web")),
        ("serviceName: web-x", "", "/taskDefinition/family", json!("web-x")),
        ("", "family: other", "/taskDefinition/family", json!("other")),
        (
            "",
            "",
            "/taskDefinition/containerDefinitions/0/name",
            json!("web"),
        ),
        (
            "",
            "",
            "/taskDefinition/containerDefinitions/0/essential",
            json!(true),
        ),
        ("", "", "/taskDefinition/cpu", json!("256")),
        (
            "",
            "cpu: 0.25 vCPU\nmemory: 0.5 GB",
            "/taskDefinition/cpu",
            json!("256"),
        ),
        (
            "",
            "cpu: 0.25 vCPU\nmemory: 0.5 GB",
            "/taskDefinition/memory",
            json!("512"),
        ),
        (
            "",
            "cpu: \"1024\"\nmemory: 2GB",
            "/taskDefinition/memory",
            json!("2048"),
        ),
        ("", "", "/taskDefinition/networkMode", json!("awsvpc")),
        ("", "", "/taskDefinition/requiresCompatibilities", fargate.clone()),
        (
            "launchType: FARGATE",
            "",
            "/taskDefinition/requiresCompatibilities",
            fargate.clone(),
        ),
        (
            "",
            "networkMode: awsvpc",
            "/taskDefinition/requiresCompatibilities",
            fargate,
        ),
        (
            "",
            "requiresCompatibilities: [FARGATE]",
            "/taskDefinition/networkMode",
            json!("awsvpc"),
        ),
        (
            "",
            "requiresCompatibilities: ~",
            "/taskDefinition/requiresCompatibilities",
            json!(null),
        ),
        (
            "",
            "requiresCompatibilities: ~\nnetworkMode: ~",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        ("launchType: EC2", "", "/taskDefinition/networkMode", json!(null)),
        (
            "launchType: EC2",
            "",
            "/taskDefinition/requiresCompatibilities",
            json!(null),
        ),
        (
            "launchType: EXTERNAL",
            "",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        (
            "launchType: MANAGED_INSTANCES",
            "",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        (
            "",
            "requiresCompatibilities: [EC2]",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        (
            "",
            "requiresCompatibilities: [EXTERNAL]",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        (
            "",
            "requiresCompatibilities: [MANAGED_INSTANCES]",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        (
            "capacityProviderStrategy: [{capacityProvider: mine}]",
            "",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        (
            "capacityProviderStrategy: []",
            "",
            "/taskDefinition/networkMode",
            json!("awsvpc"),
        ),
    ]);
}

#[test]
fn of_logs() {
    let options =
        json!({"awslogs-group": "/ecs/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web"});
    let group = json!([{"logGroupName": "/ecs/web", "region": null, "retentionInDays": null}]);
    let kept = json!([{"logGroupName": "/ecs/web", "region": null, "retentionInDays": 30}]);
    let family = json!([{"logGroupName": "/ecs/shop", "region": null, "retentionInDays": null}]);
    let at = "/taskDefinition/containerDefinitions/0/logConfiguration/options";
    check(&[
        ("", ROLE, at, options),
        ("", ROLE, "/logGroups", group),
        ("logRetentionDays: 30", ROLE, "/logGroups", kept),
        (
            "",
            "family: shop\nexecutionRoleArn: arn:aws:iam::123456789012:role/x",
            "/logGroups",
            family,
        ),
        ("", "", at, json!(null)),
        ("", "", "/logGroups", json!([])),
        ("", "executionRoleArn: ~", at, json!(null)),
    ]);
}

#[test]
fn logs_that_a_container_says_itself() {
    let text = |logs: &str| {
        format!(
            "services: {{web: {{taskDefinition: {{cpu: 256, memory: 512, executionRoleArn: x, containerDefinitions: \
             [{{name: web, image: a, {logs}}}]}}}}}}"
        )
    };
    let own = web(&text("logConfiguration: {logDriver: json-file}"));
    assert_eq!(
        own["taskDefinition"]["containerDefinitions"][0]["logConfiguration"],
        json!({"logDriver": "json-file"})
    );
    assert_eq!(own["logGroups"], json!([]));
    let off = web(&text("logConfiguration: ~"));
    assert_eq!(
        off["taskDefinition"]["containerDefinitions"][0].get("logConfiguration"),
        None
    );
    assert_eq!(off["logGroups"], json!([]));
}

#[test]
fn of_a_service_at_its_creation() {
    let breaker = json!({"enable": true, "rollback": true});
    let at = "/service/deploymentConfiguration/deploymentCircuitBreaker";
    check(&[
        ("", "", "/service/launchType", json!("FARGATE")),
        ("launchType: ~", "", "/service/launchType", json!(null)),
        ("launchType: EC2", "", "/service/launchType", json!("EC2")),
        (
            "",
            "requiresCompatibilities: [EC2]",
            "/service/launchType",
            json!(null),
        ),
        (
            "",
            "requiresCompatibilities: [MANAGED_INSTANCES]",
            "/service/launchType",
            json!(null),
        ),
        (
            "capacityProviderStrategy: [{capacityProvider: mine}]",
            "",
            "/service/launchType",
            json!(null),
        ),
        (
            "deploymentController: {type: EXTERNAL}",
            "",
            "/service/launchType",
            json!(null),
        ),
        ("", "", "/service/desiredCount", json!(1)),
        ("desiredCount: 0", "", "/service/desiredCount", json!(0)),
        ("desiredCount: ~", "", "/service/desiredCount", json!(null)),
        (
            "schedulingStrategy: REPLICA",
            "",
            "/service/desiredCount",
            json!(1),
        ),
        (
            "schedulingStrategy: DAEMON",
            "",
            "/service/desiredCount",
            json!(null),
        ),
        ("", "", at, breaker.clone()),
        ("deploymentController: {type: ECS}", "", at, breaker.clone()),
        ("deploymentController: {type: CODE_DEPLOY}", "", at, json!(null)),
        ("deploymentController: {type: EXTERNAL}", "", at, json!(null)),
        (
            "deploymentConfiguration: {maximumPercent: 150}",
            "",
            at,
            breaker.clone(),
        ),
        (
            "deploymentConfiguration: {strategy: ROLLING}",
            "",
            at,
            breaker.clone(),
        ),
        ("deploymentConfiguration: {strategy: BLUE_GREEN}", "", at, breaker),
        ("deploymentConfiguration: {strategy: CANARY}", "", at, json!(null)),
        ("deploymentConfiguration: {strategy: LINEAR}", "", at, json!(null)),
        ("deploymentConfiguration: ~", "", at, json!(null)),
        (
            "deploymentConfiguration: {deploymentCircuitBreaker: ~}",
            "",
            at,
            json!(null),
        ),
        (
            "deploymentConfiguration: {deploymentCircuitBreaker: {enable: false, rollback: false}}",
            "",
            "/service/deploymentConfiguration/deploymentCircuitBreaker/enable",
            json!(false),
        ),
        ("", "", "/service/enableECSManagedTags", json!(true)),
        (
            "enableECSManagedTags: false",
            "",
            "/service/enableECSManagedTags",
            json!(false),
        ),
        ("", "", "/service/propagateTags", json!("SERVICE")),
        ("propagateTags: NONE", "", "/service/propagateTags", json!("NONE")),
    ]);
}

#[test]
fn defaults_are_for_creation_and_not_owned() {
    let loaded = FileCase::default()
        .load(&fargate("desiredCount: 3"))
        .expect("good");
    let service = &loaded.manifest.services["web"];
    assert_eq!(
        service.fields.to_value(&|_| String::new()),
        json!({"desiredCount": 3})
    );
}
