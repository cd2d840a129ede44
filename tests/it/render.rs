//! `ecsctl render`, and what every verb says of a file that is wrong: no AWS and no Docker needed.

use std::fs;
use std::path::Path;
use std::process::Output;

use insta::assert_snapshot;

use crate::frame::ecsctl;

const FILE: &str = r#"
region: eu-west-1
account: "123456789012"
cluster: production
vars: {tier: gold}
images:
  web: {repository: acme/web, build: .}
services:
  web:
    taskDefinition:
      cpu: 0.25 vCPU
      memory: 0.5 GB
      executionRoleArn: arn:aws:iam::${aws.account}:role/ecsTaskExecutionRole
      containerDefinitions:
        web:
          image: ${images.web}
          portMappings: [{containerPort: 8080}]
          environment: {TIER: "${vars.tier}", TOKEN: "${env.TOKEN:-none}"}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}
"#;

fn project(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("deploy.yaml"), text).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    ecsctl().current_dir(folder).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn rendered(arguments: &[&str]) -> serde_json::Value {
    let folder = project(FILE);
    let output = run(folder.path(), &[&["render", "-o", "json"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_whole_file_as_yaml_with_no_account_at_hand() {
    let folder = project(FILE);
    let output = run(folder.path(), &["render"]);
    assert_eq!(text(&output.stderr), "");
    assert_snapshot!("render", text(&output.stdout));
}

#[test]
fn values_are_masked_unless_asked_for() {
    let environment = |document: serde_json::Value| {
        document["services"]["web"]["taskDefinition"]["containerDefinitions"][0]["environment"][0].clone()
    };
    let masked = environment(rendered(&[]));
    assert_eq!(
        (masked["name"].as_str(), masked["value"].as_str()),
        (Some("TIER"), Some("********"))
    );
    assert_eq!(environment(rendered(&["--show-values"]))["value"], "gold");
    assert_eq!(
        environment(rendered(&["--show-values", "--var", "tier=silver"]))["value"],
        "silver"
    );
}

#[test]
fn an_image_that_is_given_stands_in_the_definition() {
    let document = rendered(&["--image", "web=nginx:1.29"]);
    assert_eq!(
        document["services"]["web"]["taskDefinition"]["containerDefinitions"][0]["image"],
        "nginx:1.29"
    );
}

#[test]
fn flags_win_over_variables_and_the_file() {
    let log_region = |variables: &[(&str, &str)], flags: &[&str]| {
        let folder = project(FILE);
        let mut command = ecsctl();
        command
            .current_dir(folder.path())
            .envs(variables.iter().copied())
            .args(["render", "-o", "json"]);
        let output = command.args(flags).output().unwrap();
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let container = &document["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
        container["logConfiguration"]["options"]["awslogs-region"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let all = [("ECSCTL_REGION", "us-west-1"), ("AWS_REGION", "us-west-2")];
    assert_eq!(log_region(&all, &["--region", "ap-south-1"]), "ap-south-1");
    assert_eq!(log_region(&all, &[]), "us-west-1");
    assert_eq!(log_region(&all[1..], &[]), "eu-west-1");
    assert_eq!(log_region(&[("ECSCTL_REGION", "")], &[]), "eu-west-1");
}

#[test]
fn a_variable_of_the_environment_is_a_var() {
    let folder = project(FILE);
    let mut command = ecsctl();
    command
        .current_dir(folder.path())
        .env("ECSCTL_VAR_tier", "bronze")
        .args(["render", "--show-values"]);
    assert!(text(&command.output().unwrap().stdout).contains("value: bronze"));
}

#[test]
fn every_verb_refuses_a_wrong_file_before_anything_else() {
    let folder = project(
        &FILE
            .replace("cpu: 0.25 vCPU", "cpuu: 256")
            .replace("cluster:", "clutser:"),
    );
    let output = run(folder.path(), &["render"]);
    assert_eq!(output.status.code(), Some(2));
    assert_snapshot!("wrong file", text(&output.stderr));
    for verb in ["deploy", "plan", "register", "wait", "status"] {
        let output = run(folder.path(), &[verb]);
        assert_eq!(output.status.code(), Some(2), "{verb}");
        assert!(
            text(&output.stderr).contains("unknown key `clutser`"),
            "{verb}: {}",
            text(&output.stderr)
        );
    }
    let output = run(folder.path(), &["deploy", "-o", "json"]);
    let envelope: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (envelope["outcome"].as_str(), envelope["exitCode"].as_u64()),
        (Some("failed"), Some(2))
    );
    assert!(
        envelope["error"]["message"]
            .as_str()
            .unwrap()
            .contains("deploy.yaml:4:1: "),
        "{envelope}"
    );
}

#[test]
fn no_file_and_a_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["render"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).starts_with("error: no deploy.yaml here or above"),
        "{}",
        text(&output.stderr)
    );
    let output = run(folder.path(), &["render", "-f", "other.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).starts_with("error: other.yaml can't be read\n"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn unknown_services_are_named_with_what_was_meant() {
    let folder = project(FILE);
    for arguments in [
        &["status", "wbe"][..],
        &["wait", "wbe"],
        &["status", "--only", "wbe"],
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(
            text(&output.stderr),
            "error: no service `wbe` in the file\n  hint:  did you mean `web`?\n"
        );
    }
}
