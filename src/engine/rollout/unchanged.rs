//! A service that needs no change: what stands there is judged (design §5.5), with its service deployments where they
//! can be had.

use super::ecs::Ecs;
use super::reads;
use super::watched::{Stand, stand};
use crate::model::Value;
use crate::verdict::{Aim, Service, Snapshot};

/// Looks at a service that needs no change. `observed` is DescribeServices' Service. One read at most; where it fails,
/// the service's own deployments decide.
pub async fn stand_of<E: Ecs>(ecs: &E, cluster: &str, aim: Aim, observed: Option<&Value>) -> Stand {
    let mut snapshot = Snapshot::of(observed.map(Service::read));
    let primary = snapshot
        .service
        .as_ref()
        .and_then(Service::primary)
        .map(|it| it.id.clone());
    if primary.is_some() {
        match reads::listed_deployments(ecs, cluster, &aim.service).await {
            Ok(found) => snapshot.service_deployments = found,
            Err(trouble) => {
                tracing::debug!(service = aim.service, error = %trouble.error, "no service deployments");
                snapshot.deployments_readable = false;
            }
        }
    }
    stand(aim, &snapshot)
}
