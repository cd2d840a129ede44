//! Elastic Container Service: values in, typed views of the replies out.

use futures_util::future::try_join_all;
use serde_json::json;

use super::error::{AwsError, AwsErrorKind};
use super::reply::{join, list, member, next_token, strings};
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::ecs::{DescribedServices, Service, ServiceDeployment, ServiceRevision, Task, TaskDefinition};
use crate::model::{Object, Value};

/// DescribeServices takes at most ten (API reference, DescribeServices).
pub const SERVICES_A_CALL: usize = 10;
/// DescribeServiceDeployments and DescribeServiceRevisions take at most 20 (API reference).
const DEPLOYMENTS_A_CALL: usize = 20;
/// DescribeTasks takes at most 100 (API reference).
const TASKS_A_CALL: usize = 100;

fn call(operation: &'static str, resource: impl Into<String>) -> AwsCall {
    AwsCall::new("ecs", operation).on(resource)
}

/// What an error names when a call is about several things.
fn several(names: &[String]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [first] => first.clone(),
        [first, second] => format!("{first} and {second}"),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// Asks whether a call may still be sent; one that is sent again with other credentials has asked.
fn check_cancelled(call: &AwsCall, may_send: &mut Option<impl FnOnce() -> bool>) -> Result<(), AwsError> {
    match may_send.take().is_none_or(|may_send| may_send()) {
        true => Ok(()),
        false => Err(AwsError::new(call, AwsErrorKind::Cancelled, None)),
    }
}

/// A task definition with its tags beside its members, as RegisterTaskDefinition takes them.
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
    /// CreateCluster. An ACTIVE cluster of that name stays as it is.
    pub async fn create_cluster(&self, cluster: &str) -> Result<(), AwsError> {
        let call = call("CreateCluster", cluster).body(&json!({"clusterName": cluster}));
        let reply = send!(self, call.clone(), self.ecs().create_cluster())?;
        member(&call, reply, "cluster").map(|_| ())
    }
}

/// Services.
impl Aws {
    /// DescribeServices for any number of names, ten to a call, all calls side by side; tags included.
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

    /// CreateService. The input carries a `clientToken`, so that a retry makes no second service. `may_send`
    /// is asked when its turn has come: where not, nothing is sent, and the error `is_cancelled`.
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

    /// UpdateService, sent once: where `is_ambiguous` or `is_worth_retrying`, the caller looks and sends again. `may_send`
    /// is asked when its turn has come: where not, nothing is sent, and the error `is_cancelled`.
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

    /// DeleteService, sent once: where `is_ambiguous` or `is_worth_retrying`, the caller looks and sends again. By force
    /// it is taken away although tasks of it are desired.
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

    /// TagResource, with a long ARN.
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
    /// DescribeTaskDefinition with its tags beside its members. A family names its latest ACTIVE revision.
    /// None when there is none.
    pub async fn describe_task_definition(&self, id: &str) -> Result<Option<TaskDefinition>, AwsError> {
        let input = json!({"taskDefinition": id, "include": ["TAGS"]});
        let call = call("DescribeTaskDefinition", id).body(&input);
        match send!(self, call.clone(), self.ecs().describe_task_definition()) {
            Ok(reply) => with_tags(&call, reply).map(Some),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// RegisterTaskDefinition, sent once, with its tags beside its members in input and reply. Where
    /// `is_ambiguous` or `is_worth_retrying`, the caller looks and sends again.
    pub async fn register_task_definition(
        &self,
        family: &str,
        input: &Value,
    ) -> Result<TaskDefinition, AwsError> {
        let call = call("RegisterTaskDefinition", family).body(input);
        let reply = send!(self, call.clone(), self.ecs_once().register_task_definition())?;
        with_tags(&call, reply)
    }
}

fn service_deployments(replies: Vec<Value>) -> Vec<ServiceDeployment> {
    replies.iter().filter_map(ServiceDeployment::read).collect()
}

/// Service deployments and revisions.
impl Aws {
    /// ListServiceDeployments, the newest first. `statuses` may be empty: any.
    pub async fn list_service_deployments(
        &self,
        cluster: &str,
        service: &str,
        statuses: &[&str],
        most: u32,
    ) -> Result<Vec<ServiceDeployment>, AwsError> {
        let mut input = json!({"cluster": cluster, "service": service, "maxResults": most.clamp(1, 100)});
        if let Some(members) = input.as_object_mut()
            && !statuses.is_empty()
        {
            members.insert("status".to_owned(), json!(statuses));
        }
        let call = call("ListServiceDeployments", service).body(&input);
        let reply = send!(self, call, self.ecs().list_service_deployments())?;
        Ok(service_deployments(list(reply, "serviceDeployments")))
    }

    /// ListServiceDeployments, one page, the newest first, and the token of the next. `statuses` may be empty: any. AWS
    /// keeps 90 days of them.
    pub async fn list_service_deployments_page(
        &self,
        cluster: &str,
        service: &str,
        statuses: &[&str],
        token: Option<&Value>,
    ) -> Result<(Vec<ServiceDeployment>, Option<Value>), AwsError> {
        let mut input = Object::new();
        input.insert("cluster".to_owned(), cluster.into());
        input.insert("service".to_owned(), service.into());
        if !statuses.is_empty() {
            input.insert("status".to_owned(), json!(statuses));
        }
        input.insert("maxResults".to_owned(), json!(DEPLOYMENTS_A_CALL));
        if let Some(token) = token {
            input.insert("nextToken".to_owned(), token.clone());
        }
        let call = call("ListServiceDeployments", service).body(&Value::Object(input));
        let reply = send!(self, call, self.ecs().list_service_deployments())?;
        let next = next_token(&reply);
        Ok((service_deployments(list(reply, "serviceDeployments")), next))
    }

    /// StopServiceDeployment with ROLLBACK, the one stop type that AWS documents as valid; sent once.
    pub async fn stop_service_deployment(&self, service: &str, arn: &str) -> Result<(), AwsError> {
        let input = json!({"serviceDeploymentArn": arn, "stopType": "ROLLBACK"});
        let call = call("StopServiceDeployment", service).body(&input);
        send!(self, call, self.ecs_once().stop_service_deployment())?;
        Ok(())
    }

    /// ContinueServiceDeployment: answers the hook that pauses it. `action` is CONTINUE or ROLLBACK. Sent once.
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

    /// DescribeServiceDeployments, 20 to a call.
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

    /// DescribeServiceRevisions, 20 to a call.
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
    /// ListTasks of one service, all pages. `desired_status` is RUNNING, PENDING or STOPPED; AWS keeps stopped
    /// tasks for about an hour.
    pub async fn list_tasks(
        &self,
        cluster: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, AwsError> {
        let mut arns = Vec::new();
        let mut next: Option<Value> = None;
        loop {
            let mut input = Object::new();
            input.insert("cluster".to_owned(), cluster.into());
            input.insert("serviceName".to_owned(), service.into());
            input.insert("desiredStatus".to_owned(), desired_status.into());
            if let Some(token) = next.take() {
                input.insert("nextToken".to_owned(), token);
            }
            let call = call("ListTasks", service).body(&Value::Object(input));
            let reply = send!(self, call, self.ecs().list_tasks())?;
            next = next_token(&reply);
            arns.extend(strings(list(reply, "taskArns")));
            if next.is_none() {
                return Ok(arns);
            }
        }
    }

    /// DescribeTasks, 100 to a call. Tasks that are gone are left out.
    pub async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, AwsError> {
        let parts = try_join_all(arns.chunks(TASKS_A_CALL).map(async |arns| {
            let input = json!({"cluster": cluster, "tasks": arns, "include": ["TAGS"]});
            let call = call("DescribeTasks", several(arns)).body(&input);
            send!(self, call, self.ecs().describe_tasks())
        }))
        .await?;
        Ok(join(parts, "tasks").iter().filter_map(Task::read).collect())
    }
}
