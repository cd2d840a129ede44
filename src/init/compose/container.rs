//! The attributes of a service that become its container.

use super::parts::ComposeParts;
use super::{environment, health_check, linux_parameters, ports, volumes};
use crate::diagnostic::Problem;
use crate::init::command_line;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::template::Template;
use crate::init::units::seconds;
use crate::model::{Node, NodeKind};

/// The longest time between SIGTERM and SIGKILL on Fargate, in seconds (ECS API, ContainerDefinition, `stopTimeout`).
const MAX_STOP_TIMEOUT: f64 = 120.0;

/// Adds everything but the image.
pub(super) fn add(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    for (attribute, member) in [("entrypoint", "entryPoint"), ("command", "command")] {
        if let Some(node) = service.get(attribute) {
            command(attribute, member, node, parts);
        }
    }
    for (attribute, member) in [("working_dir", "workingDirectory"), ("user", "user")] {
        let node = service.get(attribute).filter(|node| !node.is_null());
        if let Some(text) = node.and_then(|node| parts.reader.text(attribute, node)) {
            parts.container.put(member, text.as_str());
        }
    }
    ports::add(service, parts);
    environment::add(service, parts);
    health_check::add(service, parts);
    let in_memory = volumes::add(service, parts);
    linux_parameters::add(service, in_memory, parts);
    ulimits(service, parts);
    for (attribute, member) in [
        ("read_only", "readonlyRootFilesystem"),
        ("tty", "pseudoTerminal"),
        ("stdin_open", "interactive"),
    ] {
        let node = service.get(attribute).filter(|node| !node.is_null());
        if let Some(flag) = node.and_then(|node| parts.reader.flag(attribute, node)) {
            parts.container.put(member, DraftValue::Scalar(flag.into()));
        }
    }
    stop_timeout(service, parts);
    labels(service, parts);
    sysctls(service, parts);
}

/// Adds a command: a list, or a text that is split.
fn command(attribute: &str, member: &str, node: &Node, parts: &mut ComposeParts<'_, '_>) {
    let words = match &node.kind {
        NodeKind::Null => return,
        NodeKind::List(items) => {
            let words: Option<Vec<Template>> = items
                .iter()
                .map(|item| parts.reader.template(attribute, item))
                .collect();
            words
        }
        _ => {
            let template = parts.reader.template(attribute, node);
            template.and_then(|template| match command_line::split(template) {
                Ok(words) => Some(words),
                Err(reason) => {
                    let problem = Problem::error("command", format!("invalid `{attribute}`"), node.span);
                    parts.reader.problems.push(problem.label(reason));
                    None
                }
            })
        }
    };
    let Some(words) = words else { return };
    if words.is_empty() {
        return parts.leave_out(&format!("{attribute}: []"), "ECS can't remove that of the image");
    }
    let words = words
        .iter()
        .filter_map(|word| parts.reader.drafted(word, node.span));
    let words = words.map(|word| word.as_str().into()).collect();
    parts.container.put(member, DraftValue::List(words));
}

fn ulimits(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    let Some(node) = service.get("ulimits") else {
        return;
    };
    let mut limits = Vec::new();
    for entry in parts.reader.members("ulimits", node) {
        let of = |key: &str| entry.value.get(key).unwrap_or(&entry.value);
        let (soft, hard) = (of("soft"), of("hard"));
        let integer = |text: &str| text.parse::<i64>().ok();
        let mut number = |node| parts.reader.parse(&entry.key, node, "a whole number", integer);
        let (Some(soft), Some(hard)) = (number(soft), number(hard)) else {
            continue;
        };
        let mut limit = DraftMap::default();
        limit.put("name", DraftValue::plain(&entry.key));
        limit.put("softLimit", soft);
        limit.put("hardLimit", hard);
        limits.push(limit.into());
    }
    if !limits.is_empty() {
        parts.container.put("ulimits", DraftValue::List(limits));
    }
}

fn stop_timeout(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    let Some(node) = service.get("stop_grace_period").filter(|node| !node.is_null()) else {
        return;
    };
    let form = "a duration, for example 1m30s";
    let Some(period) = parts.reader.parse("stop_grace_period", node, form, seconds) else {
        return;
    };
    if period > MAX_STOP_TIMEOUT {
        parts.container.todo(format!(
            "confirm `stopTimeout`: compose has {period} seconds, and Fargate's longest is {MAX_STOP_TIMEOUT}"
        ));
    }
    let timeout = period.ceil().min(MAX_STOP_TIMEOUT);
    parts.container.put("stopTimeout", timeout as i64);
}

fn labels(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    let Some(node) = service.get("labels") else { return };
    let mut labels = DraftMap::default();
    for (name, value) in parts.reader.pairs("labels", node) {
        if let Some(value) = parts.reader.drafted(&value.unwrap_or_default(), node.span) {
            labels.put(&name, value.as_str());
        }
    }
    if !labels.is_empty() {
        parts.container.put("dockerLabels", labels);
    }
}

fn sysctls(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    let Some(node) = service.get("sysctls") else {
        return;
    };
    let mut controls = Vec::new();
    for (name, value) in parts.reader.pairs("sysctls", node) {
        let mut control = DraftMap::default();
        control.put("namespace", DraftValue::plain(&name));
        if let Some(value) = parts.reader.drafted(&value.unwrap_or_default(), node.span) {
            control.put("value", value.as_str());
        }
        controls.push(control.into());
    }
    if !controls.is_empty() {
        parts.container.put("systemControls", DraftValue::List(controls));
    }
}
