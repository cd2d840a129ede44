//! Screens.

use super::*;
use crate::model::{EventStatus, ScalingStatus};

fn now() -> Timestamp {
    Timestamp::constant(1_795_183_361, 0)
}

fn deployment(
    status: &str,
    definition: &str,
    rollout: Option<&str>,
    running: u64,
    desired: u64,
) -> DeploymentStatus {
    DeploymentStatus {
        id: format!("ecs-svc/{definition}"),
        status: status.to_owned(),
        task_definition: Some(definition.to_owned()),
        rollout: rollout.map(str::to_owned),
        reason: None,
        running: Some(running),
        pending: 0,
        desired: Some(desired),
        failed: 0,
        created_at: None,
    }
}

fn service(name: &str, running: u64, desired: u64, deployments: Vec<DeploymentStatus>) -> ServiceStatus {
    ServiceStatus {
        key: name.to_owned(),
        name: name.to_owned(),
        status: "ACTIVE".to_owned(),
        task_definition: Some(format!("{name}:42")),
        running: Some(running),
        pending: Some(0),
        desired: Some(desired),
        deployed_at: Some("2026-11-18T14:02:41Z".to_owned()),
        deployments,
        scaling: None,
        last_event: Some(EventStatus {
            at: Some("2026-11-20T14:02:00Z".to_owned()),
            message: "(service) was unable to place a task.".to_owned(),
        }),
        ..ServiceStatus::default()
    }
}

fn status() -> Status {
    let mut web = service(
        "web",
        3,
        3,
        vec![deployment("PRIMARY", "web:42", Some("COMPLETED"), 3, 3)],
    );
    web.scaling = Some(ScalingStatus { min: 2, max: 10 });
    let mut failing = deployment("PRIMARY", "api:7", Some("FAILED"), 0, 2);
    failing.reason = Some("tasks failed to start.".to_owned());
    failing.failed = 4;
    let rolling = deployment("PRIMARY", "worker:42", Some("IN_PROGRESS"), 1, 2);
    let missing = ServiceStatus {
        status: "MISSING".to_owned(),
        task_definition: None,
        running: None,
        desired: None,
        deployed_at: None,
        ..service("new", 0, 0, Vec::new())
    };
    Status {
        schema: 1,
        cluster: "production".to_owned(),
        region: "us-east-1".to_owned(),
        account: Some("123456789012".to_owned()),
        services: vec![
            web,
            service(
                "worker",
                2,
                2,
                vec![rolling, deployment("ACTIVE", "worker:41", None, 1, 0)],
            ),
            service("api", 0, 2, vec![failing]),
            missing,
        ],
        notes: Vec::new(),
    }
}

fn text(look: Look) -> String {
    lines(&status(), look, now())
        .iter()
        .map(|line| line.render(look))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_screen_for_people() {
    insta::assert_snapshot!(text(Look {
        unicode: true,
        terminal: true,
        ..Look::PLAIN
    }));
}

#[test]
fn a_pipe_gets_times_and_not_ages() {
    assert!(text(Look::PLAIN).contains("deployed 2026-11-18T14:02:41Z"));
}
