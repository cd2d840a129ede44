//! deploy.yaml and the AWS session that it needs.

use super::{FileOptions, Project};
use crate::aws::{Aws, MfaPrompt, SessionOptions, SetupError, Writes};
use crate::clock::Clock;
use crate::config::LoadedFile;
use crate::diagnostic::Failure;
use crate::engine::polling::ReadRetry;
use crate::model::Identity;

/// deploy.yaml, checked. If it needs the account or the region and neither a flag nor a variable sets them,
/// placeholders are used until `resolve`.
pub struct OpenedProject {
    project: Project,
    loaded: LoadedFile,
}

/// A session, and the file with all values from the session filled in.
pub struct ConnectedProject {
    /// The session.
    pub aws: Aws,
    /// The loaded file.
    pub loaded: LoadedFile,
    /// The caller, if STS had to be called.
    pub identity: Option<Identity>,
}

impl OpenedProject {
    /// Finds, reads and checks the file.
    pub fn open(options: &FileOptions) -> Result<Self, Failure> {
        let project = Project::open(options)?;
        let loaded = project.load()?;
        Ok(Self { project, loaded })
    }

    /// Returns the file as far as it is known without AWS.
    pub fn loaded(&self) -> &LoadedFile {
        &self.loaded
    }

    /// Returns the same, owned.
    pub fn into_loaded(self) -> LoadedFile {
        self.loaded
    }

    /// Whether the manifest needs a value that only a session provides.
    pub fn needs_session(&self) -> bool {
        self.project.lacks_account(&self.loaded) || self.project.lacks_region(&self.loaded)
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

    /// Fills in the values from the session.
    pub async fn resolve(self, aws: Aws) -> Result<ConnectedProject, Failure> {
        if !self.needs_session() {
            return Ok(ConnectedProject {
                aws,
                loaded: self.loaded,
                identity: None,
            });
        }
        let identity = match self.project.lacks_account(&self.loaded) {
            true => {
                let retry = ReadRetry::silent(aws.clock());
                Some(retry.read(|| Box::pin(aws.caller_identity())).await?)
            }
            false => None,
        };
        let account = identity.as_ref().map(|identity| identity.account.clone());
        let region = aws.region().to_owned();
        let mut project = self.project;
        let learned = tokio::task::spawn_blocking(move || {
            project.learn(Some(&region), account.as_ref());
            project.load()
        });
        let loaded = learned
            .await
            .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))?;
        Ok(ConnectedProject {
            aws,
            loaded,
            identity,
        })
    }
}
