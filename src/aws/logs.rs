//! CloudWatch Logs: creates log groups and reads the last log events of a task.

use serde_json::json;

use super::error::AwsError;
use super::reply::{list, next_token};
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::model::Value;

fn call(operation: &'static str, resource: impl Into<String>) -> AwsCall {
    AwsCall::new("logs", operation).on(resource)
}

/// Where GetLogEvents starts.
#[derive(Clone, Copy, Debug)]
pub enum LogStart<'a> {
    /// At the oldest event, or the oldest since a time in milliseconds.
    Head(Option<i64>),
    /// At the end, so that the newest event is the last one.
    Tail,
    /// After a page: its forward token.
    After(&'a str),
    /// Before a page: its backward token.
    Before(&'a str),
}

/// One or more lines that a container wrote (API reference: OutputLogEvent).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEvent {
    /// Milliseconds since 1970.
    pub timestamp: Option<i64>,
    /// The text.
    pub message: String,
}

/// A page of a log stream.
#[derive(Clone, Debug, Default)]
pub struct LogPage {
    /// The events, oldest first. It may be empty even if there are more.
    pub events: Vec<LogEvent>,
    /// The token of the next page; at the end of the stream, the token that was passed in.
    pub forward: Option<String>,
    /// The token of the previous page; at the beginning of the stream, the token that was passed in.
    pub backward: Option<String>,
}

impl Aws {
    /// Calls GetLogEvents for a page of at most `most` events, 10,000 and 1 MB. NotFound for a missing group or
    /// stream.
    pub async fn log_events(
        &self,
        group: &str,
        stream: &str,
        start: LogStart<'_>,
        most: u32,
    ) -> Result<LogPage, AwsError> {
        let mut input = json!({
            "logGroupName": group, "logStreamName": stream, "limit": most.clamp(1, 10_000),
            "startFromHead": matches!(start, LogStart::Head(_) | LogStart::After(_)),
        });
        match start {
            LogStart::Head(Some(since)) => input["startTime"] = since.max(0).into(),
            LogStart::After(token) | LogStart::Before(token) => input["nextToken"] = token.into(),
            LogStart::Head(None) | LogStart::Tail => {}
        }
        let call = call("GetLogEvents", format!("{group} {stream}")).body(&input);
        let reply = send!(self, call, self.logs().get_log_events())?;
        let token = |name: &str| reply.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(LogPage {
            forward: token("nextForwardToken"),
            backward: token("nextBackwardToken"),
            events: log_events(reply),
        })
    }
}

impl Aws {
    /// Calls DescribeLogGroups for the group with exactly this name. None when it doesn't exist.
    pub async fn describe_log_group(&self, name: &str) -> Result<Option<Value>, AwsError> {
        let mut input = json!({"logGroupNamePrefix": name});
        loop {
            let call = call("DescribeLogGroups", name).optional().body(&input);
            let reply = send!(self, call, self.logs().describe_log_groups())?;
            let next = next_token(&reply);
            let found = list(reply, "logGroups")
                .into_iter()
                .find(|group| group.get("logGroupName").and_then(Value::as_str) == Some(name));
            match (found, next, input.as_object_mut()) {
                (None, Some(token), Some(members)) => members.insert("nextToken".to_owned(), token),
                (found, _, _) => return Ok(found),
            };
        }
    }

    /// Calls CreateLogGroup. False when the group already exists.
    pub async fn create_log_group(&self, name: &str) -> Result<bool, AwsError> {
        let call = call("CreateLogGroup", name).body(&json!({"logGroupName": name}));
        match send!(self, call, self.logs().create_log_group()) {
            Ok(_) => Ok(true),
            Err(error) if error.is_already_there() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Calls PutRetentionPolicy.
    pub async fn put_retention_policy(&self, name: &str, days: u32) -> Result<(), AwsError> {
        let input = json!({"logGroupName": name, "retentionInDays": days});
        let call = call("PutRetentionPolicy", name).body(&input);
        send!(self, call, self.logs().put_retention_policy())?;
        Ok(())
    }

    /// Calls GetLogEvents for the last events of a stream, oldest first. None when the group or the stream
    /// doesn't exist (yet).
    pub async fn last_log_events(
        &self,
        group: &str,
        stream: &str,
        most: u32,
    ) -> Result<Option<Vec<LogEvent>>, AwsError> {
        let input = json!({
            "logGroupName": group, "logStreamName": stream, "limit": most.clamp(1, 10_000), "startFromHead": false,
        });
        let call = call("GetLogEvents", format!("{group} {stream}")).body(&input);
        match send!(self, call, self.logs().get_log_events()) {
            Ok(reply) => Ok(Some(log_events(reply))),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Vended log delivery (API reference: PutDeliverySource, CreateDelivery).
impl Aws {
    /// The log groups of this account to which a cluster's action logs are delivered; empty if they aren't
    /// enabled or are delivered elsewhere.
    pub async fn action_log_groups(&self, cluster_arn: &str) -> Result<Vec<String>, AwsError> {
        let sources = loop_pages("deliverySources", async |input| {
            let call = call("DescribeDeliverySources", cluster_arn)
                .optional()
                .body(&input);
            send!(self, call, self.logs().describe_delivery_sources())
        });
        let sources = names_of_sources(&sources.await?, cluster_arn);
        if sources.is_empty() {
            return Ok(Vec::new());
        }
        let deliveries = loop_pages("deliveries", async |input| {
            let call = call("DescribeDeliveries", cluster_arn).optional().body(&input);
            send!(self, call, self.logs().describe_deliveries())
        });
        let mut groups = Vec::new();
        for name in destinations_of(&deliveries.await?, &sources) {
            let call = call("GetDeliveryDestination", &name)
                .optional()
                .body(&json!({"name": name}));
            let reply = send!(self, call, self.logs().get_delivery_destination())?;
            groups.extend(log_group_of(&reply));
        }
        Ok(groups)
    }

    /// Calls FilterLogEvents for the events of a group since a time in milliseconds that match a filter
    /// pattern, page by page.
    pub async fn filter_log_events(
        &self,
        group: &str,
        since: i64,
        pattern: &str,
    ) -> Result<Vec<LogEvent>, AwsError> {
        let pages = loop_pages("events", async |mut input| {
            input["logGroupName"] = group.into();
            input["startTime"] = since.max(0).into();
            input["filterPattern"] = pattern.into();
            let call = call("FilterLogEvents", group).optional().body(&input);
            send!(self, call, self.logs().filter_log_events())
        });
        Ok(events_of(pages.await?))
    }
}

/// Reads all pages of a list. `send` gets the input with the page's token.
async fn loop_pages(
    key: &str,
    send: impl AsyncFn(Value) -> Result<Value, AwsError>,
) -> Result<Vec<Value>, AwsError> {
    let (mut input, mut items) = (json!({}), Vec::new());
    loop {
        let reply = send(input.clone()).await?;
        let next = next_token(&reply);
        items.extend(list(reply, key));
        match next {
            Some(token) => input["nextToken"] = token,
            None => return Ok(items),
        }
    }
}

/// The names of the delivery sources for a cluster's action logs. The CloudWatch Logs API calls the log type
/// `ACTION_LOGS` (AWS CDK, CfnClusterActionLogs); the ECS developer guide's example says `EcsActionLogs`.
fn names_of_sources(sources: &[Value], cluster_arn: &str) -> Vec<String> {
    let is_one = |source: &&Value| {
        let of_cluster = |arns: &Vec<Value>| arns.iter().any(|arn| arn.as_str() == Some(cluster_arn));
        matches!(
            source.get("logType").and_then(Value::as_str),
            Some("ACTION_LOGS" | "EcsActionLogs")
        ) && source
            .get("resourceArns")
            .and_then(Value::as_array)
            .is_some_and(of_cluster)
    };
    let named = sources
        .iter()
        .filter(is_one)
        .filter_map(|source| text(source, "name"));
    named.collect()
}

/// The names of the delivery destinations in CloudWatch Logs that these sources deliver to.
fn destinations_of(deliveries: &[Value], sources: &[String]) -> Vec<String> {
    let is_one = |delivery: &&Value| {
        text(delivery, "deliveryDestinationType").as_deref() == Some("CWL")
            && text(delivery, "deliverySourceName").is_some_and(|name| sources.contains(&name))
    };
    // arn:aws:logs:us-east-1:123456789012:delivery-destination:NAME
    let name = |delivery: &Value| {
        let arn = text(delivery, "deliveryDestinationArn")?;
        Some(arn.rsplit_once(':')?.1.to_owned())
    };
    deliveries.iter().filter(is_one).filter_map(name).collect()
}

/// The log group of a GetDeliveryDestination response: `arn:aws:logs:us-east-1:123456789012:log-group:NAME`.
fn log_group_of(reply: &Value) -> Option<String> {
    let destination = reply.get("deliveryDestination")?;
    let arn = text(
        destination.get("deliveryDestinationConfiguration")?,
        "destinationResourceArn",
    )?;
    let (_, group) = arn.split_once(":log-group:")?;
    Some(group.strip_suffix(":*").unwrap_or(group).to_owned())
}

fn text(value: &Value, member: &str) -> Option<String> {
    value.get(member).and_then(Value::as_str).map(str::to_owned)
}

fn log_events(reply: Value) -> Vec<LogEvent> {
    events_of(list(reply, "events"))
}

fn events_of(events: Vec<Value>) -> Vec<LogEvent> {
    let events = events.into_iter();
    events
        .map(|mut event| LogEvent {
            timestamp: event.get("timestamp").and_then(Value::as_i64),
            message: match event.get_mut("message").map(Value::take) {
                Some(Value::String(message)) => message,
                _ => String::new(),
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    #[tokio::test]
    async fn a_group_is_found_by_its_whole_name_over_pages() {
        let fake = FakeAws::answering([
            Answer::ok(json!({"logGroups": [{"logGroupName": "/ecs/web-2"}], "nextToken": "n"})),
            Answer::ok(json!({"logGroups": [{"logGroupName": "/ecs/web", "storedBytes": 1}]})),
            Answer::ok(json!({"logGroups": [{"logGroupName": "/ecs/web-2"}]})),
        ])
        .await;
        let aws = fake.session().await;
        assert!(aws.describe_log_group("/ecs/web").await.unwrap().is_some());
        assert_eq!(fake.requests()[1].json()["nextToken"], "n");
        assert_eq!(aws.describe_log_group("/ecs/web").await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_group_that_is_there_already_is_fine() {
        let fake = FakeAws::answering([
            Answer::refusal(400, "ResourceAlreadyExistsException", "exists"),
            Answer::Reply(200, String::new()),
            Answer::ok(json!({})),
        ])
        .await;
        let aws = fake.session().await;
        assert!(!aws.create_log_group("/a").await.unwrap());
        assert!(aws.create_log_group("/b").await.unwrap());
        aws.put_retention_policy("/b", 30).await.unwrap();
        assert_eq!(
            fake.requests()[2].json(),
            json!({"logGroupName": "/b", "retentionInDays": 30})
        );
    }

    #[tokio::test]
    async fn the_last_lines_of_a_stream_that_may_appear_late() {
        let fake = FakeAws::answering([
            Answer::refusal(400, "ResourceNotFoundException", "no stream"),
            Answer::ok(json!({"events": [{"message": "one"}, {"message": "two"}]})),
        ])
        .await;
        let aws = fake.session().await;
        assert_eq!(aws.last_log_events("/a", "s", 20).await.unwrap(), None);
        let events = aws.last_log_events("/a", "s", 20).await.unwrap().unwrap();
        assert_eq!(events[1].message, "two");
        let asked = fake.requests()[1].json();
        assert_eq!(
            (&asked["limit"], &asked["startFromHead"]),
            (&json!(20), &json!(false))
        );
    }
}
