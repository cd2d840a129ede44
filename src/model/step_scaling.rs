//! A step scaling policy of a service, and the CloudWatch alarm that triggers it.

use super::{Value, cluster_name};
use crate::diagnostic::Span;

/// The member of PutScalingPolicy and of a policy that has a step scaling policy's configuration, and its shape.
pub const STEP_SCALING_CONFIGURATION: &str = "StepScalingPolicyConfiguration";
/// The member of an alarm that has what it triggers.
pub const ALARM_ACTIONS: &str = "AlarmActions";

/// A step scaling policy.
#[derive(Clone, Debug)]
pub struct StepScaling {
    /// Its key under `stepScaling:`.
    pub key: String,
    /// The location of the key.
    pub span: Span,
    /// Its `StepScalingPolicyConfiguration`.
    pub configuration: Value,
    /// PutMetricAlarm's input, without the alarm's name and without the policy as an action.
    pub alarm: Value,
}

impl StepScaling {
    /// Returns the policy's name on AWS, which marks it as ecsctl's. No target tracking policy has it.
    pub fn name(&self) -> String {
        format!("ecsctl/step/{}", self.key)
    }

    /// Returns the alarm's name on AWS: alarms of all services share the names of a region.
    pub fn alarm_name(&self, cluster: &str, service: &str) -> String {
        format!(
            "{}{}/{service}/{}",
            Self::ALARM_PREFIX,
            cluster_name(cluster),
            self.key
        )
    }

    /// The longest name of an alarm, in characters (API reference, PutMetricAlarm, `AlarmName`).
    pub const LONGEST_ALARM_NAME: usize = 255;
    /// What the names of ecsctl's alarms begin with.
    pub const ALARM_PREFIX: &str = "ecsctl/";
}
