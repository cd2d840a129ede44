//! PRIMARY is another deployment than ours: a rollback, or somebody's (design §5.3), once no stale read can be the
//! reason.

use jiff::{SignedDuration, Timestamp};

use super::failure_rules::{is_ending, over};
use super::view::DeploymentView;
use super::{JOIN_FOR, Judge, KEEP_WATCHING, LAG, NEXT, RuleOutcome};
use crate::ecs::Deployment;
use crate::model::short_definition;
use crate::verdict::Verdict;

/// How long a PRIMARY that isn't ours may be a stale read, when no timestamp proves that it isn't.
const BELIEVED_AFTER: SignedDuration = SignedDuration::from_secs(30);

impl Judge {
    /// PRIMARY is no longer ours → 5 if it is a rollback, else 7.
    pub(super) fn lost(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        let Some(primary) = view.primary.filter(|primary| primary.id != view.id) else {
            self.since.doubtful = None;
            self.since.lost = None;
            return if view.ours.is_some() || self.ours_is_past(view) {
                NEXT
            } else {
                self.unseen()
            };
        };
        let join_is_open = view.join.is_some_and(|join| !is_ending(join));
        if !view.is_rolling() && join_is_open {
            // Other strategies are judged by their service deployment, which is still under way.
            return if view.ours.is_some() { NEXT } else { self.unseen() };
        }
        if !self.is_proven(view, primary) {
            return self.unseen();
        }
        if self.speaks_of_rollback(view) || self.is_restored(primary) {
            return self.begin_rollback(view);
        }
        let since = *self.since.lost.get_or_insert(view.now);
        let is_unjoined = self.is_unjoined(view, primary);
        let may_be_told = join_is_open || is_unjoined || self.may_be_a_rollback(view, primary);
        // A list without either may be an old one, as long as one without ours may be.
        let patience = if is_unjoined { JOIN_FOR } else { LAG };
        if may_be_told && view.now.duration_since(since) < patience {
            // Our service deployment will say whether this is a rollback, or ECS in words that come late.
            "ECS to report what replaced the deployment".clone_into(&mut self.waiting_for);
            self.wants.service_deployment = join_is_open;
            self.wants.listing = view.join.is_none();
            return KEEP_WATCHING;
        }
        self.superseded(view)
    }

    /// Whether our service deployment is still to be found. A list without ours may be an old one, unless it has one
    /// that was made for the new PRIMARY after ours: that is somebody's, since a rollback is part of ours
    /// (API reference: ServiceDeployment, `rollback`).
    fn is_unjoined(&self, view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        let ours_created = self.ours.as_ref().and_then(|ours| ours.created_at);
        let made = view
            .snapshot
            .service_deployment(&primary.id)
            .and_then(|it| it.created_at);
        let is_somebodys = matches!((made, ours_created), (Some(made), Some(ours)) if made > ours);
        view.snapshot.deployments_readable && view.join.is_none() && !is_somebodys
    }

    /// Where service deployments can't be read, only words tell a rollback from a deployment of what ran before, and
    /// they may come after the new PRIMARY.
    fn may_be_a_rollback(&self, view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        let before = self.aim.before.as_deref().map(short_definition);
        let is_the_one_before = before.is_some() && primary.short_definition().as_deref() == before;
        !view.snapshot.deployments_readable && view.service.rolls_back_on_failure && is_the_one_before
    }

    /// Whether our deployment was there and needn't be any more: services that CodeDeploy deploys list none.
    fn ours_is_past(&self, view: &DeploymentView<'_>) -> bool {
        self.seen && view.service.deployments.is_empty()
    }

    fn unseen(&mut self) -> RuleOutcome {
        "the deployment to appear".clone_into(&mut self.waiting_for);
        KEEP_WATCHING
    }

    /// Whether the reply is from after our deployment began: then its PRIMARY really took our deployment's place.
    fn is_proven(&mut self, view: &DeploymentView<'_>, primary: &Deployment) -> bool {
        let ours_created = self.ours.as_ref().and_then(|ours| ours.created_at);
        let after_ours =
            |time: Option<Timestamp>| matches!((time, ours_created), (Some(time), Some(ours)) if time > ours);
        if view.ours.is_some()
            || after_ours(primary.created_at)
            // An id that is used again by a rollback: an old deployment that changed since ours began.
            || (self.seen && after_ours(primary.updated_at))
            || view.join.is_some_and(is_ending)
        {
            return true;
        }
        let since = *self.since.doubtful.get_or_insert(view.now);
        self.seen && view.now.duration_since(since) >= BELIEVED_AFTER
    }

    /// Whether the PRIMARY can only be what a rollback restored: ECS gave ours up, or the very deployment before
    /// ours is PRIMARY again (captures differ on whether a rollback uses its id again; a new deployment never does).
    fn is_restored(&self, primary: &Deployment) -> bool {
        let previous = self.ours.as_ref().and_then(|ours| ours.previous.as_deref());
        self.given_up || previous == Some(primary.id.as_str())
    }

    pub(super) fn superseded(&self, view: &DeploymentView<'_>) -> RuleOutcome {
        let by = view.primary.filter(|primary| primary.id != view.id);
        over(Verdict::Superseded {
            by: by.map(|it| it.id.clone()),
            definition: by.and_then(Deployment::short_definition),
            at: by.and_then(|it| it.created_at),
        })
    }
}
