//! The AWS reads that a watch needs.

use crate::aws::{Aws, LogEvent};
use crate::ecs::{
    CodeDeployment, DescribedServices, LifecycleEvent, ProtectedTask, Service, ServiceDeployment, Task,
    TaskDefinition,
};
use crate::engine::code_deploy::{deployment_in_progress, group_of};
use crate::engine::polling::ReadError;
use crate::model::{CodeDeployNames, FailureTarget};

/// The AWS reads that a watch needs. Verdicts depend on the ECS ones and GetDeployment alone; the last five explain failures.
pub trait DataSource {
    /// DescribeServices, for at most ten services.
    async fn describe_services(
        &self,
        cluster: &str,
        services: &[String],
    ) -> Result<DescribedServices, ReadError>;

    /// ListServiceDeployments, page by page until `is_enough` accepts what was read.
    async fn list_service_deployments(
        &self,
        cluster: &str,
        service: &str,
        is_enough: &dyn Fn(&[ServiceDeployment]) -> bool,
    ) -> Result<Vec<ServiceDeployment>, ReadError>;

    /// DescribeServiceDeployments.
    async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>, ReadError>;

    /// The ID of CodeDeploy's deployment of a service in progress: ListDeployments and GetDeployment. The group as
    /// the file names it, if it does.
    async fn code_deployment_in_progress(
        &self,
        cluster: &str,
        service: &Service,
        named: Option<&CodeDeployNames>,
    ) -> Result<Option<String>, ReadError>;

    /// GetDeployment of CodeDeploy.
    async fn code_deployment(&self, id: &str) -> Result<CodeDeployment, ReadError>;

    /// GetDeploymentTarget: the lifecycle events of a CodeDeploy deployment of a service.
    async fn lifecycle_events(
        &self,
        id: &str,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<LifecycleEvent>, ReadError>;

    /// GetApplicationRevision: the content of an AppSpec.
    async fn app_spec(&self, application: &str, sha256: &str) -> Result<Option<String>, ReadError>;

    /// ListTasks: the ARNs of a service's tasks with this desiredStatus (RUNNING, STOPPED).
    async fn list_tasks(
        &self,
        cluster: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, ReadError>;

    /// DescribeTasks.
    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ReadError>;

    /// GetTaskProtection: those of these tasks that are protected from scale-in.
    async fn get_task_protection(
        &self,
        cluster: &str,
        arns: &[String],
    ) -> Result<Vec<ProtectedTask>, ReadError>;

    /// DescribeTaskDefinition.
    async fn describe_task_definition(&self, arn: &str) -> Result<Option<TaskDefinition>, ReadError>;

    /// GetLogEvents: the last events of a stream, oldest first; None if it doesn't exist. Region None: the
    /// session's.
    async fn last_log_events(
        &self,
        region: Option<&str>,
        group: &str,
        stream: &str,
        most: u32,
    ) -> Result<Option<Vec<LogEvent>>, ReadError>;

    /// DescribeTargetHealth: the target group's targets.
    async fn describe_target_health(&self, group: &str) -> Result<Vec<FailureTarget>, ReadError>;

    /// The log groups to which a cluster's action logs are delivered.
    async fn action_log_groups(&self, cluster_arn: &str) -> Result<Vec<String>, ReadError>;

    /// FilterLogEvents: the events of a log group since a time in milliseconds that match a pattern.
    async fn filter_log_events(
        &self,
        group: &str,
        since: i64,
        pattern: &str,
    ) -> Result<Vec<LogEvent>, ReadError>;
}

impl DataSource for Aws {
    async fn describe_services(
        &self,
        cluster: &str,
        services: &[String],
    ) -> Result<DescribedServices, ReadError> {
        Ok(Aws::describe_services(self, cluster, services).await?)
    }

    async fn list_service_deployments(
        &self,
        cluster: &str,
        service: &str,
        is_enough: &dyn Fn(&[ServiceDeployment]) -> bool,
    ) -> Result<Vec<ServiceDeployment>, ReadError> {
        Ok(Aws::list_service_deployments(self, cluster, service, &[], is_enough).await?)
    }

    async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>, ReadError> {
        Ok(Aws::describe_service_deployments(self, arns).await?)
    }

    async fn code_deployment_in_progress(
        &self,
        cluster: &str,
        service: &Service,
        named: Option<&CodeDeployNames>,
    ) -> Result<Option<String>, ReadError> {
        let group = group_of(self, cluster, service, named).await?;
        Ok(deployment_in_progress(self, &group).await?.map(|it| it.id))
    }

    async fn code_deployment(&self, id: &str) -> Result<CodeDeployment, ReadError> {
        Ok(Aws::code_deployment(self, id).await?)
    }

    async fn lifecycle_events(
        &self,
        id: &str,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<LifecycleEvent>, ReadError> {
        Ok(Aws::lifecycle_events(self, id, cluster, service).await?)
    }

    async fn app_spec(&self, application: &str, sha256: &str) -> Result<Option<String>, ReadError> {
        Ok(Aws::app_spec(self, application, sha256).await?)
    }

    async fn list_tasks(
        &self,
        cluster: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, ReadError> {
        Ok(Aws::list_tasks(self, cluster, service, desired_status).await?)
    }

    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ReadError> {
        Ok(Aws::describe_tasks(self, cluster, arns).await?)
    }

    async fn get_task_protection(
        &self,
        cluster: &str,
        arns: &[String],
    ) -> Result<Vec<ProtectedTask>, ReadError> {
        Ok(Aws::get_task_protection(self, cluster, arns).await?)
    }

    async fn describe_task_definition(&self, arn: &str) -> Result<Option<TaskDefinition>, ReadError> {
        Ok(Aws::describe_task_definition(self, arn).await?)
    }

    async fn last_log_events(
        &self,
        region: Option<&str>,
        group: &str,
        stream: &str,
        most: u32,
    ) -> Result<Option<Vec<LogEvent>>, ReadError> {
        let aws = match region {
            Some(region) => self.in_region(region),
            None => self.clone(),
        };
        Ok(Aws::last_log_events(&aws, group, stream, most).await?)
    }

    async fn describe_target_health(&self, group: &str) -> Result<Vec<FailureTarget>, ReadError> {
        Ok(Aws::describe_target_health(self, group).await?)
    }

    async fn action_log_groups(&self, cluster_arn: &str) -> Result<Vec<String>, ReadError> {
        Ok(Aws::action_log_groups(self, cluster_arn).await?)
    }

    async fn filter_log_events(
        &self,
        group: &str,
        since: i64,
        pattern: &str,
    ) -> Result<Vec<LogEvent>, ReadError> {
        Ok(Aws::filter_log_events(self, group, since, pattern).await?)
    }
}
