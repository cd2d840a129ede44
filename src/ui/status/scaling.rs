//! Formats what scales a service: its policies and the last scaling activities.

use jiff::Timestamp;

use super::remarks::StatusRemark;
use super::when;
use crate::model::{ScalingActivityStatus, ScalingPolicyStatus, ServiceStatus};
use crate::ui::line::{Line, Symbol};
use crate::ui::terminal_style::TerminalStyle;

/// Formats the policies on one line, and each activity on one of its own.
pub(super) fn lines(service: &ServiceStatus, look: TerminalStyle, now: Timestamp) -> Vec<Line> {
    let Some(scaling) = &service.scaling else {
        return Vec::new();
    };
    let policies: Vec<String> = scaling.policies.iter().flatten().map(policy).collect();
    let mut lines = Vec::new();
    if !policies.is_empty() {
        let line = Line::of("     ").text(format!("policies {}", policies.join(", ")));
        lines.push(line.shortened(look, look.width.unwrap_or(usize::MAX)));
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

/// `ecsctl/cpu (ECSServiceAverageCPUUtilization 60)`.
fn policy(policy: &ScalingPolicyStatus) -> String {
    let parts = [policy.metric.clone(), policy.target.map(|it| it.to_string())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => policy.name.clone(),
        false => format!("{} ({})", policy.name, parts.join(" ")),
    }
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
