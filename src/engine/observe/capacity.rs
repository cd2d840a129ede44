//! The cluster's capacity providers, if a strategy names one of Fargate's.

use super::ObserveRequest;
use crate::aws::Aws;
use crate::ecs::ClusterCapacity;
use crate::plan::names_fargate_provider;

/// Reads them. None if they don't matter or can't be read: then AWS says what is missing.
pub(super) async fn read(aws: &Aws, request: ObserveRequest<'_>) -> Option<ClusterCapacity> {
    if !names_fargate_provider(request.manifest, request.services) {
        return None;
    }
    let cluster = &request.manifest.cluster;
    let capacity = request.retry.optional(|| Box::pin(aws.cluster_capacity(cluster)));
    capacity.await.unwrap_or_else(|error| {
        tracing::debug!(%error, "capacity providers not read");
        None
    })
}
