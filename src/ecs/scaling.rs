//! Application Auto Scaling's policies and scheduled actions of a service.

use serde_json::Value;

use super::reply::text;

/// A member of DescribeScalingPolicies' `ScalingPolicies`.
#[derive(Clone, Debug, PartialEq)]
pub struct ScalingPolicy {
    /// Its name.
    pub name: String,
    /// Its `TargetTrackingScalingPolicyConfiguration`, if it tracks a target.
    pub target_tracking: Option<Value>,
}

impl ScalingPolicy {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        Self {
            name: text(value, "PolicyName").unwrap_or_default(),
            target_tracking: value.get("TargetTrackingScalingPolicyConfiguration").cloned(),
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
