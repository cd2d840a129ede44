//! Content pasted from elsewhere: AWS responses, definitions for instances, other tools' variables.

use super::*;

fn errors(definition: &str) -> Vec<String> {
    let text = format!("services:\n  web:\n    taskDefinition: {definition}\n");
    let Err(rejected) = FileCase::default().load(&text) else {
        return Vec::new();
    };
    let said = |problem: &crate::diagnostic::Problem| {
        let label = problem.label.as_deref().unwrap_or_default();
        format!("{}: {label}", problem.message)
    };
    rejected.problems.sorted().into_iter().map(said).collect()
}

const CONTAINERS: &str = r#""containerDefinitions": [{"name": "web", "image": "nginx", "memory": 64}]"#;

#[test]
fn what_only_aws_writes_is_called_that() {
    let said = errors(&format!(
        r#"{{"status": "ACTIVE", "revision": 3, "cpu": "256", "memory": "512", {CONTAINERS}}}"#
    ));
    let label = "it is read-only: remove it";
    assert_eq!(
        said,
        ["status", "revision"].map(|key| format!("unknown key `{key}` in a task definition: {label}"))
    );
}

#[test]
fn a_reply_of_describe_task_definition_is_one_error() {
    assert_eq!(
        errors(&format!(
            r#"{{"taskDefinition": {{"cpu": "256", {CONTAINERS}}}, "tags": []}}"#
        )),
        [
            "a task definition inside a task definition: this is a describe-task-definition response: move its content one level up"
        ]
    );
}

#[test]
fn a_definition_for_instances_is_told_by_its_network_mode_alone() {
    let said = errors(&format!(r#"{{"networkMode": "host", {CONTAINERS}}}"#));
    assert_eq!(
        said,
        [
            "Fargate does not support this network mode: write `networkMode: awsvpc`; \
          for container instances, set `launchType: EC2` in the service"
        ]
    );
}

#[test]
fn a_value_that_names_nothing_is_not_missing_besides() {
    let said = errors(
        r#"{"cpu": "256", "memory": "512", "executionRoleArn": "arn:aws:iam::123456789012:role/x", "containerDefinitions":
      [{"name": "web", "image": "nginx", "secrets": [{"name": "KEY", "valueFrom": "arn:${Partition}:secret"}]}]}"#,
    );
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("unknown reference `${Partition}`"),
        "{said:?}"
    );
}

#[test]
fn empty_tags_and_registry_credentials_are_left_out() {
    let text = service("", "cpu: 256\nmemory: 512\ntags: []").replace(
        "image: busybox",
        "image: busybox, repositoryCredentials: {credentialsParameter: ''}",
    );
    let definition = web(&text)["taskDefinition"].take();
    assert_eq!(definition.get("tags"), None);
    assert_eq!(
        definition["containerDefinitions"][0].get("repositoryCredentials"),
        None
    );
}
