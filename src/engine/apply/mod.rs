//! A plan becomes calls. Each can be killed at any point and run again to the same end: what is there is looked
//! at before anything is sent twice, and what was made already counts as made.

mod create;
mod error;
mod gate;
mod patience;
mod prerequisites;
mod register;
mod update;

#[cfg(test)]
mod create_tests;
#[cfg(test)]
mod lost_tests;
#[cfg(test)]
mod tests;

use crate::aws::{Aws, AwsError};
use crate::ecs::{DescribedServices, Service};
use crate::model::{DefinitionPlan, Event, ServiceAction, ServicePlan, Sink};

pub use error::ApplyError;
pub use gate::Gate;
pub(in crate::engine) use patience::careful;

pub use prerequisites::{create_prerequisites, make_repository};
use register::Registrar;

/// What was done with a service: what the rollout watcher needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// The service's key in deploy.yaml.
    pub key: String,
    /// The ECS service's name.
    pub name: String,
    /// The ARN of the task definition that it should run now.
    pub definition: String,
    /// Service, as CreateService or UpdateService replied. None when neither was called.
    pub reply: Option<Service>,
    /// The id (`ecs-svc/N`) of the PRIMARY deployment before. None for a new service.
    pub primary_before: Option<String>,
}

/// Carries out the parts of one plan. Services may be applied side by side: registering is serialised by family.
pub struct Applier<'a> {
    aws: &'a Aws,
    cluster: &'a str,
    sink: &'a dyn Sink,
    registrar: Registrar,
    gate: Option<&'a Gate>,
}

impl<'a> Applier<'a> {
    /// For the services of one cluster.
    pub fn new(aws: &'a Aws, cluster: &'a str, sink: &'a dyn Sink) -> Self {
        Self {
            aws,
            cluster,
            sink,
            registrar: Registrar::default(),
            gate: None,
        }
    }

    /// The same, telling a gate which services it changes.
    #[must_use]
    pub fn through(self, gate: &'a Gate) -> Self {
        Self {
            gate: Some(gate),
            ..self
        }
    }

    /// The change of a service is about to be sent; never ends where that is called off.
    async fn pass(&self, name: &str) {
        if let Some(gate) = self.gate {
            gate.pass(name).await;
        }
        self.sink.emit(Event::Changing {
            service: name.to_owned(),
        });
    }

    /// It was turned down, and waits.
    fn waits(&self, name: &str) {
        self.turned_down(name);
        if let Some(gate) = self.gate {
            gate.waits(name);
        }
    }

    fn turned_down(&self, name: &str) {
        self.sink.emit(Event::NotChanged {
            service: name.to_owned(),
        });
    }

    /// The ARN of the service's task definition, registered first where the plan says so.
    pub async fn register(&self, service: &ServicePlan) -> Result<String, ApplyError> {
        match &service.definition {
            DefinitionPlan::Keep { arn } => Ok(arn.clone()),
            DefinitionPlan::Register { pending, .. } if !pending.is_empty() => Err(ApplyError::Pending {
                service: service.name.clone(),
                images: pending.iter().map(ToString::to_string).collect(),
            }),
            DefinitionPlan::Register { family, input, .. } => {
                self.registrar
                    .register(self.aws, &service.key, family, input, self.sink)
                    .await
            }
        }
    }

    /// Registers, and makes or changes the service. `before` is DescribeServices' Service, as it was observed.
    pub async fn service(
        &self,
        service: &ServicePlan,
        before: Option<&Service>,
    ) -> Result<Applied, ApplyError> {
        let definition = self.register(service).await?;
        let primary_before = before.and_then(Service::primary_id).map(str::to_owned);
        let reply = match &service.action {
            ServiceAction::Keep => Ok(None),
            ServiceAction::Create { input, draining } => {
                let made = self.create(&service.name, &definition, input, *draining).await;
                made.map(Some)
            }
            ServiceAction::Update {
                input,
                new_definition,
                tags,
                ..
            } => {
                let change = update::Change {
                    name: &service.name,
                    input,
                    definition: new_definition.then_some(definition.as_str()),
                    tags,
                };
                self.update(change, before, primary_before.as_deref()).await
            }
        };
        let came_to_nothing = match &reply {
            Ok(reply) => reply.is_none() && !matches!(service.action, ServiceAction::Keep),
            Err(error) => !error.leaves_open(),
        };
        if came_to_nothing {
            self.turned_down(&service.name);
        }
        let reply = reply?;
        Ok(Applied {
            key: service.key.clone(),
            name: service.name.clone(),
            definition,
            primary_before,
            reply,
        })
    }

    /// DescribeServices' reply on a service, as it is now.
    async fn look(&self, name: &str) -> Result<DescribedServices, AwsError> {
        self.aws.describe_services(self.cluster, &[name.to_owned()]).await
    }
}
