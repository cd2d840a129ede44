//! Why a service can't be rolled back.

use super::validate::NotDeployable;
use crate::aws::AwsError;
use crate::diagnostic::{Explain, Explanation, Failure, Suggestion};
use crate::exit::Exit;

/// A rollback that can't be planned; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RollbackError {
    /// An AWS call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The service can't be rolled back.
    #[error("{0}")]
    Refused(Failure),
}

impl Explain for RollbackError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Aws(error) => error.explain(),
            Self::Refused(failure) => (**failure).clone(),
        }
    }
}

fn refused(exit: Exit, code: &'static str, resource: &str, message: String) -> Failure {
    Failure::new(exit, code, message).resource(resource)
}

/// No other revision was deployed successfully. `family` is the family of the current task definition.
pub(super) fn nothing_before(service: &str, family: &str, region: &str) -> RollbackError {
    let reason = "no other revision was deployed successfully in the 90 days of history that ECS keeps";
    nothing_to_return_to(service, family, region, reason)
}

/// CodeDeploy has deployed no other revision of the service.
pub(super) fn nothing_before_on_code_deploy(service: &str, family: &str, region: &str) -> RollbackError {
    nothing_to_return_to(
        service,
        family,
        region,
        "CodeDeploy has deployed no other revision successfully",
    )
}

fn nothing_to_return_to(service: &str, family: &str, region: &str, reason: &str) -> RollbackError {
    let message = format!("nothing to roll back to for service {service}: {reason}");
    let failure = refused(Exit::Preflight, "nothing-to-go-back-to", service, message);
    RollbackError::Refused(failure.hint(Suggestion::command("rollback", format!("{service} --to REVISION")).then(format!(" deploys any existing revision; aws ecs list-task-definitions --family-prefix {family} --sort DESC --region {region} lists them"))))
}

/// The service's first deployment is in progress.
pub(super) fn first_deployment(service: &str) -> RollbackError {
    let message =
        format!("nothing to roll back to for service {service}: its first deployment is still in progress");
    let failure = refused(Exit::Preflight, "nothing-to-go-back-to", service, message);
    RollbackError::Refused(
        failure.hint(
            Suggestion::command("scale", format!("{service}=0"))
                .then(" stops its tasks; ")
                .run("delete", service.to_string())
                .then(" deletes it"),
        ),
    )
}

/// `--to` is not a revision.
pub(super) fn not_a_revision(text: &str) -> RollbackError {
    let message = format!("`{text}` is not a task definition revision");
    let failure = refused(Exit::Usage, "not-a-revision", text, message);
    RollbackError::Refused(
        failure.hint(
            Suggestion::from("use a number (41), FAMILY:NUMBER (web:41) or an ARN; ")
                .run("history", "")
                .then(" lists the deployed revisions"),
        ),
    )
}

/// The revision (`web:41`) can't be deployed. `other` is the next older one that can.
pub(super) fn not_deployable(
    service: &str,
    revision: &str,
    reason: &NotDeployable,
    other: Option<String>,
) -> RollbackError {
    let (code, why) = match reason {
        NotDeployable::Missing => ("no-such-revision", "the task definition doesn't exist".to_owned()),
        NotDeployable::Unknown => (
            "no-such-revision",
            "ECS has no such service revision (it keeps them for 90 days)".to_owned(),
        ),
        NotDeployable::Inactive => (
            "inactive-revision",
            "it is INACTIVE, and ECS deploys only ACTIVE task definitions".to_owned(),
        ),
        NotDeployable::ImageGone { image } => (
            "image-gone",
            format!("its image {image} is no longer in the repository"),
        ),
    };
    let message = format!("service {service} can't be rolled back to {revision}: {why}");
    RollbackError::Refused(
        refused(Exit::Preflight, code, service, message).hint(match (other, reason) {
            (Some(other), _) => Suggestion::command("rollback", format!("{service} --to {other}"))
                .then(" (the newest earlier revision that can be deployed)"),
            (None, NotDeployable::Missing | NotDeployable::Unknown) => {
                Suggestion::command("history", service.to_owned()).then(" lists the deployed revisions")
            }
            (None, _) => Suggestion::from("deploy the version you want: ").run("deploy", ""),
        }),
    )
}

/// Another revision, `runs`, has been deployed since. Only `asked` was to be rolled back, not that
/// one.
pub(super) fn superseded_meanwhile(service: &str, asked: &str, runs: &str) -> Failure {
    let message =
        format!("service {service} was not changed: {runs} was deployed in the meantime, replacing {asked}");
    refused(Exit::Superseded, "overtaken", service, message)
        .hint(Suggestion::command("wait", service.to_string()))
}

/// The deployment completed before it could be stopped.
pub(super) fn too_late(service: &str, revision: &str) -> Failure {
    let message =
        format!("the deployment of {revision} to service {service} completed before it could be stopped");
    let failure = refused(Exit::Rollout, "too-late", service, message);
    failure.hint(Suggestion::command("rollback", service.to_string()).then(" deploys the previous revision"))
}

/// Another controller deploys the service, such as ECS Express.
pub(super) fn foreign_controller(service: &str, controller: &str) -> RollbackError {
    let message = format!("service {service} is deployed by {controller}; ecsctl can't roll it back");
    RollbackError::Refused(refused(Exit::Preflight, "foreign-controller", service, message))
}
