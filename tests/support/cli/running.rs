//! A run in progress: typing, signals, waiting.

use std::io::Write;
use std::path::PathBuf;
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::Output;

/// A run longer than this hangs, even if it builds an image on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Reads a pipe in the background, so that the program never blocks on us.
pub(super) struct Reader(Arc<(Mutex<Pipe>, Condvar)>);

/// The output read from a pipe so far.
#[derive(Default)]
struct Pipe {
    bytes: Vec<u8>,
    ended: bool,
}

impl Pipe {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl Reader {
    pub fn of(pipe: Option<impl std::io::Read + Send + 'static>) -> Self {
        let shared = Arc::new((Mutex::default(), Condvar::new()));
        let reader = Self(Arc::clone(&shared));
        thread::spawn(move || {
            let (mut pipe, mut part, mut ended) = (pipe, [0; 8192], false);
            while !ended {
                // Reading a terminal fails when the program exits; the output before that counts.
                let length = pipe
                    .as_mut()
                    .map_or(0, |pipe| std::io::Read::read(pipe, &mut part).unwrap_or(0));
                ended = length == 0;
                let mut state = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
                state.bytes.extend(&part[..length]);
                state.ended = ended;
                shared.1.notify_all();
            }
        });
        reader
    }

    fn wait_while(&self, goes_on: impl Fn(&Pipe) -> bool) -> MutexGuard<'_, Pipe> {
        let state = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.1.wait_timeout_while(state, PATIENCE, |pipe| goes_on(pipe));
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn text(&self) -> String {
        self.wait_while(|pipe| !pipe.ended).text()
    }
}

/// A run in progress. It is killed on drop.
pub struct Running {
    /// The terminal's input end.
    pub(super) keyboard: Option<std::fs::File>,
    pub(super) child: Child,
    pub(super) stdout: Reader,
    pub(super) stderr: Reader,
    pub(super) began: Instant,
    pub(super) folder: PathBuf,
}

impl Running {
    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("a process id"), signal).expect("a process to signal");
    }

    /// Whether it has exited.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("a child to wait for").is_some()
    }

    /// Types text on its terminal.
    pub fn type_in(&self, text: &str) {
        let mut keyboard = self.keyboard.as_ref().expect("a run in a terminal");
        keyboard.write_all(text.as_bytes()).expect("keys that are taken");
    }

    /// Waits until its terminal, or stdout, contains this text.
    #[track_caller]
    pub fn wait_until_it_shows(&self, text: &str) {
        self.wait_until_it_shows_times(text, 1);
    }

    /// Waits until its terminal, or stdout, has shown this text this many times.
    #[track_caller]
    pub fn wait_until_it_shows_times(&self, text: &str, times: usize) {
        let count = |text: &str, shown: &str| shown.matches(text).count();
        let pipe = self
            .stdout
            .wait_while(|pipe| !pipe.ended && count(text, &pipe.text()) < times);
        let shown = pipe.text();
        assert!(count(text, &shown) >= times, "no {text:?} in stdout:\n{shown}");
    }

    /// Waits until its stderr contains this text.
    #[track_caller]
    pub fn wait_until_it_says(&self, text: &str) {
        let pipe = self
            .stderr
            .wait_while(|pipe| !pipe.ended && !pipe.text().contains(text));
        let said = pipe.text();
        assert!(said.contains(text), "no {text:?} in stderr:\n{said}");
    }

    /// Waits until its stdout contains this text.
    #[track_caller]
    pub fn wait_until_it_prints(&self, text: &str) {
        let pipe = self
            .stdout
            .wait_while(|pipe| !pipe.ended && !pipe.text().contains(text));
        let printed = pipe.text();
        assert!(printed.contains(text), "no {text:?} in stdout:\n{printed}");
    }

    /// Waits for its exit; a run that takes too long fails the test.
    pub fn end(mut self) -> Output {
        let status = loop {
            match self.child.try_wait().expect("a child to wait for") {
                Some(status) => break status,
                None if self.began.elapsed() > PATIENCE => {
                    let _ = self.child.kill();
                    let _ = self.child.wait();
                    panic!(
                        "ecsctl hangs\nstdout: {}\nstderr: {}",
                        self.stdout.text(),
                        self.stderr.text()
                    );
                }
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        Output {
            status,
            stdout: self.stdout.text(),
            stderr: self.stderr.text(),
            folder: self.folder.clone(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
