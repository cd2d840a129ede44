//! Blue/green, linear and canary deployments: only their service deployments tell how they end.

use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{WEB, changed};
use crate::support::scenario::ListOrder;
use crate::support::service_state::revisions;
use crate::support::{Ecsctl, Fault, Scenario, Scripted, scenario_file};

const LIST: &str = "ecs ListServiceDeployments";
const DESCRIBE: &str = "ecs DescribeServiceDeployments";

/// A file whose service deploys otherwise than by a rolling update.
fn with_strategy(file: &str, strategy: &str) -> String {
    let strategy = format!("    deploymentConfiguration: {{strategy: {strategy}}}\n    desiredCount");
    file.replace("    desiredCount", &strategy)
}

/// A service with a long history, of which one list page shows a part.
fn blue_green_is_found_among_many(order: ListOrder, most_lists: usize) {
    let scenario = Scenario {
        older_deployments: 130,
        list_order: order,
        ..Scenario::file("blue-green")
    };
    let (first, second) = (scenario_file::first(&scenario), scenario_file::change(&scenario));
    let server = Scripted::start(scenario);
    deploy(&server, &first).run().exits(0);
    server.clear_log();
    deploy(&server, &second).run().exits(0);
    let log = server.log();
    let lists = log.of(LIST);
    assert!(lists.len() <= most_lists, "{} lists", lists.len());
    // The permission check, and the pages of each list.
    let pages = lists.iter().filter(|it| it.input.get("nextToken").is_some());
    let is_ordered = matches!(order, ListOrder::NewestFirst);
    assert_eq!(pages.count() > 0, !is_ordered);
}

cases! { blue_green_is_found_among_many {
    newest_first(ListOrder::NewestFirst, 3);
    oldest_first(ListOrder::OldestFirst, 6);
    shuffled(ListOrder::Shuffled, 6);
} }

/// An endpoint that lacks the operation.
fn unsupported() -> Fault {
    Fault {
        code: Some("UnsupportedFeatureException".to_owned()),
        message: Some("The specified feature is not supported.".to_owned()),
        ..Fault::on(LIST)
    }
}

fn unwatchable_is_refused_before_any_write(strategy: &str, fault: Fault, first: impl Fn(&Scripted)) {
    let server = Scripted::start(Scenario::default());
    first(&server);
    server.clear_log();
    server.fault(fault);
    deploy(&server, &with_strategy(&changed(), strategy))
        .run()
        .exits(3)
        .says("ecs:ListServiceDeployments");
    let log = server.log();
    assert!(log.writes().is_empty(), "{:?}", log.writes());
    assert_eq!(log.of(LIST).len(), 1, "{:?}", log.names());
}

/// The service is made by the deploy.
fn absent(_: &Scripted) {}

/// The service is changed by the deploy.
fn present(server: &Scripted) {
    deploy(server, WEB).run().exits(0);
}

cases! { unwatchable_is_refused_before_any_write {
    new_blue_green_denied("BLUE_GREEN", Fault::denied(LIST), absent);
    new_blue_green_unsupported("BLUE_GREEN", unsupported(), absent);
    new_linear_denied("LINEAR", Fault::denied(LIST), absent);
    new_linear_unsupported("LINEAR", unsupported(), absent);
    new_canary_denied("CANARY", Fault::denied(LIST), absent);
    new_canary_unsupported("CANARY", unsupported(), absent);
    changed_blue_green_denied("BLUE_GREEN", Fault::denied(LIST), present);
    changed_blue_green_unsupported("BLUE_GREEN", unsupported(), present);
    changed_linear_denied("LINEAR", Fault::denied(LIST), present);
    changed_linear_unsupported("LINEAR", unsupported(), present);
    changed_canary_denied("CANARY", Fault::denied(LIST), present);
    changed_canary_unsupported("CANARY", unsupported(), present);
} }

#[test]
fn strategy_of_the_service_counts_when_the_file_has_none() {
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

fn undescribable_is_refused_before_any_write(strategy: &str) {
    let server = deployed(Scenario::default());
    server.fault(Fault::denied(DESCRIBE));
    let output = deploy(&server, &with_strategy(&changed(), strategy))
        .run()
        .exits(3);
    output.says("ecs:DescribeServiceDeployments");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

cases! { undescribable_is_refused_before_any_write {
    blue_green("BLUE_GREEN");
    linear("LINEAR");
    canary("CANARY");
} }

#[test]
fn unwatchable_first_deployment_is_not_waited_for() {
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
fn unwatchable_service_does_not_block_others() {
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
fn register_needs_no_permission_to_watch() {
    let server = deployed(Scenario::default());
    server.fault(Fault::denied(LIST));
    let file = with_strategy(&changed(), "BLUE_GREEN");
    Ecsctl::on(&server, &["register"]).file(&file).run().exits(0);
    assert_eq!(revisions(&server), 2);
    assert!(server.log().of(LIST).is_empty());
}

#[test]
fn blue_green_service_is_created_and_updated() {
    let server = Scripted::start(Scenario::default());
    deploy(&server, &with_strategy(WEB, "BLUE_GREEN")).run().exits(0);
    deploy(&server, &with_strategy(&changed(), "BLUE_GREEN"))
        .run()
        .exits(0);
}

#[test]
fn rolling_update_needs_no_permission_to_watch() {
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
