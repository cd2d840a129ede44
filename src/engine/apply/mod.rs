//! Applies a plan by making AWS calls. Applying can be killed at any point and run again with the same
//! result: existing resources are checked before anything is sent twice, and completed changes are
//! recognized.

mod cancellation;
mod code_deploy;
mod create;
mod error;
mod prerequisites;
mod register;
mod scaling;
mod schedules;
mod update;

#[cfg(test)]
mod create_tests;
#[cfg(test)]
mod lost_tests;
#[cfg(test)]
mod tests;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};

use crate::aws::{Aws, AwsError};
use crate::ecs::{DescribedServices, Service};
use crate::engine::polling::{PassingWait, ReadRetry};
use crate::model::{DefinitionPlan, Event, ServiceAction, ServicePlan, Sink, short_definition};

pub use cancellation::Cancellation;
pub use code_deploy::{StartedCodeDeployment, another_in_progress};
pub use error::ApplyError;

use crate::plan::is_same_definition;
pub use prerequisites::{create_prerequisites, make_repository};
use register::Registrar;
pub use scaling::apply_scaling;
pub use schedules::ScheduleApplier;
use update::ServiceUpdateCall;

/// What was changed in a service, as the rollout watcher needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct AppliedChange {
    /// The service's key in deploy.yaml.
    pub key: String,
    /// The ECS service's name.
    pub name: String,
    /// The ARN of the task definition that the service should run now.
    pub definition: String,
    /// The service as CreateService or UpdateService responded. None if neither was called.
    pub reply: Option<Service>,
    /// The CodeDeploy deployment, if the plan makes one.
    pub code_deployment: Option<StartedCodeDeployment>,
    /// The id (`ecs-svc/N`) of the previous PRIMARY deployment. None for a new service.
    pub primary_before: Option<String>,
}

/// How long after the plan's reads somebody else's revision is looked up before one is registered.
const LATE: Duration = Duration::from_secs(5);

/// Decides right before each attempt of an update whether it may be sent: ECS has no conditional write.
pub trait WriteGate: Sync {
    /// Fails if something else changed the service since it was planned, when this deployment was PRIMARY.
    fn check<'a>(&'a self, planned: Option<&'a str>) -> BoxFuture<'a, Result<(), ApplyError>>;
}

/// Applies the parts of one plan. Services may be applied concurrently: registration is serialized per
/// family.
pub struct ServiceApplier<'a> {
    aws: &'a Aws,
    cluster: &'a str,
    sink: &'a dyn Sink,
    registrar: Registrar,
    passing: PassingWait<'a>,
    planned_at: Option<Timestamp>,
}

impl<'a> ServiceApplier<'a> {
    /// Creates an applier for the services of one cluster.
    pub fn new(aws: &'a Aws, cluster: &'a str, sink: &'a dyn Sink) -> Self {
        Self {
            aws,
            cluster,
            sink,
            registrar: Registrar::default(),
            planned_at: None,
            passing: PassingWait::new(aws.clock(), sink),
        }
    }

    /// Limits by `--timeout` how long requests are repeated that are refused for a while, and says whether this
    /// run created the cluster.
    #[must_use]
    pub fn waiting(mut self, timeout: Option<SignedDuration>, is_new_cluster: bool) -> Self {
        self.passing = self.passing.within(timeout).new_cluster(is_new_cluster);
        self
    }

    /// Sets when the plan's reads were made. Without it, they count as recent.
    #[must_use]
    pub fn planned_at(mut self, at: Timestamp) -> Self {
        self.planned_at = Some(at);
        self
    }

    /// Whether the plan is so old that somebody else may have registered the same revision since.
    fn is_late(&self) -> bool {
        let clock = self.aws.clock();
        self.planned_at.is_some_and(|at| clock.elapsed(at) >= LATE)
    }

    /// Returns where warnings go.
    pub fn sink(&self) -> &'a dyn Sink {
        self.sink
    }

    /// Returns the ARN of a family's latest ACTIVE revision, if there is one.
    pub async fn latest_revision(&self, family: &str) -> Result<Option<String>, AwsError> {
        let read = || self.aws.describe_task_definition(family).boxed();
        let latest = ReadRetry::silent(self.aws.clock()).read(read).await?;
        Ok(latest.and_then(|it| it.arn))
    }

    /// Whether this run has registered a revision of a family.
    pub fn has_registered(&self, family: &str, arn: &str) -> bool {
        self.registrar.has_registered(family, arn)
    }

    /// Whether a task definition, by its ARN, has the content that the plan registers.
    pub async fn is_same_content(&self, service: &ServicePlan, arn: &str) -> bool {
        let DefinitionPlan::Register { input, .. } = &service.definition else {
            return false;
        };
        let described = self.aws.describe_task_definition(arn).await;
        matches!(described, Ok(Some(described)) if is_same_definition(input, &described))
    }

    /// Returns the ARN of the service's task definition, registering it first if the plan says so.
    pub async fn register(&self, service: &ServicePlan) -> Result<String, ApplyError> {
        let registered = self.register_named((&service.key, &service.name), &service.definition);
        registered.await
    }

    /// Returns the ARN of a job's own task definition, registering it first if the plan says so.
    pub async fn register_for(&self, job: &str, definition: &DefinitionPlan) -> Result<String, ApplyError> {
        self.register_named((job, job), definition).await
    }

    async fn register_named(
        &self,
        (key, name): (&str, &str),
        definition: &DefinitionPlan,
    ) -> Result<String, ApplyError> {
        match definition {
            DefinitionPlan::Keep { arn } => Ok(arn.clone()),
            DefinitionPlan::Register { pending, .. } if !pending.is_empty() => {
                let images: Vec<String> = pending.iter().map(ToString::to_string).collect();
                Err(error::pending(name, &images))
            }
            DefinitionPlan::Register { family, input, .. } => {
                self.registrar
                    .register(
                        self.aws,
                        key,
                        (family, input),
                        self.sink,
                        self.passing,
                        self.is_late(),
                    )
                    .await
            }
        }
    }

    /// Registers the task definition, and creates or updates the service, unless that is canceled before it is
    /// sent. `before` is the service as it was observed.
    pub async fn service(
        &self,
        service: &ServicePlan,
        before: Option<&Service>,
        cancellation: &Cancellation,
    ) -> Result<AppliedChange, ApplyError> {
        self.service_in_turn(service, before, cancellation, None).await
    }

    /// The same, if the gate lets the update pass.
    pub async fn service_in_turn(
        &self,
        service: &ServicePlan,
        before: Option<&Service>,
        cancellation: &Cancellation,
        gate: Option<&dyn WriteGate>,
    ) -> Result<AppliedChange, ApplyError> {
        let definition = self.register(service).await?;
        let primary_before = before.and_then(Service::primary_id).map(str::to_owned);
        let mut definition = definition;
        let deployment = service.code_deployment();
        let started = match deployment {
            Some(plan) => {
                let name = service.name.as_str();
                let found = self
                    .find_code_deployment(name, plan, Some(&definition), before)
                    .await;
                if found.is_err() {
                    self.registrar.note_use(&definition, false);
                    self.report_not_changed(name);
                }
                found?
            }
            None => None,
        };
        let mut code_deployment = started;
        let reply = match &service.action {
            ServiceAction::Keep => Ok(None),
            ServiceAction::Create { input, draining } => {
                let change = self.change(&service.name, cancellation, gate);
                let created = self
                    .create(&change, service, &definition, (input, *draining))
                    .await;
                created.map(|created| {
                    definition = created.definition;
                    Some(created.service)
                })
            }
            ServiceAction::Update {
                input,
                new_definition,
                tags,
                ..
            } => {
                let update = ServiceUpdateCall {
                    input,
                    definition: (*new_definition && deployment.is_none()).then_some(definition.as_str()),
                    tags,
                };
                let change = self.change(&service.name, cancellation, gate);
                let updated = self
                    .update(&change, update, before, primary_before.as_deref())
                    .await;
                match (updated, deployment) {
                    (Ok(reply), Some(plan)) if code_deployment.is_none() => {
                        let created = self
                            .create_code_deployment(&change, plan, &definition, before)
                            .await;
                        created.map(|created| {
                            code_deployment = Some(created);
                            reply
                        })
                    }
                    (updated, _) => updated,
                }
            }
        };
        let has_no_effect = match &reply {
            Ok(reply) => {
                reply.is_none() && code_deployment.is_none() && !matches!(service.action, ServiceAction::Keep)
            }
            Err(error) => !error.is_ambiguous() && !error.is_cancelled(),
        };
        if has_no_effect {
            self.report_not_changed(&service.name);
        }
        let is_sent = match &reply {
            Ok(reply) => reply.is_some() || code_deployment.is_some(),
            Err(error) => error.is_ambiguous(),
        };
        self.registrar.note_use(&definition, is_sent);
        if let (Err(error), DefinitionPlan::Register { family, .. }) = (&reply, &service.definition)
            && error.is_inactive_definition()
        {
            self.registrar.forget(family, &definition).await;
        }
        let reply = reply?;
        Ok(AppliedChange {
            key: service.key.clone(),
            name: service.name.clone(),
            definition,
            code_deployment,
            primary_before,
            reply,
        })
    }

    /// Notes that a task definition that this run registered is not used for a change.
    pub fn is_not_used(&self, definition: &str) {
        self.registrar.note_use(definition, false);
    }

    /// Deregisters what this run registered for services that it then could not change, unless a service runs it.
    pub async fn deregister_unused(&self, services: &[ServicePlan]) {
        for (arn, key) in self.registrar.take_unused() {
            let Some(name) = services.iter().find(|it| it.key == key).map(|it| &it.name) else {
                continue;
            };
            if let Err(error) = self.deregister(&key, name, &arn).await {
                let id = short_definition(&arn);
                let hint = format!("aws ecs deregister-task-definition --task-definition {id}");
                self.sink.warn(
                    Some(name),
                    format!("{id} was registered, but is not deployed: {error}"),
                    Some(hint.into()),
                );
            }
        }
    }

    async fn deregister(&self, key: &str, name: &str, arn: &str) -> Result<(), AwsError> {
        // Another run may have found it, and deployed it.
        let described = self.describe(name).await?;
        let deployments = described.named(name).map_or(&[][..], |it| &it.deployments);
        if deployments
            .iter()
            .any(|it| it.task_definition.as_deref() == Some(arn))
        {
            return Ok(());
        }
        self.aws.deregister_task_definition(arn).await?;
        self.sink.emit(Event::Deregistered {
            service: key.to_owned(),
            task_definition: short_definition(arn).to_owned(),
        });
        Ok(())
    }

    fn change<'b>(
        &'b self,
        service: &'b str,
        cancellation: &'b Cancellation,
        gate: Option<&'b dyn WriteGate>,
    ) -> ServiceWrite<'b> {
        ServiceWrite {
            service,
            sink: self.sink,
            cancellation,
            gate,
            refusal: Mutex::default(),
        }
    }

    fn report_not_changed(&self, service: &str) {
        self.sink.emit(Event::NotChanged {
            service: service.to_owned(),
        });
    }

    /// Reads the current state of the service.
    async fn describe(&self, service: &str) -> Result<DescribedServices, AwsError> {
        self.aws
            .describe_services(self.cluster, &[service.to_owned()])
            .await
    }
}

/// The change of one service, sent once or more.
struct ServiceWrite<'a> {
    service: &'a str,
    sink: &'a dyn Sink,
    cancellation: &'a Cancellation,
    gate: Option<&'a dyn WriteGate>,
    /// Why the gate didn't let the change pass.
    refusal: Mutex<Option<ApplyError>>,
}

impl ServiceWrite<'_> {
    /// Asks the gate. False: the change may not be sent, and `refusal` says why.
    async fn passes(&self, planned: Option<&str>) -> bool {
        let Some(gate) = self.gate else {
            return true;
        };
        let refusal = gate.check(planned).await.err();
        let passes = refusal.is_none();
        *self.refusal.lock().unwrap_or_else(PoisonError::into_inner) = refusal;
        passes
    }

    /// Returns the error of a change that was not sent.
    fn not_sent(&self) -> ApplyError {
        let refusal = self.refusal.lock().unwrap_or_else(PoisonError::into_inner).take();
        refusal.unwrap_or(ApplyError::Cancelled)
    }

    /// Marks the change as about to be sent. Returns false if it is canceled.
    fn may_send(&self) -> bool {
        let may_send = self.cancellation.may_send();
        if may_send {
            self.sink.emit(Event::Changing {
                service: self.service.to_owned(),
            });
        }
        may_send
    }

    /// Records that AWS rejected the change, which will be sent again later.
    fn rejected(&self) {
        self.sink.emit(Event::NotChanged {
            service: self.service.to_owned(),
        });
        self.cancellation.rejected();
    }
}
