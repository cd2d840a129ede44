//! Sends one HTTP request, over the program's shared HTTP client, with retries where they may help.

use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use secrecy::{ExposeSecret, SecretString};

use super::error::RegistryError;
use crate::clock::Clock;
use crate::diagnostic::refused_certificate;

/// The maximum number of attempts if the registry is busy or the connection breaks.
const ATTEMPTS: u32 = 4;
/// The delay before the first retry; doubled for each further one.
const FIRST_WAIT: Duration = Duration::from_millis(200);
/// The maximum number of redirects to the content (a registry may redirect to its storage).
const REDIRECTS: u32 = 5;

/// A request to a registry.
#[derive(Clone, Debug)]
pub(super) struct RegistryRequest {
    pub(super) method: &'static str,
    pub(super) url: String,
    pub(super) accept: Option<&'static str>,
    pub(super) authorization: Option<SecretString>,
    /// The media type and the bytes of the body.
    pub(super) body: Option<(String, Bytes)>,
    /// The maximum size of the response.
    pub(super) limit: usize,
    /// The attempted action, for errors: `to read the manifest of acme/web:v1`.
    pub(super) doing: String,
}

/// The response, with its complete body.
#[derive(Clone, Debug)]
pub(super) struct RegistryResponse {
    pub(super) status: u16,
    /// The headers, with names in lower case.
    headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

impl RegistryResponse {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the registry's error message (OCI distribution specification, "Error Codes").
    pub(super) fn words(&self) -> String {
        let json: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let one = |error: &serde_json::Value| {
            let code = error["code"].as_str().unwrap_or_default();
            match error["message"].as_str().filter(|message| !message.is_empty()) {
                Some(message) => format!("{code}: {message}"),
                None => code.to_owned(),
            }
        };
        let errors: Vec<String> = json["errors"].as_array().into_iter().flatten().map(one).collect();
        let text = String::from_utf8_lossy(&self.body);
        let said = match errors.is_empty() {
            false => errors.join("; "),
            true if text.trim().is_empty() => format!("HTTP status {}", self.status),
            true => text.trim().to_owned(),
        };
        said.chars().take(500).collect()
    }
}

/// Sends the request, follows redirects of reads, and retries after 429, 5xx and broken connections. All
/// requests made here are safe to repeat.
pub(super) async fn send(
    connector: &SharedHttpConnector,
    clock: &Clock,
    ask: &RegistryRequest,
) -> Result<RegistryResponse, RegistryError> {
    let mut wait = FIRST_WAIT;
    for attempt in 1..=ATTEMPTS {
        let result = follow(connector, ask.clone(), attempt).await;
        let is_worth_another = match &result {
            Ok(answer) => answer.status == 429 || answer.status >= 500,
            Err(RegistryError::Unreachable { .. }) => true,
            Err(_) => false,
        };
        if !is_worth_another || attempt == ATTEMPTS {
            return result;
        }
        clock.sleep(wait).await;
        wait *= 2;
    }
    Err(answer_error(ask, "no request was sent"))
}

async fn follow(
    connector: &SharedHttpConnector,
    mut ask: RegistryRequest,
    attempt: u32,
) -> Result<RegistryResponse, RegistryError> {
    for _ in 0..=REDIRECTS {
        let begun = Instant::now();
        let result = once(connector, &ask).await;
        log(&ask, attempt, begun, &result);
        let answer = result?;
        let is_read = matches!(ask.method, "GET" | "HEAD");
        let location = answer
            .header("location")
            .filter(|_| is_read && matches!(answer.status, 301 | 302 | 303 | 307 | 308));
        let Some(location) = location else {
            return Ok(answer);
        };
        let next = absolute(&ask.url, location);
        if origin(&next) != origin(&ask.url) {
            // Send the credentials to the registry only.
            ask.authorization = None;
        }
        ask.url = next;
    }
    Err(answer_error(&ask, "too many redirects"))
}

/// `ECSCTL_LOG=debug`: one line for each request.
fn log(
    ask: &RegistryRequest,
    attempt: u32,
    begun: Instant,
    result: &Result<RegistryResponse, RegistryError>,
) {
    tracing::debug!(
        method = %ask.method,
        url = %without_secrets(&ask.url),
        status = result.as_ref().ok().map(|answer| answer.status),
        ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        attempt,
        error = result.as_ref().err().map(tracing::field::display),
        "registry request"
    );
}

/// Returns a URL without its query, which in a redirect to storage holds a signature, and without a password.
fn without_secrets(url: &str) -> String {
    let shown = url.split(['?', '#']).next().unwrap_or(url);
    let (scheme, rest) = shown.split_once("://").unwrap_or(("https", shown));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    format!("{scheme}://{host}{path}")
}

async fn once(
    connector: &SharedHttpConnector,
    ask: &RegistryRequest,
) -> Result<RegistryResponse, RegistryError> {
    let mut request = request(ask).map_err(|error| answer_error(ask, &error.to_string()))?;
    if let Some(authorization) = &ask.authorization {
        request
            .headers_mut()
            .try_insert("authorization", authorization.expose_secret().to_owned())
            .map_err(|_| answer_error(ask, "the login can't be sent in a header"))?;
    }
    let unreachable = |said: String| RegistryError::Unreachable {
        host: origin(&ask.url).to_owned(),
        said,
    };
    let response = connector
        .call(request)
        .await
        .map_err(|error| unreachable(innermost(&error)))?;
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let body = Limited::new(response.into_body(), ask.limit).collect().await;
    match body {
        Ok(body) => Ok(RegistryResponse {
            status,
            headers,
            body: body.to_bytes(),
        }),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(answer_error(
            ask,
            &format!("it is larger than {} kB", ask.limit >> 10),
        )),
        Err(error) => Err(unreachable(innermost(error.as_ref()))),
    }
}

fn request(ask: &RegistryRequest) -> Result<HttpRequest, aws_smithy_runtime_api::http::HttpError> {
    let (media_type, body) = ask.body.clone().unzip();
    let length = body.as_ref().map(Bytes::len);
    let mut request = HttpRequest::new(body.map_or_else(SdkBody::empty, SdkBody::from));
    request.set_method(ask.method)?;
    request.set_uri(ask.url.clone())?;
    let headers = request.headers_mut();
    headers.try_insert("user-agent", concat!("ecsctl/", env!("CARGO_PKG_VERSION")))?;
    if let Some(accept) = ask.accept {
        headers.try_insert("accept", accept)?;
    }
    if let Some(media_type) = media_type {
        headers.try_insert("content-type", media_type)?;
    }
    if let Some(length) = length {
        headers.try_insert("content-length", length.to_string())?;
    }
    Ok(request)
}

pub(super) fn answer_error(ask: &RegistryRequest, why: &str) -> RegistryError {
    RegistryError::Answer {
        doing: ask.doing.clone(),
        why: why.to_owned(),
    }
}

/// Returns the innermost error, which says what happened; the outer ones only say where.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    let said = cause.to_string();
    refused_certificate(&said).map_or(said, str::to_owned)
}

/// Returns the `https://host:port` of a URL.
fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |found| found + 3);
    let end = url[start..].find('/').map_or(url.len(), |found| start + found);
    &url[..end]
}

fn absolute(base: &str, location: &str) -> String {
    if location.contains("://") {
        location.to_owned()
    } else {
        format!("{}/{}", origin(base), location.trim_start_matches('/'))
    }
}

/// Reads a reply in every way, and returns what is shown of it.
#[cfg(any(test, fuzzing))]
pub(crate) fn fuzzed_reply(body: &[u8]) -> String {
    use super::auth::AuthChallenge;
    use super::manifest::{RegistryManifest, children, digest_of};

    let reply = RegistryResponse {
        status: 400,
        headers: Vec::new(),
        body: Bytes::copy_from_slice(body),
    };
    let manifest = RegistryManifest {
        digest: digest_of(body),
        media_type: String::new(),
        bytes: reply.body.clone(),
    };
    manifest.config_digest();
    children(body);
    let _ = AuthChallenge::parse(&String::from_utf8_lossy(body));
    reply.words()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_made_absolute() {
        assert_eq!(absolute("https://h:1/v2/a", "/b?c"), "https://h:1/b?c");
        assert_eq!(absolute("https://h:1/v2/a", "https://s3/x"), "https://s3/x");
        assert_eq!(origin("https://h:1"), "https://h:1");
    }

    #[test]
    fn logged_urls_have_no_query_and_no_password() {
        assert_eq!(
            without_secrets("https://ann:word@s3.test:1/b/c?X-Amz-Signature=d#e"),
            "https://s3.test:1/b/c"
        );
        assert_eq!(
            without_secrets("http://h:5000/v2/a/manifests/@b"),
            "http://h:5000/v2/a/manifests/@b"
        );
        assert_eq!(without_secrets("https://h?token=a"), "https://h");
    }

    #[test]
    fn the_registrys_words_are_kept() {
        let answer = |body: &str| {
            RegistryResponse {
                status: 403,
                headers: Vec::new(),
                body: Bytes::copy_from_slice(body.as_bytes()),
            }
            .words()
        };
        assert_eq!(
            answer(r#"{"errors":[{"code":"DENIED","message":"no"},{"code":"X"}]}"#),
            "DENIED: no; X"
        );
        assert_eq!(answer("plain"), "plain");
        assert_eq!(answer(""), "HTTP status 403");
    }
}
