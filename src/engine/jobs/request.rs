//! Builds the input of RunTask for a job.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::diagnostic::Failure;
use crate::ecs::{Service, TaskDefinition};
use crate::exit::Exit;
use crate::model::{Job, JobStage, Object, Value, cluster_name, hex, into_object, there_are};
use crate::schema::{
    MAX_OVERRIDES, main_container, run_task_members, secrets_of, with_command, with_environment,
    with_members, with_override,
};

/// What the command line sets for one run.
#[derive(Clone, Debug, Default)]
pub struct JobOverrides {
    /// `-- COMMAND…`
    pub command: Option<Vec<String>>,
    /// `--container`
    pub container: Option<String>,
    /// `--cpu`
    pub cpu: Option<String>,
    /// `--memory`
    pub memory: Option<String>,
    /// `--env`
    pub environment: Vec<(String, String)>,
    /// `--task-role`
    pub task_role: Option<String>,
    /// `--capacity-provider`
    pub capacity_provider: Option<String>,
    /// Whether the task is for a session of ECS Exec.
    pub has_exec: bool,
}

/// What a job's task is started with.
#[derive(Clone, Copy)]
pub struct TaskSettings<'a> {
    /// The cluster.
    pub cluster: &'a str,
    /// The session's region.
    pub region: &'a str,
    /// The job.
    pub job: &'a Job,
    /// The ECS name of the service whose task definition it runs, if any.
    pub service: Option<&'a str>,
    /// The service on ECS, if there is one.
    pub live: Option<&'a Service>,
    /// What is about to change in the service: the input of CreateService or UpdateService.
    pub change: Option<&'a Value>,
    /// The task definition, with its ARN.
    pub definition: &'a TaskDefinition,
    /// What the command line sets.
    pub overrides: &'a JobOverrides,
    /// When a deploy runs it, and what tells one deploy from another.
    pub stage: Option<(JobStage, &'a str)>,
}

/// A task to start.
#[derive(Clone, Debug)]
pub struct TaskRequest {
    /// The job's name.
    pub name: String,
    /// The ECS name of the service whose task definition it runs.
    pub service: Option<String>,
    /// When a deploy runs it.
    pub stage: Option<JobStage>,
    /// The task definition.
    pub definition: TaskDefinition,
    /// The container whose exit code counts.
    pub container: String,
    /// The secrets in its environment, which no output shows.
    pub secrets: Vec<String>,
    /// RunTask's input, without `clientToken`.
    input: Object,
}

impl TaskRequest {
    /// Builds the request for a job.
    pub fn new(settings: TaskSettings<'_>) -> Result<Self, Failure> {
        let (job, overrides) = (settings.job, settings.overrides);
        let container = container(settings)?;
        let mut members = settings.of_service();
        if let Some(spec) = job.own_definition() {
            let defaults = into_object(spec.creation_defaults.to_value(&|image| image.to_string()));
            with_members(&mut members, defaults);
            if spec.fargate_if_supported && settings.definition.supports_fargate() {
                members.insert("launchType".to_owned(), "FARGATE".into());
            }
        }
        with_members(
            &mut members,
            into_object(job.fields.to_value(&|image| image.to_string())),
        );
        if let Some(provider) = &overrides.capacity_provider {
            let strategy = json!([{"capacityProvider": provider, "weight": 1}]);
            with_members(
                &mut members,
                Object::from_iter([("capacityProviderStrategy".to_owned(), strategy)]),
            );
        }
        if let Some(command) = overrides.command.as_ref().or(job.command.as_ref()) {
            with_command(&mut members, Some(&container), command);
        }
        if !overrides.environment.is_empty() {
            with_environment(&mut members, &container, &overrides.environment);
        }
        for (member, value) in [
            ("cpu", &overrides.cpu),
            ("memory", &overrides.memory),
            ("taskRoleArn", &overrides.task_role),
        ] {
            if let Some(value) = value {
                with_override(&mut members, member, value.as_str().into());
            }
        }
        if overrides.has_exec {
            members.insert("enableExecuteCommand".to_owned(), true.into());
        }
        check_length(job, &members)?;
        let mut input = Object::new();
        input.insert("cluster".to_owned(), cluster_name(settings.cluster).into());
        let arn = settings.definition.arn.clone().unwrap_or_default();
        input.insert("taskDefinition".to_owned(), arn.into());
        input.extend(members);
        let stage = settings
            .stage
            .map(|(stage, deployment)| (stage.key(), deployment));
        // Not of the network: AWS returns lists in an order of its own.
        let runs = ["cluster", "taskDefinition", "overrides"].map(|key| input.get(key));
        let digest = digest_start(&json!([runs, settings.region, stage]), 8);
        // "Up to 128 letters …, numbers, hyphens (-), forward slash (/), and underscores (_)" (API reference, RunTask).
        input.insert(
            "startedBy".to_owned(),
            format!("ecsctl/{}/{digest}", job.name).into(),
        );
        Ok(Self {
            name: job.name.clone(),
            service: settings.service.map(str::to_owned),
            stage: settings.stage.map(|(stage, _)| stage),
            definition: settings.definition.clone(),
            container,
            secrets: secrets(settings.definition, &input),
            input,
        })
    }

    /// Returns what tells this task from others: derived from what it runs.
    pub fn started_by(&self) -> &str {
        self.input
            .get("startedBy")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Returns the cluster.
    pub fn cluster(&self) -> &str {
        self.input
            .get("cluster")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Returns the whole input. The client token is derived from the content and from `salt`: the same for every
    /// attempt to start the same task.
    pub fn input(&self, salt: &str) -> Value {
        let mut input = self.input.clone();
        // "Up to 64 characters are allowed" (API reference, RunTask, `clientToken`).
        let token = digest_start(&json!([input, salt]), 14);
        input.insert("clientToken".to_owned(), format!("ecsctl-{token}").into());
        Value::Object(input)
    }
}

impl TaskSettings<'_> {
    /// Returns what the task takes from the service, as it will be after the change.
    fn of_service(&self) -> Object {
        let mut members = self
            .live
            .map(|live| run_task_members(&live.task_settings()))
            .unwrap_or_default();
        if let Some(change) = self.change.and_then(Value::as_object) {
            with_members(&mut members, run_task_members(change));
        }
        members
    }
}

/// Returns the container that gets the command and whose exit code counts.
fn container(settings: TaskSettings<'_>) -> Result<String, Failure> {
    let (job, definition) = (settings.job, settings.definition);
    let named = settings.overrides.container.as_ref().or(job.container.as_ref());
    if let Some(name) = named {
        return match definition.container(name) {
            Some(_) => Ok(name.clone()),
            None => Err(unknown_container(name, job, definition)),
        };
    }
    let balanced = settings
        .live
        .map(|live| live.target_groups.as_slice())
        .unwrap_or_default();
    let balanced: Vec<&str> = balanced.iter().filter_map(|it| it.container.as_deref()).collect();
    let name = settings.service.unwrap_or(&job.name);
    let main = main_container(definition.value(), &balanced, name);
    main.map(str::to_owned).ok_or_else(|| {
        let message = format!("the task definition of job {} has no container", job.name);
        Failure::new(Exit::Preflight, "no-container", message).resource(job.name.as_str())
    })
}

fn unknown_container(name: &str, job: &Job, definition: &TaskDefinition) -> Failure {
    let known: Vec<&str> = definition.containers.iter().map(|it| it.name.as_str()).collect();
    let id = definition.id().map_or_else(String::new, |id| id.to_string());
    Failure::new(
        Exit::Usage,
        "unknown-container",
        format!("no container `{name}` in {id}"),
    )
    .resource(job.name.as_str())
    .hint(there_are(&known))
}

/// The limit is checked where the file is read; the command line may add to it.
fn check_length(job: &Job, members: &Object) -> Result<(), Failure> {
    let overrides = members.get("overrides").map(ToString::to_string);
    let length = overrides.map_or(0, |overrides| overrides.chars().count());
    if length <= MAX_OVERRIDES {
        return Ok(());
    }
    let message = format!(
        "the command and the overrides of job {} have {length} characters as JSON; ECS allows {MAX_OVERRIDES}",
        job.name
    );
    Err(Failure::new(Exit::Usage, "overrides-too-long", message)
        .resource(job.name.as_str())
        .hint("write a script into the image, and run that"))
}

fn secrets(definition: &TaskDefinition, input: &Object) -> Vec<String> {
    let overridden = input.get("overrides").and_then(|it| it.get("containerOverrides"));
    let mut secrets = secrets_of(definition.value());
    secrets.extend(secrets_of(&json!({"containerDefinitions": overridden})));
    secrets
}

/// Returns the first bytes of a content's digest, in hex.
fn digest_start(content: &Value, bytes: usize) -> String {
    hex(&Sha256::digest(content.to_string())[..bytes])
}
