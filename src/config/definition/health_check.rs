//! The ranges of a container's `healthCheck` and of `ephemeralStorage`.

use std::ops::RangeInclusive;

use crate::config::typed_values;
use crate::diagnostic::{Problem, Problems};
use crate::model::{Entry, Node, NodeKind};

/// ECS API, HealthCheck: seconds, and for `retries` a count.
const HEALTH_CHECK: [(&str, RangeInclusive<i64>); 4] = [
    ("interval", 5..=300),
    ("timeout", 2..=60),
    ("retries", 1..=10),
    ("startPeriod", 0..=300),
];
/// ECS API, EphemeralStorage, `sizeInGiB`.
const EPHEMERAL_STORAGE: RangeInclusive<i64> = 21..=200;

/// Returns the range of a member of HealthCheck; None of a member without one.
pub fn health_check_range(member: &str) -> Option<RangeInclusive<i64>> {
    let found = HEALTH_CHECK.iter().find(|(known, _)| *known == member);
    found.map(|(_, range)| range.clone())
}

/// Reports values outside their range.
pub(super) fn check(definition: &Node, problems: &mut Problems) {
    for container in typed_values::items(definition, "containerDefinitions") {
        let health_check = container.get("healthCheck");
        for (member, range) in &HEALTH_CHECK {
            check_range(health_check.and_then(|it| it.entry(member)), range, problems);
        }
    }
    let storage = definition.get("ephemeralStorage");
    check_range(
        storage.and_then(|it| it.entry("sizeInGiB")),
        &EPHEMERAL_STORAGE,
        problems,
    );
}

fn check_range(entry: Option<&Entry>, range: &RangeInclusive<i64>, problems: &mut Problems) {
    let Some(entry) = entry else {
        return;
    };
    let number = match &entry.value.kind {
        NodeKind::Number(number, _) => number.as_i64(),
        NodeKind::Text(text) => text.as_literal().and_then(|text| text.parse().ok()),
        _ => None,
    };
    if let Some(number) = number.filter(|number| !range.contains(number)) {
        let (from, to) = (range.start(), range.end());
        let message = format!("`{}` must be between {from} and {to}, not {number}", entry.key);
        let problem = Problem::error("out-of-range", message, entry.value.span);
        problems.push(problem.label(format!("{from} to {to}")));
    }
}
