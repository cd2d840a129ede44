//! Runs as a step of a GitHub Actions workflow.

use std::fs;

use insta::assert_snapshot;

use crate::support::cases;
use crate::support::cli::filtered;
use crate::support::deploys::{deploy, deployed, deployed_by_another};
use crate::support::files::{WEB, deploy_yaml};
use crate::support::rollbacks;
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

/// Returns a file with a password, which is masked.
fn file() -> String {
    WEB.replace("environment: {", "environment: {PASSWORD: hunter2, ")
}

/// Returns a run on a runner, whose files are in the run's folder.
fn step(server: &Scripted, arguments: &[&str], file: &str) -> Ecsctl {
    let ecsctl = Ecsctl::on(server, arguments).file(file);
    let path = |name: &str| ecsctl.folder().join(name).to_str().unwrap().to_owned();
    let (summary, output, workspace) = (path("summary.md"), path("output"), path(""));
    ecsctl
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", summary)
        .env("GITHUB_OUTPUT", output)
        .env("GITHUB_WORKSPACE", workspace.trim_end_matches('/'))
}

fn written(output: &Output, name: &str) -> String {
    let text = fs::read_to_string(output.folder().join(name)).unwrap_or_default();
    filtered(&text, output.folder())
}

fn changed() -> String {
    file()
        .replace("VERSION: \"1\"", "VERSION: \"2\"")
        .replace("hunter2", "hunter3")
}

/// Returns everything that a run produced: the log, the summary, the outputs.
fn all(output: &Output) -> String {
    format!(
        "{}--- summary ---\n{}--- outputs ---\n{}",
        output.record(),
        written(output, "summary.md"),
        written(output, "output")
    )
}

#[test]
fn successful_deploy_is_summarized() {
    let server = Scripted::start(Scenario::file("rollback"));
    let ecsctl = step(&server, &["deploy"], &file());
    let output = ecsctl.run().exits(0);
    assert_snapshot!("done", all(&output));
}

#[test]
fn failed_deploy_is_annotated_and_summarized() {
    let server = Scripted::start(Scenario::file("rollback"));
    step(&server, &["deploy"], &file()).run().exits(0);
    let ecsctl = step(&server, &["deploy"], &changed());
    let output = ecsctl.run().exits(5);
    let left = all(&output);
    assert!(!left.contains("hunter"), "{left}");
    assert_snapshot!("rolled_back", left);
}

/// Returns every `ecsctl …` command that a text suggests, without the first word.
fn commands(text: &str) -> Vec<String> {
    text.split("ecsctl ").skip(1).map(str::to_owned).collect()
}

fn suggested_commands_have_the_flags(form: &str) {
    let server = Scripted::start(Scenario::file("rollback"));
    let flags = ["-f", "shop.yaml", "--region", "eu-west-1", "--var", "tag=planted"];
    let deploy = [&flags[..], &["deploy", "-o", form]].concat();
    step(&server, &deploy, "")
        .write("shop.yaml", &file())
        .run()
        .exits(0);
    let ecsctl = step(&server, &deploy, "").write("shop.yaml", &changed());
    let output = ecsctl.run().exits(5);
    let all = all(&output);
    assert!(!all.contains("planted"), "{all}");
    let typed = "-f shop.yaml --var tag=… --region eu-west-1 ";
    let commands = commands(&all.replace("## ecsctl", ""));
    assert!(commands.len() >= 4, "{all}");
    for command in commands {
        assert!(command.starts_with(typed), "{command}\n{all}");
    }
}

cases! { suggested_commands_have_the_flags {
    as_text("text");
    as_json("json");
    as_jsonl("jsonl");
} }

#[test]
fn suggested_commands_need_no_terminal() {
    let stuck = "rollouts: {web: [{frames: [{pending: all}]}]}";
    let server = Scripted::start(rollbacks::with_web(rollbacks::HISTORY, stuck));
    let file = rollbacks::file().replace("web:4", "web:3");
    let output = step(&server, &["deploy", "--timeout", "30s"], &file)
        .run()
        .exits(6);
    let annotation = output.stderr.lines().find(|line| line.starts_with("::error "));
    let annotation = annotation.unwrap_or_else(|| panic!("{}", output.stderr));
    assert!(annotation.contains("ecsctl rollback web --yes"), "{annotation}");
}

#[test]
fn stdout_has_only_the_result() {
    let server = Scripted::start(Scenario::file("rollback"));
    step(&server, &["deploy"], &file()).run().exits(0);
    let output = step(&server, &["deploy", "-o", "json"], &changed())
        .run()
        .exits(5);
    assert_eq!(output.json()["outcome"], "rolledBack");
    assert!(
        output.stderr.contains("::error title=web%3A rolled back::"),
        "{}",
        output.stderr
    );
}

fn container_output_is_no_workflow_command(form: &str) {
    let text = r###"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "shop:1", memory: 128}]}
services:
  web: {input: {taskDefinition: "web:1", desiredCount: 1}}
rollouts:
  web: [{frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1, containerReason: "##[error]not ours", reason: "::stop-commands::x"}]}, {fail: "##[add-mask]hunter2"}]}]
"###;
    let file = deploy_yaml([("web", "taskDefinition: 'web:1'")]);
    let server = Scripted::start(Scenario::parse(text));
    let output = step(&server, &["restart", "-o", form], &file).run().exits(5);
    assert!(
        output.stdout.contains("\\u0023#[error]not ours"),
        "{}",
        output.stdout
    );
    // An annotation is a workflow command of ours, and its line isn't searched for others.
    let told = output.stderr.lines().filter(|line| !line.starts_with("::error "));
    for line in output.stdout.lines().chain(told) {
        assert!(
            !line.contains("##[") && !line.trim_start().starts_with("::"),
            "{line}"
        );
    }
    let last = output.stdout.lines().next_back().unwrap_or_default();
    let document: serde_json::Value = match form {
        "json" => output.json(),
        _ => serde_json::from_str(last).unwrap(),
    };
    let failure = &document["services"][0]["failures"][0];
    assert_eq!(failure["containerReason"], "##[error]not ours", "{document}");
}

cases! { container_output_is_no_workflow_command {
    in_json("json");
    in_jsonl("jsonl");
} }

#[test]
fn several_services_are_a_json_output() {
    let server = Scripted::start(Scenario::default());
    let web = file();
    let worker = web
        .split_once("  web:")
        .unwrap()
        .1
        .replace("        web:", "        worker:");
    let file = format!("{web}  worker:{worker}");
    let ecsctl = step(&server, &["deploy"], &file);
    let output = ecsctl.run().exits(0);
    let outputs = written(&output, "output");
    let services = outputs.lines().find(|line| line.starts_with('[')).unwrap();
    let services: serde_json::Value = serde_json::from_str(services).unwrap();
    assert_eq!(services[1]["taskDefinition"], "worker:1");
    assert!(!outputs.contains("task-definition<<"), "{outputs}");
}

#[test]
fn error_in_the_file_is_annotated_at_its_line() {
    let server = Scripted::start(Scenario::default());
    let file = file().replace("memory: 512", "memroy: 512");
    let ecsctl = step(&server, &["deploy"], &file);
    let output = ecsctl.run().exits(2);
    let annotations: Vec<&str> = output
        .stderr
        .lines()
        .filter(|line| line.starts_with("::"))
        .collect();
    assert_eq!(
        annotations[0],
        "::error file=deploy.yaml,line=7,col=7,title=ecsctl::unknown key `memroy` in a task definition: did you mean `memory`?",
        "{annotations:#?}"
    );
    assert!(
        annotations.iter().all(|line| line.contains("file=deploy.yaml")),
        "{annotations:#?}"
    );
}

#[test]
fn error_without_a_service_is_annotated() {
    let server = Scripted::start(Scenario::parse("clusters: [other]"));
    let ecsctl = step(&server, &["deploy"], &file());
    let output = ecsctl.run().exits(3);
    assert_snapshot!("no_cluster", all(&output));
}

#[test]
fn plan_is_summarized() {
    let server = Scripted::start(Scenario::default());
    let ecsctl = step(&server, &["plan"], &file());
    let output = ecsctl.run().exits(0);
    assert_snapshot!("planned", all(&output));
}

#[test]
fn paused_deployment_is_annotated_as_an_error() {
    let server = rollbacks::started(rollbacks::PAUSED);
    let output = step(&server, &["wait"], &rollbacks::file()).run().exits(9);
    assert!(output.stderr.contains("::error title=web"), "{}", output.stderr);
    assert!(
        !output.stderr.contains("::warning title=web"),
        "{}",
        output.stderr
    );
}

#[test]
fn plan_without_its_cluster_is_annotated() {
    let server = Scripted::start(Scenario::parse("clusters: [other]"));
    let ecsctl = step(&server, &["plan"], &file());
    let output = ecsctl.run().exits(3);
    assert_snapshot!("planned_without_cluster", all(&output));
}

#[test]
fn unwritable_summary_is_a_warning() {
    let server = Scripted::start(Scenario::default());
    let ecsctl = step(&server, &["deploy"], &file())
        .env("GITHUB_STEP_SUMMARY", "/nonexistent/summary.md")
        .without("GITHUB_OUTPUT");
    ecsctl
        .run()
        .exits(0)
        .says("warning: can't write the step summary to /nonexistent/summary.md: ");
}

#[test]
fn nothing_is_annotated_outside_github_actions() {
    let server = Scripted::start(Scenario::default());
    let ecsctl = step(&server, &["deploy"], &file()).env("GITHUB_ACTIONS", "false");
    let output = ecsctl.run().exits(0);
    assert!(!output.stderr.contains("::"), "{}", output.stderr);
    assert_eq!(written(&output, "output"), "");
}

/// Opening such a pipe would wait for ever.
#[test]
fn pipe_without_a_reader_is_a_warning() {
    let server = Scripted::start(Scenario::default());
    let run = step(&server, &["deploy"], WEB);
    for name in ["output", "summary.md"] {
        let made = std::process::Command::new("mkfifo")
            .arg(run.folder().join(name))
            .status();
        assert!(made.unwrap().success());
    }
    let output = run.run().exits(0);
    assert!(
        output.stderr.contains("can't write the step's outputs to "),
        "{}",
        output.stderr
    );
    assert!(
        output.stderr.contains("can't write the step summary to "),
        "{}",
        output.stderr
    );
}

/// `GITHUB_OUTPUT=/dev/stderr` shows the outputs on a machine that is no runner.
#[test]
fn outputs_may_go_to_a_pipe() {
    let server = Scripted::start(Scenario::default());
    let run = step(&server, &["deploy"], WEB).env("GITHUB_OUTPUT", "/dev/stderr");
    run.run().exits(0).says("outcome<<");
}

#[test]
fn time_out_in_the_queue_is_in_the_outputs() {
    let server = deployed_by_another("{running: 0, pending: all}", "");
    let file = deploy_yaml([("web", "taskDefinition: 'web:3'")]);
    let arguments = ["deploy", "--if-in-progress", "wait", "--timeout", "2m"];
    let run = step(&server, &arguments, &file);
    let output = run.run().exits(6);
    assert!(server.log().writes().is_empty());
    assert_timed_out(&output);
    let annotations = output.stderr.lines().filter(|line| line.starts_with("::"));
    let annotations: Vec<&str> = annotations.collect();
    let [annotation] = annotations[..] else {
        panic!("{annotations:#?}");
    };
    assert!(
        annotation.starts_with("::error title=web%3A timed out::web: not changed: no turn within"),
        "{annotation}"
    );
}

/// The outputs and the summary say that `web` was not changed, and still runs `web:2`.
fn assert_timed_out(output: &Output) {
    let (outputs, summary) = (written(output, "output"), written(output, "summary.md"));
    for (name, value) in [
        ("outcome", "timedOut"),
        ("exit-code", "6"),
        ("service", "web"),
        ("task-definition", "web:2"),
    ] {
        let expected = format!("{name}<<ECSCTL_END\n{value}\n");
        assert!(outputs.contains(&expected), "{expected}\n{outputs}");
    }
    let services = outputs.lines().find(|line| line.starts_with('['));
    let services: serde_json::Value = serde_json::from_str(services.unwrap()).unwrap();
    assert_eq!(services[0]["outcome"], "timedOut", "{services}");
    assert!(summary.contains("not changed: no turn within"), "{summary}");
}

/// Another deploy begins after the revision is registered, and never ends.
#[test]
fn queue_that_times_out_leaves_no_revision() {
    let server = deployed(Scenario::parse(
        "rollouts: {web: [{}, {frames: [{running: 0, pending: all}]}]}",
    ));
    server.fault(Fault {
        hold: true,
        nth: Some(1),
        ..Fault::on("ecs RegisterTaskDefinition")
    });
    let arguments = ["deploy", "--if-in-progress", "wait", "--timeout", "2m"];
    let third = WEB.replace("VERSION: \"1\"", "VERSION: \"3\"");
    let run = step(&server, &arguments, &third);
    let running = run.start();
    server.wait_for("ecs RegisterTaskDefinition", 1);
    let other = deploy(&server, &WEB.replace("VERSION: \"1\"", "VERSION: \"2\""));
    other.env("ECSCTL_TIMEOUT", "1m").run().exits(6);
    server.end_connections();
    let output = running.end().exits(6).says("deregister web: web:3");
    let log = server.log();
    let input = &log.only("ecs DeregisterTaskDefinition").input;
    assert!(
        input["taskDefinition"].as_str().unwrap().ends_with("/web:3"),
        "{input}"
    );
    // That of the other deploy.
    log.only("ecs UpdateService");
    assert_timed_out(&output);
}
