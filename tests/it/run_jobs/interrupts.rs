//! Ctrl-C and other signals while a job runs.

use rustix::process::Signal;

use super::{run, with_web};
use crate::support::cli::Running;
use crate::support::{Ecsctl, cases};

const LONG: &str = "{polls: 100000000}";

fn leaves_the_task_running(signal: Signal, code: i32) {
    let server = with_web(LONG);
    let program = run(&server, &["migrate"]);
    let running = program.start();
    running.wait_until_it_says("RUNNING");
    running.signal(signal);
    let task = server.world(|world| world.runs.tasks[0].task.arn.clone());
    running
        .end()
        .exits(code)
        .says(&format!("the task of migrate continues: {task}"));
    assert!(server.log().of("ecs StopTask").is_empty());
}

cases! { leaves_the_task_running {
    interrupt(Signal::INT, 130);
    terminate(Signal::TERM, 143);
    hangup(Signal::HUP, 129);
} }

/// A run on a terminal, at its question what to do about Ctrl-C.
fn asked(program: &Ecsctl) -> Running {
    let running = program.start_in_terminal(100);
    running.wait_until_it_shows("RUNNING");
    running.signal(Signal::INT);
    running.wait_until_it_shows(
        "\r\n  w  keep waiting\r\n  l  detach; the task continues\r\n  s  stop the task\r\n",
    );
    running.wait_until_it_shows("[w/l/s]");
    running
}

#[test]
fn leaving_on_a_terminal_stops_nothing() {
    let server = with_web(LONG);
    let program = run(&server, &["migrate"]);
    let running = asked(&program);
    running.type_in("l\n");
    running.end().exits(130);
    assert!(server.log().of("ecs StopTask").is_empty());
}

#[test]
fn stopping_on_a_terminal_stops_the_task() {
    let server = with_web(LONG);
    let program = run(&server, &["migrate"]);
    let running = asked(&program);
    running.type_in("s\n");
    let output = running.end().exits(130);
    assert!(
        output.stdout.contains("stopped at your request"),
        "{}",
        output.stdout
    );
    server.log().only("ecs StopTask");
}

#[test]
fn waiting_on_a_terminal_goes_on() {
    let server = with_web(LONG);
    let program = run(&server, &["migrate"]);
    let running = asked(&program);
    running.type_in("w\n");
    // What happens meanwhile is shown after the answer.
    server.world(|world| {
        let task = world.runs.tasks[0]
            .task
            .arn
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        world.logs.write_at(
            "/ecs/web",
            &format!("web/web/{task}"),
            [(0, "it goes on".to_owned())],
        );
    });
    running.wait_until_it_shows("it goes on");
    running.signal(Signal::INT);
    running.wait_until_it_shows_times("[w/l/s]", 2);
    running.type_in("s\n");
    running.end().exits(130);
}
