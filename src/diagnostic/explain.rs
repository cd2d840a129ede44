//! How an error tells a person, and a script, what to do about it.

use std::borrow::Cow;
use std::fmt;

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
}

/// Any typed error on its way to the one place that prints it.
#[derive(Debug)]
pub struct Failure(Box<dyn Explain>);

impl Failure {
    /// The error as it was thrown.
    pub fn inner(&self) -> &dyn Explain {
        self.0.as_ref()
    }
}

impl<E: Explain + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(Box::new(error))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
