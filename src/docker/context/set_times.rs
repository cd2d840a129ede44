//! Files whose modification times were set. BuildKit keeps its copy of a context between builds, and requests a
//! file again only if its size, its mode or its time differs (github.com/tonistiigi/fsutil, `sameFile`). Tools that
//! set times for reproducible results (SOURCE_DATE_EPOCH, Nix, Bazel, npm, archives) give different contents the same
//! one.

use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;

use sha2::{Digest as _, Sha256};

use super::{BuildContext, ContextEntry, EntryKind};

/// Size in bytes up to which contents are read; those of a larger file, which a Dockerfile seldom copies, are told
/// apart by the inode and its change time.
const READ_UP_TO: u64 = 16 << 20;

impl BuildContext {
    /// Returns a digest of the files whose times were set; None if there are none. A set time has whole seconds,
    /// where a file system that writes one has nanoseconds. What can't be read is skipped: it is an error only if the
    /// build copies it.
    pub(crate) fn digest_of_set_times(&self) -> Option<[u8; 32]> {
        let of_dockerfile = self.dockerfile_and_its_ignore_file().unwrap_or_default();
        let mut hasher = Sha256::new();
        let mut is_any = false;
        for entry in of_dockerfile.into_iter().chain(self.walk().map_while(Result::ok)) {
            let EntryKind::File { size } = entry.kind else {
                continue;
            };
            if entry.modified.1 == 0 {
                is_any = true;
                hasher.update(entry.path.as_os_str().as_bytes());
                hasher.update([0]);
                hasher.update(contents(&entry, size).unwrap_or_default());
            }
        }
        is_any.then(|| hasher.finalize().into())
    }
}

fn contents(entry: &ContextEntry, size: u64) -> io::Result<[u8; 32]> {
    let mut hasher = Sha256::new();
    if size > READ_UP_TO {
        let metadata = std::fs::symlink_metadata(&entry.absolute)?;
        for number in [metadata.ctime(), metadata.ctime_nsec()] {
            hasher.update(number.to_be_bytes());
        }
        hasher.update(metadata.ino().to_be_bytes());
    } else {
        io::copy(&mut File::open(&entry.absolute)?, &mut HashWriter(&mut hasher))?;
    }
    Ok(hasher.finalize().into())
}

struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::*;

    fn write(root: &Path, name: &str, text: &str, nanoseconds: u64) {
        std::fs::write(root.join(name), text).unwrap();
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000) + Duration::from_nanos(nanoseconds);
        let file = File::options().append(true).open(root.join(name)).unwrap();
        file.set_modified(time).unwrap();
    }

    fn digest(root: &Path) -> Option<[u8; 32]> {
        BuildContext::open("web", root, &root.join("Dockerfile"))
            .unwrap()
            .digest_of_set_times()
    }

    #[test]
    fn contents_count_where_times_are_set() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, "Dockerfile", "FROM scratch", 5);
        write(root, "a", "1", 7);
        assert_eq!(digest(root), None);
        write(root, "b", "1", 0);
        let first = digest(root);
        write(root, "a", "2", 7);
        assert!(first.is_some() && digest(root) == first);
        write(root, "b", "2", 0);
        assert_ne!(digest(root), first);
    }

    #[test]
    fn ignored_files_do_not_count_and_the_dockerfile_does() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, ".dockerignore", "*", 5);
        write(root, "Dockerfile", "FROM a", 0);
        let first = digest(root);
        write(root, "a", "1", 0);
        assert!(first.is_some() && digest(root) == first);
        write(root, "Dockerfile", "FROM b", 0);
        assert_ne!(digest(root), first);
    }
}
