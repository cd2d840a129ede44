//! The error for an invalid file.

use crate::diagnostic::{Explain, Explanation, Level, Problem, Problems, Sources};
use crate::exit::Exit;

/// An invalid file: all its errors and warnings.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// The errors and warnings.
    pub problems: Problems,
    /// The source files that the problems point into.
    pub sources: Sources,
}

impl ConfigError {
    fn first(&self) -> Option<Problem> {
        self.problems
            .clone()
            .sorted()
            .into_iter()
            .find(|problem| problem.level == Level::Error)
    }
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = self.first();
        let message = first
            .as_ref()
            .map_or("invalid deploy.yaml", |problem| &problem.message);
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
        let code = first.as_ref().map_or("invalid-file", |problem| problem.code);
        Explanation::new(Exit::Usage, code)
            .maybe_hint(first.and_then(|problem| problem.hint))
            .problems(self.problems.clone(), self.sources.clone())
    }
}

/// Removes duplicates: an alias repeats a mistake wherever it is used, but it is reported once.
pub(super) fn without_repetitions(problems: &Problems) -> Problems {
    let mut kept: Vec<&Problem> = Vec::new();
    for problem in problems.iter() {
        let is_same = |other: &&Problem| {
            problem.span.is_some() && other.span == problem.span && other.message == problem.message
        };
        if !kept.iter().any(is_same) {
            kept.push(problem);
        }
    }
    let mut unique = Problems::default();
    kept.into_iter().cloned().for_each(|problem| unique.push(problem));
    unique
}
