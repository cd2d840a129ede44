//! What Application Auto Scaling makes of a count that somebody sets by hand.

use std::fmt;

use crate::aws::{Aws, AwsError, resource_id};
use crate::model::Value;

/// MinCapacity and MaxCapacity of a service's scalable target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// MinCapacity.
    pub min: u64,
    /// MaxCapacity.
    pub max: u64,
}

/// A count that lies outside the bounds. It stays until something scales, which then goes back to the bound: "if a
/// service's desired count is set below its minimum capacity value, and an alarm triggers a scale-out activity", the
/// count goes up to the minimum first; above the maximum, a scale-in activity takes it down to the maximum
/// (ECS developer guide, "Automatically scale your Amazon ECS service").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Under MinCapacity.
    Below(Bounds),
    /// Over MaxCapacity.
    Above(Bounds),
}

impl Bounds {
    /// Where a count lies outside.
    pub fn outside(self, count: u64) -> Option<Outside> {
        match count {
            count if count < self.min => Some(Outside::Below(self)),
            count if count > self.max => Some(Outside::Above(self)),
            _ => None,
        }
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.min, self.max)
    }
}

impl fmt::Display for Outside {
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

/// The bounds of those of the services that something scales, by name. A stand-in without Application Auto Scaling
/// scales nothing.
pub async fn bounds(
    aws: &Aws,
    cluster: &str,
    services: &[String],
) -> Result<Vec<(String, Bounds)>, AwsError> {
    let targets = match aws.describe_scalable_targets(cluster, services).await {
        Err(error) if error.is_unsupported() => Vec::new(),
        targets => targets?,
    };
    let of = |name: &String| {
        let id = resource_id(cluster, name);
        let target = targets
            .iter()
            .find(|target| super::text(target, "ResourceId") == Some(id.as_str()))?;
        let bound = |key: &str| target.get(key).and_then(Value::as_u64);
        let bounds = Bounds {
            min: bound("MinCapacity")?,
            max: bound("MaxCapacity")?,
        };
        Some((name.clone(), bounds))
    };
    Ok(services.iter().filter_map(of).collect())
}
