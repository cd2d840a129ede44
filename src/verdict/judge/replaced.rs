//! PRIMARY is another deployment than ours, and not because of a stale read: a rollback or a newer deployment
//! (`docs/design.md` §5.3).

use jiff::{SignedDuration, Timestamp};

use super::failure_rules::{ended, is_ending};
use super::view::DeploymentView;
use super::{JOIN_FOR, Judge, KEEP_WATCHING, LAG, NEXT, RuleOutcome};
use crate::ecs::Deployment;
use crate::model::short_definition;
use crate::verdict::Verdict;

/// How long another deployment as PRIMARY may be a stale read, if no timestamp proves otherwise.
const BELIEVED_AFTER: SignedDuration = SignedDuration::from_secs(30);

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
        if self.mentions_rollback(view) || self.is_restored(primary) {
            return self.begin_rollback(view);
        }
        let since = *self.since.replaced.get_or_insert(view.now);
        let is_unjoined = self.is_unjoined(view, primary);
        let may_be_shown = join_is_open || is_unjoined || self.may_be_a_rollback(view, primary);
        // A list with neither deployment may be stale for as long as a list without ours.
        let patience = if is_unjoined { JOIN_FOR } else { LAG };
        if may_be_shown && view.now.duration_since(since) < patience {
            // Our service deployment or a later reason will show whether this is a rollback.
            "ECS to report what replaced the deployment".clone_into(&mut self.waiting_for);
            self.read_requests.service_deployment = join_is_open;
            self.read_requests.listing = view.join.is_none();
            return KEEP_WATCHING;
        }
        self.superseded(view)
    }

    /// Whether our service deployment still has to be found. A list without it may be stale, unless it has one
    /// created for the new PRIMARY after ours: then that is a newer deployment, since a rollback is part of
    /// our service deployment (API reference: ServiceDeployment, `rollback`).
    fn is_unjoined(&self, view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        let ours_created = self.tracked.as_ref().and_then(|tracked| tracked.created_at);
        let created = view
            .snapshot
            .service_deployment(&primary.id)
            .and_then(|it| it.created_at);
        let is_newer = matches!((created, ours_created), (Some(created), Some(tracked)) if created > tracked);
        view.snapshot.deployments_readable && view.join.is_none() && !is_newer
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
        "the deployment to appear".clone_into(&mut self.waiting_for);
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

    pub(super) fn superseded(&self, view: &DeploymentView<'_>) -> RuleOutcome {
        let by = view.primary.filter(|primary| primary.id != view.id);
        ended(Verdict::Superseded {
            by: by.map(|it| it.id.clone()),
            definition: by.and_then(Deployment::short_definition),
            at: by.and_then(|it| it.created_at),
        })
    }
}
