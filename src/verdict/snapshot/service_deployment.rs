//! DescribeServiceDeployments' ServiceDeployment and ListServiceDeployments' ServiceDeploymentBrief.

use jiff::Timestamp;

use super::bakes::Bakes;
use super::read::{count, float, list, text, text_enum, time};
use crate::model::Value;
use crate::verdict::Undoer;

text_enum! {
    /// A service deployment's status (API reference: ServiceDeployment). There is no FAILED.
    ServiceDeploymentStatus {
        /// Not begun.
        Pending = "PENDING",
        /// At its goal.
        Successful = "SUCCESSFUL",
        /// Superseded, stopped by somebody, or failed without a rollback.
        Stopped = "STOPPED",
        /// Being stopped.
        StopRequested = "STOP_REQUESTED",
        /// On its way.
        InProgress = "IN_PROGRESS",
        /// About to be rolled back.
        RollbackRequested = "ROLLBACK_REQUESTED",
        /// Being rolled back.
        RollbackInProgress = "ROLLBACK_IN_PROGRESS",
        /// Rolled back.
        RollbackSuccessful = "ROLLBACK_SUCCESSFUL",
        /// Neither forward nor back.
        RollbackFailed = "ROLLBACK_FAILED",
    }
}

impl ServiceDeploymentStatus {
    /// Whether it will never change again.
    pub fn is_terminal(&self) -> bool {
        matches!(
            self,
            Self::Successful | Self::Stopped | Self::RollbackSuccessful | Self::RollbackFailed
        )
    }

    /// Whether it is being, or was, rolled back. A request alone isn't yet.
    pub fn is_rollback(&self) -> bool {
        matches!(
            self,
            Self::RollbackInProgress | Self::RollbackSuccessful | Self::RollbackFailed
        )
    }
}

text_enum! {
    /// A lifecycle hook's status.
    HookStatus {
        /// Paused until somebody says how to go on.
        AwaitingAction = "AWAITING_ACTION",
        /// Running.
        InProgress = "IN_PROGRESS",
        /// Passed.
        Succeeded = "SUCCEEDED",
        /// Failed.
        Failed = "FAILED",
        /// Took too long.
        TimedOut = "TIMED_OUT",
    }
}

/// A service deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceDeployment {
    /// Its ARN.
    pub arn: String,
    /// Its status.
    pub status: ServiceDeploymentStatus,
    /// AWS's words on its status.
    pub reason: Option<String>,
    /// The ARN of the service revision that it deploys.
    pub target: Option<String>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// When it was stopped.
    pub stopped_at: Option<Timestamp>,
    /// `SCALE_UP`, `BAKE_TIME`, …
    pub stage: Option<String>,
    /// AWS's words on why it is rolled back.
    pub rollback_reason: Option<String>,
    /// The ARN of the service revision that is rolled back to.
    pub rollback_to: Option<String>,
    /// The circuit breaker.
    pub breaker: Option<Monitor>,
    /// The alarms.
    pub alarms: Option<Monitor>,
    /// The lifecycle hooks that are active.
    pub hooks: Vec<Hook>,
    /// Percent of the production traffic that the new revision gets.
    pub production_traffic: Option<f64>,
    /// Percent of the test traffic that the new revision gets.
    pub test_traffic: Option<f64>,
    /// The times that its strategy waits by itself; the brief form lacks them.
    pub bakes: Option<Bakes>,
}

/// What watches over a service deployment: the circuit breaker or alarms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitor {
    /// `TRIGGERED`, `MONITORING`, `MONITORING_COMPLETE`, `DISABLED`.
    pub status: String,
    /// Failures that the circuit breaker counted.
    pub failures: Option<u64>,
    /// Failures that trip the circuit breaker.
    pub threshold: Option<u64>,
    /// The alarms that were triggered.
    pub triggered: Vec<String>,
}

/// A lifecycle hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// Its id.
    pub id: String,
    /// `PAUSE`, `AWS_LAMBDA`.
    pub kind: String,
    /// The ARN of the function that it calls; a pause has none.
    pub target: Option<String>,
    /// Its status.
    pub status: HookStatus,
    /// When it times out.
    pub expires_at: Option<Timestamp>,
    /// `CONTINUE` or `ROLLBACK`: what happens when it times out.
    pub timeout_action: Option<String>,
}

/// `ecs-svc/N` of `…:service-revision/CLUSTER/SERVICE/N` (the join that Terraform's provider makes).
pub fn deployment_id(revision: &str) -> Option<String> {
    let (_, number) = revision.rsplit_once('/')?;
    Some(format!("ecs-svc/{number}"))
}

impl ServiceDeployment {
    /// Reads either form; the brief one lacks most members.
    pub fn read(reply: &Value) -> Option<Self> {
        let null = Value::Null;
        let member = |name| reply.get(name).unwrap_or(&null);
        let target = member("targetServiceRevision");
        let rollback = member("rollback");
        Some(Self {
            arn: text(reply, "serviceDeploymentArn")?,
            status: ServiceDeploymentStatus::read(&text(reply, "status").unwrap_or_default()),
            reason: text(reply, "statusReason"),
            target: text(target, "arn").or_else(|| text(reply, "targetServiceRevisionArn")),
            created_at: time(reply, "createdAt"),
            finished_at: time(reply, "finishedAt"),
            stopped_at: time(reply, "stoppedAt"),
            stage: text(reply, "lifecycleStage"),
            rollback_reason: text(rollback, "reason"),
            rollback_to: text(rollback, "serviceRevisionArn"),
            breaker: Monitor::read(member("deploymentCircuitBreaker")),
            alarms: Monitor::read(member("alarms")),
            hooks: list(reply, "lifecycleHookDetails")
                .iter()
                .filter_map(Hook::read)
                .collect(),
            production_traffic: float(target, "requestedProductionTrafficWeight"),
            test_traffic: float(target, "requestedTestTrafficWeight"),
            bakes: reply.get("deploymentConfiguration").map(Bakes::read),
        })
    }

    /// Whether it deploys the service revision of deployment `id`: `ecs-svc/N` and `…:service-revision/…/N`
    /// (the join that Terraform's provider makes).
    pub fn aims_at(&self, id: &str) -> bool {
        let (Some(target), Some((_, number))) = (&self.target, id.rsplit_once('/')) else {
            return false;
        };
        !number.is_empty() && target.rsplit_once('/').is_some_and(|(_, last)| last == number)
    }

    /// Whether the circuit breaker or an alarm gave it up, by their states or by AWS's words: where neither did, one
    /// that is STOPPED was stopped by somebody. None where nothing tells: the brief form has no states.
    pub fn is_given_up(&self) -> Option<bool> {
        let words = self.reason.as_deref().unwrap_or_default().to_ascii_lowercase();
        if ["circuit breaker", "alarm", "failed"]
            .iter()
            .any(|it| words.contains(it))
        {
            return Some(true);
        }
        let mut monitors = [&self.breaker, &self.alarms].into_iter().flatten().peekable();
        monitors.peek()?;
        Some(monitors.any(Monitor::is_triggered))
    }

    /// The id in `deployments[]` of what it deploys: `ecs-svc/N`.
    pub fn deployment_id(&self) -> Option<String> {
        deployment_id(self.target.as_deref()?)
    }

    /// What made ECS roll it back. A failure says so: "Service deployment rolled back because …", of which the circuit
    /// breaker, the alarms and the hooks also have states (API reference: ServiceDeployment).
    pub fn undoer(&self) -> Undoer {
        let words = self.why().unwrap_or_default().to_ascii_lowercase();
        let is_held = |hook: &Hook| matches!(hook.status, HookStatus::Failed | HookStatus::TimedOut);
        if self.is_given_up() != Some(false) || words.contains("because") || self.hooks.iter().any(is_held) {
            return Undoer::Failure;
        }
        match ["user", "requested"].iter().any(|it| words.contains(it)) {
            true => Undoer::Somebody,
            false => Undoer::Unsaid,
        }
    }

    /// When it came to its end, whichever way.
    pub fn ended_at(&self) -> Option<Timestamp> {
        self.finished_at.or(self.stopped_at)
    }

    /// Whether all production traffic is on the new revision: the stages after the shift (API reference:
    /// ServiceDeployment, `lifecycleStage`).
    pub fn is_past_shift(&self) -> bool {
        let stage = self.stage.as_deref().unwrap_or_default();
        matches!(stage, "POST_PRODUCTION_TRAFFIC_SHIFT" | "BAKE_TIME" | "CLEAN_UP")
            && self.production_traffic.is_none_or(|weight| weight >= 100.0)
    }

    /// The hook that waits for somebody's word.
    pub fn pause(&self) -> Option<&Hook> {
        self.hooks
            .iter()
            .find(|hook| hook.kind == "PAUSE" && hook.status == HookStatus::AwaitingAction)
    }

    /// The hook that holds the deployment up: one that waits or runs, or did not pass.
    pub fn holding_hook(&self) -> Option<&Hook> {
        self.hooks
            .iter()
            .rfind(|hook| hook.status != HookStatus::Succeeded)
    }

    /// AWS's words on why it did not get through.
    pub fn why(&self) -> Option<String> {
        self.rollback_reason.clone().or_else(|| self.reason.clone())
    }
}

impl Monitor {
    fn read(reply: &Value) -> Option<Self> {
        Some(Self {
            status: text(reply, "status")?,
            failures: count(reply, "failureCount"),
            threshold: count(reply, "threshold"),
            triggered: list(reply, "triggeredAlarmNames")
                .iter()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
        })
    }

    /// Whether it gave the deployment up.
    pub fn is_triggered(&self) -> bool {
        self.status == "TRIGGERED"
    }
}

impl Hook {
    /// Its function's name, or its kind: `smoke`, `PAUSE`.
    pub fn name(&self) -> &str {
        // arn:aws:lambda:REGION:ACCOUNT:function:NAME[:VERSION] (Lambda developer guide, function ARNs)
        let target = self.target.as_deref().unwrap_or(&self.kind);
        target.split(':').nth(6).unwrap_or(target)
    }

    /// Its name and its status: `smoke IN_PROGRESS`, `PAUSE AWAITING_ACTION`.
    pub fn short(&self) -> String {
        format!("{} {}", self.name(), self.status)
    }

    fn read(reply: &Value) -> Option<Self> {
        Some(Self {
            id: text(reply, "hookId")?,
            kind: text(reply, "targetType").unwrap_or_default(),
            target: text(reply, "targetArn"),
            status: HookStatus::read(&text(reply, "status").unwrap_or_default()),
            expires_at: time(reply, "expiresAt"),
            timeout_action: text(reply, "timeoutAction"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const REVISION: &str =
        "arn:aws:ecs:us-east-1:123456789012:service-revision/production/web/4980306466373577095";

    #[test]
    fn both_forms_join_by_the_end_of_the_target() {
        for reply in [
            json!({"serviceDeploymentArn": "arn:sd", "status": "IN_PROGRESS", "targetServiceRevisionArn": REVISION}),
            json!({"serviceDeploymentArn": "arn:sd", "status": "IN_PROGRESS", "targetServiceRevision": {"arn": REVISION}}),
        ] {
            let found = ServiceDeployment::read(&reply).unwrap();
            assert!(found.aims_at("ecs-svc/4980306466373577095"));
            assert!(!found.aims_at("ecs-svc/3577095"), "the whole number, not its end");
            assert!(!found.aims_at("ecs-svc/"));
            assert!(!found.aims_at(""));
        }
    }

    #[test]
    fn a_whole_reply_is_read() {
        let found = ServiceDeployment::read(&json!({
            "serviceDeploymentArn": "arn:sd", "status": "ROLLBACK_IN_PROGRESS", "statusReason": "Deployment alarm triggered",
            "targetServiceRevision": {"arn": REVISION, "requestedProductionTrafficWeight": 100.0},
            "lifecycleStage": "BAKE_TIME",
            "rollback": {"reason": "Service deployment rolled back because of a deployment alarm.", "serviceRevisionArn": "arn:r/1"},
            "deploymentCircuitBreaker": {"status": "TRIGGERED", "failureCount": 3, "threshold": 3},
            "alarms": {"status": "MONITORING", "triggeredAlarmNames": ["errors"]},
            "lifecycleHookDetails": [{"hookId": "h", "targetType": "PAUSE", "status": "AWAITING_ACTION", "timeoutAction": "ROLLBACK"},
                {"hookId": "a", "targetType": "AWS_LAMBDA", "targetArn": "arn:aws:lambda:us-east-1:123456789012:function:smoke:7", "status": "IN_PROGRESS"},
                {"hookId": "b", "targetType": "AWS_LAMBDA", "targetArn": "arn:aws:lambda:us-east-1:123456789012:function:look", "status": "SUCCEEDED"}],
        }))
        .unwrap();
        assert!(found.status.is_rollback() && !found.status.is_terminal());
        assert!(found.is_past_shift());
        assert!(found.breaker.as_ref().unwrap().is_triggered());
        assert_eq!(found.alarms.as_ref().unwrap().triggered, ["errors"]);
        assert_eq!(found.pause().unwrap().id, "h");
        assert_eq!(found.pause().unwrap().short(), "PAUSE AWAITING_ACTION");
        assert_eq!(found.holding_hook().unwrap().short(), "smoke IN_PROGRESS");
        assert!(found.why().unwrap().contains("rolled back"));
    }

    #[test]
    fn each_status_is_terminal_or_not() {
        // API reference, ServiceDeployment: SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL and ROLLBACK_FAILED are the ends.
        let rows = [
            ("PENDING", false, false),
            ("SUCCESSFUL", true, false),
            ("STOPPED", true, false),
            ("STOP_REQUESTED", false, false),
            ("IN_PROGRESS", false, false),
            ("ROLLBACK_REQUESTED", false, false),
            ("ROLLBACK_IN_PROGRESS", false, true),
            ("ROLLBACK_SUCCESSFUL", true, true),
            ("ROLLBACK_FAILED", true, true),
            ("TOMORROW", false, false),
        ];
        for (text, terminal, rollback) in rows {
            let status = ServiceDeploymentStatus::read(text);
            assert_eq!(status.to_string(), text);
            assert_eq!(
                (status.is_terminal(), status.is_rollback()),
                (terminal, rollback),
                "{text}"
            );
        }
    }

    #[test]
    fn what_made_ecs_go_back_is_told_by_its_words_and_by_what_watches() {
        let breaker = |status: &str| json!({"status": status});
        let rows = [
            (
                "Rollback requested by the user.",
                "MONITORING",
                "",
                Undoer::Somebody,
            ),
            ("Rolled back.", "MONITORING", "", Undoer::Unsaid),
            ("Rolled back.", "TRIGGERED", "", Undoer::Failure),
            ("Rolled back.", "MONITORING", "TIMED_OUT", Undoer::Failure),
            // Amazon ECS developer guide, blue/green troubleshooting.
            (
                "Service deployment rolled back because of invalid networking configuration.",
                "MONITORING",
                "",
                Undoer::Failure,
            ),
        ];
        for (words, state, hook, expected) in rows {
            let mut reply = json!({"serviceDeploymentArn": "arn:sd", "status": "ROLLBACK_IN_PROGRESS",
                "statusReason": words, "deploymentCircuitBreaker": breaker(state)});
            if !hook.is_empty() {
                reply["lifecycleHookDetails"] =
                    json!([{"hookId": "h", "targetType": "PAUSE", "status": hook}]);
            }
            let found = ServiceDeployment::read(&reply).unwrap();
            assert_eq!(found.undoer(), expected, "{words} {state} {hook}");
        }
    }
}
