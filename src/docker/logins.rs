//! The person's logins at registries: config.json and its credential helpers, read only when a base image needs one.

use secrecy::SecretString;

/// A login.
#[derive(Clone, Debug)]
pub(crate) enum Login {
    /// A name and a password.
    Password {
        username: String,
        password: SecretString,
    },
    /// A refresh token.
    IdentityToken(SecretString),
}

/// Where logins come from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Logins {
    /// Logins that we know ourselves, by host: those at ECR.
    known: Vec<(String, Login)>,
}

/// What config.json calls Docker Hub (docs.docker.com, `docker login`).
const HUB_KEY: &str = "https://index.docker.io/v1/";

impl Logins {
    /// Adds a login that needs no config.json.
    #[must_use]
    pub(crate) fn with(mut self, host: &str, login: Login) -> Self {
        self.known.push((host.to_owned(), login));
        self
    }

    /// The login at a registry. A helper that is missing or fails means none: the registry then says that one is
    /// needed, if it is.
    pub(crate) async fn at(&self, host: &str) -> Option<Login> {
        if let Some((_, login)) = self.known.iter().find(|(known, _)| known == host) {
            return Some(login.clone());
        }
        let key = config_key(host).to_owned();
        let found = tokio::task::spawn_blocking(move || docker_credential::get_credential(&key))
            .await
            .ok()?;
        match found {
            Ok(docker_credential::DockerCredential::UsernamePassword(username, password)) => {
                Some(Login::Password {
                    username,
                    password: password.into(),
                })
            }
            Ok(docker_credential::DockerCredential::IdentityToken(token)) => {
                Some(Login::IdentityToken(token.into()))
            }
            Err(error) => {
                tracing::debug!(host, %error, "no login");
                None
            }
        }
    }
}

/// A registry's key in config.json.
fn config_key(host: &str) -> &str {
    match host {
        "docker.io" | "index.docker.io" | "registry-1.docker.io" => HUB_KEY,
        other => other,
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
    async fn a_known_login_needs_no_config() {
        let login = Login::Password {
            username: "AWS".to_owned(),
            password: "token".into(),
        };
        let logins = Logins::default().with("h:1", login);
        let Some(Login::Password { password, .. }) = logins.at("h:1").await else {
            panic!("it is known");
        };
        assert_eq!(password.expose_secret(), "token");
    }

    #[test]
    fn a_login_is_not_shown() {
        let login = Login::IdentityToken("hidden-value".into());
        assert!(!format!("{login:?}").contains("hidden"));
    }
}
