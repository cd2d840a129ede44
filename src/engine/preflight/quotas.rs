//! The account's quotas for vCPUs on Fargate.

use futures_util::future::join_all;
use indexmap::IndexMap;

use super::reader::PreflightReader;
use crate::plan::EffectiveService;
use crate::plan::preflight::{QuotaCode, uses_fargate_quotas};

/// Reads those that matter to the services, in one round trip.
pub(super) async fn read(
    reader: &PreflightReader<'_>,
    services: &[EffectiveService],
) -> IndexMap<QuotaCode, f64> {
    let mut quotas: Vec<QuotaCode> = Vec::new();
    for quota in services.iter().flat_map(uses_fargate_quotas) {
        if !quotas.contains(&quota) {
            quotas.push(quota);
        }
    }
    let values = join_all(quotas.into_iter().map(async |quota| {
        let value = reader.aws.quota(quota.service, quota.code).await;
        Some((quota, reader.known("quotas", value)??))
    }));
    values.await.into_iter().flatten().collect()
}
