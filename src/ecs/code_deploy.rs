//! CodeDeploy's deployments of ECS services, and their deployment groups.

use jiff::Timestamp;

use super::reply::{count, flag, list, text, text_enum, time};
use crate::model::Value;

text_enum! {
    /// The status of a CodeDeploy deployment (API reference: DeploymentInfo, `status`).
    CodeDeployStatus {
        /// Created.
        Created = "Created",
        /// Waits for its turn.
        Queued = "Queued",
        /// In progress.
        InProgress = "InProgress",
        /// Watches alarms.
        Baking = "Baking",
        /// The revision was deployed.
        Succeeded = "Succeeded",
        /// Failed.
        Failed = "Failed",
        /// Stopped on request, or because nobody rerouted the traffic in time.
        Stopped = "Stopped",
        /// Waits until somebody reroutes the traffic, or ends the wait before the original tasks stop.
        Ready = "Ready",
    }
}

impl CodeDeployStatus {
    /// Whether the deployment is over.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Stopped)
    }
}

/// A deployment (API reference: DeploymentInfo), with the lifecycle events of its one target, the service.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeDeployment {
    /// Its ID: `d-…`.
    pub id: String,
    /// Its application.
    pub application: String,
    /// Its deployment group.
    pub group: String,
    /// Its deployment configuration.
    pub config: Option<String>,
    /// Its status.
    pub status: CodeDeployStatus,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
    /// Why it failed, or who stopped it: `HOOK_EXECUTION_FAILURE`, `MANUAL_STOP`.
    pub error_code: Option<String>,
    /// The same in AWS's words.
    pub error_message: Option<String>,
    /// The SHA-256 of its AppSpec. Its content isn't returned.
    pub app_spec_sha256: Option<String>,
    /// Whether CodeDeploy created it to roll another deployment back.
    pub is_rollback: bool,
    /// The ID of the deployment that rolls this one back.
    pub rolled_back_by: Option<String>,
    /// AWS's words about the rollback.
    pub rollback_message: Option<String>,
    /// The events on which CodeDeploy rolls it back: `DEPLOYMENT_FAILURE`.
    pub rolls_back_on: Vec<String>,
    /// Whether the wait before the original tasks stop has begun.
    pub has_shifted: bool,
    /// How many minutes CodeDeploy waits for somebody to reroute the traffic, if it stops the deployment then.
    pub ready_minutes: Option<u64>,
    /// How many minutes it waits before the original tasks stop; 0 if it keeps them.
    pub termination_minutes: u64,
    /// The lifecycle events of the service, as far as they were read.
    pub lifecycle_events: Vec<LifecycleEvent>,
}

/// A lifecycle event of a deployment: `Install`, `AllowTraffic`, or a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleEvent {
    /// Its name.
    pub name: String,
    /// `Pending`, `InProgress`, `Succeeded`, `Failed`, `Skipped`, `Unknown`.
    pub status: String,
    /// The function of a hook, if it failed.
    pub script: Option<String>,
    /// What went wrong, in AWS's words.
    pub message: Option<String>,
    /// The end of the log.
    pub log: Option<String>,
}

impl CodeDeployment {
    /// Reads GetDeployment's `deploymentInfo`.
    pub fn read(value: &Value) -> Self {
        let null = Value::Null;
        let member = |value: &Value, name: &str| value.get(name).unwrap_or(&null).clone();
        let (error, rollback) = (member(value, "errorInformation"), member(value, "rollbackInfo"));
        let automatic = member(value, "autoRollbackConfiguration");
        let blue_green = member(value, "blueGreenDeploymentConfiguration");
        let ready = member(&blue_green, "deploymentReadyOption");
        let termination = member(&blue_green, "terminateBlueInstancesOnDeploymentSuccess");
        let app_spec = member(&member(value, "revision"), "appSpecContent");
        let creator = text(value, "creator").unwrap_or_default();
        let events = list(&automatic, "events").iter();
        Self {
            id: text(value, "deploymentId").unwrap_or_default(),
            application: text(value, "applicationName").unwrap_or_default(),
            group: text(value, "deploymentGroupName").unwrap_or_default(),
            config: text(value, "deploymentConfigName"),
            status: CodeDeployStatus::read(&text(value, "status").unwrap_or_default()),
            created_at: time(value, "createTime"),
            finished_at: time(value, "completeTime"),
            error_code: text(&error, "code"),
            error_message: text(&error, "message"),
            app_spec_sha256: text(&app_spec, "sha256"),
            is_rollback: creator == "codeDeployRollback",
            rolled_back_by: text(&rollback, "rollbackDeploymentId"),
            rollback_message: text(&rollback, "rollbackMessage"),
            rolls_back_on: match flag(&automatic, "enabled") {
                true => events.filter_map(Value::as_str).map(str::to_owned).collect(),
                false => Vec::new(),
            },
            has_shifted: flag(value, "instanceTerminationWaitTimeStarted"),
            ready_minutes: (text(&ready, "actionOnTimeout").as_deref() == Some("STOP_DEPLOYMENT"))
                .then(|| count(&ready, "waitTimeInMinutes").unwrap_or(0)),
            termination_minutes: match text(&termination, "action").as_deref() {
                Some("KEEP_ALIVE") => 0,
                _ => count(&termination, "terminationWaitTimeInMinutes").unwrap_or(0),
            },
            lifecycle_events: Vec::new(),
        }
    }

    /// Whether the new tasks get all production traffic: AllowTraffic succeeded, or the wait after it has begun.
    pub fn is_past_shift(&self) -> bool {
        let is_shifted = |event: &LifecycleEvent| event.name == "AllowTraffic" && event.status == "Succeeded";
        self.has_shifted || self.lifecycle_events.iter().any(is_shifted)
    }

    /// Returns the lifecycle event that failed, if one did.
    pub fn failed_event(&self) -> Option<&LifecycleEvent> {
        self.lifecycle_events
            .iter()
            .find(|event| event.status == "Failed")
    }

    /// Returns the lifecycle event in progress, if there is one.
    pub fn current_event(&self) -> Option<&LifecycleEvent> {
        self.lifecycle_events
            .iter()
            .find(|event| event.status == "InProgress")
    }

    /// Whether somebody stopped it (API reference: ErrorInformation, `code`).
    pub fn was_stopped_by_user(&self) -> bool {
        self.error_code.as_deref() == Some("MANUAL_STOP")
    }

    /// Returns why it did not succeed, in AWS's words: the error, and the lifecycle event that failed.
    pub fn why(&self) -> Option<String> {
        let event = self.failed_event().and_then(LifecycleEvent::why);
        match (&self.error_message, event) {
            (Some(error), Some(event)) if !error.contains(&event) => Some(format!("{error} ({event})")),
            (Some(error), _) => Some(error.clone()),
            (None, event) => event,
        }
    }
}

impl LifecycleEvent {
    /// Reads the `lifecycleEvents` of GetDeploymentTarget's `deploymentTarget`.
    pub fn read_all(target: &Value) -> Vec<Self> {
        let events = target
            .get("ecsTarget")
            .map_or(&[][..], |target| list(target, "lifecycleEvents"));
        events.iter().map(Self::read).collect()
    }

    fn read(value: &Value) -> Self {
        let null = Value::Null;
        let diagnostics = value.get("diagnostics").unwrap_or(&null);
        Self {
            name: text(value, "lifecycleEventName").unwrap_or_default(),
            status: text(value, "status").unwrap_or_default(),
            script: text(diagnostics, "scriptName"),
            message: text(diagnostics, "message"),
            log: text(diagnostics, "logTail"),
        }
    }

    /// Returns what went wrong: `BeforeAllowTraffic: …`.
    pub fn why(&self) -> Option<String> {
        let said = [&self.message, &self.log].into_iter().flatten();
        let said: Vec<&str> = said
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        (!said.is_empty()).then(|| format!("{}: {}", self.name, said.join("; ")))
    }
}

/// Returns the ARN of the task definition in an AppSpec, which may be JSON or YAML.
pub fn definition_in(app_spec: &str) -> Option<String> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '}');
    let words = app_spec.split(is_end);
    let mut arns = words.filter(|word| word.starts_with("arn:") && word.contains(":task-definition/"));
    arns.next().map(str::to_owned)
}

/// A deployment group (API reference: DeploymentGroupInfo).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeploymentGroup {
    /// Its application.
    pub application: String,
    /// Its name.
    pub name: String,
    /// The services that it deploys: cluster and name, each a name or an ARN.
    pub services: Vec<(String, String)>,
}

impl DeploymentGroup {
    /// Reads GetDeploymentGroup's `deploymentGroupInfo`.
    pub fn read(value: &Value) -> Self {
        let services = list(value, "ecsServices").iter();
        Self {
            application: text(value, "applicationName").unwrap_or_default(),
            name: text(value, "deploymentGroupName").unwrap_or_default(),
            services: services
                .filter_map(|it| Some((text(it, "clusterName")?, text(it, "serviceName")?)))
                .collect(),
        }
    }

    /// Whether it deploys this service.
    pub fn deploys(&self, cluster: &str, service: &str) -> bool {
        let last = |text: &str| text.rsplit('/').next().unwrap_or(text).to_owned();
        let wanted = (last(cluster), last(service));
        self.services
            .iter()
            .any(|(cluster, service)| (last(cluster), last(service)) == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_deployment_is_read_from_the_reply() {
        let deployment = CodeDeployment::read(&json!({
            "deploymentId": "d-1", "applicationName": "a", "deploymentGroupName": "g", "status": "Failed",
            "createTime": 1_700_000_000.5, "creator": "user",
            "errorInformation": {"code": "HOOK_EXECUTION_FAILURE", "message": "One hook failed."},
            "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": "ab"}},
            "rollbackInfo": {"rollbackDeploymentId": "d-2"},
            "autoRollbackConfiguration": {"enabled": true, "events": ["DEPLOYMENT_FAILURE"]},
            "blueGreenDeploymentConfiguration": {
                "deploymentReadyOption": {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 60},
                "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 5}},
        }));
        assert_eq!(deployment.status, CodeDeployStatus::Failed);
        assert_eq!(deployment.rolled_back_by.as_deref(), Some("d-2"));
        assert_eq!(deployment.rolls_back_on, ["DEPLOYMENT_FAILURE"]);
        assert_eq!(
            (deployment.ready_minutes, deployment.termination_minutes),
            (Some(60), 5)
        );
        assert_eq!(deployment.app_spec_sha256.as_deref(), Some("ab"));
        assert_eq!(deployment.why().as_deref(), Some("One hook failed."));
    }

    #[test]
    fn a_failed_lifecycle_event_says_why() {
        let lifecycle_events = LifecycleEvent::read_all(&json!({"ecsTarget": {"lifecycleEvents": [
            {"lifecycleEventName": "Install", "status": "Succeeded"},
            {"lifecycleEventName": "BeforeAllowTraffic", "status": "Failed",
             "diagnostics": {"errorCode": "ScriptFailed", "message": "smoke test failed", "logTail": ""}}]}}));
        let deployment = CodeDeployment {
            lifecycle_events,
            error_message: Some("A hook failed.".to_owned()),
            ..CodeDeployment::read(&json!({}))
        };
        assert_eq!(
            deployment.why().as_deref(),
            Some("A hook failed. (BeforeAllowTraffic: smoke test failed)")
        );
        assert!(!deployment.is_past_shift());
    }

    #[test]
    fn an_app_spec_names_its_task_definition() {
        let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2";
        for spec in [
            format!("{{\"Properties\":{{\"TaskDefinition\":\"{arn}\",\"PlatformVersion\":\"LATEST\"}}}}"),
            format!("Properties:\n  TaskDefinition: {arn}\n"),
            format!("Properties: {{TaskDefinition: '{arn}'}}"),
        ] {
            assert_eq!(definition_in(&spec).as_deref(), Some(arn), "{spec}");
        }
        assert_eq!(definition_in("{}"), None);
    }

    #[test]
    fn a_group_names_services_by_name_or_arn() {
        let group = DeploymentGroup::read(&json!({"ecsServices": [{"clusterName": "c",
            "serviceName": "arn:aws:ecs:us-east-1:123456789012:service/c/web"}]}));
        assert!(group.deploys("arn:aws:ecs:us-east-1:123456789012:cluster/c", "web"));
        assert!(!group.deploys("c", "api"));
    }
}
