use serde_json::json;

use super::*;

const DEFINITION: &str = r#"{
	"family": "shop",
	"cpu": "256", "memory": "512",
	"networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
	"taskRoleArn": "arn:aws:iam::123456789012:role/task",
	"containerDefinitions": [
		{"name": "web", "image": "web:1", "command": ["a", "b"],
		 "environment": [{"name": "A", "value": "$HOME"}, {"name": "B", "value": "2"}]},
		{"name": "side", "image": "side:1"}
	]
}"#;

const NAMED: &str = "services: {web: {taskDefinition: td.json}}\n";

#[test]
fn a_file_is_sent_as_it_stands() {
    let case = FileCase::default().file("td.json", DEFINITION);
    let expected: Value = serde_json::from_str(DEFINITION).expect("JSON");
    assert_eq!(case.web(NAMED)["taskDefinition"], expected);
    assert_eq!(case.web(NAMED)["logGroups"], json!([]));
    assert_eq!(case.said(NAMED), "");
}

#[test]
fn what_describe_task_definition_prints_is_accepted() {
    let described = r#"{
  "taskDefinition": {
    "taskDefinitionArn": "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7",
    "containerDefinitions": [{"name": "web", "image": "web:1", "memory": 64, "cpu": 0, "links": null}],
    "family": "shop", "taskRoleArn": null, "revision": 7, "status": "ACTIVE",
    "requiresAttributes": [{"name": "x"}], "compatibilities": ["EC2"],
    "registeredAt": 1763000000.1, "registeredBy": "arn:aws:sts::123456789012:x"
  },
  "tags": [{"key": "team", "value": "shop"}]
}"#;
    let case = FileCase::default().file("td.json", described);
    assert_eq!(
        case.web(NAMED)["taskDefinition"],
        json!({
            "containerDefinitions": [{"name": "web", "image": "web:1", "memory": 64, "cpu": 0}],
            "family": "shop",
            "tags": [{"key": "team", "value": "shop"}],
        })
    );
    insta::assert_snapshot!(case.said(NAMED), @r#"
    warning: ignored the read-only members of td.json, which only AWS sets
     --> td.json:3:5
      |
    3 |     "taskDefinitionArn": "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7",
      |     ^^^^^^^^^^^^^^^^^^^
      |
      = ignored: `taskDefinitionArn`, `revision`, `status`, `requiresAttributes`, `compatibilities`, `registeredAt`, `registeredBy`, 2 nulls
    1 warning in td.json
    "#);
}

#[test]
fn mistakes_in_a_file_are_shown_there() {
    let case = FileCase::default().file(
        "td.json",
        r#"{"family": "web", "containerDefinitions": [{"nmae": "web", "memory": 64}]}"#,
    );
    insta::assert_snapshot!(case.said(NAMED), @r#"
    error: missing `image` in the container
     --> td.json:1:44
      |
    1 | {"family": "web", "containerDefinitions": [{"nmae": "web", "memory": 64}]}
      |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ add `image: ${images.NAME}`, or any image reference
    error: unknown key `nmae` in a container definition
     --> td.json:1:45
      |
    1 | {"family": "web", "containerDefinitions": [{"nmae": "web", "memory": 64}]}
      |                                             ^^^^^^ did you mean `name`?
      |
      = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    2 errors in td.json
    "#);
    insta::assert_snapshot!(FileCase::default().file("td.json", "[]").said(NAMED), @r#"
    error: `td.json` is not a task definition
     --> td.json:1:1
      |
    1 | []
      | ^^ must be a mapping
      |
     ::: deploy.yaml:1:34
      |
    1 | services: {web: {taskDefinition: td.json}}
      |                                  ------- referenced here
    1 error in td.json
    "#);
    insta::assert_snapshot!(FileCase::default().file("td.json", "{\"a\": 1").said(NAMED), @r#"
    error: a bracket is never closed
     --> td.json:1:1
      |
    1 | {"a": 1
      | ^ `]` or `}` is missing
    1 error in td.json
    "#);
    let mut missing = FileCase::default();
    missing
        .files
        .insert("td.json".to_owned(), Err("no such file".to_owned()));
    insta::assert_snapshot!(missing.said(NAMED), @r#"
    error: can't read `td.json`
     --> deploy.yaml:1:34
      |
    1 | services: {web: {taskDefinition: td.json}}
      |                                  ^^^^^^^ no such file
    1 error in deploy.yaml
    "#);
}

const BASED: &str = "
images:
  web: {repository: acme/web, build: .}
services:
  web:
    taskDefinition:
      base: td.json
      memory: 1 GB
      taskRoleArn: ~
      executionRoleArn: role
      containerDefinitions:
        new: {image: new:1}
        web: {image: \"${images.web}\", command: [c], environment: {B: ~, A: 1, C: 3}}
        side: ~
";

#[test]
fn a_file_as_a_base() {
    let case = FileCase::default().file("td.json", DEFINITION);
    assert_eq!(
        case.web(BASED)["taskDefinition"],
        json!({
            "family": "shop",
            "cpu": "256", "memory": "1024",
            "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "executionRoleArn": "role",
            "containerDefinitions": [
                {"name": "web", "image": "${images.web}", "command": ["c"],
                 "environment": [{"name": "A", "value": "1"}, {"name": "C", "value": "3"}]},
                {"name": "new", "image": "new:1"},
            ],
        })
    );
    // A list on top of it merges by name too.
    let list = "
services:
  web:
    taskDefinition:
      base: td.json
      containerDefinitions: [{name: side, image: side:2, environment: [{name: X, value: x}]}]
";
    let containers = case.web(list)["taskDefinition"]["containerDefinitions"].take();
    assert_eq!(containers[0]["image"], "web:1");
    assert_eq!(
        containers[1],
        json!({"name": "side", "image": "side:2", "environment": [{"name": "X", "value": "x"}]})
    );
}

#[test]
fn the_merged_whole_is_checked() {
    let case = FileCase::default().file("td.json", DEFINITION);
    let text = "services: {web: {taskDefinition: {base: td.json, memory: 768, containerDefinitions: {web: {imagee: x}}}}}\n";
    insta::assert_snapshot!(case.said(text), @r#"
    error: unsupported Fargate memory value 768 MiB for 256 CPU units
     --> deploy.yaml:1:58
      |
    1 | services: {web: {taskDefinition: {base: td.json, memory: 768, containerDefinitions: {web: {imagee: x}}}}}
      |                                                          ^^^ with cpu 256: 512, 1024 or 2048
      |
     ::: td.json:3
      |
    3 |     "cpu": "256", "memory": "512",
      |
    error: unknown key `imagee` in a container definition
     --> deploy.yaml:1:92
      |
    1 | services: {web: {taskDefinition: {base: td.json, memory: 768, containerDefinitions: {web: {imagee: x}}}}}
      |                                                                                            ^^^^^^ did you mean `image`?
      |
      = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    2 errors in deploy.yaml
    "#);
}

#[test]
fn placeholders_of_other_tools_in_a_file_are_refused() {
    for (old, new, placeholder) in [
        ("\"web:1\"", "\"<IMAGE1_NAME>\"", "<IMAGE1_NAME>"),
        ("\"$HOME\"", "\"a ${STAGE} b\"", "${STAGE}"),
        ("role/task", "role/${ROLE}", "${ROLE}"),
    ] {
        let case = FileCase::default().file("td.json", &DEFINITION.replace(old, new));
        let said = case.said(NAMED);
        assert!(
            said.contains(&format!("error: the placeholder `{placeholder}` is not resolved")),
            "{said}"
        );
        assert!(
            said.contains("taskDefinition: {base: td.json, containerDefinitions:"),
            "{said}"
        );
    }
}

#[test]
fn a_placeholder_is_accepted_where_the_container_expands_it() {
    let shell = DEFINITION.replace(r#"["a", "b"]"#, r#"["sh", "-c", "echo ${HOME} <NAME>"]"#);
    let case = FileCase::default().file("td.json", &shell);
    assert_eq!(case.said(NAMED), "");
}

#[test]
fn a_placeholder_that_deploy_yaml_replaces_is_accepted() {
    let image = DEFINITION.replace("\"web:1\"", "\"<IMAGE1_NAME>\"");
    let case = FileCase::default().file("td.json", &image);
    assert_eq!(case.said(BASED), "");
}
