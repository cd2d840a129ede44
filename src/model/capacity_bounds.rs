//! Between which counts Application Auto Scaling keeps a service.

use std::fmt;

/// MinCapacity and MaxCapacity of a service's scalable target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapacityBounds {
    /// MinCapacity.
    pub min: i64,
    /// MaxCapacity.
    pub max: i64,
}

impl fmt::Display for CapacityBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.min, self.max)
    }
}
