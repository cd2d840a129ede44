//! CodeDeploy: deployment groups, and deployments of services. A deployment goes on by one frame with each
//! DescribeServices of its service, so that all reads of a poll show the same.

use std::collections::VecDeque;

use indexmap::IndexMap;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::World;
use super::base::{merge, now};
use super::service::{Deployment, Script};
use super::services::Key;
use crate::support::protocol::{Answer, Call, Refusal};
use crate::support::scenario::{CodeDeployFrame, CodeDeployGroup, Count, usual_code_deploy};

/// The lifecycle events of an ECS deployment, in their order (CodeDeploy user guide, AppSpec 'hooks' section for an
/// Amazon ECS deployment).
const STAGES: [&str; 8] = [
    "BeforeInstall",
    "Install",
    "AfterInstall",
    "AllowTestTraffic",
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    "AllowTraffic",
    "AfterAllowTraffic",
];
const OPEN: [&str; 4] = ["Created", "InProgress", "Ready", "Queued"];

/// The groups by their services, and all deployments, oldest first.
#[derive(Default)]
pub struct CodeDeploy {
    pub groups: IndexMap<Key, Group>,
    pub deployments: IndexMap<String, CodeDeployment>,
}

/// A deployment group.
pub struct Group {
    pub application: String,
    pub name: String,
    /// DeploymentGroupInfo.
    pub info: Value,
    pub rollouts: VecDeque<Vec<CodeDeployFrame>>,
}

/// A deployment.
pub struct CodeDeployment {
    pub id: String,
    pub service: Key,
    pub status: String,
    /// The content of its AppSpec.
    pub content: String,
    pub config: Value,
    pub created_at: Value,
    pub stages: Vec<Value>,
    pub error: Value,
    pub rollback: Value,
    pub creator: &'static str,
    pub has_shifted: bool,
    frames: VecDeque<CodeDeployFrame>,
    left: u32,
    /// The task set that it created: `ecs-svc/N`.
    task_set: Option<String>,
    /// The deployment that it rolls back.
    rolls_back: Option<String>,
}

fn sha256(content: &str) -> String {
    let digest = Sha256::digest(content.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl CodeDeploy {
    /// Creates the groups of a scenario.
    pub fn new(groups: &IndexMap<Key, CodeDeployGroup>) -> Self {
        let groups = groups.iter().map(|((cluster, service), group)| {
            let name = |prefix: &str| format!("{prefix}-{cluster}-{service}");
            let application = group.application_name.clone().unwrap_or_else(|| name("AppECS"));
            let group_name = group.deployment_group_name.clone().unwrap_or_else(|| name("DgpECS"));
            let mut info = json!({
                "applicationName": application,
                "deploymentGroupName": group_name,
                "deploymentGroupId": "0ec5f3a1-b2c4-4d5e-8f7a-000000000001",
                "deploymentConfigName": "CodeDeployDefault.ECSAllAtOnce",
                "serviceRoleArn": "arn:aws:iam::123456789012:role/codedeploy",
                "computePlatform": "ECS",
                "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
                "ecsServices": [{"serviceName": service, "clusterName": cluster}],
                "blueGreenDeploymentConfiguration": {
                    "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 0},
                    "terminateBlueInstancesOnDeploymentSuccess":
                        {"action": "TERMINATE", "terminationWaitTimeInMinutes": 5},
                },
                "loadBalancerInfo": {"targetGroupPairInfoList": [{
                    "targetGroups": [{"name": "web"}, {"name": "web-green"}],
                    "prodTrafficRoute": {"listenerArns": ["arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/1/2"]},
                }]},
            });
            merge(&mut info, &group.group);
            let made = Group {
                application,
                name: group_name,
                info,
                rollouts: group.deployments.iter().cloned().collect(),
            };
            ((cluster.clone(), service.clone()), made)
        });
        Self {
            groups: groups.collect(),
            deployments: IndexMap::new(),
        }
    }

    fn group_of(&self, call: &Call) -> Result<Key, Refusal> {
        let application = call.text("applicationName").unwrap_or_default();
        let name = call.text("deploymentGroupName").unwrap_or_default();
        let mut groups = self.groups.iter();
        if !self.groups.values().any(|group| group.application == application) {
            let message = format!("No application found for name: {application}");
            return Err(Refusal::new("ApplicationDoesNotExistException", message));
        }
        let found = groups.find(|(_, group)| group.application == application && group.name == name);
        found.map(|(key, _)| key.clone()).ok_or_else(|| {
            let message = format!("No Deployment Group found for name: {name}");
            Refusal::new("DeploymentGroupDoesNotExistException", message)
        })
    }

    /// The group's deployment in progress.
    fn open(&self, service: &Key) -> Option<&CodeDeployment> {
        let mut all = self.deployments.values();
        all.find(|it| it.service == *service && it.is_open())
    }

    fn named(&self, call: &Call) -> Result<String, Refusal> {
        let id = call.text("deploymentId").unwrap_or_default();
        self.deployments.get(id).map(|it| it.id.clone()).ok_or_else(|| {
            let message = format!("The deployment {id} could not be found");
            Refusal::new("DeploymentDoesNotExistException", message)
        })
    }
}

impl World {
    /// Starts a deployment of a task definition by somebody else.
    pub fn deploy_by_another(&mut self, service: (&str, &str), definition: &str) {
        let key = (service.0.to_owned(), service.1.to_owned());
        let definition = self
            .definitions
            .deployable(definition)
            .expect("a task definition");
        let content = json!({"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service",
            "Properties": {"TaskDefinition": definition}}}]});
        let config = json!("CodeDeployDefault.ECSAllAtOnce");
        self.add_code_deployment(&key, content.to_string(), config, usual_code_deploy(false), None);
    }
}

impl CodeDeployment {
    pub fn is_open(&self) -> bool {
        OPEN.contains(&self.status.as_str())
    }

    /// Marks the lifecycle events before this one as succeeded, and it as this.
    fn reach(&mut self, stage: &str, status: &str) {
        let place = STAGES.iter().position(|it| *it == stage).unwrap_or(STAGES.len());
        for (at, event) in self.stages.iter_mut().enumerate() {
            match at.cmp(&place) {
                std::cmp::Ordering::Less => event["status"] = "Succeeded".into(),
                std::cmp::Ordering::Equal => event["status"] = status.into(),
                std::cmp::Ordering::Greater => {}
            }
        }
    }
}

impl World {
    pub(super) fn code_deploy(&mut self, call: &Call) -> Option<Answer> {
        Some(match call.operation.as_str() {
            "GetDeploymentGroup" => self.deployment_group(call),
            "ListDeployments" => self.list_code_deployments(call),
            "CreateDeployment" => self.create_code_deployment(call),
            "GetDeployment" => self.get_code_deployment(call),
            "BatchGetDeployments" => self.get_code_deployments(call),
            "GetDeploymentTarget" => self.deployment_target(call),
            "GetApplicationRevision" => self.application_revision(call),
            "StopDeployment" => self.stop_code_deployment(call),
            "ContinueDeployment" => self.continue_code_deployment(call),
            _ => return None,
        })
    }

    fn deployment_group(&self, call: &Call) -> Answer {
        let key = self.code_deploy.group_of(call)?;
        let mut info = self.code_deploy.groups[&key].info.clone();
        let mut of_group = self.code_deploy.deployments.values();
        if let Some(last) = of_group.rfind(|it| it.service == key) {
            info["lastAttemptedDeployment"] =
                json!({"deploymentId": last.id, "status": last.status, "createTime": last.created_at});
        }
        Ok(json!({"deploymentGroupInfo": info}))
    }

    fn list_code_deployments(&self, call: &Call) -> Answer {
        let key = self.code_deploy.group_of(call)?;
        let statuses = call.texts("includeOnlyStatuses");
        let of_group = self.code_deploy.deployments.values();
        let ids: Value = of_group
            .filter(|it| it.service == key && (statuses.is_empty() || statuses.contains(&it.status)))
            .map(|it| it.id.as_str())
            .collect();
        Ok(json!({"deployments": ids}))
    }

    fn create_code_deployment(&mut self, call: &Call) -> Answer {
        let key = self.code_deploy.group_of(call)?;
        if let Some(open) = self.code_deploy.open(&key) {
            let name = call.text("deploymentGroupName").unwrap_or_default();
            let message = format!(
                "The Deployment Group '{name}' already has an active Deployment '{}'",
                open.id
            );
            return Err(Refusal::new("DeploymentLimitExceededException", message));
        }
        let app_spec = &call.input["revision"]["appSpecContent"];
        let content = app_spec["content"].as_str().unwrap_or_default().to_owned();
        let parsed: Value = serde_json::from_str(&content).unwrap_or_default();
        let properties = &parsed["Resources"][0]["TargetService"]["Properties"];
        if !properties["TaskDefinition"].is_string() || app_spec["sha256"] != sha256(&content).as_str() {
            return Err(Refusal::new(
                "InvalidRevisionException",
                "The revision is not valid.",
            ));
        }
        let waits = self.code_deploy.groups[&key].info["blueGreenDeploymentConfiguration"]["deploymentReadyOption"]
            ["actionOnTimeout"]
            == "STOP_DEPLOYMENT";
        let group = &mut self.code_deploy.groups[&key];
        let frames = group
            .rollouts
            .pop_front()
            .unwrap_or_else(|| usual_code_deploy(waits));
        let config = call.input["deploymentConfigName"].clone();
        let config = if config.is_null() {
            group.info["deploymentConfigName"].clone()
        } else {
            config
        };
        let id = self.add_code_deployment(&key, content, config, frames, None);
        Ok(json!({"deploymentId": id}))
    }

    fn add_code_deployment(
        &mut self,
        service: &Key,
        content: String,
        config: Value,
        frames: Vec<CodeDeployFrame>,
        rolls_back: Option<String>,
    ) -> String {
        let id = format!("d-{}", &self.base.number()[..9]);
        let stages = STAGES
            .iter()
            .map(|name| json!({"lifecycleEventName": name, "status": "Pending"}));
        let deployment = CodeDeployment {
            id: id.clone(),
            service: service.clone(),
            status: "Created".to_owned(),
            content,
            config,
            created_at: now(),
            stages: stages.collect(),
            error: Value::Null,
            rollback: Value::Null,
            creator: if rolls_back.is_some() {
                "codeDeployRollback"
            } else {
                "user"
            },
            has_shifted: false,
            frames: frames.into(),
            left: 0,
            task_set: None,
            rolls_back,
        };
        self.code_deploy.deployments.insert(id.clone(), deployment);
        id
    }

    fn get_code_deployment(&self, call: &Call) -> Answer {
        let id = self.code_deploy.named(call)?;
        Ok(json!({"deploymentInfo": self.code_deployment_info(&id)}))
    }

    fn get_code_deployments(&self, call: &Call) -> Answer {
        let ids = call.texts("deploymentIds");
        if ids.len() > 25 {
            let message = "The maximum number of names or IDs allowed for this request (25) was exceeded.";
            return Err(Refusal::new("BatchLimitExceededException", message));
        }
        let known = ids
            .iter()
            .filter(|id| self.code_deploy.deployments.contains_key(*id));
        let found: Value = known.map(|id| self.code_deployment_info(id)).collect();
        Ok(json!({"deploymentsInfo": found}))
    }

    fn code_deployment_info(&self, id: &str) -> Value {
        let it = &self.code_deploy.deployments[id];
        let group = &self.code_deploy.groups[&it.service];
        let mut info = json!({
            "deploymentId": it.id,
            "applicationName": group.application,
            "deploymentGroupName": group.name,
            "deploymentConfigName": it.config,
            "status": it.status,
            "createTime": it.created_at,
            "creator": it.creator,
            "computePlatform": "ECS",
            // "The content property of the appSpecContent object in the returned revision is always null".
            "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": sha256(&it.content)}},
            "instanceTerminationWaitTimeStarted": it.has_shifted,
            "blueGreenDeploymentConfiguration": group.info["blueGreenDeploymentConfiguration"],
        });
        let more = json!({
            "errorInformation": it.error,
            "rollbackInfo": it.rollback,
            "autoRollbackConfiguration": group.info["autoRollbackConfiguration"],
        });
        merge(&mut info, &more);
        info
    }

    fn deployment_target(&self, call: &Call) -> Answer {
        let id = self.code_deploy.named(call)?;
        let it = &self.code_deploy.deployments[&id];
        if it.status == "Created" {
            let message = format!("The deployment {id} has not started.");
            return Err(Refusal::new("DeploymentNotStartedException", message));
        }
        let wanted = format!("{}:{}", it.service.0, it.service.1);
        if call.text("targetId") != Some(wanted.as_str()) {
            let message = "The target could not be found.";
            return Err(Refusal::new("DeploymentTargetDoesNotExistException", message));
        }
        Ok(json!({"deploymentTarget": {
            "deploymentTargetType": "ECSTarget",
            "ecsTarget": {"deploymentId": id, "targetId": wanted, "lifecycleEvents": it.stages},
        }}))
    }

    fn application_revision(&self, call: &Call) -> Answer {
        let wanted = call.input["revision"]["appSpecContent"]["sha256"].clone();
        let mut all = self.code_deploy.deployments.values();
        let found = all.find(|it| wanted == sha256(&it.content).as_str());
        let found =
            found.ok_or_else(|| Refusal::new("RevisionDoesNotExistException", "No such revision."))?;
        Ok(json!({
            "applicationName": call.input["applicationName"],
            "revision": {"revisionType": "AppSpecContent",
                "appSpecContent": {"content": found.content, "sha256": wanted}},
        }))
    }

    /// Advances the deployments of a service by one poll.
    pub(super) fn advance_code_deployments(&mut self, service: &Key) {
        let of_service = self.code_deploy.deployments.values();
        let open = of_service.filter(|it| it.service == *service && it.is_open());
        for id in open.map(|it| it.id.clone()).collect::<Vec<_>>() {
            self.advance_code_deployment(&id);
        }
    }

    /// Goes on by one frame.
    fn advance_code_deployment(&mut self, id: &str) {
        let Some(place) = self.code_deploy.deployments.get_index_of(id) else {
            return;
        };
        let Some(mut deployment) = self.code_deploy.deployments.shift_remove(id) else {
            return;
        };
        if deployment.left > 0 {
            deployment.left -= 1;
        } else if deployment.is_open() && deployment.status != "Ready" {
            deployment.status = "InProgress".to_owned();
            if let Some(frame) = deployment.frames.pop_front() {
                deployment.left = frame.polls.unwrap_or(1).saturating_sub(1);
                self.show_code_deployment(&mut deployment, &frame);
            }
        }
        let (error, service) = (deployment.error.clone(), deployment.service.clone());
        let ended = matches!(deployment.status.as_str(), "Failed" | "Stopped");
        self.code_deploy
            .deployments
            .shift_insert(place, id.to_owned(), deployment);
        if ended && !error.is_null() {
            self.roll_back_code_deployment(id, &service, false);
        }
    }

    /// Rolls a deployment that ended back, if the group or the caller says so.
    fn roll_back_code_deployment(&mut self, id: &str, service: &Key, is_asked: bool) {
        let ended = &self.code_deploy.deployments[id];
        let is_done = !ended.rollback.is_null() || ended.rolls_back.is_some();
        let event = match ended.error["code"].as_str() {
            Some("MANUAL_STOP") => "DEPLOYMENT_STOP_ON_REQUEST",
            Some("ALARM_ACTIVE") => "DEPLOYMENT_STOP_ON_ALARM",
            _ => "DEPLOYMENT_FAILURE",
        };
        let automatic = &self.code_deploy.groups[service].info["autoRollbackConfiguration"];
        let is_on = automatic["enabled"] == true
            && automatic["events"]
                .as_array()
                .is_some_and(|it| it.iter().any(|it| it == event));
        if is_done || !(is_on || is_asked) {
            return;
        }
        let (content, config) = (ended.content.clone(), ended.config.clone());
        let frames = vec![
            CodeDeployFrame::default(),
            CodeDeployFrame {
                settle: true,
                ..CodeDeployFrame::default()
            },
        ];
        let back = self.add_code_deployment(service, content, config, frames, Some(id.to_owned()));
        self.code_deploy.deployments[id].rollback =
            json!({"rollbackDeploymentId": back, "rollbackMessage": "Rollback is in progress."});
    }

    fn show_code_deployment(&mut self, deployment: &mut CodeDeployment, frame: &CodeDeployFrame) {
        let Some(mut service) = self.services.shift_remove(&deployment.service) else {
            return;
        };
        if let Some(rolled_back) = &deployment.rolls_back {
            if frame.settle {
                self.restore(&mut service, rolled_back);
                deployment.status = "Succeeded".to_owned();
            }
            self.sync_tasks(&mut service);
            self.services.insert(deployment.service.clone(), service);
            return;
        }
        let properties: Value = serde_json::from_str(&deployment.content).unwrap_or_default();
        let properties = properties["Resources"][0]["TargetService"]["Properties"].clone();
        if deployment.task_set.is_none() {
            let definition = properties["TaskDefinition"].as_str().unwrap_or_default();
            let mut new = Deployment::new(&service, definition, &mut self.base);
            new.status = "ACTIVE".to_owned();
            new.external_id = Some(deployment.id.clone());
            deployment.task_set = Some(new.id.clone());
            service.script = Script {
                subject: new.id.clone(),
                before: service.primary().map(|it| it.id.clone()),
                ..Script::default()
            };
            service.deployments.push(new);
        }
        let ours = deployment.task_set.clone().unwrap_or_default();
        if let Some(stage) = &frame.stage {
            deployment.reach(stage, "InProgress");
        }
        if let Some(set) = service.deployment(&ours) {
            let desired = set.desired;
            let count = |count: &Option<Count>, now| count.as_ref().map_or(now, |count| count.of(desired));
            set.running = count(&frame.running, set.running);
            set.pending = count(&frame.pending, set.pending);
            set.state = "COMPLETED".to_owned();
        }
        for stopped in &frame.stopped {
            self.stop_tasks(&mut service, stopped);
        }
        if frame.ready {
            deployment.status = "Ready".to_owned();
        }
        if frame.shift {
            deployment.reach("AfterAllowTraffic", "Succeeded");
            deployment.has_shifted = true;
            for set in &mut service.deployments {
                set.status = if set.id == ours { "PRIMARY" } else { "ACTIVE" }.to_owned();
            }
            // "Any parameters that are updated on the primary task set in a service will transition to the service"
            // (API reference, UpdateServicePrimaryTaskSet).
            take_over(&mut service.settings, &properties);
            swap(
                &mut service.settings,
                &self.code_deploy.groups[&deployment.service].info,
            );
        }
        if frame.settle {
            service.deployments.retain(|set| set.id == ours);
            deployment.reach("", "");
            deployment.status = "Succeeded".to_owned();
        }
        if !frame.error.is_null() {
            deployment.status = if frame.stopped_by_user {
                "Stopped"
            } else {
                "Failed"
            }
            .to_owned();
            deployment.error = frame.error.clone();
            for stage in &mut deployment.stages {
                if stage["status"] == "InProgress" {
                    stage["status"] = "Failed".into();
                    merge(stage, &json!({"diagnostics": frame.diagnostics}));
                }
            }
        }
        self.sync_tasks(&mut service);
        self.services.insert(deployment.service.clone(), service);
    }

    /// Returns the traffic to the original task set; the replacement task set is gone.
    fn restore(&mut self, service: &mut super::Service, rolled_back: &str) {
        let Some(ours) = self.code_deploy.deployments[rolled_back].task_set.clone() else {
            return;
        };
        let was_primary = service.primary().is_some_and(|it| it.id == ours);
        service.deployments.retain(|set| set.id != ours);
        if let Some(set) = service.deployments.first_mut() {
            set.status = "PRIMARY".to_owned();
        }
        if was_primary {
            let key = (service.cluster.clone(), service.name.clone());
            swap(&mut service.settings, &self.code_deploy.groups[&key].info);
        }
    }

    fn stop_code_deployment(&mut self, call: &Call) -> Answer {
        let id = self.code_deploy.named(call)?;
        let deployment = &mut self.code_deploy.deployments[&id];
        if !deployment.is_open() {
            return Err(Refusal::new(
                "DeploymentAlreadyCompletedException",
                "The deployment is already complete.",
            ));
        }
        deployment.status = "Stopped".to_owned();
        deployment.error =
            json!({"code": "MANUAL_STOP", "message": "The deployment was stopped by the user."});
        let service = deployment.service.clone();
        self.roll_back_code_deployment(&id, &service, call.input["autoRollbackEnabled"] == true);
        Ok(json!({"status": "Pending", "statusMessage": "Deployment is stopping."}))
    }

    fn continue_code_deployment(&mut self, call: &Call) -> Answer {
        let id = self.code_deploy.named(call)?;
        let deployment = &mut self.code_deploy.deployments[&id];
        let waits = match call.text("deploymentWaitType") {
            Some("TERMINATION_WAIT") => deployment.has_shifted && deployment.is_open(),
            _ => deployment.status == "Ready",
        };
        if !waits {
            return Err(Refusal::new(
                "DeploymentIsNotInReadyStateException",
                "The deployment does not have a status of Ready and can't continue yet.",
            ));
        }
        deployment.status = "InProgress".to_owned();
        deployment.left = 0;
        Ok(json!({}))
    }
}

/// Sets what the AppSpec sets, with the API's spelling.
fn take_over(settings: &mut serde_json::Map<String, Value>, properties: &Value) {
    if let Some(version) = properties.get("PlatformVersion") {
        settings.insert("platformVersion".to_owned(), version.clone());
    }
    if let Some(network) = properties["NetworkConfiguration"]["AwsvpcConfiguration"].as_object() {
        let lower = |key: &str| format!("{}{}", key[..1].to_lowercase(), &key[1..]);
        let network: serde_json::Map<String, Value> = network
            .iter()
            .map(|(key, value)| (lower(key), value.clone()))
            .collect();
        let known = settings.entry("networkConfiguration").or_insert(Value::Null);
        merge(known, &json!({"awsvpcConfiguration": network}));
    }
}

/// Moves the service to the other target group of the pair (ecspresso #936).
fn swap(settings: &mut serde_json::Map<String, Value>, group: &Value) {
    let pair = &group["loadBalancerInfo"]["targetGroupPairInfoList"][0]["targetGroups"];
    let (Some(one), Some(other)) = (pair[0]["name"].as_str(), pair[1]["name"].as_str()) else {
        return;
    };
    let (one, other) = (format!(":targetgroup/{one}/"), format!(":targetgroup/{other}/"));
    if let Some(arn) = settings
        .get_mut("loadBalancers")
        .and_then(|it| it.get_mut(0)?.get_mut("targetGroupArn"))
    {
        let now = arn.as_str().unwrap_or_default();
        let next = match now.contains(&one) {
            true => now.replace(&one, &other),
            false => now.replace(&other, &one),
        };
        *arn = next.into();
    }
}
