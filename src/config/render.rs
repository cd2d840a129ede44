//! The document that `ecsctl render` prints: deploy.yaml resolved, in the API's format.

use indexmap::IndexMap;
use serde_json::json;

use super::jobs;
use super::merge::merge;
use crate::model::{
    Base, BuildSecret, Image, ImageRef, ImageSource, Job, JobSource, LogGroup, MASK, Manifest, Node, Object,
    Schedule, ServiceSpec, TaskDefinitionSource, Value, into_object,
};
use crate::schema::{EcsOperation, holds_secret, redact, run_task_members, with_command, with_members};

/// Renders the manifest as a document. `${images.X}` is kept as written unless `--image` sets it;
/// environment values and values that AWS marks as sensitive are masked unless `show_values` is set.
pub fn render(manifest: &Manifest, show_values: bool) -> Value {
    let images: Object = manifest
        .images
        .iter()
        .map(|(name, image)| (name.clone(), self::image(image, manifest, show_values)))
        .collect();
    let services: Object = manifest
        .services
        .iter()
        .map(|(key, service)| (key.clone(), self::service(service, manifest, show_values)))
        .collect();
    let jobs: Object = manifest
        .jobs
        .iter()
        .map(|(name, job)| (name.clone(), self::job(job, manifest, show_values)))
        .collect();
    let mut document = json!({ "images": images, "services": services, "jobs": jobs });
    let hooks = manifest.hooks.commands.iter();
    let hooks: Object = hooks
        .map(|(point, it)| (point.key().to_owned(), it.clone().into()))
        .collect();
    if !hooks.is_empty() {
        document["hooks"] = hooks.into();
    }
    document
}

fn image(image: &Image, manifest: &Manifest, show_values: bool) -> Value {
    let repository = match &image.repository.host {
        Some(host) => format!("{host}/{}", image.repository.name),
        None => image.repository.name.clone(),
    };
    match &image.source {
        ImageSource::Given(reference) => json!({ "reference": reference }),
        ImageSource::Build(build) => {
            let relative = |path: &std::path::Path| match path.strip_prefix(&manifest.root) {
                Ok(inner) if inner.as_os_str().is_empty() => ".".to_owned(),
                Ok(inner) => inner.display().to_string(),
                Err(_) => path.display().to_string(),
            };
            let secrets: Object = build
                .secrets
                .iter()
                .map(|(id, secret)| match secret {
                    BuildSecret::Env(name) => (id.clone(), json!({ "env": name })),
                    BuildSecret::File(path) => (id.clone(), json!({ "file": relative(path) })),
                    BuildSecret::Parameter(name) => (id.clone(), json!({ "ssm": name })),
                    BuildSecret::Secret(name) => (id.clone(), json!({ "secretsmanager": name })),
                })
                .collect();
            json!({
                "repository": repository,
                "build": {
                    "context": relative(&build.context),
                    "dockerfile": relative(&build.dockerfile),
                    "target": build.target,
                    // What only AWS knows can't be shown.
                    "platform": build.platform_of_bases.is_empty().then(|| build.platform.to_string()),
                    "args": values(&build.args, show_values),
                    "secrets": secrets,
                    "ssh": build.ssh,
                    "cacheFrom": build.cache_from,
                    "labels": values(&build.labels, show_values),
                    "network": build.network,
                    "noCache": build.no_cache,
                    "pull": build.pull,
                },
                "tags": image.tags,
            })
        }
    }
}

/// Renders named values; those that hold a secret are masked. Unlike those of an environment, most are harmless.
fn values(named: &IndexMap<String, String>, show_values: bool) -> Object {
    let value = |name: &str, value: &str| match !show_values && holds_secret(name, value) {
        true => MASK.into(),
        false => value.into(),
    };
    named
        .iter()
        .map(|(name, it)| (name.clone(), value(name, it)))
        .collect()
}

fn service(service: &ServiceSpec, manifest: &Manifest, show_values: bool) -> Value {
    let fill = |node: &Node| node.to_value(&|image| text(image, manifest));
    let mut definition = match &service.definition {
        TaskDefinitionSource::Owned(node) => fill(node),
        TaskDefinitionSource::Revision(..) => Value::Null,
        TaskDefinitionSource::Based { base, changes, .. } => with_base(base, fill(changes)),
    };
    let mut input = Object::new();
    input.insert("cluster".to_owned(), manifest.cluster.clone().into());
    input.insert("serviceName".to_owned(), service.name.clone().into());
    if let TaskDefinitionSource::Revision(revision, _) = &service.definition {
        input.insert("taskDefinition".to_owned(), revision.clone().into());
    }
    if let Value::Object(fields) = fill(&merge(&service.creation_defaults, &service.fields)) {
        input.extend(fields);
    }
    let mut input = Value::Object(input);
    if !show_values {
        redact(&mut definition, EcsOperation::RegisterTaskDefinition);
        redact(&mut input, EcsOperation::CreateService);
    }
    json!({
        "taskDefinition": definition,
        "service": input,
        "autoscaling": service.autoscaling.as_ref().map(|it| fill(&it.node)),
        "dependsOn": service.depends_on,
        "beforeDeploy": service.before_deploy,
        "afterDeploy": service.after_deploy,
        "logGroups": service.log_groups.iter().map(log_group).collect::<Vec<_>>(),
    })
}

/// Renders a job as RunTask's input; its task definition is the family, the revision, or the whole definition if it is
/// the job's own.
fn job(job: &Job, manifest: &Manifest, show_values: bool) -> Value {
    let fill = |node: &Node| node.to_value(&|image| text(image, manifest));
    let mut input = Object::from_iter([("cluster".to_owned(), manifest.cluster.clone().into())]);
    let spec = match &job.source {
        JobSource::Service(key) => manifest.services.get(key),
        JobSource::Own(spec) => Some(spec.as_ref()),
    };
    let mut members = Object::new();
    let mut container = job.container.clone();
    if let Some(spec) = spec {
        let mut definition = match &spec.definition {
            TaskDefinitionSource::Owned(node) => fill(node),
            TaskDefinitionSource::Revision(revision, _) => revision.clone().into(),
            TaskDefinitionSource::Based { base, changes, .. } => with_base(base, fill(changes)),
        };
        container = container.or_else(|| jobs::container_of(&definition, spec).map(str::to_owned));
        members = run_task_members(&into_object(fill(&merge(&spec.creation_defaults, &spec.fields))));
        if job.service().is_some() && !definition.is_string() {
            definition = definition.get("family").cloned().unwrap_or_default();
        } else if !show_values {
            redact(&mut definition, EcsOperation::RegisterTaskDefinition);
        }
        input.insert("taskDefinition".to_owned(), definition);
    }
    with_members(&mut members, into_object(fill(&job.fields)));
    if let Some(command) = &job.command {
        with_command(&mut members, container.as_deref(), command);
    }
    let mut members = Value::Object(members);
    if !show_values {
        redact(&mut members, EcsOperation::RunTask);
    }
    input.extend(into_object(members));
    input.extend(
        job.schedule
            .as_ref()
            .map(|it| ("schedule".to_owned(), schedule(it))),
    );
    Value::Object(input)
}

/// Renders a schedule as CreateSchedule's input, without the target's ARN and what the rest of the job says.
fn schedule(schedule: &Schedule) -> Value {
    let mut input = json!({"GroupName": schedule.group, "FlexibleTimeWindow": {"Mode": "OFF"}});
    if let (Some(input), Value::Object(members)) = (input.as_object_mut(), &schedule.input) {
        input.extend(members.clone());
    }
    input
}

/// Renders changes to an external base definition, which can't be shown merged: only AWS knows the rest.
fn with_base(base: &Base, changes: Value) -> Value {
    let name = match base {
        Base::Live => "live",
        Base::Family(name) | Base::Revision(name) => name,
    };
    let mut document = Object::from_iter([("base".to_owned(), Value::from(name))]);
    if let Value::Object(changes) = changes {
        document.extend(changes);
    }
    Value::Object(document)
}

fn text(image: &ImageRef, manifest: &Manifest) -> String {
    let given = match manifest.images.get(&image.image).map(|image| &image.source) {
        Some(ImageSource::Given(reference)) => image.attribute.of(reference),
        _ => None,
    };
    given.unwrap_or_else(|| image.to_string())
}

fn log_group(group: &LogGroup) -> Value {
    json!({
        "logGroupName": group.name,
        "region": group.region,
        "retentionInDays": group.retention_days,
    })
}
