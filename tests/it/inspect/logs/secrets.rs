//! Secrets of the task definition are masked in the logs of its containers.

use rustix::process::Signal;

use crate::support::cases;
use crate::support::container_logs::{messages, say, tasks};
use crate::support::two_services::{run, with_logs};
use crate::support::{Ecsctl, Scripted};

/// A service whose task definition holds a token, a URL with a password, and settings that are no secrets.
fn careless() -> (Scripted, String) {
    let server = with_logs(
        r#"
  - {family: shop, containerDefinitions: [{name: web, image: "shop:1", memory: 128, environment: [{name: API_TOKEN, value: tok-81f2c3}, {name: DATABASE_URL, value: "postgres://shop:p4ssw0rd@db/shop"}, {name: TOKEN_STORE, value: production}, {name: USE_TOKEN, value: "true"}, {name: LOG_LEVEL, value: debugging}], logConfiguration: {logDriver: awslogs, options: {awslogs-group: /ecs/web, awslogs-region: us-east-1, awslogs-stream-prefix: web}}}]}
services:
  web: {input: {taskDefinition: "shop:1", desiredCount: 1}}
  worker: {input: {taskDefinition: "worker:1", desiredCount: 1}}
"#,
    );
    let task = tasks(&server, "web").remove(0);
    say(
        &server,
        "web",
        &task,
        1,
        "production, debugging true: tok-81f2c3\n\tpostgres://shop:p4ssw0rd@db/shop",
    );
    (server, task)
}

const SHOWN: &str = "production, debugging true: tok-81f2c3\n\tpostgres://shop:p4ssw0rd@db/shop";
const HIDDEN: &str = "production, debugging true: ********\n\tpostgres://shop:********@db/shop";

fn logs(server: &Scripted, more: &[&str]) -> Ecsctl {
    run(server, &[&["logs", "web"], more].concat())
}

#[test]
fn secrets_are_masked_but_trivial_values_are_not() {
    let (server, _) = careless();
    let text = logs(&server, &[]).run().exits(0);
    assert!(
        text.stdout.contains("| production, debugging true: ********\n")
            && text.stdout.contains("postgres://shop:********@db/shop\n"),
        "{}",
        text.stdout
    );
    let stream = logs(&server, &["-o", "jsonl"]).run().exits(0);
    assert_eq!(messages(&stream.stdout), [HIDDEN]);
    let document = logs(&server, &["-o", "json", "--since", "2026-11-20T00:00:00Z"])
        .run()
        .exits(0);
    assert_eq!(document.json()[0]["message"], HIDDEN);
    // What is hidden can't be guessed by matching either.
    assert_eq!(logs(&server, &["--grep", "tok-8"]).run().exits(0).stdout, "");
}

fn show_values_shows_secrets(more: &[&str]) {
    let (server, _) = careless();
    let output = logs(&server, &[more, &["--show-values"]].concat()).run().exits(0);
    assert_eq!(messages(&output.stdout), [SHOWN]);
}

cases! { show_values_shows_secrets {
    in_all_lines(&["-o", "jsonl"]);
    in_matching_lines(&["-o", "jsonl", "--grep", "tok-8"]);
} }

#[test]
fn secrets_are_masked_while_following() {
    let (server, task) = careless();
    let program = logs(&server, &["-f", "-o", "jsonl"]);
    let running = program.start();
    running.wait_until_it_prints("production, debugging");
    say(&server, "web", &task, 2, "later: tok-81f2c3.");
    running.wait_until_it_prints("later: ");
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    assert_eq!(messages(&output.stdout), [HIDDEN, "later: ********."]);
}
