//! How the watch of a service ended.

use std::sync::Arc;

use super::result::ServiceResult;
use crate::diagnostic::{Explain, Explanation, Failure, Suggestion};
use crate::engine::polling::{ReadError, Severity};
use crate::exit::Exit;
use crate::model::TaskFailure;
use crate::verdict::{Judge, WatchRequest, WatchTarget};

/// How the watch of a service ended.
#[derive(Debug)]
pub enum WatchResult {
    /// The watch ended with a verdict.
    Ended(Box<ServiceResult>),
    /// A rollback was requested before there was a verdict.
    Cut(WatchProgress),
    /// The service doesn't exist.
    NotFound(NoSuchService),
    /// The service can no longer be watched; the rollout continues.
    Unwatchable(Unwatchable),
}

/// How far a rollout got before its watch was cut off.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchProgress {
    /// The watch request, with the observed revision if none was given.
    pub request: WatchRequest,
    /// The deployment in progress, if one was seen.
    pub in_progress: Option<WatchTarget>,
    /// The failures so far.
    pub failures: Vec<TaskFailure>,
}

impl WatchProgress {
    /// The progress of a service that hasn't been polled yet.
    pub fn unseen(request: WatchRequest) -> Self {
        Self {
            in_progress: Judge::new(request.clone()).in_progress(),
            request,
            failures: Vec::new(),
        }
    }
}

/// A rollout that ecsctl can't watch until it ends. It continues in ECS.
#[derive(Clone, Debug)]
pub struct Unwatchable {
    /// The error, shared by services whose watches ended together.
    pub cause: Arc<ReadError>,
    /// Whether ECS had responded before the error.
    pub had_begun: bool,
    /// How far the rollout got.
    pub progress: WatchProgress,
}

impl Unwatchable {
    /// One failure for each error, covering all services whose watches it ended.
    pub fn failures(unwatchable: &[Self]) -> Vec<Failure> {
        let mut groups: Vec<(&Self, Vec<String>)> = Vec::new();
        for it in unwatchable {
            let service = it.progress.request.service.clone();
            match groups
                .iter_mut()
                .find(|(known, _)| Arc::ptr_eq(&known.cause, &it.cause))
            {
                Some((_, services)) => services.push(service),
                None => groups.push((it, vec![service])),
            }
        }
        let failures = groups.into_iter();
        failures
            .map(|(it, services)| failure(&services, it.had_begun, it.cause.as_ref().clone()))
            .collect()
    }
}

fn failure(services: &[String], had_begun: bool, cause: ReadError) -> Failure {
    let ReadError {
        severity,
        mut failure,
    } = cause;
    let names = services.join(", ");
    failure.message = match (had_begun, severity) {
        (true, _) => format!("can no longer watch {names}: {failure}"),
        // Nothing was watched: show the error alone.
        (false, Severity::Fatal) => failure.message,
        (false, _) => format!("can't watch {names}: {failure}"),
    };
    failure.resource = match services {
        [one] => Some(one.clone()),
        _ => None,
    };
    let again = Suggestion::command("wait", services.join(" "));
    let continues = Suggestion::from("the rollout continues; ");
    failure.hint = match (severity, failure.hint.take()) {
        (Severity::Fatal, hint) => hint,
        (Severity::Credentials, _) => Some(
            continues
                .then("log in again (aws sso login, or new keys), then ")
                .then(again),
        ),
        (Severity::Denied, Some(hint)) => Some(continues.then(hint).then(", then ").then(again)),
        _ => Some(continues.then(again)),
    };
    failure
}

/// A service without a deployment in progress, because it doesn't exist or is being deleted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchService {
    /// MISSING or INACTIVE.
    #[error("service {0} doesn't exist")]
    Missing(String),
    /// DRAINING: it was deleted, and its last tasks are stopping.
    #[error("service {0} was deleted and is draining: no deployment in progress")]
    Draining(String),
}

impl NoSuchService {
    /// Returns the ECS service name.
    pub fn service(&self) -> &str {
        match self {
            Self::Missing(name) | Self::Draining(name) => name,
        }
    }
}

impl Explain for NoSuchService {
    fn explain(&self) -> Explanation {
        let (name, hint) = match self {
            Self::Missing(name) => (
                name,
                Suggestion::command("deploy", format!("--only {name}")).then(" creates it"),
            ),
            Self::Draining(name) => (
                name,
                Suggestion::command("status", name.clone()).then(" shows its remaining tasks"),
            ),
        };
        Explanation::new(Exit::Preflight, "no-such-service")
            .resource(name)
            .hint(hint)
    }
}
