//! Logins at ECR: one token a region, fetched once, kept in memory.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use tokio::sync::Mutex;

use crate::aws::{Aws, AwsError, RegistryHost};
use crate::docker::{DockerCredentials, FindLogin, Logins as DockerLogins};
use crate::model::Repository;
use crate::registry::{RegistryCredentials, RegistryOverride};

/// The logins of a run.
pub(super) struct RegistryLogins {
    aws: Option<Aws>,
    registry: Option<RegistryOverride>,
    /// By region. Locked while one is fetched, so that it is fetched once.
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

    /// The login for pushing to a repository: ECR's, or for a host that is none of ECR's the person's own.
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

    /// The login in a region, the session's own unless given. None without a session.
    async fn in_region(&self, region: Option<&str>) -> Result<Option<RegistryCredentials>, AwsError> {
        let Some(aws) = &self.aws else {
            return Ok(None);
        };
        let aws = region.map_or_else(|| aws.clone(), |region| aws.in_region(region));
        let mut by_region = self.by_region.lock().await;
        if let Some(login) = by_region.get(aws.region()) {
            return Ok(Some(login.clone()));
        }
        let found = aws.registry_login().await?;
        let login = RegistryCredentials {
            user: found.user,
            password: found.password,
        };
        by_region.insert(aws.region().to_owned(), login.clone());
        Ok(Some(login))
    }
}

/// What `docker login` left.
async fn own(host: &str) -> Option<RegistryCredentials> {
    match DockerLogins::default().at(host).await? {
        DockerCredentials::Password { username, password } => Some(RegistryCredentials {
            user: username,
            password,
        }),
        // A refresh token is Docker's own business.
        DockerCredentials::IdentityToken(_) => None,
    }
}

/// A base image at ECR needs no `docker login`.
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
            // The daemon then says that a login is needed, if it is.
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
