//! A build whose folder or Dockerfile isn't there, shown where deploy.yaml names it.

use crate::diagnostic::{Failure, Problem, Problems, Sources, Span};
use crate::model::{Image, ImageSource};

/// The failure at its place, where it is of this kind; else as it is.
pub fn at_its_place<'a>(
    failure: Failure,
    images: impl IntoIterator<Item = &'a Image>,
    sources: &Sources,
) -> Failure {
    let Some(span) = place_of(&failure, images) else {
        return failure;
    };
    let mut problem = Problem::error(failure.code, &failure.message, span).label("named here");
    problem.hint.clone_from(&failure.hint);
    let mut problems = Problems::default();
    problems.push(problem);
    failure.problems(problems, sources.clone())
}

fn place_of<'a>(failure: &Failure, images: impl IntoIterator<Item = &'a Image>) -> Option<Span> {
    let name = failure.resource.as_ref()?;
    let image = images.into_iter().find(|image| image.name == *name)?;
    let ImageSource::Build(build) = &image.source else {
        return None;
    };
    match failure.code {
        "context-missing" => build.context_span,
        "dockerfile-missing" => build.dockerfile_span,
        _ => None,
    }
}
