//! Observing against a scripted AWS.

use std::sync::Mutex;

use serde_json::json;

use super::*;
use crate::aws::testing::{Answer, FakeAws, Request};
use crate::diagnostic::Failure;
use crate::diagnostic::{SourceId, Span};
use crate::ecs::TaskDefinition;
use crate::engine::testing::{image, manifest, service};
use crate::exit::Exit;
use crate::model::{Base, CapacityBounds, Event, Node, Repository, TaskDefinitionSource};
use crate::plan::{Cluster, ScalableTarget};

const DIGEST: &str = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
const CONFIG: &str = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

struct Reader;

impl ReadConfigDigest for Reader {
    fn config_digest<'a>(
        &'a self,
        image: &'a str,
        _repository_uri: &'a str,
        manifest: &'a Digest,
    ) -> Pin<Box<dyn Future<Output = Option<Digest>> + Send + 'a>> {
        assert_eq!((image, manifest.as_str()), ("web", DIGEST));
        Box::pin(async { CONFIG.parse().ok() })
    }
}

fn definition(revision: u32) -> Value {
    json!({
        "family": "web", "revision": revision,
        "taskDefinitionArn": format!("arn:aws:ecs:us-east-1:123456789012:task-definition/web:{revision}"),
        "containerDefinitions": [
            {"name": "web", "image": format!("123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web@{DIGEST}")},
            {"name": "side", "image": "busybox"},
        ],
    })
}

fn live(revision: u32) -> Value {
    json!({
        "serviceName": "web", "status": "ACTIVE",
        "taskDefinition": format!("arn:aws:ecs:us-east-1:123456789012:task-definition/web:{revision}"),
        "deployments": [{"id": "ecs-svc/7", "status": "PRIMARY"}, {"id": "ecs-svc/6", "status": "ACTIVE"}],
        "currentServiceRevisions": [{"arn": "arn:aws:ecs:…:service-revision/c/web/6"}, {"arn": "arn:aws:ecs:…:service-revision/c/web/7"}],
    })
}

fn identity(account: &str) -> Answer {
    Answer::Reply(
        200,
        format!(
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::{account}:user/ci</Arn><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
        ),
    )
}

/// Returns the usual responses: web runs revision 2, which is the latest.
fn usual(request: &Request) -> Answer {
    match request.operation().as_str() {
        "GetCallerIdentity" => identity("123456789012"),
        "DescribeServices" => Answer::ok(json!({"services": [live(2)], "failures": []})),
        "DescribeTaskDefinition" => {
            let id = request.json()["taskDefinition"].as_str().unwrap().to_owned();
            let revision = id.rsplit(':').next().and_then(|n| n.parse().ok()).unwrap_or(2);
            Answer::ok(json!({"taskDefinition": definition(revision), "tags": []}))
        }
        "DescribeRepositories" => Answer::ok(
            json!({"repositories": [{"repositoryUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web"}]}),
        ),
        "DescribeLogGroups" => Answer::ok(json!({"logGroups": [{"logGroupName": "/ecs/web"}]})),
        "DescribeScalableTargets" => Answer::ok(
            json!({"ScalableTargets": [{"ResourceId": "service/production/web", "MinCapacity": 2, "MaxCapacity": 9}]}),
        ),
        "DescribeScalingPolicies" => Answer::ok(json!({"ScalingPolicies": []})),
        "DescribeScheduledActions" => Answer::ok(json!({"ScheduledActions": []})),
        "DescribeServiceRevisions" => Answer::ok(
            json!({"serviceRevisions": [{"serviceRevisionArn": request.json()["serviceRevisionArns"][0]}]}),
        ),
        other => panic!("nobody should call {other}"),
    }
}

fn web() -> Manifest {
    let mut manifest = manifest([service("web", json!({"desiredCount": 2}))]);
    manifest.images.insert("web".to_owned(), image("web", "acme/web"));
    manifest.services["web"].log_groups.push(LogGroup {
        name: "/ecs/web".to_owned(),
        region: None,
        retention_days: None,
    });
    manifest
}

struct Seen {
    observed: Result<Observed, Failure>,
    operations: Vec<String>,
    warnings: Vec<String>,
}

async fn look_at(
    manifest: &Manifest,
    registry: Option<&str>,
    script: impl FnMut(&Request) -> Answer + Send + 'static,
) -> Seen {
    look_in("us-east-1", manifest, registry, script).await
}

async fn look_in(
    region: &str,
    manifest: &Manifest,
    registry: Option<&str>,
    script: impl FnMut(&Request) -> Answer + Send + 'static,
) -> Seen {
    let fake = FakeAws::playing(script).await;
    let aws = fake.session().await.in_region(region);
    let warnings = Mutex::new(Vec::new());
    let sink = |event: Event| {
        if let Event::Warning { message, .. } = event {
            warnings.lock().unwrap().push(message);
        }
    };
    let services: Vec<String> = manifest.services.keys().cloned().collect();
    let images: Vec<String> = manifest.images.keys().cloned().collect();
    let request = ObserveRequest {
        manifest,
        services: &services,
        images: &images,
        registry,
        identity: None,
        watched: true,
        secrets: false,
        target_groups: false,
        tagged: &[],
        retry: &crate::engine::polling::ReadRetry::new(aws.clock(), &sink, None),
        reader: &Reader,
        sink: &sink,
    };
    let observed = observe(&aws, request).await;
    let mut operations = fake.operations();
    operations.sort();
    let warnings = std::mem::take(&mut *warnings.lock().unwrap());
    Seen {
        observed,
        operations,
        warnings,
    }
}

#[tokio::test]
async fn an_unchanged_scaled_service_takes_two_round_trips() {
    let seen = look_at(&web(), None, usual).await;
    let observed = seen.observed.unwrap();
    assert_eq!(
        seen.operations,
        [
            "DescribeLogGroups",
            "DescribeRepositories",
            "DescribeScalableTargets",
            "DescribeScalingPolicies",
            "DescribeScheduledActions",
            "DescribeServices",
            "DescribeTaskDefinition",
            "GetCallerIdentity",
        ]
    );
    let web = &observed.services["web"];
    assert_eq!(web.running_definition, Some(TaskDefinition::read(definition(2))));
    assert_eq!(web.latest_definition, None, "it is the running one");
    assert_eq!(
        web.scalable_target,
        ScalableTarget::Exists(CapacityBounds { min: 2, max: 9 })
    );
    assert_eq!(observed.log_groups.len(), 1);
    assert_eq!(observed.cluster, Cluster::Active);
    let image = &observed.images["web"];
    assert!(image.repository_exists);
    assert_eq!(
        image.deployed[&DIGEST.parse::<Digest>().unwrap()].as_str(),
        CONFIG
    );
}

#[tokio::test]
async fn the_running_revision_is_fetched_when_a_newer_one_exists() {
    let script = |request: &Request| match request.operation().as_str() {
        "DescribeServices" => Answer::ok(json!({"services": [live(1)]})),
        _ => usual(request),
    };
    let seen = look_at(&web(), None, script).await;
    let web = &seen.observed.unwrap().services["web"];
    assert_eq!(web.running_definition, Some(TaskDefinition::read(definition(1))));
    assert_eq!(web.latest_definition, Some(TaskDefinition::read(definition(2))));
}

#[tokio::test]
async fn the_wrong_account_is_said_before_anything_else() {
    let mut manifest = web();
    manifest.account = "210987654321".parse().ok();
    let script = |request: &Request| match request.operation().as_str() {
        "GetCallerIdentity" => identity("123456789012"),
        _ => Answer::refusal(400, "AccessDeniedException", "no"),
    };
    let error = look_at(&manifest, None, script).await.observed.unwrap_err();
    assert_eq!(
        error.to_string(),
        "wrong account 123456789012: deploy.yaml requires 210987654321"
    );
    assert_eq!(error.exit, Exit::Preflight);
    assert_eq!(error.details, ["signed in as arn:aws:iam::123456789012:user/ci"]);
}

#[tokio::test]
async fn a_missing_cluster_has_no_services() {
    let script = |request: &Request| match request.operation().as_str() {
        "DescribeServices" => Answer::refusal(400, "ClusterNotFoundException", "Cluster not found."),
        _ => usual(request),
    };
    let seen = look_at(&web(), None, script).await;
    let observed = seen.observed.unwrap();
    assert_eq!(observed.cluster, Cluster::Missing);
    let web = &observed.services["web"];
    assert_eq!(web.service, None);
    assert_eq!(
        web.latest_definition,
        Some(TaskDefinition::read(definition(2))),
        "the family may be there"
    );
    assert!(!seen.operations.contains(&"DescribeScalableTargets".to_owned()));
}

#[tokio::test]
async fn inactive_is_absent_and_draining_is_in_the_way() {
    for (status, draining) in [("INACTIVE", false), ("DRAINING", true)] {
        let script = move |request: &Request| match request.operation().as_str() {
            "DescribeServices" => {
                let mut service = live(2);
                service["status"] = json!(status);
                Answer::ok(json!({"services": [service]}))
            }
            _ => usual(request),
        };
        let observed = look_at(&web(), None, script).await.observed.unwrap();
        let web = &observed.services["web"];
        assert_eq!(
            (web.service.is_none(), web.draining),
            (true, draining),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_base_is_looked_up_where_it_is() {
    let span = Span {
        source: SourceId(0),
        start: 0,
        end: 0,
    };
    let based = |base: Base| {
        let mut manifest = web();
        manifest.services["web"].definition = TaskDefinitionSource::Based {
            base,
            span,
            changes: Node::map(span, Vec::new()),
        };
        manifest
    };
    let live = look_at(&based(Base::Live), None, usual).await;
    let web = &live.observed.unwrap().services["web"];
    assert_eq!(web.base_definition, Some(TaskDefinition::read(definition(2))));

    let family = look_at(&based(Base::Family("web".to_owned())), None, usual).await;
    let asked = family
        .operations
        .iter()
        .filter(|name| *name == "DescribeTaskDefinition")
        .count();
    assert_eq!(asked, 1, "base and latest are the same");
    assert_eq!(
        family.observed.unwrap().services["web"].base_definition,
        Some(TaskDefinition::read(definition(2)))
    );

    let revision = look_at(&based(Base::Revision("web:1".to_owned())), None, usual).await;
    let web = &revision.observed.unwrap().services["web"];
    assert_eq!(web.base_definition, Some(TaskDefinition::read(definition(1))));
    assert_eq!(web.running_definition, Some(TaskDefinition::read(definition(2))));

    let mut manifest = super::tests::web();
    manifest.services["web"].definition = TaskDefinitionSource::Revision("web:1".to_owned(), span);
    let existing = look_at(&manifest, None, usual).await;
    assert_eq!(
        existing.observed.unwrap().services["web"].base_definition,
        Some(TaskDefinition::read(definition(1)))
    );
}

#[tokio::test]
async fn what_may_not_be_read_degrades_and_is_said() {
    let script = |request: &Request| match request.operation().as_str() {
        "DescribeScalableTargets" | "DescribeLogGroups" | "DescribeRepositories" => {
            Answer::refusal(400, "AccessDeniedException", "no")
        }
        _ => usual(request),
    };
    let seen = look_at(&web(), None, script).await;
    let observed = seen.observed.unwrap();
    assert_eq!(observed.services["web"].scalable_target, ScalableTarget::Unknown);
    assert!(observed.log_groups.is_empty());
    assert_eq!(observed.unknown_log_groups.len(), 1);
    assert_eq!(
        observed.images["web"].repository_uri,
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web"
    );
    assert_eq!(seen.warnings.len(), 3, "{:?}", seen.warnings);
}

#[tokio::test]
async fn a_stand_in_without_scaling_scales_nothing() {
    let script = |request: &Request| match request.operation().as_str() {
        "DescribeScalableTargets" => Answer::Reply(400, json!({"error": "Unsupported service"}).to_string()),
        _ => usual(request),
    };
    let seen = look_at(&web(), None, script).await;
    assert_eq!(
        seen.observed.unwrap().services["web"].scalable_target,
        ScalableTarget::None
    );
    assert!(seen.warnings.is_empty());
}

#[tokio::test]
async fn a_stand_in_takes_the_place_of_ecr() {
    let seen = look_at(&web(), Some("127.0.0.1:5000"), usual).await;
    let image = &seen.observed.unwrap().images["web"];
    assert_eq!(image.repository_uri, "127.0.0.1:5000/acme/web");
    assert!(image.deployed.is_empty(), "what runs is from elsewhere");
    assert!(
        !seen.operations.contains(&"GetCallerIdentity".to_owned()),
        "nobody needs it"
    );
}

#[tokio::test]
async fn missing_repository_is_expected_in_the_partition_of_the_region() {
    for (region, suffix) in [
        ("us-gov-west-1", "amazonaws.com"),
        ("cn-north-1", "amazonaws.com.cn"),
        ("eusc-de-east-1", "amazonaws.eu"),
        ("us-iso-east-1", "c2s.ic.gov"),
    ] {
        let script = |request: &Request| match request.operation().as_str() {
            "DescribeRepositories" => Answer::refusal(400, "RepositoryNotFoundException", "no"),
            _ => usual(request),
        };
        let seen = look_in(region, &web(), None, script).await;
        assert_eq!(
            seen.observed.unwrap().images["web"].repository_uri,
            format!("123456789012.dkr.ecr.{region}.{suffix}/acme/web")
        );
    }
}

#[tokio::test]
async fn another_accounts_repository_is_asked_for_there() {
    let mut manifest = web();
    manifest.images["web"].repository = Repository {
        name: "acme/web".to_owned(),
        host: Some("210987654321.dkr.ecr.eu-west-1.amazonaws.com".to_owned()),
    };
    let script = |request: &Request| {
        if request.operation() == "DescribeRepositories" {
            assert_eq!(request.json()["registryId"], "210987654321");
            assert!(
                request
                    .header("authorization")
                    .unwrap()
                    .contains("/eu-west-1/ecr/")
            );
        }
        usual(request)
    };
    let image = &look_at(&manifest, None, script).await.observed.unwrap().images["web"];
    assert_eq!(
        image.repository_uri,
        "210987654321.dkr.ecr.eu-west-1.amazonaws.com/acme/web"
    );
}

#[tokio::test]
async fn the_revision_is_read_when_the_file_names_what_is_only_there() {
    let mut manifest = web();
    manifest.services["web"] = service("web", json!({"monitoring": {"a": "b"}}));
    let seen = look_at(&manifest, None, usual).await;
    let web = &seen.observed.unwrap().services["web"];
    assert_eq!(
        web.service_revision.as_ref().unwrap().arn,
        "arn:aws:ecs:…:service-revision/c/web/7"
    );
    assert!(!seen.operations.contains(&"DescribeScalableTargets".to_owned()));
}

#[tokio::test]
async fn a_log_group_that_a_killed_run_left_unfinished_counts_as_missing() {
    for (group, there) in [
        (json!({"storedBytes": 0}), false),
        (json!({"storedBytes": 0, "retentionInDays": 7}), true),
        (json!({"storedBytes": 12}), true),
    ] {
        let script = move |request: &Request| match request.operation().as_str() {
            "DescribeLogGroups" => {
                let mut group = group.clone();
                group["logGroupName"] = json!("/ecs/web");
                Answer::ok(json!({"logGroups": [group]}))
            }
            _ => usual(request),
        };
        let mut manifest = web();
        manifest.services["web"].log_groups[0].retention_days = Some(30);
        let observed = look_at(&manifest, None, script).await.observed.unwrap();
        assert_eq!(!observed.log_groups.is_empty(), there);
    }
}

#[test]
fn it_may_run_on_any_thread() {
    fn is_send<T: Send>(_: &T) {}
    fn check(aws: &Aws, request: ObserveRequest<'_>) {
        is_send(&observe(aws, request));
        is_send(&aws.describe_tasks("c", &[]));
        is_send(&aws.describe_services("c", &[]));
        is_send(&aws.describe_service_deployments(&[]));
        is_send(&aws.caller_identity());
    }
    let _ = check;
}
