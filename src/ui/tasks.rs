//! Formats tasks for people.

use crate::diagnostic::Suggestion;
use std::time::Duration;

use jiff::Timestamp;

use super::line::{Emphasis, Line, Symbol};
use super::numbers::elapsed;
use super::terminal_style::TerminalStyle;
use super::{table, text, times};
use crate::model::plural;
use crate::model::{ContainerStatus, TaskStatus};

/// Display options for tasks.
#[derive(Clone, Copy, Debug)]
pub struct TaskListStyle {
    /// The stream's style.
    pub look: TerminalStyle,
    /// The current time.
    pub now: Timestamp,
    /// Whether to show full IDs.
    pub verbose: bool,
}

/// Formats one line per task that has not stopped.
pub fn live(tasks: &[TaskStatus], style: TaskListStyle) -> Vec<Line> {
    let rows = tasks.iter().map(|task| row(task, style)).collect();
    table::fitted(rows, style.look)
}

fn row(task: &TaskStatus, style: TaskListStyle) -> Vec<Line> {
    let stops = task.desired_status.as_deref() == Some("STOPPED");
    let status = Line::new().tone(
        if stops || task.last_status != "RUNNING" {
            Emphasis::Warn
        } else {
            Emphasis::Plain
        },
        &task.last_status,
    );
    let status = if stops { status.text(", stopping") } else { status };
    let health = match task.health.as_deref() {
        Some("UNHEALTHY") => Line::new().tone(Emphasis::Bad, "UNHEALTHY"),
        health => Line::of(health.unwrap_or_default()),
    };
    let age = match (task.started_at, task.created_at) {
        (Some(at), _) => format!("started {}", times::ago(at, style.look, style.now)),
        (None, Some(at)) => format!("created {}", times::ago(at, style.look, style.now)),
        (None, None) => String::new(),
    };
    let containers: Vec<String> = task
        .containers
        .iter()
        .map(|container| beside(container, &task.last_status))
        .collect();
    vec![
        Line::of(" ").tone(Emphasis::Strong, &task.service),
        Line::of(text::task(&task.id, style.verbose)),
        Line::of(task.task_definition.as_deref().unwrap_or_default()),
        status,
        health,
        Line::of(age),
        Line::of(task.availability_zone.as_deref().unwrap_or_default()),
        Line::of(containers.join(", ")),
    ]
}

/// Returns a container's name, and how it differs from its task.
fn beside(container: &ContainerStatus, task: &str) -> String {
    let status = container.last_status.as_deref().filter(|status| *status != task);
    let exit = container.exit_code.map(|code| format!("exit code {code}"));
    let ill = container
        .health
        .as_deref()
        .filter(|health| *health == "UNHEALTHY");
    let more: Vec<&str> = status.into_iter().chain(exit.as_deref()).chain(ill).collect();
    match more.as_slice() {
        [] => container.name.clone(),
        more => format!("{} ({})", container.name, more.join(", ")),
    }
}

/// Formats tasks that stopped for the same reason: their number, the most recent one, and the reason. The
/// most recent task comes first in `alike`.
pub fn stopped(alike: &[TaskStatus], style: TaskListStyle) -> Vec<Line> {
    let Some(last) = alike.first() else {
        return Vec::new();
    };
    let count = alike.len() as u64;
    let id = text::task(&last.id, style.verbose);
    let when = last.stopped_at.map(|at| times::ago(at, style.look, style.now));
    let head = match count {
        1 => format!("task {id} stopped"),
        _ => format!("{} stopped for the same reason, last {id}", plural(count, "task")),
    };
    let mut lines = vec![
        Line::of(" ")
            .tone(Emphasis::Strong, &last.service)
            .text("  ")
            .text(last.task_definition.as_deref().unwrap_or_default())
            .text("  ")
            .text(head)
            .text(when.map(|when| format!(" {when}")).unwrap_or_default())
            .text(lived(last)),
    ];
    let code = last.stop_code.as_ref().map(|code| format!(" ({code})"));
    let reason = last.stopped_reason.as_deref().unwrap_or("no reason given");
    let mut why = vec![("AWS", format!("{reason}{}", code.unwrap_or_default()))];
    why.extend(
        last.containers
            .iter()
            .filter_map(|it| Some((it.name.as_str(), ended(it)?))),
    );
    let width = why
        .iter()
        .map(|(label, _)| Line::of(label).width(style.look))
        .max();
    for (label, text) in why {
        let label = Line::of("      ").tone(Emphasis::Faint, format!("{label}:"));
        lines.push(label.pad_to(6 + width.unwrap_or(0) + 3, style.look).text(text));
    }
    lines
}

/// `, 8s after it started`.
fn lived(task: &TaskStatus) -> String {
    let (Some(started), Some(stopped)) = (task.started_at, task.stopped_at) else {
        return ", before it had started".to_owned();
    };
    match Duration::try_from(stopped.duration_since(started)) {
        Ok(time) => format!(", {} after it started", elapsed(time)),
        Err(_) => String::new(),
    }
}

/// `exit code 137, killed (SIGKILL): out of memory; OutOfMemoryError: …`.
fn ended(container: &ContainerStatus) -> Option<String> {
    let code = container.exit_code.map(|code| format!("exit code {code}"));
    let meaning = container.meaning.clone();
    let exit = [code, meaning]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let said = container.reason.clone();
    let parts: Vec<String> = [Some(exit), said]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Formats the note below a service's running tasks that others stopped, and how to see why.
pub fn also_stopped(service: &str, key: &str, count: usize) -> Line {
    Line::of("   ")
        .sign(Symbol::Warning)
        .text(format!(
            " {} of {service} stopped in the last hour",
            plural(count as u64, "task")
        ))
        .text("   ")
        .command(Suggestion::command("tasks", format!("{key} --stopped")))
}

/// Formats the line for a service without tasks.
pub fn none(service: &str, stopped: bool) -> Line {
    let line = Line::of(" ").tone(Emphasis::Strong, service);
    if stopped {
        line.text("  no stopped tasks; ECS keeps them for about an hour")
    } else {
        line.text("  no tasks")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(look: TerminalStyle) -> TaskListStyle {
        TaskListStyle {
            look,
            now: Timestamp::constant(1_795_183_361, 0),
            verbose: false,
        }
    }

    fn task(id: &str, status: &str) -> TaskStatus {
        TaskStatus {
            service: "web".to_owned(),
            id: id.to_owned(),
            task_definition: Some("web:42".to_owned()),
            last_status: status.to_owned(),
            desired_status: Some("RUNNING".to_owned()),
            health: Some("HEALTHY".to_owned()),
            availability_zone: Some("us-east-1a".to_owned()),
            started_at: Some(Timestamp::constant(1_795_183_361 - 7208, 0)),
            containers: vec![ContainerStatus {
                name: "web".to_owned(),
                last_status: Some(status.to_owned()),
                ..ContainerStatus::default()
            }],
            ..TaskStatus::default()
        }
    }

    fn rendered(lines: &[Line], look: TerminalStyle) -> String {
        lines.iter().map(|line| line.render(look) + "\n").collect()
    }

    const TERMINAL: TerminalStyle = TerminalStyle {
        unicode: true,
        terminal: true,
        ..TerminalStyle::PLAIN
    };

    #[test]
    fn rows_of_live_tasks() {
        let mut stopping = task("77ab03c1aaaaaaaa", "DEACTIVATING");
        stopping.desired_status = Some("STOPPED".to_owned());
        stopping.health = Some("UNHEALTHY".to_owned());
        if let Some(container) = stopping.containers.first_mut() {
            container.last_status = Some("STOPPED".to_owned());
            container.exit_code = Some(0);
        }
        let lines = live(&[task("3f2a91c0aaaaaaaa", "RUNNING"), stopping], style(TERMINAL));
        assert_eq!(
            rendered(&lines, TERMINAL),
            " web  3f2a91c0  web:42  RUNNING                 HEALTHY    started 2 hours ago  us-east-1a  web\n \
             web  77ab03c1  web:42  DEACTIVATING, stopping  UNHEALTHY  started 2 hours ago  us-east-1a  web (STOPPED, exit code 0)\n"
        );
    }

    #[test]
    fn why_tasks_stopped() {
        let mut one = task("3f2a91c0aaaaaaaa", "STOPPED");
        one.stopped_at = Some(Timestamp::constant(1_795_183_361 - 7200, 0));
        one.stop_code = Some("EssentialContainerExited".to_owned());
        one.stopped_reason = Some("Essential container in task exited".to_owned());
        one.containers.push(ContainerStatus {
            name: "proxy".to_owned(),
            exit_code: Some(137),
            meaning: Some("killed (SIGKILL): out of memory".to_owned()),
            reason: Some("OutOfMemoryError: Container killed due to memory usage".to_owned()),
            ..ContainerStatus::default()
        });
        let lines = stopped(&[one.clone(), one.clone()], style(TERMINAL));
        assert_eq!(
            rendered(&lines, TERMINAL),
            " web  web:42  2 tasks stopped for the same reason, last 3f2a91c0 2 hours ago, 8s after it started
      AWS:    Essential container in task exited (EssentialContainerExited)
      proxy:  exit code 137, killed (SIGKILL): out of memory; OutOfMemoryError: Container killed due to memory usage\n"
        );
        one.started_at = None;
        one.stopped_reason = None;
        let lines = stopped(&[one], style(TerminalStyle::PLAIN));
        let text = rendered(&lines, TerminalStyle::PLAIN);
        assert!(
            text.contains("task 3f2a91c0 stopped 2026-11-20T12:02:41Z, before it had started"),
            "{text}"
        );
        assert!(text.contains("no reason given"), "{text}");
    }
}
