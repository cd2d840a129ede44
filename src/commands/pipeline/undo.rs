//! Rollouts that are undone as they come: each is surveyed, taken back, and told as a rollout that was undone.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::ready;
use std::sync::Mutex;

use futures_util::StreamExt;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_stream::wrappers::UnboundedReceiverStream;

use super::ends::{Ends, Open};
use super::follow::Follow;
use super::retreat::Retreat;
use crate::diagnostic::Failure;
use crate::engine::back::{BackError, Leg, Request, survey};
use crate::engine::presence::Presence;
use crate::engine::rollout::{Left, Watched};
use crate::exit::Exit;
use crate::model::{Event, RolloutEvent, TaskFailure, Value};
use crate::verdict::{Aim, FailureKind, Undoer, Verdict, short_definition, words_only};

/// Surveys that go side by side: of many services that are undone together, the reads come a few at a time.
const SURVEYS: usize = 10;

/// A rollout that is to be undone.
pub(super) struct Undo {
    aim: Aim,
    failures: Vec<TaskFailure>,
    /// Its end, where it failed; None where a person chose to go back.
    failed: Option<Watched>,
    /// What it goes back to, once that is known: `web:42`.
    to: Option<String>,
}

impl Follow<'_> {
    /// Takes back what comes, until nothing more does.
    pub(super) async fn undo(&self, undos: UnboundedReceiver<Undo>) -> Ends {
        let (ends, going) = (RefCell::new(Ends::default()), RefCell::new(Vec::new()));
        let told = Mutex::default();
        let sink = |event: Event| {
            if !is_told(&event, &told) {
                self.sink.emit(event);
            }
        };
        let legs = UnboundedReceiverStream::new(undos)
            .map(async |it| (self.survey(&it.aim.service).await, it))
            .buffer_unordered(SURVEYS)
            .filter_map(|(leg, it)| {
                let leg = match leg.and_then(|leg| it.is_up_to_date(leg)) {
                    Ok(leg) => {
                        remember(&it.failures, &told);
                        going.borrow_mut().push(it.of(&leg));
                        Some(leg)
                    }
                    Err(failure) => {
                        self.stays(it, failure, &mut ends.borrow_mut());
                        None
                    }
                };
                ready(leg)
            });
        let over = |back: Watched| {
            let mut going = going.borrow_mut();
            if let Some(at) = going
                .iter()
                .position(|it: &Undo| it.aim.service == back.outcome.name)
            {
                self.tell(going.swap_remove(at).undone(&back), &mut ends.borrow_mut());
            }
        };
        let retreat = Retreat {
            aws: self.aws,
            cluster: self.cluster,
            wait: self.wait,
            sink: &sink,
            context: self.context,
            verb: "rollback",
        };
        let went = retreat.go(legs, &over).await;
        let mut ends = ends.into_inner();
        ends.failures.extend(went.failures);
        // The failures say why these did not get there; what is open is told as the rollout that was to be undone.
        for it in going.into_inner() {
            match it.failed {
                Some(failed) => self.tell(failed, &mut ends),
                None => ends.open.push(it.open()),
            }
        }
        ends
    }

    async fn survey(&self, name: &str) -> Result<Leg, Failure> {
        let reply = self
            .aws
            .describe_services(self.cluster, &[name.to_owned()])
            .await?;
        let service = Presence::in_reply(&reply, name).there();
        let request = Request {
            cluster: self.cluster,
            key: name,
            name,
            service: service.unwrap_or(&Value::Null),
            to: None,
        };
        Ok(survey(self.aws, request).await?)
    }

    /// There is no way back: what failed stays failed, and what a person wanted undone goes on.
    fn stays(&self, it: Undo, failure: Failure, ends: &mut Ends) {
        match it.failed {
            Some(failed) => {
                let error = failure.inner();
                self.sink.emit(Event::Warning {
                    resource: error.resource().map(|it| it.into_owned()),
                    message: format!("not rolled back: {failure}"),
                    hint: error.hint().map(|it| it.into_owned()),
                });
                self.tell(failed, ends);
            }
            None => {
                ends.failures.push(failure);
                ends.open.push(it.open());
            }
        }
    }

    fn tell(&self, end: Watched, ends: &mut Ends) {
        self.sink.emit(end.event());
        ends.watched.push(end);
    }
}

/// Tasks by id that were told to have stopped, and whether that was explained.
type Told = Mutex<HashMap<String, bool>>;

fn remember(failures: &[TaskFailure], told: &Told) {
    let Ok(mut told) = told.lock() else { return };
    told.extend(failures.iter().filter_map(|failure| {
        let is_explained = failure.log.is_some() || failure.cause.is_some();
        Some((failure.task_id.clone()?, is_explained))
    }));
}

/// Whether it tells of a task what was told before the way back.
fn is_told(event: &Event, told: &Told) -> bool {
    let Event::Rollout { event, .. } = event else {
        return false;
    };
    let (failure, is_explanation) = match event {
        RolloutEvent::Stopped { failure } => (failure, false),
        RolloutEvent::Explained { failure } => (failure, true),
        _ => return false,
    };
    let known = told.lock().ok().zip(failure.task_id.as_deref());
    let known = known.and_then(|(told, id)| told.get(id).copied());
    known.is_some_and(|is_explained| is_explained || !is_explanation)
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
            failed: None,
            to: None,
        }
    }

    /// What failed.
    pub fn failed(aim: &Aim, end: &Watched) -> Self {
        Self {
            aim: aim.clone(),
            failures: end.outcome.failures.clone(),
            failed: Some(end.clone()),
            to: None,
        }
    }

    /// Whether what would be undone is still what failed, or what a person saw when they chose to go back.
    fn is_up_to_date(&self, leg: Leg) -> Result<Leg, Failure> {
        let asked = self.aim.short_definition();
        let runs = leg.from.as_deref().map(short_definition);
        match (asked, runs) {
            (Some(asked), Some(runs)) if asked != runs => Err(BackError::Overtaken {
                service: self.aim.service.clone(),
                asked: asked.to_owned(),
                runs: runs.to_owned(),
            }
            .into()),
            _ => Ok(leg),
        }
    }

    /// `wait` doesn't know what it watches: the way back does.
    fn of(mut self, leg: &Leg) -> Self {
        self.aim.definition = self.aim.definition.or_else(|| leg.from.clone());
        self.to = leg.to.as_deref().map(|it| short_definition(it).to_owned());
        self
    }

    /// It goes on.
    fn open(self) -> Open {
        Open::left(&Left {
            aim: self.aim,
            failures: self.failures,
        })
    }

    /// The end of a deploy that was undone: a rollback, which is no success however well it went.
    fn undone(self, back: &Watched) -> Watched {
        let complete = back.exit() == Exit::Done;
        let failed = self.failed.as_ref().and_then(|end| end.verdict.reason());
        let reason = match complete {
            true => failed,
            // Why it isn't back is what is left to know.
            false => back.verdict.reason().or(failed),
        };
        let reason = reason.map(str::to_owned);
        let verdict = match back.verdict {
            Verdict::Failed {
                how: how @ FailureKind::RollbackFailed,
                ..
            } => Verdict::Failed { how, reason },
            _ => Verdict::RolledBack {
                to: match complete {
                    true => back.outcome.task_definition.clone(),
                    false => self.to,
                },
                complete,
                by: Undoer::Failure,
                reason,
            },
        };
        let failures = together(self.failures, &back.outcome.failures);
        let alarms = self.failed.as_ref().map(|end| end.outcome.alarms.as_slice());
        let end = back.judged(&self.aim, failures, verdict);
        let mut end = end.with_alarms(alarms.unwrap_or_default());
        if complete && self.failed.is_none() {
            let name = &self.aim.service;
            let asked = self.aim.short_definition().unwrap_or("the deployment");
            let runs = back
                .outcome
                .task_definition
                .as_deref()
                .unwrap_or("what ran before");
            end.summary = format!("{name}: {asked} was rolled back as you chose; {runs} runs again");
        }
        end
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
mod tests {
    use super::*;
    use crate::engine::back::Way;
    use crate::plan;
    use crate::verdict::Target;

    fn leg(from: Option<&str>) -> Leg {
        Leg {
            name: "web".to_owned(),
            service: Value::Null,
            way: Way::Stay,
            plan: plan::restored_by_ecs(("web", "web"), (None, None), (None, None)),
            from: from.map(str::to_owned),
            to: None,
            definition: None,
            warnings: Vec::new(),
        }
    }

    #[test]
    fn only_what_was_asked_for_is_undone() {
        let undo = |definition: Option<&str>| {
            Undo::chosen(Left {
                aim: Aim {
                    definition: definition.map(str::to_owned),
                    ..Aim::new("web", Target::InFlight)
                },
                failures: Vec::new(),
            })
        };
        let rows = [
            (
                Some("web:43"),
                Some("arn:aws:ecs:r:1:task-definition/web:43"),
                true,
            ),
            (
                Some("web:43"),
                Some("arn:aws:ecs:r:1:task-definition/web:44"),
                false,
            ),
            (Some("web:43"), None, true),
            // `wait` was told of no revision.
            (None, Some("web:44"), true),
        ];
        for (asked, runs, expected) in rows {
            let found = undo(asked).is_up_to_date(leg(runs));
            assert_eq!(found.is_ok(), expected, "{asked:?} {runs:?}");
        }
    }
}
