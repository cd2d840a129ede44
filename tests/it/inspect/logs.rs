//! `ecsctl logs`.

mod errors;
mod follow;
mod secrets;
mod selection;

use insta::assert_snapshot;

use crate::support::container_logs::{BASE, messages, say, talking, tasks, write};
use rustix::process::Signal;
use serde_json::Value;

use crate::support::cases;
use crate::support::screen::screen_with_code;
use crate::support::two_services::{STABLE, run, with_logs};
use crate::support::{Fault, Scripted};

/// Task ids look alike and are taken out.
fn filtered(text: &str) -> String {
    let short = regex::Regex::new(r"/[0-9a-f]{8}\b").unwrap();
    // As much of the date as the day of the test makes necessary.
    let when = regex::Regex::new(r"(?m)^(\[DATE\]|(\d{4}-\d\d-\d\d )?\[TIME\]) ").unwrap();
    when.replace_all(&short.replace_all(text, "/[TASK]"), "[WHEN] ")
        .into_owned()
}

#[test]
fn last_lines_of_all_tasks_are_sorted_by_time() {
    let (server, _) = talking();
    let wide = run(&server, &["logs"]).run_in_terminal(80);
    assert!(!wide.stdout.contains("\u{1b}]0;"), "{:?}", wide.stdout);
    assert_snapshot!("logs_wide", filtered(&screen_with_code(&wide, 80)));
    let narrow = run(&server, &["logs", "web"]).run_in_terminal(20);
    let unwrapped: String = screen_with_code(&narrow, 20).split_whitespace().collect();
    assert!(unwrapped.contains("|GET/200"), "{unwrapped}");
    let pipe = run(&server, &["logs"]).run();
    assert_snapshot!("logs_pipe", filtered(&pipe.record()));
    let tail = run(&server, &["logs", "web", "-n", "1"]).run().exits(0);
    assert_eq!(tail.stdout.lines().count(), 2, "{}", tail.stdout);
    let none = run(&server, &["logs", "web", "--grep", "(?i)get"]).run().exits(0);
    assert!(
        none.stdout.ends_with(" | GET / 200\n") && none.stdout.lines().count() == 1,
        "{}",
        none.stdout
    );
    let coloured = run(&server, &["logs", "web", "--grep", "listening on"])
        .run()
        .exits(0);
    assert_eq!(coloured.stdout.lines().count(), 2, "{}", coloured.stdout);
}

#[test]
fn logs_as_json() {
    let (server, web) = talking();
    let document = run(&server, &["logs", "-o", "json"]).run().exits(0).json();
    let lines = document.as_array().unwrap();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["at"], "2026-11-20T14:00:00.001Z");
    assert_eq!(
        (&lines[0]["service"], &lines[0]["container"]),
        (&"web".into(), &"web".into())
    );
    assert_eq!(lines[0]["task"], web[0].as_str());
    assert_eq!(
        lines[1]["message"],
        "\u{1b}[32mlistening\u{1b}[0m on 8080\u{1b}]0;owned\u{7}"
    );
    let stream = run(&server, &["logs", "-o", "jsonl"]).run().exits(0);
    let stream: Vec<Value> = stream
        .stdout
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(&stream, lines);
}

#[test]
fn many_lines_are_shown_once_each_and_in_order() {
    let server = with_logs(STABLE);
    let web = tasks(&server, "web");
    // Ten lines have the same time; the second task's lines fall between.
    write(
        &server,
        "web",
        &web[0],
        (0..21_000).map(|n| (BASE + n / 10 * 10, format!("a{n:06}"))),
    );
    write(
        &server,
        "web",
        &web[1],
        (0..4_000).map(|n| (BASE + n * 5 + 1, format!("b{n:06}"))),
    );
    server.world(|world| world.logs.empty_pages = true);
    let arguments = ["logs", "web", "--since", "2026-11-20T14:00:00Z", "-o", "jsonl"];
    let output = run(&server, &arguments).run().exits(0);
    let told = messages(&output.stdout);
    assert_eq!(told.len(), 25_000);
    let of = |letter| {
        told.iter()
            .filter(|text| text.starts_with(letter))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of('a'),
        (0..21_000).map(|n| format!("a{n:06}")).collect::<Vec<_>>()
    );
    assert_eq!(
        of('b'),
        (0..4_000).map(|n| format!("b{n:06}")).collect::<Vec<_>>()
    );
    let times: Vec<String> = output
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["at"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let times: Vec<jiff::Timestamp> = times.iter().map(|at| at.parse().unwrap()).collect();
    assert!(times.is_sorted());
    // From the middle on.
    let output = run(
        &server,
        &[
            "logs",
            "web",
            "--since",
            "2026-11-20T14:00:20.990Z",
            "-o",
            "jsonl",
        ],
    )
    .run();
    assert_eq!(
        messages(&output.stdout),
        (20_990..21_000).map(|n| format!("a{n:06}")).collect::<Vec<_>>()
    );
    // More than a page of the last lines, in small pages.
    server.world(|world| world.logs.page_size = Some(700));
    let output = run(&server, &["logs", "web", "-n", "1500", "-o", "jsonl"]).run();
    assert_eq!(messages(&output.stdout).len(), 3_000);
    let output = run(&server, &["logs", "web", "--grep", "^a00000[0-4]", "-o", "jsonl"]).run();
    assert_eq!(
        messages(&output.stdout),
        (0..5).map(|n| format!("a{n:06}")).collect::<Vec<_>>()
    );
}

#[test]
fn missing_group_or_stream_is_reported() {
    let server = with_logs(STABLE);
    let output = run(&server, &["logs", "web"]).run();
    assert_snapshot!("logs_no_group", output.record());
    // Of one service it is there, without a stream.
    server.world(|world| world.logs.write_at("/ecs/worker", "other", []));
    run(&server, &["logs"])
        .run()
        .exits(0)
        .says("warning: log group /ecs/web of web in web doesn't exist: showing the others");
    let output = run(&server, &["logs", "worker"]).run().exits(0);
    assert_eq!(output.stdout, "");
    output
        .says("warning: no container of worker has written to its log stream yet")
        .says("ecsctl logs -f worker");
    // Followed, both are waited for.
    let program = run(&server, &["logs", "web", "-f"]);
    let running = program.start();
    running.wait_until_it_says("log group /ecs/web doesn't exist: waiting for it");
    let web = tasks(&server, "web");
    say(&server, "web", &web[0], 0, "here I am");
    running.wait_until_it_prints(" | here I am");
    running.signal(Signal::INT);
    assert_eq!(running.end().exits(130).stderr.lines().count(), 1);
}

fn silence_is_explained(arguments: &[&str], message: &str, hint: &str) {
    // The log lines of `talking` are from 2026-11-20.
    let (server, _) = talking();
    let output = run(&server, arguments).run().exits(0);
    assert!(matches!(output.stdout.trim(), "" | "[]"), "{}", output.stdout);
    assert_eq!(output.stderr.matches("warning:").count(), 1, "{}", output.stderr);
    output.says(message).says(hint);
}

cases! { silence_is_explained {
    since(
        &["logs", "web", "--since", "10m"],
        "warning: web logged nothing in the last 10m",
        "ecsctl logs web --since 100m",
    );
    since_as_json(
        &["logs", "web", "--since", "3h", "-o", "json"],
        "warning: web logged nothing in the last 3h",
        "ecsctl logs web --since 30h",
    );
    grep(&["logs", "web", "--grep", "nowhere"], "warning: no line of web matches", "");
    grep_and_since(
        &["logs", "web", "--grep", "nowhere", "--since", "20000h"],
        "warning: no line of web matches",
        "ecsctl logs web --since 200000h",
    );
} }

#[test]
fn empty_stream_is_explained() {
    let (server, web) = talking();
    server.world(|world| {
        let group = world.logs.groups.get_mut("/ecs/web").unwrap();
        web.iter()
            .for_each(|task| group.streams[&format!("web/web/{task}")].clear());
    });
    let output = run(&server, &["logs", "web"]).run().exits(0);
    output
        .says("warning: the log streams of web are empty")
        .says("ecsctl logs web --previous");
}

#[test]
fn other_log_driver_is_named() {
    let server = with_logs(
        r#"
  - {family: api, containerDefinitions: [{name: api, image: "shop:1", memory: 128, logConfiguration: {logDriver: splunk, options: {splunk-url: "https://splunk:8088", splunk-token: s3cret}}}, {name: proxy, image: "proxy:1", memory: 64}]}
services:
  web: {input: {taskDefinition: "api:1", desiredCount: 1}}
"#,
    );
    assert_snapshot!("logs_elsewhere", run(&server, &["logs", "web"]).run().record());
    run(&server, &["logs", "web", "-f"])
        .run()
        .exits(3)
        .says("sent to Splunk");
}

/// web runs no task, and worker isn't there.
fn without_tasks() -> Scripted {
    with_logs("services:\n  web: {input: {taskDefinition: \"web:1\", desiredCount: 0}}\n")
}

#[test]
fn service_without_tasks_has_no_logs() {
    run(&without_tasks(), &["logs", "web"])
        .run()
        .exits(3)
        .says("error: no running task of web")
        .says("hint:  ecsctl events web");
}

fn missing_logs_are_explained(arguments: &[&str], code: i32, words: &str) {
    run(&without_tasks(), arguments).run().exits(code).says(words);
}

cases! { missing_logs_are_explained {
    missing_service(&["logs", "worker"], 3, "service worker doesn't exist in cluster default");
    unknown_service(&["logs", "wbe"], 2, "did you mean `web`?");
    json_cannot_follow(&["logs", "-f", "-o", "json"], 2, "-o jsonl");
    previous_cannot_follow(&["logs", "-f", "--previous"], 2, "");
} }

fn missing_permission_is_named(operation: &str, arguments: &[&str], words: &str) {
    let (server, _) = talking();
    server.fault(Fault::denied(operation));
    run(&server, arguments).run().exits(3).says(words);
}

cases! { missing_permission_is_named {
    get_log_events(
        "logs GetLogEvents",
        &["logs", "web"],
        "allow logs:GetLogEvents on arn:aws:logs:us-east-1:123456789012:log-group:/ecs/web",
    );
    get_log_events_while_following(
        "logs GetLogEvents",
        &["logs", "web", "-f"],
        "allow logs:GetLogEvents",
    );
    describe_task_definition(
        "ecs DescribeTaskDefinition",
        &["logs", "web"],
        "allow ecs:DescribeTaskDefinition",
    );
} }

#[test]
fn container_output_is_no_workflow_command() {
    let server = with_logs(STABLE);
    let web = tasks(&server, "web");
    say(&server, "web", &web[0], 1, "##[add-matcher]evil.json");
    let plain = run(&server, &["logs", "web"]).run().exits(0);
    assert!(
        plain.stdout.contains("##[add-matcher]evil.json"),
        "{}",
        plain.stdout
    );
    let ecsctl = run(&server, &["logs", "web"]).env("GITHUB_ACTIONS", "true");
    let output = ecsctl.run().exits(0);
    assert!(
        output.stdout.contains("## [add-matcher]evil.json"),
        "{}",
        output.stdout
    );
}
