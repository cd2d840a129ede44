//! `ecsctl render`, and what every verb says of a file that is wrong: no AWS and no Docker needed.

use std::fs;
use std::path::Path;
use std::process::Output;

use insta::assert_snapshot;

use crate::command_line::ecsctl;

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
fn a_region_and_a_registry_of_no_such_form_are_refused_without_aws() {
    let refused = |file: &str, variables: &[(&str, &str)], flags: &[&str], words: &[&str]| {
        let folder = project(file);
        let mut command = ecsctl();
        command.current_dir(folder.path()).envs(variables.iter().copied());
        let output = command.arg("render").args(flags).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        for words in words {
            assert!(said.contains(words), "{words}: {said}");
        }
    };
    let nowhere = FILE.replace("region: eu-west-1\n", "");
    let odd = FILE.replace("region: eu-west-1", "region: eu west 1");
    refused(
        &odd,
        &[],
        &[],
        &["`eu west 1` is not a region's name", "deploy.yaml:2:9"],
    );
    refused(
        FILE,
        &[],
        &["--region", "x/y"],
        &["`x/y` is not a region's name (--region or"],
    );
    refused(
        &nowhere,
        &[("AWS_REGION", "x/y")],
        &[],
        &["(AWS_REGION or AWS_DEFAULT_REGION)"],
    );
    refused(FILE, &[], &["--registry", "h/x"], &["`h/x` is not a registry"]);
    refused(
        FILE,
        &[("ECSCTL_REGISTRY", "ftp://h")],
        &[],
        &["`ftp://h` is not a registry"],
    );
}

#[test]
fn what_a_build_lacks_is_shown_where_the_file_names_it() {
    let lacking = |build: &str, files: &[&str]| {
        let folder = project(&format!(
            "images:\n  web:\n    repository: acme/web\n    build: {build}\n"
        ));
        for name in files {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        for arguments in [
            &["build"][..],
            &["build", "--list-context"],
            &["build", "-o", "json"],
        ] {
            let output = run(folder.path(), arguments);
            assert_eq!(output.status.code(), Some(4), "{}", text(&output.stderr));
        }
        let output = run(folder.path(), &["build", "-o", "json"]);
        let envelope: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let folder = folder.path().to_str().unwrap().to_owned();
        let error = &envelope["error"];
        let said = text(&output.stderr).replace(&folder, "FOLDER");
        (error["code"].clone(), error["resource"].clone(), said)
    };
    let (code, resource, said) = lacking("{context: app, dockerfile: app/Own}", &[]);
    assert_eq!((code, resource), ("context-missing".into(), "web".into()));
    assert_snapshot!(said, @r"
    error: image `web`: the build context `FOLDER/app` is not there
     --> deploy.yaml:4:22
      |
    4 |     build: {context: app, dockerfile: app/Own}
      |                      ^^^ named here
      |
      = hint: `build:` or `context:` names the folder, relative to deploy.yaml
    1 error in deploy.yaml
    ");
    let (code, _, said) = lacking("{context: app, dockerfile: app/Own}", &["app"]);
    assert_eq!(code, "dockerfile-missing");
    assert!(said.contains("--> deploy.yaml:4:39\n"), "{said}");
    let (code, _, said) = lacking("app", &["app"]);
    assert_eq!(code, "dockerfile-missing");
    assert!(said.contains("--> deploy.yaml:4:12\n"), "{said}");
    let (_, _, said) = lacking("{target: x}", &[]);
    assert!(said.contains("--> deploy.yaml:4:5\n"), "{said}");
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
    assert_snapshot!("wrong_file", text(&output.stderr));
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
