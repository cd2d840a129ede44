//! Which deployment is ours, where no call of ours started it (design §5.1 and §5.5).

use jiff::Timestamp;

use super::failure_rules::{is_later, newest};
use super::state::{ObservedRollback, TrackedDeployment};
use super::view::DeploymentView;
use super::{Judge, LAG};
use crate::ecs::{Deployment, RolloutState, Service, ServiceDeployment};
use crate::verdict::{Snapshot, Verdict, WatchRequest, WatchTarget};

impl Judge {
    /// Makes sure that we know which deployment is ours. False: not yet.
    pub(super) fn adopt(&mut self, snapshot: &Snapshot, service: &Service, now: Timestamp) -> bool {
        if self.ours.is_some() {
            return true;
        }
        let Some(primary) = service.primary() else {
            return true;
        };
        let complete = DeploymentView::is_complete(primary);
        let waited = self.elapsed(self.since.begun, now) >= LAG;
        let attaching = self.aim.target == WatchTarget::InFlight;
        if (attaching || !complete)
            && snapshot.deployments_readable
            && snapshot.listed_at.is_none()
            && !waited
        {
            // The service deployments tell a rollback from a deployment where `deployments[]` can't.
            self.wants.listing = true;
            return false;
        }
        let undone = snapshot
            .service_deployments
            .iter()
            .find(|found| found.status.is_rollback() && !found.status.is_terminal());
        let rolling_back = !complete && (primary.speaks_of_rollback() || undone.is_some());
        if attaching {
            self.ended_before = Self::rolled_back_before(primary, snapshot);
        }
        let is_over = self.ended_before.is_some();
        let failed = match is_over {
            true => newest(snapshot).and_then(ServiceDeployment::deployment_id),
            false => undone
                .and_then(ServiceDeployment::deployment_id)
                .or_else(|| failed_beside(primary, service)),
        };
        if attaching && (rolling_back || is_over) && failed.as_ref() != Some(&primary.id) {
            let rollback = ObservedRollback {
                reason: undone
                    .and_then(|it| it.why())
                    .or_else(|| primary.rollout_state_reason.clone()),
                by: undone.map(ServiceDeployment::undoer).unwrap_or_default(),
                to_id: Some(primary.id.clone()),
                to: primary.short_definition(),
                joined_midway: failed.is_none(),
            };
            self.rollback = Some(rollback).filter(|_| !is_over);
            // What failed is what there is to explain; what restores it needs no explanation.
            if let Some(id) = failed {
                self.ours = Some(TrackedDeployment {
                    created_at: service.deployment(&id).and_then(|it| it.created_at),
                    id,
                    previous: None,
                    is_new: true,
                });
                return true;
            }
        }
        self.ours = Some(TrackedDeployment {
            id: primary.id.clone(),
            created_at: primary.created_at,
            previous: None,
            is_new: !complete,
        });
        true
    }

    /// A good end of another revision than the one asked for is none.
    pub(super) fn of_what_was_asked_for(&self, verdict: Verdict, snapshot: &Snapshot) -> Verdict {
        match verdict {
            Verdict::Stable { .. } | Verdict::Deployed { .. } => {
                other_than_asked(&self.aim, snapshot).unwrap_or(verdict)
            }
            _ => verdict,
        }
    }
}

/// The deployment that failed, as far as `deployments[]` alone tells.
fn failed_beside(primary: &Deployment, service: &Service) -> Option<String> {
    let others = service.deployments.iter().filter(|it| it.id != primary.id);
    let mut failed = others.filter(|it| it.rollout_state == Some(RolloutState::Failed));
    failed.next().map(|it| it.id.clone())
}

/// Exit 0 means that the revision asked for runs (design §1). Where the PRIMARY deployment is of another one, a rollback
/// was over before our first look, or somebody's deployment began just before our call.
pub fn other_than_asked(aim: &WatchRequest, snapshot: &Snapshot) -> Option<Verdict> {
    let asked = aim.short_definition()?;
    let primary = snapshot.service.as_ref().and_then(Service::primary)?;
    let runs = primary.short_definition().filter(|runs| runs != asked)?;
    let undone = newest(snapshot).filter(|it| it.status.is_rollback() && !is_later(primary, it));
    if primary.speaks_of_rollback() || undone.is_some() {
        return Some(Verdict::RolledBack {
            to: Some(runs),
            complete: true,
            by: undone.map(ServiceDeployment::undoer).unwrap_or_default(),
            reason: undone
                .and_then(ServiceDeployment::why)
                .or_else(|| primary.rollout_state_reason.clone()),
        });
    }
    Some(Verdict::Superseded {
        by: Some(primary.id.clone()),
        definition: Some(runs),
        at: primary.created_at,
    })
}
