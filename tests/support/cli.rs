//! Running the built program, with an environment of which every variable is known.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::server::Scripted;

/// A run longer than this hangs, even one that builds an image on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A run to be made. It has a folder of its own, with deploy.yaml in it.
pub struct Ecsctl {
    folder: Folder,
    environment: Vec<(String, String)>,
    program: Vec<String>,
    stdin: Option<Vec<u8>>,
}

/// The folder of a run: its own, or one that it shares with another.
enum Folder {
    Own(tempfile::TempDir),
    Shared(PathBuf),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Folder::Own(folder) => folder.path(),
            Folder::Shared(path) => path,
        }
    }
}

impl Ecsctl {
    /// `ecsctl ARGUMENTS…` with no AWS to talk to.
    pub fn new(arguments: &[&str]) -> Self {
        let folder = Folder::Own(tempfile::tempdir().expect("a temporary folder"));
        Self {
            environment: Self::environment(folder.path()),
            folder,
            program: [env!("CARGO_BIN_EXE_ecsctl")]
                .iter()
                .chain(arguments)
                .map(|&word| word.to_owned())
                .collect(),
            stdin: None,
        }
    }

    /// `ecsctl ARGUMENTS…` against a scripted ECS.
    pub fn on(server: &Scripted, arguments: &[&str]) -> Self {
        Self::new(arguments)
            .env("AWS_ENDPOINT_URL", server.url())
            .env("ECSCTL_REGISTRY", server.registry())
    }

    fn environment(folder: &Path) -> Vec<(String, String)> {
        let home = folder.to_str().expect("a path in UTF-8");
        [
            ("HOME", home),
            ("PATH", &std::env::var("PATH").unwrap_or_default()),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
            ("AWS_ACCESS_KEY_ID", "AKIASCRIPTED"),
            ("AWS_SECRET_ACCESS_KEY", "not-a-secret"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("ECSCTL_TEST_CLOCK", "virtual"),
            // No Docker, unless a test says so.
            ("DOCKER_HOST", "unix:///nonexistent/docker.sock"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }

    /// With this deploy.yaml.
    #[must_use]
    pub fn file(self, text: &str) -> Self {
        self.write("deploy.yaml", text)
    }

    /// With a file in the folder.
    #[must_use]
    pub fn write(self, name: &str, text: &str) -> Self {
        let path = self.folder.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("a folder");
        }
        std::fs::write(&path, text).expect("a file written");
        self
    }

    /// In another's folder.
    #[must_use]
    pub fn inside(mut self, folder: &Path) -> Self {
        self.folder = Folder::Shared(folder.to_owned());
        self
    }

    /// With a variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// Without a variable.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self
    }

    /// With this on stdin; nothing otherwise.
    #[must_use]
    pub fn stdin(mut self, text: &str) -> Self {
        self.stdin = Some(text.into());
        self
    }

    /// Run by another program, which is handed ecsctl and its arguments as its last ones.
    #[must_use]
    pub fn through(mut self, program: &[&str]) -> Self {
        self.program
            .splice(0..0, program.iter().map(|&word| word.to_owned()));
        self
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program[0]);
        command
            .args(&self.program[1..])
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Starts it, and leaves it running.
    pub fn start(&self) -> Running {
        let mut child = self
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        if let Some(mut stdin) = child.stdin.take() {
            // It may end without having read all of it.
            let _ = stdin.write_all(self.stdin.as_deref().unwrap_or_default());
        }
        Running {
            keyboard: None,
            stdout: Reader::of(child.stdout.take()),
            stderr: Reader::of(child.stderr.take()),
            child,
            began: Instant::now(),
            folder: self.folder.path().to_owned(),
        }
    }

    /// Runs it to its end.
    pub fn run(&self) -> Output {
        self.start().end()
    }

    /// Runs it in a terminal of so many columns and 24 rows: what it wrote there is in `stdout`.
    pub fn run_in_terminal(&self, columns: u16) -> Output {
        self.start_in_terminal(columns).end()
    }

    /// Starts it in a terminal.
    pub fn start_in_terminal(&self, columns: u16) -> Running {
        let (pty, pts) = pty_process::blocking::open().expect("a terminal");
        pty.resize(pty_process::Size::new(24, columns)).expect("a size");
        let command = pty_process::blocking::Command::new(&self.program[0])
            .args(&self.program[1..])
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .env("TERM", "xterm-256color");
        let keyboard = std::os::fd::AsFd::as_fd(&pty).try_clone_to_owned();
        let child = command.spawn(pts).expect("the program starts");
        Running {
            keyboard: keyboard.ok().map(std::fs::File::from),
            stdout: Reader::of(Some(pty)),
            stderr: Reader::of(None::<std::io::Empty>),
            child,
            began: Instant::now(),
            folder: self.folder.path().to_owned(),
        }
    }
}

/// Reads a pipe beside everything else, so that the program never waits for us.
struct Reader(Arc<(Mutex<Pipe>, Condvar)>);

/// What came out of a pipe so far.
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
    fn of(pipe: Option<impl std::io::Read + Send + 'static>) -> Self {
        let shared = Arc::new((Mutex::default(), Condvar::new()));
        let reader = Self(Arc::clone(&shared));
        thread::spawn(move || {
            let (mut pipe, mut part, mut ended) = (pipe, [0; 8192], false);
            while !ended {
                // A terminal ends with an error when the program does; what came before it counts.
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

/// A run under way. Dropped, it is killed.
pub struct Running {
    /// The terminal's end that is typed at.
    keyboard: Option<std::fs::File>,
    child: Child,
    stdout: Reader,
    stderr: Reader,
    began: Instant,
    folder: PathBuf,
}

impl Running {
    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("a process id"), signal).expect("a process to signal");
    }

    /// Whether it is over.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("a child to wait for").is_some()
    }

    /// Types on its terminal.
    pub fn type_in(&self, text: &str) {
        let mut keyboard = self.keyboard.as_ref().expect("a run in a terminal");
        keyboard.write_all(text.as_bytes()).expect("keys that are taken");
    }

    /// Waits until its terminal, or stdout, has this in it.
    #[track_caller]
    pub fn wait_until_it_shows(&self, text: &str) {
        self.wait_until_it_shows_times(text, 1);
    }

    /// Waits until its terminal, or stdout, has shown this so many times.
    #[track_caller]
    pub fn wait_until_it_shows_times(&self, text: &str, times: usize) {
        let count = |text: &str, shown: &str| shown.matches(text).count();
        let pipe = self
            .stdout
            .wait_while(|pipe| !pipe.ended && count(text, &pipe.text()) < times);
        let shown = pipe.text();
        assert!(count(text, &shown) >= times, "no {text:?} in stdout:\n{shown}");
    }

    /// Waits until its stderr has this in it.
    #[track_caller]
    pub fn wait_until_it_says(&self, text: &str) {
        let pipe = self
            .stderr
            .wait_while(|pipe| !pipe.ended && !pipe.text().contains(text));
        let said = pipe.text();
        assert!(said.contains(text), "no {text:?} in stderr:\n{said}");
    }

    /// Waits until its stdout has this in it.
    #[track_caller]
    pub fn wait_until_it_prints(&self, text: &str) {
        let pipe = self
            .stdout
            .wait_while(|pipe| !pipe.ended && !pipe.text().contains(text));
        let printed = pipe.text();
        assert!(printed.contains(text), "no {text:?} in stdout:\n{printed}");
    }

    /// Waits for its end; a run that takes too long fails the test.
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

/// How a run ended.
#[derive(Debug)]
pub struct Output {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
    folder: PathBuf,
}

impl Output {
    /// The folder that it ran in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The exit code; a signal as the shell shows it.
    pub fn code(&self) -> i32 {
        let signal = self.status.signal().map(|signal| 128 + signal);
        self.status.code().or(signal).unwrap_or(-1)
    }

    /// It ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code(),
            code,
            "\nstdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        assert!(!self.stderr.contains("panicked at"), "{}", self.stderr);
        self
    }

    /// Its stderr has this in it.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(
            self.stderr.contains(text),
            "no {text:?} in stderr:\n{}",
            self.stderr
        );
        self
    }

    /// stdout as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr))
    }

    /// All of it for a snapshot: what differs from run to run is filtered.
    pub fn record(&self) -> String {
        let text = format!(
            "exit: {}\n--- stdout ---\n{}--- stderr ---\n{}",
            self.code(),
            self.stdout,
            self.stderr
        );
        filtered(&text, &self.folder)
    }
}

/// Takes out what differs from run to run: the folder, ports, times, durations.
pub fn filtered(text: &str, folder: &Path) -> String {
    let text = text.replace(folder.to_str().unwrap_or_default(), "[FOLDER]");
    [
        (r"127\.0\.0\.1:\d+", "127.0.0.1:[PORT]"),
        (
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)",
            "[TIME]",
        ),
        (r"\b\d\d:\d\d:\d\d\b", "[TIME]"),
        (
            r"\b(\d+h ?)?(\d+m ?)?\d+(\.\d+)?s\b|\b(\d+h ?)?\d+m\b",
            "[DURATION]",
        ),
        // A column is as wide as its widest time, which has as many digits as it takes.
        (r"(\[(?:TIME|DURATION)\]) {2,}", "$1  "),
    ]
    .into_iter()
    .fold(text, |text, (pattern, by)| {
        let pattern = regex::Regex::new(pattern).expect("a pattern");
        pattern.replace_all(&text, by).into_owned()
    })
}
