//! Blue/green, linear and canary deployments: only their service deployments tell how they end.

use super::{WEB, changed, deploy, deployed, revisions};
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

const LIST: &str = "ecs ListServiceDeployments";
const DESCRIBE: &str = "ecs DescribeServiceDeployments";
const OTHERS: [&str; 3] = ["BLUE_GREEN", "LINEAR", "CANARY"];

/// A file whose service deploys otherwise than by a rolling update.
fn with_strategy(file: &str, strategy: &str) -> String {
    let strategy = format!("    deploymentConfiguration: {{strategy: {strategy}}}\n    desiredCount");
    file.replace("    desiredCount", &strategy)
}

/// An endpoint that lacks the operation.
fn unsupported() -> Fault {
    Fault {
        code: Some("UnsupportedFeatureException".to_owned()),
        message: Some("The specified feature is not supported.".to_owned()),
        ..Fault::on(LIST)
    }
}

#[test]
fn what_can_not_be_watched_is_refused_before_anything_is_written() {
    for strategy in OTHERS {
        for fault in [Fault::denied(LIST), unsupported()] {
            // One that is to be made, one that is changed, one that stays as it is.
            for there in [false, true] {
                let server = Scripted::start(Scenario::default());
                if there {
                    deploy(&server, WEB).run().exits(0);
                }
                server.clear_log();
                server.fault(fault.clone());
                deploy(&server, &with_strategy(&changed(), strategy))
                    .run()
                    .exits(3)
                    .says("ecs:ListServiceDeployments");
                let log = server.log();
                assert!(log.writes().is_empty(), "{:?}", log.writes());
                assert_eq!(log.of(LIST).len(), 1, "{:?}", log.names());
            }
        }
    }
}

#[test]
fn the_strategy_that_the_service_has_counts_where_the_file_names_none() {
    let server = deployed(Scenario::default());
    deploy(&server, &with_strategy(WEB, "CANARY")).run().exits(0);
    server.clear_log();
    server.fault(Fault::denied(LIST));
    let output = deploy(&server, &changed()).run().exits(3);
    assert!(server.log().writes().is_empty());
    insta::assert_snapshot!("unwatchable", output.record());
    // What the file turns into a rolling update needs it no more.
    deploy(&server, &with_strategy(&changed(), "ROLLING"))
        .run()
        .exits(0);
}

#[test]
fn what_describes_a_service_deployment_is_asked_for_beforehand_too() {
    for strategy in OTHERS {
        let server = deployed(Scenario::default());
        server.fault(Fault::denied(DESCRIBE));
        let output = deploy(&server, &with_strategy(&changed(), strategy))
            .run()
            .exits(3);
        output.says("ecs:DescribeServiceDeployments");
        assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    }
}

#[test]
fn the_first_that_nobody_can_tell_the_end_of_is_not_waited_for() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied(DESCRIBE));
    let file = with_strategy(WEB, "BLUE_GREEN");
    let output = deploy(&server, &file).run().exits(3).says("ecsctl wait web");
    let record = output.record();
    let (before, rest) = record.split_once("service-deployment/default/web/").unwrap();
    let (_, after) = rest.split_once('\n').unwrap();
    insta::assert_snapshot!(
        "unwatchable_first",
        format!("{before}service-deployment/default/web/ID\n{after}")
    );
    assert_eq!(server.log().of(DESCRIBE).len(), 1, "{:?}", server.log().names());
    let document = Ecsctl::on(&server, &["wait", "-o", "json"])
        .file(&file)
        .run()
        .exits(3)
        .json();
    assert_eq!(document["error"]["code"], "access-denied", "{document:#}");
    assert_eq!(document["services"][0]["outcome"], "interrupted", "{document:#}");
}

#[test]
fn a_service_whose_end_nobody_can_tell_keeps_no_other_from_its_end() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied(DESCRIBE));
    let rolling = WEB
        .split_once("services:\n")
        .map(|(_, web)| web.replace("web", "api"));
    let file = format!("{}{}", with_strategy(WEB, "CANARY"), rolling.unwrap_or_default());
    let output = deploy(&server, &file).run().exits(3).says("can't watch web");
    assert!(output.stderr.contains("api runs api:1"), "{}", output.stderr);
}

#[test]
fn registering_needs_no_watch() {
    let server = deployed(Scenario::default());
    server.fault(Fault::denied(LIST));
    let file = with_strategy(&changed(), "BLUE_GREEN");
    Ecsctl::on(&server, &["register"]).file(&file).run().exits(0);
    assert_eq!(revisions(&server), 2);
    assert!(server.log().of(LIST).is_empty());
}

#[test]
fn a_blue_green_service_is_made_and_changed() {
    let server = Scripted::start(Scenario::default());
    deploy(&server, &with_strategy(WEB, "BLUE_GREEN")).run().exits(0);
    deploy(&server, &with_strategy(&changed(), "BLUE_GREEN"))
        .run()
        .exits(0);
}

#[test]
fn a_rolling_update_asks_for_nothing_beforehand_and_does_without() {
    let server = deployed(Scenario::default());
    server.fault(Fault::denied(LIST));
    deploy(&server, &changed()).run().exits(0);
    let log = server.log();
    let position = |name: &str| log.names().iter().position(|it| *it == name);
    assert!(
        position(LIST) > position("ecs UpdateService"),
        "{:?}",
        log.names()
    );
}
