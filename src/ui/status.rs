//! What runs, as a person reads it.

use jiff::Timestamp;

use super::line::{Line, Sign, Tone};
use super::look::Look;
use super::table;
use super::when;
use super::words;
use crate::model::{DeploymentStatus, ServiceStatus, Status};

/// The place, a line for each service, and below it what is under way or went wrong.
pub fn lines(status: &Status, look: Look, now: Timestamp) -> Vec<Line> {
    let account = status
        .account
        .as_ref()
        .map(|account| format!(", account {account}"))
        .unwrap_or_default();
    let mut lines = vec![Line::of(format!(
        "{} in {}{account}",
        status.cluster, status.region
    ))];
    let rows = status
        .services
        .iter()
        .map(|service| row(service, look, now))
        .collect();
    for (line, service) in table::aligned(rows, look).into_iter().zip(&status.services) {
        lines.push(Line::of(" ").line(line));
        lines.extend(remarks(service, look, now));
    }
    lines
}

fn row(service: &ServiceStatus, look: Look, now: Timestamp) -> Vec<Line> {
    let tone = if service.status == "ACTIVE" {
        Tone::Plain
    } else {
        Tone::Warn
    };
    let counts = match (service.running, service.desired) {
        (Some(running), Some(desired)) => {
            words::counts(running, service.pending.unwrap_or(0), desired, failed(service), 0)
        }
        _ => String::new(),
    };
    let short = service.running < service.desired;
    vec![
        Line::new().tone(Tone::Strong, &service.name),
        Line::new().tone(tone, &service.status),
        Line::of(service.task_definition.as_deref().unwrap_or_default()),
        Line::new().tone(if short { Tone::Warn } else { Tone::Plain }, counts),
        Line::of(
            service
                .deployed_at
                .as_deref()
                .map(|at| format!("deployed {}", when(at, look, now)))
                .unwrap_or_default(),
        ),
        Line::of(
            service
                .scaling
                .as_ref()
                .map(|it| format!("scaling {} to {}", it.min, it.max))
                .unwrap_or_default(),
        ),
    ]
}

fn failed(service: &ServiceStatus) -> u64 {
    service
        .deployments
        .iter()
        .filter(|it| it.status == "PRIMARY")
        .map(|it| it.failed)
        .sum()
}

/// `2 days ago` for somebody who looks; RFC 3339 for what reads it later.
fn when(at: &str, look: Look, now: Timestamp) -> String {
    match at.parse::<Timestamp>() {
        Ok(at) => when::ago(at, look, now),
        Err(_) => at.to_owned(),
    }
}

fn remarks(service: &ServiceStatus, look: Look, now: Timestamp) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut remark = |sign: Sign, text: String| {
        lines.push(Line::of("   ").sign(sign).text(" ").text(text));
    };
    if service.status == "MISSING" {
        remark(
            Sign::Warning,
            format!("not there yet; `ecsctl deploy --only {}` makes it", service.key),
        );
        return lines;
    }
    for deployment in &service.deployments {
        if let Some((sign, text)) = under_way(deployment) {
            remark(sign, text);
        }
    }
    // Tasks that don't come up: ECS says why.
    if service.running < service.desired
        && let Some(event) = &service.last_event
    {
        let at = event
            .at
            .as_deref()
            .map(|at| format!(", {}", when(at, look, now)))
            .unwrap_or_default();
        remark(Sign::Warning, format!("ECS{at}: {}", event.message));
    }
    lines
}

/// A deployment that is not simply what runs.
fn under_way(deployment: &DeploymentStatus) -> Option<(Sign, String)> {
    let definition = deployment.task_definition.as_deref().unwrap_or("?");
    let running = deployment.running.unwrap_or(0);
    let counts = words::counts(
        running,
        deployment.pending,
        deployment.desired.unwrap_or(0),
        deployment.failed,
        0,
    );
    let reason = deployment
        .reason
        .as_ref()
        .map(|reason| format!("; AWS: {reason}"))
        .unwrap_or_default();
    match (deployment.status.as_str(), deployment.rollout.as_deref()) {
        (_, Some("FAILED")) => Some((
            Sign::Failed,
            format!("the deployment of {definition} failed{reason}"),
        )),
        ("PRIMARY", Some("IN_PROGRESS")) => Some((
            Sign::Change,
            format!("rolling out {definition}: {counts}{reason}"),
        )),
        ("PRIMARY", _) => None,
        _ if running + deployment.pending > 0 => {
            Some((Sign::Change, format!("{definition} drains: {running} left")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
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
}
