//! Reads files from outside: never more than a limit, and of the files that aren't regular only those that make
//! sense. A file that a library reads by its path is checked first.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

/// The most bytes of a configuration file: those of AWS and Docker, certificates, ignore files and Dockerfiles have
/// some kilobytes.
pub const MAX_CONFIG: u64 = 4 << 20;

/// Reads a regular file with at most `limit` bytes. `/dev/null` is an empty file.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    check(path, limit)?;
    whole(path, limit)
}

/// Reads a file with at most `limit` bytes, which may be a pipe that is open: `/dev/stdin`, or a shell's `<(…)`. Waits
/// for what writes to it, so the caller must not be the event loop.
pub fn read_pipe(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    refuse_named_pipe(path)?;
    whole(path, limit)
}

/// Refuses a pipe with a name in a folder: opening it waits for a writer, which may never come.
pub fn refuse_named_pipe(path: &Path) -> io::Result<()> {
    let is_open = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
    match !is_open && std::fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo()) {
        true => Err(io::Error::new(ErrorKind::InvalidInput, "is a named pipe")),
        false => Ok(()),
    }
}

/// Reads the first bytes of a file, which may be any pipe.
pub fn read_start(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Checks a file that something else will read: it must be regular, with at most `limit` bytes, or `/dev/null`.
pub fn check(path: &Path, limit: u64) -> io::Result<()> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() && !is_null(&metadata) {
        return Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file"));
    }
    if metadata.len() > limit {
        return Err(too_large(limit));
    }
    Ok(())
}

fn whole(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let bytes = read_start(path, limit.saturating_add(1))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(limit));
    }
    Ok(bytes)
}

/// Whether this is `/dev/null`, which stands for an empty file (`AWS_CONFIG_FILE=/dev/null`).
fn is_null(metadata: &Metadata) -> bool {
    let is_same = |null: Metadata| null.rdev() == metadata.rdev();
    metadata.file_type().is_char_device() && std::fs::metadata("/dev/null").is_ok_and(is_same)
}

fn too_large(limit: u64) -> io::Error {
    let message = format!("larger than {} kB", limit >> 10);
    io::Error::new(ErrorKind::FileTooLarge, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipe_with_a_name_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        assert_eq!(read_pipe(&pipe, 5).unwrap_err().to_string(), "is a named pipe");
        assert_eq!(read(&pipe, 5).unwrap_err().to_string(), "not a regular file");
    }

    #[test]
    fn only_regular_files_within_the_limit_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "12345").unwrap();
        assert_eq!(read(&file, 5).unwrap(), b"12345");
        assert_eq!(read(&file, 4).unwrap_err().to_string(), "larger than 0 kB");
        assert_eq!(read_start(&file, 2).unwrap(), b"12");
        assert_eq!(read(Path::new("/dev/null"), 5).unwrap(), b"");
        let error = read(Path::new("/dev/zero"), 5).unwrap_err();
        assert_eq!(error.to_string(), "not a regular file");
        let error = read_pipe(Path::new("/dev/zero"), 2048).unwrap_err();
        assert_eq!(error.to_string(), "larger than 2 kB");
        assert_eq!(
            read(folder.path(), 5).unwrap_err().kind(),
            ErrorKind::IsADirectory
        );
        assert_eq!(
            read(&folder.path().join("none"), 5).unwrap_err().kind(),
            ErrorKind::NotFound
        );
    }
}
