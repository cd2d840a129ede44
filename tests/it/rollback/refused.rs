//! Revisions that can't run again, and services that something else deploys: nothing is changed.

use serde_json::json;

use crate::support::cases;
use crate::support::client::call;
use crate::support::rollbacks::{HISTORY, ecsctl, file, started, with_web};
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

/// Deregisters a revision.
fn deregister(server: &Scripted, revision: &str) {
    let (status, reply) = call(
        server,
        "ecs DeregisterTaskDefinition",
        &json!({"taskDefinition": revision}),
    );
    assert_eq!(status, 200, "{reply}");
}

fn refused(server: &Scripted, arguments: &[&str]) -> Output {
    let output = ecsctl(server, arguments).run().exits(3);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    output
}

#[test]
fn inactive_definition_is_refused_with_an_alternative() {
    let server = started(HISTORY);
    deregister(&server, "web:2");
    server.clear_log();
    let output = refused(&server, &["rollback", "--yes"]);
    insta::assert_snapshot!("inactive", output.record());
    refused(&server, &["rollback", "--yes", "--to", "2"]).says("INACTIVE");
    ecsctl(&server, &["rollback", "--yes", "--to", "1"])
        .run()
        .exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn missing_revision_is_refused() {
    let server = started(HISTORY);
    let output = ecsctl(&server, &["rollback", "--yes", "--to", "77", "-o", "json"])
        .run()
        .exits(3);
    assert_eq!(output.json()["error"]["code"], "no-such-revision");
    assert!(server.log().writes().is_empty());
}

fn malformed_revision_is_refused(text: &str) {
    let server = started(HISTORY);
    ecsctl(&server, &["rollback", "--yes", "--to", text])
        .run()
        .exits(2);
    assert!(server.log().writes().is_empty());
}

cases! { malformed_revision_is_refused {
    family("web");
    latest("latest");
    empty("");
} }

#[test]
fn service_without_an_earlier_revision_is_refused() {
    let server = started("");
    let output = refused(&server, &["rollback", "--yes"]);
    insta::assert_snapshot!("nothing_before", output.record());
}

const DIGEST: &str = "sha256:1f0c2a911f0c2a911f0c2a911f0c2a911f0c2a911f0c2a911f0c2a911f0c2a91";

/// web:2 runs an image of ECR, which is not there.
fn image_gone() -> Scenario {
    let image = format!("123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web@{DIGEST}");
    let mut scenario = with_web(HISTORY, "repositories: {acme/web: {}}");
    scenario.definitions[1]["containerDefinitions"][0]["image"] = json!(image);
    scenario
}

#[test]
fn missing_image_is_refused_before_any_change() {
    let server = Scripted::start(image_gone());
    let output = refused(&server, &["rollback", "--yes"]);
    insta::assert_snapshot!("image_gone", output.record());
    let asked = server.log().of("ecr BatchGetImage")[0].input.clone();
    assert_eq!(asked["imageIds"], json!([{"imageDigest": DIGEST}]));
    assert_eq!(asked["registryId"], "123456789012");
}

#[test]
fn unreadable_image_is_a_warning() {
    let server = Scripted::start(image_gone());
    server.fault(Fault::denied("ecr BatchGetImage"));
    ecsctl(&server, &["rollback", "--yes"])
        .run()
        .exits(0)
        .says("could not check whether the image")
        .says("ecr:BatchGetImage");
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

fn rollback_of_another_controller_is_refused(kind: &str, words: &str) {
    let server = started(&format!("      deploymentController: {{type: {kind}}}"));
    refused(&server, &["rollback", "--yes"]).says(words);
}

cases! { rollback_of_another_controller_is_refused {
    code_deploy("CODE_DEPLOY", "CodeDeploy has deployed no other revision successfully");
    external("EXTERNAL", "external controller");
} }

fn missing_service_is_refused(verb: &str) {
    let server = started("");
    let file = file().replace("web: {", "shop: {");
    Ecsctl::on(&server, &[verb, "--yes"])
        .file(&file)
        .run()
        .exits(3)
        .says("service shop doesn't exist")
        .says("hint:  ecsctl deploy --only shop creates it");
}

cases! { missing_service_is_refused {
    rollback("rollback");
    stop("stop");
    continue_deployment("continue");
} }

fn service_outside_the_file_is_refused(verb: &str) {
    ecsctl(&started(""), &[verb, "--yes", "wbe"])
        .run()
        .exits(2)
        .says("did you mean `web`?");
}

cases! { service_outside_the_file_is_refused {
    rollback("rollback");
    stop("stop");
    continue_deployment("continue");
} }

#[test]
fn one_revision_for_several_services_is_refused() {
    let server = started("");
    let file = file() + "  api: {taskDefinition: 'web:1', desiredCount: 1}\n";
    Ecsctl::on(&server, &["rollback", "--yes", "--to", "1"])
        .file(&file)
        .run()
        .exits(2)
        .says("--to takes the revision of one service");
    assert!(server.log().0.is_empty());
}
