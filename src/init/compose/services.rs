//! The services of a Compose file, and what they wait for.

use std::collections::HashSet;

use super::extends::extended;
use crate::diagnostic::Problem;
use crate::init::names::ecs_name;
use crate::init::source_reader::{SourceReader, scalar};
use crate::model::{Entry, Node, NodeKind};

/// The longest name of a job (`config/jobs`).
const LONGEST_JOB: usize = 64;

/// A service of a Compose file.
pub(super) struct ComposeService {
    /// Its name.
    pub name: String,
    /// Its key in deploy.yaml.
    pub key: String,
    /// Its attributes, with those that it extends.
    pub node: Node,
    /// What it waits for.
    pub dependencies: Vec<ComposeDependency>,
    /// Whether others wait until it has ended: it is a job.
    pub is_job: bool,
}

/// An entry of `depends_on`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ComposeDependency {
    /// The name of the service.
    pub name: String,
    /// Whether to wait until it has ended.
    pub until_end: bool,
}

/// Returns the services, except those of a profile, which Compose doesn't start by itself; these are added to
/// `left_out`.
pub(super) fn services(
    root: &Node,
    reader: &mut SourceReader<'_>,
    left_out: &mut Vec<String>,
) -> Vec<ComposeService> {
    let all = root
        .get("services")
        .map_or(&[][..], |it| reader.members("services", it));
    if all.is_empty() && !reader.problems.has_errors() {
        let problem = Problem::error("no-services", "the Compose file has no services", root.span);
        reader.problems.push(problem.label("add `services:`"));
    }
    let mut services: Vec<ComposeService> = Vec::new();
    let mut keys = HashSet::new();
    for entry in all {
        let node = extended(entry, all, reader, left_out);
        if node.entries().is_none() {
            reader.wrong(&entry.key, &node, "a mapping");
            continue;
        }
        let profiles = node
            .get("profiles")
            .map_or(&[][..], |it| reader.items("profiles", it));
        if let Some(profile) = profiles.first().and_then(scalar) {
            left_out.push(format!("the service {} (in the profile {profile})", entry.key));
            continue;
        }
        let mut key = ecs_name(&entry.key, "app");
        while !keys.insert(key.clone()) {
            key.push_str("-2");
        }
        services.push(ComposeService {
            name: entry.key.clone(),
            key,
            dependencies: dependencies(&node, all, reader),
            node,
            is_job: false,
        });
    }
    mark_jobs(&mut services);
    services
}

fn mark_jobs(services: &mut [ComposeService]) {
    let awaited: HashSet<String> = services
        .iter()
        .flat_map(|service| &service.dependencies)
        .filter(|dependency| dependency.until_end)
        .map(|dependency| dependency.name.clone())
        .collect();
    for service in services
        .iter_mut()
        .filter(|service| awaited.contains(&service.name))
    {
        service.is_job = true;
        service.key = service.key.chars().take(LONGEST_JOB).collect();
    }
}

/// Reads `depends_on`: a list of names, or a mapping with conditions.
fn dependencies(node: &Node, all: &[Entry], reader: &mut SourceReader<'_>) -> Vec<ComposeDependency> {
    let Some(depends_on) = node.get("depends_on") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut add = |name: &str, span, value: Option<&Node>, reader: &mut SourceReader<'_>| {
        let of = |key: &str| value.and_then(|it| it.get(key)).and_then(scalar);
        if !all.iter().any(|entry| entry.key == name) {
            if of("required") != Some("false") {
                let problem = Problem::error("unknown-name", format!("unknown service `{name}`"), span);
                reader
                    .problems
                    .push(problem.label("`depends_on` names a service of the file"));
            }
            return;
        }
        found.push(ComposeDependency {
            name: name.to_owned(),
            until_end: of("condition") == Some("service_completed_successfully"),
        });
    };
    if let NodeKind::Map(entries) = &depends_on.kind {
        for entry in entries {
            add(&entry.key, entry.key_span, Some(&entry.value), reader);
        }
        return found;
    }
    for item in reader.items("depends_on", depends_on) {
        match scalar(item) {
            Some(name) => add(name, item.span, None, reader),
            None => reader.wrong("depends_on", item, "a list of services"),
        }
    }
    found
}
