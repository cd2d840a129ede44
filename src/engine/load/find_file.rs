//! Finds deploy.yaml.

use std::path::{Path, PathBuf, absolute};

use super::LoadError;

const NAME: &str = "deploy.yaml";

/// A deploy.yaml that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Its absolute path.
    pub path: PathBuf,
    /// Its folder's absolute path.
    pub root: PathBuf,
    /// The path as the user would type it.
    pub name: String,
}

/// Finds the named file, or deploy.yaml in the named folder; else deploy.yaml in this folder or a parent, up to the root of the git repository.
/// Outside of a repository only this folder is searched: parents may belong to somebody else.
pub fn file(named: Option<&Path>, here: &Path) -> Result<FoundFile, LoadError> {
    match named {
        Some(path) if path.as_os_str() == "-" => Err(LoadError::Stdin),
        Some(path) => {
            let path = match here.join(path).is_dir() {
                true => in_folder(path, here)?,
                false => path.to_owned(),
            };
            found(here.join(&path), path.display().to_string())
        }
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

/// Returns the path of deploy.yaml in a folder.
fn in_folder(folder: &Path, here: &Path) -> Result<PathBuf, LoadError> {
    let path = folder.join(NAME);
    if here.join(&path).exists() {
        return Ok(path);
    }
    let other = other_name(&[&here.join(folder)]);
    Err(LoadError::NoFileInFolder {
        folder: folder.display().to_string(),
        other: other.map(|name| folder.join(name).display().to_string()),
    })
}

/// Returns this folder and its parents, up to the root of the git repository.
fn folders(here: &Path) -> Vec<&Path> {
    let up: Vec<&Path> = here.ancestors().collect();
    let top = up
        .iter()
        .position(|folder| folder.join(".git").exists())
        .unwrap_or(0);
    up[..=top].to_vec()
}

/// Finds a file with a similar name.
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
