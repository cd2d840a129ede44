//! A workflow of GitHub Actions: its jobs and their steps, as they are written (GitHub Docs, "Workflow syntax for GitHub
//! Actions").

use indexmap::IndexMap;

use crate::config::{ConfigError, ForeignFile};
use crate::diagnostic::Problem;
use crate::model::{Node, NodeKind};

/// Names and texts, which may have expressions.
pub(super) type WorkflowTexts = IndexMap<String, String>;

/// A workflow.
#[derive(Debug)]
pub(super) struct Workflow {
    /// The name of its file.
    pub name: String,
    pub env: WorkflowTexts,
    /// The jobs by their ID.
    pub jobs: IndexMap<String, WorkflowJob>,
}

/// A job of a workflow.
#[derive(Debug, Default)]
pub(super) struct WorkflowJob {
    pub env: WorkflowTexts,
    pub outputs: WorkflowTexts,
    pub steps: Vec<WorkflowStep>,
}

/// A step of a job.
#[derive(Debug, Default)]
pub(super) struct WorkflowStep {
    pub id: String,
    /// The action, without its version: `aws-actions/amazon-ecr-login`.
    pub action: String,
    pub run: String,
    pub with: WorkflowTexts,
    pub env: WorkflowTexts,
    /// Where its commands run, from the repository's root; empty for the root itself.
    pub folder: String,
    /// The line where it begins.
    pub line: usize,
}

impl Workflow {
    /// Parses a workflow. `text` is its file's.
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let file = ForeignFile::parse(name, text, text)?;
        let Some(jobs) = file.root.get("jobs").and_then(Node::entries) else {
            let message = format!("{name} is not a workflow of GitHub Actions");
            let problem = Problem::error("not-a-workflow", message, file.root.span);
            return Err(file.invalid(problem.label("it has no `jobs:`")));
        };
        let folder = folder_of(&file.root);
        let jobs = jobs
            .iter()
            .map(|entry| (entry.key.clone(), job(&entry.value, &folder, text)));
        Ok(Self {
            name: name.to_owned(),
            env: texts(file.root.get("env")),
            jobs: jobs.collect(),
        })
    }

    /// Returns every step, with the ID of its job.
    pub fn steps(&self) -> impl Iterator<Item = (&str, &WorkflowStep)> {
        self.jobs
            .iter()
            .flat_map(|(id, job)| job.steps.iter().map(move |step| (id.as_str(), step)))
    }
}

impl WorkflowStep {
    /// Returns an input of its action that isn't empty. Actions read inputs in any case.
    pub fn input(&self, name: &str) -> Option<&str> {
        let mut inputs = self.with.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        inputs
            .next()
            .map(|(_, text)| text.trim())
            .filter(|text| !text.is_empty())
    }
}

fn job(node: &Node, folder: &str, text: &str) -> WorkflowJob {
    let own = folder_of(node);
    let folder = if own.is_empty() { folder } else { &own };
    let steps = node.get("steps").and_then(Node::items).unwrap_or_default();
    WorkflowJob {
        env: texts(node.get("env")),
        outputs: texts(node.get("outputs")),
        steps: steps.iter().map(|it| step(it, folder, text)).collect(),
    }
}

fn step(node: &Node, folder: &str, text: &str) -> WorkflowStep {
    let member = |key: &str| node.get(key).and_then(scalar).unwrap_or_default();
    let action = member("uses");
    let own = member("working-directory");
    let before = text.get(..node.span.start).unwrap_or_default();
    WorkflowStep {
        id: member("id"),
        action: action
            .split('@')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase(),
        run: member("run"),
        with: texts(node.get("with")),
        env: texts(node.get("env")),
        folder: if own.is_empty() { folder.to_owned() } else { own },
        line: before.matches('\n').count() + 1,
    }
}

/// Returns `defaults.run.working-directory`.
fn folder_of(node: &Node) -> String {
    let run = node.get("defaults").and_then(|it| it.get("run"));
    run.and_then(|it| scalar(it.get("working-directory")?))
        .unwrap_or_default()
}

fn texts(node: Option<&Node>) -> WorkflowTexts {
    let members = node.map(Node::members).unwrap_or_default();
    let text = |value: &Node| scalar(value).unwrap_or_default();
    members
        .iter()
        .map(|entry| (entry.key.clone(), text(&entry.value)))
        .collect()
}

/// Returns a scalar as GitHub passes it on: as text.
fn scalar(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Text(_) => node.as_str().map(str::to_owned),
        NodeKind::Number(_, written) | NodeKind::Bool(_, written) => Some(written.clone()),
        NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => None,
    }
}
