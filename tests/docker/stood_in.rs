//! `ecsctl deploy` from a Dockerfile to containers that run, on the stand-in for AWS.

use rustix::process::Signal;

use crate::ground::Docker;
use crate::project::Project;
use crate::stand_in::{StandIn, ground};

/// A web server as a service; every name is the project's.
fn file(name: &str) -> String {
    format!(
        r#"
region: us-east-1
cluster: {name}
images:
  web: {{repository: {name}, build: .}}
services:
  {name}:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::000000000000:role/ecsTaskExecutionRole
      containerDefinitions:
        web:
          image: ${{images.web}}
          portMappings: [{{containerPort: 8080}}]
    networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-12345678], securityGroups: [sg-12345678]}}}}
"#
    )
}

/// A project whose service shows a page.
fn with_page<'a>(docker: &'a Docker, page: &str) -> Project<'a> {
    let project = Project::new(docker).with_page(page);
    let file = file(&project.name);
    project.with("deploy.yaml", &file)
}

#[test]
fn deploys_serve_the_page_of_the_dockerfile() {
    let Some(docker) = ground() else { return };
    let project = with_page(&docker, "the first page");
    let name = project.name.clone();
    let Some(aws) = StandIn::for_project(&project) else {
        return;
    };

    aws.ecsctl(&["deploy"]).run().exits(3).says("--create-cluster");
    let first = aws.ecsctl(&["deploy", "--create-cluster"]).run().exits(0);
    assert_eq!(first.stdout.trim(), format!("{name}:1"));
    assert_eq!(aws.page(), "the first page");

    let state = aws.state(&name);
    let unchanged = aws.ecsctl(&["deploy", "-o", "json"]).run().exits(0);
    assert_eq!(unchanged.json()["outcome"], "unchanged");
    assert!(unchanged.stderr.contains("nothing sent"), "{}", unchanged.stderr);
    assert_eq!(aws.state(&name), state, "an unchanged deploy writes nothing");
    aws.ecsctl(&["plan", "--exit-code"]).run().exits(0);

    project.write("www/index.html", "the second page");
    aws.ecsctl(&["plan", "--exit-code"]).run().exits(8);
    assert_eq!(aws.state(&name), state, "a plan writes nothing");
    let second = aws.ecsctl(&["deploy"]).run().exits(0);
    assert_eq!(second.stdout.trim(), format!("{name}:2"));
    assert_eq!(aws.page(), "the second page");

    // Back to the first image by its digest: no build, and so no daemon.
    let input = serde_json::json!({"taskDefinition": format!("{name}:1")});
    let described = aws.ask("ecs", "DescribeTaskDefinition", &input);
    let image = &described["taskDefinition"]["containerDefinitions"][0]["image"];
    let image = format!("web={}", image.as_str().unwrap());
    aws.ecsctl(&["deploy", "--image", &image])
        .env("DOCKER_HOST", "unix:///nonexistent/docker.sock")
        .run()
        .exits(0);
    assert_eq!(aws.page(), "the first page");
}

#[test]
fn a_crashing_version_is_rolled_back_and_fails() {
    let Some(docker) = ground() else { return };
    let project = with_page(&docker, "the good page");
    let name = project.name.clone();
    let Some(aws) = StandIn::for_project(&project) else {
        return;
    };
    aws.ecsctl(&["deploy", "--create-cluster"]).run().exits(0);

    let steps = "CMD [\"/bin/busybox\", \"sh\", \"-c\", \"echo no such setting: PORT; exit 78\"]\n";
    project.write("Dockerfile", &project.dockerfile(steps));
    let output = aws.ecsctl(&["deploy", "-o", "json"]).run().exits(5);
    let document = output.json();
    assert_eq!(document["outcome"], "rolledBack", "{document:#}");
    assert_eq!(document["exitCode"], 5, "{document:#}");
    assert!(output.stderr.contains("rolled back"), "{}", output.stderr);
    assert_eq!(aws.page(), "the good page");
    assert!(
        aws.service(&name)["taskDefinition"]
            .as_str()
            .unwrap()
            .ends_with(":1")
    );
    // Asked for again, it fails again: the stand-in runs the good one, so it is a change.
    aws.ecsctl(&["deploy"]).run().exits(5);
}

#[test]
fn an_interrupted_wait_leaves_the_rollout_running() {
    let Some(docker) = ground() else { return };
    let project = with_page(&docker, "a page");
    let name = project.name.clone();
    let Some(aws) = StandIn::for_project(&project) else {
        return;
    };
    let running = aws
        .ecsctl(&["deploy", "--create-cluster", "--settle", "10m"])
        .start();
    running.wait_until_it_says("watched for");
    running.signal(Signal::INT);
    running.end().exits(130).says(&format!("ecsctl wait {name}"));
    aws.ecsctl(&["wait"]).run().exits(0);
    assert_eq!(aws.page(), "a page");
}

#[test]
fn a_push_to_the_stand_ins_registry() {
    let Some(docker) = ground() else { return };
    let project = with_page(&docker, "a page");
    let name = project.name.clone();
    let Some(aws) = StandIn::for_project(&project) else {
        return;
    };
    let first = aws.ecsctl(&["push"]).run().exits(0);
    let second = aws.ecsctl(&["push"]).run().exits(0).says("nothing sent");
    assert_eq!(first.stdout, second.stdout);
    let images = aws.ask(
        "ecr",
        "DescribeImages",
        &serde_json::json!({"repositoryName": name}),
    );
    let digest = images["imageDetails"][0]["imageDigest"].as_str().unwrap();
    assert!(first.stdout.trim().ends_with(digest), "{images:#}");
}
