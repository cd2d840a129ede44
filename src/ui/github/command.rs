//! Workflow commands: `::error title=web: rolled back::…`, on stderr. The runner reads commands from both
//! streams (actions/runner, ScriptHandler: one OutputManager each), and stdout is reserved for the result.

use std::borrow::Cow;
use std::fmt;

use crate::ui::secret_mask::shown;

/// Maximum characters of a message: annotations have limited space, and the log has the full text.
const LONGEST: usize = 4000;

/// The severity of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationLevel {
    /// A failure.
    Error,
    /// A warning.
    Warning,
    /// Information.
    Notice,
}

/// An annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowCommand {
    kind: AnnotationLevel,
    title: String,
    place: Option<(String, usize, usize)>,
    message: String,
}

impl WorkflowCommand {
    /// Creates an annotation without a location.
    pub fn new(kind: AnnotationLevel, title: &str, message: &str) -> Self {
        let lines: Vec<Cow<'_, str>> = message.lines().map(shown).collect();
        Self {
            kind,
            title: shown(title).into_owned(),
            place: None,
            message: cut(lines.join("\n")),
        }
    }

    /// Adds a location in a file; line and column are 1-based.
    #[must_use]
    pub fn at(mut self, file: &str, line: usize, column: usize) -> Self {
        self.place = Some((file.to_owned(), line, column));
        self
    }
}

impl fmt::Display for WorkflowCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            AnnotationLevel::Error => "error",
            AnnotationLevel::Warning => "warning",
            AnnotationLevel::Notice => "notice",
        };
        write!(f, "::{kind} ")?;
        if let Some((file, line, column)) = &self.place {
            write!(f, "file={},line={line},col={column},", property(file))?;
        }
        write!(f, "title={}::{}", property(&self.title), data(&self.message))
    }
}

/// Escapes a message (actions/toolkit, `command.ts`).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, which needs more escapes than a message.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn cut(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(at);
        text.push_str(" […]");
    }
    text
}

/// Neutralizes workflow commands in text, so that a displayed log can't send commands to the runner. The
/// runner accepts a line that begins with `::` after spaces, or that contains `##[` anywhere (actions/runner,
/// ActionCommand).
pub fn neutralize(text: &str) -> Cow<'_, str> {
    let commands = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
    if !text.lines().any(commands) {
        return Cow::Borrowed(text);
    }
    let tamed = text.split_inclusive('\n').map(|line| {
        let line = line.replace("##[", "## [");
        match line.trim_start().strip_prefix("::") {
            Some(rest) => {
                let blanks = &line[..line.len() - rest.len() - 2];
                format!("{blanks}: :{rest}")
            }
            None => line,
        }
    });
    Cow::Owned(tamed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workflow_command_syntax_is_escaped() {
        let command = WorkflowCommand::new(
            AnnotationLevel::Error,
            "web: 100%, broken",
            "first\nsecond: 5 %, a,b\u{1b}[31m",
        );
        assert_eq!(
            command.to_string(),
            "::error title=web%3A 100%25%2C broken::first%0Asecond: 5 %25, a,b"
        );
        let placed = WorkflowCommand::new(AnnotationLevel::Warning, "t", "m").at("a,b:c.yaml", 3, 7);
        assert_eq!(
            placed.to_string(),
            "::warning file=a%2Cb%3Ac.yaml,line=3,col=7,title=t::m"
        );
    }

    #[test]
    fn a_message_is_cut_between_characters() {
        let command =
            WorkflowCommand::new(AnnotationLevel::Notice, "t", &"ü".repeat(LONGEST + 5)).to_string();
        assert_eq!(command, format!("::notice title=t::{} […]", "ü".repeat(LONGEST)));
    }

    #[test]
    fn shown_text_is_not_a_workflow_command() {
        for (text, tamed) in [
            ("plain :: text\n", "plain :: text\n"),
            ("::add-mask::x\n", ": :add-mask::x\n"),
            ("one\n  ::error::two\nthree", "one\n  : :error::two\nthree"),
            ("| ##[error]x", "| ## [error]x"),
        ] {
            assert_eq!(neutralize(text), tamed);
        }
    }
}
