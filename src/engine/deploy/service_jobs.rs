//! The jobs of one service's deploy: before the service is changed, and after it is stable.

use std::collections::HashMap;

use futures_util::future::join_all;

use crate::diagnostic::{Failure, Suggestion};
use crate::ecs::{Service, TaskDefinition};
use crate::engine::Run;
use crate::engine::jobs::{
    JobOverrides, JobWatch, LiveTarget, TaskRequest, TaskSettings, find_running, start,
};
use crate::engine::polling::PassingWait;
use crate::exit::Exit;
use crate::model::{Ending, Job, JobResult, JobStage, Manifest, ServiceAction, ServicePlan, Value};

/// How long ECS keeps a stopped task at least (Amazon ECS Developer Guide, "Viewing stopped tasks": one hour).
const KEPT: std::time::Duration = std::time::Duration::from_secs(3600);

/// The task definitions of the jobs that have one of their own, by the job's name.
pub(super) type OwnDefinitions = HashMap<String, TaskDefinition>;

/// The jobs of one service's deploy.
#[derive(Clone, Copy)]
pub(super) struct ServiceJobs<'a> {
    pub run: &'a Run<'a>,
    pub manifest: &'a Manifest,
    pub plan: &'a ServicePlan,
    pub own: &'a OwnDefinitions,
}

/// Why a service's deploy does not go on after a job.
pub(super) struct JobFailure {
    pub failure: Failure,
    /// The job's result, if its task was started.
    pub result: Option<JobResult>,
}

impl JobFailure {
    /// Whether the task of the job continues.
    pub fn continues(&self) -> bool {
        self.result.as_ref().is_some_and(|result| !result.is_final)
    }
}

/// What the jobs of a stage run on.
#[derive(Clone, Copy)]
pub(super) struct JobTarget<'a> {
    pub stage: JobStage,
    /// The ARN of the service's task definition.
    pub definition: &'a str,
    /// The task definition that the service ran when it was observed.
    pub observed: Option<&'a TaskDefinition>,
    /// The service on ECS, if there is one.
    pub live: Option<&'a Service>,
    /// The deployment before which or after which they run: `ecs-svc/N`. It tells one deploy of a revision from another.
    pub deployment: Option<&'a str>,
}

impl ServiceJobs<'_> {
    /// Runs these jobs one after the other; the first that fails ends it. Returns their results so far, too.
    pub async fn run_all(
        &self,
        names: &[String],
        target: JobTarget<'_>,
    ) -> (Vec<JobResult>, Result<(), Box<JobFailure>>) {
        let mut results = Vec::new();
        for name in names {
            // The file was checked: it has every job that it names.
            let Some(job) = self.manifest.jobs.get(name) else {
                continue;
            };
            let result = match self.run_one(job, target).await {
                Ok(result) => result,
                Err(failure) => {
                    let failure = self.without_task(job, target.stage, failure);
                    return (
                        results,
                        Err(Box::new(JobFailure {
                            failure,
                            result: None,
                        })),
                    );
                }
            };
            results.push(result.clone());
            if !result.is_good() {
                let failure = self.failed(&result, target.stage);
                let result = Some(result);
                return (results, Err(Box::new(JobFailure { failure, result })));
            }
        }
        (results, Ok(()))
    }

    /// Watches those of the jobs after the deploy that an earlier run started, and that still run.
    pub async fn attach_all(
        &self,
        names: &[String],
        target: JobTarget<'_>,
    ) -> (Vec<JobResult>, Result<(), Box<JobFailure>>) {
        let running = names.iter().map(async |name| {
            let job = self.manifest.jobs.get(name)?;
            let request = self.request(job, target).await.ok()?;
            // Without the permission to list tasks nothing is known to run.
            let found = find_running(self.run.aws, &request, false).await.ok()?;
            found.map(|_| name.clone())
        });
        let running: Vec<String> = join_all(running).await.into_iter().flatten().collect();
        self.run_all(&running, target).await
    }

    async fn request(&self, job: &Job, target: JobTarget<'_>) -> Result<TaskRequest, Failure> {
        let (aws, cluster) = (self.run.aws, self.run.cluster);
        let service = job.service().and_then(|key| self.manifest.services.get(key));
        let is_ours = service.is_some_and(|service| service.key == self.plan.key);
        let described;
        let other;
        let (definition, live) = match service {
            Some(_) if is_ours => {
                let is_it = |it: &&TaskDefinition| it.arn.as_deref() == Some(target.definition);
                if let Some(known) = target.observed.filter(is_it) {
                    (known, target.live)
                } else {
                    let read = aws.describe_task_definition(target.definition).await?;
                    described = read.ok_or_else(|| self.gone(job))?;
                    (&described, target.live)
                }
            }
            Some(service) => {
                let names = (service.key.as_str(), service.name.as_str());
                other = LiveTarget::read(aws, cluster, names).await?;
                (&other.definition, Some(&other.service))
            }
            None => (self.own.get(&job.name).ok_or_else(|| self.gone(job))?, None),
        };
        let change = match &self.plan.action {
            ServiceAction::Create { input, .. } | ServiceAction::Update { input, .. } => Some(input),
            ServiceAction::Keep => None,
        };
        // Afterwards the service has it.
        let is_before = target.stage == JobStage::BeforeDeploy;
        let change: Option<&Value> = change.filter(|_| is_ours && is_before);
        TaskRequest::new(TaskSettings {
            cluster,
            region: aws.region(),
            job,
            service: service.map(|service| service.name.as_str()),
            live,
            change,
            definition,
            overrides: &JobOverrides::default(),
            stage: Some((target.stage, target.deployment.unwrap_or_default())),
        })
    }

    async fn run_one(&self, job: &Job, target: JobTarget<'_>) -> Result<JobResult, Failure> {
        let (aws, sink) = (self.run.aws, self.run.sink);
        let request = self.request(job, target).await?;
        let before = match find_running(aws, &request, true).await {
            Ok(before) => before,
            // The client token still keeps a task from being started twice.
            Err(error) if error.is_access_denied() => {
                sink.warn_of(error, "a task of an earlier run is not looked for");
                None
            }
            Err(error) => return Err(error.into()),
        };
        let watch = JobWatch {
            aws,
            sink,
            show_values: self.run.options.show_values,
            timeout: self.run.options.wait.timeout,
            stop: None,
        };
        let mut salt = String::new();
        if let Some(task) = before {
            let exited = |code: i64| {
                let container = task.container(&request.container);
                container.is_some_and(|it| it.exit_code == Some(code))
            };
            // A run that was killed before it changed the service has run it; one that failed is tried again.
            if !task.is_stopped() || exited(0) {
                return watch.watch(&request, task, true).await;
            }
            salt = task.id;
        }
        loop {
            let passing = PassingWait::new(aws.clock(), sink).within(self.run.options.wait.timeout);
            let task = start(aws, &request, &salt, passing).await?;
            // AWS remembers a token for longer than a task: this is the reply to an earlier request.
            let is_forgotten = |at| aws.clock().elapsed(at) >= KEPT;
            if task.created_at.is_some_and(is_forgotten) && task.id != salt {
                salt = task.id;
                continue;
            }
            return watch.watch(&request, task, false).await;
        }
    }

    fn gone(&self, job: &Job) -> Failure {
        let message = format!("the task definition of job {} is gone", job.name);
        Failure::new(Exit::Job, "no-task-definition", message).resource(job.name.as_str())
    }

    /// `beforeDeploy job migrate of web`
    fn subject(&self, job: &str, stage: JobStage) -> String {
        format!("{} job {job} of {}", stage.key(), self.plan.name)
    }

    /// The failure of a job whose task was not started, or could not be watched.
    fn without_task(&self, job: &Job, stage: JobStage, mut failure: Failure) -> Failure {
        failure.message = format!("{}: {}", self.subject(&job.name, stage), failure.message);
        failure.exit = Exit::Job;
        failure.resource = Some(self.plan.name.clone());
        failure
    }

    /// The failure of a job that did not succeed.
    fn failed(&self, result: &JobResult, stage: JobStage) -> Failure {
        let message = format!("{} {}", self.subject(&result.name, stage), result.summary());
        let key = self.plan.key.clone();
        let is_late = result.outcome == Ending::TimedOut;
        let (exit, code) = match is_late {
            true => (Exit::TimedOut, "timed-out"),
            false => (Exit::Job, "job-failed"),
        };
        let effect = match stage {
            JobStage::BeforeDeploy => "the service was not changed",
            JobStage::AfterDeploy => "the service runs the new revision",
        };
        let again = Suggestion::command("deploy", format!("--only {key}"));
        let again = again.then(match is_late {
            true => " waits for the same task",
            false => " runs it again",
        });
        let mut failure = Failure::new(exit, code, message)
            .resource(self.plan.name.as_str())
            .details([effect.to_owned()])
            .hint(again);
        if let Some(words) = result.failure.as_ref().and_then(|failure| failure.said()) {
            failure = failure.said("AWS", words);
        }
        if let Some(task) = result.task.as_ref().filter(|_| is_late) {
            failure.details.push(format!("the task continues: {task}"));
        }
        failure
    }
}
