//! What deleting services leaves, each with a command that takes it away: only what ecsctl makes for them, and what
//! nothing else in the file lives on. Where that can't be told, or another account than the session's might be meant by the
//! command, none is given.

use crate::aws::{RegistryHost, SessionOptions};
use crate::commands::select;
use crate::engine::service_actions::Found;
use crate::model::short_definition;
use crate::model::{
    Arn, Image, ImageSource, LogGroup, Manifest, Repository, ServiceSpec, TaskDefinitionSource, Value,
};
use crate::registry::Reference;
use crate::schema;
use crate::ui::{Remnant, typed::quoted};

/// Where the commands are to work: as the session that deleted the services.
pub struct Place<'a> {
    /// The session's region.
    pub region: &'a str,
    /// What the session was opened with.
    pub session: &'a SessionOptions,
}

/// What is left of the services that are `gone`, those of the keys in `asked` being no longer wanted.
pub fn left_by(place: &Place<'_>, manifest: &Manifest, asked: &[String], gone: &[&Found]) -> Vec<Remnant> {
    let (unwanted, staying): (Vec<&ServiceSpec>, Vec<&ServiceSpec>) =
        manifest.services.values().partition(|it| asked.contains(&it.key));
    let kept = Kept::of(manifest, &unwanted, &staying);
    let going: Vec<&ServiceSpec> = unwanted
        .into_iter()
        .filter(|service| gone.iter().any(|found| found.key == service.key))
        .collect();
    let definitions = going.iter().filter_map(|service| {
        let found = gone.iter().find(|found| found.key == service.key)?;
        definition(place, service, found, &staying)
    });
    let repositories = built_for(manifest, &going)
        .into_iter()
        .filter(|repository| !kept.repository(&repository.name))
        .filter_map(|repository| images(place, repository));
    let groups = going
        .iter()
        .flat_map(|service| &service.log_groups)
        .filter(|group| !kept.log_group(&group.name))
        .map(|group| log_group(place, group));
    let mut left: Vec<Remnant> = Vec::new();
    for it in definitions.chain(repositories).chain(groups) {
        if !left.contains(&it) {
            left.push(it);
        }
    }
    left
}

/// A revision that the file only names was made by somebody else.
fn definition(
    place: &Place<'_>,
    service: &ServiceSpec,
    found: &Found,
    staying: &[&ServiceSpec],
) -> Option<Remnant> {
    let runs = found.service.short_definition()?;
    let is_ours = !matches!(service.definition, TaskDefinitionSource::Revision(..));
    if !is_ours || staying.iter().any(|other| may_run(other, runs)) {
        return None;
    }
    let command = format!(
        "ecs deregister-task-definition --task-definition {}",
        quoted(runs)
    );
    Some(Remnant {
        what: format!("task definition {runs}"),
        command: place.aws(&command, place.region),
        but: None,
    })
}

/// Whether a service may run this revision, or be made of it, as far as the file tells.
fn may_run(service: &ServiceSpec, revision: &str) -> bool {
    match &service.definition {
        TaskDefinitionSource::Revision(id, _) => short_definition(id) == revision,
        TaskDefinitionSource::Owned(input) => {
            let family = input.get("family").and_then(|family| family.as_str());
            family.is_some() && family == revision.rsplit_once(':').map(|(family, _)| family)
        }
        // Which one it rests on, only ECS knows.
        TaskDefinitionSource::Based { .. } => true,
    }
}

/// What the rest of the file lives on.
struct Kept<'a> {
    /// A service stays whose definition is not in the file: it may use anything.
    anything: bool,
    /// The repositories of images that are not only those of unwanted services.
    repositories: Vec<&'a str>,
    /// Every text in the services that stay.
    texts: Vec<String>,
}

impl<'a> Kept<'a> {
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

    /// Whichever registry it is in: the same one may be written in several ways.
    fn repository(&self, name: &str) -> bool {
        let is_named = |text: &String| {
            let image = text.parse::<Reference>().is_ok_and(|image| image.path == name);
            image
                || text
                    .strip_suffix(name)
                    .is_some_and(|before| before.ends_with('/'))
        };
        self.anything || self.repositories.contains(&name) || self.texts.iter().any(is_named)
    }

    /// By its name or its ARN, in whichever region.
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
    select::images_of(manifest, &keys)
}

/// The repositories that images of these services are built for.
fn built_for<'a>(manifest: &'a Manifest, services: &[&ServiceSpec]) -> Vec<&'a Repository> {
    let used = images_of(manifest, services);
    let images = used.iter().filter_map(|key| manifest.images.get(key));
    let is_built = |image: &&Image| matches!(image.source, ImageSource::Build(_));
    images.filter(is_built).map(|image| &image.repository).collect()
}

/// The images in a private ECR repository; of others ecsctl knows no command.
fn images(place: &Place<'_>, repository: &Repository) -> Option<Remnant> {
    let name = &repository.name;
    let command = format!("ecr delete-repository --repository-name {}", quoted(name));
    let (what, command) = match repository.host.as_deref() {
        None => (name.clone(), place.aws(&command, place.region)),
        Some(host) => {
            let read = RegistryHost::parse(host)?;
            let command = format!("{command} --registry-id {}", read.account);
            (format!("{host}/{name}"), place.aws(&command, &read.region))
        }
    };
    Some(Remnant {
        what: format!("images in {what}"),
        but: command
            .is_some()
            .then_some("refused while it holds images; --force deletes them too"),
        command,
    })
}

fn log_group(place: &Place<'_>, group: &LogGroup) -> Remnant {
    let name = &group.name;
    let region = group.region.as_deref().unwrap_or(place.region);
    let command = format!("logs delete-log-group --log-group-name {}", quoted(name));
    Remnant {
        what: match region == place.region {
            true => format!("log group {name}"),
            false => format!("log group {name} in {region}"),
        },
        command: place.aws(&command, region),
        but: None,
    }
}

impl Place<'_> {
    /// A command of the AWS CLI. None where it would not act as this session does: the CLI has no flag to take on a role
    /// (a profile can name one), and an endpoint with a password in it is not shown.
    fn aws(&self, command: &str, region: &str) -> Option<String> {
        let flag = |flag: &str, value: &Option<String>| {
            let value = value.as_deref().filter(|it| !it.is_empty());
            value.map(|value| format!(" {flag} {}", quoted(value)))
        };
        let endpoint = self.session.endpoint_url.as_deref().unwrap_or_default();
        if self.role().is_some() || schema::holds_secret("", endpoint) {
            return None;
        }
        let endpoint = flag("--endpoint-url", &self.session.endpoint_url).unwrap_or_default();
        let profile = flag("--profile", &self.session.profile).unwrap_or_default();
        Some(format!(
            "aws {command} --region {}{endpoint}{profile}",
            quoted(region)
        ))
    }

    fn role(&self) -> Option<&str> {
        self.session.assume_role.as_deref().filter(|it| !it.is_empty())
    }

    /// Whose it all is, where that is not plain: `account 123456789012`, of the role that was taken on.
    pub fn account(&self) -> Option<String> {
        let role = self.role()?;
        let account = role.parse::<Arn>().ok().map(|arn| arn.account);
        Some(match account.filter(|account| !account.is_empty()) {
            Some(account) => format!("account {account}"),
            None => format!("the account of {role}"),
        })
    }
}
