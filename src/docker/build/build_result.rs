//! The messages of a build's stream and their result.

use bollard::models::BuildInfoAux;
use serde::Deserialize;

use super::super::error::DockerError;

/// One message of a build's stream. Other members, and unknown kinds of `aux` from later daemons, are
/// ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct BuildMessage {
    pub(super) stream: Option<String>,
    /// The state of a layer of a base image: only the classic builder reports it beside the text.
    status: Option<String>,
    aux: Option<serde_json::Value>,
    pub(super) error_detail: Option<ErrorDetail>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ErrorDetail {
    pub(super) message: String,
}

impl BuildMessage {
    /// Whether a base image is being pulled.
    pub(super) fn is_pull(&self) -> bool {
        self.status.is_some()
    }

    /// Returns BuildKit's report, or the image's id.
    pub(super) fn aux(&mut self) -> Option<BuildInfoAux> {
        serde_json::from_value(self.aux.take()?).ok()
    }
}

/// The result of a build's stream.
pub(super) struct BuildResult {
    pub(super) id: String,
    pub(super) steps: u32,
    pub(super) cached: u32,
}

impl BuildResult {
    /// Creates the result; a stream that ends without an image id means that the daemon went away.
    pub(super) fn new(id: Option<String>, steps: u32, cached: u32, doing: &str) -> Result<Self, DockerError> {
        match id {
            Some(id) => Ok(Self { id, steps, cached }),
            None => Err(DockerError::Gone {
                doing: doing.to_owned(),
                said: "the connection closed before the build ended".to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_lines_are_skipped() {
        let aux = |text: &str| serde_json::from_str::<BuildMessage>(text).unwrap().aux();
        let id = aux(r#"{"id":"moby.image.id","aux":{"ID":"sha256:1"}}"#);
        assert!(matches!(id, Some(BuildInfoAux::Default(image)) if image.id.as_deref() == Some("sha256:1")));
        assert!(matches!(
            aux(r#"{"id":"moby.buildkit.trace","aux":""}"#),
            Some(BuildInfoAux::BuildKit(_))
        ));
        assert_eq!(aux(r#"{"id":"new","aux":[7],"more":{}}"#), None);
        assert_eq!(aux(r#"{"id":"moby.buildkit.trace","aux":"%%%"}"#), None);
    }

    #[test]
    fn a_stream_without_an_image_is_a_daemon_that_went_away() {
        assert!(matches!(
            BuildResult::new(None, 1, 0, "x"),
            Err(DockerError::Gone { .. })
        ));
    }
}
