//! Tests of service changes with a scripted AWS.

use serde_json::json;

use super::restart::force_new_deployment;
use super::scale::outside;
use super::scale::set_count;
use super::*;
use crate::aws::testing::{Answer, FakeAws};
use crate::engine::{RollbackRequest, Run, RunOptions, RunReport, WaitOptions};
use crate::model::CapacityBounds;

fn service(more: Value) -> Value {
    let mut service = json!({"serviceName": "web", "status": "ACTIVE", "desiredCount": 2,
        "deployments": [{"id": "ecs-svc/1", "status": "PRIMARY"}]});
    if let (Some(members), Value::Object(more)) = (service.as_object_mut(), more) {
        members.extend(more);
    }
    service
}

fn refused(more: Value, change: ServiceChange) -> Option<&'static str> {
    let refusal = refusal(&Service::read(service(more)), "web", change)?;
    Some(refusal.code)
}

#[test]
fn refused_changes_say_why() {
    let code_deploy = || json!({"deploymentController": {"type": "CODE_DEPLOY"}});
    for (more, change, code) in [
        (json!({}), ServiceChange::Scale, None),
        (json!({}), ServiceChange::Restart, None),
        (
            json!({"status": "DRAINING"}),
            ServiceChange::Scale,
            Some("service-draining"),
        ),
        (
            json!({"schedulingStrategy": "DAEMON"}),
            ServiceChange::Scale,
            Some("daemon-has-no-count"),
        ),
        (
            json!({"schedulingStrategy": "DAEMON"}),
            ServiceChange::Restart,
            None,
        ),
        (code_deploy(), ServiceChange::Scale, None),
        (code_deploy(), ServiceChange::Restart, None),
        (
            json!({"deploymentController": {"type": "EXTERNAL"}}),
            ServiceChange::Scale,
            Some("unsupported-controller"),
        ),
        (json!({"status": "DRAINING"}), ServiceChange::Delete, None),
        (
            json!({"deploymentController": {"type": "EXTERNAL"}}),
            ServiceChange::Delete,
            None,
        ),
        (
            json!({"resourceManagementType": "ECS"}),
            ServiceChange::Delete,
            Some("unsupported-controller"),
        ),
        (
            json!({"resourceManagementType": "ECS"}),
            ServiceChange::Restart,
            Some("unsupported-controller"),
        ),
    ] {
        assert_eq!(refused(more.clone(), change), code, "{more} {change:?}");
    }
}

#[test]
fn counts_outside_the_scaling_bounds_are_explained() {
    let bounds = CapacityBounds { min: 2, max: 10 };
    assert_eq!(outside(bounds, 2), None);
    assert_eq!(outside(bounds, 10), None);
    assert_eq!(
        outside(bounds, 0).unwrap().to_string(),
        "below autoscaling's 2 to 10: its next action raises the count to at least 2"
    );
    assert_eq!(
        outside(bounds, 11).unwrap().to_string(),
        "above autoscaling's 2 to 10: its next action lowers the count to at most 10"
    );
}

fn existing() -> ExistingService {
    ExistingService {
        key: "web".to_owned(),
        name: "web".to_owned(),
        service: Service::read(service(json!({}))),
        code_deploy: None,
    }
}

fn seen(more: Value) -> Answer {
    Answer::ok(json!({"services": [service(more)], "failures": []}))
}

#[tokio::test]
async fn a_restart_whose_answer_is_lost_is_looked_for_before_it_is_sent_again() {
    let restarted = json!({"deployments": [{"id": "ecs-svc/2", "status": "PRIMARY"}]});
    let fake = FakeAws::answering([Answer::refusal(500, "ServerException", "oops"), seen(restarted)]).await;
    let reply = force_new_deployment(&fake.session().await, "c", &existing())
        .await
        .unwrap();
    assert_eq!(reply.primary_id(), Some("ecs-svc/2"));
    assert_eq!(fake.operations(), ["UpdateService", "DescribeServices"]);
    let input = fake.requests()[0].json();
    assert_eq!(
        input,
        json!({"cluster": "c", "service": "web", "forceNewDeployment": true})
    );
}

#[tokio::test]
async fn a_restart_that_a_stale_reply_does_not_show_is_not_sent_again() {
    let restarted = json!({"deployments": [{"id": "ecs-svc/2", "status": "PRIMARY"}]});
    let lost = Answer::refusal(500, "ServerException", "oops");
    let fake = FakeAws::answering([lost, seen(json!({})), seen(json!({})), seen(restarted)]).await;
    let reply = force_new_deployment(&fake.session().await, "c", &existing())
        .await
        .unwrap();
    assert_eq!(reply.primary_id(), Some("ecs-svc/2"));
    let updates = fake.operations().into_iter().filter(|it| it == "UpdateService");
    assert_eq!(updates.count(), 1);
}

#[tokio::test]
async fn a_count_that_did_not_arrive_is_sent_again() {
    let fake = FakeAws::answering([
        Answer::refusal(500, "ServerException", "oops"),
        seen(json!({})),
        seen(json!({})),
        seen(json!({})),
        Answer::ok(json!({"service": service(json!({"desiredCount": 5}))})),
    ])
    .await;
    let reply = set_count(&fake.session().await, "c", &existing(), 5)
        .await
        .unwrap();
    assert_eq!(reply.desired_count, Some(5));
    let sent_again = [
        "UpdateService",
        "DescribeServices",
        "DescribeServices",
        "DescribeServices",
        "UpdateService",
    ];
    assert_eq!(fake.operations(), sent_again);
    let input = fake.requests()[0].json();
    assert_eq!(
        input,
        json!({"cluster": "c", "service": "web", "desiredCount": 5})
    );
}

/// Deletes a service, and waits up to a minute for its last task.
async fn deleted(fake: &FakeAws, deletion: Deletion) -> RunReport {
    let (wait, rollback) = (WaitOptions::default(), RollbackRequest::default());
    let options = RunOptions {
        wait: &wait,
        rollback: &rollback,
        show_values: false,
    };
    let minute = std::time::Duration::from_secs(60);
    Run::with(&fake.session().await, "c", &|_| (), options, async |run| {
        delete(run, &[deletion], minute).await
    })
    .await
}

#[tokio::test]
async fn a_daemon_is_deleted_without_force_and_a_replica_with_it() {
    for (strategy, input) in [
        ("DAEMON", json!({"cluster": "c", "service": "web"})),
        (
            "REPLICA",
            json!({"cluster": "c", "service": "web", "force": true}),
        ),
    ] {
        let gone = Answer::ok(json!({"services": [], "failures": []}));
        let fake = FakeAws::answering([Answer::ok(json!({"service": service(json!({}))})), gone]).await;
        let deletion = Deletion::Active(ExistingService {
            service: Service::read(service(json!({"schedulingStrategy": strategy}))),
            ..existing()
        });
        let report = deleted(&fake, deletion).await;
        assert!(report.is_good(), "{:?}", report.failures());
        assert_eq!(fake.requests()[0].json(), input);
    }
}

#[tokio::test]
async fn a_deletion_whose_answer_is_lost_is_not_sent_again() {
    let fake = FakeAws::answering([
        Answer::refusal(500, "ServerException", "oops"),
        seen(json!({"status": "DRAINING", "runningCount": 2})),
        seen(json!({"status": "DRAINING", "runningCount": 1})),
        seen(json!({"status": "INACTIVE"})),
    ])
    .await;
    let report = deleted(&fake, Deletion::Active(existing())).await;
    assert!(report.is_good(), "{:?}", report.failures());
    let asked = [
        "DeleteService",
        "DescribeServices",
        "DescribeServices",
        "DescribeServices",
    ];
    assert_eq!(fake.operations(), asked);
}
