//! A socket in front of the daemon's, which a test can cut: a daemon that goes away, with the real one unharmed.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::ground::Docker;

/// The socket; nothing goes through it any more when it is dropped.
pub struct Relay {
    folder: tempfile::TempDir,
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    streams: Vec<UnixStream>,
    is_cut: bool,
    /// The errors that the next builds end with.
    build_errors: VecDeque<String>,
}

impl Relay {
    /// In front of a daemon on this machine.
    pub fn to(docker: &Docker) -> Self {
        let daemon = docker
            .host
            .strip_prefix("unix://")
            .expect("the daemon's socket is on this machine");
        let daemon = PathBuf::from(daemon);
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("docker.sock")).unwrap();
        let relay = Self {
            folder,
            open: Arc::default(),
        };
        let open = Arc::clone(&relay.open);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(mut client), Ok(mut daemon)) = (client, UnixStream::connect(&daemon)) else {
                    return;
                };
                let mut open = open.lock().unwrap();
                if open.is_cut {
                    return;
                }
                if !open.build_errors.is_empty() {
                    let mut start = [0; 4 << 10];
                    let length = client.read(&mut start).unwrap_or_default();
                    if String::from_utf8_lossy(&start[..length]).contains("/build?") {
                        let error = open.build_errors.pop_front().unwrap_or_default();
                        thread::spawn(move || end_build(client, &error));
                        continue;
                    }
                    let _ = daemon.write_all(&start[..length]);
                }
                for (from, to) in [(&client, &daemon), (&daemon, &client)] {
                    open.streams.push(from.try_clone().unwrap());
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    thread::spawn(move || copy(from, to));
                }
            }
        });
        relay
    }

    /// What DOCKER_HOST has to say.
    pub fn host(&self) -> String {
        format!("unix://{}", self.folder.path().join("docker.sock").display())
    }

    /// One more of the next builds ends with an error of the daemon, which does not see it.
    pub fn fail_next_build(&self, error: &str) {
        self.open.lock().unwrap().build_errors.push_back(error.to_owned());
    }

    /// The daemon goes away: what is open breaks off, and nothing answers any more.
    pub fn cut(&self) {
        // Removed first: who tries again finds nothing.
        let _ = std::fs::remove_file(self.folder.path().join("docker.sock"));
        let mut open = self.open.lock().unwrap();
        open.is_cut = true;
        for stream in open.streams.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.cut();
    }
}

fn end_build(mut client: UnixStream, error: &str) {
    let body = serde_json::json!({"errorDetail": {"message": error}, "error": error}).to_string();
    let _ = write!(
        client,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    // A context that is being sent is taken, or the client sees a broken connection and not the answer.
    let _ = std::io::copy(&mut client, &mut std::io::sink());
}

fn copy(mut from: UnixStream, mut to: UnixStream) {
    let mut bytes = [0; 64 << 10];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
