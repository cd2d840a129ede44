//! The bake times of a deployment strategy: how long ECS waits to see whether the new revision is healthy.

use super::reply::{count, float, text, text_enum};
use crate::model::Value;

/// The maximum bake time: 24 hours, in minutes (API reference: DeploymentConfiguration, `bakeTimeInMinutes`).
const LONGEST: u64 = 1440;

/// The bake times of a strategy, in minutes (API reference: DeploymentConfiguration, LinearConfiguration,
/// CanaryConfiguration).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BakeTime {
    /// Bake time after all production traffic has shifted.
    after_shift: u64,
    /// Bake time after each step before the last.
    after_step: u64,
    /// The number of steps before the last.
    steps: u64,
}

impl BakeTime {
    /// Reads a `deploymentConfiguration`. A linear deployment bakes after each step except the last.
    pub fn read(configuration: &Value) -> Self {
        let null = Value::Null;
        let member = |name| configuration.get(name).unwrap_or(&null);
        let strategy = text(configuration, "strategy").unwrap_or_default();
        let (after_step, steps) = match DeploymentStrategy::read(&strategy) {
            DeploymentStrategy::Linear => {
                let linear = member("linearConfiguration");
                // The range of stepPercent is 3.0 to 100.0, its default 10.0; stepBakeTimeInMinutes' default is 6.
                let percent = float(linear, "stepPercent").unwrap_or(10.0).clamp(3.0, 100.0);
                let waits = (100.0 / percent).ceil() as u64;
                let minutes = count(linear, "stepBakeTimeInMinutes").unwrap_or(6);
                (minutes, waits.saturating_sub(1))
            }
            DeploymentStrategy::Canary => {
                let minutes = count(member("canaryConfiguration"), "canaryBakeTimeInMinutes");
                (minutes.unwrap_or(10), 1)
            }
            _ => (0, 0),
        };
        Self {
            after_shift: count(configuration, "bakeTimeInMinutes")
                .unwrap_or(0)
                .min(LONGEST),
            after_step: after_step.min(LONGEST),
            steps,
        }
    }

    /// Returns the total bake time.
    pub fn total(&self) -> u64 {
        self.after_shift + self.after_step * self.steps
    }

    /// Returns the bake time of a lifecycle stage while the new revision receives `traffic` percent of production
    /// traffic.
    pub fn at(&self, stage: &str, traffic: Option<f64>) -> Option<u64> {
        let is_partly = traffic.is_some_and(|percent| percent > 0.0 && percent < 100.0);
        let minutes = match stage {
            "BAKE_TIME" => self.after_shift,
            "PRODUCTION_TRAFFIC_SHIFT" if is_partly => self.after_step,
            _ => 0,
        };
        (minutes > 0).then_some(minutes)
    }
}

text_enum! {
    /// `deploymentConfiguration.strategy`.
    DeploymentStrategy {
        /// Tasks are replaced in place.
        Rolling = "ROLLING",
        /// Two environments, one shift of traffic.
        BlueGreen = "BLUE_GREEN",
        /// Traffic shifts in equal steps.
        Linear = "LINEAR",
        /// Traffic shifts in two steps.
        Canary = "CANARY",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_strategys_own_waits_are_added_up() {
        let minutes = |configuration| BakeTime::read(&configuration).total();
        assert_eq!(minutes(json!({"strategy": "ROLLING"})), 0);
        assert_eq!(
            minutes(json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 5})),
            5
        );
        assert_eq!(
            minutes(json!({"strategy": "LINEAR", "bakeTimeInMinutes": 1,
                "linearConfiguration": {"stepPercent": 25.0, "stepBakeTimeInMinutes": 2}})),
            1 + 3 * 2
        );
        assert_eq!(minutes(json!({"strategy": "LINEAR"})), 9 * 6);
        assert_eq!(
            minutes(json!({"strategy": "CANARY", "canaryConfiguration": {"canaryBakeTimeInMinutes": 7}})),
            7
        );
    }

    #[test]
    fn each_stage_has_its_own_wait() {
        let bakes = BakeTime::read(&json!({"strategy": "CANARY", "bakeTimeInMinutes": 5,
            "canaryConfiguration": {"canaryBakeTimeInMinutes": 7}}));
        for (stage, traffic, expected) in [
            ("BAKE_TIME", Some(100.0), Some(5)),
            ("PRODUCTION_TRAFFIC_SHIFT", Some(10.0), Some(7)),
            ("PRODUCTION_TRAFFIC_SHIFT", Some(0.0), None),
            ("PRODUCTION_TRAFFIC_SHIFT", Some(100.0), None),
            ("PRODUCTION_TRAFFIC_SHIFT", None, None),
            ("CLEAN_UP", Some(100.0), None),
        ] {
            assert_eq!(bakes.at(stage, traffic), expected, "{stage} {traffic:?}");
        }
        let none = BakeTime::read(&json!({"strategy": "BLUE_GREEN"}));
        assert_eq!(none.at("BAKE_TIME", Some(100.0)), None);
    }
}
