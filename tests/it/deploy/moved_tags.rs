//! A tag that points to another image than the one that an unchanged service runs.

use base64::Engine;
use serde_json::{Value, json};

use crate::support::cases;
use crate::support::files::deploy_yaml;
use crate::support::world::registry::{PASSWORD, digest};
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

const ECR: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const WARNING: &str = "/acme/web:latest points to another image since web was deployed";

/// `web` runs the image that a tag names, at a host.
struct Tagged {
    server: Scripted,
    file: String,
}

impl Tagged {
    /// Deploys it with the image `a`.
    fn deployed(host: impl Fn(&Scripted) -> String, tag: &str) -> Self {
        let server = Scripted::start(Scenario::parse("repositories: {acme/web: {}}"));
        point(&server, &image("a"));
        let image = format!("{}/acme/web{tag}", host(&server));
        let file = deploy_yaml([(
            "web",
            format!(
                "taskDefinition: {{executionRoleArn: 'arn:aws:iam::123456789012:role/x', cpu: 256, memory: 512, containerDefinitions: {{web: {{image: '{image}'}}}}}}, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}"
            ),
        )]);
        let tagged = Self { server, file };
        tagged.run(&["deploy"]).exits(0);
        tagged.server.clear_log();
        tagged
    }

    /// Runs ecsctl with a login for the registry in Docker's configuration.
    fn ecsctl(&self, arguments: &[&str]) -> Ecsctl {
        let login = base64::engine::general_purpose::STANDARD.encode(format!("AWS:{PASSWORD}"));
        let config = json!({"auths": {self.server.registry(): {"auth": login}}});
        Ecsctl::on(&self.server, arguments)
            .file(&self.file)
            .write(".docker/config.json", &config.to_string())
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.ecsctl(arguments).run()
    }

    fn says_nothing(&self, arguments: &[&str]) {
        silent(&self.run(arguments).exits(0));
    }
}

fn silent(output: &Output) {
    for word in ["points to", "warning", " ! "] {
        assert!(!output.stderr.contains(word), "{}", output.stderr);
    }
}

fn in_ecr(_: &Scripted) -> String {
    ECR.to_owned()
}

fn elsewhere(server: &Scripted) -> String {
    server.registry()
}

/// A manifest of another image for each name.
fn image(name: &str) -> Value {
    json!({"schemaVersion": 2, "mediaType": MANIFEST, "annotations": {"name": name}})
}

/// An index of one image.
fn index_of(image: &Value) -> Value {
    let child = json!({"mediaType": MANIFEST, "digest": digest(image.to_string().as_bytes())});
    json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": [child]})
}

/// Points `latest` to a manifest.
fn point(server: &Scripted, manifest: &Value) {
    let bytes = manifest.to_string().into_bytes();
    let digest = digest(&bytes);
    let media_type = manifest["mediaType"].as_str().unwrap().to_owned();
    server.world(|world| {
        let repository = world.repositories.all.get_mut("acme/web").unwrap();
        repository.manifests.insert(digest.clone(), (media_type, bytes));
        repository.tags.insert("latest".to_owned(), digest);
    });
}

fn moved_tag_is_reported(host: impl Fn(&Scripted) -> String, tag: &str) {
    let web = Tagged::deployed(host, tag);
    web.says_nothing(&["deploy"]);
    web.says_nothing(&["plan"]);
    point(&web.server, &image("b"));
    web.server.clear_log();
    for arguments in [&["deploy"][..], &["plan"], &["plan", "--exit-code"]] {
        web.run(arguments)
            .exits(0)
            .says(WARNING)
            .says("hint:  ecsctl restart web runs it");
    }
    assert!(web.server.log().writes().is_empty());
    let events = web.run(&["deploy", "-o", "jsonl"]).exits(0).stdout;
    let event = events.lines().find(|line| line.contains(WARNING));
    let event: Value = serde_json::from_str(event.expect("an event")).unwrap();
    assert_eq!(event["hint"], "ecsctl restart web runs it", "{event:#}");
    // A deployment resolves the tag anyway.
    web.says_nothing(&["restart", "web"]);
    web.says_nothing(&["deploy"]);
}

cases! { moved_tag_is_reported {
    ecr(in_ecr, ":latest");
    another_registry(elsewhere, ":latest");
    no_tag(in_ecr, "");
} }

#[test]
fn registry_requests_are_logged_without_the_login() {
    let web = Tagged::deployed(elsewhere, ":latest");
    web.server.fault(Fault {
        nth: Some(1),
        status: Some(503),
        ..Fault::on("registry HeadManifest")
    });
    let run = web.ecsctl(&["plan"]).env("ECSCTL_LOG", "ecsctl::registry=debug");
    let stderr = run.run().exits(0).stderr;
    let url = format!(
        "url=http://{}/v2/acme/web/manifests/latest",
        web.server.registry()
    );
    let lines: Vec<&str> = stderr
        .lines()
        .filter(|line| line.contains("registry request"))
        .collect();
    assert_eq!(lines.len(), 2, "{stderr}");
    for (line, end) in lines
        .iter()
        .zip([("status=503", "attempt=1"), ("status=200", "attempt=2")])
    {
        for part in ["method=HEAD", &url, end.0, end.1] {
            assert!(line.contains(part), "{part} in {line}");
        }
    }
    let login = base64::engine::general_purpose::STANDARD.encode(format!("AWS:{PASSWORD}"));
    assert!(!stderr.contains(PASSWORD) && !stderr.contains(&login), "{stderr}");
}

fn index_of_the_running_image_is_no_other(host: impl Fn(&Scripted) -> String) {
    let web = Tagged::deployed(host, ":latest");
    point(&web.server, &index_of(&image("a")));
    web.says_nothing(&["deploy"]);
    point(&web.server, &index_of(&image("b")));
    web.run(&["deploy"]).exits(0).says(WARNING);
}

cases! { index_of_the_running_image_is_no_other {
    ecr(in_ecr);
    another_registry(elsewhere);
} }

fn tag_that_cannot_be_read_is_not_mentioned(host: impl Fn(&Scripted) -> String, fault: Fault) {
    let web = Tagged::deployed(host, ":latest");
    point(&web.server, &image("b"));
    web.server.fault(fault);
    web.says_nothing(&["deploy"]);
    web.says_nothing(&["plan"]);
}

cases! { tag_that_cannot_be_read_is_not_mentioned {
    ecr_denied(in_ecr, Fault::denied("ecr BatchGetImage"));
    revision_denied(in_ecr, Fault::denied("ecs DescribeServiceRevisions"));
    revision_throttled(in_ecr, Fault { throttle: true, ..Fault::on("ecs DescribeServiceRevisions") });
} }

#[test]
fn registry_without_a_login_is_not_mentioned() {
    let web = Tagged::deployed(elsewhere, ":latest");
    point(&web.server, &image("b"));
    let ecsctl = web.ecsctl(&["deploy"]).write(".docker/config.json", "{}");
    silent(&ecsctl.run());
}

/// It is given up after a second; without that, it would hold up the deploy for as long as a push may wait.
#[test]
fn registry_that_never_answers_is_not_mentioned() {
    let silence = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let host = silence.local_addr().unwrap().to_string();
    let mut web = Tagged::deployed(in_ecr, ":latest");
    web.file = web.file.replace(ECR, &host);
    let deploy = || web.ecsctl(&["deploy"]).env("ECSCTL_REGISTRY", &host).run();
    // The first changes the image.
    deploy().exits(0);
    silent(&deploy().exits(0));
}

#[test]
fn deleted_tag_is_not_mentioned() {
    let web = Tagged::deployed(in_ecr, ":latest");
    web.server
        .world(|world| world.repositories.all["acme/web"].tags.clear());
    web.says_nothing(&["deploy"]);
}

#[test]
fn service_that_changes_gets_no_advice() {
    let mut web = Tagged::deployed(in_ecr, ":latest");
    point(&web.server, &image("b"));
    web.file = web.file.replace("memory: 512", "memory: 1024");
    web.says_nothing(&["plan"]);
    web.says_nothing(&["deploy"]);
}

#[test]
fn tag_is_read_once_and_beside_the_services() {
    let web = Tagged::deployed(in_ecr, ":latest");
    web.says_nothing(&["plan"]);
    for operation in ["ecr BatchGetImage", "ecs DescribeServiceRevisions"] {
        web.server.log().only(operation);
    }
    web.server.clear_log();
    web.server.fault(Fault {
        hang: true,
        ..Fault::on("ecs DescribeServices")
    });
    let plan = web.ecsctl(&["plan"]);
    let running = plan.start();
    web.server.wait_for("ecr BatchGetImage", 1);
    running.signal(rustix::process::Signal::TERM);
    running.end().exits(143);
}
