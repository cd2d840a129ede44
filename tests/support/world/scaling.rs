//! Application Auto Scaling: scalable targets and their bounds, policies, scheduled actions, scaling activities.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::World;
use super::base::{merge, now};
use crate::support::protocol::{Answer, Call, Refusal};
use crate::support::scenario::Bounds;

/// DescribeScalingPolicies returns at most 10 policies (API reference).
const POLICIES_A_PAGE: usize = 10;
const METRIC_MEMBERS: [&str; 2] = ["PredefinedMetricSpecification", "CustomizedMetricSpecification"];

/// What scalable targets have besides their bounds. In each, `ResourceId` names the target.
#[derive(Default)]
pub struct ScalingParts {
    pub policies: Vec<Value>,
    pub scheduled: Vec<Value>,
    /// Newest first.
    pub activities: Vec<Value>,
    /// What was set of `SuspendedState`, by target.
    pub suspended: IndexMap<String, Value>,
}

impl World {
    pub(super) fn scaling(&mut self, call: &Call) -> Option<Answer> {
        Some(match call.operation.as_str() {
            "DescribeScalableTargets" => Ok(self.scalable_targets(call)),
            "RegisterScalableTarget" => self.register_scalable_target(call),
            "DeregisterScalableTarget" => self.deregister_scalable_target(call),
            "DescribeScalingPolicies" => Ok(page(&self.policies(), "ScalingPolicies", call)),
            "PutScalingPolicy" => self.put_scaling_policy(call),
            "DeleteScalingPolicy" => self.delete_scaling_policy(call),
            "DescribeScheduledActions" => Ok(page(&self.scaling.scheduled, "ScheduledActions", call)),
            "PutScheduledAction" => self.put_scheduled_action(call),
            "DeleteScheduledAction" => delete(
                &mut self.scaling.scheduled,
                "ScheduledActionName",
                "scheduled action",
                call,
            ),
            "DescribeScalingActivities" => Ok(page(&self.scaling.activities, "ScalingActivities", call)),
            _ => return None,
        })
    }

    fn scalable_targets(&self, call: &Call) -> Value {
        let wanted = call.texts("ResourceIds");
        let targets: Value = self
            .scalable
            .iter()
            .filter(|(id, _)| wanted.is_empty() || wanted.contains(id))
            .map(|(id, bounds)| {
                json!({
                    "ServiceNamespace": "ecs",
                    "ResourceId": id,
                    "ScalableDimension": "ecs:service:DesiredCount",
                    "MinCapacity": bounds.min,
                    "MaxCapacity": bounds.max,
                    "RoleARN": format!("arn:aws:iam::{}:role/scaling", self.base.account),
                    "CreationTime": now(),
                    "SuspendedState": self.suspended_state(id),
                })
            })
            .collect();
        json!({"ScalableTargets": targets})
    }

    /// Each process is resumed unless somebody suspended it.
    fn suspended_state(&self, id: &str) -> Value {
        let mut state = json!({
            "DynamicScalingInSuspended": false,
            "DynamicScalingOutSuspended": false,
            "ScheduledScalingSuspended": false,
        });
        if let Some(suspended) = self.scaling.suspended.get(id) {
            merge(&mut state, suspended);
        }
        state
    }

    /// Sets the bounds and the suspended processes; unnamed ones are kept: "Any parameters that you don't specify are
    /// not changed by this update request" (API reference, RegisterScalableTarget). A service outside of them is scaled to fit.
    fn register_scalable_target(&mut self, call: &Call) -> Answer {
        let id = call.text("ResourceId").unwrap_or_default().to_owned();
        let mut parts = id.splitn(3, '/').skip(1).map(str::to_owned);
        let key = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let is_active = |service: &super::Service| service.status == "ACTIVE";
        let Some(desired) = self
            .services
            .get(&key)
            .filter(|it| is_active(it))
            .map(|it| it.desired)
        else {
            return Err(validation(format!("ECS service doesn't exist: {id}")));
        };
        let old = self.scalable.get(&id);
        let bound = |member: &str, old: Option<i64>| {
            let named = call.input[member].as_i64();
            named.or(old).ok_or_else(|| {
                validation(
                    "MinCapacity and MaxCapacity must be specified when registering a new scalable target",
                )
            })
        };
        let bounds = Bounds {
            min: bound("MinCapacity", old.map(|old| old.min))?,
            max: bound("MaxCapacity", old.map(|old| old.max))?,
        };
        if bounds.min > bounds.max {
            return Err(validation(
                "Maximum capacity cannot be less than minimum capacity",
            ));
        }
        let least = u64::try_from(bounds.min).unwrap_or_default();
        let most = u64::try_from(bounds.max).unwrap_or_default();
        let inside = desired.clamp(least, most);
        if inside != desired {
            self.scale(&key, inside);
            self.note_activity(&id, inside, if inside > desired { "minimum" } else { "maximum" });
        }
        let arn = self.base.arn_of(
            "application-autoscaling",
            "scalable-target/0ec5f3a1b2c4d5e6f7a8b9c0d1e2f3a4b5c6",
        );
        if call.input["SuspendedState"].is_object() {
            let state = self.scaling.suspended.entry(id.clone()).or_insert(json!({}));
            merge(state, &call.input["SuspendedState"]);
        }
        self.scalable.insert(id, bounds);
        Ok(json!({"ScalableTargetARN": arn}))
    }

    fn deregister_scalable_target(&mut self, call: &Call) -> Answer {
        let id = call.text("ResourceId").unwrap_or_default();
        match self.scalable.shift_remove(id) {
            // "Deregistering a scalable target deletes the scaling policies and scheduled actions that are associated
            // with it" (API reference).
            Some(_) => {
                self.scaling.policies.retain(|it| it["ResourceId"] != id);
                self.scaling.scheduled.retain(|it| it["ResourceId"] != id);
                self.scaling.suspended.shift_remove(id);
                Ok(json!({}))
            }
            None => Err(Refusal::new(
                "ObjectNotFoundException",
                format!(
                    "No scalable target found for service namespace: ecs, resource ID: {id}, scalable dimension: ecs:service:DesiredCount"
                ),
            )),
        }
    }

    /// Fails without a scalable target, in AWS's words (ansible/ansible #40237).
    fn require_target(&self, call: &Call) -> Result<String, Refusal> {
        let id = call.text("ResourceId").unwrap_or_default().to_owned();
        match self.scalable.contains_key(&id) {
            true => Ok(id),
            false => Err(Refusal::new(
                "ObjectNotFoundException",
                format!("No scalable target registered for {}", about(&id)),
            )),
        }
    }

    /// "Any parameters that you don't specify are not changed by this update request" (API reference).
    fn put_scaling_policy(&mut self, call: &Call) -> Answer {
        let id = self.require_target(call)?;
        let configuration = &call.input["TargetTrackingScalingPolicyConfiguration"];
        let is_same = |other: &Value| {
            let other = &other["TargetTrackingScalingPolicyConfiguration"];
            METRIC_MEMBERS
                .iter()
                .any(|member| !configuration[*member].is_null() && configuration[*member] == other[*member])
        };
        let is_this = |other: &Value| other["PolicyName"] == call.input["PolicyName"];
        let others = self.scaling.policies.iter().filter(|it| it["ResourceId"] == *id);
        if others.clone().any(|other| !is_this(other) && is_same(other)) {
            return Err(validation(
                "Only one TargetTrackingScaling policy for a given metric specification is allowed.",
            ));
        }
        let old = others.clone().find(|it| is_this(it)).cloned();
        if old.is_none() && call.input["PolicyType"].is_null() {
            return Err(validation(
                "PolicyType is required when creating a scaling policy",
            ));
        }
        let name = call.text("PolicyName").unwrap_or_default();
        let arn = self.base.arn_of(
            "autoscaling",
            &format!("scalingPolicy:1:resource/ecs/{id}:policyName/{name}"),
        );
        let is_step = call.input["PolicyType"] == "StepScaling";
        let pair: &[&str] = if is_step { &[] } else { &["AlarmHigh", "AlarmLow"] };
        let alarms: Value = pair
            .iter()
            .map(|alarm| {
                let alarm = format!("TargetTracking-{id}-{alarm}-{name}");
                json!({"AlarmARN": self.base.arn_of("cloudwatch", &format!("alarm:{alarm}")), "AlarmName": alarm})
            })
            .collect();
        let mut policy = old.unwrap_or_else(|| json!({"CreationTime": now()}));
        if METRIC_MEMBERS
            .iter()
            .any(|member| configuration[*member].is_object())
        {
            let old = policy["TargetTrackingScalingPolicyConfiguration"].as_object_mut();
            old.into_iter()
                .for_each(|old| old.retain(|key, _| !METRIC_MEMBERS.contains(&key.as_str())));
        }
        merge(&mut policy, &call.input);
        policy["PolicyARN"] = arn.as_str().into();
        policy["Alarms"] = alarms.clone();
        as_returned(&mut policy);
        let policies = &mut self.scaling.policies;
        policies.retain(|it| !(is_this(it) && it["ResourceId"] == *id));
        policies.push(policy);
        self.make_alarms(&alarms, &arn, &watched_metric(configuration, &id));
        Ok(json!({"PolicyARN": arn, "Alarms": alarms}))
    }

    /// "If you don't specify start and end times, the old values are deleted" (API reference).
    fn put_scheduled_action(&mut self, call: &Call) -> Answer {
        let id = self.require_target(call)?;
        let is_this = |it: &Value| {
            it["ScheduledActionName"] == call.input["ScheduledActionName"] && it["ResourceId"] == *id
        };
        let old = self.scaling.scheduled.iter().find(|it| is_this(it)).cloned();
        if old.is_none() && (call.input["Schedule"].is_null() || call.input["ScalableTargetAction"].is_null())
        {
            return Err(validation(
                "Schedule and ScalableTargetAction are required when creating a scheduled action",
            ));
        }
        let name = call.text("ScheduledActionName").unwrap_or_default();
        let arn = self.base.arn_of(
            "autoscaling",
            &format!("scheduledAction:1:resource/ecs/{id}:scheduledActionName/{name}"),
        );
        let mut action = old.unwrap_or_else(|| json!({"CreationTime": now()}));
        if let Some(members) = action.as_object_mut() {
            members.retain(|member, _| !matches!(member.as_str(), "StartTime" | "EndTime"));
        }
        merge(&mut action, &call.input);
        action["ScheduledActionARN"] = arn.into();
        let actions = &mut self.scaling.scheduled;
        actions.retain(|it| !is_this(it));
        actions.push(action);
        Ok(json!({}))
    }

    /// Returns the policies, those that scale in steps with the alarms that have them as actions.
    fn policies(&self) -> Vec<Value> {
        let mut policies = self.scaling.policies.clone();
        for policy in policies.iter_mut().filter(|it| it["PolicyType"] == "StepScaling") {
            policy["Alarms"] = self.alarms_with_action(&policy["PolicyARN"]);
        }
        policies
    }

    fn delete_scaling_policy(&mut self, call: &Call) -> Answer {
        let is_meant = |it: &&Value| {
            it["PolicyName"] == call.input["PolicyName"] && it["ResourceId"] == call.input["ResourceId"]
        };
        if let Some(policy) = self.scaling.policies.iter().find(is_meant).cloned() {
            match policy["PolicyType"] == "StepScaling" {
                true => self.remove_action(&policy["PolicyARN"]),
                false => self.remove_alarms(&policy["Alarms"]),
            }
        }
        delete(&mut self.scaling.policies, "PolicyName", "scaling policy", call)
    }

    fn note_activity(&mut self, id: &str, count: u64, bound: &str) {
        let activity = json!({
            "ActivityId": format!("0ec5f3a1-b2c4-4d5e-8f7a-{:012x}", self.scaling.activities.len() + 1),
            "ServiceNamespace": "ecs",
            "ResourceId": id,
            "ScalableDimension": "ecs:service:DesiredCount",
            "Description": format!("Setting desired count to {count}."),
            "Cause": format!("{bound} capacity was set to {count}"),
            "StartTime": now(),
            "EndTime": now(),
            "StatusCode": "Successful",
            "StatusMessage": format!("Successfully set desired count to {count}. Change successfully fulfilled by ecs."),
        });
        self.scaling.activities.insert(0, activity);
    }
}

/// Returns a page of those of a target. The token is the place of the first one.
fn page(all: &[Value], list: &str, call: &Call) -> Value {
    let id = call.text("ResourceId").unwrap_or_default();
    let from: usize = call
        .text("NextToken")
        .map_or(0, |token| token.parse().unwrap_or_default());
    let of_target = || all.iter().filter(|it| it["ResourceId"] == id);
    let most = call.input["MaxResults"]
        .as_u64()
        .map_or(POLICIES_A_PAGE, |it| it as usize);
    let shown: Value = of_target().skip(from).take(most).cloned().collect();
    let next = from + most;
    match next < of_target().count() {
        true => json!({list: shown, "NextToken": next.to_string()}),
        false => json!({list: shown}),
    }
}

fn delete(all: &mut Vec<Value>, member: &str, what: &str, call: &Call) -> Answer {
    let (id, name) = (&call.input["ResourceId"], &call.input[member]);
    let before = all.len();
    all.retain(|it| !(it["ResourceId"] == *id && it[member] == *name));
    match all.len() < before {
        true => Ok(json!({})),
        false => Err(Refusal::new(
            "ObjectNotFoundException",
            format!("No {what} found for {}", about(id.as_str().unwrap_or_default())),
        )),
    }
}

fn about(id: &str) -> String {
    format!("service namespace: ecs, resource ID: {id}, scalable dimension: ecs:service:DesiredCount")
}

/// Adds what AWS fills in: target values are floating-point numbers, and scale in is enabled by default.
fn as_returned(policy: &mut Value) {
    let configuration = &mut policy["TargetTrackingScalingPolicyConfiguration"];
    if let Some(target) = configuration["TargetValue"].as_f64() {
        configuration["TargetValue"] = target.into();
    }
    if configuration.is_object() && configuration["DisableScaleIn"].is_null() {
        configuration["DisableScaleIn"] = false.into();
    }
}

fn validation(message: impl Into<String>) -> Refusal {
    Refusal::new("ValidationException", message)
}

/// Returns the metric of an alarm of a target tracking policy, as PutMetricAlarm takes it.
fn watched_metric(configuration: &Value, id: &str) -> Value {
    let custom = &configuration["CustomizedMetricSpecification"];
    if custom.is_object() {
        let mut metric = custom.clone();
        metric["Period"] = 60.into();
        return metric;
    }
    // "ECSServiceAverageCPUUtilization" is CPUUtilization of the service (ECS developer guide, "Target tracking").
    let kind = configuration["PredefinedMetricSpecification"]["PredefinedMetricType"].as_str();
    let name = match kind {
        Some("ECSServiceAverageCPUUtilization") => "CPUUtilization",
        Some("ECSServiceAverageMemoryUtilization") => "MemoryUtilization",
        _ => return json!({}),
    };
    let (cluster, service) = id
        .trim_start_matches("service/")
        .split_once('/')
        .unwrap_or_default();
    json!({
        "Namespace": "AWS/ECS", "MetricName": name, "Statistic": "Average", "Period": 60,
        "Dimensions": [{"Name": "ClusterName", "Value": cluster}, {"Name": "ServiceName", "Value": service}],
    })
}
