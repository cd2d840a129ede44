//! Systems Manager: parameters of Parameter Store.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::json;

use super::error::AwsError;
use super::reply::list;
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::ecs::response_time;
use crate::model::Value;

/// GetParameters accepts at most ten names (API reference).
pub const PARAMETERS_A_CALL: usize = 10;

/// A parameter (API reference: Parameter).
#[derive(Clone, PartialEq, Eq)]
pub struct StoredParameter {
    /// The ARN, without a version.
    pub arn: String,
    /// Whether it is a SecureString. Its value is encrypted then, unless it was to be decrypted.
    pub is_secure: bool,
    /// The value.
    pub value: String,
    /// When its latest version was created.
    pub modified_at: Option<Timestamp>,
}

impl Aws {
    /// Calls GetParameters for at most ten names or ARNs, and returns those that exist, by the name asked for.
    /// SecureStrings are decrypted only if asked for.
    pub async fn get_parameters(
        &self,
        names: &[String],
        decrypt: bool,
    ) -> Result<BTreeMap<String, StoredParameter>, AwsError> {
        let input = json!({"Names": names, "WithDecryption": decrypt});
        let call = AwsCall::new("ssm", "GetParameters")
            .on(names.join(", "))
            .body(&input);
        let reply = send!(self, call, self.ssm().get_parameters())?;
        let found = list(reply, "Parameters");
        let asked = |name: &String| {
            // The one with the selector, else the latest.
            let rank = |it: &&Value| {
                (
                    it.get("Selector").is_some(),
                    it.get("Version").and_then(Value::as_i64),
                )
            };
            let candidates = found.iter().filter(|parameter| is_asked(parameter, name));
            let parameter = candidates.max_by_key(rank)?;
            let text = |member: &str| parameter.get(member).and_then(Value::as_str);
            let parameter = StoredParameter {
                arn: text("ARN").unwrap_or(name).to_owned(),
                is_secure: text("Type") == Some("SecureString"),
                value: text("Value")?.to_owned(),
                modified_at: response_time(parameter, "LastModifiedDate"),
            };
            Some((name.clone(), parameter))
        };
        Ok(names.iter().filter_map(asked).collect())
    }
}

/// Whether a parameter was asked for by this name: its name or ARN, with its selector (API reference: Parameter,
/// `Selector`: "either the version number or the label", which begins with the colon). Without one in the reply, the
/// version decides.
fn is_asked(parameter: &Value, name: &str) -> bool {
    let text = |member: &str| parameter.get(member).and_then(Value::as_str).unwrap_or_default();
    let known = [text("Name"), text("ARN")]
        .into_iter()
        .filter(|it| !it.is_empty());
    let version = parameter.get("Version").map(Value::to_string);
    known.into_iter().any(|known| match name.strip_prefix(known) {
        Some("") => text("Selector").is_empty(),
        Some(selector) if selector.starts_with(':') => match text("Selector") {
            "" => {
                let selector = selector.trim_start_matches(':');
                version.as_deref() == Some(selector) || selector.parse::<u64>().is_err()
            }
            own => own.trim_start_matches(':') == selector.trim_start_matches(':'),
        },
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    fn parameter(name: &str, more: Value) -> Value {
        let mut parameter = json!({"Name": name, "ARN": format!("arn:aws:ssm:us-east-1:123456789012:parameter{name}"),
            "Type": "String", "Value": format!("value of {name}"), "Version": 3});
        parameter
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        parameter
    }

    #[test]
    fn versions_are_found_without_a_selector() {
        let found = parameter("/a", json!({}));
        for (name, expected) in [
            ("/a", true),
            ("/a:3", true),
            ("/a:2", false),
            ("/a:label", true),
            ("/ab", false),
        ] {
            assert_eq!(is_asked(&found, name), expected, "{name}");
        }
    }

    #[tokio::test]
    async fn parameters_are_found_by_the_name_asked_for() {
        let found = [
            parameter("/a", json!({"Selector": ":3"})),
            parameter("/b", json!({"Type": "SecureString"})),
            parameter("/a", json!({"Value": "latest"})),
        ];
        let fake = FakeAws::answering([Answer::ok(
            json!({"Parameters": found, "InvalidParameters": ["/c"]}),
        )])
        .await;
        let arn = "arn:aws:ssm:us-east-1:123456789012:parameter/b";
        let names = ["/a:3", arn, "/a", "/c"].map(str::to_owned);
        let parameters = fake.session().await.get_parameters(&names, false).await.unwrap();
        assert_eq!(parameters.keys().collect::<Vec<_>>(), ["/a", "/a:3", arn]);
        assert_eq!(parameters["/a"].value, "latest");
        assert_eq!(parameters["/a:3"].value, "value of /a");
        assert!(parameters[arn].is_secure && !parameters["/a"].is_secure);
        let request = fake.requests()[0].json();
        assert_eq!(request, json!({"Names": names, "WithDecryption": false}));
    }
}
