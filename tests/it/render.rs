//! `ecsctl render`, and errors in deploy.yaml: no AWS and no Docker needed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use insta::assert_snapshot;

use crate::support::cases;
use crate::support::command::ecsctl;

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

/// A file whose image tag is the commit.
const TAGGED: &str = r#"
region: us-east-1
account: "123456789012"
images: {web: {repository: acme/web, build: ., tags: ["${git.sha}", "${git.branch:-none}"]}}
services:
  web:
    taskDefinition: {executionRoleArn: "arn:aws:iam::123456789012:role/x", cpu: 256, memory: 512, containerDefinitions: {web: {image: "${images.web}", environment: {SHA: "${git.sha}", SHORT: "${git.shortSha}"}}}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
"#;

fn render_tagged(folder: &Path, variable: &str, value: &str) -> Output {
    let mut command = ecsctl();
    command.current_dir(folder).arg("render").env(variable, value);
    // As in a container that runs as another user than the repository's.
    command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    command.output().unwrap()
}

#[test]
fn commits_come_from_ci_where_git_has_none() {
    const SHA: &str = "0123456789abcdef0123456789abcdef01234567";
    let plain = project(TAGGED);
    let foreign = project(TAGGED);
    let git = Command::new("git")
        .arg("init")
        .arg("-q")
        .arg(foreign.path())
        .status();
    assert!(git.unwrap().success());
    for folder in [&plain, &foreign] {
        for variable in [
            "CODEBUILD_RESOLVED_SOURCE_VERSION",
            "GITHUB_SHA",
            "CI_COMMIT_SHA",
            "BITBUCKET_COMMIT",
            "CIRCLE_SHA1",
            "BUILDKITE_COMMIT",
            "GIT_COMMIT",
            "BUILD_SOURCEVERSION",
        ] {
            let output = render_tagged(folder.path(), variable, SHA);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{variable}: {said}");
            let text = String::from_utf8_lossy(&output.stdout);
            assert!(text.contains(SHA), "{variable}: {text}");
        }
    }
    // Of an S3 source, CodeBuild names the object's version.
    for folder in [&plain, &foreign] {
        let output = render_tagged(folder.path(), "CODEBUILD_RESOLVED_SOURCE_VERSION", "a.b_C1");
        assert_eq!(output.status.code(), Some(2));
    }
    let output = render_tagged(foreign.path(), "GITHUB_SHA", "main");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("it belongs to another user"), "{said}");
}

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
fn render_prints_the_file_without_aws() {
    let folder = project(FILE);
    let output = run(folder.path(), &["render"]);
    assert_eq!(text(&output.stderr), "");
    assert_snapshot!("render", text(&output.stdout));
}

fn environment(arguments: &[&str]) -> serde_json::Value {
    let document = rendered(arguments);
    document["services"]["web"]["taskDefinition"]["containerDefinitions"][0]["environment"][0].clone()
}

fn values_are_masked(flags: &[&str], value: &str) {
    let shown = environment(flags);
    assert_eq!(
        (shown["name"].as_str(), shown["value"].as_str()),
        (Some("TIER"), Some(value))
    );
}

cases! { values_are_masked {
    by_default(&[], "********");
    unless_show_values_is_given(&["--show-values"], "gold");
    unless_show_values_is_given_with_a_var(&["--show-values", "--var", "tier=silver"], "silver");
} }

#[test]
fn image_flag_is_in_the_definition() {
    let document = rendered(&["--image", "web=nginx:1.29"]);
    assert_eq!(
        document["services"]["web"]["taskDefinition"]["containerDefinitions"][0]["image"],
        "nginx:1.29"
    );
}

fn region_is_taken_from(variables: &[(&str, &str)], flags: &[&str], region: &str) {
    let folder = project(FILE);
    let mut command = ecsctl();
    command
        .current_dir(folder.path())
        .envs(variables.iter().copied())
        .args(["render", "-o", "json"]);
    let output = command.args(flags).output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let container = &document["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    assert_eq!(container["logConfiguration"]["options"]["awslogs-region"], region);
}

const REGIONS: [(&str, &str); 2] = [("ECSCTL_REGION", "us-west-1"), ("AWS_REGION", "us-west-2")];

cases! { region_is_taken_from {
    the_flag_first(&REGIONS, &["--region", "ap-south-1"], "ap-south-1");
    the_own_variable_next(&REGIONS, &[], "us-west-1");
    the_file_before_the_variable_of_aws(&REGIONS[1..], &[], "eu-west-1");
    the_file_if_the_own_variable_is_empty(&[("ECSCTL_REGION", "")], &[], "eu-west-1");
} }

fn malformed_value_is_refused(file: &str, variables: &[(&str, &str)], flags: &[&str], words: &[&str]) {
    let folder = project(file);
    let mut command = ecsctl();
    command.current_dir(folder.path()).envs(variables.iter().copied());
    let output = command.arg("render").args(flags).output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for words in words {
        assert!(said.contains(words), "{words}: {said}");
    }
}

cases! { malformed_value_is_refused {
    region_of_the_file(
        &FILE.replace("region: eu-west-1", "region: eu west 1"),
        &[],
        &[],
        &["invalid region `eu west 1`", "deploy.yaml:2:9"],
    );
    region_of_the_flag(FILE, &[], &["--region", "x/y"], &["invalid region `x/y` (--region or"]);
    region_of_the_variable(
        &FILE.replace("region: eu-west-1\n", ""),
        &[("AWS_REGION", "x/y")],
        &[],
        &["(AWS_REGION or AWS_DEFAULT_REGION)"],
    );
    registry_of_the_flag(FILE, &[], &["--registry", "h/x"], &["invalid registry `h/x`"]);
    registry_of_the_variable(FILE, &[("ECSCTL_REGISTRY", "ftp://h")], &[], &["invalid registry `ftp://h`"]);
} }

/// Returns the error of a build with missing files: its code, its image, and stderr.
fn missing_for_build(build: &str, files: &[&str]) -> (serde_json::Value, serde_json::Value, String) {
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
}

#[test]
fn missing_build_context_is_shown_in_the_file() {
    let (code, resource, said) = missing_for_build("{context: app, dockerfile: app/Own}", &[]);
    assert_eq!((code, resource), ("context-missing".into(), "web".into()));
    assert_snapshot!(said, @"
    error: image `web`: the build context `FOLDER/app` does not exist
     --> deploy.yaml:4:22
      |
    4 |     build: {context: app, dockerfile: app/Own}
      |                      ^^^ referenced here
      |
      = hint: set `build:` or `context:` to the folder, relative to deploy.yaml
    1 error in deploy.yaml
    ");
}

fn missing_dockerfile_is_shown_in_the_file(build: &str, place: &str) {
    let (code, _, said) = missing_for_build(build, &["app"]);
    assert_eq!(code, "dockerfile-missing");
    assert!(said.contains(place), "{said}");
}

cases! { missing_dockerfile_is_shown_in_the_file {
    where_it_is_named("{context: app, dockerfile: app/Own}", "--> deploy.yaml:4:39\n");
    where_the_context_is_named("app", "--> deploy.yaml:4:12\n");
} }

#[test]
fn missing_default_context_is_shown_at_the_build() {
    let (_, _, said) = missing_for_build("{target: x}", &[]);
    assert!(said.contains("--> deploy.yaml:4:5\n"), "{said}");
}

#[test]
fn environment_variable_sets_a_var() {
    let folder = project(FILE);
    let mut command = ecsctl();
    command
        .current_dir(folder.path())
        .env("ECSCTL_VAR_tier", "bronze")
        .args(["render", "--show-values"]);
    assert!(text(&command.output().unwrap().stdout).contains("value: bronze"));
}

/// Creates a project whose file has unknown keys.
fn wrong_project() -> tempfile::TempDir {
    project(
        &FILE
            .replace("cpu: 0.25 vCPU", "cpuu: 256")
            .replace("cluster:", "clutser:"),
    )
}

#[test]
fn invalid_file_is_explained() {
    let output = run(wrong_project().path(), &["render"]);
    assert_eq!(output.status.code(), Some(2));
    assert_snapshot!("wrong_file", text(&output.stderr));
}

fn invalid_file_is_refused_first(verb: &str) {
    let output = run(wrong_project().path(), &[verb]);
    assert_eq!(output.status.code(), Some(2), "{verb}");
    assert!(
        text(&output.stderr).contains("unknown key `clutser`"),
        "{verb}: {}",
        text(&output.stderr)
    );
}

cases! { invalid_file_is_refused_first {
    deploy("deploy");
    plan("plan");
    register("register");
    wait("wait");
    status("status");
} }

#[test]
fn invalid_file_is_an_error_in_json() {
    let output = run(wrong_project().path(), &["deploy", "-o", "json"]);
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

fn unreadable_file_is_an_error(arguments: &[&str], words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).starts_with(words),
        "{}",
        text(&output.stderr)
    );
}

cases! { unreadable_file_is_an_error {
    no_file(&["render"], "error: no deploy.yaml or ecsctl.yaml in this folder, or in a parent");
    named_file(&["render", "-f", "other.yaml"], "error: other.yaml can't be read\n");
} }

fn unknown_service_gets_a_suggestion(arguments: &[&str]) {
    let folder = project(FILE);
    let output = run(folder.path(), arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert_eq!(
        text(&output.stderr),
        "error: no service `wbe` in the file\n  hint:  did you mean `web`?\n"
    );
}

cases! { unknown_service_gets_a_suggestion {
    status(&["status", "wbe"]);
    wait(&["wait", "wbe"]);
    only(&["status", "--only", "wbe"]);
} }

#[test]
fn a_folder_means_its_deploy_yaml() {
    let folder = project(FILE);
    let app = folder.path().join("app");
    fs::create_dir(&app).unwrap();
    let render = |named: &str| {
        let output = ecsctl()
            .current_dir(folder.path())
            .args(["-f", named, "render"])
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert_eq!(render("."), (Some(0), String::new()));
    let (code, said) = render("app");
    assert_eq!(code, Some(2));
    assert!(said.contains("error: no deploy.yaml in the folder app"), "{said}");
    fs::write(app.join("deploy.yml"), FILE).unwrap();
    assert!(render("app/").1.contains("hint:  ecsctl -f app/deploy.yml …"));
    fs::rename(app.join("deploy.yml"), app.join("deploy.yaml")).unwrap();
    assert_eq!(render("app").0, Some(0));
}

/// Characters that YAML allows, and that reorder text.
const CONTROLS: &str = "a\u{202e}b\u{2066}c\u{200f}d";

fn has_controls(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && c != '\n') || matches!(c, '\u{200f}' | '\u{2028}' | '\u{202e}' | '\u{2066}')
    })
}

#[test]
fn rendered_yaml_escapes_what_controls_a_terminal() {
    let file = FILE.replace("vars: {tier: gold}", "vars: {tier: \"\\e[31mx\\L\\u202ey\\a\"}");
    let folder = project(&file);
    let shown = text(&run(folder.path(), &["render", "--show-values"]).stdout);
    assert!(
        shown.contains(r#"value: "\u001b[31mx\u2028\u202ey\u0007""#),
        "{shown:?}"
    );
    assert!(!has_controls(&shown), "{shown:?}");
    let output = run(folder.path(), &["render", "--show-values", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let container = &document["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    assert_eq!(
        container["environment"][0]["value"],
        "\u{1b}[31mx\u{2028}\u{202e}y\u{7}"
    );
    let output = run(
        folder.path(),
        &["render", "--show-values", "--explain", "vars.tier"],
    );
    let explained = text(&output.stdout);
    assert!(explained.contains(r"x\u2028\u202ey\u0007"), "{explained:?}");
    assert!(!has_controls(&explained), "{explained:?}");
}

#[test]
fn excerpts_control_no_terminal() {
    let line = format!("clutser: '{CONTROLS}' # \u{2028}z");
    let folder = project(&FILE.replace("cluster: production", &line));
    let output = run(folder.path(), &["render"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.contains("unknown key `clutser`") && said.contains("clutser: 'a"),
        "{said}"
    );
    assert!(!has_controls(&said), "{said:?}");
}

#[test]
fn build_arguments_with_telling_names_are_masked() {
    let args = "build: {args: {NPM_TOKEN: hunter22, DB_PASS: hunter23, VERSION: '1.2', REPO: 'https://me:hunter24@git.test/x'}}";
    let folder = project(&FILE.replace("build: .", args));
    for format in ["text", "json"] {
        let shown = text(&run(folder.path(), &["render", "-o", format]).stdout);
        assert!(!shown.contains("hunter") && shown.contains("1.2"), "{shown}");
        let shown = text(&run(folder.path(), &["render", "-o", format, "--show-values"]).stdout);
        for value in ["hunter22", "hunter23", "me:hunter24@git.test"] {
            assert!(shown.contains(value), "{value}: {shown}");
        }
    }
}
