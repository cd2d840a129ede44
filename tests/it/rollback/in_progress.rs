//! A deployment is under way: ECS itself takes it back.

use super::{HISTORY, UNDER_WAY, ecsctl, runs, sent, started, with_web};
use crate::scripted_ecs::conformance::assert_valid;
use crate::support::fault::Fault;
use crate::support::{Cut, Scripted};

#[test]
fn rollback_stops_what_is_in_flight() {
    let server = started(UNDER_WAY);
    let output = ecsctl(&server, &["rollback"]).run().exits(0);
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
fn stop_does_the_same_and_nothing_to_a_service_at_rest() {
    let server = started(UNDER_WAY);
    let output = ecsctl(&server, &["stop", "web"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs StopServiceDeployment"]);
    insta::assert_snapshot!("stopped", output.record());
    server.clear_log();
    let output = ecsctl(&server, &["stop", "web"])
        .run()
        .exits(0)
        .says("nothing is in flight");
    assert!(server.log().writes().is_empty(), "{}", output.stderr);
    let document = ecsctl(&server, &["stop", "-o", "json"]).run().exits(0).json();
    assert_eq!(document["outcome"], "unchanged");
    assert_valid(&server);
}

#[test]
fn the_revision_that_ecs_would_restore_may_be_named_and_another_is_deployed_instead() {
    let server = started(UNDER_WAY);
    ecsctl(&server, &["rollback", "--to", "1"]).run().exits(0);
    assert_eq!(server.log().writes(), ["ecs StopServiceDeployment"]);
    let server = started(UNDER_WAY);
    ecsctl(&server, &["rollback", "--to", "3"]).run().exits(0);
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

#[test]
fn what_goes_back_already_is_watched() {
    let server = started(
        "    then: {taskDefinition: 'web:2', polled: 3, rollout: {frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}, polls: 3}, {settle: true}]}}",
    );
    ecsctl(&server, &["rollback"])
        .run()
        .exits(0)
        .says("is being rolled back already");
    assert!(server.log().writes().is_empty());
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn a_stop_that_arrived_unheard_is_not_sent_again() {
    let server = started(UNDER_WAY);
    server.freeze_at("ecs StopServiceDeployment", 1, Cut::BeforeReply);
    let run = ecsctl(&server, &["stop"]);
    let running = run.start();
    server.wait_frozen();
    server.thaw();
    server.end_connections();
    running.end().exits(0);
    assert_eq!(server.log().of("ecs StopServiceDeployment").len(), 1);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn a_rollback_that_somebody_overtakes_is_not_called_done() {
    let server = Scripted::start(with_web(
        HISTORY,
        "rollouts: {web: [{frames: [{pending: all}, {supersede: {taskDefinition: 'web:4'}}]}]}",
    ));
    ecsctl(&server, &["rollback"]).run().exits(7);
}

#[test]
fn a_first_deployment_has_nothing_to_go_back_to() {
    let server = Scripted::start(with_web("", "rollouts: {api: [{frames: [{pending: all}]}]}"));
    let file = super::FILE.replace("web: {", "api: {serviceName: api, ");
    let deploy = crate::support::Ecsctl::on(&server, &["deploy", "--timeout", "30s"]).file(&file);
    deploy.run().exits(6);
    server.clear_log();
    let output = crate::support::Ecsctl::on(&server, &["rollback"])
        .file(&file)
        .run()
        .exits(3);
    insta::assert_snapshot!("first", output.record());
    // Nor can ECS roll it back.
    let stop = crate::support::Ecsctl::on(&server, &["stop", "-o", "json"]).file(&file);
    let document = stop.run().exits(3).json();
    assert_eq!(document["error"]["code"], "nothing-to-go-back-to");
    assert!(server.log().writes().is_empty());
}

#[test]
fn a_list_that_cannot_be_read_is_no_first_deployment() {
    let server = Scripted::start(with_web("", "rollouts: {api: [{frames: [{pending: all}]}]}"));
    let file = super::FILE.replace("web: {", "api: {serviceName: api, ");
    let run = |arguments: &[&str]| crate::support::Ecsctl::on(&server, arguments).file(&file).run();
    run(&["deploy", "--timeout", "30s"]).exits(6);
    server.clear_log();
    server.fault(Fault {
        throttle: true,
        about: Some("SUCCESSFUL".to_owned()),
        ..Fault::on("ecs ListServiceDeployments")
    });
    for verb in ["rollback", "stop"] {
        let document = run(&[verb, "-o", "json"]).exits(1).json();
        assert_eq!(document["error"]["code"], "throttled", "{verb}: {document:#}");
    }
    assert!(server.log().writes().is_empty());
}

#[test]
fn a_way_back_that_can_no_longer_be_watched_is_named_in_the_envelope() {
    for (start, arguments) in [
        (UNDER_WAY, &["rollback"][..]),
        (UNDER_WAY, &["stop"]),
        (super::paused::PAUSED, &["continue", "--rollback"]),
    ] {
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
        assert!(
            reason.contains("web:1 was under way when it was last seen"),
            "{reason}"
        );
    }
}

#[test]
fn rights_that_are_missing_are_named_and_nothing_is_changed() {
    for (operation, verb) in [
        ("ecs StopServiceDeployment", "stop"),
        ("ecs StopServiceDeployment", "rollback"),
        ("ecs ListServiceDeployments", "rollback"),
        ("ecs ListServiceDeployments", "stop"),
        ("ecs DescribeServiceDeployments", "rollback"),
    ] {
        let server = started(UNDER_WAY);
        server.fault(Fault::denied(operation));
        let action = operation.replace(' ', ":");
        let output = ecsctl(&server, &[verb]).run().exits(3).says(&action);
        assert!(output.stderr.contains("hint:"), "{}", output.stderr);
        assert_eq!(runs(&server), "web:2 IN_PROGRESS");
    }
    for operation in [
        "ecs UpdateService",
        "ecs DescribeServiceRevisions",
        "ecs DescribeTaskDefinition",
    ] {
        let server = started(HISTORY);
        server.fault(Fault::denied(operation));
        ecsctl(&server, &["rollback"])
            .run()
            .exits(3)
            .says(&operation.replace(' ', ":"));
        assert_eq!(runs(&server), "web:4 COMPLETED");
    }
    // A revision that is named can be had without the list.
    let server = started(HISTORY);
    server.fault(Fault::denied("ecs ListServiceDeployments"));
    ecsctl(&server, &["rollback", "--to", "2"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn a_terminal_is_told_what_is_done_in_its_own_words() {
    for (verb, typed) in [("rollback", "y\n"), ("stop", "")] {
        let server = started(UNDER_WAY);
        let ecsctl = ecsctl(&server, &[verb]);
        let running = ecsctl.start_in_terminal(80);
        if !typed.is_empty() {
            running.wait_until_it_shows("[y/N]");
            running.type_in(typed);
        }
        let output = running.end().exits(0);
        let shown = crate::output::screen(&output, 80);
        assert!(!shown.contains(" deploy "), "{shown}");
        insta::assert_snapshot!(format!("{verb}_on_a_terminal"), shown);
    }
}
