//! Attributes of a service that have no counterpart on Amazon ECS with Fargate.

use super::parts::ComposeParts;
use crate::init::source_reader::scalar;
use crate::model::{Entry, Node, NodeKind};

/// The attributes that are drafted, each by a file of its own or by `container`.
const DRAFTED: [&str; 36] = [
    "build",
    "cap_add",
    "cap_drop",
    "command",
    "cpus",
    "depends_on",
    "deploy",
    "entrypoint",
    "env_file",
    "environment",
    "expose",
    "extends",
    "healthcheck",
    "image",
    "init",
    "labels",
    "mem_limit",
    "mem_reservation",
    "platform",
    "ports",
    "profiles",
    "read_only",
    "restart",
    "scale",
    "stdin_open",
    "stop_grace_period",
    "sysctls",
    "tmpfs",
    "tty",
    "ulimits",
    "user",
    "volumes",
    "working_dir",
    "container_name",
    "network_mode",
    "secrets",
];

const NETWORK: &str = "each task has a network interface of its own, with security groups";
const NOT_ON_FARGATE: &str = "not available on Fargate";

/// Why an attribute has no counterpart, where that helps (ECS API, the members' descriptions; `config` refuses the same
/// members).
const REASONS: [(&str, &str); 15] = [
    ("configs", "put the file into the image"),
    ("devices", NOT_ON_FARGATE),
    ("dns", NETWORK),
    ("extra_hosts", NETWORK),
    ("gpus", NOT_ON_FARGATE),
    ("hostname", NETWORK),
    ("links", NETWORK),
    ("logging", "logs go to CloudWatch Logs"),
    ("networks", NETWORK),
    ("privileged", NOT_ON_FARGATE),
    ("security_opt", NOT_ON_FARGATE),
    ("shm_size", NOT_ON_FARGATE),
    ("memswap_limit", NOT_ON_FARGATE),
    ("mem_swappiness", NOT_ON_FARGATE),
    ("develop", "for development"),
];

/// Notes the attributes of a service that nothing drafts.
pub(super) fn note(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    for entry in service.members().iter().filter(|entry| has_effect(&entry.value)) {
        let key = entry.key.as_str();
        match key {
            "container_name" if scalar(&entry.value) != Some(parts.key) => {
                let reason = format!("the container is called {}", parts.key);
                parts.leave_out(key, &reason);
            }
            "network_mode" => parts.leave_out(key, NETWORK),
            "secrets" => parts.leave_out(
                key,
                "store them in Secrets Manager or Parameter Store, and name their ARNs under `secrets`",
            ),
            "restart" => restart(entry, parts),
            "deploy" => deploy(&entry.value, parts),
            _ if DRAFTED.contains(&key) || key.starts_with("x-") => {}
            _ => parts.leave_out(key, reason(key)),
        }
    }
}

fn reason(key: &str) -> &'static str {
    let found = REASONS.iter().find(|(known, _)| *known == key);
    found.map_or("", |(_, reason)| reason)
}

/// A service's tasks are always replaced (Amazon ECS Developer Guide, "Amazon ECS services").
fn restart(entry: &Entry, parts: &mut ComposeParts<'_, '_>) {
    let policy = scalar(&entry.value).unwrap_or_default();
    if !matches!(policy, "always" | "unless-stopped") {
        let attribute = format!("restart: {policy}");
        parts.leave_out(&attribute, "ECS replaces tasks of a service that end");
    }
}

fn deploy(deploy: &Node, parts: &mut ComposeParts<'_, '_>) {
    for entry in parts.reader.members("deploy", deploy) {
        let key = entry.key.as_str();
        match key {
            "replicas" | "resources" => {}
            "mode" if scalar(&entry.value) == Some("replicated") => {}
            key if key.starts_with("x-") => {}
            "mode" => parts.leave_out("deploy.mode", NOT_ON_FARGATE),
            "update_config" | "rollback_config" => {
                parts.leave_out(&format!("deploy.{key}"), "see `deploymentConfiguration`");
            }
            key => parts.leave_out(&format!("deploy.{key}"), ""),
        }
    }
}

/// Whether a value asks for something.
pub(super) fn has_effect(value: &Node) -> bool {
    match &value.kind {
        NodeKind::Null => false,
        NodeKind::Bool(flag, _) => *flag,
        NodeKind::Number(..) => true,
        NodeKind::Text(text) => text.as_literal() != Some(""),
        NodeKind::List(items) => !items.is_empty(),
        NodeKind::Map(entries) => !entries.is_empty(),
    }
}
