//! `healthcheck` of a container.

use super::parts::WorkloadParts;
use crate::config::health_check_range;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::units::seconds;
use crate::model::Node;

/// Copilot's defaults of a health check (AWS Copilot CLI documentation, `image.healthcheck`).
const HEALTH_CHECK: [(&str, &str, i64); 4] = [
    ("interval", "interval", 10),
    ("timeout", "timeout", 5),
    ("retries", "retries", 2),
    ("start_period", "startPeriod", 0),
];

/// Adds a health check with Copilot's defaults.
pub(super) fn add(node: &Node, container: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let Some(node) = node.get("healthcheck").filter(|node| !node.is_null()) else {
        return;
    };
    if node.entries().is_none() {
        return parts.reader.wrong("healthcheck", node, "a mapping");
    }
    let mut check = DraftMap::default();
    let command = node.get("command").map(|it| parts.reader.texts("command", it));
    let command = command.unwrap_or_else(|| {
        ["CMD-SHELL", "curl -f http://localhost/ || exit 1"]
            .map(str::to_owned)
            .into()
    });
    let words = command.iter().map(|word| word.as_str().into());
    check.put("command", DraftValue::List(words.collect()));
    for (key, member, default) in HEALTH_CHECK {
        let given = node.get(key).and_then(|node| {
            let count = |text: &str| text.parse::<u32>().ok().map(f64::from);
            let parse = |text: &str| seconds(text).or_else(|| count(text));
            parts
                .reader
                .parse(key, node, "a duration, for example 10s", parse)
        });
        let value = given.map_or(default, |value| value.ceil() as i64);
        let Some(range) = health_check_range(member) else {
            continue;
        };
        let (from, to) = (*range.start(), *range.end());
        if !range.contains(&value) {
            check.todo(format!(
                "confirm `{member}`: the manifest has {value}, and ECS takes {from} to {to}"
            ));
        }
        check.put(member, value.clamp(from, to));
    }
    container.put("healthCheck", check);
}
