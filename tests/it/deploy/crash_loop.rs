//! A crash loop that ECS's circuit breaker doesn't count. (How deployments end otherwise: `deployment_outcomes`.)

use crate::support::deploys::deployed;
use crate::support::files::changed;
use crate::support::{Ecsctl, Scenario};

#[test]
fn crash_loop_fails_though_some_tasks_run() {
    // ECS counts none of them, as each came up.
    let event = "(service {service}) has started 1 tasks: (task 3f2a91c0).";
    let crash = format!(
        "        - {{running: 5, failed: 0, stopped: [{{exitCode: 1, oldest: true}}], events: ['{event}']}}\n"
    );
    let frames = format!(
        "        - {{pending: all}}\n        - {{running: 5, pending: 1}}\n{}",
        crash.repeat(12)
    );
    let server = deployed(Scenario::parse(&format!(
        "rollouts:\n  web:\n    - {{}}\n    - frames:\n{frames}"
    )));
    let breaker = "deploymentConfiguration: {deploymentCircuitBreaker: {enable: false, rollback: false}}";
    let file = changed().replace(
        "    desiredCount: 2",
        &format!("    {breaker}\n    desiredCount: 6"),
    );
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&file)
        .run()
        .exits(5);
    assert_eq!(output.json()["error"]["code"], "crash-loop", "{}", output.stderr);
    // Which tasks run was asked for once, when enough had failed.
    let log = server.log();
    let running = log
        .of("ecs ListTasks")
        .into_iter()
        .filter(|it| it.input["desiredStatus"] == "RUNNING");
    assert_eq!(running.count(), 1);
}
