//! What Application Auto Scaling makes of a count that somebody sets by hand.

use std::fmt;

use crate::aws::{Aws, AwsError};
use crate::model::CapacityBounds;

/// A count that lies outside the bounds. It stays until something scales, which then goes back to the bound: "if a
/// service's desired count is set below its minimum capacity value, and an alarm triggers a scale-out activity", the
/// count goes up to the minimum first; above the maximum, a scale-in activity takes it down to the maximum
/// (ECS developer guide, "Automatically scale your Amazon ECS service").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutsideBounds {
    /// Under MinCapacity.
    Below(CapacityBounds),
    /// Over MaxCapacity.
    Above(CapacityBounds),
}

/// Where a count lies outside the bounds; None within them.
pub(super) fn outside(bounds: CapacityBounds, count: u32) -> Option<OutsideBounds> {
    match i64::from(count) {
        count if count < bounds.min => Some(OutsideBounds::Below(bounds)),
        count if count > bounds.max => Some(OutsideBounds::Above(bounds)),
        _ => None,
    }
}

impl fmt::Display for OutsideBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Below(bounds) => write!(
                f,
                "less than autoscaling's {bounds}: its next scale-out goes back to {} at least",
                bounds.min
            ),
            Self::Above(bounds) => write!(
                f,
                "more than autoscaling's {bounds}: its next scale-in goes back to {} at most",
                bounds.max
            ),
        }
    }
}

/// The bounds of those of the services that have a scalable target, by name. A stand-in without Application Auto Scaling
/// has none.
pub(super) async fn capacity_bounds(
    aws: &Aws,
    cluster: &str,
    services: &[String],
) -> Result<Vec<(String, CapacityBounds)>, AwsError> {
    match aws.describe_scalable_targets(cluster, services).await {
        Err(error) if error.is_unsupported() => Ok(Vec::new()),
        bounds => bounds,
    }
}
