//! The ServiceDeployment of DescribeServiceDeployments and the ServiceDeploymentBrief of
//! ListServiceDeployments.

use jiff::Timestamp;

use super::bake_time::BakeTime;
use super::deployment::tells_a_cause;
use super::lifecycle_hook::{HookStatus, LifecycleHook};
use super::reply::{count, float, list, text, text_enum, time};
use super::service_revision::deployment_id;
use crate::model::Value;

text_enum! {
    /// A service deployment's status (API reference: ServiceDeployment). There is no FAILED status.
    ServiceDeploymentStatus {
        /// Not started.
        Pending = "PENDING",
        /// Completed successfully.
        Successful = "SUCCESSFUL",
        /// Superseded, stopped by a user, or failed without a rollback.
        Stopped = "STOPPED",
        /// A stop was requested.
        StopRequested = "STOP_REQUESTED",
        /// In progress.
        InProgress = "IN_PROGRESS",
        /// A rollback was requested.
        RollbackRequested = "ROLLBACK_REQUESTED",
        /// The rollback is in progress.
        RollbackInProgress = "ROLLBACK_IN_PROGRESS",
        /// The rollback succeeded.
        RollbackSuccessful = "ROLLBACK_SUCCESSFUL",
        /// The rollback failed.
        RollbackFailed = "ROLLBACK_FAILED",
    }
}

impl ServiceDeploymentStatus {
    /// Whether this status is final.
    pub fn is_terminal(&self) -> bool {
        matches!(
            self,
            Self::Successful | Self::Stopped | Self::RollbackSuccessful | Self::RollbackFailed
        )
    }

    /// Whether a rollback is in progress or has finished. A requested one doesn't count yet.
    pub fn is_rollback(&self) -> bool {
        matches!(
            self,
            Self::RollbackInProgress | Self::RollbackSuccessful | Self::RollbackFailed
        )
    }
}

/// What triggered a rollback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RollbackInitiator {
    /// A failure: the circuit breaker, an alarm or a lifecycle hook.
    #[default]
    Failure,
    /// A user, according to AWS's message.
    Somebody,
    /// Unknown: no failure monitor triggered, and AWS's message doesn't say.
    Unsaid,
}

/// A service deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceDeployment {
    /// Its ARN.
    pub arn: String,
    /// Its status.
    pub status: ServiceDeploymentStatus,
    /// AWS's message about its status.
    pub status_reason: Option<String>,
    /// The ARN of the service revision that it deploys.
    pub target_revision: Option<String>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it finished.
    pub finished_at: Option<Timestamp>,
    /// When it was stopped.
    pub stopped_at: Option<Timestamp>,
    /// `SCALE_UP`, `BAKE_TIME`, …
    pub lifecycle_stage: Option<String>,
    /// The reason for the rollback, as AWS words it.
    pub rollback_reason: Option<String>,
    /// The ARN of the service revision that it rolls back to.
    pub rollback_revision: Option<String>,
    /// The circuit breaker's state.
    pub circuit_breaker: Option<FailureMonitor>,
    /// The state of the CloudWatch alarms.
    pub alarms: Option<FailureMonitor>,
    /// The active lifecycle hooks.
    pub hooks: Vec<LifecycleHook>,
    /// Percent of production traffic that the new revision receives.
    pub production_traffic: Option<f64>,
    /// Percent of test traffic that the new revision receives.
    pub test_traffic: Option<f64>,
    /// The bake times of its strategy; absent in the brief form.
    pub bake_time: Option<BakeTime>,
    /// `deploymentConfiguration.strategy`; absent in the brief form.
    pub strategy: Option<String>,
    /// The service revisions that ran when it started; absent in the brief form.
    pub source_revisions: Vec<RevisionTraffic>,
}

/// A service revision of a deployment and its share of traffic (API reference: ServiceRevisionSummary).
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionTraffic {
    /// The service revision's ARN.
    pub arn: String,
    /// Percent of production traffic.
    pub production: Option<f64>,
    /// Percent of test traffic.
    pub test: Option<f64>,
}

/// A failure monitor of a service deployment: the circuit breaker or the alarms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureMonitor {
    /// `TRIGGERED`, `MONITORING`, `MONITORING_COMPLETE`, `DISABLED`.
    pub status: String,
    /// The circuit breaker's failure count.
    pub failures: Option<u64>,
    /// The circuit breaker's failure threshold.
    pub threshold: Option<u64>,
    /// The alarms that monitor the deployment.
    pub alarms: Vec<String>,
    /// The triggered alarms.
    pub triggered: Vec<String>,
}

impl ServiceDeployment {
    /// Reads either form; the brief form lacks most members.
    pub fn read(reply: &Value) -> Option<Self> {
        let null = Value::Null;
        let member = |name| reply.get(name).unwrap_or(&null);
        let target = member("targetServiceRevision");
        let rollback = member("rollback");
        Some(Self {
            arn: text(reply, "serviceDeploymentArn")?,
            status: ServiceDeploymentStatus::read(&text(reply, "status").unwrap_or_default()),
            status_reason: text(reply, "statusReason"),
            target_revision: text(target, "arn").or_else(|| text(reply, "targetServiceRevisionArn")),
            created_at: time(reply, "createdAt"),
            finished_at: time(reply, "finishedAt"),
            stopped_at: time(reply, "stoppedAt"),
            lifecycle_stage: text(reply, "lifecycleStage"),
            rollback_reason: text(rollback, "reason"),
            rollback_revision: text(rollback, "serviceRevisionArn"),
            circuit_breaker: FailureMonitor::read(member("deploymentCircuitBreaker")),
            alarms: FailureMonitor::read(member("alarms")),
            hooks: list(reply, "lifecycleHookDetails")
                .iter()
                .filter_map(LifecycleHook::read)
                .collect(),
            production_traffic: float(target, "requestedProductionTrafficWeight"),
            test_traffic: float(target, "requestedTestTrafficWeight"),
            bake_time: reply.get("deploymentConfiguration").map(BakeTime::read),
            strategy: text(member("deploymentConfiguration"), "strategy"),
            source_revisions: list(reply, "sourceServiceRevisions")
                .iter()
                .filter_map(RevisionTraffic::read)
                .collect(),
        })
    }

    /// Whether the circuit breaker or an alarm failed it, according to their states or AWS's message. If neither
    /// did, a STOPPED deployment was stopped by a user. None if unknown: the brief form has no states.
    pub fn has_failed_in_ecs(&self) -> Option<bool> {
        let words = self
            .status_reason
            .as_deref()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if ["circuit breaker", "alarm", "failed"]
            .iter()
            .any(|it| words.contains(it))
        {
            return Some(true);
        }
        let mut monitors = [&self.circuit_breaker, &self.alarms]
            .into_iter()
            .flatten()
            .peekable();
        monitors.peek()?;
        Some(monitors.any(FailureMonitor::is_triggered))
    }

    /// Returns the id in `deployments[]` of the revision it deploys: `ecs-svc/N`.
    pub fn deployment_id(&self) -> Option<String> {
        deployment_id(self.target_revision.as_deref()?)
    }

    /// Returns what triggered the rollback. A failure is reported as "Service deployment rolled back because …";
    /// the circuit breaker, alarms and hooks also have states (API reference: ServiceDeployment).
    pub fn rollback_initiator(&self) -> RollbackInitiator {
        let words = self.why().unwrap_or_default().to_ascii_lowercase();
        let is_held = |hook: &LifecycleHook| matches!(hook.status, HookStatus::Failed | HookStatus::TimedOut);
        if self.has_failed_in_ecs() != Some(false)
            || words.contains("because")
            || self.hooks.iter().any(is_held)
        {
            return RollbackInitiator::Failure;
        }
        match ["user", "requested"].iter().any(|it| words.contains(it)) {
            true => RollbackInitiator::Somebody,
            false => RollbackInitiator::Unsaid,
        }
    }

    /// Returns the percentages of production and test traffic that the service revision of deployment `id`
    /// receives, if the deployment reports them.
    pub fn traffic_of(&self, id: &str) -> Option<(Option<f64>, Option<f64>)> {
        if self.aims_at(id) {
            return Some((self.production_traffic, self.test_traffic));
        }
        let mut sources = self.source_revisions.iter();
        let source = sources.find(|it| deployment_id(&it.arn).as_deref() == Some(id))?;
        Some((source.production, source.test))
    }

    /// Returns the ARNs of the service revisions that ran when it started.
    pub fn source_arns(&self) -> Vec<String> {
        self.source_revisions.iter().map(|it| it.arn.clone()).collect()
    }

    /// Returns when it ended, whether finished or stopped.
    pub fn ended_at(&self) -> Option<Timestamp> {
        self.finished_at.or(self.stopped_at)
    }

    /// Whether all production traffic is on the new revision, i.e. the stage is after the shift (API reference:
    /// ServiceDeployment, `lifecycleStage`).
    pub fn is_past_shift(&self) -> bool {
        let stage = self.lifecycle_stage.as_deref().unwrap_or_default();
        matches!(stage, "POST_PRODUCTION_TRAFFIC_SHIFT" | "BAKE_TIME" | "CLEAN_UP")
            && self.production_traffic.is_none_or(|weight| weight >= 100.0)
    }

    /// Returns the hook that waits for approval.
    pub fn pause(&self) -> Option<&LifecycleHook> {
        self.hooks.iter().find(|hook| hook.is_awaiting_action())
    }

    /// Returns the hook that blocks the deployment: waiting, running, or not passed.
    pub fn holding_hook(&self) -> Option<&LifecycleHook> {
        self.hooks
            .iter()
            .rfind(|hook| hook.status != HookStatus::Succeeded)
    }

    /// Returns AWS's message on why it did not succeed; if the rollback failed, on why that is. A message that only
    /// tells the state is none.
    pub fn why(&self) -> Option<String> {
        let (rollback, status) = (self.rollback_reason.as_ref(), self.status_reason.as_ref());
        let ranked = match self.status {
            ServiceDeploymentStatus::RollbackFailed => [status, rollback],
            _ => [rollback, status],
        };
        let mut reasons = ranked.into_iter().flatten();
        reasons.find(|it| tells_a_cause(it)).cloned()
    }
}

/// Whether service deployments are listed newest first, as far as they were read. ListServiceDeployments documents
/// no order. One without `createdAt` proves nothing.
pub fn are_newest_first(listed: &[ServiceDeployment]) -> bool {
    let created: Option<Vec<Timestamp>> = listed.iter().map(|it| it.created_at).collect();
    created.is_some_and(|created| created.is_sorted_by(|newer, older| newer >= older))
}

impl RevisionTraffic {
    fn read(reply: &Value) -> Option<Self> {
        Some(Self {
            arn: text(reply, "arn")?,
            production: float(reply, "requestedProductionTrafficWeight"),
            test: float(reply, "requestedTestTrafficWeight"),
        })
    }
}

impl FailureMonitor {
    fn read(reply: &Value) -> Option<Self> {
        let names = |member| {
            let names = list(reply, member).iter();
            names
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect()
        };
        Some(Self {
            status: text(reply, "status")?,
            failures: count(reply, "failureCount"),
            threshold: count(reply, "threshold"),
            alarms: names("alarmNames"),
            triggered: names("triggeredAlarmNames"),
        })
    }

    /// Whether the monitor is still active and has not triggered.
    pub fn is_monitoring(&self) -> bool {
        self.status == "MONITORING"
    }

    /// Whether the monitor has triggered.
    pub fn is_triggered(&self) -> bool {
        self.status == "TRIGGERED"
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
        assert!(found.circuit_breaker.as_ref().unwrap().is_triggered());
        assert_eq!(found.alarms.as_ref().unwrap().triggered, ["errors"]);
        assert_eq!(found.pause().unwrap().id, "h");
        assert_eq!(found.pause().unwrap().short(), "PAUSE AWAITING_ACTION");
        assert_eq!(found.holding_hook().unwrap().short(), "smoke IN_PROGRESS");
        assert!(found.why().unwrap().contains("rolled back"));
    }

    #[test]
    fn each_status_is_terminal_or_not() {
        // API reference, ServiceDeployment: SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL and ROLLBACK_FAILED are final.
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
    fn the_rollback_initiator_is_read_from_reason_and_states() {
        let breaker = |status: &str| json!({"status": status});
        let rows = [
            (
                "Rollback requested by the user.",
                "MONITORING",
                "",
                RollbackInitiator::Somebody,
            ),
            ("Rolled back.", "MONITORING", "", RollbackInitiator::Unsaid),
            ("Rolled back.", "TRIGGERED", "", RollbackInitiator::Failure),
            (
                "Rolled back.",
                "MONITORING",
                "TIMED_OUT",
                RollbackInitiator::Failure,
            ),
            // Amazon ECS developer guide, blue/green troubleshooting.
            (
                "Service deployment rolled back because of invalid networking configuration.",
                "MONITORING",
                "",
                RollbackInitiator::Failure,
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
            assert_eq!(found.rollback_initiator(), expected, "{words} {state} {hook}");
        }
    }
}
