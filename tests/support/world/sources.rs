//! What deploy.yaml may refer to besides ECS and ECR: parameters.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::base::Base;
use crate::support::protocol::{Answer, Call, Refusal};

/// What is stored in the account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Stored {
    /// Parameters of Parameter Store, by name: a value, or members of Parameter.
    pub parameters: IndexMap<String, Value>,
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
            "LastModifiedDate": 1.7e9,
            "ARN": base.arn_of("ssm", &format!("parameter/{}", name.trim_start_matches('/'))),
        });
        if !selector.is_empty() {
            parameter["Selector"] = format!(":{selector}").into();
        }
        Some(parameter)
    }
}
