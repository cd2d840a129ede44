//! What the person wants: deploy.yaml resolved, defaulted and checked.

use std::path::PathBuf;

use indexmap::IndexMap;

use super::{AccountId, Entry, ImageRef, Node, Platform};
use crate::diagnostic::Span;

/// The whole file, ready to be planned.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The folder of deploy.yaml: paths in it are relative to this.
    pub root: PathBuf,
    /// The account that it must be (`account:`), checked before any write.
    pub account: Option<AccountId>,
    /// `cluster:`, else `default`.
    pub cluster: String,
    /// By their key under `images:`.
    pub images: IndexMap<String, Image>,
    /// By their key under `services:`.
    pub services: IndexMap<String, ServiceSpec>,
}

impl Manifest {
    /// The keys of the images that these services (keys) use, in the order of deploy.yaml.
    pub fn images_used_by(&self, services: &[String]) -> Vec<String> {
        let used: Vec<ImageRef> = services
            .iter()
            .filter_map(|key| self.services.get(key))
            .flat_map(ServiceSpec::image_refs)
            .collect();
        let is_used = |key: &&String| used.iter().any(|image| image.image == **key);
        self.images.keys().filter(is_used).cloned().collect()
    }
}

/// One image.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its key under `images:`.
    pub name: String,
    /// Where it is pushed.
    pub repository: Repository,
    /// Where it comes from.
    pub source: ImageSource,
    /// Tags that it gets besides the one that never moves.
    pub tags: Vec<String>,
}

/// A repository in ECR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// The name inside the registry (`acme/web`).
    pub name: String,
    /// The registry's host when the file gives a full ECR URI; else the account's and region's own.
    pub host: Option<String>,
}

/// Where an image comes from.
#[derive(Clone, Debug)]
pub enum ImageSource {
    /// A Dockerfile.
    Build(Box<Build>),
    /// `--image NAME=REF`: used as it stands, neither built nor pushed.
    Given(String),
}

/// How an image is built: Docker's own words.
#[derive(Clone, Debug)]
pub struct Build {
    /// The context folder, absolute.
    pub context: PathBuf,
    /// The Dockerfile, absolute; `Dockerfile` in the context unless given.
    pub dockerfile: PathBuf,
    /// The stage to build; the last unless given.
    pub target: Option<String>,
    /// Build arguments (`ARG`).
    pub args: IndexMap<String, String>,
    /// Labels for the image.
    pub labels: IndexMap<String, String>,
    /// Images whose layers may serve as a cache.
    pub cache_from: Vec<String>,
    /// The network of `RUN`.
    pub network: Option<String>,
    /// Build secrets: id → where its value comes from.
    pub secrets: IndexMap<String, BuildSecret>,
    /// Whether the ssh agent is forwarded.
    pub ssh: bool,
    /// Ignore the cache.
    pub no_cache: bool,
    /// Always ask for a newer base image.
    pub pull: bool,
    /// The platform; the task definition's `runtimePlatform`, else linux/amd64, unless given.
    pub platform: Platform,
    /// Where the folder is named: `build:` or `context:`.
    pub context_span: Option<Span>,
    /// Where the Dockerfile is named: `dockerfile:`, else as above.
    pub dockerfile_span: Option<Span>,
}

impl Build {
    /// The build of a folder by its own Dockerfile, everything else as Docker has it.
    pub fn of(context: PathBuf) -> Self {
        Self {
            dockerfile: context.join("Dockerfile"),
            context,
            target: None,
            args: IndexMap::new(),
            labels: IndexMap::new(),
            cache_from: Vec::new(),
            network: None,
            secrets: IndexMap::new(),
            ssh: false,
            no_cache: false,
            pull: false,
            platform: Platform::linux_amd64(),
            context_span: None,
            dockerfile_span: None,
        }
    }
}

/// Where a build secret's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildSecret {
    /// An environment variable.
    Env(String),
    /// A file.
    File(PathBuf),
}

/// One service.
#[derive(Clone, Debug)]
pub struct ServiceSpec {
    /// Its key under `services:`: what the person calls it.
    pub key: String,
    /// Where the key was written.
    pub span: Span,
    /// The ECS service's name (`serviceName:`, else the key).
    pub name: String,
    /// Its task definition.
    pub definition: TaskDefinitionSource,
    /// The members of CreateService that the file names, as named; a null one is "not owned".
    pub fields: Node,
    /// The members that creation adds where the file names none (launchType, desiredCount, circuit breaker, …).
    pub creation_defaults: Node,
    /// Log groups that ecsctl makes when they are missing.
    pub log_groups: Vec<LogGroup>,
    /// Services, by key, that must be stable before this one is touched.
    pub depends_on: Vec<String>,
}

impl ServiceSpec {
    /// A member of CreateService that the file names. A null one isn't owned.
    pub fn named(&self, member: &str) -> Option<&Entry> {
        self.fields.entry(member).filter(|entry| !entry.value.is_null())
    }

    fn image_refs(&self) -> Vec<ImageRef> {
        let mut refs = self.fields.image_refs();
        match &self.definition {
            TaskDefinitionSource::Owned(node) | TaskDefinitionSource::Based { changes: node, .. } => {
                refs.extend(node.image_refs());
            }
            TaskDefinitionSource::Revision(..) => {}
        }
        refs
    }
}

/// Where a service's task definition comes from.
#[derive(Clone, Debug)]
pub enum TaskDefinitionSource {
    /// Written in the file or in a file of its own: RegisterTaskDefinition's input, owned whole, defaults included.
    Owned(Node),
    /// An existing revision: `FAMILY:REV` or an ARN.
    Revision(String, Span),
    /// Somebody else's definition, with only `changes` changed.
    Based {
        /// Whose.
        base: Base,
        /// What the file changes; containers, environment and secrets as mappings by name.
        changes: Node,
    },
}

/// Somebody else's task definition.
#[derive(Clone, Debug)]
pub enum Base {
    /// The one that the service runs.
    Live,
    /// The latest ACTIVE revision of a family.
    Family(String),
    /// One revision.
    Revision(String),
}

/// Which log group: a name in a region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogGroupId {
    /// Its name (`/ecs/web`).
    pub name: String,
    /// The region when the container's log options name one; else the region of the deploy.
    pub region: Option<String>,
}

/// A CloudWatch log group that a container writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroup {
    /// Its name (`/ecs/web`).
    pub name: String,
    /// The region when the container's log options name one.
    pub region: Option<String>,
    /// Days that events are kept (`logRetentionDays:`); for ever unless given.
    pub retention_days: Option<u32>,
}

impl LogGroup {
    /// Which it is.
    pub fn id(&self) -> LogGroupId {
        LogGroupId {
            name: self.name.clone(),
            region: self.region.clone(),
        }
    }
}
