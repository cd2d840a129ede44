//! Services with a deployment history, to roll back or to stop.

use serde_json::Value;

use super::files::deploy_yaml;
use super::{Ecsctl, Scenario, Scripted};

/// Four revisions of `web`: each with another image and another LEVEL, one with another memory.
pub const DEFINITIONS: &str = "
definitions:
  - {family: web, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:1', essential: true, environment: [{name: LEVEL, value: one}]}]}
  - {family: web, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:2', essential: true, environment: [{name: LEVEL, value: two}]}]}
  - {family: web, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:3', essential: true, environment: [{name: LEVEL, value: three}]}]}
  - {family: web, cpu: '256', memory: '1024', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:4', essential: true, environment: [{name: LEVEL, value: four}]}]}
";

/// Returns its deploy.yaml: a rollback needs only the name.
pub fn file() -> String {
    deploy_yaml([(
        "web",
        "taskDefinition: 'web:4', desiredCount: 2, networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}",
    )])
}

/// Returns a scenario with `web` started at web:1, with additional start members and scenario content.
pub fn with_web(start: &str, more: &str) -> Scenario {
    let breaker = match start.contains("deploymentConfiguration") {
        true => "",
        false => "      deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: false}}",
    };
    web_scenario(breaker, start, more)
}

/// The same without a circuit breaker.
pub fn with_web_without_breaker(start: &str, more: &str) -> Scenario {
    web_scenario("", start, more)
}

fn web_scenario(breaker: &str, start: &str, more: &str) -> Scenario {
    Scenario::parse(&format!(
        "{DEFINITIONS}
services:
  web:
    input:
      taskDefinition: web:1
      desiredCount: 2
      launchType: FARGATE
      networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}
{breaker}
{start}
{more}
"
    ))
}

/// web:2 was deployed successfully, web:3 failed and stayed so, web:4 was deployed successfully and runs.
pub const HISTORY: &str = "
    before:
      - {taskDefinition: 'web:2'}
      - {taskDefinition: 'web:3', rollout: {frames: [{pending: all}, {fail: 'tasks failed to start.'}]}}
      - {taskDefinition: 'web:4'}
";

/// A deployment of web:2 is in progress, and never finishes by itself.
pub const UNDER_WAY: &str = "
    then: {taskDefinition: 'web:2', polled: 1, rollout: {frames: [{pending: all}, {running: 1, pending: 1}]}}
";

pub fn started(start: &str) -> Scripted {
    Scripted::start(with_web(start, ""))
}

pub fn ecsctl(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    Ecsctl::on(server, arguments).file(&file())
}

/// Returns the body of the only request for an operation.
pub fn sent(server: &Scripted, operation: &str) -> Value {
    server.log().only(operation).input.clone()
}

/// Blue/green, with a pause before the traffic shift.
pub const PAUSED: &str = "
      deploymentConfiguration:
        strategy: BLUE_GREEN
        bakeTimeInMinutes: 0
        lifecycleHooks:
          - {targetType: PAUSE, lifecycleStages: [POST_TEST_TRAFFIC_SHIFT], timeoutConfiguration: {timeoutInMinutes: 60, action: ROLLBACK}}
    then: {taskDefinition: 'web:2', polled: 20}
";

/// Returns what the envelope says about a service.
pub fn outcome(document: &Value, name: &str) -> (String, String) {
    let services = document["services"].as_array().unwrap();
    let mut found = services.iter().filter(|it| it["name"] == name);
    let (Some(service), None) = (found.next(), found.next()) else {
        panic!("{name} is not there once: {document:#}");
    };
    let text = |key: &str| service[key].as_str().unwrap_or_default().to_owned();
    (text("outcome"), text("reason"))
}

/// Returns the envelope that a terminal shows after everything else.
pub fn document(stdout: &str) -> Value {
    let from = stdout.find("{\r\n").expect("a document");
    serde_json::from_str(&stdout[from..]).unwrap_or_else(|error| panic!("{error}: {stdout:?}"))
}

/// A duration so long that the virtual clock never reaches its end.
pub const FOR_EVER: &str = "100000h";

/// Returns definitions for a scenario: Fargate revisions 1 to `last` of a family, each with another image.
pub fn definitions(family: &str, last: u32) -> String {
    let definition = |number: u32| {
        format!(
            "  - {{family: {family}, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{{name: {family}, image: 'public.ecr.aws/acme/shop:{number}', essential: true}}]}}\n"
        )
    };
    (1..=last).map(definition).collect()
}
