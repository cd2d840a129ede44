//! A problem in the user's files or flags.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::RangeInclusive;

use super::sanitize::cut;
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

/// How many problems of a severity are kept; further ones are counted.
pub const MAX_KEPT: usize = 200;
/// How many problems are shown: nobody mends more at once, and a report stays readable in a CI log.
const MAX_SHOWN: usize = 100;
/// The most characters of a text that is shown: names from a file may be as long as the file.
const MAX_TEXT: usize = 1_000;

/// A list of problems: all of them are reported, not only the first. A problem that an alias repeats is one
/// problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    /// Where values are that could not be resolved; none is a part of another.
    unresolved: BTreeSet<Span>,
    errors: usize,
    warnings: usize,
    /// The locations of all problems, including those that aren't kept.
    places: BTreeSet<Span>,
    /// What was reported, as hashes of location and message.
    known: BTreeSet<u64>,
}

/// The problems that are shown, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownProblems<'a> {
    /// In file order; those without a location come first.
    pub list: Vec<&'a Problem>,
    /// How many are left out.
    pub more: usize,
}

impl Problems {
    /// Adds a problem, unless it is about a value that could not be resolved: that is the problem with it.
    pub fn push(&mut self, problem: Problem) {
        if problem.span.is_some_and(|span| self.is_of_unresolved(span)) {
            return;
        }
        if let Some(span) = problem.span {
            let mut hasher = DefaultHasher::new();
            (span, &problem.message).hash(&mut hasher);
            if !self.known.insert(hasher.finish()) {
                return;
            }
            self.places.insert(span);
        }
        let count = self.count(problem.level);
        *count += 1;
        if *count <= MAX_KEPT {
            self.list.push(shortened(problem));
        }
    }

    /// Counts problems that nothing more is known of.
    pub fn count_more(&mut self, level: Level, more: usize) {
        *self.count(level) += more;
    }

    fn count(&mut self, level: Level) -> &mut usize {
        match level {
            Level::Error => &mut self.errors,
            Level::Warning => &mut self.warnings,
        }
    }

    /// Adds all problems of another list.
    pub fn append(&mut self, other: Problems) {
        let kept = |level| other.iter().filter(|problem| problem.level == level).count();
        let (errors, warnings) = (kept(Level::Error), kept(Level::Warning));
        self.places.extend(other.places);
        other.list.into_iter().for_each(|problem| self.push(problem));
        self.errors += other.errors - errors;
        self.warnings += other.warnings - warnings;
        self.unresolved.extend(other.unresolved);
    }

    /// Marks a value that could not be resolved, after the reason was added: no other problem with it counts.
    pub fn mark_unresolved(&mut self, value: Span) {
        self.unresolved.insert(value);
    }

    fn is_of_unresolved(&self, span: Span) -> bool {
        let last_start = Span {
            end: usize::MAX,
            ..span
        };
        let mut before = self.unresolved.range(..=last_start);
        before.next_back().is_some_and(|value| value.contains(span))
    }

    /// Returns where within this place values could not be resolved.
    pub fn unresolved_within(&self, place: Span) -> impl Iterator<Item = Span> {
        let spans = self.unresolved.range(starts_within(place)).copied();
        spans.filter(move |span| place.contains(*span))
    }

    /// Whether further errors are only counted, so that nothing has to be found out about them.
    pub fn is_full(&self) -> bool {
        self.errors >= MAX_KEPT
    }

    /// Whether any of them stops the run.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Returns the number of errors.
    pub fn error_count(&self) -> usize {
        self.errors
    }

    /// Returns the number of warnings.
    pub fn warning_count(&self) -> usize {
        self.warnings
    }

    /// Whether any problem is about this location, or about a part of it.
    pub fn concern(&self, place: Span) -> bool {
        let mut places = self.places.range(starts_within(place));
        places.any(|span| span.end <= place.end) || self.unresolved_within(place).next().is_some()
    }

    /// Returns the problems in file order; those without a location come first.
    pub fn sorted(&self) -> Vec<&Problem> {
        let mut list: Vec<&Problem> = self.iter().collect();
        list.sort_by_key(|problem| problem.span);
        list
    }

    /// Returns as many problems as are shown, errors before warnings.
    pub fn shown(&self) -> ShownProblems<'_> {
        let mut list = self.sorted();
        list.sort_by_key(|problem| problem.level == Level::Warning);
        list.truncate(MAX_SHOWN);
        list.sort_by_key(|problem| problem.span);
        ShownProblems {
            more: self.errors + self.warnings - list.len(),
            list,
        }
    }

    /// Returns as many errors as are shown.
    pub fn shown_errors(&self) -> ShownProblems<'_> {
        let mut list = self.sorted();
        list.retain(|problem| problem.level == Level::Error);
        list.truncate(MAX_SHOWN);
        ShownProblems {
            more: self.errors - list.len(),
            list,
        }
    }

    /// Returns the first error in file order.
    pub fn first_error(&self) -> Option<&Problem> {
        let errors = self.iter().filter(|problem| problem.level == Level::Error);
        errors.min_by_key(|problem| problem.span)
    }

    /// Returns the problems with other hints.
    #[must_use]
    pub fn with_hints(&self, change: impl Fn(&Suggestion) -> Suggestion) -> Self {
        let mut changed = self.clone();
        for problem in &mut changed.list {
            problem.hint = problem.hint.as_ref().map(&change);
        }
        changed
    }

    /// Returns the problems in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// Whether there are no problems.
    pub fn is_empty(&self) -> bool {
        self.errors + self.warnings == 0
    }
}

impl ShownProblems<'_> {
    /// Returns the line about the problems that are left out: `and 4900 more`.
    pub fn rest(&self) -> Option<String> {
        (self.more > 0).then(|| format!("and {} more", self.more))
    }
}

/// Returns the range of spans that start in a place.
fn starts_within(place: Span) -> RangeInclusive<Span> {
    let from = Span {
        end: place.start,
        ..place
    };
    let to = Span {
        start: place.end,
        ..place
    };
    from..=to
}

fn shortened(mut problem: Problem) -> Problem {
    shorten(&mut problem.message);
    let others = problem.others.iter_mut().map(|other| &mut other.text);
    problem
        .label
        .iter_mut()
        .chain(&mut problem.notes)
        .chain(others)
        .for_each(shorten);
    problem
}

fn shorten(text: &mut String) {
    cut(text, MAX_TEXT);
}

/// Joins names from a file for a message: the first ten, and how many more there are.
pub fn joined<S: AsRef<str>>(names: &[S]) -> String {
    const MOST: usize = 10;
    let some: Vec<&str> = names.iter().take(MOST).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(MOST) {
        0 => some.join(", "),
        more => format!("{}, and {more} more", some.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::SourceId;
    use super::*;

    fn at(start: usize) -> Span {
        Span {
            source: SourceId(0),
            start,
            end: start + 1,
        }
    }

    #[test]
    fn a_hundred_problems_are_shown_and_the_rest_counted() {
        let mut problems = Problems::default();
        for start in (0..5_000).rev() {
            problems.push(Problem::warning("odd", "odd", at(start)));
        }
        problems.push(Problem::error("bad", "bad", at(7_000)));
        problems.push(Problem::error("bad", "bad", at(7_000)));
        let shown = problems.shown();
        assert_eq!((shown.list.len(), shown.more), (100, 4_901));
        assert_eq!(shown.list.last().map(|problem| problem.level), Some(Level::Error));
        assert_eq!(shown.rest().as_deref(), Some("and 4901 more"));
        assert_eq!(problems.shown_errors().list.len(), 1);
        assert_eq!(problems.warning_count(), 5_000);
        assert!(problems.concern(at(10)) && !problems.concern(at(6_000)));
    }

    #[test]
    fn long_texts_are_shortened() {
        let mut problems = Problems::default();
        problems.push(Problem::error("long", "ü".repeat(5_000), None).label("x".repeat(5_000)));
        let kept = problems.iter().next().unwrap();
        assert_eq!(kept.message.chars().count(), 1_001);
        assert_eq!(
            kept.label.as_ref().map(|label| label.chars().count()),
            Some(1_001)
        );
        assert_eq!(joined(&["a"; 12]), "a, a, a, a, a, a, a, a, a, a, and 2 more");
    }
}
