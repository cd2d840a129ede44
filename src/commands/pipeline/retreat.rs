//! Services on their way back: the calls, and the watch until what ran before runs again.

use futures_util::future::{join, join_all};

use super::again::Again;
use super::{Ends, aims};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::engine::apply::Applier;
use crate::engine::back::{Answer, BackError, Flight, Leg, Way, answer, stop};
use crate::engine::rollout::{Stand, Watched, stand_of, watch};
use crate::model::{Ending, Event, Sink};
use crate::verdict::{Aim, Deployment, Service, Target, Verdict, short_definition};

/// Takes services back.
pub struct Retreat<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// The cluster.
    pub cluster: &'a str,
    /// When to stop waiting.
    pub wait: &'a WaitOptions,
    /// Where events go.
    pub sink: &'a dyn Sink,
    /// Now and sleep.
    pub clock: &'a Clock,
    /// What it is called in events: `rollback`, `stop`, `continue`.
    pub verb: &'static str,
}

/// What a service is watched for once its call is done.
enum Next {
    /// First the end of the deployment that is being undone, then what it restores.
    Undone(Aim),
    /// What was called for.
    Restored(Aim),
    /// Nothing more.
    Over(Box<Watched>),
}

/// Passes everything on but some ends: what a watch calls the end is not yet that of a way back.
pub(super) struct Endless<'a> {
    pub sink: &'a dyn Sink,
    /// The ends that are passed on all the same.
    pub passes: fn(Ending) -> bool,
}

impl Sink for Endless<'_> {
    fn emit(&self, event: Event) {
        match &event {
            Event::Ended { outcome, .. } if !(self.passes)(outcome.outcome) => {}
            _ => self.sink.emit(event),
        }
    }
}

impl Retreat<'_> {
    /// Takes them back side by side, and watches each to its end. Done: what ran before runs, and is stable.
    pub async fn go(&self, legs: &[Leg]) -> Ends {
        let mut ends = Ends::default();
        let (mut undone, mut restored) = (Vec::new(), Vec::new());
        let called = join_all(legs.iter().map(|leg| self.call(leg))).await;
        for called in called {
            match called {
                Ok(Next::Undone(aim)) => undone.push(aim),
                Ok(Next::Restored(aim)) => restored.push(aim),
                Ok(Next::Over(end)) => ends.watched.push(*end),
                Err(failure) => ends.failures.push(failure),
            }
        }
        let both = join(self.undo(legs, undone), self.restore(restored)).await;
        ends.add(both.0);
        ends.add(both.1);
        ends
    }

    /// The same, and tells each end.
    pub async fn go_and_tell(&self, legs: &[Leg]) -> Ends {
        let ends = self.go(legs).await;
        ends.watched.iter().for_each(|end| self.sink.emit(end.event()));
        ends
    }

    fn endless(&self) -> Endless<'_> {
        Endless {
            sink: self.sink,
            passes: |_| false,
        }
    }

    async fn call(&self, leg: &Leg) -> Result<Next, Failure> {
        match &leg.way {
            Way::Stop(flight) => {
                stop(self.aws, &leg.name, flight).await?;
                self.asked(leg, "the deployment", "is stopped and rolled back");
                Ok(Next::Undone(self.aim_of(leg, flight)))
            }
            Way::Answer(flight, pause) => {
                answer(self.aws, &leg.name, flight, &pause.hook, Answer::Rollback).await?;
                self.asked(leg, "the paused deployment", "is rolled back");
                Ok(Next::Undone(self.aim_of(leg, flight)))
            }
            Way::Await(flight) => {
                self.asked(leg, "the deployment", "is being rolled back already");
                Ok(Next::Undone(self.aim_of(leg, flight)))
            }
            Way::Update => self.update(leg).await,
            Way::Stay => {
                let aim = self.restored(leg, None);
                Ok(
                    match stand_of(self.aws, self.cluster, aim, Some(&leg.service)).await {
                        Stand::Watch(aim) => Next::Restored(*aim),
                        Stand::Ended(end) => Next::Over(end),
                    },
                )
            }
        }
    }

    async fn update(&self, leg: &Leg) -> Result<Next, Failure> {
        // Whoever was asked may have taken their time.
        let again = Again::new(self.aws, self.cluster, vec![leg.name.clone()]);
        let now = again.look(&leg.name).await.unwrap_or(&leg.service);
        let runs = Service::read(now)
            .primary()
            .and_then(Deployment::short_definition);
        let from = leg.from.as_deref().map(short_definition);
        if let (Some(from), Some(runs)) = (from, runs.filter(|runs| Some(runs.as_str()) != from)) {
            return Err(overtaken(leg, from, runs).into());
        }
        let applier = Applier::new(self.aws, self.cluster, self.sink);
        let applied = applier.service(&leg.plan, Some(now)).await?;
        self.sink.emit(Event::Changed {
            service: leg.name.clone(),
        });
        let target = applied.reply.as_ref().map_or(Target::InFlight, |reply| {
            Target::of_reply(applied.primary_before.as_deref(), &Service::read(reply))
        });
        let before = leg.from.as_deref().map(|it| short_definition(it).to_owned());
        Ok(Next::Restored(Aim {
            before,
            ..self.back_to(leg, target, leg.to.as_deref())
        }))
    }

    fn asked(&self, leg: &Leg, subject: &str, what: &str) {
        self.sink.emit(Event::Changed {
            service: leg.name.clone(),
        });
        let of = leg.from.as_deref().map(short_definition);
        let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
        let to = leg.to.as_deref().map(short_definition);
        let to = to.map(|to| format!(" to {to}")).unwrap_or_default();
        self.sink.emit(Event::Asked {
            verb: self.verb,
            service: leg.name.clone(),
            what: format!("{subject}{of} {what}{to}"),
        });
    }

    /// The end of the deployment that is being undone.
    fn aim_of(&self, leg: &Leg, flight: &Flight) -> Aim {
        Aim {
            definition: leg.from.clone(),
            // It was answered; a reply that still shows the pause is old.
            wait_through_pause: true,
            ..aims::waiting(&leg.name, flight.target(&leg.service), self.wait)
        }
    }

    fn restored(&self, leg: &Leg, to: Option<&str>) -> Aim {
        self.back_to(leg, Target::Restored, leg.to.as_deref().or(to))
    }

    fn back_to(&self, leg: &Leg, target: Target, to: Option<&str>) -> Aim {
        aims::back_to(&leg.name, target, (to, leg.definition.as_ref()), self.wait)
    }

    /// Watches deployments that are being undone, and then what they restore.
    async fn undo(&self, legs: &[Leg], aims: Vec<Aim>) -> Ends {
        let mut ends = Ends::default();
        ends.take(watch(self.aws, self.cluster, aims, &self.endless(), self.clock).await);
        let mut restored = Vec::new();
        for end in std::mem::take(&mut ends.watched) {
            let leg = legs.iter().find(|leg| leg.name == end.outcome.name);
            match (&end.verdict, leg) {
                (
                    Verdict::RolledBack {
                        to, complete: true, ..
                    },
                    Some(leg),
                ) => {
                    restored.push(self.restored(leg, to.as_deref()));
                }
                // What was to be stopped has come to a good end instead: it runs, and nothing went back.
                (Verdict::Stable { .. } | Verdict::Deployed { .. }, Some(leg)) => {
                    ends.failures.push(too_late(leg).into());
                }
                _ => ends.watched.push(end),
            }
        }
        ends.add(self.restore(restored).await);
        ends
    }

    /// Watches until what is restored is stable.
    async fn restore(&self, aims: Vec<Aim>) -> Ends {
        let mut ends = Ends::default();
        let wanted = aims.clone();
        ends.take(watch(self.aws, self.cluster, aims, &self.endless(), self.clock).await);
        for end in &mut ends.watched {
            if let Some(aim) = wanted.iter().find(|aim| aim.service == end.outcome.name) {
                *end = as_wanted(end, aim).back();
            }
        }
        ends
    }
}

fn overtaken(leg: &Leg, from: &str, runs: String) -> BackError {
    BackError::Overtaken {
        service: leg.name.clone(),
        asked: from.to_owned(),
        runs,
    }
}

fn too_late(leg: &Leg) -> BackError {
    BackError::TooLate {
        service: leg.name.clone(),
        revision: leg.from.as_deref().map_or("it", short_definition).to_owned(),
    }
}

/// Somebody may have deployed in between: a stable service that runs something else is not back.
fn as_wanted(end: &Watched, aim: &Aim) -> Watched {
    let runs = end.outcome.task_definition.clone();
    let is_good = matches!(end.verdict, Verdict::Stable { .. } | Verdict::Deployed { .. });
    match aim.short_definition() {
        Some(wanted) if is_good && runs.as_deref() != Some(wanted) => {
            let verdict = Verdict::Superseded {
                by: end.outcome.deployment.clone(),
                definition: runs,
                at: None,
            };
            end.judged(aim, end.outcome.failures.clone(), verdict)
        }
        _ => end.clone(),
    }
}
