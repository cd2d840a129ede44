//! Services on their way back: the calls, and the watch until what ran before runs again.

use std::cell::RefCell;
use std::future::pending;

use futures_util::future::join3;
use futures_util::stream::{self, Stream, StreamExt};

use super::again::Again;
use super::{Ends, aims};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::ecs::Deployment;
use crate::engine::apply::Applier;
use crate::engine::rollback::{
    Answer, InProgressDeployment, RollbackError, RollbackMethod, RollbackPlan, answer, stop,
};
use crate::engine::watch::{
    Join, Joining, ServiceResult, StartState, Tell, Watch, joining, stand_of, watch_until,
};
use crate::model::short_definition;
use crate::model::{Event, Sink};
use crate::verdict::{Verdict, WatchRequest, WatchTarget};

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
    /// Now and sleep, and the flags.
    pub context: &'a Context,
    /// What it is called in events: `rollback`, `stop`, `continue`.
    pub verb: &'static str,
}

/// What a service is watched for once its call is done.
enum Next {
    /// First the end of the deployment that is being undone, then what it restores.
    Undone(WatchRequest),
    /// What was called for.
    Restored(WatchRequest),
    /// Nothing more.
    Over(Box<ServiceResult>),
}

/// How a way back ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Returned {
    /// There, or as far as it came.
    Back(ServiceResult),
    /// What was to be stopped had come to a good end by then: it runs, and nothing went back.
    TooLate(ServiceResult),
}

/// What is on its way back.
struct UnderWay<'a> {
    /// Takes each end.
    over: &'a dyn Fn(Returned),
    legs: RefCell<Vec<RollbackPlan>>,
    failures: RefCell<Vec<Failure>>,
}

impl Retreat<'_> {
    /// Takes them back side by side as they come, and watches each to its end, which is handed over at once. Done: what
    /// ran before runs, and is stable. Given back are those that came to no end, and why.
    pub async fn go(&self, legs: impl Stream<Item = RollbackPlan>, over: &dyn Fn(Returned)) -> Ends {
        let under_way = UnderWay {
            over,
            legs: RefCell::default(),
            failures: RefCell::default(),
        };
        let (to_undo, undone) = joining();
        let (to_restore, restored) = joining();
        let call = self.call_each(legs, &under_way, to_undo, to_restore.clone());
        let undo = self.undo(&under_way, undone, to_restore);
        let restore = self.restore(&under_way, restored);
        let ((), undone, restored) = join3(call, undo, restore).await;
        let mut ends = Ends {
            failures: under_way.failures.into_inner(),
            ..Ends::default()
        };
        [undone, restored]
            .iter_mut()
            .for_each(|watch| ends.take_failures(watch));
        ends
    }

    /// The same, and tells each end.
    pub async fn go_and_tell(&self, legs: &[RollbackPlan]) -> Ends {
        let watched = RefCell::new(Vec::new());
        let over = |returned: Returned| {
            let (Returned::Back(end) | Returned::TooLate(end)) = returned;
            self.sink.emit(end.event());
            watched.borrow_mut().push(end);
        };
        let mut ends = self.go(stream::iter(legs.iter().cloned()), &over).await;
        ends.watched = watched.into_inner();
        for open in &mut ends.open {
            let leg = legs.iter().find(|leg| leg.name == open.service);
            let to = leg.and_then(|leg| leg.to.as_deref());
            // What goes on is the way back, whichever part of it was watched.
            open.definition = to.map(|to| short_definition(to).to_owned());
        }
        let names: Vec<&str> = legs.iter().map(|leg| leg.name.as_str()).collect();
        ends.sort_by(&names);
        ends
    }

    /// The calls. What each leads to is watched from then on.
    async fn call_each(
        &self,
        legs: impl Stream<Item = RollbackPlan>,
        under_way: &UnderWay<'_>,
        to_undo: Join,
        to_restore: Join,
    ) {
        legs.for_each_concurrent(None, async |leg| {
            let called = self.call(&leg).await;
            under_way.legs.borrow_mut().push(leg);
            match called {
                Ok(Next::Undone(aim)) => to_undo.watch(aim),
                Ok(Next::Restored(aim)) => to_restore.watch(aim),
                Ok(Next::Over(end)) => (under_way.over)(Returned::Back(*end)),
                Err(failure) => under_way.failures.borrow_mut().push(failure),
            }
        })
        .await;
    }

    async fn call(&self, leg: &RollbackPlan) -> Result<Next, Failure> {
        match &leg.way {
            RollbackMethod::Stop(flight) => {
                stop(self.aws, &leg.name, flight).await?;
                self.asked(leg, "the deployment", "is stopped and rolled back");
                Ok(Next::Undone(self.aim_of(leg, flight)))
            }
            RollbackMethod::Answer(flight, pause) => {
                answer(self.aws, &leg.name, flight, &pause.hook, Answer::Rollback).await?;
                self.asked(leg, "the paused deployment", "is rolled back");
                Ok(Next::Undone(self.aim_of(leg, flight)))
            }
            RollbackMethod::Await(flight) => {
                self.asked(leg, "the deployment", "is being rolled back already");
                Ok(Next::Undone(self.aim_of(leg, flight)))
            }
            RollbackMethod::Update => self.update(leg).await,
            RollbackMethod::Stay => {
                let aim = self.restored(leg, None);
                let tell = (self.sink, self.context.global.show_values);
                Ok(
                    match stand_of((self.aws, self.cluster), aim, Some(&leg.service), tell).await {
                        StartState::Watch(aim) => Next::Restored(*aim),
                        StartState::Ended(end) => Next::Over(end),
                    },
                )
            }
        }
    }

    async fn update(&self, leg: &RollbackPlan) -> Result<Next, Failure> {
        // Whoever was asked may have taken their time.
        let again = Again::new(self.aws, self.cluster, vec![leg.name.clone()]);
        let now = again.look(&leg.name).await.unwrap_or(&leg.service);
        let runs = now.primary().and_then(Deployment::short_definition);
        let from = leg.from.as_deref().map(short_definition);
        if let (Some(from), Some(runs)) = (from, runs.filter(|runs| Some(runs.as_str()) != from)) {
            return Err(overtaken(leg, from, runs).into());
        }
        let applier = Applier::new(self.aws, self.cluster, self.sink);
        let applied = applier.service(&leg.plan, Some(now)).await?;
        self.sink.emit(Event::Changed {
            service: leg.name.clone(),
        });
        let target = applied.reply.as_ref().map_or(WatchTarget::InFlight, |reply| {
            WatchTarget::of_reply(applied.primary_before.as_deref(), reply)
        });
        let before = leg.from.as_deref().map(|it| short_definition(it).to_owned());
        Ok(Next::Restored(WatchRequest {
            before,
            ..self.back_to(leg, target, leg.to.as_deref())
        }))
    }

    fn asked(&self, leg: &RollbackPlan, subject: &str, what: &str) {
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
    fn aim_of(&self, leg: &RollbackPlan, flight: &InProgressDeployment) -> WatchRequest {
        WatchRequest {
            definition: leg.from.clone(),
            // It was answered; a reply that still shows the pause is old.
            wait_through_pause: true,
            undoing: true,
            ..aims::waiting(&leg.name, flight.target(&leg.service), self.wait)
        }
    }

    fn restored(&self, leg: &RollbackPlan, to: Option<&str>) -> WatchRequest {
        self.back_to(leg, WatchTarget::Restored, leg.to.as_deref().or(to))
    }

    fn back_to(&self, leg: &RollbackPlan, target: WatchTarget, to: Option<&str>) -> WatchRequest {
        aims::back_to(&leg.name, target, (to, leg.definition.as_ref()), self.wait)
    }

    /// Watches deployments that are being undone; then what they restore is to be watched.
    async fn undo(&self, under_way: &UnderWay<'_>, undone: Joining, to_restore: Join) -> Watch {
        let ended = |_: &WatchRequest, end: &ServiceResult| {
            let legs = under_way.legs.borrow();
            let leg = legs.iter().find(|leg| leg.name == end.outcome.name);
            match (&end.verdict, leg) {
                (
                    Verdict::RolledBack {
                        to, complete: true, ..
                    },
                    Some(leg),
                ) => to_restore.watch(self.restored(leg, to.as_deref())),
                (Verdict::Stable { .. } | Verdict::Deployed { .. }, Some(leg)) => {
                    under_way.failures.borrow_mut().push(too_late(leg).into());
                    (under_way.over)(Returned::TooLate(end.clone()));
                }
                (_, leg) => {
                    let back_to = leg.and_then(|leg| leg.to.as_deref()).map(short_definition);
                    let mut end = end.clone();
                    end.outcome.requested = back_to.map(str::to_owned).or(end.outcome.requested);
                    (under_way.over)(Returned::Back(end));
                }
            }
        };
        self.watch(undone, &ended).await
    }

    /// Watches until what is restored is stable.
    async fn restore(&self, under_way: &UnderWay<'_>, restored: Joining) -> Watch {
        let ended = |aim: &WatchRequest, end: &ServiceResult| {
            (under_way.over)(Returned::Back(as_wanted(end, aim).back()))
        };
        self.watch(restored, &ended).await
    }

    async fn watch(&self, joining: Joining, ended: &dyn Fn(&WatchRequest, &ServiceResult)) -> Watch {
        let tell = Tell {
            sink: self.sink,
            ended,
            show_values: self.context.global.show_values,
        };
        watch_until(
            self.aws,
            self.cluster,
            joining,
            tell,
            &self.context.clock,
            pending(),
        )
        .await
    }
}

fn overtaken(leg: &RollbackPlan, from: &str, runs: String) -> RollbackError {
    RollbackError::Overtaken {
        service: leg.name.clone(),
        asked: from.to_owned(),
        runs,
    }
}

fn too_late(leg: &RollbackPlan) -> RollbackError {
    RollbackError::TooLate {
        service: leg.name.clone(),
        revision: leg.from.as_deref().map_or("it", short_definition).to_owned(),
    }
}

/// Somebody may have deployed in between: a stable service that runs something else is not back.
fn as_wanted(end: &ServiceResult, aim: &WatchRequest) -> ServiceResult {
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
