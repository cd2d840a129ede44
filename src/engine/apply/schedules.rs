//! Applies the schedules of jobs. Every call can be repeated with the same result.

use futures_util::future::BoxFuture;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::aws::{Aws, AwsError};
use crate::engine::polling::{PassingWait, repeat_write};
use crate::model::{Event, ScheduleAction, SchedulePlan, ScheduleResult, Sink, Value, hex, short_definition};
use crate::plan::schedule_input;

/// Where schedules are written.
#[derive(Clone, Copy)]
pub struct ScheduleApplier<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// The cluster.
    pub cluster: &'a str,
    /// How long a role is waited for that EventBridge Scheduler can't assume yet.
    pub passing: PassingWait<'a>,
    /// Where events go.
    pub sink: &'a dyn Sink,
}

impl ScheduleApplier<'_> {
    /// Creates or updates a schedule, which then runs the task definition with this ARN. None if there is nothing to do.
    pub async fn apply(
        &self,
        plan: &SchedulePlan,
        definition: &str,
    ) -> Result<Option<ScheduleResult>, AwsError> {
        let action = match plan.action {
            ScheduleAction::Keep => return Ok(None),
            ScheduleAction::Create => "create",
            ScheduleAction::Update => "update",
        };
        let input = self.input(plan, definition);
        let sent = match plan.action {
            ScheduleAction::Update => match self.update(plan, &input).await {
                // Somebody deleted it since the plan.
                Err(error) if is_missing(&error) => self.create_or_update(plan, &input).await,
                sent => sent,
            },
            _ => self.create_or_update(plan, &input).await,
        };
        sent?;
        Ok(Some(self.done(ScheduleResult {
            name: plan.name.clone(),
            group: plan.group.clone(),
            action,
            task_definition: Some(short_definition(definition).to_owned()),
        })))
    }

    /// Deletes a schedule that the file no longer has.
    pub async fn delete(&self, group: &str, name: &str) -> Result<ScheduleResult, AwsError> {
        let (aws, clock) = (self.aws, self.aws.clock());
        let send = || -> BoxFuture<'_, _> { Box::pin(aws.delete_schedule(group, name)) };
        repeat_write(clock, send, is_conflict).await?;
        Ok(self.done(ScheduleResult {
            name: name.to_owned(),
            group: group.to_owned(),
            action: "delete",
            task_definition: None,
        }))
    }

    /// Creates a schedule; one that is there already was created by another run since the plan, or by this one, without
    /// getting the response.
    async fn create_or_update(&self, plan: &SchedulePlan, input: &Value) -> Result<(), AwsError> {
        match self.create(plan, input).await {
            Err(error) if is_conflict(&error) => self.update(plan, input).await,
            sent => sent,
        }
    }

    async fn create(&self, plan: &SchedulePlan, input: &Value) -> Result<(), AwsError> {
        let (aws, group, name) = (self.aws, plan.group.as_str(), plan.name.as_str());
        let send = || -> BoxFuture<'_, _> {
            let input = self.with_token(name, input);
            Box::pin(async move { aws.create_schedule(group, name, &input).await })
        };
        // A group that was created a moment ago may not be known everywhere.
        self.write(name, &send, is_missing).await
    }

    async fn update(&self, plan: &SchedulePlan, input: &Value) -> Result<(), AwsError> {
        let (aws, group, name) = (self.aws, plan.group.as_str(), plan.name.as_str());
        let send = || -> BoxFuture<'_, _> {
            let input = self.with_token(name, input);
            Box::pin(async move { aws.update_schedule(group, name, &input).await })
        };
        self.write(name, &send, is_conflict).await
    }

    async fn write<'b>(
        &self,
        name: &str,
        send: &(dyn Fn() -> BoxFuture<'b, Result<(), AwsError>> + Sync),
        is_busy: fn(&AwsError) -> bool,
    ) -> Result<(), AwsError> {
        let clock = self.aws.clock();
        let repeated = || -> BoxFuture<'_, _> { Box::pin(repeat_write(clock, send, is_busy)) };
        self.passing.retry(name, repeated).await
    }

    fn input(&self, plan: &SchedulePlan, definition: &str) -> Value {
        let mut input = schedule_input(&plan.input, self.cluster, definition);
        input["GroupName"] = plan.group.as_str().into();
        input
    }

    /// Adds the token of one call: the same if the SDK sends it again, another one for what is called again later, which
    /// AWS shall look at anew.
    fn with_token(&self, name: &str, input: &Value) -> Value {
        let mut input = input.clone();
        let content = json!([name, input, self.aws.clock().now().to_string()]);
        let token = hex(&Sha256::digest(content.to_string())[..16]);
        input["ClientToken"] = format!("ecsctl-{token}").into();
        input
    }

    fn done(&self, result: ScheduleResult) -> ScheduleResult {
        self.sink.emit(Event::Schedule {
            schedule: result.clone(),
        });
        result
    }
}

/// Whether the schedule exists already, or is being changed: "Updating or deleting the resource can cause an inconsistent
/// state" (API reference, ConflictException).
fn is_conflict(error: &AwsError) -> bool {
    error.aws_code() == Some("ConflictException")
}

fn is_missing(error: &AwsError) -> bool {
    error.aws_code() == Some("ResourceNotFoundException")
}
