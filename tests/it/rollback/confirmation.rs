//! Without a terminal, what rolls back, stops or deletes needs `--yes`.

use crate::support::cases;
use crate::support::rollbacks::{PAUSED, UNDER_WAY, ecsctl, started};
use crate::support::service_state::runs;
use crate::support::{Output, Scripted};

fn nothing_sent(server: &Scripted) {
    let log = server.log();
    assert!(log.names().is_empty(), "{:?}", log.names());
}

fn needs_yes_without_a_terminal(start: &str, command: &str, done: &str) {
    let server = started(start);
    let arguments: Vec<&str> = command.split(' ').chain(["web"]).collect();
    let refused = |output: Output| {
        output
            .exits(2)
            .says(&format!(
                "web is not {done}: without a terminal, `{command}` needs --yes"
            ))
            .says("hint:  pass --yes, or set ECSCTL_YES=1")
    };
    // An answer in the pipe is no terminal, and an empty or false variable is no yes.
    refused(ecsctl(&server, &arguments).stdin("y\n").run());
    for value in ["", "0", "false"] {
        refused(ecsctl(&server, &arguments).env("ECSCTL_YES", value).run());
    }
    let json = [&arguments[..], &["-o", "json"]].concat();
    let document = refused(ecsctl(&server, &json).run()).json();
    assert_eq!(document["error"]["code"], "needs-yes");
    assert_eq!(document["error"]["resource"], "web");
    assert_eq!(document["error"]["hint"], "pass --yes, or set ECSCTL_YES=1");
    nothing_sent(&server);
    ecsctl(&server, &arguments).env("ECSCTL_YES", "1").run().exits(0);
    assert!(!server.log().writes().is_empty());
}

cases! { needs_yes_without_a_terminal {
    rollback(UNDER_WAY, "rollback", "rolled back");
    stop(UNDER_WAY, "stop", "stopped");
    continue_with_rollback(PAUSED, "continue --rollback", "rolled back");
    delete("", "delete", "deleted");
} }

#[test]
fn stop_asks_nothing_on_a_terminal() {
    let server = started(UNDER_WAY);
    ecsctl(&server, &["stop", "web"]).run_in_terminal(100).exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn suggestions_on_a_terminal_need_no_yes() {
    let server = started(UNDER_WAY);
    let wait = ecsctl(&server, &["wait", "--timeout", "30s"]);
    let shown = wait.run_in_terminal(100).exits(6).stdout;
    assert!(shown.contains("ecsctl stop web"), "{shown}");
    assert!(!shown.contains("--yes"), "{shown}");
    // The same without one.
    wait.run().exits(6).says("ecsctl stop web --yes  ");
}
