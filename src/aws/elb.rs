//! Elastic Load Balancing: the health of a service's targets.

use aws_sdk_elasticloadbalancingv2::types::TargetHealthDescription;

use super::error::AwsError;
use super::session::Aws;
use super::wire::{AwsCall, typed};
use crate::model::FailureTarget;

impl Aws {
    /// Calls DescribeTargetHealth for a target group.
    pub async fn describe_target_health(&self, target_group: &str) -> Result<Vec<FailureTarget>, AwsError> {
        let call = AwsCall::new("elasticloadbalancing", "DescribeTargetHealth").on(target_group);
        let reply = typed!(
            self,
            call,
            self.elb().describe_target_health().target_group_arn(target_group)
        )?;
        let target = |description: &TargetHealthDescription| {
            let (target, health) = (description.target()?, description.target_health());
            Some(FailureTarget {
                group: target_group.to_owned(),
                id: target.id()?.to_owned(),
                port: target.port().and_then(|port| u16::try_from(port).ok()),
                state: health.and_then(|it| Some(it.state()?.as_str().to_owned())),
                reason: health.and_then(|it| Some(it.reason()?.as_str().to_owned())),
                description: health.and_then(|it| it.description().map(str::to_owned)),
            })
        };
        let targets = reply.target_health_descriptions().iter();
        Ok(targets.filter_map(target).collect())
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
            [FailureTarget {
                group: "arn:tg".to_owned(),
                id: "10.0.1.17".to_owned(),
                port: Some(8080),
                state: Some("unhealthy".to_owned()),
                reason: Some("Target.FailedHealthChecks".to_owned()),
                description: Some("Health checks failed".to_owned()),
            }]
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
