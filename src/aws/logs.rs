//! CloudWatch Logs: groups to make.

use serde_json::json;

use super::error::AwsError;
use super::reply::{list, next_token};
use super::session::Aws;
use super::wire::{Call, json as send};
use crate::model::Value;

fn call(operation: &'static str, resource: impl Into<String>) -> Call {
    Call::new("logs", operation).on(resource)
}

impl Aws {
    /// DescribeLogGroups, the one of exactly this name. None when it isn't there.
    pub async fn describe_log_group(&self, name: &str) -> Result<Option<Value>, AwsError> {
        let mut input = json!({"logGroupNamePrefix": name});
        loop {
            let call = call("DescribeLogGroups", name).body(&input);
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

    /// CreateLogGroup. False when it was there already.
    pub async fn create_log_group(&self, name: &str) -> Result<bool, AwsError> {
        let call = call("CreateLogGroup", name).body(&json!({"logGroupName": name}));
        match send!(self, call, self.logs().create_log_group()) {
            Ok(_) => Ok(true),
            Err(error) if error.is_already_there() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// PutRetentionPolicy.
    pub async fn put_retention_policy(&self, name: &str, days: u32) -> Result<(), AwsError> {
        let input = json!({"logGroupName": name, "retentionInDays": days});
        let call = call("PutRetentionPolicy", name).body(&input);
        send!(self, call, self.logs().put_retention_policy())?;
        Ok(())
    }
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
}
