//! ECR logins: one token per region, fetched once, kept in memory.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use tokio::sync::Mutex;

use crate::aws::{Aws, AwsError};
use crate::docker::{DockerCredentials, FindLogin, Logins as DockerLogins};
use crate::engine::polling::ReadRetry;
use crate::model::{RegistryHost, Repository};
use crate::registry::{RegistryCredentials, RegistryOverride};

/// The registry logins of a run.
pub(super) struct RegistryLogins {
    aws: Option<Aws>,
    registry: Option<RegistryOverride>,
    /// Logins by region. Locked while one is fetched, so that it is fetched only once.
    by_region: Mutex<HashMap<String, RegistryCredentials>>,
}

impl RegistryLogins {
    pub(super) fn new(aws: Option<Aws>, registry: Option<RegistryOverride>) -> Self {
        Self {
            aws,
            registry,
            by_region: Mutex::default(),
        }
    }

    /// Returns the login for pushing to a repository: ECR's, or the user's own if the host isn't ECR.
    pub(super) async fn of_repository(
        &self,
        repository: &Repository,
    ) -> Result<Option<RegistryCredentials>, AwsError> {
        match repository.host.as_deref().filter(|_| self.registry.is_none()) {
            None => self.in_region(None).await,
            Some(host) => match RegistryHost::parse(host) {
                Some(host) => self.in_region(Some(&host.region)).await,
                None => Ok(own(host).await),
            },
        }
    }

    /// Returns the login for a region, by default the session's. None without a session.
    async fn in_region(&self, region: Option<&str>) -> Result<Option<RegistryCredentials>, AwsError> {
        let Some(aws) = &self.aws else {
            return Ok(None);
        };
        let aws = region.map_or_else(|| aws.clone(), |region| aws.in_region(region));
        let mut by_region = self.by_region.lock().await;
        if let Some(login) = by_region.get(aws.region()) {
            return Ok(Some(login.clone()));
        }
        let retry = ReadRetry::silent(aws.clock());
        let found = retry.read(|| Box::pin(aws.registry_login())).await?;
        let login = RegistryCredentials {
            user: found.user,
            password: found.password,
        };
        by_region.insert(aws.region().to_owned(), login.clone());
        Ok(Some(login))
    }
}

/// Returns the login that `docker login` stored.
pub(super) async fn own(host: &str) -> Option<RegistryCredentials> {
    match DockerLogins::default().at(host).await? {
        DockerCredentials::Password { username, password } => Some(RegistryCredentials {
            user: username,
            password,
        }),
        // Only Docker itself can use a refresh token.
        DockerCredentials::IdentityToken(_) => None,
    }
}

/// Provides logins for base images on ECR, so that they need no `docker login`.
impl FindLogin for RegistryLogins {
    fn find<'a>(
        &'a self,
        host: &'a str,
    ) -> Pin<Box<dyn Future<Output = Option<DockerCredentials>> + Send + 'a>> {
        Box::pin(async move {
            let is_override = self
                .registry
                .as_ref()
                .is_some_and(|registry| registry.host == host);
            let region = RegistryHost::parse(host).map(|host| host.region);
            if !is_override && region.is_none() {
                return None;
            }
            let login = self.in_region(region.as_deref()).await;
            // The daemon then reports that a login is needed, if it is.
            let login = login
                .inspect_err(|error| tracing::debug!(host, %error, "no ECR login"))
                .ok()??;
            Some(DockerCredentials::Password {
                username: login.user,
                password: login.password,
            })
        })
    }
}
