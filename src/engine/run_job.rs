//! Runs one job outside of a deploy, or a command on a service's task definition.

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::deploy::{Pipeline, PipelineOptions};
use super::images::HideSecrets;
use super::jobs::{JobOverrides, JobWatch, LiveTarget, TaskRequest, TaskSettings, find_running, start};
use super::load::ConnectedProject;
use super::polling::PassingWait;
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::engine::waiting;
use crate::exit::Exit;
use crate::model::{Job, JobResult, Sink};
use crate::plan::PlanOptions;
use crate::registry::RegistryOverride;
use crate::verdict::IfInProgress;

/// The command line's options of one run.
pub struct RunJob<'a> {
    /// What it sets for the task.
    pub overrides: JobOverrides,
    /// The registry that replaces ECR's hosts.
    pub registry: Option<RegistryOverride>,
    /// Hides the values of build secrets that are stored in AWS.
    pub hide: HideSecrets,
    /// Whether to show secrets in the log.
    pub show_values: bool,
    /// How long to wait for its end.
    pub timeout: Option<SignedDuration>,
    /// Don't wait for its end.
    pub detach: bool,
    /// Watch the same task if it still runs.
    pub attach: bool,
    /// Canceled when the user asks to stop the task.
    pub stop: &'a CancellationToken,
}

/// Runs a job: on what its service runs at the moment, or on its own task definition, which is registered first.
pub async fn run_job(
    connected: ConnectedProject,
    job: &Job,
    options: &RunJob<'_>,
    sink: &dyn Sink,
) -> Result<JobResult, Failure> {
    let (aws, request) = task_request(connected, job, options, sink).await?;
    start_and_watch(&aws, &request, options, sink).await
}

/// Returns what RunTask gets for a job; its own task definition is registered first.
pub(super) async fn task_request(
    connected: ConnectedProject,
    job: &Job,
    options: &RunJob<'_>,
    sink: &dyn Sink,
) -> Result<(Aws, TaskRequest), Failure> {
    let aws = connected.aws.clone();
    // It may refer to values that only the session provides.
    let job = &connected
        .loaded
        .manifest
        .jobs
        .get(&job.name)
        .unwrap_or(job)
        .clone();
    let manifest = &connected.loaded.manifest;
    let cluster = manifest.cluster.clone();
    let service = job.service().and_then(|key| manifest.services.get(key)).cloned();
    let (live, definition) = match &service {
        Some(service) => {
            let names = (service.key.as_str(), service.name.as_str());
            let read = LiveTarget::read(&aws, &cluster, names);
            let target = waiting(sink, "the service", read).await?;
            (Some(target.service), target.definition)
        }
        None => {
            let arn = register(connected, job, options, sink).await?;
            let read = aws.describe_task_definition(&arn).await?;
            (None, read.ok_or_else(|| not_registered(job))?)
        }
    };
    let request = TaskRequest::new(TaskSettings {
        cluster: &cluster,
        region: aws.region(),
        job,
        service: service.as_ref().map(|service| service.name.as_str()),
        live: live.as_ref(),
        change: None,
        definition: &definition,
        overrides: &options.overrides,
        stage: None,
    })?;
    Ok((aws, request))
}

async fn start_and_watch(
    aws: &Aws,
    request: &TaskRequest,
    options: &RunJob<'_>,
    sink: &dyn Sink,
) -> Result<JobResult, Failure> {
    let running = match options.attach {
        true => find_running(aws, request, false).await?,
        false => None,
    };
    let is_attached = running.is_some();
    let task = match running {
        Some(task) => task,
        None => {
            // Another run of the same starts a task of its own.
            let salt = format!("{} {}", aws.clock().now(), std::process::id());
            let passing = PassingWait::new(aws.clock(), sink).within(options.timeout);
            start(aws, request, &salt, passing).await?
        }
    };
    let watch = JobWatch {
        aws,
        sink,
        show_values: options.show_values,
        timeout: options.timeout,
        stop: Some(options.stop),
    };
    match options.detach {
        true => Ok(watch.started(request, &task, is_attached)),
        false => watch.watch(request, task, is_attached).await,
    }
}

/// Registers a job's own task definition, unless it is registered already, and returns its ARN.
async fn register(
    mut connected: ConnectedProject,
    job: &Job,
    options: &RunJob<'_>,
    sink: &dyn Sink,
) -> Result<String, Failure> {
    let spec = job.own_definition().cloned();
    connected.loaded.manifest.services = spec.map(|spec| (spec.key.clone(), spec)).into_iter().collect();
    let pipeline = PipelineOptions {
        plan: PlanOptions {
            definitions_only: true,
            only: vec![job.name.clone()],
            ..PlanOptions::default()
        },
        registry: options.registry.clone(),
        hide: options.hide,
        reads_secrets: false,
        timeout: options.timeout,
        if_in_progress: IfInProgress::default(),
        estimate: false,
    };
    Pipeline::new(connected, pipeline, sink).register_job().await
}

fn not_registered(job: &Job) -> Failure {
    let message = format!("the task definition of job {} is gone", job.name);
    Failure::new(Exit::Preflight, "no-task-definition", message).resource(job.name.as_str())
}
