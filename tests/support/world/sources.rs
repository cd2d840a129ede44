//! What deploy.yaml may refer to besides ECS and ECR: parameters, stacks, secrets, objects.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Done;
use super::base::Base;
use crate::support::http::Reply;
use crate::support::protocol::{Answer, Call, Refusal, escape, s3_error};

/// What is stored in the account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Stored {
    /// Parameters of Parameter Store, by name: a value, or members of Parameter.
    pub parameters: IndexMap<String, Value>,
    /// Outputs of CloudFormation stacks, by stack and name.
    pub stacks: IndexMap<String, IndexMap<String, String>>,
    /// Exports of CloudFormation stacks.
    pub exports: IndexMap<String, String>,
    /// Values of secrets, by name; null if it is scheduled for deletion.
    pub secrets: IndexMap<String, Option<String>>,
    /// When values of secrets and parameters changed, by name; in 2023 by default.
    pub changed: IndexMap<String, f64>,
    /// When secrets were modified without a change of their values, by name.
    pub tagged: IndexMap<String, f64>,
    /// Objects of S3, by bucket and key.
    pub buckets: IndexMap<String, Bucket>,
}

/// A bucket of S3.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bucket {
    /// The region; that of every caller by default.
    pub region: Option<String>,
    /// The objects' contents, by key.
    #[serde(default)]
    pub objects: IndexMap<String, String>,
}

impl Stored {
    /// Handles GetParameters (API reference): at most ten names, without duplicates.
    pub fn ssm(&self, call: &Call, base: &Base) -> Option<Answer> {
        if call.operation != "GetParameters" {
            return None;
        }
        let names = call.texts("Names");
        if names.len() > 10 {
            let message = format!(
                "1 validation error detected: Value '[{}]' at 'names' failed to satisfy constraint: Member must \
                 have length less than or equal to 10",
                names.join(", ")
            );
            return Some(Err(Refusal::new("ValidationException", message)));
        }
        // One name that AWS refuses fails the whole call.
        let is_legal = |name: &String| {
            let path = name.split(':').next().unwrap_or_default();
            name.starts_with("arn:") || path.starts_with('/') || !path.contains('/')
        };
        if !names.iter().all(is_legal) {
            let message = "Parameter name must be a fully qualified name.";
            return Some(Err(Refusal::new("ValidationException", message)));
        }
        let (mut found, mut invalid) = (Vec::new(), Vec::new());
        for name in names {
            match self.parameter(&name, call, base) {
                Some(parameter) => found.push(parameter),
                None => invalid.push(name),
            }
        }
        Some(Ok(json!({"Parameters": found, "InvalidParameters": invalid})))
    }

    /// Handles DescribeStacks of one stack, and ListExports, two a page.
    pub fn cloudformation(&self, call: &Call, base: &Base) -> Option<Answer> {
        let member = |members: &[(&str, &str)]| {
            let members = members.iter();
            let members = members.map(|(name, value)| format!("<{name}>{}</{name}>", escape(value)));
            format!("<member>{}</member>", members.collect::<String>())
        };
        match call.operation.as_str() {
            "DescribeStacks" => {
                let asked = call.text("StackName").unwrap_or_default();
                let name = asked.split('/').nth(1).unwrap_or(asked);
                let Some(outputs) = self.stacks.get(name) else {
                    let message = format!("Stack with id {asked} does not exist");
                    return Some(Err(Refusal::new("ValidationError", message)));
                };
                let outputs: String = outputs
                    .iter()
                    .map(|(key, value)| member(&[("OutputKey", key), ("OutputValue", value)]))
                    .collect();
                let id = base.arn_of("cloudformation", &format!("stack/{name}/1b2c"));
                Some(Ok(Value::from(format!(
                    "<Stacks><member><StackName>{name}</StackName><StackId>{id}</StackId>\
                     <CreationTime>2026-11-20T10:00:00.000Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus>\
                     <Outputs>{outputs}</Outputs></member></Stacks>"
                ))))
            }
            "ListExports" => {
                let from = call
                    .text("NextToken")
                    .and_then(|token| token.parse().ok())
                    .unwrap_or(0);
                let page: String = self
                    .exports
                    .iter()
                    .skip(from)
                    .take(2)
                    .map(|(name, value)| member(&[("Name", name), ("Value", value)]))
                    .collect();
                let token = match self.exports.len() > from + 2 {
                    true => format!("<NextToken>{}</NextToken>", from + 2),
                    false => String::new(),
                };
                Some(Ok(Value::from(format!("<Exports>{page}</Exports>{token}"))))
            }
            _ => None,
        }
    }

    fn changed_at(&self, name: &str) -> f64 {
        self.changed.get(name).copied().unwrap_or(1.7e9)
    }

    /// Handles DescribeSecret, GetSecretValue and ListSecretVersionIds, by name or ARN. A change is a new version; the one
    /// before has the stage AWSPREVIOUS.
    pub fn secretsmanager(&self, call: &Call, base: &Base) -> Option<Answer> {
        let operations = ["DescribeSecret", "GetSecretValue", "ListSecretVersionIds"];
        if !operations.contains(&call.operation.as_str()) {
            return None;
        }
        let asked = call.text("SecretId").unwrap_or_default();
        let name = match asked.split_once(":secret:") {
            Some((_, name)) => name.trim_end_matches("-AbCdEf"),
            None => asked,
        };
        Some(match self.secrets.get(name) {
            None => Err(Refusal::new(
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret.",
            )),
            Some(value) => {
                let arn = base.arn_of("secretsmanager", &format!("secret:{name}-AbCdEf"));
                let mut secret = json!({"ARN": arn, "Name": name});
                if call.operation == "ListSecretVersionIds" {
                    secret["Versions"] = json!([
                        {"VersionId": "previous", "VersionStages": ["AWSPREVIOUS"], "CreatedDate": 1.6e9},
                        {"VersionId": "current", "VersionStages": ["AWSCURRENT"], "CreatedDate": self.changed_at(name)},
                    ]);
                    return Some(Ok(secret));
                }
                if let (Some(value), "GetSecretValue") = (value, call.operation.as_str()) {
                    secret["SecretString"] = value.as_str().into();
                    secret["VersionId"] = "0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f".into();
                    return Some(Ok(secret));
                }
                let tagged = self.tagged.get(name).copied().unwrap_or(0.0);
                secret["LastChangedDate"] = self.changed_at(name).max(tagged).into();
                if value.is_none() {
                    secret["DeletedDate"] = 1.7e9.into();
                }
                Ok(secret)
            }
        })
    }

    /// Handles GetObject (Amazon S3 API reference, GetObject and "Error responses"): a bucket of another region
    /// redirects, and names its region in a header.
    pub fn s3(&self, call: &Call) -> Done {
        let text = |member| call.text(member).unwrap_or_default();
        if call.operation != "GetObject" {
            return Done::Unplayed;
        }
        let not_found = |code: &str, message: &str| Refusal {
            status: 404,
            ..Refusal::new(code, message)
        };
        let Some(bucket) = self.buckets.get(text("Bucket")) else {
            let message = "The specified bucket does not exist";
            return Done::Answer(Err(not_found("NoSuchBucket", message)));
        };
        if let Some(region) = bucket
            .region
            .as_deref()
            .filter(|region| *region != text("Region"))
        {
            let message = "The bucket you are attempting to access must be addressed using the specified endpoint. \
                           Please send all future requests to this endpoint.";
            let error = s3_error(&Refusal::new("PermanentRedirect", message));
            let reply = Reply::status(301).body("application/xml", error);
            return Done::Reply(reply.with("x-amz-bucket-region", region));
        }
        let message = "The specified key does not exist.";
        Done::Answer(match bucket.objects.get(text("Key")) {
            Some(content) => Ok(Value::from(content.as_str())),
            None => Err(not_found("NoSuchKey", message)),
        })
    }

    fn parameter(&self, asked: &str, call: &Call, base: &Base) -> Option<Value> {
        let path = asked.split_once(":parameter").map_or(asked, |(_, path)| path);
        let (name, selector) = path.split_once(':').unwrap_or((path, ""));
        let stored = self.parameters.get(name)?;
        if !matches!(selector, "" | "1") {
            return None;
        }
        let text = |member: &str| stored.get(member).and_then(Value::as_str);
        let mut value = text("Value").or(stored.as_str()).unwrap_or_default().to_owned();
        let kind = text("Type").unwrap_or("String");
        if kind == "SecureString" && call.input["WithDecryption"] != true {
            value = format!("AQICAHh{:x}", value.len());
        }
        let mut parameter = json!({
            "Name": name, "Type": kind, "Value": value, "Version": 1, "DataType": "text",
            "LastModifiedDate": self.changed_at(name),
            "ARN": base.arn_of("ssm", &format!("parameter/{}", name.trim_start_matches('/'))),
        });
        if !selector.is_empty() {
            parameter["Selector"] = format!(":{selector}").into();
        }
        Some(parameter)
    }
}
