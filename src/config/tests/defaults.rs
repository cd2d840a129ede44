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
        (
            "capacityProviderStrategy: [{capacityProvider: FARGATE}, {capacityProvider: FARGATE_SPOT}]",
            "",
            "/taskDefinition/networkMode",
            json!("awsvpc"),
        ),
        (
            "capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT}]",
            "",
            "/taskDefinition/requiresCompatibilities",
            json!(["FARGATE"]),
        ),
        (
            "capacityProviderStrategy: [{capacityProvider: FARGATE}, {capacityProvider: mine}]",
            "",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        (
            "schedulingStrategy: DAEMON",
            "",
            "/taskDefinition/networkMode",
            json!(null),
        ),
        (
            "schedulingStrategy: DAEMON",
            "",
            "/taskDefinition/requiresCompatibilities",
            json!(null),
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
        (
            "schedulingStrategy: DAEMON",
            "",
            "/service/launchType",
            json!(null),
        ),
        (
            "",
            "requiresCompatibilities: ~\nnetworkMode: bridge",
            "/service/launchType",
            json!(null),
        ),
        (
            "capacityProviderStrategy: [{capacityProvider: FARGATE}]",
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

#[test]
fn launch_type_of_a_definition_that_aws_knows_is_open() {
    for (definition, launch_type, is_open) in [
        ("web:1", json!(null), true),
        ("{base: web}", json!(null), true),
        ("{base: live, cpu: 512}", json!(null), true),
        (
            "{base: web, requiresCompatibilities: [FARGATE]}",
            json!("FARGATE"),
            false,
        ),
        ("{base: web, requiresCompatibilities: [EC2]}", json!(null), false),
    ] {
        let text = format!("services: {{web: {{taskDefinition: {definition}}}}}\n");
        assert_eq!(
            web(&text)["service"].get("launchType").unwrap_or(&json!(null)),
            &launch_type,
            "{definition}"
        );
        let loaded = FileCase::default().load(&text).expect("good");
        assert_eq!(
            loaded.manifest.services["web"].fargate_if_supported, is_open,
            "{definition}"
        );
    }
    for members in [
        "schedulingStrategy: DAEMON",
        "launchType: ~",
        "launchType: EC2",
        "capacityProviderStrategy: [{capacityProvider: FARGATE}]",
        "deploymentController: {type: EXTERNAL}",
    ] {
        let text = format!("services: {{web: {{taskDefinition: 'web:1', {members}}}}}\n");
        let loaded = FileCase::default().load(&text).expect("good");
        assert!(!loaded.manifest.services["web"].fargate_if_supported, "{members}");
    }
}

#[test]
fn launch_type_follows_a_definition_file() {
    let launch_type = |definition: &str| {
        let case = FileCase::default().file("task.yaml", definition);
        let document = case.web("services: {web: {taskDefinition: task.yaml}}\n");
        document["service"].get("launchType").cloned()
    };
    let containers = "containerDefinitions: [{name: web, image: a, memory: 64}]";
    for (members, expected) in [
        ("", None),
        ("networkMode: bridge\ncpu: '256'\nmemory: '512'\n", None),
        ("networkMode: awsvpc\n", None),
        (
            "networkMode: awsvpc\ncpu: '256'\nmemory: '512'\n",
            Some(json!("FARGATE")),
        ),
        (
            "networkMode: awsvpc\ncpu: '256'\nmemory: '512'\nrequiresCompatibilities: [FARGATE]\n",
            Some(json!("FARGATE")),
        ),
    ] {
        let definition = format!("family: web\n{members}{containers}\n");
        assert_eq!(launch_type(&definition), expected, "{members}");
    }
}
