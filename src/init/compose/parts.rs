//! What a service of a Compose file becomes, while it is being drafted.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::init::draft::DraftMap;
use crate::init::relative_path::relative;
use crate::init::source_reader::SourceReader;

/// What a Compose file refers to.
#[derive(Clone, Debug, Default)]
pub struct ComposeInputs {
    /// The variables of `.env` beside the file.
    pub variables: IndexMap<String, String>,
    /// The content of each file that `env_file` names; None of one that doesn't exist.
    pub env_files: BTreeMap<String, Option<String>>,
    /// The folder of the Compose file, relative to that of deploy.yaml; empty if they are the same.
    pub folder: String,
}

/// The parts of a service.
pub(super) struct ComposeParts<'a, 'p> {
    /// Reads the service's attributes.
    pub reader: &'a mut SourceReader<'p>,
    /// What the file refers to.
    pub inputs: &'a ComposeInputs,
    /// The key of the service in deploy.yaml.
    pub key: &'a str,
    /// Its container.
    pub container: DraftMap,
    /// Its task definition.
    pub definition: DraftMap,
    /// The names of its tasks' volumes.
    pub volumes: Vec<String>,
    /// The first TCP port that it publishes.
    pub published_port: Option<i64>,
    /// The first TCP port.
    pub port: Option<i64>,
    /// What has no counterpart.
    pub left_out: Vec<String>,
}

impl ComposeParts<'_, '_> {
    /// Notes an attribute that has no counterpart.
    pub fn leave_out(&mut self, attribute: &str, reason: &str) {
        self.left_out.push(match reason {
            "" => attribute.to_owned(),
            reason => format!("{attribute} ({reason})"),
        });
    }

    /// Returns a path of the Compose file relative to deploy.yaml.
    pub fn path(&self, path: &str) -> String {
        relative(&self.inputs.folder, path)
    }
}
