//! What remains after services are deleted: only resources that ecsctl creates for them and that
//! nothing else in the file uses. If that is uncertain, nothing is listed.

use crate::engine::ExistingService;
use crate::model::{
    Image, ImageSource, LogGroup, Manifest, Repository, ServiceSpec, TaskDefinitionSource, Value,
    short_definition,
};
use crate::model::{ImageReference, RegistryHost};

/// Returns the names of the resources in `region` that remain of the `deleted` services. The services
/// with the keys in `unwanted` no longer need anything.
pub fn left_behind(
    region: &str,
    manifest: &Manifest,
    unwanted: &[String],
    deleted: &[&ExistingService],
) -> Vec<String> {
    let (unwanted, staying): (Vec<&ServiceSpec>, Vec<&ServiceSpec>) = manifest
        .services
        .values()
        .partition(|it| unwanted.contains(&it.key));
    let kept = StillUsed::of(manifest, &unwanted, &staying);
    let going: Vec<&ServiceSpec> = unwanted
        .into_iter()
        .filter(|service| deleted.iter().any(|existing| existing.key == service.key))
        .collect();
    let definitions = going.iter().filter_map(|service| {
        let existing = deleted.iter().find(|existing| existing.key == service.key)?;
        definition(service, existing, &staying)
    });
    let repositories = built_for(manifest, &going)
        .into_iter()
        .filter(|repository| !kept.repository(&repository.name))
        .filter_map(images);
    let groups = going
        .iter()
        .flat_map(|service| &service.log_groups)
        .filter(|group| !kept.log_group(&group.name))
        .map(|group| log_group(region, group));
    // They still run the revision of the deleted service.
    let schedules = going
        .iter()
        .flat_map(|service| manifest.scheduled_on(&service.key))
        .map(|job| format!("schedule {}", job.name));
    let all = definitions.chain(repositories).chain(groups).chain(schedules);
    let mut left: Vec<String> = Vec::new();
    for it in all.chain(
        going
            .iter()
            .flat_map(|service| alarms(&manifest.cluster, service)),
    ) {
        if !left.contains(&it) {
            left.push(it);
        }
    }
    left
}

/// Returns the alarms of the service's step scaling policies. Application Auto Scaling leaves them even if it deletes the
/// policy (API reference, DeleteScalingPolicy).
fn alarms(cluster: &str, service: &ServiceSpec) -> impl Iterator<Item = String> {
    let steps = service.autoscaling.iter().flat_map(|it| &it.steps);
    steps.map(|step| format!("alarm {}", step.alarm_name(cluster, &service.name)))
}

/// Returns the task definition that remains. A revision that the file only references was created by
/// someone else, so it isn't listed.
fn definition(service: &ServiceSpec, existing: &ExistingService, staying: &[&ServiceSpec]) -> Option<String> {
    let runs = existing.service.short_definition()?;
    let is_ours = !matches!(service.definition, TaskDefinitionSource::Revision(..));
    let is_left = is_ours && !staying.iter().any(|other| may_run(other, runs));
    is_left.then(|| format!("task definition {runs}"))
}

/// Whether a service may run this revision or be based on it, as far as the file shows.
fn may_run(service: &ServiceSpec, revision: &str) -> bool {
    match &service.definition {
        TaskDefinitionSource::Revision(id, _) => short_definition(id) == revision,
        TaskDefinitionSource::Owned(input) => {
            let family = input.get("family").and_then(|family| family.as_str());
            family.is_some() && family == revision.rsplit_once(':').map(|(family, _)| family)
        }
        // Only ECS knows which revision it is based on.
        TaskDefinitionSource::Based { .. } => true,
    }
}

/// The resources that the rest of the file uses.
struct StillUsed<'a> {
    /// Whether a remaining service's task definition is not in the file: it may use anything.
    anything: bool,
    /// The repositories of all images except those used only by unwanted services.
    repositories: Vec<&'a str>,
    /// Every string in the remaining services.
    texts: Vec<String>,
}

impl<'a> StillUsed<'a> {
    fn of(manifest: &'a Manifest, unwanted: &[&ServiceSpec], staying: &[&ServiceSpec]) -> Self {
        let (used, unused) = (images_of(manifest, staying), images_of(manifest, unwanted));
        let stays = |key: &String| used.contains(key) || !unused.contains(key);
        let images = manifest.images.iter().filter(|(key, _)| stays(key));
        let mut texts = Vec::new();
        for service in staying {
            collect(&service.fields.to_value(&|_| String::new()), &mut texts);
            if let TaskDefinitionSource::Owned(node) = &service.definition {
                collect(&node.to_value(&|_| String::new()), &mut texts);
            }
        }
        Self {
            anything: staying
                .iter()
                .any(|it| !matches!(it.definition, TaskDefinitionSource::Owned(_))),
            repositories: images.map(|(_, image)| image.repository.name.as_str()).collect(),
            texts,
        }
    }

    /// Whether a repository is still used. Ignores the registry, which can be written in several ways.
    fn repository(&self, name: &str) -> bool {
        let is_named = |text: &String| {
            let image = text
                .parse::<ImageReference>()
                .is_ok_and(|image| image.path == name);
            image
                || text
                    .strip_suffix(name)
                    .is_some_and(|before| before.ends_with('/'))
        };
        self.anything || self.repositories.contains(&name) || self.texts.iter().any(is_named)
    }

    /// Whether a log group is still used, by its name or its ARN in any region.
    fn log_group(&self, name: &str) -> bool {
        let is_named = |text: &String| text.split(':').any(|part| part == name);
        self.anything || self.texts.iter().any(is_named)
    }
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(members) => members.values().for_each(|member| collect(member, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn images_of(manifest: &Manifest, services: &[&ServiceSpec]) -> Vec<String> {
    let keys: Vec<String> = services.iter().map(|service| service.key.clone()).collect();
    manifest.images_used_by(&keys)
}

/// Returns the repositories of the images that are built for these services.
fn built_for<'a>(manifest: &'a Manifest, services: &[&ServiceSpec]) -> Vec<&'a Repository> {
    let used = images_of(manifest, services);
    let images = used.iter().filter_map(|key| manifest.images.get(key));
    let is_built = |image: &&Image| matches!(image.source, ImageSource::Build(_));
    images.filter(is_built).map(|image| &image.repository).collect()
}

/// Describes the images in a private ECR repository; ecsctl creates no other repositories.
fn images(repository: &Repository) -> Option<String> {
    let name = &repository.name;
    match repository.host.as_deref() {
        None => Some(format!("images in {name}")),
        Some(host) => RegistryHost::parse(host).map(|_| format!("images in {host}/{name}")),
    }
}

fn log_group(here: &str, group: &LogGroup) -> String {
    let name = &group.name;
    match group.region.as_deref() {
        Some(region) if region != here => format!("log group {name} in {region}"),
        _ => format!("log group {name}"),
    }
}
