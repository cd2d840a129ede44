//! `ecsctl init`: reads a source, and writes the draft made from it.

mod compose;
mod copilot;
mod ecspresso;
mod folder;
mod github;
mod live;
mod relative_folder;
mod source_file;
mod target;

use std::path::Path;

use self::source_file::unreadable;
use super::load::{environment_region, read_named};
use crate::config::definition_input;
use crate::diagnostic::Failure;
use crate::init::{Draft, DraftHead, SourceOptions, from_task_definition};

pub use compose::draft_of_compose;
pub use copilot::draft_of_copilot;
pub use ecspresso::draft_of_ecspresso;
pub use folder::suggested_service;
pub use github::draft_of_workflow;
pub use live::draft_of_service;
pub use target::DraftTarget;

/// Returns what is known of where to deploy: the flags, and the region of the environment.
pub fn draft_head(cluster: Option<&str>, region: Option<&str>) -> DraftHead {
    let variable = |name: &str| std::env::var(name).ok();
    DraftHead {
        region: region
            .map(str::to_owned)
            .or_else(|| environment_region(&variable)),
        cluster: cluster.map(str::to_owned),
    }
}

/// Returns what a source of several settings is drafted with: flags override it, and the region of the environment is
/// the default.
pub fn source_options(cluster: Option<&str>, region: Option<&str>, allow_unknown: bool) -> SourceOptions {
    SourceOptions {
        flags: DraftHead {
            region: region.map(str::to_owned),
            cluster: cluster.map(str::to_owned),
        },
        region: draft_head(None, None).region,
        allow_unknown,
    }
}

/// Drafts a file from a task definition in a file; `-` is standard input.
pub fn draft_of_task_definition(
    path: &Path,
    head: &DraftHead,
    allow_unknown: bool,
) -> Result<Draft, Failure> {
    let (name, text) = named_text(path)?;
    let input = definition_input(&name, &text, allow_unknown)?;
    Ok(from_task_definition(&input, &name, head))
}

/// Reads a file that the command line names; `-` is standard input. Returns its name and its text.
fn named_text(path: &Path) -> Result<(String, String), Failure> {
    let (name, read_from) = match path.as_os_str() == "-" {
        true => ("standard input".to_owned(), Path::new("/dev/stdin")),
        false => (path.display().to_string(), path),
    };
    let text = read_named(read_from).map_err(|reason| unreadable(&name, reason))?;
    Ok((name, text))
}
