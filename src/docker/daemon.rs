//! A connected daemon and its simple API requests.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use serde::de::DeserializeOwned;

use super::DockerError;
use super::error::unreadable_answer;
use super::query_string::{escape, escape_reference};
use super::transport::{DaemonAddress, DaemonResponse, TransportError};

/// The newest API version that this program was written against; an older daemon is called with its own
/// version.
const NEWEST_API: (u32, u32) = (1, 52);
/// Since Docker Engine 18.09 the daemon on Linux includes BuildKit, whether or not it is the default builder
/// (docs.docker.com, "BuildKit"). Podman and Windows containers don't.
const OLDEST_BUILDKIT_API: (u32, u32) = (1, 39);
/// Maximum size of a response body, in bytes; larger than any response needs to be.
const ANSWER_LIMIT: usize = 16 << 20;

/// A daemon that responded to a ping.
#[derive(Clone, Debug)]
pub(crate) struct Daemon {
    address: DaemonAddress,
    /// Path prefix of each request: `/v1.41`.
    prefix: String,
    /// Whether it can build with BuildKit.
    buildkit: bool,
}

impl Daemon {
    /// Pings the daemon to detect its API version and builder.
    pub(super) async fn ping(address: DaemonAddress) -> Result<Daemon, TransportError> {
        let mut request = Request::new(Full::new(Bytes::new()));
        *request.uri_mut() = http::Uri::from_static("/_ping");
        let reply = address.send(request).await?;
        // An unhealthy daemon responds with 500, but it is still a daemon.
        let status = reply.response.status();
        if status.is_client_error() {
            return Err(TransportError::Ping(status));
        }
        let header = |name: &str| {
            reply
                .response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        let api = version(&header("api-version"));
        let prefix = api_prefix(api);
        let is_podman = header("server").starts_with("Libpod");
        let buildkit = api >= Some(OLDEST_BUILDKIT_API) && header("ostype") != "windows" && !is_podman;
        Ok(Daemon {
            address,
            prefix,
            buildkit,
        })
    }

    /// Whether it can build with BuildKit.
    pub(crate) fn has_buildkit(&self) -> bool {
        self.buildkit
    }

    /// Sends a request with a body and returns the response as a stream. A status of 400 and above is an error.
    pub(super) async fn send<B>(
        &self,
        mut request: Request<B>,
        doing: &str,
    ) -> Result<DaemonResponse, DockerError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", http::uri::PathAndQuery::as_str);
        let uri = format!("{}{path}", self.prefix)
            .parse()
            .map_err(|error| unreadable_answer(doing, error))?;
        *request.uri_mut() = uri;
        let reply = self
            .address
            .send(request)
            .await
            .map_err(|error| gone(doing, &error))?;
        if reply.response.status().as_u16() >= 400 {
            return Err(refused(reply.response, doing).await);
        }
        Ok(reply)
    }

    /// Sends a request without a body.
    async fn ask(&self, method: Method, path: &str, doing: &str) -> Result<DaemonResponse, DockerError> {
        self.send(empty(method, path, doing)?, doing).await
    }

    /// Requests a JSON document; None when it doesn't exist.
    pub(super) async fn look<T: DeserializeOwned>(
        &self,
        path: &str,
        doing: &str,
    ) -> Result<Option<T>, DockerError> {
        let reply = match self.ask(Method::GET, path, doing).await {
            Err(DockerError::Refused { status: 404, .. }) => return Ok(None),
            other => other?,
        };
        let body = whole(reply.response, doing).await?;
        serde_json::from_slice(&body)
            .map(Some)
            .map_err(|error| unreadable_answer(doing, error))
    }

    /// Adds another name to an image.
    pub(crate) async fn tag(&self, image: &str, repository: &str, tag: &str) -> Result<(), DockerError> {
        let path = format!(
            "/images/{}/tag?repo={}&tag={}",
            escape_reference(image),
            escape(repository),
            escape(tag)
        );
        self.ask(Method::POST, &path, &format!("the tagging of {repository}:{tag}"))
            .await?;
        Ok(())
    }

    /// Removes a name from an image; removing the last name deletes the image. A missing name is not an error.
    #[cfg(test)]
    pub(crate) async fn untag(&self, reference: &str) -> Result<(), DockerError> {
        let path = format!("/images/{}?noprune=false", escape_reference(reference));
        match self
            .ask(Method::DELETE, &path, &format!("the removal of {reference}"))
            .await
        {
            Ok(_) | Err(DockerError::Refused { status: 404, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Builds a request without a body.
pub(super) fn empty(method: Method, path: &str, doing: &str) -> Result<Request<Full<Bytes>>, DockerError> {
    Request::builder()
        .method(method)
        .uri(path)
        .body(Full::new(Bytes::new()))
        .map_err(|error| unreadable_answer(doing, error))
}

/// Parses a version such as `1.41`.
fn version(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Returns `/v1.41` for the older of the daemon's version and ours; empty for a daemon that reports no
/// version.
fn api_prefix(theirs: Option<(u32, u32)>) -> String {
    theirs.map_or_else(String::new, |theirs| {
        let (major, minor) = theirs.min(NEWEST_API);
        format!("/v{major}.{minor}")
    })
}

pub(super) fn gone(doing: &str, error: &(dyn std::error::Error + 'static)) -> DockerError {
    DockerError::Gone {
        doing: doing.to_owned(),
        said: error.to_string(),
    }
}

/// Converts an error response to an error with the daemon's message.
async fn refused(response: Response<Incoming>, doing: &str) -> DockerError {
    let status = response.status();
    match whole(response, doing).await {
        Ok(body) => DockerError::Refused {
            doing: doing.to_owned(),
            status: status.as_u16(),
            said: message(&body, status),
        },
        Err(error) => error,
    }
}

fn message(body: &[u8], status: StatusCode) -> String {
    let text = String::from_utf8_lossy(body);
    let message = serde_json::from_slice::<serde_json::Value>(body)
        .ok()
        .and_then(|json| json["message"].as_str().map(str::to_owned))
        .unwrap_or_else(|| text.trim().to_owned());
    if message.is_empty() {
        status.to_string()
    } else {
        message
    }
}

async fn whole(response: Response<Incoming>, doing: &str) -> Result<Bytes, DockerError> {
    http_body_util::Limited::new(response.into_body(), ANSWER_LIMIT)
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .map_err(|error| gone(doing, error.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_version_is_spoken() {
        assert_eq!(api_prefix(version("1.41")), "/v1.41");
        assert_eq!(api_prefix(version("1.9")), "/v1.9");
        assert_eq!(api_prefix(version("1.99")), "/v1.52");
        assert_eq!(api_prefix(version("2.0")), "/v1.52");
        assert_eq!(api_prefix(version("")), "");
        assert_eq!(api_prefix(version("x.y")), "");
    }

    #[test]
    fn daemon_messages_are_kept() {
        let status = StatusCode::BAD_REQUEST;
        assert_eq!(
            message(br#"{"message":"no such image"}"#, status),
            "no such image"
        );
        assert_eq!(message(b"plain\n", status), "plain");
        assert_eq!(message(b"", status), "400 Bad Request");
        assert_eq!(message(b"{", status), "{");
    }
}
