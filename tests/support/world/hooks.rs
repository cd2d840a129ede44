//! Lifecycle stages and their hooks: what blue/green, linear and canary deployments go through, including
//! pauses.

use serde_json::{Value, json};

use super::base::{Base, later};
use super::deployments::ServiceDeployment;
use super::service::Service;
use crate::support::scenario::{Frame, HookFrame};

/// A hook of a service deployment.
pub struct Hook {
    id: String,
    stage: Option<String>,
    kind: String,
    target: Option<String>,
    pub status: String,
    expires_at: Value,
    /// CONTINUE or ROLLBACK.
    pub timeout_action: String,
    /// Polls until it times out (default: never).
    left: Option<u32>,
}

impl Hook {
    fn new(frame: &HookFrame, stage: Option<String>, polls: Option<u32>, base: &mut Base) -> Self {
        let kind = frame.kind().to_owned();
        let is_pause = kind == "PAUSE";
        // Default timeouts (API reference: DeploymentLifecycleHookTimeoutConfiguration).
        Self {
            id: base.uuid(),
            stage,
            target: frame
                .target
                .clone()
                .or_else(|| (!is_pause).then(|| base.arn_of("lambda", "function:check"))),
            status: frame.status().to_owned(),
            expires_at: later(60 * frame.minutes.unwrap_or(1440)),
            timeout_action: frame.then.clone().unwrap_or_else(|| "ROLLBACK".to_owned()),
            left: polls,
            kind,
        }
    }

    /// Whether it waits for a user's decision.
    pub fn is_waiting(&self) -> bool {
        self.kind == "PAUSE" && self.status == "AWAITING_ACTION"
    }

    fn value(&self) -> Value {
        let mut value = json!({
            "hookId": self.id,
            "targetType": self.kind,
            "status": self.status,
            "expiresAt": self.expires_at,
            "timeoutAction": self.timeout_action,
        });
        super::merge(&mut value, &json!({"targetArn": self.target}));
        value
    }
}

/// The result of polling a paused deployment.
pub enum Pause {
    /// It still waits.
    Waits,
    /// It timed out, and the deployment continues.
    Continues,
    /// It timed out, and the deployment is rolled back.
    RollsBack,
}

impl ServiceDeployment {
    /// Takes over a frame's stage, traffic and hook.
    pub fn take_stage(&mut self, frame: &Frame, base: &mut Base) {
        if frame.stage.is_some() {
            self.stage.clone_from(&frame.stage);
        }
        self.traffic = frame.traffic.or(self.traffic);
        self.test_traffic = frame.test_traffic.or(self.test_traffic);
        let Some(hook) = &frame.hook else { return };
        let same = |known: &&mut Hook| known.kind == hook.kind() && known.stage == self.stage;
        match self.hooks.iter_mut().find(same) {
            Some(known) => known.status = hook.status().to_owned(),
            None => self
                .hooks
                .push(Hook::new(hook, self.stage.clone(), frame.polls, base)),
        }
    }

    /// Returns the hook that waits for a user's decision.
    pub fn waiting(&mut self) -> Option<&mut Hook> {
        self.hooks.iter_mut().find(|hook| hook.is_waiting())
    }

    /// Returns a hook by its id.
    pub fn hook(&mut self, id: &str) -> Option<&mut Hook> {
        self.hooks.iter_mut().find(|hook| hook.id == id)
    }

    /// Polls a paused deployment.
    pub fn pause(&mut self) -> Option<Pause> {
        let hook = self.waiting()?;
        match &mut hook.left {
            None => return Some(Pause::Waits),
            Some(left) if *left > 1 => {
                *left -= 1;
                return Some(Pause::Waits);
            }
            Some(_) => {}
        }
        hook.status = "TIMED_OUT".to_owned();
        Some(if hook.timeout_action == "CONTINUE" {
            Pause::Continues
        } else {
            Pause::RollsBack
        })
    }

    /// Returns the members that stages add to a response.
    pub fn stage_members(&self) -> Value {
        let hooks: Value = self.hooks.iter().map(Hook::value).collect();
        json!({
            "lifecycleStage": self.stage,
            "lifecycleHookDetails": (!self.hooks.is_empty()).then_some(hooks),
        })
    }
}

impl Service {
    /// Returns the configured strategy: ROLLING, BLUE_GREEN, LINEAR, CANARY.
    pub fn strategy(&self) -> &str {
        self.settings["deploymentConfiguration"]["strategy"]
            .as_str()
            .unwrap_or("ROLLING")
    }

    /// Returns the frames of a deployment for which a scenario has none: all stages of its strategy, with the
    /// configured hooks. A rolling deployment isn't paused unless hooks are configured.
    pub fn usual_frames(&self) -> Vec<Frame> {
        let configuration = &self.settings["deploymentConfiguration"];
        let mut frames = Vec::new();
        for frame in crate::support::scenario::usual(self.strategy(), configuration) {
            let hooks = configuration["lifecycleHooks"].as_array();
            let of_stage = hooks.into_iter().flatten().filter(|hook| {
                let stages = hook["lifecycleStages"].as_array();
                stages.is_some_and(|stages| {
                    stages
                        .iter()
                        .any(|stage| stage.as_str() == frame.stage.as_deref())
                })
            });
            let hooks: Vec<Frame> = of_stage.flat_map(hook_frames).collect();
            frames.push(frame);
            frames.extend(hooks);
        }
        frames
    }
}

/// Returns frames for a hook of the deployment's configuration: a pause lasts until a user ends it, a
/// function takes one poll.
fn hook_frames(hook: &Value) -> Vec<Frame> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let timeout = &hook["timeoutConfiguration"];
    let frame = HookFrame {
        kind: Some(text(&hook["targetType"]).unwrap_or_else(|| "AWS_LAMBDA".to_owned())),
        target: text(&hook["hookTargetArn"]),
        minutes: timeout["timeoutInMinutes"].as_i64(),
        then: text(&timeout["action"]),
        status: None,
    };
    let is_pause = frame.kind() == "PAUSE";
    let passed = HookFrame {
        status: Some("SUCCEEDED".to_owned()),
        ..frame.clone()
    };
    let with = |hook| Frame {
        hook: Some(hook),
        ..Frame::default()
    };
    let mut frames = vec![with(frame)];
    if !is_pause {
        frames.push(with(passed));
    }
    frames
}
