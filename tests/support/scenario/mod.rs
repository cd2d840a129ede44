//! Scenario files: what is there at the start, how rollouts go, and what goes wrong.
//!
//! A rollout is a list of frames. Each DescribeServices of the service shows the next one, and the last one stays.
//! What a frame doesn't name stays as the frame before left it. A change of the service takes the next rollout of its
//! list; when the list is used up, the change is healthy on its third poll.

mod frame;
mod usual;

use std::path::Path;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::fault::Fault;

pub use frame::{All, Count, Frame, HookFrame, Rollback, Stopped, Supersede};
pub use usual::{all_running, usual};

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Scenario {
    /// One sentence for the reader.
    pub about: String,
    pub account: String,
    pub region: String,
    /// The ARN that GetCallerIdentity names; of `user/ci` in the account unless given.
    pub caller: Option<String>,
    /// The ACTIVE clusters.
    pub clusters: Vec<String>,
    /// RegisterTaskDefinition inputs, registered in this order.
    pub definitions: Vec<Value>,
    /// Services, by name.
    pub services: IndexMap<String, Start>,
    /// By service: how its changes go, one after the other.
    pub rollouts: IndexMap<String, Vec<Rollout>>,
    /// By service: what scales it.
    pub scalable_targets: IndexMap<String, Bounds>,
    /// By target group ARN: members of TargetHealthDescription (`{Target: {Id, Port}, TargetHealth: {State, …}}`).
    pub targets: IndexMap<String, Vec<Value>>,
    /// CloudWatch log groups.
    pub log_groups: IndexMap<String, LogGroup>,
    /// ECR repositories: CreateRepository's members.
    pub repositories: IndexMap<String, Value>,
    pub faults: Vec<Fault>,
    /// Members of service `web` in deploy.yaml, over the usual ones; null takes one away.
    pub deploy: Value,
    /// The same, in the second deploy.yaml only. Another environment, unless given.
    pub change: Value,
    /// How many container instances there are: a DAEMON service runs a task on each.
    pub instances: u64,
    /// Replies hold members and values that no service model has, on purpose.
    pub unknown_values: bool,
    /// How tasks go that RunTask starts, by family, one after the other.
    pub runs: IndexMap<String, Vec<Run>>,
    /// Lists show so many at a time, at most.
    pub page_size: Option<usize>,
    /// ListServiceDeployments shows so many of a service, the newest: the others are older than 90 days.
    pub remembers: Option<usize>,
    /// Every reply takes so many milliseconds, so that calls side by side are seen to overlap.
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
            definitions: Vec::new(),
            services: IndexMap::new(),
            rollouts: IndexMap::new(),
            scalable_targets: IndexMap::new(),
            targets: IndexMap::new(),
            log_groups: IndexMap::new(),
            repositories: IndexMap::new(),
            faults: Vec::new(),
            unknown_values: false,
            deploy: Value::Null,
            change: Value::Null,
            instances: 2,
            runs: IndexMap::new(),
            page_size: None,
            remembers: None,
            latency: 0,
        }
    }
}

/// How a task goes that RunTask starts: it runs, and exits with 0 at the next poll, unless something else is said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Run {
    /// It isn't even started: a reason in RunTask's `failures` (`RESOURCE:MEMORY`).
    pub refuse: Option<String>,
    /// It runs for so many more polls.
    pub polls: u32,
    /// How it stops.
    pub stopped: Option<Stopped>,
}

impl Run {
    /// How it stops.
    pub fn stopped(&self) -> Stopped {
        self.stopped.clone().unwrap_or_else(|| Stopped {
            exit_code: Some(0),
            ..Stopped::default()
        })
    }

    /// Whether its containers run at all.
    pub fn starts(&self) -> bool {
        self.stopped().code.as_deref() != Some("TaskFailedToStart")
    }
}

/// A service as it is at the start: two days old and stable, unless something else is said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Start {
    /// CreateService's input, less `serviceName`.
    pub input: Value,
    /// ACTIVE unless given.
    pub status: Option<String>,
    /// A DRAINING service is INACTIVE after so many polls (never, unless given).
    pub drained_after: Option<u32>,
    /// Changes that are over, the oldest first, each played to its end.
    pub before: Vec<Then>,
    /// A deployment under way at the start, or one that ended badly: the definition it brings, and how it goes.
    pub then: Option<Then>,
}

/// A change that happened before ecsctl came.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Then {
    /// `web:2`.
    pub task_definition: String,
    /// How it goes.
    #[serde(default)]
    pub rollout: Rollout,
    /// So many of its frames have been seen already.
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
    /// Lines by stream.
    pub streams: IndexMap<String, Vec<String>>,
}

/// How one change of a service goes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Rollout {
    /// So many DescribeServices replies still show what was before the change.
    pub stale: u32,
    /// So many ListServiceDeployments replies don't have it yet.
    pub unlisted: u32,
    /// So many polls more show it going on once somebody has stopped it.
    pub stop_takes: u32,
    /// Healthy on the third poll when there is none.
    pub frames: Vec<Frame>,
}

impl Scenario {
    /// Reads the text of a scenario file.
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

    /// With a fault more.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// With a latency, in milliseconds.
    #[must_use]
    pub fn latency(mut self, millis: u64) -> Self {
        self.latency = millis;
        self
    }
}
