//! What came of watching one service, in data and in words.

use jiff::SignedDuration;

use crate::exit::Exit;
use crate::model::{ErrorReport, ServiceOutcome, TaskFailure};
use crate::verdict::{Aim, FailureKind, Figures, Verdict, short_definition};

/// One service's end.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// For json.
    pub outcome: ServiceOutcome,
    /// The verdict.
    pub verdict: Verdict,
    /// One line for people.
    pub summary: String,
}

impl Watched {
    /// From a verdict and what was seen last.
    pub fn new(aim: &Aim, figures: &Figures, failures: &[TaskFailure], verdict: Verdict) -> Self {
        let ours_runs = matches!(
            verdict,
            Verdict::Stable { .. } | Verdict::Deployed { .. } | Verdict::Unchanged { .. }
        );
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
            failures: failures.to_vec(),
        };
        Self {
            summary: summary(aim, figures, &verdict),
            outcome,
            verdict,
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
            Verdict::TimedOut { .. } | Verdict::Paused { .. } => format!("ecsctl wait {name}"),
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
            format!("{name}: paused{stage}, waiting for approval{until}{then}")
        }
        Verdict::TimedOut {
            after, waiting_for, ..
        } => format!(
            "{name}: still in progress after {}, waiting for {waiting_for}; it goes on without ecsctl",
            short_duration(*after)
        ),
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
        None => short_definition(name).to_owned(),
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
