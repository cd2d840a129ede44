//! The rules for failed rollouts.

use std::ops::ControlFlow;

use jiff::SignedDuration;

use super::view::DeploymentView;
use super::{JOIN_FOR, Judge, KEEP_WATCHING, LAG, NEXT, ObservedRollback, RuleOutcome, waiting_for};
use crate::ecs::{Deployment, RollbackInitiator, RolloutState, ServiceDeployment, ServiceDeploymentStatus};
use crate::verdict::{FailureKind, Snapshot, Verdict, WatchTarget};

/// How long ECS may take from FAILED to the start of the rollback. The result is a failure either way.
const ROLLBACK_BEGINS_WITHIN: SignedDuration = SignedDuration::from_secs(15);

pub(super) fn ended(verdict: Verdict) -> RuleOutcome {
    ControlFlow::Break(Some(verdict))
}

impl Judge {
    /// Once a rollback was seen, waits for it to finish. ROLLBACK_* is never a success
    /// (`docs/design.md` §5.3).
    pub(super) fn rolled_back(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        let status = view.join.map(|join| &join.status);
        if self.rollback.is_none() && !status.is_some_and(ServiceDeploymentStatus::is_rollback) {
            return NEXT;
        }
        let restoring = view.primary.filter(|primary| {
            primary.id != view.id || self.rollback.as_ref().is_some_and(|it| it.joined_midway)
        });
        let rollback = self.rollback.get_or_insert_with(ObservedRollback::default);
        // The service deployment has more details than `deployments[]`, but gets them later.
        if let Some(join) = view.join.filter(|join| is_ending(join)) {
            rollback.by = join.rollback_initiator();
            rollback.reason = join
                .why()
                .or_else(|| rollback.reason.take())
                .or_else(|| why(view));
        } else if rollback.reason.is_none() {
            rollback.reason = why(view);
        }
        let known = rollback.to_id.clone().map(|id| (id, rollback.to_created_at));
        match (restoring, known) {
            (Some(restoring), None) => self.identify_rollback(view, restoring)?,
            (Some(restoring), Some((id, created_at))) if restoring.id != id => {
                let is_stale = matches!((restoring.created_at, created_at), (Some(primary), Some(known)) if primary <= known);
                if is_stale {
                    return KEEP_WATCHING;
                }
                if !Self::is_called_our_rollback(view, restoring) {
                    // The rollback itself was superseded: our deployment failed anyway.
                    return self.failed_then_superseded(view);
                }
                self.identify_rollback(view, restoring)?;
            }
            _ => {}
        }
        let rollback = self.rollback.get_or_insert_with(ObservedRollback::default);
        self.state = waiting_for("the rollback to finish");
        let rollback_failed = status == Some(&ServiceDeploymentStatus::RollbackFailed)
            || restoring.is_some_and(|it| it.rollout_state == Some(RolloutState::Failed));
        if rollback_failed {
            let reason = why(view).or_else(|| rollback.reason.clone());
            return ended(Verdict::failed(FailureKind::RollbackFailed, reason));
        }
        let reported_done = status == Some(&ServiceDeploymentStatus::RollbackSuccessful);
        let is_up = restoring.is_some_and(|it| DeploymentView::is_complete(it) && it.has_enough_tasks());
        // Without rolloutState, the counts must also show that our tasks are gone.
        let is_restored = restoring.is_some_and(|it| it.rollout_state.is_some() || !tasks_remain(view, it));
        if reported_done || (is_up && is_restored && view.is_rolling()) {
            let verdict = rollback.verdict(true);
            return self.with_cause(view, verdict);
        }
        if status == Some(&ServiceDeploymentStatus::Stopped) {
            return ended(rollback.verdict(false));
        }
        KEEP_WATCHING
    }

    /// The verdict if the rollout had been rolled back before the watch began, according to the service
    /// deployments or, without them, the PRIMARY deployment's reason.
    pub(super) fn rolled_back_before(primary: &Deployment, snapshot: &Snapshot) -> Option<Verdict> {
        let rolled_back = |reason| Verdict::RolledBack {
            to: primary.short_definition(),
            complete: true,
            by: newest(snapshot).map_or(RollbackInitiator::Failure, ServiceDeployment::rollback_initiator),
            reason,
        };
        let Some(newest) = newest(snapshot) else {
            let is_over = DeploymentView::is_complete(primary) && primary.mentions_rollback();
            return is_over.then(|| rolled_back(primary.why()));
        };
        if is_later(primary, newest) {
            return None;
        }
        let reason = newest.why().or_else(|| primary.why());
        match newest.status {
            ServiceDeploymentStatus::RollbackSuccessful => Some(rolled_back(reason)),
            ServiceDeploymentStatus::RollbackFailed => {
                Some(Verdict::failed(FailureKind::RollbackFailed, reason))
            }
            _ => None,
        }
    }

    /// Detects a PAUSE hook that waits for approval (`docs/design.md` §5.9).
    pub(super) fn paused(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        let Some((join, hook)) = view.join.and_then(|join| Some((join, join.pause()?))) else {
            return NEXT;
        };
        if join.status.is_terminal() {
            return NEXT;
        }
        if self.request.wait_through_pause {
            self.state = waiting_for("the paused deployment to be continued");
            return KEEP_WATCHING;
        }
        let is_answered = self
            .request
            .answered
            .as_ref()
            .is_some_and(|it| it.hook == hook.id && it.stage == join.lifecycle_stage);
        if is_answered && self.elapsed(self.since.begun, view.now) < LAG {
            self.state = waiting_for("ECS to continue");
            return KEEP_WATCHING;
        }
        ended(Verdict::Paused {
            hook: hook.id.clone(),
            stage: join.lifecycle_stage.clone(),
            expires_at: hook.expires_at,
            then: hook.timeout_action.clone(),
        })
    }

    /// STOPPED → 7 if a later deployment was created before ours finished, else 5 (`docs/design.md` §5.3). Our
    /// deployment was superseded ("Replaced by a new service deployment", ecspresso #961), stopped by a user, or
    /// failed by the breaker or an alarm without rollback (API reference: ServiceDeployment, `stoppedAt`).
    pub(super) fn stopped(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        let Some(join) = view
            .join
            .filter(|join| join.status == ServiceDeploymentStatus::Stopped)
        else {
            return NEXT;
        };
        if self.mentions_rollback(view) {
            return self.begin_rollback(view);
        }
        let replaced = join
            .status_reason
            .as_deref()
            .is_some_and(|it| it.to_ascii_lowercase().contains("replaced by"));
        let created_at = self.tracked.as_ref().and_then(|tracked| tracked.created_at);
        let has_failed = join.has_failed_in_ecs().unwrap_or(self.given_up);
        if replaced || view.is_overtaken(created_at) {
            return match has_failed || self.given_up {
                true => self.failed_then_superseded(view),
                false => self.superseded(view),
            };
        }
        // The newer deployment may be missing from an older list.
        let since = *self.since.stopped.get_or_insert(view.now);
        let listed_since = view.snapshot.listed_at.is_some_and(|at| at >= since);
        if view.snapshot.deployments_readable && !listed_since && view.now.duration_since(since) < LAG {
            self.read_requests.listing = true;
            return KEEP_WATCHING;
        }
        let newer = view.primary.filter(|primary| primary.id != view.id);
        if newer.is_some_and(|primary| self.is_our_rollback(view, primary) != Some(true)) {
            return self.failed_then_superseded(view);
        }
        let reason = join.status_reason.clone();
        if has_failed {
            return ended(Verdict::failed(
                FailureKind::GivenUp,
                reason.or_else(|| view.tracked?.rollout_state_reason.clone()),
            ));
        }
        ended(Verdict::Stopped { reason })
    }

    /// Our deployment is still PRIMARY, but a requested stop or rollback has not begun. Until it does, crashing
    /// tasks don't end the watch; if the deployment ends before the request takes effect, the watch ends too.
    pub(super) fn stopping(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        if !self.is_stopping(view) {
            return NEXT;
        }
        let failed = view.tracked.map(|tracked| self.failed_so_far(tracked, view));
        self.state = waiting_for(format!("ECS to start the rollback{}", failed.unwrap_or_default()));
        KEEP_WATCHING
    }

    pub(super) fn is_stopping(&self, view: &DeploymentView<'_>) -> bool {
        match view.join {
            Some(join) if join.status.is_terminal() => false,
            Some(join) => self.request.undoing || is_ending(join),
            // Service deployment not found yet.
            None => {
                self.request.undoing
                    && view.snapshot.deployments_readable
                    && self.elapsed(self.since.begun, view.now) < JOIN_FOR
            }
        }
    }

    /// FAILED and still PRIMARY: failed without a rollback → 5. If a rollback is configured, waits for it to
    /// begin; a first deployment has no previous revision and just ends FAILED.
    pub(super) fn failed(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        // Behind a Classic Load Balancer there is no rolloutState, but there is a service event.
        let says_failed = |it: &Deployment| {
            it.rollout_state == Some(RolloutState::Failed) || (it.rollout_state.is_none() && self.given_up)
        };
        let Some(tracked) = view.tracked.filter(|it| says_failed(it)) else {
            self.since.failed = None;
            return NEXT;
        };
        if tracked.mentions_rollback() {
            return self.begin_rollback(view);
        }
        let since = *self.since.failed.get_or_insert(view.now);
        let first = self.is_first();
        if view.service.rolls_back_on_failure
            && !first
            && view.now.duration_since(since) < ROLLBACK_BEGINS_WITHIN
        {
            self.state = waiting_for("ECS to roll back");
            self.read_requests.service_deployment = true;
            return KEEP_WATCHING;
        }
        let verdict = Verdict::failed(
            FailureKind::GivenUp,
            why(view).or_else(|| tracked.rollout_state_reason.clone()),
        );
        self.with_cause(view, verdict)
    }

    /// Returns the verdict once our service deployment has had time to show the cause. It is read again at a
    /// terminal state (`docs/design.md` §5.6), since only it names the alarms and distinguishes a failure from a
    /// stop by a user.
    pub(super) fn with_cause(&mut self, view: &DeploymentView<'_>, verdict: Verdict) -> RuleOutcome {
        let since = *self.since.cause_unknown.get_or_insert(view.now);
        let is_known = view.join.is_some_and(is_ending) || !view.snapshot.deployments_readable;
        let is_awaited = view.join.is_some() || view.service.has_deployment_alarms;
        if is_known || !is_awaited || view.now.duration_since(since) >= LAG {
            return ended(verdict);
        }
        self.read_requests.listing = view.join.is_none();
        self.read_requests.service_deployment = view.join.is_some();
        KEEP_WATCHING
    }

    fn is_first(&self) -> bool {
        matches!(self.request.target, WatchTarget::Started { previous: None, .. })
    }

    pub(super) fn mentions_rollback(&self, view: &DeploymentView<'_>) -> bool {
        let by_join = view.join.is_some_and(|join| {
            join.status.is_rollback()
                || join.status == ServiceDeploymentStatus::RollbackRequested
                || join.rollback_reason.is_some()
        });
        let replaced = view.primary.filter(|it| it.id != view.id);
        by_join
            || replaced.is_some_and(Deployment::mentions_rollback)
            || view.tracked.is_some_and(Deployment::mentions_rollback)
    }

    pub(super) fn begin_rollback(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        self.rollback = Some(ObservedRollback::default());
        self.rolled_back(view)
    }
}

/// The most recently created service deployment; without createdAt, the first (the list is newest first).
pub(super) fn newest(snapshot: &Snapshot) -> Option<&ServiceDeployment> {
    let found = snapshot.service_deployments.iter().rev();
    found.max_by_key(|it| it.created_at)
}

/// Whether the PRIMARY deployment began after the newest listed service deployment ended. In that case the
/// list lacks the PRIMARY's own service deployment and says nothing about it.
pub(super) fn is_later(primary: &Deployment, newest: &ServiceDeployment) -> bool {
    matches!((primary.created_at, newest.ended_at()), (Some(created), Some(ended)) if created > ended)
}

/// Whether a service deployment has ended or is being stopped or rolled back.
pub(super) fn is_ending(join: &ServiceDeployment) -> bool {
    join.status.is_terminal()
        || join.status.is_rollback()
        || matches!(
            join.status,
            ServiceDeploymentStatus::StopRequested | ServiceDeploymentStatus::RollbackRequested
        )
}

/// AWS's reason for the failure: from the service deployment, else the restoring deployment, else ours.
pub(super) fn why(view: &DeploymentView<'_>) -> Option<String> {
    let restoring = view
        .primary
        .filter(|it| it.id != view.id && it.mentions_rollback());
    let failed = view
        .tracked
        .filter(|it| it.rollout_state == Some(RolloutState::Failed) || it.mentions_rollback());
    view.join
        .filter(|join| is_ending(join))
        .and_then(ServiceDeployment::why)
        .or_else(|| restoring?.why())
        .or_else(|| failed?.why())
        .or_else(|| given_up_event(view))
}

/// The service event "(service web) (deployment ecs-svc/N) deployment failed: …".
fn given_up_event(view: &DeploymentView<'_>) -> Option<String> {
    let name = format!("(deployment {})", view.id);
    view.service
        .events
        .iter()
        .find(|event| event.message.contains(&name) && event.message.contains("deployment failed"))
        .map(|event| event.message.clone())
}

/// Whether deployments other than `kept` still have tasks.
fn tasks_remain(view: &DeploymentView<'_>, kept: &Deployment) -> bool {
    view.service
        .deployments
        .iter()
        .any(|it| it.id != kept.id && it.has_tasks())
}
