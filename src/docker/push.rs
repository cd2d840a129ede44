//! Pushes an image from the daemon's store. The daemon sends the layers; the login is passed in the request
//! only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use bytes::Bytes;
use http_body_util::Full;
use indexmap::IndexMap;
use serde::Deserialize;

use super::build::auth_config;
use super::daemon::Daemon;
use super::error::{DockerError, push_failed, unreadable_answer};
use super::json_lines::JsonLines;
use super::logins::DockerCredentials;
use super::query_string::{escape, escape_reference};
use crate::model::{Digest, PushEvent};

/// One line of a push's progress. bollard's type lacks `id` and `aux`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct PushMessage {
    id: Option<String>,
    status: Option<String>,
    progress_detail: Option<ProgressDetail>,
    error_detail: Option<PushErrorDetail>,
    aux: Option<serde_json::Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ProgressDetail {
    current: Option<u64>,
    total: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PushErrorDetail {
    message: String,
}

/// The result of a successful push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PushResult {
    /// The manifest's digest, as reported by the daemon.
    pub(crate) digest: Digest,
    /// Total number of layers.
    pub(crate) layers: u32,
    /// Number of layers that were sent.
    pub(crate) sent_layers: u32,
    /// Bytes sent, as counted by the daemon (unpacked on overlay2).
    pub(crate) sent: u64,
}

impl Daemon {
    /// Pushes `repository:tag`. Dropping the future cancels the push.
    pub(crate) async fn push(
        &self,
        repository: &str,
        tag: &str,
        login: Option<&DockerCredentials>,
        on: &(dyn Fn(PushEvent) + Sync),
    ) -> Result<PushResult, DockerError> {
        let reference = format!("{repository}:{tag}");
        let doing = format!("the push of {reference}");
        let server = repository.split('/').next().unwrap_or_default();
        let auth = login.map_or_else(|| serde_json::json!({}), |login| auth_config(login, server));
        let request = http::Request::post(format!(
            "/images/{}/push?tag={}",
            escape_reference(repository),
            escape(tag)
        ))
        .header("x-registry-auth", URL_SAFE.encode(auth.to_string()))
        .body(Full::new(Bytes::new()))
        .map_err(|error| unreadable_answer(&doing, error))?;
        let failed = |said: String| push_failed(&reference, &said);
        let reply = match self.send(request, &doing).await {
            Err(DockerError::Refused { said, .. }) => return Err(failed(said)),
            other => other?,
        };
        let mut lines = JsonLines::new(reply, &doing);
        let mut layers = Layers::default();
        while let Some(line) = lines.next::<PushMessage>().await? {
            if let Some(error) = line.error_detail {
                return Err(failed(error.message));
            }
            if layers.take(line) {
                on(layers.event());
            }
        }
        layers.pushed().ok_or(DockerError::Gone {
            doing,
            said: "the connection closed before the push ended".to_owned(),
        })
    }
}

/// The progress of each layer.
#[derive(Debug, Default)]
struct Layers {
    by_id: IndexMap<String, Layer>,
    digest: Option<Digest>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Layer {
    sent: u64,
    total: u64,
    done: bool,
    was_sent: bool,
}

impl Layers {
    /// Processes a progress line and returns whether it changed a layer.
    fn take(&mut self, line: PushMessage) -> bool {
        if let Some(aux) = &line.aux {
            let digest = aux["Digest"].as_str().and_then(|digest| digest.parse().ok());
            self.digest = digest.or(self.digest.take());
        }
        let status = line.status.unwrap_or_default();
        // `TAG: digest: sha256:… size: 528` is the last line.
        if let Some((_, rest)) = status.split_once(": digest: ") {
            let digest = rest
                .split_whitespace()
                .next()
                .and_then(|digest| digest.parse().ok());
            self.digest = digest.or(self.digest.take());
        }
        let Some(id) = line.id.filter(|_| is_about_a_layer(&status)) else {
            return false;
        };
        let is_new = !self.by_id.contains_key(&id);
        let layer = self.by_id.entry(id).or_default();
        let before = *layer;
        match status.as_str() {
            "Pushing" => {
                let detail = line.progress_detail.unwrap_or_default();
                layer.was_sent = true;
                layer.sent = layer.sent.max(detail.current.unwrap_or(0));
                layer.total = layer.total.max(detail.total.unwrap_or(0)).max(layer.sent);
            }
            "Pushed" => {
                layer.done = true;
                layer.was_sent = true;
            }
            "Layer already exists" => layer.done = true,
            _ if status.starts_with("Mounted from ") => layer.done = true,
            _ => {}
        }
        is_new || before != *layer
    }

    fn event(&self) -> PushEvent {
        let count = |done: &dyn Fn(&Layer) -> bool| {
            saturated(self.by_id.values().filter(|layer| done(layer)).count())
        };
        PushEvent::Progress {
            layers: count(&|_| true),
            done: count(&|layer| layer.done),
            sent: self.by_id.values().map(|layer| layer.sent).sum(),
            total: self.by_id.values().map(|layer| layer.total).sum(),
        }
    }

    fn pushed(self) -> Option<PushResult> {
        Some(PushResult {
            layers: saturated(self.by_id.len()),
            sent_layers: saturated(self.by_id.values().filter(|layer| layer.was_sent).count()),
            sent: self.by_id.values().map(|layer| layer.sent).sum(),
            digest: self.digest?,
        })
    }
}

fn is_about_a_layer(status: &str) -> bool {
    matches!(
        status,
        "Preparing" | "Waiting" | "Pushing" | "Pushed" | "Layer already exists" | "Retrying"
    ) || status.starts_with("Mounted from ")
        || status.starts_with("Retrying in ")
}

fn saturated(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(lines: &[&str]) -> (Layers, usize) {
        let mut layers = Layers::default();
        let changes = lines
            .iter()
            .filter(|line| layers.take(serde_json::from_str(line).unwrap()))
            .count();
        (layers, changes)
    }

    const DIGEST: &str = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    #[test]
    fn layers_are_counted_from_what_docker_20_says() {
        let last = format!(r#"{{"status":"t: digest: {DIGEST} size: 528"}}"#);
        let (layers, changes) = after(&[
            r#"{"status":"The push refers to repository [h:5/web]"}"#,
            r#"{"status":"Preparing","progressDetail":{},"id":"one"}"#,
            r#"{"status":"Preparing","progressDetail":{},"id":"two"}"#,
            r#"{"status":"Waiting","progressDetail":{},"id":"two"}"#,
            r#"{"status":"Pushing","progressDetail":{"current":512,"total":1024},"progress":"[=> ]","id":"one"}"#,
            r#"{"status":"Layer already exists","progressDetail":{},"id":"two"}"#,
            r#"{"status":"Pushing","progressDetail":{"current":1536},"id":"one"}"#,
            r#"{"status":"Pushed","progressDetail":{},"id":"one"}"#,
            &last,
        ]);
        assert_eq!(changes, 6, "a first sight and each change");
        assert_eq!(
            layers.event(),
            PushEvent::Progress {
                layers: 2,
                done: 2,
                sent: 1536,
                total: 1536
            }
        );
        let pushed = layers.pushed().unwrap();
        assert_eq!((pushed.layers, pushed.sent_layers, pushed.sent), (2, 1, 1536));
        assert_eq!(pushed.digest.as_str(), DIGEST);
    }

    #[test]
    fn the_digest_may_come_beside_the_status() {
        let aux = format!(r#"{{"progressDetail":{{}},"aux":{{"Tag":"t","Digest":"{DIGEST}","Size":528}}}}"#);
        let (layers, _) = after(&[&aux]);
        assert_eq!(layers.pushed().unwrap().digest.as_str(), DIGEST);
    }

    #[test]
    fn a_stream_that_breaks_off_is_no_push() {
        let (layers, _) = after(&[
            r#"{"status":"Pushed","id":"one"}"#,
            r#"{"status":"x: digest: nonsense"}"#,
        ]);
        assert_eq!(layers.pushed(), None);
    }
}
