//! A service's autoscaling as deploy.yaml has it (`autoscaling:`), in the terms of Application Auto Scaling.

use super::{CapacityBounds, Node, StepScaling, Value};
use crate::diagnostic::Span;

/// The member of PutScalingPolicy and of a policy that has a target tracking policy's configuration, and its shape.
pub const TARGET_TRACKING_CONFIGURATION: &str = "TargetTrackingScalingPolicyConfiguration";
/// The members of a target tracking configuration that name its metric: it has one of them (API reference,
/// TargetTrackingScalingPolicyConfiguration).
pub const METRIC_MEMBERS: [&str; 2] = ["PredefinedMetricSpecification", "CustomizedMetricSpecification"];
/// The predefined metric that needs a resource label: the load balancer and the target group.
const REQUESTS: &str = "ALBRequestCountPerTarget";

/// The scalable target of a service, its policies and its scheduled actions.
#[derive(Clone, Debug)]
pub struct Autoscaling {
    /// `minCapacity` and `maxCapacity`.
    pub bounds: CapacityBounds,
    /// The target tracking policies.
    pub policies: Vec<TargetTracking>,
    /// The step scaling policies.
    pub steps: Vec<StepScaling>,
    /// The scheduled actions.
    pub scheduled: Vec<ScheduledAction>,
    /// The mapping as the file has it, checked and resolved.
    pub node: Node,
}

impl Autoscaling {
    /// Whether a policy tracks the requests per target of the service's target group.
    pub fn needs_resource_label(&self) -> bool {
        self.policies.iter().any(TargetTracking::needs_resource_label)
    }
}

/// A target tracking policy.
#[derive(Clone, Debug)]
pub struct TargetTracking {
    /// Its key under `targetTracking:`: `cpu`, `custom.NAME`.
    pub key: String,
    /// The location of the key.
    pub span: Span,
    /// Its `TargetTrackingScalingPolicyConfiguration`.
    pub configuration: Value,
}

impl TargetTracking {
    /// Returns the policy's name on AWS, which marks it as ecsctl's.
    pub fn name(&self) -> String {
        format!("{}{}", Self::PREFIX, self.key.replacen('.', "/", 1))
    }

    /// What the names of ecsctl's policies begin with.
    pub const PREFIX: &str = "ecsctl/";

    /// Whether its metric needs the resource label of the service's target group, and the file doesn't name it.
    pub fn needs_resource_label(&self) -> bool {
        let metric = self.configuration.get("PredefinedMetricSpecification");
        let metric = metric.filter(|metric| metric.get("ResourceLabel").is_none());
        let kind = metric.and_then(|metric| metric.get("PredefinedMetricType")?.as_str());
        kind == Some(REQUESTS)
    }
}

/// A scheduled action.
#[derive(Clone, Debug)]
pub struct ScheduledAction {
    /// Its `ScheduledActionName` in the file.
    pub key: String,
    /// The location of the name.
    pub span: Span,
    /// PutScheduledAction's input without what identifies the action.
    pub input: Value,
}

impl ScheduledAction {
    /// Returns the action's name on AWS, which marks it as ecsctl's. It may not contain `/` (API reference,
    /// PutScheduledAction).
    pub fn name(&self) -> String {
        format!("{}{}", Self::PREFIX, self.key)
    }

    /// What the names of ecsctl's scheduled actions begin with.
    pub const PREFIX: &str = "ecsctl-";
}
