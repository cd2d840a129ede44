//! Why a service can't go back.

use super::validate::NotDeployable;
use crate::aws::AwsError;
use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;

/// Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RollbackError {
    /// A call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// No other revision was ever deployed well.
    #[error(
        "there is nothing to go back to for service {service}: no other revision was deployed well in the 90 days that ECS remembers"
    )]
    NothingBefore {
        /// The service.
        service: String,
        /// The family of what it is set to.
        family: String,
        /// The region.
        region: String,
    },
    /// Its first deployment is in flight.
    #[error("there is nothing to go back to for service {service}: its first deployment is in flight")]
    First {
        /// The service.
        service: String,
    },
    /// `--to` is no revision.
    #[error("`{text}` names no revision of a task definition")]
    NotARevision {
        /// As it was written.
        text: String,
    },
    /// The revision can't run again.
    #[error("service {service} can't go back to {revision}: {}", why_unsound(.why))]
    NotDeployable {
        /// The service.
        service: String,
        /// `web:41`.
        revision: String,
        /// What is wrong with it.
        why: NotDeployable,
        /// The next older revision that could run.
        other: Option<String>,
    },
    /// Another revision has been deployed since: undoing that one is nobody's wish.
    #[error("service {service} is left as it is: {runs} has been deployed to it meanwhile, not {asked}")]
    Overtaken {
        /// The service.
        service: String,
        /// `web:43`, which was to be undone.
        asked: String,
        /// `web:44`.
        runs: String,
    },
    /// It was over before it could be stopped.
    #[error("the deployment of {revision} to service {service} was complete before it could be stopped")]
    TooLate {
        /// The service.
        service: String,
        /// `web:43`.
        revision: String,
    },
    /// Somebody else deploys it.
    #[error("service {service} is deployed by {controller}, which ecsctl leaves alone")]
    Controller {
        /// The service.
        service: String,
        /// `CodeDeploy`.
        controller: &'static str,
    },
}

fn why_unsound(why: &NotDeployable) -> String {
    match why {
        NotDeployable::Missing => "there is no such task definition".to_owned(),
        NotDeployable::Unknown => {
            "ECS knows no such revision of the service (it keeps 90 days of them)".to_owned()
        }
        NotDeployable::Inactive => "it is INACTIVE, and ECS deploys ACTIVE task definitions only".to_owned(),
        NotDeployable::ImageGone { image } => format!("its image {image} is no longer in the repository"),
    }
}

impl Explain for RollbackError {
    fn explain(&self) -> Explanation {
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        match self {
            Self::Aws(error) => error.explain(),
            Self::NothingBefore {
                service,
                family,
                region,
            } => preflight("nothing-to-go-back-to").resource(service).hint(format!(
                "ecsctl rollback {service} --to REVISION goes to any that is there; \
                 aws ecs list-task-definitions --family-prefix {family} --sort DESC --region {region} \
                 lists them"
            )),
            Self::First { service } => preflight("nothing-to-go-back-to").resource(service).hint(format!(
                "ecsctl scale {service}=0 stops its tasks, ecsctl delete {service} takes it away"
            )),
            Self::NotARevision { text } => Explanation::new(Exit::Usage, "not-a-revision")
                .resource(text)
                .hint("write 41, web:41 or its ARN; ecsctl history shows which were deployed"),
            Self::NotDeployable {
                service, why, other, ..
            } => preflight(match why {
                NotDeployable::Missing | NotDeployable::Unknown => "no-such-revision",
                NotDeployable::Inactive => "inactive-revision",
                NotDeployable::ImageGone { .. } => "image-gone",
            })
            .resource(service)
            .hint(match (other, why) {
                (Some(other), _) => {
                    format!("ecsctl rollback {service} --to {other}, the last before it that can run")
                }
                (None, NotDeployable::Missing | NotDeployable::Unknown) => {
                    format!("ecsctl history {service} shows which were deployed")
                }
                (None, _) => "deploy the version you want: ecsctl deploy".to_owned(),
            }),
            Self::Overtaken { service, .. } => Explanation::new(Exit::Superseded, "overtaken")
                .resource(service)
                .hint(format!("ecsctl wait {service}")),
            Self::TooLate { service, .. } => Explanation::new(Exit::Rollout, "too-late")
                .resource(service)
                .hint(format!("ecsctl rollback {service} deploys what ran before")),
            Self::Controller { service, controller } => {
                let stop = "aws deploy stop-deployment --auto-rollback-enabled --deployment-id ID";
                preflight("foreign-controller")
                    .resource(service)
                    .maybe_hint((*controller == "CodeDeploy").then_some(stop))
            }
        }
    }
}
