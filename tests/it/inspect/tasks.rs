//! `ecsctl tasks`.

use insta::assert_snapshot;

use crate::support::cases;
use crate::support::screen::{contents, screen_with_code};
use crate::support::two_services::{STABLE, run, web_alone, with_logs};
use crate::support::{Fault, Output};

/// Web's second version crashes in two ways, and its first one goes on.
const FAILING: &str = r#"
  - {family: web, containerDefinitions: [{name: web, image: "shop:2", memory: 128}, {name: proxy, image: "proxy:1", memory: 64, essential: false}]}
services:
  web:
    input: {taskDefinition: "web:1", desiredCount: 2}
    then:
      taskDefinition: "web:2"
      rollout:
        frames:
          - {pending: all}
          - stopped: [{tasks: 3, exitCode: 1}]
          - stopped: [{exitCode: 137, containerReason: "OutOfMemoryError: Container killed due to memory usage"}]
          - stopped: [{code: TaskFailedToStart, reason: "CannotPullContainerError: pull image manifest has been retried 5 time(s)"}]
  worker: {input: {taskDefinition: "worker:1", desiredCount: 1}}
"#;

fn shown(output: &Output, columns: u16) -> String {
    let short = regex::Regex::new(r"\b[0-9a-f]{8}\b").unwrap();
    short
        .replace_all(&screen_with_code(output, columns), "[TASK_ID]")
        .into_owned()
}

fn piped(output: &Output) -> String {
    let short = regex::Regex::new(r"\b[0-9a-f]{8}\b").unwrap();
    short.replace_all(&output.record(), "[TASK_ID]").into_owned()
}

#[test]
fn running_tasks() {
    let server = with_logs(STABLE);
    let wide = run(&server, &["tasks"]).run_in_terminal(80);
    assert_snapshot!("tasks_wide", shown(&wide, 80));
    let narrow = run(&server, &["tasks"]).run_in_terminal(20);
    assert_snapshot!("tasks_narrow", shown(&narrow, 20));
    assert_snapshot!("tasks_pipe", piped(&run(&server, &["tasks"]).run()));
    let document = run(&server, &["tasks", "web", "-o", "json"])
        .run()
        .exits(0)
        .json();
    let tasks = document["tasks"].as_array().unwrap();
    assert_eq!(tasks.len(), 2);
    for task in tasks {
        assert_eq!(
            (&task["service"], &task["taskDefinition"], &task["lastStatus"]),
            (&"web".into(), &"web:1".into(), &"RUNNING".into())
        );
        assert_eq!(task["id"].as_str().map(str::len), Some(32));
        assert_eq!(task["containers"][0]["name"], "web");
    }
    let lines = run(&server, &["tasks", "-o", "jsonl"]).run().exits(0);
    assert_eq!(lines.stdout.lines().count(), 3);
    let whole = run(&server, &["tasks", "worker", "-v"]).run().exits(0);
    assert!(
        regex::Regex::new(r"\b[0-9a-f]{32}\b")
            .unwrap()
            .is_match(&whole.stdout),
        "{}",
        whole.stdout
    );
}

#[test]
fn stopped_tasks_are_counted_by_cause() {
    let server = with_logs(FAILING);
    for _ in 0..4 {
        // Each looks at the service, which then moves on.
        run(&server, &["status"]).run().exits(0);
    }
    let wide = run(&server, &["tasks", "--stopped"]).run_in_terminal(80);
    assert_snapshot!("stopped_wide", shown(&wide, 80));
    let narrow = run(&server, &["tasks", "--stopped", "web"]).run_in_terminal(20);
    let narrow = contents(&narrow, 20);
    assert!(narrow.lines().all(|line| line.chars().count() <= 20), "{narrow}");
    let unwrapped: String = narrow.split_whitespace().collect();
    assert!(
        unwrapped.contains("OutOfMemoryError:Containerkilledduetomemoryusage"),
        "{narrow}"
    );
    assert_snapshot!(
        "stopped_pipe",
        piped(&run(&server, &["tasks", "--stopped"]).run())
    );
    assert_snapshot!(
        "running_beside_stopped",
        piped(&run(&server, &["tasks", "web"]).run())
    );
    let document = run(&server, &["tasks", "--stopped", "-o", "json"])
        .run()
        .exits(0)
        .json();
    let codes: Vec<_> = document["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| task["containers"][0]["exitCode"].as_i64())
        .collect();
    assert_eq!(codes, [None, Some(137), Some(1), Some(1), Some(1)]);
    assert_eq!(
        document["tasks"][1]["containers"][0]["meaning"],
        "killed (SIGKILL): out of memory"
    );
}

#[test]
fn exit_code_0_after_a_stop_is_said_to_obey() {
    let scaled_in = r#"
services:
  web:
    input: {taskDefinition: "web:1", desiredCount: 2}
    then:
      taskDefinition: "web:1"
      rollout:
        frames:
          - {pending: all}
          - stopped: [{code: ServiceSchedulerInitiated, reason: "Scaling activity initiated by (deployment ecs-svc/1)", exitCode: 0}]
"#;
    let server = with_logs(scaled_in);
    for _ in 0..2 {
        run(&server, &["status"]).run().exits(0);
    }
    let output = run(&server, &["tasks", "web", "--stopped"]).run().exits(0);
    assert!(
        output
            .stdout
            .contains("exit code 0, exited when it was told to stop"),
        "{}",
        output.stdout
    );
}

#[test]
fn all_pages_are_read_a_hundred_tasks_at_a_time() {
    let server = with_logs(
        "pageSize: 30\nservices:\n  web: {input: {taskDefinition: \"web:1\", desiredCount: 250}}\n",
    );
    let document = run(&server, &["tasks", "web", "-o", "json"])
        .run()
        .exits(0)
        .json();
    assert_eq!(document["tasks"].as_array().map(Vec::len), Some(250));
    let log = server.log();
    assert_eq!(log.of("ecs DescribeTasks").len(), 3);
}

fn missing_tasks_are_explained(arguments: &[&str], code: i32, words: &str) {
    run(&web_alone(), arguments).run().exits(code).says(words);
}

cases! { missing_tasks_are_explained {
    missing_service(&["tasks", "worker"], 3, "error: service worker doesn't exist in cluster default");
    one_service_missing(
        &["tasks"],
        0,
        "warning: service worker doesn't exist in cluster default: showing the others",
    );
    unknown_service(&["tasks", "wbe"], 2, "did you mean `web`?");
} }

fn missing_permission_is_named(operation: &str, words: &str) {
    let server = web_alone();
    server.fault(Fault::denied(operation));
    run(&server, &["tasks", "web"]).run().exits(3).says(words);
}

cases! { missing_permission_is_named {
    list_tasks("ecs ListTasks", "allow ecs:ListTasks");
    describe_tasks("ecs DescribeTasks", "allow ecs:DescribeTasks");
} }

#[test]
fn tasks_are_listed_in_parallel() {
    let server = with_logs(&format!("latency: 100\n{STABLE}"));
    run(&server, &["tasks", "web"]).run().exits(0);
    let log = server.log();
    // The lists of running and stopped tasks, then the tasks.
    assert_eq!(log.rounds(), 2, "{:?}", log.names());
}
