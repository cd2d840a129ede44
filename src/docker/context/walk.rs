//! Walks a context: sorted, so that the same files are always sent in the same order, and holding only the
//! names in the folders that are currently open.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::{FileType, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::super::DockerError;
use super::super::ignore::{IgnorePatterns, PatternMatch};

/// A file, folder or link in the context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContextEntry {
    /// Its path, relative to the context.
    pub(crate) path: PathBuf,
    /// Its absolute path.
    pub(crate) absolute: PathBuf,
    /// Its kind.
    pub(crate) kind: EntryKind,
    /// Permission bits, including set-id and sticky bits.
    pub(crate) mode: u32,
    /// Modification time: seconds and nanoseconds since 1970.
    pub(crate) modified: (i64, i64),
}

/// The kind of an entry. Sockets, pipes and devices are not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A folder.
    Folder,
    /// A file with its size in bytes.
    File { size: u64 },
    /// A symbolic link, sent as a link, with its target as written.
    Symlink { target: PathBuf },
}

impl ContextEntry {
    /// Returns the path for pattern matching and display; bytes that aren't Unicode are replaced.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        self.path.to_string_lossy()
    }

    pub(super) fn of(path: PathBuf, absolute: PathBuf) -> Result<Option<Self>, DockerError> {
        let metadata = std::fs::symlink_metadata(&absolute).map_err(|error| unreadable(&absolute, &error))?;
        let Some(kind) = kind(&absolute, &metadata)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            path,
            absolute,
            kind,
            mode: metadata.mode() & 0o7777,
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        }))
    }
}

fn kind(absolute: &Path, metadata: &Metadata) -> Result<Option<EntryKind>, DockerError> {
    let file_type: FileType = metadata.file_type();
    Ok(if file_type.is_dir() {
        Some(EntryKind::Folder)
    } else if file_type.is_file() {
        Some(EntryKind::File { size: metadata.len() })
    } else if file_type.is_symlink() {
        let target = std::fs::read_link(absolute).map_err(|error| unreadable(absolute, &error))?;
        Some(EntryKind::Symlink { target })
    } else {
        None
    })
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> DockerError {
    DockerError::Read {
        path: path.to_owned(),
        why: error.to_string(),
    }
}

/// A folder whose children are being visited.
#[derive(Debug)]
struct OpenFolder {
    path: PathBuf,
    absolute: PathBuf,
    matched: PatternMatch,
    /// Names not yet visited, the next one last.
    names: Vec<OsString>,
    /// The folder itself while it is excluded and nothing in it has been kept so far.
    pending: Option<ContextEntry>,
}

/// An iterator over everything that is not excluded: a folder before its children, siblings in byte order.
#[derive(Debug)]
pub(crate) struct ContextWalk<'a> {
    ignore: &'a IgnorePatterns,
    open: Vec<OpenFolder>,
    /// Excluded folders that turned out to be needed, and their contents; the next one last.
    ready: Vec<ContextEntry>,
    failed: bool,
    root: Option<PathBuf>,
}

impl<'a> ContextWalk<'a> {
    pub(super) fn new(root: &Path, ignore: &'a IgnorePatterns) -> Self {
        Self {
            ignore,
            open: Vec::new(),
            ready: Vec::new(),
            failed: false,
            root: Some(root.to_owned()),
        }
    }

    fn enter(
        &mut self,
        path: PathBuf,
        absolute: PathBuf,
        matched: PatternMatch,
        pending: Option<ContextEntry>,
    ) -> Result<(), DockerError> {
        let names: Result<Vec<OsString>, std::io::Error> = std::fs::read_dir(&absolute).and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.file_name()))
                .collect()
        });
        let mut names = names.map_err(|error| unreadable(&absolute, &error))?;
        names.sort_by(|a, b| b.as_bytes().cmp(a.as_bytes()));
        self.open.push(OpenFolder {
            path,
            absolute,
            matched,
            names,
            pending,
        });
        Ok(())
    }

    fn advance(&mut self) -> Result<Option<ContextEntry>, DockerError> {
        if let Some(root) = self.root.take() {
            self.enter(PathBuf::new(), root, PatternMatch::default(), None)?;
        }
        loop {
            if let Some(entry) = self.ready.pop() {
                return Ok(Some(entry));
            }
            let Some(folder) = self.open.last_mut() else {
                return Ok(None);
            };
            let Some(name) = folder.names.pop() else {
                self.open.pop();
                continue;
            };
            let (path, absolute) = (folder.path.join(&name), folder.absolute.join(&name));
            let (excluded, matched) = self.ignore.excludes(&path.to_string_lossy(), &folder.matched);
            self.take(path, absolute, excluded, matched)?;
        }
    }

    /// Processes one name: a kept entry becomes ready, and a folder is entered unless nothing in it can be kept.
    fn take(
        &mut self,
        path: PathBuf,
        absolute: PathBuf,
        excluded: bool,
        matched: PatternMatch,
    ) -> Result<(), DockerError> {
        if excluded {
            // Skip it, unless it is a folder that may contain an exception.
            if !self.ignore.may_keep_inside(&path.to_string_lossy()) {
                return Ok(());
            }
            let entry = ContextEntry::of(path.clone(), absolute.clone())?;
            return match entry {
                Some(entry) if entry.kind == EntryKind::Folder => {
                    self.enter(path, absolute, matched, Some(entry))
                }
                _ => Ok(()),
            };
        }
        let Some(entry) = ContextEntry::of(path.clone(), absolute.clone())? else {
            return Ok(());
        };
        let is_folder = entry.kind == EntryKind::Folder;
        self.ready.push(entry);
        // A kept entry brings in the excluded folders that contain it.
        for folder in self.open.iter_mut().rev() {
            self.ready.extend(folder.pending.take());
        }
        if is_folder {
            self.enter(path, absolute, matched, None)?;
        }
        Ok(())
    }
}

impl Iterator for ContextWalk<'_> {
    type Item = Result<ContextEntry, DockerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let next = self.advance().transpose();
        self.failed = matches!(next, Some(Err(_)));
        next
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file).unwrap();
        }
        folder
    }

    fn walked(folder: &Path, ignore: &str) -> Vec<String> {
        let ignore = IgnorePatterns::parse(Path::new("i"), ignore).unwrap();
        ContextWalk::new(folder, &ignore)
            .map(|entry| entry.unwrap().shown().into_owned())
            .collect()
    }

    #[test]
    fn it_goes_depth_first_by_bytes() {
        let folder = folder(&["b", "a/z", "a.x", "a/b/c", "B", "é"]);
        assert_eq!(
            walked(folder.path(), ""),
            ["B", "a", "a/b", "a/b/c", "a/z", "a.x", "b", "é"]
        );
    }

    #[test]
    fn exceptions_include_only_their_parent_folders() {
        let folder = folder(&["x/y/keep", "x/y/no", "x/no", "w/deep/er", "keep"]);
        assert_eq!(
            walked(folder.path(), "**\n!**/keep"),
            ["keep", "x", "x/y", "x/y/keep"]
        );
        assert_eq!(walked(folder.path(), "*\n!w"), ["w", "w/deep", "w/deep/er"]);
        assert_eq!(walked(folder.path(), "*"), Vec::<String>::new());
    }

    #[test]
    fn links_are_kept_and_sockets_skipped() {
        let folder = folder(&["file"]);
        symlink("../outside", folder.path().join("link")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        let ignore = IgnorePatterns::default();
        let entries: Vec<ContextEntry> = ContextWalk::new(folder.path(), &ignore)
            .map(Result::unwrap)
            .collect();
        let kinds: Vec<&EntryKind> = entries.iter().map(|entry| &entry.kind).collect();
        assert_eq!(
            kinds,
            [
                &EntryKind::File { size: 4 },
                &EntryKind::Symlink {
                    target: "../outside".into()
                }
            ]
        );
    }

    #[test]
    fn a_link_in_a_loop_is_not_followed() {
        let folder = folder(&["a/b"]);
        symlink(".", folder.path().join("a/self")).unwrap();
        assert_eq!(walked(folder.path(), ""), ["a", "a/b", "a/self"]);
    }

    #[test]
    fn names_that_are_no_unicode_are_sent() {
        let folder = folder(&[]);
        let name = OsString::from_vec(vec![b'x', 0xff]);
        std::fs::write(folder.path().join(&name), "").unwrap();
        let ignore = IgnorePatterns::default();
        let entries: Vec<ContextEntry> = ContextWalk::new(folder.path(), &ignore)
            .map(Result::unwrap)
            .collect();
        assert_eq!(entries[0].path.as_os_str(), name);
    }

    #[test]
    fn modes_are_kept() {
        let folder = folder(&["run"]);
        let path = folder.path().join("run");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o4755)).unwrap();
        let ignore = IgnorePatterns::default();
        let entries: Vec<ContextEntry> = ContextWalk::new(folder.path(), &ignore)
            .map(Result::unwrap)
            .collect();
        assert_eq!(entries[0].mode, 0o4755);
    }

    #[test]
    fn excluded_folders_are_not_read() {
        let folder = folder(&["private/x", "a"]);
        let private = folder.path().join("private");
        std::fs::set_permissions(&private, std::fs::Permissions::from_mode(0o000)).unwrap();
        assert_eq!(walked(folder.path(), "private"), ["a"]);
        std::fs::set_permissions(&private, std::fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn a_vanished_root_is_an_error_once() {
        let ignore = IgnorePatterns::default();
        let mut walk = ContextWalk::new(Path::new("/nonexistent/context"), &ignore);
        assert!(matches!(walk.next(), Some(Err(DockerError::Read { .. }))));
        assert!(walk.next().is_none());
    }
}
