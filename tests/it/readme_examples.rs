//! The README's deploy.yaml, and its error, are what the program makes of them.

use crate::output::contents;
use crate::support::cli::filtered;
use crate::support::readme::{example, holds};
use crate::support::{Ecsctl, Scenario, Scripted};

#[test]
fn example_file_is_valid_and_short() {
    let file = example("deploy.yaml");
    assert!(file.lines().count() <= 12, "twelve lines were promised");
    let server = Scripted::start(Scenario::parse("clusters: [production]"));
    Ecsctl::on(&server, &["render"])
        .file(&file)
        .write("Dockerfile", "FROM scratch\n")
        .run()
        .exits(0);
    Ecsctl::on(&server, &["plan", "--no-build", "--exit-code"])
        .file(&file)
        .write("Dockerfile", "FROM scratch\n")
        .run()
        .exits(8);
}

#[test]
fn example_error_is_current() {
    let file = example("deploy.yaml").replace("portMappings", "portMapping");
    let output = Ecsctl::new(&["plan"]).file(&file).run().exits(2);
    let said = format!("$ ecsctl plan\n{}", output.stderr);
    holds("error", &said, |text| filtered(text, output.folder()));
}

#[test]
fn example_failure_is_current() {
    let server = Scripted::start(Scenario::file("readme-failure"));
    Ecsctl::on(&server, &["deploy"]).file(FAILING).run().exits(0);
    let changed = FAILING.replace("shop:1", "shop:2");
    let output = Ecsctl::on(&server, &["deploy"]).file(&changed).run().exits(5);
    let (_, report) = output.stderr.split_once("✗ ").expect("a report");
    holds("failure", &format!("✗ {report}"), |text| {
        filtered(text, output.folder())
    });
}

#[test]
fn example_rollback_is_current() {
    let server = Scripted::start(Scenario::parse(PAST));
    let ecsctl = Ecsctl::on(&server, &["rollback", "web", "--yes"]).file(FAILING);
    let output = ecsctl.run_in_terminal(130).exits(0);
    let said = format!("$ ecsctl rollback web --yes\n{}\n", contents(&output, 130));
    holds("rollback", &said, |text| filtered(text, output.folder()));
}

/// web:1 was deployed well, web:2 failed, web:3 was deployed well and runs.
const PAST: &str = r"
definitions:
  - {family: web, cpu: '256', memory: '512', containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:1'}]}
  - {family: web, cpu: '256', memory: '512', containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:2'}]}
  - {family: web, cpu: '256', memory: '1024', containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:3'}]}
services:
  web:
    input: {taskDefinition: 'web:1', desiredCount: 2}
    before:
      - {taskDefinition: 'web:2', rollout: {frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}}, {settle: true}]}}
      - {taskDefinition: 'web:3'}
";

/// The README's service with an image that is there already, behind a load balancer.
const FAILING: &str = r"
region: us-east-1
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      containerDefinitions: {web: {image: 'public.ecr.aws/acme/shop:1', portMappings: [{containerPort: 8080}]}}
    desiredCount: 2
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-0a1b2c3d], securityGroups: [sg-0a1b2c3d]}}
    loadBalancers:
      - targetGroupArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/73e2d6bc24d8a067
        containerName: web
        containerPort: 8080
";
