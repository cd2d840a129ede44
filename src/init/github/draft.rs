//! Drafts deploy.yaml from a workflow and the task definitions that it names.

use indexmap::IndexMap;

use super::builds::{WorkflowBuild, builds};
use super::images::WorkflowImages;
use super::inputs::put_inputs;
use super::render::render;
use super::run_task;
use super::steps::{DefinitionSource, WorkflowDeploy, deploy_steps};
use super::values::{ValueScope, WorkflowValues};
use super::workflow::Workflow;
use crate::config::{ConfigError, ForeignFile, ForeignReading, invalid_file};
use crate::diagnostic::Problem;
use crate::init::based_definition::based_definition;
use crate::init::definition::{DefinitionContext, definition};
use crate::init::draft::{Draft, DraftMap, DraftValue};
use crate::init::draft_images::DraftImages;
use crate::init::head::DraftHead;
use crate::init::launch_members::{has_fargate_defaults, is_awsvpc, put_launch_type};
use crate::init::names::ecs_name;
use crate::init::open_value::OpenValue;
use crate::init::source_file::SourceFile;
use crate::init::source_options::SourceOptions;
use crate::init::task_definition::network;
use crate::model::{Object, Value};

/// A workflow and the task definitions that it names.
#[derive(Clone, Debug)]
pub struct WorkflowSources {
    /// The workflow.
    pub workflow: SourceFile,
    /// The task definitions, by their paths from the repository's root.
    pub definitions: IndexMap<String, SourceFile>,
    /// The path of the repository's root from deploy.yaml's folder; empty if they are the same.
    pub root: String,
}

/// Returns the task definitions that a workflow reads from files, from the repository's root.
pub fn workflow_definitions(source: &SourceFile) -> Result<Vec<String>, ConfigError> {
    let workflow = Workflow::parse(&source.name, &source.text)?;
    let mut values = WorkflowValues::new(&workflow, SourceFile::open_values(&[source])?);
    let mut paths = Vec::new();
    for deploy in deploy_steps(&workflow, &source.text, &mut values)? {
        let (path, is_file) = match &deploy.definition {
            DefinitionSource::File(path) => (path, true),
            DefinitionSource::Aws(base) => (base, false),
        };
        if path.is_empty() || is_file && values.open.is_in(path) {
            let written = values.open.written(path);
            return Err(invalid_file(&source.name, &source.text, 0..0, |span| {
                let message = format!(
                    "the task definition `{written}` of {} can't be found",
                    source.name
                );
                Problem::error("unresolved-path", message, span)
                    .label("write the path of a file in `task-definition`, without expressions")
            }));
        }
        if is_file && !paths.contains(path) {
            paths.push(path.clone());
        }
    }
    Ok(paths)
}

/// Drafts a file with the services of a workflow.
pub fn from_workflow(sources: &WorkflowSources, options: &SourceOptions) -> Result<Draft, ConfigError> {
    let source = &sources.workflow;
    let workflow = Workflow::parse(&source.name, &source.text)?;
    let mut files = vec![source];
    files.extend(sources.definitions.values());
    let mut values = WorkflowValues::new(&workflow, SourceFile::open_values(&files)?);
    let deploys = deploy_steps(&workflow, &source.text, &mut values)?;
    let builds = builds(&workflow, &mut values);
    let mut drafter = WorkflowDrafter {
        sources,
        builds: &builds,
        values,
        images: WorkflowImages::default(),
        placeholders: DraftImages::default(),
        allow_unknown: options.allow_unknown,
        cluster: None,
        todos: Vec::new(),
        services: DraftMap::default(),
        jobs: DraftMap::default(),
    };
    for deploy in &deploys {
        drafter.deploy(deploy)?;
    }
    let region = drafter.region(&workflow);
    drafter.finish(region, options)
}

struct WorkflowDrafter<'a> {
    sources: &'a WorkflowSources,
    builds: &'a [WorkflowBuild],
    values: WorkflowValues<'a>,
    images: WorkflowImages,
    /// The images of which a task definition has a placeholder only.
    placeholders: DraftImages,
    allow_unknown: bool,
    /// The cluster of the first step that deploys.
    cluster: Option<String>,
    todos: Vec<String>,
    services: DraftMap,
    jobs: DraftMap,
}

impl WorkflowDrafter<'_> {
    /// Drafts what one step deploys.
    fn deploy(&mut self, deploy: &WorkflowDeploy<'_>) -> Result<(), ConfigError> {
        let scope = deploy.scope;
        let cluster = deploy
            .step
            .input("cluster")
            .map(|text| self.values.text(text, scope));
        let cluster = cluster.unwrap_or_else(|| "default".to_owned());
        let first = self.cluster.get_or_insert_with(|| cluster.clone());
        let name = deploy
            .step
            .input("service")
            .map(|text| self.values.text(text, scope));
        let open = &self.values.open;
        if open.value_text(first) != open.value_text(&cluster) {
            let service = name.as_deref().unwrap_or("the task");
            self.todos.push(format!(
                "{}: {} goes to cluster {}: add an environment with that cluster, or a file of its own",
                self.place(deploy),
                open.written(service),
                open.written(&cluster),
            ));
            return Ok(());
        }
        let Some(name) = name else {
            return self.task(deploy);
        };
        let key = self.unused_key(&name);
        let mut drafted = DraftMap::default();
        if name != key {
            drafted.put("serviceName", DraftValue::literal(&Value::from(name.as_str())));
        }
        self.put_definition(&mut drafted, deploy, &name)?;
        put_inputs(&mut drafted, deploy.step, scope, &mut self.values);
        if run_task::is_wanted(deploy.step) {
            let job = format!("{key}-task");
            self.jobs.put(
                &job,
                run_task::job_of_service(deploy.step, scope, &key, &mut self.values),
            );
            drafted.put("beforeDeploy", DraftValue::List(vec![job.as_str().into()]));
        }
        self.services.put(&key, drafted);
        Ok(())
    }

    /// Drafts a task without a service.
    fn task(&mut self, deploy: &WorkflowDeploy<'_>) -> Result<(), ConfigError> {
        let mut drafted = DraftMap::default();
        let key = self.unused_key(deploy.scope.job);
        if !run_task::is_wanted(deploy.step) {
            drafted.comment("the workflow registers the task definition only: `ecsctl run` runs it");
        }
        self.put_definition(&mut drafted, deploy, "")?;
        run_task::put_members(&mut drafted, deploy.step, deploy.scope, &mut self.values);
        self.jobs.put(&key, drafted);
        Ok(())
    }

    fn place(&self, deploy: &WorkflowDeploy<'_>) -> String {
        format!("{}:{}", self.sources.workflow.name, deploy.step.line)
    }

    /// Returns a key for a name: keys have no references.
    fn unused_key(&self, name: &str) -> String {
        let written = self.values.open.written(name);
        let mut key = ecs_name(&self.values.open.value(name).literals(), "");
        if key.is_empty() {
            let words = written.trim_matches(['$', '{', '}', ' ']);
            key = ecs_name(words.rsplit('.').next().unwrap_or_default(), "app").to_ascii_lowercase();
        }
        while self.services.has(&key) || self.jobs.has(&key) {
            key.push_str("-2");
        }
        key
    }

    fn put_definition(
        &mut self,
        drafted: &mut DraftMap,
        deploy: &WorkflowDeploy<'_>,
        name: &str,
    ) -> Result<(), ConfigError> {
        match &deploy.definition {
            DefinitionSource::File(path) => {
                let Some(file) = self.sources.definitions.get(path) else {
                    return Ok(());
                };
                let parsed = ForeignFile::parse(&file.name, &file.text, &file.text)?;
                let reading = ForeignReading {
                    is_open: &|_| false,
                    allow_unknown: self.allow_unknown,
                };
                let mut task = parsed.definition(reading)?;
                self.render(&mut task, deploy);
                let has_network = name.is_empty() && deploy.step.input("run-task-subnets").is_some();
                self.put_task(drafted, &task, name, &file.name);
                if !has_network && needs_network(&task) {
                    network(drafted);
                }
            }
            DefinitionSource::Aws(base) => {
                let mut changes = stub(deploy, &mut self.values);
                self.render(&mut changes, deploy);
                drafted.put(
                    "taskDefinition",
                    based_definition(base, &changes, &self.values.open),
                );
            }
        }
        Ok(())
    }

    fn put_task(&mut self, drafted: &mut DraftMap, task: &Object, name: &str, origin: &str) {
        let mut launch = DraftMap::default();
        put_launch_type(&mut launch, task);
        let context = DefinitionContext {
            service: name,
            has_fargate_defaults: has_fargate_defaults(&Object::new(), task) && !launch.has("launchType"),
            is_launch_open: false,
            origin,
            is_live: false,
            values: Some(&self.values.open),
        };
        drafted.put(
            "taskDefinition",
            definition(task, &context, &mut self.placeholders),
        );
        drafted.lines.append(&mut launch.lines);
    }

    /// Applies the steps that change a task definition.
    fn render(&mut self, task: &mut Object, deploy: &WorkflowDeploy<'_>) {
        for step in &deploy.renders {
            let scope = ValueScope {
                step: Some(step),
                ..deploy.scope
            };
            let image = step
                .input("image")
                .map(|text| self.values.text(text, scope))
                .unwrap_or_default();
            let names = step
                .input("container-name")
                .map(|text| self.values.text(text, scope));
            let names = names.unwrap_or_default();
            let container = names.split(',').next().unwrap_or_default().trim();
            let key = self
                .images
                .key_of(&image, container, self.builds, &self.values.open);
            let image = match key {
                Some(key) => {
                    let value = OpenValue::reference(format!("images.{key}"));
                    self.values.open.add(&image, value, 0).unwrap_or_default()
                }
                None => image,
            };
            for missing in render(task, step, scope, &image, &mut self.values) {
                self.todos.push(format!(
                    "{}: the task definition has no container {}",
                    self.place(deploy),
                    self.values.open.written(&missing)
                ));
            }
        }
    }

    /// Returns the region of the step that configures the credentials.
    fn region(&mut self, workflow: &Workflow) -> Option<String> {
        let found = workflow
            .steps()
            .find(|(_, step)| step.action == "aws-actions/configure-aws-credentials");
        let (job, step) = found?;
        let text = step.input("aws-region")?;
        Some(self.values.text(
            text,
            ValueScope {
                job,
                step: Some(step),
            },
        ))
    }

    fn finish(mut self, region: Option<String>, options: &SourceOptions) -> Result<Draft, ConfigError> {
        let literal = |text: String| text.replace("${", "$${");
        let flags = &options.flags;
        let head = DraftHead {
            region: flags
                .region
                .clone()
                .or(region.map(literal))
                .or_else(|| options.region.clone()),
            cluster: flags.cluster.clone().or(self.cluster.map(literal)),
        };
        let mut root = head.begin(&self.sources.workflow.name);
        for (name, written) in &self.values.passed {
            root.todo(format!(
                "pass {name} to the step that runs ecsctl: `env: {{{name}: \"{written}\"}}`"
            ));
        }
        self.todos.iter().for_each(|todo| root.todo(todo));
        let mut images = DraftMap::default();
        self.images
            .put(&mut images, &self.sources.root, &self.values.open);
        if let Some(mut placeholders) = self.placeholders.draft() {
            placeholders
                .lines
                .retain(|line| line.name().is_none_or(|name| !images.has(name)));
            images.lines.append(&mut placeholders.lines);
        }
        let services = self.services.names();
        let mut body = DraftMap::default();
        for (key, map) in [
            ("images", images),
            ("services", self.services),
            ("jobs", self.jobs),
        ] {
            if !map.is_empty() {
                body.put(key, map);
            }
        }
        let values = &mut self.values.open;
        values.fill(&mut root);
        values.fill(&mut body);
        if let Some(vars) = values.vars() {
            root.put("vars", vars);
        }
        root.lines.append(&mut body.lines);
        Ok(Draft { root, services })
    }
}

/// Whether tasks need subnets: each has a network interface of its own, or they run on Fargate by default.
fn needs_network(task: &Object) -> bool {
    let mut launch = DraftMap::default();
    put_launch_type(&mut launch, task);
    is_awsvpc(task) || has_fargate_defaults(&Object::new(), task) && !launch.has("launchType")
}

/// Returns a task definition with nothing but the names of the containers that steps change.
fn stub(deploy: &WorkflowDeploy<'_>, values: &mut WorkflowValues<'_>) -> Object {
    let mut containers: Vec<Value> = Vec::new();
    for step in &deploy.renders {
        let scope = ValueScope {
            step: Some(step),
            ..deploy.scope
        };
        let names = step.input("container-name").map(|text| values.text(text, scope));
        for name in names.unwrap_or_default().split(',').map(str::trim) {
            if !name.is_empty() && !containers.iter().any(|it| it["name"] == name) {
                containers.push(serde_json::json!({"name": name}));
            }
        }
    }
    Object::from_iter([("containerDefinitions".to_owned(), Value::Array(containers))])
}
