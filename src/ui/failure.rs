//! Formats failures and their causes for people: briefly during the rollout, in full in the final report.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::line::{Emphasis, Line};
use super::numbers::elapsed;
use super::printer::Printer;
use super::suggestions::{self, NextCommands};
use super::terminal_style::TerminalStyle;
use super::text;
use crate::model::{AvailableActions, Ending, FailureCause, FailureLog, ServiceOutcome, TaskFailure};
use crate::model::{plural, prefixed};

/// The column at which the text after a label begins.
const LABEL: usize = 9;
/// Number of log lines shown during the rollout; the report shows all of them.
const AT_ONCE: usize = 3;

/// Explains why a service did not end well, and which commands to run next.
pub fn report(outcome: &ServiceOutcome, look: TerminalStyle, printer: &Printer) -> Vec<Line> {
    let mut lines = Vec::new();
    let verbose = printer.settings().verbose;
    let steps = suggestions::steps(outcome, printer.settings().operation);
    for failure in &outcome.failures {
        lines.push(Line::new());
        lines.extend(whole(failure, look, verbose));
        lines.extend(failure.cause.iter().flat_map(|it| cause(it, &steps, printer)));
    }
    let told = |reason: &&String| {
        let mut failures = outcome.failures.iter();
        failures.any(|it| it.said() == Some(reason.as_str()) || it.event.as_ref() == Some(*reason))
    };
    let reason = outcome.reason.as_ref().filter(|reason| !told(reason));
    if !outcome.failures.is_empty() {
        lines.push(Line::new());
    }
    let who = match (outcome.recourse, outcome.outcome) {
        (AvailableActions::Untouched, _) => "why".to_owned(),
        // It may say nothing about why the deployment isn't done.
        (_, Ending::TimedOut) => {
            let at = outcome.last_event_at.as_deref().map(|at| time(at, look));
            format!("last service event{}", prefixed(" at ", at.as_deref()))
        }
        _ => "AWS".to_owned(),
    };
    lines.extend(reason.map(|reason| labelled(&who, reason)));
    if !outcome.alarms.is_empty() {
        lines.push(labelled("alarm", &outcome.alarms.join(", ")));
    }
    for entry in &outcome.action_log {
        let event = entry.event.as_ref().map(|event| format!("{event}: "));
        let event = event.unwrap_or_default();
        lines.push(labelled("ECS action log", &format!("{event}{}", entry.reason)));
    }
    lines.extend(outcome.cause.iter().flat_map(|it| cause(it, &steps, printer)));
    let commands: Vec<_> = steps
        .iter()
        .map(|step| printer.whole_suggestion(&step.command))
        .collect();
    let width = commands.iter().map(|it| it.chars().count()).max().unwrap_or(0);
    for (number, (step, command)) in steps.iter().zip(&commands).enumerate() {
        let label = if number == 0 { "next:" } else { "" };
        let command = format!("{command:<width$}");
        lines.push(under(label, &format!("{command}  {}", step.brings)));
    }
    lines
}

/// Explains why a job failed. Its log was shown as it was written, so its lines are left out.
pub fn of_job(failure: &TaskFailure, printer: &Printer) -> Vec<Line> {
    let log = failure.log.clone().filter(|log| log.lines.is_empty());
    let shown = TaskFailure {
        log,
        ..failure.clone()
    };
    let (look, verbose) = (printer.err_look(), printer.settings().verbose);
    let mut lines = whole(&shown, look, verbose);
    lines.extend(failure.cause.iter().flat_map(|it| cause(it, &[], printer)));
    lines
}

/// Formats everything about a failure except its cause.
fn whole(failure: &TaskFailure, look: TerminalStyle, verbose: bool) -> Vec<Line> {
    let mut lines = vec![Line::of("  ").text(headline(failure, look, verbose))];
    lines.extend(failure.stopped_reason.as_ref().map(|it| labelled("AWS", it)));
    lines.extend(failure.event.as_ref().map(|it| labelled("AWS", it)));
    let container = failure.container.as_deref().unwrap_or("container");
    let exit = exit_code(failure);
    for text in [exit.as_ref(), failure.container_reason.as_ref()]
        .into_iter()
        .flatten()
    {
        lines.push(labelled(container, text));
    }
    if let Some(log) = &failure.log {
        let task = failure.task_id.as_deref().unwrap_or_default();
        lines.extend(log_lines(log, task, verbose));
    }
    lines.extend(
        failure
            .target
            .as_ref()
            .map(|it| labelled("target", &text::unhealthy_target(it))),
    );
    lines
}

/// Formats an explanation as soon as it is available. A previous line already says which task stopped.
pub fn at_once(failure: &TaskFailure, with_cause: bool, printer: &Printer) -> Vec<Line> {
    let log = failure.log.as_ref();
    let tail = log.map_or(&[][..], |log| log.lines.as_slice());
    let tail = tail.get(tail.len().saturating_sub(AT_ONCE)..).unwrap_or_default();
    let mut lines: Vec<Line> = tail
        .iter()
        .map(|line| Line::new().tone(Emphasis::Faint, "| ").text(line))
        .collect();
    let label = |label: &str, text: &str| Line::new().tone(Emphasis::Faint, label).text(" ").text(text);
    lines.extend(
        failure
            .target
            .as_ref()
            .map(|it| label("target:", &text::unhealthy_target(it))),
    );
    if let Some(cause) = failure.cause.as_ref().filter(|_| with_cause) {
        lines.push(label("cause:", &cause.text));
        lines.push(label("try:", &printer.whole_suggestion(&cause.cure)));
    }
    lines
}

/// `3 tasks stopped for the same reason, first 3f2a91c0 at 14:03:19, 8s after it started`.
fn headline(failure: &TaskFailure, look: TerminalStyle, verbose: bool) -> String {
    let at = failure
        .first_at
        .as_deref()
        .map(|at| format!(" at {}", time(at, look)))
        .unwrap_or_default();
    let Some(task) = &failure.task_id else {
        return match (&failure.event, failure.count) {
            (Some(_), 0 | 1) => format!("ECS event{at}"),
            (Some(_), count) => format!("ECS event, {count} times, first{at}"),
            (None, count) => format!("{} not healthy", plural(count.max(1), "target")),
        };
    };
    let task = text::task(task, verbose);
    let lived = failure
        .ran_for_seconds
        .map(|seconds| {
            format!(
                ", {} after it started",
                elapsed(std::time::Duration::from_secs(seconds))
            )
        })
        .unwrap_or_default();
    match failure.count {
        0 | 1 => format!("task {task} stopped{at}{lived}"),
        count => format!("{count} tasks stopped for the same reason, first {task}{at}{lived}"),
    }
}

/// Formats a time: local on a terminal, RFC 3339 in a log.
fn time(at: &str, look: TerminalStyle) -> String {
    let Ok(time) = at.parse::<Timestamp>() else {
        return at.to_owned();
    };
    if look.terminal {
        return time
            .to_zoned_datetime(TimeZone::system())
            .strftime("%H:%M:%S")
            .to_string();
    }
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `exit code 137, killed (SIGKILL): out of memory`.
fn exit_code(failure: &TaskFailure) -> Option<String> {
    let code = failure.exit_code?;
    Some(match &failure.meaning {
        Some(meaning) => format!("exit code {code}, {meaning}"),
        None => format!("exit code {code}"),
    })
}

fn log_lines(log: &FailureLog, task: &str, verbose: bool) -> Vec<Line> {
    let stream = log.stream.as_ref().map(|stream| match task {
        "" => stream.clone(),
        task => stream.replace(task, text::task(task, verbose)),
    });
    let place: Vec<String> = log.group.clone().into_iter().chain(stream).collect();
    let place = place.join(" ");
    let region = log.region.as_deref().filter(|_| log.note.is_some());
    let region = prefixed(" in ", region);
    let head = match (&log.note, log.lines.len() as u64) {
        (Some(note), _) if place.is_empty() => note.clone(),
        (Some(note), _) => format!("{place}{region}: {note}"),
        (None, 1) => format!("{place} (last line)"),
        (None, count) => format!("{place} (last {})", plural(count, "line")),
    };
    let mut lines = vec![labelled("log", &head)];
    lines.extend(log.lines.iter().map(|line| said(line)));
    lines
}

/// Formats a line of the program's own output.
fn said(line: &str) -> Line {
    under("", "")
        .tone(Emphasis::Faint, "| ")
        .text(line)
        .hanging(4 + LABEL)
}

/// Formats the cause and the suggested fix, unless the fix is one of the next steps anyway.
fn cause(cause: &FailureCause, steps: &[NextCommands], printer: &Printer) -> Vec<Line> {
    let mut lines = vec![labelled("cause", &cause.text)];
    let cure = printer.whole_suggestion(&cause.cure);
    if steps
        .iter()
        .all(|step| printer.whole_suggestion(&step.command) != cure)
    {
        lines.push(labelled("try", &cure));
    }
    lines
}

fn labelled(label: &str, text: &str) -> Line {
    under(&format!("{label}:"), text)
}

fn under(label: &str, text: &str) -> Line {
    Line::of("  ")
        .tone(Emphasis::Faint, format!("{label:<width$}", width = LABEL - 1))
        .text(" ")
        .text(text)
        .hanging(2 + LABEL)
}
