//! A service that needs no change: its current state is judged (design §5.5), with its service deployments where they
//! can be read.

use std::collections::HashSet;
use std::future::{Future, ready};
use std::time::Duration;

use futures_util::future::{OptionFuture, join3};

use super::data_source::DataSource;
use super::failure_details::FailureDetails;
use super::reads;
use super::result::ServiceResult;
use crate::clock::Clock;
use crate::diagnostic::Suggestion;
use crate::ecs::{Service, ServiceDeployment, ServiceDeploymentStatus};
use crate::model::{
    AvailableActions, Event, FailureTarget, ServiceOutcome, Sink, TaskFailure, short_definition,
};
use crate::verdict::{
    RolloutCounts, Snapshot, SteadyState, Verdict, WatchRequest, WatchTarget, failures_of, other_than_asked,
    steady_state,
};

/// The longest that reads are waited for which no verdict rests on.
const LIMIT: Duration = Duration::from_secs(3);

/// How a service is to be followed.
#[derive(Clone, Debug, PartialEq)]
pub enum StartState {
    /// It is in progress: watch it for this.
    Watch(Box<WatchRequest>),
    /// It has its result already.
    Ended(Box<ServiceResult>),
}

/// Judges services that need no change.
#[derive(Clone, Copy)]
pub struct SteadyStateCheck<'a, S> {
    /// Where to read.
    pub source: &'a S,
    /// The cluster.
    pub cluster: &'a str,
    /// Limits the reads that no verdict rests on.
    pub clock: &'a Clock,
    /// Where warnings go.
    pub sink: &'a dyn Sink,
    /// Whether secrets that task definitions hold in plain text are shown in the logs of failed tasks.
    pub show_values: bool,
}

impl<S: DataSource> SteadyStateCheck<'_, S> {
    /// Judges a service that was just read. One read or two; where they fail, the service's own deployments decide.
    pub async fn state_of(&self, request: WatchRequest, observed: &Service) -> StartState {
        self.current_state(request, Some(observed), ready(Some(observed.clone())))
            .await
    }

    /// Judges a service that was observed a while ago: a deployment, a rollback or a crash may have begun since. `now`
    /// reads it again; None where it can't be read, so that it has to be watched. The targets of one in a steady state are
    /// read too: unhealthy ones are a warning.
    pub async fn current_state(
        &self,
        request: WatchRequest,
        observed: Option<&Service>,
        now: impl Future<Output = Option<Service>>,
    ) -> StartState {
        let has_deployments = observed.is_some_and(|it| it.primary().is_some());
        let groups = observed.map(|it| it.target_groups.clone()).unwrap_or_default();
        let listed: OptionFuture<_> = has_deployments
            .then(|| {
                self.source
                    .list_service_deployments(self.cluster, &request.service)
            })
            .into();
        let targets = self
            .clock
            .io_timeout(LIMIT, reads::target_health(self.source, &groups));
        let (now, listed, targets) = join3(now, listed, targets).await;
        let mut snapshot = Snapshot::of(now);
        match listed {
            Some(Ok(found)) => {
                snapshot.service_deployments = self.with_cause(&snapshot, found).await;
            }
            Some(Err(error)) => {
                tracing::debug!(service = request.service, error = %error.failure, "no service deployments");
                snapshot.deployments_readable = false;
            }
            None => {}
        }
        let StartState::Ended(end) = judged(request.clone(), &snapshot) else {
            return StartState::Watch(Box::new(to_watch(request)));
        };
        if let Verdict::Unchanged { exercised: true } = end.verdict {
            let (targets, _) = targets.unwrap_or_default();
            let targets = targets.into_iter().flatten().collect();
            self.warn_of_unhealthy(&end.outcome.name, targets);
        }
        if let Verdict::Failed { .. } | Verdict::Stopped { .. } = end.verdict {
            let failures = self.failures(&end, &snapshot).await;
            return StartState::Ended(Box::new(ended(request, &snapshot, end.verdict, failures)));
        }
        StartState::Ended(end)
    }

    /// Warns that the load balancer contradicts ECS's steady state: a service whose deployment is over is no longer judged
    /// by its targets' health.
    fn warn_of_unhealthy(&self, service: &str, targets: Vec<FailureTarget>) {
        let all = targets.len();
        let unhealthy: Vec<FailureTarget> = targets.into_iter().filter(FailureTarget::is_unhealthy).collect();
        let Some(first) = unhealthy.first() else { return };
        let why: Vec<&str> = [&first.reason, &first.description]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        self.sink.warn(
            Some(service),
            format!(
                "{} of {all} targets are unhealthy ({})",
                unhealthy.len(),
                why.join(": ")
            ),
            Some(Suggestion::command("status", service.to_owned())),
        );
    }

    /// Why its tasks failed, as far as ECS still knows them ("Stopped tasks … for at least one hour", developer guide).
    async fn failures(&self, end: &ServiceResult, snapshot: &Snapshot) -> Vec<TaskFailure> {
        let Some(deployment) = &end.outcome.deployment else {
            return Vec::new();
        };
        let (service, none_known) = (&end.outcome.name, HashSet::new());
        let read = reads::stopped_tasks(self.source, self.cluster, service, &none_known);
        let tasks = match self.clock.io_timeout(LIMIT, read).await {
            Some(Ok(tasks)) => tasks,
            Some(Err(error)) => {
                tracing::debug!(error = %error.failure, "why it failed is not known");
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let kinds = failures_of(deployment, &tasks);
        let unreported = |_: Event| {};
        let mut details = FailureDetails::new(self.source, self.clock, &unreported, self.show_values);
        for kind in &kinds {
            let task = tasks.iter().find(|task| Some(&task.id) == kind.task_id.as_ref());
            details.start(0, kind.clone(), task, snapshot.service.as_ref());
        }
        // What takes longer is left out.
        let _ = self.clock.io_timeout(LIMIT, details.work()).await;
        details.complete(0, service, &kinds, Vec::new())
    }

    /// The service deployments; that of the PRIMARY, where it is STOPPED, in detail: only there ECS says whether the circuit
    /// breaker, an alarm or a user stopped it.
    async fn with_cause(
        &self,
        snapshot: &Snapshot,
        mut found: Vec<ServiceDeployment>,
    ) -> Vec<ServiceDeployment> {
        let primary = snapshot.service.as_ref().and_then(Service::primary_id);
        let stopped = found
            .iter()
            .find(|it| primary.is_some_and(|primary| it.aims_at(primary)))
            .filter(|it| it.status == ServiceDeploymentStatus::Stopped)
            .map(|it| it.arn.clone());
        if let Some(arn) = stopped {
            match self.source.describe_service_deployments(&[arn]).await {
                Ok(fresh) => reads::merge(&mut found, fresh),
                Err(error) => {
                    tracing::debug!(error = %error.failure, "who stopped the deployment is not known");
                }
            }
        }
        found
    }
}

/// The state of a service that was just read, where it is set to another revision than the one that was asked for: then a
/// change that was planned for that revision is not made.
pub fn superseded_before_change(request: &WatchRequest, now: &Service) -> Option<StartState> {
    let snapshot = Snapshot::of(Some(now.clone()));
    let is_superseded = names_another(request, &snapshot) && other_than_asked(request, &snapshot).is_some();
    is_superseded.then(|| judged(request.clone(), &snapshot))
}

/// Judges a service that needs no change (design §5.5), by what was observed.
fn judged(request: WatchRequest, snapshot: &Snapshot) -> StartState {
    let Some(verdict) = verdict_on(&request, snapshot) else {
        return StartState::Watch(Box::new(to_watch(request)));
    };
    StartState::Ended(Box::new(ended(request, snapshot, verdict, Vec::new())))
}

fn to_watch(request: WatchRequest) -> WatchRequest {
    WatchRequest {
        target: WatchTarget::Restored,
        ..request
    }
}

/// The result that it had before.
fn ended(
    request: WatchRequest,
    snapshot: &Snapshot,
    verdict: Verdict,
    failures: Vec<TaskFailure>,
) -> ServiceResult {
    let figures = snapshot
        .service
        .as_ref()
        .map(RolloutCounts::of)
        .unwrap_or_default();
    let ours = figures
        .deployment
        .as_deref()
        .and_then(|it| snapshot.service_deployment(it));
    let alarms = ours.and_then(|it| it.alarms.as_ref());
    let listed = &snapshot.service_deployments;
    let is_first = figures.deployment.as_deref().is_some_and(|ours| {
        let mut others = snapshot.service.iter().flat_map(|it| &it.deployments);
        !listed.is_empty() && listed.iter().all(|it| it.aims_at(ours)) && others.all(|it| it.id == ours)
    });
    let result = ServiceResult::new(&request, &figures, failures, verdict)
        .with_alarms(alarms.map_or(&[][..], |it| it.triggered.as_slice()));
    ServiceResult {
        found: true,
        outcome: ServiceOutcome {
            recourse: match is_first {
                true => AvailableActions::AnewOnly,
                false => AvailableActions::Anew,
            },
            ..result.outcome
        },
        ..result
    }
}

/// The verdict that it had before; None where only a watch tells.
fn verdict_on(request: &WatchRequest, snapshot: &Snapshot) -> Option<Verdict> {
    let state = steady_state(snapshot);
    match other_than_asked(request, snapshot) {
        // The service is set to what was asked for, and its PRIMARY deployment is not.
        Some(_) if !names_another(request, snapshot) => None,
        Some(superseded @ Verdict::Superseded { .. }) => Some(superseded),
        // A rollback in progress is watched to its end.
        Some(other) => (state != SteadyState::InProgress).then_some(other),
        None => match state {
            SteadyState::InProgress => None,
            SteadyState::Reached { exercised } => Some(Verdict::Unchanged { exercised }),
            SteadyState::Failed(verdict) => Some(verdict),
        },
    }
}

/// Whether the service itself is set to another revision than the one that was asked for.
fn names_another(request: &WatchRequest, snapshot: &Snapshot) -> bool {
    let service = snapshot.service.as_ref();
    let named = service.and_then(|service| service.task_definition.as_deref());
    named.map(short_definition) != request.short_definition()
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
        match judged(aim(), snapshot) {
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
        let StartState::Watch(attach) = judged(aim(), &look("web:43", "IN_PROGRESS", "", 1)) else {
            panic!()
        };
        assert_eq!(attach.target, WatchTarget::Restored);
        assert!(matches!(judged(aim(), &Snapshot::of(None)), StartState::Watch(_)));
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
        assert!(matches!(judged(aim(), &contradiction), StartState::Watch(_)));
        let rolling_back = "rolling back to deploymentId ecs-svc/1";
        assert_eq!(
            ended(&look("web:42", "COMPLETED", rolling_back, 2)).exit(),
            Exit::Rollout
        );
        assert!(matches!(
            judged(aim(), &look("web:42", "IN_PROGRESS", rolling_back, 1)),
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
