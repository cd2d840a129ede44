//! Image errors other than those of Docker, AWS and the registry.

use crate::diagnostic::{Failure, Problem, Problems, Sources, Span};
use crate::exit::Exit;
use crate::model::{Digest, Image, ImageSource, Platform};

fn of_image(code: &'static str, resource: &str, message: String) -> Failure {
    Failure::new(Exit::Image, code, message).resource(resource)
}

/// An immutable tag already names another image.
pub(super) fn tag_taken(repository: &str, tag: &str, other: &Digest) -> Failure {
    let message = format!(
        "the tag {repository}:{tag} already exists for another image ({}), and the repository's tags are immutable",
        other.short()
    );
    of_image("tag-taken", repository, message)
        .hint("use a tag that changes with the content, such as ${git.sha}")
}

/// The pushed image doesn't exist in the repository.
pub(super) fn push_lost(repository: &str, digest: &Digest) -> Failure {
    let message = format!("{repository}@{digest} was pushed, but the registry doesn't have it");
    of_image("push-lost", repository, message).hint("push again; a lifecycle rule may have deleted it")
}

/// An image's tag is invalid; `image` is its key.
pub(super) fn bad_tag(image: &str, tag: &str, why: &str) -> Failure {
    of_image(
        "bad-tag",
        image,
        format!("image `{image}`: invalid tag `{tag}`: {why}"),
    )
}

/// A repository's URI has no host.
pub(super) fn bad_repository(uri: &str) -> Failure {
    of_image("bad-repository", uri, format!("invalid repository URI `{uri}`"))
}

/// An image is needed for two platforms, each by a service with this key.
pub(super) fn two_platforms(
    image: &str,
    (first, platform): (&str, &Platform),
    (other, theirs): (&str, &Platform),
) -> Failure {
    let message =
        format!("the image `{image}` is needed for {platform} by {first} and for {theirs} by {other}");
    Failure::new(Exit::Usage, "platform", message)
        .resource(image)
        .hint("an image has one platform: define two images")
}

/// The file builds an image for another platform than that of the base of a service that runs it.
pub(super) fn contradicts_base(
    image: &str,
    platform: &Platform,
    (service, theirs): (&str, &Platform),
) -> Failure {
    let message = format!("the image `{image}` is built for {platform}, but {service} runs on {theirs}");
    Failure::new(Exit::Usage, "platform", message)
        .resource(image)
        .hint(format!(
            "the base of {service} is on {theirs}: build the image for it, or change `runtimePlatform` over the base"
        ))
}

/// The image wasn't built: a bug in ecsctl.
pub(super) fn not_built(image: &str) -> Failure {
    let message = format!("image `{image}` was not built before the push");
    Failure::new(Exit::Unexpected, "defect", message).resource(image)
}

/// There is no AWS session: a bug in ecsctl.
pub(super) fn no_session() -> Failure {
    Failure::new(Exit::Unexpected, "defect", "no AWS session for the push")
}

/// Adds the place in deploy.yaml to a failure of the build source; returns others unchanged.
pub fn at_build_source<'a>(
    failure: Failure,
    images: impl IntoIterator<Item = &'a Image>,
    sources: &Sources,
) -> Failure {
    let Some(span) = span_of(&failure, images) else {
        return failure;
    };
    let mut problem = Problem::error(failure.code, &failure.message, span).label("referenced here");
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
