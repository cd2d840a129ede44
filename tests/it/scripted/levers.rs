//! Stopping, continuing, running, deleting: what a person can do to a service, and how ECS takes it.

use serde_json::{Value, json};

use super::conformity::assert_valid;
use super::{deploy, describe, ok, refused, short, with_web};
use crate::support::Scripted;

fn newest(server: &Scripted) -> Value {
    let listed = ok(server, "ecs ListServiceDeployments", json!({"service": "web"}));
    let arn = listed["serviceDeployments"][0]["serviceDeploymentArn"].clone();
    let wanted = json!({"serviceDeploymentArns": [arn]});
    let described = ok(server, "ecs DescribeServiceDeployments", wanted);
    described["serviceDeployments"][0].clone()
}

fn stop(server: &Scripted, stop_type: &str) -> (u16, String, String) {
    let arn = newest(server)["serviceDeploymentArn"].clone();
    let input = json!({"serviceDeploymentArn": arn, "stopType": stop_type});
    refused(server, "ecs StopServiceDeployment", input)
}

#[test]
fn a_stop_goes_back_or_leaves_things_as_they_are() {
    let rows = [
        (
            "ROLLBACK",
            "ROLLBACK_REQUESTED",
            "ROLLBACK_SUCCESSFUL",
            "PRIMARY web:1 COMPLETED 2/2",
        ),
        ("ABORT", "STOP_REQUESTED", "STOPPED", "PRIMARY web:2 FAILED 0/2"),
    ];
    for (stop_type, requested, ended, primary) in rows {
        let server = with_web("");
        deploy(&server);
        assert_eq!(stop(&server, stop_type).0, 200);
        assert_eq!(newest(&server)["status"], requested);
        describe(&server);
        assert_eq!(short(&describe(&server))[0], primary);
        assert_eq!(newest(&server)["status"], ended);
        let (_, code, _) = stop(&server, stop_type);
        assert_eq!(code, "ConflictException", "it is over");
        assert_valid(&server);
    }
    let server = with_web("");
    let unknown = json!({"serviceDeploymentArn": "arn:aws:ecs:us-east-1:123456789012:service-deployment/default/web/x"});
    let (_, code, _) = refused(&server, "ecs StopServiceDeployment", unknown);
    assert_eq!(code, "ServiceDeploymentNotFoundException");
}

#[test]
fn a_first_deployment_has_nothing_to_go_back_to() {
    let server = with_web("");
    let input = json!({"serviceName": "api", "taskDefinition": "web:1", "desiredCount": 1});
    ok(&server, "ecs CreateService", input);
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "api"}));
    let arn = &listed["serviceDeployments"][0]["serviceDeploymentArn"];
    ok(
        &server,
        "ecs StopServiceDeployment",
        json!({"serviceDeploymentArn": arn, "stopType": "ROLLBACK"}),
    );
    let shown = ok(&server, "ecs DescribeServices", json!({"services": ["api"]}));
    assert_eq!(short(&shown["services"][0]), ["PRIMARY web:1 FAILED 0/1"]);
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "api"}));
    assert_eq!(listed["serviceDeployments"][0]["status"], "ROLLBACK_FAILED");
}

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
fn a_pause_lasts_until_somebody_ends_it() {
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
fn a_pause_may_end_in_a_rollback() {
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

#[test]
fn a_pause_may_run_out_of_time() {
    for (then, status) in [("CONTINUE", "SUCCESSFUL"), ("ROLLBACK", "ROLLBACK_SUCCESSFUL")] {
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
}

#[test]
fn lists_come_in_pages_and_by_their_filters() {
    let server = with_web("pageSize: 2");
    for _ in 0..4 {
        ok(
            &server,
            "ecs UpdateService",
            json!({"service": "web", "forceNewDeployment": true}),
        );
    }
    let all = |operation: &str, member: &str, input: Value| {
        let (mut all, mut token) = (Vec::new(), Value::Null);
        loop {
            let mut input = input.clone();
            if token.is_string() {
                input["nextToken"] = token;
            }
            let reply = ok(&server, operation, input);
            let page = reply[member].as_array().unwrap().clone();
            assert!(page.len() <= 2);
            all.extend(page);
            token = reply["nextToken"].clone();
            if token.is_null() {
                return all;
            }
        }
    };
    let deployments = |more: Value| {
        let mut input = json!({"service": "web"});
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        all("ecs ListServiceDeployments", "serviceDeployments", input).len()
    };
    assert_eq!(deployments(json!({})), 5);
    assert_eq!(deployments(json!({"maxResults": 1})), 5);
    assert_eq!(deployments(json!({"status": ["STOPPED"]})), 3);
    assert_eq!(deployments(json!({"status": ["SUCCESSFUL", "IN_PROGRESS"]})), 2);
    assert_eq!(deployments(json!({"createdAt": {"before": 1_000_000_000}})), 0);
    describe(&server);
    describe(&server);
    assert_eq!(
        all("ecs ListTasks", "taskArns", json!({"serviceName": "web"})).len(),
        4
    );
    let definitions = json!({"familyPrefix": "web"});
    assert_eq!(
        all("ecs ListTaskDefinitions", "taskDefinitionArns", definitions).len(),
        2
    );
    let (_, code, _) = refused(&server, "ecs ListTasks", json!({"nextToken": "mine"}));
    assert_eq!(code, "InvalidParameterException");
}

#[test]
fn a_revision_is_remembered_when_its_deployment_is_gone() {
    let server = with_web("");
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "web"}));
    let first = listed["serviceDeployments"][0]["targetServiceRevisionArn"].clone();
    deploy(&server);
    for _ in 0..3 {
        describe(&server);
    }
    let found = ok(
        &server,
        "ecs DescribeServiceRevisions",
        json!({"serviceRevisionArns": [first, "arn:gone"]}),
    );
    let revision = &found["serviceRevisions"][0];
    assert!(revision["taskDefinition"].as_str().unwrap().ends_with("web:1"));
    assert_eq!(
        revision["containerImages"],
        json!([{"containerName": "web", "image": "shop:1"}])
    );
    assert_eq!(found["failures"][0]["reason"], "MISSING");
    assert_valid(&server);
}

#[test]
fn a_task_is_run_and_told_to_stop() {
    let server = with_web(
        "
runs:
  web:
    - {polls: 1, stopped: {exitCode: 3, log: [migrating, 'no such table']}}
    - {refuse: 'RESOURCE:MEMORY'}
    - {stopped: {code: TaskFailedToStart, reason: 'CannotPullContainerError: not found'}}
    - {polls: 100}
",
    );
    let run = || {
        let overrides = json!({"containerOverrides": [{"name": "web", "command": ["migrate"]}]});
        let input = json!({"taskDefinition": "web:1", "startedBy": "ecsctl/1", "overrides": overrides});
        ok(&server, "ecs RunTask", input)
    };
    let states = |task: &Value, polls: usize| -> Vec<Value> {
        let look = || ok(&server, "ecs DescribeTasks", json!({"tasks": [task]}));
        let looks = (0..polls).map(|_| look()["tasks"][0].clone());
        let (mut statuses, mut last) = (Vec::new(), Value::Null);
        for look in looks {
            statuses.push(look["lastStatus"].clone());
            last = look;
        }
        statuses.extend([
            last["stopCode"].clone(),
            last["containers"][0]["exitCode"].clone(),
        ]);
        statuses
    };
    let started = run();
    let task = &started["tasks"][0];
    assert_eq!(
        task["overrides"]["containerOverrides"][0]["command"],
        json!(["migrate"])
    );
    let listed = ok(&server, "ecs ListTasks", json!({"startedBy": "ecsctl/1"}));
    assert_eq!(listed["taskArns"], json!([task["taskArn"]]));
    assert_eq!(
        states(&task["taskArn"], 5),
        [
            "PROVISIONING".into(),
            "PENDING".into(),
            "RUNNING".into(),
            "RUNNING".into(),
            "STOPPED".into(),
            "EssentialContainerExited".into(),
            json!(3)
        ]
    );
    assert_eq!(run()["failures"][0]["reason"], "RESOURCE:MEMORY");
    let never = run()["tasks"][0]["taskArn"].clone();
    assert_eq!(
        states(&never, 3),
        [
            "PROVISIONING".into(),
            "PENDING".into(),
            "STOPPED".into(),
            "TaskFailedToStart".into(),
            Value::Null
        ]
    );
    let long = run()["tasks"][0]["taskArn"].clone();
    states(&long, 3);
    let stopping = ok(&server, "ecs StopTask", json!({"task": long, "reason": "enough"}));
    assert_eq!(
        (
            &stopping["task"]["lastStatus"],
            &stopping["task"]["desiredStatus"]
        ),
        (&json!("RUNNING"), &json!("STOPPED"))
    );
    assert_eq!(
        states(&long, 1),
        ["STOPPED".into(), "UserInitiated".into(), json!(143)]
    );
    let (_, code, _) = refused(&server, "ecs StopTask", json!({"task": "nope"}));
    assert_eq!(code, "InvalidParameterException");
    assert_valid(&server);
}

#[test]
fn the_same_client_token_runs_a_task_once() {
    let server = with_web("");
    let input = json!({"taskDefinition": "web:1", "clientToken": "once"});
    let first = ok(&server, "ecs RunTask", input.clone());
    assert_eq!(ok(&server, "ecs RunTask", input), first);
    let other = json!({"taskDefinition": "web:2", "clientToken": "once"});
    assert_eq!(refused(&server, "ecs RunTask", other).1, "ConflictException");
    let propagated = json!({"taskDefinition": "web:1", "propagateTags": "SERVICE"});
    assert_eq!(
        refused(&server, "ecs RunTask", propagated).1,
        "InvalidParameterException"
    );
}

#[test]
fn a_deleted_service_drains_first() {
    let server = with_web("");
    let (_, code, _) = refused(&server, "ecs DeleteService", json!({"service": "web"}));
    assert_eq!(code, "InvalidParameterException");
    let running = || {
        let listed = ok(&server, "ecs ListTasks", json!({"serviceName": "web"}));
        listed["taskArns"].as_array().unwrap().len()
    };
    assert_eq!(running(), 2);
    let deleted = ok(
        &server,
        "ecs DeleteService",
        json!({"service": "web", "force": true}),
    );
    assert_eq!(
        (&deleted["service"]["status"], &deleted["service"]["desiredCount"]),
        (&json!("DRAINING"), &json!(0))
    );
    assert_eq!(describe(&server)["status"], "DRAINING");
    assert_eq!(running(), 0);
    assert_eq!(describe(&server)["status"], "INACTIVE");
    let (_, code, _) = refused(&server, "ecs DeleteService", json!({"service": "web"}));
    assert_eq!(code, "ServiceNotFoundException");
}

#[test]
fn what_code_deploy_deploys_is_not_updated() {
    let server = with_web("");
    let input = json!({"serviceName": "api", "taskDefinition": "web:1", "desiredCount": 1, "deploymentController": {"type": "CODE_DEPLOY"}});
    let created = ok(&server, "ecs CreateService", input);
    assert_eq!(created["service"]["deployments"], json!([]));
    assert_eq!(created["service"]["taskSets"][0]["status"], "PRIMARY");
    for (member, value, words) in [
        (
            "taskDefinition",
            json!("web:2"),
            "Unable to update task definition on services",
        ),
        (
            "forceNewDeployment",
            json!(true),
            "Cannot force a new deployment on services",
        ),
    ] {
        let (_, code, message) = refused(
            &server,
            "ecs UpdateService",
            json!({"service": "api", member: value}),
        );
        assert_eq!(code, "InvalidParameterException");
        assert!(message.starts_with(words), "{message}");
    }
    ok(
        &server,
        "ecs UpdateService",
        json!({"service": "api", "desiredCount": 2}),
    );
    assert_valid(&server);
}

#[test]
fn a_scalable_target_keeps_a_service_inside_its_bounds() {
    let server = with_web("");
    let target = |more: Value| {
        let mut input = json!({"ServiceNamespace": "ecs", "ResourceId": "service/default/web", "ScalableDimension": "ecs:service:DesiredCount"});
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    let register = "application-autoscaling RegisterScalableTarget";
    assert_eq!(
        refused(&server, register, target(json!({"MinCapacity": 1}))).1,
        "ValidationException"
    );
    ok(
        &server,
        register,
        target(json!({"MinCapacity": 3, "MaxCapacity": 5})),
    );
    assert_eq!(short(&describe(&server)), ["PRIMARY web:1 COMPLETED 3/3"]);
    ok(&server, register, target(json!({"MinCapacity": 1})));
    let deregister = "application-autoscaling DeregisterScalableTarget";
    ok(&server, deregister, target(json!({})));
    assert_eq!(
        refused(&server, deregister, target(json!({}))).1,
        "ObjectNotFoundException"
    );
    assert_valid(&server);
}
