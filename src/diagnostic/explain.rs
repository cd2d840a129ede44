//! What an error tells a person, and a script, beyond its message.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use super::{Problems, Sources};
use crate::exit::Exit;

/// What every typed error of the program can say of itself. `Display` is WHAT failed on WHICH resource,
/// in one line without a full stop; the rest is asked for here.
pub trait Explain: std::error::Error + Send + Sync {
    /// The exit code of a run that ends with it.
    fn exit(&self) -> Exit;

    /// A stable, kebab-case name for scripts (`access-denied`).
    fn code(&self) -> &'static str;

    /// The resource it is about (`web`, `acme/web`, an ARN), where there is one.
    fn resource(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// What the other side said, word for word: AWS, the Docker daemon, the registry, the system.
    /// The name of who said it (`AWS`, `Docker`) and the words.
    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        None
    }

    /// The next thing to do, best as a command that can be typed.
    fn hint(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Longer matter shown between the message and the hint: the failing step's log, a list of what was tried.
    fn details(&self) -> Vec<String> {
        Vec::new()
    }

    /// What is wrong in the files that the person wrote, where the error is about these:
    /// shown with its places instead of the message.
    fn problems(&self) -> Option<(&Problems, &Sources)> {
        None
    }

    /// All of these as one value.
    fn explain(&self) -> Explanation {
        Explanation {
            exit: self.exit(),
            code: self.code(),
            resource: self.resource().map(Cow::into_owned),
            said: self.said().map(|(who, words)| (who, words.into_owned())),
            hint: self.hint().map(Cow::into_owned),
            details: self.details(),
            problems: self
                .problems()
                .map(|(problems, sources)| (problems.clone(), sources.clone())),
        }
    }
}

/// What an error tells beyond its message.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The exit code of a run that ends with it.
    pub exit: Exit,
    /// A stable, kebab-case name for scripts (`access-denied`).
    pub code: &'static str,
    /// The resource it is about (`web`, `acme/web`, an ARN).
    pub resource: Option<String>,
    /// Who said why (`AWS`, `Docker`, the system), and the words, unchanged.
    pub said: Option<(&'static str, String)>,
    /// The next step, best as a command that can be typed.
    pub hint: Option<String>,
    /// Longer text between the message and the hint: the failing step's log, a list of what was tried.
    pub details: Vec<String>,
    /// What is wrong in the person's own files. It is shown with its places instead of the message.
    pub problems: Option<(Problems, Sources)>,
}

/// An error on its way to the one place that prints it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// WHAT failed on WHICH resource, in one line without a full stop.
    pub message: String,
    // Boxed: a `Result` carries it everywhere.
    explanation: Box<Explanation>,
}

impl Failure {
    /// An error that needs no type of its own.
    pub fn new(exit: Exit, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            explanation: Box::new(Explanation {
                exit,
                code,
                resource: None,
                said: None,
                hint: None,
                details: Vec::new(),
                problems: None,
            }),
        }
    }

    /// Names the resource.
    #[must_use]
    pub fn resource(self, resource: impl Into<String>) -> Self {
        self.maybe_resource(Some(resource))
    }

    /// Names the resource, where there is one.
    #[must_use]
    pub fn maybe_resource(mut self, resource: Option<impl Into<String>>) -> Self {
        self.resource = resource.map(Into::into);
        self
    }

    /// Quotes the other side.
    #[must_use]
    pub fn said(mut self, who: &'static str, words: impl Into<String>) -> Self {
        self.said = Some((who, words.into()));
        self
    }

    /// Names the next step.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        self.maybe_hint(Some(hint))
    }

    /// Names the next step, where there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hint = hint.map(Into::into);
        self
    }

    /// Adds longer text.
    #[must_use]
    pub fn details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }

    /// Shows what is wrong at its places.
    #[must_use]
    pub fn problems(mut self, problems: Problems, sources: Sources) -> Self {
        self.problems = Some((problems, sources));
        self
    }
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        Self {
            message: error.to_string(),
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
