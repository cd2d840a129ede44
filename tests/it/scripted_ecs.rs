//! The scripted ECS itself: it has to be right before it may judge anybody.

mod api;
pub mod client;
pub mod conformance;
mod faults;
mod lifecycle_hooks;
mod registry;
mod rollouts;
mod run_task;
mod service_operations;

use serde_json::{Value, json};

use crate::support::{Scenario, Scripted};

/// A server with one stable service `web` of two tasks, and a second revision to deploy.
fn with_web(more: &str) -> Scripted {
    Scripted::start(web(more))
}

fn web(more: &str) -> Scenario {
    Scenario::parse(&format!(
        "
definitions:
  - &web
    family: web
    containerDefinitions:
      - name: web
        image: shop:1
        memory: 128
        logConfiguration: {{logDriver: awslogs, options: {{awslogs-group: /ecs/web, awslogs-stream-prefix: web}}}}
  - *web
logGroups: {{/ecs/web: {{}}}}
services:
  web: {{input: {{taskDefinition: 'web:1', desiredCount: 2}}}}
{more}"
    ))
}

fn ok(server: &Scripted, operation: &str, input: Value) -> Value {
    let (status, body) = client::call(server, operation, &input);
    assert_eq!(status, 200, "{operation}: {body}");
    body
}

fn refused(server: &Scripted, operation: &str, input: Value) -> (u16, String, String) {
    let (status, body) = client::call(server, operation, &input);
    let member = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (status, member("__type"), member("message"))
}

fn describe(server: &Scripted) -> Value {
    let reply = ok(server, "ecs DescribeServices", json!({"services": ["web"]}));
    reply["services"][0].clone()
}

/// Starts a deployment of `web:2` and gives its id.
fn deploy(server: &Scripted) -> String {
    let update = json!({"service": "web", "taskDefinition": "web:2"});
    let reply = ok(server, "ecs UpdateService", update);
    let primary = &reply["service"]["deployments"][0];
    assert_eq!(primary["status"], "PRIMARY");
    primary["id"].as_str().unwrap().to_owned()
}

/// Each deployment in short: `PRIMARY web:2 IN_PROGRESS 1/2`.
fn short(service: &Value) -> Vec<String> {
    let deployments = service["deployments"].as_array().unwrap();
    deployments
        .iter()
        .map(|deployment| {
            let text = |member: &str| deployment[member].as_str().unwrap_or("-").to_owned();
            let definition = text("taskDefinition");
            format!(
                "{} {} {} {}/{}",
                text("status"),
                definition.rsplit('/').next().unwrap(),
                text("rolloutState"),
                deployment["runningCount"],
                deployment["desiredCount"]
            )
        })
        .collect()
}
