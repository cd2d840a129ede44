//! A problem in the user's files or flags.

use super::{Span, Suggestion};

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Stops the run (exit 2).
    Error,
    /// Is reported, and the run continues.
    Warning,
}

/// A secondary location that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The location.
    pub span: Span,
    /// The text shown there.
    pub text: String,
}

/// An error or a warning about a location in a file (or about a flag, which has no location).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The severity.
    pub level: Level,
    /// A stable, kebab-case name for scripts (`unknown-key`).
    pub code: &'static str,
    /// WHAT is wrong, in one line without a full stop.
    pub message: String,
    /// The location to underline.
    pub span: Option<Span>,
    /// The text beside the underline (`did you mean …`).
    pub label: Option<String>,
    /// Other locations that explain the problem.
    pub others: Vec<Label>,
    /// Lines below the excerpt (`= see …`).
    pub notes: Vec<String>,
    /// The hint, as something that can be typed.
    pub hint: Option<Suggestion>,
}

impl Problem {
    /// Creates an error, with its location if it has one.
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

    /// Creates a warning, with its location if it has one.
    pub fn warning(code: &'static str, message: impl Into<String>, span: impl Into<Option<Span>>) -> Self {
        Self {
            level: Level::Warning,
            ..Self::error(code, message, span)
        }
    }

    /// Sets the text beside the underline.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text.into());
        self
    }

    /// Adds a secondary location that explains the first.
    #[must_use]
    pub fn other(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a line below the excerpt.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Sets the hint, as something that can be typed.
    #[must_use]
    pub fn hint(mut self, text: impl Into<Suggestion>) -> Self {
        self.hint = Some(text.into());
        self
    }
}

/// A list of problems: all of them are reported, not only the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    /// Where values are that could not be resolved.
    unresolved: Vec<Span>,
}

impl Problems {
    /// Adds a problem, unless it is about a value that could not be resolved: that is the problem with it.
    pub fn push(&mut self, problem: Problem) {
        let is_of_unresolved = |span: Span| self.unresolved.iter().any(|value| value.contains(span));
        if !problem.span.is_some_and(is_of_unresolved) {
            self.list.push(problem);
        }
    }

    /// Adds all problems of another list.
    pub fn append(&mut self, other: Problems) {
        other.list.into_iter().for_each(|problem| self.push(problem));
        self.unresolved.extend(other.unresolved);
    }

    /// Marks a value that could not be resolved, after the reason was added: no other problem with it counts.
    pub fn mark_unresolved(&mut self, value: Span) {
        self.unresolved.push(value);
    }

    /// Returns where within this place values could not be resolved.
    pub fn unresolved_within(&self, place: Span) -> impl Iterator<Item = Span> {
        let spans = self.unresolved.iter().copied();
        spans.filter(move |span| place.contains(*span))
    }

    /// Whether any of them stops the run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.level == Level::Error)
    }

    /// Returns the number of errors.
    pub fn error_count(&self) -> usize {
        self.list
            .iter()
            .filter(|problem| problem.level == Level::Error)
            .count()
    }

    /// Whether any problem is about this location, or about a part of it.
    pub fn concern(&self, place: Span) -> bool {
        let spans = self.list.iter().filter_map(|problem| problem.span);
        spans
            .chain(self.unresolved.iter().copied())
            .any(|span| place.contains(span))
    }

    /// Returns the problems in file order; those without a location come first.
    pub fn sorted(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|problem| problem.span);
        self.list
    }

    /// Returns the problems in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// Whether there are no problems.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
