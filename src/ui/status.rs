//! Formats the status of services for people.

mod follow;
mod in_progress;
mod remarks;
mod scaling;
mod schedules;

use crate::diagnostic::Suggestion;
use jiff::Timestamp;

use super::history;
use super::line::{Emphasis, Line, Symbol};
use super::table;
use super::terminal_style::TerminalStyle;
use super::text;
use super::times;
use crate::model::{FailedTasks, ServiceStatus, Status, TargetCount, TargetGroupStatus};
use crate::model::{plural, prefixed};

use remarks::StatusRemark;

pub use follow::StatusView;

/// Number of failure kinds shown per service.
const KINDS: usize = 3;

/// Formats the location and one line per service, with deployments in progress and problems below it.
pub fn lines(status: &Status, look: TerminalStyle, now: Timestamp) -> Vec<Line> {
    let account = prefixed(", account ", status.account.as_ref());
    let mut lines = vec![Line::of(format!(
        "{} in {}{account}",
        status.cluster, status.region
    ))];
    let rows = status
        .services
        .iter()
        .map(|service| row(service, look, now))
        .collect();
    for (rows, service) in fitted(rows, look).into_iter().zip(&status.services) {
        lines.extend(rows.into_iter().map(|line| Line::of(" ").line(line)));
        lines.extend(remarks(service, look, now));
        lines.extend(images(service, look));
        lines.extend(scaling::lines(service, look, now));
    }
    lines.extend(schedules::lines(&status.schedules, look));
    for note in &status.notes {
        lines.push(Line::new().sign(Symbol::Warning).text(" ").text(note));
    }
    lines
}

/// Formats the row of each service: aligned if the terminal is wide enough, else wrapped onto several lines.
fn fitted(rows: Vec<Vec<Line>>, look: TerminalStyle) -> Vec<Vec<Line>> {
    // The rows are indented by one space.
    let look = TerminalStyle {
        width: look.width.map(|width| width.saturating_sub(1)),
        ..look
    };
    let lined_up = table::aligned(rows.clone(), look);
    let is_wide = |width| lined_up.iter().all(|line| line.trimmed_width(look) <= width);
    if look.width.is_none_or(is_wide) {
        return lined_up.into_iter().map(|line| vec![line]).collect();
    }
    let row = |row| table::fitted(vec![row], look);
    rows.into_iter().map(row).collect()
}

/// Summarizes a service on one line without times; used to detect changes.
pub(super) fn brief(service: &ServiceStatus) -> String {
    let look = TerminalStyle::PLAIN;
    let row = row(service, look, Timestamp::UNIX_EPOCH);
    let facts = row.iter().skip(1).take(3).map(|cell| cell.render(look));
    let facts: Vec<String> = facts.filter(|fact| !fact.is_empty()).collect();
    let remarks = remarks(service, look, Timestamp::UNIX_EPOCH);
    let remarks = remarks
        .iter()
        .map(|line| format!("; {}", line.render(look).trim()));
    format!(
        "{}: {}{}",
        service.name,
        facts.join(", "),
        remarks.collect::<String>()
    )
}

fn row(service: &ServiceStatus, look: TerminalStyle, now: Timestamp) -> Vec<Line> {
    let tone = if service.status == "ACTIVE" {
        Emphasis::Plain
    } else {
        Emphasis::Warn
    };
    let head = in_progress::head(service);
    let counts = match (head.running, head.desired) {
        (Some(running), Some(desired)) => {
            text::counts(running, head.pending, desired, head.failed, 0) + &healthy(service, head.id)
        }
        _ => String::new(),
    };
    let short = head.running < head.desired;
    let began = if head.is_rolling { "begun" } else { "deployed" };
    vec![
        Line::new().tone(Emphasis::Strong, &service.name),
        Line::new().tone(tone, &service.status),
        Line::of(head.definition.unwrap_or_default()),
        Line::new().tone(if short { Emphasis::Warn } else { Emphasis::Plain }, counts),
        Line::of(
            service
                .deployed_at
                .as_deref()
                .map(|at| format!("{began} {}{}", when(at, look, now), by(service)))
                .unwrap_or_default(),
        ),
        Line::of(
            service
                .scaling
                .as_ref()
                .map(|it| format!("scaling {} to {}", it.min, it.max))
                .unwrap_or_default(),
        ),
    ]
}

/// `, 3 healthy`, according to the containers' own health checks; counts only the tasks of one deployment if
/// there are several.
fn healthy(service: &ServiceStatus, deployment: Option<&str>) -> String {
    let alone = service.deployments.len() < 2;
    let tasks = service.tasks.iter().flatten();
    let tasks = tasks.filter(|it| alone || it.deployment.as_deref() == deployment);
    let of = |health: &str| -> u64 {
        let of_health = tasks.clone().filter(|it| it.health.as_deref() == Some(health));
        of_health.map(|it| it.count).sum()
    };
    let part = |count: u64, word: &str| (count > 0).then(|| format!(", {count} {word}"));
    let parts = [part(of("HEALTHY"), "healthy"), part(of("UNHEALTHY"), "unhealthy")];
    parts.into_iter().flatten().collect()
}

/// `, registered by ci`.
fn by(service: &ServiceStatus) -> String {
    let by = service.registered_by.as_ref();
    by.map(|by| format!(", registered by {by}")).unwrap_or_default()
}

/// `2 days ago` on a terminal; RFC 3339 otherwise.
fn when(at: &str, look: TerminalStyle, now: Timestamp) -> String {
    match at.parse::<Timestamp>() {
        Ok(at) => times::ago(at, look, now),
        Err(_) => at.to_owned(),
    }
}

fn remarks(service: &ServiceStatus, look: TerminalStyle, now: Timestamp) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut say = |remark: StatusRemark| lines.extend(remark.lines(look));
    if service.status == "MISSING" {
        let text = Line::of("   ").sign(Symbol::Warning).text(" doesn't exist; ");
        return vec![
            text.command(
                Suggestion::from("`")
                    .run("deploy", format!("--only {}", service.key))
                    .then("` creates it"),
            ),
        ];
    }
    in_progress::remarks(service, look, now)
        .into_iter()
        .for_each(&mut say);
    if let Some(event) = in_progress::trouble(service) {
        let at = event
            .at
            .as_deref()
            .map(|at| format!(", {}", when(at, look, now)))
            .unwrap_or_default();
        say(StatusRemark::of(
            Symbol::Warning,
            format!("ECS{at}: {}", event.message),
        ));
    }
    if let Some(states) = states(service) {
        say(StatusRemark::of(Symbol::Change, states));
    }
    for failed in service.failed.iter().take(KINDS) {
        let command = Suggestion::command("tasks", format!("{} --stopped", service.key));
        let text = stopped(failed, look, now);
        say(StatusRemark::of(Symbol::Warning, text).next(command));
    }
    if let Some(text) = changed_secrets(service, look, now) {
        let command = Suggestion::command("restart", service.key.clone());
        say(StatusRemark::of(Symbol::Warning, text).next(command));
    }
    let reached = service.targets.iter().any(|it| it.healthy > 0);
    for group in &service.targets {
        match targets(group, reached) {
            (true, text) => lines.push(Line::of("     ").text(text)),
            (false, text) => lines.extend(StatusRemark::of(Symbol::Warning, text).lines(look)),
        }
    }
    lines.extend(service.url.iter().map(|url| Line::of("     ").text(url)));
    lines
}

/// `secrets changed after its tasks started: shop/db-AbCdEf (5 minutes ago)`.
fn changed_secrets(service: &ServiceStatus, look: TerminalStyle, now: Timestamp) -> Option<String> {
    let secrets = service.changed_secrets.iter();
    let secrets: Vec<String> = secrets
        .map(|it| format!("{} ({})", it.name, when(&it.changed_at.to_string(), look, now)))
        .collect();
    let subject = match secrets.len() {
        0 => return None,
        1 => "a secret",
        _ => "secrets",
    };
    Some(format!(
        "{subject} changed after its tasks started: {}",
        secrets.join(", ")
    ))
}

/// `image acme/shop:1@sha256:1f0c2a91`: what runs, container by container.
fn images(service: &ServiceStatus, look: TerminalStyle) -> Option<Line> {
    let images = service.images.iter().filter(|it| it.image.is_some());
    let images: Vec<String> = images.map(|it| history::image(it, false)).collect();
    let head = match images.as_slice() {
        [] => return None,
        [_] => "image",
        _ => "images",
    };
    let line = Line::of("     ").text(format!("{head} {}", images.join(", ")));
    Some(line.shortened(look, look.width.unwrap_or(usize::MAX)))
}

/// Lists the task states if some tasks count as neither running nor pending: `1 DEACTIVATING, 2 RUNNING`.
fn states(service: &ServiceStatus) -> Option<String> {
    let tasks = service.tasks.as_ref()?;
    let settled = |status: &str| matches!(status, "RUNNING");
    if tasks.iter().all(|it| settled(&it.status)) {
        return None;
    }
    let mut states: Vec<(&str, u64)> = Vec::new();
    for task in tasks {
        match states.iter_mut().find(|(status, _)| *status == task.status) {
            Some((_, count)) => *count += task.count,
            None => states.push((&task.status, task.count)),
        }
    }
    let states: Vec<String> = states
        .iter()
        .map(|(status, count)| format!("{count} {status}"))
        .collect();
    Some(format!("tasks: {}", states.join(", ")))
}

/// `2 tasks of web:42 failed, the last one 3 minutes ago (web: exit code 137): OutOfMemoryError: …`.
fn stopped(failed: &FailedTasks, look: TerminalStyle, now: Timestamp) -> String {
    let definition = failed.task_definition.as_ref();
    let of = prefixed(" of ", definition);
    let reason = failed.reason.as_deref().unwrap_or("no reason given");
    let exit = match (&failed.container, failed.exit_code) {
        (Some(container), Some(code)) => format!(" ({container}: exit code {code})"),
        _ => String::new(),
    };
    let count = plural(failed.count, "task");
    let age = failed.last_at.as_deref().map(|at| when(at, look, now));
    let age = match failed.count {
        1 => prefixed(" ", age.as_ref()),
        _ => prefixed(", the last one ", age.as_ref()),
    };
    format!("{count}{of} failed{age}{exit}: {reason}")
}

/// Returns whether all targets of a group are healthy, and a description. `reached`: another group's targets
/// are healthy, so this one may be empty: blue/green deployments alternate between two groups (API reference:
/// AdvancedConfiguration).
fn targets(group: &TargetGroupStatus, reached: bool) -> (bool, String) {
    let all = group.healthy + group.others.iter().map(|it| it.count).sum::<u64>();
    let head = format!("target group {}", group.name);
    if all == 0 {
        return (reached, format!("{head}: no targets"));
    }
    if group.others.is_empty() {
        return (true, format!("{head}: {all} healthy"));
    }
    let others: Vec<String> = group.others.iter().map(target).collect();
    // Transitional states are not a problem.
    let passing = |state: &str| matches!(state, "initial" | "draining" | "unused");
    let fine = group.others.iter().all(|it| passing(&it.state));
    (
        fine,
        format!(
            "{head}: {} of {all} healthy; {}",
            group.healthy,
            others.join("; ")
        ),
    )
}

fn target(count: &TargetCount) -> String {
    let why: Vec<&str> = [&count.reason, &count.description]
        .into_iter()
        .filter_map(|text| text.as_deref())
        .collect();
    let why = if why.is_empty() {
        String::new()
    } else {
        format!(" ({})", why.join(": "))
    };
    format!("{} {}{why}", count.count, count.state)
}

#[cfg(test)]
mod tests;
