//! Log lines of the containers of web and worker.

use serde_json::Value;

use super::Scripted;
use super::two_services::{STABLE, with_logs};

/// 2026-11-20T14:00:00Z, in milliseconds.
pub const BASE: i64 = 1_795_183_200_000;

/// Returns the ids of a service's tasks, in the order in which they started.
pub fn tasks(server: &Scripted, service: &str) -> Vec<String> {
    server.world(|world| {
        let services = &world.services;
        let found = services.get(&("default".to_owned(), service.to_owned())).unwrap();
        let ids = found
            .tasks
            .iter()
            .map(|task| task.arn.rsplit('/').next().unwrap());
        ids.map(str::to_owned).collect()
    })
}

/// Writes log lines of a task's only container.
pub fn write(server: &Scripted, service: &str, task: &str, lines: impl IntoIterator<Item = (i64, String)>) {
    let stream = format!("{service}/{service}/{task}");
    server.world(|world| world.logs.write_at(&format!("/ecs/{service}"), &stream, lines));
}

pub fn say(server: &Scripted, service: &str, task: &str, at: i64, text: &str) {
    write(server, service, task, [(BASE + at, text.to_owned())]);
}

/// Starts two tasks of web and one of worker, each with log lines.
pub fn talking() -> (Scripted, Vec<String>) {
    let server = with_logs(STABLE);
    let web = tasks(&server, "web");
    let worker = tasks(&server, "worker");
    say(&server, "web", &web[0], 1, "listening on 8080");
    say(
        &server,
        "web",
        &web[1],
        2,
        "\u{1b}[32mlistening\u{1b}[0m on 8080\u{1b}]0;owned\u{7}",
    );
    say(
        &server,
        "worker",
        &worker[0],
        3,
        "Traceback:\n\tat job.py\nValueError: x\n",
    );
    say(&server, "web", &web[0], 4, "GET / 200");
    (server, web)
}

/// Returns the messages of a jsonl stream.
pub fn messages(stdout: &str) -> Vec<String> {
    let line = |line: &str| {
        serde_json::from_str::<Value>(line).unwrap()["message"]
            .as_str()
            .map(str::to_owned)
    };
    stdout.lines().filter_map(line).collect()
}
