//! Task definitions, with everything that ECS adds on registration (notes: `docs/ecs-behavior.md` §4).

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::base::{Base, now};
use super::name_in;
use super::page::page;
use crate::support::protocol::{Answer, Call, Refusal};

/// Revisions by family; the first is revision 1.
#[derive(Default)]
pub struct Definitions {
    families: IndexMap<String, Vec<Revision>>,
}

/// One revision.
#[derive(Clone)]
pub struct Revision {
    /// TaskDefinition, as ECS describes it.
    pub value: Value,
    pub tags: Vec<Value>,
}

impl Revision {
    fn is_active(&self) -> bool {
        self.value["status"] == "ACTIVE"
    }
}

impl Definitions {
    /// Returns the revisions of a family.
    pub fn family(&self, family: &str) -> &[Revision] {
        self.families.get(family).map_or(&[], Vec::as_slice)
    }

    /// Finds `FAMILY` (its latest ACTIVE revision), `FAMILY:REV`, or an ARN.
    pub fn find(&self, named: &str) -> Option<&Revision> {
        match name_in(named).rsplit_once(':') {
            Some((family, number)) => {
                let number: usize = number.parse().ok()?;
                self.family(family).get(number.checked_sub(1)?)
            }
            None => self
                .family(name_in(named))
                .iter()
                .rev()
                .find(|revision| revision.is_active()),
        }
    }

    /// Returns the ARN of a definition that can be deployed, or ECS's error.
    pub fn deployable(&self, named: &str) -> Result<String, Refusal> {
        let revision = self
            .find(named)
            .ok_or_else(|| Refusal::new("ClientException", "TaskDefinition not found."))?;
        if revision.is_active() {
            Ok(text(&revision.value, "taskDefinitionArn"))
        } else {
            Err(Refusal::new("ClientException", "TaskDefinition is inactive"))
        }
    }

    /// Registers a task definition.
    pub fn register(&mut self, call: &Call, base: &mut Base) -> Answer {
        let revision = self.add(&call.input, base)?;
        Ok(with_tags(&revision, true))
    }

    /// Adds a revision from an input.
    pub fn add(&mut self, input: &Value, base: &Base) -> Result<Revision, Refusal> {
        let Some(family) = input["family"].as_str() else {
            return Err(Refusal::new("ClientException", "Family should not be blank."));
        };
        let containers = input["containerDefinitions"].as_array();
        if containers.is_none_or(Vec::is_empty) {
            return Err(Refusal::new("ClientException", "Container list cannot be empty."));
        }
        let revisions = self.families.entry(family.to_owned()).or_default();
        let number = revisions.len() + 1;
        let mut value = described(input);
        value["taskDefinitionArn"] = base.arn(&format!("task-definition/{family}:{number}")).into();
        value["revision"] = number.into();
        value["registeredBy"] = base.caller.clone().into();
        let tags = input["tags"].as_array().cloned().unwrap_or_default();
        revisions.push(Revision { value, tags });
        Ok(revisions[number - 1].clone())
    }

    pub(super) fn describe(&self, call: &Call) -> Answer {
        let named = call.text("taskDefinition").unwrap_or_default();
        let revision = self
            .find(named)
            .ok_or_else(|| Refusal::new("ClientException", "Unable to describe task definition."))?;
        let wants_tags = call.texts("include").iter().any(|wish| wish == "TAGS");
        Ok(with_tags(revision, wants_tags))
    }

    /// Deregisters all revisions of a family.
    pub fn deregister_family(&mut self, family: &str) {
        let revisions = self.families.get_mut(family).into_iter().flatten();
        revisions.for_each(|revision| revision.value["status"] = "INACTIVE".into());
    }

    pub(super) fn deregister(&mut self, call: &Call, base: &Base) -> Answer {
        let named = call.text("taskDefinition").unwrap_or_default();
        let arn = self
            .find(named)
            .map(|found| text(&found.value, "taskDefinitionArn"));
        let revisions = self.families.values_mut().flatten();
        let mut same = revisions.filter(|revision| Some(text(&revision.value, "taskDefinitionArn")) == arn);
        let revision = same.next().ok_or_else(|| {
            Refusal::new(
                "ClientException",
                format!("Unable to find {named} in {}", base.region),
            )
        })?;
        revision.value["status"] = "INACTIVE".into();
        revision.value["deregisteredAt"] = now();
        Ok(json!({"taskDefinition": revision.value}))
    }

    pub(super) fn list(&self, call: &Call, page_size: Option<usize>) -> Answer {
        let status = call.text("status").unwrap_or("ACTIVE");
        let family = call.text("familyPrefix");
        let mut arns: Vec<Value> = self
            .families
            .iter()
            .filter(|(name, _)| family.is_none_or(|family| family == name.as_str()))
            .flat_map(|(_, revisions)| revisions)
            .filter(|revision| revision.value["status"] == status)
            .map(|revision| revision.value["taskDefinitionArn"].clone())
            .collect();
        if call.text("sort") == Some("DESC") {
            arns.reverse();
        }
        page("taskDefinitionArns", arns, call, 100, page_size)
    }
}

fn with_tags(revision: &Revision, wanted: bool) -> Value {
    let mut answer = json!({"taskDefinition": revision.value});
    if wanted {
        answer["tags"] = Value::from(revision.tags.clone());
    }
    answer
}

/// Returns a string member.
pub fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}

/// Returns what DescribeTaskDefinition shows for an input.
fn described(input: &Value) -> Value {
    let mut value = input.clone();
    let Some(members) = value.as_object_mut() else {
        return value;
    };
    members.shift_remove("tags");
    for (member, default) in [
        ("networkMode", json!("bridge")),
        ("volumes", json!([])),
        ("placementConstraints", json!([])),
        ("status", json!("ACTIVE")),
        ("requiresAttributes", requires(input)),
        ("compatibilities", compatibilities(input)),
        ("registeredAt", now()),
    ] {
        members.entry(member).or_insert(default);
    }
    let is_awsvpc = members["networkMode"] == "awsvpc";
    for container in list_mut(members, "containerDefinitions") {
        describe_container(container, is_awsvpc);
    }
    for volume in list_mut(members, "volumes") {
        describe_volume(volume);
    }
    for member in ["cpu", "memory"] {
        if let Some(Value::String(size)) = members.get_mut(member) {
            *size = plain_size(size);
        }
    }
    value
}

/// Normalizes sizes: "1 vCPU" is 1024, "2 GB" is 2048.
fn plain_size(size: &str) -> String {
    let lower = size.to_lowercase();
    let scaled = lower
        .strip_suffix("vcpu")
        .or_else(|| lower.strip_suffix("gb"))
        .and_then(|number| number.trim().parse::<f64>().ok());
    scaled.map_or_else(|| size.to_owned(), |number| format!("{:.0}", number * 1024.0))
}

fn list_mut<'a>(
    members: &'a mut Map<String, Value>,
    member: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let list = members.get_mut(member).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn describe_container(container: &mut Map<String, Value>, is_awsvpc: bool) {
    for (member, default) in [
        ("cpu", json!(0)),
        ("portMappings", json!([])),
        ("essential", json!(true)),
        ("environment", json!([])),
        ("mountPoints", json!([])),
        ("volumesFrom", json!([])),
        ("systemControls", json!([])),
    ] {
        container.entry(member).or_insert(default);
    }
    for port in list_mut(container, "portMappings") {
        let host = if is_awsvpc {
            port.get("containerPort").cloned().unwrap_or_default()
        } else {
            json!(0)
        };
        port.entry("hostPort").or_insert(host);
        port.entry("protocol").or_insert(json!("tcp"));
    }
    for mount in list_mut(container, "mountPoints") {
        mount.entry("readOnly").or_insert(json!(false));
    }
    // ECS doesn't guarantee their order; reversing it reveals code that relies on it.
    for member in ["environment", "secrets"] {
        if let Some(Value::Array(list)) = container.get_mut(member) {
            list.reverse();
        }
    }
    if let Some(Value::Object(check)) = container.get_mut("healthCheck") {
        for (member, default) in [("interval", 30), ("timeout", 5), ("retries", 3)] {
            check.entry(member).or_insert(json!(default));
        }
    }
}

fn describe_volume(volume: &mut Map<String, Value>) {
    if volume.len() == 1 {
        volume.insert("host".to_owned(), json!({}));
    }
    if let Some(Value::Object(efs)) = volume.get_mut("efsVolumeConfiguration") {
        efs.entry("rootDirectory").or_insert(json!("/"));
    }
}

fn requires(input: &Value) -> Value {
    let mut names = vec!["com.amazonaws.ecs.capability.docker-remote-api.1.18"];
    if input["networkMode"] == "awsvpc" {
        names.push("ecs.capability.task-eni");
    }
    if input.get("executionRoleArn").is_some() {
        names.push("ecs.capability.execution-role-awslogs");
    }
    names.iter().map(|name| json!({"name": name})).collect()
}

fn compatibilities(input: &Value) -> Value {
    if input["networkMode"] == "awsvpc" && input.get("cpu").is_some() {
        json!(["EC2", "FARGATE", "MANAGED_INSTANCES"])
    } else {
        json!(["EXTERNAL", "EC2", "MANAGED_INSTANCES"])
    }
}
