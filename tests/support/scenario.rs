//! Scenario files: what is there at the start, how rollouts go, and what goes wrong.
//!
//! A rollout is a list of frames. Each DescribeServices of the service shows the next one, and the last one stays.
//! What a frame doesn't name stays as the frame before left it. A change of the service takes the next rollout of its
//! list; when the list is used up, the change is healthy on its third poll.

use std::path::Path;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::fault::Fault;

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
    /// Healthy on the third poll when there is none.
    pub frames: Vec<Frame>,
}

/// What the next polls show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Frame {
    /// For so many polls (1 unless given).
    pub polls: Option<u32>,
    /// Tasks of the deployment that this rollout is about.
    pub running: Option<Count>,
    pub pending: Option<Count>,
    pub failed: Option<u64>,
    /// Running tasks of the deployment before it.
    pub old: Option<Count>,
    /// rolloutState, and the reason beside it.
    pub state: Option<String>,
    pub because: Option<String>,
    /// Service events; `{service}` and `{deployment}` are filled in.
    pub events: Vec<String>,
    /// Tasks that have stopped since the last poll; each counts as failed.
    pub stopped: Vec<Stopped>,
    /// The deployment fails for good: FAILED with this reason, and the service deployment is STOPPED.
    pub fail: Option<String>,
    /// A person stops it, by the console say: `ABORT` or `ROLLBACK`, as in StopServiceDeployment.
    pub stop: Option<String>,
    /// ECS goes back to what ran before.
    pub rollback: Option<Rollback>,
    /// Somebody else deploys.
    pub supersede: Option<Supersede>,
    /// The PRIMARY deployment is done: all its tasks run, the others are gone.
    pub settle: bool,
    /// Members of the replies, merged over the rest, here and from here on; `null` takes one away.
    pub service: Value,
    pub deployment: Value,
    pub service_deployment: Value,
    /// Members of the replies about its tasks that aren't stopped: `{lastStatus: ACTIVATING}`.
    pub task: Value,
    /// The lifecycle stage: `BAKE_TIME`.
    pub stage: Option<String>,
    /// Percent of the production and the test traffic that the new revision gets; the old one gets the rest.
    pub traffic: Option<f64>,
    pub test_traffic: Option<f64>,
    /// A lifecycle hook of that stage. A pause lasts until ContinueServiceDeployment ends it; with `polls`, it times
    /// out after so many.
    pub hook: Option<HookFrame>,
    /// A target group's health from here on.
    pub targets: IndexMap<String, Vec<Value>>,
}

/// A lifecycle hook: new, or, where its stage has one of its kind, with another status.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HookFrame {
    /// PAUSE unless given; AWS_LAMBDA.
    pub kind: Option<String>,
    /// AWAITING_ACTION for a pause and IN_PROGRESS for a function, unless given.
    pub status: Option<String>,
    /// The function's ARN.
    pub target: Option<String>,
    /// Until it expires; 1440 unless given.
    pub minutes: Option<i64>,
    /// What happens then: ROLLBACK unless given.
    pub then: Option<String>,
}

impl HookFrame {
    /// Its kind.
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("PAUSE")
    }

    /// Its status.
    pub fn status(&self) -> &str {
        let usual = if self.kind() == "PAUSE" {
            "AWAITING_ACTION"
        } else {
            "IN_PROGRESS"
        };
        self.status.as_deref().unwrap_or(usual)
    }
}

/// So many tasks, or `all`: as many as are desired.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Count {
    Number(u64),
    Word(All),
}

/// As many as are desired.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum All {
    All,
}

impl Count {
    /// As a number.
    pub fn of(&self, desired: u64) -> u64 {
        match self {
            Count::Number(number) => *number,
            Count::Word(All::All) => desired,
        }
    }
}

/// A task that stopped.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Stopped {
    /// How many alike (1 unless given).
    pub tasks: Option<u64>,
    /// The oldest of those that run; else tasks that came and went between two polls.
    pub oldest: bool,
    /// EssentialContainerExited unless given.
    pub code: Option<String>,
    /// "Essential container in task exited" unless given.
    pub reason: Option<String>,
    /// The container at fault; the first of the definition unless given.
    pub container: Option<String>,
    /// Its exit code. None for one that never started.
    pub exit_code: Option<i64>,
    /// Its own reason (`OutOfMemoryError: …`, `CannotPullContainerError: …`).
    pub container_reason: Option<String>,
    /// What it wrote to its log.
    pub log: Vec<String>,
    /// Members of the replies about it.
    pub task: Value,
}

/// ECS going back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Rollback {
    /// The rollback uses the old deployment's id again; captures of real rollbacks differ in this.
    pub reuse_id: bool,
    /// It is not the circuit breaker that says so, but this alarm.
    pub alarm: Option<String>,
    /// It is somebody, or a hook.
    pub asked: bool,
    /// The failed deployment's own reason; the circuit breaker's unless given.
    pub because: Option<String>,
    /// The rollback's reason; `{id}` is filled in. The circuit breaker's unless given.
    pub reason: Option<String>,
}

/// A deployment of somebody else.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Supersede {
    /// `web:1`.
    pub task_definition: String,
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

/// All desired tasks run.
pub fn all_running() -> Frame {
    Frame {
        running: Some(Count::Word(All::All)),
        pending: Some(Count::Number(0)),
        ..Frame::default()
    }
}

/// The frames of a rollout for which nothing was written: it goes well, through all the stages of its strategy.
pub fn usual(strategy: &str, configuration: &Value) -> Vec<Frame> {
    let starting = Frame {
        pending: Some(Count::Word(All::All)),
        ..Frame::default()
    };
    let settled = Frame {
        settle: true,
        ..Frame::default()
    };
    if strategy == "ROLLING" {
        return vec![starting, all_running(), settled];
    }
    let at = |stage: &str, frame: Frame| Frame {
        stage: Some(stage.to_owned()),
        ..frame
    };
    let weighed = |traffic, test| Frame {
        traffic: Some(traffic),
        test_traffic: Some(test),
        ..Frame::default()
    };
    let mut frames = vec![
        at("PRE_SCALE_UP", weighed(0.0, 0.0)),
        at("SCALE_UP", starting),
        at("POST_SCALE_UP", all_running()),
        at("TEST_TRAFFIC_SHIFT", weighed(0.0, 100.0)),
        at("POST_TEST_TRAFFIC_SHIFT", Frame::default()),
    ];
    for traffic in steps(strategy, configuration) {
        frames.push(at("PRODUCTION_TRAFFIC_SHIFT", weighed(traffic, 100.0)));
    }
    frames.push(at("POST_PRODUCTION_TRAFFIC_SHIFT", Frame::default()));
    frames.push(at("BAKE_TIME", Frame::default()));
    let gone = Frame {
        old: Some(Count::Number(0)),
        ..Frame::default()
    };
    frames.push(at("CLEAN_UP", gone));
    frames.push(settled);
    frames
}

/// The production traffic of the new revision, step by step, in percent.
fn steps(strategy: &str, configuration: &Value) -> Vec<f64> {
    match strategy {
        "CANARY" => {
            let first = &configuration["canaryConfiguration"]["canaryPercent"];
            vec![first.as_f64().unwrap_or(5.0), 100.0]
        }
        "LINEAR" => {
            let step = &configuration["linearConfiguration"]["stepPercent"];
            let step = step.as_f64().unwrap_or(10.0).max(1.0);
            let mut all: Vec<f64> = (1..)
                .map(|number| f64::from(number) * step)
                .take_while(|at| *at < 100.0)
                .collect();
            all.push(100.0);
            all
        }
        _ => vec![100.0],
    }
}
