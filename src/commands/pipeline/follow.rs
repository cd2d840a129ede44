//! A rollout followed to its end, and beyond: back to what ran before, where a person chooses it on Ctrl-C or
//! `--rollback-on-failure` says so (design §5.8, §5.10).

use std::future::Future;

use super::Ends;
use super::retreat::{Endless, Retreat};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::engine::back::{BackError, Leg, Request, survey};
use crate::engine::presence::Presence;
use crate::engine::rollout::{Left, Stand, Watched};
use crate::exit::Exit;
use crate::model::{Ending, Event, Sink, TaskFailure, Value};
use crate::verdict::{Aim, FailureKind, Verdict, short_definition};

/// Follows rollouts in one cluster.
pub struct Follow<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// The cluster.
    pub cluster: &'a str,
    /// When to stop waiting.
    pub wait: &'a WaitOptions,
    /// Now, sleep, and Ctrl-C.
    pub context: &'a Context,
    /// Where events go.
    pub sink: &'a dyn Sink,
    /// Go back where a rollout fails and ECS does not roll it back.
    pub back_on_failure: bool,
}

/// A rollout that is to be undone.
struct Undo {
    aim: Aim,
    failures: Vec<TaskFailure>,
    /// Its end, where it failed; None where a person chose to go back.
    failed: Option<Watched>,
}

impl Follow<'_> {
    /// Begins each, and watches it to its end. While it does, Ctrl-C offers the way back.
    pub async fn to_the_end(
        &self,
        begin: impl IntoIterator<Item = impl Future<Output = Result<Stand, Failure>>>,
    ) -> Ends {
        let watched = Endless {
            sink: self.sink,
            passes: match self.back_on_failure {
                true => |ending| ending != Ending::Failed,
                false => |_| true,
            },
        };
        let mut ends = Ends::default();
        let followed = {
            let offered = self.context.offer_way_back();
            let sinks: (&dyn Sink, &dyn Sink) = (self.sink, &watched);
            ends.follow_until(self.aws, self.cluster, begin, sinks, offered.chosen())
                .await
        };
        let mut undo: Vec<Undo> = followed.left.into_iter().map(Undo::chosen).collect();
        if self.back_on_failure {
            undo.extend(self.failed(&followed.aims, &mut ends));
        }
        if !undo.is_empty() {
            self.undo(undo, &mut ends).await;
        }
        ends
    }

    /// Takes those out that failed and that going back would help. The ends of the others are told.
    fn failed(&self, aims: &[Aim], ends: &mut Ends) -> Vec<Undo> {
        let mut undo = Vec::new();
        for end in std::mem::take(&mut ends.watched) {
            let aim = aims.iter().find(|aim| aim.service == end.outcome.name);
            match aim {
                Some(aim) if is_undoable(&end.verdict) => undo.push(Undo::failed(aim, end)),
                Some(_) if end.outcome.outcome == Ending::Failed => {
                    self.sink.emit(end.event());
                    ends.watched.push(end);
                }
                _ => ends.watched.push(end),
            }
        }
        undo
    }

    async fn undo(&self, undo: Vec<Undo>, ends: &mut Ends) {
        let mut legs: Vec<Leg> = Vec::new();
        let mut going: Vec<Undo> = Vec::new();
        for mut it in undo {
            match self.survey(&it.aim.service).await {
                Ok(leg) => {
                    if let Some(overtaken) = overtaken(&it.aim, leg.from.as_deref()) {
                        self.stays(it, overtaken.into(), ends);
                        continue;
                    }
                    // `wait` doesn't know what it watches.
                    it.aim.definition = it.aim.definition.or_else(|| leg.from.clone());
                    legs.push(leg);
                    going.push(it);
                }
                Err(failure) => self.stays(it, failure, ends),
            }
        }
        let retreat = Retreat {
            aws: self.aws,
            cluster: self.cluster,
            wait: self.wait,
            sink: self.sink,
            clock: &self.context.clock,
            verb: "rollback",
        };
        let went = retreat.go(&legs).await;
        ends.failures.extend(went.failures);
        for it in going {
            let back = went.watched.iter().find(|end| end.outcome.name == it.aim.service);
            let end = match (back, it.failed.clone()) {
                (Some(back), _) => it.undone(back),
                // The failures say why it did not get there.
                (None, Some(failed)) => failed,
                (None, None) => continue,
            };
            self.sink.emit(end.event());
            ends.watched.push(end);
        }
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
                self.sink.emit(failed.event());
                ends.watched.push(failed);
            }
            None => ends.failures.push(failure),
        }
    }
}

/// Whether going back is what helps: the revision failed, and ECS leaves it in place.
fn is_undoable(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Failed {
            how: FailureKind::GivenUp | FailureKind::CrashLoop { .. } | FailureKind::CrashedAfter,
            ..
        }
    )
}

/// Whether what would be undone is no longer what failed, or what a person saw when they chose to go back: `from` is
/// what is deployed by now.
fn overtaken(aim: &Aim, from: Option<&str>) -> Option<BackError> {
    let (asked, runs) = (aim.short_definition()?, short_definition(from?));
    (asked != runs).then(|| BackError::Overtaken {
        service: aim.service.clone(),
        asked: asked.to_owned(),
        runs: runs.to_owned(),
    })
}

impl Undo {
    fn chosen(left: Left) -> Self {
        Self {
            aim: left.aim,
            failures: left.failures,
            failed: None,
        }
    }

    fn failed(aim: &Aim, end: Watched) -> Self {
        Self {
            aim: aim.clone(),
            failures: end.outcome.failures.clone(),
            failed: Some(end),
        }
    }

    /// The end of a deploy that was undone: a rollback, which is no success however well it went.
    fn undone(&self, back: &Watched) -> Watched {
        let reason = self
            .failed
            .as_ref()
            .and_then(|end| end.verdict.reason().map(str::to_owned));
        let complete = back.exit() == Exit::Done;
        let verdict = Verdict::RolledBack {
            to: back.outcome.task_definition.clone(),
            complete,
            reason,
        };
        let failures = match self.failures.is_empty() {
            true => back.outcome.failures.clone(),
            false => self.failures.clone(),
        };
        let mut end = back.judged(&self.aim, failures, verdict);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Target;

    #[test]
    fn only_what_was_asked_for_is_undone() {
        let aim = |definition: Option<&str>| Aim {
            definition: definition.map(str::to_owned),
            ..Aim::new("web", Target::InFlight)
        };
        let rows = [
            (
                Some("web:43"),
                Some("arn:aws:ecs:r:1:task-definition/web:43"),
                false,
            ),
            (
                Some("web:43"),
                Some("arn:aws:ecs:r:1:task-definition/web:44"),
                true,
            ),
            (Some("web:43"), None, false),
            // `wait` was told of no revision.
            (None, Some("web:44"), false),
        ];
        for (asked, runs, expected) in rows {
            let found = overtaken(&aim(asked), runs);
            assert_eq!(found.is_some(), expected, "{asked:?} {runs:?}");
        }
    }
}
