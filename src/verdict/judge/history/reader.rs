//! Snapshots of the model, possibly stale or faulty.

use jiff::Timestamp;

use super::{EcsModel, ReadFault};
use crate::ecs::{RolloutState, ServiceDeploymentStatus};
use crate::verdict::Snapshot;

impl EcsModel {
    pub(super) fn record(&mut self) {
        self.service.running_count = Some(
            self.service
                .deployments
                .iter()
                .filter_map(|it| it.running_count)
                .sum(),
        );
        self.service.pending_count = Some(self.service.deployments.iter().map(|it| it.pending_count).sum());
        let mut snapshot = Snapshot::of(Some(self.service.clone()));
        snapshot.deployments_readable = self.setting.has_service_deployments;
        if self.setting.has_service_deployments {
            snapshot.service_deployments = self.service_deployments.clone();
        }
        snapshot.tasks = self.tasks.clone();
        snapshot.running = self.alive.clone();
        self.past.push(snapshot);
    }

    /// Returns a snapshot read at `clock`, with a fault.
    pub fn snapshot(&self, flaw: ReadFault, clock: Timestamp) -> Snapshot {
        let back = if let ReadFault::Stale(back) = flaw {
            back
        } else {
            0
        };
        let at = self.past.len().saturating_sub(1 + back);
        let mut snapshot = self.past[at].clone();
        snapshot.listed_at = self.setting.has_service_deployments.then_some(clock);
        snapshot.tasks_at = Some(clock);
        snapshot.running_at = Some(clock);
        match flaw {
            ReadFault::Missing => snapshot.service = None,
            ReadFault::UnknownStatus => {
                for it in &mut snapshot.service_deployments {
                    it.status = ServiceDeploymentStatus::Other("TOMORROW".to_owned());
                }
            }
            ReadFault::UnknownState | ReadFault::NoCounts => {
                for it in snapshot
                    .service
                    .iter_mut()
                    .flat_map(|it| it.deployments.iter_mut())
                {
                    if flaw == ReadFault::NoCounts {
                        it.running_count = None;
                    } else {
                        it.rollout_state = it
                            .rollout_state
                            .as_ref()
                            .map(|_| RolloutState::Other("TOMORROW".to_owned()));
                    }
                }
            }
            ReadFault::None | ReadFault::Stale(_) => {}
        }
        snapshot
    }
}
