//! Wraps stdout, for results, and stderr, for everything else. No other module writes to either.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde::Serialize;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::command_hints::CommandFlags;
use super::github::{self, Github};
use super::json_encoding;
use super::line::Line;
use super::live_region::LiveRegion;
use super::operation::Operation;
use super::secret_mask::{mask_document, masked};
use super::terminal_style::{self, Colours, TerminalStyle};
use crate::diagnostic::Suggestion;
use crate::exit::Exit;
use crate::model::Value;

/// The output format of the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputFormat {
    /// Human-readable text.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// One JSON event per line, as they happen.
    Jsonl,
}

/// Verbosity and output format.
#[derive(Clone, Copy, Debug, Default)]
pub struct PrinterSettings {
    /// Output format of the result on stdout.
    pub form: OutputFormat,
    /// Print only results, warnings and errors.
    pub quiet: bool,
    /// Print build logs, full digests and IDs.
    pub verbose: bool,
    /// Print lines instead of a live view on a terminal.
    pub no_progress: bool,
    /// Show environment values and sensitive members.
    pub show_values: bool,
    /// When to use color.
    pub colours: Colours,
    /// The operation performed on services.
    pub operation: Operation,
}

/// Writes results to stdout and everything else to stderr. Writing never fails; errors on stdout are kept and
/// checked at the end.
pub struct Printer {
    settings: PrinterSettings,
    out: OutputStream,
    err: OutputStream,
    github: Option<Github>,
    invocation: CommandFlags,
    /// The same, once it is known that there is no file.
    without_file: OnceLock<CommandFlags>,
    region: LiveRegion,
}

struct OutputStream {
    look: TerminalStyle,
    inner: Mutex<StreamState>,
}

struct StreamState {
    writer: Box<dyn Write + Send>,
    /// The error after which nothing more is written.
    broken: Option<io::Error>,
}

impl Printer {
    /// Creates a printer on the process's own streams.
    pub fn new(settings: PrinterSettings) -> Self {
        let (out, err) = terminal_style::of_process(settings.colours);
        Self::to(
            settings,
            (Box::new(io::stdout()), out),
            (Box::new(io::stderr()), err),
        )
        .on_runner(Github::of_process())
    }

    /// Creates a printer on any two streams.
    pub fn to(
        settings: PrinterSettings,
        (out, out_look): (Box<dyn Write + Send>, TerminalStyle),
        (err, err_look): (Box<dyn Write + Send>, TerminalStyle),
    ) -> Self {
        Self {
            settings,
            out: OutputStream::new(out, out_look),
            err: OutputStream::new(err, err_look),
            github: None,
            invocation: CommandFlags::default(),
            without_file: OnceLock::new(),
            region: LiveRegion::default(),
        }
    }

    /// Returns the part of the terminal that is redrawn.
    pub fn region(&self) -> &LiveRegion {
        &self.region
    }

    /// Sets the GitHub runner that this process is a step of.
    #[must_use]
    pub fn on_runner(mut self, github: Option<Github>) -> Self {
        self.github = github;
        self
    }

    /// Sets the flags to insert into suggested commands.
    #[must_use]
    pub fn invoked_as(mut self, invocation: CommandFlags) -> Self {
        self.invocation = invocation;
        self
    }

    /// Makes suggested commands that need a file name one: this run has none.
    pub fn has_no_file(&self) {
        self.without_file
            .get_or_init(|| self.invocation.clone().without_file());
    }

    fn invocation(&self) -> &CommandFlags {
        self.without_file.get().unwrap_or(&self.invocation)
    }

    /// Returns a suggestion as text, with the flags of this invocation inserted into its commands.
    pub fn suggestion(&self, suggestion: &Suggestion) -> String {
        self.invocation().complete(suggestion)
    }

    /// Like `suggestion`, for a line: its commands stay whole where the line is broken.
    pub fn whole_suggestion(&self, suggestion: &Suggestion) -> String {
        self.invocation().complete_whole(suggestion)
    }

    /// Whether the commands of a suggestion are shown with every value in them.
    pub fn is_complete(&self, suggestion: &Suggestion) -> bool {
        self.invocation().is_complete(suggestion)
    }

    /// Returns a line with the flags of this invocation inserted into its commands.
    pub fn complete(&self, line: &Line) -> Line {
        line.clone().with_flags(self.invocation())
    }

    /// Returns the GitHub runner, if this process is a step of one.
    pub fn github(&self) -> Option<&Github> {
        self.github.as_ref()
    }

    /// Returns the verbosity and output format.
    pub fn settings(&self) -> PrinterSettings {
        self.settings
    }

    /// Returns the style of stdout.
    pub fn out_look(&self) -> TerminalStyle {
        self.out.look
    }

    /// Returns the style of stderr.
    pub fn err_look(&self) -> TerminalStyle {
        self.err.look
    }

    /// Prints a line of the result in text format; does nothing in the other formats.
    pub fn result(&self, line: &Line) {
        self.results([line.clone()]);
    }

    /// Prints several lines of the result at once, in text format.
    pub fn results(&self, lines: impl IntoIterator<Item = Line>) {
        if self.settings.form != OutputFormat::Text {
            return;
        }
        let mut text = String::new();
        for line in lines {
            text.push_str(&self.complete(&line).wrapped(self.out.look, self.out.look.width));
            text.push('\n');
        }
        if !text.is_empty() {
            self.out.write(&self.tamed(&text));
        }
    }

    /// Neutralizes runner commands in external text: GitHub's runner reads commands from both streams.
    fn tamed<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match &self.github {
            Some(_) => github::neutralize(text),
            None => Cow::Borrowed(text),
        }
    }

    /// Whether stdout can no longer be written: its reader is gone, or the disk is full.
    pub fn is_broken(&self) -> bool {
        self.out.lock().broken.is_some()
    }

    /// Prints the result verbatim except for secrets, in any format: completions, help, YAML.
    pub fn verbatim(&self, text: &str) {
        self.out.write(&masked(text));
    }

    /// Prints the result as one JSON document.
    pub fn document(&self, document: &impl Serialize) {
        self.write_json(as_shown(document).and_then(|it| json_encoding::pretty(&it)));
    }

    /// Prints one event of the stream, in jsonl format.
    pub fn event(&self, event: &impl Serialize) {
        self.write_json(as_shown(event).and_then(|it| json_encoding::line(&it)));
    }

    /// Prints the whole result in the requested format: either the document, or whatever `text` prints. Returns
    /// the value of `text`, or None in the other formats.
    pub fn present<R>(&self, document: &impl Serialize, text: impl FnOnce(&Self) -> R) -> Option<R> {
        match self.settings.form {
            OutputFormat::Text => return Some(text(self)),
            OutputFormat::Json => self.document(document),
            OutputFormat::Jsonl => self.event(document),
        }
        None
    }

    /// Prints several events at once, in jsonl format.
    pub fn events(&self, events: &[impl Serialize]) {
        let line = |event| as_shown(event).and_then(|it| json_encoding::line(&it));
        self.write_json(events.iter().map(line).collect());
    }

    fn write_json(&self, text: io::Result<String>) {
        match text {
            Ok(text) => self.out.write(&text),
            Err(error) => self.out.give_up(error),
        }
    }

    /// Prints a line to stderr.
    pub fn note(&self, line: &Line) {
        let look = self.err.look;
        self.note_verbatim(&format!("{}\n", self.complete(line).wrapped(look, look.width)));
    }

    /// Prints text to stderr verbatim except for secrets. The text must use only the colors that stderr supports.
    pub fn note_verbatim(&self, text: &str) {
        self.err.write(&self.tamed(&masked(text)));
    }

    /// Prints a question, whose last line the answer is typed on.
    pub fn question(&self, text: &str) {
        let look = self.err.look;
        let lines = text
            .split('\n')
            .map(|line| Line::of(line).wrapped(look, look.width));
        let lines: Vec<String> = lines.collect();
        let blank = if text.ends_with(' ') { " " } else { "" };
        self.note_verbatim(&format!("{}{blank}", lines.join("\n")));
    }

    /// Sends a command to the runner.
    pub fn command(&self, command: &str) {
        self.err.write(&format!("{command}\n"));
    }

    /// Flushes buffered output and returns the exit code: `exit`, unless writing to stdout failed for a reason
    /// other than its reader having gone away.
    pub fn finish(&self, exit: Exit) -> Exit {
        self.out.flush();
        let guard = self.out.lock();
        let Some(error) = guard.broken.as_ref().filter(|error| !is_closed_pipe(error)) else {
            return exit;
        };
        self.note(&Line::error(&format!("can't write to stdout: {error}")));
        if exit == Exit::Done {
            Exit::Unexpected
        } else {
            exit
        }
    }
}

/// Returns a document without secrets.
fn as_shown(document: &impl Serialize) -> io::Result<Value> {
    let mut shown = serde_json::to_value(document)?;
    mask_document(&mut shown);
    Ok(shown)
}

impl OutputStream {
    fn new(writer: Box<dyn Write + Send>, look: TerminalStyle) -> Self {
        Self {
            look,
            inner: Mutex::new(StreamState { writer, broken: None }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, StreamState> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, text: &str) {
        let mut inner = self.lock();
        if inner.broken.is_none()
            && let Err(error) = inner
                .writer
                .write_all(text.as_bytes())
                .and_then(|()| inner.writer.flush())
        {
            inner.broken = Some(error);
        }
    }

    fn flush(&self) {
        self.write("");
    }

    fn give_up(&self, error: io::Error) {
        self.lock().broken.get_or_insert(error);
    }
}

fn is_closed_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// Completes when stdout is a pipe whose reader is gone, so that `| head -1` need not wait for another line.
/// For a terminal a signal covers this case, and a file has no reader.
#[expect(
    deprecated,
    reason = "its successor is unsafe; a process's stdout stays open as long as it is registered"
)]
pub async fn reader_gone(printer: &Printer) {
    if !printer.out_look().terminal
        && let Ok(stdout) = AsyncFd::with_interest(std::io::stdout(), Interest::ERROR)
        && stdout.ready(Interest::ERROR).await.is_ok()
    {
        return;
    }
    std::future::pending().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{Captured, FailingWriter};

    #[test]
    fn a_closed_pipe_is_no_error() {
        let (printer, err) = FailingWriter::printer(io::ErrorKind::BrokenPipe);
        printer.verbatim("text");
        assert!(printer.is_broken());
        assert_eq!(printer.finish(Exit::Done), Exit::Done);
        assert_eq!(printer.finish(Exit::Rollout), Exit::Rollout);
        assert_eq!(err.text(), "");
    }

    #[test]
    fn a_full_disk_does_not_hide_other_errors() {
        let (printer, err) = FailingWriter::printer(io::ErrorKind::StorageFull);
        printer.document(&serde_json::json!({}));
        assert_eq!(printer.finish(Exit::Done), Exit::Unexpected);
        assert_eq!(printer.finish(Exit::Rollout), Exit::Rollout);
        assert!(
            err.text().starts_with("error: can't write to stdout: "),
            "{}",
            err.text()
        );
    }

    #[test]
    fn text_results_are_not_printed_as_json() {
        let settings = PrinterSettings {
            form: OutputFormat::Json,
            ..PrinterSettings::default()
        };
        let (printer, out, _) = Captured::printer(settings, TerminalStyle::PLAIN);
        printer.result(&Line::of("web:42"));
        assert_eq!(out.text(), "");
        printer.document(&serde_json::json!({"a": 1}));
        assert_eq!(out.text(), "{\n  \"a\": 1\n}\n");
    }

    #[test]
    fn results_have_the_requested_format() {
        for (form, expected) in [
            (OutputFormat::Text, "web:42\n"),
            (OutputFormat::Json, "{\n  \"a\": 1\n}\n"),
            (OutputFormat::Jsonl, "{\"a\":1}\n"),
        ] {
            let settings = PrinterSettings {
                form,
                ..PrinterSettings::default()
            };
            let (printer, out, _) = Captured::printer(settings, TerminalStyle::PLAIN);
            let shown = printer.present(&serde_json::json!({"a": 1}), |printer| {
                printer.result(&Line::of("web:42"));
            });
            assert_eq!(
                (out.text().as_str(), shown.is_some()),
                (expected, form == OutputFormat::Text)
            );
        }
    }
}
