//! `variables`, `secrets` and `env_file` of a container.

use super::interpolation;
use super::parts::WorkloadParts;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::secret_todo::secret_todo;
use crate::model::Node;
use crate::schema::holds_secret;

/// Adds the variables that Copilot sets, those of the manifest, the secrets and the file.
pub(super) fn add(node: &Node, container: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let environment = environment(node, container, parts);
    container.put("environment", environment);
    let file = node.get("env_file").filter(|node| !node.is_null());
    if let Some(file) = file.and_then(|node| parts.reader.text("env_file", node)) {
        let path = parts.path(&file);
        container.put("envFile", DraftValue::List(vec![path.as_str().into()]));
    }
    let secrets = secrets("secrets", node.get("secrets"), parts);
    if !secrets.is_empty() {
        container.put("secrets", secrets);
    }
}

/// Returns the variables: those of Copilot first (AWS Copilot CLI documentation, "Environment Variables").
fn environment(node: &Node, notes: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) -> DraftMap {
    let mut variables = DraftMap::default();
    let application = parts.application();
    let environment = format!("${{{}}}", interpolation::ENVIRONMENT);
    variables.put("COPILOT_APPLICATION_NAME", application.as_str());
    variables.put("COPILOT_ENVIRONMENT_NAME", environment.as_str());
    variables.put("COPILOT_SERVICE_NAME", parts.name);
    let endpoint = format!("{environment}.{application}.local");
    variables.put("COPILOT_SERVICE_DISCOVERY_ENDPOINT", endpoint.as_str());
    let own = node
        .get("variables")
        .map_or(&[][..], |it| parts.reader.members("variables", it));
    for entry in own.iter().filter(|entry| !entry.value.is_null()) {
        let value = match entry.value.get("from_cfn") {
            Some(export) => exported(export, parts),
            None => parts.reader.text(&entry.key, &entry.value),
        };
        let Some(value) = value else { continue };
        if holds_secret(&entry.key, &value) {
            notes.todo(secret_todo(&entry.key));
        }
        variables.remove(&entry.key);
        variables.put(&entry.key, value.as_str());
    }
    variables
}

/// Returns the secrets as ECS takes them: the name or the ARN of a parameter, or the ARN of a secret.
pub(super) fn secrets(what: &str, node: Option<&Node>, parts: &mut WorkloadParts<'_, '_>) -> DraftMap {
    let mut secrets = DraftMap::default();
    let entries = node.map_or(&[][..], |node| parts.reader.members(what, node));
    for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
        let value = if let Some(name) = entry.value.get("secretsmanager") {
            let name = parts.reader.text("secretsmanager", name);
            name.map(|name| match name.starts_with("arn:") {
                true => name,
                false => format!("arn:aws:secretsmanager:${{aws.region}}:${{aws.account}}:secret:{name}"),
            })
        } else if let Some(export) = entry.value.get("from_cfn") {
            exported(export, parts)
        } else {
            parts.reader.text(&entry.key, &entry.value)
        };
        if let Some(value) = value {
            secrets.put(&entry.key, value.as_str());
        }
    }
    secrets
}

/// Returns the reference to an export of a CloudFormation stack.
pub(super) fn exported(name: &Node, parts: &mut WorkloadParts<'_, '_>) -> Option<String> {
    let name = parts.reader.text("from_cfn", name)?;
    Some(format!("${{cfnExport:{name}}}"))
}
