//! `environments:`: overlays of the file, of which `--environment` selects one. The selected one is merged over
//! the rest before anything is interpolated; the keys of the others are checked too.

use std::collections::HashSet;

use super::definition::{NamedList, definition_to_lists, refuse_twice, to_map};
use super::interpolate::is_name;
use super::merge::merge_aligned;
use super::{keys, root, typed_values};
use crate::diagnostic::{Level, Problem, Problems, Span, Suggestion, joined};
use crate::model::{Entry, Node, NodeKind};
use crate::schema::{self, CheckOptions, EcsOperation, similar_name};

/// The sections whose members a null of an environment removes.
const REMOVABLE: [&str; 3] = ["images", "services", "jobs"];

/// Returns the entry of the selected environment, or why none can be selected.
pub(super) fn select<'a>(
    root: &'a Node,
    name: Option<&str>,
    problems: &mut Problems,
) -> Result<Option<&'a Entry>, Box<Problem>> {
    let environments = typed_values::present(root, "environments");
    if let Some(wrong) = environments.filter(|entry| entry.value.entries().is_none()) {
        return Err(Box::new(typed_values::wrong(wrong, &wrong.value, "a mapping")));
    }
    let required = typed_values::present(root, "requireEnvironment");
    let is_required = required.and_then(|entry| typed_values::boolean(entry, problems)) == Some(true);
    let known = environments
        .map(|entry| entry.value.members())
        .unwrap_or_default();
    let names: Vec<&str> = known.iter().map(|entry| entry.key.as_str()).collect();
    let Some(name) = name else {
        let missing = required.filter(|_| is_required);
        return match missing.map(|entry| no_name(entry, &names)) {
            // Without one of them the rest may be incomplete.
            Some(problem) if !names.is_empty() => Err(Box::new(problem)),
            problem => {
                problem.into_iter().for_each(|problem| problems.push(problem));
                Ok(None)
            }
        };
    };
    let selected = known.iter().find(|entry| entry.key == name);
    let selected = selected.ok_or_else(|| Box::new(unknown(name, environments, &names)))?;
    match selected.value.kind {
        NodeKind::Map(_) | NodeKind::Null => Ok(Some(selected)),
        _ => {
            let wrong = typed_values::wrong(selected, &selected.value, "a mapping");
            Err(Box::new(wrong))
        }
    }
}

fn no_name(required: &Entry, names: &[&str]) -> Problem {
    let message = "no environment is selected, and the file requires one";
    let problem = Problem::error("environment-required", message, required.key_span);
    match names {
        [] => problem.label("add `environments:`, or remove this"),
        [first, ..] => {
            let hint = Suggestion::from("add -e NAME, as in ");
            let name = if is_name(first) { first } else { "NAME" };
            problem
                .label(format!("environments: {}", joined(names)))
                .hint(hint.run("plan", format!("-e {name}")))
        }
    }
}

fn unknown(name: &str, environments: Option<&Entry>, names: &[&str]) -> Problem {
    let message = format!("unknown environment `{name}` (--environment or ECSCTL_ENVIRONMENT)");
    let problem = Problem::error(
        "unknown-environment",
        message,
        environments.map(|entry| entry.key_span),
    );
    let problem = match names {
        [] => return problem.hint("the file has no `environments:`"),
        names => problem.label(format!("environments: {}", joined(names))),
    };
    match similar_name(name, names.iter().copied()) {
        Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
        None => problem,
    }
}

/// Returns the file without the keys about environments.
pub(super) fn without(mut root: Node) -> Node {
    root.retain(|entry| !["environments", "requireEnvironment"].contains(&entry.key.as_str()));
    root
}

/// Returns the part of an environment that is merged over the file.
pub(super) fn overlay(environment: &Entry, span: Span) -> Node {
    let is_known = |entry: &&Entry| entry.key.starts_with("x-") || is_key(&entry.key);
    let members = environment.value.members().iter();
    Node::map(span, members.filter(is_known).cloned())
}

/// Returns an overlay merged over the rest of the file.
pub(super) fn applied(rest: &Node, overlay: &Node, problems: &mut Problems) -> Node {
    let merged = merge_aligned(rest, overlay, &mut |path, below, above| {
        aligned(path, below, above, problems)
    });
    without_removed(&merged, (rest, overlay), problems)
}

/// Converts a list of named items to a mapping by name where the other side is a mapping.
fn aligned(path: &[&str], below: &Node, above: &Node, problems: &mut Problems) -> Option<(Node, Node)> {
    let named = match path {
        ["services" | "jobs", _, "taskDefinition", "containerDefinitions"] => NamedList::Containers,
        [
            "services" | "jobs",
            _,
            "taskDefinition",
            "containerDefinitions",
            _,
            "environment",
        ] => NamedList::Environment,
        [
            "services" | "jobs",
            _,
            "taskDefinition",
            "containerDefinitions",
            _,
            "secrets",
        ] => NamedList::Secrets,
        _ => return None,
    };
    let mut by_name = |list: &Node| {
        let list = without_references(list, problems);
        refuse_twice(&list, named, problems);
        to_map(&list, named, problems)
    };
    match (&below.kind, &above.kind) {
        (NodeKind::List(_), NodeKind::Map(_)) => Some((by_name(below), above.clone())),
        (NodeKind::Map(_), NodeKind::List(_)) => Some((below.clone(), by_name(above))),
        _ => None,
    }
}

/// Reports and removes items whose names can't be matched, because they are interpolated after the merge.
fn without_references(list: &Node, problems: &mut Problems) -> Node {
    let items = list.items().unwrap_or_default().iter();
    let is_clear = |item: &&Node| match item.get("name") {
        Some(name) if name.as_str().is_some_and(|text| text.contains("${")) => {
            let message = "a list is merged by name, and this name is a reference";
            let problem = Problem::error("reference-in-name", message, name.span);
            problems.push(
                problem.label("write the name itself, or a list in the environment, which replaces this one"),
            );
            false
        }
        _ => true,
    };
    Node::list(list.span, items.filter(is_clear).cloned())
}

/// Removes the services, jobs and images that are null in the environment, and reports those that the file hasn't.
fn without_removed(merged: &Node, (rest, overlay): (&Node, &Node), problems: &mut Problems) -> Node {
    let sections = merged.members().iter().map(|section| {
        let of = |node: &Node| node.get(&section.key).map(|node| node.members().to_vec());
        let (Some(entries), Some(above)) = (section.value.entries(), of(overlay)) else {
            return section.clone();
        };
        if !REMOVABLE.contains(&section.key.as_str()) {
            return section.clone();
        }
        let below = of(rest).unwrap_or_default();
        let known: HashSet<&str> = below.iter().map(|entry| entry.key.as_str()).collect();
        let removed = above.iter().filter(|entry| entry.value.is_null());
        for entry in removed
            .clone()
            .filter(|entry| !known.contains(entry.key.as_str()))
        {
            match problems.is_full() {
                true => problems.count_more(Level::Error, 1),
                false => problems.push(not_there(entry, &section.key, &known)),
            }
        }
        let removed: HashSet<&str> = removed.map(|entry| entry.key.as_str()).collect();
        let is_kept = |entry: &&Entry| !removed.contains(entry.key.as_str());
        let kept = entries.iter().filter(is_kept).cloned();
        section.with_value(Node::map(section.value.span, kept))
    });
    Node::map(merged.span, sections)
}

/// Returns the problem with a null that removes nothing.
fn not_there(entry: &Entry, section: &str, known: &HashSet<&str>) -> Problem {
    let message = format!(
        "null removes `{}`, which isn't in the file's `{section}`",
        entry.key
    );
    let problem = Problem::error("unknown-name", message, entry.key_span);
    match similar_name(&entry.key, known.iter().copied()) {
        Some(meant) => problem.label(format!("did you mean `{meant}`?")),
        None => problem.label("remove it"),
    }
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
        let operation = EcsOperation::CreateService;
        check_task(service, (operation, &keys::SERVICE), allow_unknown, problems);
    }
    for job in members(&environment.value, "jobs", problems) {
        let operation = EcsOperation::RunTask;
        check_task(job, (operation, &keys::JOB), allow_unknown, problems);
    }
}

/// Returns the members of a section that aren't null, or reports that it isn't a mapping.
fn members<'a>(node: &'a Node, section: &str, problems: &mut Problems) -> Vec<&'a Entry> {
    let entries = typed_values::present(node, section)
        .and_then(|entry| typed_values::mapping(entry, problems))
        .unwrap_or_default();
    entries.iter().filter(|entry| !entry.value.is_null()).collect()
}

pub(super) fn check_keys(environment: &Entry, problems: &mut Problems) {
    let entries = environment.value.members().iter();
    let entries = entries.filter(|entry| !entry.key.starts_with("x-"));
    for refused in entries.clone().filter(|entry| is_refused(&entry.key)) {
        let message = format!("`{}` is not allowed in an environment", refused.key);
        let problem = Problem::error("refused-key", message, refused.key_span);
        problems.push(problem.label("write it at the top level"));
    }
    let mut others = entries.filter(|entry| !is_refused(&entry.key));
    keys::ENVIRONMENT.check_entries(&mut others, &root::belongs, problems);
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

/// Reports unknown keys in a service or a job, with the members of this operation and these keys of ecsctl's own, and
/// in its task definition.
fn check_task(
    task: &Entry,
    (operation, own_keys): (EcsOperation, &'static [&'static str]),
    allow_unknown: bool,
    problems: &mut Problems,
) {
    let Some(entries) = typed_values::mapping(task, problems) else {
        return;
    };
    let fields = entries
        .iter()
        .filter(|entry| !own_keys.contains(&entry.key.as_str()));
    let fields = Node::map(task.value.span, fields.cloned());
    let mut found = Problems::default();
    let options = |own_keys| CheckOptions {
        allow_unknown,
        supplied: &[],
        own_keys,
        at: Some(task.key_span),
    };
    schema::check(&fields, operation, &options(own_keys), &mut found);
    let definition = task.value.get("taskDefinition");
    if let Some(definition) = definition.filter(|definition| definition.entries().is_some()) {
        let lists = definition_to_lists(definition.clone(), &mut Problems::default());
        let operation = EcsOperation::RegisterTaskDefinition;
        let own = Node::map(
            lists.span,
            lists
                .members()
                .iter()
                .filter(|entry| entry.key != "base")
                .cloned(),
        );
        schema::check(&own, operation, &options(&["base"]), &mut found);
    }
    // Everything else may come from the rest of the file, or depends on values.
    let unknown = found.iter().filter(|problem| problem.code == "unknown-key");
    unknown.for_each(|problem| problems.push(problem.clone()));
}
