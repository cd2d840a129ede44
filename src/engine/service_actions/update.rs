//! UpdateService with nothing but the count, or with nothing but the wish for new tasks.

use std::future::ready;

use serde_json::json;

use super::Found;
use crate::aws::{Aws, AwsError};
use crate::ecs::Service;
use crate::engine::apply::careful;
use crate::model::Value;

/// Sets the count; Service as UpdateService replied.
pub async fn scale(aws: &Aws, cluster: &str, found: &Found, count: u32) -> Result<Service, AwsError> {
    let input = json!({"cluster": cluster, "service": found.name, "desiredCount": count});
    let is_done = |now: &Service| now.desired_count == Some(count.into());
    update(aws, cluster, found, &input, is_done).await
}

/// Starts a deployment of what the service runs already; Service as UpdateService replied. After an ambiguous answer
/// a new PRIMARY deployment counts as ours (design §5.13).
pub async fn restart(aws: &Aws, cluster: &str, found: &Found) -> Result<Service, AwsError> {
    let input = json!({"cluster": cluster, "service": found.name, "forceNewDeployment": true});
    let before = found.service.primary_id();
    let is_done = |now: &Service| now.primary_id().is_some() && now.primary_id() != before;
    update(aws, cluster, found, &input, is_done).await
}

async fn update(
    aws: &Aws,
    cluster: &str,
    found: &Found,
    input: &Value,
    is_done: impl Fn(&Service) -> bool + Sync,
) -> Result<Service, AwsError> {
    let is_done = &is_done;
    careful(
        aws.clock(),
        || Box::pin(aws.update_service(&found.name, input, ready(()))),
        || {
            Box::pin(async move {
                let names = [found.name.clone()];
                let described = aws.describe_services(cluster, &names).await?;
                let now = described.active(&found.name);
                Ok(now.filter(|now| is_done(now)).cloned())
            })
        },
        |_| false,
    )
    .await
}
