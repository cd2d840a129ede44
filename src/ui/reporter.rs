//! The single consumer of events: a thread that displays them, so that no work ever waits for a terminal.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::github::GithubReporter;
use super::job::JobOutput;
use super::jsonl::JsonlView;
use super::live::LiveView;
use super::log_lines::LogLines;
use super::menu::{Menu, MenuChoice, MenuSubject};
use super::operation::Operation;
use super::printer::{OutputFormat, Printer};
use super::results::ResultPrinter;
use super::view::{EventTime, EventView};
use crate::diagnostic::Failure;
use crate::model::{Event, JobEvent, RolloutEvent, ServiceOutcome, Sink};

/// How often a view may refresh its output without an event.
const TICK: Duration = Duration::from_millis(100);

/// Displays events until it is closed.
pub struct Reporter {
    sender: Sender<ReporterMessage>,
    /// None once joined.
    thread: Option<JoinHandle<RunSummary>>,
}

enum ReporterMessage {
    Event(Box<Event>),
    Ask(MenuQuestion),
    Close,
}

/// A pending Ctrl-C question.
struct MenuQuestion {
    offers_way_back: bool,
    /// Called as soon as the user has chosen, before anything else is shown.
    answered: Box<dyn FnOnce() + Send>,
    reply: oneshot::Sender<Option<MenuChoice>>,
}

/// A service of a plan.
#[derive(Clone, Debug)]
struct PlannedService {
    key: String,
    name: String,
}

/// A service that a run did not change, although it was to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreachedService {
    /// Its name on ECS.
    pub name: String,
    /// The revision that was registered for it: `web:42`.
    pub registered: Option<String>,
}

/// A job whose task was started and has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedJob {
    /// Its name.
    pub name: String,
    /// The ARN of its task.
    pub task: String,
    /// Whether ECS was asked to stop the task.
    pub is_stopping: bool,
}

/// The state a run left behind, according to its events.
#[derive(Clone, Debug, Default)]
pub struct RunSummary {
    /// Services whose change was sent, but which have had no event since.
    pub sent: Vec<String>,
    /// Services whose rollout started and has not ended.
    pub in_flight: Vec<String>,
    /// Deleted services whose tasks have not all stopped.
    pub draining: Vec<String>,
    /// The jobs whose tasks were started and have not ended.
    pub jobs: Vec<UnfinishedJob>,
    /// The outcomes of the other services.
    pub services: Vec<ServiceOutcome>,
    /// Calls for services that failed.
    pub failures: Vec<Failure>,
    /// Why other services have no result.
    pub warnings: Vec<String>,
    /// Whether a service has a result.
    has_results: bool,
    /// The services of the plan that is carried out.
    planned: Vec<PlannedService>,
    /// The revisions that were registered, `web:42`, each with the service's key.
    registered: Vec<(String, String)>,
    /// Whether it works towards a deploy: it builds, pushes, plans or registers.
    prepares: bool,
    /// Whether a change of a service was sent.
    changes: bool,
}

impl Reporter {
    /// Starts displaying events on the printer's streams, with the views that its settings and the terminal
    /// allow.
    /// Results are printed in the order of these services.
    pub fn start(
        printer: &Arc<Printer>,
        order: &[String],
        now: impl Fn() -> Timestamp + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let show = Views {
            views: views(printer, order),
            printer: Arc::clone(printer),
            menu: None,
            held: Vec::new(),
        };
        let thread = thread::Builder::new()
            .name("reporter".to_owned())
            .spawn(move || show.consume(&receiver, &now))?;
        Ok(Self {
            sender,
            thread: Some(thread),
        })
    }

    /// Returns the sink for events.
    pub fn sink(&self) -> Arc<dyn Sink> {
        let sender = self.sender.clone();
        Arc::new(move |event| {
            // The receiver is gone after the reporter closes; late events can be dropped.
            let _ = sender.send(ReporterMessage::Event(Box::new(event)));
        })
    }

    /// Asks on the terminal what to do about Ctrl-C, and holds events back meanwhile. Doesn't ask if nothing is
    /// in progress, and returns None. Calls `answered` once the user has chosen, before anything else is shown.
    pub async fn ask(
        &self,
        offers_way_back: bool,
        answered: impl FnOnce() + Send + 'static,
    ) -> Option<MenuChoice> {
        let (reply, answer) = oneshot::channel();
        let question = MenuQuestion {
            offers_way_back,
            answered: Box::new(answered),
            reply,
        };
        let _ = self.sender.send(ReporterMessage::Ask(question));
        answer.await.ok().flatten()
    }

    /// Displays all remaining events, restores the terminal, and prints the results.
    pub fn close(mut self) -> RunSummary {
        self.finish()
    }

    fn finish(&mut self) -> RunSummary {
        let _ = self.sender.send(ReporterMessage::Close);
        // The hook records a panic of the thread, which is reported at the end.
        self.thread
            .take()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default()
    }
}

impl Drop for Reporter {
    /// Restores the terminal even when a panic unwinds.
    fn drop(&mut self) {
        self.finish();
    }
}

fn views(printer: &Arc<Printer>, order: &[String]) -> Vec<Box<dyn EventView>> {
    let settings = printer.settings();
    let mut views: Vec<Box<dyn EventView>> = Vec::new();
    // The output of a job is the result.
    let is_run = settings.operation == Operation::Run;
    let live = printer.err_look().terminal && !settings.no_progress && !settings.quiet && !is_run;
    match settings.form {
        OutputFormat::Jsonl => views.push(Box::new(JsonlView::new(Arc::clone(printer)))),
        _ if live => views.push(Box::new(LiveView::new(Arc::clone(printer)))),
        _ => views.push(Box::new(LogLines::new(Arc::clone(printer)))),
    }
    if is_run {
        views.push(Box::new(JobOutput::new(Arc::clone(printer))));
    }
    views.push(Box::new(ResultPrinter::new(Arc::clone(printer), order.to_vec())));
    if printer.github().is_some() {
        views.push(Box::new(GithubReporter::new(Arc::clone(printer))));
    }
    views
}

/// The views, and the state in front of them.
struct Views {
    views: Vec<Box<dyn EventView>>,
    printer: Arc<Printer>,
    menu: Option<(Menu, MenuQuestion)>,
    /// Events that arrived while the menu was open.
    held: Vec<(Box<Event>, EventTime)>,
}

impl Views {
    fn consume(mut self, receiver: &Receiver<ReporterMessage>, now: &dyn Fn() -> Timestamp) -> RunSummary {
        let start = Instant::now();
        let mut seen = RunSummary::default();
        loop {
            let message = receiver.recv_timeout(TICK);
            let at = EventTime {
                wall: now(),
                running: start.elapsed(),
            };
            self.read_answer();
            match message {
                Ok(ReporterMessage::Event(event)) => {
                    seen.event(&event);
                    self.event(event, at);
                }
                Ok(ReporterMessage::Ask(question)) => self.ask(question, &seen),
                Err(RecvTimeoutError::Timeout) if self.menu.is_none() => {
                    self.views.iter_mut().for_each(|view| view.tick(at));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Ok(ReporterMessage::Close) | Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if let Some((menu, _)) = self.menu.take() {
            menu.dismiss(&self.printer);
            self.go_on();
        }
        self.views.iter_mut().for_each(|view| view.close());
        seen
    }

    fn event(&mut self, event: Box<Event>, at: EventTime) {
        if self.menu.is_some() {
            self.held.push((event, at));
        } else {
            self.views.iter_mut().for_each(|view| view.event(&event, at));
        }
    }

    fn ask(&mut self, question: MenuQuestion, seen: &RunSummary) {
        let in_flight = seen.is_terminating();
        if in_flight.is_empty() && seen.jobs.is_empty() {
            // Sending fails only if nobody waits for the choice any more.
            let _ = question.reply.send(None);
            return;
        }
        self.views.iter_mut().for_each(|view| view.pause());
        let subject = match seen.jobs.first() {
            Some(job) if in_flight.is_empty() => MenuSubject::Job {
                job: &job.name,
                task: &job.task,
            },
            _ => MenuSubject::Rollout(&in_flight),
        };
        let menu = Menu::open(&self.printer, subject, question.offers_way_back);
        self.menu = Some((menu, question));
    }

    fn read_answer(&mut self) {
        let Some((menu, _)) = &self.menu else { return };
        let Some(choice) = menu.answer(&self.printer) else {
            return;
        };
        if let Some((_, question)) = self.menu.take() {
            (question.answered)();
            // Sending fails only if the work has ended and nobody waits for the choice.
            let _ = question.reply.send(Some(choice));
        }
        self.go_on();
    }

    /// Displays the events that were held back.
    fn go_on(&mut self) {
        self.views.iter_mut().for_each(|view| view.resume());
        for (event, at) in std::mem::take(&mut self.held) {
            self.views.iter_mut().for_each(|view| view.event(&event, at));
        }
    }
}

impl RunSummary {
    /// Returns everything that continues without us, as far as is known.
    fn is_terminating(&self) -> Vec<String> {
        [self.in_flight.as_slice(), &self.sent].concat()
    }

    /// Whether the run was to build, push or deploy, and has deployed nothing yet.
    pub fn is_before_deploy(&self) -> bool {
        self.prepares && !self.changes && !self.has_results
    }

    /// Returns the planned services that were not changed and have no outcome.
    pub fn not_reached(&self) -> Vec<UnreachedService> {
        let is_reached = |it: &&PlannedService| {
            let ended = self.services.iter().any(|outcome| outcome.name == it.name);
            ended || self.sent.contains(&it.name) || self.in_flight.contains(&it.name)
        };
        let planned = self.planned.iter().filter(|it| !is_reached(it));
        let unreached = planned.map(|it| UnreachedService {
            name: it.name.clone(),
            registered: self.registered_for(&it.key).map(str::to_owned),
        });
        unreached.collect()
    }

    fn registered_for(&self, key: &str) -> Option<&str> {
        let mut registered = self.registered.iter().rev();
        let (_, definition) = registered.find(|(service, _)| service == key)?;
        Some(definition)
    }

    fn event(&mut self, event: &Event) {
        if let Event::Planned { plan } = event {
            let planned = plan.services.iter().map(|service| PlannedService {
                key: service.key.clone(),
                name: service.name.clone(),
            });
            self.planned = planned.collect();
        }
        match event {
            Event::Build { .. } | Event::Push { .. } | Event::Planned { .. } | Event::Registered { .. } => {
                self.prepares = true;
            }
            Event::Changing { .. } | Event::Changed { .. } | Event::Rollout { .. } | Event::Asked { .. } => {
                self.changes = true;
            }
            _ => {}
        }
        if let Event::Changed { service } | Event::NotChanged { service } | Event::Rollout { service, .. } =
            event
        {
            self.sent.retain(|sent| sent != service);
        }
        match event {
            Event::Registered {
                service,
                task_definition,
            } => self.registered.push((service.clone(), task_definition.clone())),
            Event::Deregistered { task_definition, .. } => {
                self.registered.retain(|(_, known)| known != task_definition);
            }
            // Another service may have been given the same revision.
            Event::Rollout {
                event: RolloutEvent::Started { to, .. },
                ..
            } => self.registered.retain(|(_, known)| known != to),
            _ => {}
        }
        match event {
            Event::Changing { service }
                if !self.sent.contains(service) && !self.in_flight.contains(service) =>
            {
                self.sent.push(service.clone());
            }
            Event::Changed { service }
            | Event::Rollout {
                service,
                event: RolloutEvent::Started { .. },
            } if !self.in_flight.contains(service) => {
                self.in_flight.push(service.clone());
            }
            // Its deployment, if it had one, has been replaced.
            Event::Queued { service, .. } => {
                self.sent.retain(|sent| sent != service);
                self.in_flight.retain(|in_flight| in_flight != service);
            }
            Event::Deleted { service } => self.draining.push(service.clone()),
            Event::Job { job, event } => match event {
                JobEvent::Started { task, .. } => self.jobs.push(UnfinishedJob {
                    name: job.clone(),
                    task: task.clone(),
                    is_stopping: false,
                }),
                JobEvent::Stopping => {
                    let stopping = self.jobs.iter_mut().filter(|it| it.name == *job);
                    stopping.for_each(|it| it.is_stopping = true);
                }
                JobEvent::Ended { .. } => self.jobs.retain(|it| it.name != *job),
                JobEvent::Status { .. } | JobEvent::Log { .. } => {}
            },
            Event::Ended { outcome, .. } => {
                self.sent.retain(|service| *service != outcome.name);
                self.in_flight.retain(|service| *service != outcome.name);
                self.draining.retain(|service| *service != outcome.name);
                self.services.retain(|known| known.name != outcome.name);
                self.services.push(outcome.as_ref().clone());
                self.has_results = true;
            }
            Event::Unfinished {
                outcome,
                failures,
                warning,
            } => {
                self.failures.extend(failures.iter().cloned());
                self.warnings.extend(warning.clone());
                // What goes on without us stays among what is in progress.
                if outcome.is_final {
                    self.sent.retain(|service| *service != outcome.name);
                    self.in_flight.retain(|service| *service != outcome.name);
                    self.services.push(outcome.as_ref().clone());
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BuildEvent, PushEvent};
    use crate::ui::printer::PrinterSettings;
    use crate::ui::terminal_style::TerminalStyle;
    use crate::ui::testing::{Captured, a_deploy, ended, started};

    fn at() -> Timestamp {
        Timestamp::constant(1_795_183_361, 0)
    }

    #[test]
    fn events_are_not_lost_and_results_come_last() {
        let (printer, out, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        let reporter = Reporter::start(&Arc::new(printer), &[], at).unwrap();
        let sink = reporter.sink();
        a_deploy().into_iter().for_each(|event| sink.emit(event));
        let seen = reporter.close();
        assert_eq!(out.text(), "web:42\n");
        assert!(err.text().lines().count() > 4, "{}", err.text());
        assert_eq!(seen.in_flight, Vec::<String>::new());
        assert_eq!(seen.services.len(), 1);
        sink.emit(started("late"));
    }

    #[test]
    fn interrupted_runs_know_what_is_in_progress() {
        let mut seen = RunSummary::default();
        for event in [started("web"), started("api"), started("web"), ended("api")] {
            seen.event(&event);
        }
        assert_eq!(seen.in_flight, ["web"]);
    }

    #[test]
    fn superseded_deployment_in_the_queue_is_not_in_progress() {
        let mut seen = RunSummary::default();
        seen.event(&started("web"));
        seen.event(&Event::Queued {
            service: "web".to_owned(),
            superseded: Some("web:3".to_owned()),
            deployment: None,
            task_definition: None,
            since: None,
        });
        assert!(seen.is_terminating().is_empty());
        assert!(!seen.is_before_deploy());
    }

    #[test]
    fn nothing_is_deployed_before_a_change_is_sent() {
        let image = || "web".to_owned();
        let build = Event::Build {
            image: image(),
            event: BuildEvent::Started,
        };
        let push = Event::Push {
            image: image(),
            event: PushEvent::Progress {
                layers: 2,
                done: 0,
                sent: 0,
                total: 10,
            },
        };
        let changing = Event::Changing {
            service: "web".to_owned(),
        };
        for (events, expected) in [
            (vec![], false),
            (vec![build.clone()], true),
            (vec![push.clone()], true),
            (vec![build.clone(), push.clone(), changing], false),
            (vec![build, push, ended("web")], false),
            (vec![started("web")], false),
        ] {
            let mut seen = RunSummary::default();
            events.iter().for_each(|event| seen.event(event));
            assert_eq!(seen.is_before_deploy(), expected, "{events:?}");
        }
    }

    #[test]
    fn sent_changes_are_pending_until_observed() {
        let mut seen = RunSummary::default();
        let changing = |name: &str| Event::Changing {
            service: name.to_owned(),
        };
        for event in [changing("web"), changing("api"), changing("old"), started("api")] {
            seen.event(&event);
        }
        let service = "old".to_owned();
        seen.event(&Event::NotChanged { service });
        assert_eq!(
            (seen.sent.join(" "), seen.in_flight.join(" ")),
            ("web".to_owned(), "api".to_owned())
        );
        assert_eq!(seen.is_terminating(), ["api", "web"]);
    }
}
