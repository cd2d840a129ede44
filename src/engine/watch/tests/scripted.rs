//! A scripted ECS that advances with each poll, not with time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use super::{Results, watch};
use crate::aws::LogEvent;
use crate::clock::Clock;
use crate::diagnostic::{Explain, Explanation};
use crate::ecs::{
    CodeDeployment, DescribedServices, LifecycleEvent, ProtectedTask, Service, ServiceDeployment, Task,
    TaskDefinition,
};
use crate::engine::polling::{ReadError, Severity};
use crate::engine::watch::data_source::DataSource;
use crate::exit::Exit;
use crate::model::{CodeDeployNames, Event, FailureTarget, Value};
use crate::verdict::{Verdict, WatchRequest, WatchTarget};

pub(super) const T0: i64 = 1_700_000_000;

#[derive(Debug, thiserror::Error)]
#[error("could not {operation}")]
pub(super) struct Said {
    operation: &'static str,
    exit: Exit,
}

impl Explain for Said {
    fn explain(&self) -> Explanation {
        Explanation::new(self.exit, "said")
    }
}

/// A call and its time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    pub operation: &'static str,
    pub names: Vec<String>,
    pub at: Timestamp,
}

pub(super) type Play = dyn Fn(&str, usize) -> Value;
pub(super) type Fault = dyn Fn(&str, usize) -> Option<Severity>;

/// The scripted ECS.
pub(super) struct Scripted {
    pub clock: Clock,
    pub log: RefCell<Vec<Call>>,
    /// Returns a service's state, given its name and how often it was polled.
    pub service: Box<Play>,
    pub polls: RefCell<BTreeMap<String, usize>>,
    /// Decides which call of an operation fails.
    pub fault: Box<Fault>,
    pub deployments: Vec<Value>,
    pub tasks: Vec<Value>,
    /// The ids of the tasks that are protected from scale-in.
    pub protected: &'static [&'static str],
    /// The task definition of every task.
    pub definition: Value,
    /// The log, given how often it was read; `None` if it doesn't exist.
    pub lines: Box<dyn Fn(usize) -> Option<Vec<String>>>,
    /// The targets of every target group.
    pub targets: Vec<FailureTarget>,
    /// Operations that never respond.
    pub hangs: &'static [&'static str],
    /// Operations that respond only after two more polls.
    pub slow: &'static [&'static str],
}

impl Scripted {
    pub fn new(clock: &Clock, service: impl Fn(&str, usize) -> Value + 'static) -> Self {
        Self {
            clock: clock.clone(),
            log: RefCell::default(),
            service: Box::new(service),
            polls: RefCell::default(),
            fault: Box::new(|_, _| None),
            deployments: Vec::new(),
            tasks: Vec::new(),
            protected: &[],
            definition: a_definition(),
            lines: Box::new(|_| None),
            targets: Vec::new(),
            hangs: &[],
            slow: &[],
        }
    }

    async fn call(&self, operation: &'static str, names: &[String]) -> Result<(), ReadError> {
        let before = self.count(operation);
        self.log.borrow_mut().push(Call {
            operation,
            names: names.to_vec(),
            at: self.clock.now(),
        });
        if self.hangs.contains(&operation) {
            std::future::pending::<()>().await;
        }
        if self.slow.contains(&operation) {
            let polls = self.count("DescribeServices");
            while self.count("DescribeServices") < polls + 2 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        match (self.fault)(operation, before) {
            None => Ok(()),
            Some(weight) => {
                let exit = if weight == Severity::Credentials {
                    Exit::Preflight
                } else {
                    Exit::Unexpected
                };
                Err(ReadError::new(weight, Said { operation, exit }))
            }
        }
    }

    /// How often the stopped tasks of a service were listed.
    pub fn lists_of_stopped(&self) -> usize {
        let log = self.log.borrow();
        let of_stopped =
            |call: &&Call| call.operation == "ListTasks" && call.names.iter().any(|it| it == "STOPPED");
        log.iter().filter(of_stopped).count()
    }

    pub fn count(&self, operation: &str) -> usize {
        self.log
            .borrow()
            .iter()
            .filter(|call| call.operation == operation)
            .count()
    }
}

impl DataSource for Scripted {
    async fn describe_services(&self, _: &str, services: &[String]) -> Result<DescribedServices, ReadError> {
        self.call("DescribeServices", services).await?;
        let mut found = Vec::new();
        for name in services {
            let mut polls = self.polls.borrow_mut();
            let poll = polls.entry(name.clone()).or_default();
            found.push((self.service)(name, *poll));
            *poll += 1;
        }
        found.retain(|it| !it.is_null());
        Ok(DescribedServices::new(
            found.into_iter().map(Service::read).collect(),
        ))
    }

    async fn list_service_deployments(
        &self,
        _: &str,
        service: &str,
        _: &dyn Fn(&[ServiceDeployment]) -> bool,
    ) -> Result<Vec<ServiceDeployment>, ReadError> {
        self.call("ListServiceDeployments", &[service.to_owned()]).await?;
        let of_service = |it: &&Value| it["serviceArn"].as_str().is_none_or(|arn| arn.ends_with(service));
        let found = self.deployments.iter().filter(of_service);
        Ok(found.filter_map(ServiceDeployment::read).collect())
    }

    async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>, ReadError> {
        self.call("DescribeServiceDeployments", arns).await?;
        let asked = |it: &&Value| arns.iter().any(|arn| it["serviceDeploymentArn"] == json!(arn));
        let found = self.deployments.iter().filter(asked);
        Ok(found.filter_map(ServiceDeployment::read).collect())
    }

    async fn code_deployment_in_progress(
        &self,
        _: &str,
        service: &Service,
        _: Option<&CodeDeployNames>,
    ) -> Result<Option<String>, ReadError> {
        self.call("ListDeployments", std::slice::from_ref(&service.name))
            .await?;
        Ok(None)
    }

    async fn code_deployment(&self, id: &str) -> Result<CodeDeployment, ReadError> {
        self.call("GetDeployment", &[id.to_owned()]).await?;
        Ok(CodeDeployment::read(&Value::Null))
    }

    async fn lifecycle_events(&self, id: &str, _: &str, _: &str) -> Result<Vec<LifecycleEvent>, ReadError> {
        self.call("GetDeploymentTarget", &[id.to_owned()]).await?;
        Ok(Vec::new())
    }

    async fn app_spec(&self, application: &str, _: &str) -> Result<Option<String>, ReadError> {
        self.call("GetApplicationRevision", &[application.to_owned()])
            .await?;
        Ok(None)
    }

    async fn list_tasks(
        &self,
        _: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, ReadError> {
        self.call("ListTasks", &[service.to_owned(), desired_status.to_owned()])
            .await?;
        let wanted = self
            .tasks
            .iter()
            .filter(|task| task["lastStatus"] == desired_status);
        Ok(wanted
            .map(|task| task["taskArn"].as_str().unwrap().to_owned())
            .collect())
    }

    async fn describe_tasks(&self, _: &str, arns: &[String]) -> Result<Vec<Task>, ReadError> {
        self.call("DescribeTasks", arns).await?;
        Ok(self.tasks.iter().filter_map(Task::read).collect())
    }

    async fn get_task_protection(&self, _: &str, arns: &[String]) -> Result<Vec<ProtectedTask>, ReadError> {
        self.call("GetTaskProtection", arns).await?;
        let asked = arns.iter().filter_map(|arn| {
            let is_protected = self.protected.iter().any(|id| arn.ends_with(id));
            ProtectedTask::read(&json!({"taskArn": arn, "protectionEnabled": is_protected}))
        });
        Ok(asked.collect())
    }

    async fn describe_task_definition(&self, arn: &str) -> Result<Option<TaskDefinition>, ReadError> {
        self.call("DescribeTaskDefinition", &[arn.to_owned()]).await?;
        Ok(Some(TaskDefinition::read(self.definition.clone())))
    }

    async fn last_log_events(
        &self,
        _: Option<&str>,
        group: &str,
        stream: &str,
        most: u32,
    ) -> Result<Option<Vec<LogEvent>>, ReadError> {
        let asked = self.count("GetLogEvents");
        self.call("GetLogEvents", &[group.to_owned(), stream.to_owned()])
            .await?;
        assert_eq!(most, 20);
        let lines = (self.lines)(asked);
        let event = |message| LogEvent {
            timestamp: None,
            message,
        };
        Ok(lines.map(|lines| lines.into_iter().map(event).collect()))
    }

    async fn describe_target_health(&self, group: &str) -> Result<Vec<FailureTarget>, ReadError> {
        self.call("DescribeTargetHealth", &[group.to_owned()]).await?;
        Ok(self.targets.clone())
    }

    async fn action_log_groups(&self, cluster_arn: &str) -> Result<Vec<String>, ReadError> {
        self.call("DescribeDeliverySources", &[cluster_arn.to_owned()])
            .await?;
        Ok(Vec::new())
    }

    async fn filter_log_events(&self, _: &str, _: i64, _: &str) -> Result<Vec<LogEvent>, ReadError> {
        Ok(Vec::new())
    }
}

/// A task definition with one container that logs to CloudWatch.
pub(super) fn a_definition() -> Value {
    let options = json!({"awslogs-group": "/ecs/web", "awslogs-stream-prefix": "web"});
    json!({"containerDefinitions": [{"name": "web", "environment": [{"name": "API_TOKEN", "value": "hunter22"}],
        "logConfiguration": {"logDriver": "awslogs", "options": options}}]})
}

/// A service whose PRIMARY deployment is `ecs-svc/N`, behind a load balancer unless `bare`.
pub(super) fn service(name: &str, number: i64, state: &str, running: u64) -> Value {
    json!({"serviceName": name, "status": "ACTIVE", "desiredCount": 2, "runningCount": running,
        "loadBalancers": [{"targetGroupArn": "arn"}],
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}},
        "deployments": [{"id": format!("ecs-svc/{number}"), "status": "PRIMARY", "rolloutState": state, "desiredCount": 2,
            "runningCount": running, "pendingCount": 2 - running, "failedTasks": 0, "createdAt": T0 + number, "updatedAt": T0 + number,
            "taskDefinition": format!("arn:aws:ecs:us-east-1:123456789012:task-definition/{name}:{number}")}]})
}

/// A rollout that is in progress for `polls` polls, then complete.
pub(super) fn healthy_after(polls: usize) -> impl Fn(&str, usize) -> Value {
    move |name, poll| {
        if poll < polls {
            service(name, 2, "IN_PROGRESS", 1)
        } else {
            service(name, 2, "COMPLETED", 2)
        }
    }
}

pub(super) fn stopped_task() -> Value {
    json!({"taskArn": "arn:aws:ecs:us-east-1:123456789012:task/c/3f2a91c0", "startedBy": "ecs-svc/2", "lastStatus": "STOPPED",
        "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited",
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2", "startedAt": T0, "stoppedAt": T0 + 1,
        "attachments": [{"details": [{"name": "privateIPv4Address", "value": "10.0.1.17"}]}], "containers": [{"name": "web", "exitCode": 127}]})
}

pub(super) fn request(name: &str) -> WatchRequest {
    let target = WatchTarget::Started {
        id: "ecs-svc/2".to_owned(),
        created_at: Timestamp::from_second(T0 + 2).ok(),
        previous: Some("ecs-svc/1".to_owned()),
    };
    WatchRequest {
        definition: Some(format!("{name}:2")),
        before: Some(format!("{name}:1")),
        image: Some("123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web@sha256:1f0c2a91aaaa".to_owned()),
        ..WatchRequest::new(name, target)
    }
}

pub(super) fn play(ecs: &Scripted, aims: Vec<WatchRequest>) -> (Results, Vec<Event>) {
    let events = Mutex::new(Vec::new());
    let sink = |event: Event| {
        if !matches!(event, Event::Waiting { .. }) {
            events.lock().unwrap().push(event);
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let clock = ecs.clock.clone();
    // The events are read from the sink afterwards.
    let watch = runtime.block_on(watch(ecs, "c", aims, &Recorder(&sink), &clock));
    (watch, events.into_inner().unwrap())
}

pub(super) struct Recorder<'a>(&'a (dyn Fn(Event) + Sync + Send));

impl crate::model::Sink for Recorder<'_> {
    fn emit(&self, event: Event) {
        (self.0)(event);
    }
}

pub(super) fn verdict(watch: &Results) -> &Verdict {
    assert!(watch.unwatchable.is_empty(), "{:?}", watch.unwatchable);
    &watch.services[0].verdict
}

pub(super) fn warnings(events: &[Event]) -> Vec<&str> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Warning { message, .. } => Some(message.as_str()),
            _ => None,
        })
        .collect()
}

pub(super) fn rolled_back(name: &str, poll: usize) -> Value {
    let words = "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/3.";
    match poll {
        0..3 => service(name, 2, "IN_PROGRESS", 0),
        3..6 => {
            let mut back = service(name, 3, "IN_PROGRESS", 1);
            back["deployments"][0]["rolloutStateReason"] = json!(words);
            back["deployments"][0]["taskDefinition"] = json!(format!("{name}:1"));
            back
        }
        _ => {
            let mut back = service(name, 3, "COMPLETED", 2);
            back["deployments"][0]["taskDefinition"] = json!(format!("{name}:1"));
            back
        }
    }
}
