//! A rollout that is to be undone: how, and what came of it in words.

use crate::ecs::RollbackInitiator;
use crate::engine::rollback::{RollbackError, RollbackMethod, RollbackPlan};
use crate::engine::watch::{Left, ServiceResult};
use crate::model::TaskFailure;
use crate::model::short_definition;
use crate::verdict::{FailureKind, Verdict, WatchRequest, WatchTarget, words_only};

use super::ends::Open;

/// A rollout that is to be undone.
#[derive(Clone)]
pub(super) struct Undo {
    /// What it was watched for, and the revision that was seen.
    pub aim: WatchRequest,
    /// Its end, where it failed; None where a person chose to go back.
    pub failed: Option<ServiceResult>,
    failures: Vec<TaskFailure>,
    /// The deployment that was under way, where one was seen.
    under_way: Option<WatchTarget>,
    /// What it goes back to, once that is known: `web:42`.
    to: Option<String>,
}

/// What is to be done about a rollout that is to be undone.
#[derive(Debug)]
pub(super) enum Course {
    /// Back.
    Back(Box<RollbackPlan>),
    /// ECS, or somebody, has done something about it already: it is watched for this to its end.
    Judge(Box<WatchRequest>),
    /// There is nothing of this run to undo.
    Leave,
}

/// Whether going back is what helps: the revision failed, and ECS leaves it in place.
pub(super) fn is_undoable(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Failed {
            how: FailureKind::GivenUp | FailureKind::CrashLoop { .. } | FailureKind::CrashedAfter,
            ..
        }
    )
}

impl Undo {
    /// What a person wants undone.
    pub fn chosen(left: Left) -> Self {
        Self {
            aim: left.aim,
            failures: left.failures,
            under_way: left.under_way,
            failed: None,
            to: None,
        }
    }

    /// What failed.
    pub fn failed(aim: &WatchRequest, end: &ServiceResult) -> Self {
        Self {
            failures: end.outcome.failures.clone(),
            failed: Some(end.clone()),
            ..Self::chosen(Left::unseen(aim.clone()))
        }
    }

    /// Whether this run began a deployment of another revision. Otherwise an older one is nobody's wish, and only what is
    /// in flight can be undone.
    pub fn is_of_this_run(&self) -> bool {
        let before = self.aim.before.as_deref().map(short_definition);
        let is_another = before.is_none() || before != self.aim.short_definition();
        matches!(self.aim.target, WatchTarget::Started { .. }) && is_another
    }

    /// What to do, by the way back that was found, and by what the service is set to now. Undone is only what failed, or
    /// what a person saw when they chose to go back.
    pub fn course(
        &self,
        found: Result<Option<RollbackPlan>, RollbackError>,
        runs: Option<&str>,
    ) -> Result<Course, RollbackError> {
        let is_asked = |runs: Option<&str>| match (self.aim.short_definition(), runs.map(short_definition)) {
            (Some(asked), Some(runs)) => asked == runs,
            _ => true,
        };
        match found {
            Ok(Some(leg)) if matches!(leg.way, RollbackMethod::Await(_)) => {
                Ok(self.judge().unwrap_or_else(|| {
                    let aim = self.aim.clone();
                    Course::Judge(Box::new(aim))
                }))
            }
            Ok(Some(leg)) if is_asked(leg.from.as_deref()) => Ok(Course::Back(Box::new(leg))),
            Err(error @ RollbackError::Aws(_)) => Err(error),
            Err(error) if is_asked(runs) => Err(error),
            Ok(None) if is_asked(runs) => Ok(Course::Leave),
            _ => Ok(self.judge().unwrap_or(Course::Leave)),
        }
    }

    /// Watched once more, for the deployment that it was about.
    fn judge(&self) -> Option<Course> {
        let target = match &self.aim.target {
            WatchTarget::InFlight => self.under_way.clone()?,
            WatchTarget::Restored => return None,
            target => target.clone(),
        };
        Some(Course::Judge(Box::new(WatchRequest {
            target,
            undoing: true,
            ..self.aim.clone()
        })))
    }

    /// What failed, as far as it was told.
    pub fn failures(&self) -> &[TaskFailure] {
        &self.failures
    }

    /// `wait` may not know what it watches: the way back does.
    pub fn of(mut self, leg: &RollbackPlan) -> Self {
        self.aim.definition = self.aim.definition.or_else(|| leg.from.clone());
        self.to = leg.to.as_deref().map(|it| short_definition(it).to_owned());
        self
    }

    /// It goes on.
    pub fn open(self) -> Open {
        Open::left(&Left {
            aim: self.aim,
            under_way: self.under_way,
            failures: self.failures,
        })
    }

    /// The end that it came to without us.
    pub fn seen_again(self, end: &ServiceResult) -> ServiceResult {
        let failures = together(self.failures, &end.outcome.failures);
        let again = end.judged(&self.aim, failures, end.verdict.clone());
        again.with_alarms(&end.outcome.alarms)
    }

    /// The end of a deploy that was undone: a rollback, which is no success however well it went.
    pub fn undone(self, back: &ServiceResult) -> ServiceResult {
        let verdict = self.verdict(back);
        let alarms = self.failed.as_ref().map(|end| end.outcome.alarms.as_slice());
        let words = self.failed.is_none().then(|| self.in_words(&verdict)).flatten();
        let failures = together(self.failures, &back.outcome.failures);
        let end = back.judged(&self.aim, failures, verdict);
        let mut end = end.with_alarms(alarms.unwrap_or_default());
        end.summary = words.unwrap_or(end.summary);
        end
    }

    /// What became of it, by how the way back ended.
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
            // What was to run again doesn't, or is not all up.
            Verdict::Failed { .. } | Verdict::Stopped { .. } | Verdict::RolledBack { complete: true, .. } => {
                Verdict::Failed {
                    how: FailureKind::RollbackFailed,
                    reason,
                }
            }
        }
    }

    /// In one line, where a person chose it: it need not have failed.
    fn in_words(&self, verdict: &Verdict) -> Option<String> {
        let name = &self.aim.service;
        let asked = self.aim.short_definition().unwrap_or("the deployment");
        let to = |to: &Option<String>| to.clone().unwrap_or_else(|| "what ran before".to_owned());
        match verdict {
            Verdict::RolledBack {
                to: runs,
                complete: true,
                ..
            } => {
                let runs = to(runs);
                Some(format!(
                    "{name}: {asked} was rolled back as you chose; {runs} runs again"
                ))
            }
            Verdict::RolledBack {
                to: back,
                complete: false,
                ..
            } => {
                let back = to(back);
                Some(format!(
                    "{name}: {asked} is rolled back as you chose; that to {back} was not over when last seen"
                ))
            }
            Verdict::Failed {
                how: FailureKind::RollbackFailed,
                ..
            } => {
                let back = to(&self.to);
                Some(format!(
                    "{name}: the rollback of {asked} to {back}, which you chose, failed"
                ))
            }
            _ => None,
        }
    }
}

/// What was explained before the way back, with what was seen on it: the same tasks are seen again there.
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
