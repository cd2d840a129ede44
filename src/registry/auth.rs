//! Registry credentials, and the challenge that requests a token (distribution, "Token authentication").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

/// A user name and a password; never shown.
#[derive(Clone, Debug)]
pub(crate) struct RegistryCredentials {
    /// The user name; `AWS` for ECR.
    pub(crate) user: String,
    /// The password, kept in memory only.
    pub(crate) password: SecretString,
}

impl RegistryCredentials {
    /// Returns the `Authorization` header.
    pub(super) fn header(&self) -> SecretString {
        let pair = format!("{}:{}", self.user, self.password.expose_secret());
        format!("Basic {}", STANDARD.encode(pair)).into()
    }
}

/// A challenge: where to get a token for the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AuthChallenge {
    pub(super) realm: String,
    pub(super) service: Option<String>,
    pub(super) scope: Option<String>,
}

impl AuthChallenge {
    /// Parses `Bearer realm="…",service="…",scope="…"`; None for any other scheme.
    pub(super) fn parse(header: &str) -> Option<Self> {
        let (scheme, parameters) = header.trim().split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        let find = |name: &str| {
            parameters_of(parameters)
                .into_iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        };
        Some(Self {
            realm: find("realm")?,
            service: find("service"),
            scope: find("scope"),
        })
    }
}

/// Splits `a="b,c", d=e` into pairs; a comma inside quotes does not separate.
fn parameters_of(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = text;
    while let Some((key, after)) = rest.split_once('=') {
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').unwrap_or((after, "")),
        };
        let key = key.trim_matches(|char: char| char == ',' || char.is_whitespace());
        pairs.push((key.to_owned(), value.trim().to_owned()));
        rest = after;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_challenge_is_read() {
        let header = r#"Bearer realm="https://auth.example/token",service="reg.example", scope="repository:a/b:pull,push""#;
        let challenge = AuthChallenge::parse(header).unwrap();
        assert_eq!(challenge.realm, "https://auth.example/token");
        assert_eq!(challenge.service.as_deref(), Some("reg.example"));
        assert_eq!(challenge.scope.as_deref(), Some("repository:a/b:pull,push"));
        assert_eq!(AuthChallenge::parse("bearer realm=x").unwrap().realm, "x");
        assert_eq!(AuthChallenge::parse(r#"Basic realm="x""#), None);
        assert_eq!(AuthChallenge::parse("Bearer service=x"), None);
    }

    #[test]
    fn a_login_is_not_shown() {
        let login = RegistryCredentials {
            user: "AWS".to_owned(),
            password: "hidden-value".into(),
        };
        assert!(!format!("{login:?}").contains("hidden"));
        assert_eq!(login.header().expose_secret(), "Basic QVdTOmhpZGRlbi12YWx1ZQ==");
    }

    proptest! {
        #[test]
        fn no_header_panics(header in any::<String>()) {
            let _ = AuthChallenge::parse(&header);
            let _ = AuthChallenge::parse(&format!("Bearer {header}"));
        }
    }
}
