//! CloudWatch's alarms.

use serde_json::Value;

use super::reply::text;

/// A member of DescribeAlarms' `MetricAlarms`.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricAlarm {
    /// Its name.
    pub name: String,
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    pub state: Option<String>,
    /// CloudWatch's explanation of the state, with the values of the metric.
    pub reason: Option<String>,
    /// All of it: its settings have the names that PutMetricAlarm takes.
    pub value: Value,
}

impl MetricAlarm {
    /// Reads one.
    pub fn read(value: Value) -> Self {
        Self {
            name: text(&value, "AlarmName").unwrap_or_default(),
            state: text(&value, "StateValue"),
            reason: text(&value, "StateReason"),
            value,
        }
    }
}
