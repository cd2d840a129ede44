//! `environments:` and `requireEnvironment`.

use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::json;

use super::*;

const SHOP: &str = r#"
account: "111111111111"
cluster: production
vars: {tier: gold, domain: shop.example}
images:
  web: {repository: acme/web, build: {context: ., args: {MODE: fast, LOG: info}}, tags: [a, b]}
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::111111111111:role/x
      tags: [{key: team, value: shop}]
      containerDefinitions:
        - name: web
          image: ${images.web}
          command: [serve, --fast]
          environment: [{name: TIER, value: "${vars.tier}"}, {name: DOMAIN, value: "${vars.domain}"}]
        - {name: side, image: "side:1"}
    desiredCount: 3
  worker: {taskDefinition: "worker:1"}
environments:
  staging:
    account: "222222222222"
    cluster: staging
    vars: {tier: silver}
    images: {web: {build: {args: {LOG: debug}}, tags: [c]}}
    services:
      web:
        desiredCount: 1
        taskDefinition:
          memory: 1024
          containerDefinitions:
            web: {command: [serve], environment: {TIER: "${vars.tier}-test", PORT: 8080}}
            side: null
            debug: {image: "debug:1"}
      worker: null
  empty:
"#;

fn within(environment: &str) -> FileCase {
    FileCase {
        overrides: FileOverrides {
            environment: Some(environment.to_owned()),
            ..FileOverrides::default()
        },
        ..FileCase::default()
    }
}

/// Returns a valid file with an environment `staging` of these lines.
fn staging(lines: &str) -> String {
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    format!("{}environments:\n  staging:\n{lines}", fargate(""))
}

#[test]
fn environment_is_merged_over_the_file() {
    let shop = within("staging").rendered(SHOP);
    let definition = &shop["services"]["web"]["taskDefinition"];
    let web = &definition["containerDefinitions"][0];
    assert_eq!(shop["services"]["web"]["service"]["cluster"], "staging");
    assert_eq!(shop["services"]["web"]["service"]["desiredCount"], 1);
    assert_eq!(
        (&definition["cpu"], &definition["memory"]),
        (&json!("256"), &json!("1024"))
    );
    assert_eq!(definition["tags"], json!([{"key": "team", "value": "shop"}]));
    assert_eq!(web["command"], json!(["serve"]), "lists replace");
    assert_eq!(
        web["environment"],
        json!([
            {"name": "TIER", "value": "silver-test"},
            {"name": "DOMAIN", "value": "shop.example"},
            {"name": "PORT", "value": "8080"},
        ])
    );
    let names = definition["containerDefinitions"].as_array().unwrap().iter();
    let names: Vec<_> = names.map(|container| &container["name"]).collect();
    assert_eq!(names, ["web", "debug"], "null removes");
    assert!(shop["services"].get("worker").is_none());
    let build = &shop["images"]["web"]["build"];
    assert_eq!(build["args"], json!({"MODE": "fast", "LOG": "debug"}));
    assert_eq!(shop["images"]["web"]["tags"], json!(["c"]));
    let loaded = within("staging").load(SHOP).unwrap();
    assert_eq!(loaded.manifest.account.unwrap().to_string(), "222222222222");
}

#[test]
fn file_without_an_environment_stays_as_it_is() {
    let (before, _) = SHOP.split_once("environments:").unwrap();
    let expected = FileCase::default().rendered(before);
    assert_eq!(FileCase::default().rendered(SHOP), expected);
    assert_eq!(within("empty").rendered(SHOP), expected);
}

#[test]
fn mapping_merges_with_the_list_of_the_environment_by_name() {
    let text = staging(
        "services: {web: {taskDefinition: {executionRoleArn: arn:aws:iam::111111111111:role/x, containerDefinitions: [{name: web, image: other, secrets: [{name: A, valueFrom: a}]}, {name: log, image: log}]}}}",
    );
    let web = within("staging").web(&text);
    let containers = web["taskDefinition"]["containerDefinitions"].as_array().unwrap();
    assert_eq!(containers.len(), 2);
    assert_eq!(containers[0]["image"], "other");
    assert_eq!(containers[0]["portMappings"][0]["containerPort"], 80, "{web}");
    assert_eq!(containers[1]["name"], "log");
}

#[test]
fn environments_share_anchors_with_the_file() {
    let text = format!(
        "x-small: &small {{cpu: 256, memory: 512}}\n{}environments:\n  a: &a\n    services: {{web: {{taskDefinition: {{<<: *small, cpu: 512, memory: 1024}}}}}}\n  b: {{<<: *a, cluster: b}}\n",
        fargate("")
    );
    let web = within("b").web(&text);
    assert_eq!(web["taskDefinition"]["cpu"], "512");
    assert_eq!(web["service"]["cluster"], "b");
}

#[test]
fn flag_precedes_the_environment() {
    let mut case = within("staging");
    case.overrides.cluster = Some("flag".to_owned());
    case.vars.push(("tier", "bronze"));
    let web = case.web(SHOP);
    assert_eq!(web["service"]["cluster"], "flag");
    let tier = &web["taskDefinition"]["containerDefinitions"][0]["environment"][0];
    assert_eq!(tier["value"], "bronze-test");
}

#[test]
fn unknown_environment_lists_the_others() {
    assert_snapshot!(within("stagin").said(SHOP), @"
    error: unknown environment `stagin` (--environment or ECSCTL_ENVIRONMENT)
      --> deploy.yaml:22:1
       |
    22 | environments:
       | ^^^^^^^^^^^^ environments: staging, empty
       |
       = hint: did you mean `staging`?
    1 error in deploy.yaml
    ");
    assert_snapshot!(within("xyz").said(&fargate("")), @"
    error: unknown environment `xyz` (--environment or ECSCTL_ENVIRONMENT)
      hint:  the file has no `environments:`
    1 error
    ");
}

#[test]
fn required_environment_is_asked_for() {
    let text = format!("requireEnvironment: true\n{SHOP}");
    assert_snapshot!(said(&text), @"
    error: no environment is selected, and the file requires one
     --> deploy.yaml:1:1
      |
    1 | requireEnvironment: true
      | ^^^^^^^^^^^^^^^^^^ environments: staging, empty
      |
      = hint: add -e NAME, as in ecsctl plan -e staging
    1 error in deploy.yaml
    ");
    assert_eq!(within("staging").said(&text), "");
    assert_eq!(said(&text.replace("true", "false")), "");
    assert_snapshot!(said(&format!("requireEnvironment: true\n{}", fargate(""))), @"
    error: no environment is selected, and the file requires one
     --> deploy.yaml:1:1
      |
    1 | requireEnvironment: true
      | ^^^^^^^^^^^^^^^^^^ add `environments:`, or remove this
    1 error in deploy.yaml
    ");
}

#[test]
fn wrong_shapes_are_reported_once() {
    assert_snapshot!(within("a").said(&format!("{}environments: [a, b]\n", fargate(""))), @"
    error: `environments` must be a mapping, not a list
     --> deploy.yaml:8:15
      |
    8 | environments: [a, b]
      |               ^^^^^^ not a mapping
    1 error in deploy.yaml
    ");
    assert_snapshot!(within("a").said(&format!("{}environments: {{a: [], b: 1}}\n", fargate(""))), @"
    error: `a` must be a mapping, not a list
     --> deploy.yaml:8:19
      |
    8 | environments: {a: [], b: 1}
      |                   ^^ not a mapping
    1 error in deploy.yaml
    ");
    assert_snapshot!(said(&format!("requireEnvironment: maybe\n{}environments: {{a: [], b: }}\n", fargate(""))), @"
    error: `requireEnvironment` must be `true` or `false`, not a string
     --> deploy.yaml:1:21
      |
    1 | requireEnvironment: maybe
      |                     ^^^^^ not `true` or `false`
    error: `a` must be a mapping, not a list
     --> deploy.yaml:9:19
      |
    9 | environments: {a: [], b: }
      |                   ^^ not a mapping
    2 errors in deploy.yaml
    ");
    assert_snapshot!(said(&format!("{}environments: {{a: , a: }}\n", fargate(""))), @"
    error: the key `a` is there twice
     --> deploy.yaml:8:21
      |
    8 | environments: {a: , a: }
      |                -    ^ again here
      |                |
      |                first here
    1 error in deploy.yaml
    ");
}

#[test]
fn keys_of_the_whole_file_are_refused_in_an_environment() {
    let text = staging(
        "environments: {}\nrequireEnvironment: true\nrequiredVersion: '1'\nx-free: 1\nimage: {}\ndesiredCount: 1\nname: shop",
    );
    let report = within("staging").said(&text);
    assert_snapshot!(report, @"
    error: `environments` is not allowed in an environment
      --> deploy.yaml:10:5
       |
    10 |     environments: {}
       |     ^^^^^^^^^^^^ write it at the top level
    error: `requireEnvironment` is not allowed in an environment
      --> deploy.yaml:11:5
       |
    11 |     requireEnvironment: true
       |     ^^^^^^^^^^^^^^^^^^ write it at the top level
    error: `requiredVersion` is not allowed in an environment
      --> deploy.yaml:12:5
       |
    12 |     requiredVersion: '1'
       |     ^^^^^^^^^^^^^^^ write it at the top level
    error: unknown key `image` in an environment
      --> deploy.yaml:14:5
       |
    14 |     image: {}
       |     ^^^^^ did you mean `images`?
    error: unknown key `desiredCount` in an environment
      --> deploy.yaml:15:5
       |
    15 |     desiredCount: 1
       |     ^^^^^^^^^^^^ belongs in a service
    5 errors in deploy.yaml
    ");
    assert_eq!(
        said(&text),
        report,
        "an environment is checked even if it isn't selected"
    );
}

#[test]
fn misspelled_keys_of_other_environments_are_reported() {
    let text = staging(
        "services: {web: {desiredCuont: 1, taskDefinition: {memroy: 1, containerDefinitions: {web: {imag: x}}}}}\nimages: {web: {biuld: .}}",
    );
    assert_snapshot!(said(&text), @"
    error: unknown key `desiredCuont` in a service
      --> deploy.yaml:10:22
       |
    10 |     services: {web: {desiredCuont: 1, taskDefinition: {memroy: 1, containerDefinitions: {web: {imag: x}}}}}
       |                      ^^^^^^^^^^^^ did you mean `desiredCount`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    error: unknown key `memroy` in a task definition
      --> deploy.yaml:10:56
       |
    10 |     services: {web: {desiredCuont: 1, taskDefinition: {memroy: 1, containerDefinitions: {web: {imag: x}}}}}
       |                                                        ^^^^^^ did you mean `memory`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    error: unknown key `imag` in a container definition
      --> deploy.yaml:10:96
       |
    10 |     services: {web: {desiredCuont: 1, taskDefinition: {memroy: 1, containerDefinitions: {web: {imag: x}}}}}
       |                                                                                                ^^^^ did you mean `image`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    error: unknown key `biuld` in an image
      --> deploy.yaml:11:20
       |
    11 |     images: {web: {biuld: .}}
       |                    ^^^^^ did you mean `build`?
    4 errors in deploy.yaml
    ");
}

#[test]
fn fault_is_reported_where_the_value_is_written() {
    let text =
        staging("services: {web: {desiredCount: many, taskDefinition: {memory: 700}}}\nregion: ${vars.none}");
    assert_snapshot!(within("staging").said(&text), @"
    error: `desiredCount` must be a whole number, not a string
      --> deploy.yaml:10:36
       |
    10 |     services: {web: {desiredCount: many, taskDefinition: {memory: 700}}}
       |                                    ^^^^ not a whole number
    error: unsupported Fargate memory value 700 MiB for 256 CPU units
      --> deploy.yaml:10:67
       |
     4 |       cpu: 256
    ...
    10 |     services: {web: {desiredCount: many, taskDefinition: {memory: 700}}}
       |                                                                   ^^^ with cpu 256: 512, 1024 or 2048
    error: unknown variable `none`
      --> deploy.yaml:11:15
       |
    11 |     region: ${vars.none}
       |               ^^^^^^^^^ add it under `vars:`, or pass `--var none=…`
    3 errors in deploy.yaml
    ");
    assert_eq!(said(&text), "", "values of other environments are not looked at");
}

#[test]
fn null_of_a_required_member_is_reported() {
    let text =
        staging("services: {web: {taskDefinition: {cpu: null, containerDefinitions: {web: {image: null}}}}}");
    assert_snapshot!(within("staging").said(&text), @"
    error: missing `cpu` in a task definition for Fargate
      --> deploy.yaml:10:22
       |
    10 |     services: {web: {taskDefinition: {cpu: null, containerDefinitions: {web: {image: null}}}}}
       |                      ^^^^^^^^^^^^^^ Fargate requires it, for example `cpu: 256`; for container instances, set `launchType: EC2` in the service
    error: missing `image` in the container `web`
      --> deploy.yaml:10:73
       |
    10 |     services: {web: {taskDefinition: {cpu: null, containerDefinitions: {web: {image: null}}}}}
       |                                                                         ^^^ add `image: ${images.NAME}`, or any image reference
    2 errors in deploy.yaml
    ");
    assert_snapshot!(within("staging").said(&staging("services: {web: {taskDefinition: null}}")), @"
    error: missing `taskDefinition` in the service `web`
      --> deploy.yaml:10:16
       |
    10 |     services: {web: {taskDefinition: null}}
       |                ^^^ a mapping, a path, or FAMILY:REV
    1 error in deploy.yaml
    ");
    assert_snapshot!(within("staging").said(&staging("services: {web: null}")), @"
    error: `services` is empty
      --> deploy.yaml:10:5
       |
    10 |     services: {web: null}
       |     ^^^^^^^^ what to deploy
    1 error in deploy.yaml
    ");
    assert_snapshot!(within("staging").said(&staging("services: null")), @"
    error: `services` is empty
      --> deploy.yaml:10:5
       |
    10 |     services: null
       |     ^^^^^^^^ what to deploy
    1 error in deploy.yaml
    ");
}

#[test]
fn null_of_a_service_that_is_not_in_the_file_is_reported() {
    assert_snapshot!(within("staging").said(&staging("services: {wbe: null}")), @"
    error: null removes `wbe`, which isn't in the file's `services`
      --> deploy.yaml:10:16
       |
    10 |     services: {wbe: null}
       |                ^^^ did you mean `web`?
    1 error in deploy.yaml
    ");
}

#[test]
fn list_that_is_merged_by_name_is_checked() {
    let text = SHOP
        .replace("name: TIER, value", "name: TIER, valeu")
        .replace("name: side", "name: \"${vars.tier}\"");
    assert_snapshot!(within("staging").said(&text), @r#"
    error: unknown key `valeu` in a name and value
      --> deploy.yaml:18:38
       |
    18 |           environment: [{name: TIER, valeu: "${vars.tier}"}, {name: DOMAIN, value: "${vars.domain}"}]
       |                                      ^^^^^ did you mean `value`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KeyValuePair.html
    error: a list is merged by name, and this name is a reference
      --> deploy.yaml:19:18
       |
    19 |         - {name: "${vars.tier}", image: "side:1"}
       |                  ^^^^^^^^^^^^^^ write the name itself, or a list in the environment, which replaces this one
    2 errors in deploy.yaml
    "#);
}

#[test]
fn session_settings_come_from_the_environment() {
    let text = staging(
        "account: 012345678901\nregion: eu-north-1\nprofile: ${env.STAGE}\nassumeRole: arn:aws:iam::012345678901:role/x",
    );
    let overrides = within("staging").overrides;
    let document = Document::parse("deploy.yaml", &text).unwrap();
    let document = document.in_environment(&overrides).unwrap();
    let lookups = Lookups {
        env: [("STAGE".to_owned(), "dev".to_owned())].into(),
        ..Lookups::default()
    };
    let settings = document.settings(&lookups, &overrides);
    assert_eq!(settings.account.unwrap().to_string(), "012345678901");
    assert_eq!(settings.region.as_deref(), Some("eu-north-1"));
    assert_eq!(settings.file_profile.as_deref(), Some("dev"));
    assert_eq!(
        settings.assume_role.as_deref(),
        Some("arn:aws:iam::012345678901:role/x")
    );
}

/// The environment variables of a container; some are null.
type Variables = Vec<(String, Option<u8>)>;

/// Containers; some are null.
#[derive(Clone, Debug)]
struct ContainerSet {
    containers: Vec<(String, Option<Variables>)>,
}

fn piece() -> impl Strategy<Value = ContainerSet> {
    let variables = prop::collection::btree_map("[A-C]", prop::option::of(any::<u8>()), 0..3);
    let container = prop::option::weighted(0.8, variables.prop_map(|all| all.into_iter().collect()));
    prop::collection::btree_map("[a-c]", container, 0..4).prop_map(|all| ContainerSet {
        containers: all.into_iter().collect(),
    })
}

impl ContainerSet {
    /// Returns the `containerDefinitions`, as a list or as a mapping. A list has no nulls.
    fn written(&self, as_list: bool) -> Value {
        let value = |value: &Option<u8>| value.map_or(Value::Null, |value| value.to_string().into());
        if !as_list {
            let container = |variables: &Variables| {
                let variables = variables.iter().map(|(name, it)| (name.clone(), value(it)));
                json!({"image": "i", "environment": variables.collect::<serde_json::Map<_, _>>()})
            };
            let all = self.containers.iter();
            let all = all.map(|(name, it)| (name.clone(), it.as_ref().map_or(Value::Null, container)));
            return Value::Object(all.collect());
        }
        let present = self
            .containers
            .iter()
            .filter_map(|(name, it)| Some((name, it.as_ref()?)));
        let container = |(name, variables): (&String, &Variables)| {
            let variables = variables.iter().filter(|(_, it)| it.is_some());
            let variables = variables.map(|(name, it)| json!({"name": name, "value": value(it)}));
            json!({"name": name, "image": "i", "environment": variables.collect::<Vec<_>>()})
        };
        present.map(container).collect()
    }

    /// Returns the values of the variables, with `over` merged over them by name.
    fn merged(&self, over: &Self) -> Vec<(String, Vec<(String, u8)>)> {
        let mut all: indexmap::IndexMap<String, indexmap::IndexMap<String, u8>> = indexmap::IndexMap::new();
        for (name, variables) in self.containers.iter().chain(&over.containers) {
            let Some(variables) = variables else {
                all.shift_remove(name);
                continue;
            };
            let known = all.entry(name.clone()).or_default();
            for (name, value) in variables {
                match value {
                    Some(value) => drop(known.insert(name.clone(), *value)),
                    None => drop(known.shift_remove(name)),
                }
            }
        }
        all.into_iter()
            .map(|(name, it)| (name, it.into_iter().collect()))
            .collect()
    }
}

proptest! {
    #[test]
    fn containers_merge_by_name_in_either_form(below in piece(), above in piece(), form in 0..3) {
        // Two lists are not merged.
        let (below_is_list, above_is_list) = (form == 0, form == 1);
        let without_nulls = |piece: ContainerSet| ContainerSet {
            containers: piece.containers.into_iter().filter(|(_, it)| it.is_some())
                .map(|(name, it)| (name, it.map(|it| it.into_iter().filter(|(_, it)| it.is_some()).collect())))
                .collect(),
        };
        let below = without_nulls(below);
        let above = if above_is_list { without_nulls(above) } else { above };
        let file = json!({
            "services": {"web": {"taskDefinition": {"cpu": 256, "memory": 512, "containerDefinitions": below.written(below_is_list)}}},
            "environments": {"e": {"services": {"web": {"taskDefinition": {"containerDefinitions": above.written(above_is_list)}}}}},
        });
        let expected = below.merged(&above);
        if expected.is_empty() {
            prop_assert!(within("e").load(&file.to_string()).is_err(), "{}", file);
            return Ok(());
        }
        let web = within("e").web(&file.to_string());
        let found: Vec<_> = web["taskDefinition"]["containerDefinitions"].as_array().unwrap().iter().map(|container| {
            let variables = container["environment"].as_array().into_iter().flatten();
            let text = |node: &Value| node.as_str().unwrap().to_owned();
            (text(&container["name"]), variables.map(|it| (text(&it["name"]), text(&it["value"]).parse().unwrap())).collect())
        }).collect();
        prop_assert_eq!(found, expected, "{}", file);
    }

    #[test]
    fn environment_that_is_named_alone_matters(over in "[a-z]{1,8}") {
        let file = staging(&format!("cluster: {over}"));
        let web = within("staging").web(&file);
        prop_assert_eq!(&web["service"]["cluster"], over.as_str());
        prop_assert_eq!(&FileCase::default().web(&file)["service"]["cluster"], "default");
    }
}
