//! Formats a plan, for people and as a document with sensitive values masked.

use super::line::{Emphasis, Line, Symbol};
use super::terminal_style::TerminalStyle;
use super::text::{definition_name, shorten};
use crate::diagnostic::Suggestion;
use crate::model::{
    Change, DefinitionPlan, DisplayValue, ImageState, LogGroupPlan, OrphanedSchedules, PathStep, Plan,
    ScalingPlan, ScheduleAction, SchedulePlan, ServiceAction, ServicePlan, Value,
};
use crate::model::{cluster_name, plural, prefixed};
use crate::schema::{EcsOperation, redact};

mod path;
mod values;

/// Paths longer than this don't move the value column further right.
const WIDEST_PATH: usize = 56;

/// Display options for a plan.
#[derive(Clone, Copy, Debug)]
pub struct PlanStyle {
    /// The stream's style.
    pub look: TerminalStyle,
    /// Whether to show full digests and values.
    pub verbose: bool,
    /// The columns that a change may take before its values go below its path; any number if `None`.
    pub columns: Option<usize>,
}

/// Formats the plan: its location, then one line per item, with the changes below it.
pub fn lines(plan: &Plan, style: PlanStyle) -> Vec<Line> {
    let mut lines = vec![Line::of(place(plan))];
    lines.extend(item_lines(plan, style));
    lines.extend(plan.services.iter().filter_map(rollout));
    lines.extend(
        plan.warnings
            .iter()
            .map(|text| Line::new().sign(Symbol::Warning).text(" ").text(text)),
    );
    lines.extend(plan.services.iter().filter_map(changed_secrets));
    lines
}

/// Formats the secrets that the tasks of a service have an old value of, with the command that replaces the tasks.
fn changed_secrets(service: &ServicePlan) -> Option<Line> {
    let names: Vec<&str> = service
        .changed_secrets
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    let subject = match names.len() {
        0 => return None,
        1 => "a secret",
        _ => "secrets",
    };
    let (name, names) = (&service.name, names.join(", "));
    let said = format!(" {name}: {subject} changed after its tasks started: {names}   ");
    let command = Suggestion::command("restart", service.key.clone());
    Some(Line::new().sign(Symbol::Warning).text(said).command(command))
}

/// `rollout of web: about 6m 20s, of which 5m is deregistration delay`.
fn rollout(service: &ServicePlan) -> Option<Line> {
    let rollout = service.rollout.as_ref()?;
    Some(Line::of(format!("rollout of {}: {rollout}", service.name)))
}

/// Formats the items of the plan, for where the rest is printed in another form.
pub fn item_lines(plan: &Plan, style: PlanStyle) -> Vec<Line> {
    let plan = &in_words(plan);
    let width = items_width(plan, style.look);
    items(plan)
        .into_iter()
        .flat_map(|item| item.lines(style, width))
        .collect()
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
    let of_services = plan.services.iter_mut().map(|it| &mut it.definition);
    let of_jobs = plan.jobs.iter_mut().map(|it| &mut it.definition);
    for definition in of_services.chain(of_jobs) {
        if let DefinitionPlan::Register { changes, .. } = definition {
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

/// `2 to change, 1 unchanged`: each line of the plan counts once. `nothing to change` doesn't mean nothing to do: that also depends on the health
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
    match (plan.is_empty(), plan.cluster_missing, plan.create_cluster) {
        (true, ..) => summary,
        (_, false, _) => summary.then("; run `").run("deploy", "").then("` to apply"),
        (_, true, is_planned) => {
            summary
                .then("; run `")
                .run("deploy", "--create-cluster")
                .then(match is_planned {
                    true => "` to apply",
                    false => "` to create the cluster and apply",
                })
        }
    }
}

/// Returns the plan as data, with sensitive members masked unless `show_values` is set.
pub fn document(plan: &Plan, show_values: bool) -> Plan {
    let mut shown = plan.clone();
    if show_values {
        return shown;
    }
    for job in &mut shown.jobs {
        if let DefinitionPlan::Register { input, .. } = &mut job.definition {
            redact(input, EcsOperation::RegisterTaskDefinition);
        }
        job.schedule.iter_mut().for_each(redact_schedule);
    }
    for service in &mut shown.services {
        if let DefinitionPlan::Register { input, .. } = &mut service.definition {
            redact(input, EcsOperation::RegisterTaskDefinition);
        }
        service.schedules.iter_mut().for_each(redact_schedule);
        match &mut service.action {
            ServiceAction::Create { input, .. } => redact(input, EcsOperation::CreateService),
            ServiceAction::Update { input, .. } => redact(input, EcsOperation::UpdateService),
            ServiceAction::Keep => {}
        }
    }
    shown
}

/// Masks the values in the overrides of a schedule's task, which are JSON in a text.
fn redact_schedule(schedule: &mut SchedulePlan) {
    let Some(text) = schedule.input.pointer_mut("/Target/Input") else {
        return;
    };
    let overrides: Option<Value> = text.as_str().and_then(|text| serde_json::from_str(text).ok());
    let mut task = serde_json::json!({"overrides": overrides});
    redact(&mut task, EcsOperation::RunTask);
    *text = task["overrides"].to_string().into();
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
        if let [only] = self.changes
            && let [PathStep::Member(member)] = only.path.steps()
        {
            let whole = head.clone().pad_to(width, style.look).text(member).text(" ");
            let whole = whole.line(difference(only, style).joined());
            if style
                .columns
                .is_none_or(|columns| whole.trimmed_width(style.look) <= columns)
            {
                return vec![whole];
            }
        }
        std::iter::once(head)
            .chain(change_lines(self.changes, style))
            .collect()
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
        let providers = match plan.cluster_capacity_providers.as_slice() {
            [] => String::new(),
            names => format!("with {}", names.join(", ")),
        };
        made(format!("cluster {}", cluster_name(&plan.cluster)), providers);
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
    if let Some(group) = &plan.create_schedule_group {
        made(format!("schedule group {group}"), String::new());
    }
    for service in &plan.services {
        items.extend(service_items(service));
    }
    for job in &plan.jobs {
        items.extend(definition_item(&job.definition));
        items.extend(job.schedule.as_ref().map(schedule_item));
    }
    items.extend(plan.orphaned_schedules.iter().flat_map(orphaned_items));
    items
}

/// Returns the item of a schedule; one without a change says what it runs.
fn schedule_item(schedule: &SchedulePlan) -> PlanItem<'_> {
    let title = format!("schedule {}", schedule.name);
    let member = |key: &str| {
        schedule
            .input
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    match schedule.action {
        ScheduleAction::Create => PlanItem::new(Symbol::Create, title, member("ScheduleExpression")),
        ScheduleAction::Update => PlanItem {
            sign: Symbol::Change,
            title,
            text: Line::new(),
            changes: &schedule.changes,
        },
        ScheduleAction::Keep => {
            let runs = schedule.runs.as_deref().map(definition_name);
            let text = match runs {
                Some(runs) => format!("nothing to change, {runs}"),
                None => "nothing to change".to_owned(),
            };
            PlanItem::new(Symbol::Same, title, text)
        }
    }
}

fn orphaned_items(orphaned: &OrphanedSchedules) -> Vec<PlanItem<'_>> {
    let (sign, text) = left_behind(orphaned.prune);
    let names = orphaned.names.iter();
    names
        .map(|name| PlanItem::new(sign, format!("schedule {name}"), text))
        .collect()
}

/// Returns the sign and the text of what is no longer in the file.
fn left_behind(prune: bool) -> (Symbol, &'static str) {
    match prune {
        true => (Symbol::Remove, "no longer in deploy.yaml"),
        false => (
            Symbol::Same,
            "no longer in deploy.yaml; deploy --prune deletes it",
        ),
    }
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

fn definition_item(definition: &DefinitionPlan) -> Option<PlanItem<'_>> {
    let DefinitionPlan::Register {
        family,
        baseline,
        changes,
        ..
    } = definition
    else {
        return None;
    };
    let (sign, text) = match baseline {
        Some(baseline) => {
            let text = Line::of(format!("revision {} ", baseline.revision))
                .sign(Symbol::Arrow)
                .text(" new");
            (Symbol::Change, text)
        }
        None => (Symbol::Create, Line::of("first revision")),
    };
    Some(PlanItem {
        sign,
        title: format!("task definition {family}"),
        text,
        changes,
    })
}

fn service_items(service: &ServicePlan) -> Vec<PlanItem<'_>> {
    let mut items = Vec::from_iter(definition_item(&service.definition));
    let job = |name: &String, when: &str| {
        PlanItem::new(
            Symbol::Change,
            format!("job {name}"),
            format!("{when} {}", service.name),
        )
    };
    items.extend(
        service
            .before_deploy
            .iter()
            .map(|name| job(name, "before the deploy of")),
    );
    items.extend(service_item(service));
    items.extend(service.scaling.iter().flat_map(|it| scaling_items(service, it)));
    items.extend(
        service
            .after_deploy
            .iter()
            .map(|name| job(name, "after the deploy of")),
    );
    items.extend(service.schedules.iter().map(schedule_item));
    items
}

fn scaling_items<'a>(service: &ServicePlan, scaling: &'a ScalingPlan) -> Vec<PlanItem<'a>> {
    let mut items = Vec::new();
    if scaling.puts() {
        let sign = match scaling.create {
            true => Symbol::Create,
            false => Symbol::Change,
        };
        items.push(PlanItem {
            sign,
            title: format!("autoscaling {}", service.name),
            text: match scaling.bounds.filter(|_| scaling.create) {
                Some(bounds) => Line::of(format!("{bounds} tasks")),
                None => Line::new(),
            },
            changes: &scaling.changes,
        });
    }
    let (sign, text) = left_behind(scaling.prune);
    let orphaned = scaling.orphaned.iter();
    items.extend(orphaned.map(|part| {
        let title = format!("{} {} of {}", part.kind, part.name, service.name);
        PlanItem::new(sign, title, text)
    }));
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
                ([], true, 0) if service.code_deploy.is_some() => {
                    Line::of("CodeDeploy deploys the new task definition")
                }
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
    let paths = path::texts(changes, style.verbose);
    let widths = paths.iter().map(|path| Line::of(path).width(style.look));
    let width = widths.filter(|width| *width <= WIDEST_PATH).max().unwrap_or(0);
    let lines = changes.iter().zip(&paths).flat_map(|(change, path)| {
        let head = Line::of("  ").sign(sign(change)).text(" ").text(path);
        let values = difference(change, style);
        let whole = head
            .clone()
            .pad_to(width + 7, style.look)
            .line(values.clone().joined());
        match style.columns {
            Some(columns) if whole.trimmed_width(style.look) > columns => {
                let heads = path_lines(sign(change), path, columns, style);
                below(heads, values, columns, style)
            }
            _ => vec![whole],
        }
    });
    lines.collect()
}

/// Returns a change's path, in several lines if it is wider than the terminal: its names stay whole.
fn path_lines(sign: Symbol, path: &str, columns: usize, style: PlanStyle) -> Vec<Line> {
    let mut lines = vec![Line::of("  ").sign(sign).text(" ")];
    let mut rest = path;
    while !rest.is_empty() {
        let is_start = |(at, c): &(usize, char)| *at > 0 && matches!(c, '.' | '[');
        let end = rest
            .char_indices()
            .find(is_start)
            .map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at(end);
        if let Some(last) = lines.last_mut() {
            let longer = last.clone().text(piece);
            let is_first = rest.len() == path.len();
            match is_first || longer.width(style.look) <= columns {
                true => *last = longer,
                false => lines.push(Line::of("      ").text(piece)),
            }
        }
        rest = after;
    }
    lines
}

/// Returns a change that is too wide for the terminal: the values are below the path.
fn below(path: Vec<Line>, values: Difference, columns: usize, style: PlanStyle) -> Vec<Line> {
    let indented = |line: Line| Line::of(" ".repeat(8)).line(line);
    let one = indented(values.clone().joined());
    let lines = match one.trimmed_width(style.look) <= columns {
        true => vec![one],
        false => values.lines().into_iter().map(indented).collect(),
    };
    let lines = lines
        .into_iter()
        .filter(|line| line.trimmed_width(style.look) > 0);
    path.into_iter().chain(lines).collect()
}

/// An element of a list is added, removed or changed; a member of a structure is changed.
fn sign(change: &Change) -> Symbol {
    let is_element = change.path.steps().last().is_some_and(PathStep::is_element);
    match (&change.before, &change.after) {
        (DisplayValue::Absent, _) if is_element => Symbol::Create,
        (_, DisplayValue::Absent) if is_element => Symbol::Remove,
        _ => Symbol::Change,
    }
}

/// The values of a change.
#[derive(Clone)]
struct Difference {
    before: Line,
    /// What follows the arrow, if there is one.
    after: Option<Line>,
}

impl Difference {
    fn joined(self) -> Line {
        match self.after {
            Some(after) => self.before.text(" ").sign(Symbol::Arrow).text(" ").line(after),
            None => self.before,
        }
    }

    fn lines(self) -> Vec<Line> {
        let after = self
            .after
            .map(|after| Line::new().sign(Symbol::Arrow).text(" ").line(after));
        std::iter::once(self.before).chain(after).collect()
    }
}

/// `512 → 1024` or `set (hidden)`, with any remark about the change.
fn difference(change: &Change, style: PlanStyle) -> Difference {
    let (before, after) = match (&change.before, &change.after, sign(change)) {
        (DisplayValue::Hidden, DisplayValue::Hidden, _) => (Line::of("changed (hidden)"), None),
        (DisplayValue::Absent, DisplayValue::Hidden, _) => (Line::of("set (hidden)"), None),
        (DisplayValue::Hidden, DisplayValue::Absent, _) => (Line::of("removed (hidden)"), None),
        (_, after, Symbol::Create) => (element(after, change, style), None),
        (before, _, Symbol::Remove) => (element(before, change, style), None),
        (DisplayValue::Value(before), DisplayValue::Value(after), _) => {
            let (before, after) = values::pair(before, after, style);
            (Line::of(before), Some(Line::of(after)))
        }
        (before, after, _) => (shown(before, style), Some(shown(after, style))),
    };
    let Some(note) = &change.note else {
        return Difference { before, after };
    };
    let noted = |line: Line| {
        let blank = if line.is_empty(style.look) { "" } else { " " };
        line.tone(Emphasis::Faint, format!("{blank}({note})"))
    };
    match after {
        Some(after) => Difference {
            before,
            after: Some(noted(after)),
        },
        None => Difference {
            before: noted(before),
            after,
        },
    }
}

/// Returns an added or removed element, without what its path says.
fn element(value: &DisplayValue, change: &Change, style: PlanStyle) -> Line {
    match (value, change.path.steps().last()) {
        (DisplayValue::Value(value), Some(step)) => Line::of(values::element(value, step, style)),
        (value, _) => shown(value, style),
    }
}

fn shown(value: &DisplayValue, style: PlanStyle) -> Line {
    match value {
        DisplayValue::Absent => Line::new().tone(Emphasis::Faint, "none"),
        DisplayValue::Hidden => Line::new().tone(Emphasis::Faint, "(hidden)"),
        DisplayValue::Pending(text) => Line::new().tone(Emphasis::Faint, text),
        DisplayValue::Value(value) => Line::of(values::one(value, style)),
    }
}

#[cfg(test)]
mod tests;
