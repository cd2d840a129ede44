use serde_json::json;

use super::*;

#[test]
fn containers_and_pairs_in_both_forms_are_the_same() {
    let mapping = web("
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      containerDefinitions:
        web: {image: a, environment: {A: 1, B: no, C: ~}, secrets: {S: arn}}
        side: {image: b}
        gone: ~
      executionRoleArn: role
");
    let list = web("
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      containerDefinitions:
      - name: web
        image: a
        environment: [{name: A, value: \"1\"}, {name: B, value: \"no\"}]
        secrets: [{name: S, valueFrom: arn}]
      - {name: side, image: b}
      executionRoleArn: role
");
    assert_eq!(mapping, list);
}

#[test]
fn names_that_are_there_twice() {
    insta::assert_snapshot!(said("
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      containerDefinitions:
      - name: web
        image: a
        environment: [{name: A, value: x}, {name: A, value: y}]
        secrets: {A: arn}
      - {name: web, image: b}
      executionRoleArn: role
"), @r#"
    warning: the environment variable `A` is there twice
      --> deploy.yaml:10:51
       |
    10 |         environment: [{name: A, value: x}, {name: A, value: y}]
       |                              - first here         ^ again here: AWS does not document which one applies
    error: `A` is both an environment variable and a secret
      --> deploy.yaml:11:19
       |
    10 |         environment: [{name: A, value: x}, {name: A, value: y}]
       |                              - an environment variable here
    11 |         secrets: {A: arn}
       |                   ^ a secret here
    error: the container `web` is there twice
      --> deploy.yaml:12:16
       |
     8 |       - name: web
       |               --- first here
    ...
    12 |       - {name: web, image: b}
       |                ^^^ again here
    2 errors, 1 warning in deploy.yaml
    "#);
}

#[test]
fn a_containers_key_is_its_name() {
    insta::assert_snapshot!(said("
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      containerDefinitions:
        web: {image: a, name: app}
        side: nginx
        pairs: {image: b, environment: {A: [1]}}
"), @r#"
    error: `name` differs from the key of the container `web`
     --> deploy.yaml:8:31
      |
    8 |         web: {image: a, name: app}
      |         --- its key           ^^^ the key is the name: remove `name`
    error: the container `side` must be a mapping
     --> deploy.yaml:9:15
      |
    9 |         side: nginx
      |               ^^^^^ members of a container definition
    error: `A` must be a string, not a list
      --> deploy.yaml:10:44
       |
    10 |         pairs: {image: b, environment: {A: [1]}}
       |                                            ^^^ value is a string; quote JSON
    3 errors in deploy.yaml
    "#);
}

#[test]
fn numbers_for_strings() {
    insta::assert_snapshot!(said("
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      containerDefinitions:
      - {name: web, image: a, environment: [{name: A, value: 1.10}], user: 1000, essential: yes}
"), @r#"
    error: `value` must be a string, not a number
     --> deploy.yaml:8:62
      |
    8 |       - {name: web, image: a, environment: [{name: A, value: 1.10}], user: 1000, essential: yes}
      |                                                              ^^^^ write "1.10"
    error: `user` must be a string, not a number
     --> deploy.yaml:8:76
      |
    8 |       - {name: web, image: a, environment: [{name: A, value: 1.10}], user: 1000, essential: yes}
      |                                                                            ^^^^ write "1000"
    error: `essential` must be `true` or `false`, not a string
     --> deploy.yaml:8:93
      |
    8 |       - {name: web, image: a, environment: [{name: A, value: 1.10}], user: 1000, essential: yes}
      |                                                                                             ^^^ write true
    3 errors in deploy.yaml
    "#);
}

#[test]
fn a_variable_is_wrong_where_it_is_written() {
    let text = format!(
        "vars: {{family: 7}}\n{}",
        service("", "cpu: 256\nmemory: 512\nfamily: ${vars.family}")
    );
    insta::assert_snapshot!(said(&text), @r#"
    error: `family` must be a string, not a number
     --> deploy.yaml:1:16
      |
    1 | vars: {family: 7}
      |                ^ write "7"
    1 error in deploy.yaml
    "#);
}

#[test]
fn text_from_outside_may_stand_for_a_number() {
    let text = "
vars: {count: 2}
services:
  web:
    desiredCount: ${vars.count}
    enableExecuteCommand: ${env.EXEC:-true}
    taskDefinition:
      cpu: ${vars.cpu}
      memory: 0.5 GB
      taskRoleArn: role
      containerDefinitions:
        web: {image: a, portMappings: [{containerPort: \"${vars.port}\"}]}
";
    let case = FileCase {
        vars: vec![("cpu", "0.25 vCPU"), ("port", "8080")],
        ..FileCase::default()
    };
    let document = case.web(text);
    assert_eq!(document["service"]["desiredCount"], 2);
    assert_eq!(document["service"]["enableExecuteCommand"], true);
    assert_eq!(document["taskDefinition"]["cpu"], "256");
    assert_eq!(
        document["taskDefinition"]["containerDefinitions"][0]["portMappings"][0]["containerPort"],
        8080
    );
}

#[test]
fn sizes() {
    insta::assert_snapshot!(said(&service("", "cpu: 256\nmemory: 768")), @"
    error: unsupported Fargate memory value 768 MiB for 256 CPU units
     --> deploy.yaml:5:15
      |
    4 |       cpu: 256
    5 |       memory: 768
      |               ^^^ with cpu 256: 512, 1024 or 2048
    1 error in deploy.yaml
    ");
    insta::assert_snapshot!(said(&service("", "cpu: 300\nmemory: 512")), @"
    error: unsupported Fargate CPU value 300
     --> deploy.yaml:4:12
      |
    4 |       cpu: 300
      |            ^^^ one of 256, 512, 1024, 2048, 4096, 8192, 16384
    1 error in deploy.yaml
    ");
    insta::assert_snapshot!(said(&service("", "cpu: 512\nmemory: 512MB")), @r#"
    error: invalid task `memory`: `512MB`
     --> deploy.yaml:5:15
      |
    5 |       memory: 512MB
      |               ^^^^^ MiB (512) or GB (0.5 GB)
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said(&service("", "cpu: 8 vCPU\nmemory: 18 GB")), @"
    error: unsupported Fargate memory value 18432 MiB for 8192 CPU units
     --> deploy.yaml:5:15
      |
    4 |       cpu: 8 vCPU
    5 |       memory: 18 GB
      |               ^^^^^ with cpu 8192: 16384 to 61440 in steps of 4096
    1 error in deploy.yaml
    ");
    insta::assert_snapshot!(said(&service("", "memory: 512")), @"
    error: missing `cpu` in a task definition for Fargate
     --> deploy.yaml:3:5
      |
    3 |     taskDefinition:
      |     ^^^^^^^^^^^^^^ Fargate requires it, for example `cpu: 256`; for container instances, set `launchType: EC2` in the service
    1 error in deploy.yaml
    ");
    assert_eq!(said(&service("launchType: EC2", "cpu: 300\nmemory: 768")), "");
    let case = FileCase {
        overrides: FileOverrides {
            allow_unknown_fields: true,
            ..FileOverrides::default()
        },
        ..FileCase::default()
    };
    assert!(
        case.said(&service("", "cpu: 32 vCPU\nmemory: 244 GB"))
            .starts_with("warning: unsupported Fargate CPU value 32768")
    );
}

#[test]
fn network_modes_of_fargate() {
    insta::assert_snapshot!(said(&service("", "cpu: 256\nmemory: 512\nnetworkMode: bridge")), @r#"
    error: Fargate does not support this network mode
     --> deploy.yaml:6:20
      |
    6 |       networkMode: bridge
      |                    ^^^^^^ write `networkMode: awsvpc`; for container instances, set `launchType: EC2` in the service
    1 error in deploy.yaml
    "#);
    let spot = "capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT}]";
    assert_eq!(said(&service(spot, "cpu: 256\nmemory: 512")), "");
    insta::assert_snapshot!(said(&service(spot, "cpu: 256\nmemory: 512\nnetworkMode: bridge")), @"
    error: Fargate does not support this network mode
     --> deploy.yaml:7:20
      |
    7 |       networkMode: bridge
      |                    ^^^^^^ write `networkMode: awsvpc`; for container instances, set `launchType: EC2` in the service
    1 error in deploy.yaml
    ");
    let case = FileCase::default().file(
        "task.yaml",
        "family: web\ncontainerDefinitions: [{name: web, image: a, memory: 64}]\n",
    );
    let text = format!("services:\n  web:\n    taskDefinition: task.yaml\n    {spot}\n");
    insta::assert_snapshot!(case.said(&text), @r"
    warning: Fargate supports only network mode awsvpc
     --> deploy.yaml:4:5
      |
    4 |     capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT}]
      |     ^^^^^^^^^^^^^^^^^^^^^^^^ but the task definition has another one
      |
      = hint: add this to the task definition: networkMode: awsvpc, requiresCompatibilities: [FARGATE]
    1 warning in deploy.yaml
    ");
}

#[test]
fn neither_a_file_nor_a_revision() {
    insta::assert_snapshot!(said("services: {web: {taskDefinition: web}}\n"), @r#"
    error: `web` is neither a file nor a task definition revision
     --> deploy.yaml:1:34
      |
    1 | services: {web: {taskDefinition: web}}
      |                                  ^^^ a file contains `/` or ends in .json, .yaml or .yml; a revision is FAMILY:REV or an ARN
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("services: {web: {taskDefinition: [web]}}\n"), @r#"
    error: `taskDefinition` must be a mapping, a path or FAMILY:REV, not a list
     --> deploy.yaml:1:34
      |
    1 | services: {web: {taskDefinition: [web]}}
      |                                  ^^^^^ not a mapping, a path or FAMILY:REV
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("services: {web: {taskDefinition: {base: web site}}}\n"), @"
    error: invalid `base`: `web site`
     --> deploy.yaml:1:41
      |
    1 | services: {web: {taskDefinition: {base: web site}}}
      |                                         ^^^^^^^^ use `live`, FAMILY, FAMILY:REV, or a path that contains `/` or ends in .json, .yaml or .yml
    1 error in deploy.yaml
    ");
}

#[test]
fn an_existing_revision() {
    let document = web("services: {web: {taskDefinition: \"web:42\"}}\n");
    assert_eq!(document["taskDefinition"], json!(null));
    assert_eq!(document["service"]["taskDefinition"], "web:42");
    assert_eq!(
        document["service"].get("launchType"),
        None,
        "depends on what AWS knows"
    );
}

#[test]
fn overrides_of_a_base_revision() {
    let text = "
services:
  web:
    taskDefinition:
      base: live
      memory: 1 GB
      taskRoleArn: ~
      containerDefinitions:
      - {name: web, image: \"busybox:2\", environment: {A: 1, GONE: ~}, healthCheck: ~}
";
    let loaded = FileCase::default().load(text).expect("good");
    let crate::model::TaskDefinitionSource::Based { base, changes, .. } =
        &loaded.manifest.services["web"].definition
    else {
        panic!("based")
    };
    assert!(matches!(base, crate::model::Base::Live));
    // No defaults, and a null is kept: it removes something from the base.
    let keys = |node: &crate::model::Node| -> Vec<String> {
        node.members().iter().map(|entry| entry.key.clone()).collect()
    };
    assert_eq!(keys(changes), ["memory", "taskRoleArn", "containerDefinitions"]);
    let web = changes
        .get("containerDefinitions")
        .and_then(|containers| containers.get("web"))
        .expect("by name");
    assert_eq!(keys(web), ["name", "image", "environment", "healthCheck"]);
    let environment = web.get("environment").expect("by name");
    assert!(environment.get("GONE").is_some_and(crate::model::Node::is_null));
    assert_eq!(
        environment.get("A").and_then(crate::model::Node::as_str),
        Some("1")
    );
    insta::assert_snapshot!(
        said("services: {web: {taskDefinition: {base: web, memroy: 1, containerDefinitions: {web: {cpu: x}}}}}\n"),
        @r#"
    error: unknown key `memroy` in a task definition
     --> deploy.yaml:1:46
      |
    1 | services: {web: {taskDefinition: {base: web, memroy: 1, containerDefinitions: {web: {cpu: x}}}}}
      |                                              ^^^^^^ did you mean `memory`?
      |
      = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    error: `cpu` must be a whole number, not a string
     --> deploy.yaml:1:91
      |
    1 | services: {web: {taskDefinition: {base: web, memroy: 1, containerDefinitions: {web: {cpu: x}}}}}
      |                                                                                           ^ not a whole number
    2 errors in deploy.yaml
    "#
    );
}
