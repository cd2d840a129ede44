//! Runs the built program in a fully controlled environment.

mod output;
mod running;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::server::Scripted;

pub use output::{Output, filtered};
pub use running::Running;

use running::Reader;

/// A run to start. It has a folder of its own, with deploy.yaml in it.
pub struct Ecsctl {
    folder: Folder,
    environment: Vec<(String, OsString)>,
    program: Vec<String>,
    stdin: Option<Vec<u8>>,
}

/// The folder of a run: its own, or shared with another run.
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
    /// Creates a run of `ecsctl ARGUMENTS…` without an AWS.
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

    /// Creates a run of `ecsctl ARGUMENTS…` against a scripted ECS.
    pub fn on(server: &Scripted, arguments: &[&str]) -> Self {
        Self::new(arguments)
            .env("AWS_ENDPOINT_URL", server.url())
            .env("ECSCTL_REGISTRY", server.registry())
    }

    fn environment(folder: &Path) -> Vec<(String, OsString)> {
        let home = folder.to_str().expect("a path in UTF-8");
        [
            ("HOME", home),
            ("PATH", &std::env::var("PATH").unwrap_or_default()),
            ("LANG", "C.UTF-8"),
            ("TZ", &midday()),
            ("AWS_ACCESS_KEY_ID", "AKIASCRIPTED"),
            ("AWS_SECRET_ACCESS_KEY", "not-a-secret"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("ECSCTL_TEST_CLOCK", "virtual"),
            // No Docker, unless a test says so.
            ("DOCKER_HOST", "unix:///nonexistent/docker.sock"),
        ]
        .map(|(name, value)| (name.to_owned(), value.into()))
        .into()
    }

    /// Sets deploy.yaml.
    #[must_use]
    pub fn file(self, text: &str) -> Self {
        self.write("deploy.yaml", text)
    }

    /// Adds a file to the folder.
    #[must_use]
    pub fn write(self, name: &str, text: &str) -> Self {
        let path = self.folder.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("a folder");
        }
        std::fs::write(&path, text).expect("a file written");
        self
    }

    /// Uses another run's folder.
    #[must_use]
    pub fn inside(mut self, folder: &Path) -> Self {
        self.folder = Folder::Shared(folder.to_owned());
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// Removes an environment variable.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self
    }

    /// Sets stdin, which is empty by default.
    #[must_use]
    pub fn stdin(mut self, text: &str) -> Self {
        self.stdin = Some(text.into());
        self
    }

    /// Runs it through another program, which gets ecsctl and its arguments as its last arguments.
    #[must_use]
    pub fn through(mut self, program: &[&str]) -> Self {
        self.program
            .splice(0..0, program.iter().map(|&word| word.to_owned()));
        self
    }

    /// Returns the folder.
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

    /// Starts it without waiting for its end.
    pub fn start(&self) -> Running {
        let mut child = self
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        if let Some(mut stdin) = child.stdin.take() {
            // It may exit before reading all of it.
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

    /// Runs it in a terminal of this many columns and 24 rows; its output there is in `stdout`.
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

/// Returns a time zone in which it is about noon, so that times within the next hours are on the same day
/// (POSIX `TZ`: the offset is added to local time to get UTC).
fn midday() -> String {
    let hour = jiff::Timestamp::now()
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .hour();
    format!("MID{}", hour - 12)
}
