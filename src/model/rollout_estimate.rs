//! How long a rollout takes, from its settings.

use std::fmt;

use serde::Serialize;

/// An estimate of a rollout's duration, and what it consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RolloutEstimate {
    /// The duration in seconds.
    pub seconds: u64,
    /// The number of batches in which tasks are replaced.
    pub batches: u64,
    /// The parts, in the order of the rollout; none takes no time.
    pub parts: Vec<EstimatePart>,
}

/// A part of an estimate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EstimatePart {
    /// What takes the time.
    pub step: EstimateStep,
    /// How long, over all batches, in seconds.
    pub seconds: u64,
}

/// What takes time in a rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EstimateStep {
    /// Tasks start: an assumption, as it depends on the image.
    TaskStart,
    /// New tasks become healthy.
    HealthChecks,
    /// Former tasks finish their requests.
    DeregistrationDelay,
    /// Former tasks are killed after their stop timeout.
    StopTimeout,
    /// ECS waits to see whether the new revision is healthy.
    BakeTime,
}

impl fmt::Display for EstimateStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TaskStart => "task start",
            Self::HealthChecks => "health checks",
            Self::DeregistrationDelay => "deregistration delay",
            Self::StopTimeout => "stop timeout",
            Self::BakeTime => "bake time",
        })
    }
}

impl RolloutEstimate {
    /// Returns the longest part that settings decide.
    pub fn longest(&self) -> Option<&EstimatePart> {
        let parts = self.parts.iter();
        let set = parts.filter(|part| part.step != EstimateStep::TaskStart);
        set.max_by_key(|part| part.seconds)
    }
}

/// `about 6m 20s, of which 5m is deregistration delay`.
impl fmt::Display for RolloutEstimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "about {}", short_duration(self.seconds))?;
        match self.longest() {
            Some(part) => write!(f, ", of which {} is {}", short_duration(part.seconds), part.step),
            None => Ok(()),
        }
    }
}

/// `45s`, `5m`, `6m 20s`, `1h 05m`.
fn short_duration(seconds: u64) -> String {
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    match (hours, minutes, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}s"),
        (0, minutes, 0) => format!("{minutes}m"),
        (0, minutes, seconds) => format!("{minutes}m {seconds:02}s"),
        (hours, minutes, _) => format!("{hours}h {:02}m", minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_part_is_named() {
        let part = |step, seconds| EstimatePart { step, seconds };
        let estimate = RolloutEstimate {
            seconds: 380,
            batches: 1,
            parts: vec![
                part(EstimateStep::TaskStart, 30),
                part(EstimateStep::HealthChecks, 50),
                part(EstimateStep::DeregistrationDelay, 300),
            ],
        };
        assert_eq!(
            estimate.to_string(),
            "about 6m 20s, of which 5m is deregistration delay"
        );
    }

    #[test]
    fn durations_are_short() {
        for (seconds, text) in [
            (0, "0s"),
            (59, "59s"),
            (60, "1m"),
            (380, "6m 20s"),
            (3900, "1h 05m"),
        ] {
            assert_eq!(short_duration(seconds), text);
        }
    }
}
