//! The request to roll back deployments in progress, which a user may make while services are watched
//! (Ctrl-C), and the services that it would roll back at that moment.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::model::{Event, RolloutEvent};
use crate::verdict::{WatchRequest, WatchTarget};

/// The phase of a service with regard to a rollback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RollbackPhase {
    /// Its change was sent, but no deployment has been seen yet.
    Sent,
    /// Its deployment is in progress.
    InProgress,
    /// Its deployment succeeded.
    Succeeded,
    /// Its deployment ended otherwise, or is being rolled back.
    Ended,
}

/// A rollback that can be requested while a run watches services.
#[derive(Debug, Default)]
pub struct RollbackRequest {
    token: CancellationToken,
    services: Mutex<HashMap<String, RollbackPhase>>,
    /// Services whose deployment in progress has nothing to roll back to: it is the first, or a rollback.
    without_target: Mutex<HashSet<String>>,
}

impl RollbackRequest {
    /// Returns the token that is canceled when the rollback is requested.
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Whether the rollback was requested.
    pub fn is_requested(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Returns the services that would be rolled back now. If there are none, no rollback is offered.
    pub fn affected(&self) -> Vec<String> {
        match self.is_requested() {
            true => Vec::new(),
            false => {
                let (mut affected, without_target) =
                    (self.in_phase(is_in_progress), lock(&self.without_target));
                affected.retain(|service| !without_target.contains(service));
                affected
            }
        }
    }

    /// Requests the rollback that was offered for these services. Returns false if none of them is in
    /// progress any more.
    pub fn request(&self, offered: &[String]) -> bool {
        let affected = self.affected();
        let is_possible = offered.iter().any(|service| affected.contains(service));
        if is_possible {
            self.token.cancel();
        }
        is_possible
    }

    /// Returns the services whose deployment already succeeded: a rollback doesn't affect them.
    pub fn succeeded(&self) -> Vec<String> {
        self.in_phase(|phase| phase == RollbackPhase::Succeeded)
    }

    /// Records that there is nothing to roll a service's deployment back to.
    pub fn has_no_target(&self, service: &str) {
        lock(&self.without_target).insert(service.to_owned());
    }

    /// Records that a service's change is planned anew, because another deployment replaced its own.
    pub fn starts_over(&self, service: &str) {
        lock(&self.services).remove(service);
        lock(&self.without_target).remove(service);
    }

    fn in_phase(&self, is_meant: impl Fn(RollbackPhase) -> bool) -> Vec<String> {
        let services = lock(&self.services);
        let meant = services.iter().filter(|(_, phase)| is_meant(**phase));
        let mut names: Vec<String> = meant.map(|(service, _)| service.clone()).collect();
        names.sort();
        names
    }

    /// Records that the watch of a service begins. A deployment that the run started is in progress from
    /// now on, any other once it is seen.
    pub fn watch_begins(&self, request: &WatchRequest) {
        let mut services = lock(&self.services);
        match request.target {
            WatchTarget::Started { .. }
            | WatchTarget::CodeDeploy { .. }
            | WatchTarget::Unidentified { replaced: Some(_) } => {
                services.insert(request.service.clone(), RollbackPhase::InProgress);
            }
            _ => {
                services.remove(&request.service);
            }
        }
    }

    /// Updates the phases of services from an event.
    pub fn observe(&self, event: &Event) {
        let mut services = lock(&self.services);
        match event {
            Event::Changing { service } if services.get(service) != Some(&RollbackPhase::Ended) => {
                services.insert(service.clone(), RollbackPhase::Sent);
            }
            Event::NotChanged { service } if services.get(service) == Some(&RollbackPhase::Sent) => {
                services.remove(service);
            }
            Event::Rollout {
                service,
                event: RolloutEvent::Started { has_target, .. },
            } if services.get(service) != Some(&RollbackPhase::Ended) => {
                services.insert(service.clone(), RollbackPhase::InProgress);
                if !*has_target {
                    self.has_no_target(service);
                }
            }
            Event::Rollout {
                service,
                event: RolloutEvent::RollingBack { .. },
            } => {
                services.insert(service.clone(), RollbackPhase::Ended);
            }
            _ => {}
        }
    }

    /// Records that the watch of a service ended, successfully or not. Returns whether its deployment was
    /// in progress.
    pub fn watch_ends(&self, service: &str, succeeded: bool) -> bool {
        let mut services = lock(&self.services);
        let was_in_progress = services.get(service) == Some(&RollbackPhase::InProgress);
        let phase = match succeeded && was_in_progress {
            true => RollbackPhase::Succeeded,
            false => RollbackPhase::Ended,
        };
        services.insert(service.to_owned(), phase);
        was_in_progress
    }
}

fn is_in_progress(phase: RollbackPhase) -> bool {
    matches!(phase, RollbackPhase::Sent | RollbackPhase::InProgress)
}

fn lock<T>(state: &Mutex<T>) -> MutexGuard<'_, T> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(has_target: bool) -> Event {
        Event::Rollout {
            service: "web".to_owned(),
            event: RolloutEvent::Started {
                from: None,
                has_target,
                to: "web:2".to_owned(),
                deployment: None,
                attached: false,
                rollback: false,
            },
        }
    }

    #[test]
    fn only_deployments_with_a_target_are_affected() {
        let changing = || Event::Changing {
            service: "web".to_owned(),
        };
        let rolling_back = Event::Rollout {
            service: "web".to_owned(),
            event: RolloutEvent::RollingBack {
                to: None,
                reason: String::new(),
            },
        };
        for (events, is_affected) in [
            (vec![], false),
            (vec![changing()], true),
            (vec![changing(), started(true)], true),
            (vec![started(true)], true),
            (vec![started(false)], false),
            (vec![started(true), rolling_back], false),
        ] {
            let request = RollbackRequest::default();
            events.iter().for_each(|event| request.observe(event));
            assert_eq!(!request.affected().is_empty(), is_affected, "{events:?}");
        }
    }

    #[test]
    fn created_services_have_nothing_to_roll_back_to() {
        let request = RollbackRequest::default();
        request.has_no_target("web");
        request.observe(&Event::Changing {
            service: "web".to_owned(),
        });
        assert_eq!(request.affected(), [""; 0]);
        assert!(!request.request(&["web".to_owned()]));
    }
}
