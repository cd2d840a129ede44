//! The inputs of amazon-ecs-deploy-task-definition about a service (its action.yml).

use super::values::{ValueScope, WorkflowValues};
use super::workflow::WorkflowStep;
use crate::init::draft::{DraftMap, DraftValue};
use crate::model::Value;

/// The inputs that are read elsewhere, or that say how the action itself works. ecsctl waits for the service, and for
/// tasks, without being asked.
const READ: [&str; 12] = [
    "task-definition",
    "service",
    "cluster",
    "desired-count",
    "propagate-tags",
    "enable-ecs-managed-tags",
    "service-managed-ebs-volume-name",
    "service-managed-ebs-volume",
    "wait-for-service-stability",
    "wait-for-task-stopped",
    "wait-max-delay-seconds",
    "max-retries",
];

/// Adds the members of a service that a step sets.
pub(super) fn put_inputs(
    drafted: &mut DraftMap,
    step: &WorkflowStep,
    scope: ValueScope<'_>,
    values: &mut WorkflowValues<'_>,
) {
    let mut input = |name: &str| step.input(name).map(|text| values.text(text, scope));
    if let Some(count) = input("desired-count") {
        drafted.put("desiredCount", scalar(&count));
    }
    if let Some(tags) = input("propagate-tags") {
        drafted.put("propagateTags", scalar(&tags));
    }
    if let Some(is_enabled) = input("enable-ecs-managed-tags") {
        drafted.put("enableECSManagedTags", scalar(&is_enabled));
    }
    let volume = (
        input("service-managed-ebs-volume-name"),
        input("service-managed-ebs-volume"),
    );
    if let (Some(name), Some(written)) = volume {
        match serde_json::from_str::<Value>(&written) {
            Ok(settings) => {
                let volume = serde_json::json!([{"name": name, "managedEBSVolume": settings}]);
                drafted.put("volumeConfigurations", DraftValue::literal(&volume));
            }
            Err(_) => drafted.todo(format!(
                "add `volumeConfigurations` for the volume {name}: {written}"
            )),
        }
    }
    put_code_deploy(drafted, &mut input);
    for (name, text) in step.with.iter().filter(|(_, text)| !text.trim().is_empty()) {
        put_other(drafted, &name.to_ascii_lowercase(), text.trim());
    }
}

fn put_code_deploy(drafted: &mut DraftMap, input: &mut dyn FnMut(&str) -> Option<String>) {
    let mut code_deploy = DraftMap::default();
    for (name, key) in [
        ("codedeploy-application", "applicationName"),
        ("codedeploy-deployment-group", "deploymentGroupName"),
        ("codedeploy-deployment-config", "deploymentConfigName"),
    ] {
        if let Some(text) = input(name) {
            code_deploy.put(key, scalar(&text));
        }
    }
    let appspec = input("codedeploy-appspec");
    if code_deploy.is_empty() && appspec.is_none() {
        return;
    }
    let mut controller = DraftMap::default();
    controller.put("type", "CODE_DEPLOY");
    drafted.put("deploymentController", controller);
    if let Some(appspec) = appspec {
        drafted.todo(format!(
            "add the hooks of {appspec} under `codeDeploy`, as `hooks`, if it has any"
        ));
    }
    if !code_deploy.is_empty() {
        drafted.put("codeDeploy", code_deploy);
    }
}

/// Says where an input is that the file doesn't have.
fn put_other(drafted: &mut DraftMap, name: &str, text: &str) {
    let is_read = READ.contains(&name)
        || name.starts_with("run-task")
        || matches!(
            name,
            "codedeploy-application"
                | "codedeploy-deployment-group"
                | "codedeploy-deployment-config"
                | "codedeploy-appspec"
        );
    match name {
        _ if is_read => {}
        "wait-for-minutes" => drafted.comment(format!(
            "`ecsctl deploy --timeout` is the workflow's `wait-for-minutes: {text}`, 15 minutes by default"
        )),
        "force-new-deployment" => {
            drafted.comment("the workflow's `force-new-deployment` is `ecsctl deploy --force`");
        }
        _ => drafted.todo(format!("the input `{name}: {text}` has no counterpart")),
    }
}

/// Returns a text as YAML has it: GitHub passes numbers and booleans on as texts.
pub(super) fn scalar(text: &str) -> DraftValue {
    match text {
        "true" | "false" => DraftValue::Scalar(Value::Bool(text == "true")),
        _ => match text.parse::<i64>() {
            Ok(number) => number.into(),
            Err(_) => DraftValue::literal(&Value::from(text)),
        },
    }
}
