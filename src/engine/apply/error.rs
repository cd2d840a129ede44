//! Errors from applying a plan.

use jiff::Timestamp;

use crate::aws::AwsError;
use crate::diagnostic::{Explain, Explanation, Failure, Suggestion};
use crate::engine::polling::PassingError;
use crate::exit::Exit;

/// What UpdateService says about a task definition that was deregistered.
const INACTIVE: &str = "TaskDefinition is inactive";

/// Why a plan couldn't be applied. Completed changes are kept, and the next run continues from there.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// An AWS call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The service can't be applied, or a read failed permanently.
    #[error("{0}")]
    Failed(Failure),
    /// A job before the change failed.
    #[error("{0}")]
    Job(Failure),
    /// The change was canceled before anything was sent.
    #[error("canceled before it was sent")]
    Cancelled,
    /// Somebody else created a service of that name after the plan was made.
    #[error("service {service} was created by another deploy after the plan: it runs {definition}")]
    CreatedMeanwhile {
        /// The service's name.
        service: String,
        /// The task definition it was created with: `web:1`.
        definition: String,
    },
    /// A deployment of the service is in progress, and must not be replaced.
    #[error("a deployment of service {service} is in progress: {deployment}{}", of(definition.as_deref(), *since))]
    InProgress {
        /// The service's name.
        service: String,
        /// `ecs-svc/N`.
        deployment: String,
        /// Its task definition: `web:2`.
        definition: Option<String>,
        /// When it was created.
        since: Option<Timestamp>,
    },
    /// Another deployment of the service began after the plan, and must not be replaced.
    #[error("service {service} was deployed by another run after the plan: it runs {definition}")]
    DeployedMeanwhile {
        /// The service's name.
        service: String,
        /// The task definition it runs: `web:2`.
        definition: String,
    },
    /// Somebody deleted the service after the plan, and it must not be assumed to be unchanged.
    #[error("service {service} was deleted after the plan")]
    DeletedMeanwhile {
        /// The service's name.
        service: String,
    },
    /// The service could not be read right before its change, so that another deployment may be in progress.
    #[error("{0}")]
    Unread(Failure),
    /// A deleted service of that name doesn't finish draining.
    #[error("the old service {service} is still draining after 15m")]
    StillDraining {
        /// The service's name.
        service: String,
        /// The cluster.
        cluster: String,
    },
}

impl ApplyError {
    /// Whether the change was canceled before anything was sent.
    pub fn is_cancelled(&self) -> bool {
        match self {
            Self::Aws(error) => error.is_cancelled(),
            Self::Cancelled => true,
            _ => false,
        }
    }

    /// Whether the service may have changed since the plan, so that the change has to be planned again.
    pub fn is_other_change(&self) -> bool {
        match self {
            Self::CreatedMeanwhile { .. }
            | Self::InProgress { .. }
            | Self::DeployedMeanwhile { .. }
            | Self::DeletedMeanwhile { .. }
            | Self::Unread(_) => true,
            Self::Aws(_) => self.is_inactive_definition(),
            Self::Failed(_) | Self::Job(_) | Self::Cancelled | Self::StillDraining { .. } => false,
        }
    }

    /// Whether the task definition was deregistered since the plan: by another run that registered it and ended
    /// without a turn, or by somebody else.
    pub(super) fn is_inactive_definition(&self) -> bool {
        matches!(self, Self::Aws(error) if error.message().is_some_and(|it| it.contains(INACTIVE)))
    }

    /// Whether it is unknown what AWS did with the request.
    pub(super) fn is_ambiguous(&self) -> bool {
        matches!(self, Self::Aws(error) if error.is_ambiguous())
    }
}

impl From<Failure> for ApplyError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Explain for ApplyError {
    fn explain(&self) -> Explanation {
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        match self {
            ApplyError::Aws(error) => {
                let mut explanation = error.explain();
                explanation.hint = explanation.hint.or_else(|| PassingError::hint(error));
                explanation
            }
            ApplyError::Failed(failure) | ApplyError::Job(failure) | ApplyError::Unread(failure) => {
                (**failure).clone()
            }
            ApplyError::Cancelled => Explanation::new(Exit::Interrupted, "interrupted"),
            ApplyError::CreatedMeanwhile { service, .. } => {
                Explanation::new(Exit::Superseded, "created-meanwhile")
                    .resource(service)
                    .hint(Suggestion::command("plan", "").then(" shows what deploy would change"))
            }
            ApplyError::InProgress { service, .. } => Explanation::new(Exit::Superseded, "in-progress")
                .resource(service)
                .hint(
                    Suggestion::command("wait", service.to_owned())
                        .then(" watches it; ")
                        .run("deploy", "--if-in-progress wait")
                        .then(" deploys after it"),
                ),
            ApplyError::DeletedMeanwhile { service } => preflight("deleted-meanwhile")
                .resource(service)
                .hint(Suggestion::command("deploy", format!("--only {service}")).then(" creates it again")),
            ApplyError::DeployedMeanwhile { service, .. } => {
                Explanation::new(Exit::Superseded, "deployed-meanwhile")
                    .resource(service)
                    .hint(Suggestion::command("plan", "").then(" shows what deploy would change"))
            }
            ApplyError::StillDraining { service, cluster } => {
                preflight("still-draining").resource(service).hint(format!(
                    "aws ecs list-tasks --cluster {cluster} --service-name {service} \
                     lists the tasks that don't stop"
                ))
            }
        }
    }
}

fn of(definition: Option<&str>, since: Option<Timestamp>) -> String {
    let definition = definition.map(|it| format!(" of {it}")).unwrap_or_default();
    let since = since.map(|at| format!(", since {at:.0}")).unwrap_or_default();
    format!("{definition}{since}")
}

fn unexpected(code: &'static str, resource: &str, message: String) -> ApplyError {
    ApplyError::Failed(Failure::new(Exit::Unexpected, code, message).resource(resource))
}

/// The plan still waits for images: a bug in ecsctl.
pub(super) fn pending(service: &str, images: &[String]) -> ApplyError {
    let message = format!(
        "the task definition of {service} has an unresolved image: {}",
        images.join(", ")
    );
    unexpected("image-pending", service, message)
}

/// The plan changes a service that wasn't observed: a bug in ecsctl.
pub(super) fn not_observed(service: &str) -> ApplyError {
    unexpected(
        "not-observed",
        service,
        format!("service {service} was not read from AWS"),
    )
}

fn try_again(code: &'static str, resource: &str, message: String) -> ApplyError {
    let failure = Failure::new(Exit::Unexpected, code, message).resource(resource);
    ApplyError::Failed(failure.hint("run the same command again: it resumes"))
}

/// The response contains no task definition ARN.
pub(super) fn no_arn(family: &str) -> ApplyError {
    let message = format!("AWS registered a revision of {family} but returned no number");
    try_again("no-revision", family, message)
}

/// CreateDeployment returned no ID.
pub(super) fn no_deployment_id(service: &str) -> ApplyError {
    let message = format!("CodeDeploy created a deployment of service {service}, but returned no ID");
    try_again("no-deployment-id", service, message)
}

/// CreateService keeps returning the deleted service.
pub(super) fn not_created(service: &str) -> ApplyError {
    let message =
        format!("service {service} could not be created: AWS returned a deleted service of that name");
    try_again("not-made", service, message)
}
