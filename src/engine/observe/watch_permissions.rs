//! Checks whether a deployment can be watched. If it isn't a rolling update, only its service deployment
//! tells how it ends, so a role or an endpoint without that API is refused before anything is written
//! (`docs/design.md` §5.2).

use super::error::unwatchable;
use crate::diagnostic::Failure;
use futures_util::future::join_all;

use super::ObserveRequest;
use crate::aws::{Aws, AwsError, AwsErrorKind};
use crate::ecs::{DeploymentController, DeploymentStrategy, Service};
use crate::model::ServiceSpec;

/// Returns the strategy that the service will have, if watching it requires service deployments. CodeDeploy
/// and external controllers have none.
pub(super) fn needs(service: &ServiceSpec, live: Option<&Service>) -> Option<DeploymentStrategy> {
    let named = |outer: &str, inner: &str| service.fields.get(outer)?.get(inner)?.as_str();
    let controller = named("deploymentController", "type")
        .map(DeploymentController::read)
        .or_else(|| Some(live?.deployment_controller.clone()));
    let strategy = named("deploymentConfiguration", "strategy")
        .map(DeploymentStrategy::read)
        .or_else(|| Some(live?.deployment_strategy.clone()))?;
    let is_ecs = controller.is_none_or(|it| it == DeploymentController::Ecs);
    (is_ecs && strategy != DeploymentStrategy::Rolling).then_some(strategy)
}

/// A permission required to watch other strategies than rolling updates, and the error that shows it is
/// missing.
type MissingPermission = (&'static str, AwsError);

/// Lists each service's service deployments, concurrently. Transient errors are left to the watch.
pub(super) async fn check(
    aws: &Aws,
    request: ObserveRequest<'_>,
    services: &[(&ServiceSpec, String)],
) -> Result<(), Failure> {
    if !request.watched {
        return Ok(());
    }
    let cluster = &request.manifest.cluster;
    let asked = services.iter().map(async |(service, strategy)| {
        let (right, cause) = missing(aws, cluster, &service.name).await?;
        Some((service.name.clone(), strategy.clone(), right, cause))
    });
    let refused = join_all(asked).await.into_iter().flatten().next();
    match refused {
        None => Ok(()),
        Some((service, strategy, right, cause)) => Err(unwatchable(&service, &strategy, right, &cause)),
    }
}

/// Returns which permission is missing, to list service deployments or to describe one. A service that is yet
/// to be created has none, but IAM checks permissions before ECS looks for them. Describing requires an
/// existing one, so for a service's first deployment that permission can't be checked in advance.
async fn missing(aws: &Aws, cluster: &str, service: &str) -> Option<MissingPermission> {
    let listed = match aws
        .list_service_deployments(cluster, service, &[], |_| true)
        .await
    {
        Ok(listed) => listed,
        Err(cause) => return is_lasting(&cause).then_some(("ecs:ListServiceDeployments", cause)),
    };
    let arn = listed.into_iter().next()?.arn;
    let described = aws.describe_service_deployments(&[arn]).await;
    let cause = described.err().filter(is_lasting)?;
    Some(("ecs:DescribeServiceDeployments", cause))
}

fn is_lasting(error: &AwsError) -> bool {
    error.is_unsupported()
        || matches!(
            error.kind(),
            AwsErrorKind::AccessDenied(_) | AwsErrorKind::Refused
        )
}
