//! `init --service`: a file in which a live service changes nothing.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::support::aws_models::assert_valid;
use crate::support::{Ecsctl, Scenario, Scripted, cases, scenario_file};

/// Asserts that a plan of what init writes of each live service is empty, and returns what it wrote.
pub fn plans_nothing(server: &Scripted) -> String {
    let services: Vec<(String, String)> = server.world(|world| world.services.keys().cloned().collect());
    let region = server.world(|world| world.base.region.clone());
    let mut written = String::new();
    for (cluster, name) in services {
        let source = [
            "init",
            "--service",
            &name,
            "--cluster",
            &cluster,
            "--region",
            &region,
        ];
        let init = Ecsctl::on(server, &source).without("AWS_REGION");
        let output = init.run().exits(0);
        let text = fs::read_to_string(init.folder().join("deploy.yaml")).unwrap();
        let plan = Ecsctl::on(server, &["plan", "--exit-code"])
            .without("AWS_REGION")
            .file(&text);
        let plan = plan.run();
        assert_eq!(plan.code(), 0, "{text}\n{}{}", plan.stdout, plan.stderr);
        written += &format!("{}--- deploy.yaml ---\n{text}", output.record());
    }
    assert_valid(server);
    written
}

/// Deploys a scenario's service, and writes it again.
fn is_written_from_live(name: &str) {
    let scenario = Scenario::file(name);
    let file = scenario_file::first(&scenario);
    let server = Scripted::start(scenario);
    Ecsctl::on(&server, &["deploy", "--timeout", "2m"])
        .file(&file)
        .run();
    server.clear_log();
    let written = plans_nothing(&server);
    assert!(!written.is_empty(), "nothing runs");
}

cases! {
    is_written_from_live {
        healthy("healthy");
        instances("ec2");
        daemon("daemon");
        blue_green("blue-green");
        canary("canary");
        linear("linear");
        capacity_provider("capacity-provider");
        classic_load_balancer("classic");
        no_tasks("zero");
        alarms("alarm");
        target_group("target-port");
        hooks("hook");
        pauses("pause");
        without_breaker("never");
    }
}

#[test]
fn file_says_only_what_aws_does_not_add() {
    let scenario = Scenario::parse(
        "
clusters: [shop]
definitions:
  - family: shop-web
    networkMode: awsvpc
    requiresCompatibilities: [FARGATE]
    cpu: '512'
    memory: '1024'
    executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
    containerDefinitions:
      - name: web
        image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/web@sha256:77ab03c1a6a0a5f1d6f7e3b9f0f6a3b5e1c2d3e4f5061728394a5b6c7d8e9f00
        portMappings: [{containerPort: 8080}]
        environment: [{name: API_TOKEN, value: abcdef123456}, {name: TEMPLATE, value: '${NAME}'}]
        secrets: [{name: DB_URL, valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/db'}]
services:
  web:
    input:
      cluster: shop
      taskDefinition: shop-web:1
      desiredCount: 2
      launchType: FARGATE
      networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}
",
    );
    let server = Scripted::start(scenario);
    assert_snapshot!("live", plans_nothing(&server));
}

#[test]
fn missing_service_is_named() {
    let server = Scripted::start(Scenario::parse("clusters: [shop]"));
    let init = Ecsctl::on(&server, &["init", "--service", "web", "--cluster", "shop"]);
    init.run()
        .exits(3)
        .says("service web doesn't exist in cluster shop");
    assert!(!Path::new(&init.folder().join("deploy.yaml")).exists());
}

#[test]
fn two_sources_are_one_too_many() {
    let init = Ecsctl::new(&["init", "--service", "web", "--task-definition", "td.json"]);
    init.run().exits(2).says("--task-definition");
}
