//! Finds deploy.yaml.

use std::path::{Path, PathBuf, absolute};

use super::LoadError;

/// The names of the file that are found without `-f`.
const NAMES: [&str; 2] = ["deploy.yaml", "ecsctl.yaml"];

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

/// Finds the named file, or deploy.yaml or ecsctl.yaml in the named folder; else in this folder or a parent, up to the
/// root of the git repository. Outside of a repository only this folder is searched: parents may belong to somebody
/// else.
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
            for (levels, folder) in folders.iter().enumerate() {
                let up = "../".repeat(levels);
                if let Some(name) = name_in(folder, Path::new(&up))? {
                    return found(folder.join(name), format!("{up}{name}"));
                }
            }
            Err(LoadError::NoFile {
                other: other_name(&folders),
            })
        }
    }
}

/// Returns the path of the file in a folder.
fn in_folder(folder: &Path, here: &Path) -> Result<PathBuf, LoadError> {
    if let Some(name) = name_in(&here.join(folder), folder)? {
        return Ok(folder.join(name));
    }
    let other = other_name(&[&here.join(folder)]);
    Err(LoadError::NoFileInFolder {
        folder: folder.display().to_string(),
        other: other.map(|name| folder.join(name).display().to_string()),
    })
}

/// Returns the name of the file in a folder, which the user would type as `typed`. Two files are an error: which one
/// was meant?
fn name_in(folder: &Path, typed: &Path) -> Result<Option<&'static str>, LoadError> {
    let mut names = NAMES.into_iter().filter(|name| folder.join(name).exists());
    match (names.next(), names.next()) {
        (Some(one), Some(_)) => Err(LoadError::SeveralFiles {
            one: typed.join(one).display().to_string(),
        }),
        (name, _) => Ok(name),
    }
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
    let names = [
        "deploy.yml",
        "ecsctl.yml",
        "Deploy.yaml",
        "deploy.json",
        "ecsctl.json",
    ];
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
