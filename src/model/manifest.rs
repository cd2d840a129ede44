//! The desired state: deploy.yaml with references resolved and defaults applied, validated.

use std::path::PathBuf;

use indexmap::IndexMap;

use super::{
    AccountId, Autoscaling, CodeDeploySettings, Entry, Hooks, ImageRef, JobSchedules, Node, Platform,
    Schedule, ServiceNames,
};
use crate::diagnostic::Span;

/// The whole file, ready for planning.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The directory of deploy.yaml; paths in the file are relative to it.
    pub root: PathBuf,
    /// The required account (`account:`), checked before any write.
    pub account: Option<AccountId>,
    /// `cluster:`, or `default`.
    pub cluster: String,
    /// The images by their key under `images:`.
    pub images: IndexMap<String, Image>,
    /// The services by their key under `services:`.
    pub services: IndexMap<String, ServiceSpec>,
    /// The commands that run on this machine.
    pub hooks: Hooks,
    /// The jobs by their key under `jobs:`.
    pub jobs: IndexMap<String, Job>,
    /// The schedule group of the file in the cluster, if the file has a `name:` that allows one.
    pub schedule_group: Option<String>,
}

impl Manifest {
    /// Whether a build needs a secret that is stored in AWS.
    pub fn has_stored_secrets(&self) -> bool {
        let is_stored = |image: &Image| match &image.source {
            ImageSource::Build(build) => build.secrets.values().any(BuildSecret::is_stored),
            ImageSource::Given(_) => false,
        };
        self.images.values().any(is_stored)
    }

    /// Returns the names of the cluster and the services.
    pub fn names(&self) -> ServiceNames {
        let services = self.services.iter();
        ServiceNames {
            account: self.account.clone(),
            cluster: self.cluster.clone(),
            services: services.map(|(key, it)| (key.clone(), it.name.clone())).collect(),
            code_deploy: self
                .services
                .values()
                .filter_map(|it| Some((it.name.clone(), it.code_deploy.clone()?)))
                .collect(),
            schedules: self.job_schedules(),
        }
    }

    fn job_schedules(&self) -> Option<JobSchedules> {
        let jobs = self.scheduled();
        let jobs: IndexMap<_, _> = jobs
            .map(|job| (job.name.clone(), job.service().map(str::to_owned)))
            .collect();
        let group = self.schedule_group.clone().filter(|_| !jobs.is_empty())?;
        Some(JobSchedules { group, jobs })
    }

    /// Returns the part of these services (keys): without the others, and without images and jobs that only the others
    /// use.
    #[must_use]
    pub fn only(mut self, services: &[String]) -> Self {
        if self.is_whole(services) {
            return self;
        }
        let images = self.images_used_by(services);
        self.images.retain(|name, _| images.contains(name));
        self.services.retain(|key, _| services.contains(key));
        let of_deploys: Vec<String> = self
            .services
            .values()
            .flat_map(ServiceSpec::jobs)
            .cloned()
            .collect();
        self.jobs.retain(|name, job| {
            of_deploys.contains(name)
                || job
                    .service()
                    .is_some_and(|key| services.iter().any(|it| it == key))
        });
        self
    }

    /// Returns the jobs with a schedule that run the task definition of a service (its key).
    pub fn scheduled_on(&self, service: &str) -> impl Iterator<Item = &Job> {
        self.scheduled().filter(move |job| job.service() == Some(service))
    }

    /// Returns the jobs with a schedule and a task definition of their own.
    pub fn scheduled_alone(&self) -> impl Iterator<Item = &Job> {
        self.scheduled().filter(|job| job.own_definition().is_some())
    }

    /// Returns the jobs that run before or after the deploys of these services (keys).
    pub fn jobs_of_deploys(&self, services: &[String]) -> impl Iterator<Item = &Job> {
        let named = |job: &&Job| {
            let services = services.iter().filter_map(|key| self.services.get(key));
            services.flat_map(ServiceSpec::jobs).any(|name| *name == job.name)
        };
        self.jobs.values().filter(named)
    }

    /// Removes the schedules, for a command that leaves them as they are.
    pub fn without_schedules(&mut self) {
        self.jobs.values_mut().for_each(|job| job.schedule = None);
        self.schedule_group = None;
    }

    fn scheduled(&self) -> impl Iterator<Item = &Job> {
        self.jobs.values().filter(|job| job.schedule.is_some())
    }

    /// Whether these services (keys) are all of the file's: then a deploy of them is one of its whole content.
    pub fn is_whole(&self, services: &[String]) -> bool {
        self.services.keys().all(|key| services.contains(key))
    }

    /// Returns the services, and the task definitions of the jobs that have one of their own.
    pub fn specs(&self) -> impl Iterator<Item = &ServiceSpec> {
        let of_jobs = self.jobs.values().filter_map(Job::own_definition);
        self.services.values().chain(of_jobs)
    }

    /// Returns the keys of the images that these services (keys) and the jobs of their deploys use, in the order of
    /// deploy.yaml. If they are all services of the file, jobs with a schedule count, too.
    pub fn images_used_by(&self, services: &[String]) -> Vec<String> {
        let is_whole = self.is_whole(services);
        let alone = self.scheduled_alone().filter(|_| is_whole);
        let alone = alone.filter_map(Job::own_definition);
        let services = services.iter().filter_map(|key| self.services.get(key));
        let used: Vec<ImageRef> = services
            .flat_map(|service| {
                let jobs = service.jobs().filter_map(|name| self.jobs.get(name));
                std::iter::once(service).chain(jobs.filter_map(Job::own_definition))
            })
            .chain(alone)
            .flat_map(ServiceSpec::image_refs)
            .collect();
        let is_used = |key: &&String| used.iter().any(|image| image.image == **key);
        self.images.keys().filter(is_used).cloned().collect()
    }
}

/// An image.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its key under `images:`.
    pub name: String,
    /// The repository to push to.
    pub repository: Repository,
    /// The source of the image.
    pub source: ImageSource,
    /// Tags to add besides the immutable one.
    pub tags: Vec<String>,
}

/// An ECR repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// The name inside the registry (`acme/web`).
    pub name: String,
    /// The registry's host if the file gives a full ECR URI; by default that of the account and region.
    pub host: Option<String>,
}

/// The source of an image.
#[derive(Clone, Debug)]
pub enum ImageSource {
    /// A Dockerfile.
    Build(Box<Build>),
    /// `--image NAME=REF`: used unchanged, neither built nor pushed.
    Given(String),
}

/// The build settings of an image, in Docker's terms.
#[derive(Clone, Debug)]
pub struct Build {
    /// The absolute path of the context directory.
    pub context: PathBuf,
    /// The absolute path of the Dockerfile; by default `Dockerfile` in the context.
    pub dockerfile: PathBuf,
    /// The stage to build; by default the last one.
    pub target: Option<String>,
    /// Build arguments (`ARG`).
    pub args: IndexMap<String, String>,
    /// Labels of the image.
    pub labels: IndexMap<String, String>,
    /// Images to use as cache sources.
    pub cache_from: Vec<String>,
    /// The network mode of `RUN`.
    pub network: Option<String>,
    /// Build secrets: id → source of the value.
    pub secrets: IndexMap<String, BuildSecret>,
    /// Whether the ssh agent is forwarded.
    pub ssh: bool,
    /// Whether to ignore the cache.
    pub no_cache: bool,
    /// Whether to always pull newer base images.
    pub pull: bool,
    /// The platform; by default the task definition's `runtimePlatform`, or linux/amd64.
    pub platform: Platform,
    /// The keys of the services whose bases decide the platform: only AWS knows them, and nothing in the file sets
    /// it.
    pub platform_of_bases: Vec<String>,
    /// The keys of the services whose bases must be of the platform that the file sets: only AWS knows them.
    pub bases_to_match: Vec<String>,
    /// The location of the context in the file: `build:` or `context:`.
    pub context_span: Option<Span>,
    /// The location of the Dockerfile in the file: `dockerfile:`, or that of the context.
    pub dockerfile_span: Option<Span>,
}

impl Build {
    /// Returns a build of a directory with its own Dockerfile and Docker's defaults.
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
            platform_of_bases: Vec::new(),
            bases_to_match: Vec::new(),
            context_span: None,
            dockerfile_span: None,
        }
    }
}

/// The source of a build secret's value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BuildSecret {
    /// An environment variable.
    Env(String),
    /// A file.
    File(PathBuf),
    /// A parameter of AWS Systems Manager Parameter Store, by its name or ARN.
    Parameter(String),
    /// A secret of AWS Secrets Manager, by its name or ARN, as `split_secret` takes it.
    Secret(String),
}

impl BuildSecret {
    /// Whether the value is read from AWS.
    pub fn is_stored(&self) -> bool {
        matches!(self, Self::Parameter(_) | Self::Secret(_))
    }
}

/// Splits the name or ARN of a secret from its JSON key, version stage and version ID, which follow colons; None if
/// more follow.
pub fn split_secret(name: &str) -> Option<(&str, Vec<&str>)> {
    let colons = if name.starts_with("arn:") { 6 } else { 0 };
    let Some((end, _)) = name.match_indices(':').nth(colons) else {
        return Some((name, Vec::new()));
    };
    let parts: Vec<&str> = name[end + 1..].split(':').collect();
    (parts.len() <= 3).then_some((&name[..end], parts))
}

/// A service.
#[derive(Clone, Debug)]
pub struct ServiceSpec {
    /// Its key under `services:`, which users refer to.
    pub key: String,
    /// The location of the key.
    pub span: Span,
    /// The ECS service's name (`serviceName:`, or the key).
    pub name: String,
    /// Its task definition.
    pub definition: TaskDefinitionSource,
    /// The CreateService members that the file specifies, unchanged; null means "not owned".
    pub fields: Node,
    /// The members added on creation if the file doesn't specify them (launchType, desiredCount, circuit breaker,
    /// …).
    pub creation_defaults: Node,
    /// Whether it is created with launchType FARGATE if its task definition, which only AWS knows, supports
    /// that.
    pub fargate_if_supported: bool,
    /// Log groups that ecsctl creates if they are missing.
    pub log_groups: Vec<LogGroup>,
    /// Its autoscaling, if the file has it.
    pub autoscaling: Option<Autoscaling>,
    /// Its `codeDeploy:`, if the file has it.
    pub code_deploy: Option<CodeDeploySettings>,
    /// The keys of the services that must be stable before this one is changed.
    pub depends_on: Vec<String>,
    /// The jobs that run on a new revision before the service is changed, in this order.
    pub before_deploy: Vec<String>,
    /// The jobs that run once the service is stable, in this order.
    pub after_deploy: Vec<String>,
}

impl ServiceSpec {
    /// Returns the names of the jobs of its deploys.
    pub fn jobs(&self) -> impl Iterator<Item = &String> {
        self.before_deploy.iter().chain(&self.after_deploy)
    }

    /// Returns a CreateService member that the file specifies. A null member isn't owned.
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

/// A job: a task that runs once and ends.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its key under `jobs:`.
    pub name: String,
    /// What it runs.
    pub source: JobSource,
    /// The container that gets the command, and whose exit code is the job's; by default the main container.
    pub container: Option<String>,
    /// The command, instead of the container's own.
    pub command: Option<Vec<String>>,
    /// The RunTask members that the file specifies.
    pub fields: Node,
    /// When it runs by itself.
    pub schedule: Option<Schedule>,
}

/// The task definition of a job.
#[derive(Clone, Debug)]
pub enum JobSource {
    /// That of a service, by its key, with the service's network and capacity.
    Service(String),
    /// One of its own: a specification without a service on ECS.
    Own(Box<ServiceSpec>),
}

impl Job {
    /// Returns the job of a command on a service; the command comes from the command line.
    pub fn of_command(service: &ServiceSpec) -> Self {
        Self {
            name: service.key.clone(),
            source: JobSource::Service(service.key.clone()),
            container: None,
            command: None,
            fields: Node::map(service.span, []),
            schedule: None,
        }
    }

    /// Returns the key of the service whose task definition it runs.
    pub fn service(&self) -> Option<&str> {
        match &self.source {
            JobSource::Service(key) => Some(key),
            JobSource::Own(_) => None,
        }
    }

    /// Returns its own task definition.
    pub fn own_definition(&self) -> Option<&ServiceSpec> {
        match &self.source {
            JobSource::Service(_) => None,
            JobSource::Own(spec) => Some(spec),
        }
    }
}

/// The source of a service's task definition.
#[derive(Clone, Debug)]
pub enum TaskDefinitionSource {
    /// Written in deploy.yaml or a separate file: RegisterTaskDefinition's input, fully owned, including
    /// defaults.
    Owned(Node),
    /// An existing revision: `FAMILY:REV` or an ARN.
    Revision(String, Span),
    /// A task definition managed elsewhere, of which only `changes` are applied.
    Based {
        /// The task definition to start from.
        base: Base,
        /// Where the file names it.
        span: Span,
        /// The changes from the file; containers, environment and secrets are mappings by name.
        changes: Node,
    },
}

/// A task definition managed elsewhere.
#[derive(Clone, Debug)]
pub enum Base {
    /// The one that the service currently runs.
    Live,
    /// The latest ACTIVE revision of a family.
    Family(String),
    /// A specific revision.
    Revision(String),
}

/// The identity of a log group: a name in a region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogGroupId {
    /// Its name (`/ecs/web`).
    pub name: String,
    /// The region, if the container's log options name one; by default the region of the deploy.
    pub region: Option<String>,
}

/// A CloudWatch log group that a container writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroup {
    /// Its name (`/ecs/web`).
    pub name: String,
    /// The region, if the container's log options name one.
    pub region: Option<String>,
    /// Retention in days (`logRetentionDays:`); unlimited by default.
    pub retention_days: Option<u32>,
}

impl LogGroup {
    /// Returns the log group's identity.
    pub fn id(&self) -> LogGroupId {
        LogGroupId {
            name: self.name.clone(),
            region: self.region.clone(),
        }
    }
}
