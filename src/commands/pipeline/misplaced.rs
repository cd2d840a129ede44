//! A build whose folder or Dockerfile isn't there, shown where deploy.yaml names it.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::{Explain, Failure, Problem, Problems, Sources, Span};
use crate::exit::Exit;
use crate::model::{Image, ImageSource};

/// What can't be built for want of a folder or a file, with the place that names it.
#[derive(Debug)]
struct Misplaced {
    failure: Failure,
    problems: Problems,
    sources: Sources,
}

/// The failure at its place, where it is of this kind; else as it is.
pub fn at_its_place<'a>(
    failure: Failure,
    images: impl IntoIterator<Item = &'a Image>,
    sources: &Sources,
) -> Failure {
    let Some(span) = place_of(failure.inner(), images) else {
        return failure;
    };
    let error = failure.inner();
    let problem = Problem::error(error.code(), error.to_string(), span).label("named here");
    let mut problems = Problems::default();
    problems.push(match error.hint() {
        Some(hint) => problem.hint(hint),
        None => problem,
    });
    Failure::from(Misplaced {
        failure,
        problems,
        sources: sources.clone(),
    })
}

fn place_of<'a>(error: &dyn Explain, images: impl IntoIterator<Item = &'a Image>) -> Option<Span> {
    let name = error.resource()?;
    let image = images.into_iter().find(|image| image.name == name)?;
    let ImageSource::Build(build) = &image.source else {
        return None;
    };
    match error.code() {
        "context-missing" => build.context_span,
        "dockerfile-missing" => build.dockerfile_span,
        _ => None,
    }
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(f)
    }
}

impl std::error::Error for Misplaced {}

impl Explain for Misplaced {
    fn exit(&self) -> Exit {
        self.failure.inner().exit()
    }

    fn code(&self) -> &'static str {
        self.failure.inner().code()
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        self.failure.inner().resource()
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        self.failure.inner().hint()
    }

    fn problems(&self) -> Option<(&Problems, &Sources)> {
        Some((&self.problems, &self.sources))
    }
}
