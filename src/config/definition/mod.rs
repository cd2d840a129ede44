//! `taskDefinition:`: inline, in a file of its own, an existing revision, or changes to an external
//! definition.

mod constraints;
mod containers;
mod defaults;
mod definition_file;
mod dependencies;
mod empty_values;
mod env_files;
mod execution_role;
mod fargate;
mod firelens;
mod health_check;
mod input;
mod named_lists;
mod placeholders;
mod reference;
mod role_arns;
mod size;
mod volumes;

use super::budget::Weight;
use super::context::ReadContext;
use super::launch::Launch;
use super::merge::merge;
use super::parse::parse;
use super::{conflicts, references, typed_values};
use crate::diagnostic::{Problem, Span};
use crate::model::{Base, Entry, LogGroup, Node, NodeKind, TaskDefinitionSource};
use crate::schema::{self, CheckOptions, EcsOperation};

use self::reference::DefinitionReference;
pub(super) use env_files::{KEY as ENV_FILE, paths as env_file_paths};
pub use health_check::health_check_range;
pub use input::definition_input;
pub(super) use input::read_definition;
pub(super) use named_lists::{NamedList, definition_to_lists, refuse_twice, to_map};
pub use size::smallest_fargate_size;

/// What a task definition depends on in its service.
pub(super) struct DefinitionOwner<'a> {
    /// The ECS service's name.
    pub name: &'a str,
    /// The position of the service's key.
    pub span: Span,
    /// Where the tasks run, according to the service.
    pub launch: &'a Launch,
}

/// A task definition, and the log groups that its defaults need.
pub(super) struct ParsedDefinition {
    pub definition: TaskDefinitionSource,
    /// The log groups, without a retention period, which the service sets.
    pub log_groups: Vec<LogGroup>,
}

/// Returns the path that a string names as a task definition or its base, if it is one.
pub(super) fn path(text: &str) -> Option<String> {
    match reference::classify(text) {
        DefinitionReference::Path(path) => Some(path),
        DefinitionReference::Revision(_) | DefinitionReference::Unclear => None,
    }
}

/// Reads a task definition.
pub(super) fn read(
    entry: &Entry,
    owner: &DefinitionOwner<'_>,
    context: &mut ReadContext<'_>,
) -> Option<ParsedDefinition> {
    let definition = match &entry.value.kind {
        // An environment removes the base with a null.
        NodeKind::Map(_) => match typed_values::present(&entry.value, "base") {
            Some(base) => based(entry, base, context)?,
            // Nothing is known of a definition whose base could not be resolved.
            None if typed_values::is_reported(entry.value.entry("base"), context.problems) => return None,
            None => return Some(inline(entry, owner, context)),
        },
        NodeKind::Text(_) => by_name(entry, context)?,
        _ => {
            context.problems.push(typed_values::wrong(
                entry,
                &entry.value,
                "a mapping, a path or FAMILY:REV",
            ));
            return None;
        }
    };
    Some(ParsedDefinition {
        definition,
        log_groups: Vec::new(),
    })
}

fn inline(entry: &Entry, owner: &DefinitionOwner<'_>, context: &mut ReadContext<'_>) -> ParsedDefinition {
    if let Some(described) = described(&entry.value) {
        context.problems.push(
            Problem::error(
                "unknown-key",
                "a task definition inside a task definition",
                described.key_span,
            )
            .label("this is a describe-task-definition response: move its content one level up"),
        );
        return ParsedDefinition {
            definition: TaskDefinitionSource::Owned(nothing(entry)),
            log_groups: Vec::new(),
        };
    }
    let node = size::normalise(without_base(&entry.value), context.problems);
    let node = env_files::merged(node, context);
    let node = named_lists::definition_to_lists(node, context.problems);
    // If not set, the family is the service's name, which is checked separately.
    containers::check_family(&node, context.problems);
    let (node, log_groups) = defaults::apply(node, owner, context);
    let node = checked(node, Some(entry.key_span), context);
    ParsedDefinition {
        definition: TaskDefinitionSource::Owned(node),
        log_groups,
    }
}

/// Finds the wrapper of a DescribeTaskDefinition response that was pasted whole.
fn described(node: &Node) -> Option<&Entry> {
    let inner = node.entry("taskDefinition")?;
    inner.value.get("containerDefinitions").map(|_| inner)
}

fn by_name(entry: &Entry, context: &mut ReadContext<'_>) -> Option<TaskDefinitionSource> {
    let text = typed_values::text(entry, context.problems)?;
    match reference::classify(&text) {
        DefinitionReference::Path(path) => {
            let node = from_file(&path, entry.value.span, context)?;
            let node = node.map(|node| {
                placeholders::check(&node, node.span.source, &path, context.problems);
                containers::check_family(&node, context.problems);
                checked(node, None, context)
            });
            Some(TaskDefinitionSource::Owned(
                node.unwrap_or_else(|| nothing(entry)),
            ))
        }
        DefinitionReference::Revision(revision) => {
            Some(TaskDefinitionSource::Revision(revision, entry.value.span))
        }
        DefinitionReference::Unclear => {
            context.problems.push(
                Problem::error(
                    "task-definition",
                    format!("`{text}` is neither a file nor a task definition revision"),
                    entry.value.span,
                )
                .label(
                    "a file contains `/` or ends in .json, .yaml or .yml; a revision is FAMILY:REV or an ARN",
                ),
            );
            None
        }
    }
}

fn based(entry: &Entry, base: &Entry, context: &mut ReadContext<'_>) -> Option<TaskDefinitionSource> {
    let text = typed_values::text(base, context.problems)?;
    let changes = changes(&entry.value, context);
    match reference::base(&text) {
        Some(Err(path)) => {
            let Some(below) = from_file(&path, base.value.span, context)? else {
                return Some(TaskDefinitionSource::Owned(nothing(entry)));
            };
            let source = below.span.source;
            let below = named_lists::definition_to_maps(&below, context.problems);
            let merged = merge(&below, &changes);
            let merged = named_lists::definition_to_lists(merged, context.problems);
            placeholders::check(&merged, source, &path, context.problems);
            containers::check_family(&merged, context.problems);
            Some(TaskDefinitionSource::Owned(checked(
                merged,
                Some(entry.key_span),
                context,
            )))
        }
        Some(Ok(aws)) => Some(over_aws((aws, base.value.span), changes, entry, context)),
        None => {
            context.problems.push(
                Problem::error("base", format!("invalid `base`: `{text}`"), base.value.span).label(
                    "use `live`, FAMILY, FAMILY:REV, or a path that contains `/` or ends in .json, .yaml or .yml",
                ),
            );
            None
        }
    }
}

/// Reads the file's changes to a base: named lists as mappings, and no defaults.
fn changes(node: &Node, context: &mut ReadContext<'_>) -> Node {
    let node = without_base(node);
    containers::refuse_null(&node, context.problems);
    // These can't be removed: a null leaves them as they are in the base.
    let is_kept = |entry: &&Entry| {
        !(entry.value.is_null() && matches!(entry.key.as_str(), "family" | "containerDefinitions"))
    };
    let node = Node::map(node.span, node.members().iter().filter(is_kept).cloned());
    let node = size::normalise(node, context.problems);
    let node = env_files::merged(node, context);
    named_lists::definition_to_maps(&node, context.problems)
}

fn without_base(node: &Node) -> Node {
    let entries = node.members().iter().filter(|entry| entry.key != "base");
    Node::map(node.span, entries.cloned())
}

/// Reads changes to a definition that only AWS knows, and checks them as far as possible.
fn over_aws(
    (base, span): (Base, Span),
    changes: Node,
    entry: &Entry,
    context: &mut ReadContext<'_>,
) -> TaskDefinitionSource {
    let lists = named_lists::definition_to_lists(changes.clone(), context.problems);
    let options = CheckOptions {
        allow_unknown: context.overrides.allow_unknown_fields,
        supplied: missing_of_base(&lists),
        own_keys: &["base"],
        at: Some(entry.key_span),
    };
    let checked = schema::check(
        &lists,
        EcsOperation::RegisterTaskDefinition,
        &options,
        context.problems,
    );
    containers::check_family(&checked, context.problems);
    containers::check(&checked, context.problems);
    conflicts::check_tags(&checked, context.problems);
    // The lists lost the nulls, which remove something from the base, so the checked values are merged over
    // the changes.
    let checked = named_lists::definition_to_maps(&checked, context.problems);
    TaskDefinitionSource::Based {
        base,
        span,
        changes: merge(&changes, &checked),
    }
}

/// Returns the required members that the base supplies.
fn missing_of_base(changes: &Node) -> &'static [&'static str] {
    let has = |key| changes.get(key).is_some_and(|node| !node.is_null());
    match (has("family"), has("containerDefinitions")) {
        (true, true) => &[],
        (true, false) => &["containerDefinitions"],
        (false, true) => &["family"],
        (false, false) => &["family", "containerDefinitions"],
    }
}

/// Returns the tree of a file. `None` if it can't be read; `Some(None)` if it hasn't been read yet.
fn from_file(path: &str, named_at: Span, context: &mut ReadContext<'_>) -> Option<Option<Node>> {
    let text = match context.files.get(path) {
        None => return Some(None),
        Some(Ok(text)) => text,
        Some(Err(reason)) => {
            context
                .problems
                .push(Problem::error("file", format!("can't read `{path}`"), named_at).label(reason.clone()));
            return None;
        }
    };
    let text = text.trim_start_matches('\u{feff}');
    let source = context.sources.add(path, text);
    let root = parse(text, source, context.problems)?;
    if root.entries().is_none() {
        context.problems.push(
            Problem::error(
                "wrong-type",
                format!("`{path}` is not a task definition"),
                root.span,
            )
            .label("must be a mapping")
            .other(named_at, "referenced here"),
        );
        return None;
    }
    if let Err(excess) = context.budget.spend(Weight::of(&root)) {
        let message =
            format!("the files of the task definitions have {excess}, each counted for each service");
        context
            .problems
            .push(Problem::error("too-large", message, named_at));
        return None;
    }
    let definition = definition_file::definition(&root, path, context.problems);
    Some(Some(env_files::refused(definition, path, context.problems)))
}

/// Checks a whole definition against the API's shape, and against ECS's other rules.
fn checked(node: Node, at: Option<Span>, context: &mut ReadContext<'_>) -> Node {
    let options = CheckOptions {
        allow_unknown: context.overrides.allow_unknown_fields,
        supplied: &[],
        own_keys: &["base"],
        at,
    };
    let node = schema::check(
        &empty_values::without_empty_values(node),
        EcsOperation::RegisterTaskDefinition,
        &options,
        context.problems,
    );
    if at.is_none() {
        // In mappings and after a merge this was already checked.
        named_lists::definition_to_lists(node.clone(), context.problems);
    }
    let at = at.or_else(|| {
        node.entries()
            .and_then(|entries| entries.first())
            .map(|entry| entry.key_span)
    });
    let is_fargate = defaults::needs_fargate(&node);
    let at = at.unwrap_or(node.span);
    if is_fargate {
        let lenient = context.overrides.allow_unknown_fields;
        // A definition for instances may have no sizes either: the network mode tells them apart.
        if defaults::check_network_mode(&node, at, context.problems) {
            size::check_fargate(&node, at, lenient, context.problems);
            fargate::check(&node, context.problems);
        }
    }
    role_arns::check(&node, context.problems);
    execution_role::check(&node, at, is_fargate, context);
    health_check::check(&node, context.problems);
    firelens::check(&node, context.problems);
    volumes::check(&node, context.problems);
    containers::refuse_none(&node, context.problems);
    containers::check(&node, context.problems);
    constraints::check(&node, context.problems);
    dependencies::check(&node, context.problems);
    conflicts::check_tags(&node, context.problems);
    references::within(&node, context.problems);
    node
}

fn nothing(entry: &Entry) -> Node {
    Node::map(entry.value.span, Vec::new())
}
