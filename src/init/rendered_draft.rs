//! What `render` prints of a draft, for the laws of each source.

use std::path::Path;

use super::draft::Draft;
use super::yaml_text::yaml_text;
use crate::config::{ConfigError, Document, FileOverrides, Lookups, ManifestInput, ReferencedFiles, render};
use crate::diagnostic::{RenderStyle, render as report};
use crate::model::Value;

/// Returns what `render` prints of the text of a draft, in an environment if one is named.
///
/// # Panics
///
/// If the text is no valid deploy.yaml.
pub(super) fn rendered_draft(draft: &Draft, lookups: &Lookups, environment: Option<&str>) -> Value {
    let text = yaml_text(&draft.root);
    let (files, overrides) = (
        ReferencedFiles::new(),
        FileOverrides {
            environment: environment.map(str::to_owned),
            ..FileOverrides::default()
        },
    );
    let loaded = Document::parse("deploy.yaml", &text)
        .and_then(|document| document.in_environment(&overrides))
        .and_then(|document| {
            document.load(ManifestInput {
                root: Path::new("/app"),
                lookups,
                files: &files,
                overrides: &overrides,
            })
        });
    render(&or_report(loaded, &text).manifest, true)
}

/// Returns the result.
///
/// # Panics
///
/// With the problems that there are instead, and the text that has them.
pub(super) fn or_report<T>(result: Result<T, ConfigError>, text: &str) -> T {
    result.unwrap_or_else(|error| {
        let said = report(&error.problems, &error.sources, RenderStyle::default());
        panic!("{said}\n{text}")
    })
}
