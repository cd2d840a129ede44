//! Tests of screens.

use super::*;
use crate::model::{DeploymentStatus, EventStatus, InProgressStatus, ScalingStatus};

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
        ..DeploymentStatus::default()
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
    web.scaling = Some(ScalingStatus {
        min: 2,
        max: 10,
        ..ScalingStatus::default()
    });
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
        schedules: Vec::new(),
        notes: Vec::new(),
    }
}

fn text(look: TerminalStyle) -> String {
    lines(&status(), look, now())
        .iter()
        .map(|line| line.render(look))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn status_on_a_terminal() {
    insta::assert_snapshot!(text(TerminalStyle {
        unicode: true,
        terminal: true,
        ..TerminalStyle::PLAIN
    }));
}

/// Formats one service, with one remark per line.
fn remarks_of(service: &ServiceStatus) -> Vec<String> {
    let lines = remarks(service, TerminalStyle::PLAIN, now());
    lines
        .iter()
        .map(|line| line.render(TerminalStyle::PLAIN).trim().to_owned())
        .collect()
}

#[test]
fn only_old_revisions_are_draining() {
    let old = |running, desired| deployment("ACTIVE", "web:41", Some("COMPLETED"), running, desired);
    let rolling = |old| {
        let new = deployment("PRIMARY", "web:42", Some("IN_PROGRESS"), 0, 2);
        ServiceStatus {
            last_event: None,
            ..service("web", 2, 2, vec![new, old])
        }
    };
    for (old, expected) in [
        (old(2, 2), Some("~ web:41 still running: 2 of 2")),
        (old(1, 2), Some("~ web:41 still running: 1 of 2")),
        (old(2, 1), Some("~ web:41 draining: 2 left")),
        (old(1, 0), Some("~ web:41 draining: 1 left")),
        (old(0, 0), None),
        (
            DeploymentStatus {
                pending: 1,
                ..old(1, 2)
            },
            Some("~ web:41 still running: 1 of 2, 1 starting"),
        ),
        (
            DeploymentStatus {
                desired: None,
                ..old(2, 2)
            },
            Some("~ web:41 still running: 2"),
        ),
        (
            DeploymentStatus {
                task_definition: Some("web:42".to_owned()),
                created_at: Some("2026-11-18T14:02:41Z".to_owned()),
                ..old(2, 2)
            },
            Some("~ web:42 deployed 2026-11-18T14:02:41Z still running: 2 of 2"),
        ),
        (
            deployment("ACTIVE", "web:41", Some("FAILED"), 1, 0),
            Some("x deployment of web:41 failed; 1 left"),
        ),
    ] {
        let service = rolling(old);
        let mut lines = vec!["~ rolling out web:42"];
        lines.extend(expected);
        assert_eq!(remarks_of(&service), lines);
        assert!(brief(&service).starts_with("web: ACTIVE, web:42, 0 of 2 running;"));
    }
}

#[test]
fn failed_deployments_show_missing_tasks() {
    let given_up = deployment("PRIMARY", "web:42", Some("FAILED"), 0, 0);
    let service = service("web", 0, 2, vec![given_up]);
    assert!(brief(&service).starts_with("web: ACTIVE, web:42, 0 of 2 running;"));
}

#[test]
fn only_events_of_this_deployment_are_quoted() {
    let new = deployment("PRIMARY", "web:42", Some("IN_PROGRESS"), 0, 2);
    let old = deployment("ACTIVE", "web:41", Some("COMPLETED"), 2, 2);
    let mut service = service("web", 2, 2, vec![new, old]);
    let said = |service: &ServiceStatus| remarks_of(service).iter().any(|line| line.starts_with("! ECS"));
    assert!(said(&service));
    service.deployed_at = Some("2026-11-20T14:02:30Z".to_owned());
    assert!(!said(&service), "of before it began");
    service.last_event = Some(EventStatus {
        at: Some("2026-11-20T14:02:31Z".to_owned()),
        message: "(service web) has started 1 tasks: (task 1).".to_owned(),
    });
    assert!(!said(&service));
}

#[test]
fn service_deployment_states_have_text() {
    let flight = |status: &str, strategy: &str| InProgressStatus {
        arn: "arn".to_owned(),
        deployment: Some("ecs-svc/web:42".to_owned()),
        status: status.to_owned(),
        reason: Some("an alarm was triggered.".to_owned()),
        strategy: strategy.to_owned(),
        stage: None,
        bake_minutes: None,
        paused: false,
        hook: None,
    };
    let staged = InProgressStatus {
        stage: Some("BAKE_TIME".to_owned()),
        bake_minutes: Some(5),
        ..flight("IN_PROGRESS", "BLUE_GREEN")
    };
    for (flight, expected) in [
        (
            flight("IN_PROGRESS", "ROLLING"),
            "~ rolling out web:42, 100 % of the traffic",
        ),
        (
            flight("IN_PROGRESS", "CANARY"),
            "~ rolling out web:42 (canary), 100 % of the traffic",
        ),
        (
            flight("ROLLBACK_IN_PROGRESS", "LINEAR"),
            "~ rolling back web:42 (linear), 100 % of the traffic; AWS: an alarm was triggered.",
        ),
        (
            staged,
            "~ rolling out web:42 (blue/green): BAKE_TIME, 100 % of the traffic, bakes for 5m",
        ),
    ] {
        let mut new = deployment("PRIMARY", "web:42", None, 2, 2);
        new.production_traffic = Some(100.0);
        let mut service = service("web", 2, 2, vec![new]);
        service.in_flight = Some(flight);
        assert_eq!(remarks_of(&service), [expected]);
    }
}

#[test]
fn an_unused_target_group_is_not_a_problem() {
    let group = |name: &str, healthy| TargetGroupStatus {
        arn: name.to_owned(),
        name: name.to_owned(),
        healthy,
        others: Vec::new(),
    };
    let mut service = service("web", 2, 2, Vec::new());
    service.targets = vec![group("blue", 2), group("green", 0)];
    assert_eq!(
        remarks_of(&service),
        ["target group blue: 2 healthy", "target group green: no targets"]
    );
    service.targets = vec![group("blue", 0)];
    assert_eq!(remarks_of(&service), ["! target group blue: no targets"]);
}

#[test]
fn a_pipe_gets_times_and_not_ages() {
    assert!(text(TerminalStyle::PLAIN).contains("deployed 2026-11-18T14:02:41Z"));
}
