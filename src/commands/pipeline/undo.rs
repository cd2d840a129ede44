//! Rollouts that are undone as they come: each is surveyed, taken back, and told as a rollout that was undone.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::{pending, ready};
use std::sync::Mutex;

use futures_util::StreamExt;
use futures_util::future::join;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_stream::wrappers::UnboundedReceiverStream;

use super::ends::{Ends, Open, Why};
use super::follow::Follow;
use super::retreat::{Retreat, Returned};
use super::undone::{Course, Undo};
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::rollback::{Request, RollbackPlan, current, survey, survey_flight};
use crate::engine::watch::{Joining, ServiceResult, Tell, Watch, joining, watch_until};
use crate::model::{Event, RolloutEvent, Sink, TaskFailure, Value};
use crate::verdict::WatchRequest;

/// Surveys that go side by side: of many services that are undone together, the reads come a few at a time.
const SURVEYS: usize = 10;

/// What is being undone.
#[derive(Default)]
struct Going {
    ends: Ends,
    undos: Vec<Undo>,
}

impl Going {
    fn take(&mut self, service: &str) -> Option<Undo> {
        let at = self.undos.iter().position(|it| it.aim.service == service)?;
        Some(self.undos.swap_remove(at))
    }
}

impl Follow<'_> {
    /// Takes back what comes, until nothing more does.
    pub(super) async fn undo(&self, undos: UnboundedReceiver<Undo>) -> Ends {
        let going = RefCell::new(Going::default());
        let (to_judge, judging) = joining();
        let (told, shown) = (Told::default(), self.sink);
        let sink = |event: Event| {
            if !is_told(&event, &told) {
                shown.emit(event);
            }
        };
        let legs = {
            let (going, told) = (&going, &told);
            UnboundedReceiverStream::new(undos)
                .map(async |it| (self.course_of(&it).await, it))
                .buffer_unordered(SURVEYS)
                .filter_map(move |(course, it)| {
                    let going = &mut going.borrow_mut();
                    ready(match course {
                        Ok(Course::Back(leg)) => {
                            self.warn(&leg);
                            remember(it.failures(), told);
                            going.undos.push(it.of(&leg));
                            Some(*leg)
                        }
                        Ok(Course::Judge(aim)) => {
                            remember(it.failures(), told);
                            going.undos.push(it);
                            to_judge.watch(*aim);
                            None
                        }
                        Ok(Course::Leave) => {
                            self.leave(it, &mut going.ends);
                            None
                        }
                        Err(failure) => {
                            self.stays(it, failure, &mut going.ends);
                            None
                        }
                    })
                })
        };
        let over = |returned: Returned| {
            let going = &mut going.borrow_mut();
            let (Returned::Back(back) | Returned::TooLate(back)) = &returned;
            let Some(it) = going.take(&back.outcome.name) else {
                return;
            };
            let end = match &returned {
                Returned::Back(back) => it.undone(back),
                Returned::TooLate(back) => it.seen_again(back),
            };
            self.tell(end, &mut going.ends);
        };
        let retreat = Retreat {
            aws: self.aws,
            cluster: self.cluster,
            wait: self.wait,
            sink: &sink,
            context: self.context,
            verb: "rollback",
        };
        let judge = self.judge(judging, &going, &sink);
        let (went, mut judged) = join(retreat.go(legs, &over), judge).await;
        let Going { mut ends, undos } = going.into_inner();
        let mut broken_off = Ends::default();
        broken_off.take_failures(&mut judged);
        ends.failures.extend(went.failures);
        ends.failures.extend(broken_off.failures);
        // The failures say why these did not get there; what is open is told as the rollout that was to be undone.
        for it in undos {
            match it.failed {
                Some(failed) => self.tell(failed, &mut ends),
                None => ends.open.push(it.open()),
            }
        }
        ends
    }

    /// How a rollout is to be undone, by what ECS says now.
    async fn course_of(&self, it: &Undo) -> Result<Course, Failure> {
        let name = it.aim.service.as_str();
        let described = self
            .aws
            .describe_services(self.cluster, &[name.to_owned()])
            .await?;
        let missing = Service::read(Value::Null);
        let service = described.existing(name).unwrap_or(&missing);
        let request = Request {
            cluster: self.cluster,
            key: name,
            name,
            service,
            to: None,
        };
        let leg = match it.is_of_this_run() {
            true => survey(self.aws, request).await.map(Some),
            false => survey_flight(self.aws, request).await,
        };
        Ok(it.course(leg, current(service).as_deref())?)
    }

    /// Watches to its end what goes back by itself, or has something else in its place.
    async fn judge(&self, judging: Joining, going: &RefCell<Going>, sink: &dyn Sink) -> Watch {
        let ended = &|_: &WatchRequest, end: &ServiceResult| {
            let going = &mut going.borrow_mut();
            if let Some(it) = going.take(&end.outcome.name) {
                self.tell(it.seen_again(end), &mut going.ends);
            }
        };
        let tell = Tell {
            sink,
            ended,
            show_values: self.context.global.show_values,
        };
        let clock = &self.context.clock;
        watch_until(self.aws, self.cluster, judging, tell, clock, pending()).await
    }

    fn warn(&self, leg: &RollbackPlan) {
        for warning in &leg.warnings {
            self.sink.emit(Event::Warning {
                resource: Some(leg.name.clone()),
                message: format!("{}: {warning}", leg.name),
                hint: None,
            });
        }
    }

    /// There is nothing of this run to undo.
    fn leave(&self, it: Undo, ends: &mut Ends) {
        let open = Open {
            why: Why::AsItIs,
            ..it.clone().open()
        };
        match it.failed {
            Some(failed) => {
                let error = open.error();
                self.sink.emit(Event::Warning {
                    resource: error.resource,
                    message: format!("not rolled back: {}", error.message),
                    hint: error.hint,
                });
                self.tell(failed, ends);
            }
            None => ends.open.push(open),
        }
    }

    /// There is no way back: what failed stays failed, and what a person wanted undone goes on.
    fn stays(&self, it: Undo, failure: Failure, ends: &mut Ends) {
        match it.failed {
            Some(failed) => {
                self.sink.emit(Event::Warning {
                    resource: failure.resource.clone(),
                    message: format!("not rolled back: {failure}"),
                    hint: failure.hint.clone(),
                });
                self.tell(failed, ends);
            }
            None => {
                ends.failures.push(failure);
                ends.open.push(it.open());
            }
        }
    }

    fn tell(&self, end: ServiceResult, ends: &mut Ends) {
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
