//! Blue/green, linear and canary deployments: only their service deployments tell how they end.

use super::{WEB, changed, deploy, deployed, revisions};
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

const LIST: &str = "ecs ListServiceDeployments";

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
    for strategy in ["BLUE_GREEN", "LINEAR", "CANARY"] {
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
