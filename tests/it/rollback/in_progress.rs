//! A deployment is in progress: ECS itself rolls it back.

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::fault::Fault;
use crate::support::rollbacks::{HISTORY, PAUSED, UNDER_WAY, ecsctl, file, sent, started, with_web};
use crate::support::screen::screen;
use crate::support::service_state::runs;
use crate::support::{Cut, Ecsctl, Scripted};

#[test]
fn rollback_stops_the_deployment() {
    let server = started(UNDER_WAY);
    let output = ecsctl(&server, &["rollback", "--yes"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs StopServiceDeployment"]);
    let stop = sent(&server, "ecs StopServiceDeployment");
    assert_eq!(stop["stopType"], "ROLLBACK");
    assert!(
        stop["serviceDeploymentArn"]
            .as_str()
            .unwrap()
            .contains(":service-deployment/")
    );
    insta::assert_snapshot!("in_flight", output.record());
    assert_valid(&server);
}

#[test]
fn stop_rolls_back_and_leaves_a_steady_service() {
    let server = started(UNDER_WAY);
    let output = ecsctl(&server, &["stop", "--yes", "web"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs StopServiceDeployment"]);
    insta::assert_snapshot!("stopped", output.record());
    server.clear_log();
    let output = ecsctl(&server, &["stop", "--yes", "web"])
        .run()
        .exits(0)
        .says("no deployment in progress");
    assert!(server.log().writes().is_empty(), "{}", output.stderr);
    let document = ecsctl(&server, &["stop", "--yes", "-o", "json"])
        .run()
        .exits(0)
        .json();
    assert_eq!(document["outcome"], "unchanged");
    assert_valid(&server);
}

#[test]
fn naming_the_revision_ecs_restores_stops_the_deployment() {
    let server = started(UNDER_WAY);
    ecsctl(&server, &["rollback", "--yes", "--to", "1"])
        .run()
        .exits(0);
    assert_eq!(server.log().writes(), ["ecs StopServiceDeployment"]);
}

#[test]
fn naming_another_revision_deploys_it() {
    let server = started(UNDER_WAY);
    ecsctl(&server, &["rollback", "--yes", "--to", "3"])
        .run()
        .exits(0);
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

#[test]
fn rollback_already_in_progress_is_watched() {
    let server = started(
        "    then: {taskDefinition: 'web:2', polled: 3, rollout: {frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}, polls: 3}, {settle: true}]}}",
    );
    ecsctl(&server, &["rollback", "--yes"])
        .run()
        .exits(0)
        .says("is already being rolled back");
    assert!(server.log().writes().is_empty());
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn stop_is_not_sent_again_after_a_lost_reply() {
    let server = started(UNDER_WAY);
    server.freeze_at("ecs StopServiceDeployment", 1, Cut::BeforeReply);
    let run = ecsctl(&server, &["stop", "--yes"]);
    let running = run.start();
    server.wait_frozen();
    server.thaw();
    server.end_connections();
    running.end().exits(0);
    assert_eq!(server.log().of("ecs StopServiceDeployment").len(), 1);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn superseded_rollback_is_not_done() {
    let server = Scripted::start(with_web(
        HISTORY,
        "rollouts: {web: [{frames: [{pending: all}, {supersede: {taskDefinition: 'web:4'}}]}]}",
    ));
    ecsctl(&server, &["rollback", "--yes"]).run().exits(7);
}

#[test]
fn first_deployment_has_no_earlier_revision() {
    let server = Scripted::start(with_web("", "rollouts: {api: [{frames: [{pending: all}]}]}"));
    let file = file().replace("web: {", "api: {serviceName: api, ");
    let deploy = Ecsctl::on(&server, &["deploy", "--timeout", "30s"]).file(&file);
    deploy.run().exits(6);
    server.clear_log();
    let output = Ecsctl::on(&server, &["rollback", "--yes"])
        .file(&file)
        .run()
        .exits(3);
    insta::assert_snapshot!("first", output.record());
    // Nor can ECS roll it back.
    let stop = Ecsctl::on(&server, &["stop", "--yes", "-o", "json"]).file(&file);
    let document = stop.run().exits(3).json();
    assert_eq!(document["error"]["code"], "nothing-to-go-back-to");
    assert!(server.log().writes().is_empty());
}

fn unreadable_list_is_no_first_deployment(verb: &str) {
    let server = Scripted::start(with_web("", "rollouts: {api: [{frames: [{pending: all}]}]}"));
    let file = file().replace("web: {", "api: {serviceName: api, ");
    let run = |arguments: &[&str]| Ecsctl::on(&server, arguments).file(&file).run();
    run(&["deploy", "--timeout", "30s"]).exits(6);
    server.clear_log();
    server.fault(Fault {
        throttle: true,
        about: Some("SUCCESSFUL".to_owned()),
        ..Fault::on("ecs ListServiceDeployments")
    });
    let document = run(&[verb, "--yes", "-o", "json"]).exits(3).json();
    assert_eq!(document["error"]["code"], "throttled", "{verb}: {document:#}");
    assert!(server.log().writes().is_empty());
}

cases! { unreadable_list_is_no_first_deployment {
    rollback("rollback");
    stop("stop");
} }

fn unwatched_rollback_is_named_in_json(start: &str, arguments: &[&str]) {
    let server = started(start);
    server.fault(Fault {
        from: Some(3),
        ..Fault::denied("ecs DescribeServices")
    });
    let mut all = arguments.to_vec();
    all.extend(["-o", "json"]);
    let document = ecsctl(&server, &all).run().exits(3).json();
    let services = document["services"].as_array().unwrap();
    let [web] = services.as_slice() else {
        panic!("{arguments:?}: {document:#}");
    };
    assert_eq!(
        (web["name"].as_str(), web["outcome"].as_str()),
        (Some("web"), Some("interrupted"))
    );
    assert_eq!(web["final"], false);
    let reason = web["reason"].as_str().unwrap();
    assert!(reason.contains("web:1 is still in progress"), "{reason}");
}

cases! { unwatched_rollback_is_named_in_json {
    rollback(UNDER_WAY, &["rollback", "--yes"]);
    stop(UNDER_WAY, &["stop", "--yes"]);
    continue_with_rollback(PAUSED, &["continue", "--rollback", "--yes"]);
} }

fn missing_permission_leaves_the_deployment(operation: &str, verb: &str) {
    let server = started(UNDER_WAY);
    server.fault(Fault::denied(operation));
    let action = operation.replace(' ', ":");
    let output = ecsctl(&server, &[verb, "--yes"]).run().exits(3).says(&action);
    assert!(output.stderr.contains("hint:"), "{}", output.stderr);
    assert_eq!(runs(&server), "web:2 IN_PROGRESS");
}

cases! { missing_permission_leaves_the_deployment {
    stop_cannot_stop("ecs StopServiceDeployment", "stop");
    rollback_cannot_stop("ecs StopServiceDeployment", "rollback");
    rollback_cannot_list("ecs ListServiceDeployments", "rollback");
    stop_cannot_list("ecs ListServiceDeployments", "stop");
    rollback_cannot_describe("ecs DescribeServiceDeployments", "rollback");
} }

fn missing_permission_leaves_the_revision(operation: &str) {
    let server = started(HISTORY);
    server.fault(Fault::denied(operation));
    ecsctl(&server, &["rollback", "--yes"])
        .run()
        .exits(3)
        .says(&operation.replace(' ', ":"));
    assert_eq!(runs(&server), "web:4 COMPLETED");
}

cases! { missing_permission_leaves_the_revision {
    update_service("ecs UpdateService");
    describe_service_revisions("ecs DescribeServiceRevisions");
    describe_task_definition("ecs DescribeTaskDefinition");
} }

#[test]
fn named_revision_needs_no_list() {
    let server = started(HISTORY);
    server.fault(Fault::denied("ecs ListServiceDeployments"));
    ecsctl(&server, &["rollback", "--yes", "--to", "2"])
        .run()
        .exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

fn terminal_names_the_command(verb: &str, typed: &str) {
    let server = started(UNDER_WAY);
    let ecsctl = ecsctl(&server, &[verb]);
    let running = ecsctl.start_in_terminal(80);
    if !typed.is_empty() {
        running.wait_until_it_shows("[y/N]");
        running.type_in(typed);
    }
    let output = running.end().exits(0);
    let shown = screen(&output, 80);
    assert!(!shown.contains(" deploy "), "{shown}");
    insta::assert_snapshot!(format!("{verb}_on_a_terminal"), shown);
}

cases! { terminal_names_the_command {
    rollback("rollback", "y\n");
    stop("stop", "");
} }
