//! A file of another tool, in YAML or JSON, of which deploy.yaml is made.

use std::ops::Range;

use super::config_error::ConfigError;
use super::definition::read_definition;
use super::parse::parse;
use crate::diagnostic::{Problem, Problems, SourceId, Sources, Span};
use crate::model::{Entry, Node, NodeKind, Object, into_object};
use crate::schema::{self, CheckOptions, EcsOperation, READ_ONLY_OF_SERVICE, without_empty_enums};

/// The members of CreateService that ecsctl sets itself.
const SUPPLIED: [&str; 4] = ["cluster", "serviceName", "taskDefinition", "clientToken"];
/// Members whose keys are anybody's (ECS API: of type "String to string map").
const MAPS: [&str; 5] = ["dockerLabels", "options", "driverOpts", "labels", "hookDetails"];

/// How a file is read.
#[derive(Clone, Copy)]
pub struct ForeignReading<'a> {
    /// Whether a text stands for a value that isn't known yet, which may be of any type.
    pub is_open: &'a dyn Fn(&str) -> bool,
    /// Whether members and values are accepted that this binary doesn't know.
    pub allow_unknown: bool,
}

/// A parsed file.
#[derive(Clone, Debug)]
pub struct ForeignFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub root: Node,
    sources: Sources,
}

impl ForeignFile {
    /// Parses a file. `shown` is its text; `text` is what is parsed of it, and as long.
    pub fn parse(name: &str, shown: &str, text: &str) -> Result<Self, ConfigError> {
        let mut sources = Sources::default();
        let source = sources.add(name, shown);
        let mut problems = Problems::default();
        match parse(text, source, &mut problems) {
            Some(root) if !problems.has_errors() => Ok(Self {
                name: name.to_owned(),
                root,
                sources,
            }),
            _ => Err(ConfigError::new(problems, sources)),
        }
    }

    /// Returns the error for a place in it.
    pub fn invalid(&self, problem: Problem) -> ConfigError {
        let mut problems = Problems::default();
        problems.push(problem);
        ConfigError::new(problems, self.sources.clone())
    }

    /// Returns the input of RegisterTaskDefinition in it: without wrappers, without what only AWS sets, and without
    /// nulls. Checks its shape only.
    pub fn definition(&self, reading: ForeignReading<'_>) -> Result<Object, ConfigError> {
        let mut problems = Problems::default();
        let read = read_definition(&self.root, &self.name, &mut problems).map(|mut node| {
            lower_keys(&mut node);
            without_empty_enums(&mut node, EcsOperation::RegisterTaskDefinition);
            node
        });
        self.checked(read, EcsOperation::RegisterTaskDefinition, &[], reading, problems)
    }

    /// Returns the members of CreateService in it: without what only AWS sets, what ecsctl sets, and nulls. Checks its
    /// shape only.
    pub fn service(&self, reading: ForeignReading<'_>) -> Result<Object, ConfigError> {
        let mut problems = Problems::default();
        let mut node = self.root.clone();
        if node.entries().is_none() {
            let message = format!("`{}` is not a service definition", self.name);
            problems.push(Problem::error("wrong-type", message, node.span).label("must be a mapping"));
            return Err(ConfigError::new(problems, self.sources.clone()));
        }
        lower_keys(&mut node);
        let is_of_others = |key: &str| READ_ONLY_OF_SERVICE.contains(&key) || SUPPLIED.contains(&key);
        node.retain(|entry| !is_of_others(&entry.key) && !entry.value.is_null());
        without_empty_enums(&mut node, EcsOperation::CreateService);
        self.checked(
            Some(node),
            EcsOperation::CreateService,
            &SUPPLIED,
            reading,
            problems,
        )
    }

    fn checked(
        &self,
        read: Option<Node>,
        operation: EcsOperation,
        supplied: &'static [&'static str],
        reading: ForeignReading<'_>,
        mut problems: Problems,
    ) -> Result<Object, ConfigError> {
        let options = CheckOptions {
            allow_unknown: reading.allow_unknown,
            supplied,
            ..CheckOptions::default()
        };
        if let Some(node) = &read {
            let known = known(node, reading.is_open, &mut problems);
            schema::check(&known, operation, &options, &mut problems);
        }
        match read {
            Some(node) if !problems.has_errors() => Ok(into_object(node.to_value(&ToString::to_string))),
            _ => Err(ConfigError::new(problems, self.sources.clone())),
        }
    }
}

/// Returns the error for a place in a file that can't be parsed.
pub fn invalid_file(
    name: &str,
    text: &str,
    range: Range<usize>,
    problem: impl FnOnce(Span) -> Problem,
) -> ConfigError {
    let mut sources = Sources::default();
    let source: SourceId = sources.add(name, text);
    let mut problems = Problems::default();
    problems.push(problem(Span {
        source,
        start: range.start,
        end: range.end,
    }));
    ConfigError::new(problems, sources)
}

/// Returns a value without what isn't known yet: that reads as null, and is no problem.
fn known(node: &Node, is_open: &dyn Fn(&str) -> bool, problems: &mut Problems) -> Node {
    match &node.kind {
        NodeKind::Text(_) if node.as_str().is_some_and(is_open) => {
            problems.mark_unresolved(node.span);
            Node::null(node.span)
        }
        NodeKind::List(items) => {
            let items = items.iter().map(|item| known(item, is_open, problems));
            Node::list(node.span, items.collect::<Vec<_>>())
        }
        NodeKind::Map(entries) => {
            let entries = entries
                .iter()
                .map(|it| it.with_value(known(&it.value, is_open, problems)));
            Node::map(node.span, entries.collect::<Vec<_>>())
        }
        _ => node.clone(),
    }
}

/// Writes the API's names as it does: Go reads them in any case.
fn lower_keys(node: &mut Node) {
    match &mut node.kind {
        NodeKind::Map(entries) => entries.iter_mut().for_each(lower_key),
        NodeKind::List(items) => items.iter_mut().for_each(lower_keys),
        _ => {}
    }
}

fn lower_key(entry: &mut Entry) {
    if let Some(first) = entry
        .key
        .get(..1)
        .filter(|first| first.starts_with(|c: char| c.is_ascii_uppercase()))
    {
        entry.key = format!(
            "{}{}",
            first.to_ascii_lowercase(),
            entry.key.get(1..).unwrap_or_default()
        );
    }
    if !MAPS.contains(&entry.key.as_str()) {
        lower_keys(&mut entry.value);
    }
}
