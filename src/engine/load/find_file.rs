//! Where deploy.yaml is.

use std::path::{Path, PathBuf, absolute};

use super::LoadError;

const NAME: &str = "deploy.yaml";

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it is, absolute.
    pub path: PathBuf,
    /// Its folder, absolute.
    pub root: PathBuf,
    /// As the person would type it.
    pub name: String,
}

/// The file that was named; else deploy.yaml in this folder or one above, up to the top of the git repository.
/// Outside of one only this folder counts: what lies above belongs to somebody else.
pub fn file(named: Option<&Path>, here: &Path) -> Result<FoundFile, LoadError> {
    match named {
        Some(path) if path.as_os_str() == "-" => Err(LoadError::Stdin),
        Some(path) => found(here.join(path), path.display().to_string()),
        None => {
            let folders = folders(here);
            let at = folders.iter().position(|folder| folder.join(NAME).exists());
            let at = at.ok_or_else(|| LoadError::NoFile {
                other: other_name(&folders),
            })?;
            found(folders[at].join(NAME), format!("{}{NAME}", "../".repeat(at)))
        }
    }
}

/// This folder and those above, as far as the git repository goes.
fn folders(here: &Path) -> Vec<&Path> {
    let up: Vec<&Path> = here.ancestors().collect();
    let top = up
        .iter()
        .position(|folder| folder.join(".git").exists())
        .unwrap_or(0);
    up[..=top].to_vec()
}

/// A file that is there under another name.
fn other_name(folders: &[&Path]) -> Option<String> {
    let names = ["deploy.yml", "Deploy.yaml", "deploy.json"];
    let here = folders.first()?;
    names
        .into_iter()
        .find(|name| here.join(name).exists())
        .map(str::to_owned)
}

fn found(path: PathBuf, name: String) -> Result<FoundFile, LoadError> {
    let path = absolute(path).map_err(|error| LoadError::NoFolder { error })?;
    let root = path.parent().unwrap_or(&path).to_owned();
    Ok(FoundFile { path, root, name })
}
