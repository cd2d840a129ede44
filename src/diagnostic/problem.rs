//! One thing that is wrong with what the person wrote.

use super::{Span, Suggestion};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Stops the run (exit 2).
    Error,
    /// Is said, and the run goes on.
    Warning,
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
}

/// An error or a warning about a place in a file (or about a flag, which has no place).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub level: Level,
    /// A stable, kebab-case name for scripts (`unknown-key`).
    pub code: &'static str,
    /// WHAT is wrong, in one line without a full stop.
    pub message: String,
    /// The place to underline.
    pub span: Option<Span>,
    /// What stands beside the underline (`did you mean …`).
    pub label: Option<String>,
    /// Other places that explain it.
    pub others: Vec<Label>,
    /// Lines below the excerpt (`= see …`).
    pub notes: Vec<String>,
    /// Something that can be typed.
    pub hint: Option<Suggestion>,
}

impl Problem {
    /// An error at a place.
    pub fn error(code: &'static str, message: impl Into<String>, span: impl Into<Option<Span>>) -> Self {
        Self {
            level: Level::Error,
            code,
            message: message.into(),
            span: span.into(),
            label: None,
            others: Vec::new(),
            notes: Vec::new(),
            hint: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, message: impl Into<String>, span: impl Into<Option<Span>>) -> Self {
        Self {
            level: Level::Warning,
            ..Self::error(code, message, span)
        }
    }

    /// What stands beside the underline.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text.into());
        self
    }

    /// A second place that explains the first.
    #[must_use]
    pub fn other(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// A line below the excerpt.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Something that can be typed.
    #[must_use]
    pub fn hint(mut self, text: impl Into<Suggestion>) -> Self {
        self.hint = Some(text.into());
        self
    }
}

/// All that is wrong, gathered: every problem is reported, not the first only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Adds all of another list.
    pub fn append(&mut self, other: Problems) {
        self.list.extend(other.list);
    }

    /// Whether any of them stops the run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.level == Level::Error)
    }

    /// How many of them are errors.
    pub fn error_count(&self) -> usize {
        self.list
            .iter()
            .filter(|problem| problem.level == Level::Error)
            .count()
    }

    /// Whether something was said about a place, or about a part of what is there.
    pub fn concern(&self, place: Span) -> bool {
        let mut spans = self.list.iter().filter_map(|problem| problem.span);
        spans.any(|span| span.source == place.source && span.start >= place.start && span.end <= place.end)
    }

    /// In file order; those without a place come first.
    pub fn sorted(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|problem| problem.span);
        self.list
    }

    /// As they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
