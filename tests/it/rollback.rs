//! The way back, and the levers on a deployment in flight: `rollback`, `stop`, `continue`, and what Ctrl-C offers,
//! against the scripted ECS.

mod in_progress;
mod next_commands;
mod on_failure;
mod paused;
mod permissions;
mod previous_revision;
mod prompts;
mod refused;
mod scope;
mod several_services;
mod slow_stop;

use serde_json::Value;

use crate::support::{Ecsctl, Scenario, Scripted};

/// Four revisions of `web`: another image and another LEVEL each, the memory once.
const DEFINITIONS: &str = "
definitions:
  - {family: web, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:1', essential: true, environment: [{name: LEVEL, value: one}]}]}
  - {family: web, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:2', essential: true, environment: [{name: LEVEL, value: two}]}]}
  - {family: web, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:3', essential: true, environment: [{name: LEVEL, value: three}]}]}
  - {family: web, cpu: '256', memory: '1024', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:4', essential: true, environment: [{name: LEVEL, value: four}]}]}
";

/// Its deploy.yaml: a rollback needs no more of it than the name.
const FILE: &str = "
region: us-east-1
services:
  web: {taskDefinition: 'web:4', desiredCount: 2, networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}}
";

/// `web`, begun with web:1, with more members of its start, and more of the scenario.
fn with_web(start: &str, more: &str) -> Scenario {
    let breaker = match start.contains("deploymentConfiguration") {
        true => "",
        false => "      deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: false}}",
    };
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

/// web:2 was deployed well, web:3 failed and stayed so, web:4 was deployed well and runs.
const HISTORY: &str = "
    before:
      - {taskDefinition: 'web:2'}
      - {taskDefinition: 'web:3', rollout: {frames: [{pending: all}, {fail: 'tasks failed to start.'}]}}
      - {taskDefinition: 'web:4'}
";

/// web:2 is on its way, and never gets there by itself.
const UNDER_WAY: &str = "
    then: {taskDefinition: 'web:2', polled: 1, rollout: {frames: [{pending: all}, {running: 1, pending: 1}]}}
";

fn started(start: &str) -> Scripted {
    Scripted::start(with_web(start, ""))
}

fn ecsctl(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    Ecsctl::on(server, arguments).file(FILE)
}

/// What the service's PRIMARY deployment runs, and how far it is: `web:2 COMPLETED`.
fn runs(server: &Scripted) -> String {
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        let primary = world.services[&key].primary().expect("a PRIMARY deployment");
        let definition = primary.task_definition.rsplit('/').next().unwrap();
        format!("{definition} {}", primary.state)
    })
}

/// The only request of an operation: what was sent.
fn sent(server: &Scripted, operation: &str) -> Value {
    server.log().only(operation).input.clone()
}
