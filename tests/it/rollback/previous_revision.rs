//! No deployment is in progress: rollback to the last revision that was deployed successfully.

use serde_json::json;

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::rollbacks::{HISTORY, UNDER_WAY, ecsctl, file, sent, started, with_web};
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Fault, Scripted};

#[test]
fn rollback_restores_the_last_successful_revision() {
    let server = started(HISTORY);
    assert_eq!(runs(&server), "web:4 COMPLETED");
    let output = ecsctl(&server, &["rollback", "--yes"]).run().exits(0);
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
fn json_names_the_restored_revision() {
    let server = started(HISTORY);
    let document = ecsctl(&server, &["rollback", "--yes", "-o", "json"])
        .run()
        .exits(0)
        .json();
    assert_eq!(document["outcome"], "done");
    assert_eq!(document["services"][0]["taskDefinition"], "web:2");
    assert_eq!(document["services"][0]["final"], true);
}

fn named_revision_is_restored(to: &str, revision: &str) {
    let server = started(HISTORY);
    ecsctl(&server, &["rollback", "--yes", "web", "--to", to])
        .run()
        .exits(0);
    assert_eq!(runs(&server), format!("{revision} COMPLETED"));
}

cases! { named_revision_is_restored {
    number("1", "web:1");
    family_and_number("web:1", "web:1");
    arn("arn:aws:ecs:us-east-1:123456789012:task-definition/web:1", "web:1");
} }

#[test]
fn failed_revision_is_restored_when_named() {
    let server = started(HISTORY);
    let output = ecsctl(&server, &["rollback", "--yes", "--to", "3"])
        .run()
        .exits(0);
    assert_eq!(runs(&server), "web:3 COMPLETED");
    let warned = output.says("warning: web: web:3 failed before, on 20");
    warned.says(" (AWS: tasks failed to start.)\n");
}

#[test]
fn revision_that_was_rolled_back_is_warned_about() {
    let server = started(
        "
      deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: true}}
    before:
      - {taskDefinition: 'web:2', rollout: {frames: [{pending: all}, {rollback: {}}, {settle: true}]}}
      - {taskDefinition: 'web:3'}
",
    );
    ecsctl(&server, &["rollback", "--yes", "--to", "web:2"])
        .run()
        .exits(0)
        .says("web: web:2 was rolled back before, on 20");
}

#[test]
fn revision_that_never_failed_is_not_warned_about() {
    let server = started(HISTORY);
    let output = ecsctl(&server, &["rollback", "--yes", "--to", "2"])
        .run()
        .exits(0);
    assert!(!output.stderr.contains("before, on"), "{}", output.stderr);
}

#[test]
fn unreadable_history_does_not_prevent_a_named_rollback() {
    let denied = "faults: [{operation: ecs ListServiceDeployments, deny: true}]";
    let server = Scripted::start(with_web(HISTORY, denied));
    ecsctl(&server, &["rollback", "--yes", "--to", "3"])
        .run()
        .exits(0);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

#[test]
fn rollback_to_the_running_revision_changes_nothing() {
    let server = started(HISTORY);
    let output = ecsctl(&server, &["rollback", "--yes", "--to", "4"])
        .run()
        .exits(0);
    assert!(server.log().writes().is_empty(), "{}", output.stderr);
}

#[test]
fn second_rollback_says_that_it_goes_forward() {
    let server = started(HISTORY);
    ecsctl(&server, &["rollback", "--yes"]).run().exits(0);
    ecsctl(&server, &["rollback", "--yes"])
        .run()
        .exits(0)
        .says("web:4 is newer than web:2");
    assert_eq!(runs(&server), "web:4 COMPLETED");
}

#[test]
fn history_is_read_page_by_page() {
    let again: String = (0..6)
        .map(|_| "      - {taskDefinition: 'web:4', rollout: {}}\n")
        .collect();
    let server = Scripted::start(with_web(&format!("{HISTORY}{again}"), "pageSize: 2"));
    ecsctl(&server, &["rollback", "--yes"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    let lists = server.log().of("ecs ListServiceDeployments").len();
    assert!(lists >= 4, "{lists} lists");
}

/// The order of ListServiceDeployments is not documented.
fn newest_successful_revision_is_found(order: &str) {
    let again: String = (0..6)
        .map(|_| "      - {taskDefinition: 'web:4', rollout: {}}\n")
        .collect();
    let settings = format!("pageSize: 2\nlistOrder: {order}\nolderDeployments: 30");
    let server = Scripted::start(with_web(&format!("{HISTORY}{again}"), &settings));
    ecsctl(&server, &["rollback", "--yes"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

cases! { newest_successful_revision_is_found {
    newest_first("newestFirst");
    oldest_first("oldestFirst");
    shuffled("shuffled");
} }

#[test]
fn failed_deployment_is_replaced_by_the_one_before() {
    let server = started(
        "    then: {taskDefinition: 'web:2', polled: 2, rollout: {frames: [{pending: all}, {fail: 'tasks failed to start.'}]}}",
    );
    assert_eq!(runs(&server), "web:2 FAILED");
    ecsctl(&server, &["rollback", "--yes"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
}

#[test]
fn failing_rollback_is_a_failure() {
    let server = Scripted::start(with_web(
        HISTORY,
        "rollouts: {web: [{frames: [{pending: all}, {fail: 'tasks failed to start.'}]}]}",
    ));
    let output = ecsctl(&server, &["rollback", "--yes", "-o", "json"])
        .run()
        .exits(5);
    let document = output.json();
    assert_eq!(document["outcome"], json!("failed"));
    assert_eq!(document["exitCode"], json!(5));
}

#[test]
fn several_services_roll_back_each_with_its_outcome() {
    let server = Scripted::start(with_web(
        &format!(
            "{HISTORY}
  api:
    input: {{taskDefinition: 'web:1', desiredCount: 1, launchType: FARGATE, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}}}
"
        ),
        "",
    ));
    let file = file() + "  api: {taskDefinition: 'web:1', desiredCount: 1}\n";
    let output = Ecsctl::on(&server, &["rollback", "--yes", "-o", "json"])
        .file(&file)
        .run()
        .exits(3)
        .says("nothing to roll back to for service api");
    assert_eq!(output.json()["services"][0]["name"], "web");
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn blue_green_service_rolls_back_by_update_service() {
    let server = started(
        "      deploymentConfiguration: {strategy: BLUE_GREEN, bakeTimeInMinutes: 0}
    before:
      - {taskDefinition: 'web:2'}
",
    );
    ecsctl(&server, &["rollback", "--yes"]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
}

const BEYOND_MEMORY: &str = "web:2 is older than the 90 days of history that ECS keeps";

fn revision_older_than_the_list_is_restored(remembers: &str) {
    // web:4 runs, and is the only one that is listed: its deployment tells what ran before it.
    let older = "
    before:
      - {taskDefinition: 'web:2'}
      - {taskDefinition: 'web:4'}
";
    let server = Scripted::start(with_web(older, remembers));
    ecsctl(&server, &["rollback", "--yes"])
        .run()
        .exits(0)
        .says(BEYOND_MEMORY);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_valid(&server);
}

cases! { revision_older_than_the_list_is_restored {
    one_deployment_listed("remembers: 1");
    no_deployment_listed("remembers: 0");
} }

/// A deployment after a long time that fails in place: none that went well is listed.
#[test]
fn failed_deployment_with_no_other_listed_is_rolled_back() {
    let failed = "
    before:
      - {taskDefinition: 'web:2'}
    then: {taskDefinition: 'web:4', polled: 2, rollout: {frames: [{pending: all}, {fail: 'tasks failed to start.'}]}}
";
    let server = Scripted::start(with_web(failed, "remembers: 1"));
    assert_eq!(runs(&server), "web:4 FAILED");
    ecsctl(&server, &["rollback", "--yes"])
        .run()
        .exits(0)
        .says(BEYOND_MEMORY);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn deployment_id_names_a_revision() {
    let server = started(HISTORY);
    let history = ecsctl(&server, &["history", "-o", "json"]).run().exits(0).json();
    let first = history["deployments"].as_array().unwrap().last().unwrap().clone();
    let id = first["deployment"].as_str().unwrap();
    assert_eq!(first["taskDefinition"], "web:1");
    ecsctl(&server, &["rollback", "--yes", "--to", id]).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    let output = ecsctl(&server, &["rollback", "--yes", "--to", "ecs-svc/77"])
        .run()
        .exits(3);
    assert!(
        output
            .stderr
            .contains("can't be rolled back to ecs-svc/77: ECS has no such service revision"),
        "{}",
        output.stderr
    );
}

/// Longer than the attempts that the SDK makes.
fn throttled_read_of_a_rollback_is_waited_out(start: &str, arguments: &[&str], operation: &str) {
    let server = started(start);
    server.fault(Fault {
        times: Some(9),
        throttle: true,
        ..Fault::on(&format!("ecs {operation}"))
    });
    let run = ecsctl(&server, &[&["rollback", "--yes"], arguments].concat());
    run.run().exits(0);
    assert!(server.log().of(&format!("ecs {operation}")).len() > 9);
}

cases! { throttled_read_of_a_rollback_is_waited_out {
    deployments_of_the_service(HISTORY, &[], "ListServiceDeployments");
    their_revisions(HISTORY, &[], "DescribeServiceRevisions");
    task_definition_of_the_target(HISTORY, &["--to", "2"], "DescribeTaskDefinition");
    deployment_in_progress(UNDER_WAY, &[], "DescribeServiceDeployments");
} }
