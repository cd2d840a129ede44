//! Elastic Load Balancing: where target groups can be reached. The API uses XML, so responses are built from
//! the SDK's types, with the API's names in camelCase.

use aws_sdk_elasticloadbalancingv2::types::Action;
use serde_json::json;

use super::error::AwsError;
use super::session::Aws;
use super::wire::{AwsCall, typed};
use crate::model::Value;

fn call(operation: &'static str, resource: impl Into<String>) -> AwsCall {
    AwsCall::new("elasticloadbalancing", operation).on(resource)
}

/// Returns the target groups that actions forward to.
fn forwards(actions: &[Action]) -> Vec<&str> {
    let plain = actions.iter().filter_map(Action::target_group_arn);
    let weighted = actions
        .iter()
        .filter_map(Action::forward_config)
        .flat_map(|config| config.target_groups())
        .filter_map(|group| group.target_group_arn());
    let mut arns: Vec<&str> = plain.chain(weighted).collect();
    arns.dedup();
    arns
}

impl Aws {
    /// Calls DescribeTargetGroups: `{"targetGroupArn", "loadBalancerArns"}` each.
    pub async fn describe_target_groups(&self, arns: &[String]) -> Result<Vec<Value>, AwsError> {
        let request = self.elb().describe_target_groups();
        let request = request.set_target_group_arns(Some(arns.to_vec()));
        let reply = typed!(
            self,
            call("DescribeTargetGroups", arns.join(", ")),
            request.clone()
        )?;
        let groups = reply.target_groups().iter().map(|group| {
            json!({"targetGroupArn": group.target_group_arn(), "loadBalancerArns": group.load_balancer_arns()})
        });
        Ok(groups.collect())
    }

    /// Calls DescribeLoadBalancers: `{"loadBalancerArn", "dnsName", "scheme", "type"}` each.
    pub async fn describe_load_balancers(&self, arns: &[String]) -> Result<Vec<Value>, AwsError> {
        let request = self.elb().describe_load_balancers();
        let request = request.set_load_balancer_arns(Some(arns.to_vec()));
        let reply = typed!(
            self,
            call("DescribeLoadBalancers", arns.join(", ")),
            request.clone()
        )?;
        let balancers = reply.load_balancers().iter().map(|balancer| {
            json!({
                "loadBalancerArn": balancer.load_balancer_arn(),
                "dnsName": balancer.dns_name(),
                "scheme": balancer.scheme().map(|scheme| scheme.as_str()),
                "type": balancer.r#type().map(|kind| kind.as_str()),
            })
        });
        Ok(balancers.collect())
    }

    /// Calls DescribeListeners for a load balancer: `{"listenerArn", "protocol", "port", "forwardsTo"}` each,
    /// where `forwardsTo` holds the target groups of the default actions. A load balancer has at most 100
    /// listeners and a page has 400.
    pub async fn describe_listeners(&self, balancer: &str) -> Result<Vec<Value>, AwsError> {
        let request = self.elb().describe_listeners().load_balancer_arn(balancer);
        let reply = typed!(self, call("DescribeListeners", balancer), request.clone())?;
        let listeners = reply.listeners().iter().map(|listener| {
            json!({
                "listenerArn": listener.listener_arn(),
                "protocol": listener.protocol().map(|protocol| protocol.as_str()),
                "port": listener.port(),
                "forwardsTo": forwards(listener.default_actions()),
            })
        });
        Ok(listeners.collect())
    }

    /// Calls DescribeRules for a listener, in order of priority: `{"hosts", "paths", "forwardsTo"}` each. Reads
    /// the first page of 400 only: a load balancer has at most 100 rules unless its account's quota is higher.
    pub async fn describe_rules(&self, listener: &str) -> Result<Vec<Value>, AwsError> {
        let request = self.elb().describe_rules().listener_arn(listener);
        let reply = typed!(self, call("DescribeRules", listener), request.clone())?;
        let rules = reply.rules().iter().map(|rule| {
            let values = |field: &str| -> Vec<&str> {
                let conditions = rule.conditions().iter().filter(|it| it.field() == Some(field));
                conditions
                    .flat_map(|it| {
                        let hosts = it.host_header_config().map(|config| config.values());
                        let paths = it.path_pattern_config().map(|config| config.values());
                        let configured = if field == "host-header" { hosts } else { paths };
                        configured
                            .filter(|values| !values.is_empty())
                            .unwrap_or(it.values())
                    })
                    .map(String::as_str)
                    .collect()
            };
            json!({
                "hosts": values("host-header"),
                "paths": values("path-pattern"),
                "forwardsTo": forwards(rule.actions()),
            })
        });
        Ok(rules.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    fn reply(operation: &str, body: &str) -> Answer {
        Answer::Reply(
            200,
            format!(
                "<{operation}Response xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\"><{operation}Result>{body}</{operation}Result></{operation}Response>"
            ),
        )
    }

    #[tokio::test]
    async fn xml_becomes_values() {
        let fake = FakeAws::answering([
            reply("DescribeTargetGroups", "<TargetGroups><member><TargetGroupArn>tg</TargetGroupArn><LoadBalancerArns><member>lb</member></LoadBalancerArns></member></TargetGroups>"),
            reply("DescribeLoadBalancers", "<LoadBalancers><member><LoadBalancerArn>lb</LoadBalancerArn><DNSName>x.elb.amazonaws.com</DNSName><Scheme>internal</Scheme><Type>application</Type></member></LoadBalancers>"),
            reply("DescribeListeners", "<Listeners><member><ListenerArn>l</ListenerArn><Protocol>HTTPS</Protocol><Port>443</Port><DefaultActions><member><Type>forward</Type><ForwardConfig><TargetGroups><member><TargetGroupArn>tg</TargetGroupArn><Weight>1</Weight></member></TargetGroups></ForwardConfig><TargetGroupArn>tg</TargetGroupArn></member></DefaultActions></member></Listeners>"),
            reply("DescribeRules", "<Rules><member><Conditions><member><Field>host-header</Field><HostHeaderConfig><Values><member>shop.example.com</member></Values></HostHeaderConfig></member><member><Field>path-pattern</Field><Values><member>/api/*</member></Values></member></Conditions><Actions><member><Type>forward</Type><TargetGroupArn>tg</TargetGroupArn></member></Actions></member></Rules>"),
        ])
        .await;
        let aws = fake.session().await;
        assert_eq!(
            aws.describe_target_groups(&["tg".to_owned()]).await.unwrap(),
            [json!({"targetGroupArn": "tg", "loadBalancerArns": ["lb"]})]
        );
        assert_eq!(
            aws.describe_load_balancers(&["lb".to_owned()]).await.unwrap(),
            [
                json!({"loadBalancerArn": "lb", "dnsName": "x.elb.amazonaws.com", "scheme": "internal", "type": "application"})
            ]
        );
        assert_eq!(
            aws.describe_listeners("lb").await.unwrap(),
            [json!({"listenerArn": "l", "protocol": "HTTPS", "port": 443, "forwardsTo": ["tg"]})]
        );
        assert_eq!(
            aws.describe_rules("l").await.unwrap(),
            [json!({"hosts": ["shop.example.com"], "paths": ["/api/*"], "forwardsTo": ["tg"]})]
        );
    }
}
