//! Elastic Container Service: sends JSON values and returns typed views of the responses.

use futures_util::future::try_join_all;
use serde_json::json;

use super::error::{AwsError, AwsErrorKind};
use super::reply::{join, list, member, next_token, strings};
use super::session::Aws;
use super::wire::{AwsCall, as_value_with_endpoint, exchange, json as send};
use crate::ecs::{
    ClusterCapacity, DescribedServices, ExecSession, ProtectedTask, Service, ServiceDeployment,
    ServiceRevision, StartedTasks, Task, TaskDefinition,
};
use crate::model::{Object, Value};

/// DescribeServices accepts at most ten services (API reference, DescribeServices).
pub const SERVICES_A_CALL: usize = 10;
/// DescribeServiceDeployments and DescribeServiceRevisions accept at most 20 ARNs (API reference).
const DEPLOYMENTS_A_CALL: usize = 20;
/// ListServiceDeployments returns at most 100 per page, and 20 unless asked for more (API reference).
const DEPLOYMENTS_A_PAGE: usize = 100;
/// DescribeTasks and GetTaskProtection accept at most 100 tasks (API reference).
const TASKS_A_CALL: usize = 100;

fn call(operation: &'static str, resource: impl Into<String>) -> AwsCall {
    AwsCall::new("ecs", operation).on(resource)
}

/// Returns the resource text for an error about a call with several resources.
fn several(names: &[String]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [first] => first.clone(),
        [first, second] => format!("{first} and {second}"),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// Checks whether a call may still be sent; a call that is repeated with renewed credentials has already been
/// checked.
pub(super) fn check_cancelled(
    call: &AwsCall,
    may_send: &mut Option<impl FnOnce() -> bool>,
) -> Result<(), AwsError> {
    match may_send.take().is_none_or(|may_send| may_send()) {
        true => Ok(()),
        false => Err(AwsError::new(call, AwsErrorKind::Cancelled, None)),
    }
}

/// Returns a task definition with its tags as a member, as RegisterTaskDefinition takes them.
fn with_tags(call: &AwsCall, reply: Value) -> Result<TaskDefinition, AwsError> {
    let tags = list(reply.clone(), "tags");
    let mut definition = member(call, reply, "taskDefinition")?;
    if let Some(members) = definition.as_object_mut()
        && !tags.is_empty()
    {
        members.insert("tags".to_owned(), Value::Array(tags));
    }
    Ok(TaskDefinition::read(definition))
}

/// Clusters.
impl Aws {
    /// Calls DescribeClusters for one cluster. None if it doesn't exist.
    pub async fn cluster_capacity(&self, cluster: &str) -> Result<Option<ClusterCapacity>, AwsError> {
        let input = json!({"clusters": [cluster]});
        let call = call("DescribeClusters", cluster).optional().body(&input);
        let reply = send!(self, call, self.ecs().describe_clusters())?;
        Ok(list(reply, "clusters").first().map(ClusterCapacity::read))
    }

    /// Calls CreateCluster. An ACTIVE cluster of that name stays unchanged.
    pub async fn create_cluster(&self, cluster: &str, providers: &[String]) -> Result<(), AwsError> {
        let mut input = json!({"clusterName": cluster});
        if !providers.is_empty() {
            input["capacityProviders"] = providers.into();
        }
        let call = call("CreateCluster", cluster).body(&input);
        let reply = send!(self, call.clone(), self.ecs().create_cluster())?;
        member(&call, reply, "cluster").map(|_| ())
    }
}

/// Services.
impl Aws {
    /// Calls DescribeServices for any number of names, ten per call, all calls concurrently; includes tags.
    pub async fn describe_services(
        &self,
        cluster: &str,
        services: &[String],
    ) -> Result<DescribedServices, AwsError> {
        let parts = try_join_all(
            services
                .chunks(SERVICES_A_CALL)
                .map(|names| self.describe_ten_services(cluster, names)),
        )
        .await?;
        let services = join(parts, "services").into_iter().map(Service::read);
        Ok(DescribedServices::new(services.collect()))
    }

    async fn describe_ten_services(&self, cluster: &str, names: &[String]) -> Result<Value, AwsError> {
        let input = json!({"cluster": cluster, "services": names, "include": ["TAGS"]});
        let call = call("DescribeServices", several(names)).body(&input);
        send!(self, call, self.ecs().describe_services())
    }

    /// Calls CreateService. The input carries a `clientToken`, so that a retry doesn't create a second service.
    /// `may_send` is called right before sending: if it returns false, nothing is sent, and the error
    /// `is_cancelled`.
    pub async fn create_service(
        &self,
        name: &str,
        input: &Value,
        may_send: impl FnOnce() -> bool,
    ) -> Result<Service, AwsError> {
        let call = call("CreateService", name).body(input);
        let mut may_send = Some(may_send);
        let reply = send!(self, call.clone(), {
            check_cancelled(&call, &mut may_send)?;
            self.ecs().create_service()
        })?;
        member(&call, reply, "service").map(Service::read)
    }

    /// Calls UpdateService, without retries: if the error `is_ambiguous` or `is_worth_retrying`, the caller
    /// checks the state and sends it again. `may_send` is called right before sending: if it returns false,
    /// nothing is sent, and the error `is_cancelled`.
    pub async fn update_service(
        &self,
        name: &str,
        input: &Value,
        may_send: impl FnOnce() -> bool,
    ) -> Result<Service, AwsError> {
        let call = call("UpdateService", name).body(input);
        let mut may_send = Some(may_send);
        let reply = send!(self, call.clone(), {
            check_cancelled(&call, &mut may_send)?;
            self.ecs_once().update_service()
        })?;
        member(&call, reply, "service").map(Service::read)
    }

    /// Calls DeleteService, without retries: if the error `is_ambiguous` or `is_worth_retrying`, the caller
    /// checks the state and sends it again. With `force`, the service is deleted even if its desired count isn't
    /// zero.
    pub async fn delete_service(&self, cluster: &str, name: &str, force: bool) -> Result<(), AwsError> {
        let mut input = json!({"cluster": cluster, "service": name});
        if let Some(members) = input.as_object_mut()
            && force
        {
            members.insert("force".to_owned(), Value::Bool(true));
        }
        let call = call("DeleteService", name).body(&input);
        let reply = send!(self, call.clone(), self.ecs_once().delete_service())?;
        member(&call, reply, "service").map(|_| ())
    }

    /// Calls TagResource with a long-format ARN.
    pub async fn tag_resource(&self, arn: &str, tags: &[(String, String)]) -> Result<(), AwsError> {
        let tags: Vec<Value> = tags
            .iter()
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect();
        let call = call("TagResource", arn).body(&json!({"resourceArn": arn, "tags": tags}));
        send!(self, call, self.ecs().tag_resource())?;
        Ok(())
    }
}

/// Task definitions.
impl Aws {
    /// Calls DescribeTaskDefinition and returns it with its tags as a member. A family refers to its latest
    /// ACTIVE revision. None when it doesn't exist.
    pub async fn describe_task_definition(&self, id: &str) -> Result<Option<TaskDefinition>, AwsError> {
        let input = json!({"taskDefinition": id, "include": ["TAGS"]});
        let call = call("DescribeTaskDefinition", id).body(&input);
        match send!(self, call.clone(), self.ecs().describe_task_definition()) {
            Ok(reply) => with_tags(&call, reply).map(Some),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Calls RegisterTaskDefinition, without retries, with tags as a member in input and response. If the error
    /// `is_ambiguous` or `is_worth_retrying`, the caller checks the state and sends it again.
    pub async fn register_task_definition(
        &self,
        family: &str,
        input: &Value,
    ) -> Result<TaskDefinition, AwsError> {
        let call = call("RegisterTaskDefinition", family).body(input);
        let reply = send!(self, call.clone(), self.ecs_once().register_task_definition())?;
        with_tags(&call, reply)
    }

    /// Calls DeregisterTaskDefinition: nothing new can run the revision, and what runs it continues.
    pub async fn deregister_task_definition(&self, arn: &str) -> Result<(), AwsError> {
        let call = call("DeregisterTaskDefinition", arn).body(&json!({"taskDefinition": arn}));
        send!(self, call, self.ecs().deregister_task_definition())?;
        Ok(())
    }
}

fn service_deployments(replies: Vec<Value>) -> Vec<ServiceDeployment> {
    replies.iter().filter_map(ServiceDeployment::read).collect()
}

/// Service deployments and revisions.
impl Aws {
    /// Calls ListServiceDeployments page by page, until `is_enough` accepts what was read or all is read. Empty
    /// `statuses` match any status. AWS keeps 90 days of them. It documents no order, so nothing follows from the
    /// order of a page alone: `ecs::are_newest_first` says whether the order observed lets a caller stop.
    pub async fn list_service_deployments(
        &self,
        cluster: &str,
        service: &str,
        statuses: &[&str],
        is_enough: impl Fn(&[ServiceDeployment]) -> bool,
    ) -> Result<Vec<ServiceDeployment>, AwsError> {
        let mut found = Vec::new();
        let mut next: Option<Value> = None;
        loop {
            let mut input = Object::new();
            input.insert("cluster".to_owned(), cluster.into());
            input.insert("service".to_owned(), service.into());
            if !statuses.is_empty() {
                input.insert("status".to_owned(), json!(statuses));
            }
            input.insert("maxResults".to_owned(), json!(DEPLOYMENTS_A_PAGE));
            if let Some(token) = next.take() {
                input.insert("nextToken".to_owned(), token);
            }
            let call = call("ListServiceDeployments", service).body(&Value::Object(input));
            let reply = send!(self, call, self.ecs().list_service_deployments())?;
            next = next_token(&reply);
            found.extend(service_deployments(list(reply, "serviceDeployments")));
            if next.is_none() || is_enough(&found) {
                return Ok(found);
            }
        }
    }

    /// All that `list_service_deployments` can return, newest first.
    pub async fn all_service_deployments(
        &self,
        cluster: &str,
        service: &str,
        statuses: &[&str],
    ) -> Result<Vec<ServiceDeployment>, AwsError> {
        let mut found = self
            .list_service_deployments(cluster, service, statuses, |_| false)
            .await?;
        // A stable sort: those without createdAt keep their order.
        found.sort_by_key(|it| std::cmp::Reverse(it.created_at));
        Ok(found)
    }

    /// Calls StopServiceDeployment with ROLLBACK, the only stop type that AWS documents as valid; without
    /// retries.
    pub async fn stop_service_deployment(&self, service: &str, arn: &str) -> Result<(), AwsError> {
        let input = json!({"serviceDeploymentArn": arn, "stopType": "ROLLBACK"});
        let call = call("StopServiceDeployment", service).body(&input);
        send!(self, call, self.ecs_once().stop_service_deployment())?;
        Ok(())
    }

    /// Calls ContinueServiceDeployment to answer the hook that pauses a deployment. `action` is CONTINUE or
    /// ROLLBACK. Without retries.
    pub async fn continue_service_deployment(
        &self,
        service: &str,
        arn: &str,
        hook: &str,
        action: &str,
    ) -> Result<(), AwsError> {
        let input = json!({"serviceDeploymentArn": arn, "hookId": hook, "action": action});
        let call = call("ContinueServiceDeployment", service).body(&input);
        send!(self, call, self.ecs_once().continue_service_deployment())?;
        Ok(())
    }

    /// Calls DescribeServiceDeployments, 20 per call.
    pub async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>, AwsError> {
        let parts = try_join_all(arns.chunks(DEPLOYMENTS_A_CALL).map(async |arns| {
            let call = call("DescribeServiceDeployments", several(arns))
                .body(&json!({"serviceDeploymentArns": arns}));
            send!(self, call, self.ecs().describe_service_deployments())
        }))
        .await?;
        Ok(service_deployments(join(parts, "serviceDeployments")))
    }

    /// Calls DescribeServiceRevisions, 20 per call.
    pub async fn describe_service_revisions(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceRevision>, AwsError> {
        let parts = try_join_all(arns.chunks(DEPLOYMENTS_A_CALL).map(async |arns| {
            let call =
                call("DescribeServiceRevisions", several(arns)).body(&json!({"serviceRevisionArns": arns}));
            send!(self, call, self.ecs().describe_service_revisions())
        }))
        .await?;
        let revisions = join(parts, "serviceRevisions").into_iter();
        Ok(revisions.filter_map(ServiceRevision::read).collect())
    }
}

/// Tasks.
impl Aws {
    /// Calls ListTasks for one service, all pages. `desired_status` is RUNNING, PENDING or STOPPED; AWS keeps
    /// stopped tasks for about an hour.
    pub async fn list_tasks(
        &self,
        cluster: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, AwsError> {
        let filters = [("serviceName", service), ("desiredStatus", desired_status)];
        self.list_tasks_by(cluster, service, &filters).await
    }

    /// Calls ListTasks for the running tasks that were started with this `startedBy`, which "must be the only filter
    /// that you use" (API reference).
    pub async fn list_tasks_started_by(
        &self,
        cluster: &str,
        started_by: &str,
    ) -> Result<Vec<String>, AwsError> {
        let filters = [("startedBy", started_by)];
        self.list_tasks_by(cluster, started_by, &filters).await
    }

    /// Calls ListTasks for the stopped tasks of a task definition family.
    pub async fn list_stopped_tasks_of(&self, cluster: &str, family: &str) -> Result<Vec<String>, AwsError> {
        let filters = [("family", family), ("desiredStatus", "STOPPED")];
        self.list_tasks_by(cluster, family, &filters).await
    }

    async fn list_tasks_by(
        &self,
        cluster: &str,
        resource: &str,
        filters: &[(&str, &str)],
    ) -> Result<Vec<String>, AwsError> {
        let mut arns = Vec::new();
        let mut next: Option<Value> = None;
        loop {
            let mut input = Object::new();
            input.insert("cluster".to_owned(), cluster.into());
            let filters = filters.iter();
            input.extend(filters.map(|(key, value)| ((*key).to_owned(), (*value).into())));
            if let Some(token) = next.take() {
                input.insert("nextToken".to_owned(), token);
            }
            let call = call("ListTasks", resource).body(&Value::Object(input));
            let reply = send!(self, call, self.ecs().list_tasks())?;
            next = next_token(&reply);
            arns.extend(strings(list(reply, "taskArns")));
            if next.is_none() {
                return Ok(arns);
            }
        }
    }

    /// Calls RunTask. The input carries a `clientToken`, so that a retry doesn't start a second task. `job` is its
    /// name in errors.
    pub async fn run_task(&self, job: &str, input: &Value) -> Result<StartedTasks, AwsError> {
        let call = call("RunTask", job).body(input);
        let reply = send!(self, call, self.ecs().run_task())?;
        Ok(StartedTasks::read(&reply))
    }

    /// Calls StopTask. The task gets SIGTERM, and SIGKILL after its `stopTimeout`.
    pub async fn stop_task(&self, cluster: &str, task: &str, reason: &str) -> Result<(), AwsError> {
        let input = json!({"cluster": cluster, "task": task, "reason": reason});
        let call = call("StopTask", task).body(&input);
        send!(self, call, self.ecs().stop_task())?;
        Ok(())
    }

    /// Calls ExecuteCommand, without retries: the command must not run twice. Returns the session, and the endpoint
    /// (scheme and host) that opened it.
    pub async fn execute_command(
        &self,
        cluster: &str,
        task: &str,
        container: &str,
        command: &str,
    ) -> Result<(ExecSession, String), AwsError> {
        // "Amazon ECS only supports initiating interactive sessions, so you must specify true for this value" (API
        // reference).
        let input = json!({
            "cluster": cluster, "task": task, "container": container, "command": command, "interactive": true,
        });
        let call = call("ExecuteCommand", task).body(&input);
        let request = self.ecs_once().execute_command();
        let sent = exchange!(self, call.clone(), request.clone(), as_value_with_endpoint);
        let (reply, endpoint) = sent?;
        match ExecSession::read(&reply) {
            Some(session) => Ok((session, endpoint)),
            None => Err(AwsError::new(
                &call,
                AwsErrorKind::Nonsense,
                Some("no `session` in the response".to_owned()),
            )),
        }
    }

    /// Calls DescribeTasks, 100 per call. Tasks that no longer exist are omitted.
    pub async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, AwsError> {
        let parts = try_join_all(arns.chunks(TASKS_A_CALL).map(async |arns| {
            let input = json!({"cluster": cluster, "tasks": arns, "include": ["TAGS"]});
            let call = call("DescribeTasks", several(arns)).body(&input);
            send!(self, call, self.ecs().describe_tasks())
        }))
        .await?;
        Ok(join(parts, "tasks").iter().filter_map(Task::read).collect())
    }

    /// Calls GetTaskProtection, 100 tasks per call. Returns those that are protected from scale-in.
    pub async fn get_task_protection(
        &self,
        cluster: &str,
        arns: &[String],
    ) -> Result<Vec<ProtectedTask>, AwsError> {
        let parts = try_join_all(arns.chunks(TASKS_A_CALL).map(async |arns| {
            let input = json!({"cluster": cluster, "tasks": arns});
            let call = call("GetTaskProtection", several(arns)).body(&input);
            send!(self, call, self.ecs().get_task_protection())
        }))
        .await?;
        let tasks = join(parts, "protectedTasks");
        Ok(tasks.iter().filter_map(ProtectedTask::read).collect())
    }
}
