//! Amazon CloudWatch's alarms.

use futures_util::future::try_join_all;
use serde_json::json;

use super::error::AwsError;
use super::reply::join;
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::ecs::{MetricAlarm, MetricReading};
use crate::model::Value;

/// DescribeAlarms accepts at most 100 names (API reference), and returns as many alarms a page.
const ALARMS_A_CALL: usize = 100;

/// The number of periods in which a value of a metric is looked for: services publish them with a delay.
const PERIODS: i64 = 10;

fn call(operation: &'static str, target: &'static str, resource: impl Into<String>) -> AwsCall {
    AwsCall::new("cloudwatch", operation).on(resource).target(target)
}

impl Aws {
    /// Calls DescribeAlarms and returns those of these alarms that exist.
    pub async fn describe_alarms(&self, names: &[String]) -> Result<Vec<MetricAlarm>, AwsError> {
        let target = "GraniteServiceVersion20100801.DescribeAlarms";
        let parts = try_join_all(names.chunks(ALARMS_A_CALL).map(async |names| {
            let input = json!({"AlarmNames": names, "MaxRecords": ALARMS_A_CALL});
            let call = call("DescribeAlarms", target, names.join(", ")).body(&input);
            send!(self, call, self.autoscaling().describe_scaling_policies())
        }))
        .await?;
        let alarms = join(parts, "MetricAlarms");
        Ok(alarms.into_iter().map(MetricAlarm::read).collect())
    }

    /// Calls GetMetricData and returns the newest value of the alarm's metric, of a period that is over. None if there is
    /// none of the last ten periods.
    pub async fn metric_of(&self, alarm: &MetricAlarm) -> Result<Option<MetricReading>, AwsError> {
        let Some(queries) = alarm.queries() else {
            return Ok(None);
        };
        let target = "GraniteServiceVersion20100801.GetMetricData";
        let period = i64::try_from(alarm.period().as_secs()).unwrap_or(60);
        let now = self.clock().now().as_second();
        let end = now - now.rem_euclid(period);
        let input = json!({
            "MetricDataQueries": queries, "StartTime": end - PERIODS * period, "EndTime": end,
            "ScanBy": "TimestampDescending",
        });
        let call = call("GetMetricData", target, alarm.name.as_str()).body(&input);
        let response = send!(self, call, self.autoscaling().describe_scaling_policies())?;
        Ok(MetricReading::newest(&response))
    }

    /// Calls PutMetricAlarm with these members.
    pub async fn put_alarm(&self, name: &str, members: &Value) -> Result<(), AwsError> {
        let mut input = members.clone();
        input["AlarmName"] = name.into();
        let target = "GraniteServiceVersion20100801.PutMetricAlarm";
        let call = call("PutMetricAlarm", target, name).body(&input);
        send!(self, call, self.autoscaling().delete_scheduled_action())?;
        Ok(())
    }

    /// Calls DeleteAlarms for one alarm. A missing alarm is fine.
    pub async fn delete_alarm(&self, name: &str) -> Result<(), AwsError> {
        let target = "GraniteServiceVersion20100801.DeleteAlarms";
        let call = call("DeleteAlarms", target, name).body(&json!({"AlarmNames": [name]}));
        match send!(self, call, self.autoscaling().delete_scheduled_action()) {
            Err(error) if error.aws_code() != Some("ResourceNotFound") => Err(error),
            _ => Ok(()),
        }
    }
}
