//! Which service, task and container.

use super::{exec, newest, running, written};
use crate::support::cases;

fn usage_error_names_what_exists(arguments: &[&str], message: &str, hint: &str) {
    let server = running("");
    exec(&server, arguments, "")
        .run()
        .exits(2)
        .says(message)
        .says(hint);
    assert!(server.log().of("ecs ExecuteCommand").is_empty());
}

cases! { usage_error_names_what_exists {
    several_services(&[], "error: exec needs the name of one service", "hint:  there are web, worker");
    unknown_service(&["wbe"], "no service `wbe` in the file", "did you mean `web`?");
    unknown_task(&["web", "--task", "zz"], "no running task zz of web", "hint:  there are ");
    unknown_container(&["web", "--container", "db"], "no container `db` in task ", "there are web, proxy");
    json(&["web", "-o", "json"], "exec has no result to print as JSON", "leave out --output");
} }

#[test]
fn the_only_service_needs_no_name() {
    let server = running("");
    let one = "services: {worker: {taskDefinition: \"worker:1\"}}";
    exec(&server, &[], "")
        .file(one)
        .run()
        .exits(0)
        .says("of worker, container worker");
}

#[test]
fn only_selects_the_service() {
    let server = running("");
    exec(&server, &["--only", "worker"], "")
        .run()
        .exits(0)
        .says("of worker");
}

#[test]
fn a_terminal_is_asked_for_the_service() {
    let server = running("");
    let program = exec(&server, &[], "exit 5");
    let running = program.start_in_terminal(100);
    running.wait_until_it_shows("  1  web\r\n  2  worker\r\nWhich service? ");
    running.type_in("nonsense\n");
    running.wait_until_it_shows_times("Which service? ", 2);
    running.type_in("2\n");
    let output = running.end().exits(5);
    assert!(
        output.stdout.contains("of worker, container worker"),
        "{}",
        output.stdout
    );
}

#[test]
fn the_beginning_of_an_id_selects_a_task() {
    let server = running("");
    let task = newest(&server, "web");
    for name in [
        &task[..6],
        &task,
        &format!("arn:aws:ecs:us-east-1:123456789012:task/default/{task}"),
    ] {
        let program = exec(&server, &["web", "--task", name], "");
        let output = program.run().exits(0);
        assert!(written(&output, "arguments").contains(&format!("ecs:default_{task}_")));
    }
}

#[test]
fn a_named_container_is_used() {
    let server = running("");
    let output = exec(&server, &["web", "--container", "proxy"], "").run().exits(0);
    output.says("container proxy");
    assert_eq!(
        server.log().only("ecs ExecuteCommand").input["container"],
        "proxy"
    );
}
