//! A manifest of Copilot: its kind, and what each environment overrides.

use super::workspace::ManifestFile;
use crate::config::parse_yaml;
use crate::diagnostic::{Problem, Problems, Sources};
use crate::init::source_reader::scalar;
use crate::model::{Node, NodeKind};

/// The types that run on Amazon ECS as services (AWS Copilot CLI documentation, "Manifest").
const SERVICES: [&str; 3] = ["Load Balanced Web Service", "Backend Service", "Worker Service"];
/// The type that runs on Amazon ECS as a job.
const JOB: &str = "Scheduled Job";

/// A manifest of a service or a job.
#[derive(Clone, Debug)]
pub(super) struct CopilotManifest {
    /// The name of the service or job.
    pub name: String,
    /// Whether it is a job.
    pub is_job: bool,
    /// What of its folder has no counterpart.
    pub left_out: Vec<String>,
    root: Node,
}

/// What a manifest is.
pub(super) enum ManifestKind {
    /// A service or a job.
    Workload(Box<CopilotManifest>),
    /// Something that doesn't run on Amazon ECS: its name and its type.
    Other(String, String),
}

impl CopilotManifest {
    /// Parses a manifest; None if a problem was reported.
    pub fn parse(
        file: &ManifestFile,
        sources: &mut Sources,
        problems: &mut Problems,
    ) -> Option<ManifestKind> {
        let text = file.text.trim_start_matches('\u{feff}');
        let source = sources.add(file.path.as_str(), text);
        let root = parse_yaml(text, source, problems)?;
        let of = |key: &str| root.get(key).and_then(scalar).map(str::to_owned);
        let missing = |key: &str, label: &str| {
            let message = format!("the manifest has no `{key}`");
            Problem::error("missing-key", message, root.span).label(label.to_owned())
        };
        let Some(name) = of("name").filter(|name| !name.is_empty()) else {
            problems.push(missing("name", "add the name of the service or job"));
            return None;
        };
        let Some(kind) = of("type") else {
            problems.push(missing("type", "for example Backend Service"));
            return None;
        };
        let is_job = kind == JOB;
        if !is_job && !SERVICES.contains(&kind.as_str()) {
            return Some(ManifestKind::Other(name, kind));
        }
        Some(ManifestKind::Workload(Box::new(Self {
            name,
            is_job,
            left_out: file.left_out.clone(),
            root,
        })))
    }

    /// Returns the environments that the manifest overrides something for.
    pub fn environments(&self) -> impl Iterator<Item = &str> {
        let members = self.root.get("environments").map_or(&[][..], Node::members);
        members.iter().map(|entry| entry.key.as_str())
    }

    /// Returns the manifest as it is in an environment.
    pub fn applied(&self, environment: Option<&str>) -> Node {
        let overrides = self.root.get("environments");
        let overrides = environment.and_then(|name| overrides?.get(name));
        match overrides.filter(|node| node.entries().is_some()) {
            Some(overrides) => over(&self.root, overrides),
            None => self.root.clone(),
        }
    }
}

/// The fields of which a manifest has one at a time (AWS Copilot CLI documentation, `image.location`).
const EXCLUSIVE: [(&str, &str); 2] = [("build", "location"), ("location", "build")];

/// Merges overrides: mappings merge, other values replace.
fn over(base: &Node, overrides: &Node) -> Node {
    let (NodeKind::Map(_), NodeKind::Map(members)) = (&base.kind, &overrides.kind) else {
        return overrides.clone();
    };
    let mut merged = base.clone();
    for entry in members.iter().filter(|entry| !entry.value.is_null()) {
        for (_, other) in EXCLUSIVE.iter().filter(|(key, _)| *key == entry.key) {
            merged.retain(|known| known.key != *other);
        }
        let NodeKind::Map(entries) = &mut merged.kind else {
            return overrides.clone();
        };
        match entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) => known.value = over(&known.value, &entry.value),
            None => entries.push(entry.clone()),
        }
    }
    merged
}
