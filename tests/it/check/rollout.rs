//! How long a rollout takes, in `plan` and in `check`.

use super::{check, file, shows, with};
use crate::support::deploys::deploy;
use crate::support::files::TARGET_GROUP;
use crate::support::{Ecsctl, Scripted};

fn slow() -> Scripted {
    with(&format!(
        "resources: {{targetGroups: {{'{TARGET_GROUP}': {{interval: 10, healthy: 5, delay: 300}}}}}}"
    ))
}

fn plan(server: &Scripted, arguments: &[&str], file: &str) -> Ecsctl {
    let arguments: Vec<&str> = std::iter::once("plan").chain(arguments.iter().copied()).collect();
    Ecsctl::on(server, &arguments).file(file)
}

#[test]
fn plan_estimates_the_first_rollout_and_the_next() {
    let server = slow();
    let first = plan(&server, &[], &file()).run().exits(0);
    shows(
        &first,
        "rollout of web: about 1m 20s, of which 50s is health checks",
    );
    deploy(&server, &file()).run().exits(0);
    let changed = file().replace("VERSION: \"1\"", "VERSION: \"2\"");
    let next = plan(&server, &[], &changed).run().exits(0);
    shows(
        &next,
        "rollout of web: about 6m 20s, of which 5m is deregistration delay",
    );
    let document = plan(&server, &["-o", "json"], &changed).run().exits(0).json();
    assert_eq!(document["services"][0]["rollout"]["seconds"], 380);
    let unchanged = plan(&server, &[], &file()).run().exits(0);
    assert!(!unchanged.stdout.contains("rollout"), "{}", unchanged.stdout);
}

#[test]
fn plan_leaves_out_what_it_may_not_read() {
    let denied = "faults: [{operation: elbv2 DescribeTargetGroupAttributes, deny: true}]";
    let output = plan(&with(denied), &[], &file()).run().exits(0);
    assert!(!output.stdout.contains("rollout"), "{}", output.stdout);
    assert_eq!(output.stderr, "");
}

#[test]
fn check_shows_the_estimate() {
    let server = slow();
    deploy(&server, &file()).run().exits(0);
    let output = check(&server, &file()).exits(0);
    shows(
        &output,
        "rollout about 6m 20s, of which 5m is deregistration delay",
    );
}
