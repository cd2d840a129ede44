//! What deleting services leaves, each with a command that takes it away: only what ecsctl makes for them, and what no
//! other service of the file lives on.

use std::fmt::Display;

use crate::aws::RegistryHost;
use crate::commands::select;
use crate::engine::levers::Found;
use crate::model::{
    Image, ImageSource, LogGroup, LogGroupId, Manifest, Repository, Service, TaskDefinition, Value,
};
use crate::verdict::short_definition;

/// Where the commands are to work.
pub struct Place<'a> {
    /// The session's region.
    pub region: &'a str,
    /// `--profile`, where it was given.
    pub profile: Option<&'a str>,
}

/// What is left of the services that are `gone`, those of the keys in `asked` being no longer wanted.
pub fn left_by(
    place: &Place<'_>,
    manifest: &Manifest,
    asked: &[String],
    gone: &[&Found],
) -> Vec<(String, String)> {
    let (going, staying): (Vec<&Service>, Vec<&Service>) =
        manifest.services.values().partition(|it| asked.contains(&it.key));
    let going: Vec<&Service> = going
        .into_iter()
        .filter(|service| gone.iter().any(|found| found.key == service.key))
        .collect();
    let definitions = going.iter().filter_map(|service| {
        let found = gone.iter().find(|found| found.key == service.key)?;
        definition(place, service, found, &staying)
    });
    let kept = repositories(manifest, &staying);
    let unused = repositories(manifest, &going);
    let images = unused
        .into_iter()
        .filter(|repository| !kept.contains(repository))
        .filter_map(|repository| images(place, repository));
    let kept: Vec<LogGroupId> = log_groups(&staying).map(LogGroup::id).collect();
    let groups = log_groups(&going)
        .filter(|group| !kept.contains(&group.id()))
        .map(|group| log_group(place, group));
    let mut left: Vec<(String, String)> = Vec::new();
    for it in definitions.chain(images).chain(groups) {
        if !left.contains(&it) {
            left.push(it);
        }
    }
    left
}

/// A revision that the file only names was made by somebody else.
fn definition(
    place: &Place<'_>,
    service: &Service,
    found: &Found,
    staying: &[&Service],
) -> Option<(String, String)> {
    let arn = found.service.get("taskDefinition").and_then(Value::as_str)?;
    let runs = short_definition(arn);
    let is_ours = !matches!(service.definition, TaskDefinition::Revision(..));
    if !is_ours || staying.iter().any(|other| may_run(other, runs)) {
        return None;
    }
    let command = format!("ecs deregister-task-definition --task-definition {runs}");
    Some((
        format!("task definition {runs}"),
        place.aws(&command, place.region),
    ))
}

/// Whether a service may run this revision, as far as the file tells.
fn may_run(service: &Service, revision: &str) -> bool {
    match &service.definition {
        TaskDefinition::Revision(id, _) => short_definition(id) == revision,
        TaskDefinition::Owned(input) => {
            let family = input.get("family").and_then(|family| family.as_str());
            family.is_some() && family == revision.rsplit_once(':').map(|(family, _)| family)
        }
        TaskDefinition::Based { .. } => false,
    }
}

/// The repositories that images of these services are built for.
fn repositories<'a>(manifest: &'a Manifest, services: &[&Service]) -> Vec<&'a Repository> {
    let keys: Vec<String> = services.iter().map(|service| service.key.clone()).collect();
    let used = select::images_of(manifest, &keys);
    let images = used.iter().filter_map(|key| manifest.images.get(key));
    let is_built = |image: &&Image| matches!(image.source, ImageSource::Build(_));
    images.filter(is_built).map(|image| &image.repository).collect()
}

/// The images in a private ECR repository; of others ecsctl knows no command.
fn images(place: &Place<'_>, repository: &Repository) -> Option<(String, String)> {
    let name = &repository.name;
    let command = "ecr delete-repository --force";
    let command = match repository.host.as_deref() {
        None => place.aws(&format!("{command} --repository-name {name}"), place.region),
        Some(host) => {
            let host = RegistryHost::parse(host)?;
            let account = &host.account;
            place.aws(
                &format!("{command} --registry-id {account} --repository-name {name}"),
                &host.region,
            )
        }
    };
    Some((format!("images in {name}"), command))
}

fn log_groups<'a>(services: &'a [&Service]) -> impl Iterator<Item = &'a LogGroup> {
    services.iter().flat_map(|service| &service.log_groups)
}

fn log_group(place: &Place<'_>, group: &LogGroup) -> (String, String) {
    let name = &group.name;
    let region = group.region.as_deref().unwrap_or(place.region);
    let command = format!("logs delete-log-group --log-group-name {name}");
    (format!("log group {name}"), place.aws(&command, region))
}

impl Place<'_> {
    fn aws(&self, command: &str, region: impl Display) -> String {
        let profile = self.profile.filter(|it| !it.is_empty());
        let profile = profile.map(|profile| format!(" --profile {profile}"));
        format!("aws {command} --region {region}{}", profile.unwrap_or_default())
    }
}
