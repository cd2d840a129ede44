//! A build whose context or Dockerfile is missing, shown where deploy.yaml names it.

use crate::diagnostic::{Failure, Problem, Problems, Sources, Span};
use crate::model::{Image, ImageSource};

/// The failure with its place in deploy.yaml, where it is of this kind; else unchanged.
pub fn at_build_source<'a>(
    failure: Failure,
    images: impl IntoIterator<Item = &'a Image>,
    sources: &Sources,
) -> Failure {
    let Some(span) = span_of(&failure, images) else {
        return failure;
    };
    let mut problem = Problem::error(failure.code, &failure.message, span).label("named here");
    problem.hint.clone_from(&failure.hint);
    let mut problems = Problems::default();
    problems.push(problem);
    failure.problems(problems, sources.clone())
}

fn span_of<'a>(failure: &Failure, images: impl IntoIterator<Item = &'a Image>) -> Option<Span> {
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
