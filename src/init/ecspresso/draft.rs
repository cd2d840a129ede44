//! Drafts deploy.yaml from everything that ecspresso reads.

use super::config::EcspressoConfig;
use super::definitions::EcspressoDefinitions;
use super::plugins::EcspressoPlugins;
use super::settings::{put_code_deploy, put_settings};
use super::sources::EcspressoSources;
use crate::config::ConfigError;
use crate::init::build_sample::put_build_sample;
use crate::init::definition::{DefinitionContext, definition};
use crate::init::draft::{Draft, DraftMap, DraftValue};
use crate::init::draft_images::DraftImages;
use crate::init::head::DraftHead;
use crate::init::launch_members::{has_fargate_defaults, is_awsvpc, put_launch_type};
use crate::init::names::ecs_name;
use crate::init::open_values::OpenValues;
use crate::init::source_file::SourceFile;
use crate::init::source_options::SourceOptions;
use crate::init::task_definition::network;
use crate::model::{Object, Value};

/// The members that decide whether ecsctl's defaults for Fargate apply.
const LAUNCH: [&str; 4] = [
    "launchType",
    "capacityProviderStrategy",
    "schedulingStrategy",
    "requiresCompatibilities",
];

/// Drafts a file with one service; with one job if ecspresso has no service.
pub fn from_ecspresso(sources: &EcspressoSources, options: &SourceOptions) -> Result<Draft, ConfigError> {
    let files = [
        Some(&sources.config),
        sources.service_definition.as_ref(),
        sources.task_definition.as_ref(),
    ];
    let files: Vec<&SourceFile> = files.into_iter().flatten().collect();
    let mut values = SourceFile::open_values(&files)?;
    let config = EcspressoConfig::parse(&sources.config, &mut values)?;
    let plugins = EcspressoPlugins::of(&config, &sources.folder)?;
    let definitions =
        EcspressoDefinitions::read(sources, &config, &plugins, options.allow_unknown, &mut values)?;
    let mut head = head(&config, options)?.begin(&sources.config.name);
    put_settings(&mut head, &config);
    for (place, written) in &definitions.controls {
        head.todo(format!(
            "{place}: `{written}` is not translated; this file has what follows it"
        ));
    }
    plugins.todos.iter().for_each(|todo| head.todo(todo));
    if let Some(state) = &plugins.state {
        state.put(&mut head);
    }
    let mut images = DraftImages::default();
    let drafter = EcspressoDrafter {
        config: &config,
        definitions: &definitions,
        values: &values,
        origin: sources
            .task_definition
            .as_ref()
            .map_or("ecspresso", |file| file.name.as_str()),
    };
    let (services, mut body) = drafter.body(&mut images)?;
    values.fill(&mut head);
    values.fill(&mut body);
    if let Some(vars) = values.vars() {
        head.put("vars", vars);
    }
    match images.draft() {
        Some(images) => head.put("images", images),
        None => put_build_sample(&mut head, definitions.task.as_ref(), &values),
    }
    head.lines.append(&mut body.lines);
    Ok(Draft { root: head, services })
}

/// Returns the region and the cluster: of a flag, else of the configuration (ecspresso's README, "Configuration file").
fn head(config: &EcspressoConfig, options: &SourceOptions) -> Result<DraftHead, ConfigError> {
    let literal = |text: String| text.replace("${", "$${");
    let region = config.text("region")?.map(literal);
    let cluster = config.text("cluster")?.map(literal);
    let flags = &options.flags;
    Ok(DraftHead {
        region: flags.region.clone().or(region).or_else(|| options.region.clone()),
        cluster: flags
            .cluster
            .clone()
            .or(cluster)
            .or_else(|| Some("default".to_owned())),
    })
}

/// Drafts what ecspresso deploys.
struct EcspressoDrafter<'a> {
    config: &'a EcspressoConfig,
    definitions: &'a EcspressoDefinitions,
    values: &'a OpenValues,
    /// Where the task definition comes from.
    origin: &'a str,
}

impl EcspressoDrafter<'_> {
    /// Returns the services' keys, and `services:` or `jobs:`.
    fn body(&self, images: &mut DraftImages) -> Result<(Vec<String>, DraftMap), ConfigError> {
        let mut body = DraftMap::default();
        let mut entries = DraftMap::default();
        let name = self
            .config
            .text("service")?
            .or_else(|| self.definitions.service_name.clone());
        let family = self.member("family");
        if name.is_none() && self.definitions.service.is_none() {
            let key = self.key(family);
            entries.comment("ecspresso has no service for it: `ecsctl run` runs it");
            entries.put(&key, self.task(&key, images));
            body.put("jobs", entries);
            return Ok((Vec::new(), body));
        }
        let name = name.unwrap_or_else(|| family.to_owned());
        let key = self.key(&name);
        entries.put(&key, self.service(&name, &key, images)?);
        body.put("services", entries);
        Ok((vec![key], body))
    }

    fn member(&self, key: &str) -> &str {
        let task = self.definitions.task.as_ref();
        task.and_then(|task| task.get(key)?.as_str()).unwrap_or_default()
    }

    /// Returns the key for a name: keys have no references.
    fn key(&self, name: &str) -> String {
        let literals = self.values.value(name).literals();
        ecs_name(&literals, "app")
    }

    fn service(&self, name: &str, key: &str, images: &mut DraftImages) -> Result<DraftMap, ConfigError> {
        let mut drafted = DraftMap::default();
        if name != key {
            drafted.put("serviceName", DraftValue::literal(&Value::from(name)));
        }
        let Some(members) = &self.definitions.service else {
            drafted.lines.append(&mut self.task(name, images).lines);
            return Ok(drafted);
        };
        self.put_definition(&mut drafted, name, members, images);
        for (member, value) in members {
            drafted.put(member, DraftValue::literal(value));
        }
        put_code_deploy(&mut drafted, members, self.config)?;
        let is_awsvpc = self.definitions.task.as_ref().is_some_and(is_awsvpc);
        if is_awsvpc && !members.contains_key("networkConfiguration") {
            network(&mut drafted);
        }
        Ok(drafted)
    }

    /// Drafts the task definition of a service or a job of which nothing else is known.
    fn task(&self, name: &str, images: &mut DraftImages) -> DraftMap {
        let mut drafted = DraftMap::default();
        let mut launch = DraftMap::default();
        let Some(task) = &self.definitions.task else {
            self.put_definition(&mut drafted, name, &Object::new(), images);
            return drafted;
        };
        put_launch_type(&mut launch, task);
        let mut members = Object::new();
        if launch.has("launchType") {
            members.insert("launchType".to_owned(), "EC2".into());
        }
        self.put_definition(&mut drafted, name, &members, images);
        drafted.lines.append(&mut launch.lines);
        if is_awsvpc(task) {
            network(&mut drafted);
        }
        drafted
    }

    fn put_definition(&self, drafted: &mut DraftMap, name: &str, members: &Object, images: &mut DraftImages) {
        let Some(task) = &self.definitions.task else {
            let running = self.definitions.running.as_deref().unwrap_or_default();
            return put_running(drafted, running);
        };
        let is_launch_open = LAUNCH.iter().any(|key| {
            let values = [members.get(*key), task.get(*key)];
            values
                .into_iter()
                .flatten()
                .any(|value| self.values.is_within(value))
        });
        let context = DefinitionContext {
            service: name,
            has_fargate_defaults: is_launch_open || has_fargate_defaults(members, task),
            is_launch_open,
            origin: self.origin,
            is_live: false,
            values: Some(self.values),
        };
        drafted.put("taskDefinition", definition(task, &context, images));
    }
}

/// Adds the task definition that a service definition names: a revision, or a family with its latest one.
fn put_running(drafted: &mut DraftMap, running: &str) {
    let revision = running.rsplit(['/', ':']).next().unwrap_or_default();
    match running {
        "" => {
            drafted.comment("ecspresso registers no task definition: the service keeps its own");
            let mut base = DraftMap::default();
            base.put("base", "live");
            drafted.put("taskDefinition", base);
        }
        _ if running.starts_with("arn:") || revision.parse::<u32>().is_ok() => {
            drafted.put("taskDefinition", DraftValue::literal(&Value::from(running)));
        }
        family => {
            let mut base = DraftMap::default();
            base.put("base", DraftValue::literal(&Value::from(family)));
            drafted.put("taskDefinition", base);
        }
    }
}
