//! The result of a run.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use serde_json::Value;

/// The output and exit status of a run.
#[derive(Debug)]
pub struct Output {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
    pub(super) folder: PathBuf,
}

impl Output {
    /// Returns the folder that it ran in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the exit code; a signal as the shell shows it.
    pub fn code(&self) -> i32 {
        let signal = self.status.signal().map(|signal| 128 + signal);
        self.status.code().or(signal).unwrap_or(-1)
    }

    /// Asserts the exit code.
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

    /// Asserts that stderr contains this text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(
            self.stderr.contains(text),
            "no {text:?} in stderr:\n{}",
            self.stderr
        );
        self
    }

    /// Returns stdout as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr))
    }

    /// Returns everything for a snapshot, filtering what differs from run to run.
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

/// Removes what differs from run to run: the folder, ports, times, durations.
pub fn filtered(text: &str, folder: &Path) -> String {
    let text = text.replace(folder.to_str().unwrap_or_default(), "[FOLDER]");
    [
        (r"127\.0\.0\.1:\d+", "127.0.0.1:[PORT]"),
        // A terminal may wrap a line within a time.
        (
            r"(?:\d\n?){4}-\n?(?:\d\n?){2}-\n?(?:\d\n?){2}T\n?(?:\d\n?){2}:\n?(?:\d\n?){2}:\n?\d\n?\d(\.\d+)?\n?(Z|[+-]\d\d:?\d\d)",
            "[TIME]",
        ),
        (r"\b\d\d:\d\d:\d\d\b", "[TIME]"),
        (
            r"\b(\d+h ?)?(\d+m ?)?\d+(\.\d+)?s\b|\b(\d+h ?)?\d+m\b",
            "[DURATION]",
        ),
        // A run that takes longer than half a minute repeats what it waits for.
        (r"(?m)^\[TIME\] .*: still .*\(\[DURATION\]\)\n", ""),
        // A column is as wide as its widest time, whose number of digits varies.
        (r"(\[(?:TIME|DURATION)\]) {2,}", "$1  "),
    ]
    .into_iter()
    .fold(text, |text, (pattern, by)| {
        let pattern = regex::Regex::new(pattern).expect("a pattern");
        pattern.replace_all(&text, by).into_owned()
    })
}
