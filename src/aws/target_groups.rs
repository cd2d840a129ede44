//! Elastic Load Balancing: the settings of one target group.

use aws_sdk_elasticloadbalancingv2::types::TargetGroup;

use super::error::AwsError;
use super::session::Aws;
use super::wire::{AwsCall, typed};
use crate::ecs::{TargetGroupSettings, TargetHealthCheck};

/// The attribute with the deregistration delay in seconds (Elastic Load Balancing API reference: TargetGroupAttribute).
const DEREGISTRATION_DELAY: &str = "deregistration_delay.timeout_seconds";

impl Aws {
    /// Calls DescribeTargetGroups for one. None if it doesn't exist.
    pub async fn target_group(&self, arn: &str) -> Result<Option<TargetGroupSettings>, AwsError> {
        let call = AwsCall::new("elasticloadbalancing", "DescribeTargetGroups")
            .on(arn)
            .optional();
        let request = self.elb().describe_target_groups().target_group_arns(arn);
        match typed!(self, call, request.clone()) {
            Ok(reply) => Ok(reply.target_groups().first().map(settings)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Calls DescribeTargetGroupAttributes, and returns the deregistration delay in seconds.
    pub async fn deregistration_delay(&self, arn: &str) -> Result<Option<u64>, AwsError> {
        let operation = "DescribeTargetGroupAttributes";
        let call = AwsCall::new("elasticloadbalancing", operation).on(arn).optional();
        let request = self
            .elb()
            .describe_target_group_attributes()
            .target_group_arn(arn);
        let reply = match typed!(self, call, request.clone()) {
            Err(error) if error.is_not_found() => return Ok(None),
            reply => reply?,
        };
        let mut attributes = reply.attributes().iter();
        let delay = attributes.find(|it| it.key() == Some(DEREGISTRATION_DELAY));
        Ok(delay.and_then(|it| it.value()?.parse().ok()))
    }
}

fn settings(group: &TargetGroup) -> TargetGroupSettings {
    let number = |value: Option<i32>| value.and_then(|it| u64::try_from(it).ok());
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    TargetGroupSettings {
        arn: text(group.target_group_arn()),
        target_type: text(group.target_type().map(|it| it.as_str())),
        protocol: text(group.protocol().map(|it| it.as_str())),
        vpc: group.vpc_id().map(str::to_owned),
        load_balancers: group.load_balancer_arns().to_vec(),
        health_check: TargetHealthCheck {
            port: text(group.health_check_port()),
            interval: number(group.health_check_interval_seconds()),
            healthy_threshold: number(group.healthy_threshold_count()),
            unhealthy_threshold: number(group.unhealthy_threshold_count()),
        },
        deregistration_delay: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::aws::testing::{Answer, FakeAws};

    fn reply(operation: &str, body: &str) -> Answer {
        let result = format!("<{operation}Result>{body}</{operation}Result>");
        Answer::Reply(
            200,
            format!(
                "<{operation}Response xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">{result}</{operation}Response>"
            ),
        )
    }

    #[tokio::test]
    async fn settings_and_delay_are_read() {
        let group = "<TargetGroupArn>tg</TargetGroupArn><TargetType>ip</TargetType><Protocol>HTTP</Protocol><VpcId>vpc-1</VpcId><LoadBalancerArns><member>lb</member></LoadBalancerArns><HealthCheckPort>traffic-port</HealthCheckPort><HealthCheckIntervalSeconds>30</HealthCheckIntervalSeconds><HealthyThresholdCount>5</HealthyThresholdCount><UnhealthyThresholdCount>2</UnhealthyThresholdCount>";
        let missing = "<ErrorResponse><Error><Code>TargetGroupNotFound</Code><Message>no</Message></Error></ErrorResponse>";
        let fake = FakeAws::answering([
            reply("DescribeTargetGroups", &format!("<TargetGroups><member>{group}</member></TargetGroups>")),
            reply("DescribeTargetGroupAttributes", "<Attributes><member><Key>deregistration_delay.timeout_seconds</Key><Value>120</Value></member></Attributes>"),
            Answer::Reply(400, missing.to_owned()),
        ])
        .await;
        let aws = fake.session().await;
        let group = aws.target_group("tg").await.unwrap().unwrap();
        assert_eq!(
            (group.target_type.as_str(), group.load_balancers.len()),
            ("ip", 1)
        );
        assert_eq!(group.health_check.seconds_to_healthy(), Some(150));
        assert_eq!(aws.deregistration_delay("tg").await.unwrap(), Some(120));
        assert_eq!(aws.target_group("tg").await.unwrap(), None);
    }
}
