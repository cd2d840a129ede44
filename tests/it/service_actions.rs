//! `ecsctl scale`, `restart`, `open` and `delete` against the scripted ECS.

mod delete;
mod open;
mod permissions;
mod restart;
mod scale;

use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// Two services that the scenarios below have running.
const FILE: &str = r#"
region: us-east-1
services:
  web: {taskDefinition: "web:1", desiredCount: 2}
  worker: {taskDefinition: "worker:1"}
"#;

/// Two services, two days old and stable: web with two tasks, worker with one. With more of a scenario.
fn running(more: &str) -> Scripted {
    let text = format!(
        r#"
definitions:
  - {{family: web, containerDefinitions: [{{name: web, image: "shop:1", memory: 128}}]}}
  - {{family: worker, containerDefinitions: [{{name: worker, image: "shop:1", memory: 128}}]}}
services:
  web: {{input: {{taskDefinition: "web:1", desiredCount: 2}}}}
  worker: {{input: {{taskDefinition: "worker:1", desiredCount: 1}}}}
{more}"#
    );
    Scripted::start(Scenario::parse(&text))
}

/// `ecsctl ARGUMENTS…` of the file.
fn run(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    Ecsctl::on(server, arguments).file(FILE)
}

/// What a service is at: desired and running tasks.
fn counts(server: &Scripted, name: &str) -> (u64, u64) {
    server.world(|world| {
        let service = &world.services[&("default".to_owned(), name.to_owned())];
        let running = service.deployments.iter().map(|it| it.running).sum();
        (service.desired, running)
    })
}

/// What a terminal shows, lines side by side that begin alike put in order: services come to their ends as they do.
fn screen(output: &Output, columns: u16) -> String {
    let shown = crate::output::screen(output, columns);
    let mut lines: Vec<&str> = shown.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let first = |line: &str| (indent(line), line.split_whitespace().next().map(str::to_owned));
    for alike in lines.chunk_by_mut(|one, other| first(one) == first(other)) {
        alike.sort_unstable();
    }
    lines.join("\n")
}
