//! Services that can't be changed the way it was asked for. Nothing is sent then.

use super::ServiceChange;
use crate::diagnostic::{Explain, Explanation, Failure};
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
    pub(super) fn of(service: &Service, name: &str, change: ServiceChange) -> Option<Self> {
        let service_name = name.to_owned();
        if service.is_draining() && change != ServiceChange::Delete {
            return Some(Self::Draining {
                service: service_name,
            });
        }
        // DeleteService works whatever controller deploys it, except for Express services.
        let is_external = service.deployment_controller == DeploymentController::External;
        if (service.is_express() || (is_external && change != ServiceChange::Delete))
            && let Some(controller) = service.foreign_controller()
        {
            return Some(Self::Controller {
                service: service_name,
                controller,
            });
        }
        match change {
            ServiceChange::Scale if service.is_daemon() => Some(Self::Daemon {
                service: service_name,
            }),
            ServiceChange::Restart if service.deployment_controller == DeploymentController::CodeDeploy => {
                Some(Self::CodeDeploy {
                    service: service_name,
                })
            }
            ServiceChange::Scale | ServiceChange::Restart | ServiceChange::Delete => None,
        }
    }
}

impl Explain for Refusal {
    fn explain(&self) -> Explanation {
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        match self {
            Self::Missing { service, key } => preflight("no-such-service")
                .resource(service)
                .hint(format!("ecsctl deploy --only {key} makes it")),
            Self::Draining { service } => preflight("service-draining")
                .resource(service)
                .hint(format!("ecsctl status {service} shows what is left of it")),
            Self::Controller { service, .. } => preflight("unsupported-controller")
                .resource(service)
                .hint("ecsctl status and its like work for it; change it where it is kept"),
            Self::CodeDeploy { service } => preflight("unsupported-controller")
                .resource(service)
                .hint("start a CodeDeploy deployment of the same task definition"),
            Self::Daemon { service } => preflight("daemon-has-no-count")
                .resource(service)
                .hint("its tasks follow the cluster's container instances"),
        }
    }
}

/// Fails with all refusals together, if there are any. Nothing was changed then.
pub(super) fn refused(refusals: Vec<Refusal>) -> Result<(), Failure> {
    let mut refusals = refusals.into_iter();
    let Some(first) = refusals.next() else {
        return Ok(());
    };
    let rest = refusals.map(|refusal| format!("and: {refusal}"));
    Err(Failure::from(first).details(rest.chain(["nothing was changed".to_owned()])))
}
