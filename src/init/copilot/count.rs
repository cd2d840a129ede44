//! `count` of a service: the desired count, Fargate Spot and autoscaling.

use super::parts::WorkloadParts;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::units::seconds;
use crate::model::{Node, NodeKind};

/// Copilot's cooldowns in seconds (aws/copilot-cli, `templates/workloads/partials/cf/autoscaling.yml`).
const COOLDOWNS: [(&str, &str, i64); 2] = [("in", "ScaleInCooldown", 120), ("out", "ScaleOutCooldown", 60)];

/// Metrics that ecsctl has a key for.
const METRICS: [(&str, &str); 2] = [("cpu_percentage", "cpu"), ("memory_percentage", "memory")];

/// Adds the count to the members of a service. Copilot's default is one task.
pub(super) fn add(manifest: &Node, members: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let Some(count) = manifest.get("count").filter(|node| !node.is_null()) else {
        return;
    };
    if !matches!(count.kind, NodeKind::Map(_)) {
        if let Some(count) = parts.reader.count("count", count) {
            members.put("desiredCount", count);
        }
        return;
    }
    if let Some(spot) = count.get("spot").filter(|node| !node.is_null()) {
        if let Some(count) = parts.reader.count("spot", spot) {
            members.put("desiredCount", count);
        }
        return strategy(None, members);
    }
    let Some(range) = count.get("range") else {
        return parts
            .reader
            .wrong("count", count, "a number, or a mapping with `range` or `spot`");
    };
    let Some((min, max)) = bounds(range, members, parts) else {
        return;
    };
    let mut scaling = DraftMap::default();
    scaling.put("minCapacity", min);
    scaling.put("maxCapacity", max);
    let mut tracking = DraftMap::default();
    for (key, metric) in METRICS {
        if let Some(node) = count.get(key).filter(|node| !node.is_null()) {
            tracking.put(metric, policy(key, node, count, parts));
        }
    }
    if !tracking.is_empty() {
        scaling.put("targetTracking", tracking);
    }
    // An environment that scales must not take the count of the others away: CreateService requires one.
    members.put("desiredCount", min);
    members.put("autoscaling", scaling);
    for (key, reason) in [
        (
            "requests",
            "add `targetTracking.requestsPerTarget` with the load balancer",
        ),
        ("response_time", "see `targetTracking.custom`"),
        ("queue_delay", "see `targetTracking.custom`"),
    ] {
        if count.get(key).is_some_and(|node| !node.is_null()) {
            parts.leave_out(&format!("count.{key}"), reason);
        }
    }
}

/// Reads `1-10`, or a mapping that may say from which task on Fargate Spot is used.
fn bounds(range: &Node, members: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) -> Option<(i64, i64)> {
    let number = |text: &str| text.trim().parse::<u32>().ok().map(i64::from);
    if !matches!(range.kind, NodeKind::Map(_)) {
        return parts.reader.parse("range", range, "MIN-MAX", |text| {
            let (min, max) = text.split_once('-')?;
            Some((number(min)?, number(max)?))
        });
    }
    let mut bound = |key: &str| {
        let node = range.get(key)?;
        parts.reader.parse(key, node, "a number of tasks", number)
    };
    let (min, max, spot_from) = (bound("min"), bound("max"), bound("spot_from"));
    if let Some(from) = spot_from {
        // aws/copilot-cli, `convertCapacityProviders`: the tasks before that one are on Fargate.
        let base = (from >= min.unwrap_or(0)).then_some((from - 1).max(0));
        strategy(base, members);
    }
    let bounds = min.zip(max);
    if bounds.is_none() {
        parts
            .reader
            .wrong("range", range, "a mapping with `min` and `max`");
    }
    bounds
}

/// Adds Fargate Spot, and Fargate for the first tasks.
fn strategy(base: Option<i64>, members: &mut DraftMap) {
    let mut spot = DraftMap::default();
    spot.put("capacityProvider", "FARGATE_SPOT");
    spot.put("weight", 1);
    let mut items = vec![spot.into()];
    if let Some(base) = base {
        let mut fargate = DraftMap::default();
        fargate.put("capacityProvider", "FARGATE");
        fargate.put("weight", 0);
        fargate.put("base", base);
        items.push(fargate.into());
    }
    members.put("capacityProviderStrategy", DraftValue::List(items));
}

/// Drafts the policy of a metric: its target, with cooldowns of its own, of `count`, or of Copilot.
fn policy(key: &str, node: &Node, count: &Node, parts: &mut WorkloadParts<'_, '_>) -> DraftMap {
    let value = node.get("value").unwrap_or(node);
    let target = parts
        .reader
        .parse(key, value, "a percentage", |text| text.parse::<u32>().ok());
    let mut policy = DraftMap::default();
    policy.put("TargetValue", i64::from(target.unwrap_or_default()));
    for (key, member, default) in COOLDOWNS {
        let of = |node: &'_ Node| node.get("cooldown").and_then(|it| it.get(key)).cloned();
        let own = of(node).or_else(|| of(count));
        let own = own.and_then(|node| {
            let form = "a duration, for example 60s";
            parts.reader.parse(key, &node, form, seconds)
        });
        policy.put(member, own.map_or(default, |seconds| seconds.ceil() as i64));
    }
    policy
}
