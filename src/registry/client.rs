//! Reads manifests from a registry, and writes tags (OCI distribution specification).

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use secrecy::SecretString;
use serde::Deserialize;

use super::auth::{AuthChallenge, RegistryCredentials};
use super::error::RegistryError;
use super::manifest::{ACCEPTED, RegistryManifest, digest_of};
use super::registry_override::RegistryOverride;
use super::transport::{RegistryRequest, RegistryResponse, answer_error, send};
use crate::clock::Clock;
use crate::model::Digest;

/// The maximum size of a manifest (OCI distribution specification, "Pushing Manifests": 4 MiB).
const MANIFEST_LIMIT: usize = 4 << 20;
/// The maximum size of a token response; real ones are smaller.
const TOKEN_LIMIT: usize = 1 << 20;

/// A registry with its login. Clones share connections and tokens.
#[derive(Clone)]
pub(crate) struct Registry {
    connector: SharedHttpConnector,
    clock: Clock,
    at: RegistryOverride,
    login: Option<RegistryCredentials>,
    /// Tokens by the challenge that asked for them.
    tokens: Arc<Mutex<HashMap<String, SecretString>>>,
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Registry({})", self.at)
    }
}

impl Registry {
    /// Creates a client for a registry. ECR accepts the credentials directly; others respond with where to
    /// get a token.
    pub(crate) fn new(
        connector: SharedHttpConnector,
        clock: Clock,
        at: RegistryOverride,
        login: Option<RegistryCredentials>,
    ) -> Self {
        Self {
            connector,
            clock,
            at,
            login,
            tokens: Arc::default(),
        }
    }

    /// `HOST[:PORT]`.
    pub(crate) fn host(&self) -> &str {
        &self.at.host
    }

    /// Returns the digest that a tag or a digest refers to; None if the manifest or the repository doesn't
    /// exist.
    pub(crate) async fn digest_of(
        &self,
        repository: &str,
        reference: &str,
    ) -> Result<Option<Digest>, RegistryError> {
        let doing = format!("to look for {}", named(repository, reference));
        let answer = self
            .send(self.ask("HEAD", repository, reference, doing.clone()))
            .await?;
        match answer.status {
            200 => {}
            404 => return Ok(None),
            _ => return Err(refused(&answer, doing)),
        }
        match answer
            .header("docker-content-digest")
            .and_then(|digest| digest.parse().ok())
        {
            Some(digest) => Ok(Some(digest)),
            // The header is optional; without it, compute the digest from the bytes.
            None => Ok(self
                .manifest(repository, reference)
                .await?
                .map(|manifest| manifest.digest)),
        }
    }

    /// Returns the manifest of a tag or a digest, verified against the digest; None if it doesn't exist.
    pub(crate) async fn manifest(
        &self,
        repository: &str,
        reference: &str,
    ) -> Result<Option<RegistryManifest>, RegistryError> {
        let doing = format!("to read the manifest of {}", named(repository, reference));
        let answer = self
            .send(self.ask("GET", repository, reference, doing.clone()))
            .await?;
        match answer.status {
            200 => {}
            404 => return Ok(None),
            _ => return Err(refused(&answer, doing)),
        }
        let digest = digest_of(&answer.body);
        let named = reference.parse::<Digest>().ok();
        let said = answer
            .header("docker-content-digest")
            .and_then(|digest| digest.parse::<Digest>().ok());
        if let Some(wanted) = named.or(said).filter(|wanted| *wanted != digest) {
            return Err(RegistryError::Digest {
                what: format!("the manifest of {repository}"),
                host: self.host().to_owned(),
                wanted,
                got: digest,
            });
        }
        Ok(Some(RegistryManifest {
            digest,
            media_type: answer.header("content-type").unwrap_or_default().to_owned(),
            bytes: answer.body,
        }))
    }

    /// Points a tag to a manifest that the repository has.
    pub(crate) async fn put_tag(
        &self,
        repository: &str,
        tag: &str,
        manifest: &RegistryManifest,
    ) -> Result<(), RegistryError> {
        let doing = format!("to put the tag {repository}:{tag}");
        let mut ask = self.ask("PUT", repository, tag, doing.clone());
        ask.body = Some((manifest.media_type.clone(), manifest.bytes.clone()));
        let answer = self.send(ask).await?;
        match answer.status {
            200..300 => Ok(()),
            _ => Err(refused(&answer, doing)),
        }
    }

    fn ask(&self, method: &'static str, repository: &str, reference: &str, doing: String) -> RegistryRequest {
        RegistryRequest {
            method,
            url: format!("{}/v2/{repository}/manifests/{reference}", self.at),
            accept: (method != "PUT").then_some(ACCEPTED),
            authorization: None,
            body: None,
            limit: MANIFEST_LIMIT,
            doing,
        }
    }

    /// Sends a request with the credentials, or with a token if the registry requires one.
    async fn send(&self, mut ask: RegistryRequest) -> Result<RegistryResponse, RegistryError> {
        ask.authorization = self.login.as_ref().map(RegistryCredentials::header);
        let answer = send(&self.connector, &self.clock, &ask).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        let challenge = answer.header("www-authenticate").and_then(AuthChallenge::parse);
        let Some(challenge) = challenge else {
            return Ok(answer);
        };
        ask.authorization = Some(self.token(&challenge, &ask).await?);
        send(&self.connector, &self.clock, &ask).await
    }

    async fn token(
        &self,
        challenge: &AuthChallenge,
        asked: &RegistryRequest,
    ) -> Result<SecretString, RegistryError> {
        let scope = challenge.scope.clone().unwrap_or_default();
        let known = self
            .tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&scope)
            .cloned();
        if let Some(token) = known {
            return Ok(token);
        }
        if self.at.is_tls && !challenge.realm.starts_with("https://") {
            return Err(answer_error(asked, "its token server is not using TLS"));
        }
        let mut url = challenge.realm.clone();
        for (name, value) in [("service", &challenge.service), ("scope", &challenge.scope)] {
            if let Some(value) = value {
                url.push(if url.contains('?') { '&' } else { '?' });
                url.push_str(&format!("{name}={}", escape(value)));
            }
        }
        let ask = RegistryRequest {
            method: "GET",
            url,
            accept: None,
            authorization: self.login.as_ref().map(RegistryCredentials::header),
            body: None,
            limit: TOKEN_LIMIT,
            doing: asked.doing.clone(),
        };
        let answer = send(&self.connector, &self.clock, &ask).await?;
        if answer.status != 200 {
            return Err(refused(&answer, asked.doing.clone()));
        }
        let token: Token = serde_json::from_slice(&answer.body)
            .map_err(|_| answer_error(asked, "the token server returned no token"))?;
        let token = token
            .token
            .or(token.access_token)
            .ok_or_else(|| answer_error(asked, "the token server returned no token"))?;
        let header = SecretString::from(format!("Bearer {token}"));
        self.tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(scope, header.clone());
        Ok(header)
    }
}

#[derive(Deserialize)]
struct Token {
    token: Option<String>,
    access_token: Option<String>,
}

/// Formats `acme/web:v1` or `acme/web@sha256:…`.
fn named(repository: &str, reference: &str) -> String {
    let sign = if reference.contains(':') { '@' } else { ':' };
    format!("{repository}{sign}{reference}")
}

fn refused(answer: &RegistryResponse, doing: String) -> RegistryError {
    RegistryError::Refused {
        doing,
        status: answer.status,
        said: answer.words(),
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn escape(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests;
