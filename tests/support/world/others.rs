//! STS and Elastic Load Balancing, as far as a deploy asks them.

use serde_json::Value;

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
        "AssumeRole" => {
            let role = call.text("RoleArn").unwrap_or_default();
            let name = call.text("RoleSessionName").unwrap_or_default();
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
        return None;
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

/// Nested members as nested elements.
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
