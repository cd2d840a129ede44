//! `jobs:`: the members of RunTask, and ecsctl's own keys.

use indexmap::IndexMap;

use super::context::ReadContext;
use super::definition::{self, DefinitionOwner};
use super::launch::{DefaultLaunchType, Launch};
use super::schedule::{self, ScheduleOwner};
use super::service::default_launch_type;
use super::{conflicts, ebs_volumes, keys, service_constraints, typed_values};
use crate::diagnostic::{Problem, Problems, Span, joined};
use crate::model::{Base, Entry, Job, JobSource, Node, Object, ServiceSpec, TaskDefinitionSource, Value};
use crate::schema::{
    self, CheckOptions, EcsOperation, MAX_OVERRIDES, main_container, similar_name, with_command,
};

/// API members that a job can't have here: the key, the end of the message, and the label.
pub(super) const REFUSED: [(&str, &str, &str); 5] = [
    (
        "cluster",
        "all jobs in a file use one cluster",
        "write `cluster:` at the top level",
    ),
    (
        "clientToken",
        "ecsctl sets it, so that retries are idempotent",
        "remove it",
    ),
    (
        "startedBy",
        "ecsctl sets it, so that a later run finds the task",
        "remove it",
    ),
    ("count", "a job is one task", "remove it"),
    ("referenceId", "it is for Amazon ECS only", "remove it"),
];

/// Reads `jobs:`. `services` are those of the file.
pub(super) fn read(
    root: &Node,
    services: &IndexMap<String, ServiceSpec>,
    cluster: &str,
    context: &mut ReadContext<'_>,
) -> IndexMap<String, Job> {
    schedule::check_role(root, context.problems);
    let owner = ScheduleOwner { root, cluster };
    let entry = typed_values::present(root, "jobs");
    let entries = entry.and_then(|entry| typed_values::mapping(entry, context.problems));
    let known: Vec<&str> = typed_values::present(root, "services")
        .map_or(&[][..], |services| services.value.members())
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    let mut jobs = IndexMap::new();
    for entry in entries.unwrap_or_default() {
        if let Some(job) = job(entry, &known, owner, context) {
            check_container(&job, entry, services, context.problems);
            check_settings_of_service(&job, entry, services, context.problems);
            check_overrides(&job, entry, context.problems);
            jobs.insert(entry.key.clone(), job);
        }
    }
    check_uses(root, services, context.problems);
    jobs
}

/// Checks that the jobs of services' deploys are in the file, each once.
fn check_uses(root: &Node, services: &IndexMap<String, ServiceSpec>, problems: &mut Problems) {
    let jobs = typed_values::present(root, "jobs").map_or(&[][..], |jobs| jobs.value.members());
    let known: Vec<&str> = jobs.iter().map(|entry| entry.key.as_str()).collect();
    for key in services.keys() {
        let service = root.get("services").and_then(|services| services.get(key));
        let mut seen: Vec<(&str, Span)> = Vec::new();
        let stages = ["beforeDeploy", "afterDeploy"].into_iter();
        let lists = stages.filter_map(|stage| typed_values::present(service?, stage)?.value.items());
        for item in lists.flatten() {
            let Some(name) = item.as_str() else { continue };
            if !known.contains(&name) {
                problems.push(unknown_job(name, item.span, &known));
            }
            match seen.iter().find(|(other, _)| *other == name) {
                Some((_, first)) => problems.push(
                    Problem::error("duplicate-name", format!("job `{name}` runs twice"), item.span)
                        .label("again here")
                        .other(*first, "first here"),
                ),
                None => seen.push((name, item.span)),
            }
        }
    }
}

fn unknown_job(name: &str, span: Span, jobs: &[&str]) -> Problem {
    let label = match similar_name(name, jobs.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if jobs.is_empty() => "the file has no `jobs:`".to_owned(),
        None => format!("existing jobs: {}", joined(jobs)),
    };
    Problem::error("unknown-name", format!("unknown job `{name}`"), span).label(label)
}

/// Checks that a job with a schedule can have the settings of its service.
fn check_settings_of_service(
    job: &Job,
    entry: &Entry,
    services: &IndexMap<String, ServiceSpec>,
    problems: &mut Problems,
) {
    let service = job.service().and_then(|key| services.get(key));
    let schedule = typed_values::present(&entry.value, "schedule");
    if let (Some(service), Some(schedule)) = (service, schedule) {
        schedule::refuse_settings_of(&service.fields, schedule, problems);
    }
}

fn job(
    entry: &Entry,
    services: &[&str],
    owner: ScheduleOwner<'_>,
    context: &mut ReadContext<'_>,
) -> Option<Job> {
    if entry.value.is_null() {
        if !typed_values::is_reported(Some(entry), context.problems) {
            context.problems.push(nothing_to_run(entry));
        }
        return None;
    }
    let entries = typed_values::mapping(entry, context.problems)?;
    typed_values::refuse(entries, &REFUSED, "a job", context.problems);
    check_name(entry, context.problems);
    let fields = fields(entry, entries, context);
    conflicts::check_capacity(&fields, &format!("job {}", entry.key), context.problems);
    conflicts::check_tags(&fields, context.problems);
    service_constraints::check_subnets(&fields, context.problems);
    ebs_volumes::check(&fields, context.problems);
    refuse_tags_of_service(&fields, context.problems);
    let schedule = schedule::read(entry, &fields, owner, context);
    let mut text = |key: &str| {
        let written = typed_values::present(&entry.value, key)?;
        typed_values::text(written, context.problems)
    };
    let (service, container) = (text("service"), text("container"));
    let command = typed_values::present(&entry.value, "command").map(|command| {
        let words = typed_values::texts(command, context.problems).into_iter();
        words.map(|(word, _)| word).collect()
    });
    Some(Job {
        name: entry.key.clone(),
        source: source(entry, service, services, &fields, context)?,
        container,
        command,
        fields,
        schedule,
    })
}

/// Reads what a job runs: the task definition of a service, or its own.
fn source(
    entry: &Entry,
    service: Option<String>,
    services: &[&str],
    fields: &Node,
    context: &mut ReadContext<'_>,
) -> Option<JobSource> {
    let service_key = typed_values::present(&entry.value, "service");
    let definition = typed_values::present(&entry.value, "taskDefinition");
    match (service_key, definition) {
        (Some(service), Some(definition)) => {
            let message = format!("job {} has both `service` and `taskDefinition`", entry.key);
            let problem = Problem::error("two-definitions", message, definition.key_span);
            context.problems.push(
                problem
                    .label("one of them")
                    .other(service.key_span, "and the other"),
            );
            None
        }
        (Some(written), None) => {
            let service = service?;
            if !services.contains(&service.as_str()) {
                context
                    .problems
                    .push(unknown_service(&service, written, services));
                return None;
            }
            Some(JobSource::Service(service))
        }
        (None, Some(written)) => own(entry, written, fields, context),
        (None, None) => {
            let is_missing = |key| typed_values::lacks(&entry.value, key, context.problems);
            if is_missing("service") && is_missing("taskDefinition") {
                context.problems.push(nothing_to_run(entry));
            }
            None
        }
    }
}

/// Reads a job's own task definition.
fn own(entry: &Entry, written: &Entry, fields: &Node, context: &mut ReadContext<'_>) -> Option<JobSource> {
    let launch = Launch::of(fields);
    let owner = DefinitionOwner {
        name: &entry.key,
        span: entry.key_span,
        launch: &launch,
    };
    let read = definition::read(written, &owner, context)?;
    if let TaskDefinitionSource::Based {
        base: Base::Live,
        span,
        ..
    } = &read.definition
    {
        let problem = Problem::error("base", "`base: live` needs a service, and a job has none", *span);
        context
            .problems
            .push(problem.label("use FAMILY, FAMILY:REV or a path"));
        return None;
    }
    let launch_type = default_launch_type(fields, &launch, &read.definition);
    Some(JobSource::Own(Box::new(ServiceSpec {
        key: entry.key.clone(),
        span: entry.key_span,
        name: entry.key.clone(),
        creation_defaults: defaults(fields, launch_type, entry),
        fargate_if_supported: launch_type == DefaultLaunchType::FargateIfSupported,
        definition: read.definition,
        fields: Node::map(entry.value.span, []),
        log_groups: read.log_groups,
        autoscaling: None,
        depends_on: Vec::new(),
        before_deploy: Vec::new(),
        code_deploy: None,
        after_deploy: Vec::new(),
    })))
}

/// Returns the RunTask members that are added where the file sets nothing.
fn defaults(fields: &Node, launch_type: DefaultLaunchType, entry: &Entry) -> Node {
    let span = entry.key_span;
    let mut added = Vec::new();
    if launch_type == DefaultLaunchType::Fargate {
        added.push(Entry::new("launchType", span, Node::text(span, "FARGATE")));
    }
    if fields.get("enableECSManagedTags").is_none() {
        added.push(Entry::new("enableECSManagedTags", span, Node::bool(span, true)));
    }
    Node::map(span, added)
}

/// Checks the name, which becomes part of the tasks' `startedBy` (ECS API, RunTask, `startedBy`).
fn check_name(entry: &Entry, problems: &mut Problems) {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name = &entry.key;
    if name.is_empty() || name.len() > 64 || !name.chars().all(is_legal) {
        let problem = Problem::error("name", format!("invalid job name `{name}`"), entry.key_span);
        problems.push(problem.label("up to 64 letters, digits, `_` and `-`"));
    }
}

/// Returns the members of RunTask that the file sets, checked against its shape.
fn fields(entry: &Entry, entries: &[Entry], context: &mut ReadContext<'_>) -> Node {
    let is_own = |key: &str| keys::JOB.contains(&key) || REFUSED.iter().any(|(refused, ..)| *refused == key);
    let fields = entries.iter().filter(|entry| !is_own(&entry.key)).cloned();
    let fields = Node::map(entry.value.span, fields);
    let options = CheckOptions {
        allow_unknown: context.overrides.allow_unknown_fields,
        supplied: &["taskDefinition"],
        own_keys: &keys::JOB,
        at: Some(entry.key_span),
    };
    schema::check(&fields, EcsOperation::RunTask, &options, context.problems)
}

/// "An error will be received if you specify the SERVICE option when running a task" (ECS API, RunTask,
/// `propagateTags`).
fn refuse_tags_of_service(fields: &Node, problems: &mut Problems) {
    if let Some(written) = typed_values::present(fields, "propagateTags")
        && written.value.as_str() == Some("SERVICE")
    {
        let message = "a job can't take tags from a service: RunTask refuses `propagateTags: SERVICE`";
        let problem = Problem::error("propagate-tags", message, written.value.span);
        problems.push(problem.label("write TASK_DEFINITION, or remove it"));
    }
}

/// Checks that the container that the file names is in the task definition, where the file has that.
fn check_container(
    job: &Job,
    entry: &Entry,
    services: &IndexMap<String, ServiceSpec>,
    problems: &mut Problems,
) {
    let spec = match &job.source {
        JobSource::Service(key) => services.get(key),
        JobSource::Own(spec) => Some(spec.as_ref()),
    };
    let Some(TaskDefinitionSource::Owned(definition)) = spec.map(|spec| &spec.definition) else {
        return;
    };
    let containers = typed_values::items(definition, "containerDefinitions").iter();
    let known: Vec<&str> = containers.filter_map(|it| it.text_of("name")).collect();
    let written = typed_values::present(&entry.value, "container");
    if let (Some(name), Some(written)) = (&job.container, written)
        && !known.is_empty()
        && !known.contains(&name.as_str())
    {
        let label = match similar_name(name, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("containers: {}", joined(&known)),
        };
        let message = format!("unknown container `{name}`");
        problems.push(Problem::error("unknown-name", message, written.value.span).label(label));
    }
}

/// "A total of 8192 characters are allowed for overrides. This limit includes the JSON formatting characters of the
/// override structure" (ECS API, RunTask, `overrides`).
fn check_overrides(job: &Job, entry: &Entry, problems: &mut Problems) {
    let overrides = overrides(job, job.container.as_deref());
    let length = overrides.to_string().chars().count();
    let place = ["overrides", "command"]
        .iter()
        .find_map(|key| typed_values::present(&entry.value, key));
    if let Some(place) = place.filter(|_| length > MAX_OVERRIDES) {
        let message = format!(
            "the overrides of job {} have {length} characters as JSON",
            entry.key
        );
        let problem = Problem::error("too-large", message, place.key_span);
        problems.push(
            problem
                .label(format!("at most {MAX_OVERRIDES}"))
                .hint("write the rest in the image or in the task definition"),
        );
    }
}

/// Returns a job's overrides with its command.
fn overrides(job: &Job, container: Option<&str>) -> Value {
    let written = job.fields.get("overrides").filter(|it| !it.is_null());
    let written = written.map(|it| it.to_value(&|image| image.to_string()));
    let mut input = Object::new();
    input.extend(written.map(|it| ("overrides".to_owned(), it)));
    if let Some(command) = &job.command {
        with_command(&mut input, container, command);
    }
    input.shift_remove("overrides").unwrap_or_default()
}

/// Returns the main container of a task definition that the file has as a whole.
pub(super) fn container_of<'a>(definition: &'a Value, service: &ServiceSpec) -> Option<&'a str> {
    let balancers = typed_values::items(&service.fields, "loadBalancers").iter();
    let balanced: Vec<&str> = balancers.filter_map(|it| it.text_of("containerName")).collect();
    main_container(definition, &balanced, &service.name)
}

fn unknown_service(name: &str, written: &Entry, services: &[&str]) -> Problem {
    let label = match similar_name(name, services.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if services.is_empty() => "the file has no services".to_owned(),
        None => format!("existing services: {}", joined(services)),
    };
    let message = format!("unknown service `{name}`");
    Problem::error("unknown-name", message, written.value.span).label(label)
}

fn nothing_to_run(job: &Entry) -> Problem {
    let message = format!("missing `service` or `taskDefinition` in the job `{}`", job.key);
    let problem = Problem::error("missing-key", message, job.key_span);
    problem.label("the service whose task definition it runs, or one of its own")
}
