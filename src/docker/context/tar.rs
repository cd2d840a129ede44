//! Streams the context as tar, for builders that take it as the request's body. A thread reads files and
//! passes on one chunk at a time, so memory use is the same for any size.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http_body_util::StreamBody;
use hyper::body::Frame;
use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

use super::super::error::context_changed;
use super::walk::unreadable;
use super::{BuildContext, ContextEntry, EntryKind};
use crate::docker::DockerError;
use crate::docker::transport::AbortOnDrop;
use crate::files;

/// Size of a chunk in bytes.
const PIECE: usize = 64 << 10;
/// Maximum number of chunks waiting to be sent.
const PIECES: usize = 8;
/// The ignore file, which the classic builder looks for in the context.
const IGNORE_FILE: &str = ".dockerignore";

/// The body of a build request.
pub(crate) type TarBody = StreamBody<ReceiverStream<Result<Frame<Bytes>, io::Error>>>;

/// A tar stream being sent, and the task that reads it.
pub(crate) struct Upload {
    /// The body of the build request.
    pub(crate) body: TarBody,
    /// The Dockerfile's name in the tar.
    pub(crate) dockerfile: String,
    /// The bytes that were passed on so far.
    pub(crate) sent: watch::Receiver<u64>,
    /// Ends when everything has been read, or with the read error.
    pub(crate) reading: AbortOnDrop<Result<(), DockerError>>,
}

/// Starts reading a context. The Dockerfile and .dockerignore are always included, because the classic
/// builder reads both from the context; it removes them again if .dockerignore excludes them.
pub(crate) fn upload(context: BuildContext) -> Upload {
    let (sender, receiver) = mpsc::channel(PIECES);
    let (counter, sent) = watch::channel(0);
    let dockerfile = context
        .dockerfile_inside()
        .unwrap_or_else(|| free_name(&context.root));
    let name = dockerfile.clone();
    let reading = tokio::task::spawn_blocking(move || {
        let writer = ChannelWriter {
            sender: sender.clone(),
            counter,
            piece: Vec::with_capacity(PIECE),
        };
        let written = write(&context, &name, writer);
        if sender.is_closed() {
            // The receiver is gone; whoever stopped it reports why.
            return Ok(());
        }
        if let Err(error) = &written {
            // The request must be aborted, else the daemon takes a partial context for a complete one.
            let _ = sender.blocking_send(Err(io::Error::other(error.to_string())));
        }
        written
    });
    Upload {
        body: StreamBody::new(ReceiverStream::new(receiver)),
        dockerfile,
        sent,
        reading: AbortOnDrop(reading),
    }
}

/// Returns a name that doesn't exist in the context, for a Dockerfile from outside it.
fn free_name(root: &Path) -> String {
    (0..)
        .map(|number| format!(".dockerfile.ecsctl{number}"))
        .find(|name| std::fs::symlink_metadata(root.join(name)).is_err())
        .unwrap_or_default()
}

fn write(context: &BuildContext, dockerfile: &str, writer: ChannelWriter) -> Result<(), DockerError> {
    let mut tar = ::tar::Builder::new(writer);
    let is_outside = context.dockerfile_inside().is_none();
    let mut always = vec![(PathBuf::from(dockerfile), context.dockerfile.clone())];
    if !is_outside {
        always.push((PathBuf::from(IGNORE_FILE), context.root.join(IGNORE_FILE)));
    }
    for (path, absolute) in &always {
        // Resolve a link, because its target may not be sent.
        let absolute = std::fs::canonicalize(absolute).unwrap_or_else(|_| absolute.clone());
        if absolute.is_file()
            && let Some(entry) = ContextEntry::of(path.clone(), absolute)?
        {
            append(&mut tar, &entry)?;
        }
    }
    if is_outside {
        append_ignore_file(&mut tar, context, dockerfile)?;
    }
    for entry in context.walk() {
        let entry = entry?;
        let is_sent = always.iter().any(|(path, _)| *path == entry.path)
            || is_outside && entry.path == Path::new(IGNORE_FILE);
        if !is_sent {
            append(&mut tar, &entry)?;
        }
    }
    tar.into_inner()
        .and_then(|mut writer| writer.flush())
        .map_err(|error| unreadable(&context.root, &error))
}

/// Appends the ignore file, with a line that hides a Dockerfile from outside the context from `COPY . .`.
fn append_ignore_file(
    tar: &mut ::tar::Builder<ChannelWriter>,
    context: &BuildContext,
    dockerfile: &str,
) -> Result<(), DockerError> {
    let file = context.root.join(IGNORE_FILE);
    let mut text = match files::read(&file, files::MAX_CONFIG) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => format!("{IGNORE_FILE}\n").into_bytes(),
        Err(error) => return Err(unreadable(&file, &error)),
    };
    text.extend_from_slice(format!("\n{dockerfile}\n").as_bytes());
    let mut header = header(0o644, 0);
    header.set_entry_type(::tar::EntryType::Regular);
    header.set_size(text.len() as u64);
    tar.append_data(&mut header, IGNORE_FILE, text.as_slice())
        .map_err(|error| unreadable(&file, &error))
}

/// Creates a header as the docker command does: owned by root, modes and times kept.
fn header(mode: u32, modified: i64) -> ::tar::Header {
    let mut header = ::tar::Header::new_gnu();
    header.set_mode(mode);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(u64::try_from(modified).unwrap_or(0));
    header.set_size(0);
    header
}

fn append(tar: &mut ::tar::Builder<ChannelWriter>, entry: &ContextEntry) -> Result<(), DockerError> {
    let mut header = header(entry.mode, entry.modified.0);
    let failed = |error: io::Error| unreadable(&entry.absolute, &error);
    match &entry.kind {
        EntryKind::Folder => {
            header.set_entry_type(::tar::EntryType::Directory);
            tar.append_data(&mut header, &entry.path, io::empty())
                .map_err(failed)
        }
        EntryKind::Symlink { target } => {
            header.set_entry_type(::tar::EntryType::Symlink);
            tar.append_link(&mut header, &entry.path, target).map_err(failed)
        }
        EntryKind::File { .. } => {
            let file = File::open(&entry.absolute).map_err(failed)?;
            // The current size, not the size from when the folder was read.
            let size = file.metadata().map_err(failed)?.len();
            header.set_entry_type(::tar::EntryType::Regular);
            header.set_size(size);
            let mut reader = ExactLengthReader { file, left: size };
            match tar.append_data(&mut header, &entry.path, &mut reader) {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    Err(context_changed(&entry.absolute))
                }
                other => other.map_err(failed),
            }
        }
    }
}

/// Reads exactly as many bytes as the header says: data appended meanwhile is not sent, and a file that
/// shrinks is an error.
struct ExactLengthReader {
    file: File,
    left: u64,
}

impl Read for ExactLengthReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let read = self.file.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}

/// Writes into a channel, and blocks while the receiver is slow.
struct ChannelWriter {
    sender: mpsc::Sender<Result<Frame<Bytes>, io::Error>>,
    /// The bytes that were passed on.
    counter: watch::Sender<u64>,
    piece: Vec<u8>,
}

impl Write for ChannelWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        if self.piece.len() == PIECE {
            self.flush()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let bytes = piece.len() as u64;
        self.sender
            .blocking_send(Ok(Frame::data(piece.into())))
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        self.counter.send_modify(|sent| *sent += bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use http_body_util::BodyExt;

    use super::*;

    fn write_files(root: &Path, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }

    /// Returns the tar's files by name, and the Dockerfile's name.
    async fn sent(root: &Path, dockerfile: &Path) -> (BTreeMap<String, String>, String) {
        let upload = upload(BuildContext::open("web", root, dockerfile).unwrap());
        let bytes = upload.body.collect().await.unwrap().to_bytes();
        let mut files = BTreeMap::new();
        for entry in ::tar::Archive::new(bytes.as_ref()).entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            assert_eq!(
                (entry.header().uid().unwrap(), entry.header().gid().unwrap()),
                (0, 0)
            );
            let path = entry.path().unwrap().display().to_string();
            assert!(files.insert(path.clone(), text).is_none(), "{path} is sent once");
        }
        (files, upload.dockerfile)
    }

    #[tokio::test]
    async fn the_dockerfile_comes_along_even_when_it_is_excluded() {
        let folder = tempfile::tempdir().unwrap();
        write_files(
            folder.path(),
            &[
                ("Dockerfile", "FROM a"),
                (".dockerignore", "*\n!x"),
                ("x", "1"),
                ("y", "2"),
            ],
        );
        let (files, name) = sent(folder.path(), &folder.path().join("Dockerfile")).await;
        assert_eq!(name, "Dockerfile");
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, [".dockerignore", "Dockerfile", "x"]);
    }

    #[tokio::test]
    async fn a_dockerfile_from_elsewhere_gets_a_name_that_is_free_and_hidden_from_copies() {
        let folder = tempfile::tempdir().unwrap();
        write_files(
            folder.path(),
            &[
                ("ctx/.dockerfile.ecsctl0", "taken"),
                ("ctx/x", "1"),
                ("Other", "FROM b"),
            ],
        );
        let (files, name) = sent(&folder.path().join("ctx"), &folder.path().join("Other")).await;
        assert_eq!(name, ".dockerfile.ecsctl1");
        assert_eq!(files[&name], "FROM b");
        assert!(files[".dockerignore"].lines().any(|line| line == name));
    }

    #[tokio::test]
    async fn long_names_and_large_files_arrive_whole() {
        let folder = tempfile::tempdir().unwrap();
        let long = format!("{}/{}", "d".repeat(120), "f".repeat(200));
        let large = "0123456789abcdef".repeat(50_000);
        write_files(
            folder.path(),
            &[("Dockerfile", "FROM a"), (&long, "long"), ("large", &large)],
        );
        let (files, _) = sent(folder.path(), &folder.path().join("Dockerfile")).await;
        assert_eq!(files[&long], "long");
        assert_eq!(files["large"], large);
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_named_and_the_body_breaks_off() {
        let folder = tempfile::tempdir().unwrap();
        write_files(folder.path(), &[("ctx/a", "x"), ("Dockerfile", "FROM a")]);
        let root = folder.path().join("ctx");
        let context = BuildContext::open("web", &root, &folder.path().join("Dockerfile")).unwrap();
        std::fs::remove_dir_all(&root).unwrap();
        let mut upload = upload(context);
        assert!(upload.body.collect().await.is_err());
        let error = (&mut upload.reading.0).await.unwrap().unwrap_err();
        assert!(matches!(error, DockerError::Read { path, .. } if path == root));
    }

    #[test]
    fn a_file_that_shrinks_is_an_error_and_one_that_grows_is_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        std::fs::write(&path, "12345").unwrap();
        let read = |left| {
            let mut text = String::new();
            let file = File::open(&path).unwrap();
            ExactLengthReader { file, left }
                .read_to_string(&mut text)
                .map(|_| text)
        };
        assert_eq!(read(5).unwrap(), "12345");
        assert_eq!(read(3).unwrap(), "123");
        assert_eq!(read(9).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[tokio::test]
    async fn an_upload_that_nobody_wants_ends() {
        let folder = tempfile::tempdir().unwrap();
        let large = "x".repeat(4 << 20);
        write_files(folder.path(), &[("Dockerfile", "FROM a"), ("large", &large)]);
        let upload =
            upload(BuildContext::open("web", folder.path(), &folder.path().join("Dockerfile")).unwrap());
        drop(upload.body);
        let mut reading = upload.reading;
        assert!((&mut reading.0).await.unwrap().is_ok());
    }

    #[test]
    fn missing_files_are_named() {
        let folder = tempfile::tempdir().unwrap();
        write_files(folder.path(), &[("file", "")]);
        let open = |root: &str, dockerfile: &str| {
            BuildContext::open("web", &folder.path().join(root), &folder.path().join(dockerfile))
                .unwrap_err()
                .to_string()
        };
        assert!(open("nope", "file").contains("nope` does not exist"));
        assert!(open("file", "file").contains("file` is not a folder"));
        assert!(open(".", "Dockerfile").contains("Dockerfile` does not exist"));
        assert!(open(".", ".").contains("is not a file"));
    }
}
