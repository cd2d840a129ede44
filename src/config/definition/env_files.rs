//! `envFile` of a container, a key of ecsctl's own: the variables of dotenv files become part of its `environment`.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::config::budget::Weight;
use crate::config::context::ReadContext;
use crate::config::dotenv::{Dotenv, line_span, masked};
use crate::config::parse::MAX_BYTES;
use crate::config::typed_values;
use crate::diagnostic::{Level, Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind, Text};

/// The key.
pub(in crate::config) const KEY: &str = "envFile";

/// The variables by their names.
type VariablesByName = IndexMap<String, Entry>;

/// Returns the definition with the variables of each container's files in its `environment`, which overrides them.
pub(super) fn merged(mut definition: Node, context: &mut ReadContext<'_>) -> Node {
    each_container(&mut definition, &mut |container| {
        let files = container.entry(KEY);
        if let Some(changed) = files.map(|files| with_environment(container, files, context)) {
            *container = changed;
        }
    });
    definition
}

/// Returns a definition from a file of its own without the key, which is reported: such a file is sent as it is.
pub(super) fn refused(mut definition: Node, path: &str, problems: &mut Problems) -> Node {
    each_container(&mut definition, &mut |container| {
        let Some(entry) = container.entry(KEY) else { return };
        let problem = Problem::error(
            "unknown-key",
            format!("`{KEY}` works in deploy.yaml only"),
            entry.key_span,
        );
        problems.push(problem.label("not a member of the ECS API").note(format!(
            "set it in deploy.yaml: taskDefinition: {{base: {path}, containerDefinitions: {{NAME: {{{KEY}: …}}}}}}"
        )));
        container.retain(|entry| entry.key != KEY);
    });
    definition
}

/// Returns the values of the key that are paths, in the order in which they are read.
pub(in crate::config) fn paths(value: &Node) -> &[Node] {
    match &value.kind {
        NodeKind::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

fn each_container(definition: &mut Node, change: &mut dyn FnMut(&mut Node)) {
    match definition.get_mut("containerDefinitions").map(|it| &mut it.kind) {
        Some(NodeKind::Map(containers)) => containers.iter_mut().for_each(|it| change(&mut it.value)),
        Some(NodeKind::List(containers)) => containers.iter_mut().for_each(change),
        _ => {}
    }
}

fn without_key(container: &Node) -> Node {
    let kept = container.members().iter().filter(|entry| entry.key != KEY);
    Node::map(container.span, kept.cloned())
}

fn with_environment(container: &Node, files: &Entry, context: &mut ReadContext<'_>) -> Node {
    let variables = variables(files, context);
    if variables.is_empty() {
        return without_key(container);
    }
    let has_own = typed_values::present(container, "environment").is_some();
    let members = container.members().iter();
    let members = members.filter_map(|entry| match entry.key.as_str() {
        KEY if has_own => None,
        KEY => {
            let own = Node::map(files.value.span, []);
            Some(Entry::new("environment", entry.key_span, over(&variables, &own)))
        }
        "environment" if !has_own => None,
        "environment" => Some(entry.with_value(over(&variables, &entry.value))),
        _ => Some(entry.clone()),
    });
    Node::map(container.span, members)
}

/// Returns the container's own environment over the variables, in its own form.
fn over(variables: &VariablesByName, environment: &Node) -> Node {
    let span = environment.span;
    match &environment.kind {
        NodeKind::Map(entries) => {
            let mut all = variables.clone();
            let own = entries.iter().map(|entry| (entry.key.clone(), entry.clone()));
            all.extend(own);
            Node::map(span, all.into_values())
        }
        NodeKind::List(items) => {
            let own: HashSet<&str> = items.iter().filter_map(|item| item.text_of("name")).collect();
            let below = variables
                .values()
                .filter(|entry| !own.contains(entry.key.as_str()));
            Node::list(span, below.map(item).chain(items.iter().cloned()))
        }
        _ => environment.clone(),
    }
}

/// Returns a variable as an item of the API's list.
fn item(variable: &Entry) -> Node {
    let span = variable.key_span;
    let name = Entry::new("name", span, Node::text(span, variable.key.clone()));
    let value = Entry::new("value", span, variable.value.clone());
    Node::map(span, [name, value])
}

/// Returns the variables of the files; of a variable in several files, the last one.
fn variables(files: &Entry, context: &mut ReadContext<'_>) -> VariablesByName {
    let mut all = VariablesByName::new();
    if files.value.is_null() {
        return all;
    }
    if !matches!(files.value.kind, NodeKind::Text(_) | NodeKind::List(_)) {
        let problem = typed_values::wrong(files, &files.value, "a path or a list of paths");
        context.problems.push(problem);
        return all;
    }
    for node in paths(&files.value) {
        let path = typed_values::text(&files.with_value(node.clone()), context.problems);
        if let Some(path) = path
            && let Some(found) = of_file(&path, node.span, context)
        {
            all.extend(found.into_iter().map(|entry| (entry.key.clone(), entry)));
        }
    }
    all
}

/// Returns the variables of a file. None if it can't be read, or hasn't been read yet.
fn of_file(path: &str, named_at: Span, context: &mut ReadContext<'_>) -> Option<Vec<Entry>> {
    if path.is_empty() {
        let problem = Problem::error("empty", format!("`{KEY}` is empty"), named_at);
        context.problems.push(problem.label("the path of a dotenv file"));
        return None;
    }
    // What isn't read yet is read before the next attempt.
    let files = context.files;
    let text = files.get(path)?;
    let known = context.env_files.remove(path);
    let found = known.unwrap_or_else(|| parsed(path, text.as_deref(), named_at, context));
    let kept = found.filter(|entries| is_within_budget(entries, named_at, context));
    context.env_files.insert(path.to_owned(), kept.clone());
    kept
}

/// Whether the variables of a file fit into the budget once more; an excess is reported.
fn is_within_budget(entries: &[Entry], named_at: Span, context: &mut ReadContext<'_>) -> bool {
    let Err(excess) = context.budget.spend(Weight::of_members(entries)) else {
        return true;
    };
    let message = format!("the files of `{KEY}` have {excess}, each counted for each container");
    context
        .problems
        .push(Problem::error("too-large", message, named_at));
    false
}

/// Parses a file, and reports what is wrong with it.
fn parsed(
    path: &str,
    text: Result<&str, &String>,
    named_at: Span,
    context: &mut ReadContext<'_>,
) -> Option<Vec<Entry>> {
    let refused = |why: &str| Problem::error("file", format!("can't read `{path}`"), named_at).label(why);
    let text = match text {
        Ok(text) if text.len() > MAX_BYTES => {
            let why = format!("more than {} kB", MAX_BYTES >> 10);
            context.problems.push(refused(&why));
            return None;
        }
        Ok(text) => text,
        Err(reason) => {
            context.problems.push(refused(reason));
            return None;
        }
    };
    let file = match Dotenv::parse(text) {
        Ok(file) => file,
        Err(error) => {
            // The excerpt must not show what is in the file.
            let shown = masked(text);
            let (start, end) = line_span(&shown, error.line);
            let source = context.sources.add(path, shown);
            let problem = Problem::error("dotenv", error.reason, Span { source, start, end });
            let problem = problem.label("write NAME=VALUE, and quote a value of several lines");
            context.problems.push(problem.other(named_at, "named here"));
            return None;
        }
    };
    let source = context.sources.add(path, file.masked.clone());
    let place = |(start, end)| Span { source, start, end };
    for span in file.without_value.into_iter().map(place) {
        if context.problems.is_full() {
            context.problems.count_more(Level::Warning, 1);
            continue;
        }
        let problem = Problem::warning("dotenv", "a name without a value sets nothing", span);
        context
            .problems
            .push(problem.label("write NAME=VALUE, or NAME= for an empty value"));
    }
    let values = file.variables.iter();
    let values = values.map(|(name, value)| (name.clone(), value.text.clone()));
    context.env_file_values.extend(values);
    let entries = file.variables.into_iter();
    let entries = entries.map(|(name, value)| {
        let span = place(value.span);
        let text = Text {
            filled: true,
            ..Text::literal(value.text)
        };
        Entry::new(name, span, Node::new(span, NodeKind::Text(text)))
    });
    Some(entries.collect())
}
