//! Tests of the wire module against a server on loopback.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use serde_json::json;

use super::Aws;
use super::error::{AwsError, AwsErrorKind};
use super::json_endpoint::JsonEndpoint;
use super::testing::{Answer, FakeAws};
use crate::diagnostic::Explain;
use crate::ecs::DescribedServices;
use crate::exit::Exit;

/// Makes a read call.
async fn look(aws: &Aws) -> Result<DescribedServices, AwsError> {
    aws.describe_services("c", &["web".to_owned()]).await
}

#[tokio::test]
async fn members_that_the_sdk_does_not_know_pass_both_ways() {
    let reply = json!({"taskDefinition": {"family": "web", "newIn2030": {"deep": [1, null]}}, "tags": []});
    let fake = FakeAws::answering([Answer::ok(reply)]).await;
    let aws = fake.session().await;
    let input =
        json!({"family": "web", "tomorrow": {"a": 1.5}, "containerDefinitions": [{"name": "web", "z": 0}]});
    let definition = aws.register_task_definition("web", &input).await.unwrap();
    assert_eq!(
        *definition.value(),
        json!({"family": "web", "newIn2030": {"deep": [1, null]}})
    );
    let requests = fake.requests();
    assert_eq!(requests[0].body, input.to_string(), "word for word");
    assert_eq!(requests[0].operation(), "RegisterTaskDefinition");
    assert!(
        requests[0]
            .header("authorization")
            .is_some_and(|header| header.contains("AKIATEST"))
    );
}

#[tokio::test]
async fn a_retried_request_sends_the_same_body() {
    let fake = FakeAws::answering([
        Answer::Reply(503, String::new()),
        Answer::refusal(400, "ThrottlingException", "Rate exceeded"),
        Answer::ok(json!({"service": {"serviceName": "web"}})),
    ])
    .await;
    let aws = fake.session().await;
    let input = json!({"serviceName": "web", "clientToken": "t", "unknown": true});
    aws.create_service("web", &input, || true).await.unwrap();
    let bodies: Vec<String> = fake.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, vec![input.to_string(); 3]);
}

#[tokio::test]
async fn what_must_not_be_sent_twice_is_sent_once() {
    for answer in [
        Answer::Hang,
        Answer::Reply(500, String::new()),
        Answer::refusal(400, "ThrottlingException", "Rate exceeded"),
    ] {
        let fake = FakeAws::answering([answer.clone()]).await;
        let aws = fake.session().await;
        let error = aws.update_service("web", &json!({}), || true).await.unwrap_err();
        assert_eq!(fake.requests().len(), 1, "{answer:?}");
        let throttled = *error.kind() == AwsErrorKind::Throttled;
        assert_eq!(error.is_ambiguous(), !throttled, "{answer:?}: {error:?}");
        assert_eq!(error.is_worth_retrying(), throttled, "{answer:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_ambiguous_and_a_refused_one_is_not() {
    let fake = FakeAws::answering([Answer::Hang, Answer::Hang, Answer::Hang]).await;
    let error = look(&fake.session().await).await.unwrap_err();
    assert_eq!(*error.kind(), AwsErrorKind::NoAnswer);
    assert!(error.is_ambiguous());
    assert_eq!(fake.requests().len(), 3, "reads are tried three times");

    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let aws = Aws::for_tests(&endpoint).await;
    let error = look(&aws).await.unwrap_err();
    assert_eq!(*error.kind(), AwsErrorKind::Unreachable);
    assert!(!error.is_ambiguous());
    assert_eq!(error.explain().exit, Exit::Preflight);
    assert_eq!(
        error.to_string(),
        format!("could not connect to {endpoint} to describe services web")
    );
    assert_eq!(error.explain().said.unwrap().1, "Connection refused");
    assert_eq!(
        error.explain().hint.unwrap(),
        "--endpoint-url sets that endpoint: start the server there, or unset it to use AWS"
    );
}

#[tokio::test]
async fn a_denial_names_the_action_the_resource_and_the_caller() {
    let error_text = "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecs:UpdateService on resource: arn:aws:ecs:us-east-1:123456789012:service/c/web because no identity-based policy allows the ecs:UpdateService action";
    let fake = FakeAws::answering([Answer::refusal(400, "AccessDeniedException", error_text)]).await;
    let error = fake
        .session()
        .await
        .update_service("web", &json!({}), || true)
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "access denied: could not update service web");
    assert_eq!(error.explain().said.unwrap(), ("AWS", error_text.into()));
    assert_eq!(
        error.explain().hint.unwrap(),
        "allow ecs:UpdateService on arn:aws:ecs:us-east-1:123456789012:service/c/web to arn:aws:iam::123456789012:user/ci"
    );
    assert_eq!(error.explain().exit, Exit::Preflight);
    assert_eq!(error.request_id(), Some("id-1"));
}

#[tokio::test]
async fn a_denial_without_words_names_the_operations_own_action() {
    let fake = FakeAws::answering([Answer::refusal(400, "AccessDeniedException", "")]).await;
    let error = look(&fake.session().await).await.unwrap_err();
    assert_eq!(
        error.explain().hint.unwrap(),
        "allow ecs:DescribeServices on web to the caller"
    );
}

#[tokio::test]
async fn what_is_not_aws_is_said_to_be_not_aws() {
    let fake = FakeAws::answering([Answer::Reply(
        200,
        "<html>\u{1b}[31mlog in to the hotel</html>".to_owned(),
    )])
    .await;
    let error = look(&fake.session().await).await.unwrap_err();
    assert_eq!(*error.kind(), AwsErrorKind::Nonsense);
    assert_eq!(
        error.explain().said.unwrap().1,
        "HTTP 200: <html>log in to the hotel</html>"
    );
}

#[tokio::test]
async fn a_reply_that_only_the_sdk_can_not_read_is_a_reply() {
    // The SDK expects a number for a timestamp.
    let reply = json!({"services": [{"serviceName": "web", "createdAt": "lately"}]});
    let fake = FakeAws::answering([Answer::ok(reply)]).await;
    let reply = look(&fake.session().await).await.unwrap();
    assert_eq!(reply.named("web").unwrap().value()["createdAt"], "lately");
}

#[tokio::test]
async fn services_are_asked_for_ten_at_a_time() {
    let fake = FakeAws::playing(|request| {
        let names = request.json()["services"].as_array().unwrap().clone();
        let services: Vec<_> = names.iter().map(|name| json!({"serviceName": name})).collect();
        Answer::ok(json!({"services": services, "failures": [{"arn": "x", "reason": "MISSING"}]}))
    })
    .await;
    let names: Vec<String> = (0..25).map(|number| format!("s{number}")).collect();
    let reply = fake.session().await.describe_services("c", &names).await.unwrap();
    assert_eq!(fake.requests().len(), 3);
    let found: Vec<&str> = reply.iter().map(|service| service.name.as_str()).collect();
    assert_eq!(found, names);
}

#[tokio::test]
async fn a_missing_cluster_is_named() {
    let fake = FakeAws::answering([Answer::refusal(
        400,
        "ClusterNotFoundException",
        "Cluster not found.",
    )])
    .await;
    let aws = fake.session().await;
    let error = aws.list_tasks("production", "web", "STOPPED").await.unwrap_err();
    assert!(error.is_cluster_missing());
    assert_eq!(error.explain().resource.unwrap(), "production");
    assert_eq!(
        error.to_string(),
        "cluster production doesn't exist: could not list tasks web"
    );
}

#[tokio::test]
async fn a_task_definition_that_is_not_there_is_none() {
    let fake = FakeAws::answering([
        Answer::refusal(400, "ClientException", "Unable to describe task definition."),
        Answer::ok(json!({"taskDefinition": {"family": "web"}, "tags": [{"key": "a", "value": "b"}]})),
    ])
    .await;
    let aws = fake.session().await;
    assert_eq!(aws.describe_task_definition("web").await.unwrap(), None);
    let found = aws.describe_task_definition("web").await.unwrap().unwrap();
    assert_eq!(
        *found.value(),
        json!({"family": "web", "tags": [{"key": "a", "value": "b"}]})
    );
}

#[tokio::test]
async fn expired_keys_that_can_not_be_renewed_say_log_in_again() {
    let fake = FakeAws::answering([Answer::refusal(
        400,
        "ExpiredTokenException",
        "The security token included in the request is expired",
    )])
    .await;
    let error = look(&fake.session().await).await.unwrap_err();
    assert_eq!(*error.kind(), AwsErrorKind::Expired);
    assert!(
        error
            .explain()
            .hint
            .unwrap()
            .to_string()
            .contains("aws sso login")
    );
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn all_pages_of_tasks_are_read() {
    let fake = FakeAws::answering([
        Answer::ok(json!({"taskArns": ["a"], "nextToken": "more"})),
        Answer::ok(json!({"taskArns": ["b"]})),
    ])
    .await;
    let tasks = fake.session().await.list_tasks("c", "web", "STOPPED").await;
    assert_eq!(tasks.unwrap(), ["a", "b"]);
    assert_eq!(fake.requests()[1].json()["nextToken"], "more");
}

#[tokio::test]
async fn the_caller_is_asked_for_in_xml() {
    let xml = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:aws:iam::012345678901:user/ci</Arn><UserId>A</UserId><Account>012345678901</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    let fake = FakeAws::answering([Answer::Reply(200, xml.to_owned())]).await;
    let identity = fake.session().await.caller_identity().await.unwrap();
    assert_eq!(identity.account.as_str(), "012345678901");
    assert_eq!(identity.arn, "arn:aws:iam::012345678901:user/ci");
    assert_eq!(fake.operations(), ["GetCallerIdentity"]);
}

/// Provides another key on each call.
#[derive(Debug, Default)]
struct Turning(std::sync::atomic::AtomicU32);

impl aws_credential_types::provider::ProvideCredentials for Turning {
    fn provide_credentials<'a>(&'a self) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let turn = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let keys =
            aws_credential_types::Credentials::new(format!("AKIA{turn}"), "secret", None, None, "test");
        aws_credential_types::provider::future::ProvideCredentials::ready(Ok(keys))
    }
}

#[tokio::test]
async fn expired_keys_that_can_be_renewed_are() {
    let expired = || Answer::refusal(400, "ExpiredTokenException", "expired");
    let fake = FakeAws::answering([
        expired(),
        Answer::ok(json!({"services": []})),
        expired(),
        expired(),
    ])
    .await;
    let aws = Aws::for_tests_with(&fake.endpoint, Turning::default()).await;
    look(&aws).await.unwrap();
    let keys: Vec<String> = fake
        .requests()
        .iter()
        .filter_map(|request| request.header("authorization").map(str::to_owned))
        .collect();
    assert!(
        keys[0].contains("AKIA0/") && keys[1].contains("AKIA1/"),
        "{keys:?}"
    );
    let error = look(&aws).await.unwrap_err();
    assert!(error.is_expired(), "once only");
    assert_eq!(fake.requests().len(), 4);
}

#[tokio::test]
async fn alarms_are_signed_for_cloudwatch() {
    let fake = FakeAws::answering([Answer::ok(json!({"MetricAlarms": []}))]).await;
    let aws = fake.session().await;
    aws.describe_alarms(&["a".to_owned()]).await.unwrap();
    let request = &fake.requests()[0];
    assert_eq!(
        request.header("x-amz-target"),
        Some("GraniteServiceVersion20100801.DescribeAlarms")
    );
    let signed = request.header("authorization").unwrap_or_default();
    assert!(signed.contains("/monitoring/aws4_request"), "{signed}");
}

/// CloudWatch's endpoints (AWS General Reference, "Amazon CloudWatch endpoints and quotas").
#[test]
fn alarms_go_to_the_host_of_cloudwatch() {
    for (scaling, cloudwatch) in [
        (
            "https://application-autoscaling.us-east-1.amazonaws.com/",
            "https://monitoring.us-east-1.amazonaws.com/",
        ),
        (
            "https://application-autoscaling.cn-north-1.amazonaws.com.cn/",
            "https://monitoring.cn-north-1.amazonaws.com.cn/",
        ),
    ] {
        let mut request = HttpRequest::get(scaling).unwrap();
        JsonEndpoint::of("cloudwatch")
            .unwrap()
            .redirect(&mut request)
            .unwrap();
        assert_eq!(request.uri(), cloudwatch);
    }
}
