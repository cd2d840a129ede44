//! deploy.yaml and the AWS session that it needs.

use std::collections::BTreeSet;

use super::{FileOptions, FilePart, Project, sources};
use crate::aws::{Aws, AwsError, MfaPrompt, SessionOptions, SetupError, Writes};
use crate::clock::Clock;
use crate::config::{ConfigError, LoadedFile, LoadedNames, UsedFacts};
use crate::diagnostic::{Failure, Problems, Sources};
use crate::engine::account_guard::check_account;
use crate::engine::polling::ReadRetry;
use crate::model::{Identity, Manifest, ServiceNames};

/// Hides texts in every output.
pub type Hide<'a> = &'a dyn Fn(BTreeSet<String>);

/// What is loaded from deploy.yaml: all of it, or the names.
pub trait FileContent: Send + Sized + 'static {
    /// The part of the file that is read.
    const PART: FilePart;

    /// Loads it.
    fn load(project: &Project) -> Result<Self, ConfigError>;

    /// Returns the cluster.
    fn cluster(&self) -> &str;

    /// Returns the services' names.
    fn names(&self) -> ServiceNames;

    /// Returns all of it, if it was read.
    fn manifest(&self) -> Option<&Manifest>;

    /// Returns the session facts that it depends on.
    fn used(&self) -> UsedFacts;

    /// Returns the warnings, and the files that they point into.
    fn warnings(&self) -> (&Problems, &Sources);

    /// Returns the variables of the dotenv files that it names, as far as they were read.
    fn env_file_values(&self) -> &[(String, String)];
}

impl FileContent for LoadedFile {
    const PART: FilePart = FilePart::Whole;

    fn load(project: &Project) -> Result<Self, ConfigError> {
        project.load()
    }

    fn cluster(&self) -> &str {
        &self.manifest.cluster
    }

    fn names(&self) -> ServiceNames {
        self.manifest.names()
    }

    fn manifest(&self) -> Option<&Manifest> {
        Some(&self.manifest)
    }

    fn used(&self) -> UsedFacts {
        self.used
    }

    fn warnings(&self) -> (&Problems, &Sources) {
        (&self.warnings, &self.sources)
    }

    fn env_file_values(&self) -> &[(String, String)] {
        &self.env_file_values
    }
}

impl FileContent for LoadedNames {
    const PART: FilePart = FilePart::Names;

    fn load(project: &Project) -> Result<Self, ConfigError> {
        project.load_names()
    }

    fn cluster(&self) -> &str {
        &self.names.cluster
    }

    fn names(&self) -> ServiceNames {
        self.names.clone()
    }

    fn manifest(&self) -> Option<&Manifest> {
        None
    }

    fn used(&self) -> UsedFacts {
        self.used
    }

    fn warnings(&self) -> (&Problems, &Sources) {
        (&self.warnings, &self.sources)
    }

    fn env_file_values(&self) -> &[(String, String)] {
        &[]
    }
}

/// deploy.yaml, checked. If it needs the account or the region and neither a flag nor a variable sets them,
/// placeholders are used until `resolve`.
pub struct OpenedProject<C = LoadedFile> {
    project: Project,
    loaded: C,
}

/// A session, and the file with all values from the session filled in.
pub struct ConnectedProject<C = LoadedFile> {
    /// The session.
    pub aws: Aws,
    /// The loaded file.
    pub loaded: C,
    /// The caller, if STS had to be called.
    pub identity: Option<Identity>,
}

impl<C: FileContent> ConnectedProject<C> {
    /// Checks the account guard, for commands that change services or run tasks.
    pub async fn check_account(&self) -> Result<(), Failure> {
        let required = self.loaded.names().account;
        let required = required.as_ref();
        match &self.identity {
            _ if required.is_none() => Ok(()),
            Some(identity) => check_account(identity, required),
            None => check_account(&ask_identity(&self.aws).await?, required),
        }
    }
}

/// Does work that reads files, which may be pipes.
async fn off_the_event_loop<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

/// Reads the caller's identity.
async fn ask_identity(aws: &Aws) -> Result<Identity, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    retry.read(|| Box::pin(aws.caller_identity())).await
}

impl OpenedProject<LoadedNames> {
    /// Stands for a file with nothing but a service, whether or not there is a file.
    pub fn of_service(options: &FileOptions, name: &str) -> Result<Self, Failure> {
        let project = Project::of_service(options, name)?;
        let loaded = LoadedNames::load(&project)?;
        Ok(Self { project, loaded })
    }
}

impl<C: FileContent> OpenedProject<C> {
    /// Finds, reads and checks the file, and hides what is sensitive in it.
    pub fn open(options: &FileOptions, hide: Hide<'_>) -> Result<Self, Failure> {
        let project = Project::open(options, C::PART)?;
        hide(project.sensitive());
        let loaded = C::load(&project)?;
        Ok(Self { project, loaded })
    }

    /// Returns the file as far as it is known without AWS.
    pub fn loaded(&self) -> &C {
        &self.loaded
    }

    /// Returns the same, owned.
    pub fn into_loaded(self) -> C {
        self.loaded
    }

    /// Returns the file with what it refers to, as far as that is known without AWS.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Whether the content needs a value that only a session provides.
    pub fn needs_session(&self) -> bool {
        let used = self.loaded.used();
        self.project.lacks_account(used) || self.project.lacks_region(used) || used.sources
    }

    /// Whether parts of the content are missing, because they depend on a source that isn't read yet.
    pub fn is_incomplete(&self) -> bool {
        self.loaded.used().sources
    }

    /// Returns the services' names, also of those that aren't complete.
    pub fn service_names(&self) -> ServiceNames {
        let mut names = self.loaded.names();
        if self.is_incomplete() {
            let keys = self.project.keys("services");
            let name = |key: &String| names.services.get(key).unwrap_or(key).clone();
            names.services = keys.iter().map(|key| (key.clone(), name(key))).collect();
        }
        names
    }

    /// Returns the keys of the images, also of those that aren't complete.
    pub fn image_names(&self) -> Vec<String> {
        match self.loaded.manifest().filter(|_| !self.is_incomplete()) {
            Some(manifest) => manifest.images.keys().cloned().collect(),
            None => self.project.keys("images"),
        }
    }

    /// Opens the session that the flags and the file ask for.
    pub async fn session(
        &self,
        endpoint_url: Option<String>,
        mfa: Option<MfaPrompt>,
        clock: &Clock,
        writes: &Writes,
    ) -> Result<Aws, SetupError> {
        let settings = self.project.settings();
        let options = SessionOptions {
            region: settings.region,
            profile: settings.profile,
            file_profile: settings.file_profile,
            assume_role: settings.assume_role,
            endpoint_url,
            mfa,
        };
        Aws::open(&options, clock, writes).await
    }

    /// Fills in the values from the session, and hides what is sensitive of them.
    pub async fn resolve(self, aws: Aws, hide: Hide<'_>) -> Result<ConnectedProject<C>, Failure> {
        if !self.needs_session() {
            return Ok(ConnectedProject {
                aws,
                loaded: self.loaded,
                identity: None,
            });
        }
        let identity = match self.project.lacks_account(self.loaded.used()) {
            true => Some(ask_identity(&aws).await?),
            false => None,
        };
        let account = identity.as_ref().map(|identity| identity.account.clone());
        let region = aws.region().to_owned();
        let mut project = self.project;
        let loaded = loop {
            let (region, account) = (region.clone(), account.clone());
            let learned = off_the_event_loop(move || {
                project.learn(Some(&region), account.as_ref());
                let needed = project.sources_needed();
                let loaded = needed.queries.is_empty().then(|| C::load(&project));
                (project, needed, loaded)
            });
            let (learned, needed, loaded) = learned.await;
            project = learned;
            hide(needed.sensitive);
            if let Some(loaded) = loaded {
                break loaded?;
            }
            // A value may name what is read next.
            let replies = sources::read(&aws, &needed.queries, project.sources()).await?;
            project.learn_sources(replies);
        };
        Ok(ConnectedProject {
            aws,
            loaded,
            identity,
        })
    }
}
