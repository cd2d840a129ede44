//! A build's context: which files of a folder are sent, in which order, and their total size in bytes.

use std::path::{Path, PathBuf};

use walk::ContextWalk;

use super::DockerError;
use super::error::{context_missing, dockerfile_missing};
use super::ignore::IgnorePatterns;

mod set_times;
mod tar;
mod walk;

pub(crate) use tar::{TarBody, upload};
pub(crate) use walk::{ContextEntry, EntryKind};

/// A context folder and its Dockerfile, both known to exist.
#[derive(Clone, Debug)]
pub(crate) struct BuildContext {
    /// The context folder.
    pub(crate) root: PathBuf,
    /// The Dockerfile, inside the folder or not.
    pub(crate) dockerfile: PathBuf,
    /// The patterns of excluded files.
    pub(crate) ignore: IgnorePatterns,
}

impl BuildContext {
    /// Checks that the folder and the Dockerfile exist, and reads the ignore file.
    pub(crate) fn open(image: &str, root: &Path, dockerfile: &Path) -> Result<Self, DockerError> {
        match std::fs::metadata(root) {
            Ok(found) if found.is_dir() => {}
            other => {
                return Err(context_missing(image, root, missing(other, "is not a folder")));
            }
        }
        let dockerfile = dockerfile_at(dockerfile);
        match std::fs::metadata(&dockerfile) {
            Ok(found) if found.is_file() => {}
            other => {
                let why = missing(other, "is not a file");
                return Err(dockerfile_missing(
                    image,
                    &dockerfile,
                    why,
                    &similar_files(&dockerfile),
                ));
            }
        }
        Ok(Self {
            root: root.to_owned(),
            ignore: IgnorePatterns::read(root, &dockerfile)?,
            dockerfile,
        })
    }

    /// Returns the Dockerfile's path in the context, with `/`; None when it lies outside.
    pub(crate) fn dockerfile_inside(&self) -> Option<String> {
        let inside = self.dockerfile.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = inside
            .components()
            .map(|part| part.as_os_str().to_str())
            .collect();
        parts
            .map(|parts| parts.join("/"))
            .filter(|path| !path.contains(".."))
    }

    /// Returns the Dockerfile and its own ignore file under their file names, with links resolved: BuildKit
    /// fetches them apart from the context, so neither has to be in it.
    pub(crate) fn dockerfile_and_its_ignore_file(&self) -> Result<Vec<ContextEntry>, DockerError> {
        let mut own = self.dockerfile.as_os_str().to_owned();
        own.push(".dockerignore");
        let mut entries = Vec::new();
        for file in [self.dockerfile.clone(), PathBuf::from(own)] {
            let (Some(name), Ok(target)) = (file.file_name(), std::fs::canonicalize(&file)) else {
                continue;
            };
            entries.extend(ContextEntry::of(PathBuf::from(name), target)?);
        }
        Ok(entries)
    }

    /// Iterates over everything that a build can copy from the context, in the order in which it is sent.
    pub(crate) fn walk(&self) -> ContextWalk<'_> {
        ContextWalk::new(&self.root, &self.ignore)
    }

    /// Returns the listing for `build --list-context`: files with their sizes in bytes, the largest last. Links
    /// are sent as links, and have no size.
    pub(crate) fn list(&self) -> Result<Vec<(String, u64)>, DockerError> {
        let mut files = Vec::new();
        for entry in self.walk() {
            let entry = entry?;
            match entry.kind {
                EntryKind::File { size } => files.push((entry.shown().into_owned(), size)),
                EntryKind::Symlink { .. } => files.push((entry.shown().into_owned(), 0)),
                EntryKind::Folder => {}
            }
        }
        files.sort_by(|(a_name, a_size), (b_name, b_size)| (a_size, a_name).cmp(&(b_size, b_name)));
        Ok(files)
    }
}

/// Returns the Dockerfile that a build takes for this path.
pub(crate) fn dockerfile_at(path: &Path) -> PathBuf {
    in_lower_case(path).unwrap_or_else(|| path.to_owned())
}

/// Returns the `dockerfile` of a folder that has no `Dockerfile`, which Docker's clients take instead
/// (github.com/docker/buildx, `handleLowercaseDockerfile`).
fn in_lower_case(dockerfile: &Path) -> Option<PathBuf> {
    let is_missing = dockerfile.file_name()? == "Dockerfile" && dockerfile.symlink_metadata().is_err();
    let lower = dockerfile.with_file_name("dockerfile");
    (is_missing && lower.is_file()).then_some(lower)
}

/// Returns the names of files beside a missing Dockerfile that could be meant: `Containerfile`, `web.Dockerfile`.
fn similar_files(dockerfile: &Path) -> Vec<String> {
    let entries = dockerfile
        .parent()
        .and_then(|folder| std::fs::read_dir(folder).ok());
    let files = entries.into_iter().flatten().flatten();
    let mut names: Vec<String> = files
        .filter(|file| file.path().is_file())
        .filter_map(|file| file.file_name().into_string().ok())
        .filter(|name| {
            let lower = name.to_ascii_lowercase();
            !lower.ends_with("ignore") && (lower.contains("dockerfile") || lower.contains("containerfile"))
        })
        .collect();
    names.sort();
    names
}

fn missing(found: std::io::Result<std::fs::Metadata>, otherwise: &'static str) -> &'static str {
    match found {
        Ok(_) => otherwise,
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => "is not readable",
        Err(_) => "does not exist",
    }
}
