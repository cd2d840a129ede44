//! Secrets Manager: the ARNs of secrets. Their values are never read.

use serde_json::json;

use super::error::AwsError;
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::model::Value;

/// A secret, without its value (API reference: DescribeSecret).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSecret {
    /// The ARN, with the random suffix.
    pub arn: String,
    /// Whether it is scheduled for deletion: nothing can read its value.
    pub is_deleted: bool,
}

impl Aws {
    /// Calls DescribeSecret for a name or an ARN. None if it doesn't exist.
    pub async fn describe_secret(&self, secret: &str) -> Result<Option<StoredSecret>, AwsError> {
        let call = AwsCall::new("secretsmanager", "DescribeSecret")
            .on(secret)
            .body(&json!({"SecretId": secret}));
        let reply = match send!(self, call, self.secretsmanager().describe_secret()) {
            Err(error) if error.is_not_found() => return Ok(None),
            reply => reply?,
        };
        let arn = reply.get("ARN").and_then(Value::as_str);
        Ok(arn.map(|arn| StoredSecret {
            arn: arn.to_owned(),
            is_deleted: reply.get("DeletedDate").is_some_and(|date| !date.is_null()),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    #[tokio::test]
    async fn secrets_have_an_arn_and_may_be_deleted() {
        let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
        let fake = FakeAws::answering([
            Answer::ok(json!({"ARN": arn, "Name": "db"})),
            Answer::ok(json!({"ARN": arn, "Name": "db", "DeletedDate": 1.7e9})),
            Answer::refusal(
                400,
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret.",
            ),
        ])
        .await;
        let aws = fake.session().await;
        let secret = |is_deleted| StoredSecret {
            arn: arn.to_owned(),
            is_deleted,
        };
        assert_eq!(aws.describe_secret("db").await.unwrap(), Some(secret(false)));
        assert_eq!(aws.describe_secret("db").await.unwrap(), Some(secret(true)));
        assert_eq!(aws.describe_secret("db").await.unwrap(), None);
    }
}
