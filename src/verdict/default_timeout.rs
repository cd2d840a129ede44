//! The default timeout of a rollout.

use jiff::SignedDuration;

use crate::ecs::Service;

/// The default timeout of a rollout.
pub const TIMEOUT: SignedDuration = SignedDuration::from_mins(15);

/// The default timeout of a rollout of this service: 15 minutes plus the strategy's bake and step times.
pub fn default_timeout(service: &Service) -> SignedDuration {
    let bake = i64::try_from(service.bake_time.total()).unwrap_or(0);
    TIMEOUT.saturating_add(SignedDuration::from_mins(bake))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bake_and_step_times_are_added_to_fifteen_minutes() {
        let service = Service::read(
            json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 30}}),
        );
        assert_eq!(default_timeout(&service), SignedDuration::from_mins(45));
        assert_eq!(
            default_timeout(&Service::read(json!({}))),
            SignedDuration::from_mins(15)
        );
    }
}
