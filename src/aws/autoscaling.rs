//! Application Auto Scaling: whether it manages a service's desired count.

use futures_util::future::try_join_all;
use serde_json::json;

use super::error::AwsError;
use super::reply::join;
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::model::{CapacityBounds, Value};

/// DescribeScalableTargets accepts at most 50 resource ids (API reference).
const TARGETS_A_CALL: usize = 50;

/// Returns `service/CLUSTER/SERVICE`, the resource id of an ECS service in Application Auto Scaling. The
/// cluster may be an ARN.
fn resource_id(cluster: &str, service: &str) -> String {
    let cluster = cluster.rsplit('/').next().unwrap_or(cluster);
    format!("service/{cluster}/{service}")
}

impl Aws {
    /// Calls DescribeScalableTargets for services of a cluster and returns the bounds of those that have a
    /// scalable target, by service.
    pub async fn describe_scalable_targets(
        &self,
        cluster: &str,
        services: &[String],
    ) -> Result<Vec<(String, CapacityBounds)>, AwsError> {
        let ids: Vec<String> = services
            .iter()
            .map(|service| resource_id(cluster, service))
            .collect();
        let parts = try_join_all(ids.chunks(TARGETS_A_CALL).map(async |ids| {
            let input = json!({
                "ServiceNamespace": "ecs", "ResourceIds": ids, "ScalableDimension": "ecs:service:DesiredCount",
            });
            let call = AwsCall::new("application-autoscaling", "DescribeScalableTargets")
                .on(ids.join(", "))
                .optional()
                .body(&input);
            send!(self, call, self.autoscaling().describe_scalable_targets())
        }))
        .await?;
        let targets = join(parts, "ScalableTargets");
        let bounds = |service: &String| {
            let id = resource_id(cluster, service);
            let target = targets
                .iter()
                .find(|target| target.get("ResourceId").and_then(Value::as_str) == Some(&id))?;
            let bound = |member: &str| target.get(member).and_then(Value::as_i64).unwrap_or_default();
            let bounds = CapacityBounds {
                min: bound("MinCapacity"),
                max: bound("MaxCapacity"),
            };
            Some((service.clone(), bounds))
        };
        Ok(services.iter().filter_map(bounds).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    #[tokio::test]
    async fn services_are_named_by_cluster_and_name() {
        let target = json!({"ResourceId": "service/c/web", "MinCapacity": 1, "MaxCapacity": 4});
        let fake = FakeAws::answering([Answer::ok(json!({"ScalableTargets": [target]}))]).await;
        let cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/c";
        let targets = fake
            .session()
            .await
            .describe_scalable_targets(cluster, &["web".to_owned()])
            .await
            .unwrap();
        assert_eq!(targets, [("web".to_owned(), CapacityBounds { min: 1, max: 4 })]);
        let request = &fake.requests()[0];
        assert_eq!(request.json()["ResourceIds"], json!(["service/c/web"]));
        assert_eq!(request.operation(), "DescribeScalableTargets");
    }
}
