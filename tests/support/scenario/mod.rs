//! Scenario files: the initial state, how rollouts go, and faults.
//!
//! A rollout is a list of frames. Each DescribeServices of the service shows the next one, and the last one
//! stays. Members that a frame doesn't set keep the previous frame's value. A change of the service takes the
//! next rollout of its list; when the list is exhausted, the change is healthy on its third poll.

mod code_deploy;
mod frame;
mod usual;

use std::path::Path;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::fault::Fault;
use super::world::{Resources, Stored};

pub use code_deploy::{CodeDeployFrame, CodeDeployGroup, usual_code_deploy};
pub use frame::{All, Count, Frame, HookFrame, Rollback, Stopped, Supersede};
pub use usual::{all_running, usual};

/// A scenario file.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Scenario {
    /// A one-sentence description.
    pub about: String,
    pub account: String,
    pub region: String,
    /// The ARN that GetCallerIdentity returns (default: `user/ci` in the account).
    pub caller: Option<String>,
    /// The ACTIVE clusters.
    pub clusters: Vec<String>,
    /// The capacity providers of clusters, by cluster; FARGATE and FARGATE_SPOT by default, as the console associates
    /// them.
    pub capacity_providers: IndexMap<String, Vec<String>>,
    /// RegisterTaskDefinition inputs, in order of registration.
    pub definitions: Vec<Value>,
    /// Services, by name.
    pub services: IndexMap<String, Start>,
    /// Successive rollouts, by service.
    pub rollouts: IndexMap<String, Vec<Rollout>>,
    /// CodeDeploy deployment groups, by service.
    pub code_deploy: IndexMap<String, CodeDeployGroup>,
    /// Scaling bounds, by service.
    pub scalable_targets: IndexMap<String, Bounds>,
    /// Members of TargetHealthDescription (`{Target: {Id, Port}, TargetHealth: {State, …}}`), by target group
    /// ARN.
    pub targets: IndexMap<String, Vec<Value>>,
    /// CloudWatch log groups.
    pub log_groups: IndexMap<String, LogGroup>,
    /// ECR repositories, with CreateRepository's members.
    pub repositories: IndexMap<String, Value>,
    /// Roles, networks, quotas and settings of target groups.
    pub resources: Resources,
    /// What deploy.yaml may refer to: parameters, stacks, secrets.
    pub sources: Stored,
    pub faults: Vec<Fault>,
    /// Members of service `web` in deploy.yaml, merged over the usual ones; null removes one.
    pub deploy: Value,
    /// The same, in the second deploy.yaml only (default: another environment).
    pub change: Value,
    /// Number of container instances: a DAEMON service runs a task on each.
    pub instances: u64,
    /// Whether responses contain members and values unknown to the service models, on purpose.
    pub unknown_values: bool,
    /// How tasks started by RunTask go, by family, in order.
    pub runs: IndexMap<String, Vec<Run>>,
    /// How the agents of ECS Exec go.
    pub exec: ExecScript,
    /// Maximum page size of lists.
    pub page_size: Option<usize>,
    /// Number of a service's newest service deployments that ListServiceDeployments returns: the others are older
    /// than 90 days.
    pub remembers: Option<usize>,
    /// Number of successful service deployments older than the scenario's that ListServiceDeployments returns, one
    /// an hour.
    pub older_deployments: usize,
    /// The order in which ListServiceDeployments returns them: AWS documents none.
    pub list_order: ListOrder,
    /// Milliseconds that every response takes, so that concurrent calls visibly overlap.
    pub latency: u64,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            about: String::new(),
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            caller: None,
            clusters: vec!["default".to_owned()],
            capacity_providers: IndexMap::new(),
            definitions: Vec::new(),
            services: IndexMap::new(),
            rollouts: IndexMap::new(),
            code_deploy: IndexMap::new(),
            scalable_targets: IndexMap::new(),
            targets: IndexMap::new(),
            log_groups: IndexMap::new(),
            repositories: IndexMap::new(),
            resources: Resources::default(),
            sources: Stored::default(),
            faults: Vec::new(),
            unknown_values: false,
            deploy: Value::Null,
            change: Value::Null,
            instances: 2,
            runs: IndexMap::new(),
            exec: ExecScript::default(),
            page_size: None,
            remembers: None,
            older_deployments: 0,
            list_order: ListOrder::default(),
            latency: 0,
        }
    }
}

/// The order of ListServiceDeployments.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListOrder {
    #[default]
    NewestFirst,
    OldestFirst,
    /// No order, but the same in every list.
    Shuffled,
}

impl ListOrder {
    /// Puts a list that is newest first in this order.
    pub fn apply<T>(self, newest_first: Vec<T>) -> Vec<T> {
        let count = newest_first.len();
        let mut all: Vec<(usize, T)> = newest_first.into_iter().enumerate().collect();
        all.sort_by_key(|(at, _)| match self {
            ListOrder::NewestFirst => *at,
            ListOrder::OldestFirst => count - at,
            ListOrder::Shuffled => (at + count / 2) * 7919 % 101,
        });
        all.into_iter().map(|(_, item)| item).collect()
    }
}

/// How a task started by RunTask goes: by default it runs, and exits with 0 at the next poll.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Run {
    /// Reason in RunTask's `failures` (`RESOURCE:MEMORY`): the task isn't started.
    pub refuse: Option<String>,
    /// Number of polls that don't know it yet: the API is eventually consistent (API reference, RunTask).
    pub missing: u32,
    /// Number of further polls for which it runs.
    pub polls: u32,
    /// Returns how it stops.
    pub stopped: Option<Stopped>,
}

/// How the agents of ECS Exec go: by default they run as soon as their task does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExecScript {
    /// Number of polls of a running task for which its agents are PENDING.
    pub pending: u32,
    /// The reason for which they stop.
    pub stopped: Option<String>,
}

impl Run {
    /// How it stops.
    pub fn stopped(&self) -> Stopped {
        self.stopped.clone().unwrap_or_else(|| Stopped {
            exit_code: Some(0),
            ..Stopped::default()
        })
    }

    /// Whether its containers start at all.
    pub fn starts(&self) -> bool {
        self.stopped().code.as_deref() != Some("TaskFailedToStart")
    }
}

/// The initial state of a service: by default two days old and stable.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Start {
    /// CreateService's input, without `serviceName`.
    pub input: Value,
    /// The service's status (default ACTIVE).
    pub status: Option<String>,
    /// Number of polls after which a DRAINING service becomes INACTIVE (default: never).
    pub drained_after: Option<u32>,
    /// Past changes, oldest first, each played to its end.
    pub before: Vec<Then>,
    /// A deployment in progress at the start, or one that failed: its task definition, and how it goes.
    pub then: Option<Then>,
}

/// A change from before ecsctl started.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Then {
    /// The task definition: `web:2`.
    pub task_definition: String,
    /// How it goes.
    #[serde(default)]
    pub rollout: Rollout,
    /// Number of frames that have been seen already.
    #[serde(default)]
    pub polled: u32,
}

/// MinCapacity and MaxCapacity.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub min: i64,
    pub max: i64,
}

/// A log group at the start.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LogGroup {
    pub retention_in_days: Option<i64>,
    /// Log lines by stream.
    pub streams: IndexMap<String, Vec<String>>,
}

/// How one change of a service goes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Rollout {
    /// Number of DescribeServices responses that still show the state before the change.
    pub stale: u32,
    /// Number of ListServiceDeployments responses that don't contain it yet.
    pub unlisted: u32,
    /// Number of further polls that show it in progress after a user stopped it.
    pub stop_takes: u32,
    /// The frames (default: healthy on the third poll).
    pub frames: Vec<Frame>,
}

impl Scenario {
    /// Parses a scenario file.
    pub fn parse(text: &str) -> Self {
        serde_yaml::from_str(text).unwrap_or_else(|error| panic!("scenario: {error}\n{text}"))
    }

    /// Reads `tests/scenarios/NAME.yaml`.
    pub fn file(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/scenarios/{name}.yaml"));
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(&text)
    }

    /// Adds a fault.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Sets the latency, in milliseconds.
    #[must_use]
    pub fn latency(mut self, millis: u64) -> Self {
        self.latency = millis;
        self
    }
}
