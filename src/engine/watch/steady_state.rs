//! Judges the current state of a service that needs no change (`docs/design.md` §5.5), using its
//! service deployments if they can be read.

use std::collections::HashSet;
use std::future::{Future, ready};
use std::time::Duration;

use futures_util::future::{OptionFuture, join3};

use super::data_source::DataSource;
use super::failure_details::FailureDetails;
use super::reads::{self, SearchedDeployment};
use super::result::ServiceResult;
use crate::clock::Clock;
use crate::diagnostic::Suggestion;
use crate::ecs::{Service, ServiceDeployment, ServiceDeploymentStatus};
use crate::model::{
    AvailableActions, Event, FailureTarget, ServiceOutcome, Sink, TaskFailure, short_definition,
};
use crate::verdict::{
    RolloutCounts, Snapshot, SteadyState, Verdict, WatchRequest, WatchTarget, failures_of,
    is_revision_unknown, other_than_asked, steady_state,
};

/// How long to wait for reads that the verdict doesn't depend on.
const LIMIT: Duration = Duration::from_secs(3);

/// What to do with a service that needs no change.
#[derive(Clone, Debug, PartialEq)]
pub enum StartState {
    /// A deployment is in progress: watch it.
    Watch(Box<WatchRequest>),
    /// It has its result already.
    Ended(Box<ServiceResult>),
}

/// Judges services that need no change.
#[derive(Clone, Copy)]
pub struct SteadyStateCheck<'a, S> {
    /// The source of reads.
    pub source: &'a S,
    /// The cluster.
    pub cluster: &'a str,
    /// The clock that limits reads the verdict doesn't depend on.
    pub clock: &'a Clock,
    /// Where warnings go.
    pub sink: &'a dyn Sink,
    /// Whether to show, in the logs of failed tasks, secrets that task definitions hold in plain text.
    pub show_values: bool,
}

impl<S: DataSource> SteadyStateCheck<'_, S> {
    /// Judges a service that was just read, with one or two more reads; if they fail, `deployments[]`
    /// decides.
    pub async fn state_of(&self, request: WatchRequest, observed: &Service) -> StartState {
        self.current_state(request, Some(observed), ready(Some(observed.clone())))
            .await
    }

    /// Judges a service that was observed a while ago: a deployment, a rollback or a crash may have begun
    /// since. `now` reads it again; if it yields None, the service has to be watched. Warns about unhealthy
    /// targets of a service in steady state.
    pub async fn current_state(
        &self,
        request: WatchRequest,
        observed: Option<&Service>,
        now: impl Future<Output = Option<Service>>,
    ) -> StartState {
        let searched = observed
            .and_then(Service::primary)
            .map(|primary| SearchedDeployment {
                id: primary.id.clone(),
                created_at: primary.created_at,
            });
        let groups = observed.map(|it| it.target_groups.clone()).unwrap_or_default();
        let listed = searched.as_ref().map(|searched| {
            reads::listed_deployments(
                self.source,
                self.cluster,
                &request.service,
                Some(searched),
                &|| (),
            )
        });
        let listed: OptionFuture<_> = listed.into();
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
                tracing::debug!(service = request.service, error = %error.failure, "service deployments can't be read");
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

    /// Warns that the load balancer contradicts the steady state: once a deployment is over, target health is
    /// no longer part of the verdict.
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

    /// Why its tasks failed, as far as ECS still keeps them ("Stopped tasks … for at least one hour",
    /// developer guide).
    async fn failures(&self, end: &ServiceResult, snapshot: &Snapshot) -> Vec<TaskFailure> {
        let Some(deployment) = &end.outcome.deployment else {
            return Vec::new();
        };
        let (service, none_known) = (&end.outcome.name, HashSet::new());
        let read = reads::stopped_tasks(self.source, self.cluster, service, &none_known);
        let tasks = match self.clock.io_timeout(LIMIT, read).await {
            Some(Ok(tasks)) => tasks,
            Some(Err(error)) => {
                tracing::debug!(error = %error.failure, "the cause of the failure is unknown");
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
        // Details that take longer are left out.
        let _ = self.clock.io_timeout(LIMIT, details.work()).await;
        details.complete(0, service, &kinds, Vec::new())
    }

    /// The service deployments. If the PRIMARY's is STOPPED, it is described too: only the description says
    /// whether the circuit breaker, an alarm or a user stopped it.
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
                    tracing::debug!(error = %error.failure, "the cause of the stop is unknown");
                }
            }
        }
        found
    }
}

/// The state of a service that was just read, if it has another revision than the requested one: the planned
/// change must then not be made.
pub fn superseded_before_change(request: &WatchRequest, now: &Service) -> Option<StartState> {
    let snapshot = Snapshot::of(Some(now.clone()));
    let is_superseded = names_another(request, &snapshot) && other_than_asked(request, &snapshot).is_some();
    is_superseded.then(|| judged(request.clone(), &snapshot))
}

/// Evaluates a service that needs no change from a snapshot (`docs/design.md` §5.5).
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

/// The result of a rollout that already has a verdict.
fn ended(
    request: WatchRequest,
    snapshot: &Snapshot,
    verdict: Verdict,
    failures: Vec<TaskFailure>,
) -> ServiceResult {
    let counts = snapshot
        .service
        .as_ref()
        .map(RolloutCounts::of)
        .unwrap_or_default();
    let ours = counts
        .deployment
        .as_deref()
        .and_then(|it| snapshot.service_deployment(it));
    let alarms = ours.and_then(|it| it.alarms.as_ref());
    let listed = &snapshot.service_deployments;
    let is_first = counts.deployment.as_deref().is_some_and(|ours| {
        let mut others = snapshot.service.iter().flat_map(|it| &it.deployments);
        !listed.is_empty() && listed.iter().all(|it| it.aims_at(ours)) && others.all(|it| it.id == ours)
    });
    let result = ServiceResult::new(&request, &counts, failures, verdict)
        .with_alarms(alarms.map_or(&[][..], |it| it.triggered.as_slice()));
    ServiceResult {
        found: true,
        outcome: ServiceOutcome {
            last_event_at: None,
            recourse: match is_first {
                true => AvailableActions::AnewOnly,
                false => AvailableActions::Anew,
            },
            ..result.outcome
        },
        ..result
    }
}

/// The existing verdict on the rollout, or `None` if it still has to be watched.
fn verdict_on(request: &WatchRequest, snapshot: &Snapshot) -> Option<Verdict> {
    if is_revision_unknown(request, snapshot) {
        return None;
    }
    let state = steady_state(snapshot);
    match other_than_asked(request, snapshot) {
        // The service names the requested revision, but its PRIMARY deployment doesn't.
        Some(_) if !names_another(request, snapshot) => None,
        Some(superseded @ Verdict::Superseded { .. }) => Some(superseded),
        // A rollback in progress is watched until it finishes.
        Some(other) => (state != SteadyState::InProgress).then_some(other),
        None => match state {
            SteadyState::InProgress => None,
            SteadyState::Reached { exercised } => Some(Verdict::Unchanged { exercised }),
            SteadyState::Failed(verdict) => Some(verdict),
        },
    }
}

/// Whether the service's own task definition differs from the requested one.
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

    fn request() -> WatchRequest {
        WatchRequest {
            definition: Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:43".to_owned()),
            ..WatchRequest::new("web", WatchTarget::InFlight)
        }
    }

    fn polled(runs: &str, state: &str, reason: &str, running: u64) -> Snapshot {
        Snapshot::of(Some(Service::read(
            json!({"serviceName": "web", "status": "ACTIVE", "taskDefinition": format!("x/{runs}"),
                "deployments": [{"id": "ecs-svc/2", "status": "PRIMARY", "taskDefinition": format!("x/{runs}"),
                "rolloutState": state, "runningCount": running, "desiredCount": 2, "rolloutStateReason": reason}]}),
        )))
    }

    fn ended(snapshot: &Snapshot) -> ServiceResult {
        match judged(request(), snapshot) {
            StartState::Ended(end) => *end,
            StartState::Watch(request) => panic!("{request:?}"),
        }
    }

    #[test]
    fn an_unchanged_service_is_judged_by_its_current_state() {
        let sound = ended(&polled("web:43", "COMPLETED", "", 2));
        assert_eq!((sound.exit(), sound.error()), (Exit::Done, None));
        assert_eq!(sound.outcome.running, Some(2));
        let broken = ended(&polled("web:43", "FAILED", "AWS's words", 0));
        assert_eq!(broken.exit(), Exit::Rollout);
        let error = broken.error().unwrap();
        assert!(error.message.ends_with("AWS: AWS's words"), "{}", error.message);
        assert!(broken.found);
        let StartState::Watch(attach) = judged(request(), &polled("web:43", "IN_PROGRESS", "", 1)) else {
            panic!()
        };
        assert_eq!(attach.target, WatchTarget::Restored);
        assert!(matches!(
            judged(request(), &Snapshot::of(None)),
            StartState::Watch(_)
        ));
    }

    #[test]
    fn another_revision_is_superseded_or_rolled_back() {
        for state in ["COMPLETED", "IN_PROGRESS", "FAILED"] {
            let other = ended(&polled("web:44", state, "", 2));
            assert_eq!(other.exit(), Exit::Superseded, "{state}");
            assert!(other.found && other.error().is_some(), "{state}");
        }
        let mut contradiction = polled("web:44", "COMPLETED", "", 2);
        contradiction.service.as_mut().unwrap().task_definition = Some("x/web:43".to_owned());
        assert!(matches!(judged(request(), &contradiction), StartState::Watch(_)));
        let rolling_back = "rolling back to deploymentId ecs-svc/1";
        assert_eq!(
            ended(&polled("web:42", "COMPLETED", rolling_back, 2)).exit(),
            Exit::Rollout
        );
        assert!(matches!(
            judged(request(), &polled("web:42", "IN_PROGRESS", rolling_back, 1)),
            StartState::Watch(_)
        ));
    }

    #[test]
    fn an_earlier_rollback_does_not_count_for_a_newer_deployment() {
        // web:44 was rolled back, and the list doesn't include the next deployment yet.
        let seconds = |at: i64| json!(1_700_000_000 + at);
        let listed = json!({"serviceDeploymentArn": "arn:sd/1", "status": "ROLLBACK_SUCCESSFUL",
            "createdAt": seconds(0), "finishedAt": seconds(60)});
        for (created, exit) in [(90, Exit::Superseded), (30, Exit::Rollout)] {
            let mut snapshot = polled("web:45", "COMPLETED", "", 2);
            snapshot.service.as_mut().unwrap().deployments[0].created_at =
                jiff::Timestamp::from_second(1_700_000_000 + created).ok();
            snapshot.service_deployments = vec![ServiceDeployment::read(&listed).unwrap()];
            assert_eq!(ended(&snapshot).exit(), exit, "{created}");
        }
    }
}
