//! Application Auto Scaling: the scalable target of a service, its policies and its scheduled actions.

use futures_util::future::try_join_all;
use serde_json::json;

use super::error::{AwsError, AwsErrorKind};
use super::reply::{join, list};
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::ecs::{RegisteredTarget, ScalingActivity, ScalingPolicy, ScheduledScaling};
use crate::model::{CapacityBounds, Value};

/// DescribeScalableTargets accepts at most 50 resource ids (API reference).
const TARGETS_A_CALL: usize = 50;
const DIMENSION: &str = "ecs:service:DesiredCount";

fn call(operation: &'static str, resource: impl Into<String>) -> AwsCall {
    AwsCall::new("application-autoscaling", operation).on(resource)
}

/// Returns `service/CLUSTER/SERVICE`, the resource id of an ECS service in Application Auto Scaling. The
/// cluster may be an ARN.
fn resource_id(cluster: &str, service: &str) -> String {
    let cluster = cluster.rsplit('/').next().unwrap_or(cluster);
    format!("service/{cluster}/{service}")
}

impl Aws {
    /// Calls DescribeScalableTargets for services of a cluster and returns the scalable targets of those that have one,
    /// by service.
    pub async fn describe_scalable_targets(
        &self,
        cluster: &str,
        services: &[String],
    ) -> Result<Vec<(String, RegisteredTarget)>, AwsError> {
        let ids: Vec<String> = services
            .iter()
            .map(|service| resource_id(cluster, service))
            .collect();
        let parts = try_join_all(ids.chunks(TARGETS_A_CALL).map(async |ids| {
            let input = json!({
                "ServiceNamespace": "ecs", "ResourceIds": ids, "ScalableDimension": DIMENSION,
            });
            let call = call("DescribeScalableTargets", ids.join(", "))
                .optional()
                .body(&input);
            send!(self, call, self.autoscaling().describe_scalable_targets())
        }))
        .await?;
        let targets = join(parts, "ScalableTargets");
        let targets: Vec<RegisteredTarget> = targets.iter().map(RegisteredTarget::read).collect();
        let of_service = |service: &String| {
            let id = resource_id(cluster, service);
            let mut named = targets.iter();
            let target = named.find(|target| target.resource_id.as_ref() == Some(&id))?;
            Some((service.clone(), target.clone()))
        };
        Ok(services.iter().filter_map(of_service).collect())
    }
}

/// The scaling of one service.
#[derive(Clone, Debug)]
pub struct ServiceScaling<'a> {
    aws: &'a Aws,
    id: String,
}

impl Aws {
    /// Returns the scaling of a service of a cluster.
    pub fn scaling(&self, cluster: &str, service: &str) -> ServiceScaling<'_> {
        let id = resource_id(cluster, service);
        ServiceScaling { aws: self, id }
    }
}

impl ServiceScaling<'_> {
    /// Returns an input about the service, with these members.
    fn input(&self, members: Value) -> Value {
        let mut input = json!({
            "ServiceNamespace": "ecs", "ResourceId": self.id, "ScalableDimension": DIMENSION,
        });
        if let (Some(input), Value::Object(members)) = (input.as_object_mut(), members) {
            input.extend(members);
        }
        input
    }

    fn on(&self, operation: &'static str, name: &str, members: Value) -> AwsCall {
        let resource = match name {
            "" => self.id.clone(),
            name => format!("{name} of {}", self.id),
        };
        call(operation, resource).body(&self.input(members))
    }

    /// Calls DescribeScalingPolicies, all pages.
    pub async fn policies(&self) -> Result<Vec<ScalingPolicy>, AwsError> {
        let mut pages = Pages::default();
        while let Some(page) = pages.next() {
            let call = self.on("DescribeScalingPolicies", "", page);
            let reply = send!(self.aws, call, self.aws.autoscaling().describe_scaling_policies())?;
            pages.add(reply, "ScalingPolicies");
        }
        Ok(pages.items.iter().map(ScalingPolicy::read).collect())
    }

    /// Calls DescribeScheduledActions, all pages.
    pub async fn scheduled_actions(&self) -> Result<Vec<ScheduledScaling>, AwsError> {
        let mut pages = Pages::default();
        while let Some(page) = pages.next() {
            let call = self.on("DescribeScheduledActions", "", page);
            let reply = send!(
                self.aws,
                call,
                self.aws.autoscaling().describe_scheduled_actions()
            )?;
            pages.add(reply, "ScheduledActions");
        }
        Ok(pages.items.into_iter().map(ScheduledScaling::read).collect())
    }

    /// Calls DescribeScalingActivities for at most this many, newest first.
    pub async fn activities(&self, most: usize) -> Result<Vec<ScalingActivity>, AwsError> {
        let call = self
            .on("DescribeScalingActivities", "", json!({"MaxResults": most}))
            .optional();
        let reply = send!(
            self.aws,
            call,
            self.aws.autoscaling().describe_scaling_activities()
        )?;
        let activities = list(reply, "ScalingActivities");
        Ok(activities.iter().map(ScalingActivity::read).collect())
    }

    /// Calls RegisterScalableTarget. What it doesn't name, such as suspended processes, stays as it is.
    pub async fn register(&self, bounds: CapacityBounds) -> Result<(), AwsError> {
        let members = json!({"MinCapacity": bounds.min, "MaxCapacity": bounds.max});
        let call = self.on("RegisterScalableTarget", "", members);
        send!(self.aws, call, self.aws.autoscaling().register_scalable_target())?;
        Ok(())
    }

    /// Calls PutScalingPolicy with these members. Returns the policy's ARN, which every response has (API reference):
    /// without it, no alarm could have the policy as its action.
    pub async fn put_policy(&self, name: &str, members: &Value) -> Result<String, AwsError> {
        let mut members = members.clone();
        members["PolicyName"] = name.into();
        let call = self.on("PutScalingPolicy", name, members);
        let client = self.aws.autoscaling();
        let reply = send!(self.aws, call.clone(), client.put_scaling_policy())?;
        match reply.get("PolicyARN").and_then(Value::as_str) {
            Some(arn) if !arn.is_empty() => Ok(arn.to_owned()),
            _ => Err(AwsError::new(
                &call,
                AwsErrorKind::Nonsense,
                Some("no `PolicyARN` in the response".to_owned()),
            )),
        }
    }

    /// Calls PutScheduledAction with these members.
    pub async fn put_scheduled_action(&self, name: &str, members: &Value) -> Result<(), AwsError> {
        let mut members = members.clone();
        members["ScheduledActionName"] = name.into();
        let call = self.on("PutScheduledAction", name, members);
        send!(self.aws, call, self.aws.autoscaling().put_scheduled_action())?;
        Ok(())
    }

    /// Calls DeleteScalingPolicy. A missing policy is fine.
    pub async fn delete_policy(&self, name: &str) -> Result<(), AwsError> {
        let call = self.on("DeleteScalingPolicy", name, json!({"PolicyName": name}));
        let deleted = send!(self.aws, call, self.aws.autoscaling().delete_scaling_policy());
        unless_missing(deleted)
    }

    /// Calls DeleteScheduledAction. A missing action is fine.
    pub async fn delete_scheduled_action(&self, name: &str) -> Result<(), AwsError> {
        let call = self.on(
            "DeleteScheduledAction",
            name,
            json!({"ScheduledActionName": name}),
        );
        let deleted = send!(self.aws, call, self.aws.autoscaling().delete_scheduled_action());
        unless_missing(deleted)
    }
}

fn unless_missing(deleted: Result<Value, AwsError>) -> Result<(), AwsError> {
    match deleted {
        Err(error) if error.aws_code() != Some("ObjectNotFoundException") => Err(error),
        _ => Ok(()),
    }
}

/// The pages of a list.
#[derive(Default)]
struct Pages {
    items: Vec<Value>,
    /// Whether the first page was read.
    is_begun: bool,
    token: Option<String>,
}

impl Pages {
    /// Returns the members that name the next page.
    fn next(&mut self) -> Option<Value> {
        match (self.token.take(), self.is_begun) {
            (Some(token), _) => Some(json!({"NextToken": token})),
            (None, begun) => (!begun).then(|| json!({})),
        }
    }

    fn add(&mut self, reply: Value, key: &str) {
        let token = reply.get("NextToken").and_then(Value::as_str);
        self.token = token.filter(|it| !it.is_empty()).map(str::to_owned);
        self.is_begun = true;
        self.items.extend(list(reply, key));
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
        let [(service, target)] = targets.as_slice() else {
            panic!("{targets:?}")
        };
        assert_eq!(service, "web");
        assert_eq!(target.bounds, CapacityBounds { min: 1, max: 4 });
        let request = &fake.requests()[0];
        assert_eq!(request.json()["ResourceIds"], json!(["service/c/web"]));
        assert_eq!(request.operation(), "DescribeScalableTargets");
    }
}
