//! The error for an invalid file.

use crate::diagnostic::{Explain, Explanation, Problem, Problems, Sources};
use crate::exit::Exit;

/// An invalid file: all its errors and warnings.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// The errors and warnings.
    pub problems: Box<Problems>,
    /// The source files that the problems point into.
    pub sources: Sources,
}

impl ConfigError {
    /// Creates the error; one of the problems is an error.
    pub fn new(problems: Problems, sources: Sources) -> Self {
        Self {
            problems: Box::new(problems),
            sources,
        }
    }

    fn first(&self) -> Option<&Problem> {
        self.problems.first_error()
    }
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = self.first();
        let message = first.map_or("invalid deploy.yaml", |problem| &problem.message);
        f.write_str(message)?;
        match self.problems.error_count().saturating_sub(1) {
            0 => Ok(()),
            1 => f.write_str(", and 1 more error"),
            more => write!(f, ", and {more} more errors"),
        }
    }
}

impl std::error::Error for ConfigError {}

impl Explain for ConfigError {
    fn explain(&self) -> Explanation {
        let first = self.first();
        let code = first.map_or("invalid-file", |problem| problem.code);
        Explanation::new(Exit::Usage, code)
            .maybe_hint(first.and_then(|problem| problem.hint.clone()))
            .problems((*self.problems).clone(), self.sources.clone())
    }
}
