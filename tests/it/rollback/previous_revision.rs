//! Nothing is in flight: back to the last revision that was deployed well.

use serde_json::json;

use super::{HISTORY, ecsctl, runs, sent, started, with_web};
use crate::scripted_ecs::conformance::assert_valid;
use crate::support::Scripted;

#[test]
fn rollback_goes_to_the_last_that_was_deployed_well_and_not_to_the_number_before() {
    let server = started(HISTORY);
    assert_eq!(runs(&server), "web:4 COMPLETED");
    let output = ecsctl(&server, &["rollback"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    let update = sent(&server, "ecs UpdateService");
    assert!(
        update["taskDefinition"].as_str().unwrap().ends_with("/web:2"),
        "{update}"
    );
    let members: Vec<&String> = update.as_object().unwrap().keys().collect();
    assert_eq!(
        members.len(),
        3,
        "nothing else of the service goes back: {members:?}"
    );
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
    insta::assert_snapshot!("last_good", output.record());
    assert_valid(&server);
}

#[test]
fn the_envelope_tells_what_runs() {
    let server = started(HISTORY);
    let document = ecsctl(&server, &["rollback", "-o", "json"]).run().exits(0).json();
    assert_eq!(document["outcome"], "done");
    assert_eq!(document["services"][0]["taskDefinition"], "web:2");
    assert_eq!(document["services"][0]["final"], true);
}

#[test]
fn a_revision_that_is_named_is_taken_in_each_of_its_spellings() {
    let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1";
    for to in ["1", "web:1", arn] {
        let server = started(HISTORY);
        ecsctl(&server, &["rollback", "web", "--to", to]).run().exits(0);
        assert_eq!(runs(&server), "web:1 COMPLETED", "{to}");
    }
    // One that failed is taken too: whoever names it knows.
    let server = started(HISTORY);
    ecsctl(&server, &["rollback", "--to", "3"]).run().exits(0);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

#[test]
fn the_revision_that_runs_is_nothing_to_do() {
    let server = started(HISTORY);
    let output = ecsctl(&server, &["rollback", "--to", "4"]).run().exits(0);
    assert!(server.log().writes().is_empty(), "{}", output.stderr);
}

#[test]
fn going_back_twice_says_that_it_goes_forward_again() {
    let server = started(HISTORY);
    ecsctl(&server, &["rollback"]).run().exits(0);
    ecsctl(&server, &["rollback"])
        .run()
        .exits(0)
        .says("web:4 is newer than web:2");
    assert_eq!(runs(&server), "web:4 COMPLETED");
}

#[test]
fn the_past_is_read_page_by_page() {
    let again: String = (0..6)
        .map(|_| "      - {taskDefinition: 'web:4', rollout: {}}\n")
        .collect();
    let server = Scripted::start(with_web(&format!("{HISTORY}{again}"), "pageSize: 2"));
    ecsctl(&server, &["rollback"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    let lists = server.log().of("ecs ListServiceDeployments").len();
    assert!(lists >= 4, "{lists} lists");
}

#[test]
fn what_failed_in_place_is_left_for_what_ran_before() {
    let server = started(
        "    then: {taskDefinition: 'web:2', polled: 2, rollout: {frames: [{pending: all}, {fail: 'tasks failed to start.'}]}}",
    );
    assert_eq!(runs(&server), "web:2 FAILED");
    ecsctl(&server, &["rollback"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
}

#[test]
fn a_way_back_that_fails_too_is_a_failure() {
    let server = Scripted::start(with_web(
        HISTORY,
        "rollouts: {web: [{frames: [{pending: all}, {fail: 'tasks failed to start.'}]}]}",
    ));
    let output = ecsctl(&server, &["rollback", "-o", "json"]).run().exits(5);
    let document = output.json();
    assert_eq!(document["outcome"], json!("failed"));
    assert_eq!(document["exitCode"], json!(5));
}

#[test]
fn several_services_go_back_and_each_has_its_end() {
    let server = Scripted::start(with_web(
        &format!(
            "{HISTORY}
  api:
    input: {{taskDefinition: 'web:1', desiredCount: 1, launchType: FARGATE, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}}}
"
        ),
        "",
    ));
    let file = super::FILE.to_owned() + "  api: {taskDefinition: 'web:1', desiredCount: 1}\n";
    let output = crate::support::Ecsctl::on(&server, &["rollback", "-o", "json"])
        .file(&file)
        .run()
        .exits(3)
        .says("nothing to go back to for service api");
    assert_eq!(output.json()["services"][0]["name"], "web");
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn a_blue_green_service_goes_back_by_the_same_call() {
    let server = started(
        "      deploymentConfiguration: {strategy: BLUE_GREEN, bakeTimeInMinutes: 0}
    before:
      - {taskDefinition: 'web:2'}
",
    );
    ecsctl(&server, &["rollback"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
}

#[test]
fn what_ran_before_all_that_ecs_remembers_is_gone_back_to_with_a_word_on_it() {
    let warning = "web:2 ran before all that ECS remembers";
    // web:4 runs, and is the only one that is listed: its deployment tells what ran before it.
    let older = "
    before:
      - {taskDefinition: 'web:2'}
      - {taskDefinition: 'web:4'}
";
    for remembers in ["remembers: 1", "remembers: 0"] {
        let server = Scripted::start(with_web(older, remembers));
        ecsctl(&server, &["rollback"]).run().exits(0).says(warning);
        assert_eq!(runs(&server), "web:2 COMPLETED", "{remembers}");
        assert_valid(&server);
    }
    // A deployment after a long time that fails in place: none that went well is listed.
    let failed = "
    before:
      - {taskDefinition: 'web:2'}
    then: {taskDefinition: 'web:4', polled: 2, rollout: {frames: [{pending: all}, {fail: 'tasks failed to start.'}]}}
";
    let server = Scripted::start(with_web(failed, "remembers: 1"));
    assert_eq!(runs(&server), "web:4 FAILED");
    ecsctl(&server, &["rollback"]).run().exits(0).says(warning);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn a_deployment_of_the_service_names_a_revision_too() {
    let server = started(HISTORY);
    let history = ecsctl(&server, &["history", "-o", "json"]).run().exits(0).json();
    let first = history["deployments"].as_array().unwrap().last().unwrap().clone();
    let id = first["deployment"].as_str().unwrap();
    assert_eq!(first["taskDefinition"], "web:1");
    ecsctl(&server, &["rollback", "--to", id]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    let output = ecsctl(&server, &["rollback", "--to", "ecs-svc/77"])
        .run()
        .exits(3);
    assert!(
        output
            .stderr
            .contains("can't go back to ecs-svc/77: ECS knows no such revision"),
        "{}",
        output.stderr
    );
}
