//! `ecsctl init`: reads a source, and writes the draft made from it.

mod compose;
mod copilot;
mod folder;
mod live;
mod relative_folder;
mod target;

use std::path::Path;

use super::load::{environment_region, read_named};
use crate::config::definition_input;
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::init::{Draft, DraftHead, from_task_definition};

pub use compose::draft_of_compose;
pub use copilot::draft_of_copilot;
pub use folder::suggested_service;
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

fn unreadable(name: &str, reason: String) -> Failure {
    Failure::new(
        Exit::Usage,
        "unreadable-file",
        format!("{name} can't be read: {reason}"),
    )
    .resource(name)
}
