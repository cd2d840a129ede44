//! The part of deploy.yaml that commands need that don't deploy: the session's settings, the cluster, the services'
//! names, and which jobs have a schedule. The rest of the file can't stop them, because nothing looks at it.

use super::interpolate::{References, references};
use super::{keys, typed_values};
use crate::model::{Entry, Node};
use crate::schema::{EcsOperation, misspelled_member};

/// The top-level keys of this part besides `services`.
const SETTINGS: [&str; 6] = [
    "requiredVersion",
    "account",
    "region",
    "profile",
    "assumeRole",
    "cluster",
];

/// Returns the tree with this part of the file only. Every key at the top level, variable and image keeps its
/// place, because messages name them.
pub(super) fn part(root: &Node) -> Node {
    let without_vars = map(root, |entry| match entry.key.as_str() {
        "vars" => blank(entry),
        "services" => map(&entry.value, |service| names(&service.value)),
        "jobs" => Node::map(entry.value.span, scheduled(root)),
        // It is part of the name of the schedules' group.
        "name" if scheduled(root).next().is_some() => entry.value.clone(),
        "images" => map(&entry.value, |image| Node::map(image.value.span, [])),
        key if SETTINGS.contains(&key) => entry.value.clone(),
        _ => blank(entry),
    });
    let needed = needed(root, references(&without_vars));
    map(&without_vars, |entry| match root.get(&entry.key) {
        Some(vars) if entry.key == "vars" => map(vars, |var| match needed.vars.contains(&var.key) {
            true => var.value.clone(),
            false => blank(var),
        }),
        Some(state) if entry.key == "tfstate" && needed.tfstate => state.clone(),
        _ => entry.value.clone(),
    })
}

/// Returns a service with its name only, the names of its CodeDeploy resources, and what may be a misspelling of that key.
fn names(service: &Node) -> Node {
    let is_name = |entry: &&Entry| {
        let meant = misspelled_member(EcsOperation::CreateService, &keys::SERVICE, &entry.key);
        entry.key == "serviceName" || meant == Some("serviceName")
    };
    let members = service.members().iter();
    let kept = members.filter_map(|entry| match entry.key.as_str() {
        "codeDeploy" => Some(entry.with_value(code_deploy(&entry.value))),
        _ => is_name(&entry).then(|| entry.clone()),
    });
    Node::map(service.span, kept)
}

/// Returns the jobs with a schedule, with nothing but their service.
fn scheduled(root: &Node) -> impl Iterator<Item = Entry> {
    let jobs = root.get("jobs").map(Node::members).unwrap_or_default().iter();
    jobs.filter_map(|job| {
        let schedule = typed_values::present(&job.value, "schedule")?;
        let schedule = schedule.with_value(Node::map(schedule.value.span, []));
        let service = job.value.entry("service").cloned();
        Some(job.with_value(Node::map(job.value.span, service.into_iter().chain([schedule]))))
    })
}

/// Returns a `codeDeploy:` with the names of its application and its deployment group only.
fn code_deploy(node: &Node) -> Node {
    let is_name = |key: &str| matches!(key, "applicationName" | "deploymentGroupName");
    match node.entries() {
        Some(entries) => Node::map(node.span, entries.iter().filter(|it| is_name(&it.key)).cloned()),
        None => node.clone(),
    }
}

/// Returns these references, and those in the variables and in the place of the Terraform state that they need.
fn needed(root: &Node, direct: References) -> References {
    let mut needed = References::default();
    let mut open = vec![direct];
    while let Some(next) = open.pop() {
        if next.tfstate && !needed.tfstate {
            needed.tfstate = true;
            open.extend(root.get("tfstate").map(references));
        }
        for name in next.vars {
            let value = root.get("vars").and_then(|vars| vars.get(&name));
            if needed.vars.insert(name) {
                open.extend(value.map(references));
            }
        }
    }
    needed
}

/// Replaces the values of a mapping; anything else stays.
fn map(node: &Node, value: impl Fn(&Entry) -> Node) -> Node {
    match node.entries() {
        Some(entries) => Node::map(
            node.span,
            entries.iter().map(|entry| entry.with_value(value(entry))),
        ),
        None => node.clone(),
    }
}

fn blank(entry: &Entry) -> Node {
    Node::null(entry.value.span)
}
