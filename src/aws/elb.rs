//! Elastic Load Balancing: how a service's targets are. It speaks XML, so replies are built from the SDK's types.

use serde_json::json;

use super::error::AwsError;
use super::session::Aws;
use super::wire::{Call, typed};
use crate::model::Value;

impl Aws {
    /// DescribeTargetHealth: one value a target, with the API's names in camelCase
    /// (`{"target": {"id", "port"}, "targetHealth": {"state", "reason", "description"}}`).
    pub async fn describe_target_health(&self, target_group: &str) -> Result<Vec<Value>, AwsError> {
        let call = Call::new("elasticloadbalancing", "DescribeTargetHealth").on(target_group);
        let reply = typed!(
            self,
            call,
            self.elb().describe_target_health().target_group_arn(target_group)
        )?;
        Ok(reply
            .target_health_descriptions()
            .iter()
            .map(|description| {
                let target = description.target();
                let health = description.target_health();
                json!({
                    "target": {
                        "id": target.and_then(|target| target.id()),
                        "port": target.and_then(|target| target.port()),
                    },
                    "targetHealth": {
                        "state": health.and_then(|health| health.state()).map(|state| state.as_str()),
                        "reason": health.and_then(|health| health.reason()).map(|reason| reason.as_str()),
                        "description": health.and_then(|health| health.description()),
                    },
                })
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    #[tokio::test]
    async fn xml_becomes_values() {
        let xml = "<DescribeTargetHealthResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\"><DescribeTargetHealthResult><TargetHealthDescriptions><member><HealthCheckPort>80</HealthCheckPort><TargetHealth><State>unhealthy</State><Reason>Target.FailedHealthChecks</Reason><Description>Health checks failed</Description></TargetHealth><Target><Port>8080</Port><Id>10.0.1.17</Id></Target></member></TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>";
        let fake = FakeAws::answering([Answer::Reply(200, xml.to_owned())]).await;
        let targets = fake.session().await.describe_target_health("arn:tg").await;
        assert_eq!(
            targets.unwrap(),
            [json!({
                "target": {"id": "10.0.1.17", "port": 8080},
                "targetHealth": {"state": "unhealthy", "reason": "Target.FailedHealthChecks", "description": "Health checks failed"},
            })]
        );
    }

    #[tokio::test]
    async fn the_iam_action_has_the_long_prefix() {
        let xml =
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";
        let fake = FakeAws::answering([Answer::Reply(403, xml.to_owned())]).await;
        let error = fake
            .session()
            .await
            .describe_target_health("arn:tg")
            .await
            .unwrap_err();
        assert!(error.is_access_denied());
        assert_eq!(error.action(), "elasticloadbalancing:DescribeTargetHealth");
    }
}
