//! The user's registry logins: config.json and its credential helpers, read only when a base image needs one.

use std::fmt;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use docker_credential::{CredentialRetrievalError, DockerCredential};
use secrecy::SecretString;
use serde_json::Value;

mod helper;

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
    /// Why the last login could not be read.
    fault: Arc<Mutex<Option<String>>>,
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
        Self {
            first: Some(first),
            fault: Arc::default(),
        }
    }

    /// Returns why a login could not be read, for when a registry required one.
    pub(crate) fn fault(&self) -> Option<String> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the login for a registry. A missing or failing helper counts as no login: the registry then
    /// reports whether one is required, and [`Logins::fault`] why there is none.
    pub(crate) async fn at(&self, host: &str) -> Option<DockerCredentials> {
        if let Some(first) = &self.first
            && let Some(login) = first.find(host).await
        {
            return Some(login);
        }
        match stored(config_key(host)).await {
            Ok(login) => login,
            Err(why) => {
                let why = format!("the login for {host} could not be read: {why}");
                tracing::debug!("{why}");
                *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
                None
            }
        }
    }
}

/// Returns the login that config.json has for a registry, or that its credential helper returns.
async fn stored(key: &str) -> Result<Option<DockerCredentials>, String> {
    let Some(file) = config_file() else {
        return Ok(None);
    };
    let read = {
        let file = file.clone();
        tokio::task::spawn_blocking(move || files::read(&file, files::MAX_CONFIG)).await
    };
    let text = match read.map_err(io::Error::other).flatten() {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{}: {error}", file.display())),
    };
    match in_config(&text, key, &file)? {
        ConfiguredLogin::None => Ok(None),
        ConfiguredLogin::Login(login) => Ok(Some(login)),
        ConfiguredLogin::Helper(name) => {
            let program = format!("docker-credential-{name}");
            helper::ask(&program, key, &file, helper::PATIENCE).await
        }
    }
}

/// `DOCKER_CONFIG`, else `~/.docker` (docs.docker.com, "Docker CLI", "Configuration files").
fn config_file() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let folder = variable("DOCKER_CONFIG")
        .map(PathBuf::from)
        .or_else(|| variable("HOME").map(|home| Path::new(&home).join(".docker")))?;
    Some(folder.join("config.json"))
}

/// What config.json has for a registry.
#[derive(Debug)]
enum ConfiguredLogin {
    None,
    Login(DockerCredentials),
    /// The name of the credential helper: `ecr-login`.
    Helper(String),
}

/// Reads config.json: the registry's own helper, a stored login, or the helper for all registries.
fn in_config(text: &[u8], key: &str, file: &Path) -> Result<ConfiguredLogin, String> {
    let mut config: Value = serde_json::from_slice(text)
        .map_err(|error| format!("{} is not valid JSON: {error}", file.display()))?;
    let helper = |name: &Value| name.as_str().filter(|name| !name.is_empty()).map(str::to_owned);
    if let Some(name) = helper(&config["credHelpers"][key]) {
        return Ok(ConfiguredLogin::Helper(name));
    }
    let store = helper(&config["credsStore"]);
    // Helpers are run here: the crate neither says why one failed nor ends one that hangs.
    if let Some(config) = config.as_object_mut() {
        config.remove("credHelpers");
        config.remove("credsStore");
    }
    match docker_credential::get_credential_from_reader(config.to_string().as_bytes(), key) {
        Ok(login) => Ok(ConfiguredLogin::Login(login.into())),
        Err(CredentialRetrievalError::NoCredentialConfigured) => {
            Ok(store.map_or(ConfiguredLogin::None, ConfiguredLogin::Helper))
        }
        Err(error) => Err(format!("{}: {error}", file.display())),
    }
}

impl From<DockerCredential> for DockerCredentials {
    fn from(login: DockerCredential) -> Self {
        match login {
            DockerCredential::UsernamePassword(username, password) => DockerCredentials::Password {
                username,
                password: password.into(),
            },
            DockerCredential::IdentityToken(token) => DockerCredentials::IdentityToken(token.into()),
        }
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

    fn configured(text: &str, key: &str) -> String {
        match in_config(text.as_bytes(), key, Path::new("config.json")) {
            Ok(ConfiguredLogin::None) => "none".to_owned(),
            Ok(ConfiguredLogin::Login(login)) => format!("{login:?}"),
            Ok(ConfiguredLogin::Helper(name)) => format!("helper {name}"),
            Err(why) => why,
        }
    }

    #[test]
    fn config_json_names_a_login_or_a_helper() {
        let config = r#"{"auths": {"a:1": {"auth": "YW5uOnNlY3JldA=="}, "b:1": {}}, "credsStore": "store",
            "credHelpers": {"c:1": "own", "d:1": ""}, "currentContext": "x"}"#;
        assert!(configured(config, "a:1").contains("ann"));
        assert_eq!(configured(config, "b:1"), "helper store");
        assert_eq!(configured(config, "c:1"), "helper own");
        assert_eq!(configured(config, "d:1"), "helper store");
        assert_eq!(configured("{}", "a:1"), "none");
    }

    #[test]
    fn an_unreadable_config_json_is_reported() {
        let broken = configured("{\"auths\": ", "a:1");
        assert!(broken.starts_with("config.json is not valid JSON: "), "{broken}");
        assert!(configured("[]", "a:1").starts_with("config.json: "));
        let wrong = configured(r#"{"auths": {"a:1": {"auth": "%%"}}}"#, "a:1");
        assert!(wrong.starts_with("config.json: "), "{wrong}");
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
