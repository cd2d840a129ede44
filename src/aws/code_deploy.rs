//! CodeDeploy: deployment groups and deployments of ECS services.

use futures_util::future::try_join_all;
use serde_json::json;

use super::ecs::check_cancelled;
use super::error::AwsError;
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::ecs::{CodeDeployment, DeploymentGroup, LifecycleEvent};
use crate::model::{CodeDeployNames, Value};

/// The statuses of a deployment in progress (API reference: DeploymentInfo, `status`).
const IN_PROGRESS: [&str; 5] = ["Created", "Queued", "InProgress", "Baking", "Ready"];
/// How many deployments BatchGetDeployments accepts (API reference).
const DEPLOYMENTS_A_CALL: usize = 25;
/// What CodeDeploy answers if a deployment has no targets yet.
const NOT_STARTED: [&str; 2] = [
    "DeploymentNotStartedException",
    "DeploymentTargetDoesNotExistException",
];

fn call(operation: &'static str, resource: impl Into<String>) -> AwsCall {
    AwsCall::new("codedeploy", operation).on(resource)
}

fn is_missing(error: &AwsError) -> bool {
    matches!(
        error.aws_code(),
        Some("ApplicationDoesNotExistException" | "DeploymentGroupDoesNotExistException")
    )
}

impl Aws {
    /// Calls GetDeploymentGroup. None if the group or its application doesn't exist.
    pub async fn deployment_group(
        &self,
        names: &CodeDeployNames,
    ) -> Result<Option<DeploymentGroup>, AwsError> {
        let input = json!({
            "applicationName": names.application, "deploymentGroupName": names.group,
        });
        let call = call("GetDeploymentGroup", names.to_string()).body(&input);
        match send!(self, call, self.code_deploy().get_deployment_group()) {
            Ok(reply) => Ok(reply.get("deploymentGroupInfo").map(DeploymentGroup::read)),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Calls ListDeployments, all pages, for the IDs of a group's deployments in progress. Empty if there is no group.
    pub async fn deployments_in_progress(&self, names: &CodeDeployNames) -> Result<Vec<String>, AwsError> {
        let (mut ids, mut token) = (Vec::new(), None::<String>);
        loop {
            let (page, next) = self
                .code_deployments_page(names, &IN_PROGRESS, token.as_deref())
                .await?;
            ids.extend(page);
            if next.is_none() || next == token {
                return Ok(ids);
            }
            token = next;
        }
    }

    /// Calls ListDeployments for one page of a group's deployments, of any status if `statuses` is empty. Nothing if
    /// there is no group.
    async fn code_deployments_page(
        &self,
        names: &CodeDeployNames,
        statuses: &[&str],
        token: Option<&str>,
    ) -> Result<(Vec<String>, Option<String>), AwsError> {
        let mut input = json!({
            "applicationName": names.application, "deploymentGroupName": names.group,
        });
        if !statuses.is_empty() {
            input["includeOnlyStatuses"] = statuses.into();
        }
        if let Some(token) = token {
            input["nextToken"] = token.into();
        }
        let call = call("ListDeployments", names.to_string()).body(&input);
        let reply = match send!(self, call, self.code_deploy().list_deployments()) {
            Err(error) if is_missing(&error) => return Ok((Vec::new(), None)),
            reply => reply?,
        };
        let page = reply.get("deployments").and_then(Value::as_array);
        let page = page.into_iter().flatten().filter_map(Value::as_str);
        let next = reply.get("nextToken").and_then(Value::as_str);
        let next = next.filter(|next| !next.is_empty());
        Ok((page.map(str::to_owned).collect(), next.map(str::to_owned)))
    }

    /// Returns a group's recent deployments with these statuses, or of any status if there are none, newest first: those
    /// on ListDeployments' first page, whose order AWS doesn't document.
    pub async fn recent_code_deployments(
        &self,
        names: &CodeDeployNames,
        statuses: &[&str],
    ) -> Result<Vec<CodeDeployment>, AwsError> {
        let (ids, _) = self.code_deployments_page(names, statuses, None).await?;
        let batches = ids
            .chunks(DEPLOYMENTS_A_CALL)
            .map(|ids| self.code_deployments(ids));
        let mut found = try_join_all(batches).await?.concat();
        found.sort_by_key(|it| std::cmp::Reverse(it.created_at));
        Ok(found)
    }

    /// Calls BatchGetDeployments.
    async fn code_deployments(&self, ids: &[String]) -> Result<Vec<CodeDeployment>, AwsError> {
        let call = call("BatchGetDeployments", ids.join(", ")).body(&json!({"deploymentIds": ids}));
        let reply = send!(self, call, self.code_deploy().batch_get_deployments())?;
        let found = reply.get("deploymentsInfo").and_then(Value::as_array);
        Ok(found.into_iter().flatten().map(CodeDeployment::read).collect())
    }

    /// Calls GetDeployment.
    pub async fn code_deployment(&self, id: &str) -> Result<CodeDeployment, AwsError> {
        let call = call("GetDeployment", id).body(&json!({"deploymentId": id}));
        let reply = send!(self, call, self.code_deploy().get_deployment())?;
        Ok(CodeDeployment::read(
            reply.get("deploymentInfo").unwrap_or(&Value::Null),
        ))
    }

    /// Calls GetDeploymentTarget for the lifecycle events of a service. None before the deployment has started.
    pub async fn lifecycle_events(
        &self,
        id: &str,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<LifecycleEvent>, AwsError> {
        let cluster = cluster.rsplit('/').next().unwrap_or(cluster);
        // "pairs of Amazon ECS clusters and services specified using the format <clustername>:<servicename>" (API
        // reference, BatchGetDeploymentTargets, `targetIds`).
        let input = json!({"deploymentId": id, "targetId": format!("{cluster}:{service}")});
        let call = call("GetDeploymentTarget", id).optional().body(&input);
        match send!(self, call, self.code_deploy().get_deployment_target()) {
            Ok(reply) => Ok(reply
                .get("deploymentTarget")
                .map(LifecycleEvent::read_all)
                .unwrap_or_default()),
            Err(error) if error.aws_code().is_some_and(|code| NOT_STARTED.contains(&code)) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Calls GetApplicationRevision for the content of an AppSpec: "The content property of the appSpecContent object
    /// in the returned revision is always null" (API reference, GetDeployment).
    pub async fn app_spec(&self, application: &str, sha256: &str) -> Result<Option<String>, AwsError> {
        let input = json!({
            "applicationName": application,
            "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": sha256}},
        });
        let call = call("GetApplicationRevision", application)
            .optional()
            .body(&input);
        let reply = send!(self, call, self.code_deploy().get_application_revision())?;
        let content = reply.pointer("/revision/appSpecContent/content");
        Ok(content.and_then(Value::as_str).map(str::to_owned))
    }

    /// Calls CreateDeployment once, and returns the deployment's ID.
    pub async fn create_code_deployment(
        &self,
        service: &str,
        input: &Value,
        may_send: impl FnOnce() -> bool,
    ) -> Result<Option<String>, AwsError> {
        let call = call("CreateDeployment", service).body(input);
        let mut may_send = Some(may_send);
        let reply = send!(self, call.clone(), {
            check_cancelled(&call, &mut may_send)?;
            self.code_deploy_once().create_deployment()
        })?;
        let id = reply.get("deploymentId").and_then(Value::as_str);
        Ok(id.filter(|id| !id.is_empty()).map(str::to_owned))
    }

    /// Calls StopDeployment; `rolls_back` restores the original tasks' traffic.
    pub async fn stop_code_deployment(&self, id: &str, rolls_back: bool) -> Result<(), AwsError> {
        let input = json!({"deploymentId": id, "autoRollbackEnabled": rolls_back});
        let call = call("StopDeployment", id).body(&input);
        send!(self, call, self.code_deploy().stop_deployment())?;
        Ok(())
    }

    /// Calls ContinueDeployment to end a wait: `READY_WAIT` or `TERMINATION_WAIT`.
    pub async fn continue_code_deployment(&self, id: &str, wait: &str) -> Result<(), AwsError> {
        let input = json!({"deploymentId": id, "deploymentWaitType": wait});
        let call = call("ContinueDeployment", id).body(&input);
        send!(self, call, self.code_deploy().continue_deployment())?;
        Ok(())
    }
}
