//! `services:`: the members of CreateService, ecsctl's own keys, and defaults for creation.

use indexmap::IndexMap;

use super::context::ReadContext;
use super::definition::{self, DefinitionOwner};
use super::launch::{DefaultLaunchType, Launch};
use super::{
    autoscaling, code_deploy, conflicts, ebs_volumes, keys, references, service_constraints, typed_values,
};
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, LogGroup, Node, NodeKind, ServiceSpec, TaskDefinitionSource};
use crate::schema::{self, CheckOptions, EcsOperation};

/// The retention periods that CloudWatch Logs supports (PutRetentionPolicy, `retentionInDays`).
pub(super) const RETENTION_DAYS: [i64; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/// API members that a service can't have here: the key, the end of the message, and the label.
pub(super) const REFUSED: [(&str, &str, &str); 3] = [
    (
        "cluster",
        "all services in a file use one cluster",
        "write `cluster:` at the top level",
    ),
    (
        "clientToken",
        "ecsctl sets it, so that retries are idempotent",
        "remove it",
    ),
    (
        "forceNewDeployment",
        "it is not part of the service's state",
        "use `deploy --force`",
    ),
];

/// Reads `services:`.
pub(super) fn read(root: &Node, context: &mut ReadContext<'_>) -> IndexMap<String, ServiceSpec> {
    let mut services: IndexMap<String, ServiceSpec> = IndexMap::new();
    let entry = typed_values::present(root, "services");
    let entries = entry.and_then(|entry| typed_values::mapping(entry, context.problems));
    for entry in entries.unwrap_or_default() {
        let Some(service) = service(entry, context) else {
            continue;
        };
        let is_unresolved = |key: &str| {
            let service = typed_values::present(root, "services").and_then(|it| it.value.get(key));
            service.is_some_and(|it| typed_values::is_reported(it.entry("serviceName"), context.problems))
        };
        let is_twin = |other: &&ServiceSpec| other.name == service.name && !is_unresolved(&other.key);
        let twin = services.values().find(is_twin);
        if let Some(twin) = twin.filter(|_| !is_unresolved(&service.key)) {
            context
                .problems
                .push(duplicate(&service.name, twin.span, service.span));
        }
        services.insert(entry.key.clone(), service);
    }
    services
}

/// Reads the services' names, by their keys.
pub(super) fn names(root: &Node, context: &mut ReadContext<'_>) -> IndexMap<String, String> {
    let mut names: IndexMap<String, (String, Span)> = IndexMap::new();
    let entry = typed_values::present(root, "services");
    let entries = entry.and_then(|entry| typed_values::mapping(entry, context.problems));
    for entry in entries.unwrap_or_default() {
        // Reports a misspelled `serviceName`.
        fields(entry, entry.value.members(), context);
        let name = name(entry, context.problems);
        if let Some((_, first)) = names.values().find(|(other, _)| *other == name) {
            context.problems.push(duplicate(&name, *first, entry.key_span));
        }
        names.insert(entry.key.clone(), (name, entry.key_span));
    }
    names.into_iter().map(|(key, (name, _))| (key, name)).collect()
}

fn duplicate(name: &str, first: Span, again: Span) -> Problem {
    let message = format!("two services have the name `{name}`");
    Problem::error("duplicate-name", message, again)
        .label("again here")
        .other(first, "first here")
}

fn service(entry: &Entry, context: &mut ReadContext<'_>) -> Option<ServiceSpec> {
    if entry.value.is_null() {
        if !typed_values::is_reported(Some(entry), context.problems) {
            context.problems.push(no_definition(entry));
        }
        return None;
    }
    let entries = typed_values::mapping(entry, context.problems)?;
    typed_values::refuse(entries, &REFUSED, "a service", context.problems);
    let node = &entry.value;
    let name = name(entry, context.problems);
    let fields = fields(entry, entries, context);
    conflicts::check(&fields, &name, context.problems);
    conflicts::check_tags(&fields, context.problems);
    service_constraints::check(&fields, context.problems);
    ebs_volumes::check(&fields, context.problems);
    let launch = Launch::of(&fields);
    let read = task_definition(entry, &name, &launch, context);
    if let Some(TaskDefinitionSource::Owned(definition)) = read.as_ref().map(|read| &read.definition) {
        if definition.entries().is_some_and(|entries| !entries.is_empty()) {
            references::from_service(&fields, definition, context.problems);
            service_constraints::check_with_definition(&fields, definition, context.problems);
        }
        advise_on_strategy(&launch, &fields, definition, context.problems);
    }
    let retention = typed_values::present(node, "logRetentionDays");
    let days = retention.and_then(|entry| retention_days(entry, context.problems));
    let depends_on = names_in(node, "dependsOn", context.problems);
    let before_deploy = names_in(node, "beforeDeploy", context.problems);
    let after_deploy = names_in(node, "afterDeploy", context.problems);
    let autoscaling = autoscaling::read(node, &fields, context);
    let code_deploy = code_deploy::read(node, &fields, context.problems);
    let read = read?;
    if let Some(retention) = retention.filter(|_| read.log_groups.is_empty()) {
        let problem = Problem::warning(
            "no-log-group",
            format!("ecsctl creates no log group for `{}`", entry.key),
            retention.key_span,
        );
        context.problems.push(problem.label("so this has no effect"));
    }
    let with_retention = |group| LogGroup {
        retention_days: days,
        ..group
    };
    let launch_type = default_launch_type(&fields, &launch, &read.definition);
    Some(ServiceSpec {
        key: entry.key.clone(),
        span: entry.key_span,
        creation_defaults: creation_defaults(
            &fields,
            launch_type,
            autoscaling.as_ref().map_or(1, |it| it.bounds.min),
            entry.key_span,
        ),
        fargate_if_supported: launch_type == DefaultLaunchType::FargateIfSupported,
        name,
        definition: read.definition,
        fields,
        log_groups: read.log_groups.into_iter().map(with_retention).collect(),
        autoscaling,
        code_deploy,
        depends_on,
        before_deploy,
        after_deploy,
    })
}

/// Reads a list of names of jobs or services.
fn names_in(node: &Node, key: &str, problems: &mut Problems) -> Vec<String> {
    let entry = typed_values::present(node, key);
    let texts = entry.map(|entry| typed_values::texts(entry, problems));
    texts
        .unwrap_or_default()
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}

fn name(entry: &Entry, problems: &mut Problems) -> String {
    let written = typed_values::present(&entry.value, "serviceName");
    let name = written.and_then(|written| typed_values::text(written, problems));
    let span = written.map_or(entry.key_span, |written| written.value.span);
    let name = name.unwrap_or_else(|| entry.key.clone());
    // ECS API, CreateService, `serviceName`.
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || name.len() > 255 || !name.chars().all(is_legal) {
        problems.push(
            Problem::error("name", format!("invalid service name `{name}`"), span)
                .label("up to 255 letters, digits, `_` and `-`"),
        );
    }
    name
}

/// Returns the members of CreateService that the file sets, checked against its shape.
fn fields(entry: &Entry, entries: &[Entry], context: &mut ReadContext<'_>) -> Node {
    let is_own =
        |key: &str| keys::SERVICE.contains(&key) || REFUSED.iter().any(|(refused, ..)| *refused == key);
    let fields = entries.iter().filter(|entry| !is_own(&entry.key)).cloned();
    let fields = Node::map(entry.value.span, fields);
    let options = CheckOptions {
        allow_unknown: context.overrides.allow_unknown_fields,
        supplied: &["serviceName"],
        own_keys: &keys::SERVICE,
        at: Some(entry.key_span),
    };
    schema::check(&fields, EcsOperation::CreateService, &options, context.problems)
}

fn no_definition(service: &Entry) -> Problem {
    let message = format!("missing `taskDefinition` in the service `{}`", service.key);
    Problem::error("missing-key", message, service.key_span).label("a mapping, a path, or FAMILY:REV")
}

fn task_definition(
    entry: &Entry,
    name: &str,
    launch: &Launch,
    context: &mut ReadContext<'_>,
) -> Option<definition::ParsedDefinition> {
    let Some(written) = typed_values::present(&entry.value, "taskDefinition") else {
        if typed_values::lacks(&entry.value, "taskDefinition", context.problems) {
            context.problems.push(no_definition(entry));
        }
        return None;
    };
    let owner = DefinitionOwner {
        name,
        span: entry.key_span,
        launch,
    };
    definition::read(written, &owner, context)
}

fn retention_days(entry: &Entry, problems: &mut Problems) -> Option<u32> {
    let days = typed_values::integer(entry, problems)?;
    if RETENTION_DAYS.contains(&days) {
        return u32::try_from(days).ok();
    }
    let nearest = RETENTION_DAYS.iter().min_by_key(|known| known.abs_diff(days));
    let known: Vec<String> = RETENTION_DAYS.iter().map(i64::to_string).collect();
    let problem = Problem::error(
        "retention",
        format!("unsupported CloudWatch Logs retention: {days} days"),
        entry.value.span,
    );
    let problem = match nearest {
        Some(nearest) => problem.label(format!("nearest: {nearest}")),
        None => problem,
    };
    problems.push(problem.note(format!("one of {}", known.join(", "))));
    None
}

/// Warns of a strategy for Fargate beside a definition that Fargate can't run and that gets no defaults.
fn advise_on_strategy(launch: &Launch, fields: &Node, definition: &Node, problems: &mut Problems) {
    let mode = definition.entry("networkMode");
    let is_awsvpc = mode.is_some_and(|mode| mode.value.as_str() == Some("awsvpc"));
    let is_whole = definition.entries().is_some_and(|entries| !entries.is_empty());
    let Some(strategy) = fields
        .entry("capacityProviderStrategy")
        .filter(|_| launch.is_fargate_strategy())
    else {
        return;
    };
    if is_whole && !is_awsvpc && !typed_values::is_reported(mode, problems) {
        problems.push(
            Problem::warning(
                "network-mode",
                "Fargate supports only network mode awsvpc",
                strategy.key_span,
            )
            .label("but the task definition has another one")
            .hint("add this to the task definition: networkMode: awsvpc, requiresCompatibilities: [FARGATE]"),
        );
    }
}

/// Returns the launch type of a service or a job for which the file names none.
pub(super) fn default_launch_type(
    fields: &Node,
    launch: &Launch,
    definition: &TaskDefinitionSource,
) -> DefaultLaunchType {
    let is_named = ["launchType", "capacityProviderStrategy"]
        .iter()
        .any(|key| fields.get(key).is_some());
    if is_named || member_text(fields, "deploymentController", "type") == Some("EXTERNAL") {
        DefaultLaunchType::None
    } else {
        launch.default_type(definition)
    }
}

/// Returns the defaults for CreateService where the file sets nothing; to be deep-merged below the
/// members it sets. `count` is the desired count.
fn creation_defaults(fields: &Node, launch_type: DefaultLaunchType, count: i64, span: Span) -> Node {
    let mut added = Vec::new();
    let mut add = |key: &str, value: Node| {
        added.push(Entry::new(key.to_owned(), span, value));
    };
    let is_absent = |key: &str| fields.get(key).is_none();
    let controller = member_text(fields, "deploymentController", "type");
    if launch_type == DefaultLaunchType::Fargate {
        add("launchType", Node::text(span, "FARGATE"));
    }
    let is_daemon = fields.text_of("schedulingStrategy") == Some("DAEMON");
    if is_absent("desiredCount") && !is_daemon {
        add("desiredCount", Node::integer(span, count));
    }
    if has_circuit_breaker(fields, controller) {
        let flag = |key: &str| Entry::new(key.to_owned(), span, Node::bool(span, true));
        let breaker = Entry::new(
            "deploymentCircuitBreaker".to_owned(),
            span,
            Node::map(span, vec![flag("enable"), flag("rollback")]),
        );
        add("deploymentConfiguration", Node::map(span, vec![breaker]));
    }
    if is_absent("enableECSManagedTags") {
        add("enableECSManagedTags", Node::bool(span, true));
    }
    if is_absent("propagateTags") {
        add("propagateTags", Node::text(span, "SERVICE"));
    }
    Node::map(span, added)
}

/// Whether the circuit breaker applies: it is for rolling and blue/green deployments by ECS itself;
/// elsewhere it is rejected or drifts.
fn has_circuit_breaker(fields: &Node, controller: Option<&str>) -> bool {
    let configuration = fields.get("deploymentConfiguration");
    let says_nothing = match configuration.map(|node| &node.kind) {
        None => true,
        Some(NodeKind::Map(_)) => configuration
            .and_then(|node| node.get("deploymentCircuitBreaker"))
            .is_none(),
        Some(_) => false,
    };
    let strategy = member_text(fields, "deploymentConfiguration", "strategy");
    says_nothing
        && matches!(controller, None | Some("ECS"))
        && matches!(strategy, None | Some("ROLLING" | "BLUE_GREEN"))
}

fn member_text<'a>(fields: &'a Node, key: &str, member: &str) -> Option<&'a str> {
    fields.get(key)?.get(member)?.as_str()
}
