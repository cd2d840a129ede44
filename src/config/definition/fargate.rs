//! Members of a task definition that Fargate does not support (ECS API, each member's description).

use crate::config::typed_values;
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind};

/// Members of a container.
const OF_CONTAINERS: [&str; 2] = ["privileged", "dockerSecurityOptions"];
/// Members of `linuxParameters`.
const OF_LINUX_PARAMETERS: [&str; 4] = ["devices", "sharedMemorySize", "maxSwap", "swappiness"];
/// Members of a container in a task with network mode awsvpc, which Fargate requires.
const NOT_WITH_AWSVPC: [&str; 3] = ["links", "extraHosts", "hostname"];
/// The only Linux capability that a container on Fargate can add.
const CAPABILITY: &str = "SYS_PTRACE";

/// Reports every member that Fargate does not support.
pub(super) fn check(definition: &Node, problems: &mut Problems) {
    refuse_used(
        definition,
        &["ipcMode", "inferenceAccelerators", "placementConstraints"],
        problems,
    );
    if let Some(mode) = definition
        .entry("pidMode")
        .filter(|it| it.value.as_str() == Some("host"))
    {
        refuse(mode, "`pidMode: host`", problems);
    }
    for volume in typed_values::items(definition, "volumes") {
        refuse_used(volume, &["dockerVolumeConfiguration"], problems);
        if let Some(host) = volume.get("host") {
            refuse_used(host, &["sourcePath"], problems);
        }
    }
    for container in typed_values::items(definition, "containerDefinitions") {
        check_container(container, problems);
    }
}

fn check_container(container: &Node, problems: &mut Problems) {
    refuse_used(container, &OF_CONTAINERS, problems);
    for entry in used(container, &NOT_WITH_AWSVPC) {
        let what = format!("`{}` with network mode awsvpc", entry.key);
        refuse(entry, &what, problems);
    }
    for requirement in typed_values::items(container, "resourceRequirements") {
        let gpu = requirement
            .entry("type")
            .filter(|it| it.value.as_str() == Some("GPU"));
        if let Some(gpu) = gpu {
            refuse(gpu, "a GPU", problems);
        }
    }
    let Some(linux) = container.get("linuxParameters") else {
        return;
    };
    refuse_used(linux, &OF_LINUX_PARAMETERS, problems);
    let added = linux
        .get("capabilities")
        .map_or(&[][..], |it| typed_values::items(it, "add"));
    for capability in added {
        if let Some(name) = capability.as_str().filter(|name| *name != CAPABILITY) {
            let message = format!("Fargate can't add the Linux capability `{name}`");
            let problem = Problem::error("fargate", message, capability.span);
            problems.push(problem.label(format!("only `{CAPABILITY}` can be added")));
        }
    }
}

fn refuse_used(node: &Node, members: &[&str], problems: &mut Problems) {
    for entry in used(node, members) {
        refuse(entry, &format!("`{}`", entry.key), problems);
    }
}

fn used<'a>(node: &'a Node, members: &[&str]) -> impl Iterator<Item = &'a Entry> {
    let entries = node.members().iter();
    entries.filter(move |entry| members.contains(&entry.key.as_str()) && asks_for_something(&entry.value))
}

/// Whether a value has an effect: `false`, 0 and empty values don't.
fn asks_for_something(value: &Node) -> bool {
    match &value.kind {
        NodeKind::Null => false,
        NodeKind::Bool(flag, _) => *flag,
        NodeKind::Number(number, _) => number.as_f64() != Some(0.0),
        NodeKind::Text(text) => text
            .as_literal()
            .is_none_or(|text| !matches!(text, "" | "false" | "0")),
        NodeKind::List(items) => !items.is_empty(),
        NodeKind::Map(entries) => !entries.is_empty(),
    }
}

fn refuse(entry: &Entry, what: &str, problems: &mut Problems) {
    let span: Span = entry.key_span;
    let message = format!("Fargate does not support {what}");
    let problem = Problem::error("fargate", message, span);
    problems.push(problem.label("remove it, or run on instances: `launchType: EC2` in the service"));
}
