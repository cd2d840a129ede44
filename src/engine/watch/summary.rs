//! The one-line summary of a service's result.

use jiff::SignedDuration;

use crate::ecs::RollbackInitiator;
use crate::model::prefixed;
use crate::verdict::{FailureKind, RolloutCounts, Verdict, WatchRequest, WatchTarget};

/// The one-line summary of a service's result.
pub(super) fn summary(request: &WatchRequest, counts: &RolloutCounts, verdict: &Verdict) -> String {
    let name = &request.service;
    let now = counts.definition.as_deref().unwrap_or("its task definition");
    let asked = requested(request, counts).unwrap_or(now);
    let image = request.image.as_deref().map(short_image);
    let image = image.map(|image| format!(" ({image})")).unwrap_or_default();
    let running = running_of_desired(counts);
    let more = more_than_desired(counts);
    if let (Verdict::Stable { .. } | Verdict::Protected { .. }, Some(from)) = (verdict, request.scaled_from) {
        let running = counts.running.or(request.desired).unwrap_or(0);
        return format!(
            "{name} runs {} of {asked} (previously {from}){more}",
            tasks(running)
        );
    }
    match verdict {
        Verdict::Stable { exercised: true } => format!("{name} runs {asked}{image}{more}"),
        // Nothing was replaced: the tasks beyond a decreased count stay.
        Verdict::Protected { .. } if matches!(request.target, WatchTarget::Same { .. }) => {
            format!("{name} runs {asked}{image}{more}")
        }
        Verdict::Protected { tasks: old, .. } => format!(
            "{name} runs {asked}{image}{more}; {} protected from scale-in",
            match old.len() {
                1 => "1 old task is".to_owned(),
                count => format!("{count} old tasks are"),
            }
        ),
        Verdict::Stable { exercised: false } => {
            format!("{name} is set to {asked}{image}; the desired count is 0, so no task was started")
        }
        Verdict::Deployed { .. } => {
            format!("{name}: {asked}{image} receives the traffic; old tasks may still be stopping")
        }
        Verdict::Unchanged { exercised: true } => {
            format!("{name}: nothing to do, {asked} runs{running}{more}")
        }
        Verdict::Unchanged { exercised: false } => format!("{name}: nothing to do; the desired count is 0"),
        Verdict::RolledBack { to, complete, by, .. } => {
            let to = to.as_deref().unwrap_or("an older revision");
            // `ecsctl wait` after a rollback may know only the previous revision, and a rollback may restore the
            // same revision.
            let what = requested(request, counts).filter(|it| *it != to);
            rolled_back(
                name,
                what.unwrap_or("the deployment"),
                to,
                (*complete, *by),
                &running,
            )
        }
        Verdict::Failed { how, reason } => failed(name, asked, how, reason.as_deref().unwrap_or_default()),
        Verdict::Absent { .. } => format!("{name}: the service doesn't exist"),
        Verdict::Stopped { .. } => format!("{name}: the deployment of {asked} was stopped by a user"),
        Verdict::Superseded { definition, at, .. } => {
            let by = prefixed(" of ", definition.as_deref());
            let at = at.map(|at| format!(", started {at:.0}")).unwrap_or_default();
            format!("{name}: superseded by a newer deployment{by}{at}")
        }
        Verdict::FailedThenSuperseded {
            by, definition, at, ..
        } => {
            let ended = match by {
                RollbackInitiator::Failure => "failed",
                RollbackInitiator::Somebody => "was stopped by a user",
                RollbackInitiator::Unsaid => "did not complete",
            };
            let what = requested(request, counts).unwrap_or("the deployment");
            let newer = match definition.as_deref() {
                Some(definition) if definition != what => definition.to_owned(),
                same => format!("a newer deployment{}", prefixed(" of ", same)),
            };
            let at = at.map(|at| format!(", deployed at {at:.0}")).unwrap_or_default();
            format!("{name}: {what} {ended}, then superseded by {newer}{at}")
        }
        Verdict::Paused { .. } => paused(name, verdict),
        Verdict::TimedOut {
            after, waiting_for, ..
        } => format!(
            "{name}: still in progress after {}, waiting for {waiting_for}; ECS continues",
            short_duration(*after)
        ),
    }
}

fn rolled_back(
    name: &str,
    what: &str,
    to: &str,
    (complete, by): (bool, RollbackInitiator),
    running: &str,
) -> String {
    const OPEN: &str = "is still in progress";
    match (complete, by) {
        (true, RollbackInitiator::Failure) => {
            format!("{name}: {what} failed and was rolled back; {to} runs{running}")
        }
        (true, RollbackInitiator::Somebody) => {
            format!("{name}: {what} was stopped by a user and rolled back; {to} runs{running}")
        }
        (true, RollbackInitiator::Unsaid) => format!("{name}: {what} was rolled back; {to} runs{running}"),
        (false, RollbackInitiator::Failure) => {
            format!("{name}: {what} failed; the rollback to {to} {OPEN}")
        }
        (false, RollbackInitiator::Somebody) => {
            format!("{name}: {what} was stopped by a user; the rollback to {to} {OPEN}")
        }
        (false, RollbackInitiator::Unsaid) => format!("{name}: the rollback of {what} to {to} {OPEN}"),
    }
}

fn failed(name: &str, asked: &str, how: &FailureKind, reason: &str) -> String {
    match how {
        FailureKind::GivenUp => format!("{name}: {asked} failed; ECS did not roll back"),
        FailureKind::CrashLoop { failed } => {
            format!(
                "{name}: {asked} failed: {} stopped and none stayed running; ECS keeps retrying",
                tasks(*failed)
            )
        }
        FailureKind::CrashedAfter => format!("{name}: {asked} was deployed, then its tasks crashed"),
        // ECS had no completed deployment to return to.
        FailureKind::RollbackFailed if reason.to_ascii_lowercase().contains("no rollback candidate") => {
            format!("{name}: {asked} failed, and nothing was rolled back")
        }
        FailureKind::RollbackFailed => format!("{name}: {asked} failed, and so did the rollback"),
        FailureKind::ServiceGone => format!("{name}: the service no longer exists"),
    }
}

fn paused(name: &str, verdict: &Verdict) -> String {
    let Verdict::Paused {
        hook,
        stage,
        expires_at,
        then,
        ..
    } = verdict
    else {
        return String::new();
    };
    let stage = prefixed(" at ", stage.as_deref());
    let until = expires_at.map(|at| format!(" until {at:.0}")).unwrap_or_default();
    let then = match then.as_deref() {
        Some("ROLLBACK") => ", then rolled back",
        Some("CONTINUE") => ", then continued",
        _ => "",
    };
    format!("{name}: paused{stage} by hook {hook}, waiting for approval{until}{then}")
}

fn tasks(count: u64) -> String {
    match count {
        0 => "no tasks".to_owned(),
        1 => "1 task".to_owned(),
        count => format!("{count} tasks"),
    }
}

fn running_of_desired(counts: &RolloutCounts) -> String {
    match (counts.running, counts.desired) {
        (Some(running), Some(desired)) => format!(" ({running} of {desired} running)"),
        _ => String::new(),
    }
}

/// `; 1 more than desired (protected from scale-in?)`: ECS calls the deployment complete, so only task scale-in
/// protection is known to keep them.
fn more_than_desired(counts: &RolloutCounts) -> String {
    match (counts.running, counts.desired) {
        (Some(running), Some(desired)) if running > desired => {
            format!(
                "; {} more than desired (protected from scale-in?)",
                running - desired
            )
        }
        _ => String::new(),
    }
}

/// Shortens an image reference to `acme/web@sha256:1f0c2a91`: no registry, and eight digits of the digest.
pub(super) fn short_image(image: &str) -> String {
    let name = match image.split_once('/') {
        Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => rest,
        _ => image,
    };
    match name.split_once("@sha256:") {
        Some((name, digest)) => format!("{name}@sha256:{}", digest.get(..8).unwrap_or(digest)),
        None => name.to_owned(),
    }
}

fn short_duration(duration: SignedDuration) -> String {
    let (minutes, seconds) = (duration.as_mins(), duration.as_secs() % 60);
    match (minutes, seconds) {
        (0, seconds) => format!("{seconds}s"),
        (minutes, 0) => format!("{minutes}m"),
        (minutes, seconds) => format!("{minutes}m {seconds:02}s"),
    }
}

/// The requested revision, or the deployed revision if only a deployment is watched.
pub(super) fn requested<'a>(request: &'a WatchRequest, counts: &'a RolloutCounts) -> Option<&'a str> {
    request.short_definition().or(counts.deploys.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::watch::ServiceResult;
    use crate::model::TaskFailure;
    use crate::verdict::WatchTarget;

    fn request() -> WatchRequest {
        WatchRequest {
            definition: Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:43".to_owned()),
            image: Some("localhost:5000/acme/web@sha256:1f0c2a91ffff".to_owned()),
            ..WatchRequest::new("web", WatchTarget::InFlight)
        }
    }

    #[test]
    fn images_are_shortened_without_their_registry() {
        for (image, short) in [
            ("public.ecr.aws/acme/shop:1", "acme/shop:1"),
            ("localhost:5000/shop@sha256:1f0c2a91ffff", "shop@sha256:1f0c2a91"),
            ("acme/shop", "acme/shop"),
            ("nginx:1.29", "nginx:1.29"),
        ] {
            assert_eq!(short_image(image), short);
        }
    }

    fn line(verdict: Verdict) -> String {
        let counts = RolloutCounts {
            definition: Some("web:42".to_owned()),
            deployment: None,
            pending: 0,
            running: Some(3),
            desired: Some(3),
            deploys: None,
        };
        ServiceResult::new(&request(), &counts, Vec::new(), verdict).summary
    }

    #[test]
    fn the_summary_counts_the_tasks_that_the_report_counts() {
        let counts = RolloutCounts::default();
        let stopped = |count: u64| TaskFailure {
            task_id: Some(format!("{count}")),
            count,
            ..TaskFailure::default()
        };
        let event = TaskFailure {
            event: Some("(service web) was unable to place a task.".to_owned()),
            count: 3,
            ..TaskFailure::default()
        };
        let failed = Verdict::failed(FailureKind::CrashLoop { failed: 4 }, None);
        for (failures, count) in [
            (vec![stopped(2), event.clone()], "2 tasks"),
            (vec![stopped(1)], "1 task"),
            (vec![event], "4 tasks"),
        ] {
            let result = ServiceResult::new(&request(), &counts, failures, failed.clone());
            let expected =
                format!("web: web:43 failed: {count} stopped and none stayed running; ECS keeps retrying");
            assert_eq!(result.summary, expected);
        }
    }

    #[test]
    fn a_timeout_gives_the_last_service_event_and_its_time() {
        let verdict = Verdict::TimedOut {
            after: SignedDuration::from_mins(1),
            waiting_for: "1 of 3 tasks running".to_owned(),
            last_event: Some("(service web) has reached a steady state.".to_owned()),
            last_event_at: "2026-01-02T14:10:02.5Z".parse().ok(),
        };
        let result = ServiceResult::new(&request(), &RolloutCounts::default(), Vec::new(), verdict);
        let message = result.error().unwrap().message;
        let end = "; last service event at 2026-01-02T14:10:02Z: (service web) has reached a steady state.";
        assert!(message.ends_with(end), "{message}");
    }

    #[test]
    fn every_verdict_has_its_summary() {
        let time = "2026-01-02T14:10:02.5Z".parse().ok();
        let failed = |how| Verdict::Failed { how, reason: None };
        let back = |complete| Verdict::RolledBack {
            to: Some("web:42".into()),
            complete,
            by: RollbackInitiator::Failure,
            reason: None,
        };
        let superseded = |by, definition: &str| Verdict::FailedThenSuperseded {
            by,
            definition: Some(definition.to_owned()),
            at: time,
            reason: None,
        };
        let rows = [
            (
                Verdict::Stable { exercised: true },
                "web runs web:43 (acme/web@sha256:1f0c2a91)",
            ),
            (
                Verdict::Stable { exercised: false },
                "web is set to web:43 (acme/web@sha256:1f0c2a91); the desired count is 0, so no task was started",
            ),
            (
                Verdict::Deployed { exercised: true },
                "web: web:43 (acme/web@sha256:1f0c2a91) receives the traffic; old tasks may still be stopping",
            ),
            (
                Verdict::Unchanged { exercised: true },
                "web: nothing to do, web:43 runs (3 of 3 running)",
            ),
            (
                Verdict::Unchanged { exercised: false },
                "web: nothing to do; the desired count is 0",
            ),
            (
                back(true),
                "web: web:43 failed and was rolled back; web:42 runs (3 of 3 running)",
            ),
            (
                back(false),
                "web: web:43 failed; the rollback to web:42 is still in progress",
            ),
            (
                Verdict::RolledBack {
                    to: Some("web:42".into()),
                    complete: true,
                    by: RollbackInitiator::Somebody,
                    reason: None,
                },
                "web: web:43 was stopped by a user and rolled back; web:42 runs (3 of 3 running)",
            ),
            (
                Verdict::RolledBack {
                    to: Some("web:42".into()),
                    complete: true,
                    by: RollbackInitiator::Unsaid,
                    reason: None,
                },
                "web: web:43 was rolled back; web:42 runs (3 of 3 running)",
            ),
            (
                failed(FailureKind::GivenUp),
                "web: web:43 failed; ECS did not roll back",
            ),
            (
                failed(FailureKind::CrashLoop { failed: 3 }),
                "web: web:43 failed: 3 tasks stopped and none stayed running; ECS keeps retrying",
            ),
            (
                failed(FailureKind::CrashedAfter),
                "web: web:43 was deployed, then its tasks crashed",
            ),
            (
                failed(FailureKind::RollbackFailed),
                "web: web:43 failed, and so did the rollback",
            ),
            (
                Verdict::failed(
                    FailureKind::RollbackFailed,
                    Some("No rollback candidate was found to run the rollback.".to_owned()),
                ),
                "web: web:43 failed, and nothing was rolled back",
            ),
            (
                failed(FailureKind::ServiceGone),
                "web: the service no longer exists",
            ),
            (
                Verdict::Absent { draining: false },
                "web: the service doesn't exist",
            ),
            (
                Verdict::Stopped { reason: None },
                "web: the deployment of web:43 was stopped by a user",
            ),
            (
                Verdict::Superseded {
                    by: None,
                    definition: Some("web:44".into()),
                    at: time,
                },
                "web: superseded by a newer deployment of web:44, started 2026-01-02T14:10:02Z",
            ),
            (
                superseded(RollbackInitiator::Failure, "web:44"),
                "web: web:43 failed, then superseded by web:44, deployed at 2026-01-02T14:10:02Z",
            ),
            (
                superseded(RollbackInitiator::Somebody, "web:43"),
                "web: web:43 was stopped by a user, then superseded by a newer deployment of web:43, deployed at \
                 2026-01-02T14:10:02Z",
            ),
            (
                superseded(RollbackInitiator::Unsaid, "web:44"),
                "web: web:43 did not complete, then superseded by web:44, deployed at 2026-01-02T14:10:02Z",
            ),
            (
                Verdict::Paused {
                    hook: "h".into(),
                    stage: Some("POST_TEST_TRAFFIC_SHIFT".into()),
                    expires_at: time,
                    then: Some("ROLLBACK".into()),
                },
                "web: paused at POST_TEST_TRAFFIC_SHIFT by hook h, waiting for approval until 2026-01-02T14:10:02Z, then rolled back",
            ),
            (
                Verdict::TimedOut {
                    after: SignedDuration::from_secs(903),
                    waiting_for: "1 of 3 tasks running".into(),
                    last_event: None,
                    last_event_at: None,
                },
                "web: still in progress after 15m 03s, waiting for 1 of 3 tasks running; ECS continues",
            ),
        ];
        for (verdict, expected) in rows {
            assert_eq!(line(verdict), expected);
        }
    }
}
