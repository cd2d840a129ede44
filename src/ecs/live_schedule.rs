//! A schedule on EventBridge Scheduler.

use serde_json::Value;

use super::reply::text;

/// GetSchedule's response.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveSchedule {
    /// `cron(…)`, `rate(…)` or `at(…)`.
    pub expression: Option<String>,
    /// The time zone of the expression.
    pub timezone: Option<String>,
    /// `ENABLED` or `DISABLED`.
    pub state: Option<String>,
    /// The ARN of the task definition that it runs.
    pub task_definition: Option<String>,
    value: Value,
}

impl LiveSchedule {
    /// Reads one.
    pub fn read(value: Value) -> Self {
        let parameters = value.get("Target").and_then(|it| it.get("EcsParameters"));
        Self {
            expression: text(&value, "ScheduleExpression"),
            timezone: text(&value, "ScheduleExpressionTimezone"),
            state: text(&value, "State"),
            task_definition: parameters.and_then(|it| text(it, "TaskDefinitionArn")),
            value,
        }
    }

    /// Returns the whole response: its members have the names that UpdateSchedule takes.
    pub fn value(&self) -> &Value {
        &self.value
    }
}
