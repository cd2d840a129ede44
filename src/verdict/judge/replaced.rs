//! PRIMARY is another deployment than ours, and not because of a stale read: a rollback or a newer deployment
//! (`docs/design.md` §5.3).

use jiff::{SignedDuration, Timestamp};

use super::failure_rules::{ended, is_ending, why};
use super::view::DeploymentView;
use super::{JOIN_FOR, Judge, KEEP_WATCHING, LAG, NEXT, RuleOutcome, waiting_for};
use crate::ecs::{Deployment, RollbackInitiator, ServiceDeployment, ServiceDeploymentStatus, deployment_id};
use crate::model::short_definition;
use crate::verdict::Verdict;

/// How long another deployment as PRIMARY may be a stale read, if no timestamp proves otherwise.
const BELIEVED_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// How long our service deployment may lag behind that of the newer deployment, which proves that ours is replaced: one
/// more poll shows whether ours had failed before. With the interval between polls, the result comes within 5 s.
const NEWER_LAG: SignedDuration = SignedDuration::from_millis(1500);

impl Judge {
    /// PRIMARY is no longer our deployment → 5 if it is a rollback, else 7.
    pub(super) fn replaced(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        let Some(primary) = view.primary.filter(|primary| primary.id != view.id) else {
            self.since.doubtful = None;
            self.since.replaced = None;
            return if view.tracked.is_some() || self.ours_is_past(view) {
                NEXT
            } else {
                self.unseen()
            };
        };
        let join_is_open = view.join.is_some_and(|join| !is_ending(join));
        if !view.is_rolling() && join_is_open {
            // Other strategies are judged by their service deployment, which is still in progress.
            return if view.tracked.is_some() {
                NEXT
            } else {
                self.unseen()
            };
        }
        if !self.is_proven(view, primary) {
            return self.unseen();
        }
        let has_failed = self.mentions_rollback(view) || self.is_restored(primary);
        let is_rollback = self.is_our_rollback(view, primary);
        if has_failed && is_rollback == Some(true) {
            return self.begin_rollback(view);
        }
        let since = *self.since.replaced.get_or_insert(view.now);
        let is_unjoined = self.is_unjoined(view, primary);
        let may_be_shown = join_is_open
            || is_unjoined
            || self.may_be_a_rollback(view, primary)
            || (has_failed && is_rollback.is_none());
        let has_record = self.has_newer_record(view, primary);
        let patience = match (has_record, is_unjoined) {
            (true, _) => NEWER_LAG,
            // A list with neither deployment may be stale for as long as a list without ours.
            (false, true) => JOIN_FOR,
            (false, false) => LAG,
        };
        if may_be_shown && view.now.duration_since(since) < patience {
            // Our service deployment or a later reason will show whether this is a rollback.
            self.state = waiting_for("ECS to report what replaced the deployment");
            self.read_requests.service_deployment = join_is_open;
            self.read_requests.listing = view.join.is_none() || !has_record;
            return KEEP_WATCHING;
        }
        match has_failed {
            true => self.failed_then_superseded(view),
            false => self.superseded(view),
        }
    }

    /// Whether the PRIMARY deployment is the rollback of ours; None if ECS doesn't say. After a failure, PRIMARY
    /// may also be a newer deployment: the rollback, the reason or the revision that ran before ours tells.
    pub(super) fn is_our_rollback(&self, view: &DeploymentView<'_>, primary: &Deployment) -> Option<bool> {
        let ours = self.tracked.as_ref();
        let ours_created = ours.and_then(|tracked| tracked.created_at);
        let is_older =
            matches!((primary.created_at, ours_created), (Some(created), Some(ours)) if created < ours);
        if Self::is_called_our_rollback(view, primary)
            || ours.is_some_and(|tracked| tracked.previous.as_ref() == Some(&primary.id))
            || is_older
        {
            return Some(true);
        }
        if self.has_newer_record(view, primary) {
            return Some(false);
        }
        let runs = primary.short_definition()?;
        let before = self.request.before.as_deref().map(short_definition);
        let ran_before = before == Some(runs.as_str()) || self.replaced_definitions.contains(&runs);
        ran_before.then_some(true)
    }

    /// Whether ECS calls the PRIMARY deployment a rollback: by its reason, or as the revision that our service
    /// deployment rolls back to.
    pub(super) fn is_called_our_rollback(view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        let named = view.join.and_then(|join| join.rollback_revision.as_deref());
        primary.mentions_rollback() || named.and_then(deployment_id).as_ref() == Some(&primary.id)
    }

    /// Takes the PRIMARY deployment as the target of the rollback that ECS reported, or ends the watch if it is a
    /// newer deployment.
    pub(super) fn identify_rollback(
        &mut self,
        view: &DeploymentView<'_>,
        primary: &Deployment,
    ) -> RuleOutcome {
        let since = *self.since.replaced.get_or_insert(view.now);
        let is_rollback = match self.is_our_rollback(view, primary) {
            None if view.now.duration_since(since) < LAG => {
                self.state = waiting_for("ECS to report what replaced the deployment");
                self.read_requests.service_deployment = view.join.is_some();
                self.read_requests.listing = true;
                return KEEP_WATCHING;
            }
            // Every deployment but a rollback has a service deployment of its own.
            None => {
                view.join.is_some_and(|join| join.status.is_rollback())
                    && view.snapshot.listed_at.is_some_and(|at| at > since)
            }
            Some(known) => known,
        };
        if !is_rollback {
            return self.failed_then_superseded(view);
        }
        if let Some(rollback) = &mut self.rollback {
            rollback.to_id = Some(primary.id.clone());
            rollback.to_created_at = primary.created_at;
            rollback.to = primary.short_definition();
        }
        NEXT
    }

    /// Whether the list has a service deployment created for the new PRIMARY after ours. Then that is a newer
    /// deployment, since a rollback is part of our service deployment (API reference: ServiceDeployment,
    /// `rollback`).
    fn has_newer_record(&self, view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        let ours_created = self.tracked.as_ref().and_then(|tracked| tracked.created_at);
        let created = view
            .snapshot
            .service_deployment(&primary.id)
            .and_then(|it| it.created_at);
        matches!((created, ours_created), (Some(created), Some(ours)) if created > ours)
    }

    /// Whether our service deployment still has to be found. A list without it may be stale, unless it has the new
    /// PRIMARY's.
    fn is_unjoined(&self, view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        view.snapshot.deployments_readable && view.join.is_none() && !self.has_newer_record(view, primary)
    }

    /// Whether this may be a rollback without a reason yet. If service deployments can't be read, only the
    /// reason distinguishes a rollback from a deployment of the previous revision, and it may appear after the
    /// new PRIMARY.
    fn may_be_a_rollback(&self, view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        let before = self.request.before.as_deref().map(short_definition);
        let is_previous = before.is_some() && primary.short_definition().as_deref() == before;
        !view.snapshot.deployments_readable && view.service.rolls_back_on_failure && is_previous
    }

    /// Whether our deployment was seen and is no longer listed. Services deployed by CodeDeploy list none.
    fn ours_is_past(&self, view: &DeploymentView<'_>) -> bool {
        self.seen && view.service.deployments.is_empty()
    }

    fn unseen(&mut self) -> RuleOutcome {
        self.state = waiting_for("the deployment to appear");
        KEEP_WATCHING
    }

    /// Whether the response is from after our deployment began, so that its PRIMARY really replaced ours.
    fn is_proven(&mut self, view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        let ours_created = self.tracked.as_ref().and_then(|tracked| tracked.created_at);
        let after_ours = |time: Option<Timestamp>| matches!((time, ours_created), (Some(time), Some(tracked)) if time > tracked);
        if view.tracked.is_some()
            || after_ours(primary.created_at)
            // A rollback that reuses an ID: an old deployment updated since ours began.
            || (self.seen && after_ours(primary.updated_at))
            || view.join.is_some_and(is_ending)
        {
            return true;
        }
        let since = *self.since.doubtful.get_or_insert(view.now);
        self.seen && view.now.duration_since(since) >= BELIEVED_AFTER
    }

    /// Whether the PRIMARY can only be a restored deployment: ECS marked ours as failed, or the previous
    /// deployment is PRIMARY again (a rollback may or may not reuse its id, captures differ; a new deployment
    /// never does).
    fn is_restored(&self, primary: &Deployment) -> bool {
        let previous = self
            .tracked
            .as_ref()
            .and_then(|tracked| tracked.previous.as_deref());
        self.given_up || previous == Some(primary.id.as_str())
    }

    /// Our deployment failed or was stopped, and a newer one is PRIMARY.
    pub(super) fn failed_then_superseded(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        let newer = view.primary.filter(|primary| primary.id != view.id);
        let ended = view.join.filter(|join| is_ending(join));
        let has_failed = |join: &ServiceDeployment| join.has_failed_in_ecs().unwrap_or(self.given_up);
        let by = match ended {
            Some(join)
                if join.status == ServiceDeploymentStatus::Stopped && !has_failed(join) && !self.given_up =>
            {
                RollbackInitiator::Somebody
            }
            Some(join) => join.rollback_initiator(),
            None => RollbackInitiator::Failure,
        };
        let known = self.rollback.as_ref().and_then(|it| it.reason.clone());
        let verdict = Verdict::FailedThenSuperseded {
            by: match by {
                RollbackInitiator::Unsaid if self.given_up => RollbackInitiator::Failure,
                by => by,
            },
            definition: newer.and_then(Deployment::short_definition),
            at: newer.and_then(|it| it.created_at),
            reason: known.or_else(|| why(view)),
        };
        self.with_cause(view, verdict)
    }

    pub(super) fn superseded(&self, view: &DeploymentView<'_>) -> RuleOutcome {
        let by = view.primary.filter(|primary| primary.id != view.id);
        let (definition, at) = (
            by.and_then(Deployment::short_definition),
            by.and_then(|it| it.created_at),
        );
        ended(match self.completed && self.request.takes_turns {
            true => Verdict::CompletedThenSuperseded { definition, at },
            false => Verdict::Superseded {
                by: by.map(|it| it.id.clone()),
                definition,
                at,
            },
        })
    }
}
