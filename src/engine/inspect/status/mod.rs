//! The status of services and their resources, read concurrently.

mod in_progress;
mod related_resources;
mod scaling;
mod schedules;
mod tasks;

use std::time::Duration;

use futures_util::future::{join, join_all, join4};
use in_progress::InProgressDeployments;
use jiff::Timestamp;
use related_resources::RelatedResources;
use scaling::ScalingDetails;
use schedules::ScheduleReads;
use tasks::TaskSummary;

pub use schedules::ScheduleNames;

use crate::aws::{Aws, AwsError, SERVICES_A_CALL};
use crate::diagnostic::{Explain, Failure};
use crate::ecs::{Deployment, Service};
use crate::engine::polling::Poller;
use crate::model::{
    DeploymentStatus, EventStatus, ScalingStatus, ServiceStatus, Sink, Status, short_definition,
};

/// The maximum number of services shown in detail: their tasks, definitions, targets and addresses
/// take some seven reads each, their service deployments two more if one is in progress, and ECS
/// allows bursts of a hundred (Amazon ECS endpoints and quotas, "cluster resource read actions").
const LOOKED_INTO: usize = 12;

/// How long an optional read may take whose AWS service may be out of reach, for want of a route or a VPC endpoint.
const READ_LIMIT: Duration = Duration::from_secs(5);

/// What to show the status of.
#[derive(Clone, Copy, Debug)]
pub struct StatusRequest<'a> {
    /// The cluster.
    pub cluster: &'a str,
    /// Pairs of a service's key in deploy.yaml and its name on ECS.
    pub services: &'a [(String, String)],
    /// The schedules of jobs.
    pub schedules: &'a ScheduleNames,
}

/// Reads the status of services of a cluster, and of schedules.
/// Everything besides the services themselves is optional: if it can't be read, it is omitted with a
/// note.
pub async fn status(aws: &Aws, request: StatusRequest<'_>) -> Result<Status, AwsError> {
    let (cluster, services) = (request.cluster, request.services);
    let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
    let looked_into = names.len() <= LOOKED_INTO;
    let asked: &[String] = if looked_into { &names } else { &[] };
    let described = async {
        let found = aws.describe_services(cluster, &names).await?;
        let surroundings = asked.iter().map(async |name| {
            let service = found.named(name)?;
            Some(RelatedResources::of(aws, service).await)
        });
        let flights = InProgressDeployments::of(aws, cluster, &found);
        let (surroundings, flights) = join(join_all(surroundings), flights).await;
        Ok::<_, AwsError>((found, surroundings, flights))
    };
    let tasks = join_all(asked.iter().map(|name| TaskSummary::of(aws, cluster, name)));
    let scaling = ScalingDetails::of(aws, cluster, &names, asked);
    let schedules = ScheduleReads::of(aws, request.schedules);
    let (described, tasks, scaling, schedules) = join4(described, tasks, scaling, schedules).await;
    let (found, surroundings, flights) = described?;
    let mut notes = UniqueNotes::default();
    let scaling = scaling.status(&mut notes);
    let mut shown: Vec<ServiceStatus> = services
        .iter()
        .map(|(key, name)| one(key, name, found.existing(name), scaling.get(name).cloned()))
        .collect();
    for ((status, tasks), surroundings) in shown.iter_mut().zip(tasks).zip(surroundings) {
        if status.status != "MISSING" {
            let oldest = found
                .named(&status.name)
                .and_then(|service| tasks.oldest(service));
            tasks.show(status, &mut notes);
            if let Some(surroundings) = surroundings {
                surroundings.show(status, oldest, &mut notes);
            }
        }
    }
    flights.show(&mut shown, &mut notes);
    let schedules = schedules.status(&mut notes);
    if !looked_into {
        notes.add(format!(
            "tasks and targets are shown for up to {LOOKED_INTO} services: name some"
        ));
    }
    Ok(Status {
        schema: 1,
        cluster: cluster.rsplit('/').next().unwrap_or(cluster).to_owned(),
        region: aws.region().to_owned(),
        account: found.iter().find_map(Service::account),
        services: shown,
        schedules,
        notes: notes.into_sentences(),
    })
}

fn one(key: &str, name: &str, found: Option<&Service>, scaling: Option<ScalingStatus>) -> ServiceStatus {
    let Some(service) = found else {
        return ServiceStatus {
            key: key.to_owned(),
            name: name.to_owned(),
            status: "MISSING".to_owned(),
            ..ServiceStatus::default()
        };
    };
    ServiceStatus {
        key: key.to_owned(),
        name: name.to_owned(),
        task_definition: service
            .task_definition
            .as_deref()
            .map(|it| short_definition(it).to_owned()),
        running: service.running_count,
        pending: service.pending_count,
        desired: service.desired_count,
        deployed_at: service.primary().and_then(|primary| primary.created_at).map(time),
        deployments: service.deployments.iter().map(deployment).collect(),
        scaling,
        last_event: service.events.first().map(|event| EventStatus {
            at: event.at.map(time),
            message: event.message.clone(),
        }),
        status: service.status.clone(),
        ..ServiceStatus::default()
    }
}

fn deployment(deployment: &Deployment) -> DeploymentStatus {
    DeploymentStatus {
        id: deployment.id.clone(),
        status: deployment.status.clone(),
        task_definition: deployment
            .task_definition
            .as_deref()
            .map(|it| short_definition(it).to_owned()),
        rollout: deployment.rollout_state.as_ref().map(ToString::to_string),
        reason: deployment.rollout_state_reason.clone(),
        running: deployment.running_count,
        pending: deployment.pending_count,
        desired: deployment.desired_count,
        failed: deployment.failed_tasks,
        created_at: deployment.created_at.map(time),
        ..DeploymentStatus::default()
    }
}

fn time(at: Timestamp) -> String {
    at.to_string()
}

/// Sentences without duplicates.
#[derive(Debug, Default)]
pub struct UniqueNotes(Vec<String>);

impl UniqueNotes {
    /// Returns the value of a read, or adds a note that it failed. An AWS stand-in that lacks the
    /// operation needs no note.
    pub fn take<T>(&mut self, read: Result<T, AwsError>, what: &str) -> Option<T> {
        match read {
            Ok(brought) => Some(brought),
            Err(error) => {
                tracing::debug!(%error, "not read");
                if !error.is_unsupported() {
                    let action = error.action();
                    self.add(match error.is_access_denied() {
                        true => format!("{what} can't be shown without permission for {action}"),
                        false => format!("{what} could not be read ({action}: {})", error.explain().code),
                    });
                }
                None
            }
        }
    }

    /// Returns the value of a read, or adds a note that it failed or, if there is no result, that it took too long.
    pub fn take_in_time<T>(&mut self, read: Option<Result<T, AwsError>>, what: &str) -> Option<T> {
        match read {
            Some(read) => self.take(read, what),
            None => {
                let seconds = READ_LIMIT.as_secs();
                self.add(format!("{what} could not be read within {seconds} seconds"));
                None
            }
        }
    }

    /// Adds a sentence unless it is already included.
    pub fn add(&mut self, sentence: String) {
        if !self.0.contains(&sentence) {
            self.0.push(sentence);
        }
    }

    /// Returns all sentences.
    pub fn into_sentences(self) -> Vec<String> {
        self.0
    }
}

/// Reads per service shown in detail.
const READS_A_SERVICE: usize = 7;
/// Additional reads per service deployment in progress, and per service with a scalable target.
const READS_A_FLIGHT: usize = 3;

/// Passes the status to `each` repeatedly until it returns false. Continues after temporary errors.
pub async fn watch(
    aws: &Aws,
    request: StatusRequest<'_>,
    sink: &dyn Sink,
    mut each: impl FnMut(Status) -> bool,
) -> Result<(), Failure> {
    let mut poller = Poller::new(aws.clock(), sink);
    let services = request.services;
    let more = match services.len() {
        count @ ..=LOOKED_INTO => count * READS_A_SERVICE,
        _ => 0,
    };
    let reads = services.len().div_ceil(SERVICES_A_CALL) + 1 + more + request.schedules.names.len();
    loop {
        let looked = status(aws, request).await;
        let mut flights = 0;
        if let Some(status) = poller.record_read(looked)? {
            let services = status.services.iter();
            flights = services
                .map(|it| usize::from(it.in_flight.is_some()) + usize::from(it.scaling.is_some()))
                .sum();
            if !each(status) {
                return Ok(());
            }
        }
        poller.wait(reads + flights * READS_A_FLIGHT).await;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    fn services() -> Vec<(String, String)> {
        ["web", "worker"]
            .map(|key| (key.to_owned(), format!("{key}-prod")))
            .to_vec()
    }

    fn web() -> Value {
        json!({
            "serviceArn": "arn:aws:ecs:us-east-1:123456789012:service/c/web-prod",
            "serviceName": "web-prod", "status": "ACTIVE",
            "desiredCount": 3, "runningCount": 2, "pendingCount": 1,
            "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42",
            "deployments": [{
                "id": "ecs-svc/7", "status": "PRIMARY", "rolloutState": "IN_PROGRESS", "runningCount": 2,
                "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42",
                "pendingCount": 1, "desiredCount": 3, "createdAt": 1_795_183_361.5,
            }],
            "events": [{"id": "1", "createdAt": 1_795_183_362, "message": "(service web) has started 1 tasks."}],
        })
    }

    async fn fake(targets: fn() -> Answer) -> FakeAws {
        FakeAws::playing(move |request| match request.operation().as_str() {
            "DescribeServices" => Answer::ok(json!({
                "services": [web()], "failures": [{"arn": "worker-prod", "reason": "MISSING"}],
            })),
            _ => targets(),
        })
        .await
    }

    async fn read(fake: &FakeAws) -> Status {
        let (services, schedules) = (services(), ScheduleNames::default());
        let request = StatusRequest {
            cluster: "c",
            services: &services,
            schedules: &schedules,
        };
        status(&fake.session().await, request).await.unwrap()
    }

    #[tokio::test]
    async fn what_runs_and_what_is_missing() {
        let target = || {
            let target = json!({"ResourceId": "service/c/web-prod", "MinCapacity": 2, "MaxCapacity": 10});
            Answer::ok(json!({"ScalableTargets": [target]}))
        };
        let fake = fake(target).await;
        let status = read(&fake).await;
        assert_eq!(status.account.as_deref(), Some("123456789012"));
        let [web, worker] = status.services.as_slice() else {
            panic!("{status:?}")
        };
        assert_eq!(
            (web.running, web.desired, web.pending),
            (Some(2), Some(3), Some(1))
        );
        assert_eq!(web.task_definition.as_deref(), Some("web:42"));
        assert_eq!(web.deployed_at.as_deref(), Some("2026-11-20T14:02:41.5Z"));
        let scaling = web.scaling.as_ref().unwrap();
        assert_eq!((scaling.min, scaling.max), (2, 10));
        assert_eq!(web.deployments[0].rollout.as_deref(), Some("IN_PROGRESS"));
        assert_eq!(
            (worker.key.as_str(), worker.status.as_str()),
            ("worker", "MISSING")
        );
    }

    #[tokio::test]
    async fn scaling_is_left_out_where_it_may_not_be_asked() {
        let denied = || Answer::refusal(400, "AccessDeniedException", "not authorized");
        let fake = fake(denied).await;
        let status = read(&fake).await;
        assert_eq!(status.services[0].scaling, None);
        assert_eq!(status.services[0].status, "ACTIVE");
    }
}
