//! Calls whose responses are lost, against a scripted AWS: nothing is done twice.

use serde_json::json;

use super::tests::{
    NEW, OLD, done, keep, plan, register, registered, run, seen, service_of, started, update,
};
use super::*;
use crate::aws::testing::Answer;

#[tokio::test]
async fn a_registration_that_arrived_unheard_is_not_sent_again() {
    for lost in [Answer::Hang, Answer::Reply(503, String::new())] {
        let plan = plan(
            register(json!({"family": "web", "cpu": "256"})),
            ServiceAction::Keep,
        );
        let ran = run(&plan, [lost, registered()]).await;
        assert_eq!(
            ran.operations(),
            ["RegisterTaskDefinition", "DescribeTaskDefinition"]
        );
        assert_eq!(ran.applied.unwrap().definition, NEW);
    }
}

#[tokio::test]
async fn a_registration_that_did_not_arrive_is_sent_again_alike() {
    let input = json!({"family": "web", "cpu": "256"});
    let other = Answer::ok(json!({"taskDefinition": {"taskDefinitionArn": OLD, "cpu": "512"}}));
    let plan = plan(register(input.clone()), ServiceAction::Keep);
    let lost = Answer::Reply(503, String::new());
    let ran = run(&plan, [lost, other.clone(), other.clone(), other, registered()]).await;
    assert_eq!(ran.bodies("RegisterTaskDefinition"), [input.clone(), input]);
    assert_eq!(ran.applied.unwrap().definition, NEW);
}

#[tokio::test]
async fn what_arrived_is_known_again_though_aws_spells_it_differently() {
    let input = json!({"family": "web", "cpu": "1 vCPU", "containerDefinitions": [{"name": "web", "image": "busybox", "essential": true}]});
    let described = json!({"taskDefinition": {
        "taskDefinitionArn": NEW, "family": "web", "cpu": "1024", "status": "ACTIVE", "revision": 2,
        "containerDefinitions": [{"name": "web", "image": "busybox", "cpu": 0, "essential": true, "mountPoints": []}],
    }});
    let plan = plan(register(input), ServiceAction::Keep);
    let ran = run(&plan, [Answer::Hang, Answer::ok(described)]).await;
    assert_eq!(
        ran.operations(),
        ["RegisterTaskDefinition", "DescribeTaskDefinition"]
    );
    assert_eq!(ran.applied.unwrap().definition, NEW);
}

#[tokio::test]
async fn an_update_that_arrived_unheard_is_not_sent_again() {
    let change = plan(keep(), update(json!({"forceNewDeployment": true}), true));
    let arrived = seen(json!([service_of(2, NEW, "ACTIVE")]));
    let ran = run(&change, [Answer::Hang, arrived]).await;
    assert_eq!(ran.operations(), ["UpdateService", "DescribeServices"]);
    assert_eq!(started(&ran.applied.unwrap()).as_deref(), Some("ecs-svc/2"));

    let nothing = seen(json!([service_of(1, OLD, "ACTIVE")]));
    let looks = [nothing.clone(), nothing.clone(), nothing];
    let ran = run(
        &change,
        [vec![Answer::Hang], looks.to_vec(), vec![done(2)]].concat(),
    )
    .await;
    let sent_again = [
        "UpdateService",
        "DescribeServices",
        "DescribeServices",
        "DescribeServices",
        "UpdateService",
    ];
    assert_eq!(ran.operations(), sent_again);

    let somebody_else = vec![seen(json!([service_of(5, OLD, "ACTIVE")])); 3];
    let ran = run(
        &change,
        [vec![Answer::Hang], somebody_else, vec![done(6)]].concat(),
    )
    .await;
    assert_eq!(started(&ran.applied.unwrap()).as_deref(), Some("ecs-svc/6"));
}

#[tokio::test]
async fn a_reply_that_is_older_than_the_update_sends_nothing_twice() {
    let change = plan(keep(), update(json!({"forceNewDeployment": true}), true));
    let stale = seen(json!([service_of(1, OLD, "ACTIVE")]));
    let arrived = seen(json!([service_of(2, NEW, "ACTIVE")]));
    let throttled = Answer::refusal(400, "ThrottlingException", "Rate exceeded");
    for second in [stale.clone(), throttled] {
        let ran = run(&change, [Answer::Hang, stale.clone(), second, arrived.clone()]).await;
        assert_eq!(ran.bodies("UpdateService").len(), 1);
        assert_eq!(started(&ran.applied.unwrap()).as_deref(), Some("ecs-svc/2"));
    }
}

#[tokio::test]
async fn where_nobody_can_look_nothing_is_sent_twice() {
    let change = plan(keep(), update(json!({"forceNewDeployment": true}), true));
    let blind = Answer::refusal(400, "AccessDeniedException", "no");
    let ran = run(&change, [Answer::Hang, blind]).await;
    assert_eq!(ran.bodies("UpdateService").len(), 1);
    let ApplyError::Aws(error) = ran.applied.unwrap_err() else {
        panic!("an AWS error");
    };
    assert!(error.is_ambiguous());
}
