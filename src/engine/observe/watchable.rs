//! Whether a deployment could be watched at all: only its service deployment tells how one ends that isn't a rolling
//! update, so a role or an endpoint without that API is refused before anything is written (design §5.2).

use futures_util::future::join_all;

use super::Look;
use super::error::ObserveError;
use crate::aws::{Aws, AwsError, Kind};
use crate::model::{Service, Value};

/// The strategy that the service will have, where its service deployments are needed to watch it. CodeDeploy and
/// external controllers have none.
pub(super) fn needs<'a>(service: &'a Service, live: Option<&'a Value>) -> Option<&'a str> {
    let is_ecs = setting(service, live, ["deploymentController", "type"]).is_none_or(|it| it == "ECS");
    let strategy = setting(service, live, ["deploymentConfiguration", "strategy"])?;
    (is_ecs && strategy != "ROLLING").then_some(strategy)
}

/// What the file says of a service; else what it has.
fn setting<'a>(service: &'a Service, live: Option<&'a Value>, path: [&str; 2]) -> Option<&'a str> {
    let [outer, inner] = path;
    let named = service.fields.get(outer).and_then(|it| it.get(inner)?.as_str());
    named.or_else(|| live?.get(outer)?.get(inner)?.as_str())
}

/// A right that a watch of other strategies can't do without, and why it is missing.
type Missing = (&'static str, AwsError);

/// Asks for each one's service deployments, side by side. Troubles that pass are left to the watch.
pub(super) async fn check(
    aws: &Aws,
    look: Look<'_>,
    services: &[(&Service, String)],
) -> Result<(), ObserveError> {
    if !look.watched {
        return Ok(());
    }
    let cluster = &look.manifest.cluster;
    let asked = services.iter().map(async |(service, strategy)| {
        let (right, cause) = missing(aws, cluster, &service.name).await?;
        Some((service.name.clone(), strategy.clone(), right, cause))
    });
    let refused = join_all(asked).await.into_iter().flatten().next();
    match refused {
        None => Ok(()),
        Some((service, strategy, right, cause)) => Err(ObserveError::Unwatchable {
            service,
            strategy,
            right,
            cause,
        }),
    }
}

/// What is missing, of the list and of what describes one. A service that is still to be made has no service
/// deployments, but IAM answers before ECS looks for them; to describe one it takes one, so that of the first it is not
/// known beforehand.
async fn missing(aws: &Aws, cluster: &str, service: &str) -> Option<Missing> {
    let listed = match aws.list_service_deployments(cluster, service, &[], 1).await {
        Ok(listed) => listed,
        Err(cause) => return is_lasting(&cause).then_some(("ecs:ListServiceDeployments", cause)),
    };
    let arn = listed.first()?.get("serviceDeploymentArn")?.as_str()?;
    let described = aws.describe_service_deployments(&[arn.to_owned()]).await;
    let cause = described.err().filter(is_lasting)?;
    Some(("ecs:DescribeServiceDeployments", cause))
}

fn is_lasting(error: &AwsError) -> bool {
    error.is_unsupported() || matches!(error.kind(), Kind::AccessDenied(_) | Kind::Refused)
}
