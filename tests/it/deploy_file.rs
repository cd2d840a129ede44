//! The file itself: its names, the version that it requires, free keys, and JSON.

use insta::assert_snapshot;

use crate::support::files::WEB;
use crate::support::{Ecsctl, Output, cases};

/// A file that names a revision.
const REVISION: &str = "region: us-east-1\nservices: {web: {taskDefinition: 'web:3'}}\n";

fn rendered_service(output: &Output) -> String {
    output.json()["services"]["web"]["service"]["taskDefinition"].to_string()
}

/// Renders in the folder `below` of a git repository.
fn render_below(files: &[&str], arguments: &[&str]) -> Output {
    let run = Ecsctl::new(&[arguments, &["render", "-o", "json"]].concat()).write(".git/HEAD", "x");
    let run = files.iter().fold(run, |run, file| run.write(file, REVISION));
    let below = run.folder().join("below");
    std::fs::create_dir_all(&below).unwrap();
    run.through(&["env", "-C", below.to_str().unwrap()]).run()
}

fn file_is_found(files: &[&str], arguments: &[&str]) {
    let output = render_below(files, arguments).exits(0);
    assert_eq!(rendered_service(&output), "\"web:3\"");
}

cases! { file_is_found {
    deploy_yaml_of_a_parent(&["deploy.yaml"], &[]);
    ecsctl_yaml_of_a_parent(&["ecsctl.yaml"], &[]);
    the_nearer_file_of_two_names(&["deploy.yaml", "below/ecsctl.yaml"], &[]);
    the_named_one_of_two(&["below/deploy.yaml", "below/ecsctl.yaml"], &["-f", "ecsctl.yaml"]);
    ecsctl_yaml_of_a_named_folder(&["ecsctl.yaml"], &["-f", ".."]);
} }

fn two_files_are_an_error(files: &[&str], arguments: &[&str], hint: &str) {
    let output = render_below(files, arguments).exits(2);
    let expected = format!(
        "error: there are both a deploy.yaml and an ecsctl.yaml\n  hint:  name one with -f: ecsctl -f {hint} …\n"
    );
    assert_eq!(output.stderr, expected);
    assert_eq!(output.json()["error"]["code"], "several-files");
}

cases! { two_files_are_an_error {
    in_this_folder(&["below/deploy.yaml", "below/ecsctl.yaml"], &[], "deploy.yaml");
    in_a_parent(&["deploy.yaml", "ecsctl.yaml"], &[], "../deploy.yaml");
    in_a_named_folder(&["deploy.yaml", "ecsctl.yaml"], &["-f", ".."], "../deploy.yaml");
} }

fn other_names_are_offered(file: &str) {
    let output = render_below(&[&format!("below/{file}")], &[]).exits(2);
    assert!(
        output.stderr.contains(&format!("hint:  ecsctl -f {file} …")),
        "{}",
        output.stderr
    );
}

cases! { other_names_are_offered {
    of_deploy_yml("deploy.yml");
    of_ecsctl_yml("ecsctl.yml");
    of_deploy_json("deploy.json");
} }

#[test]
fn comments_of_json_are_named() {
    for (comment, mark) in [("// the cluster\n", "//"), ("/* the cluster */", "/*")] {
        let file = format!("{{\n  {comment} \"cluster\": \"c\",\n  \"region\": \"us-east-1\"\n}}\n");
        let output = Ecsctl::new(&["render"]).file(&file).run().exits(2);
        let output = output
            .says(&format!("error: `{mark}` doesn't start a comment"))
            .says("write `#` before each line of the comment");
        assert!(!output.stderr.contains("unknown key"), "{}", output.stderr);
        assert_eq!(output.stderr.matches("error: ").count(), 1, "{}", output.stderr);
    }
}

#[test]
fn messages_have_the_name_of_the_file() {
    let output = Ecsctl::new(&["render"])
        .write("ecsctl.yaml", &format!("regoin: x\n{REVISION}"))
        .run()
        .exits(2);
    assert!(
        output
            .stderr
            .starts_with("error: unknown key `regoin` in ecsctl.yaml\n --> ecsctl.yaml:1:1\n"),
        "{}",
        output.stderr
    );
}

fn version(required: &str) -> String {
    let file = format!(
        "services: {{web: {{newer: 1}}, web: {{}}}}\nnewKey: ${{new:x}}\nrequiredVersion: {required}\n"
    );
    let output = Ecsctl::new(&["plan"]).file(&file).run().exits(2);
    output.stderr
}

#[test]
fn another_required_version_is_the_only_error() {
    assert_snapshot!(version("'>=99.1, <100'"), @"
    error: this is ecsctl 0.1.0, and the file requires >=99.1, <100
     --> deploy.yaml:3:18
      |
    3 | requiredVersion: '>=99.1, <100'
      |                  ^^^^^^^^^^^^^^ install another version of ecsctl
      |
      = hint: check out a version that matches in a clone of ecsctl, then run: cargo install --locked --path .
    1 error in deploy.yaml
    ");
    let said = version("'>=0.0.1'");
    assert!(
        said.contains("unknown key `newKey`") && !said.contains("requires"),
        "{said}"
    );
}

#[test]
fn invalid_version_requirements_are_pointed_at() {
    let whole = ["newest", "0.1", "\"\"", "[1]", "${vars.version}", "'>= 1 || 2'"].map(|required| {
        let file = format!("{REVISION}requiredVersion: {required}\n");
        Ecsctl::new(&["render"]).file(&file).run().exits(2).stderr
    });
    assert_snapshot!(whole.join("\n"), @r#"
    error: invalid version requirement `newest`
     --> deploy.yaml:3:18
      |
    3 | requiredVersion: newest
      |                  ^^^^^^ for example ">=0.1"
      |
      = unexpected character 'n' while parsing major version number
    1 error in deploy.yaml

    error: `requiredVersion` must be a string, not a number
     --> deploy.yaml:3:18
      |
    3 | requiredVersion: 0.1
      |                  ^^^ write "0.1"
    1 error in deploy.yaml

    error: invalid version requirement ``
     --> deploy.yaml:3:18
      |
    3 | requiredVersion: ""
      |                  ^^ for example ">=0.1"
      |
      = unexpected end of input while parsing major version number
    1 error in deploy.yaml

    error: `requiredVersion` must be a string, not a list
     --> deploy.yaml:3:18
      |
    3 | requiredVersion: [1]
      |                  ^^^ not a string
    1 error in deploy.yaml

    error: invalid version requirement `${vars.version}`
     --> deploy.yaml:3:18
      |
    3 | requiredVersion: ${vars.version}
      |                  ^^^^^^^^^^^^^^^ for example ">=0.1"
      |
      = no `${…}` is filled in here: the version is checked first
    1 error in deploy.yaml

    error: invalid version requirement `>= 1 || 2`
     --> deploy.yaml:3:18
      |
    3 | requiredVersion: '>= 1 || 2'
      |                  ^^^^^^^^^^^ for example ">=0.1"
      |
      = expected comma after major version number, found '|'
    1 error in deploy.yaml
    "#);
}

#[test]
fn free_keys_are_at_the_top_level_only() {
    let free = format!("x-web: &web {{anything: [\"${{env.NONE}}\"]}}\nx-: 1\n{WEB}");
    Ecsctl::new(&["render"]).file(&free).run().exits(0);
    let whole = [
        ("    desiredCount:", "    x-a: 1\n"),
        ("          image:", "          x-b: 1\n"),
    ]
    .map(|(key, line)| {
        let file = WEB.replace(key, &format!("{line}{key}"));
        Ecsctl::new(&["render"]).file(&file).run().exits(2).stderr
    });
    assert_snapshot!(whole.join("\n"), @"
    error: unknown key `x-a` in a service
      --> deploy.yaml:14:5
       |
    14 |     x-a: 1
       |     ^^^ `x-` keys are free at the top level only
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    1 error in deploy.yaml

    error: unknown key `x-b` in a container definition
      --> deploy.yaml:11:11
       |
    11 |           x-b: 1
       |           ^^^ `x-` keys are free at the top level only
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    1 error in deploy.yaml
    ");
}

fn json(text: &str) -> Output {
    Ecsctl::new(&["-f", "deploy.json", "render", "-o", "json", "--show-values"])
        .write("deploy.json", text)
        .run()
}

#[test]
fn json_is_read_as_yaml_is() {
    let text = "\u{feff}{\"region\" :\"us-east-1\",\r\n\t\"services\"\r\n:\t{\"web\":{\r\n\t\t\"taskDefinition\":{\"cpu\":256,\"memory\":512,\
        \"executionRoleArn\":\"arn:aws:iam::123456789012:role\\/x\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"a:1\",\
        \"environment\":{\"A\":\"\\ud83d\\ude42 \\u00e9\\n\\t\\\"\\\\\\b\\f\",\"B\":1E5,\"C\":null,\"D\":true}}]},\r\n\
        \t\t\"networkConfiguration\":{\"awsvpcConfiguration\":{\"subnets\":[\"subnet-1\"]}}}}}\r\n";
    let document = json(text).exits(0).json();
    let container = &document["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    let expected = serde_json::json!([
        {"name": "A", "value": "🙂 é\n\t\"\\\u{8}\u{c}"}, {"name": "B", "value": "1E5"}, {"name": "D", "value": "true"},
    ]);
    assert_eq!(container["environment"], expected);
}

#[test]
fn mistakes_in_json_are_at_their_places() {
    let whole = [
        "{\n\t\"region\": \"us-east-1\",\n\t\"services\": {\"web\": {\"taskDefinition\": \"web:3\", \"desiredCount\": 1, \"desiredCount\": 2}}\n}",
        "{\n\t\"regoin\": \"us-east-1\",\n\t\"services\": {\"web\": {\"taskDefinition\": \"web:3\"}}\n}",
        "{\"region\": \"us-east-1\" \"services\": {}}",
        "{\n\t\"region\": \"us-east-1\"\n\t\"services\": {}\n}",
        "{\"services\": {\"web\": {\"taskDefinition\": \"web:3\"}",
        "[]",
    ]
    .map(|text| json(text).exits(2).stderr);
    assert_snapshot!(whole.join("\n"), @r#"
    error: the key `desiredCount` is there twice
     --> deploy.json:3:69
      |
    3 |     "services": {"web": {"taskDefinition": "web:3", "desiredCount": 1, "desiredCount": 2}}
      |                                                     --------------     ^^^^^^^^^^^^^^ again here
      |                                                     |
      |                                                     first here
    1 error in deploy.json

    error: unknown key `regoin` in deploy.json
     --> deploy.json:2:2
      |
    2 |     "regoin": "us-east-1",
      |     ^^^^^^^^ did you mean `region`?
    1 error in deploy.json

    error: text after the closing quote
     --> deploy.json:1:24
      |
    1 | {"region": "us-east-1" "services": {}}
      |                        ^ in brackets, put a `,` before this; else quote the whole value
    1 error in deploy.json

    error: `,` or `}` is missing
     --> deploy.json:3:2
      |
    3 |     "services": {}
      |     ^ expected before this
    1 error in deploy.json

    error: a bracket is never closed
     --> deploy.json:1:14
      |
    1 | {"services": {"web": {"taskDefinition": "web:3"}
      |              ^ `]` or `}` is missing
    1 error in deploy.json

    error: deploy.json must be a mapping
     --> deploy.json:1:1
      |
    1 | []
      | ^^ start with `services:`
    1 error in deploy.json
    "#);
}
