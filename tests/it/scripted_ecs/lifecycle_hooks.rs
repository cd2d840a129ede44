//! Hooks that pause a deployment.

use serde_json::{Value, json};

use crate::support::Scripted;
use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::client::{deploy, describe, newest, ok, refused, short, stop, with_web};

const PAUSED: &str = "
    deploymentConfiguration:
      strategy: BLUE_GREEN
      bakeTimeInMinutes: 5
      lifecycleHooks:
        - {targetType: PAUSE, lifecycleStages: [POST_TEST_TRAFFIC_SHIFT], timeoutConfiguration: {timeoutInMinutes: 60, action: CONTINUE}}
        - {targetType: AWS_LAMBDA, hookTargetArn: 'arn:aws:lambda:us-east-1:123456789012:function:smoke', roleArn: 'arn:aws:iam::123456789012:role/hooks', lifecycleStages: [POST_SCALE_UP]}
";

/// `web` deployed blue/green, waiting for somebody's word.
fn paused() -> Scripted {
    let server = with_web("");
    let configuration: Value = serde_yaml::from_str(PAUSED).unwrap();
    let mut update = configuration;
    update["service"] = "web".into();
    update["taskDefinition"] = "web:2".into();
    ok(&server, "ecs UpdateService", update);
    for _ in 0..20 {
        describe(&server);
    }
    server
}

#[test]
fn pause_lasts_until_continued() {
    let server = paused();
    let deployment = newest(&server);
    assert_eq!(deployment["lifecycleStage"], "POST_TEST_TRAFFIC_SHIFT");
    assert_eq!(
        deployment["targetServiceRevision"]["requestedTestTrafficWeight"],
        100.0
    );
    assert_eq!(
        deployment["sourceServiceRevisions"][0]["requestedProductionTrafficWeight"],
        100.0
    );
    let [function, pause] = &deployment["lifecycleHookDetails"].as_array().unwrap()[..] else {
        panic!("{deployment:#}");
    };
    assert_eq!(function["status"], "SUCCEEDED");
    assert_eq!(
        function["targetArn"],
        "arn:aws:lambda:us-east-1:123456789012:function:smoke"
    );
    assert_eq!(
        (&pause["status"], &pause["timeoutAction"]),
        (&json!("AWAITING_ACTION"), &json!("CONTINUE"))
    );
    assert!(pause["expiresAt"].as_f64() > deployment["createdAt"].as_f64());

    let arn = &deployment["serviceDeploymentArn"];
    let (_, code, _) = stop(&server, "ROLLBACK");
    assert_eq!(code, "ConflictException", "it is paused, not in progress");
    let wrong = json!({"serviceDeploymentArn": arn, "hookId": function["hookId"], "action": "CONTINUE"});
    assert_eq!(
        refused(&server, "ecs ContinueServiceDeployment", wrong).1,
        "InvalidParameterException"
    );
    let go = json!({"serviceDeploymentArn": arn, "hookId": pause["hookId"], "action": "CONTINUE"});
    ok(&server, "ecs ContinueServiceDeployment", go.clone());
    let stages: Vec<Value> = (0..4)
        .map(|_| {
            describe(&server);
            newest(&server)["lifecycleStage"].clone()
        })
        .collect();
    assert_eq!(
        stages,
        [
            "PRODUCTION_TRAFFIC_SHIFT",
            "POST_PRODUCTION_TRAFFIC_SHIFT",
            "BAKE_TIME",
            "CLEAN_UP"
        ]
    );
    describe(&server);
    assert_eq!(newest(&server)["status"], "SUCCESSFUL");
    assert_eq!(
        refused(&server, "ecs ContinueServiceDeployment", go).1,
        "InvalidParameterException"
    );
    assert_valid(&server);
}

#[test]
fn pause_can_end_in_a_rollback() {
    let server = paused();
    let deployment = newest(&server);
    let back = json!({
        "serviceDeploymentArn": deployment["serviceDeploymentArn"],
        "hookId": deployment["lifecycleHookDetails"][1]["hookId"],
        "action": "ROLLBACK",
    });
    ok(&server, "ecs ContinueServiceDeployment", back);
    assert_eq!(newest(&server)["status"], "ROLLBACK_REQUESTED");
    describe(&server);
    assert_eq!(newest(&server)["status"], "ROLLBACK_IN_PROGRESS");
    describe(&server);
    assert_eq!(newest(&server)["status"], "ROLLBACK_SUCCESSFUL");
    // Only rolling updates have a rolloutState.
    assert_eq!(short(&describe(&server)), ["PRIMARY web:1 - 2/2"]);
}

fn pause_runs_out_of_time(then: &str, status: &str) {
    let server = with_web(&format!(
        "
rollouts:
  web:
    - frames: [{{pending: 2}}, {{stage: PRE_SCALE_UP, hook: {{then: {then}}}, polls: 2}}, {{settle: true}}]
"
    ));
    deploy(&server);
    describe(&server);
    describe(&server);
    assert_eq!(
        newest(&server)["lifecycleHookDetails"][0]["status"],
        "AWAITING_ACTION"
    );
    for _ in 0..4 {
        describe(&server);
    }
    let deployment = newest(&server);
    assert_eq!(deployment["lifecycleHookDetails"][0]["status"], "TIMED_OUT");
    assert_eq!(deployment["status"], status);
}

cases! { pause_runs_out_of_time {
    and_continues("CONTINUE", "SUCCESSFUL");
    and_rolls_back("ROLLBACK", "ROLLBACK_SUCCESSFUL");
} }
