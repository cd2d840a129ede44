//! CloudWatch Logs.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::base::{Base, now};
use crate::support::protocol::{Answer, Call, Refusal};

/// The log groups, by name.
#[derive(Default)]
pub struct Logs {
    pub groups: IndexMap<String, Group>,
    /// Maximum number of events per page of a stream.
    pub page_size: Option<usize>,
    /// Whether an empty page precedes each page with events, as sometimes on AWS.
    pub empty_pages: bool,
    /// Number of requests with a token that are rejected, as if it had expired.
    pub forgets_tokens: u32,
    /// Deliveries of vended logs.
    pub deliveries: Vec<Delivery>,
}

/// A delivery of a resource's vended logs, with its source and its destination of the same name.
pub struct Delivery {
    /// The source's resource: `cluster/default`.
    pub resource: String,
    /// `ACTION_LOGS`
    pub log_type: String,
    /// `CWL`, `S3` or `FH`.
    pub kind: String,
    /// The destination's ARN.
    pub destination: String,
}

/// One group.
#[derive(Default)]
pub struct Group {
    pub retention: Option<i64>,
    pub streams: IndexMap<String, Vec<Value>>,
}

/// Returns one item of a list for each page. The token is the next item's position.
fn page(key: &str, items: Vec<Value>, call: &Call) -> Value {
    let at = call
        .text("nextToken")
        .map_or(0, |token| token.parse().unwrap_or(usize::MAX));
    let mut page = json!({ key: items.get(at).into_iter().collect::<Vec<_>>() });
    if at + 1 < items.len() {
        page["nextToken"] = (at + 1).to_string().into();
    }
    page
}

/// Returns the size of a group's messages.
fn stored_bytes(group: &Group) -> usize {
    let events = group.streams.values().flatten();
    events
        .filter_map(|event| event["message"].as_str())
        .map(str::len)
        .sum()
}

/// Returns the time in milliseconds, as CloudWatch Logs uses.
fn millis() -> Value {
    let seconds = now().as_f64().unwrap_or_default();
    Value::from((seconds * 1000.0) as i64)
}

impl Logs {
    /// Adds lines to a stream, as a container's log driver would; does nothing if the group doesn't exist.
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
            "FilterLogEvents" => self.filtered(call),
            "DescribeDeliverySources" => Ok(self.delivery_sources(call, base)),
            "DescribeDeliveries" => Ok(self.describe_deliveries(call, base)),
            "GetDeliveryDestination" => self.delivery_destination(call, base),
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
                    "storedBytes": stored_bytes(group),
                    "logGroupClass": "STANDARD",
                });
                super::merge(&mut value, &json!({"retentionInDays": group.retention}));
                value
            })
            .collect();
        json!({"logGroups": groups})
    }

    /// Returns the events whose `logLevel` the filter pattern names, one page for each event.
    fn filtered(&mut self, call: &Call) -> Answer {
        let pattern = call.text("filterPattern").unwrap_or_default().to_owned();
        let since = call.input["startTime"].as_i64().unwrap_or(0);
        let found: Vec<Value> = self
            .group(call)?
            .streams
            .values()
            .flatten()
            .filter(|event| {
                let line = event["message"].as_str().unwrap_or_default();
                let level = serde_json::from_str::<Value>(line).unwrap_or_default()["logLevel"].to_string();
                event["timestamp"].as_i64() >= Some(since) && pattern.contains(&level)
            })
            .cloned()
            .collect();
        Ok(page("events", found, call))
    }

    fn delivery_sources(&self, call: &Call, base: &Base) -> Value {
        let sources = self.deliveries.iter().enumerate().map(|(at, it)| {
            json!({
                "name": format!("source-{at}"),
                "arn": base.arn_of("logs", &format!("delivery-source:source-{at}")),
                "resourceArns": [base.arn(&it.resource)],
                "service": "ecs",
                "logType": it.log_type,
            })
        });
        page("deliverySources", sources.collect(), call)
    }

    fn describe_deliveries(&self, call: &Call, base: &Base) -> Value {
        let deliveries = self.deliveries.iter().enumerate().map(|(at, it)| {
            json!({
                "id": format!("delivery-{at}"),
                "arn": base.arn_of("logs", &format!("delivery:delivery-{at}")),
                "deliverySourceName": format!("source-{at}"),
                "deliveryDestinationArn": base.arn_of("logs", &format!("delivery-destination:destination-{at}")),
                "deliveryDestinationType": it.kind,
            })
        });
        page("deliveries", deliveries.collect(), call)
    }

    fn delivery_destination(&self, call: &Call, base: &Base) -> Answer {
        let name = call.text("name").unwrap_or_default();
        let at = name.strip_prefix("destination-").and_then(|at| at.parse().ok());
        let found: Option<&Delivery> = at.and_then(|at: usize| self.deliveries.get(at));
        let found = found.ok_or_else(|| {
            Refusal::new(
                "ResourceNotFoundException",
                "The specified delivery destination does not exist.",
            )
        })?;
        Ok(json!({"deliveryDestination": {
            "name": name,
            "arn": base.arn_of("logs", &format!("delivery-destination:{name}")),
            "deliveryDestinationType": found.kind,
            "outputFormat": "json",
            "deliveryDestinationConfiguration": {"destinationResourceArn": found.destination},
        }}))
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

    /// Adds lines with given times, in milliseconds, to a stream; creates the group if it doesn't exist.
    pub fn write_at(&mut self, group: &str, stream: &str, lines: impl IntoIterator<Item = (i64, String)>) {
        let group = self.groups.entry(group.to_owned()).or_default();
        let events = lines
            .into_iter()
            .map(|(at, line)| json!({"timestamp": at, "message": line, "ingestionTime": at}));
        group.streams.entry(stream.to_owned()).or_default().extend(events);
    }

    /// Returns events. Tokens are positions in the stream: `f/12` continues with the thirteenth event, `b/12`
    /// ends with the twelfth. At the end of the stream the same token is returned (API reference: GetLogEvents).
    fn events(&mut self, call: &Call) -> Answer {
        let stream = call.text("logStreamName").unwrap_or_default().to_owned();
        let limit = call.input["limit"].as_u64().unwrap_or(10_000);
        let limit = usize::try_from(limit)
            .unwrap_or(10_000)
            .min(self.page_size.unwrap_or(10_000));
        let (empty_pages, forgets) = (self.empty_pages, &mut self.forgets_tokens);
        if call.text("nextToken").is_some() && *forgets > 0 {
            *forgets -= 1;
            return Err(Refusal::new(
                "InvalidParameterException",
                "The specified nextToken is invalid.",
            ));
        }
        let from_head = call.input["startFromHead"] == true;
        let group = self.group(call)?;
        let events = group.streams.get(&stream).ok_or_else(|| {
            Refusal::new(
                "ResourceNotFoundException",
                "The specified log stream does not exist.",
            )
        })?;
        let (from, to, empty) = match call.text("nextToken") {
            None if from_head => {
                let since = call.input["startTime"].as_i64().unwrap_or(0);
                let is_old = |event: &&Value| event["timestamp"].as_i64().unwrap_or(0) < since;
                let from = events.iter().take_while(is_old).count();
                (from, (from + limit).min(events.len()), false)
            }
            None => (events.len().saturating_sub(limit), events.len(), false),
            Some(token) => match token.split_once('/') {
                Some(("f", place)) if from_head => {
                    let from: usize = place.trim_end_matches('+').parse().unwrap_or(usize::MAX);
                    let empty = empty_pages && !place.ends_with('+') && from < events.len();
                    (from, (from + limit).min(events.len()), empty)
                }
                Some(("b", place)) if !from_head => {
                    let to: usize = place.parse().unwrap_or(0);
                    (to.saturating_sub(limit), to, false)
                }
                _ => {
                    return Err(Refusal::new(
                        "InvalidParameterException",
                        "The specified nextToken is invalid.",
                    ));
                }
            },
        };
        if empty {
            let token = format!("f/{from}+");
            return Ok(
                json!({"events": [], "nextForwardToken": token, "nextBackwardToken": format!("b/{from}")}),
            );
        }
        let forward = match call.text("nextToken") {
            Some(token) if from >= to && from_head => token.to_owned(),
            _ => format!("f/{to}"),
        };
        Ok(json!({
            "events": events.get(from..to).unwrap_or_default(),
            "nextForwardToken": forward,
            "nextBackwardToken": format!("b/{from}"),
        }))
    }
}
