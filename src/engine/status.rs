//! What runs: the services, and what scales them, asked side by side.

use futures_util::future::join;
use jiff::Timestamp;

use crate::aws::{Aws, AwsError, resource_id};
use crate::model::{Arn, DeploymentStatus, EventStatus, ScalingStatus, ServiceStatus, Status, Value};
use crate::verdict::{Deployment, Service, short_definition};

/// Looks at services of a cluster: pairs of their key in deploy.yaml and their name on ECS.
pub async fn status(aws: &Aws, cluster: &str, services: &[(String, String)]) -> Result<Status, AwsError> {
    let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
    let (described, targets) = join(
        aws.describe_services(cluster, &names),
        aws.describe_scalable_targets(cluster, &names),
    )
    .await;
    let described = described?;
    let found = described
        .get("services")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    // A role without this right still sees the services.
    let targets = targets.unwrap_or_default();
    let of = |name: &str| {
        found
            .iter()
            .find(|service| member(service, "serviceName") == Some(name))
    };
    Ok(Status {
        schema: 1,
        cluster: cluster.rsplit('/').next().unwrap_or(cluster).to_owned(),
        region: aws.region().to_owned(),
        account: found.iter().find_map(account),
        services: services
            .iter()
            .map(|(key, name)| one(key, name, of(name), scaling(cluster, name, &targets)))
            .collect(),
    })
}

fn member<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn account(service: &Value) -> Option<String> {
    let arn: Arn = member(service, "serviceArn")?.parse().ok()?;
    Some(arn.account)
}

fn scaling(cluster: &str, name: &str, targets: &[Value]) -> Option<ScalingStatus> {
    let id = resource_id(cluster, name);
    let target = targets
        .iter()
        .find(|target| member(target, "ResourceId") == Some(id.as_str()))?;
    let bound = |name: &str| target.get(name).and_then(Value::as_i64);
    Some(ScalingStatus {
        min: bound("MinCapacity")?,
        max: bound("MaxCapacity")?,
    })
}

fn one(key: &str, name: &str, found: Option<&Value>, scaling: Option<ScalingStatus>) -> ServiceStatus {
    let service = found
        .map(Service::read)
        .filter(|service| service.status != "INACTIVE");
    let Some(service) = service else {
        return ServiceStatus {
            key: key.to_owned(),
            name: name.to_owned(),
            status: "MISSING".to_owned(),
            task_definition: None,
            running: None,
            pending: None,
            desired: None,
            deployed_at: None,
            deployments: Vec::new(),
            scaling: None,
            last_event: None,
        };
    };
    ServiceStatus {
        key: key.to_owned(),
        name: name.to_owned(),
        task_definition: service
            .definition
            .as_deref()
            .map(|it| short_definition(it).to_owned()),
        running: service.running,
        pending: service.pending,
        desired: service.desired,
        deployed_at: service.primary().and_then(|primary| primary.created_at).map(time),
        deployments: service.deployments.iter().map(deployment).collect(),
        scaling,
        last_event: service.events.first().map(|event| EventStatus {
            at: event.at.map(time),
            message: event.message.clone(),
        }),
        status: service.status,
    }
}

fn deployment(deployment: &Deployment) -> DeploymentStatus {
    DeploymentStatus {
        id: deployment.id.clone(),
        status: deployment.status.clone(),
        task_definition: deployment
            .definition
            .as_deref()
            .map(|it| short_definition(it).to_owned()),
        rollout: deployment.rollout.as_ref().map(ToString::to_string),
        reason: deployment.reason.clone(),
        running: deployment.running,
        pending: deployment.pending,
        desired: deployment.desired,
        failed: deployment.failed,
        created_at: deployment.created_at.map(time),
    }
}

fn time(at: Timestamp) -> String {
    at.to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    fn services() -> Vec<(String, String)> {
        ["web", "worker"]
            .map(|key| (key.to_owned(), format!("{key}-prod")))
            .to_vec()
    }

    fn web() -> Value {
        json!({
            "serviceArn": "arn:aws:ecs:us-east-1:123456789012:service/c/web-prod",
            "serviceName": "web-prod", "status": "ACTIVE",
            "desiredCount": 3, "runningCount": 2, "pendingCount": 1,
            "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42",
            "deployments": [{
                "id": "ecs-svc/7", "status": "PRIMARY", "rolloutState": "IN_PROGRESS", "runningCount": 2,
                "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42",
                "pendingCount": 1, "desiredCount": 3, "createdAt": 1_795_183_361.5,
            }],
            "events": [{"id": "1", "createdAt": 1_795_183_362, "message": "(service web) has started 1 tasks."}],
        })
    }

    async fn fake(targets: fn() -> Answer) -> FakeAws {
        FakeAws::playing(move |request| match request.operation().as_str() {
            "DescribeServices" => Answer::ok(json!({
                "services": [web()], "failures": [{"arn": "worker-prod", "reason": "MISSING"}],
            })),
            _ => targets(),
        })
        .await
    }

    #[tokio::test]
    async fn what_runs_and_what_is_missing() {
        let target = || {
            let target = json!({"ResourceId": "service/c/web-prod", "MinCapacity": 2, "MaxCapacity": 10});
            Answer::ok(json!({"ScalableTargets": [target]}))
        };
        let fake = fake(target).await;
        let status = status(&fake.session().await, "c", &services()).await.unwrap();
        assert_eq!(fake.operations().len(), 2);
        assert_eq!(status.account.as_deref(), Some("123456789012"));
        let [web, worker] = status.services.as_slice() else {
            panic!("{status:?}")
        };
        assert_eq!(
            (web.running, web.desired, web.pending),
            (Some(2), Some(3), Some(1))
        );
        assert_eq!(web.task_definition.as_deref(), Some("web:42"));
        assert_eq!(web.deployed_at.as_deref(), Some("2026-11-20T14:02:41.5Z"));
        assert_eq!(web.scaling, Some(ScalingStatus { min: 2, max: 10 }));
        assert_eq!(web.deployments[0].rollout.as_deref(), Some("IN_PROGRESS"));
        assert_eq!(
            (worker.key.as_str(), worker.status.as_str()),
            ("worker", "MISSING")
        );
    }

    #[tokio::test]
    async fn scaling_is_left_out_where_it_may_not_be_asked() {
        let denied = || Answer::refusal(400, "AccessDeniedException", "not authorized");
        let fake = fake(denied).await;
        let status = status(&fake.session().await, "c", &services()).await.unwrap();
        assert_eq!(status.services[0].scaling, None);
        assert_eq!(status.services[0].status, "ACTIVE");
    }
}
