//! Resolves the texts of a workflow: what its own `env` says is filled in, everything else becomes a reference.

use indexmap::IndexMap;

use super::expression::{WorkflowExpression, WorkflowPiece, pieces};
use super::script;
use super::workflow::{Workflow, WorkflowStep};
use crate::init::open_value::{OpenPart, OpenValue};
use crate::init::open_values::OpenValues;

/// How many variables and outputs may lead to one another.
const DEEPEST: usize = 16;

/// Where a text stands: a job's ID, and a step of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValueScope<'a> {
    pub job: &'a str,
    pub step: Option<&'a WorkflowStep>,
}

/// The values of a workflow.
#[derive(Debug)]
pub(super) struct WorkflowValues<'a> {
    workflow: &'a Workflow,
    /// The values that are known at deploy time only.
    pub open: OpenValues,
    /// The variables that the workflow must pass to ecsctl, and how it writes their values.
    pub passed: IndexMap<String, String>,
    depth: usize,
}

impl<'a> WorkflowValues<'a> {
    pub fn new(workflow: &'a Workflow, open: OpenValues) -> Self {
        Self {
            workflow,
            open,
            passed: IndexMap::new(),
            depth: 0,
        }
    }

    /// Resolves a text, with marks for what only a deploy knows.
    pub fn text(&mut self, text: &str, scope: ValueScope<'_>) -> String {
        let value = self.value(text, scope);
        self.marked(&value)
    }

    /// Resolves a word of a shell command, in which variables are filled in, too.
    pub fn word(&mut self, word: &str, scope: ValueScope<'_>) -> String {
        let value = self.shell_value(word, scope);
        self.marked(&value)
    }

    fn marked(&mut self, value: &OpenValue) -> String {
        let mut text = String::new();
        for part in value.parts() {
            match part {
                OpenPart::Literal(literal) => text.push_str(literal),
                OpenPart::Reference { .. } => {
                    let one = OpenValue::of(part.clone());
                    text.push_str(&self.open.add(&part.written(), one, 0).unwrap_or_default());
                }
            }
        }
        text
    }

    fn value(&mut self, text: &str, scope: ValueScope<'_>) -> OpenValue {
        let mut value = OpenValue::literal("");
        for piece in pieces(text) {
            value.extend(match piece {
                WorkflowPiece::Text(text) => OpenValue::literal(text),
                WorkflowPiece::Expression(expression, written) => {
                    self.expression(&expression, &written, scope)
                }
            });
        }
        value
    }

    fn shell_value(&mut self, word: &str, scope: ValueScope<'_>) -> OpenValue {
        let mut value = OpenValue::literal("");
        for piece in pieces(word) {
            match piece {
                WorkflowPiece::Expression(expression, written) => {
                    value.extend(self.expression(&expression, &written, scope));
                }
                WorkflowPiece::Text(text) => {
                    for (is_variable, part) in script::variables(&text) {
                        value.extend(match is_variable {
                            true => self.variable(part, scope),
                            false => OpenValue::literal(part),
                        });
                    }
                }
            }
        }
        value
    }

    fn expression(
        &mut self,
        expression: &WorkflowExpression,
        written: &str,
        scope: ValueScope<'_>,
    ) -> OpenValue {
        self.known(expression, written, scope).unwrap_or_else(|| {
            let line = scope.step.map_or(1, |step| step.line);
            let place = format!("{}:{line}", self.workflow.name);
            self.open.unset(written, &place)
        })
    }

    fn known(
        &mut self,
        expression: &WorkflowExpression,
        written: &str,
        scope: ValueScope<'_>,
    ) -> Option<OpenValue> {
        match expression {
            WorkflowExpression::Literal(text) => Some(OpenValue::literal(text.as_str())),
            WorkflowExpression::Path(names) => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                self.path(&names, written, scope)
            }
            WorkflowExpression::Or(alternatives) => {
                let mut values = Vec::new();
                for alternative in alternatives {
                    values.push(self.known(alternative, written, scope)?);
                }
                let last = values.pop()?;
                values.iter().rev().try_fold(last, |rest, value| value.or(&rest))
            }
            WorkflowExpression::Other => None,
        }
    }

    fn path(&mut self, names: &[&str], written: &str, scope: ValueScope<'_>) -> Option<OpenValue> {
        match names {
            ["env", name] => Some(self.variable(name, scope)),
            ["github", "sha"] => Some(OpenValue::reference("git.sha")),
            ["github", "ref_name"] => Some(OpenValue::reference("git.branch")),
            ["vars" | "secrets" | "inputs" | "matrix", name] | ["github", "event", "inputs", name] => {
                Some(self.passed(name, written))
            }
            // "Most of the default environment variables have a corresponding context property" (GitHub Docs, "Variables
            // reference", "Default environment variables").
            ["github", name] => {
                let name = name.to_ascii_uppercase();
                Some(OpenValue::reference(format!("env.GITHUB_{name}")))
            }
            ["steps", id, "outputs", output] => self.output_of_step(id, output, scope),
            ["needs", job, "outputs", output] => {
                let workflow = self.workflow;
                let (job, found) = workflow.jobs.get_key_value(*job)?;
                let text = found.outputs.get(*output)?;
                self.deeper(|values| values.value(text, ValueScope { job, step: None }))
            }
            _ => None,
        }
    }

    /// Returns a variable that a person must pass to the step that runs ecsctl.
    fn passed(&mut self, name: &str, written: &str) -> OpenValue {
        let name = name.to_ascii_uppercase().replace('-', "_");
        self.passed
            .entry(name.clone())
            .or_insert_with(|| written.to_owned());
        OpenValue::reference(format!("env.{name}"))
    }

    /// Returns a variable of the workflow: a step's overrides its job's, and that one the workflow's.
    fn variable(&mut self, name: &str, scope: ValueScope<'_>) -> OpenValue {
        let workflow = self.workflow;
        let of_step = scope.step.and_then(|step| step.env.get(name));
        let of_job = || workflow.jobs.get(scope.job).and_then(|job| job.env.get(name));
        let text = of_step.or_else(of_job).or_else(|| workflow.env.get(name));
        let found = text.and_then(|text| self.deeper(|values| values.value(text, scope)));
        found.unwrap_or_else(
            || match script::assigned(scope.step.map_or("", |step| &step.run), name) {
                Some(word) if self.depth < DEEPEST => {
                    let word = word.to_owned();
                    self.deeper(|values| values.shell_value(&word, scope))
                        .unwrap_or_default()
                }
                _ => OpenValue::reference(format!("env.{name}")),
            },
        )
    }

    fn output_of_step(&mut self, id: &str, output: &str, scope: ValueScope<'_>) -> Option<OpenValue> {
        let workflow = self.workflow;
        let step = workflow
            .jobs
            .get(scope.job)?
            .steps
            .iter()
            .find(|step| step.id == id)?;
        let scope = ValueScope {
            job: scope.job,
            step: Some(step),
        };
        match (step.action.as_str(), output) {
            // The registry of the account (aws-actions/amazon-ecr-login, action.yml, `registry`).
            ("aws-actions/amazon-ecr-login", "registry") => {
                let mut registry = OpenValue::reference("aws.account");
                registry.extend(OpenValue::literal(".dkr.ecr."));
                registry.extend(OpenValue::reference("aws.region"));
                registry.extend(OpenValue::literal(".amazonaws.com"));
                Some(registry)
            }
            ("docker/metadata-action", "tags") => {
                let image = step.input("images")?.lines().next()?.to_owned();
                self.deeper(|values| values.value(&image, scope))
            }
            _ => {
                let word = script::output(&step.run, output)?.to_owned();
                self.deeper(|values| values.shell_value(&word, scope))
            }
        }
    }

    /// Resolves something that may lead to itself; `None` if it does.
    fn deeper(&mut self, resolve: impl FnOnce(&mut Self) -> OpenValue) -> Option<OpenValue> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let value = resolve(self);
        self.depth -= 1;
        Some(value)
    }
}
