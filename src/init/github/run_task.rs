//! The inputs of amazon-ecs-deploy-task-definition about a task outside of a service (its action.yml and index.js).

use super::values::{ValueScope, WorkflowValues};
use super::workflow::WorkflowStep;
use crate::init::draft::{DraftMap, DraftValue};
use crate::model::Value;

/// Whether a step runs a task.
pub(super) fn is_wanted(step: &WorkflowStep) -> bool {
    step.input("run-task")
        .is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

/// Drafts the job that runs before a service is updated.
pub(super) fn job_of_service(
    step: &WorkflowStep,
    scope: ValueScope<'_>,
    service: &str,
    values: &mut WorkflowValues<'_>,
) -> DraftMap {
    let mut job = DraftMap::default();
    job.put("service", service);
    put_members(&mut job, step, scope, values);
    job
}

/// Adds the members of RunTask that a step sets.
pub(super) fn put_members(
    job: &mut DraftMap,
    step: &WorkflowStep,
    scope: ValueScope<'_>,
    values: &mut WorkflowValues<'_>,
) {
    let mut input = |name: &str| step.input(name).map(|text| values.text(text, scope));
    for (name, path) in [
        (
            "run-task-container-overrides",
            &["overrides", "containerOverrides"][..],
        ),
        (
            "run-task-capacity-provider-strategy",
            &["capacityProviderStrategy"],
        ),
        ("run-task-tags", &["tags"]),
    ] {
        if let Some(written) = input(name) {
            put_json(job, path, name, &written);
        }
    }
    let strategy = step.input("run-task-capacity-provider-strategy");
    if let Some(launch_type) = input("run-task-launch-type").filter(|_| strategy.is_none()) {
        job.put("launchType", DraftValue::literal(&Value::from(launch_type)));
    }
    let (subnets, groups) = (input("run-task-subnets"), input("run-task-security-groups"));
    if subnets.is_some() || groups.is_some() {
        let mut network = DraftMap::default();
        for (key, written) in [("subnets", subnets), ("securityGroups", groups)] {
            if let Some(written) = written {
                network.put(key, list(&written));
            }
        }
        if let Some(assigned) = input("run-task-assign-public-IP") {
            network.put("assignPublicIp", DraftValue::literal(&Value::from(assigned)));
        }
        let mut configuration = DraftMap::default();
        configuration.put("awsvpcConfiguration", network);
        job.put("networkConfiguration", configuration);
    }
}

fn list(written: &str) -> DraftValue {
    let items = written.split(',').map(str::trim).filter(|item| !item.is_empty());
    DraftValue::literal(&items.collect::<Value>())
}

fn put_json(job: &mut DraftMap, path: &[&str], name: &str, written: &str) {
    let Ok(value) = serde_json::from_str::<Value>(written) else {
        return job.todo(format!("add what `{name}` has: {written}"));
    };
    let [outer @ .., last] = path else { return };
    let mut inner = DraftMap::default();
    inner.put(last, DraftValue::literal(&value));
    match outer {
        [outer, ..] => job.put(outer, inner),
        [] => job.lines.append(&mut inner.lines),
    }
}
