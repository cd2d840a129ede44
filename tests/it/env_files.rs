//! Dotenv files: `envFile` of a container, and `--env-file` for `${env.NAME}`.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::files::WEB;
use crate::support::rollbacks::sent;
use crate::support::{Ecsctl, Output, Scenario, Scripted, cases};

/// Returns `WEB` with `envFile` in its container.
fn with_env_file(value: &str) -> String {
    WEB.replace(
        "environment:",
        &format!("envFile: {value}\n          environment:"),
    )
}

fn render(file: &str, arguments: &[&str]) -> Ecsctl {
    let arguments = [&["render", "-o", "json", "--show-values"], arguments].concat();
    Ecsctl::new(&arguments).file(file)
}

/// Returns the environment in a rendered file, as `NAME=VALUE`.
fn environment(output: &Output) -> Vec<String> {
    let container = &output.json()["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    assert_eq!(container.get("envFile"), None);
    let variables = container["environment"].as_array().unwrap().iter();
    let pair = |it: &Value| {
        format!(
            "{}={}",
            it["name"].as_str().unwrap(),
            it["value"].as_str().unwrap()
        )
    };
    variables.map(pair).collect()
}

#[test]
fn variables_of_env_files_join_the_environment() {
    let file = with_env_file("[common.env, ./config/prod.env]").replace(
        "environment: {VERSION: \"1\", REGION: eu}",
        "environment: {VERSION: \"1\", REGION: eu, GONE: null}",
    );
    let output = render(&file, &[])
        .write("common.env", "A=1\nB='x # y'\nVERSION=0\nGONE=x\n")
        .write(
            "config/prod.env",
            "B=2 # later\nexport C=\"$HOME ${vars.x}\\n\"\n",
        )
        .run()
        .exits(0);
    let expected = ["A=1", "B=2", "VERSION=1", "C=$HOME ${vars.x}\n", "REGION=eu"];
    assert_eq!(environment(&output), expected);
    assert_eq!(output.stderr, "");
}

/// A file that many containers name is parsed and reported once.
#[test]
fn shared_env_file_is_reported_once() {
    let containers = (0..1_000).map(|at| format!("        c{at}: {{image: a, envFile: shared.env}}\n"));
    let file = WEB.replace(
        "      containerDefinitions:\n",
        &format!("      containerDefinitions:\n{}", containers.collect::<String>()),
    );
    assert_ne!(file, WEB);
    for (text, message) in [
        ("A=1\n?\n".to_owned(), "a name has only letters"),
        (
            (0..30_000).map(|at| format!("A{at}=1\n")).collect(),
            "more than 50000 values, each counted for each container",
        ),
    ] {
        let output = render(&file, &[]).write("shared.env", &text).run().exits(2);
        assert_eq!(output.stderr.matches(message).count(), 1, "{}", output.stderr);
    }
}

#[test]
fn every_form_of_environment_takes_env_files() {
    for (environment_of_file, expected) in [
        ("", &["A=1", "VERSION=0"][..]),
        ("environment: ~", &["A=1", "VERSION=0"]),
        ("environment: {VERSION: 2}", &["A=1", "VERSION=2"]),
        (
            "environment: [{name: VERSION, value: '2'}, {name: B, value: '3'}]",
            &["A=1", "VERSION=2", "B=3"],
        ),
    ] {
        let file = with_env_file("prod.env");
        let file = file.replace("environment: {VERSION: \"1\", REGION: eu}", environment_of_file);
        let run = render(&file, &[]).write("prod.env", "\u{feff}A=1\r\nVERSION=0\r\n");
        assert_eq!(
            environment(&run.run().exits(0)),
            expected,
            "{environment_of_file}"
        );
    }
}

#[test]
fn an_env_file_over_a_base_file_overrides_it() {
    let file = "region: us-east-1
vars: {files: [prod.env], web: {envFile: \"${vars.files}\"}}
services:
  web:
    taskDefinition: {base: ./td.json, containerDefinitions: {web: \"${vars.web}\"}}
";
    let definition = json!({"family": "web", "containerDefinitions": [
        {"name": "web", "image": "busybox", "memory": 64, "environment": [
            {"name": "A", "value": "base"}, {"name": "B", "value": "base"}]}]});
    let output = render(file, &[])
        .write("prod.env", "B=2\nC=3\n")
        .write("td.json", &definition.to_string())
        .run()
        .exits(0);
    assert_eq!(environment(&output), ["A=base", "B=2", "C=3"]);
}

#[test]
fn env_files_are_beside_deploy_yaml() {
    let run = render(&with_env_file("prod.env"), &["-f", "../deploy.yaml"]).write("prod.env", "A=1\n");
    let other = run.folder().join("other");
    std::fs::create_dir(&other).unwrap();
    let output = run
        .through(&["env", "-C", other.to_str().unwrap()])
        .run()
        .exits(0);
    assert_eq!(environment(&output)[0], "A=1");
}

#[test]
fn env_files_are_deployed_once() {
    let server = Scripted::start(Scenario::default());
    let run = |arguments: &[&str]| {
        let run = Ecsctl::on(&server, arguments).file(&with_env_file("prod.env"));
        run.write("prod.env", "A=1\n").run().exits(0)
    };
    run(&["deploy"]);
    let request = sent(&server, "ecs RegisterTaskDefinition");
    let container = &request["containerDefinitions"][0];
    assert_eq!(container["environment"][0], json!({"name": "A", "value": "1"}));
    assert_eq!(container.get("envFile"), None);
    run(&["plan", "--exit-code"]);
}

/// The file is refused with exit 2, and nothing in it is shown.
#[track_caller]
fn refused(value: &str, text: &[u8]) -> String {
    let run = Ecsctl::new(&["render"]).file(&with_env_file(value));
    std::fs::write(run.folder().join("prod.env"), text).unwrap();
    std::fs::create_dir(run.folder().join("folder")).unwrap();
    let output = run.run().exits(2);
    assert_eq!(output.stdout, "");
    assert!(!output.stderr.contains("hunter"), "{}", output.stderr);
    output.stderr
}

#[test]
fn mistakes_in_env_files_are_pointed_at() {
    let whole = [
        refused(
            "[prod.env, missing.env, folder, '']",
            b"A=hunter\n\nB='hunter\nhunter\n",
        ),
        refused("{path: prod.env}", b""),
        refused("[7, [prod.env]]", b""),
        refused("prod.env", b"A=1\nB=hunter\xe9\n"),
        refused("prod.env", b"-----BEGIN hunter-----\n"),
    ];
    assert_snapshot!(whole.join("\n"), @r#"
    error: can't read `missing.env`
      --> deploy.yaml:13:31
       |
    13 |           envFile: [prod.env, missing.env, folder, '']
       |                               ^^^^^^^^^^^ no such file
    error: can't read `folder`
      --> deploy.yaml:13:44
       |
    13 |           envFile: [prod.env, missing.env, folder, '']
       |                                            ^^^^^^ is a folder
    error: `envFile` is empty
      --> deploy.yaml:13:52
       |
    13 |           envFile: [prod.env, missing.env, folder, '']
       |                                                    ^^ the path of a dotenv file
    error: the closing quote is missing
      --> prod.env:3:1
       |
     3 | ********
       | ^^^^^^^^ write NAME=VALUE, and quote a value of several lines
       |
      ::: deploy.yaml:13:21
       |
    13 |           envFile: [prod.env, missing.env, folder, '']
       |                     -------- named here
    4 errors in deploy.yaml and prod.env

    error: `envFile` must be a path or a list of paths, not a mapping
      --> deploy.yaml:13:20
       |
    13 |           envFile: {path: prod.env}
       |                    ^^^^^^^^^^^^^^^^ not a path or a list of paths
    1 error in deploy.yaml

    error: `envFile` must be a string, not a number
      --> deploy.yaml:13:21
       |
    13 |           envFile: [7, [prod.env]]
       |                     ^ write "7"
    error: `envFile` must be a string, not a list
      --> deploy.yaml:13:24
       |
    13 |           envFile: [7, [prod.env]]
       |                        ^^^^^^^^^^ not a string
    2 errors in deploy.yaml

    error: can't read `prod.env`
      --> deploy.yaml:13:20
       |
    13 |           envFile: prod.env
       |                    ^^^^^^^^ it is not UTF-8, at line 2
    1 error in deploy.yaml

    error: a name can't contain a space
      --> prod.env:1:1
       |
     1 | ********
       | ^^^^^^^^ write NAME=VALUE, and quote a value of several lines
       |
      ::: deploy.yaml:13:20
       |
    13 |           envFile: prod.env
       |                    -------- named here
    1 error in prod.env
    "#);
}

#[test]
fn a_name_without_a_value_is_a_warning() {
    let output = render(&with_env_file("prod.env"), &[])
        .write("prod.env", "A=1\nhunter\nB=2")
        .run()
        .exits(0);
    assert_eq!(environment(&output)[..2], ["A=1", "B=2"]);
    assert_snapshot!(output.stderr, @"
    warning: a name without a value sets nothing
     --> prod.env:2:1
      |
    2 | ********
      | ^^^^^^^^ write NAME=VALUE, or NAME= for an empty value
    1 warning in prod.env
    ");
}

#[test]
fn a_variable_of_a_file_and_a_secret_clash() {
    let file = with_env_file("prod.env").replace(
        "environment: {",
        "secrets: {A: 'arn:aws:ssm:x'}\n          environment: {",
    );
    let output = Ecsctl::new(&["render"])
        .file(&file)
        .write("prod.env", "\n export A=hunter\n")
        .run()
        .exits(2);
    assert_snapshot!(output.stderr, @"
    error: `A` is both an environment variable and a secret
      --> deploy.yaml:14:21
       |
    14 |           secrets: {A: 'arn:aws:ssm:x'}
       |                     ^ a secret here
       |
      ::: prod.env:2:2
       |
     2 |  export A=********
       |  --------- an environment variable here
    1 error in deploy.yaml
    ");
}

#[test]
fn env_file_has_suggestions() {
    let said = |file: &str| {
        let run = Ecsctl::new(&["render"]).file(file).write(
            "td.json",
            r#"{"family": "web", "containerDefinitions":
            [{"name": "web", "image": "a", "memory": 64, "envFile": "x"}]}"#,
        );
        run.run().exits(2).stderr
    };
    let whole = [
        said(&WEB.replace("environment:", "env_file: prod.env\n          environment:")),
        said(&WEB.replace(
            "environment:",
            "environmentFile: prod.env\n          environment:",
        )),
        said(&WEB.replace("desiredCount:", "envFile: prod.env\n    desiredCount:")),
        said(&format!("envFile: prod.env\n{WEB}")),
        said("region: us-east-1\nservices: {web: {taskDefinition: ./td.json}}\n"),
    ];
    assert_snapshot!(whole.join("\n"), @r#"
    error: unknown key `env_file` in a container definition
      --> deploy.yaml:13:11
       |
    13 |           env_file: prod.env
       |           ^^^^^^^^ did you mean `envFile`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    1 error in deploy.yaml

    error: unknown key `environmentFile` in a container definition
      --> deploy.yaml:13:11
       |
    13 |           environmentFile: prod.env
       |           ^^^^^^^^^^^^^^^ did you mean `environmentFiles`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    1 error in deploy.yaml

    error: unknown key `envFile` in a service
      --> deploy.yaml:14:5
       |
    14 |     envFile: prod.env
       |     ^^^^^^^ belongs in a container definition
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    1 error in deploy.yaml

    error: unknown key `envFile` in deploy.yaml
     --> deploy.yaml:1:1
      |
    1 | envFile: prod.env
      | ^^^^^^^ belongs in a container definition
    1 error in deploy.yaml

    error: `envFile` works in deploy.yaml only
     --> ./td.json:2:58
      |
    2 |             [{"name": "web", "image": "a", "memory": 64, "envFile": "x"}]}
      |                                                          ^^^^^^^^^ not a member of the ECS API
      |
      = set it in deploy.yaml: taskDefinition: {base: ./td.json, containerDefinitions: {NAME: {envFile: …}}}
    1 error in ./td.json
    "#);
}

#[test]
fn environment_files_of_aws_stay_as_they_are() {
    let file = WEB.replace(
        "environment:",
        "environmentFiles: [{type: s3, value: 'arn:aws:s3:::bucket/prod.env'}]\n          environment:",
    );
    let output = render(&file, &[]).run().exits(0);
    let container = &output.json()["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    assert_eq!(
        container["environmentFiles"][0]["value"],
        "arn:aws:s3:::bucket/prod.env"
    );
    assert_eq!(environment(&output), ["VERSION=1", "REGION=eu"]);
}

/// `WEB` with a variable from the environment.
fn from_environment() -> String {
    WEB.replace("VERSION: \"1\"", "VERSION: \"${env.SHOP_VERSION}\"")
}

#[test]
fn variables_of_flag_files_are_interpolated() {
    let run = |arguments: &[&str]| {
        let run = render(&from_environment(), arguments);
        run.write("a.env", "SHOP_VERSION=a\n")
            .write("b.env", "SHOP_VERSION='b $HOME'\n")
    };
    let version = |run: Ecsctl| environment(&run.run().exits(0))[0].clone();
    assert_eq!(version(run(&["--env-file", "a.env"])), "VERSION=a");
    assert_eq!(
        version(run(&["--env-file", "a.env", "--env-file", "b.env"])),
        "VERSION=b $HOME"
    );
    assert_eq!(
        version(run(&[]).env("ECSCTL_ENV_FILE", "b.env,a.env")),
        "VERSION=a"
    );
    assert_eq!(
        version(run(&["--env-file", "a.env"]).env("SHOP_VERSION", "own")),
        "VERSION=own"
    );
    assert_eq!(
        version(run(&["--env-file", "/dev/stdin"]).stdin("SHOP_VERSION=piped\n")),
        "VERSION=piped"
    );
    run(&[])
        .env("ECSCTL_ENV_FILE", "")
        .run()
        .exits(2)
        .says("`SHOP_VERSION` is not set");
}

#[test]
fn variables_of_flag_files_name_services() {
    let server = Scripted::start(Scenario::default());
    let file = WEB.replace(
        "    desiredCount:",
        "    serviceName: \"${env.SHOP_SERVICE}\"\n    desiredCount:",
    );
    let run = |arguments: &[&str]| {
        let run = Ecsctl::on(&server, &[&["--env-file", "a.env"], arguments].concat());
        run.file(&file).write("a.env", "SHOP_SERVICE=shop-web-eu\n").run()
    };
    for verb in ["deploy", "status"] {
        let output = run(&[verb, "-o", "json"]).exits(0);
        assert_eq!(output.json()["services"][0]["name"], "shop-web-eu", "{verb}");
    }
}

fn flag_file_is_refused(path: &str, text: &str, expected: &str) {
    for verb in ["render", "status"] {
        let run = Ecsctl::new(&["-f", "below", "--env-file", path, verb])
            .write("below/deploy.yaml", &from_environment());
        let output = run.write("a.env", text).run().exits(2);
        assert!(output.stderr.starts_with(expected), "{verb}: {}", output.stderr);
        assert!(!output.stderr.contains("hunter"), "{}", output.stderr);
    }
}

cases! { flag_file_is_refused {
    a_missing_flag_file_is_refused("none.env", "", "error: none.env can't be read\n  system: no such file\n");
    a_folder_is_no_flag_file("below", "", "error: below can't be read\n  system: is a folder\n");
    an_endless_flag_file_is_refused("/dev/zero", "", "error: /dev/zero can't be read\n  system: more than 1024 kB\n");
    an_invalid_flag_file_is_refused("a.env", "A=1\nhunter two\n", "error: a.env, line 2: a name can't contain a space\n");
} }

#[test]
fn hints_carry_env_files() {
    let server = Scripted::start(Scenario::file("rollback"));
    let run = |file: &str, arguments: &[&str]| {
        Ecsctl::on(&server, arguments)
            .file(file)
            .write("a.env", "SHOP_VERSION=b\n")
            .run()
    };
    run(WEB, &["deploy"]).exits(0);
    run(&from_environment(), &["--env-file", "a.env", "deploy"])
        .exits(5)
        .says("ecsctl --env-file a.env ");
}
