//! The deploy.yaml of a scenario.

use serde_json::{Value, json};

use crate::support::Scenario;
use crate::support::world::merge;

/// A Fargate service of two tasks. Environment: what VERSION says.
fn usual() -> Value {
    json!({
        "taskDefinition": {
            "cpu": 256,
            "memory": 512,
            "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
            "containerDefinitions": {"web": {
                "image": "public.ecr.aws/acme/shop:1",
                "portMappings": [{"containerPort": 8080}],
                "environment": {"VERSION": "1"},
            }},
        },
        "desiredCount": 2,
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}},
    })
}

/// As the scenario begins.
pub fn first(scenario: &Scenario) -> String {
    file(&[&scenario.deploy])
}

/// With the scenario's change.
pub fn change(scenario: &Scenario) -> String {
    let other =
        json!({"taskDefinition": {"containerDefinitions": {"web": {"environment": {"VERSION": "2"}}}}});
    let change = if scenario.change.is_null() {
        &other
    } else {
        &scenario.change
    };
    file(&[&scenario.deploy, change])
}

fn file(patches: &[&Value]) -> String {
    let mut web = usual();
    for patch in patches {
        merge(&mut web, patch);
    }
    let file = json!({"region": "us-east-1", "services": {"web": web}});
    serde_yaml::to_string(&file).expect("YAML")
}
