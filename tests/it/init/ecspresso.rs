//! `init --ecspresso`: a configuration with its definitions and their templates.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Ecsctl, Output, Scenario, Scripted, cases};

const CONFIG: &str = r#"region: "{{ must_env `AWS_REGION` }}"
cluster: {{ env `CLUSTER` `shop` }}
service: web-{{ must_env `ENV` }}
service_definition: ecs-service-def.json
task_definition: ecs-task-def.json
timeout: 10m0s
plugins:
  - name: tfstate
    config:
      url: s3://acme-states/shop/terraform.tfstate
  - name: tfstate
    config: {path: network.tfstate}
    func_prefix: network_
  - name: cloudformation
  - name: external
    config: {name: jq, command: [jq, -n], num_args: 1}
ignore:
  tags: [CostCenter]
"#;

const SERVICE: &str = r#"{
  "launchType": "FARGATE",
  "desiredCount": {{ env `DESIRED_COUNT` `2` }},
  "enableExecuteCommand": true,
  "propagateTags": "",
  "runningCount": 2,
  "loadBalancers": [
    {
      "containerName": "web",
      "containerPort": {{ must_env "PORT" }},
      "targetGroupArn": "{{ tfstate `aws_lb_target_group.web['blue'].arn` }}"
    }
  ],
  "networkConfiguration": {
    "awsvpcConfiguration": {
      "subnets": [
        "{{ cfn_output `network` `SubnetA` }}",
        "{{ network_tfstate `aws_subnet.b.id` }}"
      ],
      "securityGroups": ["{{ cfn_export `network-web` }}"]
    }
  }
}
"#;

const TASK: &str = r#"{
  {{- /* the family is the service's */}}
  "family": "web-{{ must_env `ENV` }}",
  {{ $name := env `NAME` `web` -}}
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "cpu": "{{ env `CPU` `256` }}",
  "memory": "512",
  "taskRoleArn": "arn:aws:iam::123456789012:role/web",
  "executionRoleArn": "{{ ssm (printf `/%s/role` (must_env `ENV`)) }}",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "{{ must_env `ECR` }}/shop/web:{{ must_env `TAG` }}",
      "essential": true,
      "portMappings": [{"containerPort": {{ must_env "PORT" }}, "appProtocol": ""}],
      {{ if eq (env `ENV` `dev`) `dev` }}
      "command": ["web", "--verbose"],
      {{ else }}
      "command": ["web"],
      {{ end }}
      "environment": [
        {"name": "NAME", "value": "{{ $name }}"},
        {"name": "PRICE", "value": "${{ must_env `PRICE` }}"},
        {"name": "SHELL", "value": "${HOME} {{ `{{` }}"},
        {"name": "DATE", "value": "{{ jq `now` }}"}
      ],
      "secrets": [{"name": "DB", "valueFrom": "{{ secretsmanager_arn `shop/db` }}:password::"}],
      "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
          "awslogs-group": "/ecs/{{ must_env `ENV` }}",
          "awslogs-region": "us-east-1",
          "awslogs-stream-prefix": "{{ if env `P` `` }}p{{ else }}q{{ end }}"
        }
      }
    }
  ]
}
"#;

/// Runs init on ecspresso.yml among these files, and returns its output and the text of deploy.yaml.
fn init(files: &[(&str, &str)], arguments: &[&str]) -> (Output, String) {
    let run = Ecsctl::new(&[&["init", "--ecspresso", "ecspresso.yml"], arguments].concat());
    let run = files.iter().fold(run, |run, (name, text)| run.write(name, text));
    let output = run.run();
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap_or_default();
    (output, text)
}

fn whole() -> [(&'static str, &'static str); 3] {
    [
        ("ecspresso.yml", CONFIG),
        ("ecs-service-def.json", SERVICE),
        ("ecs-task-def.json", TASK),
    ]
}

/// A service and a task definition without templates.
fn plain() -> (Value, Value) {
    let service = json!({
        "launchType": "FARGATE", "desiredCount": 2,
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}},
    });
    let task = json!({
        "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256",
        "memory": "512", "containerDefinitions": [{"name": "web", "image": "nginx:1.27", "essential": true}]
    });
    (service, task)
}

const PLAIN: &str =
    "region: us-east-1\ncluster: shop\nservice: web\nservice_definition: sv.json\ntask_definition: td.json\n";

fn rendered(text: &str) -> Value {
    Ecsctl::new(&["render", "-o", "json", "--show-values"])
        .file(text)
        .run()
        .exits(0)
        .json()
}

#[test]
fn templates_become_references() {
    let (output, text) = init(&whole(), &[]);
    assert_snapshot!(
        "templates",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
}

/// Once a person has done what the file says, it renders to what ecspresso would send.
#[test]
fn references_resolve_to_the_same_values() {
    let (output, text) = init(&whole(), &[]);
    output.exits(0);
    let server = Scripted::start(Scenario::parse(
        "sources: {parameters: {/dev/role: 'arn:aws:iam::123456789012:role/execution'}, stacks: {network: {SubnetA: subnet-a}}, \
         exports: {network-web: sg-1}, secrets: {shop/db: x}}",
    ));
    let state = json!({"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
        {"mode": "managed", "type": "aws_lb_target_group", "name": "web", "provider": "p", "instances": [
            {"index_key": "blue", "attributes": {"arn":
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"}}]}]});
    let text = text.replace("s3://acme-states/shop/terraform.tfstate", "terraform.tfstate");
    let mut render = Ecsctl::on(
        &server,
        &[
            "render",
            "-o",
            "json",
            "--show-values",
            "--var",
            "network_tfstate-aws_subnet-b-id=subnet-b",
            "--var",
            "jq-now=today",
            "--var",
            "if-env-P-p-else-q-end=q",
        ],
    );
    for (name, value) in [
        ("ENV", "dev"),
        ("PORT", "8080"),
        ("ECR", "example.com"),
        ("TAG", "1"),
        ("PRICE", "5"),
    ] {
        render = render.env(name, value);
    }
    let document = render
        .file(&text)
        .write("terraform.tfstate", &state.to_string())
        .run()
        .exits(0)
        .json();
    let service = &document["services"]["web"]["service"];
    assert_eq!(service["serviceName"], "web-dev");
    assert_eq!(service["desiredCount"], 2);
    assert_eq!(service["loadBalancers"][0]["containerPort"], 8080);
    let subnets = &service["networkConfiguration"]["awsvpcConfiguration"]["subnets"];
    assert_eq!(*subnets, json!(["subnet-a", "subnet-b"]));
    let task = &document["services"]["web"]["taskDefinition"];
    assert_eq!(task["family"], "web-dev");
    assert_eq!(
        task["executionRoleArn"],
        "arn:aws:iam::123456789012:role/execution"
    );
    let container = &task["containerDefinitions"][0];
    assert_eq!(container["image"], "example.com/shop/web:1");
    assert_eq!(container["portMappings"], json!([{"containerPort": 8080}]));
    let values: Vec<&str> = container["environment"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["value"].as_str().unwrap())
        .collect();
    assert_eq!(values, ["web", "$5", "${HOME} {{", "today"]);
    assert!(
        container["secrets"][0]["valueFrom"]
            .as_str()
            .unwrap()
            .ends_with(":password::")
    );
}

#[test]
fn definitions_pass_unchanged() {
    let (service, task) = plain();
    let files = [
        ("ecspresso.yml", PLAIN),
        ("sv.json", &service.to_string()),
        ("td.json", &task.to_string()),
    ];
    let (output, text) = init(&files, &[]);
    output.exits(0);
    let document = rendered(&text);
    assert_eq!(document["services"]["web"]["taskDefinition"], task);
    for (member, value) in service.as_object().unwrap() {
        assert_eq!(document["services"]["web"]["service"][member], *value, "{member}");
    }
}

/// Go reads members in any case, and a definition may be wrapped.
#[test]
fn members_are_read_in_any_case() {
    let service = r#"{"LaunchType": "FARGATE", "DesiredCount": 2, "ServiceName": "x", "NetworkConfiguration":
        {"AwsvpcConfiguration": {"Subnets": ["subnet-1"]}}}"#;
    let task = r#"{"taskDefinition": {"Family": "web", "NetworkMode": "awsvpc", "Cpu": "256", "Memory": "512",
        "ContainerDefinitions": [{"Name": "web", "Image": "nginx", "DockerLabels": {"Some.Key": "x"}}]}}"#;
    let (output, text) = init(
        &[("ecspresso.yml", PLAIN), ("sv.json", service), ("td.json", task)],
        &[],
    );
    output.exits(0);
    let document = rendered(&text);
    let container = &document["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    assert_eq!(container["dockerLabels"], json!({"Some.Key": "x"}));
    assert_eq!(document["services"]["web"]["service"]["desiredCount"], 2);
}

#[test]
fn code_deploy_settings_are_taken_over() {
    let (mut service, task) = plain();
    service["deploymentController"] = json!({"type": "CODE_DEPLOY"});
    service["loadBalancers"] = json!([{"containerName": "web", "containerPort": 80, "targetGroupArn":
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"}]);
    let mut task = task;
    task["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": 80}]);
    let config = format!(
        "{PLAIN}codedeploy:\n  application_name: app\n  deployment_group_name: group\n  deployment_config_name: CodeDeployDefault.ECSAllAtOnce\n\
         appspec:\n  Hooks:\n    - BeforeInstall: check\n"
    );
    let files = [
        ("ecspresso.yml", config.as_str()),
        ("sv.json", &service.to_string()),
        ("td.json", &task.to_string()),
    ];
    let (output, text) = init(&files, &[]);
    output.exits(0);
    assert!(
        text.contains(
            "    codeDeploy:\n      applicationName: app\n      deploymentGroupName: group\n      \
             deploymentConfigName: CodeDeployDefault.ECSAllAtOnce\n      hooks: [{BeforeInstall: check}]\n"
        ),
        "{text}"
    );
    rendered(&text);
}

#[test]
fn task_without_a_service_becomes_a_job() {
    let (_, task) = plain();
    let config = "region: us-east-1\ntask_definition: td.json\n";
    let (output, text) = init(&[("ecspresso.yml", config), ("td.json", &task.to_string())], &[]);
    output.exits(0);
    assert!(text.contains("jobs:\n"), "{text}");
    let text = text
        .replace("# networkConfiguration", "networkConfiguration")
        .replace("#   ", "  ")
        .replace('…', "1");
    assert_eq!(rendered(&text)["jobs"]["web"]["taskDefinition"], task, "{text}");
}

#[test]
fn paths_are_relative_to_the_configuration() {
    let (service, task) = plain();
    let config = format!("{PLAIN}plugins: [{{name: tfstate, config: {{path: state/terraform.tfstate}}}}]\n");
    let run = Ecsctl::new(&["init", "--ecspresso", "ecs/ecspresso.yml"]);
    let run = run
        .write("ecs/ecspresso.yml", &config)
        .write("ecs/sv.json", &service.to_string());
    let run = run.write("ecs/td.json", &task.to_string());
    run.run().exits(0);
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap();
    assert!(text.contains("tfstate: ecs/state/terraform.tfstate\n"), "{text}");
    let elsewhere =
        Ecsctl::new(&["init", "--ecspresso", "ecs/ecspresso.yml", "-f", "app"]).inside(run.folder());
    elsewhere.write("app/note", "").run().exits(0);
    let text = fs::read_to_string(run.folder().join("app/deploy.yaml")).unwrap();
    assert!(
        text.contains("tfstate: ../ecs/state/terraform.tfstate\n"),
        "{text}"
    );
}

#[test]
fn path_with_a_variable_needs_it() {
    let (_, task) = plain();
    let config = "service: web\ntask_definition: td-{{ must_env `STAGE` }}.json\n";
    let run = Ecsctl::new(&["init", "--ecspresso", "ecspresso.yml"]).write("ecspresso.yml", config);
    let run = run.write("td-dev.json", &task.to_string());
    run.run()
        .exits(2)
        .says("`task_definition` in ecspresso.yml needs the environment variable STAGE")
        .says("set STAGE, and run the command again");
    run.env("STAGE", "dev").run().exits(0);
}

#[test]
fn flags_override_the_configuration() {
    let (service, task) = plain();
    let files = [
        ("ecspresso.yml", PLAIN),
        ("sv.json", &service.to_string()),
        ("td.json", &task.to_string()),
    ];
    let (output, text) = init(&files, &["--cluster", "other", "--region", "eu-west-1"]);
    output.exits(0);
    assert!(text.contains("region: eu-west-1\ncluster: other\n"), "{text}");
}

#[test]
fn jsonnet_is_to_be_rendered_first() {
    let run = Ecsctl::new(&["init", "--ecspresso", "ecspresso.jsonnet"]).write("ecspresso.jsonnet", "{}");
    assert_snapshot!("jsonnet_config", run.run().exits(2).record());
    let config = PLAIN.replace("td.json", "td.jsonnet");
    let (service, _) = plain();
    let (output, text) = init(
        &[
            ("ecspresso.yml", config.as_str()),
            ("sv.json", &service.to_string()),
        ],
        &[],
    );
    assert_snapshot!("jsonnet_definition", output.exits(2).record());
    assert_eq!(text, "");
}

/// A configuration or a definition that can't be used is refused, and nothing is written.
fn is_refused(config: &str, definition: &str, reason: &str) {
    let (service, _) = plain();
    let files = [
        ("ecspresso.yml", config),
        ("sv.json", &service.to_string()),
        ("td.json", definition),
    ];
    let (output, text) = init(&files, &[]);
    output.exits(2).says(reason);
    assert_eq!(text, "");
}

cases! {
    is_refused {
        empty("", "{}", "the file is empty");
        a_list("- a\n", "{}", "is not a configuration of ecspresso");
        another_file("services: {}\n", "{}", "neither `task_definition` nor `service_definition`");
        express("express_definition: x.json\n", "{}", "ECS Express");
        missing_definition("service: web\ntask_definition: none.json\n", "{}", "none.json can't be read: no such file");
        folder_as_definition("service: web\ntask_definition: .\n", "{}", "can't be read");
        path_that_is_a_list("task_definition: [td.json]\n", "{}", "`task_definition` must be a string");
        unclosed_template(PLAIN, "{\"family\": \"{{ must_env `A` \"}", "`{{` without its `}}`");
        unended_condition(PLAIN, "{{ if env `A` }}{}", "it has no `{{ end }}`");
        lone_end(PLAIN, "{}{{ end }}", "it ends nothing");
        not_json(PLAIN, "{\"family\": ", "td.json");
        unknown_member(PLAIN, "{\"family\": \"x\", \"containerDefinitions\": [{\"nam\": \"x\"}]}", "unknown key `nam`");
        wrong_type(PLAIN, "{\"family\": [\"x\"]}", "`family` must be a string");
        binary(PLAIN, "\u{0}\u{1}", "td.json");
    }
}

#[test]
fn faults_are_shown_in_the_original_text() {
    let task =
        "{\n  \"family\": \"{{ must_env `ENV` }}\", \"cpus\": \"1\",\n  \"containerDefinitions\": []\n}\n";
    let (service, _) = plain();
    let (output, _) = init(
        &[
            ("ecspresso.yml", PLAIN),
            ("sv.json", &service.to_string()),
            ("td.json", task),
        ],
        &[],
    );
    assert_snapshot!("faults", output.exits(2).record());
}

#[test]
fn huge_files_are_refused() {
    let huge = format!("{{\"family\": \"{}\"}}", "x".repeat(2 << 20));
    is_refused(PLAIN, &huge, "more than the 1048576");
}

#[test]
fn two_sources_are_refused() {
    let run = Ecsctl::new(&["init", "--ecspresso", "a", "--service", "web"]).run();
    run.exits(2).says("cannot be used with");
}

/// Returns the rows of the tables in the page about ecspresso, their first and second cells.
fn rows_of_the_page() -> Vec<(String, String)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coming-from-ecspresso.md");
    let page = fs::read_to_string(path).unwrap();
    let rows = page.lines().filter_map(|line| {
        let (first, rest) = line.strip_prefix("| ")?.split_once(" | ")?;
        Some((first.to_owned(), rest.trim_end_matches([' ', '|']).to_owned()))
    });
    rows.collect()
}

#[test]
fn page_names_the_references_that_init_writes() {
    let rows = rows_of_the_page().into_iter();
    let rows: Vec<(String, String)> = rows
        .filter(|(template, _)| template.starts_with("``{{"))
        .collect();
    assert!(rows.len() > 5, "{rows:?}");
    for (template, reference) in rows {
        let template = template.trim_matches('`');
        let reference = reference.split('`').nth(1).unwrap();
        let task = plain().1.to_string().replace("nginx:1.27", template);
        let (output, text) = init(
            &[
                ("ecspresso.yml", PLAIN),
                ("sv.json", &plain().0.to_string()),
                ("td.json", &task),
            ],
            &[],
        );
        output.exits(0);
        assert!(
            text.contains(&format!("image: {reference}\n")),
            "{template}\n{text}"
        );
    }
}

#[test]
fn page_names_verbs_that_exist() {
    let rows = rows_of_the_page()
        .into_iter()
        .skip_while(|(first, _)| first != "`deploy`");
    let verbs: Vec<String> = rows
        .flat_map(|(_, verbs)| verbs.split(", ").map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|verb| Some(verb.strip_prefix('`')?.split(['`', ' ']).next()?.to_owned()))
        .collect();
    assert!(verbs.len() > 10, "{verbs:?}");
    for verb in verbs {
        Ecsctl::new(&[&verb, "--help"]).run().exits(0);
    }
}
