//! CloudWatch: alarms and their actions.

use serde_json::{Value, json};

use super::World;
use super::base::{merge, now};
use crate::support::protocol::{Answer, Call, Refusal};

/// The reason of a new alarm's state.
const INITIAL: &str = "Unchecked: Initial alarm creation";

impl World {
    pub(super) fn alarms(&mut self, call: &Call) -> Option<Answer> {
        Some(match call.operation.as_str() {
            "DescribeAlarms" => Ok(self.describe_alarms(call)),
            "GetMetricData" => Ok(self.get_metric_data(call)),
            "PutMetricAlarm" => Ok(self.put_metric_alarm(call)),
            "DeleteAlarms" => self.delete_alarms(call),
            _ => return None,
        })
    }

    /// Returns the names and ARNs of the alarms with this action, as Application Auto Scaling lists them.
    pub(super) fn alarms_with_action(&self, action: &Value) -> Value {
        let has_action = |alarm: &&Value| {
            let actions = alarm["AlarmActions"].as_array();
            actions.is_some_and(|them| them.contains(action))
        };
        let alarms = self.alarms.iter().filter(has_action);
        alarms
            .map(|it| json!({"AlarmName": it["AlarmName"], "AlarmARN": it["AlarmArn"]}))
            .collect()
    }

    /// "Deleting a step scaling policy deletes the underlying alarm action, but does not delete the CloudWatch alarm"
    /// (Application Auto Scaling API reference, DeleteScalingPolicy).
    pub(super) fn remove_action(&mut self, action: &Value) {
        for alarm in &mut self.alarms {
            let actions = alarm["AlarmActions"].as_array_mut();
            actions
                .into_iter()
                .for_each(|them| them.retain(|it| it != action));
        }
    }

    /// Creates the alarms of a target tracking policy: Application Auto Scaling "creates and manages the CloudWatch
    /// alarms" (user guide, "Target tracking scaling policies").
    pub(super) fn make_alarms(&mut self, alarms: &Value, action: &str, metric: &Value) {
        for alarm in alarms.as_array().into_iter().flatten() {
            if self.alarms.iter().any(|it| it["AlarmName"] == alarm["AlarmName"]) {
                continue;
            }
            let mut made = json!({
                "AlarmName": alarm["AlarmName"], "AlarmArn": alarm["AlarmARN"], "ActionsEnabled": true,
                "AlarmActions": [action], "StateValue": "INSUFFICIENT_DATA", "StateReason": INITIAL,
            });
            merge(&mut made, metric);
            self.alarms.push(made);
        }
    }

    /// Deletes the alarms of a target tracking policy, which are deleted with it (user guide, "Delete a target tracking
    /// scaling policy").
    pub(super) fn remove_alarms(&mut self, alarms: &Value) {
        let named = alarms.as_array().cloned().unwrap_or_default();
        self.alarms
            .retain(|alarm| named.iter().all(|it| it["AlarmName"] != alarm["AlarmName"]));
    }

    fn describe_alarms(&self, call: &Call) -> Value {
        let names = call.texts("AlarmNames");
        let is_named = |alarm: &&Value| names.iter().any(|name| alarm["AlarmName"] == name.as_str());
        let alarms: Value = self.alarms.iter().filter(is_named).cloned().collect();
        json!({"MetricAlarms": alarms, "CompositeAlarms": []})
    }

    /// Answers with the scenario's values of metrics, by name. "The value specified is exclusive" (API reference,
    /// GetMetricData, EndTime).
    fn get_metric_data(&self, call: &Call) -> Value {
        let queries = call.input["MetricDataQueries"].as_array();
        let returned = queries
            .into_iter()
            .flatten()
            .filter(|it| it["ReturnData"] != false);
        let results: Value = returned
            .map(|query| {
                let name = query["MetricStat"]["Metric"]["MetricName"].as_str();
                let value = name.and_then(|name| self.metrics.get(name));
                let period = query["MetricStat"]["Period"].as_i64().unwrap_or(60);
                let at = call.input["EndTime"].as_i64().unwrap_or_default() - period;
                let (times, values): (Vec<i64>, Vec<f64>) = value.map(|value| (at, *value)).into_iter().unzip();
                json!({
                    "Id": query["Id"], "Label": name, "Timestamps": times, "Values": values, "StatusCode": "Complete",
                })
            })
            .collect();
        json!({"MetricDataResults": results, "Messages": []})
    }

    /// "the update completely overwrites the previous configuration of the alarm", its state is left unchanged (API
    /// reference, PutMetricAlarm). Dimensions are returned in the order of their names, and thresholds as
    /// floating-point numbers.
    fn put_metric_alarm(&mut self, call: &Call) -> Value {
        let name = &call.input["AlarmName"];
        let mut alarm = json!({
            "AlarmArn": self.base.arn_of("cloudwatch", &format!("alarm:{}", name.as_str().unwrap_or_default())),
            "ActionsEnabled": true, "OKActions": [], "AlarmActions": [], "InsufficientDataActions": [],
            "Dimensions": [], "StateValue": "INSUFFICIENT_DATA", "StateReason": INITIAL, "StateUpdatedTimestamp": now(),
        });
        merge(&mut alarm, &call.input);
        if let Some(dimensions) = alarm["Dimensions"].as_array_mut() {
            dimensions.sort_by_key(|it| it["Name"].to_string());
        }
        if let Some(threshold) = alarm["Threshold"].as_f64() {
            alarm["Threshold"] = threshold.into();
        }
        self.alarms.retain(|it| it["AlarmName"] != *name);
        self.alarms.push(alarm);
        json!({})
    }

    /// An alarm that doesn't exist is ResourceNotFound (API reference, DeleteAlarms, Errors).
    fn delete_alarms(&mut self, call: &Call) -> Answer {
        let names = call.texts("AlarmNames");
        let before = self.alarms.len();
        self.alarms
            .retain(|alarm| !names.iter().any(|name| alarm["AlarmName"] == name.as_str()));
        match self.alarms.len() < before {
            true => Ok(json!({})),
            false => Err(Refusal {
                status: 404,
                ..Refusal::new("ResourceNotFound", format!("Alarms not found: {names:?}"))
            }),
        }
    }
}
