//! A rollout to roll back: what to do with it, and its result after the rollback.

use super::error::RollbackError;
use super::target::{RollbackMethod, RollbackPlan};
use crate::ecs::RollbackInitiator;
use crate::engine::UnfinishedService;
use crate::engine::watch::{ServiceResult, WatchProgress};
use crate::model::{TaskFailure, short_definition};
use crate::verdict::{FailureKind, Verdict, WatchRequest, WatchTarget, words_only};

/// A rollout to roll back.
#[derive(Clone)]
pub struct RollbackCandidate {
    /// What was watched, and how far it got.
    pub progress: WatchProgress,
    /// Its result if it failed; None if a user requested the rollback.
    pub failed: Option<ServiceResult>,
    /// The revision that the rollback restores, once known: `web:42`.
    to: Option<String>,
}

/// What to do with a rollback candidate.
#[derive(Debug)]
pub(super) enum RollbackDecision {
    /// Roll it back.
    RollBack(Box<RollbackPlan>),
    /// ECS or another user is already rolling it back or replacing it: watch until that ends.
    Watch(Box<WatchRequest>),
    /// This run started nothing that can be rolled back.
    Leave,
}

/// Whether a rollback helps: the revision failed, and ECS didn't replace it.
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
    /// A rollout whose rollback a user requested.
    pub fn requested(progress: WatchProgress) -> Self {
        Self {
            progress,
            failed: None,
            to: None,
        }
    }

    /// A rollout that failed.
    pub fn failed(request: &WatchRequest, result: &ServiceResult) -> Self {
        Self {
            failed: Some(result.clone()),
            ..Self::requested(WatchProgress {
                failures: result.outcome.failures.clone(),
                ..WatchProgress::unseen(request.clone())
            })
        }
    }

    /// The candidate for a rollout with this result, if it should be rolled back: a failed one if
    /// `on_failure` is set or a user requested the rollback, one still in progress only if a user requested
    /// it.
    pub fn of_result(
        request: &WatchRequest,
        result: &ServiceResult,
        on_failure: bool,
        is_requested: bool,
    ) -> Option<Self> {
        let is_in_progress = matches!(result.verdict, Verdict::TimedOut { .. } | Verdict::Paused { .. });
        if is_left_in_place(&result.verdict) && (on_failure || is_requested) {
            Some(Self::failed(request, result))
        } else if is_in_progress && is_requested {
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

    /// Whether this run started a deployment of a different revision. Otherwise this run has no older
    /// revision to return to, and only a deployment in progress can be rolled back.
    pub fn is_of_this_run(&self) -> bool {
        let before = self.request().before.as_deref().map(short_definition);
        let is_other_revision = before.is_none() || before != self.request().short_definition();
        let request = self.request();
        let is_started = match request.target {
            WatchTarget::Started { .. } => true,
            WatchTarget::CodeDeploy { .. } => !request.attached,
            _ => false,
        };
        is_started && is_other_revision
    }

    /// Decides what to do, given the rollback plan that was found and the service's current revision
    /// (`runs`). Only the deployment that failed, or that the user saw when requesting the rollback, is
    /// rolled back.
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

    /// Watches the candidate's own deployment again.
    fn watch_again(&self) -> Option<RollbackDecision> {
        let target = match &self.request().target {
            WatchTarget::InFlight | WatchTarget::Unidentified { .. } => self.progress.in_progress.clone()?,
            WatchTarget::Restored => return None,
            target => target.clone(),
        };
        Some(RollbackDecision::Watch(Box::new(WatchRequest {
            target,
            undoing: true,
            takes_turns: false,
            ..self.request().clone()
        })))
    }

    /// Takes the revisions from the plan: `ecsctl wait` may not know which revision it watches.
    pub(super) fn learn(&mut self, plan: &RollbackPlan) {
        let definition = &mut self.progress.request.definition;
        *definition = definition.take().or_else(|| plan.from.clone());
        self.to = plan.to.as_deref().map(|it| short_definition(it).to_owned());
    }

    /// The candidate as an unfinished service: it continues without being watched.
    pub fn unfinished(&self) -> UnfinishedService {
        UnfinishedService::unwatched(&self.progress)
    }

    /// Its result if this run did not roll it back.
    pub fn result(&self, end: &ServiceResult) -> ServiceResult {
        let failures = merged(self.progress.failures.clone(), &end.outcome.failures);
        let again = end.judged(self.request(), failures, end.verdict.clone());
        again
            .with_alarms(&end.outcome.alarms)
            .with_action_log(&end.outcome.action_log)
    }

    /// Its result after the rollback: never a success, even if the rollback succeeded.
    pub fn rolled_back(&self, back: &ServiceResult) -> ServiceResult {
        let verdict = self.verdict(back);
        let failed = self.failed.as_ref().map(|end| &end.outcome);
        let alarms = failed.map_or(&[][..], |outcome| &outcome.alarms);
        let mut logged = failed.map_or_else(Vec::new, |outcome| outcome.action_log.clone());
        logged.extend_from_slice(&back.outcome.action_log);
        let words = self
            .failed
            .is_none()
            .then(|| self.requested_summary(&verdict))
            .flatten();
        let failures = merged(self.progress.failures.clone(), &back.outcome.failures);
        let end = back.judged(self.request(), failures, verdict);
        let mut end = end.with_alarms(alarms).with_action_log(&logged);
        end.summary = words.unwrap_or(end.summary);
        end
    }

    /// Its verdict, given the rollback's result.
    fn verdict(&self, back: &ServiceResult) -> Verdict {
        let failed = self.failed.as_ref().and_then(|end| end.verdict.reason());
        // The rollback's own reason first: it says why the service is not restored.
        let reason = back.verdict.reason().or(failed).map(str::to_owned);
        match &back.verdict {
            Verdict::Stable { .. }
            | Verdict::Protected { .. }
            | Verdict::Deployed { .. }
            | Verdict::Unchanged { .. } => Verdict::RolledBack {
                to: back.outcome.task_definition.clone(),
                complete: true,
                by: RollbackInitiator::Failure,
                reason: failed.map(str::to_owned),
            },
            Verdict::TimedOut { .. }
            | Verdict::Paused { .. }
            | Verdict::RolledBack { complete: false, .. } => Verdict::RolledBack {
                to: self.to.clone(),
                complete: false,
                by: RollbackInitiator::Failure,
                reason,
            },
            Verdict::Superseded { definition, at, .. } if self.failed.is_some() => {
                Verdict::FailedThenSuperseded {
                    by: RollbackInitiator::Failure,
                    definition: definition.clone(),
                    at: *at,
                    reason,
                }
            }
            // A rollback takes no turns.
            Verdict::Superseded { .. }
            | Verdict::CompletedThenSuperseded { .. }
            | Verdict::OutOfTurn { .. }
            | Verdict::FailedThenSuperseded { .. }
            | Verdict::Absent { .. }
            | Verdict::Failed {
                how: FailureKind::ServiceGone,
                ..
            } => back.verdict.clone(),
            // The previous revision is not running, or not all of its tasks are.
            Verdict::Failed { .. } | Verdict::Stopped { .. } | Verdict::RolledBack { complete: true, .. } => {
                Verdict::Failed {
                    how: FailureKind::RollbackFailed,
                    reason,
                }
            }
        }
    }

    /// The summary if a user requested the rollback: the rollout may not have failed.
    fn requested_summary(&self, verdict: &Verdict) -> Option<String> {
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

/// Merges the failures explained before the rollback with those seen during it, which include the same tasks.
fn merged(mut known: Vec<TaskFailure>, seen: &[TaskFailure]) -> Vec<TaskFailure> {
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

/// Whether two failures are of one kind: they differ only in numbers and ids.
fn is_alike(one: &TaskFailure, other: &TaskFailure) -> bool {
    let words = |it: &TaskFailure| it.said().map(words_only);
    let target = |it: &TaskFailure| it.target.as_ref().map(|it| (it.id.clone(), it.port));
    (&one.container, one.exit_code, words(one)) == (&other.container, other.exit_code, words(other))
        && (one.task_id.is_some() || target(one) == target(other))
}

#[cfg(test)]
mod tests;
