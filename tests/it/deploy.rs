//! `ecsctl deploy` against the scripted ECS, with images that are there already, so that no Docker is needed.

mod access_denied;
mod aws_errors;
mod concurrent_changes;
mod crash_loop;
mod create_and_update;
mod credentials;
mod dependencies;
mod existing_resources;
mod failure_report;
mod interrupted;
mod killed;
mod strategies;

use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// A Fargate service of two tasks, with a log group that ecsctl has to make. Environment: what VERSION says.
const WEB: &str = r#"
region: us-east-1
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      containerDefinitions:
        web:
          image: public.ecr.aws/acme/shop:1
          portMappings: [{containerPort: 8080}]
          environment: {VERSION: "1", REGION: eu}
    desiredCount: 2
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1, subnet-2], securityGroups: [sg-1]}}
"#;

/// The same service with another environment: a new revision.
fn changed() -> String {
    WEB.replace("VERSION: \"1\"", "VERSION: \"2\"")
}

/// `ecsctl deploy` of a file.
fn deploy(server: &Scripted, file: &str) -> Ecsctl {
    Ecsctl::on(server, &["deploy"]).file(file)
}

/// A server on which `web:1` was deployed by ecsctl and is stable; its log begins after that.
fn deployed(scenario: Scenario) -> Scripted {
    let server = Scripted::start(scenario);
    deploy(&server, WEB).run().exits(0);
    server.clear_log();
    server
}

/// What comes of a second revision in a scenario.
fn second(scenario: &str) -> (Scripted, Output) {
    let server = deployed(Scenario::file(scenario));
    let output = deploy(&server, &changed()).run();
    (server, output)
}

/// How many revisions of `web` there are.
fn revisions(server: &Scripted) -> usize {
    server.world(|world| world.definitions.family("web").len())
}

/// What the service's PRIMARY deployment runs, and how far it is: `web:2 COMPLETED`.
pub fn runs(server: &Scripted) -> String {
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        let primary = world.services[&key].primary().expect("a PRIMARY deployment");
        let definition = primary.task_definition.rsplit('/').next().unwrap();
        format!("{definition} {}", primary.state)
    })
}
