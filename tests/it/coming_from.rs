//! The pages for people who come from something else: the old files in, the new deployment out.

use std::fs;

use serde_json::{Value, json};

use crate::support::readme::example_of;
use crate::support::{Ecsctl, Output, Scenario, Scripted};

const TERRAFORM: &str = "coming-from-terraform.md";
const SCRIPT: &str = "coming-from-a-shell-script.md";
const COMPOSE: &str = "coming-from-compose.md";
const COPILOT: &str = "coming-from-copilot.md";

const IMAGE: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1f0c2a9";
const NEXT: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:77ab03c";

/// Returns the task definition of the script's page, with an image.
fn definition(image: &str) -> Value {
    let text = example_of(SCRIPT, "task-definition.json");
    serde_json::from_str(&text.replace("IMAGE_PLACEHOLDER", image)).unwrap()
}

/// A service that something else made, of this task definition.
fn live(definition: &Value) -> Scripted {
    let network = json!({"subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED"});
    let group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1f0c2a9b";
    let service = json!({
        "cluster": "shop", "taskDefinition": "shop-web:1", "desiredCount": 2, "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": network},
        "loadBalancers": [{"targetGroupArn": group, "containerName": "web", "containerPort": 8080}],
    });
    let scenario = json!({
        "account": "123456789012", "clusters": ["shop"], "definitions": [definition], "logGroups": {"/ecs/shop-web": {}},
        "services": {"web": {"input": service}},
    });
    Scripted::start(Scenario::parse(&scenario.to_string()))
}

/// The state of the Terraform configuration that made the service.
fn state() -> String {
    let resource = |kind: &str, name: &str, attributes: Value| {
        json!({"mode": "managed", "type": kind, "name": name,
            "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
            "instances": [{"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}]})
    };
    let group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1f0c2a9b";
    let role = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole";
    json!({"version": 4, "terraform_version": "1.9.8", "serial": 3, "lineage": "0b1c",
        "outputs": {"private_subnets": {"value": ["subnet-1", "subnet-2"], "type": ["list", "string"]}},
        "resources": [
            resource("aws_lb_target_group", "web", json!({"arn": group})),
            resource("aws_iam_role", "execution", json!({"arn": role})),
            resource("aws_security_group", "web", json!({"id": "sg-1"})),
        ], "check_results": null})
    .to_string()
}

/// Runs `ecsctl VERB --image web=IMAGE` with a file.
fn with_image(server: &Scripted, verb: &[&str], file: &str, image: &str) -> Output {
    let image = format!("web={image}");
    let run = Ecsctl::on(server, &[verb, &["--image", &image]].concat());
    run.file(file).write("terraform.tfstate", &state()).run()
}

/// Asserts that a file changes nothing with the image that runs, and only the image with another.
fn deploys_only_the_image(server: &Scripted, file: &str) {
    with_image(server, &["plan", "--exit-code"], file, IMAGE).exits(0);
    let plan = with_image(server, &["plan", "-o", "json"], file, NEXT);
    let document = plan.exits(0).json();
    let changes = document["services"][0]["definition"]["changes"]
        .as_array()
        .unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0]["after"]["value"], NEXT, "{changes:?}");
    with_image(server, &["deploy"], file, NEXT).exits(0);
    let log = server.log();
    assert_eq!(log.writes(), ["ecs RegisterTaskDefinition", "ecs UpdateService"]);
    let update = log.only("ecs UpdateService").input.clone();
    let members: Vec<&str> = update.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["taskDefinition", "cluster", "service"], "{update}");
}

/// A task definition as Terraform has it: without the variable of the script's.
fn of_terraform(image: &str) -> Value {
    let mut definition = definition(image);
    let container = definition["containerDefinitions"][0].as_object_mut().unwrap();
    container.remove("environment");
    let options = json!({"awslogs-group": "/ecs/shop-web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "shop-web"});
    container.insert(
        "logConfiguration".to_owned(),
        json!({"logDriver": "awslogs", "options": options}),
    );
    definition
}

#[test]
fn terraform_keeps_the_service() {
    let server = live(&of_terraform(IMAGE));
    deploys_only_the_image(&server, &example_of(TERRAFORM, "base"));
}

#[test]
fn service_of_terraform_moves_to_the_file() {
    let server = live(&of_terraform(IMAGE));
    deploys_only_the_image(&server, &example_of(TERRAFORM, "moved"));
}

#[test]
fn file_of_a_live_service_changes_nothing() {
    for definition in [of_terraform(IMAGE), definition(IMAGE)] {
        let server = live(&definition);
        let init = Ecsctl::on(&server, &["init", "--service", "web", "--cluster", "shop"]);
        init.run().exits(0);
        let text = fs::read_to_string(init.folder().join("deploy.yaml")).unwrap();
        Ecsctl::on(&server, &["plan", "--exit-code"])
            .file(&text)
            .run()
            .exits(0);
    }
}

#[test]
fn script_becomes_a_file() {
    let server = live(&definition(IMAGE));
    deploys_only_the_image(&server, &example_of(SCRIPT, "deploy.yaml"));
}

#[test]
fn task_definition_of_a_script_is_taken_over() {
    let source = [
        "init",
        "--task-definition",
        "task-definition.json",
        "--cluster",
        "shop",
    ];
    let init = Ecsctl::new(&source).write(
        "task-definition.json",
        &example_of(SCRIPT, "task-definition.json"),
    );
    init.run().exits(0);
    let text = fs::read_to_string(init.folder().join("deploy.yaml")).unwrap();
    let server = live(&definition(IMAGE));
    let text = text.replace("  shop-web:\n", "  web:\n").replace(
        "    taskDefinition:\n",
        "    taskDefinition:\n      family: shop-web\n",
    );
    deploys_only_the_image(&server, &text);
}

/// Returns what `render` prints of a file, in an environment if one is named.
fn rendered(file: &str, environment: Option<&str>) -> Value {
    let exports = json!({"shop-prod-ClusterId": "shop-prod", "shop-prod-EnvironmentSecurityGroup": "sg-1"});
    let scenario = json!({"account": "123456789012", "sources": {"exports": exports}});
    let server = Scripted::start(Scenario::parse(&scenario.to_string()));
    let mut arguments = vec!["render", "-o", "json", "--show-values"];
    arguments.extend(environment.into_iter().flat_map(|name| ["-e", name]));
    let run = Ecsctl::on(&server, &arguments).env("DATABASE_URL", "postgres://db");
    run.file(file).run().exits(0).json()
}

/// Returns a member of the only container of the service web.
fn of_container(document: &Value, member: &str) -> Value {
    document["services"]["web"]["taskDefinition"]["containerDefinitions"][0][member].clone()
}

/// Deploys a file with an image to a cluster, and asserts that nothing is left to do.
fn deploys(file: &str, cluster: &str, environment: &[&str]) {
    let exports = json!({"shop-prod-ClusterId": "shop-prod"});
    let scenario = json!({"account": "123456789012", "clusters": [cluster], "sources": {"exports": exports}});
    let server = Scripted::start(Scenario::parse(&scenario.to_string()));
    with_image(&server, &[&["deploy"], environment].concat(), file, IMAGE).exits(0);
    let plan = [&["plan", "--exit-code"], environment].concat();
    with_image(&server, &plan, file, IMAGE).exits(0);
}

#[test]
fn compose_file_becomes_services_and_jobs() {
    let init = Ecsctl::new(&["init", "--compose", "compose.yaml"])
        .write("compose.yaml", &example_of(COMPOSE, "compose.yaml"));
    init.run().exits(0);
    let text = fs::read_to_string(init.folder().join("deploy.yaml")).unwrap();
    let page = example_of(COMPOSE, "deploy.yaml");
    let (written, finished) = (rendered(&text, None), rendered(&page, None));
    for member in ["command", "portMappings", "healthCheck"] {
        assert_eq!(
            of_container(&written, member),
            of_container(&finished, member),
            "{member}"
        );
    }
    let count = |document: &Value| document["services"]["web"]["service"]["desiredCount"].clone();
    assert_eq!(count(&written), count(&finished));
    assert_eq!(written["services"]["web"]["beforeDeploy"], json!(["migrate"]));
    deploys(&page, "shop", &[]);
}

#[test]
fn manifests_of_copilot_become_environments() {
    let init = Ecsctl::new(&["init", "--copilot", "."])
        .write("copilot/.workspace", "application: shop\n")
        .write(
            "copilot/web/manifest.yml",
            &example_of(COPILOT, "web/manifest.yml"),
        );
    init.run().exits(0);
    let text = fs::read_to_string(init.folder().join("deploy.yaml")).unwrap();
    let page = example_of(COPILOT, "deploy.yaml");
    let (written, finished) = (rendered(&text, Some("prod")), rendered(&page, Some("prod")));
    for member in ["environment", "secrets", "portMappings"] {
        assert_eq!(
            of_container(&written, member),
            of_container(&finished, member),
            "{member}"
        );
    }
    let scaling = |document: &Value| document["services"]["web"]["autoscaling"]["maxCapacity"].clone();
    assert_eq!((scaling(&written), scaling(&finished)), (10.into(), 10.into()));
    deploys(&page, "shop-prod", &["-e", "prod"]);
}
