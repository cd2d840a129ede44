//! A rollout that is to be rolled back: what to do about it, and the result of a run in which it was.

use super::error::RollbackError;
use super::target::{RollbackMethod, RollbackPlan};
use crate::ecs::RollbackInitiator;
use crate::engine::UnfinishedService;
use crate::engine::watch::{ServiceResult, WatchProgress};
use crate::model::{TaskFailure, short_definition};
use crate::verdict::{FailureKind, Verdict, WatchRequest, WatchTarget, words_only};

/// A rollout that is to be rolled back.
#[derive(Clone)]
pub struct RollbackCandidate {
    /// What it was watched for, and how far it had come.
    pub progress: WatchProgress,
    /// Its result, where it failed; None where a user requested the rollback.
    pub failed: Option<ServiceResult>,
    /// What it is rolled back to, once that is known: `web:42`.
    to: Option<String>,
}

/// What is to be done about a rollout that is to be rolled back.
#[derive(Debug)]
pub(super) enum RollbackDecision {
    /// Roll it back.
    RollBack(Box<RollbackPlan>),
    /// ECS, or somebody, is doing something about it already: watch that to its end.
    Watch(Box<WatchRequest>),
    /// There is nothing of this run to roll back.
    Leave,
}

/// Whether a rollback helps: the revision failed, and ECS leaves it in place.
fn is_left_in_place(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Failed {
            how: FailureKind::GivenUp | FailureKind::CrashLoop { .. } | FailureKind::CrashedAfter,
            ..
        }
    )
}

impl RollbackCandidate {
    /// One that a user wants rolled back.
    pub fn requested(progress: WatchProgress) -> Self {
        Self {
            progress,
            failed: None,
            to: None,
        }
    }

    /// One that failed.
    pub fn failed(request: &WatchRequest, result: &ServiceResult) -> Self {
        Self {
            failed: Some(result.clone()),
            ..Self::requested(WatchProgress {
                failures: result.outcome.failures.clone(),
                ..WatchProgress::unseen(request.clone())
            })
        }
    }

    /// A rollout that ended so, where it is to be rolled back: one that failed, if that is asked for (`on_failure`) or a
    /// user requested it, and one that goes on, if a user requested it.
    pub fn of_result(
        request: &WatchRequest,
        result: &ServiceResult,
        on_failure: bool,
        is_requested: bool,
    ) -> Option<Self> {
        let goes_on = matches!(result.verdict, Verdict::TimedOut { .. } | Verdict::Paused { .. });
        if is_left_in_place(&result.verdict) && (on_failure || is_requested) {
            Some(Self::failed(request, result))
        } else if goes_on && is_requested {
            Some(Self::requested(WatchProgress {
                failures: result.outcome.failures.clone(),
                ..WatchProgress::unseen(request.clone())
            }))
        } else {
            None
        }
    }

    fn request(&self) -> &WatchRequest {
        &self.progress.request
    }

    /// Whether this run started a deployment of another revision. Otherwise nobody asked for an older one, and only what is
    /// in progress can be rolled back.
    pub fn is_of_this_run(&self) -> bool {
        let before = self.request().before.as_deref().map(short_definition);
        let is_another = before.is_none() || before != self.request().short_definition();
        matches!(self.request().target, WatchTarget::Started { .. }) && is_another
    }

    /// What to do, by the rollback plan that was found, and by what the service is set to now. Rolled back is only what
    /// failed, or what a user saw when they requested the rollback.
    pub fn course(
        &self,
        found: Result<Option<RollbackPlan>, RollbackError>,
        runs: Option<&str>,
    ) -> Result<RollbackDecision, RollbackError> {
        let is_asked =
            |runs: Option<&str>| match (self.request().short_definition(), runs.map(short_definition)) {
                (Some(asked), Some(runs)) => asked == runs,
                _ => true,
            };
        match found {
            Ok(Some(plan)) if matches!(plan.method, RollbackMethod::Await(_)) => {
                let request = || RollbackDecision::Watch(Box::new(self.request().clone()));
                Ok(self.watch_again().unwrap_or_else(request))
            }
            Ok(Some(plan)) if is_asked(plan.from.as_deref()) => {
                Ok(RollbackDecision::RollBack(Box::new(plan)))
            }
            Err(error @ RollbackError::Aws(_)) => Err(error),
            Err(error) if is_asked(runs) => Err(error),
            Ok(None) if is_asked(runs) => Ok(RollbackDecision::Leave),
            _ => Ok(self.watch_again().unwrap_or(RollbackDecision::Leave)),
        }
    }

    /// Watched once more, for the deployment that it was about.
    fn watch_again(&self) -> Option<RollbackDecision> {
        let target = match &self.request().target {
            WatchTarget::InFlight => self.progress.in_progress.clone()?,
            WatchTarget::Restored => return None,
            target => target.clone(),
        };
        Some(RollbackDecision::Watch(Box::new(WatchRequest {
            target,
            undoing: true,
            ..self.request().clone()
        })))
    }

    /// `wait` may not know what it watches: the rollback's plan does.
    pub(super) fn learn(&mut self, plan: &RollbackPlan) {
        let definition = &mut self.progress.request.definition;
        *definition = definition.take().or_else(|| plan.from.clone());
        self.to = plan.to.as_deref().map(|it| short_definition(it).to_owned());
    }

    /// It goes on unwatched.
    pub fn unfinished(&self) -> UnfinishedService {
        UnfinishedService::unwatched(&self.progress)
    }

    /// Its result, where it was not rolled back by this run.
    pub fn result(&self, end: &ServiceResult) -> ServiceResult {
        let failures = together(self.progress.failures.clone(), &end.outcome.failures);
        let again = end.judged(self.request(), failures, end.verdict.clone());
        again.with_alarms(&end.outcome.alarms)
    }

    /// Its result after the rollback, which is no success however well that went.
    pub fn rolled_back(&self, back: &ServiceResult) -> ServiceResult {
        let verdict = self.verdict(back);
        let alarms = self.failed.as_ref().map(|end| end.outcome.alarms.as_slice());
        let words = self.failed.is_none().then(|| self.in_words(&verdict)).flatten();
        let failures = together(self.progress.failures.clone(), &back.outcome.failures);
        let end = back.judged(self.request(), failures, verdict);
        let mut end = end.with_alarms(alarms.unwrap_or_default());
        end.summary = words.unwrap_or(end.summary);
        end
    }

    /// Its verdict, by how the rollback ended.
    fn verdict(&self, back: &ServiceResult) -> Verdict {
        let failed = self.failed.as_ref().and_then(|end| end.verdict.reason());
        // Why it isn't back is what is left to know.
        let reason = back.verdict.reason().or(failed).map(str::to_owned);
        match &back.verdict {
            Verdict::Stable { .. } | Verdict::Deployed { .. } | Verdict::Unchanged { .. } => {
                Verdict::RolledBack {
                    to: back.outcome.task_definition.clone(),
                    complete: true,
                    by: RollbackInitiator::Failure,
                    reason: failed.map(str::to_owned),
                }
            }
            Verdict::TimedOut { .. }
            | Verdict::Paused { .. }
            | Verdict::RolledBack { complete: false, .. } => Verdict::RolledBack {
                to: self.to.clone(),
                complete: false,
                by: RollbackInitiator::Failure,
                reason,
            },
            Verdict::Superseded { .. }
            | Verdict::Absent { .. }
            | Verdict::Failed {
                how: FailureKind::ServiceGone,
                ..
            } => back.verdict.clone(),
            // What was to run again doesn't, or not all of it.
            Verdict::Failed { .. } | Verdict::Stopped { .. } | Verdict::RolledBack { complete: true, .. } => {
                Verdict::Failed {
                    how: FailureKind::RollbackFailed,
                    reason,
                }
            }
        }
    }

    /// One line, where a user requested the rollback: it need not have failed.
    fn in_words(&self, verdict: &Verdict) -> Option<String> {
        let name = &self.request().service;
        let asked = self.request().short_definition().unwrap_or("the deployment");
        let to = |to: &Option<String>| to.clone().unwrap_or_else(|| "the previous revision".to_owned());
        match verdict {
            Verdict::RolledBack {
                to: runs,
                complete: true,
                ..
            } => {
                let runs = to(runs);
                Some(format!(
                    "{name}: {asked} was rolled back at your request; {runs} runs again"
                ))
            }
            Verdict::RolledBack {
                to: back,
                complete: false,
                ..
            } => {
                let back = to(back);
                Some(format!(
                    "{name}: the rollback of {asked} to {back} that you requested is still in progress"
                ))
            }
            Verdict::Failed {
                how: FailureKind::RollbackFailed,
                ..
            } => {
                let back = to(&self.to);
                Some(format!(
                    "{name}: the rollback of {asked} to {back} that you requested failed"
                ))
            }
            _ => None,
        }
    }
}

/// What was explained before the rollback, with what was seen during it: the same tasks are seen again.
fn together(mut known: Vec<TaskFailure>, seen: &[TaskFailure]) -> Vec<TaskFailure> {
    for failure in seen {
        match known.iter_mut().find(|it| is_alike(it, failure)) {
            Some(known) => {
                known.count = known.count.max(failure.count);
                known.log = known.log.take().or_else(|| failure.log.clone());
                known.cause = known.cause.take().or_else(|| failure.cause.clone());
            }
            None => known.push(failure.clone()),
        }
    }
    known
}

/// Whether both are of one kind: they read alike but for numbers and ids.
fn is_alike(one: &TaskFailure, other: &TaskFailure) -> bool {
    let words = |it: &TaskFailure| it.said().map(words_only);
    let target = |it: &TaskFailure| it.target.as_ref().map(|it| (it.id.clone(), it.port));
    (&one.container, one.exit_code, words(one)) == (&other.container, other.exit_code, words(other))
        && (one.task_id.is_some() || target(one) == target(other))
}

#[cfg(test)]
mod tests;
