//! CloudWatch Logs.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::base::{Base, now};
use crate::support::protocol::{Answer, Call, Refusal};

/// The log groups, by name.
#[derive(Default)]
pub struct Logs {
    pub groups: IndexMap<String, Group>,
}

/// One group.
#[derive(Default)]
pub struct Group {
    pub retention: Option<i64>,
    pub streams: IndexMap<String, Vec<Value>>,
}

/// This service counts in milliseconds.
fn millis() -> Value {
    let seconds = now().as_f64().unwrap_or_default();
    Value::from((seconds * 1000.0) as i64)
}

impl Logs {
    /// Adds lines to a stream, as the agent of a container would: nothing, when the group isn't there.
    pub fn write(&mut self, group: &str, stream: &str, lines: &[String]) {
        if let Some(group) = self.groups.get_mut(group) {
            let events = lines
                .iter()
                .map(|line| json!({"timestamp": millis(), "message": line, "ingestionTime": millis()}));
            group.streams.entry(stream.to_owned()).or_default().extend(events);
        }
    }

    pub(super) fn perform(&mut self, call: &Call, base: &Base) -> Option<Answer> {
        Some(match call.operation.as_str() {
            "DescribeLogGroups" => Ok(self.describe(call, base)),
            "CreateLogGroup" => self.create(call),
            "PutRetentionPolicy" => self.group(call).map(|group| {
                group.retention = call.input["retentionInDays"].as_i64();
                json!({})
            }),
            "GetLogEvents" => self.events(call),
            _ => return None,
        })
    }

    fn group(&mut self, call: &Call) -> Result<&mut Group, Refusal> {
        let name = call.text("logGroupName").unwrap_or_default();
        self.groups.get_mut(name).ok_or_else(|| {
            Refusal::new(
                "ResourceNotFoundException",
                "The specified log group does not exist.",
            )
        })
    }

    fn describe(&self, call: &Call, base: &Base) -> Value {
        let prefix = call.text("logGroupNamePrefix").unwrap_or_default();
        let pattern = call.text("logGroupNamePattern").unwrap_or_default();
        let groups: Value = self
            .groups
            .iter()
            .filter(|(name, _)| name.starts_with(prefix) && name.contains(pattern))
            .map(|(name, group)| {
                let arn = base.arn_of("logs", &format!("log-group:{name}"));
                let mut value = json!({
                    "logGroupName": name,
                    "creationTime": millis(),
                    "metricFilterCount": 0,
                    "arn": format!("{arn}:*"),
                    "logGroupArn": arn,
                    "storedBytes": 0,
                    "logGroupClass": "STANDARD",
                });
                super::merge(&mut value, &json!({"retentionInDays": group.retention}));
                value
            })
            .collect();
        json!({"logGroups": groups})
    }

    fn create(&mut self, call: &Call) -> Answer {
        let name = call.text("logGroupName").unwrap_or_default();
        if self.groups.contains_key(name) {
            return Err(Refusal::new(
                "ResourceAlreadyExistsException",
                "The specified log group already exists",
            ));
        }
        self.groups.insert(name.to_owned(), Group::default());
        Ok(json!({}))
    }

    fn events(&mut self, call: &Call) -> Answer {
        let stream = call.text("logStreamName").unwrap_or_default().to_owned();
        let limit = call.input["limit"].as_u64().unwrap_or(10_000);
        let limit = usize::try_from(limit).unwrap_or(10_000);
        let from_head = call.input["startFromHead"] == true;
        let group = self.group(call)?;
        let events = group.streams.get(&stream).ok_or_else(|| {
            Refusal::new(
                "ResourceNotFoundException",
                "The specified log stream does not exist.",
            )
        })?;
        let skipped = if from_head {
            0
        } else {
            events.len().saturating_sub(limit)
        };
        let shown: Vec<&Value> = events.iter().skip(skipped).take(limit).collect();
        Ok(json!({
            "events": shown,
            "nextForwardToken": format!("f/{}", events.len()),
            "nextBackwardToken": format!("b/{skipped}"),
        }))
    }
}
