//! STS and Elastic Load Balancing, as far as a deploy uses them.

use serde_json::{Value, json};

use super::World;
use super::base::Base;
use crate::support::protocol::{Answer, Call, Refusal, escape};

pub fn sts(call: &Call, base: &Base) -> Option<Answer> {
    match call.operation.as_str() {
        "GetCallerIdentity" => Some(Ok(Value::from(format!(
            "<Arn>{}</Arn><UserId>AIDASCRIPTED</UserId><Account>{}</Account>",
            escape(&base.caller),
            base.account
        )))),
        "AssumeRole" | "AssumeRoleWithWebIdentity" => {
            let role = call.text("RoleArn").unwrap_or_default();
            let name = call.text("RoleSessionName").unwrap_or_default();
            if role.contains(char::is_control) || name.contains(char::is_control) {
                let message = "1 validation error detected: Value failed to satisfy constraint";
                return Some(Err(Refusal::new("ValidationError", message)));
            }
            let assumed = role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/");
            Some(Ok(Value::from(format!(
                "<Credentials><AccessKeyId>ASIASCRIPTED</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
                 <SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
                 <AssumedRoleUser><AssumedRoleId>AROASCRIPTED:{0}</AssumedRoleId><Arn>{1}/{0}</Arn></AssumedRoleUser>",
                escape(name),
                escape(&assumed)
            ))))
        }
        _ => None,
    }
}

pub fn elbv2(call: &Call, world: &World) -> Option<Answer> {
    if call.operation != "DescribeTargetHealth" {
        return balancers(call, world);
    }
    let arn = call.text("TargetGroupArn").unwrap_or_default();
    Some(match world.targets.get(arn) {
        None => Err(Refusal::new(
            "TargetGroupNotFound",
            format!("Target groups '{arn}' not found"),
        )),
        Some(targets) => {
            let members: String = targets
                .iter()
                .map(|target| format!("<member>{}</member>", xml(target)))
                .collect();
            Ok(Value::from(format!(
                "<TargetHealthDescriptions>{members}</TargetHealthDescriptions>"
            )))
        }
    })
}

/// Handles load balancer calls. Each target group has a load balancer of the same name, with an HTTP listener
/// that redirects and an HTTPS listener that forwards.
fn balancers(call: &Call, world: &World) -> Option<Answer> {
    let members =
        |list: &str, member: String| Ok(Value::from(format!("<{list}><member>{member}</member></{list}>")));
    let asked = |name: &str| call.text(name).unwrap_or_default().to_owned();
    let name_of = |arn: &str| arn.rsplit('/').nth(1).unwrap_or_default().to_owned();
    let balancer = |name: &str| {
        world
            .base
            .arn_of("elasticloadbalancing", &format!("loadbalancer/app/{name}/1"))
    };
    Some(match call.operation.as_str() {
        "DescribeTargetGroups" => {
            let arn = asked("TargetGroupArns.member.1");
            if !world.targets.contains_key(&arn) {
                return Some(Err(Refusal::new(
                    "TargetGroupNotFound",
                    "One or more target groups not found".to_owned(),
                )));
            }
            let balancer = balancer(&name_of(&arn));
            members(
                "TargetGroups",
                xml(&world.resources.target_group(&arn, &balancer)),
            )
        }
        "DescribeTargetGroupAttributes" => {
            let delay = world
                .resources
                .target_group_settings(&asked("TargetGroupArn"))
                .delay;
            let attribute =
                json!({"Key": "deregistration_delay.timeout_seconds", "Value": delay.to_string()});
            members("Attributes", xml(&attribute))
        }
        "DescribeLoadBalancers" => {
            let arn = asked("LoadBalancerArns.member.1");
            let dns = format!("{}-1.{}.elb.amazonaws.com", name_of(&arn), world.base.region);
            let shown = json!({"LoadBalancerArn": arn, "DNSName": dns, "Scheme": "internet-facing", "Type": "application"});
            members("LoadBalancers", xml(&shown))
        }
        "DescribeListeners" => {
            let arn = asked("LoadBalancerArn");
            let group = world
                .targets
                .keys()
                .find(|group| name_of(group) == name_of(&arn))?;
            let listener = |port: u64, protocol: &str, action: Value| {
                let shown = json!({"ListenerArn": format!("{arn}/{port}"), "Port": port, "Protocol": protocol,
                    "LoadBalancerArn": arn, "DefaultActions": {"member": action}});
                format!("<member>{}</member>", xml(&shown))
            };
            let redirect = json!({"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301", "Protocol": "HTTPS"}});
            let forward = json!({"Type": "forward", "TargetGroupArn": group});
            Ok(Value::from(format!(
                "<Listeners>{}{}</Listeners>",
                listener(80, "HTTP", redirect),
                listener(443, "HTTPS", forward)
            )))
        }
        "DescribeRules" => Ok(Value::from("<Rules></Rules>")),
        _ => return None,
    })
}

/// Encodes nested members as nested XML elements.
fn xml(value: &Value) -> String {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| format!("<{name}>{}</{name}>", xml(value)))
            .collect(),
        Value::String(text) => escape(text),
        other => other.to_string(),
    }
}
