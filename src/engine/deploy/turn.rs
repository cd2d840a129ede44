//! `--if-in-progress`: whether a service may be changed now, and the wait for another deployment to end.

use std::cell::OnceCell;

use jiff::{SignedDuration, Timestamp};

use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::ecs::{DeploymentStrategy, RolloutState, Service};
use crate::engine::Run;
use crate::engine::apply::{ApplyError, wait_command};
use crate::engine::polling::Poller;
use crate::engine::rollback::newest_open;
use crate::engine::watch::ServiceResult;
use crate::exit::Exit;
use crate::verdict::{TIMEOUT, Verdict, default_timeout};

/// What to do when another deployment of a service is in progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IfInProgress {
    /// Replace it, as ECS does.
    #[default]
    Replace,
    /// Wait for its end, then look and plan again.
    Wait,
    /// Change nothing (exit 7).
    Fail,
}

/// The turn of one service among the deployments of others.
pub(super) struct Turn<'a> {
    run: &'a Run<'a>,
    service: &'a str,
    mode: IfInProgress,
    /// When it first had to wait.
    queued_at: OnceCell<Timestamp>,
}

impl<'a> Turn<'a> {
    /// Begins the turn.
    pub fn new(run: &'a Run<'a>, service: &'a str, mode: IfInProgress) -> Self {
        Self {
            run,
            service,
            mode,
            queued_at: OnceCell::new(),
        }
    }

    /// Whether another deployment must not be replaced.
    pub fn is_kept(&self) -> bool {
        self.mode != IfInProgress::Replace
    }

    /// Reads the service right before a write. Fails if another deployment is in progress, or began after the plan,
    /// which was made when `planned` was PRIMARY.
    pub async fn look(&self, planned: Option<&str>) -> Result<Option<Service>, ApplyError> {
        let Some(now) = self.read().await? else {
            return Ok(None);
        };
        if let Some(error) = in_progress((self.run.aws, self.run.cluster), &now).await {
            return Err(error);
        }
        if now.primary_id() != planned {
            let runs = now.short_definition().unwrap_or("another revision");
            return Err(ApplyError::DeployedMeanwhile {
                service: self.service.to_owned(),
                definition: runs.to_owned(),
            });
        }
        Ok(Some(now))
    }

    /// Whether an error means that the service has to wait for its turn.
    pub fn awaits(&self, error: &ApplyError) -> bool {
        self.mode == IfInProgress::Wait && error.is_other_deployment()
    }

    /// Whether a result means the same: another run changed the service at the same time. Somebody who returned to
    /// what ran `before` wants that to stay.
    pub fn is_lost(&self, result: &ServiceResult, before: Option<&str>) -> bool {
        let Verdict::Superseded { definition, .. } = &result.verdict else {
            return false;
        };
        let is_rollback = before.is_some() && definition.as_deref() == before;
        self.mode == IfInProgress::Wait && !is_rollback
    }

    /// Waits until no deployment of the service is in progress. `--timeout` counts from the first wait.
    pub async fn wait(&self) -> Result<(), Failure> {
        let clock = self.run.aws.clock();
        let queued_at = *self.queued_at.get_or_init(|| clock.now());
        let mut poller = Poller::new(clock, self.run.sink);
        let (mut reported, mut free_since) = (None, None);
        loop {
            // Also before the first read: runs that were superseded together don't look again together.
            poller.wait(1).await;
            let read = poller.record_read(self.run.watcher.describe(self.service).await)?;
            let now = read.as_ref().and_then(Option::as_ref);
            let other = match now {
                Some(now) => in_progress((self.run.aws, self.run.cluster), now)
                    .await
                    .map(|other| other.to_string()),
                None => None,
            };
            let timeout = self.run.options.wait.timeout;
            let timeout = timeout.unwrap_or_else(|| now.map_or(TIMEOUT, default_timeout));
            if clock.elapsed(queued_at) >= timeout.unsigned_abs() {
                return Err(self.timed_out(timeout, other.as_deref()));
            }
            if other.is_some() {
                free_since = None;
            }
            match other {
                None if read.is_some() => {
                    // The run that waits for the other deployment still watches its tasks for as long.
                    let since = *free_since.get_or_insert_with(|| clock.now());
                    let settle = self.run.options.wait.settle.unsigned_abs();
                    if reported.is_none() || clock.elapsed(since) >= settle {
                        return Ok(());
                    }
                }
                Some(other) if reported.as_ref() != Some(&other) => {
                    let message = format!("{other}; waiting for its end");
                    self.run.sink.warn(Some(self.service), message, None);
                    reported = Some(other);
                }
                _ => {}
            }
        }
    }

    fn timed_out(&self, timeout: SignedDuration, other: Option<&str>) -> Failure {
        let service = self.service;
        let why = other.map_or_else(
            || format!("other deployments of {service} came first"),
            str::to_owned,
        );
        let message = format!("{service} was not changed within {timeout:#}: {why}");
        Failure::new(Exit::TimedOut, "in-progress", message)
            .resource(service)
            .hint(wait_command(service))
    }

    async fn read(&self) -> Result<Option<Service>, ApplyError> {
        let described = self.run.watcher.describe(self.service).await;
        let described = described.map_err(|error| ApplyError::Failed(error.failure))?;
        Ok(described.filter(|service| !service.is_draining()))
    }
}

/// The refusal of a write to a service with a deployment in progress. None if there is none. Only a rolling
/// deployment says in the service itself that it has completed (API reference: Deployment, `rolloutState`).
pub(super) async fn in_progress(run: (&Aws, &str), service: &Service) -> Option<ApplyError> {
    let primary = service.primary()?;
    let is_rolling = service.deployment_strategy == DeploymentStrategy::Rolling;
    let is_open = match &primary.rollout_state {
        Some(RolloutState::InProgress) => true,
        Some(RolloutState::Completed) if is_rolling => false,
        state => match newest_open(run.0, run.1, &service.name).await {
            Ok(open) => open.is_some(),
            Err(error) => {
                tracing::debug!(%error, "service deployments can't be read");
                *state != Some(RolloutState::Failed) && !primary.is_filled()
            }
        },
    };
    is_open.then(|| ApplyError::InProgress {
        service: service.name.clone(),
        deployment: primary.id.clone(),
        definition: primary.short_definition(),
        since: primary.created_at,
    })
}
