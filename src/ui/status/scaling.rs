//! Formats what scales a service: its suspended processes, its policies, their alarms, and the last scaling activities.

use jiff::Timestamp;

use super::remarks::StatusRemark;
use super::when;
use crate::model::{
    AlarmStatus, ScalingActivityStatus, ScalingPolicyStatus, ScalingStatus, ServiceStatus, prefixed,
};
use crate::ui::line::{Line, Symbol};
use crate::ui::terminal_style::TerminalStyle;

/// Formats the policies on one line, and each activity on one of its own.
pub(super) fn lines(service: &ServiceStatus, look: TerminalStyle, now: Timestamp) -> Vec<Line> {
    let Some(scaling) = &service.scaling else {
        return Vec::new();
    };
    let policies: Vec<String> = scaling.policies.iter().flatten().map(policy).collect();
    let mut lines = suspended(scaling, look);
    if !policies.is_empty() {
        let line = Line::of("     ").text(format!("policies {}", policies.join(", ")));
        lines.push(line.shortened(look, look.width.unwrap_or(usize::MAX)));
    }
    for alarm in scaling
        .policies
        .iter()
        .flatten()
        .flat_map(|it| &it.alarms)
        .flatten()
    {
        if let Some(text) = self::alarm(alarm) {
            let line = Line::of("     ").text(text);
            lines.push(line.shortened(look, look.width.unwrap_or(usize::MAX)));
        }
    }
    for activity in scaling.activities.iter().flatten() {
        let text = self::activity(activity, look, now);
        match activity.status.as_deref() {
            Some("Failed" | "Unfulfilled") => {
                lines.extend(StatusRemark::of(Symbol::Warning, text).lines(look));
            }
            _ => {
                let line = Line::of("     ").text(text);
                lines.push(line.shortened(look, look.width.unwrap_or(usize::MAX)));
            }
        }
    }
    lines
}

/// The members of `SuspendedState` (API reference), and what each of them suspends.
const PROCESSES: [(&str, &str); 3] = [
    ("DynamicScalingInSuspended", "scale in by policies"),
    ("DynamicScalingOutSuspended", "scale out by policies"),
    ("ScheduledScalingSuspended", "scheduled scaling"),
];

/// Formats the suspended processes.
fn suspended(scaling: &ScalingStatus, look: TerminalStyle) -> Vec<Line> {
    if scaling.suspended.is_empty() {
        return Vec::new();
    }
    let shown = |process: &String| {
        let known = PROCESSES.iter().find(|(member, _)| member == process);
        known.map_or_else(|| process.clone(), |(_, words)| (*words).to_owned())
    };
    let processes: Vec<String> = scaling.suspended.iter().map(shown).collect();
    StatusRemark::of(Symbol::Warning, format!("suspended: {}", processes.join(", "))).lines(look)
}

/// `alarm ecsctl/shop/web/queue: ALARM, Threshold Crossed: …`. None if it is OK.
fn alarm(alarm: &AlarmStatus) -> Option<String> {
    let state = alarm.state.as_deref().filter(|state| *state != "OK")?;
    let reason = prefixed(", ", alarm.reason.as_ref());
    Some(format!("alarm {}: {state}{reason}", alarm.name))
}

/// `ecsctl/cpu (ECSServiceAverageCPUUtilization 48.5, target 60)`.
fn policy(policy: &ScalingPolicyStatus) -> String {
    let metric = [policy.metric.clone(), policy.value.map(number)];
    let metric: Vec<String> = metric.into_iter().flatten().collect();
    let target = policy.target.map(|it| format!("target {}", number(it)));
    let parts = [Some(metric.join(" ")).filter(|it| !it.is_empty()), target];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => policy.name.clone(),
        false => format!("{} ({})", policy.name, parts.join(", ")),
    }
}

/// Formats a number with two decimals at most.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `scaling 2 minutes ago: Setting desired count to 4. (minimum capacity was set to 4)`.
fn activity(activity: &ScalingActivityStatus, look: TerminalStyle, now: Timestamp) -> String {
    let at = activity
        .at
        .as_deref()
        .map(|at| format!(" {}", when(at, look, now)));
    let what = activity.description.as_deref().unwrap_or_default();
    let why = match activity.status.as_deref() {
        Some("Successful") => activity.cause.clone(),
        _ => activity.message.clone().or_else(|| activity.status.clone()),
    };
    let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
    format!("scaling{}: {what}{why}", at.unwrap_or_default())
}
