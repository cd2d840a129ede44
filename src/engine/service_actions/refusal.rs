//! Services that can't be changed the way it was asked for. Nothing is sent then.

use std::borrow::Cow;
use std::fmt;

use super::Lever;
use crate::diagnostic::Explain;
use crate::ecs::{DeploymentController, Service};
use crate::exit::Exit;

/// Why one service can't be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It isn't there.
    #[error("there is no service {service}")]
    Missing {
        /// Its name on ECS.
        service: String,
        /// Its key in deploy.yaml.
        key: String,
    },
    /// It is on its way out.
    #[error("service {service} is being deleted")]
    Draining {
        /// Its name on ECS.
        service: String,
    },
    /// Something else deploys it.
    #[error("service {service} is deployed by {controller}, not by ECS")]
    Controller {
        /// Its name on ECS.
        service: String,
        /// `an external controller`, `ECS Express`.
        controller: &'static str,
    },
    /// CodeDeploy deploys it, and UpdateService may not (API reference: UpdateService).
    #[error("service {service} is deployed by CodeDeploy, which has to start its tasks anew")]
    CodeDeploy {
        /// Its name on ECS.
        service: String,
    },
    /// It has no count.
    #[error("service {service} is a DAEMON: it runs one task on each container instance, whatever the count")]
    Daemon {
        /// Its name on ECS.
        service: String,
    },
}

impl Refusal {
    /// Why a service that is there can't be changed that way; None when it can.
    pub(super) fn of(service: &Service, name: &str, lever: Lever) -> Option<Self> {
        let service_name = name.to_owned();
        if service.is_draining() && lever != Lever::Delete {
            return Some(Self::Draining {
                service: service_name,
            });
        }
        // DeleteService works whatever controller deploys it, except for Express services.
        let is_external = service.deployment_controller == DeploymentController::External;
        if (service.is_express() || (is_external && lever != Lever::Delete))
            && let Some(controller) = service.foreign_controller()
        {
            return Some(Self::Controller {
                service: service_name,
                controller,
            });
        }
        match lever {
            Lever::Scale if service.is_daemon() => Some(Self::Daemon {
                service: service_name,
            }),
            Lever::Restart if service.deployment_controller == DeploymentController::CodeDeploy => {
                Some(Self::CodeDeploy {
                    service: service_name,
                })
            }
            Lever::Scale | Lever::Restart | Lever::Delete => None,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "no-such-service",
            Self::Draining { .. } => "service-draining",
            Self::Controller { .. } | Self::CodeDeploy { .. } => "unsupported-controller",
            Self::Daemon { .. } => "daemon-has-no-count",
        }
    }

    fn service(&self) -> &str {
        match self {
            Self::Missing { service, .. }
            | Self::Draining { service }
            | Self::Controller { service, .. }
            | Self::CodeDeploy { service }
            | Self::Daemon { service } => service,
        }
    }

    fn hint(&self) -> String {
        match self {
            Self::Missing { key, .. } => format!("ecsctl deploy --only {key} makes it"),
            Self::Draining { service } => format!("ecsctl status {service} shows what is left of it"),
            Self::Controller { .. } => {
                "ecsctl status and its like work for it; change it where it is kept".to_owned()
            }
            Self::CodeDeploy { .. } => "start a CodeDeploy deployment of the same task definition".to_owned(),
            Self::Daemon { .. } => "its tasks follow the cluster's container instances".to_owned(),
        }
    }
}

/// Why services can't be changed, all reasons together.
#[derive(Debug)]
pub struct Refused {
    first: Refusal,
    rest: Vec<Refusal>,
}

impl Refused {
    /// None when there is no reason.
    pub fn of(refusals: Vec<Refusal>) -> Option<Self> {
        let mut refusals = refusals.into_iter();
        Some(Self {
            first: refusals.next()?,
            rest: refusals.collect(),
        })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl Explain for Refused {
    fn exit(&self) -> Exit {
        Exit::Preflight
    }

    fn code(&self) -> &'static str {
        self.first.code()
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        Some(self.first.service().into())
    }

    fn details(&self) -> Vec<String> {
        let rest = self.rest.iter();
        let mut lines: Vec<String> = rest.map(|refusal| format!("and: {refusal}")).collect();
        lines.push("nothing was changed".to_owned());
        lines
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some(self.first.hint().into())
    }
}
