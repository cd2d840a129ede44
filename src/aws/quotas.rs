//! Service Quotas, for which ecsctl has no client: one read suffices.

use serde_json::json;

use super::error::AwsError;
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::model::Value;

const GET: &str = "ServiceQuotasV20190624.GetServiceQuota";

impl Aws {
    /// Calls GetServiceQuota, and returns the value of a quota in the session's region. None if the account has none of its
    /// own: the default applies (`NoSuchResourceException`).
    pub async fn quota(&self, service: &str, code: &str) -> Result<Option<f64>, AwsError> {
        let input = json!({"ServiceCode": service, "QuotaCode": code});
        let call = AwsCall::new("servicequotas", "GetServiceQuota")
            .on(code)
            .optional()
            .target(GET)
            .body(&input);
        match send!(self, call, self.autoscaling().describe_scaling_policies()) {
            Ok(reply) => Ok(reply.pointer("/Quota/Value").and_then(Value::as_f64)),
            Err(error) if error.aws_code() == Some("NoSuchResourceException") => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    #[tokio::test]
    async fn quotas_have_a_value() {
        let fake = FakeAws::answering([
            Answer::ok(json!({"Quota": {"QuotaCode": "L-3032A538", "Value": 6.0}})),
            Answer::refusal(400, "NoSuchResourceException", "no"),
        ])
        .await;
        let aws = fake.session().await;
        assert_eq!(aws.quota("fargate", "L-3032A538").await.unwrap(), Some(6.0));
        assert_eq!(aws.quota("fargate", "L-3032A538").await.unwrap(), None);
        let request = &fake.requests()[0];
        assert_eq!(
            request.header("x-amz-target"),
            Some("ServiceQuotasV20190624.GetServiceQuota")
        );
        let signature = request.header("authorization").unwrap();
        assert!(signature.contains("/servicequotas/aws4_request"), "{signature}");
    }
}
