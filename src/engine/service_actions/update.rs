//! UpdateService with nothing but the count, or with nothing but the wish for new tasks.

use std::future::ready;

use serde_json::json;

use super::{Found, primary};
use crate::aws::{Aws, AwsError};
use crate::engine::apply::careful;
use crate::engine::presence::Presence;
use crate::model::Value;

/// Sets the count; Service as UpdateService replied.
pub async fn scale(aws: &Aws, cluster: &str, found: &Found, count: u32) -> Result<Value, AwsError> {
    let input = json!({"cluster": cluster, "service": found.name, "desiredCount": count});
    let is_done = |now: &Value| now.get("desiredCount").and_then(Value::as_u64) == Some(count.into());
    update(aws, cluster, found, &input, is_done).await
}

/// Starts a deployment of what the service runs already; Service as UpdateService replied. After an ambiguous answer
/// a new PRIMARY deployment counts as ours (design §5.13).
pub async fn restart(aws: &Aws, cluster: &str, found: &Found) -> Result<Value, AwsError> {
    let input = json!({"cluster": cluster, "service": found.name, "forceNewDeployment": true});
    let before = found.primary();
    let is_done = |now: &Value| primary(now).is_some() && primary(now) != before;
    update(aws, cluster, found, &input, is_done).await
}

async fn update(
    aws: &Aws,
    cluster: &str,
    found: &Found,
    input: &Value,
    is_done: impl Fn(&Value) -> bool + Sync,
) -> Result<Value, AwsError> {
    let is_done = &is_done;
    careful(
        aws.clock(),
        || Box::pin(aws.update_service(&found.name, input, ready(()))),
        || {
            Box::pin(async move {
                let names = [found.name.clone()];
                let reply = aws.describe_services(cluster, &names).await?;
                let now = Presence::in_reply(&reply, &found.name).active().cloned();
                Ok(now.filter(is_done))
            })
        },
        |_| false,
    )
    .await
}
