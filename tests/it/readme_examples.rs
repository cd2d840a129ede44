//! The README's deploy.yaml is valid, and its examples are what the program prints.

use crate::support::cli::filtered;
use crate::support::files::{WEB, behind_load_balancer};
use crate::support::readme::{example, holds};
use crate::support::screen::contents;
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
fn example_base_deploys_an_image_in_five_lines() {
    let file = example("base");
    assert_eq!(file.lines().count(), 5, "five lines were promised");
    let server = Scripted::start(Scenario::parse(PAST));
    let image = "web=public.ecr.aws/acme/shop:4";
    for verb in [
        &["deploy", "--image", image][..],
        &["plan", "--exit-code", "--image", image],
    ] {
        Ecsctl::on(&server, verb)
            .file(&file)
            .write("Dockerfile", "FROM scratch\n")
            .run()
            .exits(0);
    }
    assert_eq!(
        server.log().writes(),
        ["ecs RegisterTaskDefinition", "ecs UpdateService"]
    );
    let input = server.log().only("ecs RegisterTaskDefinition").input.clone();
    assert_eq!(
        input["containerDefinitions"][0]["image"],
        "public.ecr.aws/acme/shop:4"
    );
    assert_eq!(input["memory"], "1024");
}

/// Deploys an example, checks that nothing is left to change, and returns the server.
fn deployed(name: &str) -> Scripted {
    let file = example(name);
    let server = Scripted::start(Scenario::default());
    Ecsctl::on(&server, &["deploy"]).file(&file).run().exits(0);
    Ecsctl::on(&server, &["plan", "--exit-code"])
        .file(&file)
        .run()
        .exits(0);
    server
}

#[test]
fn example_autoscaling_deploys() {
    let policies = deployed("autoscaling").world(|world| world.scaling.policies.len());
    assert_eq!(policies, 4);
}

#[test]
fn example_schedules_deploy() {
    let schedules = deployed("schedules").world(|world| world.schedules.schedules.len());
    assert_eq!(schedules, 2);
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
    Ecsctl::on(&server, &["deploy"])
        .file(&behind_load_balancer(WEB))
        .run()
        .exits(0);
    let changed = behind_load_balancer(WEB).replace("shop:1", "shop:2");
    let output = Ecsctl::on(&server, &["deploy"]).file(&changed).run().exits(5);
    let (_, report) = output.stderr.split_once("✗ ").expect("a report");
    holds("failure", &format!("✗ {report}"), |text| {
        filtered(text, output.folder())
    });
}

#[test]
fn example_rollback_is_current() {
    let server = Scripted::start(Scenario::parse(PAST));
    let ecsctl = Ecsctl::on(&server, &["rollback", "web", "--yes"]).file(&behind_load_balancer(WEB));
    let output = ecsctl.run_in_terminal(130).exits(0);
    let said = format!("$ ecsctl rollback web --yes\n{}\n", contents(&output, 130));
    holds("rollback", &said, |text| filtered(text, output.folder()));
}

/// web:1 was deployed successfully, web:2 failed, web:3 was deployed successfully and runs.
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
