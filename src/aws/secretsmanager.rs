//! Secrets Manager: the ARNs of secrets, and the values of build secrets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use secrecy::SecretSlice;
use serde_json::json;

use super::error::AwsError;
use super::reply::list;
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::ecs::response_time;
use crate::model::Value;

/// ListSecretVersionIds returns at most a hundred versions a call (API reference). A secret has at most about a hundred
/// ("Secrets Manager quotas"), and those without a stage are not listed.
const VERSIONS: usize = 100;

/// A secret, without its value (API reference: DescribeSecret).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSecret {
    /// The ARN, with the random suffix.
    pub arn: String,
    /// Whether it is scheduled for deletion: nothing can read its value.
    pub is_deleted: bool,
    /// "The last date and time that this secret was modified in any way": its value, its tags, its rotation.
    pub modified_at: Option<Timestamp>,
    /// When a rotation last gave it a new value.
    pub rotated_at: Option<Timestamp>,
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
            modified_at: response_time(&reply, "LastChangedDate"),
            rotated_at: response_time(&reply, "LastRotatedDate"),
        }))
    }

    /// Calls ListSecretVersionIds, and returns when the version with this stage was created. None if there is none.
    pub async fn secret_version_created(
        &self,
        secret: &str,
        stage: &str,
    ) -> Result<Option<Timestamp>, AwsError> {
        let call = AwsCall::new("secretsmanager", "ListSecretVersionIds")
            .on(secret)
            .target("secretsmanager.ListSecretVersionIds")
            .body(&json!({"SecretId": secret, "MaxResults": VERSIONS}));
        let reply = send!(self, call, self.secretsmanager().describe_secret())?;
        let versions = list(reply, "Versions").into_iter();
        let has_stage = |version: &Value| {
            let stages = version.get("VersionStages").and_then(Value::as_array);
            stages.is_some_and(|stages| stages.iter().any(|it| it.as_str() == Some(stage)))
        };
        Ok(versions
            .filter(has_stage)
            .find_map(|it| response_time(&it, "CreatedDate")))
    }

    /// Calls GetSecretValue for a name or an ARN, in the version that is current unless a stage or an ID is given.
    /// None if it doesn't exist.
    pub async fn get_secret_value(
        &self,
        secret: &str,
        stage: Option<&str>,
        version: Option<&str>,
    ) -> Result<Option<SecretSlice<u8>>, AwsError> {
        let mut input = json!({"SecretId": secret});
        let selectors = [("VersionStage", stage), ("VersionId", version)];
        for (member, value) in selectors {
            if let Some(value) = value {
                input[member] = value.into();
            }
        }
        let call = AwsCall::new("secretsmanager", "GetSecretValue")
            .on(secret)
            .body(&input);
        let reply = match send!(self, call, self.secretsmanager().get_secret_value()) {
            Err(error) if error.is_not_found() => return Ok(None),
            reply => reply?,
        };
        let text = |member: &str| reply.get(member).and_then(Value::as_str);
        let binary = || STANDARD.decode(text("SecretBinary")?).ok();
        let value = text("SecretString").map(|text| text.as_bytes().to_vec());
        Ok(value.or_else(binary).map(SecretSlice::from))
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
            modified_at: None,
            rotated_at: None,
        };
        assert_eq!(aws.describe_secret("db").await.unwrap(), Some(secret(false)));
        assert_eq!(aws.describe_secret("db").await.unwrap(), Some(secret(true)));
        assert_eq!(aws.describe_secret("db").await.unwrap(), None);
    }
}
