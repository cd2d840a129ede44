//! The one-line summary of a service's result.

use jiff::{SignedDuration, Timestamp};

use crate::ecs::RollbackInitiator;
use crate::model::{plural, prefixed};
use crate::verdict::{
    FailureKind, READY_WAIT, RequestedAction, RolloutCounts, Verdict, WatchRequest, WatchTarget,
};

/// The one-line summary of a service's result.
pub(super) fn summary(request: &WatchRequest, counts: &RolloutCounts, verdict: &Verdict) -> String {
    let words = ResultWords::new(request, counts);
    match verdict {
        Verdict::Stable { .. } | Verdict::Protected { .. } | Verdict::Deployed { .. } => words.done(verdict),
        Verdict::Unchanged { exercised: true } => {
            let ResultWords {
                name, asked, running, ..
            } = &words;
            let more = more_than_desired(counts);
            format!("{name}: nothing to do, {asked} runs{running}{more}")
        }
        Verdict::Unchanged { exercised: false } => {
            format!("{}: nothing to do; the desired count is 0", words.name)
        }
        Verdict::Absent { .. } => format!("{}: the service doesn't exist", words.name),
        verdict => format!("{}: {}", words.name, words.not_done(verdict)),
    }
}

/// The words for the result of one request.
struct ResultWords<'a> {
    request: &'a WatchRequest,
    counts: &'a RolloutCounts,
    name: &'a str,
    /// The requested revision, else the running one.
    asked: &'a str,
    /// ` (acme/web@sha256:1f0c2a91)`.
    image: String,
    /// ` (2 of 2 running)`.
    running: String,
}

impl<'a> ResultWords<'a> {
    fn new(request: &'a WatchRequest, counts: &'a RolloutCounts) -> Self {
        let now = counts.definition.as_deref().unwrap_or("its task definition");
        let image = request.image.as_deref().map(short_image);
        Self {
            request,
            counts,
            name: &request.service,
            asked: requested(request, counts).unwrap_or(now),
            image: image.map(|image| format!(" ({image})")).unwrap_or_default(),
            running: running_of_desired(counts),
        }
    }

    /// A success.
    fn done(&self, verdict: &Verdict) -> String {
        let Self {
            name, asked, image, ..
        } = self;
        let more = more_than_desired(self.counts);
        let old = match verdict {
            // Nothing was replaced: the tasks beyond a decreased count stay.
            Verdict::Protected { tasks, .. } if !matches!(self.request.target, WatchTarget::Same { .. }) => {
                match tasks.len() {
                    1 => "; 1 old task is protected from scale-in".to_owned(),
                    count => format!("; {count} old tasks are protected from scale-in"),
                }
            }
            _ => String::new(),
        };
        let ended = match self.request.action {
            RequestedAction::Deploy | RequestedAction::Restore => None,
            RequestedAction::Restart => Some(format!("{name} restarted")),
            RequestedAction::Continue => Some(format!("{name} continued")),
            RequestedAction::Scale { from } => Some(format!("{name} {}", scaled(from, self.desired()))),
        };
        match (verdict, ended) {
            (Verdict::Deployed { .. }, None) => {
                format!("{name}: {asked}{image} receives the traffic; old tasks may still be stopping")
            }
            (Verdict::Deployed { .. }, Some(ended)) => {
                format!("{ended}: {asked}{image} receives the traffic; old tasks may still be stopping")
            }
            (_, Some(ended)) if matches!(self.request.action, RequestedAction::Scale { .. }) => {
                format!("{ended}: {} {asked}{more}{old}", self.tasks_running())
            }
            (Verdict::Stable { exercised: false }, None) => {
                format!("{name} is set to {asked}{image}; the desired count is 0, so no task was started")
            }
            (Verdict::Stable { exercised: false }, Some(ended)) => {
                format!("{ended}: the desired count is 0, so no task was started")
            }
            (_, Some(ended)) => format!("{ended}: {} {asked}{image}{more}{old}", self.tasks_running()),
            (_, None) => match (self.request.action, self.counts.definition.as_deref()) {
                (RequestedAction::Restore, Some(definition)) => {
                    format!("{name} runs {definition} again{image}{more}{old}")
                }
                _ => format!("{name} runs {asked}{image}{more}{old}"),
            },
        }
    }

    /// Everything but a success, without the name. A changed count starts no deployment of its own: what ended is
    /// the deployment in progress.
    fn not_done(&self, verdict: &Verdict) -> String {
        let words = self.ending(verdict);
        match (self.request.action, verdict) {
            (_, Verdict::TimedOut { .. }) => words,
            (
                RequestedAction::Scale { from },
                Verdict::Failed {
                    how: FailureKind::CrashedAfter,
                    ..
                },
            ) => {
                format!("{}, then its tasks crashed", scaled(from, self.desired()))
            }
            (RequestedAction::Scale { from }, _) => {
                format!("{} did not complete: {words}", scaling(from, self.desired()))
            }
            _ => words,
        }
    }

    fn ending(&self, verdict: &Verdict) -> String {
        let action = self.action();
        match verdict {
            Verdict::RolledBack { to, complete, by, .. } => {
                let to = to.as_deref().unwrap_or("an older revision");
                // `ecsctl wait` after a rollback may know only the previous revision, and a rollback may restore the
                // same revision.
                let what = requested(self.request, self.counts).filter(|it| *it != to);
                let what = action.as_deref().or(what).unwrap_or("the deployment");
                rolled_back(what, to, (*complete, *by), &self.running)
            }
            Verdict::Failed { how, reason } => self.failed(how, reason.as_deref().unwrap_or_default()),
            Verdict::Stopped { .. } => {
                let what = action.unwrap_or_else(|| format!("the deployment of {}", self.asked));
                format!("{what} was stopped by a user")
            }
            Verdict::Superseded { definition, at, .. } => {
                let what = action.map(|it| format!("{it} was ")).unwrap_or_default();
                let by = prefixed(" of ", definition.as_deref());
                let at = at.map(|at| format!(", started {at:.0}")).unwrap_or_default();
                format!("{what}superseded by a newer deployment{by}{at}")
            }
            Verdict::FailedThenSuperseded {
                by, definition, at, ..
            } => {
                let ended = match by {
                    RollbackInitiator::Failure => "failed",
                    RollbackInitiator::Somebody => "was stopped by a user",
                    RollbackInitiator::Unsaid => "did not complete",
                };
                let asked = self.asked_for();
                let newer = newer(definition.as_deref(), asked);
                let what = action.as_deref().unwrap_or(asked);
                let at = deployed_at(*at);
                format!("{what} {ended}, then superseded by {newer}{at}")
            }
            Verdict::Paused { .. } => {
                let what = action.map(|it| format!("{it} is ")).unwrap_or_default();
                format!("{what}{}", paused(verdict))
            }
            Verdict::TimedOut { after, state, .. } => {
                let what = match self.request.action {
                    RequestedAction::Scale { from } => Some(scaling(from, self.desired())),
                    _ if self.request.undoing => Some(format!("the rollback of {}", self.asked)),
                    _ => action,
                };
                let what = what.map(|it| format!("{it} is ")).unwrap_or_default();
                let after = short_duration(*after);
                format!(
                    "{what}still in progress after {after}, {state}; {} continues",
                    self.deployer()
                )
            }
            Verdict::Stable { .. }
            | Verdict::Protected { .. }
            | Verdict::Deployed { .. }
            | Verdict::Unchanged { .. }
            | Verdict::Absent { .. } => String::new(),
            Verdict::CompletedThenSuperseded { definition, at } => {
                let asked = self.asked_for();
                let newer = newer(definition.as_deref(), asked);
                let at = deployed_at(*at);
                format!("{asked} completed, then superseded by {newer}{at}")
            }
            Verdict::OutOfTurn {
                after,
                blocked_by,
                replaced,
                tagged,
            } => {
                let asked = self.asked_for();
                let done = match (*replaced, *tagged) {
                    (0, false) => "not changed".to_owned(),
                    (0, true) => "only its tags were set".to_owned(),
                    (1, _) => format!("{asked} was superseded before it completed"),
                    (count, _) => format!("{asked} was superseded {count} times before it completed"),
                };
                let after = short_duration(*after);
                let blocked_by = prefixed("; ", blocked_by.as_deref());
                format!("{done}: no turn within {after}{blocked_by}")
            }
        }
    }

    fn failed(&self, how: &FailureKind, reason: &str) -> String {
        let action = self.action();
        let what = action.as_deref().unwrap_or(self.asked);
        match how {
            // Until the traffic is shifted, the previous revision gets it.
            FailureKind::GivenUp if self.keeps_previous() => {
                let runs = self.counts.definition.as_deref().unwrap_or_default();
                format!("{what} failed; {runs} still runs{}", self.running)
            }
            FailureKind::GivenUp => format!("{what} failed; {} did not roll back", self.deployer()),
            FailureKind::CrashLoop { failed } => format!(
                "{what} failed: {} stopped and none stayed running; ECS keeps retrying",
                tasks(*failed)
            ),
            FailureKind::CrashedAfter => match self.request.action {
                RequestedAction::Restart => "restarted, then its tasks crashed".to_owned(),
                RequestedAction::Restore => format!("{} ran again, then its tasks crashed", self.asked),
                _ => format!("{} was deployed, then its tasks crashed", self.asked),
            },
            // ECS had no completed deployment to return to.
            FailureKind::RollbackFailed if reason.to_ascii_lowercase().contains("no rollback candidate") => {
                format!("{what} failed, and nothing was rolled back")
            }
            FailureKind::RollbackFailed => format!("{what} failed, and so did the rollback"),
            FailureKind::ServiceGone => "the service no longer exists".to_owned(),
        }
    }

    /// The request as the subject of a sentence; None for a deployment, and for what starts none.
    fn action(&self) -> Option<String> {
        match self.request.action {
            RequestedAction::Restart => Some("the restart".to_owned()),
            RequestedAction::Restore => Some(format!("the rollback to {}", self.asked)),
            RequestedAction::Deploy | RequestedAction::Continue | RequestedAction::Scale { .. } => None,
        }
    }

    /// Who deploys the service.
    fn deployer(&self) -> &'static str {
        match self.request.target {
            WatchTarget::CodeDeploy { .. } => "CodeDeploy",
            _ => "ECS",
        }
    }

    /// Whether the traffic of a CodeDeploy deployment never left the previous revision.
    fn keeps_previous(&self) -> bool {
        let runs = self.counts.definition.as_deref();
        matches!(self.request.target, WatchTarget::CodeDeploy { .. })
            && runs.is_some_and(|it| it != self.asked)
    }

    /// The requested revision, as the subject of a sentence.
    fn asked_for(&self) -> &str {
        requested(self.request, self.counts).unwrap_or("the deployment")
    }

    fn desired(&self) -> u64 {
        self.request.desired.or(self.counts.desired).unwrap_or(0)
    }

    /// `2 of 2 tasks running`.
    fn tasks_running(&self) -> String {
        match (self.counts.running, self.counts.desired) {
            (Some(0), Some(0)) => "no tasks running".to_owned(),
            (Some(running), Some(desired)) if running <= desired => {
                format!("{running} of {} running", plural(desired, "task"))
            }
            (running, _) => format!("{} running", tasks(running.unwrap_or(self.desired()))),
        }
    }
}

/// The newer deployment: its revision, unless that is the requested one, too.
fn newer(definition: Option<&str>, asked: &str) -> String {
    match definition {
        Some(definition) if definition != asked => definition.to_owned(),
        same => format!("a newer deployment{}", prefixed(" of ", same)),
    }
}

fn deployed_at(at: Option<Timestamp>) -> String {
    at.map(|at| format!(", deployed at {at:.0}")).unwrap_or_default()
}

fn scaled(from: u64, to: u64) -> String {
    format!("scaled from {from} to {to}")
}

fn scaling(from: u64, to: u64) -> String {
    format!("scaling from {from} to {to}")
}

fn rolled_back(what: &str, to: &str, (complete, by): (bool, RollbackInitiator), running: &str) -> String {
    const OPEN: &str = "is still in progress";
    match (complete, by) {
        (true, RollbackInitiator::Failure) => {
            format!("{what} failed and was rolled back; {to} runs{running}")
        }
        (true, RollbackInitiator::Somebody) => {
            format!("{what} was stopped by a user and rolled back; {to} runs{running}")
        }
        (true, RollbackInitiator::Unsaid) => format!("{what} was rolled back; {to} runs{running}"),
        (false, RollbackInitiator::Failure) => {
            format!("{what} failed; the rollback to {to} {OPEN}")
        }
        (false, RollbackInitiator::Somebody) => {
            format!("{what} was stopped by a user; the rollback to {to} {OPEN}")
        }
        (false, RollbackInitiator::Unsaid) => format!("the rollback of {what} to {to} {OPEN}"),
    }
}

fn paused(verdict: &Verdict) -> String {
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
    if hook == READY_WAIT {
        return "paused before its traffic is rerouted, waiting for approval; without it, CodeDeploy stops the \
                deployment"
            .to_owned();
    }
    let stage = prefixed(" at ", stage.as_deref());
    let until = expires_at.map(|at| format!(" until {at:.0}")).unwrap_or_default();
    let then = match then.as_deref() {
        Some("ROLLBACK") => ", then rolled back",
        Some("CONTINUE") => ", then continued",
        _ => "",
    };
    format!("paused{stage} by hook {hook}, waiting for approval{until}{then}")
}

fn tasks(count: u64) -> String {
    match count {
        0 => "no tasks".to_owned(),
        count => plural(count, "task"),
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
            state: "1 of 3 tasks running so far".to_owned(),
            last_event: Some("(service web) has reached a steady state.".to_owned()),
            last_event_at: "2026-01-02T14:10:02.5Z".parse().ok(),
        };
        let result = ServiceResult::new(&request(), &RolloutCounts::default(), Vec::new(), verdict);
        let message = result.error().unwrap().message;
        let end = "; last service event at 2026-01-02T14:10:02Z: (service web) has reached a steady state.";
        assert!(message.ends_with(end), "{message}");
    }

    /// The result of another request than a deployment of web:43: all three tasks run.
    fn line_of(action: RequestedAction, verdict: Verdict) -> String {
        let counts = RolloutCounts {
            definition: Some("web:43".to_owned()),
            running: Some(3),
            desired: Some(3),
            ..RolloutCounts::default()
        };
        let request = WatchRequest {
            action,
            desired: matches!(action, RequestedAction::Scale { .. }).then_some(3),
            ..request()
        };
        ServiceResult::new(&request, &counts, Vec::new(), verdict).summary
    }

    #[test]
    fn each_action_has_its_own_words() {
        let restart = RequestedAction::Restart;
        let scale = RequestedAction::Scale { from: 2 };
        let restore = RequestedAction::Restore;
        let stable = || Verdict::Stable { exercised: true };
        let failed = |how| Verdict::failed(how, None);
        let loops = || failed(FailureKind::CrashLoop { failed: 4 });
        let timed_out = || Verdict::TimedOut {
            after: SignedDuration::from_secs(900),
            state: "1 of 3 tasks running so far".to_owned(),
            last_event: None,
            last_event_at: None,
        };
        let superseded = || Verdict::Superseded {
            by: None,
            definition: Some("web:44".to_owned()),
            at: None,
        };
        let back = || Verdict::RolledBack {
            to: Some("web:43".to_owned()),
            complete: true,
            by: RollbackInitiator::Failure,
            reason: None,
        };
        let image = "(acme/web@sha256:1f0c2a91)";
        let rows = [
            (restart, stable(), format!("web restarted: 3 of 3 tasks running web:43 {image}")),
            (
                restart,
                Verdict::Stable { exercised: false },
                "web restarted: the desired count is 0, so no task was started".to_owned(),
            ),
            (
                restart,
                timed_out(),
                "web: the restart is still in progress after 15m, 1 of 3 tasks running so far; ECS continues".to_owned(),
            ),
            (restart, failed(FailureKind::GivenUp), "web: the restart failed; ECS did not roll back".to_owned()),
            (
                restart,
                loops(),
                "web: the restart failed: 4 tasks stopped and none stayed running; ECS keeps retrying".to_owned(),
            ),
            (
                restart,
                failed(FailureKind::CrashedAfter),
                "web: restarted, then its tasks crashed".to_owned(),
            ),
            (
                restart,
                back(),
                "web: the restart failed and was rolled back; web:43 runs (3 of 3 running)".to_owned(),
            ),
            (restart, Verdict::Stopped { reason: None }, "web: the restart was stopped by a user".to_owned()),
            (
                restart,
                superseded(),
                "web: the restart was superseded by a newer deployment of web:44".to_owned(),
            ),
            (scale, stable(), "web scaled from 2 to 3: 3 of 3 tasks running web:43".to_owned()),
            (
                scale,
                timed_out(),
                "web: scaling from 2 to 3 is still in progress after 15m, 1 of 3 tasks running so far; ECS continues"
                    .to_owned(),
            ),
            (
                scale,
                loops(),
                "web: scaling from 2 to 3 did not complete: web:43 failed: 4 tasks stopped and none stayed running; ECS \
                 keeps retrying"
                    .to_owned(),
            ),
            (
                scale,
                superseded(),
                "web: scaling from 2 to 3 did not complete: superseded by a newer deployment of web:44".to_owned(),
            ),
            (
                RequestedAction::Continue,
                stable(),
                format!("web continued: 3 of 3 tasks running web:43 {image}"),
            ),
            (restore, stable(), format!("web runs web:43 again {image}")),
            (
                restore,
                timed_out(),
                "web: the rollback to web:43 is still in progress after 15m, 1 of 3 tasks running so far; ECS continues"
                    .to_owned(),
            ),
            (
                restore,
                failed(FailureKind::GivenUp),
                "web: the rollback to web:43 failed; ECS did not roll back".to_owned(),
            ),
        ];
        for (action, verdict, expected) in rows {
            assert_eq!(line_of(action, verdict), expected);
        }
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
        let out_of_turn = |replaced, tagged| Verdict::OutOfTurn {
            after: SignedDuration::from_mins(15),
            blocked_by: Some("a deployment is in progress".to_owned()),
            replaced,
            tagged,
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
                Verdict::CompletedThenSuperseded {
                    definition: Some("web:44".into()),
                    at: time,
                },
                "web: web:43 completed, then superseded by web:44, deployed at 2026-01-02T14:10:02Z",
            ),
            (
                out_of_turn(0, false),
                "web: not changed: no turn within 15m; a deployment is in progress",
            ),
            (
                out_of_turn(0, true),
                "web: only its tags were set: no turn within 15m; a deployment is in progress",
            ),
            (
                out_of_turn(1, false),
                "web: web:43 was superseded before it completed: no turn within 15m; a deployment is in progress",
            ),
            (
                out_of_turn(2, true),
                "web: web:43 was superseded 2 times before it completed: no turn within 15m; a deployment is in \
                 progress",
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
                    state: "1 of 3 tasks running so far".into(),
                    last_event: None,
                    last_event_at: None,
                },
                "web: still in progress after 15m 03s, 1 of 3 tasks running so far; ECS continues",
            ),
        ];
        for (verdict, expected) in rows {
            assert_eq!(line(verdict), expected);
        }
    }
}
