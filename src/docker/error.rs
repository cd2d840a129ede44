//! Docker errors and their explanations.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

use super::failed_endpoints::{FailedEndpoint, cure};
use super::hints::build_hint;
use super::hints::push_hint;
use crate::diagnostic::{Explain, Explanation, Failure, Suggestion};
use crate::exit::Exit;
use crate::model::Platform;

/// The number of characters of a step's name that a message shows: a `COPY` may name hundreds of files.
const STEP_NAME: usize = 160;

/// Every error from Docker and its inputs. All of them exit with code 4.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DockerError {
    /// A failure that callers don't need to distinguish.
    #[error("{0}")]
    Failed(Failure),

    /// No daemon responded.
    #[error("{}", no_daemon(.tried, .named_by.as_deref()))]
    NoDaemon {
        /// Each endpoint tried, with its reason.
        tried: Vec<FailedEndpoint>,
        /// What named the endpoint (`DOCKER_HOST`), if anything did.
        named_by: Option<String>,
    },

    /// Something in the context can't be read.
    #[error("the build context can't be read: `{}`: {why}", .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The system's error message.
        why: String,
    },

    /// A build step, or the Dockerfile itself, failed.
    #[error("image `{image}` was not built: {}", .step.as_deref().map_or(Cow::Borrowed("the build failed"), |step| Cow::Owned(format!("step {} failed", shortened(step)))))]
    Build {
        /// The image's key.
        image: String,
        /// The name of the failed step, if a step failed.
        step: Option<String>,
        /// The daemon's error message.
        said: String,
        /// The step's full output.
        log: Vec<String>,
        /// What to do, if the build's own files or logins tell it.
        hint: Option<String>,
    },

    /// The build uses a feature that only BuildKit has.
    #[error("image `{image}`: {feature} need BuildKit, which this Docker daemon does not support")]
    NeedsBuildKit {
        /// The image's key.
        image: String,
        /// The feature: `build secrets`.
        feature: &'static str,
    },

    /// The ssh agent is required but not available.
    #[error("image `{image}`: `ssh` needs an ssh agent: {why}")]
    SshAgent {
        /// The image's key.
        image: String,
        /// The reason.
        why: String,
    },

    /// The image is for another platform.
    #[error("image `{image}` was built for {got} instead of {wanted}")]
    Platform {
        /// The image's key.
        image: String,
        /// The requested platform.
        wanted: Platform,
        /// The platform of the built image.
        got: String,
    },

    /// The daemon stopped responding.
    #[error("the Docker daemon went away during {doing}")]
    Gone {
        /// The operation: `the build of web`.
        doing: String,
        /// The system's error message.
        said: String,
    },

    /// The daemon returned an error.
    #[error("Docker refused {doing}")]
    Refused {
        /// The operation: `the build of web`.
        doing: String,
        /// The HTTP status; 0 when the error came in the stream.
        status: u16,
        /// The daemon's error message.
        said: String,
    },
}

/// How the base image's platform was determined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BasePlatform {
    /// The Dockerfile specifies it.
    Told(Platform),
    /// BuildKit checked it; this is its message.
    Seen(String),
}

fn no_daemon(tried: &[FailedEndpoint], named_by: Option<&str>) -> String {
    match (tried, named_by) {
        ([one], Some(named_by)) => format!("can't connect to a Docker daemon at {} ({named_by})", one.place),
        _ => "can't connect to a Docker daemon".to_owned(),
    }
}

impl Explain for DockerError {
    fn explain(&self) -> Explanation {
        let failed = |code| Explanation::new(Exit::Image, code);
        match self {
            DockerError::Failed(failure) => (**failure).clone(),
            DockerError::NoDaemon { tried, named_by } => failed("no-docker")
                .details(
                    tried
                        .iter()
                        .map(|tried| format!("{}: {}", tried.place, tried.why)),
                )
                .hint(cure(tried, named_by.as_deref())),
            DockerError::Read { path, .. } => failed("context-unreadable")
                .resource(path.to_string_lossy())
                .hint("exclude it in .dockerignore, or make it readable"),
            DockerError::Build {
                image,
                said,
                log,
                hint,
                ..
            } => failed("build-failed")
                .resource(image)
                .said("Docker", said)
                .details(log.clone())
                .maybe_hint(hint.clone().or_else(|| build_hint(said).map(str::to_owned))),
            DockerError::NeedsBuildKit { image, .. } => failed("buildkit-needed")
                .resource(image)
                .hint("unset DOCKER_BUILDKIT=0, or update the daemon to Docker Engine 18.09 or later"),
            DockerError::SshAgent { image, .. } => failed("ssh-agent")
                .resource(image)
                .hint("start one: eval \"$(ssh-agent)\" && ssh-add"),
            DockerError::Platform { image, wanted, .. } => wrong_platform(image, wanted),
            DockerError::Gone { said, .. } => failed("docker-gone")
                .said("the system", said)
                .hint("check the daemon's log (journalctl -u docker), then run the command again"),
            DockerError::Refused { said, .. } => failed("docker-refused").said("Docker", said),
        }
    }
}

/// Explains that an image, or its base, is for a platform other than the requested one.
fn wrong_platform(image: &str, wanted: &Platform) -> Explanation {
    Explanation::new(Exit::Image, "wrong-platform")
        .resource(image)
        .hint(for_platform(wanted))
}

fn for_platform(wanted: &Platform) -> String {
    format!("use a base image available for {wanted}, or set `platform:` to what the task runs on")
}

fn failed(code: &'static str, message: String) -> Failure {
    Failure::new(Exit::Image, code, message)
}

/// Reports that the endpoint named by `named_by` (`DOCKER_HOST`, `the Docker context \`prod\``) is unusable.
pub(super) fn unusable_endpoint(named_by: &str, why: &str, hint: impl Into<Suggestion>) -> DockerError {
    DockerError::Failed(failed("docker-endpoint", format!("{named_by}: {why}")).hint(hint))
}

/// Reports that the context folder `is not there`, or `is not a folder`.
pub(super) fn context_missing(image: &str, path: &Path, why: &str) -> DockerError {
    let message = format!("image `{image}`: the build context `{}` {why}", path.display());
    let failure = failed("context-missing", message).resource(image);
    DockerError::Failed(failure.hint("set `build:` or `context:` to the folder, relative to deploy.yaml"))
}

/// Reports that the Dockerfile `is not there`, or `is not a file`, with the names of files beside it that could be
/// meant.
pub(super) fn dockerfile_missing(image: &str, path: &Path, why: &str, beside: &[String]) -> DockerError {
    let message = format!("image `{image}`: the Dockerfile `{}` {why}", path.display());
    let hint = match beside {
        [] => "set `dockerfile:` to its path relative to deploy.yaml (default: `Dockerfile` in the context)"
            .to_owned(),
        names => {
            let names: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
            format!(
                "{} is in that folder: set `dockerfile:` to its path relative to deploy.yaml",
                names.join(" or ")
            )
        }
    };
    DockerError::Failed(failed("dockerfile-missing", message).resource(image).hint(hint))
}

/// Reports an invalid pattern in a .dockerignore; lines are counted from 1.
pub(super) fn bad_ignore_pattern(file: &Path, line: usize, pattern: &str, why: &str) -> DockerError {
    let (file_name, pattern) = (file.display(), shortened(pattern));
    let message = format!("{file_name}:{line}: invalid pattern `{pattern}`: {why}");
    DockerError::Failed(failed("dockerignore", message).resource(file.to_string_lossy()))
}

/// Reports that a file was truncated while it was being sent.
pub(super) fn context_changed(path: &Path) -> DockerError {
    let message = format!(
        "`{}` was truncated while it was being sent to Docker",
        path.display()
    );
    let failure = failed("context-changed", message).resource(path.to_string_lossy());
    DockerError::Failed(failure.hint("run the command again when nothing writes to the folder"))
}

/// Reports that a build secret has no value.
pub(crate) fn no_build_secret(image: &str, id: &str, why: &str) -> DockerError {
    let message = format!("image `{image}`: the build secret `{id}` has no value: {why}");
    DockerError::Failed(failed("build-secret", message).resource(image))
}

/// Reports that the base image, named on a line of the Dockerfile, is for a platform other than the requested
/// one, regardless of the platform that BuildKit recorded in the result.
pub(super) fn wrong_base(image: &str, wanted: &Platform, line: usize, has: &BasePlatform) -> DockerError {
    let message =
        format!("image `{image}` uses a base image that is not for {wanted} (line {line} of its Dockerfile)");
    let failure = failed("wrong-platform", message)
        .resource(image)
        .hint(for_platform(wanted));
    DockerError::Failed(match has {
        BasePlatform::Told(platform) => failure.said("the Dockerfile", format!("--platform={platform}")),
        BasePlatform::Seen(said) => failure.said("Docker", said),
    })
}

/// Reports that the daemon's response can't be parsed.
pub(super) fn unreadable_answer(doing: &str, why: impl fmt::Display) -> DockerError {
    let message = format!("unexpected response from Docker to {doing}: {why}");
    DockerError::Failed(failed("docker-answer", message))
}

/// Reports that the push of `repository:tag` failed, with the daemon's message, which includes the
/// registry's.
pub(super) fn push_failed(reference: &str, said: &str) -> DockerError {
    let failure = failed("push-failed", format!("failed to push {reference}")).resource(reference);
    DockerError::Failed(failure.said("Docker", said).maybe_hint(push_hint(said)))
}

fn shortened(step: &str) -> Cow<'_, str> {
    match step.char_indices().nth(STEP_NAME) {
        Some((end, _)) => Cow::Owned(format!("{}…", step.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(step),
    }
}
