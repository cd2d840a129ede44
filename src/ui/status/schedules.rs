//! Formats the schedules of jobs.

use crate::model::ScheduleStatus;
use crate::ui::line::{Emphasis, Line};
use crate::ui::table;
use crate::ui::terminal_style::TerminalStyle;

/// Formats each schedule: its name, its state, what it runs, and when.
pub(super) fn lines(schedules: &[ScheduleStatus], look: TerminalStyle) -> Vec<Line> {
    let rows = schedules.iter().map(row).collect();
    let look = TerminalStyle {
        // The rows are indented by one space.
        width: look.width.map(|width| width.saturating_sub(1)),
        ..look
    };
    let rows = table::fitted(rows, look).into_iter();
    rows.map(|line| Line::of(" ").line(line)).collect()
}

/// Summarizes a schedule on one line; used to detect changes.
pub(super) fn brief(schedule: &ScheduleStatus) -> String {
    let facts = row(schedule).into_iter().skip(1);
    let facts = facts.map(|cell| cell.render(TerminalStyle::PLAIN));
    let facts: Vec<String> = facts.filter(|fact| !fact.is_empty()).collect();
    format!("schedule {}: {}", schedule.name, facts.join(", "))
}

fn row(schedule: &ScheduleStatus) -> Vec<Line> {
    let tone = match schedule.state.as_str() {
        "ENABLED" => Emphasis::Plain,
        _ => Emphasis::Warn,
    };
    let when = [&schedule.expression, &schedule.timezone];
    let when: Vec<&str> = when.into_iter().filter_map(|it| it.as_deref()).collect();
    vec![
        Line::of("schedule ").tone(Emphasis::Strong, &schedule.name),
        Line::new().tone(tone, &schedule.state),
        Line::of(schedule.task_definition.as_deref().unwrap_or_default()),
        Line::of(when.join(" ")),
    ]
}
