//! Evaluates a service that needs no change (`docs/design.md` §5.5).

use super::{FailureKind, Snapshot, Verdict};
use crate::ecs::{Deployment, RolloutState, ServiceDeploymentStatus};

/// The state of a service whose task definition and settings are as requested.
#[derive(Clone, Debug, PartialEq)]
pub enum SteadyState {
    /// The service is in steady state, or nothing indicates otherwise.
    Reached {
        /// False if the desired count is 0.
        exercised: bool,
    },
    /// A deployment is in progress and has to be watched. A rollback restores the requested revision, so the
    /// target is `WatchTarget::Restored`.
    InProgress,
    /// The deployment of the requested revision failed or was stopped; `--force` deploys it again.
    Failed(Verdict),
}

/// Evaluates a service that needs no change: its PRIMARY deployment has the requested revision.
pub fn steady_state(snapshot: &Snapshot) -> SteadyState {
    let Some(service) = &snapshot.service else {
        return SteadyState::InProgress;
    };
    if service.contradiction().is_some() {
        return SteadyState::InProgress;
    }
    let Some(primary) = service.primary() else {
        let filled = !service.has_deployments()
            && service.desired_count.is_some()
            && service.running_count == service.desired_count;
        return healthy_if(filled, service.desired_count);
    };
    let join = snapshot.service_deployment(&primary.id);
    let is_failed = primary.rollout_state == Some(RolloutState::Failed);
    let stopped = join.filter(|it| it.status == ServiceDeploymentStatus::Stopped);
    if let Some(join) = stopped
        && !join.has_failed_in_ecs().unwrap_or(is_failed)
    {
        let reason = join.why();
        return SteadyState::Failed(Verdict::Stopped { reason });
    }
    if is_failed || stopped.is_some() {
        let reason = join
            .and_then(|it| it.why())
            .or_else(|| primary.rollout_state_reason.clone());
        return SteadyState::Failed(Verdict::failed(FailureKind::GivenUp, reason));
    }
    match join.map(|join| (&join.status, join.why())) {
        Some((ServiceDeploymentStatus::RollbackFailed, reason)) => {
            return SteadyState::Failed(Verdict::failed(FailureKind::RollbackFailed, reason));
        }
        // It was rolled back but is still PRIMARY: the response is stale, so poll again.
        Some((status, _)) if *status != ServiceDeploymentStatus::Successful => {
            return SteadyState::InProgress;
        }
        _ => {}
    }
    healthy_if(
        is_healthy(primary) && is_alone(snapshot, primary),
        primary.desired_count,
    )
}

fn healthy_if(sound: bool, desired: Option<u64>) -> SteadyState {
    if !sound {
        return SteadyState::InProgress;
    }
    SteadyState::Reached {
        exercised: desired.is_some_and(|desired| desired > 0),
    }
}

fn is_healthy(primary: &Deployment) -> bool {
    match &primary.rollout_state {
        Some(state) => *state == RolloutState::Completed && primary.has_enough_tasks(),
        None => primary.is_filled(),
    }
}

/// Whether no other deployment has tasks.
fn is_alone(snapshot: &Snapshot, primary: &Deployment) -> bool {
    snapshot.service.as_ref().is_some_and(|service| {
        service
            .deployments
            .iter()
            .all(|it| it.id == primary.id || !it.has_tasks())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ecs::{Service, ServiceDeployment};
    use serde_json::{Value, json};

    fn service(state: Value, running: u64, desired: u64, old: u64) -> Value {
        json!({"serviceName": "web", "status": "ACTIVE", "deployments": [
            {"id": "ecs-svc/2", "status": "PRIMARY", "rolloutState": state, "runningCount": running, "desiredCount": desired,
             "rolloutStateReason": "AWS's words"},
            {"id": "ecs-svc/1", "status": "DRAINING", "runningCount": old}]})
    }

    fn service_deployment(status: &str, number: u32) -> Value {
        json!({"serviceDeploymentArn": "arn:sd", "status": status, "statusReason": "why",
            "targetServiceRevisionArn": format!("arn:aws:ecs:::service-revision/c/web/{number}")})
    }

    fn of(service: &Value, join: Option<Value>) -> SteadyState {
        steady_state(&Snapshot {
            service_deployments: join.iter().filter_map(ServiceDeployment::read).collect(),
            ..Snapshot::of(Some(Service::read(service.clone())))
        })
    }

    #[test]
    fn a_complete_service_at_its_desired_count_is_steady() {
        let sound = SteadyState::Reached { exercised: true };
        assert_eq!(of(&service(json!("COMPLETED"), 2, 2, 0), None), sound);
        assert_eq!(of(&service(json!(null), 2, 2, 0), None), sound);
        assert_eq!(of(&service(json!("COMPLETED"), 3, 2, 0), None), sound);
        assert_eq!(
            of(
                &service(json!("COMPLETED"), 2, 2, 0),
                Some(service_deployment("SUCCESSFUL", 2))
            ),
            sound
        );
        assert_eq!(
            of(&service(json!("COMPLETED"), 0, 0, 0), None),
            SteadyState::Reached { exercised: false }
        );
    }

    #[test]
    fn a_deployment_in_progress_is_watched() {
        for service in [
            service(json!("IN_PROGRESS"), 2, 2, 0),
            service(json!("TOMORROW"), 2, 2, 0),
            service(json!("COMPLETED"), 1, 2, 0),
            service(json!(null), 3, 2, 0),
            service(json!("COMPLETED"), 2, 2, 1),
        ] {
            assert_eq!(of(&service, None), SteadyState::InProgress, "{service}");
        }
        let complete = service(json!("COMPLETED"), 2, 2, 0);
        assert_eq!(
            of(&complete, Some(service_deployment("IN_PROGRESS", 2))),
            SteadyState::InProgress
        );
        assert_eq!(steady_state(&Snapshot::of(None)), SteadyState::InProgress);
    }

    #[test]
    fn a_failed_or_stopped_deployment_keeps_its_reason() {
        let broken = |state: SteadyState| match state {
            SteadyState::Failed(verdict) => (verdict.exit().code(), verdict.reason().map(str::to_owned)),
            other => panic!("{other:?}"),
        };
        let aws = |words: &str| (5, Some(words.to_owned()));
        assert_eq!(
            broken(of(&service(json!("FAILED"), 0, 2, 0), None)),
            aws("AWS's words")
        );
        let complete = service(json!("COMPLETED"), 2, 2, 0);
        assert_eq!(
            broken(of(&complete, Some(service_deployment("STOPPED", 2)))),
            aws("why")
        );
        assert_eq!(
            broken(of(&complete, Some(service_deployment("ROLLBACK_FAILED", 2)))),
            aws("why")
        );
    }

    #[test]
    fn circuit_breaker_and_alarms_tell_who_stopped_it() {
        let ended = |state: &str, monitors: Value| {
            let mut join = service_deployment("STOPPED", 2);
            if let (Some(join), Value::Object(monitors)) = (join.as_object_mut(), monitors) {
                join.extend(monitors);
            }
            match of(&service(json!(state), 1, 2, 0), Some(join)) {
                SteadyState::Failed(verdict) => verdict,
                other => panic!("{other:?}"),
            }
        };
        let watched = json!({"deploymentCircuitBreaker": {"status": "MONITORING_COMPLETE"}, "alarms": {"status": "DISABLED"}});
        let tripped =
            json!({"deploymentCircuitBreaker": {"status": "TRIGGERED"}, "alarms": {"status": "DISABLED"}});
        let reason = Some("why".to_owned());
        let by_user = Verdict::Stopped {
            reason: reason.clone(),
        };
        let given_up = Verdict::failed(FailureKind::GivenUp, reason);
        assert_eq!(ended("FAILED", watched.clone()), by_user);
        assert_eq!(ended("IN_PROGRESS", watched), by_user);
        assert_eq!(ended("FAILED", tripped.clone()), given_up);
        assert_eq!(ended("IN_PROGRESS", tripped), given_up);
        // The brief form has neither member.
        assert_eq!(ended("FAILED", json!({})), given_up);
        assert_eq!(ended("IN_PROGRESS", json!({})), by_user);
    }

    #[test]
    fn a_restored_revision_is_steady() {
        // The rolled back service deployment had a target revision other than the running one.
        let complete = service(json!("COMPLETED"), 2, 2, 0);
        let undone = service_deployment("ROLLBACK_SUCCESSFUL", 3);
        assert_eq!(
            of(&complete, Some(undone)),
            SteadyState::Reached { exercised: true }
        );
        let stopped = service_deployment("STOPPED", 3);
        assert_eq!(
            of(&complete, Some(stopped)),
            SteadyState::Reached { exercised: true }
        );
    }
}
