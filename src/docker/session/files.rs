//! Sends the context file by file: the daemon gets the list with sizes and times, and requests the files that
//! it lacks (BuildKit's `FileSync.DiffCopy`, github.com/tonistiigi/fsutil, `send.go`).

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc as queue};

use bollard::fsutil::types::packet::PacketType;
use bollard::fsutil::types::{Packet, Stat};
use bollard::moby::filesync::v1::file_sync_server;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming};

use super::super::DockerError;
use super::super::context::{BuildContext, ContextEntry, EntryKind};
use super::SessionFault;

/// Size of a data packet in bytes.
const PIECE: usize = 64 << 10;
/// Maximum number of packets waiting to be sent.
const PACKETS: usize = 16;

type PendingPackets = mpsc::Sender<Result<Packet, Status>>;
/// The offered files, by their index in the list; None for entries without data.
type OfferedFiles = Arc<Mutex<Vec<Option<PathBuf>>>>;

pub(super) struct SyncedFiles {
    context: BuildContext,
    fault: SessionFault,
}

impl SyncedFiles {
    pub(super) fn new(context: BuildContext, fault: SessionFault) -> Self {
        Self { context, fault }
    }
}

#[tonic::async_trait]
impl file_sync_server::FileSync for SyncedFiles {
    type DiffCopyStream = ReceiverStream<Result<Packet, Status>>;
    type TarStreamStream = tokio_stream::Empty<Result<Packet, Status>>;

    async fn diff_copy(
        &self,
        request: Request<Streaming<Packet>>,
    ) -> Result<Response<Self::DiffCopyStream>, Status> {
        let wanted = WantedFiles::read(&request, &self.context.root)?;
        let (packets, stream) = mpsc::channel(PACKETS);
        let offered = OfferedFiles::default();
        let (ask, asked) = queue::channel();
        let (context, fault) = (self.context.clone(), self.fault.clone());
        let (offering, to_daemon) = (Arc::clone(&offered), packets.clone());
        tokio::task::spawn_blocking(move || {
            let sent = offer(&context, &wanted, &offering, &to_daemon)
                .and_then(|()| send_asked(&asked, &offering, &to_daemon));
            if let Err(TransferAborted::Failed(error)) = sent {
                let _ = to_daemon.blocking_send(Err(fault.set(*error)));
            }
        });
        tokio::spawn(listen(request.into_inner(), ask, packets));
        Ok(Response::new(ReceiverStream::new(stream)))
    }

    async fn tar_stream(
        &self,
        _: Request<Streaming<Packet>>,
    ) -> Result<Response<Self::TarStreamStream>, Status> {
        Err(Status::unimplemented("tar"))
    }
}

/// Why sending was aborted.
enum TransferAborted {
    /// The daemon closed the connection.
    Unwanted,
    /// Something in the context can't be read.
    Failed(Box<DockerError>),
}

impl From<DockerError> for TransferAborted {
    fn from(error: DockerError) -> Self {
        TransferAborted::Failed(Box::new(error))
    }
}

/// Receives the daemon's requests until it has everything.
async fn listen(mut from_daemon: Streaming<Packet>, ask: queue::Sender<u32>, packets: PendingPackets) {
    while let Ok(Some(packet)) = from_daemon.message().await {
        match packet.r#type() {
            // The sender has stopped because of a failure.
            PacketType::PacketReq if ask.send(packet.id).is_err() => return,
            PacketType::PacketFin => {
                // Fails harmlessly when the daemon has already gone.
                let _ = packets.send(Ok(self::packet(PacketType::PacketFin))).await;
                return;
            }
            _ => {}
        }
    }
}

fn packet(kind: PacketType) -> Packet {
    Packet {
        r#type: kind as i32,
        ..Packet::default()
    }
}

fn send(packets: &PendingPackets, packet: Packet) -> Result<(), TransferAborted> {
    packets
        .blocking_send(Ok(packet))
        .map_err(|_| TransferAborted::Unwanted)
}

/// Sends the list of files, ended by an empty entry.
fn offer(
    context: &BuildContext,
    wanted: &WantedFiles,
    offered: &OfferedFiles,
    packets: &PendingPackets,
) -> Result<(), TransferAborted> {
    let offer = |entry: &ContextEntry| -> Result<(), TransferAborted> {
        let stat = stat(entry)?;
        let file = matches!(entry.kind, EntryKind::File { .. }).then(|| entry.absolute.clone());
        offered.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        send(
            packets,
            Packet {
                stat: Some(stat),
                ..packet(PacketType::PacketStat)
            },
        )
    };
    match wanted {
        WantedFiles::Dockerfile => {
            for entry in context.dockerfile_and_its_ignore_file()? {
                offer(&entry)?;
            }
        }
        WantedFiles::Context { only } => {
            for entry in context.walk() {
                let entry = entry?;
                if only.as_ref().is_none_or(|only| only.includes(&entry.path)) {
                    offer(&entry)?;
                }
            }
        }
    }
    send(packets, packet(PacketType::PacketStat))
}

/// Sends the requested files, one after the other, until no more requests can come.
fn send_asked(
    asked: &queue::Receiver<u32>,
    offered: &OfferedFiles,
    packets: &PendingPackets,
) -> Result<(), TransferAborted> {
    for id in asked {
        let file = offered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id as usize)
            .cloned()
            .flatten();
        if let Some(path) = file {
            send_file(id, &path, packets)?;
        }
        // An empty data packet ends a file.
        let end = Packet {
            id,
            ..packet(PacketType::PacketData)
        };
        send(packets, end)?;
    }
    Ok(())
}

fn send_file(id: u32, path: &Path, packets: &PendingPackets) -> Result<(), TransferAborted> {
    let unreadable = |error: std::io::Error| DockerError::Read {
        path: path.to_owned(),
        why: error.to_string(),
    };
    let mut file = File::open(path).map_err(unreadable)?;
    loop {
        let mut data = Vec::new();
        (&mut file)
            .take(PIECE as u64)
            .read_to_end(&mut data)
            .map_err(unreadable)?;
        if data.is_empty() {
            return Ok(());
        }
        let piece = Packet {
            id,
            data,
            ..packet(PacketType::PacketData)
        };
        send(packets, piece)?;
    }
}

/// Returns the metadata that the daemon compares with its own copy. Modes are Go's (`os.FileMode`), which has
/// its own bits for file types.
fn stat(entry: &ContextEntry) -> Result<Stat, DockerError> {
    const GO_FOLDER: u32 = 1 << 31;
    const GO_SYMLINK: u32 = 1 << 27;
    let unicode = |path: &std::path::Path| {
        path.to_str().map(str::to_owned).ok_or_else(|| DockerError::Read {
            path: entry.absolute.clone(),
            why: "its name is not Unicode, which BuildKit does not support".to_owned(),
        })
    };
    let (kind, size, linkname) = match &entry.kind {
        EntryKind::Folder => (GO_FOLDER, 0, String::new()),
        EntryKind::File { size } => (0, *size, String::new()),
        EntryKind::Symlink { target } => (GO_SYMLINK, 0, unicode(target)?),
    };
    let (seconds, nanoseconds) = entry.modified;
    Ok(Stat {
        path: unicode(&entry.path)?,
        mode: kind | go_mode(entry.mode),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        mod_time: seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds),
        linkname,
        ..Stat::default()
    })
}

/// Converts permission bits to Go's form.
fn go_mode(mode: u32) -> u32 {
    const BITS: [(u32, u32); 3] = [(0o4000, 1 << 23), (0o2000, 1 << 22), (0o1000, 1 << 20)];
    BITS.iter()
        .filter(|(unix, _)| mode & unix != 0)
        .fold(mode & 0o777, |bits, (_, go)| bits | go)
}

/// The set of files that the daemon requests.
#[derive(Debug, PartialEq, Eq)]
enum WantedFiles {
    /// The Dockerfile and its ignore file.
    Dockerfile,
    /// The context, or only those of its paths that the Dockerfile copies.
    Context { only: Option<CopiedPaths> },
}

/// The paths that the Dockerfile copies, and the folders that contain them.
#[derive(Debug, Default, PartialEq, Eq)]
struct CopiedPaths {
    paths: HashSet<PathBuf>,
    parents: HashSet<PathBuf>,
}

impl CopiedPaths {
    fn insert(&mut self, path: PathBuf) {
        self.parents.extend(path.ancestors().skip(1).map(Path::to_owned));
        self.paths.insert(path);
    }

    /// Whether an entry is one of the paths, lies in one, or is a parent folder of one.
    fn includes(&self, entry: &Path) -> bool {
        self.parents.contains(entry) || entry.ancestors().any(|path| self.paths.contains(path))
    }
}

impl WantedFiles {
    fn read<T>(request: &Request<T>, root: &Path) -> Result<Self, Status> {
        let metadata = request.metadata();
        match metadata.get("dir-name").and_then(|name| name.to_str().ok()) {
            Some("dockerfile") => Ok(WantedFiles::Dockerfile),
            Some("context") | None => {
                let mut only = CopiedPaths::default();
                for key in ["include-patterns", "followpaths"] {
                    for value in metadata.get_all(key) {
                        // Sending too much is harmless: for a value that isn't understood, send everything.
                        match value.to_str().ok().and_then(|path| plain(root, path)) {
                            Some(path) => only.insert(path),
                            None => return Ok(WantedFiles::Context { only: None }),
                        }
                    }
                }
                Ok(WantedFiles::Context {
                    only: (!only.paths.is_empty()).then_some(only),
                })
            }
            Some(other) => Err(Status::not_found(format!("there is no folder `{other}`"))),
        }
    }
}

/// Returns a path that is neither a pattern nor encoded, stays inside the folder, and passes through no
/// symbolic link.
fn plain(root: &Path, path: &str) -> Option<PathBuf> {
    if path.contains(['*', '?', '[', '\\', '%', '!']) {
        return None;
    }
    let mut plain = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            Component::RootDir | Component::CurDir => {}
            Component::Normal(name) => plain.push(name),
            Component::ParentDir | Component::Prefix(_) => return None,
        }
        if root.join(&plain).is_symlink() {
            return None;
        }
    }
    (plain != Path::new("")).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_gos() {
        assert_eq!(go_mode(0o644), 0o644);
        assert_eq!(go_mode(0o4755), 0o755 | 1 << 23);
        assert_eq!(go_mode(0o3777), 0o777 | 1 << 22 | 1 << 20);
    }

    fn wanted(root: &Path, metadata: &[(&'static str, &str)]) -> Result<WantedFiles, Status> {
        let mut request = Request::new(());
        for (key, value) in metadata {
            request.metadata_mut().append(*key, value.parse().unwrap());
        }
        WantedFiles::read(&request, root)
    }

    #[test]
    fn requested_paths_are_parsed() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("elsewhere", folder.path().join("link")).unwrap();
        let wanted = |metadata: &[(&'static str, &str)]| wanted(folder.path(), metadata);
        let whole = WantedFiles::Context { only: None };
        let only = |paths: &[&str]| {
            let mut only = CopiedPaths::default();
            paths.iter().for_each(|path| only.insert(path.into()));
            WantedFiles::Context { only: Some(only) }
        };
        assert_eq!(
            wanted(&[("dir-name", "dockerfile")]).unwrap(),
            WantedFiles::Dockerfile
        );
        assert_eq!(wanted(&[("dir-name", "context")]).unwrap(), whole);
        assert_eq!(
            wanted(&[("dir-name", "context"), ("include-patterns", ".dockerignore")]).unwrap(),
            only(&[".dockerignore"])
        );
        assert_eq!(
            wanted(&[("followpaths", "/src/"), ("followpaths", "./a b")]).unwrap(),
            only(&["src", "a b"])
        );
        for path in ["*.json", "/", ".", "a/../b", "link", "link/x", "caf%C3%A9"] {
            assert_eq!(
                wanted(&[("followpaths", "src"), ("followpaths", path)]).unwrap(),
                whole,
                "{path}"
            );
        }
        assert!(wanted(&[("dir-name", "elsewhere")]).is_err());
    }

    #[test]
    fn a_path_includes_its_children_and_parents() {
        let mut copied = CopiedPaths::default();
        copied.insert("a/b".into());
        let among = |path: &str| copied.includes(Path::new(path));
        assert!(among("a") && among("a/b") && among("a/b/c"));
        assert!(!among("a/bc") && !among("b") && !among("a/c"));
    }
}
