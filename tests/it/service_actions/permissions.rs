//! The README's permissions of each command are the AWS operations that it calls.

use std::collections::BTreeSet;

use crate::support::Scripted;
use crate::support::fault::iam_action_of;
use crate::support::readme::holds;
use crate::support::two_services::{self, STABLE, balanced, run};

/// A line of the table: a verb, and what the server was asked for.
fn line(verb: &str, server: &Scripted) -> String {
    let log = server.log();
    let called: BTreeSet<String> = log.names().into_iter().filter_map(iam_action_of).collect();
    // What most start with comes first, then what else they need.
    let (first, rest): (Vec<String>, Vec<String>) = called
        .into_iter()
        .partition(|action| action == "ecs:DescribeServices");
    let actions: Vec<String> = first.into_iter().chain(rest).collect();
    format!("{verb:<8}  {}\n", actions.join(" "))
}

#[test]
fn readme_lists_the_permissions_of_each_command() {
    let mut table = String::new();
    let at_work = |arguments: &[&str]| {
        let server = balanced("");
        run(&server, arguments).run().exits(0);
        line(arguments[0], &server)
    };
    // What is under way is asked for its service deployment too.
    let server = balanced("rollouts: {web: [{frames: [{pending: all}]}]}\n");
    run(&server, &["restart", "web", "--timeout", "5s"])
        .run()
        .exits(6);
    server.clear_log();
    run(&server, &["status"]).run().exits(0);
    table += &line("status", &server);
    for arguments in [
        &["events"][..],
        &["tasks", "--stopped"],
        &["logs", "--since", "1h"],
        &["history"],
    ] {
        let server = two_services::with_logs(&format!(
            "{}logGroups: {{/ecs/web: {{}}, /ecs/worker: {{}}}}\n",
            STABLE
        ));
        run(&server, arguments).run().exits(0);
        assert_eq!(server.log().writes(), Vec::<&str>::new(), "{arguments:?}");
        table += &line(arguments[0], &server);
    }
    for arguments in [
        &["open", "web"][..],
        &["scale", "web=3"],
        &["restart", "web"],
        &["delete", "web", "--yes"],
    ] {
        table += &at_work(arguments);
    }
    holds("rights", &table, |text| text.to_owned());
}
