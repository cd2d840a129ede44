//! What goes wrong with images beyond Docker, AWS and the registry themselves.

use crate::diagnostic::{Explain, Explanation, Failure, Problem, Problems, Sources, Span};
use crate::exit::Exit;
use crate::model::{Digest, Image, ImageSource};

/// An image could not be brought to where it is needed.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// A tag that may not move names another image.
    #[error("the tag {repository}:{tag} names another image ({}), and the repository's settings make it immutable", .other.short())]
    TagTaken {
        /// The repository's name.
        repository: String,
        /// The tag.
        tag: String,
        /// What it names.
        other: Digest,
    },
    /// What was pushed isn't there.
    #[error("{repository}@{digest} was pushed, and the registry does not have it")]
    NotThere {
        /// The repository's name.
        repository: String,
        /// What was pushed.
        digest: Digest,
    },
    /// A tag is no tag.
    #[error("image `{image}`: `{tag}` is not a tag: {why}")]
    BadTag {
        /// The image's key.
        image: String,
        /// As the file has it.
        tag: String,
        /// What is wrong.
        why: &'static str,
    },
    /// A repository's URI has no host.
    #[error("`{uri}` is not a repository's address")]
    BadRepository {
        /// As it was observed.
        uri: String,
    },
    /// Nothing was built: a defect.
    #[error("image `{image}` was not built before it was to be pushed")]
    NotReady {
        /// The image's key.
        image: String,
    },
    /// There is no session with AWS: a defect.
    #[error("there is no session with AWS to push with")]
    NoSession,
}

impl Explain for ImageError {
    fn explain(&self) -> Explanation {
        let of_image = |code| Explanation::new(Exit::Image, code);
        let defect = Explanation::new(Exit::Unexpected, "defect");
        match self {
            ImageError::TagTaken { repository, .. } => of_image("tag-taken")
                .resource(repository)
                .hint("use a tag that changes with the content, as ${git.sha} does"),
            ImageError::NotThere { repository, .. } => of_image("push-lost")
                .resource(repository)
                .hint("push again; a lifecycle rule may have taken it away"),
            ImageError::BadTag { image, .. } => of_image("bad-tag").resource(image),
            ImageError::BadRepository { uri } => of_image("bad-repository").resource(uri),
            ImageError::NotReady { image } => defect.resource(image),
            ImageError::NoSession => defect,
        }
    }
}

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
