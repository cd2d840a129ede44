//! What goes wrong with Docker, in words.

use std::borrow::Cow;
use std::path::PathBuf;

use super::hints::build_hint;
use super::hints::push_hint;
use super::tried::{Tried, cure};
use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;
use crate::model::Platform;

/// Everything that Docker, or what we hand to it, can fail with. All of it ends in exit 4.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DockerError {
    /// No daemon answered.
    #[error("{}", no_daemon(.tried, .named_by.as_deref()))]
    NoDaemon {
        /// Each place, with its reason.
        tried: Vec<Tried>,
        /// What named the place (`DOCKER_HOST`), when something did.
        named_by: Option<String>,
    },

    /// What names the daemon can't be used.
    #[error("{named_by}: {why}")]
    Endpoint {
        /// `DOCKER_HOST`, `the Docker context \`prod\``.
        named_by: String,
        /// What is wrong with it.
        why: String,
        /// What to do.
        hint: String,
    },

    /// The context folder is not there, or no folder.
    #[error("image `{image}`: the build context `{}` {why}", .path.display())]
    Context {
        /// The image's key.
        image: String,
        /// The folder.
        path: PathBuf,
        /// `is not there`, `is not a folder`.
        why: &'static str,
    },

    /// The Dockerfile is not there.
    #[error("image `{image}`: the Dockerfile `{}` {why}", .path.display())]
    Dockerfile {
        /// The image's key.
        image: String,
        /// The file.
        path: PathBuf,
        /// `is not there`, `is a folder`.
        why: &'static str,
    },

    /// A line of a .dockerignore is no pattern.
    #[error("{}:{line}: `{pattern}` is not a pattern: {why}", .file.display())]
    Ignore {
        /// The ignore file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// As written.
        pattern: String,
        /// What is wrong.
        why: &'static str,
    },

    /// Something in the context can't be read.
    #[error("the build context can't be read: `{}`: {why}", .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        why: String,
    },

    /// A file became shorter while it was sent.
    #[error("`{}` became shorter while it was being sent to Docker", .path.display())]
    Shrunk {
        /// The file.
        path: PathBuf,
    },

    /// A build step, or the Dockerfile itself, failed.
    #[error("image `{image}` was not built: {}", .step.as_deref().map_or(Cow::Borrowed("the build failed"), |step| Cow::Owned(format!("step {step} failed"))))]
    Build {
        /// The image's key.
        image: String,
        /// The step's name, when one failed.
        step: Option<String>,
        /// The daemon's words.
        said: String,
        /// All that the step printed.
        log: Vec<String>,
    },

    /// A feature that only BuildKit has.
    #[error("image `{image}`: {feature} need BuildKit, which this Docker daemon does not have")]
    NeedsBuildKit {
        /// The image's key.
        image: String,
        /// `build secrets`.
        feature: &'static str,
    },

    /// A build secret has no value.
    #[error("image `{image}`: the build secret `{id}` has no value: {why}")]
    Secret {
        /// The image's key.
        image: String,
        /// The secret's id.
        id: String,
        /// Why.
        why: String,
    },

    /// The ssh agent was asked for and isn't there.
    #[error("image `{image}`: `ssh` is asked for, and there is no ssh agent: {why}")]
    SshAgent {
        /// The image's key.
        image: String,
        /// Why.
        why: String,
    },

    /// The image is for another platform.
    #[error("image `{image}` is {got}, and {wanted} was asked for")]
    Platform {
        /// The image's key.
        image: String,
        /// What was asked for.
        wanted: Platform,
        /// What was built.
        got: String,
    },

    /// The base image is for another platform, whatever BuildKit has written on the result.
    #[error(
        "image `{image}` stands on a base image that is not for {wanted} (line {line} of its Dockerfile)"
    )]
    BasePlatform {
        /// The image's key.
        image: String,
        /// What was asked for.
        wanted: Platform,
        /// Where the Dockerfile names the base image.
        line: usize,
        /// The platform that it has.
        has: Box<BaseHas>,
    },

    /// The daemon stopped answering.
    #[error("the Docker daemon went away during {doing}")]
    Gone {
        /// `the build of web`.
        doing: String,
        /// The system's words.
        said: String,
    },

    /// The daemon answered with an error.
    #[error("Docker refused {doing}")]
    Refused {
        /// `the build of web`.
        doing: String,
        /// The HTTP status; 0 when the error came in the stream.
        status: u16,
        /// The daemon's words.
        said: String,
    },

    /// The daemon answered something that can't be understood.
    #[error("Docker's answer to {doing} can't be understood: {why}")]
    Answer {
        /// What was asked.
        doing: String,
        /// What is wrong with it.
        why: String,
    },

    /// A push failed.
    #[error("{reference} was not pushed")]
    Push {
        /// `repository:tag`.
        reference: String,
        /// The daemon's words, the registry's in them.
        said: String,
    },
}

/// How a base image's platform is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BaseHas {
    /// The Dockerfile asks for it.
    Told(Platform),
    /// BuildKit has looked, and these are its words.
    Seen(String),
}

fn no_daemon(tried: &[Tried], named_by: Option<&str>) -> String {
    match (tried, named_by) {
        ([one], Some(named_by)) => format!("no Docker daemon answers at {} ({named_by})", one.place),
        _ => "no Docker daemon answers".to_owned(),
    }
}

impl Explain for DockerError {
    fn explain(&self) -> Explanation {
        let failed = |code| Explanation::new(Exit::Image, code);
        match self {
            DockerError::NoDaemon { tried, named_by } => failed("no-docker")
                .details(
                    tried
                        .iter()
                        .map(|tried| format!("{}: {}", tried.place, tried.why)),
                )
                .hint(cure(tried, named_by.as_deref())),
            DockerError::Endpoint { hint, .. } => failed("docker-endpoint").hint(hint),
            DockerError::Context { image, .. } => failed("context-missing")
                .resource(image)
                .hint("`build:` or `context:` names the folder, relative to deploy.yaml"),
            DockerError::Dockerfile { image, .. } => failed("dockerfile-missing").resource(image).hint(
                "`dockerfile:` names the file, relative to deploy.yaml; \
                 without it, it is `Dockerfile` in the context",
            ),
            DockerError::Ignore { file, .. } => failed("dockerignore").resource(file.to_string_lossy()),
            DockerError::Read { path, .. } => failed("context-unreadable")
                .resource(path.to_string_lossy())
                .hint("exclude it in .dockerignore, or make it readable"),
            DockerError::Shrunk { path } => failed("context-changed")
                .resource(path.to_string_lossy())
                .hint("run it again when nothing writes to the folder"),
            DockerError::Build { image, said, log, .. } => failed("build-failed")
                .resource(image)
                .said("Docker", said)
                .details(log.clone())
                .maybe_hint(build_hint(said)),
            DockerError::NeedsBuildKit { image, .. } => failed("buildkit-needed")
                .resource(image)
                .hint("unset DOCKER_BUILDKIT=0, or update the daemon to Docker Engine 18.09 or later"),
            DockerError::Secret { image, .. } => failed("build-secret").resource(image),
            DockerError::SshAgent { image, .. } => failed("ssh-agent")
                .resource(image)
                .hint("start one: eval \"$(ssh-agent)\" && ssh-add"),
            DockerError::Platform { image, wanted, .. } => wrong_platform(image, wanted),
            DockerError::BasePlatform {
                image, wanted, has, ..
            } => match has.as_ref() {
                BaseHas::Told(platform) => {
                    wrong_platform(image, wanted).said("the Dockerfile", format!("--platform={platform}"))
                }
                BaseHas::Seen(said) => wrong_platform(image, wanted).said("Docker", said),
            },
            DockerError::Gone { said, .. } => failed("docker-gone")
                .said("the system", said)
                .hint("see the daemon's log: journalctl -u docker; then run it again"),
            DockerError::Refused { said, .. } => failed("docker-refused").said("Docker", said),
            DockerError::Answer { .. } => failed("docker-answer"),
            DockerError::Push { reference, said } => failed("push-failed")
                .resource(reference)
                .said("Docker", said)
                .maybe_hint(push_hint(said)),
        }
    }
}

/// An image, or its base, is for another platform than the wanted one.
fn wrong_platform(image: &str, wanted: &Platform) -> Explanation {
    Explanation::new(Exit::Image, "wrong-platform")
        .resource(image)
        .hint(format!(
            "use a base image that exists for {wanted}, or set `platform:` to what the task runs on"
        ))
}
