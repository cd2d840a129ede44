//! Formats a plan, for people and as a document with sensitive values masked.

use super::line::{Emphasis, Line, Symbol};
use super::numbers::plural;
use super::printer::{OutputFormat, Printer};
use super::terminal_style::TerminalStyle;
use super::text::{definition_name, shorten};
use crate::diagnostic::Suggestion;
use crate::model::prefixed;
use crate::model::{
    Change, DefinitionPlan, DisplayValue, ImageState, LogGroupPlan, Plan, ServiceAction, ServicePlan, Value,
};
use crate::schema::{EcsOperation, redact};

/// Paths longer than this don't move the value column further right.
const WIDEST_PATH: usize = 56;
/// Values are truncated to this many columns unless output is verbose.
const WIDEST_VALUE: usize = 60;

/// Display options for a plan.
#[derive(Clone, Copy, Debug)]
pub struct PlanStyle {
    /// The stream's style.
    pub look: TerminalStyle,
    /// Whether to show full digests and values.
    pub verbose: bool,
}

/// Formats the plan: its location, then one line per item, with the changes below it.
pub fn lines(plan: &Plan, style: PlanStyle) -> Vec<Line> {
    let plan = &in_words(plan);
    let mut lines = vec![Line::of(place(plan))];
    lines.extend(
        items(plan)
            .into_iter()
            .flat_map(|item| item.lines(style, items_width(plan, style.look))),
    );
    lines.extend(
        plan.warnings
            .iter()
            .map(|text| Line::new().sign(Symbol::Warning).text(" ").text(text)),
    );
    lines
}

/// Prints a plan's changes where the event views show only one line for it: in a log, or on a terminal
/// without progress.
pub fn print_changes(printer: &Printer, plan: &Plan) {
    let settings = printer.settings();
    let is_live = printer.err_look().terminal && !settings.no_progress;
    if is_live || settings.quiet || settings.form == OutputFormat::Jsonl {
        return;
    }
    let style = PlanStyle {
        look: printer.err_look(),
        verbose: settings.verbose,
    };
    // Skip the first line: the location was already printed.
    lines(plan, style)
        .iter()
        .skip(1)
        .for_each(|line| printer.note(line));
}

/// Replaces pending values with words: `built now` for `${images.web}`.
fn in_words(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let images = std::mem::take(&mut plan.images);
    let word = |text: &str| {
        let name = text.strip_prefix("${images.")?.strip_suffix('}')?;
        let image = images.iter().find(|image| image.name == name)?;
        Some(match image.state {
            ImageState::Unbuilt => "known after build",
            _ => "built now",
        })
    };
    for service in &mut plan.services {
        if let DefinitionPlan::Register { changes, .. } = &mut service.definition {
            for change in changes {
                if let DisplayValue::Pending(text) = &mut change.after
                    && let Some(word) = word(text)
                {
                    *text = word.to_owned();
                }
            }
        }
    }
    plan.images = images;
    plan
}

/// `production in us-east-1, account 123456789012`.
pub fn place(plan: &Plan) -> String {
    let account = prefixed(", account ", plan.account.as_ref());
    format!("{} in {}{account}", plan.cluster, plan.region)
}

/// `2 to change, 1 as it is`. `nothing to change` doesn't mean nothing to do: that also depends on the health
/// of what exists.
pub fn summary(plan: &Plan) -> String {
    let kept = plan
        .services
        .iter()
        .filter(|service| service.changes() == 0)
        .count();
    match (plan.changes(), kept) {
        (0, _) => "nothing to change".to_owned(),
        (changes, 0) => format!("{changes} to change"),
        (changes, kept) => format!("{changes} to change, {kept} unchanged"),
    }
}

/// Returns the summary, and the next command to run.
pub fn conclusion(plan: &Plan) -> Suggestion {
    let summary = Suggestion::from(summary(plan));
    match plan.is_empty() {
        true => summary,
        false => summary.then("; run `").run("deploy", "").then("` to apply"),
    }
}

/// Returns the plan as data, with sensitive members masked unless `show_values` is set.
pub fn document(plan: &Plan, show_values: bool) -> Plan {
    let mut shown = plan.clone();
    if show_values {
        return shown;
    }
    for service in &mut shown.services {
        if let DefinitionPlan::Register { input, .. } = &mut service.definition {
            redact(input, EcsOperation::RegisterTaskDefinition);
        }
        match &mut service.action {
            ServiceAction::Create { input, .. } => redact(input, EcsOperation::CreateService),
            ServiceAction::Update { input, .. } => redact(input, EcsOperation::UpdateService),
            ServiceAction::Keep => {}
        }
    }
    shown
}

/// One item of the plan: its symbol, its name, a short description of the action, and its changes.
struct PlanItem<'a> {
    sign: Symbol,
    title: String,
    text: Line,
    changes: &'a [Change],
}

impl<'a> PlanItem<'a> {
    fn new(sign: Symbol, title: String, text: impl AsRef<str>) -> Self {
        let text = Line::of(text);
        Self {
            sign,
            title,
            text,
            changes: &[],
        }
    }

    fn lines(self, style: PlanStyle, width: usize) -> Vec<Line> {
        let head = Line::new().sign(self.sign).text(" ").text(&self.title);
        if !self.text.is_empty(style.look) {
            let head = head.pad_to(width, style.look).line(self.text);
            return std::iter::once(head)
                .chain(change_lines(self.changes, style))
                .collect();
        }
        match self.changes {
            [only] if !only.path.contains('.') => {
                let head = head.pad_to(width, style.look).text(&only.path).text(" ");
                vec![head.line(difference(only, style))]
            }
            changes => std::iter::once(head)
                .chain(change_lines(changes, style))
                .collect(),
        }
    }
}

/// Returns the column at which the descriptions of items begin.
fn items_width(plan: &Plan, look: TerminalStyle) -> usize {
    let widths = items(plan)
        .into_iter()
        .map(|item| Line::of(&item.title).width(look));
    widths.max().unwrap_or(0) + 4
}

fn items(plan: &Plan) -> Vec<PlanItem<'_>> {
    let mut items = Vec::new();
    let mut made = |title: String, text: String| items.push(PlanItem::new(Symbol::Create, title, text));
    if plan.create_cluster {
        made(format!("cluster {}", plan.cluster), String::new());
    }
    for image in plan.images.iter().filter(|image| image.create_repository) {
        made(
            format!("repository {}", shorten(&image.repository)),
            String::new(),
        );
    }
    for group in &plan.log_groups {
        made(format!("log group {}", group.name), log_group(group));
    }
    for service in &plan.services {
        items.extend(service_items(service));
    }
    items
}

fn log_group(group: &LogGroupPlan) -> String {
    let region = group
        .region
        .as_ref()
        .map(|region| format!("in {region}, "))
        .unwrap_or_default();
    let retention = group.retention_days.map_or_else(
        || "never expires".to_owned(),
        |days| format!("expires after {}", plural(days.into(), "day")),
    );
    format!("{region}{retention}")
}

fn service_items(service: &ServicePlan) -> Vec<PlanItem<'_>> {
    let mut items = Vec::new();
    if let DefinitionPlan::Register {
        family,
        baseline,
        changes,
        ..
    } = &service.definition
    {
        let (sign, text) = match baseline {
            Some(baseline) => {
                let text = Line::of(format!("revision {} ", baseline.revision))
                    .sign(Symbol::Arrow)
                    .text(" new");
                (Symbol::Change, text)
            }
            None => (Symbol::Create, Line::of("first revision")),
        };
        items.push(PlanItem {
            sign,
            title: format!("task definition {family}"),
            text,
            changes,
        });
    }
    items.extend(service_item(service));
    items
}

fn service_item(service: &ServicePlan) -> Option<PlanItem<'_>> {
    let title = format!("service {}", service.name);
    match &service.action {
        ServiceAction::Keep if service.changes() > 0 => None,
        ServiceAction::Keep => {
            let runs = match &service.definition {
                DefinitionPlan::Keep { arn } => format!("nothing to change, {}", definition_name(arn)),
                DefinitionPlan::Register { .. } => "nothing to change".to_owned(),
            };
            Some(PlanItem::new(Symbol::Same, title, runs))
        }
        ServiceAction::Create { draining, .. } => {
            let text = if *draining {
                "new, after the old one has drained"
            } else {
                "new"
            };
            Some(PlanItem::new(Symbol::Create, title, text))
        }
        ServiceAction::Update {
            changes,
            new_definition,
            tags,
            ..
        } => {
            let text = match (changes.as_slice(), new_definition, tags.len()) {
                ([], true, 0) => Line::of("runs the new task definition"),
                ([], _, count @ 1..) => Line::of(plural(count as u64, "tag")),
                _ => Line::new(),
            };
            Some(PlanItem {
                sign: Symbol::Change,
                title,
                text,
                changes,
            })
        }
    }
}

fn change_lines(changes: &[Change], style: PlanStyle) -> Vec<Line> {
    let widths = changes
        .iter()
        .map(|change| Line::of(&change.path).width(style.look));
    let width = widths.filter(|width| *width <= WIDEST_PATH).max().unwrap_or(0);
    changes
        .iter()
        .map(|change| {
            Line::of("    ")
                .text(&change.path)
                .pad_to(width + 7, style.look)
                .line(difference(change, style))
        })
        .collect()
}

/// `512 → 1024` or `set (hidden)`, with any remark about the change.
fn difference(change: &Change, style: PlanStyle) -> Line {
    let line = match (&change.before, &change.after) {
        (DisplayValue::Hidden, DisplayValue::Hidden) => Line::of("changed (hidden)"),
        (DisplayValue::Absent, DisplayValue::Hidden) => Line::of("set (hidden)"),
        (DisplayValue::Hidden, DisplayValue::Absent) => Line::of("removed (hidden)"),
        (before, after) => shown(before, style)
            .text(" ")
            .sign(Symbol::Arrow)
            .text(" ")
            .line(shown(after, style)),
    };
    match &change.note {
        Some(note) => line.tone(Emphasis::Faint, format!(" ({note})")),
        None => line,
    }
}

fn shown(value: &DisplayValue, style: PlanStyle) -> Line {
    match value {
        DisplayValue::Absent => Line::new().tone(Emphasis::Faint, "none"),
        DisplayValue::Hidden => Line::new().tone(Emphasis::Faint, "(hidden)"),
        DisplayValue::Pending(text) => Line::new().tone(Emphasis::Faint, text),
        DisplayValue::Value(value) => shown_value(value, style),
    }
}

fn shown_value(value: &Value, style: PlanStyle) -> Line {
    let text = match value {
        Value::String(text) if style.verbose => text.clone(),
        Value::String(text) => shorten(text),
        other => other.to_string(),
    };
    if style.verbose {
        Line::of(text)
    } else {
        Line::of(Line::of(text).cut(
            TerminalStyle {
                colour: false,
                ..style.look
            },
            WIDEST_VALUE,
        ))
    }
}

#[cfg(test)]
mod tests;
