//! Application Auto Scaling's policies and scheduled actions of a service.

use jiff::Timestamp;
use serde_json::Value;

use super::reply::{float, list, text, time};
use crate::model::CapacityBounds;

/// A member of DescribeScalableTargets' `ScalableTargets`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredTarget {
    /// `service/CLUSTER/SERVICE`.
    pub resource_id: Option<String>,
    /// MinCapacity and MaxCapacity.
    pub bounds: CapacityBounds,
    /// The members of `SuspendedState` that are true: `DynamicScalingInSuspended`, …
    pub suspended: Vec<String>,
}

impl RegisteredTarget {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        let bound = |member: &str| value.get(member).and_then(Value::as_i64).unwrap_or_default();
        let processes = value.get("SuspendedState").and_then(Value::as_object);
        let suspended = processes.into_iter().flatten();
        let suspended = suspended.filter(|(_, is_suspended)| **is_suspended == Value::Bool(true));
        Self {
            resource_id: text(value, "ResourceId"),
            bounds: CapacityBounds {
                min: bound("MinCapacity"),
                max: bound("MaxCapacity"),
            },
            suspended: suspended.map(|(process, _)| process.clone()).collect(),
        }
    }
}

/// A member of DescribeScalingPolicies' `ScalingPolicies`.
#[derive(Clone, Debug, PartialEq)]
pub struct ScalingPolicy {
    /// Its name.
    pub name: String,
    /// Its ARN, the action of its alarm.
    pub arn: Option<String>,
    /// Its `TargetTrackingScalingPolicyConfiguration`, if it tracks a target.
    pub target_tracking: Option<Value>,
    /// Its `StepScalingPolicyConfiguration`, if it scales in steps.
    pub step_scaling: Option<Value>,
    /// The names of its CloudWatch alarms.
    pub alarms: Vec<String>,
}

impl ScalingPolicy {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        Self {
            name: text(value, "PolicyName").unwrap_or_default(),
            arn: text(value, "PolicyARN"),
            target_tracking: value.get("TargetTrackingScalingPolicyConfiguration").cloned(),
            step_scaling: value.get("StepScalingPolicyConfiguration").cloned(),
            alarms: list(value, "Alarms")
                .iter()
                .filter_map(|alarm| text(alarm, "AlarmName"))
                .collect(),
        }
    }

    /// Returns the name of the metric that it tracks. None if the metric is an expression.
    pub fn metric(&self) -> Option<String> {
        let configuration = self.target_tracking.as_ref()?;
        let predefined = configuration.get("PredefinedMetricSpecification");
        let custom = configuration.get("CustomizedMetricSpecification");
        let predefined = predefined.and_then(|it| text(it, "PredefinedMetricType"));
        predefined.or_else(|| text(custom?, "MetricName"))
    }

    /// Returns the target value of the metric.
    pub fn target(&self) -> Option<f64> {
        float(self.target_tracking.as_ref()?, "TargetValue")
    }
}

/// A member of DescribeScalingActivities' `ScalingActivities`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScalingActivity {
    /// When it began.
    pub at: Option<Timestamp>,
    /// AWS's description: `Setting desired count to 4.`
    pub description: Option<String>,
    /// What triggered it.
    pub cause: Option<String>,
    /// `Successful`, `InProgress`, `Failed`, …
    pub status: Option<String>,
    /// AWS's message about its status.
    pub message: Option<String>,
}

impl ScalingActivity {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        Self {
            at: time(value, "StartTime"),
            description: text(value, "Description"),
            cause: text(value, "Cause"),
            status: text(value, "StatusCode"),
            message: text(value, "StatusMessage"),
        }
    }
}

/// A member of DescribeScheduledActions' `ScheduledActions`.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduledScaling {
    /// Its name.
    pub name: String,
    /// All of it: its schedule, its times and its bounds have the names that PutScheduledAction takes.
    pub value: Value,
}

impl ScheduledScaling {
    /// Reads one.
    pub fn read(value: Value) -> Self {
        Self {
            name: text(&value, "ScheduledActionName").unwrap_or_default(),
            value,
        }
    }
}
