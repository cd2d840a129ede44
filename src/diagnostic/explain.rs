//! What an error tells users and scripts beyond its message.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::sanitize::cut;
use super::{Problems, Sources, Suggestion};
use crate::exit::Exit;

/// The most characters of a message: it may quote a line of a file.
const MAX_MESSAGE: usize = 4_000;
/// The most characters of the other side's words: a reply may be as long as its limit.
const MAX_SAID: usize = 16_000;

/// A typed error. Its `Display` is WHAT failed on WHICH resource, in one line without a full stop.
pub trait Explain: std::error::Error + Send + Sync {
    /// Returns the explanation, without the message.
    fn explain(&self) -> Explanation;
}

/// The parts of an error beyond its message.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The exit code of a run that ends with this error.
    pub exit: Exit,
    /// A stable, kebab-case name for scripts (`access-denied`).
    pub code: &'static str,
    /// The affected resource (`web`, `acme/web`, an ARN).
    pub resource: Option<String>,
    /// The source of the quoted reason (`AWS`, `Docker`, `system`), and its unchanged text.
    pub said: Option<(&'static str, String)>,
    /// The next step, preferably as a command to run.
    pub hint: Option<Suggestion>,
    /// Longer text between the message and the hint: the failing step's log, or a list of attempts.
    pub details: Vec<String>,
    /// Problems in the user's own files, shown with their source lines instead of the message.
    pub problems: Option<(Problems, Sources)>,
}

/// An error that is passed up to the one place that prints it.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// WHAT failed on WHICH resource, in one line without a full stop.
    pub message: String,
    // Boxed, so that a `Result` stays small.
    explanation: Box<Explanation>,
}

/// The setters that `Explanation` and `Failure` share.
macro_rules! setters {
    () => {
        /// Sets the resource.
        #[must_use]
        pub fn resource(self, resource: impl Into<String>) -> Self {
            self.maybe_resource(Some(resource))
        }

        /// Sets the resource, if there is one.
        #[must_use]
        pub fn maybe_resource(mut self, resource: Option<impl Into<String>>) -> Self {
            self.resource = resource.map(Into::into);
            self
        }

        /// Sets the quoted reason and its source.
        #[must_use]
        pub fn said(mut self, who: &'static str, words: impl Into<String>) -> Self {
            let mut words = words.into();
            cut(&mut words, MAX_SAID);
            self.said = Some((who, words));
            self
        }

        /// Sets the next step.
        #[must_use]
        pub fn hint(self, hint: impl Into<Suggestion>) -> Self {
            self.maybe_hint(Some(hint))
        }

        /// Sets the next step, if there is one.
        #[must_use]
        pub fn maybe_hint(mut self, hint: Option<impl Into<Suggestion>>) -> Self {
            self.hint = hint.map(Into::into);
            self
        }

        /// Adds longer text.
        #[must_use]
        pub fn details(mut self, details: impl IntoIterator<Item = String>) -> Self {
            self.details.extend(details);
            self
        }

        /// Sets problems, shown with their source lines instead of the message.
        #[must_use]
        pub fn problems(mut self, problems: Problems, sources: Sources) -> Self {
            self.problems = Some((problems, sources));
            self
        }
    };
}

impl Explanation {
    /// Creates an explanation from an exit code and a name for scripts; the setters add the rest.
    pub fn new(exit: Exit, code: &'static str) -> Self {
        Self {
            exit,
            code,
            resource: None,
            said: None,
            hint: None,
            details: Vec::new(),
            problems: None,
        }
    }

    setters!();
}

impl Failure {
    /// Creates an error that needs no type of its own; the setters add the rest.
    pub fn new(exit: Exit, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            message: shortened(message.into()),
            explanation: Box::new(Explanation::new(exit, code)),
        }
    }

    setters!();

    /// Returns the message with the other side's own words.
    pub fn in_full(&self) -> String {
        match &self.said {
            Some((who, words)) if !words.trim().is_empty() => format!("{self}: {who}: {}", words.trim()),
            _ => self.message.clone(),
        }
    }
}

fn shortened(mut message: String) -> String {
    cut(&mut message, MAX_MESSAGE);
    message
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        Self {
            message: shortened(error.to_string()),
            explanation: Box::new(error.explain()),
        }
    }
}

impl Deref for Failure {
    type Target = Explanation;

    fn deref(&self) -> &Explanation {
        &self.explanation
    }
}

impl DerefMut for Failure {
    fn deref_mut(&mut self) -> &mut Explanation {
        &mut self.explanation
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_of_others_are_cut() {
        let failure =
            Failure::new(Exit::Image, "x", "é".repeat(5_000)).said("Docker", "y\n".repeat(3_000_000));
        assert_eq!(failure.message, format!("{}…", "é".repeat(MAX_MESSAGE)));
        let (_, words) = failure.said.as_ref().unwrap();
        assert_eq!(*words, format!("{}…", "y\n".repeat(MAX_SAID / 2)));
        let exact = Failure::new(Exit::Image, "x", "z".repeat(MAX_MESSAGE));
        assert_eq!(exact.message.len(), MAX_MESSAGE);
    }
}
