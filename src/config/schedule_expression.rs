//! The forms of a schedule expression (EventBridge Scheduler user guide, "Schedule types"): `rate(…)`, `cron(…)`,
//! `at(…)`.

use super::typed_values;
use crate::diagnostic::{Problem, Problems};
use crate::model::Entry;

/// The fields of a cron expression.
const CRON_FIELDS: &str = "minutes hours day-of-month month day-of-week year";
/// The units of a rate.
const UNITS: [&str; 6] = ["minute", "minutes", "hour", "hours", "day", "days"];

/// Reports an expression that has none of the forms.
pub(super) fn check(entry: &Entry, problems: &mut Problems) {
    let Some(text) = entry.value.as_str() else { return };
    if problems.concern(entry.value.span) || typed_values::is_reported(Some(entry), problems) {
        return;
    }
    if let Err(label) = read(text) {
        let message = format!("invalid schedule `{text}`");
        problems.push(Problem::error("schedule", message, entry.value.span).label(label));
    }
}

/// Reads an expression, or returns what it should be.
fn read(text: &str) -> Result<(), String> {
    let inner = |form: &str| text.strip_prefix(form)?.strip_prefix('(')?.strip_suffix(')');
    if let Some(fields) = inner("cron") {
        return cron(fields);
    }
    if let Some(rate) = inner("rate") {
        return self::rate(rate);
    }
    if let Some(at) = inner("at") {
        return match at.parse::<jiff::civil::DateTime>() {
            Ok(_) if at.len() == "yyyy-mm-ddThh:mm:ss".len() => Ok(()),
            _ => Err("write at(yyyy-mm-ddThh:mm:ss); `timezone:` says where".to_owned()),
        };
    }
    if text.split_whitespace().count() == 5 && !text.contains('(') {
        return Err(format!("write cron(…) with 6 fields: {CRON_FIELDS}"));
    }
    Err("write cron(…), rate(…) or at(…)".to_owned())
}

/// "A cron expression consists of six required fields … separated by white space" and "You can't use * in both the
/// day-of-month and day-of-week fields. If you use it in one, you must use ? in the other" (user guide).
fn cron(fields: &str) -> Result<(), String> {
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let [_, _, day_of_month, _, day_of_week, _] = fields.as_slice() else {
        return Err(format!("cron(…) has 6 fields: {CRON_FIELDS}"));
    };
    match (*day_of_month, *day_of_week) {
        ("*", "*") => Err("write ? for the day of the month or of the week".to_owned()),
        _ => Ok(()),
    }
}

fn rate(rate: &str) -> Result<(), String> {
    let parts: Vec<&str> = rate.split_whitespace().collect();
    match parts.as_slice() {
        [value, unit] if UNITS.contains(unit) && value.parse::<u32>().is_ok_and(|it| it > 0) => Ok(()),
        _ => Err("write rate(N minutes), rate(N hours) or rate(N days)".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_have_the_forms_of_the_user_guide() {
        for text in [
            "cron(0 3 * * ? *)",
            "cron(15 10 ? * 6L 2026-2027)",
            "rate(1 minute)",
            "rate(5 minutes)",
            "rate(12 hours)",
            "at(2026-11-20T13:00:00)",
        ] {
            assert_eq!(read(text), Ok(()), "{text}");
        }
        for (text, label) in [
            ("0 3 * * *", "6 fields"),
            ("cron(0 3 * * *)", "6 fields"),
            ("cron(0 3 * * * *)", "write ?"),
            ("rate(0 minutes)", "rate(N minutes)"),
            ("rate(5 weeks)", "rate(N minutes)"),
            ("at(2026-11-20)", "at(yyyy-mm-ddThh:mm:ss)"),
            ("at(2026-11-20T13:00:00Z)", "at(yyyy-mm-ddThh:mm:ss)"),
            ("every day", "cron(…)"),
        ] {
            assert!(read(text).unwrap_err().contains(label), "{text}");
        }
    }
}
