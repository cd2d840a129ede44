//! Build, push and deploy: real builds by a real daemon, pushed to the scripted registry, run by the scripted ECS.

use crate::ground::Docker;
use crate::project::{Project, SERVICE};
use crate::support::{Ecsctl, Scenario, Scripted};

/// The image that `web`'s latest revision runs, and the digests that the registry holds.
fn deployed(server: &Scripted) -> (String, Vec<String>) {
    world_of(server, "web")
}

/// The same of another service, whose repository bears its name.
fn world_of(server: &Scripted, service: &str) -> (String, Vec<String>) {
    server.world(|world| {
        let latest = world.definitions.family(service).last().expect("a revision");
        let image = &latest.value["containerDefinitions"][0]["image"];
        let digests = world.repositories.all[&format!("acme/{service}")]
            .manifests
            .keys()
            .cloned()
            .collect();
        (image.as_str().unwrap().to_owned(), digests)
    })
}

#[test]
fn a_second_deploy_does_nothing() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker).with_service();
    project.on(&server, &["deploy"]).run().exits(0);
    let (image, digests) = deployed(&server);
    let [digest] = &digests[..] else {
        panic!("one image was pushed, not {digests:?}");
    };
    assert_eq!(image, format!("{}/acme/web@{digest}", server.registry()));
    assert!(server.log().writes().contains(&"ecr CreateRepository"));
    let sent = server.world(|world| world.repositories.received);
    assert!(sent > 0);

    server.clear_log();
    project
        .on(&server, &["deploy"])
        .run()
        .exits(0)
        .says("nothing to do");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_eq!(server.world(|world| world.repositories.received), sent);
    assert_eq!(server.world(|world| world.definitions.family("web").len()), 1);

    project.write("content", "two");
    project.on(&server, &["deploy"]).run().exits(0);
    let (image, digests) = deployed(&server);
    assert_eq!(digests.len(), 2);
    assert_eq!(image, format!("{}/acme/web@{}", server.registry(), digests[1]));
}

/// What the registry was asked, in order.
fn registry_requests(server: &Scripted) -> Vec<String> {
    let names = server
        .log()
        .names()
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    names
        .into_iter()
        .filter(|name| name.starts_with("registry "))
        .collect()
}

#[test]
fn unchanged_images_need_one_read_per_tag() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker).with_service();
    project.on(&server, &["deploy"]).run().exits(0);
    server.clear_log();
    project
        .on(&server, &["deploy"])
        .run()
        .exits(0)
        .says("nothing to do");
    // What the running manifest's config is. That the manifest is there is known by then.
    assert_eq!(registry_requests(&server), ["registry GetManifest"]);

    let tagged = SERVICE.replace("build: .}", "build: ., tags: [v1]}");
    project.write("deploy.yaml", &tagged);
    server.clear_log();
    project
        .on(&server, &["deploy"])
        .run()
        .exits(0)
        .says("nothing to do");
    let get = "registry GetManifest";
    // The running one, the tag that is missing, the bytes to put it with.
    assert_eq!(
        registry_requests(&server),
        [get, get, get, "registry PutManifest"]
    );
    server.clear_log();
    project
        .on(&server, &["deploy"])
        .run()
        .exits(0)
        .says("nothing to do");
    assert_eq!(registry_requests(&server), [get, get]);
    assert_eq!(server.world(|world| world.definitions.family("web").len()), 1);
}

#[test]
fn build_pushes_nothing_and_push_registers_nothing() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker).with_service();
    project.on(&server, &["build"]).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    project.on(&server, &["push"]).run().exits(0);
    let log = server.log();
    let beyond: Vec<&str> = log
        .writes()
        .into_iter()
        .filter(|name| name.starts_with("ecs"))
        .collect();
    assert!(beyond.is_empty(), "{beyond:?}");
    let tags = server.world(|world| world.repositories.all["acme/web"].tags.len());
    assert_eq!(tags, 1, "the tag that never moves");
}

const TWO: &str = r#"
region: us-east-1
images:
  one: {repository: acme/one, build: .}
  two: {repository: acme/two, build: {dockerfile: Two}}
services:
  one: &service
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::000000000000:role/ecsTaskExecutionRole
      containerDefinitions: {web: {image: "${images.one}"}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
  two:
    <<: *service
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::000000000000:role/ecsTaskExecutionRole
      containerDefinitions: {web: {image: "${images.two}"}}
"#;

#[test]
fn only_the_images_of_the_services_asked_for_are_built() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker)
        .with("deploy.yaml", TWO)
        .with_steps("COPY content /content\n")
        .with("content", "x");
    // The other's Dockerfile isn't there.
    project
        .on(&server, &["deploy"])
        .run()
        .exits(4)
        .says("Two` does not exist");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    project.on(&server, &["deploy", "--only", "one"]).run().exits(0);
    let (image, _) = world_of(&server, "one");
    assert!(image.contains("/acme/one@sha256:"), "{image}");
    assert!(server.world(|world| world.definitions.family("two").is_empty()));

    let dockerfile = project.dockerfile("COPY content /other\n");
    project.write("Two", &dockerfile);
    project.on(&server, &["deploy"]).run().exits(0);
    let (image, _) = world_of(&server, "two");
    assert!(image.contains("/acme/two@sha256:"), "{image}");
    assert_eq!(server.world(|world| world.definitions.family("one").len()), 1);

    // One that is given is neither built nor pushed.
    let given = format!("two={}/acme/two:given", server.registry());
    server.clear_log();
    std::fs::remove_file(project.path("Two")).unwrap();
    project.on(&server, &["deploy", "--image", &given]).run().exits(0);
    assert_eq!(world_of(&server, "two").0, given["two=".len()..]);
    assert!(server.log().of("registry StartUpload").is_empty());
}

/// Three services run one image.
const SHARED: &str = r#"
region: us-east-1
images:
  shop: {repository: acme/shop, build: .}
services:
  web: &service
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::000000000000:role/ecsTaskExecutionRole
      containerDefinitions: {app: {image: "${images.shop}"}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
  worker: {<<: *service}
  mailer: {<<: *service, dependsOn: [worker]}
"#;

#[test]
fn image_of_several_services_is_built_and_pushed_once() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker)
        .with("deploy.yaml", SHARED)
        .with_steps("COPY content /content\n")
        .with("content", "x");
    let output = project.on(&server, &["deploy", "-o", "jsonl"]).run().exits(0);
    let count = |kind: &str, step: &str| {
        let is_of = |event: &serde_json::Value| event["type"] == kind && event["step"] == step;
        let events = output.stdout.lines();
        let events = events.map(|line| serde_json::from_str(line).expect("an event"));
        events.filter(is_of).count()
    };
    assert_eq!(
        (count("build", "started"), count("push", "finished")),
        (1, 1),
        "{}",
        output.stdout
    );
    let digests = server.world(|world| world.repositories.all["acme/shop"].manifests.len());
    assert_eq!(digests, 1);
    let images = ["web", "worker", "mailer"].map(|service| {
        server.world(|world| {
            let latest = world.definitions.family(service).last().expect("a revision");
            latest.value["containerDefinitions"][0]["image"].clone()
        })
    });
    assert!(
        images[0]
            .as_str()
            .expect("an image")
            .contains("/acme/shop@sha256:"),
        "{images:?}"
    );
    assert!(images.iter().all(|image| *image == images[0]), "{images:?}");
}

#[test]
fn a_build_that_fails_is_exit_4_and_changes_nothing() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker).with_service();
    project.write("Dockerfile", "FROM scratch\nCOPY absent /absent\n");
    project.on(&server, &["deploy"]).run().exits(4).says("absent");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn no_docker_is_exit_4_with_what_was_tried() {
    let server = Scripted::start(Scenario::default());
    Ecsctl::on(&server, &["deploy"])
        .file(SERVICE)
        .write("Dockerfile", "FROM scratch\n")
        .run()
        .exits(4)
        .says("/nonexistent/docker.sock");
    assert!(server.log().writes().is_empty());
}

/// Only AWS knows that the tasks run on ARM64: each command that builds reads it there.
#[test]
fn image_is_built_for_the_platform_of_its_base() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::parse(
        "
definitions:
  - {family: web, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], runtimePlatform: {cpuArchitecture: ARM64, operatingSystemFamily: LINUX}, containerDefinitions: [{name: web, image: 'public.ecr.aws/acme/shop:1'}]}
services:
  web: {input: {taskDefinition: 'web:1', desiredCount: 1, launchType: FARGATE, networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}}}
",
    ));
    let file = "
region: us-east-1
images: {web: {repository: acme/web, build: .}}
services: {web: {taskDefinition: {base: live, containerDefinitions: {web: {image: \"${images.web}\"}}}}}
";
    let project = Project::new(&docker)
        .with("Dockerfile", "FROM scratch\nCOPY content /content\n")
        .with("content", "one")
        .with("deploy.yaml", file);
    let ids = ["build", "deploy"].map(|verb| {
        project.on(&server, &[verb]).run().exits(0);
        let output = project.on(&server, &["build"]).run().exits(0);
        output.stdout.trim().to_owned()
    });
    assert_eq!(ids[0], ids[1]);
    let architecture = docker.ok(&["image", "inspect", "--format", "{{.Architecture}}", &ids[0]]);
    assert_eq!(architecture.trim(), "arm64");
    let (image, digests) = deployed(&server);
    assert_eq!(image, format!("{}/acme/web@{}", server.registry(), digests[0]));
    project
        .on(&server, &["deploy"])
        .run()
        .exits(0)
        .says("nothing to do");
}
