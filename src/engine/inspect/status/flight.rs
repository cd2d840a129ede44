//! The service deployments that are under way: how far they are, and which revision gets the traffic.

use futures_util::future::join_all;

use super::notes::Notes;
use super::{LOOKED_INTO, member, time};
use crate::aws::{Aws, AwsError};
use crate::engine::rollback::newest_open;
use crate::model::{FlightStatus, HookStatus, ServiceStatus, Value};
use crate::verdict::{Hook, RolloutState, Service, ServiceDeployment, deployment_id};

/// DescribeServiceDeployments' ServiceDeployment, and as it is read.
type Read = Result<Option<(Value, ServiceDeployment)>, AwsError>;

/// What is under way, each with its service's name.
pub struct InFlight(Vec<(String, Read)>);

impl InFlight {
    /// Reads it side by side, of services where something may be under way.
    pub async fn of(aws: &Aws, cluster: &str, found: &[Value]) -> Self {
        let moving = found.iter().filter(|service| may_be_under_way(service));
        let names = moving.filter_map(|service| member(service, "serviceName"));
        let reads = names.take(LOOKED_INTO).map(async |name| {
            let read = newest_open(aws, cluster, name).await;
            (name.to_owned(), read)
        });
        Self(join_all(reads).await)
    }

    /// Puts it into what is shown of the services.
    pub fn show(self, services: &mut [ServiceStatus], notes: &mut Notes) {
        for (name, read) in self.0 {
            let read = notes.take(read, "the stages and the traffic of deployments");
            let (Some((detail, read)), Some(service)) = (
                read.flatten(),
                services.iter_mut().find(|service| service.name == name),
            ) else {
                continue;
            };
            for deployment in &mut service.deployments {
                let revision = revisions(&detail).find(|it| is_of(it, &deployment.id));
                let percent = |name: &str| revision?.get(name)?.as_f64();
                deployment.production_traffic = percent("requestedProductionTrafficWeight");
                deployment.test_traffic = percent("requestedTestTrafficWeight");
            }
            service.in_flight = Some(shown(&detail, &read));
        }
    }
}

/// False of what has one deployment that is COMPLETED, so that what is steady takes no read more. Service deployments
/// are ECS's own: other controllers have task sets, and no `deployments` (API reference: Service, `deployments`).
fn may_be_under_way(service: &Value) -> bool {
    match Service::read(service).deployments.as_slice() {
        [] => false,
        [only] => only.rollout != Some(RolloutState::Completed),
        _ => true,
    }
}

/// ServiceRevisionSummary of the revision that comes, and of those that it takes the place of.
fn revisions(detail: &Value) -> impl Iterator<Item = &Value> {
    let sources = detail.get("sourceServiceRevisions").and_then(Value::as_array);
    let target = detail.get("targetServiceRevision");
    target.into_iter().chain(sources.into_iter().flatten())
}

fn is_of(revision: &Value, deployment: &str) -> bool {
    member(revision, "arn").and_then(deployment_id).as_deref() == Some(deployment)
}

fn shown(detail: &Value, read: &ServiceDeployment) -> FlightStatus {
    let strategy = detail
        .get("deploymentConfiguration")
        .and_then(|it| member(it, "strategy"));
    let pause = read.pause();
    FlightStatus {
        arn: read.arn.clone(),
        deployment: read.target.as_deref().and_then(deployment_id),
        status: read.status.to_string(),
        reason: read.why(),
        strategy: strategy.unwrap_or("ROLLING").to_owned(),
        stage: read.stage.clone(),
        bake_minutes: read
            .stage
            .as_deref()
            .and_then(|stage| read.bakes?.at(stage, read.production_traffic)),
        paused: pause.is_some(),
        hook: pause.or_else(|| read.holding_hook()).map(hook),
    }
}

fn hook(hook: &Hook) -> HookStatus {
    HookStatus {
        id: hook.id.clone(),
        kind: hook.kind.clone(),
        name: hook.name().to_owned(),
        target: hook.target.clone(),
        status: hook.status.to_string(),
        expires_at: hook.expires_at.map(time),
        timeout_action: hook.timeout_action.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_steady_takes_no_read() {
        let deployment =
            |state: Value| json!({"id": "ecs-svc/1", "status": "PRIMARY", "rolloutState": state});
        for (deployments, expected) in [
            (json!([]), false),
            (json!([deployment(json!("COMPLETED"))]), false),
            (json!([deployment(json!("IN_PROGRESS"))]), true),
            (json!([deployment(json!("FAILED"))]), true),
            // Blue/green, or behind a Classic Load Balancer.
            (json!([deployment(json!(null))]), true),
            (
                json!([deployment(json!("COMPLETED")), deployment(json!(null))]),
                true,
            ),
        ] {
            let service = json!({"serviceName": "web", "deployments": deployments});
            assert_eq!(may_be_under_way(&service), expected, "{service}");
        }
    }
}
