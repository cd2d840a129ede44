//! Drafts a service of a Compose file as a service or a job of deploy.yaml.

use super::parts::{ComposeInputs, ComposeParts};
use super::services::ComposeService;
use super::{build, container, depends_on, left_out, resources};
use crate::diagnostic::Problem;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::source_reader::SourceReader;
use crate::init::task_definition::network;
use crate::model::Node;

/// A drafted service.
pub(super) struct ComposeDraft {
    /// Its members.
    pub members: DraftMap,
    /// The image that is built for it.
    pub image: Option<DraftMap>,
}

/// What the services of a file share.
pub(super) struct ComposeContext<'a> {
    /// What the file refers to.
    pub inputs: &'a ComposeInputs,
    /// The services of the file that are drafted.
    pub services: &'a [ComposeService],
    /// `secrets` of the whole file.
    pub secrets: Option<&'a Node>,
}

/// Drafts a service.
pub(super) fn draft(
    service: &ComposeService,
    context: &ComposeContext<'_>,
    reader: &mut SourceReader<'_>,
) -> ComposeDraft {
    let mut parts = ComposeParts {
        reader,
        inputs: context.inputs,
        key: &service.key,
        container: DraftMap::default(),
        definition: DraftMap::default(),
        volumes: Vec::new(),
        published_port: None,
        port: None,
        left_out: Vec::new(),
    };
    let image = image(service, context, &mut parts);
    container::add(&service.node, &mut parts);
    left_out::note(&service.node, &mut parts);
    let count = desired_count(&service.node, &mut parts);
    definition(service, &mut parts);
    let mut members = DraftMap::default();
    for what in &parts.left_out {
        members.left_out(&service.key, what);
    }
    members.put("taskDefinition", parts.definition);
    match service.is_job {
        true => network_of_job(&mut members),
        false => {
            if let Some(count) = count {
                members.put("desiredCount", count);
            }
            depends_on::add(service, context.services, &mut members);
            network(&mut members);
            reachable(service, context, (parts.port, parts.published_port), &mut members);
        }
    }
    ComposeDraft { members, image }
}

/// Sets the container's image; returns the one that is built.
fn image(
    service: &ComposeService,
    context: &ComposeContext<'_>,
    parts: &mut ComposeParts<'_, '_>,
) -> Option<DraftMap> {
    let present = |key: &str| service.node.get(key).filter(|node| !node.is_null());
    if let Some(build) = present("build") {
        let reference = format!("${{images.{}}}", service.key);
        parts.container.put("image", reference.as_str());
        return Some(build::image(build, &service.node, context.secrets, parts));
    }
    match present("image") {
        Some(image) => {
            if let Some(text) = parts.reader.text("image", image) {
                parts.container.put("image", text.as_str());
            }
        }
        None => {
            let message = format!("the service `{}` has neither an image nor a build", service.name);
            let problem = Problem::error("missing-key", message, service.node.span);
            parts
                .reader
                .problems
                .push(problem.label("add `image:` or `build:`"));
        }
    }
    None
}

/// Completes the task definition, which has the notes on its volumes.
fn definition(service: &ComposeService, parts: &mut ComposeParts<'_, '_>) {
    let notes = std::mem::take(&mut parts.definition);
    resources::add(&service.node, parts);
    platform(&service.node, parts);
    let definition = &mut parts.definition;
    definition.todo("set the task execution role, with which ECS pulls the image and writes logs");
    let role = "arn:aws:iam::${aws.account}:role/ecsTaskExecutionRole";
    definition.put("executionRoleArn", role);
    definition.lines.extend(notes.lines);
    if !parts.volumes.is_empty() {
        let volumes = parts.volumes.iter().map(|name| {
            let mut volume = DraftMap::default();
            volume.put("name", name.as_str());
            volume.into()
        });
        definition.put("volumes", DraftValue::List(volumes.collect()));
    }
    let mut containers = DraftMap::default();
    containers.put(parts.key, std::mem::take(&mut parts.container));
    definition.put("containerDefinitions", containers);
}

/// Adds the platform of the service, or the only one of its build.
fn platform(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    let built = service.get("build").and_then(|build| build.get("platforms"));
    let built = built.and_then(Node::items).filter(|items| items.len() == 1);
    let node = service.get("platform").filter(|node| !node.is_null());
    let Some(node) = node.or(built.and_then(<[Node]>::first)) else {
        return;
    };
    let Some(platform) = parts.reader.known("platform", node) else {
        return;
    };
    let mut fields = platform.split('/');
    let architecture = match (fields.next(), fields.next()) {
        (Some("linux"), Some("amd64" | "x86_64")) => "X86_64",
        (Some("linux"), Some("arm64" | "aarch64")) => "ARM64",
        _ => return parts.leave_out(&format!("platform: {platform}"), "not available on Fargate"),
    };
    let mut draft = DraftMap::default();
    draft.put("cpuArchitecture", architecture);
    draft.put("operatingSystemFamily", "LINUX");
    parts.definition.put("runtimePlatform", draft);
}

fn desired_count(service: &Node, parts: &mut ComposeParts<'_, '_>) -> Option<DraftValue> {
    let deploy = service.get("deploy");
    let replicas = deploy.and_then(|deploy| deploy.get("replicas"));
    let node = replicas.or_else(|| service.get("scale"))?;
    parts.reader.count("replicas", node)
}

/// Adds what RunTask needs for a task with a network interface of its own (ECS API, RunTask, `networkConfiguration`).
fn network_of_job(job: &mut DraftMap) {
    job.todo("set the subnets and security groups of the job's task");
    job.sample(&[
        "networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-…], securityGroups: [sg-…]}}",
    ]);
}

/// Adds how clients and other services reach a port: in Compose they do by the service's name.
fn reachable(
    service: &ComposeService,
    context: &ComposeContext<'_>,
    (port, published): (Option<i64>, Option<i64>),
    members: &mut DraftMap,
) {
    let key = &service.key;
    if let Some(port) = published {
        members.todo(format!(
            "name the target group of a load balancer, unless clients reach the tasks of {key} by their addresses"
        ));
        members.sample(&[&format!(
            "loadBalancers: [{{targetGroupArn: …, containerName: {key}, containerPort: {port}}}]"
        )]);
    }
    if let Some(port) = port.filter(|_| context.services.len() > 1) {
        members.todo(format!(
            "let other services reach {key} by this name with Service Connect: create a namespace, add `name: {key}` to \
             the port mapping, and `serviceConnectConfiguration: {{enabled: true, namespace: …}}` to these services"
        ));
        members.sample(&[
            "serviceConnectConfiguration:",
            "  enabled: true",
            "  namespace: …",
            &format!("  services: [{{portName: {key}, clientAliases: [{{dnsName: {key}, port: {port}}}]}}]"),
        ]);
    }
}
