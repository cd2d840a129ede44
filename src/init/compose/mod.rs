//! `init --compose`: a Compose file.
//!
//! Each service becomes a service, or a job where others wait for its end. Follows the Compose specification
//! (compose-spec/compose-spec).

mod build;
mod container;
mod depends_on;
mod environment;
mod extends;
mod health_check;
mod interpolation;
#[cfg(test)]
mod laws;
mod left_out;
mod linux_parameters;
mod parts;
mod ports;
mod resources;
mod service_draft;
mod services;
mod volumes;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::draft::{Draft, DraftMap, DraftValue};
use super::head::DraftHead;
use super::source_reader::SourceReader;
use crate::config::{ConfigError, parse_yaml};
use crate::diagnostic::{Problem, Problems, Sources};
use crate::model::{Entry, Node};

pub use parts::ComposeInputs;
use service_draft::{ComposeContext, ComposeDraft};

/// Where a variable gets its value for init.
const SET_IN: &str = ".env beside the Compose file";

/// Keys of the whole file that need no counterpart, or are read with the services.
const WHOLE_FILE: [&str; 5] = ["name", "version", "services", "volumes", "secrets"];

/// A Compose file as written.
#[derive(Clone, Debug)]
pub struct ComposeFile {
    name: String,
    root: Node,
    sources: Sources,
    problems: Problems,
}

impl ComposeFile {
    /// Parses `text`, the content of the file called `name`.
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let mut sources = Sources::default();
        let text = text.trim_start_matches('\u{feff}');
        let source = sources.add(name, text);
        let mut problems = Problems::default();
        match parse_yaml(text, source, &mut problems) {
            Some(root) if root.entries().is_some() && !problems.has_errors() => Ok(Self {
                name: name.to_owned(),
                root,
                sources,
                problems,
            }),
            Some(root) if root.entries().is_none() => {
                let message = format!("{name} is not a Compose file");
                let problem = Problem::error("wrong-type", message, root.span);
                problems.push(problem.label("must be a mapping with `services`"));
                Err(ConfigError::new(problems, sources))
            }
            _ => Err(ConfigError::new(problems, sources)),
        }
    }

    /// Returns the files that services name under `env_file`. `variables` are those of `.env`.
    pub fn env_files(&self, variables: &IndexMap<String, String>) -> BTreeSet<String> {
        let parser = |text: &str| interpolation::parse(text, variables);
        let mut reader = SourceReader::new(&parser, SET_IN);
        let services = self.root.get("services").map_or(&[][..], Node::members);
        let nodes = services.iter().filter_map(|entry| entry.value.get("env_file"));
        let files = nodes.flat_map(|node| environment::env_files(node, &mut reader));
        files.map(|file| file.path).collect()
    }

    /// Drafts a file; fails with all that is wrong in the Compose file.
    pub fn draft(self, inputs: &ComposeInputs, head: &DraftHead) -> Result<Draft, ConfigError> {
        let parser = |text: &str| interpolation::parse(text, &inputs.variables);
        let mut reader = SourceReader::new(&parser, SET_IN);
        reader.problems.append(self.problems);
        let mut left_out = Vec::new();
        let services = services::services(&self.root, &mut reader, &mut left_out);
        let context = ComposeContext {
            inputs,
            services: &services,
            secrets: self.root.get("secrets"),
        };
        let mut images = DraftMap::default();
        let (mut members, mut jobs) = (DraftMap::default(), DraftMap::default());
        for service in &services {
            let ComposeDraft {
                members: drafted,
                image,
            } = service_draft::draft(service, &context, &mut reader);
            if let Some(image) = image {
                images.put(&service.key, image);
            }
            if service.is_job {
                jobs.comment("other services wait until it has ended");
                jobs.put(&service.key, drafted);
            } else {
                members.put(&service.key, drafted);
            }
        }
        let mut root = head.begin(&self.name);
        if let Some(node) = self.root.get("name")
            && let Some(name) = reader.known("name", node)
        {
            root.put("name", DraftValue::plain(&name));
        }
        self::left_out(&self.root, &mut left_out);
        left_out.iter().for_each(|what| root.left_out("", what));
        if !reader.unset.is_empty() {
            let names: Vec<&str> = reader.unset.iter().map(String::as_str).collect();
            root.todo(format!(
                "set these environment variables where you run ecsctl: {}",
                names.join(", ")
            ));
        }
        for (key, map) in [("images", images), ("services", members), ("jobs", jobs)] {
            if !map.is_empty() {
                root.put(key, map);
            }
        }
        if reader.problems.has_errors() {
            return Err(ConfigError::new(reader.problems, self.sources));
        }
        let keys = services.iter().filter(|service| !service.is_job);
        Ok(Draft {
            root,
            services: keys.map(|service| service.key.clone()).collect(),
        })
    }
}

/// Notes the keys of the whole file that have no counterpart.
fn left_out(root: &Node, found: &mut Vec<String>) {
    for entry in root
        .members()
        .iter()
        .filter(|entry| left_out::has_effect(&entry.value))
    {
        let key = entry.key.as_str();
        if key == "volumes" {
            found.extend(entry.value.members().iter().filter_map(volume_options));
        }
        if !WHOLE_FILE.contains(&key) && !key.starts_with("x-") {
            found.push(match key {
                "include" => "include (pass the file that `docker compose config` prints)".to_owned(),
                key => key.to_owned(),
            });
        }
    }
}

/// Returns the options of a volume, if it has some.
fn volume_options(volume: &Entry) -> Option<String> {
    let options = volume.value.members().iter();
    let options: Vec<&str> = options
        .map(|entry| entry.key.as_str())
        .filter(|key| !key.starts_with("x-") && *key != "name")
        .collect();
    (!options.is_empty()).then(|| format!("volumes.{}: {}", volume.key, options.join(", ")))
}
