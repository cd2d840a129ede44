//! Revisions that can't run again, and services that are somebody else's: nothing is changed.

use serde_json::json;

use super::{FILE, HISTORY, ecsctl, runs, started, with_web};
use crate::scripted_ecs::client;
use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// Deregisters a revision.
fn deregister(server: &Scripted, revision: &str) {
    let (status, reply) = client::call(
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
fn an_inactive_definition_is_refused_and_the_next_that_can_run_is_named() {
    let server = started(HISTORY);
    deregister(&server, "web:2");
    server.clear_log();
    let output = refused(&server, &["rollback"]);
    insta::assert_snapshot!("inactive", output.record());
    refused(&server, &["rollback", "--to", "2"]).says("INACTIVE");
    ecsctl(&server, &["rollback", "--to", "1"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn a_revision_that_is_not_there_is_refused() {
    let server = started(HISTORY);
    let output = ecsctl(&server, &["rollback", "--to", "77", "-o", "json"])
        .run()
        .exits(3);
    assert_eq!(output.json()["error"]["code"], "no-such-revision");
    for text in ["web", "latest", ""] {
        ecsctl(&server, &["rollback", "--to", text]).run().exits(2);
    }
    assert!(server.log().writes().is_empty());
}

#[test]
fn nothing_was_deployed_before() {
    let server = started("");
    let output = refused(&server, &["rollback"]);
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
fn an_image_that_is_gone_is_noticed_before_anything_is_changed() {
    let server = Scripted::start(image_gone());
    let output = refused(&server, &["rollback"]);
    insta::assert_snapshot!("image_gone", output.record());
    let asked = server.log().of("ecr BatchGetImage")[0].input.clone();
    assert_eq!(asked["imageIds"], json!([{"imageDigest": DIGEST}]));
    assert_eq!(asked["registryId"], "123456789012");
}

#[test]
fn an_image_that_may_not_be_read_is_a_warning() {
    let server = Scripted::start(image_gone());
    server.fault(crate::support::Fault::denied("ecr BatchGetImage"));
    ecsctl(&server, &["rollback"])
        .run()
        .exits(0)
        .says("could not be read")
        .says("ecr:BatchGetImage");
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn services_that_others_deploy_are_left_alone() {
    let server = started("      deploymentController: {type: CODE_DEPLOY}");
    refused(&server, &["rollback"]).says("CodeDeploy");
    let server = started("      deploymentController: {type: EXTERNAL}");
    refused(&server, &["rollback"]).says("external controller");
}

#[test]
fn a_service_that_is_not_there_or_not_in_the_file() {
    let server = started("");
    let file = FILE.replace("web: {", "shop: {");
    for verb in ["rollback", "stop", "continue"] {
        Ecsctl::on(&server, &[verb])
            .file(&file)
            .run()
            .exits(3)
            .says("there is no service shop");
        ecsctl(&server, &[verb, "wbe"])
            .run()
            .exits(2)
            .says("did you mean `web`?");
    }
}

#[test]
fn one_revision_is_of_one_service() {
    let server = started("");
    let file = FILE.to_owned() + "  api: {taskDefinition: 'web:1', desiredCount: 1}\n";
    Ecsctl::on(&server, &["rollback", "--to", "1"])
        .file(&file)
        .run()
        .exits(2)
        .says("--to names the revision of one service");
    assert!(server.log().0.is_empty());
}
