//! The calls that undo, or go on with, a deployment in flight. Neither is sent twice without a look in between.

use super::in_progress::InProgressDeployment;
use crate::aws::{Aws, AwsError};
use crate::ecs::{ServiceDeployment, ServiceDeploymentStatus};
use crate::engine::polling::retry_write;

/// The `action` of ContinueServiceDeployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContinueAction {
    /// On to the next stage.
    Continue,
    /// Back to what ran before.
    Rollback,
}

impl ContinueAction {
    fn text(self) -> &'static str {
        match self {
            Self::Continue => "CONTINUE",
            Self::Rollback => "ROLLBACK",
        }
    }
}

/// StopServiceDeployment: ECS goes back to what ran before. "You can use this option even if you didn't configure the
/// service deployment for the rollback option" (API reference).
pub async fn stop(aws: &Aws, service: &str, flight: &InProgressDeployment) -> Result<(), AwsError> {
    let arn = flight.deployment.arn.as_str();
    retry_write(
        aws.clock(),
        || Box::pin(aws.stop_service_deployment(service, arn)),
        || {
            Box::pin(async {
                let now = look(aws, arn).await?;
                let goes_on = |it: ServiceDeployment| {
                    matches!(
                        it.status,
                        ServiceDeploymentStatus::Pending | ServiceDeploymentStatus::InProgress
                    )
                };
                Ok(now.is_some_and(|it| !goes_on(it)).then_some(()))
            })
        },
        |_| false,
    )
    .await
}

/// ContinueServiceDeployment: continues the deployment that a hook pauses, or rolls it back.
pub async fn continue_deployment(
    aws: &Aws,
    service: &str,
    flight: &InProgressDeployment,
    hook: &str,
    action: ContinueAction,
) -> Result<(), AwsError> {
    let arn = flight.deployment.arn.as_str();
    retry_write(
        aws.clock(),
        || Box::pin(aws.continue_service_deployment(service, arn, hook, action.text())),
        || {
            Box::pin(async {
                let now = look(aws, arn).await?;
                let waits = |it: &ServiceDeployment| it.pause().is_some_and(|pause| pause.id == hook);
                Ok(now.is_some_and(|it| !waits(&it)).then_some(()))
            })
        },
        |_| false,
    )
    .await
}

async fn look(aws: &Aws, arn: &str) -> Result<Option<ServiceDeployment>, AwsError> {
    let found = aws.describe_service_deployments(&[arn.to_owned()]).await?;
    Ok(found.into_iter().next())
}
