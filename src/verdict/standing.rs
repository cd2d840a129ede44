//! What stands there, when there is nothing to change (design §5.5).

use super::{Deployment, FailureKind, RolloutState, ServiceDeploymentStatus, Snapshot, Verdict};

/// What to do about a service whose definition and settings are as asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Nothing: it runs as it should, or nothing can be told against it.
    Sound {
        /// False when no task is desired.
        exercised: bool,
    },
    /// Something is still under way: attach to it, and let a judge decide. What a rollback restores is what was
    /// asked for, so the aim is `Target::Restored`.
    InProgress,
    /// The deployment of the very revision that is asked for has failed or was stopped; `--force` deploys it anew.
    Broken(Verdict),
}

/// Judges a service that needs no change. The PRIMARY deployment has the revision asked for.
pub fn standing(snapshot: &Snapshot) -> Standing {
    let Some(service) = &snapshot.service else {
        return Standing::InProgress;
    };
    let Some(primary) = service.primary() else {
        let filled = service.running == service.desired;
        return sound_if(filled, service.desired);
    };
    let join = snapshot.service_deployment(&primary.id);
    if primary.rollout == Some(RolloutState::Failed) {
        let reason = join.and_then(|it| it.why()).or_else(|| primary.reason.clone());
        return Standing::Broken(Verdict::Failed {
            how: FailureKind::GivenUp,
            reason,
        });
    }
    match join.map(|join| (&join.status, join.why())) {
        Some((ServiceDeploymentStatus::Stopped, reason)) => {
            return Standing::Broken(Verdict::Stopped { reason });
        }
        Some((ServiceDeploymentStatus::RollbackFailed, reason)) => {
            return Standing::Broken(Verdict::Failed {
                how: FailureKind::RollbackFailed,
                reason,
            });
        }
        // It was rolled back, and yet the very deployment is PRIMARY: an older state; look again.
        Some((status, _)) if *status != ServiceDeploymentStatus::Successful => return Standing::InProgress,
        _ => {}
    }
    sound_if(is_sound(primary) && is_alone(snapshot, primary), primary.desired)
}

fn sound_if(sound: bool, desired: Option<u64>) -> Standing {
    if !sound {
        return Standing::InProgress;
    }
    Standing::Sound {
        exercised: desired.is_some_and(|desired| desired > 0),
    }
}

fn is_sound(primary: &Deployment) -> bool {
    let complete = primary
        .rollout
        .as_ref()
        .is_none_or(|state| *state == RolloutState::Completed);
    complete && primary.is_filled()
}

/// Whether no other deployment has tasks.
fn is_alone(snapshot: &Snapshot, primary: &Deployment) -> bool {
    snapshot.service.as_ref().is_some_and(|service| {
        service
            .deployments
            .iter()
            .all(|it| it.id == primary.id || (it.running.unwrap_or(0) == 0 && it.pending == 0))
    })
}
