//! What an explanation is read from, besides ECS's own service and tasks.

use super::super::ecs::ReadError;
use crate::aws::Aws;
use crate::ecs::TaskDefinition;
use crate::model::{FailureTarget, Value};

/// The reads that explain a failure. None of them is needed for a verdict.
pub trait Clues {
    /// DescribeTaskDefinition.
    async fn definition(&self, arn: &str) -> Result<Option<TaskDefinition>, ReadError>;

    /// GetLogEvents: the last events of a stream, the oldest first; None while it isn't there. No region: the session's.
    async fn last_log_events(
        &self,
        region: Option<&str>,
        group: &str,
        stream: &str,
        most: u32,
    ) -> Result<Option<Vec<Value>>, ReadError>;

    /// DescribeTargetHealth: the group's targets.
    async fn target_health(&self, group: &str) -> Result<Vec<FailureTarget>, ReadError>;
}

impl Clues for Aws {
    async fn definition(&self, arn: &str) -> Result<Option<TaskDefinition>, ReadError> {
        Ok(self.describe_task_definition(arn).await?)
    }

    async fn last_log_events(
        &self,
        region: Option<&str>,
        group: &str,
        stream: &str,
        most: u32,
    ) -> Result<Option<Vec<Value>>, ReadError> {
        let aws = match region {
            Some(region) => self.in_region(region),
            None => self.clone(),
        };
        Ok(Aws::last_log_events(&aws, group, stream, most).await?)
    }

    async fn target_health(&self, group: &str) -> Result<Vec<FailureTarget>, ReadError> {
        Ok(self.describe_target_health(group).await?)
    }
}
