//! The number of failed tasks from which a rollout counts as a crash loop.

/// The circuit breaker's own threshold: half of the desired tasks, at least 3, at most 200
/// (API reference, ServiceDeploymentCircuitBreaker: "minimum threshold of 3 and a maximum threshold of 200",
/// "0.5 * desired task count").
pub fn breaker_threshold(desired: u64) -> u64 {
    desired.div_ceil(2).clamp(3, 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_is_half_of_the_desired_tasks_within_bounds() {
        for (desired, expected) in [
            (0, 3),
            (1, 3),
            (6, 3),
            (7, 4),
            (25, 13),
            (400, 200),
            (u64::MAX, 200),
        ] {
            assert_eq!(breaker_threshold(desired), expected, "{desired}");
        }
    }
}
