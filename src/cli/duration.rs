//! Durations as people type them: `90s`, `15m`, `1h30m`.

use std::time::Duration;

/// Reads a duration, for clap.
pub fn parse(text: &str) -> Result<Duration, NotADuration> {
    let signed: jiff::SignedDuration = text.parse().map_err(|_| NotADuration)?;
    Duration::try_from(signed).map_err(|_| NotADuration)
}

/// What is no duration, or less than nothing.
#[derive(Debug, thiserror::Error)]
#[error("write a number and a unit: 90s, 15m or 1h30m")]
pub struct NotADuration;

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
