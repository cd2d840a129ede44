//! The sections of deploy.yaml that manifests fill: `images`, `services` and `jobs`.

use super::manifest::CopilotManifest;
use super::workload::{self, WorkloadContext, WorkloadDraft};
use crate::init::draft::DraftMap;
use crate::init::draft_overlay::overlay;
use crate::init::source_reader::SourceReader;

/// The sections of deploy.yaml that manifests fill.
#[derive(Default)]
pub(super) struct Sections {
    images: DraftMap,
    services: DraftMap,
    jobs: DraftMap,
}

impl Sections {
    /// Drafts all manifests, as they are in an environment if one is named.
    pub fn of(
        manifests: &[CopilotManifest],
        environment: Option<&str>,
        context: WorkloadContext<'_>,
        reader: &mut SourceReader<'_>,
    ) -> Self {
        let mut sections = Self::default();
        for manifest in manifests {
            let WorkloadDraft { members, mut images } =
                workload::draft(manifest, environment, context, reader);
            sections.images.lines.append(&mut images.lines);
            let section = match manifest.is_job {
                true => &mut sections.jobs,
                false => &mut sections.services,
            };
            section.put(&manifest.name, members);
        }
        sections
    }

    /// Returns what an environment changes.
    pub fn overlay(&self, other: &Self) -> Self {
        Self {
            images: overlay(&self.images, &other.images),
            services: overlay(&self.services, &other.services),
            jobs: overlay(&self.jobs, &other.jobs),
        }
    }

    /// Adds the sections to a file or to an environment.
    pub fn put_into(self, root: &mut DraftMap) {
        let sections = [
            ("images", self.images),
            ("services", self.services),
            ("jobs", self.jobs),
        ];
        for (key, section) in sections {
            if !section.is_empty() {
                root.put(key, section);
            }
        }
    }
}
