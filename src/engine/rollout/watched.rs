//! What came of watching one service, in data and in words.

use jiff::SignedDuration;

use crate::exit::Exit;
use crate::model::{ErrorReport, Event, Pause, ServiceOutcome, TaskFailure};
use crate::verdict::{Aim, FailureKind, Figures, Snapshot, Standing, Target, Verdict, about_words, standing};

/// One service's end.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// For json.
    pub outcome: ServiceOutcome,
    /// The verdict.
    pub verdict: Verdict,
    /// One line for people.
    pub summary: String,
    /// Whether nothing was changed: it had come to this end before.
    pub found: bool,
}

/// What to do about a service that needs no change.
#[derive(Clone, Debug, PartialEq)]
pub enum Stand {
    /// It is under way: watch for this.
    Watch(Box<Aim>),
    /// It has come to its end.
    Ended(Box<Watched>),
}

/// Judges a service that needs no change (design §5.5). `snapshot` is what was observed.
pub fn stand(aim: Aim, snapshot: &Snapshot) -> Stand {
    let verdict = match standing(snapshot) {
        Standing::InProgress => {
            return Stand::Watch(Box::new(Aim {
                target: Target::Restored,
                ..aim
            }));
        }
        Standing::Sound { exercised } => Verdict::Unchanged { exercised },
        Standing::Broken(verdict) => verdict,
    };
    let figures = snapshot.service.as_ref().map(Figures::of).unwrap_or_default();
    let watched = Watched::new(&aim, &figures, Vec::new(), verdict);
    Stand::Ended(Box::new(Watched {
        found: true,
        ..watched
    }))
}

impl Watched {
    /// From a verdict and what was seen last.
    pub fn new(aim: &Aim, figures: &Figures, failures: Vec<TaskFailure>, verdict: Verdict) -> Self {
        let ours_runs = matches!(
            verdict,
            Verdict::Stable { .. } | Verdict::Deployed { .. } | Verdict::Unchanged { .. }
        );
        let unexplained = failures.iter().all(|failure| failure.cause.is_none());
        let cause = verdict.reason().filter(|_| unexplained);
        let outcome = ServiceOutcome {
            name: aim.service.clone(),
            outcome: verdict.ending(),
            task_definition: figures.definition.clone(),
            image: aim.image.clone().filter(|_| ours_runs),
            deployment: figures.deployment.clone(),
            running: figures.running,
            desired: figures.desired,
            is_final: verdict.is_final(),
            exercised: verdict.is_exercised(),
            reason: verdict.reason().map(str::to_owned),
            is_first: matches!(aim.target, Target::Started { previous: None, .. }),
            cause: cause.and_then(|reason| about_words(reason, &aim.service)),
            pause: pause(&verdict),
            failures,
        };
        Self {
            summary: summary(aim, figures, &verdict),
            outcome,
            verdict,
            found: false,
        }
    }

    /// The end of a service that was taken away, or was not there to begin with.
    pub fn gone(service: &str, was_there: bool) -> Self {
        let aim = Aim::new(service, Target::InFlight);
        let (verdict, summary) = match was_there {
            true => (
                Verdict::Stable { exercised: false },
                format!("{service} is deleted"),
            ),
            false => (
                Verdict::Unchanged { exercised: false },
                format!("{service}: nothing to do, there is no such service"),
            ),
        };
        Self {
            summary,
            ..Self::new(&aim, &Figures::default(), Vec::new(), verdict)
        }
    }

    /// The same service, with another verdict on it, for these failures.
    #[must_use]
    pub fn judged(&self, aim: &Aim, failures: Vec<TaskFailure>, verdict: Verdict) -> Self {
        let figures = Figures {
            definition: self.outcome.task_definition.clone(),
            deployment: self.outcome.deployment.clone(),
            running: self.outcome.running,
            desired: self.outcome.desired,
        };
        Self::new(aim, &figures, failures, verdict)
    }

    /// The same end, told as that of a way back.
    #[must_use]
    pub fn back(self) -> Self {
        let (Verdict::Stable { exercised: true } | Verdict::Deployed { exercised: true }, Some(definition)) =
            (&self.verdict, &self.outcome.task_definition)
        else {
            return self;
        };
        let name = &self.outcome.name;
        let image = self.outcome.image.as_deref().map(short_image);
        let image = image.map(|image| format!(" ({image})")).unwrap_or_default();
        Self {
            summary: format!("{name} runs {definition} again{image}"),
            ..self
        }
    }

    /// It as the event that says so.
    pub fn event(&self) -> Event {
        Event::Ended {
            outcome: Box::new(self.outcome.clone()),
            summary: self.summary.clone(),
        }
    }

    /// The exit code of a run that ends with it.
    pub fn exit(&self) -> Exit {
        self.verdict.exit()
    }

    /// Why it failed, as an error; None when it didn't.
    pub fn error(&self) -> Option<ErrorReport> {
        let code = code(&self.verdict)?;
        let message = match self.verdict.reason() {
            Some(reason) => format!("{}; AWS: {reason}", self.summary),
            None => self.summary.clone(),
        };
        let name = &self.outcome.name;
        let hint = match &self.verdict {
            Verdict::Paused { .. } => format!("ecsctl continue {name}, or ecsctl rollback {name}"),
            Verdict::TimedOut { .. } => format!("ecsctl wait {name}"),
            _ if self.found => "nothing was changed; ecsctl deploy --force deploys it anew".to_owned(),
            _ => format!("ecsctl status {name}"),
        };
        Some(ErrorReport {
            code: code.to_owned(),
            message,
            resource: Some(name.clone()),
            hint: Some(hint),
        })
    }
}

fn pause(verdict: &Verdict) -> Option<Pause> {
    let Verdict::Paused {
        hook,
        stage,
        expires_at,
        then,
    } = verdict
    else {
        return None;
    };
    Some(Pause {
        hook_id: hook.clone(),
        stage: stage.clone(),
        expires_at: expires_at.map(|at| at.to_string()),
        timeout_action: then.clone(),
    })
}

/// A stable name for scripts.
fn code(verdict: &Verdict) -> Option<&'static str> {
    Some(match verdict {
        Verdict::Stable { .. } | Verdict::Deployed { .. } | Verdict::Unchanged { .. } => return None,
        Verdict::RolledBack { complete: true, .. } => "rolled-back",
        Verdict::RolledBack { complete: false, .. } => "rolling-back",
        Verdict::Failed { how, .. } => match how {
            FailureKind::GivenUp => "rollout-failed",
            FailureKind::CrashLoop { .. } => "crash-loop",
            FailureKind::CrashedAfter => "crashed-after-completion",
            FailureKind::RollbackFailed => "rollback-failed",
            FailureKind::ServiceGone => "service-gone",
        },
        Verdict::Absent { .. } => "no-such-service",
        Verdict::Stopped { .. } => "deployment-stopped",
        Verdict::Superseded { .. } => "superseded",
        Verdict::Paused { .. } => "paused",
        Verdict::TimedOut { .. } => "timed-out",
    })
}

fn summary(aim: &Aim, figures: &Figures, verdict: &Verdict) -> String {
    let name = &aim.service;
    let now = figures.definition.as_deref().unwrap_or("its task definition");
    let asked = aim.short_definition().unwrap_or(now);
    let image = aim
        .image
        .as_deref()
        .map(|image| format!(" ({})", short_image(image)))
        .unwrap_or_default();
    let counts = counts(figures);
    if let (Verdict::Stable { .. }, Some(from)) = (verdict, aim.scaled_from) {
        let running = figures.running.or(aim.desired).unwrap_or(0);
        return format!("{name} runs {} of {asked}, {from} before", tasks(running));
    }
    match verdict {
        Verdict::Stable { exercised: true } => format!("{name} runs {asked}{image}"),
        Verdict::Stable { exercised: false } => {
            format!("{name} is set to {asked}{image}; no task is desired, so none was tried")
        }
        Verdict::Deployed { .. } => {
            format!("{name}: {asked}{image} has the traffic; old tasks may still be leaving")
        }
        Verdict::Unchanged { exercised: true } => format!("{name}: nothing to do, {asked} runs{counts}"),
        Verdict::Unchanged { exercised: false } => format!("{name}: nothing to do; no task is desired"),
        Verdict::RolledBack { to, complete, .. } => {
            let to = to.as_deref().unwrap_or("an older revision");
            match (complete, to == asked) {
                // `wait` that began in the middle of a rollback knows the older revision only.
                (true, true) => {
                    format!("{name}: the deployment failed and was rolled back; {to} runs{counts}")
                }
                (true, false) => format!("{name}: {asked} failed and was rolled back; {to} runs{counts}"),
                (false, _) => {
                    format!("{name}: {asked} failed; the rollback to {to} was not over when last seen")
                }
            }
        }
        Verdict::Failed { how, .. } => match how {
            FailureKind::GivenUp => format!("{name}: {asked} failed, and ECS gave it up without a rollback"),
            FailureKind::CrashLoop { failed } => {
                format!("{name}: {asked} failed: {failed} tasks stopped and none worked; ECS goes on trying")
            }
            FailureKind::CrashedAfter => format!("{name}: {asked} was up, then its tasks crashed"),
            FailureKind::RollbackFailed => format!("{name}: {asked} failed, and so did the rollback"),
            FailureKind::ServiceGone => format!("{name}: there is no such service any more"),
        },
        Verdict::Absent { .. } => format!("{name}: there is no such service"),
        Verdict::Stopped { .. } => format!("{name}: the deployment of {asked} was stopped"),
        Verdict::Superseded { definition, at, .. } => {
            let by = definition
                .as_deref()
                .map(|it| format!(" of {it}"))
                .unwrap_or_default();
            let at = at.map(|at| format!(", started {at:.0}")).unwrap_or_default();
            format!("{name}: superseded by a newer deployment{by}{at}")
        }
        Verdict::Paused {
            hook,
            stage,
            expires_at,
            then,
            ..
        } => {
            let stage = stage.as_deref().map(|it| format!(" at {it}")).unwrap_or_default();
            let until = expires_at.map(|at| format!(" until {at:.0}")).unwrap_or_default();
            let then = match then.as_deref() {
                Some("ROLLBACK") => ", then rolled back",
                Some("CONTINUE") => ", then continued",
                _ => "",
            };
            format!("{name}: paused{stage} by hook {hook}, waiting for approval{until}{then}")
        }
        Verdict::TimedOut {
            after, waiting_for, ..
        } => format!(
            "{name}: still in progress after {}, waiting for {waiting_for}; it goes on without ecsctl",
            short_duration(*after)
        ),
    }
}

fn tasks(count: u64) -> String {
    match count {
        0 => "no tasks".to_owned(),
        1 => "1 task".to_owned(),
        count => format!("{count} tasks"),
    }
}

fn counts(figures: &Figures) -> String {
    match (figures.running, figures.desired) {
        (Some(running), Some(desired)) => format!(" ({running} of {desired} running)"),
        _ => String::new(),
    }
}

/// `acme/web@sha256:1f0c2a91` of a whole image reference: no registry, eight digits of the digest.
fn short_image(image: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Service;
    use serde_json::json;

    fn aim() -> Aim {
        Aim {
            definition: Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:43".to_owned()),
            image: Some("localhost:5000/acme/web@sha256:1f0c2a91ffff".to_owned()),
            ..Aim::new("web", Target::InFlight)
        }
    }

    #[test]
    fn images_lose_their_registry_and_keep_their_name() {
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
        let figures = Figures {
            definition: Some("web:42".to_owned()),
            deployment: None,
            running: Some(3),
            desired: Some(3),
        };
        Watched::new(&aim(), &figures, Vec::new(), verdict).summary
    }

    #[test]
    fn every_verdict_has_its_line() {
        let time = "2026-01-02T14:10:02.5Z".parse().ok();
        let failed = |how| Verdict::Failed { how, reason: None };
        let back = |complete| Verdict::RolledBack {
            to: Some("web:42".into()),
            complete,
            reason: None,
        };
        let rows = [
            (
                Verdict::Stable { exercised: true },
                "web runs web:43 (acme/web@sha256:1f0c2a91)",
            ),
            (
                Verdict::Stable { exercised: false },
                "web is set to web:43 (acme/web@sha256:1f0c2a91); no task is desired, so none was tried",
            ),
            (
                Verdict::Deployed { exercised: true },
                "web: web:43 (acme/web@sha256:1f0c2a91) has the traffic; old tasks may still be leaving",
            ),
            (
                Verdict::Unchanged { exercised: true },
                "web: nothing to do, web:43 runs (3 of 3 running)",
            ),
            (
                Verdict::Unchanged { exercised: false },
                "web: nothing to do; no task is desired",
            ),
            (
                back(true),
                "web: web:43 failed and was rolled back; web:42 runs (3 of 3 running)",
            ),
            (
                back(false),
                "web: web:43 failed; the rollback to web:42 was not over when last seen",
            ),
            (
                failed(FailureKind::GivenUp),
                "web: web:43 failed, and ECS gave it up without a rollback",
            ),
            (
                failed(FailureKind::CrashLoop { failed: 3 }),
                "web: web:43 failed: 3 tasks stopped and none worked; ECS goes on trying",
            ),
            (
                failed(FailureKind::CrashedAfter),
                "web: web:43 was up, then its tasks crashed",
            ),
            (
                failed(FailureKind::RollbackFailed),
                "web: web:43 failed, and so did the rollback",
            ),
            (
                failed(FailureKind::ServiceGone),
                "web: there is no such service any more",
            ),
            (
                Verdict::Absent { draining: false },
                "web: there is no such service",
            ),
            (
                Verdict::Stopped { reason: None },
                "web: the deployment of web:43 was stopped",
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
                },
                "web: still in progress after 15m 03s, waiting for 1 of 3 tasks running; it goes on without ecsctl",
            ),
        ];
        for (verdict, expected) in rows {
            assert_eq!(line(verdict), expected);
        }
    }

    #[test]
    fn nothing_to_change_is_judged_by_what_is_there() {
        let look = |state: &str, running: u64| {
            Snapshot::of(Some(Service::read(
                &json!({"serviceName": "web", "status": "ACTIVE", "deployments": [{"id": "ecs-svc/2", "status": "PRIMARY",
                "rolloutState": state, "runningCount": running, "desiredCount": 2, "taskDefinition": "x/web:43",
                "rolloutStateReason": "AWS's words"}]}),
            )))
        };
        let Stand::Ended(sound) = stand(aim(), &look("COMPLETED", 2)) else {
            panic!()
        };
        assert_eq!((sound.exit(), sound.error()), (Exit::Done, None));
        assert_eq!(sound.outcome.running, Some(2));
        let Stand::Ended(broken) = stand(aim(), &look("FAILED", 0)) else {
            panic!()
        };
        assert_eq!(broken.exit(), Exit::Rollout);
        let error = broken.error().unwrap();
        assert!(error.message.ends_with("AWS: AWS's words") && error.hint.unwrap().contains("--force"));
        let Stand::Watch(attach) = stand(aim(), &look("IN_PROGRESS", 1)) else {
            panic!()
        };
        assert_eq!(attach.target, Target::Restored);
    }
}
