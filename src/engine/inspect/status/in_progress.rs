//! The service deployments in progress: how far they are, and which revision receives traffic.

use futures_util::future::join_all;

use super::UniqueNotes;
use super::{LOOKED_INTO, time};
use crate::aws::{Aws, AwsError};
use crate::ecs::{DescribedServices, LifecycleHook, RolloutState, Service, ServiceDeployment};
use crate::engine::rollback::newest_open;
use crate::model::{HookStatus, InProgressStatus, ServiceStatus};

/// The result of reading the service deployment in progress.
type InProgressRead = Result<Option<ServiceDeployment>, AwsError>;

/// The deployments in progress, each with its service's name.
pub struct InProgressDeployments(Vec<(String, InProgressRead)>);

impl InProgressDeployments {
    /// Reads them concurrently, for services that may have one.
    pub async fn of(aws: &Aws, cluster: &str, described: &DescribedServices) -> Self {
        let moving = described.iter().filter(|service| may_be_under_way(service));
        let reads = moving.take(LOOKED_INTO).map(async |service| {
            let read = newest_open(aws, cluster, &service.name).await;
            (service.name.clone(), read)
        });
        Self(join_all(reads).await)
    }

    /// Adds them to the status of the services.
    pub fn show(self, services: &mut [ServiceStatus], notes: &mut UniqueNotes) {
        for (name, read) in self.0 {
            let read = notes.take(read, "deployment stages and traffic");
            let (Some(read), Some(service)) = (
                read.flatten(),
                services.iter_mut().find(|service| service.name == name),
            ) else {
                continue;
            };
            for deployment in &mut service.deployments {
                let traffic = read.traffic_of(&deployment.id);
                (deployment.production_traffic, deployment.test_traffic) = traffic.unwrap_or_default();
            }
            service.in_flight = Some(shown(&read));
        }
    }
}

/// Whether a service may have a deployment in progress. False if its only deployment is COMPLETED, so
/// that a service in steady state takes no extra read. Service deployments exist only with ECS's own
/// controller: others have task sets, and no `deployments` (API reference: Service, `deployments`).
fn may_be_under_way(service: &Service) -> bool {
    match service.deployments.as_slice() {
        [] => false,
        [only] => only.rollout_state != Some(RolloutState::Completed),
        _ => true,
    }
}

fn shown(read: &ServiceDeployment) -> InProgressStatus {
    let pause = read.pause();
    InProgressStatus {
        arn: read.arn.clone(),
        deployment: read.deployment_id(),
        status: read.status.to_string(),
        reason: read.why(),
        strategy: read.strategy.clone().unwrap_or_else(|| "ROLLING".to_owned()),
        stage: read.lifecycle_stage.clone(),
        bake_minutes: read
            .lifecycle_stage
            .as_deref()
            .and_then(|stage| read.bake_time?.at(stage, read.production_traffic)),
        paused: pause.is_some(),
        hook: pause.or_else(|| read.holding_hook()).map(hook),
    }
}

fn hook(hook: &LifecycleHook) -> HookStatus {
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
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn steady_services_need_no_reads() {
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
            let read = Service::read(service.clone());
            assert_eq!(may_be_under_way(&read), expected, "{service}");
        }
    }
}
