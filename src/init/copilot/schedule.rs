//! `on.schedule` of a Scheduled Job, as EventBridge Scheduler writes it.

use crate::init::units::seconds;

/// Copilot's names of schedules (aws/copilot-cli, `internal/pkg/deploy/cloudformation/stack/scheduled_job.go`).
const NAMED: [(&str, &str); 7] = [
    ("@hourly", "0 * * * ? *"),
    ("@midnight", "0 0 * * ? *"),
    ("@daily", "0 0 * * ? *"),
    ("@weekly", "0 0 ? * 1 *"),
    ("@monthly", "0 0 1 * ? *"),
    ("@annually", "0 0 1 1 ? *"),
    ("@yearly", "0 0 1 1 ? *"),
];

/// Converts a schedule as Copilot does; None if Copilot refuses it.
pub(super) fn expression(schedule: &str) -> Option<String> {
    let is_form = |form: &str| schedule.starts_with(form) && schedule.ends_with(')');
    if is_form("rate(") || is_form("cron(") {
        return Some(schedule.to_owned());
    }
    if let Some(interval) = schedule.strip_prefix("@every ") {
        return every(interval);
    }
    if let Some((_, fields)) = NAMED.iter().find(|(name, _)| *name == schedule) {
        return Some(format!("cron({fields})"));
    }
    cron(schedule)
}

/// Converts an interval to a rate in minutes.
fn every(interval: &str) -> Option<String> {
    let minutes = seconds(interval)? / 60.0;
    match minutes {
        minutes if minutes < 1.0 || minutes.fract() != 0.0 => None,
        1.0 => Some("rate(1 minute)".to_owned()),
        minutes => Some(format!("rate({minutes} minutes)")),
    }
}

/// Converts the five fields of cron. EventBridge has `?` in one of the two fields of the day, and counts weekdays from 1.
fn cron(schedule: &str) -> Option<String> {
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields.as_slice() else {
        return None;
    };
    let is_given = |field: &str| !field.contains(['*', '?']);
    let (day, weekday) = match (is_given(day), is_given(weekday)) {
        (false, false) => ("*", "?".to_owned()),
        (false, true) => ("?", counted_from_one(weekday)?),
        (true, false) => (*day, "?".to_owned()),
        (true, true) => return None,
    };
    Some(format!("cron({minute} {hour} {day} {month} {weekday} *)"))
}

/// Returns a field of weekdays that is counted from 1. In cron 7 is Sunday as 0 is.
fn counted_from_one(weekday: &str) -> Option<String> {
    let next = |c: char| match c {
        '0'..='6' => char::from_u32(u32::from(c) + 1),
        '7' => Some('1'),
        '8' | '9' => None,
        other => Some(other),
    };
    // What follows a slash is a number of days.
    match weekday.split_once('/') {
        Some((days, step)) => Some(format!(
            "{}/{step}",
            days.chars().map(next).collect::<Option<String>>()?
        )),
        None => weekday.chars().map(next).collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn schedules_are_converted_as_copilot_does() {
        for (schedule, expected) in [
            ("@daily", Some("cron(0 0 * * ? *)")),
            ("@weekly", Some("cron(0 0 ? * 1 *)")),
            ("@every 1h30m", Some("rate(90 minutes)")),
            ("@every 1m", Some("rate(1 minute)")),
            ("@every 30s", None),
            ("rate(5 minutes)", Some("rate(5 minutes)")),
            ("cron(0 9 ? * 2 *)", Some("cron(0 9 ? * 2 *)")),
            ("* * * * *", Some("cron(* * * * ? *)")),
            ("0 9 * * 1-5", Some("cron(0 9 ? * 2-6 *)")),
            ("0 9 * * 0", Some("cron(0 9 ? * 1 *)")),
            ("0 9 * * MON", Some("cron(0 9 ? * MON *)")),
            ("0 9 1 * *", Some("cron(0 9 1 * ? *)")),
            ("0 */2 * * *", Some("cron(0 */2 * * ? *)")),
            ("0 9 1 * 1", None),
            ("@sometimes", None),
            ("", None),
        ] {
            assert_eq!(expression(schedule).as_deref(), expected, "{schedule}");
        }
    }

    proptest! {
        #[test]
        fn no_schedule_panics(text in "[0-9*?/, @a-z-]{0,16}|\\PC{0,8}") {
            let _ = expression(&text);
        }
    }
}
