//! EventBridge Scheduler: schedule groups, and the schedules in them.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::World;
use super::base::now;
use crate::support::protocol::{Answer, Call, Refusal};

/// ListSchedules returns at most 100 schedules (API reference, `MaxResults`).
const SCHEDULES_A_PAGE: usize = 100;
/// The members that only requests have.
const OF_REQUESTS: [&str; 1] = ["ClientToken"];

/// The groups with their tags, and the schedules by group and name.
#[derive(Default)]
pub struct Schedules {
    pub groups: IndexMap<String, Value>,
    pub schedules: IndexMap<(String, String), Value>,
}

impl World {
    pub(super) fn scheduler(&mut self, call: &Call) -> Option<Answer> {
        Some(match call.operation.as_str() {
            "CreateScheduleGroup" => self.create_schedule_group(call),
            "ListSchedules" => self.list_schedules(call),
            "GetSchedule" => self
                .schedule_of(call)
                .map(|key| self.schedules.schedules[&key].clone()),
            "CreateSchedule" => self.create_schedule(call),
            "UpdateSchedule" => self.update_schedule(call),
            "DeleteSchedule" => self.schedule_of(call).map(|key| {
                self.schedules.schedules.shift_remove(&key);
                json!({})
            }),
            _ => return None,
        })
    }

    fn create_schedule_group(&mut self, call: &Call) -> Answer {
        let name = call.text("Name").unwrap_or_default();
        if self.schedules.groups.contains_key(name) {
            return Err(conflict(format!("Schedule group {name} already exists.")));
        }
        let arn = self.base.arn_of("scheduler", &format!("schedule-group/{name}"));
        self.schedules
            .groups
            .insert(name.to_owned(), call.input["Tags"].clone());
        Ok(json!({"ScheduleGroupArn": arn}))
    }

    /// Returns the group of a call, which must exist.
    fn group_of(&self, call: &Call) -> Result<String, Refusal> {
        let group = call.text("GroupName").unwrap_or("default");
        match group == "default" || self.schedules.groups.contains_key(group) {
            true => Ok(group.to_owned()),
            false => Err(missing(format!("Schedule group {group} does not exist."))),
        }
    }

    /// Returns the group and the name of a schedule, which must exist.
    fn schedule_of(&self, call: &Call) -> Result<(String, String), Refusal> {
        let key = (
            self.group_of(call)?,
            call.text("Name").unwrap_or_default().to_owned(),
        );
        match self.schedules.schedules.contains_key(&key) {
            true => Ok(key),
            false => Err(missing(format!("Schedule {} does not exist.", key.1))),
        }
    }

    fn list_schedules(&self, call: &Call) -> Answer {
        let group = self.group_of(call)?;
        let from: usize = call
            .text("NextToken")
            .map_or(0, |token| token.parse().unwrap_or_default());
        let size = self.page_size.unwrap_or(SCHEDULES_A_PAGE);
        let all = self.schedules.schedules.values();
        let all: Vec<&Value> = all.filter(|it| it["GroupName"] == group.as_str()).collect();
        let page: Value = all
            .iter()
            .skip(from)
            .take(size)
            .map(|it| {
                json!({
                    "Arn": it["Arn"], "Name": it["Name"], "GroupName": it["GroupName"], "State": it["State"],
                    "CreationDate": it["CreationDate"], "Target": {"Arn": it["Target"]["Arn"]},
                })
            })
            .collect();
        let next = from + size;
        Ok(match next < all.len() {
            true => json!({"Schedules": page, "NextToken": next.to_string()}),
            false => json!({"Schedules": page}),
        })
    }

    fn create_schedule(&mut self, call: &Call) -> Answer {
        let group = self.group_of(call)?;
        let name = call.text("Name").unwrap_or_default().to_owned();
        if self
            .schedules
            .schedules
            .contains_key(&(group.clone(), name.clone()))
        {
            return Err(conflict(format!("Schedule {name} already exists.")));
        }
        self.put_schedule(call, group, name, now())
    }

    fn update_schedule(&mut self, call: &Call) -> Answer {
        let (group, name) = self.schedule_of(call)?;
        let created = self.schedules.schedules[&(group.clone(), name.clone())]["CreationDate"].clone();
        self.put_schedule(call, group, name, created)
    }

    /// Stores what the request says, and nothing else: "EventBridge Scheduler uses all values, including empty values,
    /// specified in the request and overrides the existing schedule" (API reference, UpdateSchedule).
    fn put_schedule(&mut self, call: &Call, group: String, name: String, created: Value) -> Answer {
        check(&call.input)?;
        let mut schedule = call.input.clone();
        let arn = self.base.arn_of("scheduler", &format!("schedule/{group}/{name}"));
        as_returned(&mut schedule);
        schedule["Arn"] = arn.as_str().into();
        schedule["GroupName"] = group.as_str().into();
        schedule["CreationDate"] = created;
        schedule["LastModificationDate"] = now();
        self.schedules.schedules.insert((group, name), schedule);
        Ok(json!({"ScheduleArn": arn}))
    }
}

/// Refuses what AWS is known to refuse.
fn check(input: &Value) -> Result<(), Refusal> {
    // getmoto/moto #8172
    let is_recurring = input["ScheduleExpression"]
        .as_str()
        .is_some_and(|it| !it.starts_with("at("));
    let start = input["StartDate"].as_f64();
    if is_recurring && start.is_some_and(|start| start < now().as_f64().unwrap_or_default() - 300.0) {
        return Err(validation(
            "The StartDate you specify cannot be earlier than 5 minutes ago.",
        ));
    }
    // boto3 #4370
    if let Some(text) = input["Target"]["Input"].as_str()
        && let Err(error) = serde_json::from_str::<Value>(text)
    {
        return Err(validation(format!(
            "Unable to convert target input to TaskOverride, JSON syntax error in input: {error}"
        )));
    }
    Ok(())
}

/// Adds what AWS fills in: the defaults of the API reference (CreateSchedule, RetryPolicy, EcsParameters).
fn as_returned(schedule: &mut Value) {
    let members = schedule.as_object_mut().expect("an input");
    members.retain(|key, _| !OF_REQUESTS.contains(&key.as_str()));
    let defaults = [
        ("State", json!("ENABLED")),
        ("ScheduleExpressionTimezone", json!("UTC")),
        ("ActionAfterCompletion", json!("NONE")),
    ];
    for (key, value) in defaults {
        members.entry(key).or_insert(value);
    }
    let target = &mut schedule["Target"];
    if target["RetryPolicy"].is_null() {
        target["RetryPolicy"] = json!({});
    }
    let policy = target["RetryPolicy"].as_object_mut().expect("a retry policy");
    policy.entry("MaximumEventAgeInSeconds").or_insert(json!(86400));
    policy.entry("MaximumRetryAttempts").or_insert(json!(185));
    let parameters = target["EcsParameters"].as_object_mut().expect("a task");
    parameters.entry("TaskCount").or_insert(json!(1));
    for flag in ["EnableECSManagedTags", "EnableExecuteCommand"] {
        parameters.entry(flag).or_insert(json!(false));
    }
}

fn validation(message: impl Into<String>) -> Refusal {
    Refusal::new("ValidationException", message)
}

fn conflict(message: String) -> Refusal {
    Refusal {
        status: 409,
        ..Refusal::new("ConflictException", message)
    }
}

fn missing(message: String) -> Refusal {
    Refusal {
        status: 404,
        ..Refusal::new("ResourceNotFoundException", message)
    }
}
