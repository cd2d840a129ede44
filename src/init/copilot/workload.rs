//! Drafts a service or a job of Copilot.

use super::interpolation::ENVIRONMENT;
use super::manifest::CopilotManifest;
use super::parts::WorkloadParts;
use super::{container, count, left_out, logging, network, platform, schedule};
use crate::diagnostic::Problem;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::source_reader::{SourceReader, scalar};
use crate::model::Node;

/// A drafted service or job.
#[derive(Default)]
pub(super) struct WorkloadDraft {
    /// Its members.
    pub members: DraftMap,
    /// The images that are built for it.
    pub images: DraftMap,
}

/// What the manifests of a workspace share.
#[derive(Clone, Copy)]
pub(super) struct WorkloadContext<'a> {
    /// The name of the application, if it is known.
    pub application: Option<&'a str>,
    /// The folder of the workspace, relative to that of deploy.yaml.
    pub folder: &'a str,
}

/// Drafts a manifest, with the overrides of an environment if one is named.
pub(super) fn draft(
    manifest: &CopilotManifest,
    environment: Option<&str>,
    context: WorkloadContext<'_>,
    reader: &mut SourceReader<'_>,
) -> WorkloadDraft {
    let node = manifest.applied(environment);
    let mut parts = WorkloadParts {
        reader,
        application: context.application,
        folder: context.folder,
        name: &manifest.name,
        definition: DraftMap::default(),
        containers: DraftMap::default(),
        volumes: Vec::new(),
        images: DraftMap::default(),
        left_out: manifest.left_out.clone(),
    };
    let mut members = DraftMap::default();
    let port = served_port(&node);
    let connected = (network::is_connected(&node) && port.is_some()).then_some(network::CONNECTED_PORT);
    container::add_main(&node, connected, &mut parts);
    logging::add_router(&node, &mut parts);
    logging::add_collector(&node, &mut parts);
    container::add_sidecars(&node, &mut parts);
    definition(&node, &mut parts);
    if manifest.is_job {
        add_schedule(&node, &mut members, &mut parts);
        network::add(&node, &mut members, &mut parts);
    } else {
        service(&node, port, &mut members, &mut parts);
    }
    left_out::note(&node, &mut parts);
    let mut ordered = DraftMap::default();
    for what in &parts.left_out {
        ordered.left_out(parts.name, what);
    }
    ordered.put("taskDefinition", parts.definition);
    ordered.lines.append(&mut members.lines);
    WorkloadDraft {
        members: ordered,
        images: parts.images,
    }
}

/// Returns the port of the main container, if it is a number.
fn served_port(node: &Node) -> Option<i64> {
    let port = node.get("image")?.get("port")?;
    scalar(port)?.parse().ok()
}

/// Completes the task definition. Its family is the one that Copilot uses.
fn definition(node: &Node, parts: &mut WorkloadParts<'_, '_>) {
    let storage = std::mem::take(&mut parts.definition);
    let family = format!("{}-${{{ENVIRONMENT}}}-{}", parts.application(), parts.name);
    parts.definition.put("family", family.as_str());
    // Copilot's defaults are those of the manifests that `copilot init` writes.
    for (key, default) in [("cpu", 256_i64), ("memory", 512)] {
        let given = node.get(key).filter(|node| !node.is_null());
        let size = given.and_then(|node| parts.reader.count(key, node));
        parts
            .definition
            .put(key, size.unwrap_or(DraftValue::from(default)));
    }
    platform::add(node, parts);
    let definition = &mut parts.definition;
    definition
        .todo("set the task execution role, which may read the secrets, and the task role of the program");
    let role = "arn:aws:iam::${aws.account}:role/ecsTaskExecutionRole";
    definition.put("executionRoleArn", role);
    definition.put("taskRoleArn", "arn:aws:iam::${aws.account}:role/ecsTaskRole");
    definition.lines.extend(storage.lines);
    if !parts.volumes.is_empty() {
        let volumes = std::mem::take(&mut parts.volumes)
            .into_iter()
            .map(DraftValue::Map);
        definition.put("volumes", DraftValue::List(volumes.collect()));
    }
    definition.put("containerDefinitions", std::mem::take(&mut parts.containers));
}

/// Adds the members of a service.
fn service(node: &Node, port: Option<i64>, members: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    count::add(node, members, parts);
    let exec = node.get("exec").filter(|node| !node.is_null());
    if exec.and_then(|node| parts.reader.flag("exec", node)) == Some(true) {
        members.put("enableExecuteCommand", DraftValue::Scalar(true.into()));
    }
    deployment(node, members, parts);
    network::add(node, members, parts);
    network::add_connect(node, port, members, parts);
    network::add_load_balancer(node, members, parts);
    members.put("logRetentionDays", logging::retention(node, parts));
}

/// Adds `deployment`: Copilot's `recreate` stops all tasks first (AWS Copilot CLI documentation, `deployment.rolling`).
fn deployment(node: &Node, members: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let of = |key: &str| {
        node.get("deployment")
            .and_then(|it| it.get(key))
            .filter(|it| !it.is_null())
    };
    let mut draft = DraftMap::default();
    if of("rolling").and_then(scalar) == Some("recreate") {
        draft.put("minimumHealthyPercent", 0);
        draft.put("maximumPercent", 100);
    }
    match of("rollback_alarms") {
        Some(alarms) if alarms.items().is_some() => {
            let names = parts.reader.texts("rollback_alarms", alarms);
            let mut configuration = DraftMap::default();
            let names = names.iter().map(|name| name.as_str().into());
            configuration.put("alarmNames", DraftValue::List(names.collect()));
            configuration.put("enable", DraftValue::Scalar(true.into()));
            configuration.put("rollback", DraftValue::Scalar(true.into()));
            draft.put("alarms", configuration);
        }
        Some(_) => parts.leave_out("deployment.rollback_alarms", "the alarms are in Copilot's stack"),
        None => {}
    }
    if !draft.is_empty() {
        members.put("deploymentConfiguration", draft);
    }
}

/// Adds the schedule of a job; one that is `none` never runs by itself.
fn add_schedule(node: &Node, members: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let Some(written) = node.get("on").and_then(|on| on.get("schedule")) else {
        let problem = Problem::error("missing-key", "the job has no `on.schedule`", node.span);
        return parts
            .reader
            .problems
            .push(problem.label("add `on: {schedule: …}`"));
    };
    if scalar(written) == Some("none") {
        return;
    }
    let form = "cron with 5 fields, @daily, @every 1h, rate(…) or cron(…)";
    if let Some(expression) = parts
        .reader
        .parse("on.schedule", written, form, schedule::expression)
    {
        members.put("schedule", DraftValue::plain(&expression));
    }
}
