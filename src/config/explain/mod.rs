//! `render --explain`: where the values of the resolved file come from.

mod base_member;
mod reference_sources;
mod value_path;

use serde_json::json;

use self::reference_sources::ReferenceSources;
pub use self::value_path::UnknownPath;
use self::value_path::{Located, ValueStep, is_pair, leaves, locate, unknown};
use super::context::FileOverrides;
use super::interpolate::{Interpolator, Lookups};
use super::load::{Document, LoadedFile};
use super::render::render;
use crate::diagnostic::{Problems, Span};
use crate::model::{
    ExplainedValue, FilePosition, ImageSource, MASK, Node, NodeKind, Object, TaskDefinitionSource, Value,
    ValueSource,
};
use crate::schema::holds_secret;

/// The settings of the session: their keys, and the flags that override them.
const SETTINGS: [(&str, &str); 5] = [
    ("account", ""),
    ("region", "--region"),
    ("profile", "--profile"),
    ("assumeRole", "--assume-role"),
    ("cluster", "--cluster"),
];

/// What the values of a file come from.
pub struct Explainer<'a> {
    /// The file as written.
    pub document: &'a Document,
    /// The same, resolved.
    pub loaded: &'a LoadedFile,
    /// What references resolve to.
    pub lookups: &'a Lookups,
    /// Overrides from flags and their variables.
    pub overrides: &'a FileOverrides,
    /// The flags on the command line, with their values.
    pub given: &'a [(String, Option<String>)],
    /// Whether values are shown that are masked otherwise.
    pub show_values: bool,
}

impl Explainer<'_> {
    /// Returns the value at a path, or every value inside it.
    pub fn explain(&self, path: &str) -> Result<Vec<ExplainedValue>, UnknownPath> {
        let root = self.root();
        let (steps, value) = match locate(&root, path) {
            Ok(located) => located,
            Err(end) => {
                let of_base = self.of_base(&end).ok_or_else(|| unknown(&end));
                return of_base.map(|explained| vec![explained]);
            }
        };
        let found = leaves(&steps, value);
        let is_one = found.len() == 1;
        let references = ReferenceSources::new(self);
        let explained = found.iter().map(|located| self.value(located, &references));
        // Members that are there in every service and say nothing.
        let is_empty = |value: &Value| *value == json!([]) || *value == json!({});
        Ok(explained
            .filter(|it| is_one || it.source != ValueSource::Default || !is_empty(&it.value))
            .collect())
    }

    /// Returns what `render` prints, with the settings and variables of the file.
    fn root(&self) -> Value {
        let mut root = Object::new();
        let settings = self.document.settings(self.lookups, self.overrides);
        let region = settings.region.or_else(|| self.lookups.region.clone());
        let profile = settings.profile.or(settings.file_profile);
        let account = settings.account.map(|account| account.to_string());
        let cluster = Some(self.loaded.manifest.cluster.clone());
        let values = [account, region, profile, settings.assume_role, cluster];
        for ((key, _), value) in SETTINGS.iter().zip(values) {
            root.extend(value.map(|value| ((*key).to_owned(), value.into())));
        }
        root.insert("vars".to_owned(), Value::Object(self.vars()));
        if let Value::Object(rendered) = render(&self.loaded.manifest, self.show_values) {
            root.extend(
                rendered
                    .into_iter()
                    .filter(|(key, value)| key != "jobs" || *value != json!({})),
            );
        }
        Value::Object(root)
    }

    fn vars(&self) -> Object {
        let mut problems = Problems::default();
        let document = self.document;
        let mut interpolator =
            Interpolator::new(&document.root, self.lookups, &document.sources, &mut problems);
        interpolator.resolve_vars();
        let vars = document.root.get("vars").map(Node::members).unwrap_or_default();
        let of_file = vars
            .iter()
            .filter(|entry| !self.lookups.vars.contains_key(&entry.key));
        let of_file = of_file.map(|entry| {
            let value = interpolator.node(&entry.value);
            (entry.key.clone(), value.to_value(&|image| image.to_string()))
        });
        let given = self.lookups.vars.iter();
        let given = given.map(|(name, value)| (name.clone(), Value::from(value.as_str())));
        of_file.collect::<Vec<_>>().into_iter().chain(given).collect()
    }

    fn value(&self, (steps, value): &Located<'_>, sources: &ReferenceSources<'_>) -> ExplainedValue {
        let value = match value {
            Value::Object(pair) if is_pair(steps) => {
                let value = pair.get("value").or_else(|| pair.get("valueFrom"));
                value.cloned().unwrap_or_default()
            }
            value => (*value).clone(),
        };
        let in_file = self.file_steps(steps);
        let source = self
            .overridden(&in_file)
            .unwrap_or_else(|| self.source(steps, &in_file));
        let is_written = matches!(source, ValueSource::File(_) | ValueSource::Environment { .. });
        let written = find(&self.document.root, &in_file).and_then(|found| found.value);
        let references = written.filter(|_| is_written);
        let references = references
            .map(|written| sources.inside(written))
            .unwrap_or_default();
        let is_var = member(steps, 0) == Some("vars");
        let names = steps.iter().filter_map(|step| match step {
            ValueStep::Member(name) | ValueStep::Named(_, name) => Some(name),
            ValueStep::Item(_) => None,
        });
        let mut names = names.chain(references.iter().map(|it| &it.reference));
        let is_secret = is_var && names.any(|name| holds(name, &value));
        ExplainedValue {
            path: value_path::text(steps),
            value: if is_secret && !self.show_values {
                MASK.into()
            } else {
                value
            },
            source,
            references,
        }
    }

    /// Returns the flag or variable that sets a value.
    fn overridden(&self, steps: &[ValueStep]) -> Option<ValueSource> {
        let overrides = self.overrides;
        let (first, second) = (member(steps, 0)?, member(steps, 1));
        let is_set = match (first, second) {
            ("vars", Some(name)) => return self.var_override(name),
            ("images", Some(name)) => {
                let image = self.loaded.manifest.images.get(name);
                let is_given = image.is_some_and(|image| matches!(image.source, ImageSource::Given(_)));
                return is_given.then(|| self.flag("--image", "ECSCTL_IMAGE"));
            }
            ("region", None) => overrides.region.is_some(),
            ("profile", None) => overrides.profile.is_some(),
            ("assumeRole", None) => overrides.assume_role.is_some(),
            ("cluster", None) => overrides.cluster.is_some(),
            _ => false,
        };
        let (_, flag) = SETTINGS.iter().find(|(key, _)| *key == first)?;
        let variable = format!(
            "ECSCTL_{}",
            flag.trim_matches('-').replace('-', "_").to_uppercase()
        );
        is_set.then(|| self.flag(flag, &variable))
    }

    fn flag(&self, flag: &str, variable: &str) -> ValueSource {
        match self.given.iter().any(|(given, _)| given == flag) {
            true => ValueSource::Flag {
                name: flag.to_owned(),
            },
            false => ValueSource::Variable {
                name: variable.to_owned(),
            },
        }
    }

    fn var_override(&self, name: &str) -> Option<ValueSource> {
        self.lookups.vars.get(name)?;
        Some(match self.lookups.vars_from_env.contains(name) {
            true => ValueSource::Variable {
                name: format!("ECSCTL_VAR_{name}"),
            },
            false => ValueSource::Flag {
                name: format!("--var {name}"),
            },
        })
    }

    /// Returns where a value is written, or that it is a default.
    fn source(&self, steps: &[ValueStep], in_file: &[ValueStep]) -> ValueSource {
        let environment = self.document.environment.as_ref();
        let found = find(&self.document.root, in_file).map(|found| match environment {
            // A container that both name has its name from the rest.
            Some(environment) if found.value.is_none() => find(&environment.rest, in_file).unwrap_or(found),
            _ => found,
        });
        if let Some(span) = found.map(|found| found.span)
            && let Some(position) = self.position(span)
        {
            let is_there = |overlay| find(overlay, in_file).is_some_and(|above| above.span == span);
            return match environment.filter(|environment| is_there(&environment.overlay)) {
                Some(environment) => ValueSource::Environment {
                    name: environment.name.clone(),
                    position,
                },
                None => ValueSource::File(position),
            };
        }
        if member(in_file, 0) == Some("region") {
            return ValueSource::Variable {
                name: "AWS_REGION or AWS_DEFAULT_REGION".to_owned(),
            };
        }
        // What another file says has its place there; a default has that of what it belongs to.
        let span = self.resolved(steps).map(|found| found.span);
        let is_elsewhere = |span: &Span| span.source != self.document.root.span.source;
        let position = span.filter(is_elsewhere).and_then(|span| self.position(span));
        position.map_or(ValueSource::Default, ValueSource::File)
    }

    /// Finds a value among the resolved ones of its service.
    fn resolved(&self, steps: &[ValueStep]) -> Option<FoundValue<'_>> {
        let (key, inside) = (member(steps, 1)?, steps.get(3..)?);
        if member(steps, 0) == Some("jobs") && member(steps, 2) == Some("taskDefinition") {
            let own = self.loaded.manifest.jobs.get(key)?.own_definition()?;
            return match &own.definition {
                TaskDefinitionSource::Owned(node) => find(node, inside),
                _ => None,
            };
        }
        let service = self.loaded.manifest.services.get(key)?;
        match (member(steps, 0)?, member(steps, 2)?, &service.definition) {
            ("services", "service", _) => find(&service.fields, inside),
            ("services", "taskDefinition", TaskDefinitionSource::Owned(node)) => find(node, inside),
            ("services", "taskDefinition", TaskDefinitionSource::Based { changes, .. }) => {
                find(changes, inside)
            }
            _ => None,
        }
    }

    /// Converts steps in what `render` prints to those in deploy.yaml.
    fn file_steps(&self, steps: &[ValueStep]) -> Vec<ValueStep> {
        let is_of_service = member(steps, 0) == Some("services") && member(steps, 2) == Some("service");
        let is_of_job = member(steps, 0) == Some("jobs") && member(steps, 2).is_some();
        match steps {
            [_, _, _, key, ..] if is_of_service && *key == named("cluster") => vec![named("cluster")],
            [_, _, key, ..] if is_of_job && *key == named("cluster") => vec![named("cluster")],
            [section, service, _, inside @ ..] if is_of_service => {
                [&[section.clone(), service.clone()], inside].concat()
            }
            [_, job, inside @ ..] if is_of_job => self.job_steps(job, inside),
            steps => steps.to_vec(),
        }
    }

    /// Returns where a member of a job's RunTask is written: in the job, in its short form `command`, or in its service.
    fn job_steps(&self, job: &ValueStep, inside: &[ValueStep]) -> Vec<ValueStep> {
        let own = [&[named("jobs"), job.clone()], inside].concat();
        let is_override = inside.first() == Some(&named("overrides"));
        let command = is_override.then(|| vec![named("jobs"), job.clone(), named("command")]);
        let name = member(std::slice::from_ref(job), 0);
        let service = name.and_then(|name| self.loaded.manifest.jobs.get(name)?.service());
        let of_service = service.map(|service| [&[named("services"), named(service)], inside].concat());
        let is_written = |steps: &Vec<ValueStep>| find(&self.document.root, steps).is_some();
        let elsewhere = [command, of_service].into_iter().flatten().find(is_written);
        match elsewhere {
            Some(elsewhere) if !is_written(&own) => elsewhere,
            _ => own,
        }
    }

    fn position(&self, span: Span) -> Option<FilePosition> {
        let sources = &self.loaded.sources;
        let (line, column) = sources.position(span)?;
        let file = sources.get(span.source)?.name.clone();
        Some(FilePosition { file, line, column })
    }
}

/// Whether a value of this name has a secret in it.
fn holds(name: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => holds_secret(name, text),
        Value::Array(items) => items.iter().any(|item| holds(name, item)),
        Value::Object(members) => members
            .iter()
            .any(|(key, value)| holds(name, value) || holds(key, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn member(steps: &[ValueStep], at: usize) -> Option<&str> {
    match steps.get(at)? {
        ValueStep::Member(name) => Some(name),
        ValueStep::Item(_) | ValueStep::Named(..) => None,
    }
}

fn named(key: &str) -> ValueStep {
    ValueStep::Member(key.to_owned())
}

/// A value in a tree: where it is, and itself, unless it is the key of a mapping.
struct FoundValue<'a> {
    span: Span,
    value: Option<&'a Node>,
}

/// Finds a value that isn't null. Items are found by name in lists and in mappings.
fn find<'a>(root: &'a Node, steps: &[ValueStep]) -> Option<FoundValue<'a>> {
    let mut node = root;
    for (at, step) in steps.iter().enumerate() {
        let rest = &steps[at + 1..];
        let entry = match step {
            ValueStep::Member(key) => node.entry(key),
            ValueStep::Named(_, name) => node.entry(name),
            ValueStep::Item(_) => None,
        };
        node = match (step, &node.kind) {
            // `build: .` is the short form of the context.
            (ValueStep::Member(key), NodeKind::Text(_)) if key == "context" && rest.is_empty() => node,
            (ValueStep::Item(index), NodeKind::List(items)) => items.get(*index)?,
            (ValueStep::Named(_, name), NodeKind::List(items)) => {
                let item = items.iter().find(|item| item.text_of("name") == Some(name))?;
                match is_pair(&steps[..=at]) {
                    true => item.get("value").or_else(|| item.get("valueFrom"))?,
                    false => item,
                }
            }
            (ValueStep::Named(..), NodeKind::Map(_)) => {
                let entry = entry?;
                if rest == [ValueStep::Member("name".to_owned())] && entry.value.get("name").is_none() {
                    let span = entry.key_span;
                    return Some(FoundValue { span, value: None });
                }
                &entry.value
            }
            _ => &entry?.value,
        };
        if is_pair(&steps[..=at]) {
            break;
        }
    }
    (!node.is_null()).then_some(FoundValue {
        span: node.span,
        value: Some(node),
    })
}
