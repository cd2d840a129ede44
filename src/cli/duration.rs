//! Durations and points in time as people type them: `90s`, `1h30m`, `2026-11-20T14:00:00Z`.

use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;

/// Parses a duration; the value parser for clap.
pub fn parse(text: &str) -> Result<Duration, InvalidDuration> {
    let signed: jiff::SignedDuration = text.parse().map_err(|_| InvalidDuration)?;
    Duration::try_from(signed).map_err(|_| InvalidDuration)
}

/// An invalid or negative duration.
#[derive(Debug, thiserror::Error)]
#[error("write a number and a unit: 90s, 15m or 1h30m")]
pub struct InvalidDuration;

/// The start of a time range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartTime {
    /// A duration before now.
    Ago(Duration),
    /// A point in time.
    At(Timestamp),
}

impl StartTime {
    /// Converts to a point in time, relative to `now`.
    pub fn from(self, now: Timestamp) -> Timestamp {
        match self {
            StartTime::Ago(duration) => now.checked_sub(duration).unwrap_or(Timestamp::UNIX_EPOCH),
            StartTime::At(at) => at,
        }
    }
}

impl FromStr for StartTime {
    type Err = InvalidStartTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let ago = parse(text).map(StartTime::Ago);
        ago.or_else(|_| text.parse().map(StartTime::At).map_err(|_| InvalidStartTime))
    }
}

/// A text that is neither a duration nor a time.
#[derive(Debug, thiserror::Error)]
#[error("write a duration (90s, 15m, 2h) or a time (2026-11-20T14:00:00Z)")]
pub struct InvalidStartTime;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_a_unit() {
        for (text, seconds) in [("90s", 90), ("15m", 900), ("1h30m", 5400), ("0s", 0)] {
            assert_eq!(parse(text).unwrap(), Duration::from_secs(seconds), "{text}");
        }
        for text in ["", "15", "-3s", "soon", "1y", "m", "99999999999999999999h"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}

#[cfg(test)]
mod since_tests {
    use super::*;

    #[test]
    fn a_duration_or_a_time() {
        let now: Timestamp = "2026-11-20T14:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("10m", "2026-11-20T13:50:00Z"),
            ("1h30m", "2026-11-20T12:30:00Z"),
            ("2026-11-19T00:00:00Z", "2026-11-19T00:00:00Z"),
            ("2026-11-19T01:00:00+01:00", "2026-11-19T00:00:00Z"),
        ] {
            let since: StartTime = text.parse().unwrap();
            assert_eq!(since.from(now), expected.parse().unwrap(), "{text}");
        }
        for text in ["", "10", "yesterday", "2026-11-19", "-5m"] {
            assert!(text.parse::<StartTime>().is_err(), "{text}");
        }
        let ages = StartTime::Ago(Duration::from_secs(u64::MAX));
        assert_eq!(ages.from(now), Timestamp::UNIX_EPOCH);
    }
}
