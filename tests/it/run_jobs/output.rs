//! What `run` shows, and its exit code.

use serde_json::{Value, json};

use super::{run, with_web};
use crate::support::client::ok;
use crate::support::{Fault, Scripted, cases};

const FAILING: &str =
    "{polls: 1, stopped: {exitCode: 3, log: [migrating, 'relation \"users\" does not exist']}}";

#[test]
fn failed_job_is_explained() {
    let server = with_web(FAILING);
    let output = run(&server, &["migrate"]).run().exits(3);
    assert_eq!(output.stdout, "migrating\nrelation \"users\" does not exist\n");
    insta::assert_snapshot!("run_failed", output.record());
}

#[test]
fn succeeding_job_prints_its_log() {
    let server = with_web("{stopped: {exitCode: 0, log: ['one', \"two\\tx\"]}}");
    let output = run(&server, &["migrate"]).run().exits(0);
    insta::assert_snapshot!("run_succeeded", output.record());
}

#[test]
fn quiet_shows_the_log_only() {
    let server = with_web("{stopped: {exitCode: 0, log: [one]}}");
    let output = run(&server, &["migrate", "-q"]).run().exits(0);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("one\n", ""));
}

#[test]
fn json_is_one_document() {
    let server = with_web(FAILING);
    let output = run(&server, &["migrate", "-o", "json"]).run().exits(3);
    let document = output.json();
    assert_eq!(
        (&document["outcome"], &document["exitCode"], &document["services"]),
        (&json!("failed"), &json!(3), &json!([]))
    );
    assert_eq!(document["error"]["code"], "job-failed");
    let job = &document["jobs"][0];
    assert_eq!(
        (
            &job["name"],
            &job["service"],
            &job["exitCode"],
            &job["container"],
            &job["taskDefinition"]
        ),
        (
            &json!("migrate"),
            &json!("web"),
            &json!(3),
            &json!("web"),
            &json!("web:1")
        )
    );
    assert_eq!(job["failure"]["log"]["lines"][0], "migrating");
    output.says("relation \"users\" does not exist");
}

#[test]
fn jsonl_streams_states_and_lines() {
    let server = with_web(FAILING);
    let output = run(&server, &["migrate", "-o", "jsonl"]).run().exits(3);
    let events: Vec<Value> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let steps: Vec<&str> = events.iter().filter_map(|event| event["step"].as_str()).collect();
    assert_eq!(
        steps,
        ["started", "status", "status", "status", "log", "log", "ended"],
        "{}",
        output.stdout
    );
    assert_eq!(events[4]["message"], "migrating");
    let last = events.last().unwrap();
    assert_eq!(
        (&last["exitCode"], &last["jobs"][0]["exitCode"]),
        (&json!(3), &json!(3))
    );
}

fn task_without_an_exit_code_exits_with_125(stopped: &str, words: &str) {
    let server = with_web(&format!("{{stopped: {stopped}}}"));
    run(&server, &["migrate"]).run().exits(125).says(words);
}

cases! { task_without_an_exit_code_exits_with_125 {
    cannot_pull(
        "{code: TaskFailedToStart, reason: 'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref public.ecr.aws/acme/shop:1: public.ecr.aws/acme/shop:1: not found'}",
        "cause:",
    );
    no_capacity(
        "{code: TaskFailedToStart, reason: 'Capacity is unavailable at this time. Please try again later or in a different availability zone'}",
        "Capacity is unavailable",
    );
} }

#[test]
fn exit_code_of_the_main_container_counts() {
    let server = with_web("{stopped: {exitCode: 0, code: UserInitiated, reason: Task stopped by user}}");
    run(&server, &["migrate"]).run().exits(0);
}

#[test]
fn timeout_leaves_the_task_running() {
    let server = with_web("{polls: 100000}");
    let output = run(&server, &["migrate", "--timeout", "1m"]).run().exits(125);
    output
        .says("timed out; the task continues")
        .says("ecsctl run --attach migrate");
    assert!(server.log().of("ecs StopTask").is_empty());
}

fn unreadable_log_decides_nothing(fault: Fault, words: &str) {
    let server = with_web(FAILING);
    server.fault(fault);
    run(&server, &["migrate"]).run().exits(3).says(words);
}

cases! { unreadable_log_decides_nothing {
    denied(Fault::denied("logs GetLogEvents"), "the log of the job is not shown");
    broken_for_good(Fault { status: Some(500), ..Fault::on("logs GetLogEvents") }, "exit code 3");
    invalid(Fault { code: Some("InvalidParameterException".to_owned()), ..Fault::on("logs GetLogEvents") }, "exit code 3");
    throttled(Fault { throttle: true, times: Some(5), ..Fault::on("logs GetLogEvents") }, "exit code 3");
} }

#[test]
fn no_line_of_a_thousand_a_second_is_lost() {
    let server = with_web("{polls: 100000000}");
    let program = run(&server, &["migrate", "-o", "jsonl"]);
    let running = program.start();
    running.wait_until_it_prints("RUNNING");
    let task = server.world(|world| world.runs.tasks[0].task.arn.clone());
    let id = task.rsplit('/').next().unwrap().to_owned();
    let now = jiff::Timestamp::now().as_millisecond();
    for second in 0..10_i64 {
        let lines = (0..1000).map(move |n| (now + second * 1000 + n, format!("{second}-{n:03}")));
        let stream = format!("web/web/{id}");
        server.world(|world| world.logs.write_at("/ecs/web", &stream, lines));
        if second == 5 {
            running.wait_until_it_prints("3-999");
        }
    }
    stop(&server, &task);
    let output = running.end().exits(143);
    let told: Vec<String> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter_map(|event| event["message"].as_str().map(str::to_owned))
        .collect();
    let expected = (0..10).flat_map(|second| (0..1000).map(move |n| format!("{second}-{n:03}")));
    assert!(told.iter().cloned().eq(expected), "{}", told.len());
}

fn stop(server: &Scripted, task: &str) {
    ok(server, "ecs StopTask", json!({"task": task}));
}

#[test]
fn secrets_of_the_task_are_masked() {
    let server = with_web("{stopped: {exitCode: 0, log: ['token is s3cr3t-value-1']}}");
    let arguments = ["migrate", "--env", "DB_PASSWORD=s3cr3t-value-1"];
    let output = run(&server, &arguments).run().exits(0);
    assert_eq!(output.stdout, "token is ********\n");
    let shown = with_web("{stopped: {exitCode: 0, log: ['token is s3cr3t-value-1']}}");
    let output = run(&shown, &[&arguments[..], &["--show-values"]].concat())
        .run()
        .exits(0);
    assert_eq!(output.stdout, "token is s3cr3t-value-1\n");
}
