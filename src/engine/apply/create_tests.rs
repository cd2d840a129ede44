//! Creating services against a scripted AWS.

use serde_json::json;

use super::tests::{NEW, OLD, create, done, keep, plan, run, seen, service_of, started};
use super::*;
use crate::aws::testing::{Answer, FakeAws};
use crate::model::Value;

#[tokio::test]
async fn a_new_service_carries_a_token_of_its_content() {
    let first = run(&plan(keep(), create(false)), [done(1)]).await;
    let again = run(&plan(keep(), create(false)), [done(1)]).await;
    let input = &first.bodies("CreateService")[0];
    assert_eq!(first.bodies("CreateService"), again.bodies("CreateService"));
    let token = input["clientToken"].as_str().unwrap();
    assert!(token.len() <= 36 && token.is_ascii(), "{token}");
    assert_eq!(input["serviceName"], "web");
    assert_eq!(input["taskDefinition"], NEW);
    let applied = first.applied.unwrap();
    assert_eq!(applied.primary_before, None);
    assert_eq!(started(&applied).as_deref(), Some("ecs-svc/1"));
}

#[tokio::test]
async fn a_draining_service_is_waited_for() {
    let draining = || seen(json!([service_of(1, OLD, "DRAINING")]));
    let mut gone = service_of(1, OLD, "INACTIVE");
    gone["createdAt"] = json!(1.5);
    let ran = run(
        &plan(keep(), create(true)),
        [draining(), draining(), seen(json!([gone])), done(1)],
    )
    .await;
    assert_eq!(
        ran.operations(),
        [
            "DescribeServices",
            "DescribeServices",
            "DescribeServices",
            "CreateService"
        ]
    );
    let warnings = ran.events.iter().filter(|it| matches!(it, Event::Warning { .. }));
    assert_eq!(warnings.count(), 1, "said once");
    assert!(ran.applied.is_ok());
    let plain = run(&plan(keep(), create(false)), [done(1)]).await;
    assert_ne!(
        ran.bodies("CreateService")[0]["clientToken"],
        plain.bodies("CreateService")[0]["clientToken"],
        "the deleted service's token is not used again"
    );
}

#[tokio::test]
async fn a_service_that_never_drains_is_given_up() {
    let fake = FakeAws::playing(|_| seen(json!([service_of(1, OLD, "DRAINING")]))).await;
    let aws = fake.session().await;
    let applier = ServiceApplier::new(&aws, "c", &|_| {});
    let error = applier
        .service(&plan(keep(), create(true)), None, &Cancellation::never())
        .await
        .unwrap_err();
    assert!(matches!(error, ApplyError::StillDraining { .. }), "{error:?}");
}

#[tokio::test]
async fn creation_in_a_race_looks_again() {
    let refused = || {
        Answer::refusal(
            400,
            "InvalidParameterException",
            "Creation of service was not idempotent.",
        )
    };
    let ours = seen(json!([service_of(1, NEW, "ACTIVE")]));
    let ran = run(&plan(keep(), create(false)), [refused(), ours]).await;
    assert_eq!(started(&ran.applied.unwrap()).as_deref(), Some("ecs-svc/1"));

    let theirs = seen(json!([service_of(1, OLD, "ACTIVE")]));
    let ran = run(&plan(keep(), create(false)), [refused(), theirs]).await;
    assert!(matches!(ran.applied, Err(ApplyError::CreatedMeanwhile { .. })));

    let still = Answer::refusal(
        400,
        "InvalidParameterException",
        "Unable to Start a service that is still Draining.",
    );
    let ran = run(&plan(keep(), create(false)), [still, seen(json!([])), done(1)]).await;
    assert!(ran.applied.is_ok());
}

#[tokio::test]
async fn a_token_that_names_a_deleted_service_is_changed() {
    let mut gone = service_of(1, NEW, "INACTIVE");
    gone["createdAt"] = json!(7);
    let deleted = Answer::ok(json!({"service": gone}));
    let ran = run(
        &plan(keep(), create(false)),
        [deleted, seen(json!([gone])), done(2)],
    )
    .await;
    let tokens: Vec<Value> = ran
        .bodies("CreateService")
        .iter()
        .map(|input| input["clientToken"].clone())
        .collect();
    assert_ne!(tokens[0], tokens[1]);
    assert_eq!(started(&ran.applied.unwrap()).as_deref(), Some("ecs-svc/2"));
}
