//! What the README says of the rights of each verb is what each calls.

use std::collections::BTreeSet;

use super::open::balanced;
use super::run;
use crate::support::fault::iam_action_of;
use crate::support::readme::holds;

#[test]
fn what_the_verbs_call() {
    let mut table = String::new();
    for arguments in [
        &["status"][..],
        &["open", "web"],
        &["scale", "web=3"],
        &["restart", "web"],
        &["delete", "web", "--yes"],
    ] {
        let server = balanced("");
        run(&server, arguments).run().exits(0);
        let log = server.log();
        let called: BTreeSet<String> = log.names().into_iter().filter_map(iam_action_of).collect();
        // What it starts with comes first, then what else it needs.
        let first = "ecs:DescribeServices".to_owned();
        let rest = called.iter().filter(|action| **action != first).cloned();
        let actions: Vec<String> = std::iter::once(first.clone()).chain(rest).collect();
        table += &format!("{:<8}  {}\n", arguments[0], actions.join(" "));
    }
    holds("rights", &table, |text| text.to_owned());
}
