//! Applying against a scripted AWS.

use std::collections::VecDeque;
use std::sync::Mutex;

use serde_json::json;

use super::*;
use crate::aws::testing::{Answer, FakeAws, Request};
use crate::ecs::Service;
use crate::model::{Event, ImageAttribute, ImageRef, LogGroupPlan, Plan, Value};
use crate::verdict::WatchTarget;

pub(super) const OLD: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1";
pub(super) const NEW: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2";

pub(super) fn registered() -> Answer {
    Answer::ok(json!({"taskDefinition": {"taskDefinitionArn": NEW, "family": "web", "cpu": "256"}}))
}

pub(super) fn service_of(deployment: u32, definition: &str, status: &str) -> Value {
    json!({
        "serviceName": "web", "serviceArn": "arn:web", "status": status, "taskDefinition": definition,
        "deployments": [
            {"id": "ecs-svc/0", "status": "ACTIVE"},
            {"id": format!("ecs-svc/{deployment}"), "status": "PRIMARY", "taskDefinition": definition},
        ],
    })
}

pub(super) fn done(deployment: u32) -> Answer {
    Answer::ok(json!({"service": service_of(deployment, NEW, "ACTIVE")}))
}

/// Returns the deployment that rollout evaluation takes for the one that our call started.
pub(super) fn started(applied: &AppliedChange) -> Option<String> {
    match WatchTarget::of_reply(applied.primary_before.as_deref(), applied.reply.as_ref()?, true) {
        WatchTarget::Started { id, .. } => Some(id),
        _ => None,
    }
}

pub(super) fn seen(services: Value) -> Answer {
    Answer::ok(json!({"services": services, "failures": []}))
}

pub(super) fn plan(definition: DefinitionPlan, action: ServiceAction) -> ServicePlan {
    ServicePlan {
        rollout: None,
        key: "web".to_owned(),
        name: "web".to_owned(),
        definition,
        action,
        scaling: None,
        schedules: Vec::new(),
        depends_on: Vec::new(),
        changed_secrets: Vec::new(),
        before_deploy: Vec::new(),
        code_deploy: None,
        after_deploy: Vec::new(),
    }
}

pub(super) fn keep() -> DefinitionPlan {
    DefinitionPlan::Keep { arn: NEW.to_owned() }
}

pub(super) fn register(input: Value) -> DefinitionPlan {
    DefinitionPlan::Register {
        family: "web".to_owned(),
        input,
        baseline: None,
        changes: Vec::new(),
        pending: Vec::new(),
    }
}

pub(super) fn update(input: Value, new_definition: bool) -> ServiceAction {
    ServiceAction::Update {
        input,
        changes: Vec::new(),
        new_definition,
        tags: Vec::new(),
    }
}

pub(super) fn create(draining: bool) -> ServiceAction {
    ServiceAction::Create {
        input: json!({"desiredCount": 1}),
        draining,
    }
}

pub(super) struct Ran {
    pub applied: Result<AppliedChange, ApplyError>,
    pub requests: Vec<Request>,
    pub events: Vec<Event>,
}

impl Ran {
    pub fn operations(&self) -> Vec<String> {
        self.requests.iter().map(Request::operation).collect()
    }

    pub fn bodies(&self, operation: &str) -> Vec<Value> {
        let of_it = self
            .requests
            .iter()
            .filter(|request| request.operation() == operation);
        of_it.map(Request::json).collect()
    }
}

pub(super) async fn run(plan: &ServicePlan, answers: impl IntoIterator<Item = Answer>) -> Ran {
    run_after(Duration::ZERO, plan, answers).await
}

/// Applies a plan whose reads are this old.
pub(super) async fn run_after(
    age: Duration,
    plan: &ServicePlan,
    answers: impl IntoIterator<Item = Answer>,
) -> Ran {
    let fake = FakeAws::answering(answers).await;
    let aws = fake.session().await;
    let events = Mutex::new(Vec::new());
    let sink = |event| events.lock().unwrap().push(event);
    let before = Service::read(service_of(1, OLD, "ACTIVE"));
    let is_new = matches!(plan.action, ServiceAction::Create { .. });
    let applier = ServiceApplier::new(&aws, "c", &sink).planned_at(aws.clock().now() - age);
    let applied = applier
        .service(plan, (!is_new).then_some(&before), &Cancellation::never())
        .await;
    let events = std::mem::take(&mut *events.lock().unwrap());
    Ran {
        applied,
        requests: fake.requests(),
        events,
    }
}

#[tokio::test]
async fn nothing_to_do_calls_nobody() {
    let ran = run(&plan(keep(), ServiceAction::Keep), []).await;
    assert!(ran.requests.is_empty());
    let applied = ran.applied.unwrap();
    assert_eq!(applied.definition, NEW);
    assert_eq!(applied.reply, None);
    assert_eq!(started(&applied).as_deref(), None);
}

#[tokio::test]
async fn a_change_is_one_registration_and_one_update() {
    let plan = plan(
        register(json!({"family": "web", "cpu": "256"})),
        update(json!({"forceNewDeployment": true}), true),
    );
    let ran = run(&plan, [registered(), done(2)]).await;
    assert_eq!(ran.operations(), ["RegisterTaskDefinition", "UpdateService"]);
    assert_eq!(
        ran.bodies("UpdateService"),
        [json!({"forceNewDeployment": true, "taskDefinition": NEW, "cluster": "c", "service": "web"})]
    );
    assert_eq!(
        ran.events,
        [
            Event::Registered {
                service: "web".to_owned(),
                task_definition: "web:2".to_owned()
            },
            Event::Changing {
                service: "web".to_owned()
            },
        ]
    );
    let applied = ran.applied.unwrap();
    assert_eq!(applied.primary_before.as_deref(), Some("ecs-svc/1"));
    assert_eq!(started(&applied).as_deref(), Some("ecs-svc/2"));
}

#[tokio::test]
async fn an_update_that_starts_no_deployment_says_so() {
    let ran = run(
        &plan(keep(), update(json!({"desiredCount": 3}), false)),
        [done(1)],
    )
    .await;
    assert_eq!(ran.bodies("UpdateService")[0].get("taskDefinition"), None);
    assert_eq!(started(&ran.applied.unwrap()).as_deref(), None);
}

#[tokio::test]
async fn a_busy_family_and_throttling_pass() {
    let busy = "Too many concurrent attempts to create a new revision of the specified family.";
    let plan = plan(register(json!({"family": "web"})), ServiceAction::Keep);
    let ran = run(
        &plan,
        [
            Answer::refusal(400, "ClientException", busy),
            Answer::ok(json!({"taskDefinition": {"taskDefinitionArn": OLD, "cpu": "512"}})),
            Answer::refusal(400, "ThrottlingException", "Rate exceeded"),
            registered(),
        ],
    )
    .await;
    assert_eq!(
        ran.operations(),
        [
            "RegisterTaskDefinition",
            "DescribeTaskDefinition",
            "RegisterTaskDefinition",
            "RegisterTaskDefinition"
        ]
    );
    assert!(ran.applied.is_ok());
}

#[tokio::test]
async fn trouble_without_end_ends() {
    let plan = plan(keep(), update(json!({"desiredCount": 3}), false));
    let throttled = Answer::refusal(400, "ThrottlingException", "Rate exceeded");
    let ran = run(&plan, vec![throttled; 50]).await;
    assert_eq!(ran.requests.len(), 6);
    assert!(ran.applied.is_err());
}

#[tokio::test]
async fn two_services_with_the_same_definition_register_it_once() {
    let fake = FakeAws::playing(|request| {
        let cpu = request.json()["cpu"].clone();
        Answer::ok(
            json!({"taskDefinition": {"taskDefinitionArn": format!("{NEW}{}", cpu.as_str().unwrap())}}),
        )
    })
    .await;
    let aws = fake.session().await;
    let sink = |_| {};
    let applier = ServiceApplier::new(&aws, "c", &sink);
    let [first, same, other] = ["1", "1", "2"].map(|cpu| {
        plan(
            register(json!({"family": "web", "cpu": cpu})),
            ServiceAction::Keep,
        )
    });
    let never = Cancellation::never();
    let (first, same, other) = tokio::join!(
        applier.service(&first, None, &never),
        applier.service(&same, None, &never),
        applier.service(&other, None, &never),
    );
    assert_eq!(first.unwrap().definition, same.unwrap().definition);
    assert!(other.unwrap().definition.ends_with("22"));
    assert_eq!(fake.requests().len(), 2);
}

#[tokio::test]
async fn a_refusal_ends_it_at_once() {
    let change = plan(keep(), update(json!({"desiredCount": 1}), false));
    let ran = run(&change, [Answer::refusal(400, "InvalidParameterException", "no")]).await;
    assert_eq!(ran.requests.len(), 1);
    assert!(ran.applied.is_err());
}

#[tokio::test]
async fn tags_come_before_the_update_and_may_be_all() {
    let tagged = |input| {
        plan(
            keep(),
            ServiceAction::Update {
                input,
                changes: Vec::new(),
                new_definition: false,
                tags: vec![("team".to_owned(), "a".to_owned())],
            },
        )
    };
    let ran = run(&tagged(json!({})), [Answer::ok(json!({}))]).await;
    assert_eq!(ran.operations(), ["TagResource"]);
    assert_eq!(
        ran.bodies("TagResource"),
        [json!({"resourceArn": "arn:web", "tags": [{"key": "team", "value": "a"}]})]
    );
    assert_eq!(ran.applied.unwrap().reply, None);
    let ran = run(
        &tagged(json!({"desiredCount": 2})),
        [Answer::ok(json!({})), done(1)],
    )
    .await;
    assert_eq!(ran.operations(), ["TagResource", "UpdateService"]);
}

#[tokio::test]
async fn what_still_waits_for_an_image_is_not_registered() {
    let mut definition = register(json!({}));
    if let DefinitionPlan::Register { pending, .. } = &mut definition {
        pending.push(ImageRef {
            image: "web".to_owned(),
            attribute: ImageAttribute::Uri,
        });
    }
    let ran = run(&plan(definition, ServiceAction::Keep), []).await;
    assert_eq!(
        ran.applied.unwrap_err().to_string(),
        "the task definition of web has an unresolved image: ${images.web}"
    );
}

#[tokio::test]
async fn prerequisites_that_is_there_already_is_fine() {
    let mut answers = VecDeque::from([
        Answer::ok(json!({"cluster": {"clusterName": "c", "status": "ACTIVE"}})),
        Answer::refusal(400, "ResourceAlreadyExistsException", "exists"),
        Answer::ok(json!({})),
    ]);
    let fake = FakeAws::playing(move |_| answers.pop_front().unwrap()).await;
    let aws = fake.session().await;
    let events = Mutex::new(Vec::new());
    let sink = |event| events.lock().unwrap().push(event);
    let plan = Plan {
        cluster: "c".to_owned(),
        create_cluster: true,
        cluster_capacity_providers: vec!["FARGATE_SPOT".to_owned()],
        cluster_missing: true,
        region: "us-east-1".to_owned(),
        account: None,
        images: Vec::new(),
        log_groups: vec![LogGroupPlan {
            name: "/ecs/web".to_owned(),
            region: None,
            retention_days: Some(30),
        }],
        unknown_log_groups: Vec::new(),
        services: Vec::new(),
        jobs: Vec::new(),
        create_schedule_group: None,
        orphaned_schedules: None,
        warnings: Vec::new(),
    };
    create_prerequisites(&aws, &plan, None, &sink).await.unwrap();
    assert_eq!(
        fake.operations(),
        ["CreateCluster", "CreateLogGroup", "PutRetentionPolicy"]
    );
    assert_eq!(
        fake.requests()[0].json(),
        json!({"clusterName": "c", "capacityProviders": ["FARGATE_SPOT"]})
    );
    assert_eq!(
        *events.lock().unwrap(),
        [Event::Created {
            kind: "cluster",
            name: "c".to_owned()
        }]
    );
}

#[test]
fn the_flow_may_run_on_any_thread() {
    fn is_send<T: Send>(_: &T) {}
    fn check(applier: &ServiceApplier<'_>, service: &ServicePlan) {
        is_send(&applier.service(service, None, &Cancellation::never()));
    }
    let _ = check;
}

#[tokio::test]
async fn created_repository_is_named_by_ecr() {
    let uri = "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/acme/web";
    let fake = FakeAws::answering([Answer::ok(json!({"repository": {"repositoryUri": uri}}))]).await;
    let repository = crate::model::Repository {
        name: "acme/web".to_owned(),
        host: None,
    };
    let made = make_repository(&fake.session().await, &repository, &|_: Event| {}).await;
    assert_eq!(made.unwrap().as_deref(), Some(uri));
}

#[tokio::test]
async fn a_late_registration_uses_what_was_registered_meanwhile() {
    let plan = plan(
        register(json!({"family": "web", "cpu": "256"})),
        ServiceAction::Keep,
    );
    let ran = run_after(LATE, &plan, [registered()]).await;
    assert_eq!(ran.operations(), ["DescribeTaskDefinition"]);
    assert_eq!(ran.applied.unwrap().definition, NEW);

    let other = Answer::ok(json!({"taskDefinition": {"taskDefinitionArn": OLD, "cpu": "512"}}));
    let ran = run_after(LATE, &plan, [other, registered()]).await;
    assert_eq!(
        ran.operations(),
        ["DescribeTaskDefinition", "RegisterTaskDefinition"]
    );
    assert_eq!(ran.applied.unwrap().definition, NEW);
}
