//! Determines which deployment is ours if our call started none (`docs/design.md` §5.1 and §5.5).

use jiff::Timestamp;

use super::failure_rules::{is_later, newest};
use super::state::{ObservedRollback, TrackedDeployment};
use super::view::DeploymentView;
use super::{Judge, LAG, waiting_for};
use crate::ecs::{Deployment, RolloutState, Service, ServiceDeployment};
use crate::verdict::{Snapshot, Verdict, WatchRequest, WatchTarget};

impl Judge {
    /// Determines which deployment is ours. Returns false if that isn't known yet.
    pub(super) fn adopt(&mut self, snapshot: &Snapshot, service: &Service, now: Timestamp) -> bool {
        if self.tracked.is_some() {
            return true;
        }
        let Some(primary) = service.primary() else {
            return true;
        };
        let is_changed = match &self.request.target {
            WatchTarget::Unidentified { replaced } if replaced.as_ref() == Some(&primary.id) => {
                // A response from before the change.
                self.state = waiting_for("the deployment to appear");
                return false;
            }
            WatchTarget::Unidentified { replaced } => replaced.is_some(),
            _ => false,
        };
        let complete = DeploymentView::is_complete(primary);
        let waited = self.elapsed(self.since.begun, now) >= LAG;
        let attaching = self.request.target == WatchTarget::InFlight;
        if (attaching || !complete)
            && snapshot.deployments_readable
            && snapshot.listed_at.is_none()
            && !waited
        {
            // Only the service deployments reliably distinguish a rollback from a deployment.
            self.read_requests.listing = true;
            return false;
        }
        // A PRIMARY with a service deployment of its own, begun later, is no rollback.
        let begun = snapshot
            .service_deployment(&primary.id)
            .and_then(|it| it.created_at);
        let is_newer = |rollback: &ServiceDeployment| matches!((begun, rollback.created_at), (Some(begun), Some(at)) if begun > at);
        let undone = snapshot
            .service_deployments
            .iter()
            .find(|found| found.status.is_rollback() && !found.status.is_terminal())
            .filter(|found| !is_newer(found));
        let rolling_back = !complete && (primary.mentions_rollback() || undone.is_some());
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
                reason: undone.and_then(|it| it.why()).or_else(|| primary.why()),
                by: undone
                    .map(ServiceDeployment::rollback_initiator)
                    .unwrap_or_default(),
                to_id: Some(primary.id.clone()),
                to_created_at: primary.created_at,
                to: primary.short_definition(),
                joined_midway: failed.is_none(),
            };
            self.rollback = Some(rollback).filter(|_| !is_over);
            // Track the failed deployment: its tasks need explaining, not the restoring deployment's.
            if let Some(id) = failed {
                self.tracked = Some(TrackedDeployment {
                    created_at: service.deployment(&id).and_then(|it| it.created_at),
                    id,
                    previous: None,
                    is_new: true,
                });
                return true;
            }
        }
        self.tracked = Some(TrackedDeployment {
            id: primary.id.clone(),
            created_at: primary.created_at,
            previous: None,
            is_new: is_changed || !complete,
        });
        true
    }

    /// Adjusts the verdict: success counts only for the requested revision. None while the revision is unknown.
    pub(super) fn for_requested_revision(&self, verdict: Verdict, snapshot: &Snapshot) -> Option<Verdict> {
        match verdict {
            Verdict::Stable { .. } | Verdict::Protected { .. } | Verdict::Deployed { .. } => {
                let is_known = !is_revision_unknown(&self.request, snapshot);
                is_known.then(|| other_than_asked(&self.request, snapshot).unwrap_or(verdict))
            }
            _ => Some(verdict),
        }
    }
}

/// Whether a revision was requested, and the response doesn't say which one the PRIMARY deployment has.
pub fn is_revision_unknown(request: &WatchRequest, snapshot: &Snapshot) -> bool {
    let primary = snapshot.service.as_ref().and_then(Service::primary);
    request.short_definition().is_some() && primary.is_some_and(|it| it.task_definition.is_none())
}

/// The failed deployment, according to `deployments[]` alone.
fn failed_beside(primary: &Deployment, service: &Service) -> Option<String> {
    let others = service.deployments.iter().filter(|it| it.id != primary.id);
    let mut failed = others.filter(|it| it.rollout_state == Some(RolloutState::Failed));
    failed.next().map(|it| it.id.clone())
}

/// The verdict if the PRIMARY deployment has a revision other than the requested one: a rollback ended before
/// our first poll, or another deployment began just before our call. Exit 0 means that the requested revision
/// runs (`docs/design.md` §1).
pub fn other_than_asked(request: &WatchRequest, snapshot: &Snapshot) -> Option<Verdict> {
    let asked = request.short_definition()?;
    let primary = snapshot.service.as_ref().and_then(Service::primary)?;
    let runs = primary.short_definition().filter(|runs| runs != asked)?;
    let undone = newest(snapshot).filter(|it| it.status.is_rollback() && !is_later(primary, it));
    if primary.mentions_rollback() || undone.is_some() {
        return Some(Verdict::RolledBack {
            to: Some(runs),
            complete: true,
            by: undone
                .map(ServiceDeployment::rollback_initiator)
                .unwrap_or_default(),
            reason: undone.and_then(ServiceDeployment::why).or_else(|| primary.why()),
        });
    }
    Some(Verdict::Superseded {
        by: Some(primary.id.clone()),
        definition: Some(runs),
        at: primary.created_at,
    })
}
