//! Terraform's state, as Terraform 0.12 and OpenTofu store it: format 4 (github.com/hashicorp/terraform,
//! `internal/states/statefile/version4.go`).

use std::collections::BTreeMap;
use std::fmt;

use super::state_address::{ResourceAddress, StateAddress, StateStep, StateTarget};
use crate::diagnostic::joined;
use crate::model::{Object, Value};
use crate::schema::{nearest, similar_name};

/// A state.
#[derive(Clone, PartialEq, Eq)]
pub struct TerraformState {
    outputs: Object,
    /// The instances of each resource, by its address.
    resources: BTreeMap<String, Vec<Value>>,
}

impl fmt::Debug for TerraformState {
    /// Omits the content, because it contains secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TerraformState").finish_non_exhaustive()
    }
}

/// A value of a state.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StateValue<'s> {
    pub value: &'s Value,
    /// Whether Terraform marks it, or a part of it, as sensitive.
    pub is_sensitive: bool,
}

/// Why a state has no value at an address, and what may be meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StateMiss {
    pub reason: String,
    pub label: String,
}

impl TerraformState {
    /// Reads a state, or returns why it can't be used. The reason shows nothing of the content.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return Err("it is empty".to_owned());
        }
        let root = match serde_json::from_str(text) {
            Ok(Value::Object(root)) => root,
            Ok(_) => return Err("it is no Terraform state".to_owned()),
            Err(error) if error.is_eof() => return Err("it is JSON that doesn't end".to_owned()),
            Err(error) => return Err(format!("it is not JSON, at line {}", error.line())),
        };
        // github.com/opentofu/opentofu, internal/encryption/base.go
        if root.contains_key("encrypted_data") {
            return Err("OpenTofu encrypted it: `tofu state pull` decrypts it".to_owned());
        }
        match root.get("version") {
            Some(version) if version.as_u64() == Some(4) => {}
            // .terraform/terraform.tfstate
            Some(_) if root.contains_key("backend") => return Err(backend(&root)),
            Some(Value::Number(version)) => {
                return Err(format!(
                    "its format is version {version}; ecsctl reads version 4, which Terraform 0.12 introduced"
                ));
            }
            _ => return Err("it is JSON, and no Terraform state: it has no `version`".to_owned()),
        }
        let outputs = root.get("outputs").and_then(Value::as_object);
        let resources = root.get("resources").and_then(Value::as_array);
        let resources = resources.into_iter().flatten();
        Ok(Self {
            outputs: outputs.cloned().unwrap_or_default(),
            resources: resources
                .map(|resource| (address_of(resource), instances_of(resource)))
                .collect(),
        })
    }

    /// Returns the value at an address.
    pub(super) fn find(&self, address: &StateAddress) -> Result<StateValue<'_>, StateMiss> {
        match &address.target {
            StateTarget::Output(name) => {
                let output = self.output(name)?;
                Ok(StateValue {
                    value: descend(
                        output.get("value").unwrap_or(&Value::Null),
                        &address.path,
                        &format!("output.{name}"),
                    )?,
                    is_sensitive: output.get("sensitive").and_then(Value::as_bool) == Some(true),
                })
            }
            StateTarget::Resource(resource) => {
                let instance = self.instance(resource)?;
                Ok(StateValue {
                    value: descend(
                        instance.get("attributes").unwrap_or(&Value::Null),
                        &address.path,
                        &resource.text(),
                    )?,
                    is_sensitive: is_sensitive(instance, &address.path),
                })
            }
        }
    }

    fn output(&self, name: &str) -> Result<&Value, StateMiss> {
        self.outputs.get(name).ok_or_else(|| {
            let known = self.outputs.keys().map(String::as_str);
            StateMiss {
                reason: format!("the Terraform state has no output `{name}`"),
                label: meant(name, known, "outputs"),
            }
        })
    }

    /// Returns the one instance of a resource that is meant.
    fn instance(&self, address: &ResourceAddress) -> Result<&Value, StateMiss> {
        let of_resource = ResourceAddress {
            index: None,
            ..address.clone()
        };
        let name = of_resource.text();
        let Some(instances) = self.resources.get(&name) else {
            return Err(StateMiss {
                reason: format!("the Terraform state has no resource `{name}`"),
                label: match self.outputs.contains_key(&address.kind) {
                    true => format!("did you mean the output `output.{}`?", address.kind),
                    false => meant(&name, self.resources.keys().map(String::as_str), "resources"),
                },
            });
        };
        let is_meant = |instance: &Value| match (instance.get("index_key"), &address.index) {
            (None | Some(Value::Null), None) => true,
            (Some(Value::String(key)), Some(StateStep::Key(index))) => key == index,
            (Some(Value::Number(number)), Some(StateStep::Element(index))) => {
                number.as_u64() == u64::try_from(*index).ok()
            }
            _ => false,
        };
        if let Some(instance) = instances.iter().find(|instance| is_meant(instance)) {
            return Ok(instance);
        }
        let indexes: Vec<String> = instances.iter().filter_map(index_of).collect();
        Err(StateMiss {
            reason: match &address.index {
                None if !indexes.is_empty() => format!("`{name}` has several instances"),
                None => format!("`{name}` has no instance in the Terraform state"),
                Some(index) => format!("`{name}` has no instance `{}`", index.in_brackets()),
            },
            label: match (indexes.is_empty(), instances.is_empty()) {
                (false, _) => format!("it has {}", joined(&indexes)),
                (true, false) => format!("write {name} without an index"),
                (true, true) => "it has no instances".to_owned(),
            },
        })
    }
}

/// Says that a file only names where the state is, and where that is.
fn backend(root: &Object) -> String {
    let backend = root.get("backend");
    let config = |name: &str| backend?.get("config")?.get(name)?.as_str();
    match (
        backend.and_then(|it| it.get("type")?.as_str()),
        config("bucket"),
        config("key"),
    ) {
        (Some("s3"), Some(bucket), Some(key)) => {
            format!("it only says where the state is: write s3://{bucket}/{key}")
        }
        _ => "it only says where the state is: `terraform state pull` prints the state".to_owned(),
    }
}

/// Returns a resource's address.
fn address_of(resource: &Value) -> String {
    let text = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or_default();
    ResourceAddress {
        module: text("module").to_owned(),
        is_data: text("mode") == "data",
        kind: text("type").to_owned(),
        name: text("name").to_owned(),
        index: None,
    }
    .text()
}

/// Returns a resource's instances. What is to be destroyed later has a `deposed` key.
fn instances_of(resource: &Value) -> Vec<Value> {
    let instances = resource.get("instances").and_then(Value::as_array);
    let is_deposed = |instance: &Value| instance.get("deposed").is_some_and(|key| !key.is_null());
    let instances = instances.into_iter().flatten();
    instances
        .filter(|instance| !is_deposed(instance))
        .cloned()
        .collect()
}

/// Returns an instance's index in brackets.
fn index_of(instance: &Value) -> Option<String> {
    let key = instance.get("index_key").filter(|key| !key.is_null())?;
    Some(format!("[{key}]"))
}

/// Follows a path; `whole` is what it starts at, for messages.
fn descend<'v>(value: &'v Value, path: &[StateStep], whole: &str) -> Result<&'v Value, StateMiss> {
    let mut found = value;
    let mut place = whole.to_owned();
    for step in path {
        found = inner(found, step).ok_or_else(|| StateMiss {
            reason: format!("`{place}` has no `{}` in the Terraform state", step.plain()),
            label: match found {
                Value::Object(members) => meant(&step.plain(), members.keys().map(String::as_str), "members"),
                Value::Array(elements) if elements.is_empty() => "it is an empty list".to_owned(),
                Value::Array(elements) => format!("it is a list: write [0] to [{}]", elements.len() - 1),
                Value::Null => "it is null".to_owned(),
                _ => "it is a single value".to_owned(),
            },
        })?;
        place += &step.text();
    }
    Ok(found)
}

fn inner<'v>(value: &'v Value, step: &StateStep) -> Option<&'v Value> {
    match (value, step) {
        (Value::Object(members), StateStep::Member(name) | StateStep::Key(name)) => {
            members.get(name).or_else(|| {
                // A value of any type is stored with its type (the outputs of `terraform_remote_state`).
                let is_typed = members.len() == 2 && members.contains_key("type");
                inner(members.get("value").filter(|_| is_typed)?, step)
            })
        }
        (Value::Array(elements), StateStep::Element(number)) => elements.get(*number),
        (Value::Array(elements), StateStep::Member(number)) => elements.get(number.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Whether a value at this path, or a part of it, is among the instance's `sensitive_attributes`.
fn is_sensitive(instance: &Value, path: &[StateStep]) -> bool {
    let marked = instance.get("sensitive_attributes").and_then(Value::as_array);
    marked.into_iter().flatten().any(|marked| {
        let steps = marked.as_array().into_iter().flatten();
        steps
            .zip(path)
            .all(|(step, of_path)| step_of(step).is_none_or(|step| step == of_path.plain()))
    })
}

/// Returns the name or number in a step of `sensitive_attributes`.
fn step_of(step: &Value) -> Option<String> {
    let value = step.get("value")?;
    match value.get("value").unwrap_or(value) {
        Value::String(name) => Some(name.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns which of the known names may be meant.
fn meant<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone, what: &str) -> String {
    if let Some(meant) = similar_name(name, known.clone()) {
        return format!("did you mean `{meant}`?");
    }
    match nearest(name, known, 5) {
        nearest if nearest.is_empty() => format!("it has no {what}"),
        nearest => format!("it has {}", joined(&nearest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn state() -> TerraformState {
        let instance = |key: Value, arn: &str| json!({"index_key": key, "attributes": {"arn": arn}});
        let lb = json!({"arn": "arn:lb", "port": 80, "tags": {"a.b": "x"}, "rules": [{"id": "r0"}, {"id": "r1"}],
            "password": "planted", "none": null, "empty": []});
        let sensitive = json!([[{"type": "get_attr", "value": "password"}],
            [{"type": "get_attr", "value": "rules"}, {"type": "index", "value": {"value": 1, "type": "number"}}]]);
        let remote = json!({"outputs": {"value": {"vpc": "vpc-2"}, "type": ["object", {"vpc": "string"}]}});
        let resource = |module: &str, mode: &str, kind: &str, name: &str, instances: Value| json!({"module": module, "mode": mode, "type": kind, "name": name, "instances": instances});
        let root = json!({"version": 4, "outputs": {
            "vpc_id": {"value": "vpc-1", "type": "string"},
            "key": {"value": "planted", "type": "string", "sensitive": true},
            "subnets": {"value": ["s-1", "s-2"], "type": ["list", "string"]}},
        "resources": [
            resource("", "managed", "aws_lb", "web", json!([
                {"deposed": "0a1b", "attributes": {"arn": "old"}},
                {"attributes": lb, "sensitive_attributes": sensitive}])),
            resource("", "managed", "aws_lb", "many", json!([instance(json!(0), "m0"), instance(json!(1), "m1")])),
            resource("module.a[\"b\"]", "managed", "aws_lb", "each", json!([instance(json!("k"), "ek")])),
            resource("", "managed", "aws_lb", "gone", json!([])),
            resource("", "data", "terraform_remote_state", "net", json!([{"attributes": remote}])),
        ]});
        TerraformState::parse(&root.to_string()).unwrap()
    }

    fn look_up(address: &str) -> String {
        let address = StateAddress::parse(address).unwrap();
        match state().find(&address) {
            Ok(found) if found.is_sensitive => format!("{} (sensitive)", found.value),
            Ok(found) => found.value.to_string(),
            Err(miss) => format!("{}: {}", miss.reason, miss.label),
        }
    }

    #[test]
    fn values_are_found_by_their_address() {
        for (address, expected) in [
            ("vpc_id", "\"vpc-1\""),
            ("output.vpc_id", "\"vpc-1\""),
            ("subnets[1]", "\"s-2\""),
            ("output.subnets.1", "\"s-2\""),
            ("key", "\"planted\" (sensitive)"),
            ("aws_lb.web.arn", "\"arn:lb\""),
            ("aws_lb.web.port", "80"),
            ("aws_lb.web.tags[\"a.b\"]", "\"x\""),
            ("aws_lb.web.rules[0].id", "\"r0\""),
            ("aws_lb.web.rules[1].id", "\"r1\" (sensitive)"),
            (
                "aws_lb.web.rules",
                "[{\"id\":\"r0\"},{\"id\":\"r1\"}] (sensitive)",
            ),
            ("aws_lb.web.password", "\"planted\" (sensitive)"),
            ("aws_lb.many[1].arn", "\"m1\""),
            ("module.a[\"b\"].aws_lb.each[\"k\"].arn", "\"ek\""),
            ("data.terraform_remote_state.net.outputs.vpc", "\"vpc-2\""),
        ] {
            assert_eq!(look_up(address), expected, "{address}");
        }
    }

    #[test]
    fn missing_values_say_what_there_is() {
        for (address, expected) in [
            (
                "vpc_ids",
                "the Terraform state has no output `vpc_ids`: did you mean `vpc_id`?",
            ),
            (
                "aws_lb.wbe.arn",
                "the Terraform state has no resource `aws_lb.wbe`: did you mean `aws_lb.web`?",
            ),
            (
                "vpc_id.x.y",
                "the Terraform state has no resource `vpc_id.x`: did you mean the output `output.vpc_id`?",
            ),
            (
                "aws_lb.web.anr",
                "`aws_lb.web` has no `anr` in the Terraform state: did you mean `arn`?",
            ),
            (
                "aws_lb.many.arn",
                "`aws_lb.many` has several instances: it has [0], [1]",
            ),
            (
                "aws_lb.many[2].arn",
                "`aws_lb.many` has no instance `[2]`: it has [0], [1]",
            ),
            (
                "aws_lb.web[0].arn",
                "`aws_lb.web` has no instance `[0]`: write aws_lb.web without an index",
            ),
            (
                "aws_lb.gone.arn",
                "`aws_lb.gone` has no instance in the Terraform state: it has no instances",
            ),
            (
                "aws_lb.web.rules.id",
                "`aws_lb.web.rules` has no `id` in the Terraform state: it is a list: write [0] to [1]",
            ),
            (
                "aws_lb.web.empty[0]",
                "`aws_lb.web.empty` has no `0` in the Terraform state: it is an empty list",
            ),
            (
                "vpc_id[0]",
                "`output.vpc_id` has no `0` in the Terraform state: it is a single value",
            ),
            (
                "aws_lb.web.none.x",
                "`aws_lb.web.none` has no `x` in the Terraform state: it is null",
            ),
        ] {
            assert_eq!(look_up(address), expected, "{address}");
        }
    }

    #[test]
    fn unusable_states_say_why() {
        for (text, expected) in [
            ("", "it is empty"),
            ("\n", "it is empty"),
            ("[]", "it is no Terraform state"),
            ("{\"version\": 4", "it is JSON that doesn't end"),
            ("{\n\"version\": planted", "it is not JSON, at line 2"),
            ("{}", "it is JSON, and no Terraform state: it has no `version`"),
            (
                "{\"version\": \"planted\"}",
                "it is JSON, and no Terraform state: it has no `version`",
            ),
            (
                "{\"version\": 3}",
                "its format is version 3; ecsctl reads version 4, which Terraform 0.12 introduced",
            ),
            (
                "{\"serial\": 1, \"encrypted_data\": \"x\", \"encryption_version\": \"v0\"}",
                "OpenTofu encrypted it: `tofu state pull` decrypts it",
            ),
            (
                "{\"version\": 3, \"backend\": {\"type\": \"s3\", \"config\": {\"bucket\": \"b\", \"key\": \"k\"}}}",
                "it only says where the state is: write s3://b/k",
            ),
            (
                "{\"version\": 3, \"backend\": {\"type\": \"gcs\"}}",
                "it only says where the state is: `terraform state pull` prints the state",
            ),
        ] {
            assert_eq!(TerraformState::parse(text).unwrap_err(), expected, "{text}");
        }
        assert!(!format!("{:?}", state()).contains("planted"));
    }
}
