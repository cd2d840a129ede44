//! A service that needs no change: what stands there is judged (design §5.5), with its service deployments where they
//! can be had.

use std::collections::HashSet;
use std::future::{Future, ready};
use std::time::Duration;

use futures_util::future::{OptionFuture, join3};

use super::ecs::Ecs;
use super::explain::{Clues, Explainer};
use super::reads;
use super::watched::ServiceResult;
use crate::ecs::{Service, ServiceDeployment, ServiceDeploymentStatus, Task};
use crate::model::short_definition;
use crate::model::{Event, FailureTarget, Recourse, ServiceOutcome, Sink, TaskFailure};
use crate::verdict::{
    Figures, Snapshot, Standing, Verdict, WatchRequest, WatchTarget, failures_of, other_than_asked, standing,
};

/// The longest that is waited for what no verdict rests on.
const PATIENCE: Duration = Duration::from_secs(3);

/// What to do about a service that needs no change.
#[derive(Clone, Debug, PartialEq)]
pub enum StartState {
    /// It is under way: watch for this.
    Watch(Box<WatchRequest>),
    /// It has come to its end.
    Ended(Box<ServiceResult>),
}

/// Judges a service that needs no change. `observed` was just read. One read or two; where
/// they fail, the service's own deployments decide. The flag says whether secrets are shown in the logs of failed tasks.
pub async fn stand_of<E: Ecs + Clues>(
    (ecs, cluster): (&E, &str),
    aim: WatchRequest,
    observed: Option<&Service>,
    tell: (&dyn Sink, bool),
) -> StartState {
    let now = ready(observed.cloned());
    stand_by_now((ecs, cluster), aim, observed, now, tell).await
}

/// The same for a service that was observed a while ago: a deployment, a rollback or a crash may have begun since.
/// `now` reads the Service again; None where it can't be had, so that it has to be watched. The targets of one that is as
/// it should be are looked at beside: that they are sick is told as a warning.
pub async fn stand_by_now<E: Ecs + Clues>(
    (ecs, cluster): (&E, &str),
    aim: WatchRequest,
    observed: Option<&Service>,
    now: impl Future<Output = Option<Service>>,
    (sink, show_values): (&dyn Sink, bool),
) -> StartState {
    let has_deployments = observed.is_some_and(|it| it.primary().is_some());
    let groups = observed.map(|it| it.target_groups.clone()).unwrap_or_default();
    let listed: OptionFuture<_> = has_deployments
        .then(|| ecs.list_service_deployments(cluster, &aim.service))
        .into();
    let targets = tokio::time::timeout(PATIENCE, reads::targets(ecs, &groups));
    let (now, listed, targets) = join3(now, listed, targets).await;
    let mut snapshot = Snapshot::of(now);
    match listed {
        Some(Ok(found)) => snapshot.service_deployments = with_cause(ecs, &snapshot, found).await,
        Some(Err(trouble)) => {
            tracing::debug!(service = aim.service, error = %trouble.error, "no service deployments");
            snapshot.deployments_readable = false;
        }
        None => {}
    }
    let StartState::Ended(end) = stand(aim.clone(), &snapshot) else {
        return StartState::Watch(Box::new(to_watch(aim)));
    };
    if let Verdict::Unchanged { exercised: true } = end.verdict {
        let (targets, _) = targets.unwrap_or_default();
        warn_of_sick(&end.outcome.name, targets.into_iter().flatten().collect(), sink);
    }
    if let Verdict::Failed { .. } | Verdict::Stopped { .. } = end.verdict {
        let failures = failures((ecs, cluster), &end, &snapshot, show_values).await;
        return StartState::Ended(Box::new(ended(aim, &snapshot, end.verdict, failures)));
    }
    StartState::Ended(end)
}

/// Says that ECS calls steady what its load balancer does not: a service that is past its deployment is no longer judged
/// by its targets' health.
fn warn_of_sick(service: &str, targets: Vec<FailureTarget>, sink: &dyn Sink) {
    let all = targets.len();
    let sick: Vec<FailureTarget> = targets.into_iter().filter(FailureTarget::is_unhealthy).collect();
    let Some(first) = sick.first() else { return };
    let why: Vec<&str> = [&first.reason, &first.description]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    sink.emit(Event::Warning {
        resource: Some(service.to_owned()),
        message: format!(
            "{} of {all} targets are unhealthy ({})",
            sick.len(),
            why.join(": ")
        ),
        hint: Some(format!("ecsctl status {service}")),
    });
}

/// Why its tasks failed, as far as ECS still knows them ("Stopped tasks … for at least one hour", developer guide).
async fn failures<E: Ecs + Clues>(
    (ecs, cluster): (&E, &str),
    end: &ServiceResult,
    snapshot: &Snapshot,
    show_values: bool,
) -> Vec<TaskFailure> {
    let Some(deployment) = &end.outcome.deployment else {
        return Vec::new();
    };
    let service = &end.outcome.name;
    let over = HashSet::new();
    let read = reads::stopped_tasks(ecs, cluster, service, &over);
    let tasks: Vec<Task> = match tokio::time::timeout(PATIENCE, read).await {
        Ok(Ok(tasks)) => tasks,
        Ok(Err(trouble)) => {
            tracing::debug!(error = %trouble.error, "why it failed is not known");
            return Vec::new();
        }
        Err(_) => return Vec::new(),
    };
    let kinds = failures_of(deployment, &tasks);
    let untold = |_: Event| {};
    let mut explainer = Explainer::new(ecs, &untold, show_values);
    for kind in &kinds {
        let task = tasks.iter().find(|task| Some(&task.id) == kind.task_id.as_ref());
        explainer.begin(0, kind.clone(), task, snapshot.service.as_ref());
    }
    // What takes longer is left out.
    let _ = tokio::time::timeout(PATIENCE, explainer.work()).await;
    explainer.complete(0, service, &kinds, Vec::new())
}

/// The service deployments; that of the PRIMARY, where it is STOPPED, in detail: only there stands whether the circuit
/// breaker or an alarm stopped it, or somebody.
async fn with_cause<E: Ecs>(
    ecs: &E,
    snapshot: &Snapshot,
    mut found: Vec<ServiceDeployment>,
) -> Vec<ServiceDeployment> {
    let primary = snapshot.service.as_ref().and_then(Service::primary);
    let of_primary = |it: &&ServiceDeployment| primary.is_some_and(|primary| it.aims_at(&primary.id));
    let stopped = found
        .iter()
        .find(of_primary)
        .filter(|it| it.status == ServiceDeploymentStatus::Stopped)
        .map(|it| it.arn.clone());
    if let Some(arn) = stopped {
        match ecs.describe_service_deployments(&[arn]).await {
            Ok(fresh) => reads::merge(&mut found, fresh),
            Err(trouble) => {
                tracing::debug!(error = %trouble.error, "who stopped the deployment is not known")
            }
        }
    }
    found
}

/// What stands there, where it is of another revision than the one that is asked for: then a change that was planned
/// on that revision is not to be made. `now` was just read.
pub fn overtaken(aim: &WatchRequest, now: &Service) -> Option<StartState> {
    let snapshot = Snapshot::of(Some(now.clone()));
    let is_overtaken = names_another(aim, &snapshot) && other_than_asked(aim, &snapshot).is_some();
    is_overtaken.then(|| stand(aim.clone(), &snapshot))
}

/// Judges a service that needs no change (design §5.5). `snapshot` is what was observed.
fn stand(aim: WatchRequest, snapshot: &Snapshot) -> StartState {
    let Some(verdict) = verdict_on(&aim, snapshot) else {
        return StartState::Watch(Box::new(to_watch(aim)));
    };
    StartState::Ended(Box::new(ended(aim, snapshot, verdict, Vec::new())))
}

fn to_watch(aim: WatchRequest) -> WatchRequest {
    WatchRequest {
        target: WatchTarget::Restored,
        ..aim
    }
}

/// The end that it has come to before.
fn ended(
    aim: WatchRequest,
    snapshot: &Snapshot,
    verdict: Verdict,
    failures: Vec<TaskFailure>,
) -> ServiceResult {
    let figures = snapshot.service.as_ref().map(Figures::of).unwrap_or_default();
    let ours = figures
        .deployment
        .as_deref()
        .and_then(|it| snapshot.service_deployment(it));
    let alarms = ours.and_then(|it| it.alarms.as_ref());
    let listed = &snapshot.service_deployments;
    let is_first = figures.deployment.as_deref().is_some_and(|ours| {
        let others = snapshot.service.iter().flat_map(|it| &it.deployments);
        !listed.is_empty()
            && listed.iter().all(|it| it.aims_at(ours))
            && others.into_iter().all(|it| it.id == ours)
    });
    let recourse = if is_first {
        Recourse::AnewOnly
    } else {
        Recourse::Anew
    };
    let watched = ServiceResult::new(&aim, &figures, failures, verdict)
        .with_alarms(alarms.map_or(&[][..], |it| it.triggered.as_slice()));
    ServiceResult {
        found: true,
        outcome: ServiceOutcome {
            recourse,
            ..watched.outcome
        },
        ..watched
    }
}

/// The end that it has come to; None where only watching tells.
fn verdict_on(aim: &WatchRequest, snapshot: &Snapshot) -> Option<Verdict> {
    let standing = standing(snapshot);
    match other_than_asked(aim, snapshot) {
        // The service has what is asked for, and its PRIMARY deployment has not.
        Some(_) if !names_another(aim, snapshot) => None,
        Some(superseded @ Verdict::Superseded { .. }) => Some(superseded),
        // A rollback under way is watched to its end.
        Some(other) => (standing != Standing::InProgress).then_some(other),
        None => match standing {
            Standing::InProgress => None,
            Standing::DeployableRevision { exercised } => Some(Verdict::Unchanged { exercised }),
            Standing::Broken(verdict) => Some(verdict),
        },
    }
}

/// Whether the service itself is set to another revision than the one that is asked for.
fn names_another(aim: &WatchRequest, snapshot: &Snapshot) -> bool {
    let service = snapshot.service.as_ref();
    let named = service.and_then(|service| service.task_definition.as_deref());
    named.map(short_definition) != aim.short_definition()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;
    use serde_json::json;

    fn aim() -> WatchRequest {
        WatchRequest {
            definition: Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:43".to_owned()),
            ..WatchRequest::new("web", WatchTarget::InFlight)
        }
    }

    fn look(runs: &str, state: &str, reason: &str, running: u64) -> Snapshot {
        Snapshot::of(Some(Service::read(
            json!({"serviceName": "web", "status": "ACTIVE", "taskDefinition": format!("x/{runs}"),
                "deployments": [{"id": "ecs-svc/2", "status": "PRIMARY", "taskDefinition": format!("x/{runs}"),
                "rolloutState": state, "runningCount": running, "desiredCount": 2, "rolloutStateReason": reason}]}),
        )))
    }

    fn ended(snapshot: &Snapshot) -> ServiceResult {
        match stand(aim(), snapshot) {
            StartState::Ended(end) => *end,
            StartState::Watch(aim) => panic!("{aim:?}"),
        }
    }

    #[test]
    fn nothing_to_change_is_judged_by_what_is_there() {
        let sound = ended(&look("web:43", "COMPLETED", "", 2));
        assert_eq!((sound.exit(), sound.error()), (Exit::Done, None));
        assert_eq!(sound.outcome.running, Some(2));
        let broken = ended(&look("web:43", "FAILED", "AWS's words", 0));
        assert_eq!(broken.exit(), Exit::Rollout);
        let error = broken.error().unwrap();
        assert!(error.message.ends_with("AWS: AWS's words"), "{}", error.message);
        assert!(broken.found);
        let StartState::Watch(attach) = stand(aim(), &look("web:43", "IN_PROGRESS", "", 1)) else {
            panic!()
        };
        assert_eq!(attach.target, WatchTarget::Restored);
        assert!(matches!(stand(aim(), &Snapshot::of(None)), StartState::Watch(_)));
    }

    #[test]
    fn another_revision_is_none_that_was_asked_for() {
        for state in ["COMPLETED", "IN_PROGRESS", "FAILED"] {
            let other = ended(&look("web:44", state, "", 2));
            assert_eq!(other.exit(), Exit::Superseded, "{state}");
            assert!(other.found && other.error().is_some(), "{state}");
        }
        let mut contradiction = look("web:44", "COMPLETED", "", 2);
        contradiction.service.as_mut().unwrap().task_definition = Some("x/web:43".to_owned());
        assert!(matches!(stand(aim(), &contradiction), StartState::Watch(_)));
        let rolling_back = "rolling back to deploymentId ecs-svc/1";
        assert_eq!(
            ended(&look("web:42", "COMPLETED", rolling_back, 2)).exit(),
            Exit::Rollout
        );
        assert!(matches!(
            stand(aim(), &look("web:42", "IN_PROGRESS", rolling_back, 1)),
            StartState::Watch(_)
        ));
    }

    #[test]
    fn a_rollback_before_the_newest_deployment_is_none_of_it() {
        // web:44 was rolled back, and the list doesn't know yet what was deployed after that.
        let seconds = |at: i64| json!(1_700_000_000 + at);
        let listed = json!({"serviceDeploymentArn": "arn:sd/1", "status": "ROLLBACK_SUCCESSFUL",
            "createdAt": seconds(0), "finishedAt": seconds(60)});
        for (created, exit) in [(90, Exit::Superseded), (30, Exit::Rollout)] {
            let mut look = look("web:45", "COMPLETED", "", 2);
            look.service.as_mut().unwrap().deployments[0].created_at =
                jiff::Timestamp::from_second(1_700_000_000 + created).ok();
            look.service_deployments = vec![ServiceDeployment::read(&listed).unwrap()];
            assert_eq!(ended(&look).exit(), exit, "{created}");
        }
    }
}
