//! EventBridge Scheduler: schedule groups and the schedules in them. The SDK writes the path, which names the schedule;
//! the body is ours.

use serde_json::json;

use super::error::AwsError;
use super::reply::list;
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::ecs::LiveSchedule;
use crate::model::Value;

fn call(operation: &'static str, group: &str, name: &str) -> AwsCall {
    AwsCall::new("scheduler", operation).on(format!("{group}/{name}"))
}

impl Aws {
    /// Calls GetSchedule. None if there is no such schedule, or no such group.
    pub async fn get_schedule(&self, group: &str, name: &str) -> Result<Option<LiveSchedule>, AwsError> {
        let call = call("GetSchedule", group, name);
        let request = || self.scheduler().get_schedule().group_name(group).name(name);
        let reply = send!(self, call, request());
        match reply {
            Err(error) if error.aws_code() == Some(NOT_FOUND) => Ok(None),
            reply => reply.map(LiveSchedule::read).map(Some),
        }
    }

    /// Calls ListSchedules for the names of a group's schedules, all pages; none if there is no such group.
    pub async fn list_schedules(&self, group: &str) -> Result<Vec<String>, AwsError> {
        let (mut names, mut token) = (Vec::new(), None);
        loop {
            let call = AwsCall::new("scheduler", "ListSchedules").on(group).optional();
            let request = || {
                let request = self.scheduler().list_schedules().group_name(group);
                request.set_next_token(token.clone())
            };
            let reply = match send!(self, call, request()) {
                Err(error) if error.aws_code() == Some(NOT_FOUND) => return Ok(names),
                reply => reply?,
            };
            let next = reply.get("NextToken").and_then(Value::as_str);
            let next = next.filter(|next| !next.is_empty()).map(str::to_owned);
            let page = list(reply, "Schedules").into_iter();
            names.extend(page.filter_map(|it| it.get("Name")?.as_str().map(str::to_owned)));
            if next.is_none() || next == token {
                return Ok(names);
            }
            token = next;
        }
    }

    /// Calls CreateScheduleGroup. Returns whether it was created: an existing one is fine.
    pub async fn create_schedule_group(&self, group: &str, tags: &Value) -> Result<bool, AwsError> {
        let call = AwsCall::new("scheduler", "CreateScheduleGroup").on(group);
        let call = call.body(&json!({"Tags": tags}));
        let request = || self.scheduler().create_schedule_group().name(group);
        match send!(self, call, request()) {
            Ok(_) => Ok(true),
            Err(error) if error.aws_code() == Some("ConflictException") => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Calls CreateSchedule with this input, which has the group.
    pub async fn create_schedule(&self, group: &str, name: &str, input: &Value) -> Result<(), AwsError> {
        let call = call("CreateSchedule", group, name).body(input);
        send!(self, call, self.scheduler().create_schedule().name(name))?;
        Ok(())
    }

    /// Calls UpdateSchedule with this input, which has the group.
    pub async fn update_schedule(&self, group: &str, name: &str, input: &Value) -> Result<(), AwsError> {
        let call = call("UpdateSchedule", group, name).body(input);
        send!(self, call, self.scheduler().update_schedule().name(name))?;
        Ok(())
    }

    /// Calls DeleteSchedule. One that is gone is fine.
    pub async fn delete_schedule(&self, group: &str, name: &str) -> Result<(), AwsError> {
        let call = call("DeleteSchedule", group, name);
        let request = || self.scheduler().delete_schedule().group_name(group).name(name);
        match send!(self, call, request()) {
            Err(error) if error.aws_code() == Some(NOT_FOUND) => Ok(()),
            reply => reply.map(|_| ()),
        }
    }
}

/// The code of a missing schedule or group.
const NOT_FOUND: &str = "ResourceNotFoundException";
