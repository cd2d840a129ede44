//! CloudWatch's alarms.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::reply::{count, list, text};

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

    /// Returns the name of its metric; None if it is an expression.
    pub fn metric(&self) -> Option<String> {
        text(&self.value, "MetricName")
    }

    /// Returns the period of its metric. CloudWatch's shortest for metrics of AWS services is a minute.
    pub fn period(&self) -> Duration {
        let own = count(&self.value, "Period");
        let parts = list(&self.value, "Metrics").iter();
        let part = parts.filter_map(|it| {
            let stat = it.get("MetricStat").unwrap_or(it);
            count(stat, "Period").or_else(|| count(it, "Period"))
        });
        Duration::from_secs(own.or(part.max()).unwrap_or(60).clamp(1, 86_400))
    }

    /// Returns its metric as GetMetricData's `MetricDataQueries`. None if it has none that can be read.
    pub fn queries(&self) -> Option<Value> {
        let metrics = list(&self.value, "Metrics");
        if !metrics.is_empty() {
            return Some(metrics.into());
        }
        let mut metric = json!({"MetricName": self.metric()?});
        for member in ["Namespace", "Dimensions"] {
            if let Some(value) = self.value.get(member) {
                metric[member] = value.clone();
            }
        }
        let statistic = text(&self.value, "Statistic").or_else(|| text(&self.value, "ExtendedStatistic"))?;
        let mut stat = json!({"Metric": metric, "Period": self.period().as_secs(), "Stat": statistic});
        if let Some(unit) = text(&self.value, "Unit") {
            stat["Unit"] = unit.into();
        }
        Some(json!([{"Id": "metric", "MetricStat": stat, "ReturnData": true}]))
    }
}

/// A value of a metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricReading {
    /// The begin of its period.
    pub at: Timestamp,
    /// The value.
    pub value: f64,
}

impl MetricReading {
    /// Reads the newest value of GetMetricData's response, whose values are sorted by time, the newest first.
    pub fn newest(response: &Value) -> Option<Self> {
        let result = list(response, "MetricDataResults").first()?;
        let time = list(result, "Timestamps").first()?;
        let at = super::reply::time(&json!({"at": time}), "at")?;
        let value = list(result, "Values").first()?.as_f64()?;
        Some(Self { at, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_become_queries() {
        let dimensions = json!([{"Name": "ServiceName", "Value": "web"}]);
        let alarm = MetricAlarm::read(json!({
            "Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Dimensions": dimensions, "Period": 300,
            "ExtendedStatistic": "p99", "Unit": "Percent",
        }));
        let metric =
            json!({"MetricName": "CPUUtilization", "Namespace": "AWS/ECS", "Dimensions": dimensions});
        let stat = json!({"Metric": metric, "Period": 300, "Stat": "p99", "Unit": "Percent"});
        let query = json!([{"Id": "metric", "MetricStat": stat, "ReturnData": true}]);
        assert_eq!(alarm.queries(), Some(query));
    }

    #[test]
    fn expressions_are_queried_as_they_are() {
        let metrics = json!([
            {"Id": "e1", "Expression": "m1 / 2", "ReturnData": true},
            {"Id": "m1", "MetricStat": {"Metric": {"MetricName": "Depth"}, "Period": 120, "Stat": "Sum"}, "ReturnData": false},
        ]);
        let alarm = MetricAlarm::read(json!({"AlarmName": "depth", "Metrics": metrics}));
        assert_eq!(alarm.queries(), Some(metrics));
        assert_eq!(alarm.period(), Duration::from_secs(120));
        assert_eq!(
            MetricAlarm::read(json!({"AlarmName": "composite"})).queries(),
            None
        );
    }
}
