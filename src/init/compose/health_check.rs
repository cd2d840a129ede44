//! `healthcheck`: the health check of the container.

use super::parts::ComposeParts;
use crate::config::health_check_range;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::units::seconds;
use crate::model::{Node, NodeKind};

/// Docker's default of a check's timeout in seconds, where the default of ECS is 5 (Compose specification,
/// "healthcheck"; ECS API, HealthCheck, `timeout`).
const TIMEOUT: f64 = 30.0;

/// Adds the health check. One that is switched off needs no counterpart: ECS doesn't run those of images (ECS API,
/// ContainerDefinition, `healthCheck`).
pub(super) fn add(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    let Some(node) = service.get("healthcheck").filter(|node| !node.is_null()) else {
        return;
    };
    if node.entries().is_none() {
        return parts.reader.wrong("healthcheck", node, "a mapping");
    }
    let disabled = node.get("disable");
    if disabled.and_then(|node| parts.reader.flag("disable", node)) == Some(true) {
        return;
    }
    let Some(test) = node.get("test") else {
        return parts.leave_out(
            "healthcheck",
            "without `test` it is that of the image, which ECS doesn't run",
        );
    };
    let Some(command) = command(test, parts) else {
        return;
    };
    let mut check = DraftMap::default();
    check.put("command", command);
    number(&mut check, "interval", duration(node, "interval", parts));
    let timeout = duration(node, "timeout", parts).unwrap_or(TIMEOUT);
    number(&mut check, "timeout", Some(timeout));
    let retries = node.get("retries");
    let retries = retries.and_then(|node| {
        let parse = |text: &str| text.parse::<u32>().ok();
        parts.reader.parse("retries", node, "a whole number", parse)
    });
    number(&mut check, "retries", retries.map(f64::from));
    number(&mut check, "startPeriod", duration(node, "start_period", parts));
    if node.get("start_interval").is_some() {
        parts.leave_out("healthcheck.start_interval", "");
    }
    parts.container.put("healthCheck", check);
}

/// Returns the command; None if there is no check.
fn command(test: &Node, parts: &mut ComposeParts<'_, '_>) -> Option<DraftValue> {
    if !matches!(test.kind, NodeKind::List(_)) {
        let shell = parts.reader.text("test", test)?;
        let words = ["CMD-SHELL", &shell];
        return Some(DraftValue::List(words.map(DraftValue::from).into()));
    }
    let words = parts.reader.texts("test", test);
    match words.first().map(String::as_str) {
        Some("CMD" | "CMD-SHELL") if words.len() > 1 => {
            let words = words.iter().map(|word| word.as_str().into());
            Some(DraftValue::List(words.collect()))
        }
        Some("NONE") | None => None,
        Some(_) => {
            parts
                .reader
                .wrong("test", test, "a command after NONE, CMD or CMD-SHELL");
            None
        }
    }
}

fn duration(node: &Node, key: &str, parts: &mut ComposeParts<'_, '_>) -> Option<f64> {
    let node = node.get(key).filter(|node| !node.is_null())?;
    parts
        .reader
        .parse(key, node, "a duration, for example 1m30s", seconds)
}

/// Adds a number, or the nearest that ECS accepts.
fn number(check: &mut DraftMap, member: &str, value: Option<f64>) {
    let (Some(value), Some(range)) = (value, health_check_range(member)) else {
        return;
    };
    let nearest = value.ceil().clamp(*range.start() as f64, *range.end() as f64);
    if nearest != value {
        check.todo(format!(
            "confirm `{member}`: compose has {value}, and ECS takes whole numbers from {} to {}",
            range.start(),
            range.end()
        ));
    }
    check.put(member, nearest as i64);
}
