//! Progress for a pipe or a CI log: append-only lines with a time, at most one per change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::failure;
use super::job;
use super::line::Line;
use super::numbers::elapsed;
use super::operation::Operation;
use super::plan::{self, PlanStyle};
use super::printer::Printer;
use super::view::{EventTime, EventView};
use super::waits::Waits;
use super::{text, times};
use crate::diagnostic::Suggestion;
use crate::model::prefixed;
use crate::model::{BuildEvent, Event, HookEvent, HookPoint, JobEvent, Plan, PushEvent, RolloutEvent};

/// After this long without output about an operation in progress, its state is repeated: CI systems kill silent jobs.
const SILENCE: Duration = Duration::from_secs(30);
/// The most operations that are repeated one by one; more are only named.
const REPEATED: usize = 5;

/// The log view on stderr.
pub(super) struct LogLines {
    printer: Arc<Printer>,
    /// The last text printed for each subject, to avoid repeating it.
    last: HashMap<String, String>,
    /// The causes that were reported, by service and ID.
    causes: HashSet<(String, String)>,
    /// The operations in progress.
    under_way: Vec<OpenOperation>,
    /// What is waited for on AWS.
    waits: Waits,
}

/// An operation in progress.
struct OpenOperation {
    subject: String,
    state: OperationState,
    since: Duration,
    /// When it was last printed.
    spoke: Duration,
}

/// What an operation does, as it follows `still`.
enum OperationState {
    Text(String),
    /// The tasks are watched until this time.
    Settling(Duration),
}

impl OpenOperation {
    /// `still at 1 of 3 running, 2 starting (1m 00s)`.
    fn text(&self, now: Duration) -> String {
        let waiting = elapsed(now.saturating_sub(self.since));
        match &self.state {
            OperationState::Text(text) => format!("still {text} ({waiting})"),
            OperationState::Settling(ends) => {
                let left = ends.saturating_sub(now).as_secs();
                format!("still {} ({waiting})", text::settling(left))
            }
        }
    }
}

impl LogLines {
    /// Creates a view that writes to the printer's stderr.
    pub fn new(printer: Arc<Printer>) -> Self {
        Self {
            printer,
            last: HashMap::new(),
            causes: HashSet::new(),
            under_way: Vec::new(),
            waits: Waits::default(),
        }
    }

    fn say(&mut self, at: EventTime, subject: &str, text: &str) {
        if self.last.get(subject).is_some_and(|last| last == text) {
            return;
        }
        self.last.insert(subject.to_owned(), text.to_owned());
        self.print(at, subject, text);
    }

    /// Prints a line, even if the same text was just printed.
    fn print(&mut self, at: EventTime, subject: &str, text: &str) {
        self.print_line(at, subject, Line::of(text));
    }

    fn print_line(&mut self, at: EventTime, subject: &str, line: Line) {
        if self.printer.settings().quiet {
            return;
        }
        self.has_spoken(at, subject);
        self.printer
            .note(&Line::of(format!("{} {subject}: ", times::utc(at.wall))).line(line));
    }

    fn has_spoken(&mut self, at: EventTime, subject: &str) {
        if let Some(operation) = self.under_way.iter_mut().find(|it| it.subject == subject) {
            operation.spoke = at.running;
        }
    }

    fn is_at(&mut self, at: EventTime, subject: &str, what: &str) {
        self.is_in(at, subject, OperationState::Text(format!("at {what}")));
    }

    fn is_in(&mut self, at: EventTime, subject: &str, state: OperationState) {
        match self.under_way.iter_mut().find(|it| it.subject == subject) {
            Some(operation) => operation.state = state,
            None => self.under_way.push(OpenOperation {
                subject: subject.to_owned(),
                state,
                since: at.running,
                spoke: at.running,
            }),
        }
    }

    fn is_over(&mut self, subject: &str) {
        self.under_way.retain(|it| it.subject != subject);
    }

    fn wait(&mut self, what: &'static str, done: bool, at: EventTime) {
        self.waits.note(what, done);
        match self.waits.text() {
            Some(text) => self.is_in(at, "wait AWS", OperationState::Text(text)),
            None => self.is_over("wait AWS"),
        }
    }

    fn build(&mut self, image: &str, event: &BuildEvent, at: EventTime) {
        let subject = format!("build {image}");
        let verbose = self.printer.settings().verbose;
        match event {
            BuildEvent::Started => {
                self.is_in(at, &subject, OperationState::Text(text::context(0)));
            }
            BuildEvent::Context { sent } => {
                self.is_in(at, &subject, OperationState::Text(text::context(*sent)));
            }
            BuildEvent::Step { name, cached, done } => {
                self.is_at(at, &subject, name);
                if verbose && *done {
                    let cached = if *cached { "CACHED " } else { "" };
                    self.say(at, &subject, &format!("{cached}{name}"));
                }
            }
            BuildEvent::Log { line } if verbose => self.print(at, &subject, &format!("| {line}")),
            BuildEvent::Log { .. } => {}
            BuildEvent::Retried { reason } => self.say(at, &subject, &text::build_again(reason)),
            BuildEvent::Finished {
                steps,
                cached,
                millis,
                ..
            } => {
                self.is_over(&subject);
                let text = format!(
                    "{}, {}",
                    text::build_steps(*steps, *cached),
                    text::millis(*millis)
                );
                self.say(at, &subject, &text);
            }
        }
    }

    fn hook(&mut self, point: HookPoint, event: &HookEvent, at: EventTime) {
        let subject = format!("hook {}", point.key());
        match event {
            HookEvent::Started { command } => {
                self.is_in(at, &subject, OperationState::Text("running".to_owned()));
                self.print(at, &subject, text::first_line(command));
            }
            HookEvent::Log { line } if self.printer.settings().verbose => {
                self.print(at, &subject, &format!("| {line}"));
            }
            HookEvent::Log { .. } => {}
            HookEvent::Finished { succeeded, millis } => {
                self.is_over(&subject);
                let end = format!("{}, {}", text::hook_end(*succeeded), text::millis(*millis));
                self.print(at, &subject, &end);
            }
        }
    }

    fn push(&mut self, image: &str, event: &PushEvent, at: EventTime) {
        let subject = format!("push {image}");
        match event {
            PushEvent::Progress { .. } => self.is_at(at, &subject, &text::push(event)),
            PushEvent::Finished { digest, millis, .. } => {
                self.is_over(&subject);
                let digest = text::digest(digest, self.printer.settings().verbose);
                let text = format!("{digest}, {}, {}", text::push(event), text::millis(*millis));
                self.say(at, &subject, &text);
            }
        }
    }

    /// Prints what the plan changes, below its line.
    fn changes(&self, plan: &Plan) {
        let settings = self.printer.settings();
        if settings.quiet || plan.is_empty() {
            return;
        }
        let look = self.printer.err_look();
        let style = PlanStyle {
            look,
            verbose: settings.verbose,
            columns: look.width,
        };
        let lines = plan::item_lines(plan, style);
        lines.iter().for_each(|line| self.printer.note(line));
    }

    fn rollout(&mut self, service: &str, event: &RolloutEvent, at: EventTime) {
        if text::is_reported(event, self.printer.settings().operation) {
            return;
        }
        let subject = self.operation(service);
        if let RolloutEvent::Explained { failure } = event {
            let cause = failure.cause.as_ref();
            let is_new = cause.is_some_and(|it| self.causes.insert((service.to_owned(), it.id.clone())));
            for line in failure::at_once(failure, is_new, &self.printer) {
                self.print_line(at, &subject, line);
            }
        }
        if let Some(text) = text::rollout(event, self.printer.settings().verbose) {
            if matches!(
                event,
                RolloutEvent::Progress { .. } | RolloutEvent::Started { .. } | RolloutEvent::Draining { .. }
            ) {
                self.is_at(at, &subject, &text);
            } else if let RolloutEvent::Baking { .. } = event {
                self.is_at(at, &subject, &text.replacen("baking", "the bake time", 1));
            } else if let RolloutEvent::Settling { seconds } = event {
                let ends = at.running + Duration::from_secs(*seconds);
                self.is_in(at, &subject, OperationState::Settling(ends));
            }
            self.say(at, &subject, &text);
        }
    }

    fn job(&mut self, name: &str, event: &JobEvent, at: EventTime) {
        let settings = self.printer.settings();
        let is_run = settings.operation == Operation::Run;
        let subject = if is_run {
            format!("run {name}")
        } else {
            format!("job {name}")
        };
        match event {
            // `run` shows it on stdout.
            JobEvent::Log { .. } if is_run => return,
            JobEvent::Log { message, .. } => {
                let lines: Vec<&str> = job::output(message).collect();
                lines
                    .into_iter()
                    .for_each(|line| self.print(at, &subject, &format!("| {line}")));
                return;
            }
            JobEvent::Ended { .. } => self.is_over(&subject),
            _ => {}
        }
        let Some(text) = job::progress(event, settings.verbose) else {
            return;
        };
        if let JobEvent::Status { status } = event {
            self.is_at(at, &subject, status);
        }
        // `run` prints the result at its end.
        if !(is_run && matches!(event, JobEvent::Ended { .. })) {
            self.say(at, &subject, &text);
        }
        if let JobEvent::Ended { result } = event
            && !is_run
            && let Some(failure) = &result.failure
        {
            let lines = failure::of_job(failure, &self.printer);
            lines.iter().for_each(|line| self.printer.note(line));
        }
    }

    /// `deploy web`.
    fn operation(&self, service: &str) -> String {
        format!("{} {service}", self.printer.settings().operation.word())
    }

    fn warn(&mut self, resource: Option<&str>, message: &str, hint: Option<&Suggestion>) {
        super::error::print_warning(&self.printer, &text::warning(resource, message), hint);
    }
}

impl EventView for LogLines {
    fn event(&mut self, event: &Event, at: EventTime) {
        match event {
            Event::Build { image, event } => self.build(image, event, at),
            Event::Push { image, event } => self.push(image, event, at),
            Event::Hook { point, event } => self.hook(*point, event, at),
            Event::Planned { plan } => {
                let account = prefixed(", ", plan.account.as_ref());
                let place = format!("{}, {}{account}", plan.cluster, plan.region);
                self.say(at, "plan", &format!("{} ({place})", plan::summary(plan)));
                self.changes(plan);
                let warnings = plan.warnings.clone();
                warnings.iter().for_each(|warning| self.warn(None, warning, None));
            }
            Event::Created { kind, name } => self.say(at, &format!("create {kind}"), name),
            Event::Asked { verb, service, what } => self.say(at, &format!("{verb} {service}"), what),
            // The events that follow cover this.
            Event::Changing { service } => {
                let subject = self.operation(service);
                if !self.under_way.iter().any(|it| it.subject == subject) {
                    let text = "waiting for a response from ECS".to_owned();
                    self.is_in(at, &subject, OperationState::Text(text));
                }
            }
            Event::NotChanged { service } => {
                let subject = self.operation(service);
                self.is_over(&subject);
            }
            Event::Unfinished { outcome, .. } => {
                let subject = self.operation(&outcome.name);
                self.is_over(&subject);
            }
            Event::Changed { .. } | Event::Deleted { .. } => {}
            Event::Waiting { what, done } => self.wait(what, *done, at),
            Event::Autoscaling {
                service,
                action,
                what,
            } => self.say(at, &format!("autoscaling {service}"), &format!("{action} {what}")),
            Event::Schedule { schedule } => {
                self.say(at, &format!("schedule {}", schedule.name), &schedule.summary());
            }
            Event::Deregistered {
                service,
                task_definition,
            } => self.say(
                at,
                &format!("deregister {service}"),
                &text::definition_name(task_definition),
            ),
            Event::Queued {
                service,
                superseded,
                deployment,
                task_definition,
                since,
            } => {
                let subject = self.operation(service);
                let text = text::queued(
                    deployment.as_deref(),
                    task_definition.as_deref(),
                    since.as_deref(),
                );
                let lost = superseded.as_ref().map(|it| format!("{it} was superseded; "));
                self.is_in(at, &subject, OperationState::Text(text.clone()));
                self.say(at, &subject, &format!("{}{text}", lost.unwrap_or_default()));
            }
            Event::Registered {
                service,
                task_definition,
            } => {
                self.say(
                    at,
                    &format!("register {service}"),
                    &text::definition_name(task_definition),
                );
            }
            Event::Rollout { service, event } => self.rollout(service, event, at),
            Event::Job { job: name, event } => self.job(name, event, at),
            Event::Ended { outcome, summary } => {
                let subject = self.operation(&outcome.name);
                self.is_over(&subject);
                // Most summaries begin with the service, which the subject already names.
                let text = match summary.strip_prefix(&format!("{}: ", outcome.name)) {
                    Some(rest) => rest.to_owned(),
                    None => format!("{}: {summary}", text::ending(outcome.outcome)),
                };
                self.say(at, &subject, &text);
            }
            Event::Warning {
                resource,
                message,
                hint,
                ..
            } => self.warn(resource.as_deref(), message, hint.as_ref()),
        }
    }

    fn tick(&mut self, at: EventTime) {
        let mut silent = Vec::new();
        for operation in &mut self.under_way {
            if at.running.saturating_sub(operation.spoke) >= SILENCE {
                operation.spoke = at.running;
                silent.push((operation.subject.clone(), operation.text(at.running)));
            }
        }
        if silent.len() <= REPEATED {
            for (subject, text) in silent {
                self.print(at, &subject, &text);
            }
            return;
        }
        let subjects: Vec<String> = silent.into_iter().map(|(subject, _)| subject).collect();
        self.print(at, "still in progress", &subjects.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::printer::PrinterSettings;
    use crate::ui::terminal_style::TerminalStyle;
    use crate::ui::testing::{Captured, a_deploy, a_rollback, a_step, moment};

    fn told(events: &[Event], settings: PrinterSettings) -> String {
        let (printer, out, err) = Captured::printer(settings, TerminalStyle::PLAIN);
        let mut lines = LogLines::new(Arc::new(printer));
        for (second, event) in events.iter().enumerate() {
            lines.event(event, moment(second as u64));
        }
        lines.close();
        assert_eq!(out.text(), "");
        err.text()
    }

    #[test]
    fn a_deploy_in_lines() {
        insta::assert_snapshot!(told(&a_deploy(), PrinterSettings::default()));
    }

    #[test]
    fn a_rollback_in_lines() {
        insta::assert_snapshot!(told(&a_rollback(), PrinterSettings::default()));
    }

    #[test]
    fn verbose_shows_steps_and_logs() {
        let text = told(
            &a_deploy(),
            PrinterSettings {
                verbose: true,
                ..PrinterSettings::default()
            },
        );
        assert!(text.contains("build web: | compiling"), "{text}");
        assert!(text.contains("build web: [build 2/5] RUN make"), "{text}");
    }

    #[test]
    fn quiet_shows_only_problems() {
        let mut events = a_deploy();
        events.push(Event::Warning {
            resource: Some("web".to_owned()),
            message: "its log group is in another region".to_owned(),
            hint: None,
            complete: None,
        });
        let text = told(
            &events,
            PrinterSettings {
                quiet: true,
                ..PrinterSettings::default()
            },
        );
        assert_eq!(text, "warning: web: its log group is in another region\n");
    }

    #[test]
    fn changes_are_shown_once() {
        let step = a_step(1, 3);
        let once = told(std::slice::from_ref(&step), PrinterSettings::default());
        assert_eq!(told(&[step.clone(), step], PrinterSettings::default()), once);
    }

    #[test]
    fn queue_is_one_line_per_deployment_and_repeated() {
        let queued = |superseded: Option<&str>, deployment: Option<&str>| Event::Queued {
            service: "web".to_owned(),
            superseded: superseded.map(str::to_owned),
            deployment: deployment.map(str::to_owned),
            task_definition: deployment.map(|_| "web:2".to_owned()),
            since: deployment.map(|_| "2026-11-20T14:00:00Z".to_owned()),
        };
        let (printer, _, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        let mut lines = LogLines::new(Arc::new(printer));
        lines.event(&queued(None, Some("ecs-svc/1")), moment(0));
        lines.event(&queued(None, Some("ecs-svc/1")), moment(1));
        lines.tick(moment(31));
        lines.event(&queued(Some("web:3"), None), moment(32));
        let text = err.text();
        let said: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split_once("deploy web: "))
            .map(|(_, it)| it)
            .collect();
        assert_eq!(
            said,
            [
                "waiting for ecs-svc/1 of web:2, in progress since 2026-11-20T14:00:00Z",
                "still waiting for ecs-svc/1 of web:2, in progress since 2026-11-20T14:00:00Z (31s)",
                "web:3 was superseded; waiting for its turn",
            ]
        );
    }

    #[test]
    fn long_waits_repeat_what_is_waited_for() {
        let (printer, _, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        let mut lines = LogLines::new(Arc::new(printer));
        lines.event(&a_step(1, 3), moment(0));
        lines.tick(moment(29));
        assert_eq!(err.text().lines().count(), 1);
        lines.tick(moment(30));
        lines.tick(moment(31));
        let text = err.text();
        assert_eq!(text.lines().count(), 2);
        assert!(
            text.ends_with("deploy web: still at 1 of 3 running, 2 starting (30s)\n"),
            "{text}"
        );
        let baking = Event::Rollout {
            service: "web".to_owned(),
            event: RolloutEvent::Baking { alarms: 2 },
        };
        lines.event(&baking, moment(62));
        lines.tick(moment(180));
        let text = err.text();
        assert!(
            text.ends_with("deploy web: still at the bake time: 2 alarms are watched (3m 00s)\n"),
            "{text}"
        );
    }
    /// Returns what is printed about a build, a push and a wait for AWS that last 31 seconds, while another service
    /// has an event every second.
    fn printed_in_31_seconds(events: &[Event]) -> String {
        let (printer, _, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        let mut lines = LogLines::new(Arc::new(printer));
        events.iter().for_each(|event| lines.event(event, moment(0)));
        for second in 1..=31 {
            lines.event(&a_step(second % 2, 3), moment(second));
            lines.tick(moment(second));
        }
        let text = err.text();
        let ours = text.lines().filter(|line| !line.contains("deploy web"));
        ours.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn long_operations_say_every_30s_what_they_do() {
        let build = |event| Event::Build {
            image: "web".to_owned(),
            event,
        };
        let push = PushEvent::Progress {
            layers: 12,
            done: 3,
            sent: 1_200_000,
            total: 3_400_000,
        };
        let rows = [
            (
                vec![build(BuildEvent::Started)],
                "build web: still sending the build context (30s)",
            ),
            (
                vec![
                    build(BuildEvent::Started),
                    build(BuildEvent::Context { sent: 12_400_000 }),
                ],
                "build web: still sending the build context, 12.4 MB so far (30s)",
            ),
            (
                vec![build(BuildEvent::Step {
                    name: "[2/5] RUN make".to_owned(),
                    cached: false,
                    done: false,
                })],
                "build web: still at [2/5] RUN make (30s)",
            ),
            (
                vec![Event::Push {
                    image: "web".to_owned(),
                    event: push,
                }],
                "push web: still at 3 of 12 layers, 1.2 MB of 3.4 MB (30s)",
            ),
            (
                vec![
                    Event::Waiting {
                        what: "the services",
                        done: false,
                    },
                    Event::Waiting {
                        what: "tags",
                        done: false,
                    },
                ],
                "wait AWS: still reading the services, tags (30s)",
            ),
            (
                vec![Event::Changing {
                    service: "api".to_owned(),
                }],
                "deploy api: still waiting for a response from ECS (30s)",
            ),
        ];
        for (events, expected) in rows {
            let text = printed_in_31_seconds(&events);
            assert!(text.ends_with(expected) && text.lines().count() == 1, "{text}");
        }
    }

    #[test]
    fn waits_that_are_over_are_not_repeated() {
        let wait = |done| Event::Waiting {
            what: "the services",
            done,
        };
        assert_eq!(printed_in_31_seconds(&[wait(false), wait(true)]), "");
    }

    #[test]
    fn many_silent_operations_share_a_line() {
        let events: Vec<Event> = (1..=6)
            .map(|number| crate::ui::testing::started(&format!("s{number}")))
            .collect();
        let (printer, _, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        let mut lines = LogLines::new(Arc::new(printer));
        events.iter().for_each(|event| lines.event(event, moment(0)));
        lines.tick(moment(30));
        let text = err.text();
        assert_eq!(text.lines().count(), 7, "{text}");
        assert!(
            text.ends_with(
                "still in progress: deploy s1, deploy s2, deploy s3, deploy s4, deploy s5, deploy s6\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn the_settling_time_counts_down() {
        let (printer, _, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        let mut lines = LogLines::new(Arc::new(printer));
        let settling = Event::Rollout {
            service: "web".to_owned(),
            event: RolloutEvent::Settling { seconds: 60 },
        };
        lines.event(&settling, moment(0));
        lines.tick(moment(30));
        let text = err.text();
        assert!(
            text.ends_with("deploy web: still all running, watched for 30s more (30s)\n"),
            "{text}"
        );
    }
}
