//! The README lists every permission that a rollback needs.

use crate::support::rollbacks::{HISTORY, PAUSED, UNDER_WAY, ecsctl, started};
use std::collections::BTreeSet;

#[test]
fn readme_lists_every_permission_of_a_rollback() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (start, verb) in [(HISTORY, "rollback"), (UNDER_WAY, "stop"), (PAUSED, "continue")] {
        let server = started(start);
        ecsctl(&server, &[verb, "--yes"]).run().exits(0);
        used.extend(server.log().names().iter().map(|name| name.replace(' ', ":")));
    }
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, permissions) = readme.split_once("## Permissions").unwrap();
    for action in &used {
        assert!(
            permissions.contains(action.as_str()),
            "{action} is not in the README"
        );
    }
    assert!(
        used.contains("ecs:ContinueServiceDeployment") && used.len() >= 8,
        "{used:?}"
    );
}
