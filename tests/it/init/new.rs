//! `init` without a source: a new service.

use std::fs;

use insta::assert_snapshot;

use crate::support::{Ecsctl, Scenario, Scripted};

const DOCKERFILE: &str = "FROM scratch AS build\nEXPOSE 1\nFROM scratch\nEXPOSE 3000/tcp\n";

fn written(run: &Ecsctl) -> String {
    fs::read_to_string(run.folder().join("deploy.yaml")).unwrap()
}

#[test]
fn new_service_takes_what_the_folder_says() {
    let run = Ecsctl::new(&["init", "-f", "My Shop"]).write("My Shop/Dockerfile", DOCKERFILE);
    let output = run.run().exits(0);
    let text = fs::read_to_string(run.folder().join("My Shop/deploy.yaml")).unwrap();
    assert_snapshot!("new", format!("{}--- deploy.yaml ---\n{text}", output.record()));
}

#[test]
fn new_service_deploys() {
    let server = Scripted::start(Scenario::parse("clusters: [shop]"));
    let run =
        Ecsctl::on(&server, &["init", "-f", "web", "--cluster", "shop"]).write("web/Dockerfile", DOCKERFILE);
    run.run().exits(0);
    let text = fs::read_to_string(run.folder().join("web/deploy.yaml")).unwrap();
    let text = text.replace("    # networkConfiguration", "    networkConfiguration");
    let text = text.replace("    #   awsvpcConfiguration", "      awsvpcConfiguration");
    let text = text.replace("    #     subnets: [subnet-…]", "        subnets: [subnet-1]");
    let text = text.replace(
        "    #     securityGroups: [sg-…]",
        "        securityGroups: [sg-1]",
    );
    let image = "--image=web=123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1";
    Ecsctl::on(&server, &["deploy", image]).file(&text).run().exits(0);
    Ecsctl::on(&server, &["plan", "--exit-code", image])
        .file(&text)
        .run()
        .exits(0);
}

#[test]
fn folder_without_a_dockerfile_says_so() {
    let run = Ecsctl::new(&["init"]);
    run.run()
        .exits(0)
        .says("write a Dockerfile: there is none in this folder");
    let text = written(&run);
    assert!(text.contains("# portMappings: [{containerPort: 8080}]"), "{text}");
    Ecsctl::new(&["render"])
        .env("ECSCTL_REGION", "us-east-1")
        .file(&text.replace("${aws.account}", "123456789012"))
        .run()
        .exits(0);
}

#[test]
fn terminal_asks_and_offers_what_it_found() {
    let run = Ecsctl::new(&["init"]).write("Dockerfile", DOCKERFILE);
    let running = run.start_in_terminal(100);
    running.wait_until_it_shows("Service name [");
    running.type_in("shop\n");
    running.wait_until_it_shows("Cluster [default]");
    running.type_in("production\n");
    running.wait_until_it_shows("Region [us-east-1]");
    running.type_in("\n");
    running.wait_until_it_shows("Port, or none [3000]");
    running.type_in("8080\n");
    running.end().exits(0);
    let text = written(&run);
    for expected in [
        "cluster: production\n",
        "  shop:\n",
        "region: us-east-1\n",
        "containerPort: 8080",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn yes_asks_nothing() {
    let run = Ecsctl::new(&["init", "--yes"]).write("Dockerfile", DOCKERFILE);
    run.run_in_terminal(100).exits(0);
    assert!(written(&run).contains("containerPort: 3000"));
}
