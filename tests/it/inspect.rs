//! The look commands: what is there, once and on and on.

mod events;
mod history;
mod logs;
mod tasks;

use indicatif::{InMemoryTerm, TermLike};
use std::path::Path;

use crate::support::cli::filtered;
use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// A file with two services; both run in the scenarios below.
pub const FILE: &str = r#"
region: us-east-1
services:
  web: {taskDefinition: "web:1", desiredCount: 2}
  worker: {taskDefinition: "worker:1", desiredCount: 1}
"#;

/// Definitions and services of `FILE`, and what a test adds.
pub fn server(more: &str) -> Scripted {
    let text = format!(
        r#"
definitions:
  - {{family: web, containerDefinitions: [{{name: web, image: "shop:1", memory: 128, logConfiguration: {{logDriver: awslogs, options: {{awslogs-group: /ecs/web, awslogs-region: us-east-1, awslogs-stream-prefix: web}}}}}}]}}
  - {{family: worker, containerDefinitions: [{{name: worker, image: "shop:1", memory: 128, logConfiguration: {{logDriver: awslogs, options: {{awslogs-group: /ecs/worker, awslogs-region: us-east-1, awslogs-stream-prefix: worker}}}}}}]}}
{more}
"#
    );
    Scripted::start(Scenario::parse(&text))
}

/// The services of `FILE`, stable for two days.
pub const STABLE: &str = r#"
services:
  web: {input: {taskDefinition: "web:1", desiredCount: 2}}
  worker: {input: {taskDefinition: "worker:1", desiredCount: 1}}
"#;

pub fn run(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    Ecsctl::on(server, arguments).file(FILE)
}

/// What is left on a terminal of so many columns, with its exit code; ids are taken out.
pub fn screen(output: &Output, columns: u16) -> String {
    let terminal = InMemoryTerm::new(60, columns);
    terminal.write_str(&output.stdout).unwrap();
    let lines: Vec<String> = terminal
        .contents()
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    let text = format!("exit: {}\n{}", output.code(), lines.join("\n"));
    without_ids(&filtered(&text, Path::new("/nonexistent")))
}

/// Task ids and deployment numbers are the same in every run, but say nothing to a reader.
pub fn without_ids(text: &str) -> String {
    [
        (r"\b[0-9a-f]{32}\b", "[TASK]"),
        (r"ecs-svc/[\d\n]+", "ecs-svc/[N]"),
        (
            r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            "[ID]",
        ),
        (
            r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d \[TIME\]",
            "[DATE]",
        ),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (pattern, by)| {
        regex::Regex::new(pattern)
            .unwrap()
            .replace_all(&text, by)
            .into_owned()
    })
}
