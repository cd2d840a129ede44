//! One service: its deployments, its tasks, and how ECS describes them.

use std::collections::VecDeque;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::base::{Base, merge, now};
use super::deployments::ServiceDeployment;
use super::settings::ON_DEPLOYMENT;
use super::task::Task;
use crate::support::scenario::Frame;

/// A service with any status.
pub struct Service {
    pub cluster: String,
    pub name: String,
    pub status: String,
    pub desired: u64,
    /// The Service's members that were set or defaulted.
    pub settings: Map<String, Value>,
    pub created_at: Value,
    pub created_by: String,
    pub tags: Vec<Value>,
    /// Deployments, PRIMARY first.
    pub deployments: Vec<Deployment>,
    /// Events, newest first.
    pub events: Vec<Value>,
    pub tasks: Vec<Task>,
    /// Service deployments, newest first.
    pub history: Vec<ServiceDeployment>,
    /// Service revisions, oldest first.
    pub revisions: Vec<Revision>,
    pub script: Script,
    /// The old state, and how many more responses show it.
    pub stale: Option<(u32, Value)>,
    /// Number of further polls until a DRAINING service becomes INACTIVE.
    pub drained_after: Option<u32>,
    /// Members that the frames so far have merged over the response.
    pub patch: Value,
}

/// How the change in progress continues.
#[derive(Default)]
pub struct Script {
    pub frames: VecDeque<Frame>,
    /// Number of further polls that show the current frame.
    pub left: u32,
    /// The deployment that the script is about.
    pub subject: String,
    /// The previous deployment.
    pub before: Option<String>,
    /// Number of further polls that show it in progress after a user stopped it.
    pub stop_takes: u32,
}

/// An entry of `deployments`.
#[derive(Clone)]
pub struct Deployment {
    /// The id: `ecs-svc/N`.
    pub id: String,
    pub status: String,
    /// The definition's ARN.
    pub task_definition: String,
    pub desired: u64,
    pub running: u64,
    pub pending: u64,
    pub failed: u64,
    pub state: String,
    pub reason: String,
    pub created_at: Value,
    pub updated_at: Value,
    /// The settings it was created with, as far as a deployment shows them.
    pub settings: Map<String, Value>,
    /// Members that the frames so far have merged over it.
    pub patch: Value,
    /// The CodeDeploy deployment that created it as a task set.
    pub external_id: Option<String>,
    /// The same for its tasks that aren't stopped.
    pub task_patch: Value,
}

/// The service revision of a deployment: kept when the deployment is gone.
pub struct Revision {
    /// The deployment's number.
    pub number: String,
    pub task_definition: String,
    pub created_at: Value,
    /// The settings of the service and its deployment at that time.
    pub settings: Map<String, Value>,
    /// The digests that its images' tags were resolved to, by container.
    pub digests: IndexMap<String, String>,
}

impl Deployment {
    /// Creates a new PRIMARY from the service's settings.
    pub fn new(service: &Service, task_definition: &str, base: &mut Base) -> Self {
        let id = format!("ecs-svc/{}", base.number());
        let mut settings: Map<String, Value> = [
            "launchType",
            "capacityProviderStrategy",
            "platformFamily",
            "networkConfiguration",
        ]
        .iter()
        .chain(&ON_DEPLOYMENT)
        .filter_map(|member| Some(((*member).to_owned(), service.settings.get(*member)?.clone())))
        .collect();
        if service.settings.contains_key("platformVersion") {
            // Only here is LATEST resolved to a version.
            settings.insert("platformVersion".to_owned(), json!("1.4.0"));
        }
        Self {
            status: "PRIMARY".to_owned(),
            task_definition: task_definition.to_owned(),
            desired: service.desired,
            running: 0,
            pending: 0,
            failed: 0,
            state: "IN_PROGRESS".to_owned(),
            reason: format!("ECS deployment {id} in progress."),
            created_at: now(),
            updated_at: now(),
            settings,
            patch: Value::Null,
            external_id: None,
            task_patch: Value::Null,
            id,
        }
    }

    /// Returns the number in its id.
    pub fn number(&self) -> &str {
        self.id.trim_start_matches("ecs-svc/")
    }

    /// Returns it as DescribeServices shows it. `rolloutState` is for rolling updates "not behind a Classic Load
    /// Balancer" only (API reference: Deployment).
    fn value(&self, has_state: bool) -> Value {
        let mut value = json!({
            "id": self.id,
            "status": self.status,
            "taskDefinition": self.task_definition,
            "desiredCount": self.desired,
            "pendingCount": self.pending,
            "runningCount": self.running,
            "failedTasks": self.failed,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
        });
        if has_state {
            value["rolloutState"] = self.state.clone().into();
            value["rolloutStateReason"] = self.reason.clone().into();
        }
        merge(&mut value, &Value::Object(self.settings.clone()));
        merge(&mut value, &self.patch);
        value
    }

    /// Completes the deployment: all its tasks run.
    pub fn complete(&mut self) {
        self.status = "PRIMARY".to_owned();
        self.running = self.desired;
        self.pending = 0;
        self.failed = 0;
        self.state = "COMPLETED".to_owned();
        self.reason = format!("ECS deployment {} completed.", self.id);
        self.updated_at = now();
    }
}

impl Service {
    /// Returns the last part of its ARN: `service/default/web`.
    pub fn path(&self) -> String {
        format!("service/{}/{}", self.cluster, self.name)
    }

    /// Returns the ARN of a deployment's service revision.
    pub fn revision_arn(&self, deployment: &Deployment, base: &Base) -> String {
        base.arn(&format!(
            "service-revision/{}/{}/{}",
            self.cluster,
            self.name,
            deployment.number()
        ))
    }

    /// Returns the PRIMARY deployment. An INACTIVE service has none.
    pub fn primary(&self) -> Option<&Deployment> {
        self.deployments
            .iter()
            .find(|deployment| deployment.status == "PRIMARY")
    }

    /// Returns a deployment by its id.
    pub fn deployment(&mut self, id: &str) -> Option<&mut Deployment> {
        self.deployments.iter_mut().find(|deployment| deployment.id == id)
    }

    /// Adds a service event.
    pub fn say(&mut self, message: impl Into<String>, base: &mut Base) {
        // The machine's clock may be set back between two events; ECS's never is.
        let newest = self.events.first().and_then(|event| event["createdAt"].as_f64());
        let created_at = now().as_f64().unwrap_or_default().max(newest.unwrap_or_default());
        let event = json!({"id": base.uuid(), "createdAt": created_at, "message": message.into()});
        self.events.insert(0, event);
        self.events.truncate(100);
    }

    /// Returns `deploymentController.type`.
    pub fn controller(&self) -> &str {
        self.settings["deploymentController"]["type"]
            .as_str()
            .unwrap_or("ECS")
    }

    fn has_rollout_state(&self) -> bool {
        let balancers = self.settings["loadBalancers"].as_array();
        let is_classic =
            balancers.is_some_and(|all| all.iter().any(|one| one.get("loadBalancerName").is_some()));
        self.strategy() == "ROLLING" && !is_classic
    }

    /// Returns the task sets, which replace deployments with the CodeDeploy and external controllers.
    fn task_sets(&self, base: &Base) -> Value {
        let sets = self
            .deployments
            .iter()
            .filter(|_| self.controller() == "CODE_DEPLOY");
        sets.map(|set| {
            let mut value = json!({
                "id": set.id,
                "taskSetArn": base.arn(&format!("task-set/{}/{}/{}", self.cluster, self.name, set.id)),
                "serviceArn": base.arn(&self.path()),
                "clusterArn": base.arn(&format!("cluster/{}", self.cluster)),
                "startedBy": "CODE_DEPLOY",
                "status": set.status,
                "taskDefinition": set.task_definition,
                "computedDesiredCount": set.desired,
                "pendingCount": set.pending,
                "runningCount": set.running,
                "createdAt": set.created_at,
                "updatedAt": set.updated_at,
                "scale": {"value": 100.0, "unit": "PERCENT"},
                "stabilityStatus": if set.state == "COMPLETED" { "STEADY_STATE" } else { "STABILIZING" },
            });
            // "If an CodeDeploy deployment created a task set, the externalId parameter contains the CodeDeploy
            // deployment ID" (API reference: TaskSet).
            merge(&mut value, &json!({"externalId": set.external_id}));
            value
        })
        .collect()
    }

    /// Returns it as DescribeServices shows it.
    pub fn value(&self, base: &Base, with_tags: bool) -> Value {
        let sum = |count: fn(&Deployment) -> u64| self.deployments.iter().map(count).sum::<u64>();
        let mut value = json!({
            "serviceArn": base.arn(&self.path()),
            "serviceName": self.name,
            "clusterArn": base.arn(&format!("cluster/{}", self.cluster)),
            "status": self.status,
            "desiredCount": self.desired,
            "runningCount": sum(|deployment| deployment.running),
            "pendingCount": sum(|deployment| deployment.pending),
            "deployments": self.deployments.iter().map(|it| it.value(self.has_rollout_state())).collect::<Value>(),
            "events": self.events,
            "createdAt": self.created_at,
            "createdBy": self.created_by,
        });
        if let Some(primary) = self.primary() {
            value["taskDefinition"] = primary.task_definition.clone().into();
        }
        if self.controller() != "ECS" {
            value["deployments"] = json!([]);
            value["taskSets"] = self.task_sets(base);
            return self.finished(value, with_tags);
        }
        if let Some(newest) = self.history.first() {
            value["currentServiceDeployment"] = newest.arn.clone().into();
        }
        let revisions = self.deployments.iter().map(|deployment| {
            json!({
                "arn": self.revision_arn(deployment, base),
                "requestedTaskCount": deployment.desired,
                "runningTaskCount": deployment.running,
                "pendingTaskCount": deployment.pending,
            })
        });
        value["currentServiceRevisions"] = revisions.collect();
        self.finished(value, with_tags)
    }

    fn finished(&self, mut value: Value, with_tags: bool) -> Value {
        for (member, setting) in &self.settings {
            if !ON_DEPLOYMENT.contains(&member.as_str()) {
                value[member] = setting.clone();
            }
        }
        if with_tags {
            value["tags"] = Value::from(self.tags.clone());
        }
        merge(&mut value, &self.patch);
        value
    }
}
