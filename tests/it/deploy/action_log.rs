//! What the cluster's action log says about a failed deployment (ECS Action Logs).

use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::changed;
use crate::support::world::Delivery;
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

const GROUP: &str = "/aws/vendedlogs/ecs/action-logs/default";
const GROUP_ARN: &str =
    "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/ecs/action-logs/default";
const READS: [&str; 4] = [
    "logs DescribeDeliverySources",
    "logs DescribeDeliveries",
    "logs GetDeliveryDestination",
    "logs FilterLogEvents",
];

/// ECS rolls the second deployment back without having started a task.
const UNEXPLAINED: &str = r#"
rollouts:
  web:
    - {}
    - frames:
        - pending: 0
        - rollback: {}
        - settle: true
"#;

/// A minute from now, so after the deployment begins.
fn later() -> i64 {
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap() + 60_000
}

fn entry(source: &str, level: &str, event: &str, reason: &str) -> Value {
    json!({
        "timestamp": later(), "logLevel": level, "account": "123456789012", "region": "us-east-1",
        "resourceArn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
        "actionSourceId": format!("service/default/{source}"),
        "eventName": event, "detail": {"statusReason": reason},
    })
}

fn of_another_deployment() -> Value {
    let mut entry = entry("web", "ERROR", "SERVICE_DEPLOYMENT_FAILED", "another deployment");
    entry["detail"]["serviceDeploymentArn"] =
        json!("arn:aws:ecs:us-east-1:123456789012:service-deployment/default/web/another");
    entry
}

fn from_before() -> Value {
    let mut entry = entry("web", "ERROR", "SERVICE_DEPLOYMENT_FAILED", "long ago");
    entry["timestamp"] = json!(1_000_000_000_000_i64);
    entry
}

fn cluster_delivery(kind: &str, destination: &str) -> Delivery {
    Delivery {
        resource: "cluster/default".to_owned(),
        log_type: "ACTION_LOGS".to_owned(),
        kind: kind.to_owned(),
        destination: destination.to_owned(),
    }
}

/// A cluster whose action log has these entries.
fn logging(scenario: &str, entries: Vec<Value>) -> Scripted {
    let server = deployed(Scenario::parse(scenario));
    server.world(|world| {
        let other = Delivery {
            resource: "cluster/other".to_owned(),
            ..cluster_delivery("CWL", "arn:aws:logs:us-east-1:123456789012:log-group:/other")
        };
        world.logs.deliveries.push(other);
        world.logs.deliveries.push(cluster_delivery("CWL", GROUP_ARN));
        let lines = entries.into_iter().map(|entry| {
            let at = entry["timestamp"].as_i64().unwrap();
            (at, entry.to_string())
        });
        world.logs.write_at(GROUP, "service/default/web", lines);
    });
    server
}

fn placement() -> Value {
    entry(
        "web",
        "WARN",
        "SERVICE_TASK_START_IMPAIRED",
        "Capacity is unavailable at this time. Please try again later or in a different availability zone.",
    )
}

fn in_json(server: &Scripted) -> Value {
    let run = Ecsctl::on(server, &["deploy", "-o", "json", "-q"]).file(&changed());
    run.run().exits(5).json()["services"][0].clone()
}

fn no_action_log(output: &Output) {
    assert!(!output.stderr.contains("action log"), "{}", output.stderr);
    assert!(!output.stderr.contains("warning"), "{}", output.stderr);
}

#[test]
fn action_log_says_why_a_deployment_failed() {
    let hook = || {
        entry(
            "web",
            "ERROR",
            "SERVICE_DEPLOYMENT_FAILED",
            "The hook's function is gone.",
        )
    };
    let entries = vec![
        from_before(),
        entry("web", "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS", "fine so far"),
        entry("worker", "ERROR", "SERVICE_DEPLOYMENT_FAILED", "another service"),
        of_another_deployment(),
        hook(),
        hook(),
    ];
    let server = logging(UNEXPLAINED, entries.clone());
    let output = deploy(&server, &changed()).run().exits(5);
    let output = output.says("ECS action log: SERVICE_DEPLOYMENT_FAILED: The hook's function is gone.");
    assert_eq!(
        output.stderr.matches("action log").count(),
        1,
        "{}",
        output.stderr
    );
    assert_valid(&server);

    let service = in_json(&logging(UNEXPLAINED, entries));
    let logged = service["actionLog"].as_array().unwrap();
    assert_eq!(logged.len(), 1, "{service}");
    assert_eq!(logged[0]["level"], "ERROR");
    assert_eq!(logged[0]["event"], "SERVICE_DEPLOYMENT_FAILED");
    assert_eq!(logged[0]["reason"], "The hook's function is gone.");
    assert!(logged[0]["at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(service["cause"], Value::Null);
}

#[test]
fn action_log_gives_the_cause_if_none_is_known() {
    let server = logging(
        "rollouts: {web: [{}, {frames: [{pending: 0}]}]}",
        vec![placement()],
    );
    let run = Ecsctl::on(&server, &["deploy", "-o", "json", "-q"]).file(&changed());
    let service = run.run().exits(6).json()["services"][0].clone();
    assert_eq!(service["cause"]["id"], "fargate-without-capacity", "{service}");
    assert_eq!(service["actionLog"][0]["event"], "SERVICE_TASK_START_IMPAIRED");
}

#[test]
fn action_log_does_not_repeat_a_service_event() {
    let scenario = UNEXPLAINED.replace(
        "pending: 0",
        "pending: 0\n          events: [\"(service {service}) was unable to place a task. Reason: Capacity is \
         unavailable at this time. Please try again later or in a different availability zone.\"]",
    );
    let output = deploy(&logging(&scenario, vec![placement()]), &changed())
        .run()
        .exits(5);
    let output = output.says("Capacity is unavailable");
    no_action_log(&output);
}

#[test]
fn action_log_is_read_only_after_a_failure() {
    let server = logging("", vec![placement()]);
    deploy(&server, &changed()).run().exits(0);
    let log = server.log();
    assert!(READS.iter().all(|read| log.of(read).is_empty()), "{log:?}");
}

#[test]
fn cluster_without_an_action_log_costs_one_read() {
    let server = deployed(Scenario::parse(UNEXPLAINED));
    let output = deploy(&server, &changed()).run().exits(5);
    no_action_log(&output);
    let log = server.log();
    let reads: Vec<usize> = READS.iter().map(|read| log.of(read).len()).collect();
    assert_eq!(reads, [1, 0, 0, 0]);
}

#[test]
fn action_log_in_a_bucket_is_not_read() {
    let server = deployed(Scenario::parse(UNEXPLAINED));
    server.world(|world| {
        let bucket = cluster_delivery("S3", "arn:aws:s3:::action-logs");
        world.logs.deliveries.push(bucket);
    });
    no_action_log(&deploy(&server, &changed()).run().exits(5));
    let log = server.log();
    assert_eq!(log.of("logs GetDeliveryDestination").len(), 0);
}

fn unreadable_action_log_is_silent(fault: Fault) {
    let server = logging(UNEXPLAINED, vec![placement()]);
    server.fault(fault);
    no_action_log(&deploy(&server, &changed()).run().exits(5));
}

cases! { unreadable_action_log_is_silent {
    sources_denied(Fault::denied(READS[0]));
    deliveries_denied(Fault::denied(READS[1]));
    destination_denied(Fault::denied(READS[2]));
    events_denied(Fault::denied(READS[3]));
    unreachable(Fault { reset: true, ..Fault::on(READS[0]) });
    hanging(Fault { hang: true, ..Fault::on(READS[3]) });
} }
