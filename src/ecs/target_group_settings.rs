//! The settings of a target group that tasks are registered with.

/// A target group (Elastic Load Balancing API reference: TargetGroup).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetGroupSettings {
    /// Its ARN.
    pub arn: String,
    /// `instance`, `ip`, `lambda` or `alb`.
    pub target_type: String,
    /// `HTTP`, `TCP`, …
    pub protocol: String,
    /// Its VPC.
    pub vpc: Option<String>,
    /// The load balancers that route to it.
    pub load_balancers: Vec<String>,
    /// Its health check.
    pub health_check: TargetHealthCheck,
    /// How long a target that is deregistered finishes its requests, in seconds, if it is known.
    pub deregistration_delay: Option<u64>,
}

/// The health check of a target group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetHealthCheck {
    /// A port, or `traffic-port`.
    pub port: String,
    /// Seconds between two checks of a target.
    pub interval: Option<u64>,
    /// The successes in a row after which a target is healthy.
    pub healthy_threshold: Option<u64>,
    /// The failures in a row after which a target is unhealthy.
    pub unhealthy_threshold: Option<u64>,
}

impl TargetHealthCheck {
    /// Returns how long a working target takes to become healthy, in seconds: "five passing health checks, each made at
    /// an interval of 30 seconds" by default (Amazon ECS Developer Guide, "Optimize load balancer health check
    /// parameters").
    pub fn seconds_to_healthy(&self) -> Option<u64> {
        Some(self.interval?.saturating_mul(self.healthy_threshold?))
    }

    /// Returns how long a target that doesn't respond takes to become unhealthy, in seconds.
    pub fn seconds_to_unhealthy(&self) -> Option<u64> {
        Some(self.interval?.saturating_mul(self.unhealthy_threshold?))
    }
}
