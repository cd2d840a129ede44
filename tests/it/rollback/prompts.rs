//! Ctrl-C and questions on a terminal.

use rustix::process::Signal;

use crate::support::cases;
use crate::support::cli::Running;
use crate::support::files::WEB;
use crate::support::rollbacks::{FOR_EVER, HISTORY, UNDER_WAY, ecsctl, started, with_web};
use crate::support::service_state::runs;
use crate::support::{Cut, Ecsctl, Output, Scenario, Scripted};

/// ECS rolls web:2 back to web:1, without an end.
const ROLLS_BACK: &str = "    then: {taskDefinition: 'web:2', polled: 3, rollout: {frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}, polls: 100000}]}}";

/// `ecsctl wait` on a terminal, at its question what to do about Ctrl-C. The rollout never ends by itself.
fn asked(server: &Scripted, run: &Ecsctl) -> Running {
    server.freeze_at("ecs DescribeServices", 4, Cut::BeforeReply);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    running
}

fn wait(server: &Scripted) -> Ecsctl {
    ecsctl(server, &["wait", "--timeout", FOR_EVER])
}

fn answered(server: &Scripted, answer: &str) -> Running {
    let run = wait(server);
    let running = asked(server, &run);
    running.type_in(answer);
    running
}

/// The cursor is back, and nothing was left raw: what was typed is echoed.
fn is_restored(output: &Output) {
    let hidden = output.stdout.matches("\u{1b}[?25l").count();
    let shown = output.stdout.matches("\u{1b}[?25h").count();
    assert!(shown >= hidden, "the cursor stays hidden: {:?}", output.stdout);
}

#[test]
fn leaving_changes_nothing_and_says_how_to_go_on() {
    let server = started(UNDER_WAY);
    let output = answered(&server, "l\n").end().exits(130);
    assert!(output.stdout.contains("ecsctl wait web"), "{}", output.stdout);
    is_restored(&output);
    assert!(server.log().writes().is_empty());
}

#[test]
fn waiting_goes_on_and_next_interrupt_asks_again() {
    let server = started(UNDER_WAY);
    let running = answered(&server, "what\nw\n");
    server.thaw();
    server.end_connections();
    running.wait_until_it_shows("1 of 2 running");
    running.signal(Signal::INT);
    running.wait_until_it_shows_times("keep waiting", 2);
    running.type_in("leave\n");
    let output = running.end().exits(130);
    is_restored(&output);
    assert!(server.log().writes().is_empty());
}

#[test]
fn rolling_back_stops_and_fails_the_deployment() {
    let server = started(UNDER_WAY);
    let running = answered(&server, "r\n");
    server.thaw();
    server.end_connections();
    let output = running.end().exits(5);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs StopServiceDeployment"]);
    assert!(
        output
            .stdout
            .contains("web:2 was rolled back at your request; web:1 runs again"),
        "{}",
        output.stdout
    );
    is_restored(&output);
}

/// Returns what a terminal shows of a run that is asked and left.
fn left(server: &Scripted, run: &Ecsctl) -> String {
    let running = asked(server, run);
    running.type_in("l\n");
    let output = running.end().exits(130);
    is_restored(&output);
    output.stdout
}

fn assert_no_rollback_is_offered(shown: &str) {
    assert!(shown.contains("[w/l] "), "{shown}");
    assert!(!shown.contains("roll back to"), "{shown}");
}

#[test]
fn first_deployment_has_nothing_to_roll_back_to() {
    let server = Scripted::start(Scenario::parse("rollouts: {web: [{frames: [{pending: all}]}]}"));
    let deploy = Ecsctl::on(&server, &["deploy", "--timeout", FOR_EVER]).file(WEB);
    assert_no_rollback_is_offered(&left(&server, &deploy));
    server.thaw();
    server.end_connections();
    server.clear_log();
    // Another run sees that it is the first one, too.
    assert_no_rollback_is_offered(&left(&server, &wait(&server)));
}

#[test]
fn wait_attached_to_a_rollback_offers_none() {
    let server = started(ROLLS_BACK);
    assert_no_rollback_is_offered(&left(&server, &wait(&server)));
}

#[test]
fn wait_says_that_it_attached_to_a_rollback() {
    let server = started(ROLLS_BACK);
    let output = ecsctl(&server, &["wait", "--timeout", "5s"]).run();
    let output = output.says("wait web: attached to the rollback to web:1 in progress");
    assert!(
        !output.stderr.contains("attached to the deployment"),
        "{}",
        output.stderr
    );
}

#[test]
fn json_reports_a_deploy_as_rolled_back() {
    let server = Scripted::start(with_web(
        "    before: [{taskDefinition: 'web:2'}]",
        "rollouts: {web: [{frames: [{pending: all}]}]}",
    ));
    let run = ecsctl(&server, &["deploy", "-o", "json", "--timeout", FOR_EVER]);
    let running = asked(&server, &run);
    running.type_in("r\n");
    server.thaw();
    server.end_connections();
    let output = running.end().exits(5);
    assert!(
        output.stdout.contains("\"outcome\": \"rolledBack\""),
        "{}",
        output.stdout
    );
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn second_interrupt_ends_at_once() {
    let server = started(UNDER_WAY);
    let run = wait(&server);
    let running = asked(&server, &run);
    // Typed: the terminal itself makes the signal of it.
    running.type_in("\u{3}");
    let output = running.end().exits(130);
    is_restored(&output);
    assert!(server.log().writes().is_empty());
}

#[test]
fn end_of_the_deployment_ends_the_question() {
    let server = started(
        "    then: {taskDefinition: 'web:2', rollout: {frames: [{pending: all, polls: 6}, {running: all, pending: 0, polls: 2}, {settle: true}]}}",
    );
    let run = wait(&server);
    let running = asked(&server, &run);
    server.thaw();
    server.end_connections();
    let output = running.end().exits(0);
    assert!(output.stdout.contains("web runs web:2"), "{}", output.stdout);
    is_restored(&output);
}

#[test]
fn rollback_can_be_left_but_not_rolled_back() {
    let server = started(UNDER_WAY);
    let run = ecsctl(&server, &["rollback", "--yes", "--timeout", FOR_EVER]);
    server.freeze_at("ecs StopServiceDeployment", 1, Cut::AfterReply);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.wait_until_it_shows("is being stopped and rolled back");
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    running.type_in("l\n");
    let output = running.end().exits(130);
    assert!(output.stdout.contains("[w/l] "), "{}", output.stdout);
}

fn rollback_asks_after_showing_the_plan(answer: &str, code: i32, runs_then: &str) {
    let server = started(HISTORY);
    let run = ecsctl(&server, &["rollback"]);
    let running = run.start_in_terminal(100);
    running.wait_until_it_shows("Roll web back to web:2? [y/N]");
    running.type_in(answer);
    let output = running.end().exits(code);
    assert_eq!(runs(&server), runs_then, "{answer:?}");
    let shown = output.stdout.find("taskDefinition").expect("the plan");
    assert!(shown < output.stdout.find("[y/N]").unwrap());
    assert!(output.stdout.contains("only the task definition is rolled back"));
    is_restored(&output);
}

#[test]
fn question_about_a_revision_that_failed_says_so() {
    let server = started(HISTORY);
    let run = ecsctl(&server, &["rollback", "--to", "3"]);
    let running = run.start_in_terminal(100);
    running.wait_until_it_shows("Roll web back to web:3? [y/N]");
    running.type_in("n\n");
    let output = running.end().exits(130);
    let warned = output.stdout.find("web:3 failed before").expect("a warning");
    assert!(warned < output.stdout.find("[y/N]").unwrap());
    assert_eq!(runs(&server), "web:4 COMPLETED");
}

cases! { rollback_asks_after_showing_the_plan {
    yes("y\n", 0, "web:2 COMPLETED");
    no("n\n", 130, "web:4 COMPLETED");
    enter("\n", 130, "web:4 COMPLETED");
    end_of_input("\u{4}", 130, "web:4 COMPLETED");
    interrupt("\u{3}", 130, "web:4 COMPLETED");
} }

fn signal_in_ci_leaves_the_rollback_running(signal: Signal, code: i32) {
    let server = started(UNDER_WAY);
    server.freeze_at("ecs StopServiceDeployment", 1, Cut::AfterReply);
    let run = ecsctl(&server, &["rollback", "--yes"]);
    let running = run.start();
    server.wait_frozen();
    running.wait_until_it_says("is being stopped and rolled back");
    running.signal(signal);
    running.end().exits(code).says("ecsctl wait web");
}

cases! { signal_in_ci_leaves_the_rollback_running {
    interrupt(Signal::INT, 130);
    terminate(Signal::TERM, 143);
} }

#[test]
fn report_has_failures_from_before_the_rollback() {
    let server = started(
        "
      deploymentConfiguration: {deploymentCircuitBreaker: {enable: false, rollback: false}}
    then: {taskDefinition: 'web:2', polled: 1, rollout: {stopTakes: 3, frames: [{pending: all}, {stopped: [{exitCode: 137, containerReason: 'OutOfMemoryError: Container killed due to memory usage'}]}, {}]}}
",
    );
    let running = answered(&server, "r\n");
    server.thaw();
    server.end_connections();
    let output = running.end().exits(5);
    let (_, report) = output
        .stdout
        .split_once("web:2 was rolled back at your request; web:1 runs again")
        .unwrap_or_else(|| panic!("{}", output.stdout));
    assert!(report.contains("out of memory"), "{report}");
    assert!(report.contains("cause:"), "{report}");
}
