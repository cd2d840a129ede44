//! A job's `schedule:`: when it runs, as EventBridge Scheduler takes it.

use indexmap::IndexMap;

use super::context::ReadContext;
use super::{keys, schedule_expression, typed_values};
use crate::diagnostic::{Problem, Problems};
use crate::model::{
    ECS_PARAMETERS, Entry, JobSchedules, LONGEST_FILE_NAME, Node, NodeKind, Object, SCHEDULE_MEMBERS,
    Schedule, TARGET_MEMBERS, Value, schedule_group,
};
use crate::schema::check_member;

/// The shape of each key, where it has another name than the member.
const SHAPES: [(&str, &str); 2] = [
    ("state", "ScheduleState"),
    ("timezone", "ScheduleExpressionTimezone"),
];

/// Members of RunTask that deploy.yaml has at a job and a schedule gets in another way.
const OTHERWISE: [&str; 2] = ["overrides", "taskDefinition"];

/// The launch types of EventBridge Scheduler (API reference, EcsParameters, `LaunchType`).
const LAUNCH_TYPES: [&str; 3] = ["EC2", "FARGATE", "EXTERNAL"];

/// What the file says about all schedules.
#[derive(Clone, Copy)]
pub(super) struct ScheduleOwner<'a> {
    /// The top level.
    pub root: &'a Node,
    /// The cluster.
    pub cluster: &'a str,
}

/// Checks `schedulerRoleArn:`, whether or not there are schedules.
pub(super) fn check_role(root: &Node, problems: &mut Problems) {
    if let Some(entry) = typed_values::present(root, "schedulerRoleArn") {
        check_member(entry, "RoleArn", false, problems);
    }
}

/// Reads the `schedule:` of a job. `fields` are its members of RunTask.
pub(super) fn read(
    job: &Entry,
    fields: &Node,
    owner: ScheduleOwner<'_>,
    context: &mut ReadContext<'_>,
) -> Option<Schedule> {
    let entry = typed_values::present(&job.value, "schedule")?;
    let lenient = context.overrides.allow_unknown_fields;
    let problems = &mut *context.problems;
    if let Some(image) = entry.value.image_refs().first() {
        let message = format!("`schedule` can't refer to an image: {image}");
        let problem = Problem::error("image-reference", message, entry.key_span);
        problems.push(problem.label("an image is known only after the build"));
        return None;
    }
    let group = group(entry, owner, problems);
    refuse_members(fields, problems);
    let written = as_mapping(entry);
    if written.entries().is_none() {
        problems.push(typed_values::wrong(
            entry,
            &entry.value,
            "an expression or a mapping",
        ));
        return None;
    }
    keys::SCHEDULE.check(&written, &|_| None, problems);
    let mut input = members(&written, &SCHEDULE_MEMBERS, lenient, problems);
    let mut target = members(&written, &TARGET_MEMBERS, lenient, problems);
    if !target.contains_key("RoleArn") && !typed_values::is_reported(written.entry("roleArn"), problems) {
        target.extend(role(job, entry, owner, problems));
    }
    check_dates(&written, &input, problems);
    let expression = typed_values::present(&written, "expression");
    match expression {
        Some(expression) => schedule_expression::check(expression, problems),
        None if typed_values::lacks(&written, "expression", problems) => {
            let message = format!("missing `expression` in the schedule of job {}", job.key);
            let problem = Problem::error("missing-key", message, entry.key_span);
            problems.push(problem.label("add `expression:`, for example cron(0 3 * * ? *)"));
        }
        None => {}
    }
    input.insert("Target".to_owned(), Value::Object(target));
    expression?;
    Some(Schedule {
        group: group?,
        input: Value::Object(input),
    })
}

/// Reads a schedule that is written as its expression alone.
fn as_mapping(entry: &Entry) -> Node {
    match &entry.value.kind {
        NodeKind::Text(_) => {
            let expression = Entry::new("expression", entry.key_span, entry.value.clone());
            Node::map(entry.value.span, [expression])
        }
        _ => entry.value.clone(),
    }
}

/// Returns the members that are set, under AWS's names.
fn members(written: &Node, known: &[(&str, &str)], lenient: bool, problems: &mut Problems) -> Object {
    let mut found = Object::new();
    for (key, member) in known {
        let Some(entry) = typed_values::present(written, key) else {
            continue;
        };
        let checked = check_member(entry, shape_of_key(key), lenient, problems);
        found.insert((*member).to_owned(), value(&checked));
    }
    found
}

/// Returns the shape of a key: AWS named most after the member.
pub(super) fn shape_of_key(key: &str) -> &'static str {
    if let Some((_, shape)) = SHAPES.iter().find(|(shaped, _)| *shaped == key) {
        return shape;
    }
    let mut all = SCHEDULE_MEMBERS.iter().chain(&TARGET_MEMBERS);
    all.find(|(known, _)| *known == key)
        .map_or("", |(_, member)| *member)
}

/// Returns a node's value without members that are null, which mean absence.
fn value(node: &Node) -> Value {
    match node.to_value(&|_| String::new()) {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect(),
        other => other,
    }
}

/// Returns the group of the file's schedules, which needs the file's name.
fn group(schedule: &Entry, owner: ScheduleOwner<'_>, problems: &mut Problems) -> Option<String> {
    let Some(entry) = typed_values::present(owner.root, "name") else {
        if typed_values::lacks(owner.root, "name", problems) && !is_name_reported(problems) {
            let message = "missing `name`: the file has a schedule";
            let problem = Problem::error("missing-key", message, schedule.key_span);
            problems.push(
                problem
                    .label("add `name:` at the top level")
                    .note("the name marks the schedules that belong to this file"),
            );
        }
        return None;
    };
    let name = entry.value.as_str()?;
    if !is_legal_name(name) {
        if !problems.concern(entry.value.span) {
            let message = format!("invalid name `{name}` of a file with schedules");
            let problem = Problem::error("name", message, entry.value.span);
            let most = format!("up to {LONGEST_FILE_NAME} letters, digits, `_` and `-`");
            problems.push(
                problem
                    .label(most)
                    .note("it becomes part of a schedule group's name"),
            );
        }
        return None;
    }
    Some(schedule_group(name, owner.cluster))
}

/// Returns the group of the file's schedules, if it has a name that can be part of one: earlier schedules may be in it.
pub(super) fn named_group(root: &Node, cluster: &str) -> Option<String> {
    let name = typed_values::present(root, "name")?.value.as_str()?;
    is_legal_name(name).then(|| schedule_group(name, cluster))
}

/// Returns which jobs have a schedule, without checking them.
pub(super) fn names(root: &Node, cluster: &str) -> Option<JobSchedules> {
    let jobs = root.get("jobs").map(Node::members).unwrap_or_default().iter();
    let scheduled = jobs.filter(|job| typed_values::present(&job.value, "schedule").is_some());
    let jobs: IndexMap<_, _> = scheduled
        .map(|job| {
            let service = job.value.text_of("service");
            (job.key.clone(), service.map(str::to_owned))
        })
        .collect();
    let group = named_group(root, cluster).filter(|_| !jobs.is_empty())?;
    Some(JobSchedules { group, jobs })
}

fn is_legal_name(name: &str) -> bool {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    (1..=LONGEST_FILE_NAME).contains(&name.len()) && name.chars().all(is_legal)
}

/// Whether the missing name was reported at another schedule.
fn is_name_reported(problems: &Problems) -> bool {
    let mut errors = problems.shown_errors().list.into_iter();
    errors.any(|problem| problem.code == "missing-key" && problem.message.starts_with("missing `name`"))
}

/// Returns the role that EventBridge Scheduler assumes: that of the file.
fn role(
    job: &Entry,
    schedule: &Entry,
    owner: ScheduleOwner<'_>,
    problems: &mut Problems,
) -> Option<(String, Value)> {
    let key = "schedulerRoleArn";
    if let Some(entry) = typed_values::present(owner.root, key) {
        return Some(("RoleArn".to_owned(), entry.value.as_str()?.into()));
    }
    if typed_values::lacks(owner.root, key, problems) {
        let message = format!("missing `roleArn` in the schedule of job {}", job.key);
        let problem = Problem::error("missing-key", message, schedule.key_span);
        problems.push(
            problem
                .label(format!("add `roleArn:`, or `{key}:` at the top level"))
                .note("EventBridge Scheduler assumes this role to call RunTask"),
        );
    }
    None
}

/// Reports an end that is not after the start.
fn check_dates(written: &Node, input: &Object, problems: &mut Problems) {
    let seconds = |member: &str| input.get(member).and_then(Value::as_i64);
    if let (Some(start), Some(end)) = (seconds("StartDate"), seconds("EndDate"))
        && end <= start
        && let (Some(start), Some(end)) = (written.get("startDate"), written.get("endDate"))
    {
        let problem = Problem::error("dates", "endDate is not after startDate", end.span);
        problems.push(problem.label("the end").other(start.span, "the start"));
    }
}

/// Reports what RunTask takes and the target of a schedule doesn't (API reference, EcsParameters).
fn refuse_members(fields: &Node, problems: &mut Problems) {
    let is_known =
        |key: &str| ECS_PARAMETERS.iter().any(|(known, _)| *known == key) || OTHERWISE.contains(&key);
    let members = fields.members().iter();
    for member in members.filter(|it| !it.value.is_null() && !is_known(&it.key)) {
        let message = format!(
            "`{}` can't be set for a job with a schedule: EventBridge Scheduler has no such parameter",
            member.key
        );
        let problem = Problem::error("not-schedulable", message, member.key_span);
        problems.push(problem.label("remove it, or the schedule"));
    }
    refuse_launch_type(fields, problems);
}

/// Reports what the job's service has and the target of a schedule can't have. `schedule` is the key of the job.
pub(super) fn refuse_settings_of(service: &Node, schedule: &Entry, problems: &mut Problems) {
    let volumes = typed_values::present(service, "volumeConfigurations");
    if let Some(volumes) = volumes.filter(|it| it.value.items().is_none_or(|items| !items.is_empty())) {
        let message = "a service with `volumeConfigurations` can't run on a schedule";
        let problem = Problem::error("not-schedulable", message, schedule.key_span);
        problems.push(
            problem
                .label("EventBridge Scheduler can't configure volumes")
                .other(volumes.key_span, "the volumes"),
        );
    }
    refuse_launch_type(service, problems);
}

fn refuse_launch_type(fields: &Node, problems: &mut Problems) {
    let Some(entry) = typed_values::present(fields, "launchType") else {
        return;
    };
    let is_known = entry.value.as_str().is_none_or(|it| LAUNCH_TYPES.contains(&it));
    if !is_known && !problems.concern(entry.value.span) {
        let message = "EventBridge Scheduler does not know this launch type";
        let problem = Problem::error("not-schedulable", message, entry.value.span);
        problems.push(problem.label(format!("for a job with a schedule: {}", LAUNCH_TYPES.join(", "))));
    }
}
