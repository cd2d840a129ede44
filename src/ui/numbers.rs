//! Formats numbers for people.

use std::time::Duration;

use crate::model::plural;

/// `0.9s`, `41.3s`, `2m 08s`, `1h 05m`, `3d 04h`.
pub fn duration(duration: Duration) -> String {
    let tenths = (duration.as_millis() + 50) / 100;
    if tenths < 600 {
        return format!("{}.{}s", tenths / 10, tenths % 10);
    }
    let seconds = (duration.as_millis() + 500) / 1000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
    match (minutes, hours, days) {
        (_, _, 1..) => format!("{days}d {:02}h", hours % 24),
        (_, 1.., _) => format!("{hours}h {:02}m", minutes % 60),
        _ => format!("{minutes}m {:02}s", seconds % 60),
    }
}

/// Elapsed time of something still running, without tenths that would flicker: `41s`, `2m 08s`.
pub fn elapsed(time: Duration) -> String {
    match time.as_secs() {
        seconds @ ..60 => format!("{seconds}s"),
        _ => duration(Duration::from_secs(time.as_secs())),
    }
}

/// How long ago, in words: `just now`, `41 seconds`, `5 hours`, `2 days`. None for a time in the future.
pub fn ago(time: jiff::SignedDuration) -> Option<String> {
    let seconds = time.as_secs();
    let counted = |count: i64, unit: &str| Some(plural(count.unsigned_abs(), unit));
    match seconds {
        ..0 => None,
        0..5 => Some("just now".to_owned()),
        5..60 => counted(seconds, "second"),
        60..3_600 => counted(seconds / 60, "minute"),
        3_600..86_400 => counted(seconds / 3_600, "hour"),
        _ => counted(seconds / 86_400, "day"),
    }
}

/// `512 B`, `3.4 kB`, `12.4 MB`, `1.2 GB`: powers of ten, as Docker and ECR count.
pub fn bytes(count: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if count < 1000 {
        return format!("{count} B");
    }
    // Tenths of the unit, rounded; 999.95 kB becomes 1.0 MB.
    let mut tenths = (u128::from(count) * 10 + 500) / 1000;
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths = (tenths + 500) / 1000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (millis, expected) in [
            (0, "0.0s"),
            (49, "0.0s"),
            (50, "0.1s"),
            (4_149, "4.1s"),
            (59_949, "59.9s"),
            (59_950, "1m 00s"),
            (128_000, "2m 08s"),
            (3_599_600, "1h 00m"),
            (3_900_000, "1h 05m"),
            (273_600_000, "3d 04h"),
        ] {
            assert_eq!(duration(Duration::from_millis(millis)), expected);
        }
    }

    #[test]
    fn running_time_has_no_tenths() {
        assert_eq!(elapsed(Duration::from_millis(41_900)), "41s");
        assert_eq!(elapsed(Duration::from_millis(60_000)), "1m 00s");
    }

    #[test]
    fn ages() {
        for (seconds, expected) in [
            (0, "just now"),
            (41, "41 seconds"),
            (60, "1 minute"),
            (18_000, "5 hours"),
            (172_800, "2 days"),
        ] {
            assert_eq!(
                ago(jiff::SignedDuration::from_secs(seconds)).as_deref(),
                Some(expected)
            );
        }
        assert_eq!(ago(jiff::SignedDuration::from_secs(-1)), None);
    }

    #[test]
    fn sizes() {
        for (count, expected) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (3_400_000, "3.4 MB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (12_440_000, "12.4 MB"),
            (u64::MAX, "18446.7 PB"),
        ] {
            assert_eq!(bytes(count), expected);
        }
    }
}
