//! `environments:`: overlays of the file, of which `--environment` selects one. The selected one is merged over
//! the rest before anything is interpolated; the keys of the others are checked too.

use super::definition::{NamedList, definition_to_lists, refuse_twice, to_map};
use super::merge::merge_aligned;
use super::{keys, root, typed_values};
use crate::diagnostic::{Problem, Problems, joined};
use crate::model::{Entry, Node, NodeKind};
use crate::schema::{self, CheckOptions, EcsOperation, similar_name};

/// The sections whose members a null of an environment removes.
const REMOVABLE: [&str; 2] = ["images", "services"];

/// Returns the entry of the selected environment, or why none can be selected.
pub(super) fn select<'a>(
    root: &'a Node,
    name: Option<&str>,
    problems: &mut Problems,
) -> Result<Option<&'a Entry>, Box<Problem>> {
    let environments = typed_values::present(root, "environments");
    let required = typed_values::present(root, "requireEnvironment");
    let is_required = required.and_then(|entry| typed_values::boolean(entry, problems));
    let known = environments.map(|entry| entry.value.members()).unwrap_or_default();
    let names: Vec<&str> = known.iter().map(|entry| entry.key.as_str()).collect();
    let Some(name) = name else {
        return match required.filter(|_| is_required == Some(true)) {
            Some(required) => Err(Box::new(no_name(required, &names))),
            None => Ok(None),
        };
    };
    match known.iter().find(|entry| entry.key == name) {
        Some(selected) => match selected.value.kind {
            NodeKind::Map(_) | NodeKind::Null => Ok(Some(selected)),
            _ => Err(Box::new(typed_values::wrong(
                selected,
                &selected.value,
                "a mapping",
            ))),
        },
        None => Err(Box::new(unknown(name, &names))),
    }
}

fn no_name(required: &Entry, names: &[&str]) -> Problem {
    let problem = Problem::error(
        "environment-required",
        "no environment is selected, and the file requires one",
        required.key_span,
    );
    match names {
        [] => problem.label("add `environments:`, or remove this"),
        names => problem.label(format!("pass --environment NAME: {}", joined(names))),
    }
}

fn unknown(name: &str, names: &[&str]) -> Problem {
    let message = format!("unknown environment `{name}` (--environment or ECSCTL_ENVIRONMENT)");
    let problem = Problem::error("unknown-environment", message, None);
    match (similar_name(name, names.iter().copied()), names) {
        (Some(meant), _) => problem.hint(format!("did you mean `{meant}`?")),
        (None, []) => problem.hint("the file has no `environments:`"),
        (None, names) => problem.hint(format!("existing environments: {}", joined(names))),
    }
}

/// Returns the file with the selected environment merged over it, and without the keys about environments.
/// Reports the keys that an environment can't have.
pub(super) fn applied(root: &Node, selected: Option<&Entry>, problems: &mut Problems) -> Node {
    let is_content = |entry: &&Entry| !["environments", "requireEnvironment"].contains(&entry.key.as_str());
    let base = Node::map(root.span, root.members().iter().filter(is_content).cloned());
    let Some(selected) = selected else { return base };
    check_keys(selected, problems);
    let overlay = selected.value.members().iter();
    let is_known = |entry: &&Entry| entry.key.starts_with("x-") || is_key(&entry.key);
    let overlay = Node::map(root.span, overlay.filter(is_known).cloned());
    let merged = merge_aligned(&base, &overlay, &mut |path, below, above| {
        aligned(path, below, above, problems)
    });
    without_removed(&merged, &overlay)
}

/// Converts a list of named items to a mapping by name where the other side is a mapping.
fn aligned(path: &[&str], below: &Node, above: &Node, problems: &mut Problems) -> Option<(Node, Node)> {
    let named = match path {
        ["services", _, "taskDefinition", "containerDefinitions"] => NamedList::Containers,
        ["services", _, "taskDefinition", "containerDefinitions", _, "environment"] => NamedList::Environment,
        ["services", _, "taskDefinition", "containerDefinitions", _, "secrets"] => NamedList::Secrets,
        _ => return None,
    };
    let mut by_name = |list: &Node| {
        refuse_twice(list, named, problems);
        to_map(list, named, problems)
    };
    match (&below.kind, &above.kind) {
        (NodeKind::List(_), NodeKind::Map(_)) => Some((by_name(below), above.clone())),
        (NodeKind::Map(_), NodeKind::List(_)) => Some((below.clone(), by_name(above))),
        _ => None,
    }
}

/// Removes the services and images that are null in the environment.
fn without_removed(merged: &Node, overlay: &Node) -> Node {
    let sections = merged.members().iter().map(|section| {
        let over = overlay.get(&section.key).filter(|_| REMOVABLE.contains(&section.key.as_str()));
        let (Some(over), Some(entries)) = (over, section.value.entries()) else {
            return section.clone();
        };
        let is_kept = |entry: &&Entry| !over.get(&entry.key).is_some_and(Node::is_null);
        section.with_value(Node::map(
            section.value.span,
            entries.iter().filter(is_kept).cloned(),
        ))
    });
    Node::map(merged.span, sections)
}

/// Returns the problems with the shape of `environments:` and of the environments that aren't selected. Their
/// values are not looked at: they may refer to things that exist in that environment only.
pub(super) fn check_others(root: &Node, selected: Option<&Entry>, allow_unknown: bool) -> Problems {
    let mut problems = Problems::default();
    let entries = typed_values::present(root, "environments")
        .and_then(|entry| typed_values::mapping(entry, &mut problems))
        .unwrap_or_default();
    for environment in entries {
        let is_selected = selected.is_some_and(|selected| selected.key == environment.key);
        if !is_selected && !environment.value.is_null() {
            check_shape(environment, allow_unknown, &mut problems);
        }
    }
    problems
}

fn check_shape(environment: &Entry, allow_unknown: bool, problems: &mut Problems) {
    if typed_values::mapping(environment, problems).is_none() {
        return;
    }
    check_keys(environment, problems);
    members(&environment.value, "vars", problems);
    for image in members(&environment.value, "images", problems) {
        check_image(image, problems);
    }
    for service in members(&environment.value, "services", problems) {
        check_service(service, allow_unknown, problems);
    }
}

/// Returns the members of a section that aren't null, or reports that it isn't a mapping.
fn members<'a>(node: &'a Node, section: &str, problems: &mut Problems) -> Vec<&'a Entry> {
    let entries = typed_values::present(node, section)
        .and_then(|entry| typed_values::mapping(entry, problems))
        .unwrap_or_default();
    entries.iter().filter(|entry| !entry.value.is_null()).collect()
}

fn check_keys(environment: &Entry, problems: &mut Problems) {
    let entries = environment.value.members().iter();
    let entries = entries.filter(|entry| !entry.key.starts_with("x-"));
    for refused in entries.clone().filter(|entry| is_refused(&entry.key)) {
        let message = format!("`{}` is not allowed in an environment", refused.key);
        let problem = Problem::error("refused-key", message, refused.key_span);
        problems.push(problem.label("write it at the top level"));
    }
    let others = entries.filter(|entry| !is_refused(&entry.key)).cloned();
    let others = Node::map(environment.value.span, others);
    keys::ENVIRONMENT.check(&others, &root::belongs, problems);
}

/// Whether a key belongs to the whole file.
fn is_refused(key: &str) -> bool {
    keys::TOP.known.contains(&key) && !is_key(key)
}

fn is_key(key: &str) -> bool {
    keys::ENVIRONMENT.known.contains(&key)
}

fn check_image(image: &Entry, problems: &mut Problems) {
    if typed_values::mapping(image, problems).is_none() {
        return;
    }
    keys::IMAGE.check(&image.value, &|_| None, problems);
    if let Some(build) = image.value.get("build").filter(|build| build.entries().is_some()) {
        keys::BUILD.check(build, &|_| None, problems);
    }
}

/// Reports unknown keys in a service and its task definition.
fn check_service(service: &Entry, allow_unknown: bool, problems: &mut Problems) {
    let Some(entries) = typed_values::mapping(service, problems) else {
        return;
    };
    let fields = entries
        .iter()
        .filter(|entry| !keys::SERVICE.contains(&entry.key.as_str()));
    let fields = Node::map(service.value.span, fields.cloned());
    let mut found = Problems::default();
    let options = |own_keys| CheckOptions {
        allow_unknown,
        supplied: &[],
        own_keys,
        at: Some(service.key_span),
    };
    schema::check(
        &fields,
        EcsOperation::CreateService,
        &options(&keys::SERVICE),
        &mut found,
    );
    let definition = service.value.get("taskDefinition");
    if let Some(definition) = definition.filter(|definition| definition.entries().is_some()) {
        let lists = definition_to_lists(definition, &mut Problems::default());
        let operation = EcsOperation::RegisterTaskDefinition;
        let own = Node::map(
            lists.span,
            lists.members().iter().filter(|entry| entry.key != "base").cloned(),
        );
        schema::check(&own, operation, &options(&["base"]), &mut found);
    }
    // Everything else may come from the rest of the file, or depends on values.
    let unknown = found.iter().filter(|problem| problem.code == "unknown-key");
    unknown.for_each(|problem| problems.push(problem.clone()));
}
