//! Deploys over a task definition that somebody else owns, such as Terraform.

use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::deploys::deploy;
use crate::support::files::deploy_yaml;
use crate::support::service_state::{revisions, runs};
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

/// Terraform's `web:1`, which runs.
const OWNED: &str = "
definitions:
  - family: web
    cpu: '256'
    memory: '512'
    networkMode: awsvpc
    requiresCompatibilities: [FARGATE]
    tags: [{key: owner, value: terraform}]
    containerDefinitions:
      - {name: web, image: 'public.ecr.aws/acme/shop:1', portMappings: [{containerPort: 8080}], environment: [{name: LEVEL, value: info}]}
      - {name: log, image: 'public.ecr.aws/acme/log:1', essential: false}
services:
  web:
    input:
      taskDefinition: web:1
      desiredCount: 2
      launchType: FARGATE
      networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
";

fn owned() -> Scripted {
    Scripted::start(Scenario::parse(OWNED))
}

/// Five lines: the image is ecsctl's, all else is its owner's.
fn image_only(base: &str) -> String {
    format!(
        "region: us-east-1
services:
  web:
    launchType: FARGATE
    taskDefinition: {{base: {base}, containerDefinitions: {{web: {{image: 'public.ecr.aws/acme/shop:2'}}}}}}
"
    )
}

/// Registers the owner's next revision: another LEVEL, and an image that only Terraform knows.
fn owner_registers(server: &Scripted, level: &str) {
    server.world(|world| {
        let mut input = world.definitions.family("web")[0].value.clone();
        input["tags"] = json!([{"key": "owner", "value": "terraform"}]);
        input["containerDefinitions"][0]["environment"] = json!([{"name": "LEVEL", "value": level}]);
        world
            .definitions
            .add(&input, &world.base)
            .map(|_| ())
            .unwrap_or_else(|_| panic!("refused"));
    });
}

/// Does what `terraform apply` does: registers a revision and updates the service, to its end.
fn owner_deploys(server: &Scripted, level: &str) {
    owner_registers(server, level);
    let latest = format!("web:{}", revisions(server));
    let file = format!("region: us-east-1\nservices: {{web: {{taskDefinition: '{latest}'}}}}\n");
    deploy(server, &file).run().exits(0);
}

/// Returns the latest revision of `web`.
fn latest(server: &Scripted) -> Value {
    server.world(|world| world.definitions.family("web").last().unwrap().value.clone())
}

/// Returns the image and the LEVEL of the container `web`.
fn image_and_level(definition: &Value) -> (String, String) {
    let containers = definition["containerDefinitions"].as_array().unwrap();
    let web = containers.iter().find(|it| it["name"] == "web").unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&web["image"]), text(&web["environment"][0]["value"]))
}

fn assert_settled(server: &Scripted, file: &str) {
    let before = revisions(server);
    server.clear_log();
    Ecsctl::on(server, &["plan", "--exit-code"])
        .file(file)
        .run()
        .exits(0);
    deploy(server, file).run().exits(0).says("nothing to do");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_eq!(revisions(server), before);
}

fn image_goes_over_the_base(base: &str) {
    let server = owned();
    let file = image_only(base);
    let plan = Ecsctl::on(&server, &["plan"]).file(&file).run().exits(0);
    assert!(
        plan.stdout.contains("containerDefinitions.web.image"),
        "{}",
        plan.stdout
    );
    assert!(!plan.stdout.contains("environment"), "{}", plan.stdout);
    deploy(&server, &file).run().exits(0);
    assert_eq!(
        server.log().writes(),
        ["ecs RegisterTaskDefinition", "ecs UpdateService"]
    );
    let log = server.log();
    let input = &log.only("ecs RegisterTaskDefinition").input;
    for member in [
        "taskDefinitionArn",
        "revision",
        "status",
        "requiresAttributes",
        "compatibilities",
        "registeredBy",
    ] {
        assert_eq!(input.get(member), None, "{member}");
    }
    assert_eq!(input["tags"], json!([{"key": "owner", "value": "terraform"}]));
    let mut update: Vec<&str> = log
        .only("ecs UpdateService")
        .input
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    update.sort_unstable();
    assert_eq!(update, ["cluster", "service", "taskDefinition"]);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    let (image, level) = image_and_level(&latest(&server));
    assert_eq!(
        (image.as_str(), level.as_str()),
        ("public.ecr.aws/acme/shop:2", "info")
    );
    assert_valid(&server);
    assert_settled(&server, &file);
}

cases! { image_goes_over_the_base {
    live("live");
    family("web");
    revision("'web:1'");
    arn("'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1'");
    arn_of_a_family("'arn:aws:ecs:us-east-1:123456789012:task-definition/web'");
} }

#[test]
fn owners_change_is_kept_by_the_next_deploy() {
    for base in ["live", "web"] {
        let server = owned();
        deploy(&server, &image_only(base)).run().exits(0);
        owner_deploys(&server, "debug");
        assert_eq!(runs(&server), "web:3 COMPLETED");
        deploy(&server, &image_only(base)).run().exits(0);
        assert_eq!(runs(&server), "web:4 COMPLETED");
        let (image, level) = image_and_level(&latest(&server));
        assert_eq!(
            (image.as_str(), level.as_str()),
            ("public.ecr.aws/acme/shop:2", "debug")
        );
        assert_settled(&server, &image_only(base));
    }
}

/// With `ignore_changes = [task_definition]`, Terraform registers revisions and leaves the service alone: a family
/// follows that, and the live definition doesn't.
#[test]
fn registered_revision_counts_for_a_family_only() {
    for (base, level) in [("live", "info"), ("web", "debug")] {
        let server = owned();
        deploy(&server, &image_only(base)).run().exits(0);
        owner_registers(&server, "debug");
        deploy(&server, &image_only(base)).run().exits(0);
        let run = runs(&server);
        let definition = server.world(|world| {
            let name = run.split(' ').next().unwrap();
            world.definitions.find(name).unwrap().value.clone()
        });
        let (image, found) = image_and_level(&definition);
        assert_eq!(
            (image.as_str(), found.as_str()),
            ("public.ecr.aws/acme/shop:2", level),
            "{base}"
        );
        assert_settled(&server, &image_only(base));
    }
}

/// The owner applies while a request of ecsctl is on its way.
fn owner_in_between_is_kept(base: &str, operation: &str, nth: usize) {
    let server = owned();
    server.fault(Fault {
        hold: true,
        nth: Some(nth as u64),
        ..Fault::on(operation)
    });
    let run = deploy(&server, &image_only(base));
    let running = run.start();
    server.wait_for(operation, nth);
    match base {
        "live" => owner_deploys(&server, "debug"),
        _ => owner_registers(&server, "debug"),
    }
    server.end_connections();
    running
        .end()
        .exits(0)
        .says("planning again on that task definition");
    // What was registered on the former base is deregistered.
    let log = server.log();
    let registered = log.of("ecs RegisterTaskDefinition").len();
    assert_eq!(log.of("ecs DeregisterTaskDefinition").len(), registered - 1);
    let (image, level) = image_and_level(&latest(&server));
    assert_eq!(
        (image.as_str(), level.as_str()),
        ("public.ecr.aws/acme/shop:2", "debug")
    );
    assert!(runs(&server).ends_with("COMPLETED"));
    assert_settled(&server, &image_only(base));
}

cases! { owner_in_between_is_kept {
    after_the_plan("live", "ecs DescribeServices", 2);
    during_the_registration("live", "ecs RegisterTaskDefinition", 1);
    of_a_family("web", "ecs DescribeTaskDefinition", 2);
} }

/// A base that can't be read again may be another one: nothing is written on the old one.
fn unread_base_is_not_deployed(base: &str, operation: &str) {
    let server = owned();
    server.fault(Fault {
        nth: Some(2),
        ..Fault::denied(operation)
    });
    let output = deploy(&server, &image_only(base)).run().exits(3);
    output
        .says("web was not changed: its task definition has a base that somebody else may have changed")
        .says(operation.trim_start_matches("ecs "));
    let log = server.log();
    let is_write = |name: &&&str| name.contains("Update") || name.contains("Register");
    assert_eq!(log.names().iter().filter(is_write).count(), 0);
}

cases! { unread_base_is_not_deployed {
    live("live", "ecs DescribeServices");
    family("web", "ecs DescribeTaskDefinition");
} }

/// `image_only("live")` with a job before the deploy.
fn with_job() -> String {
    let file = image_only("live").replace("    launchType", "    beforeDeploy: [migrate]\n    launchType");
    format!("{file}jobs: {{migrate: {{service: web, command: [migrate]}}}}\n")
}

#[test]
fn base_unread_after_a_job_is_not_deployed() {
    let server = owned();
    server.fault(Fault {
        nth: Some(4),
        ..Fault::denied("ecs DescribeServices")
    });
    deploy(&server, &with_job())
        .run()
        .exits(3)
        .says("web was not changed: its task definition has a base that somebody else may have changed");
    let log = server.log();
    assert_eq!(log.of("ecs RunTask").len(), 1);
    assert!(log.of("ecs UpdateService").is_empty());
}

#[test]
fn owner_during_a_job_is_kept_and_both_jobs_are_reported() {
    let server = owned();
    server.fault(Fault {
        hold: true,
        nth: Some(4),
        ..Fault::on("ecs DescribeServices")
    });
    let run = Ecsctl::on(&server, &["deploy", "-o", "json"]).file(&with_job());
    let running = run.start();
    server.wait_for("ecs DescribeServices", 4);
    owner_deploys(&server, "debug");
    server.end_connections();
    let document = running.end().exits(0).json();
    let (image, level) = image_and_level(&latest(&server));
    assert_eq!(
        (image.as_str(), level.as_str()),
        ("public.ecr.aws/acme/shop:2", "debug")
    );
    let jobs = document["jobs"].as_array().expect("jobs");
    let definitions: Vec<&str> = jobs
        .iter()
        .filter_map(|it| it["taskDefinition"].as_str())
        .collect();
    assert_eq!(definitions, ["web:2", "web:4"]);
}

#[test]
fn unchanged_deploy_follows_its_owner_in_between() {
    let server = owned();
    deploy(&server, &image_only("live")).run().exits(0);
    server.clear_log();
    server.fault(Fault {
        hold: true,
        nth: Some(2),
        ..Fault::on("ecs DescribeServices")
    });
    let run = deploy(&server, &image_only("live"));
    let running = run.start();
    server.wait_for("ecs DescribeServices", 2);
    owner_deploys(&server, "debug");
    server.end_connections();
    running.end().exits(0);
    let (image, level) = image_and_level(&latest(&server));
    assert_eq!(
        (image.as_str(), level.as_str()),
        ("public.ecr.aws/acme/shop:2", "debug")
    );
    assert_settled(&server, &image_only("live"));
}

#[test]
fn register_follows_its_owner_in_between() {
    let server = owned();
    server.fault(Fault {
        hold: true,
        nth: Some(2),
        ..Fault::on("ecs DescribeServices")
    });
    let run = Ecsctl::on(&server, &["register"]).file(&image_only("live"));
    let running = run.start();
    server.wait_for("ecs DescribeServices", 2);
    owner_deploys(&server, "debug");
    server.end_connections();
    assert_eq!(running.end().exits(0).stdout, "web:3\n");
    let (image, level) = image_and_level(&latest(&server));
    assert_eq!(
        (image.as_str(), level.as_str()),
        ("public.ecr.aws/acme/shop:2", "debug")
    );
}

/// Each service of the run has the base as it was when the run began, whatever the other registers.
#[test]
fn two_services_of_one_run_share_a_family_as_base() {
    let server = Scripted::start(Scenario::parse(&format!(
        "{OWNED}  api: {{input: {{taskDefinition: 'web:1', desiredCount: 1, launchType: FARGATE, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}}}}}\n"
    )));
    let service = |level: &str| {
        format!(
            "taskDefinition: {{base: web, containerDefinitions: {{web: {{environment: {{LEVEL: {level}}}}}}}}}"
        )
    };
    let file = deploy_yaml([("web", service("one")), ("api", service("two"))]);
    let output = deploy(&server, &file).run().exits(0);
    assert!(!output.stderr.contains("planning again"), "{}", output.stderr);
    assert_eq!(server.log().of("ecs RegisterTaskDefinition").len(), 2);
}

/// What has no base to start from is exit 3, before any write, and the message says what to do.
fn missing_base_is_refused(scenario: &str, base: &str, words: &str) {
    let server = Scripted::start(Scenario::parse(scenario));
    for verb in ["plan", "deploy"] {
        let output = Ecsctl::on(&server, &[verb])
            .file(&image_only(base))
            .run()
            .exits(3)
            .says(words);
        assert!(output.stderr.contains("deploy.yaml:5:"), "{}", output.stderr);
        assert!(output.stderr.contains("hint: "), "{}", output.stderr);
    }
    assert!(server.log().writes().is_empty());
}

cases! { missing_base_is_refused {
    live_without_a_service("{}", "live", "service web does not exist yet");
    inactive_service(&format!("{OWNED}    status: INACTIVE"), "live", "service web does not exist yet");
    draining_service(&format!("{OWNED}    status: DRAINING"), "live", "service web is DRAINING");
    family("{}", "shop", "this family has no ACTIVE revision");
    revision(OWNED, "'web:7'", "aws ecs list-task-definitions --family-prefix web");
} }

#[test]
fn missing_cluster_comes_before_the_missing_base() {
    let server = Scripted::start(Scenario::parse("clusters: []"));
    let output = deploy(&server, &image_only("live")).run().exits(3);
    output
        .says("error: no cluster default")
        .says("service web does not exist yet");
}

#[test]
fn deregistered_base_still_counts() {
    let server = owned();
    server.world(|world| {
        world.definitions.deregister_family("web");
    });
    deploy(&server, &image_only("live")).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_settled(&server, &image_only("live"));
}

#[test]
fn external_controller_is_named_whatever_the_base() {
    let server = owned();
    server.world(|world| {
        let patch = json!({"deploymentController": {"type": "EXTERNAL"}, "taskDefinition": null, "taskSets": [
            {"id": "ecs-svc/1", "status": "PRIMARY", "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"}]});
        world.services[0].patch = patch;
    });
    deploy(&server, &image_only("live"))
        .run()
        .exits(3)
        .says("deployed by an external controller");
    // A new revision can be registered for it.
    let output = Ecsctl::on(&server, &["register"])
        .file(&image_only("live"))
        .run()
        .exits(0);
    assert_eq!(output.stdout, "web:2\n");
    server.world(|world| world.services[0].patch["taskSets"] = json!([]));
    Ecsctl::on(&server, &["register"])
        .file(&image_only("live"))
        .run()
        .exits(3)
        .says("service web runs no task definition");
}

#[test]
fn codedeploy_service_keeps_its_revision() {
    let server = Scripted::start(Scenario::parse(&OWNED.replace(
        "      desiredCount",
        "      deploymentController: {type: CODE_DEPLOY}\n      desiredCount",
    )));
    deploy(&server, &image_only("live"))
        .run()
        .exits(3)
        .says("CodeDeploy");
    assert!(server.log().writes().is_empty());
    Ecsctl::on(&server, &["register"])
        .file(&image_only("live"))
        .run()
        .exits(0);
}

#[test]
fn base_file_must_be_a_readable_file() {
    let server = owned();
    for (path, words) in [
        ("./none.json", "can't read `./none.json`"),
        ("./folder", "can't read `./folder`"),
    ] {
        let run = deploy(&server, &image_only(path));
        std::fs::create_dir_all(run.folder().join("folder")).unwrap();
        run.run().exits(2).says(words);
    }
    assert!(server.log().names().is_empty(), "{:?}", server.log().names());
    // It is relative to deploy.yaml.
    let file = image_only("ecs/td.json").replace("{web: {image", "{web: {essential: true, image");
    let definition = json!({"family": "web", "cpu": "256", "memory": "512", "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [{"name": "web", "image": "public.ecr.aws/acme/shop:1"}]});
    let run = deploy(&server, &file).write("ecs/td.json", &definition.to_string());
    run.run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

/// The image would end in `exec format error`.
#[test]
fn platform_of_a_build_must_be_that_of_the_base() {
    let server = owned();
    let file = |platform: &str| {
        image_only("live").replace("'public.ecr.aws/acme/shop:2'", "'${images.web}'")
            + &format!(
                "images: {{web: {{repository: acme/web, build: {{context: ., platform: {platform}}}}}}}\n"
            )
    };
    let run = |platform: &str, verb: &str| {
        let run = Ecsctl::on(&server, &[verb]).file(&file(platform));
        run.write("Dockerfile", "FROM scratch\n")
            .env("DOCKER_HOST", "unix:///nonexistent/docker.sock")
            .run()
    };
    for verb in ["build", "deploy"] {
        run("linux/arm64", verb)
            .exits(2)
            .says("error: the image `web` is built for linux/arm64, but web runs on linux/amd64")
            .says("the base of web is on linux/amd64");
        // The daemon is what is missing.
        run("linux/amd64", verb).exits(4);
    }
    assert!(server.log().of("ecs RegisterTaskDefinition").is_empty());
}
