//! `tags:` of a service that exists: UpdateService has none.

use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::deploys::deploy;
use crate::support::files::{WEB, changed};
use crate::support::{Ecsctl, Scenario, Scripted};

fn tagged(file: &str, tags: &str) -> String {
    format!("{file}    tags: {tags}\n")
}

const TAGS: &str = "[{key: team, value: shop}, {key: stage, value: dev}]";

/// Returns a server with the tagged service, to which somebody else has added two tags; its log begins after that.
fn tagged_server() -> Scripted {
    let server = Scripted::start(Scenario::default());
    deploy(&server, &tagged(WEB, TAGS)).run().exits(0);
    server.world(|world| {
        let tags = &mut world.services[0].tags;
        tags.push(json!({"key": "owner", "value": "finance"}));
        tags.push(json!({"key": "aws:cloudformation:stack-name", "value": "shop"}));
    });
    server.clear_log();
    server
}

fn tags(server: &Scripted) -> Vec<(String, String)> {
    let text = |tag: &Value, member: &str| tag[member].as_str().unwrap().to_owned();
    let tags = server.world(|world| world.services[0].tags.clone());
    let mut tags: Vec<_> = tags
        .iter()
        .map(|tag| (text(tag, "key"), text(tag, "value")))
        .collect();
    tags.sort();
    tags
}

#[test]
fn changed_tag_is_set_without_a_deployment() {
    let server = tagged_server();
    let file = tagged(
        WEB,
        "[{key: team, value: payments}, {key: stage, value: dev}, {key: cost, value: '7'}]",
    );
    let run = |arguments: &[&str]| Ecsctl::on(&server, arguments).file(&file).run();
    insta::assert_snapshot!("plan_of_tags", run(&["plan"]).record());
    insta::assert_snapshot!("deploy_of_tags", run(&["deploy"]).exits(0).record());
    assert_eq!(server.log().writes(), ["ecs TagResource"]);
    assert_eq!(
        server.log().only("ecs TagResource").input["tags"],
        json!([{"key": "team", "value": "payments"}, {"key": "cost", "value": "7"}])
    );
    run(&["plan", "--exit-code"]).exits(0);
    assert_valid(&server);
}

/// The file owns the keys that it names: which others were its own, nothing says.
#[test]
fn tags_that_the_file_does_not_name_are_kept() {
    let server = tagged_server();
    let before = tags(&server);
    let file = tagged(WEB, "[{key: team, value: shop}]");
    deploy(&server, &file).run().exits(0).says("nothing to do");
    let none = tagged(WEB, "[]");
    deploy(&server, &none).run().exits(0).says("nothing to do");
    deploy(&server, WEB).run().exits(0).says("nothing to do");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_eq!(tags(&server), before);
}

/// New tasks get the service's tags (`propagateTags: SERVICE`).
#[test]
fn tags_are_set_before_the_update() {
    let server = tagged_server();
    let file = tagged(&changed(), "[{key: team, value: payments}]");
    deploy(&server, &file).run().exits(0);
    assert_eq!(
        server.log().writes(),
        [
            "ecs RegisterTaskDefinition",
            "ecs TagResource",
            "ecs UpdateService"
        ]
    );
}
