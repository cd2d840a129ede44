//! What a manifest becomes, while it is being drafted.

use crate::init::draft::DraftMap;
use crate::init::source_reader::SourceReader;

/// The parts of a service or a job.
pub(super) struct WorkloadParts<'a, 'p> {
    /// Reads the manifest.
    pub reader: &'a mut SourceReader<'p>,
    /// The workspace that it belongs to.
    pub application: Option<&'a str>,
    /// The folder of the workspace, relative to that of deploy.yaml; empty if they are the same.
    pub folder: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its task definition.
    pub definition: DraftMap,
    /// Its containers, by name.
    pub containers: DraftMap,
    /// The volumes of its tasks.
    pub volumes: Vec<DraftMap>,
    /// The images that are built for it.
    pub images: DraftMap,
    /// What has no counterpart.
    pub left_out: Vec<String>,
}

impl WorkloadParts<'_, '_> {
    /// Notes what has no counterpart.
    pub fn leave_out(&mut self, what: &str, reason: &str) {
        self.left_out.push(match reason {
            "" => what.to_owned(),
            reason => format!("{what} ({reason})"),
        });
    }

    /// Returns the name of the application as deploy.yaml spells it.
    pub fn application(&self) -> String {
        self.application
            .unwrap_or("${env.COPILOT_APPLICATION_NAME}")
            .to_owned()
    }

    /// Returns a path of the workspace relative to deploy.yaml.
    pub fn path(&self, path: &str) -> String {
        crate::init::relative_path::relative(self.folder, path)
    }
}
