//! The user's registry logins: config.json and its credential helpers, read only when a base image needs one.

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::SecretString;

use crate::files;

/// Credentials for a registry.
#[derive(Clone, Debug)]
pub(crate) enum DockerCredentials {
    /// A user name and a password.
    Password {
        username: String,
        password: SecretString,
    },
    /// A refresh token.
    IdentityToken(SecretString),
}

/// A source of logins other than config.json, such as ECR.
pub(crate) trait FindLogin: Send + Sync {
    /// Returns the login for a host; None when this source doesn't handle that host.
    fn find<'a>(
        &'a self,
        host: &'a str,
    ) -> Pin<Box<dyn Future<Output = Option<DockerCredentials>> + Send + 'a>>;
}

/// The sources of registry logins.
#[derive(Clone, Default)]
pub(crate) struct Logins {
    first: Option<Arc<dyn FindLogin>>,
}

impl fmt::Debug for Logins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Logins")
    }
}

/// The key of Docker Hub in config.json (docs.docker.com, `docker login`).
const HUB_KEY: &str = "https://index.docker.io/v1/";

impl Logins {
    /// Creates logins that query `first` before config.json.
    pub(crate) fn asking(first: Arc<dyn FindLogin>) -> Self {
        Self { first: Some(first) }
    }

    /// Returns the login for a registry. A missing or failing helper counts as no login: the registry then
    /// reports whether one is required.
    pub(crate) async fn at(&self, host: &str) -> Option<DockerCredentials> {
        if let Some(first) = &self.first
            && let Some(login) = first.find(host).await
        {
            return Some(login);
        }
        let key = config_key(host).to_owned();
        let found = tokio::task::spawn_blocking(move || {
            check_config().then(|| docker_credential::get_credential(&key))
        });
        let found = found.await.ok()??;
        match found {
            Ok(docker_credential::DockerCredential::UsernamePassword(username, password)) => {
                Some(DockerCredentials::Password {
                    username,
                    password: password.into(),
                })
            }
            Ok(docker_credential::DockerCredential::IdentityToken(token)) => {
                Some(DockerCredentials::IdentityToken(token.into()))
            }
            Err(error) => {
                tracing::debug!(host, %error, "no login");
                None
            }
        }
    }
}

/// Whether config.json can be read without blocking or filling the memory.
fn check_config() -> bool {
    let folder = std::env::var_os("DOCKER_CONFIG").map(PathBuf::from);
    let folder = folder.or_else(|| Some(std::env::home_dir()?.join(".docker")));
    let checked = folder.map(|folder| files::check(&folder.join("config.json"), files::MAX_CONFIG));
    match checked {
        Some(Err(error)) => {
            tracing::debug!(%error, "config.json is not read");
            false
        }
        _ => true,
    }
}

/// Returns a registry's key in config.json.
fn config_key(host: &str) -> &str {
    match host {
        "docker.io" | "index.docker.io" | "registry-1.docker.io" => HUB_KEY,
        other => other,
    }
}

/// Test logins: passwords by host.
#[cfg(test)]
pub(super) struct KnownLogins(pub(super) Vec<(&'static str, &'static str)>);

#[cfg(test)]
impl FindLogin for KnownLogins {
    fn find<'a>(
        &'a self,
        host: &'a str,
    ) -> Pin<Box<dyn Future<Output = Option<DockerCredentials>> + Send + 'a>> {
        let password = self
            .0
            .iter()
            .find(|(known, _)| *known == host)
            .map(|(_, password)| *password);
        Box::pin(async move {
            Some(DockerCredentials::Password {
                username: "ann".to_owned(),
                password: password?.into(),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn docker_hub_has_a_key_of_its_own() {
        assert_eq!(config_key("registry-1.docker.io"), HUB_KEY);
        assert_eq!(config_key("docker.io"), HUB_KEY);
        assert_eq!(config_key("ghcr.io"), "ghcr.io");
    }

    #[tokio::test]
    async fn who_knows_better_is_asked_first() {
        let logins = Logins::asking(Arc::new(KnownLogins(vec![("h:1", "token")])));
        let Some(DockerCredentials::Password { password, .. }) = logins.at("h:1").await else {
            panic!("it is known");
        };
        assert_eq!(password.expose_secret(), "token");
    }

    #[test]
    fn a_login_is_not_shown() {
        let login = DockerCredentials::IdentityToken("hidden-value".into());
        assert!(!format!("{login:?}").contains("hidden"));
    }
}
