//! The capacity providers that strategies name: associated with a new cluster, checked on an existing one.

use serde_json::json;

use crate::support::aws_models::assert_valid;
use crate::support::deploys::deploy;
use crate::support::fault::Deny;
use crate::support::files::WEB;
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

const SPOT: &str = "    capacityProviderStrategy:
      - {capacityProvider: FARGATE, base: 1, weight: 1}
      - {capacityProvider: FARGATE_SPOT, weight: 3}
";

fn on_spot() -> String {
    format!("{WEB}{SPOT}")
}

#[test]
fn new_cluster_gets_the_providers_of_the_file() {
    let server = Scripted::start(Scenario::parse("clusters: []"));
    let run = |arguments: &[&str]| Ecsctl::on(&server, arguments).file(&on_spot()).run();
    insta::assert_snapshot!(
        "plan_of_a_new_cluster",
        run(&["plan", "--create-cluster"]).record()
    );
    let document = run(&["plan", "--create-cluster", "-o", "json"]).json();
    assert_eq!(
        document["clusterCapacityProviders"],
        json!(["FARGATE", "FARGATE_SPOT"])
    );
    run(&["deploy", "--create-cluster"]).exits(0);
    assert_eq!(
        server.log().only("ecs CreateCluster").input,
        json!({"clusterName": "default", "capacityProviders": ["FARGATE", "FARGATE_SPOT"]})
    );
    assert_eq!(runs(&server), "web:1 COMPLETED");
    run(&["plan", "--exit-code"]).exits(0);
    assert_valid(&server);
}

#[test]
fn new_cluster_gets_the_providers_of_jobs() {
    let server = Scripted::start(Scenario::parse("clusters: []"));
    let file = format!(
        "{WEB}    beforeDeploy: [migrate]
jobs:
  migrate:
    service: web
    command: [migrate]
    capacityProviderStrategy: [{{capacityProvider: FARGATE_SPOT, weight: 1}}]
"
    );
    Ecsctl::on(&server, &["deploy", "--create-cluster"])
        .file(&file)
        .run()
        .exits(0);
    let log = server.log();
    let created = &log.only("ecs CreateCluster").input;
    assert_eq!(created["capacityProviders"], json!(["FARGATE_SPOT"]));
}

#[test]
fn cluster_without_a_provider_is_refused_before_any_write() {
    let server = Scripted::start(Scenario::parse(
        "capacityProviders: {default: [FARGATE, shop-ec2]}",
    ));
    let output = deploy(&server, &on_spot()).run().exits(3);
    insta::assert_snapshot!("no_provider", output.record());
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    let json = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&on_spot())
        .run()
        .exits(3)
        .json();
    assert_eq!(json["error"]["code"], "capacity-provider-not-associated");
    Ecsctl::on(&server, &["register"]).file(&on_spot()).run().exits(0);
    assert_valid(&server);
}

#[test]
fn unchanged_strategy_is_not_checked() {
    let server = Scripted::start(Scenario::default());
    deploy(&server, &on_spot()).run().exits(0);
    server.world(|world| {
        world
            .capacity_providers
            .insert("default".to_owned(), vec!["FARGATE".to_owned()]);
    });
    deploy(&server, &on_spot()).run().exits(0).says("nothing to do");
}

/// Without the permission AWS itself says what is missing.
#[test]
fn unreadable_cluster_is_left_to_aws() {
    let server = Scripted::start(Scenario::parse("capacityProviders: {default: [FARGATE]}"));
    server.fault(Fault {
        deny: Some(Deny::Own(true)),
        ..Fault::on("ecs DescribeClusters")
    });
    let output = deploy(&server, &on_spot()).run().exits(3);
    output.says("not associated with the cluster");
    assert_eq!(server.log().counts()["ecs CreateService"], 1);
}

#[test]
fn provider_of_instances_is_left_to_aws() {
    let server = Scripted::start(Scenario::default());
    let file = format!(
        "{WEB}    capacityProviderStrategy: [{{capacityProvider: shop-managed-instances, weight: 1}}]\n"
    )
    .replace(
        "      cpu: 256",
        "      requiresCompatibilities: [MANAGED_INSTANCES]\n      networkMode: awsvpc\n      cpu: 256",
    );
    deploy(&server, &file).run().exits(0);
    assert!(!server.log().names().contains(&"ecs DescribeClusters"));
}
