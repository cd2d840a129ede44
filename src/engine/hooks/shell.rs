//! Runs a shell command in a process group of its own, with a time limit, and keeps the end of its output.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, BufReader};
use tokio::net::unix::pipe::Receiver;
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// The common beginning of the variables' names.
const PREFIX: &str = "ECSCTL_HOOK_";
/// How many lines of the output are kept.
const KEPT_LINES: usize = 100;
/// How many lines are shown while it runs.
const MAX_LINES: usize = 10_000;
/// The longest line that is kept, in bytes; the rest of a longer one is dropped.
const LONGEST_LINE: usize = 4096;
/// How often to look whether a command that was told to end has ended.
const LOOK_AGAIN: Duration = Duration::from_millis(10);
/// How long to wait for the rest of the output of a command that has ended: a process that it left behind may
/// keep the pipe open.
const REST: Duration = Duration::from_millis(500);

/// A command for `sh -c`.
pub(super) struct ShellCommand<'a> {
    /// The command.
    pub text: &'a str,
    /// The folder in which it runs.
    pub folder: &'a Path,
    /// Its variables, besides this process's, without the common beginning of their names.
    pub variables: &'a [(&'static str, String)],
    /// How long it may run.
    pub limit: Duration,
    /// How long it may take to end after SIGTERM.
    pub grace: Duration,
}

/// A command that ran.
pub(super) struct DoneCommand {
    /// How it ended.
    pub end: CommandEnd,
    /// The last lines of its output.
    pub tail: Vec<String>,
    /// How long it ran.
    pub took: Duration,
}

/// How a command ended.
#[derive(Debug)]
pub(super) enum CommandEnd {
    Exited(ExitStatus),
    TimedOut(Duration),
    NotStarted(io::Error),
}

impl fmt::Display for CommandEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(status) => match status.code() {
                Some(code) => write!(f, "failed with exit code {code}"),
                // `signal: 9 (SIGKILL)`
                None => write!(f, "was ended by a {status}"),
            },
            Self::TimedOut(limit) => write!(f, "was stopped after {} minutes", limit.as_secs() / 60),
            Self::NotStarted(error) => write!(f, "could not be started: {error}"),
        }
    }
}

impl ShellCommand<'_> {
    /// Runs the command to its end; each line of its output is passed to `on_line`. Dropping the future ends
    /// the command.
    pub async fn run(&self, on_line: &mut dyn FnMut(String)) -> DoneCommand {
        let started = Instant::now();
        let mut output = CommandOutput::new(on_line);
        let end = match self.start() {
            Ok(running) => self.finish(running, &mut output).await,
            Err(error) => CommandEnd::NotStarted(error),
        };
        DoneCommand {
            end,
            tail: output.tail.into(),
            took: started.elapsed(),
        }
    }

    /// Starts the command. Stdout and stderr share a pipe, so that their lines keep their order.
    fn start(&self) -> io::Result<RunningCommand> {
        let (reader, writer) = io::pipe()?;
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(self.text)
            .current_dir(self.folder)
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .process_group(0);
        for name in std::env::vars_os().map(|(name, _)| name) {
            // A hook of a run that itself runs in a hook learns of its own run only.
            if name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
                command.env_remove(name);
            }
        }
        for (name, value) in self.variables {
            command.env(format!("{PREFIX}{name}"), value.replace('\0', ""));
        }
        let child = command.spawn()?;
        // The command holds the pipe's write ends.
        drop(command);
        Ok(RunningCommand {
            child,
            pipe: BufReader::new(Receiver::from_owned_fd(reader.into())?),
            grace: self.grace,
        })
    }

    async fn finish(&self, mut running: RunningCommand, output: &mut CommandOutput<'_>) -> CommandEnd {
        let end = match timeout(self.limit, running.ended(output)).await {
            Ok(Ok(status)) => CommandEnd::Exited(status),
            Ok(Err(error)) => CommandEnd::NotStarted(error),
            Err(_) => {
                running.stop(output).await;
                CommandEnd::TimedOut(self.limit)
            }
        };
        let _ = timeout(REST, output.read(&mut running.pipe)).await;
        output.end_line();
        end
    }
}

/// A command, the processes that it started, and the pipe that they print to.
struct RunningCommand {
    child: Child,
    pipe: BufReader<Receiver>,
    grace: Duration,
}

impl RunningCommand {
    /// Waits for the command's end, and reads its output meanwhile.
    async fn ended(&mut self, output: &mut CommandOutput<'_>) -> io::Result<ExitStatus> {
        let mut is_open = true;
        loop {
            tokio::select! {
                biased;
                ended = self.child.wait() => return ended,
                () = output.read(&mut self.pipe), if is_open => is_open = false,
            }
        }
    }

    /// Ends the command: politely, then by force.
    async fn stop(&mut self, output: &mut CommandOutput<'_>) {
        self.signal(Signal::TERM);
        if timeout(self.grace, self.ended(output)).await.is_err() {
            self.signal(Signal::KILL);
            let _ = self.child.wait().await;
        }
    }

    /// Sends a signal to the command and what it started, if it was not waited for yet.
    fn signal(&self, signal: Signal) {
        let id = self.child.id().and_then(|id| i32::try_from(id).ok());
        if let Some(group) = id.and_then(Pid::from_raw) {
            // An error says that it has ended.
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for RunningCommand {
    /// Ends a command whose run was cut, by Ctrl-C for example. The pipe stays open meanwhile: a command that prints
    /// while it cleans up would fail otherwise.
    fn drop(&mut self) {
        if self.child.id().is_none() {
            return;
        }
        self.signal(Signal::TERM);
        let began = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if began.elapsed() > self.grace {
                self.signal(Signal::KILL);
                return;
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }
}

/// The output of a command.
struct CommandOutput<'a> {
    on_line: &'a mut dyn FnMut(String),
    tail: VecDeque<String>,
    line: Vec<u8>,
    /// How many lines there were.
    lines: usize,
}

impl<'a> CommandOutput<'a> {
    fn new(on_line: &'a mut dyn FnMut(String)) -> Self {
        Self {
            on_line,
            tail: VecDeque::new(),
            line: Vec::new(),
            lines: 0,
        }
    }

    /// Reads until the pipe is closed. What was read is kept if the future is dropped.
    async fn read(&mut self, pipe: &mut (impl AsyncBufRead + Unpin)) {
        loop {
            let read = match pipe.fill_buf().await {
                Ok([]) | Err(_) => return,
                Ok(bytes) => {
                    self.add(bytes);
                    bytes.len()
                }
            };
            pipe.consume(read);
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (content, is_whole) = match piece.split_last() {
                Some((b'\n', content)) => (content, true),
                _ => (piece, false),
            };
            let room = LONGEST_LINE.saturating_sub(self.line.len());
            self.line.extend(content.iter().take(room));
            if is_whole {
                self.push_line();
            }
        }
    }

    /// Ends a last line that has no newline.
    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.push_line();
        }
    }

    fn push_line(&mut self) {
        let line = String::from_utf8_lossy(&self.line);
        let line = line.trim_end_matches('\r').to_owned();
        self.line.clear();
        self.lines += 1;
        if self.tail.len() == KEPT_LINES {
            self.tail.pop_front();
        }
        self.tail.push_back(line.clone());
        match self.lines.cmp(&MAX_LINES) {
            Ordering::Less => (self.on_line)(line),
            Ordering::Equal => (self.on_line)("(further output is not shown)".to_owned()),
            Ordering::Greater => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn run(text: &str, limit: Duration) -> DoneCommand {
        let command = ShellCommand {
            text,
            folder: Path::new("/"),
            variables: &[],
            limit,
            grace: Duration::from_millis(200),
        };
        command.run(&mut |_| {}).await
    }

    #[tokio::test]
    async fn output_keeps_its_order() {
        let done = run("echo one; echo two >&2; printf three", Duration::from_secs(60)).await;
        assert!(matches!(done.end, CommandEnd::Exited(status) if status.success()));
        assert_eq!(done.tail, ["one", "two", "three"]);
    }

    #[tokio::test]
    async fn long_lines_are_cut() {
        let done = run(
            "yes | tr -d '\\n' | head -c 1000000; echo; echo end",
            Duration::from_secs(60),
        )
        .await;
        assert_eq!(done.tail[0].len(), LONGEST_LINE);
        assert_eq!(done.tail[1], "end");
    }

    #[tokio::test]
    async fn command_is_stopped_at_its_limit() {
        for text in [
            "sleep 1000",
            "trap '' TERM; while :; do sleep 0.05; done",
            "exec >&- 2>&-; sleep 1000",
        ] {
            let limit = Duration::from_millis(100);
            let done = run(text, limit).await;
            assert!(
                matches!(done.end, CommandEnd::TimedOut(it) if it == limit),
                "{text}"
            );
        }
    }

    #[tokio::test]
    async fn missing_folder_is_reported() {
        let command = ShellCommand {
            text: "true",
            folder: Path::new("/nowhere"),
            variables: &[],
            limit: Duration::from_secs(60),
            grace: Duration::ZERO,
        };
        let done = command.run(&mut |_| {}).await;
        assert!(matches!(done.end, CommandEnd::NotStarted(_)));
    }
}
