//! The images that a workflow builds: with docker/build-push-action, or `docker build` in a script.

use super::script;
use super::values::{ValueScope, WorkflowValues};
use super::workflow::{Workflow, WorkflowStep};
use crate::init::draft::{DraftMap, DraftValue};
use crate::model::Value;

/// An image that is built. Marks stand for what only a deploy knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WorkflowBuild {
    /// The references that it gets.
    pub tags: Vec<String>,
    /// From the repository's root; empty for the root itself.
    context: String,
    /// From the repository's root.
    dockerfile: Option<String>,
    target: Option<String>,
    platform: Option<String>,
    args: Vec<(String, String)>,
    /// The options that have no counterpart, or that a person must look at.
    pub others: Vec<String>,
    /// `deploy.yml:12`.
    pub place: String,
}

/// The inputs of docker/build-push-action that are read, or that only say what is done with the image.
const READ: [&str; 14] = [
    "context",
    "file",
    "target",
    "platforms",
    "build-args",
    "tags",
    "push",
    "load",
    "cache-from",
    "cache-to",
    "provenance",
    "sbom",
    "outputs",
    "builder",
];
/// The flags of `docker build` that take no value.
const SWITCHES: [&str; 8] = [
    "--push",
    "--load",
    "--no-cache",
    "--pull",
    "--quiet",
    "-q",
    "--rm",
    "--force-rm",
];

/// Returns what a workflow builds, in order.
pub(super) fn builds(workflow: &Workflow, values: &mut WorkflowValues<'_>) -> Vec<WorkflowBuild> {
    let mut builds = Vec::new();
    for (job, step) in workflow.steps() {
        let scope = ValueScope {
            job,
            step: Some(step),
        };
        let place = format!("{}:{}", workflow.name, step.line);
        if step.action == "docker/build-push-action" {
            builds.push(WorkflowBuild {
                place,
                ..of_action(step, scope, values)
            });
            continue;
        }
        for command in script::commands(&step.run) {
            if let Some(arguments) = build_arguments(&command) {
                let build = of_command(arguments, step, scope, values);
                builds.push(WorkflowBuild {
                    place: place.clone(),
                    ..build
                });
            }
        }
    }
    builds
}

fn of_action(step: &WorkflowStep, scope: ValueScope<'_>, values: &mut WorkflowValues<'_>) -> WorkflowBuild {
    let mut input = |name: &str| step.input(name).map(|text| values.text(text, scope));
    let lines = |text: Option<String>| -> Vec<String> {
        let text = text.unwrap_or_default();
        text.lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    };
    let args = lines(input("build-args")).into_iter();
    let args = args.filter_map(|line| {
        line.split_once('=')
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
    });
    let tags = lines(input("tags"))
        .iter()
        .flat_map(|line| line.split(','))
        .map(|it| it.trim().to_owned())
        .collect();
    let others = step
        .with
        .keys()
        .filter(|key| !READ.contains(&key.to_ascii_lowercase().as_str()));
    WorkflowBuild {
        tags,
        context: input("context")
            .map(|path| in_folder("", &path))
            .unwrap_or_default(),
        dockerfile: input("file").map(|path| in_folder("", &path)),
        target: input("target"),
        platform: input("platforms"),
        args: args.collect(),
        others: others.cloned().collect(),
        place: String::new(),
    }
}

/// Returns the arguments of `docker build`, `docker buildx build` and `docker image build`.
fn build_arguments(command: &[String]) -> Option<&[String]> {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    let skipped = match words.as_slice() {
        ["docker", "build", ..] | ["sudo", "docker", "build", ..] => 2 + usize::from(words[0] == "sudo"),
        ["docker", "buildx" | "image" | "builder", "build", ..] => 3,
        _ => return None,
    };
    command.get(skipped..)
}

fn of_command(
    arguments: &[String],
    step: &WorkflowStep,
    scope: ValueScope<'_>,
    values: &mut WorkflowValues<'_>,
) -> WorkflowBuild {
    let mut build = WorkflowBuild::default();
    let mut arguments = arguments.iter();
    while let Some(word) = arguments.next() {
        if !word.starts_with('-') {
            build.context = in_folder(&step.folder, &values.word(word, scope));
            continue;
        }
        if SWITCHES.contains(&word.as_str()) {
            continue;
        }
        let (flag, value) = match word.split_once('=').filter(|_| word.starts_with("--")) {
            Some((flag, value)) => (flag, value.to_owned()),
            None => (word.as_str(), arguments.next().cloned().unwrap_or_default()),
        };
        let value = values.word(&value, scope);
        match flag {
            "-t" | "--tag" => build.tags.push(value),
            "-f" | "--file" => build.dockerfile = Some(in_folder(&step.folder, &value)),
            "--target" => build.target = Some(value),
            "--platform" => build.platform = Some(value),
            "--build-arg" => {
                let (key, value) = match value.split_once('=') {
                    Some((key, value)) => (key.to_owned(), value.to_owned()),
                    None => (value.clone(), values.word(&format!("${value}"), scope)),
                };
                build.args.push((key, value));
            }
            "--cache-from" | "--cache-to" | "--provenance" | "--sbom" | "--progress" => {}
            other => build.others.push(other.to_owned()),
        }
    }
    build
}

impl WorkflowBuild {
    /// Returns `build:` of an image. `root` is the path of the repository's root from deploy.yaml's folder.
    pub fn draft(&self, root: &str) -> DraftValue {
        let path = |path: &str| match in_folder(root, path) {
            path if path.is_empty() => ".".to_owned(),
            path => path,
        };
        let literal = |text: &str| DraftValue::literal(&Value::from(text));
        let mut members = DraftMap::default();
        members.put("context", literal(&path(&self.context)));
        if let Some(dockerfile) = &self.dockerfile {
            members.put("dockerfile", literal(&path(dockerfile)));
        }
        for (key, text) in [("target", &self.target), ("platform", &self.platform)] {
            if let Some(text) = text {
                members.put(key, literal(text));
            }
        }
        if !self.args.is_empty() {
            let mut args = DraftMap::default();
            for (key, value) in &self.args {
                args.remove(key);
                args.put(key, literal(value));
            }
            members.put("args", args);
        }
        match members.lines.len() {
            1 => literal(&path(&self.context)),
            _ => members.into(),
        }
    }
}

/// Returns a path in a folder, without `.` in it.
fn in_folder(folder: &str, path: &str) -> String {
    let joined = match path.starts_with('/') {
        true => path.to_owned(),
        false => format!("{folder}/{path}").trim_start_matches('/').to_owned(),
    };
    let parts = joined.split('/').enumerate();
    let parts = parts.filter(|(nth, part)| *part != "." && (!part.is_empty() || *nth == 0));
    let path = parts.map(|(_, part)| part).collect::<Vec<_>>().join("/");
    path.trim_end_matches('/').to_owned()
}
