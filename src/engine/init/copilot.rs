//! Reads a workspace of AWS Copilot.

use std::fs;
use std::path::{Path, PathBuf};

use super::relative_folder::relative_folder;
use super::source_file::{read_source, unreadable};
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::init::{CopilotWorkspace, Draft, DraftHead, ManifestFile};

/// How many folders of a workspace are read.
const MAX_FOLDERS: usize = 500;

/// What may be beside a manifest, and has no counterpart.
const BESIDE: [(&str, &str); 2] = [
    (
        "addons",
        "addons (deploy the templates as a stack of their own; their outputs were variables of the container)",
    ),
    ("overrides", "overrides (set what they change in deploy.yaml)"),
];

/// Drafts a file from a workspace: a folder with `copilot/` in it, or that folder. `target` is that of deploy.yaml.
pub fn draft_of_copilot(path: &Path, target: &Path, head: &DraftHead) -> Result<Draft, Failure> {
    let inside = path.join("copilot");
    let (folder, root) = match inside.is_dir() {
        true => (inside, path.to_owned()),
        false => (path.to_owned(), path.join("..")),
    };
    let mut workspace = CopilotWorkspace {
        name: path.display().to_string(),
        application: application(&folder)?,
        folder: relative_folder(target, &root),
        has_pipelines: folder.join("pipelines").is_dir(),
        ..CopilotWorkspace::default()
    };
    for name in folders(&folder)? {
        let manifest = folder.join(&name).join("manifest.yml");
        if name == "environments" {
            let environments = folders(&folder.join(name))?;
            let named = environments
                .iter()
                .filter(|name| *name != "addons" && *name != "overrides");
            workspace.environments = named.cloned().collect();
        } else if manifest.symlink_metadata().is_ok() {
            workspace
                .manifests
                .push(manifest_file(&manifest, &folder.join(&name))?);
        }
    }
    if workspace.manifests.is_empty() {
        return Err(no_manifests(path));
    }
    Ok(workspace.draft(head)?)
}

/// Returns the application's name in `.workspace`; None if there is no such file.
fn application(folder: &Path) -> Result<Option<String>, Failure> {
    let path = folder.join(".workspace");
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let text = text_of(&path)?;
    let lines = text.lines();
    let mut values = lines.filter_map(|line| line.trim().strip_prefix("application:"));
    let value = values.next().map(|value| value.trim().trim_matches(['"', '\'']));
    Ok(value.filter(|value| !value.is_empty()).map(str::to_owned))
}

fn manifest_file(path: &Path, folder: &Path) -> Result<ManifestFile, Failure> {
    let beside = BESIDE.iter().filter(|(name, _)| folder.join(name).is_dir());
    Ok(ManifestFile {
        path: path.display().to_string(),
        text: text_of(path)?,
        left_out: beside.map(|(_, what)| (*what).to_owned()).collect(),
    })
}

fn text_of(path: &Path) -> Result<String, Failure> {
    Ok(read_source(path)?.text)
}

/// Returns the names of the folders in a folder, in order.
fn folders(folder: &Path) -> Result<Vec<String>, Failure> {
    let name = folder.display().to_string();
    let entries = fs::read_dir(folder).map_err(|error| unreadable(&name, error.to_string()))?;
    let paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .take(MAX_FOLDERS)
        .collect();
    let names = paths.iter().filter_map(|path| path.file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

fn no_manifests(path: &Path) -> Failure {
    let name = path.display().to_string();
    let message = format!("{name} is not a workspace of AWS Copilot: it has no copilot/NAME/manifest.yml");
    Failure::new(Exit::Usage, "no-workspace", message)
        .resource(name)
        .hint("name the folder that has `copilot/` in it")
}
