//! Reads a workflow of GitHub Actions, and the task definitions that it names.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use super::relative_folder::relative_folder;
use super::source_file::{in_folder, read_source};
use crate::diagnostic::Failure;
use crate::init::{Draft, SourceOptions, WorkflowSources, from_workflow, workflow_definitions};

/// Drafts a file from a workflow. `target` is the folder of the draft.
pub fn draft_of_workflow(path: &Path, target: &Path, options: &SourceOptions) -> Result<Draft, Failure> {
    let workflow = read_source(path)?;
    let root = repository_of(path);
    let mut definitions = IndexMap::new();
    for definition in workflow_definitions(&workflow)? {
        let read = read_source(&in_folder(&root, &definition))?;
        definitions.insert(definition, read);
    }
    let sources = WorkflowSources {
        workflow,
        definitions,
        root: relative_folder(target, &root),
    };
    Ok(from_workflow(&sources, options)?)
}

/// Returns the folder that has `.github`; the current folder if the workflow is elsewhere.
fn repository_of(workflow: &Path) -> PathBuf {
    let mut folders = workflow.ancestors().skip(1);
    let github = folders.find(|folder| folder.file_name().is_some_and(|name| name == ".github"));
    github.and_then(Path::parent).unwrap_or(Path::new("")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repository_has_the_folder_of_workflows() {
        for (path, expected) in [
            (".github/workflows/deploy.yml", ""),
            ("../shop/.github/workflows/deploy.yml", "../shop"),
            ("deploy.yml", ""),
        ] {
            assert_eq!(repository_of(Path::new(path)), PathBuf::from(expected), "{path}");
        }
    }
}
