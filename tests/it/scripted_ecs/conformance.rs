//! The scripted ECS conforms to AWS's own service models and works with the AWS CLI.

use std::process::Command;

use crate::support::aws_models::{assert_valid, python, validator};
use crate::support::client::{deploy, describe, ok, with_web};
use crate::support::{Scenario, Scripted};
use serde_json::{Value, json};

const EVERYTHING: &str = "
repositories: {acme/web: {}}
targets:
  'arn:tg/web':
    - {Target: {Id: 10.0.1.17, Port: 8080}, TargetHealth: {State: unhealthy, Reason: Target.Timeout, Description: 'Request timed out'}}
scalableTargets: {web: {min: 1, max: 4}}
rollouts:
  web:
    - frames: [{pending: 1}, {stopped: [{exitCode: 1, log: [boom]}]}, {rollback: {}}, {settle: true}]
";

/// Every operation that it plays, once at least.
fn everything(server: &Scripted) {
    ok(server, "ecs CreateCluster", json!({"clusterName": "other"}));
    ok(
        server,
        "ecs DescribeClusters",
        json!({"clusters": ["default", "gone"]}),
    );
    let container = json!({"name": "api", "image": "api:1", "memory": 128});
    let definition = json!({"family": "api", "containerDefinitions": [container]});
    ok(server, "ecs RegisterTaskDefinition", definition);
    ok(
        server,
        "ecs ListTaskDefinitions",
        json!({"familyPrefix": "api", "sort": "DESC"}),
    );
    let created =
        json!({"serviceName": "api", "taskDefinition": "api", "desiredCount": 1, "launchType": "FARGATE"});
    ok(server, "ecs CreateService", created);
    deploy(server);
    for _ in 0..4 {
        describe(server);
        deployments(server);
    }
    tasks(server);
    let arn = "arn:aws:ecs:us-east-1:123456789012:service/default/web";
    ok(
        server,
        "ecs TagResource",
        json!({"resourceArn": arn, "tags": [{"key": "a", "value": "b"}]}),
    );
    ok(
        server,
        "ecs UntagResource",
        json!({"resourceArn": arn, "tagKeys": ["a"]}),
    );
    ok(server, "ecs ListTagsForResource", json!({"resourceArn": arn}));
    ok(
        server,
        "ecs DeregisterTaskDefinition",
        json!({"taskDefinition": "api:1"}),
    );
    ok(
        server,
        "ecs DeleteService",
        json!({"service": "web", "force": true}),
    );
    others(server);
}

fn deployments(server: &Scripted) {
    let listed = ok(
        server,
        "ecs ListServiceDeployments",
        json!({"service": "web", "cluster": "default"}),
    );
    let listed = listed["serviceDeployments"].as_array().unwrap();
    let arns = |member: &str| listed.iter().map(|item| item[member].clone()).collect::<Value>();
    let wanted = json!({"serviceDeploymentArns": arns("serviceDeploymentArn")});
    ok(server, "ecs DescribeServiceDeployments", wanted);
    let wanted = json!({"serviceRevisionArns": arns("targetServiceRevisionArn")});
    ok(server, "ecs DescribeServiceRevisions", wanted);
}

fn tasks(server: &Scripted) {
    for status in ["RUNNING", "STOPPED"] {
        let listed = ok(
            server,
            "ecs ListTasks",
            json!({"serviceName": "web", "desiredStatus": status}),
        );
        let described = ok(server, "ecs DescribeTasks", json!({"tasks": listed["taskArns"]}));
        assert!(!described["tasks"].as_array().unwrap().is_empty());
        let protection = ok(
            server,
            "ecs GetTaskProtection",
            json!({"cluster": "default", "tasks": listed["taskArns"]}),
        );
        assert_eq!(protection["protectedTasks"][0]["protectionEnabled"], false);
    }
}

fn others(server: &Scripted) {
    ok(server, "sts GetCallerIdentity", json!({}));
    ok(
        server,
        "elbv2 DescribeTargetHealth",
        json!({"TargetGroupArn": "arn:tg/web"}),
    );
    let wanted = json!({"ServiceNamespace": "ecs", "ResourceIds": ["service/default/web"]});
    let targets = ok(server, "application-autoscaling DescribeScalableTargets", wanted);
    assert_eq!(targets["ScalableTargets"][0]["MaxCapacity"], 4);
    ok(server, "logs CreateLogGroup", json!({"logGroupName": "/ecs/api"}));
    ok(
        server,
        "logs PutRetentionPolicy",
        json!({"logGroupName": "/ecs/api", "retentionInDays": 30}),
    );
    let groups = ok(
        server,
        "logs DescribeLogGroups",
        json!({"logGroupNamePrefix": "/ecs/a"}),
    );
    assert_eq!(groups["logGroups"][0]["retentionInDays"], 30);
    ok(server, "ecr GetAuthorizationToken", json!({}));
    ok(
        server,
        "ecr CreateRepository",
        json!({"repositoryName": "acme/api"}),
    );
    ok(
        server,
        "ecr DescribeRepositories",
        json!({"repositoryNames": ["acme/api"]}),
    );
    let image = json!({"repositoryName": "acme/api", "imageIds": [{"imageTag": "v1"}]});
    let images = ok(server, "ecr BatchGetImage", image);
    assert_eq!(images["failures"][0]["failureCode"], "ImageNotFound");
}

#[test]
fn replies_match_the_aws_service_models() {
    let server = with_web(EVERYTHING);
    everything(&server);
    assert_valid(&server);
}

#[test]
fn malformed_request_is_found() {
    let Some(python) = python() else { return };
    let server = with_web("");
    ok(&server, "ecs ListTasks", json!({"serviceNames": "web"}));
    let capture = server.capture();
    let judged = validator(&python, &capture).output().unwrap();
    // Not for the validation of the whole run, which would rightly fail.
    std::fs::remove_file(capture).unwrap();
    assert!(!judged.status.success());
    let words = String::from_utf8_lossy(&judged.stderr);
    assert!(words.contains("unknown member serviceNames"), "{words}");
}

#[test]
fn aws_cli_works_against_the_server() {
    let Some(aws) = python().map(|python| python.with_file_name("aws")) else {
        return;
    };
    let server = with_web(EVERYTHING);
    let run = |arguments: &[&str]| -> Value {
        let output = Command::new(&aws)
            .args(arguments)
            .env_clear()
            .envs([
                ("AWS_ENDPOINT_URL", server.url().as_str()),
                ("AWS_ACCESS_KEY_ID", "AKIASCRIPTED"),
                ("AWS_SECRET_ACCESS_KEY", "not-a-secret"),
                ("AWS_DEFAULT_REGION", "us-east-1"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
                ("HOME", "/nonexistent"),
            ])
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {words}");
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    };
    let identity = run(&["sts", "get-caller-identity"]);
    assert_eq!(identity["Arn"], "arn:aws:iam::123456789012:user/ci");
    let update = [
        "ecs",
        "update-service",
        "--service",
        "web",
        "--task-definition",
        "web:2",
    ];
    assert_eq!(
        run(&update)["service"]["deployments"][0]["rolloutState"],
        "IN_PROGRESS"
    );
    let health = [
        "elbv2",
        "describe-target-health",
        "--target-group-arn",
        "arn:tg/web",
    ];
    let health = run(&health);
    let health = &health["TargetHealthDescriptions"][0];
    assert_eq!(health["TargetHealth"]["Reason"], "Target.Timeout");
    assert_eq!(health["Target"]["Port"], 8080);
}

/// Serves a scenario until it is killed, for the aws command line or a look at the program by hand:
/// `ECSCTL_SCRIPTED_SERVE=tests/scenarios/rollback.yaml cargo test --test it serve -- --nocapture`,
/// on `ECSCTL_SCRIPTED_PORT` or a free port.
#[test]
fn serve() {
    let Some(path) = std::env::var_os("ECSCTL_SCRIPTED_SERVE") else {
        return;
    };
    let text = std::fs::read_to_string(&path).expect("the scenario");
    let port = std::env::var("ECSCTL_SCRIPTED_PORT").map_or(0, |port| port.parse().expect("a port"));
    let server = Scripted::start_on(Scenario::parse(&text), port);
    println!("export AWS_ENDPOINT_URL={}", server.url());
    loop {
        std::thread::park();
    }
}
