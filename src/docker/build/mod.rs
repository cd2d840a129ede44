//! Builds an image: by BuildKit with a session if the daemon has it, else by the classic builder.

use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;

use bollard::models::BuildInfoAux;
use sha2::{Digest as _, Sha256};
use tokio::sync::watch;

use super::context::{BuildContext, upload};
use super::daemon::Daemon;
use super::error::{BasePlatform, DockerError, unreadable_answer, wrong_base};
use super::hints::{is_login_wanted, is_transient};
use super::image::BuiltImage;
use super::json_lines::JsonLines;
use super::logins::Logins;
use super::session::{Secrets, Session, SessionServices, StoredSecrets};
use crate::files;
use crate::model::{Build, BuildEvent, hex};
use base_image::BaseImage;
use build_result::{BuildMessage, BuildResult, ErrorDetail};
use classic::ClassicBuildLog;
use context_progress::ContextProgress;
use progress::BuildProgress;

mod base_image;
mod build_result;
mod classic;
mod context_progress;
mod excluded;
mod frontend;
mod options;
mod progress;
mod step_log;

pub(super) use options::auth_config;

/// The inputs of a build.
#[derive(Clone, Debug)]
pub(crate) struct BuildSpec<'a> {
    /// The image's key in deploy.yaml.
    pub(crate) image: &'a str,
    /// The build configuration.
    pub(crate) build: &'a Build,
    /// Logins for base images.
    pub(crate) logins: Logins,
    /// Whether the classic builder is requested (`DOCKER_BUILDKIT=0`).
    pub(crate) classic: bool,
    /// The ssh agent's socket (`SSH_AUTH_SOCK`).
    pub(crate) ssh_agent: Option<PathBuf>,
    /// The values of build secrets that are stored in AWS.
    pub(crate) stored: Arc<StoredSecrets>,
}

/// A built image with the build's statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BuildOutput {
    /// The image.
    pub(crate) image: BuiltImage,
    /// Number of Dockerfile steps.
    pub(crate) steps: u32,
    /// Number of steps from the cache.
    pub(crate) cached: u32,
}

/// How many times a build is run again after a transient error: on a busy daemon one follows another.
const RETRIES: usize = 2;

impl Daemon {
    /// Builds an image. Dropping the future cancels the build: the daemon sees the connection close.
    pub(crate) async fn build(
        &self,
        spec: &BuildSpec<'_>,
        on: &(dyn Fn(BuildEvent) + Sync),
    ) -> Result<BuildOutput, DockerError> {
        let context = BuildContext::open(spec.image, &spec.build.context, &spec.build.dockerfile)?;
        let mut built = self.build_once(spec, &context, on).await;
        for _ in 0..RETRIES {
            let Some(reason) = transient_error(&built) else {
                break;
            };
            on(BuildEvent::Retried { reason });
            built = self.build_once(spec, &context, on).await;
        }
        let (told, image) = built.map_err(|error| self.explained(error, spec, &context))?;
        let image = image.ok_or_else(|| {
            let why = format!("it names the image {}, which doesn't exist", told.id);
            unreadable_answer(&doing(spec), why)
        })?;
        if !image.platform.runs_as(&spec.build.platform) {
            return Err(DockerError::Platform {
                image: spec.image.to_owned(),
                wanted: spec.build.platform.clone(),
                got: image.platform.to_string(),
            });
        }
        Ok(BuildOutput {
            image,
            steps: told.steps,
            cached: told.cached,
        })
    }

    /// Builds once; the image is None if another client removed it at once (`docker image prune`).
    async fn build_once(
        &self,
        spec: &BuildSpec<'_>,
        context: &BuildContext,
        on: &(dyn Fn(BuildEvent) + Sync),
    ) -> Result<(BuildResult, Option<BuiltImage>), DockerError> {
        let told = if self.has_buildkit() && !spec.classic {
            self.build_with_buildkit(spec, context.clone(), on).await?
        } else {
            self.build_classic(spec, context.clone(), on).await?
        };
        let image = self.inspect(&told.id).await?;
        Ok((told, image))
    }

    /// Adds what the build's own files and logins tell of a failure.
    fn explained(&self, error: DockerError, spec: &BuildSpec<'_>, context: &BuildContext) -> DockerError {
        let DockerError::Build {
            image,
            step,
            said,
            log,
            hint: None,
        } = error
        else {
            return error;
        };
        let of_frontend = || {
            // A builder that is not Docker's has neither BuildKit nor its frontends.
            self.has_buildkit()
                .then(|| frontend::hint(&said, &text_of(context), spec.classic))?
        };
        let of_login = || is_login_wanted(&said).then(|| spec.logins.fault())?;
        let hint = excluded::hint(context, &said, step.as_deref())
            .or_else(of_frontend)
            .or_else(of_login);
        DockerError::Build {
            image,
            step,
            said,
            log,
            hint,
        }
    }

    async fn build_with_buildkit(
        &self,
        spec: &BuildSpec<'_>,
        context: BuildContext,
        on: &(dyn Fn(BuildEvent) + Sync),
    ) -> Result<BuildResult, DockerError> {
        let doing = doing(spec);
        let query = options::buildkit(spec.build, &context.dockerfile);
        let base = BaseImage::of(&text_of(&context), spec.build.target.as_deref());
        if let Some((base, told)) = base
            .as_ref()
            .and_then(|it| Some((it, it.told(&spec.build.platform)?)))
        {
            return Err(base_error(spec, base, BasePlatform::Told(told)));
        }
        let shared_key = shared_key(&context).await;
        let services = SessionServices {
            context,
            logins: spec.logins.clone(),
            secrets: secrets(spec).await?,
            ssh: ssh_agent(spec)?,
        };
        on(BuildEvent::Started);
        let session = Session::open(self, random_id(), &shared_key, services, &doing).await?;
        let mut query = query;
        query.add("session", &session.id);
        let told = self.run_buildkit(query.as_str(), base.as_ref(), spec, on).await;
        // A failure in the session is the cause of the daemon's error.
        match session.fault.take() {
            Some(fault) if told.is_err() => Err(fault),
            _ => told,
        }
    }

    async fn run_buildkit(
        &self,
        query: &str,
        base: Option<&BaseImage>,
        spec: &BuildSpec<'_>,
        on: &(dyn Fn(BuildEvent) + Sync),
    ) -> Result<BuildResult, DockerError> {
        let doing = doing(spec);
        let request = super::daemon::empty(http::Method::POST, &format!("/build{query}"), &doing)?;
        let reply = self
            .send(request, &doing)
            .await
            .map_err(|error| failed(spec, error))?;
        let mut lines = JsonLines::new(reply, &doing);
        let mut progress = BuildProgress::default();
        let mut id = None;
        while let Some(mut line) = lines.next::<BuildMessage>().await? {
            if let Some(ErrorDetail { message: said }) = line.error_detail {
                let (step, log) = progress.failed().unzip();
                return Err(build_error(spec, step, said, log));
            }
            match line.aux() {
                Some(BuildInfoAux::BuildKit(report)) => {
                    if let Some((base, said)) = base.and_then(|it| Some((it, it.objection(&report)?))) {
                        return Err(base_error(spec, base, BasePlatform::Seen(said)));
                    }
                    progress.report(report).into_iter().for_each(on);
                }
                Some(BuildInfoAux::Default(image)) => id = image.id,
                None => {}
            }
        }
        let (steps, cached) = progress.counts();
        BuildResult::new(id, steps, cached, &doing)
    }

    async fn build_classic(
        &self,
        spec: &BuildSpec<'_>,
        context: BuildContext,
        on: &(dyn Fn(BuildEvent) + Sync),
    ) -> Result<BuildResult, DockerError> {
        for (is_asked_for, feature) in [
            (!spec.build.secrets.is_empty(), "build secrets"),
            (spec.build.ssh, "ssh mounts"),
        ] {
            if is_asked_for {
                return Err(DockerError::NeedsBuildKit {
                    image: spec.image.to_owned(),
                    feature,
                });
            }
        }
        let doing = doing(spec);
        let logins = options::logins_header(&context.dockerfile, &spec.logins).await;
        on(BuildEvent::Started);
        let mut upload = upload(context);
        let query = options::classic(spec.build, &upload.dockerfile);
        let request = http::Request::post(format!("/build{}", query.as_str()))
            .header(http::header::CONTENT_TYPE, "application/x-tar")
            .header("x-registry-config", logins)
            .body(upload.body)
            .map_err(|error| unreadable_answer(&doing, error))?;
        let told = self.run_classic(request, upload.sent, spec, on).await;
        if told.is_ok() {
            return told;
        }
        // A context that could not be read is the cause of the daemon's error.
        match (&mut upload.reading.0).await {
            Ok(Err(error)) => Err(error),
            _ => told,
        }
    }

    async fn run_classic(
        &self,
        request: http::Request<super::context::TarBody>,
        mut sent: watch::Receiver<u64>,
        spec: &BuildSpec<'_>,
        on: &(dyn Fn(BuildEvent) + Sync),
    ) -> Result<BuildResult, DockerError> {
        let doing = doing(spec);
        let mut context = ContextProgress::default();
        let mut reply = pin!(self.send(request, &doing));
        let reply = loop {
            tokio::select! {
                biased;
                reply = &mut reply => break reply,
                Ok(()) = sent.changed() => {
                    context.sent(*sent.borrow_and_update()).into_iter().for_each(on);
                }
            }
        };
        let reply = reply.map_err(|error| failed(spec, error))?;
        let mut lines = JsonLines::new(reply, &doing);
        let mut printed = ClassicBuildLog::default();
        let mut id = None;
        while let Some(mut line) = lines.next::<BuildMessage>().await? {
            if let Some(ErrorDetail { message: said }) = line.error_detail {
                let (step, log) = printed.failed().unzip();
                return Err(build_error(spec, step, said, log));
            }
            if line.is_pull() {
                printed.pulls();
            }
            if let Some(text) = &line.stream {
                printed.print(text).into_iter().for_each(on);
            }
            if let Some(BuildInfoAux::Default(image)) = line.aux() {
                id = image.id;
            }
        }
        printed.end().into_iter().for_each(on);
        let (steps, cached) = printed.counts();
        BuildResult::new(id, steps, cached, &doing)
    }
}

/// Returns the error of a build that is likely to succeed when it is run again.
fn transient_error(built: &Result<(BuildResult, Option<BuiltImage>), DockerError>) -> Option<String> {
    match built {
        Err(DockerError::Build { said, .. }) if is_transient(said) => Some(said.clone()),
        Ok((told, None)) => Some(format!("No such image: {}", told.id)),
        _ => None,
    }
}

/// Returns the name of the daemon's copy of a context, of which it requests again what has another time. Contents
/// whose times say nothing get a copy of their own.
async fn shared_key(context: &BuildContext) -> String {
    let read = context.clone();
    let digest = tokio::task::spawn_blocking(move || read.digest_of_set_times()).await;
    let digest = digest.ok().flatten();
    let root = context.root.as_os_str().as_encoded_bytes();
    match &digest {
        Some(digest) => digest_of(&[b"ecsctl context", root, digest]),
        None => digest_of(&[b"ecsctl context", root]),
    }
}

fn text_of(context: &BuildContext) -> String {
    let text = files::read(&context.dockerfile, files::MAX_CONFIG).unwrap_or_default();
    String::from_utf8_lossy(&text).into_owned()
}

fn doing(spec: &BuildSpec<'_>) -> String {
    format!("the build of {}", spec.image)
}

fn build_error(
    spec: &BuildSpec<'_>,
    step: Option<String>,
    said: String,
    log: Option<Vec<String>>,
) -> DockerError {
    DockerError::Build {
        image: spec.image.to_owned(),
        step,
        said,
        log: log.unwrap_or_default(),
        hint: None,
    }
}

fn base_error(spec: &BuildSpec<'_>, base: &BaseImage, has: BasePlatform) -> DockerError {
    wrong_base(spec.image, &spec.build.platform, base.line, &has)
}

/// Converts an error response to a build failure: a request refused before the first step is mostly due to
/// the Dockerfile.
fn failed(spec: &BuildSpec<'_>, error: DockerError) -> DockerError {
    match error {
        DockerError::Refused { said, .. } => build_error(spec, None, said, None),
        other => other,
    }
}

/// Reads the build secrets off the event loop: a signal must end a program that waits for a pipe.
async fn secrets(spec: &BuildSpec<'_>) -> Result<Secrets, DockerError> {
    let (image, sources) = (spec.image.to_owned(), spec.build.secrets.clone());
    let stored = Arc::clone(&spec.stored);
    let reading = tokio::task::spawn_blocking(move || Secrets::read(&image, &sources, &stored));
    reading
        .await
        .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

fn ssh_agent(spec: &BuildSpec<'_>) -> Result<Option<PathBuf>, DockerError> {
    if !spec.build.ssh {
        return Ok(None);
    }
    let missing = |why: String| DockerError::SshAgent {
        image: spec.image.to_owned(),
        why,
    };
    match &spec.ssh_agent {
        None => Err(missing("SSH_AUTH_SOCK is not set".to_owned())),
        Some(socket) if socket.exists() => Ok(Some(socket.clone())),
        Some(socket) => Err(missing(format!(
            "SSH_AUTH_SOCK names `{}`, which doesn't exist",
            socket.display()
        ))),
    }
}

/// Returns a unique session id.
fn random_id() -> String {
    use std::hash::{BuildHasher, RandomState};
    let random: Vec<u8> = (0..4u8)
        .flat_map(|number| RandomState::new().hash_one(number).to_be_bytes())
        .collect();
    let process = std::process::id().to_be_bytes();
    let now = jiff::Timestamp::now().as_nanosecond().to_be_bytes();
    digest_of(&[&random, &process, &now])[..32].to_owned()
}

fn digest_of(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hex(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn session_ids_differ() {
        let (one, other) = (random_id(), random_id());
        assert_ne!(one, other);
        assert_eq!(one.len(), 32);
    }
}
