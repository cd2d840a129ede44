//! ECS is slow to stop a deployment, whose tasks go on crashing until then.

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::rollbacks::{ecsctl, file, started, with_web_without_breaker};
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Scripted};

const CRASHES: &str =
    "[{pending: all}, {stopped: [{tasks: 2, exitCode: 1}]}, {stopped: [{tasks: 2, exitCode: 1}]}, {}]";

/// web:2 crashes again and again, nothing but a person ends it, and ECS takes its time for that.
fn crash_loop() -> Scripted {
    started(&format!(
        "
      deploymentConfiguration: {{deploymentCircuitBreaker: {{enable: false, rollback: false}}}}
    then: {{taskDefinition: 'web:2', polled: 4, rollout: {{stopTakes: 6, frames: {CRASHES}}}}}
"
    ))
}

/// web:2 has failed, and goes back to web:1.
const GOES_BACK: &str = "    then: {taskDefinition: 'web:2', polled: 3, rollout: {frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}, polls: 4}, {settle: true}]}}";

fn crash_loop_is_watched_until_rolled_back(verb: &str) {
    let server = crash_loop();
    let output = ecsctl(&server, &[verb, "--yes", "web"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED", "{verb}");
    assert_eq!(output.stdout, "web:1\n", "{verb}");
    assert!(!output.stderr.contains("keeps retrying"), "{}", output.stderr);
    assert_eq!(server.log().writes(), ["ecs StopServiceDeployment"]);
    assert_valid(&server);
}

cases! { crash_loop_is_watched_until_rolled_back {
    rollback("rollback");
    stop("stop");
} }

#[test]
fn rolled_back_crash_loop_names_both_revisions() {
    let rollouts = format!("rollouts: {{web: [{{stopTakes: 6, frames: {CRASHES}}}]}}");
    let server = Scripted::start(with_web_without_breaker("", &rollouts));
    let deploy = Ecsctl::on(&server, &["deploy", "--rollback-on-failure"]).file(&file());
    let output = deploy
        .run()
        .exits(5)
        .says("web:4 failed and was rolled back; web:1 runs");
    assert_eq!(runs(&server), "web:1 COMPLETED");
    // It was started once, and nothing was started by the way back.
    assert_eq!(output.stderr.matches("started, ").count(), 1, "{}", output.stderr);
    // What was told is not told again.
    let told = output.stderr.matches(" stopped: container web exited").count();
    assert_eq!(told, 1, "{}", output.stderr);
}

#[test]
fn wait_on_a_rollback_says_what_failed_and_why() {
    let server = started(GOES_BACK);
    let output = ecsctl(&server, &["wait"]).run().exits(5);
    assert!(
        output
            .stderr
            .contains("✗ web: web:2 failed and was rolled back; web:1 runs (2 of 2 running)")
    );
    let report = output.stderr.split('✗').nth(1).unwrap_or_default();
    assert!(report.contains("3 tasks stopped"), "{}", output.stderr);
    assert!(report.contains("exit code 1"), "{}", output.stderr);
    // And whoever comes after it.
    let document = ecsctl(&server, &["wait", "-o", "json"]).run().exits(5).json();
    let service = &document["services"][0];
    assert_eq!(service["requested"], "web:2", "{document:#}");
    assert_eq!(service["taskDefinition"], "web:1");
    assert_eq!(service["failures"][0]["exitCode"], 1);
    assert_eq!(service["failures"][0]["count"], 3);
}

fn endless_rollback_is_reported_at_the_timeout(verb: &str) {
    let server = started(&GOES_BACK.replace("polls: 4", "polls: 100000"));
    ecsctl(&server, &[verb, "--yes", "web", "--timeout", "1m"])
        .run()
        .exits(5)
        .says("web:2 failed; the rollback to web:1 is still in progress");
}

cases! { endless_rollback_is_reported_at_the_timeout {
    wait("wait");
    rollback("rollback");
} }
