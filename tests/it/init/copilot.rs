//! `init --copilot`: workspaces as people keep them.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Ecsctl, Output, Scenario, Scripted, cases};

const WEB: &str = r#"# The manifest of the "web" service.
name: web
type: Load Balanced Web Service
image:
  build: ./web/Dockerfile
  port: 8080
  depends_on: {warmup: success}
http:
  path: "/"
  alias: shop.example.com
  healthcheck: {path: /health, grace_period: 90s}
  target_container: proxy
cpu: 512
memory: 1024
count:
  range: {min: 1, max: 10, spot_from: 3}
  cooldown: {in: 90s}
  cpu_percentage: 70
  memory_percentage: {value: 80, cooldown: {out: 30s}}
  requests: 1000
exec: true
network:
  connect: {alias: shop}
  vpc: {placement: private, security_groups: [sg-0001]}
variables:
  LOG_LEVEL: info
  TABLE: {from_cfn: "${COPILOT_APPLICATION_NAME}-${COPILOT_ENVIRONMENT_NAME}-Table"}
  RELEASE: "${RELEASE}"
secrets:
  GITHUB_TOKEN: /copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/github
  DB: {secretsmanager: "shop/db:password::"}
env_file: web.env
storage:
  ephemeral: 50
  readonly_fs: true
  volumes:
    files: {path: /files, read_only: false, efs: {id: fs-0123456789abcdef0, root_dir: /shop}}
sidecars:
  proxy:
    port: 80
    image: public.ecr.aws/nginx/nginx:1.27
    variables: {UPSTREAM: "localhost:8080"}
    mount_points: [{source_volume: files, path: /files}]
  warmup:
    image: {build: {context: warmup, args: {A: b}}}
    essential: false
    command: sh -c 'echo \${PATH}'
deployment: {rolling: recreate, rollback_alarms: [errors]}
observability: {tracing: awsxray}
publish: {topics: [{name: orders}]}
taskdef_overrides: [{path: "ContainerDefinitions[0].Ulimits[-].Name", value: nofile}]
environments:
  prod:
    cpu: 1024
    memory: 2048
    count: 4
    variables: {LOG_LEVEL: warn}
    image: {location: "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:stable"}
"#;

const WORKER: &str = "name: worker
type: Worker Service
image: {build: Dockerfile}
subscribe: {topics: [{name: orders, service: web}]}
platform: linux/arm64
count: {spot: 2}
logging:
  retention: 14
  destination: {Name: cloudwatch, region: us-west-2}
  secretOptions: {LICENSE: /copilot/license}
  configFilePath: /fluent/extra.conf
environments:
  test: {count: 1}
";

const REPORT: &str = "name: report
type: Scheduled Job
on: {schedule: \"0 9 * * 1-5\"}
image: {location: \"acme/report:${TAG}\"}
command: [bin/report]
retries: 3
timeout: 1h
environments:
  prod: {on: {schedule: \"@daily\"}}
";

/// Returns a run of init with a workspace of these manifests.
fn workspace(manifests: &[(&str, &str)], arguments: &[&str]) -> Ecsctl {
    let mut run = Ecsctl::new(&[&["init", "--copilot", "."], arguments].concat());
    run = run.write("copilot/.workspace", "application: shop\n");
    for (name, text) in manifests {
        run = run.write(&format!("copilot/{name}/manifest.yml"), text);
    }
    run
}

fn init(run: &Ecsctl) -> (Output, String) {
    let output = run.run();
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap_or_default();
    (output, text)
}

fn shop() -> Ecsctl {
    workspace(&[("web", WEB), ("worker", WORKER), ("report", REPORT)], &[])
        .write(
            "copilot/environments/test/manifest.yml",
            "name: test\ntype: Environment\n",
        )
        .write(
            "copilot/environments/prod/manifest.yml",
            "name: prod\ntype: Environment\n",
        )
        .write("copilot/pipelines/main/manifest.yml", "name: main\n")
        .write("copilot/web/addons/db.yml", "Resources: {}\n")
}

/// Renders a file in an environment against an AWS with Copilot's exports.
fn rendered(text: &str, environment: &str) -> Value {
    let exports = "
sources:
  exports: {shop-test-ClusterId: shop-test-Cluster, shop-prod-ClusterId: shop-prod-Cluster,
    shop-test-Table: t, shop-prod-Table: p, shop-test-EnvironmentSecurityGroup: sg-1}
";
    let server = Scripted::start(Scenario::parse(exports));
    let run = Ecsctl::on(
        &server,
        &["render", "-e", environment, "-o", "json", "--show-values"],
    )
    .without("AWS_REGION")
    .env("RELEASE", "7")
    .env("TAG", "1")
    .write("web.env", "A=1\n")
    .write("Dockerfile", "FROM scratch\n");
    run.file(&text.replace("${aws.account}", "123456789012"))
        .run()
        .exits(0)
        .json()
}

fn container(document: &Value, service: &str, name: &str) -> Value {
    let containers = &document["services"][service]["taskDefinition"]["containerDefinitions"];
    let found = containers
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == name);
    found.unwrap().clone()
}

#[test]
fn workspace_becomes_a_file() {
    let (output, text) = init(&shop());
    assert_snapshot!(
        "copilot",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
}

#[test]
fn environments_have_what_they_override() {
    let (output, text) = init(&shop());
    output.exits(0);
    let (test, prod) = (rendered(&text, "test"), rendered(&text, "prod"));
    let cpu = |document: &Value| document["services"]["web"]["taskDefinition"]["cpu"].clone();
    assert_eq!((cpu(&test), cpu(&prod)), (json!("512"), json!("1024")));
    let web = &prod["services"]["web"];
    assert_eq!(web["service"]["desiredCount"], 4);
    assert_eq!(web["autoscaling"], Value::Null);
    assert_eq!(test["services"]["web"]["autoscaling"]["maxCapacity"], 10);
    assert_eq!(web["taskDefinition"]["family"], "shop-prod-web");
    let image = container(&prod, "web", "web")["image"].clone();
    assert_eq!(image, "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:stable");
    let environment = container(&test, "web", "web")["environment"].clone();
    let value = |name: &str| {
        let items = environment.as_array().unwrap().iter();
        items
            .clone()
            .find(|it| it["name"] == name)
            .map(|it| it["value"].clone())
    };
    for (name, expected) in [
        ("COPILOT_ENVIRONMENT_NAME", "test"),
        ("COPILOT_SERVICE_DISCOVERY_ENDPOINT", "test.shop.local"),
        ("TABLE", "t"),
        ("RELEASE", "7"),
        ("A", "1"),
    ] {
        assert_eq!(value(name), Some(json!(expected)), "{name}: {environment}");
    }
    assert_eq!(
        prod["jobs"]["report"]["schedule"]["ScheduleExpression"], "cron(0 0 * * ? *)",
        "{prod}"
    );
}

#[test]
fn folder_itself_may_be_named() {
    let run = Ecsctl::new(&["init", "--copilot", "app/copilot", "--cluster", "shop"]).write(
        "app/copilot/api/manifest.yml",
        "name: api\ntype: Backend Service\nimage: {build: api/Dockerfile}\n",
    );
    let (output, text) = init(&run);
    output.exits(0);
    for expected in [
        "context: app/api\n",
        "dockerfile: app/api/Dockerfile\n",
        "cluster: shop\n",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn manifests_of_other_types_are_left_out() {
    let site = "name: site\ntype: Static Site\nfiles: [{source: dist}]\n";
    let front = "name: front\ntype: Request-Driven Web Service\nimage: {location: a, port: 80}\n";
    let (output, text) = init(&workspace(
        &[("site", site), ("front", front), ("worker", WORKER)],
        &[],
    ));
    output
        .exits(0)
        .says("site (a Static Site doesn't run on Amazon ECS)")
        .says("front (a Request-Driven Web Service doesn't run on Amazon ECS)");
    assert!(text.contains("# left out: site"), "{text}");
}

/// A mistake in a manifest is reported, and nothing is written.
fn is_refused(manifest: &str, reason: &str) {
    let (output, text) = init(&workspace(&[("web", manifest)], &[]));
    output.exits(2).says(reason);
    assert_eq!(text, "");
}

cases! {
    is_refused {
        empty("", "the file is empty");
        no_yaml("a: [", "a bracket is never closed");
        no_name("type: Backend Service\n", "the manifest has no `name`");
        no_type("name: web\n", "the manifest has no `type`");
        no_image("name: web\ntype: Backend Service\n", "the manifest has no `image`");
        no_source("name: web\ntype: Backend Service\nimage: {port: 80}\n", "a mapping with `build` or `location`");
        wrong_port("name: web\ntype: Backend Service\nimage: {location: a, port: http}\n", "invalid `image.port`: `http`");
        wrong_schedule("name: web\ntype: Scheduled Job\nimage: {location: a}\non: {schedule: '@sometimes'}\n", "invalid `on.schedule`");
        no_schedule("name: web\ntype: Scheduled Job\nimage: {location: a}\n", "no `on.schedule`");
        wrong_count("name: web\ntype: Backend Service\nimage: {location: a}\ncount: many\n", "invalid `count`: `many`");
        only_others("name: site\ntype: Static Site\n", "has no manifest of a service or job on Amazon ECS");
        mistake_in_an_environment("name: web\ntype: Backend Service\nimage: {location: a}\nenvironments: {prod: {cpu: []}}\n", "`cpu` must be a string");
    }
}

#[test]
fn folders_without_manifests_are_named() {
    let run = Ecsctl::new(&["init", "--copilot", "."]).write("a/b", "");
    run.run().exits(2).says(". is not a workspace of AWS Copilot");
    let run = Ecsctl::new(&["init", "--copilot", "none"]);
    run.run().exits(2).says("none can't be read");
    let run = Ecsctl::new(&["init", "--copilot", "file"]).write("file", "");
    run.run().exits(2).says("file can't be read");
    assert!(!run.folder().join("deploy.yaml").exists());
}
