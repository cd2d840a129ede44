//! The two streams. stdout is the result, stderr is everything else; nobody else writes to either.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::command_hints::CommandFlags;
use super::github::{self, Github};
use super::json;
use super::line::Line;
use super::operation::Operation;
use super::terminal_style::{self, Colours, TerminalStyle};
use crate::diagnostic::Suggestion;
use crate::exit::Exit;

/// The form of the result.
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

/// How much is said, and in which form.
#[derive(Clone, Copy, Debug, Default)]
pub struct PrinterSettings {
    /// Output format of the result on stdout.
    pub form: OutputFormat,
    /// Only results, warnings and errors.
    pub quiet: bool,
    /// Build logs, whole digests and ids.
    pub verbose: bool,
    /// Lines instead of a live view on a terminal.
    pub no_progress: bool,
    /// Environment values and sensitive members are shown.
    pub show_values: bool,
    /// When colours are wanted.
    pub colours: Colours,
    /// What is done to services.
    pub operation: Operation,
}

/// Writes results to stdout and all else to stderr. Writing never fails: what happened to stdout is asked at the end.
pub struct Printer {
    settings: PrinterSettings,
    out: OutputStream,
    err: OutputStream,
    github: Option<Github>,
    invocation: CommandFlags,
}

struct OutputStream {
    look: TerminalStyle,
    inner: Mutex<StreamState>,
}

struct StreamState {
    writer: Box<dyn Write + Send>,
    /// Why nothing more is written.
    broken: Option<io::Error>,
}

impl Printer {
    /// The process's own streams.
    pub fn new(settings: PrinterSettings) -> Self {
        let (out, err) = terminal_style::of_process(settings.colours);
        Self::to(
            settings,
            (Box::new(io::stdout()), out),
            (Box::new(io::stderr()), err),
        )
        .on_runner(Github::of_process())
    }

    /// Any two streams.
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
        }
    }

    /// As a step of a workflow.
    #[must_use]
    pub fn on_runner(mut self, github: Option<Github>) -> Self {
        self.github = github;
        self
    }

    /// With the flags that were given.
    #[must_use]
    pub fn invoked_as(mut self, invocation: CommandFlags) -> Self {
        self.invocation = invocation;
        self
    }

    /// A suggestion as text, with the flags that were given in its commands.
    pub fn suggestion(&self, suggestion: &Suggestion) -> String {
        self.invocation.complete(suggestion)
    }

    /// A line with the flags that were given in the commands that it names.
    pub fn complete(&self, line: &Line) -> Line {
        line.clone().with_flags(&self.invocation)
    }

    /// The runner that this is a step of, where there is one.
    pub fn github(&self) -> Option<&Github> {
        self.github.as_ref()
    }

    /// How much is said, and in which form.
    pub fn settings(&self) -> PrinterSettings {
        self.settings
    }

    /// The looks of stdout.
    pub fn out_look(&self) -> TerminalStyle {
        self.out.look
    }

    /// The looks of stderr.
    pub fn err_look(&self) -> TerminalStyle {
        self.err.look
    }

    /// A line of the result, in the text form; nothing in the others.
    pub fn result(&self, line: &Line) {
        self.results([line.clone()]);
    }

    /// Many lines of the result at once, in the text form.
    pub fn results(&self, lines: impl IntoIterator<Item = Line>) {
        if self.settings.form != OutputFormat::Text {
            return;
        }
        let mut text = String::new();
        for line in lines {
            text.push_str(&self.complete(&line).render(self.out.look));
            text.push('\n');
        }
        if !text.is_empty() {
            self.out.write(&self.tamed(&text));
        }
    }

    /// Others' words may stand in it, and GitHub's runner takes commands from both streams.
    fn tamed<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match &self.github {
            Some(_) => github::neutralize(text),
            None => Cow::Borrowed(text),
        }
    }

    /// Whether stdout takes no more: its reader has gone, or the disk is full.
    pub fn is_broken(&self) -> bool {
        self.out.lock().broken.is_some()
    }

    /// The result word for word, whatever the form: completions, help, YAML.
    pub fn verbatim(&self, text: &str) {
        self.out.write(text);
    }

    /// The result as one JSON document.
    pub fn document(&self, document: &impl Serialize) {
        self.write_json(json::pretty(document));
    }

    /// One event of the stream, in the jsonl form.
    pub fn event(&self, event: &impl Serialize) {
        self.write_json(json::line(event));
    }

    /// The whole result in the form that was asked for: the document, or what `text` prints. What `text` returns comes
    /// back; None in the other forms.
    pub fn present<R>(&self, document: &impl Serialize, text: impl FnOnce(&Self) -> R) -> Option<R> {
        match self.settings.form {
            OutputFormat::Text => return Some(text(self)),
            OutputFormat::Json => self.document(document),
            OutputFormat::Jsonl => self.event(document),
        }
        None
    }

    /// Many events at once, in the jsonl form.
    pub fn events(&self, events: &[impl Serialize]) {
        self.write_json(events.iter().map(json::line).collect());
    }

    fn write_json(&self, text: io::Result<String>) {
        match text {
            Ok(text) => self.out.write(&text),
            Err(error) => self.out.give_up(error),
        }
    }

    /// A line on stderr.
    pub fn note(&self, line: &Line) {
        self.note_verbatim(&format!("{}\n", self.complete(line).render(self.err.look)));
    }

    /// Text on stderr, word for word; it carries the colours that stderr shows and no others.
    pub fn note_verbatim(&self, text: &str) {
        self.err.write(&self.tamed(text));
    }

    /// A command to the runner.
    pub fn command(&self, command: &str) {
        self.err.write(&format!("{command}\n"));
    }

    /// Writes out what is held back, and says how the process ends: as it would have, unless stdout could not be
    /// written for another reason than that its reader has gone.
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

/// Comes to its end when the pipe that stdout is has no reader any more: `| head -1` is not to wait for another line. Of
/// a terminal a signal tells, and a file is read by nobody.
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
