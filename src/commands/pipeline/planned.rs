//! Why there is no plan: all reasons together, as one error.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::{Explain, Problems, Sources};
use crate::exit::Exit;
use crate::plan::PlanError;

/// A plan could not be made. Nothing was changed on AWS.
#[derive(Debug)]
pub struct PlanFailed {
    first: PlanError,
    rest: Vec<PlanError>,
    problems: Problems,
    sources: Sources,
}

impl PlanFailed {
    /// Of what `plan::make` found, which is never nothing.
    pub fn new(errors: Vec<PlanError>, sources: Sources) -> Self {
        let mut problems = Problems::default();
        let placed: Option<Vec<_>> = errors.iter().map(PlanError::problem).collect();
        placed.into_iter().flatten().for_each(|it| problems.push(it));
        let mut errors = errors.into_iter();
        let first = errors.next().unwrap_or(PlanError::NotObserved {
            service: "the services".to_owned(),
        });
        Self {
            first,
            rest: errors.collect(),
            problems,
            sources,
        }
    }
}

impl fmt::Display for PlanFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)
    }
}

impl std::error::Error for PlanFailed {}

impl Explain for PlanFailed {
    fn exit(&self) -> Exit {
        let all = std::iter::once(&self.first).chain(&self.rest);
        all.map(Explain::exit)
            .find(|exit| *exit == Exit::Usage)
            .unwrap_or(self.first.exit())
    }

    fn code(&self) -> &'static str {
        self.first.code()
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        self.first.resource()
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        self.first.said()
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        self.first.hint()
    }

    fn details(&self) -> Vec<String> {
        let rest = self.rest.iter().flat_map(|error| {
            let hint = error.hint().map(|hint| format!("  hint: {hint}"));
            std::iter::once(format!("and: {error}")).chain(hint)
        });
        self.first.details().into_iter().chain(rest).collect()
    }

    /// Shown at their places where every one of them has one.
    fn problems(&self) -> Option<(&Problems, &Sources)> {
        (!self.problems.is_empty()).then_some((&self.problems, &self.sources))
    }
}
