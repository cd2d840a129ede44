//! The output of the same runs on a terminal, in a pipe, and as JSON.

use insta::assert_snapshot;

use crate::support::files::{WEB, behind_load_balancer, changed};
use crate::support::screen::{contents, screen};
use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// Returns the file with another environment, and more memory.
fn grown() -> String {
    changed().replace("memory: 512", "memory: 1024")
}

fn run(server: &Scripted, arguments: &[&str], file: &str) -> Ecsctl {
    Ecsctl::on(server, arguments).file(file)
}

/// Starts a server on which the first version runs.
fn deployed() -> Scripted {
    let server = Scripted::start(Scenario::default());
    run(&server, &["deploy"], WEB).run().exits(0);
    server
}

/// Runs in a terminal. Returns the exit code, and its final contents.
fn on_terminal(server: &Scripted, arguments: &[&str], file: &str) -> String {
    let output = run(server, arguments, file).run_in_terminal(100);
    format!("exit: {}\n{}", output.code(), screen(&output, 100))
}

#[test]
fn create_update_and_unchanged_on_a_terminal() {
    let server = Scripted::start(Scenario::default());
    assert_snapshot!("terminal_first", on_terminal(&server, &["deploy"], WEB));
    assert_snapshot!("terminal_change", on_terminal(&server, &["deploy"], &grown()));
    assert_snapshot!("terminal_unchanged", on_terminal(&server, &["deploy"], &grown()));
    assert_snapshot!("terminal_status", on_terminal(&server, &["status"], &grown()));
    assert_snapshot!("terminal_wait", on_terminal(&server, &["wait"], &grown()));
}

#[test]
fn update_and_unchanged_in_a_pipe() {
    let server = deployed();
    assert_snapshot!("pipe_plan", run(&server, &["plan"], &grown()).run().record());
    assert_snapshot!("pipe_change", run(&server, &["deploy"], &grown()).run().record());
    assert_snapshot!(
        "pipe_unchanged",
        run(&server, &["deploy"], &grown()).run().record()
    );
    assert_snapshot!(
        "pipe_plan_nothing",
        run(&server, &["plan", "--exit-code"], &grown()).run().record()
    );
    assert_snapshot!(
        "pipe_quiet",
        run(&server, &["deploy", "-q", "--force"], &grown())
            .run()
            .record()
    );
}

#[test]
fn deploy_and_status_as_json() {
    let server = deployed();
    assert_snapshot!(
        "json_deploy",
        run(&server, &["deploy", "-q", "-o", "json"], &grown())
            .run()
            .record()
    );
    let output = run(&server, &["status", "-o", "json"], &grown()).run().exits(0);
    assert_eq!(output.json()["services"][0]["taskDefinition"], "web:2");
}

/// Starts a server on which the second version runs.
fn deployed_twice() -> Scripted {
    let server = deployed();
    run(&server, &["deploy"], &grown()).run().exits(0);
    server
}

#[test]
fn plan_as_json_masks_values() {
    let output = run(&deployed_twice(), &["plan", "-o", "json", "--exit-code"], WEB)
        .run()
        .exits(8);
    let document = output.json();
    let text = document.to_string();
    assert!(
        text.contains("\"VERSION\"") && !text.contains("\"value\":\"1\""),
        "{text}"
    );
}

#[test]
fn plan_as_json_shows_values_on_request() {
    let output = run(&deployed_twice(), &["plan", "-o", "json", "--show-values"], WEB)
        .run()
        .exits(0);
    assert!(output.stdout.contains("\"value\": \"1\""), "{}", output.stdout);
}

#[test]
fn jsonl_ends_with_the_outcome() {
    let server = deployed();
    let output = run(&server, &["deploy", "-o", "jsonl"], &grown()).run().exits(0);
    assert_eq!(output.stderr, "");
    let events: Vec<serde_json::Value> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (outcome, events) = events.split_last().unwrap();
    assert_eq!(
        (outcome["outcome"].as_str(), outcome["exitCode"].as_u64()),
        (Some("done"), Some(0))
    );
    assert!(events.iter().all(|event| event["at"].is_string()), "{events:?}");
    let types: Vec<&str> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(types.first(), Some(&"planned"), "{types:?}");
    assert_eq!(types.last(), Some(&"ended"), "{types:?}");
}

/// Starts a server on which a service runs behind a load balancer. Returns the file of another target group, port,
/// subnet and command.
fn rebalanced() -> (Scripted, String) {
    let file =
        behind_load_balancer(WEB).replace("image:", "command: [serve, --port, '80']\n          image:");
    let server = Scripted::start(Scenario::default());
    run(&server, &["deploy"], &file).run().exits(0);
    let admin = "{targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/admin/0c1d2e3f4a5b6c7d', containerName: web, containerPort: 9090}";
    let file = file
        .replace(
            "targetgroup/web/73e2d6bc24d8a067",
            "targetgroup/shop/1a2b3c4d5e6f7a8b",
        )
        .replace(
            "containerPort: 8080}]\n    desired",
            &format!("containerPort: 8080}}, {admin}]\n    desired"),
        )
        .replace(
            "[{containerPort: 8080}]",
            "[{containerPort: 8080}, {containerPort: 9090}]",
        )
        .replace("subnet-2", "subnet-3")
        .replace("'80'", "'8080'");
    (server, file)
}

#[test]
fn lists_are_planned_element_by_element() {
    let (server, file) = rebalanced();
    assert_snapshot!("pipe_plan_lists", run(&server, &["plan"], &file).run().record());
    let document = run(&server, &["plan", "-o", "json"], &file).run().exits(0).json();
    let changes = document["services"][0]["action"]["changes"].as_array().unwrap();
    let paths: Vec<&str> = changes
        .iter()
        .filter_map(|change| change["path"].as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "networkConfiguration.awsvpcConfiguration.subnets.subnet-2",
            "networkConfiguration.awsvpcConfiguration.subnets.subnet-3",
            "loadBalancers.web:8080.targetGroupArn",
            "loadBalancers.web:9090",
        ]
    );
    assert_eq!(changes[3]["after"]["value"]["containerPort"], 9090);
}

#[test]
fn plan_fits_its_terminal() {
    let (server, file) = rebalanced();
    for columns in [80, 40] {
        let output = run(&server, &["plan"], &file).run_in_terminal(columns).exits(0);
        assert_snapshot!(format!("terminal_plan_{columns}"), screen(&output, columns));
    }
    let output = run(&server, &["deploy"], &file).run_in_terminal(40).exits(0);
    assert_snapshot!("terminal_change_40", screen(&output, 40));
}

#[test]
fn deploy_fits_a_narrow_terminal() {
    let server = deployed();
    let output = run(&server, &["deploy"], &grown()).run_in_terminal(20).exits(0);
    // Unfiltered, because a filtered time is wider.
    let widest = contents(&output, 20)
        .lines()
        .map(|line| line.chars().count())
        .max();
    assert!(widest <= Some(20), "{}", output.stdout);
}

#[test]
fn messages_break_between_words() {
    let server = Scripted::start(Scenario::file("rollback"));
    run(&server, &["deploy"], WEB).run().exits(0);
    let arguments = ["deploy", "--region", "us-east-1"];
    let output = run(&server, &arguments, &grown()).run_in_terminal(40).exits(5);
    assert_snapshot!("terminal_failure_40", screen(&output, 40));
}

#[test]
fn suggested_commands_are_not_broken() {
    let server = Scripted::start(Scenario::default());
    run(&server, &["deploy"], &WEB.replace("web", "other"))
        .run()
        .exits(0);
    let wait = |arguments: &[&str]| run(&server, arguments, WEB).run_in_terminal(40).exits(3).stdout;
    let shown = wait(&["wait"]);
    assert!(
        shown.contains("ecsctl deploy --only web\r\n         creates it\r\n"),
        "{shown}"
    );
    // What is longer than a line is left to the terminal, which copies it as one line.
    let shown = wait(&["wait", "--endpoint-url", &server.url()]);
    assert!(
        shown.contains(" deploy --only web\r\n         creates it\r\n"),
        "{shown}"
    );
    assert!(!shown.contains("ecsctl\r\n"), "{shown}");
}

/// Asserts that nothing was redrawn on the terminal.
fn assert_lines(output: &Output) {
    assert!(
        output.stdout.contains(" deploy web: started, "),
        "{}",
        output.stdout
    );
    assert!(!output.stdout.contains("\u{1b}[1A"), "{:?}", output.stdout);
}

#[test]
fn no_progress_flag_prints_lines_on_a_terminal() {
    let server = deployed();
    assert_lines(&run(&server, &["deploy", "--force", "--no-progress"], &grown()).run_in_terminal(100));
}

#[test]
fn no_progress_variable_prints_lines_on_a_terminal() {
    let server = deployed();
    let ecsctl = run(&server, &["deploy", "--force"], &grown());
    assert_lines(&ecsctl.env("ECSCTL_NO_PROGRESS", "1").run_in_terminal(100));
}

#[test]
fn color_never_prints_no_escapes_on_a_terminal() {
    let server = deployed();
    let plain = run(&server, &["status", "--color", "never"], &grown())
        .run_in_terminal(100)
        .exits(0);
    assert!(!plain.stdout.contains('\u{1b}'), "{:?}", plain.stdout);
}
