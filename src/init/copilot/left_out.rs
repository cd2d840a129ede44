//! What of a manifest has no counterpart in deploy.yaml.

use super::parts::WorkloadParts;
use crate::model::{Node, NodeKind};

/// The fields that are drafted, each by a file of its own.
const DRAFTED: [&str; 25] = [
    "name",
    "type",
    "image",
    "cpu",
    "memory",
    "platform",
    "count",
    "exec",
    "network",
    "variables",
    "secrets",
    "env_file",
    "sidecars",
    "storage",
    "logging",
    "observability",
    "entrypoint",
    "command",
    "deployment",
    "environments",
    "http",
    "nlb",
    "on",
    "taskdef_overrides",
    "timeout",
];

/// Why a field has no counterpart, where that helps.
const REASONS: [(&str, &str); 3] = [
    (
        "publish",
        "its topics stay in Copilot's stack; COPILOT_SNS_TOPIC_ARNS is not set",
    ),
    (
        "subscribe",
        "its queues stay in Copilot's stack; COPILOT_QUEUE_URI is not set",
    ),
    (
        "retries",
        "EventBridge Scheduler runs no task again; `schedule.retryPolicy` is about starting it",
    ),
];

/// Notes the fields of a manifest that nothing drafts.
pub(super) fn note(manifest: &Node, parts: &mut WorkloadParts<'_, '_>) {
    for entry in manifest.members().iter().filter(|entry| !entry.value.is_null()) {
        let key = entry.key.as_str();
        match key {
            "taskdef_overrides" => overrides(&entry.value, parts),
            "timeout" => parts.leave_out(
                "timeout",
                "EventBridge Scheduler starts the task, and doesn't stop it",
            ),
            _ if DRAFTED.contains(&key) => {}
            _ => {
                let reason = REASONS.iter().find(|(known, _)| *known == key);
                parts.leave_out(key, reason.map_or("", |(_, reason)| reason));
            }
        }
    }
}

fn overrides(node: &Node, parts: &mut WorkloadParts<'_, '_>) {
    for item in parts.reader.items("taskdef_overrides", node) {
        let path = item.get("path").and_then(Node::as_str).unwrap_or("…");
        let value = item.get("value").map(shown).unwrap_or_default();
        parts.leave_out(
            &format!("taskdef_overrides {path}: {value}"),
            "set it in the task definition",
        );
    }
}

/// Returns a value as it is shown: a scalar, or what it is.
fn shown(value: &Node) -> String {
    match &value.kind {
        NodeKind::Map(_) => "a mapping".to_owned(),
        NodeKind::List(_) => "a list".to_owned(),
        _ => crate::init::source_reader::scalar(value)
            .unwrap_or("null")
            .to_owned(),
    }
}
