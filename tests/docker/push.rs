//! `ecsctl push`: a real daemon pushes, to a registry that logs what it is asked.

use base64::Engine as _;

use crate::ground::Docker;
use crate::project::{Project, SERVICE};
use crate::support::{Fault, Output, Scenario, Scripted};

/// What sends or looks at a blob.
const BLOBS: [&str; 5] = [
    "registry HeadBlob",
    "registry GetBlob",
    "registry StartUpload",
    "registry SendUpload",
    "registry FinishUpload",
];

fn project(docker: &Docker) -> Project<'_> {
    Project::new(docker).with_service()
}

fn push(project: &Project<'_>, server: &Scripted) -> Output {
    project.on(server, &["push"]).run()
}

/// The requests so far that are about blobs, and those that put a manifest.
fn blobs_and_manifests(server: &Scripted) -> (usize, usize) {
    let log = server.log();
    let names = log.names();
    let count = |wanted: &[&str]| names.iter().filter(|name| wanted.contains(name)).count();
    (count(&BLOBS), count(&["registry PutManifest"]))
}

#[test]
fn a_second_push_asks_for_the_digest_and_sends_nothing() {
    let Some(docker) = Docker::find() else { return };
    let (server, project) = (Scripted::start(Scenario::default()), project(&docker));
    let first = push(&project, &server).exits(0);
    let digest = server.world(|world| {
        let repository = &world.repositories.all["acme/web"];
        repository.manifests.keys().next().unwrap().clone()
    });
    let image = format!("{}/acme/web@{digest}", server.registry());
    assert_eq!(first.stdout.trim(), image);
    let (blobs, manifests) = blobs_and_manifests(&server);
    assert!(blobs > 0 && manifests == 1, "{:?}", server.log().names());

    server.clear_log();
    let second = push(&project, &server).exits(0).says("nothing sent");
    assert_eq!(second.stdout, first.stdout);
    assert_eq!(blobs_and_manifests(&server), (0, 0), "{:?}", server.log().names());
    let log = server.log();
    let by_digest = log.of("registry HeadManifest");
    assert!(
        by_digest
            .iter()
            .any(|asked| asked.input["path"].as_str().unwrap().contains(&digest)),
        "{:?}",
        log.names()
    );
}

#[test]
fn tags_are_added_without_a_push() {
    let Some(docker) = Docker::find() else { return };
    let (server, project) = (Scripted::start(Scenario::default()), project(&docker));
    push(&project, &server).exits(0);
    server.clear_log();
    let tagged = SERVICE.replace("build: .}", "build: ., tags: [v1, latest]}");
    project.write("deploy.yaml", &tagged);
    push(&project, &server).exits(0).says("nothing sent");
    assert_eq!(blobs_and_manifests(&server), (0, 2), "{:?}", server.log().names());
    let tags = server.world(|world| world.repositories.all["acme/web"].tags.clone());
    assert_eq!(tags["v1"], tags["latest"]);
    assert_eq!(tags.len(), 3, "the third is the one that never moves");
}

#[test]
fn immutable_tags_are_checked_before_the_upload() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::parse(
        "repositories: {acme/web: {imageTagMutability: IMMUTABLE}}",
    ));
    let project = project(&docker);
    project.write(
        "deploy.yaml",
        &SERVICE.replace("build: .}", "build: ., tags: [v1]}"),
    );
    push(&project, &server).exits(0);
    push(&project, &server).exits(0).says("nothing sent");
    server.clear_log();
    project.write("content", "two");
    push(&project, &server)
        .exits(4)
        .says("the tag acme/web:v1 already exists for another image")
        .says("immutable")
        .says("hint:");
    assert_eq!(blobs_and_manifests(&server), (0, 0), "{:?}", server.log().names());
}

#[test]
fn a_filter_decides_which_tags_are_immutable() {
    let Some(docker) = Docker::find() else { return };
    // Of `latest` and `v1` the one is excepted from either setting.
    for (mutability, filter) in [
        ("IMMUTABLE_WITH_EXCLUSION", "latest"),
        ("MUTABLE_WITH_EXCLUSION", "v*"),
    ] {
        let server = Scripted::start(Scenario::parse(&format!(
            "repositories: {{acme/web: {{imageTagMutability: {mutability}, imageTagMutabilityExclusionFilters: \
             [{{filterType: WILDCARD, filter: '{filter}'}}]}}}}"
        )));
        let project = project(&docker);
        let tagged = |tags: &str| SERVICE.replace("build: .}", &format!("build: ., tags: [{tags}]}}"));
        project.write("deploy.yaml", &tagged("latest, v1"));
        push(&project, &server).exits(0);

        project.write("content", "two");
        server.clear_log();
        // The tag that may move stands first.
        push(&project, &server)
            .exits(4)
            .says("the tag acme/web:v1 already exists for another image")
            .says("immutable");
        assert_eq!(
            blobs_and_manifests(&server),
            (0, 0),
            "{mutability}: {:?}",
            server.log().names()
        );

        project.write("deploy.yaml", &tagged("latest, v2"));
        push(&project, &server).exits(0);
        let tags = server.world(|world| world.repositories.all["acme/web"].tags.clone());
        assert_eq!(tags["latest"], tags["v2"], "{mutability}");
        assert_ne!(tags["latest"], tags["v1"], "{mutability}");
    }
}

#[test]
fn a_movable_tag_moves() {
    let Some(docker) = Docker::find() else { return };
    let (server, project) = (Scripted::start(Scenario::default()), project(&docker));
    project.write(
        "deploy.yaml",
        &SERVICE.replace("build: .}", "build: ., tags: [v1]}"),
    );
    let tag = |server: &Scripted| server.world(|world| world.repositories.all["acme/web"].tags["v1"].clone());
    push(&project, &server).exits(0);
    let first = tag(&server);
    project.write("content", "two");
    let second = push(&project, &server).exits(0);
    assert_ne!(first, tag(&server));
    assert!(second.stdout.trim().ends_with(&tag(&server)), "{}", second.stdout);
}

#[test]
fn tags_move_without_permission_to_read_the_repository() {
    let Some(docker) = Docker::find() else { return };
    let (server, project) = (Scripted::start(Scenario::default()), project(&docker));
    project.write(
        "deploy.yaml",
        &SERVICE.replace("build: .}", "build: ., tags: [latest]}"),
    );
    push(&project, &server).exits(0);
    server.fault(Fault::denied("ecr DescribeRepositories"));
    project.write("content", "two");
    push(&project, &server).exits(0);
}

#[test]
fn a_registry_that_refuses_is_quoted() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker);
    let refused = |operation: &str, status: u16, message: &str| {
        let server = Scripted::start(Scenario::default());
        server.fault(Fault {
            status: Some(status),
            code: Some("DENIED".to_owned()),
            message: Some(message.to_owned()),
            ..Fault::on(operation)
        });
        let output = push(&project, &server).exits(4);
        assert!(output.stdout.is_empty(), "{}", output.stdout);
        output.says("error: ").says("acme/web")
    };
    // While it is looked what is there; the repository is new in the first push, so that needs a second.
    refused(
        "registry StartUpload",
        403,
        "not authorized to perform: ecr:InitiateLayerUpload",
    )
    .says("not authorized to perform: ecr:InitiateLayerUpload")
    .says("hint:");
    refused("registry PutManifest", 400, "the manifest is not to our liking")
        .says("the manifest is not to our liking");
    refused("registry HeadManifest", 401, "who are you").says("401");
    refused("registry HeadManifest", 500, "out of order").says("500");
}

#[test]
fn the_login_is_neither_kept_nor_shown() {
    let Some(docker) = Docker::find() else { return };
    let (server, project) = (Scripted::start(Scenario::default()), project(&docker));
    let config =
        r#"{ "auths": {"elsewhere.example": {"auth": "YW5uOnNlY3JldC1vZi1hbm4="}}, "HttpHeaders": {} }"#;
    project.write(".home/.docker/config.json", config);
    project.write(".dockerignore", ".home\n");
    let steps = "RUN --mount=type=secret,id=BUILD_TOKEN wc -c /run/secrets/BUILD_TOKEN\n";
    project.write("Dockerfile", &project.dockerfile(steps));
    project.write(
        "deploy.yaml",
        &SERVICE.replace("build: .}", "build: {secrets: [BUILD_TOKEN]}}"),
    );
    let output = project
        .on(&server, &["push", "-v"])
        .env("ECSCTL_LOG", "trace")
        .env("BUILD_TOKEN", "token-of-the-build")
        .run()
        .exits(0);
    for line in [
        "/push status=200",
        "registry request",
        "operation=GetAuthorizationToken",
    ] {
        assert!(output.stderr.contains(line), "no {line} in:\n{}", output.stderr);
    }
    for secret in ["scripted-token", "token-of-the-build", "secret-of-ann"] {
        for form in forms(secret) {
            assert!(
                !output.stderr.contains(&form) && !output.stdout.contains(&form),
                "{secret} is shown as {form}"
            );
        }
    }
    let after = std::fs::read_to_string(project.path(".home/.docker/config.json")).unwrap();
    assert_eq!(after, config);
    let beside = std::fs::read_dir(project.path(".home/.docker")).unwrap().count();
    assert_eq!(beside, 1, "nothing is put beside it");
}

/// A text as it is, and as it looks within something in base64, at each of the three places that it can start.
fn forms(secret: &str) -> Vec<String> {
    let shifted = (0..3).map(|shift| {
        let text = format!("{}{secret}", "x".repeat(shift));
        let encoded = base64::engine::general_purpose::STANDARD_NO_PAD.encode(text);
        // The signs at both ends depend on what stands beside.
        encoded[shift * 2..encoded.len() - 2].to_owned()
    });
    std::iter::once(secret.to_owned()).chain(shifted).collect()
}
