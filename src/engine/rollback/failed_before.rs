//! Whether a revision that a user names failed before, according to the service deployments that ECS lists.

use super::history::definition_of;
use super::target_request::{TargetRequest, revision_name};
use crate::aws::{Aws, AwsError};
use crate::ecs::{ServiceDeployment, ServiceDeploymentStatus as Status};
use crate::engine::past_outcome::past_outcome;
use crate::model::PastOutcome;

/// How failed service deployments end (API reference: ServiceDeployment, `status`). A deployment that failed
/// without a rollback is STOPPED, as are others.
const ENDED: [Status; 3] = [
    Status::RollbackSuccessful,
    Status::RollbackFailed,
    Status::Stopped,
];

/// Returns the warning about the last failure of a revision, by the ARN of its task definition. Nothing if it is
/// unknown whether it failed: the rollback doesn't depend on it.
pub(super) async fn failed_before_warning(
    aws: &Aws,
    request: &TargetRequest<'_>,
    definition: &str,
) -> Option<String> {
    match last_failure(aws, request, definition).await {
        Ok(failure) => Some(warning(definition, &failure?)),
        Err(error) => {
            tracing::debug!(%error, "whether the revision failed before is unknown");
            None
        }
    }
}

/// The last failed deployment of a task definition.
async fn last_failure(
    aws: &Aws,
    request: &TargetRequest<'_>,
    definition: &str,
) -> Result<Option<ServiceDeployment>, AwsError> {
    let ended = ENDED.map(|status| status.to_string());
    let ended: Vec<&str> = ended.iter().map(String::as_str).collect();
    let listed = aws
        .all_service_deployments(request.cluster, request.name, &ended)
        .await?;
    let targets: Vec<String> = listed
        .iter()
        .filter_map(|it| it.target_revision.clone())
        .collect();
    let described = aws.describe_service_revisions(&targets).await?;
    let is_meant = |it: &&ServiceDeployment| {
        let target = it.target_revision.as_deref();
        target.and_then(|it| definition_of(&described, it)).as_deref() == Some(definition)
    };
    let arns: Vec<String> = listed.iter().filter(is_meant).map(|it| it.arn.clone()).collect();
    let mut detailed = aws.describe_service_deployments(&arns).await?;
    detailed.retain(|it| is_failure(past_outcome(it)));
    Ok(detailed.into_iter().max_by_key(|it| it.created_at))
}

fn is_failure(outcome: PastOutcome) -> bool {
    matches!(
        outcome,
        PastOutcome::Failed | PastOutcome::RolledBack | PastOutcome::RollbackFailed
    )
}

fn warning(definition: &str, failure: &ServiceDeployment) -> String {
    let ended = match past_outcome(failure) {
        PastOutcome::RolledBack => "was rolled back before",
        PastOutcome::RollbackFailed => "failed before, and its rollback failed too",
        _ => "failed before",
    };
    let on = failure.ended_at().or(failure.created_at);
    let on = on.map_or_else(String::new, |at| format!(", on {}", at.strftime("%Y-%m-%d")));
    let reason = failure
        .why()
        .map_or_else(String::new, |reason| format!(" (AWS: {reason})"));
    format!("{} {ended}{on}{reason}", revision_name(definition))
}
