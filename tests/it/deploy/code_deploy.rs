//! Services that CodeDeploy deploys (deploymentController CODE_DEPLOY).

use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::deploys::{deploy, kill_at};
use crate::support::files::{TARGET_GROUP, WEB, behind_load_balancer};
use crate::support::{Cut, Ecsctl, Fault, Scenario, Scripted};

/// `WEB` behind a load balancer, deployed by CodeDeploy.
fn file() -> String {
    behind_load_balancer(WEB).replace(
        "    desiredCount: 2\n",
        "    desiredCount: 2\n    deploymentController: {type: CODE_DEPLOY}\n",
    )
}

/// The same with another environment: a new revision.
fn changed() -> String {
    file().replace("VERSION: \"1\"", "VERSION: \"2\"")
}

/// Returns a server on which `file()` is deployed, with this deployment group; its log begins after that.
fn deployed(group: &str) -> Scripted {
    let server = Scripted::start(Scenario::parse(&format!(
        "targets: {{'{TARGET_GROUP}': [], '{}': []}}\ncodeDeploy: {{web: {group}}}",
        green()
    )));
    deploy(&server, &file()).run().exits(0);
    server.clear_log();
    server
}

/// The other target group of the pair.
fn green() -> String {
    TARGET_GROUP.replace("targetgroup/web/", "targetgroup/web-green/")
}

/// A deployment group whose next deployment goes this way.
fn going(frames: &str) -> String {
    format!("{{deployments: [[{frames}]]}}")
}

fn app_spec(server: &Scripted) -> Value {
    let created = server.log().only("codedeploy CreateDeployment").input.clone();
    let content = &created["revision"]["appSpecContent"]["content"];
    serde_json::from_str(content.as_str().unwrap()).unwrap()
}

fn live(server: &Scripted) -> (String, String) {
    server.world(|world| {
        let service = &world.services[0];
        let definition = service.primary().unwrap().task_definition.clone();
        let group = &service.settings["loadBalancers"][0]["targetGroupArn"];
        let definition = definition.rsplit('/').next().unwrap().to_owned();
        (definition, group.as_str().unwrap().to_owned())
    })
}

#[test]
fn new_revision_is_deployed_by_codedeploy() {
    let server = deployed("{}");
    let planned = Ecsctl::on(&server, &["plan", "--exit-code"])
        .file(&changed())
        .run()
        .exits(8);
    insta::assert_snapshot!("plan_of_a_new_revision", planned.stdout);
    let output = deploy(&server, &changed()).run().exits(0);
    insta::assert_snapshot!("new_revision", output.record());
    assert_eq!(
        server.log().writes(),
        ["ecs RegisterTaskDefinition", "codedeploy CreateDeployment"]
    );
    assert_eq!(
        app_spec(&server),
        json!({"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": {
            "TaskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2",
            "LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": 8080},
            "PlatformVersion": "LATEST",
            "NetworkConfiguration": {"AwsvpcConfiguration": {
                "Subnets": ["subnet-1", "subnet-2"], "SecurityGroups": ["sg-1"]}},
        }}}]})
    );
    assert_eq!(live(&server), ("web:2".to_owned(), green()));

    // The target group that the file names is the other one now: no change.
    server.clear_log();
    Ecsctl::on(&server, &["plan", "--exit-code"])
        .file(&changed())
        .run()
        .exits(0);
    deploy(&server, &changed()).run().exits(0).says("nothing to do");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_valid(&server);
}

/// A server whose next deployment goes this way, and what the deploy of a new revision says.
fn deployed_going(frames: &str, exit: i32) -> (Scripted, String) {
    let server = deployed(&going(frames));
    let output = deploy(&server, &changed()).run().exits(exit);
    assert_valid(&server);
    (server, output.record())
}

#[test]
fn failed_hook_is_the_reason() {
    let (server, record) = deployed_going(
        "{stage: BeforeAllowTraffic, running: all},
         {error: {code: HOOK_EXECUTION_FAILURE, message: One or more of the lifecycle event validation functions failed.},
          diagnostics: {errorCode: ScriptFailed, scriptName: smoke, message: 'smoke test: GET / returned 500'}}",
        5,
    );
    insta::assert_snapshot!("failed_hook", record);
    assert_eq!(live(&server).0, "web:1");
}

#[test]
fn failed_tasks_are_explained() {
    let (_, record) = deployed_going(
        "{stage: Install, pending: all},
         {pending: 1, stopped: [{exitCode: 1, log: [starting, 'error: no DATABASE_URL']}]},
         {error: {code: TIMEOUT, message: The deployment timed out while waiting for the replacement task set to become healthy.}}",
        5,
    );
    insta::assert_snapshot!("failed_tasks", record);
}

#[test]
fn crash_loop_ends_the_run() {
    let (_, record) = deployed_going(
        "{stage: Install, pending: all},
         {stopped: [{tasks: 3, exitCode: 1, log: ['error: no DATABASE_URL']}]}",
        5,
    );
    insta::assert_snapshot!("crash_loop", record);
}

#[test]
fn automatic_rollback_exits_with_five() {
    let server = deployed(
        "{group: {autoRollbackConfiguration: {enabled: true, events: [DEPLOYMENT_FAILURE]}},
          deployments: [[{stage: Install, running: all}, {shift: true},
            {error: {code: HOOK_EXECUTION_FAILURE, message: A hook failed.}}]]}",
    );
    let output = deploy(&server, &changed()).run().exits(5);
    insta::assert_snapshot!("rolled_back", output.record());
    assert_eq!(live(&server), ("web:1".to_owned(), TARGET_GROUP.to_owned()));
    assert_valid(&server);
}

#[test]
fn until_deployed_ends_with_the_shift() {
    let server = deployed(&going("{stage: Install, running: all}, {shift: true}"));
    let run = Ecsctl::on(&server, &["deploy", "--until", "deployed"]).file(&changed());
    run.run().exits(0).says("receives the traffic");
    assert_valid(&server);
}

#[test]
fn reroute_by_hand_is_a_pause() {
    let server = deployed(
        "{group: {blueGreenDeploymentConfiguration: {deploymentReadyOption:
            {actionOnTimeout: STOP_DEPLOYMENT, waitTimeInMinutes: 60}}}}",
    );
    let output = deploy(&server, &changed()).run().exits(9);
    insta::assert_snapshot!("paused", output.record());
    assert_eq!(live(&server).0, "web:1");
}

#[test]
fn direct_changes_take_no_deployment() {
    let server = deployed("{}");
    let file = file().replace("desiredCount: 2", "desiredCount: 3");
    deploy(&server, &file).run().exits(0);
    let log = server.log();
    assert_eq!(log.writes(), ["ecs UpdateService"]);
    assert_eq!(
        log.only("ecs UpdateService").input,
        json!({"desiredCount": 3, "cluster": "default", "service": "web"})
    );
}

#[test]
fn a_change_of_both_kinds_is_split() {
    let server = deployed("{}");
    let file = file()
        .replace("desiredCount: 2", "desiredCount: 3")
        .replace("[sg-1]", "[sg-2]")
        .replace(
            "    deploymentController",
            "    codeDeploy:
      deploymentConfigName: CodeDeployDefault.ECSLinear10PercentEvery1Minutes
      hooks: {AfterAllowTestTraffic: smoke, BeforeInstall: check}
    deploymentController",
        );
    let planned = Ecsctl::on(&server, &["plan", "--exit-code"])
        .file(&file)
        .run()
        .exits(8);
    insta::assert_snapshot!("plan_of_a_split_change", planned.stdout);
    deploy(&server, &file).run().exits(0);
    let log = server.log();
    assert_eq!(log.writes(), ["ecs UpdateService", "codedeploy CreateDeployment"]);
    assert_eq!(
        log.only("codedeploy CreateDeployment").input["deploymentConfigName"],
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"
    );
    let spec = app_spec(&server);
    assert_eq!(
        spec["Hooks"],
        json!([{"BeforeInstall": "check"}, {"AfterAllowTestTraffic": "smoke"}])
    );
    let properties = &spec["Resources"][0]["TargetService"]["Properties"];
    assert_eq!(
        properties["TaskDefinition"],
        "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"
    );
    assert_eq!(
        properties["NetworkConfiguration"]["AwsvpcConfiguration"]["SecurityGroups"],
        json!(["sg-2"])
    );
    Ecsctl::on(&server, &["plan", "--exit-code"])
        .file(&file)
        .run()
        .exits(0);
    assert_valid(&server);
}

#[test]
fn force_deploys_the_same_revision() {
    let server = deployed("{}");
    Ecsctl::on(&server, &["deploy", "--force"])
        .file(&file())
        .run()
        .exits(0);
    assert_eq!(server.log().writes(), ["codedeploy CreateDeployment"]);
}

#[test]
fn missing_group_is_refused_before_any_write() {
    let server = deployed("{deploymentGroupName: blue-green}");
    let output = deploy(&server, &changed()).run().exits(3);
    insta::assert_snapshot!("missing_group", output.record());
    assert!(server.log().writes().is_empty());
    let file = changed().replace(
        "    deploymentController",
        "    codeDeploy: {deploymentGroupName: blue-green}\n    deploymentController",
    );
    deploy(&server, &file).run().exits(0);
}

#[test]
fn unreadable_group_does_not_stop_a_deploy() {
    let server = deployed("{}");
    for operation in ["GetDeploymentGroup", "ListDeployments", "GetDeploymentTarget"] {
        server.fault(Fault::denied(&format!("codedeploy {operation}")));
    }
    deploy(&server, &changed())
        .run()
        .exits(0)
        .says("assuming that the deployment group exists");
}

#[test]
fn unwatchable_deployment_continues() {
    let server = deployed("{}");
    server.fault(Fault::denied("codedeploy GetDeployment"));
    let output = deploy(&server, &changed()).run().exits(3);
    output
        .says("codedeploy:GetDeployment")
        .says("the rollout continues");
}

#[test]
fn another_deployment_is_not_replaced() {
    let server = deployed("{}");
    server.world(|world| world.deploy_by_another(("default", "web"), "web:1"));
    let output = deploy(&server, &changed()).run().exits(7);
    insta::assert_snapshot!("another_in_progress", output.record());
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    let fail = Ecsctl::on(&server, &["deploy", "--if-in-progress", "fail"]).file(&changed());
    fail.run().exits(7);
    assert!(server.log().writes().is_empty());
    let wait = Ecsctl::on(&server, &["deploy", "--if-in-progress", "wait"]).file(&changed());
    wait.run().exits(0).says("waiting for d-");
    assert_eq!(live(&server).0, "web:2");
    assert_valid(&server);
}

#[test]
fn killed_run_attaches_to_its_deployment() {
    for (operation, cut, made) in [
        ("ecs RegisterTaskDefinition", Cut::BeforeReply, 1),
        ("codedeploy CreateDeployment", Cut::BeforeReply, 0),
        ("codedeploy CreateDeployment", Cut::AfterReply, 0),
        ("codedeploy GetDeployment", Cut::AfterReply, 0),
    ] {
        let server = deployed("{}");
        kill_at(&server, &changed(), operation, 1, cut);
        server.clear_log();
        deploy(&server, &changed()).run().exits(0);
        let log = server.log();
        let created = log.of("codedeploy CreateDeployment").len();
        assert_eq!(created, made, "{operation} {cut:?}");
        assert_eq!(live(&server).0, "web:2", "{operation} {cut:?}");
        let all = server.world(|world| world.code_deploy.deployments.len());
        assert_eq!(all, 1, "{operation} {cut:?}");
    }
}

#[test]
fn wait_attaches_to_the_deployment_in_progress() {
    let server = deployed("{}");
    server.world(|world| world.deploy_by_another(("default", "web"), "web:1"));
    let output = Ecsctl::on(&server, &["wait", "web"]).file(&file()).run().exits(0);
    insta::assert_snapshot!("wait", output.record());
    assert!(server.log().writes().is_empty());
    assert_valid(&server);
}

#[test]
fn stop_restores_the_original_task_set() {
    let server = deployed(&going("{stage: Install, pending: all, polls: 3}"));
    let run = Ecsctl::on(&server, &["deploy", "--timeout", "1s"]).file(&changed());
    run.run().exits(6).says("CodeDeploy continues");
    server.clear_log();
    let stop = Ecsctl::on(&server, &["stop", "web", "--yes"]).file(&changed());
    insta::assert_snapshot!("stop", stop.run().exits(0).record());
    assert_eq!(server.log().writes(), ["codedeploy StopDeployment"]);
    assert_eq!(live(&server), ("web:1".to_owned(), TARGET_GROUP.to_owned()));
    assert_valid(&server);
}

#[test]
fn stop_without_a_deployment_writes_nothing() {
    let server = deployed("{}");
    let stop = Ecsctl::on(&server, &["stop", "web", "--yes"]).file(&file());
    stop.run().exits(0).says("no deployment in progress");
    assert!(server.log().writes().is_empty());
}

#[test]
fn rollback_deploys_the_former_revision() {
    let server = deployed("{}");
    deploy(&server, &changed()).run().exits(0);
    let third = file().replace("VERSION: \"1\"", "VERSION: \"3\"");
    deploy(&server, &third).run().exits(0);
    server.clear_log();
    let rollback = Ecsctl::on(&server, &["rollback", "web", "--yes"]).file(&third);
    insta::assert_snapshot!("rollback", rollback.run().exits(0).record());
    assert_eq!(server.log().writes(), ["codedeploy CreateDeployment"]);
    assert_eq!(live(&server).0, "web:2");
    let named = Ecsctl::on(&server, &["rollback", "web", "--to", "1", "--yes"]).file(&third);
    named.run().exits(0);
    assert_eq!(live(&server).0, "web:1");
    assert_valid(&server);
}

#[test]
fn continue_reroutes_the_traffic() {
    let server = deployed(
        "{deploymentGroupName: blue-green, group: {blueGreenDeploymentConfiguration: {deploymentReadyOption:
            {actionOnTimeout: STOP_DEPLOYMENT, waitTimeInMinutes: 60}}}}",
    );
    let file = changed().replace(
        "    deploymentController",
        "    codeDeploy: {deploymentGroupName: blue-green}\n    deploymentController",
    );
    deploy(&server, &file).run().exits(9);
    server.clear_log();
    let output = Ecsctl::on(&server, &["continue", "web"])
        .file(&file)
        .run()
        .exits(0);
    insta::assert_snapshot!("continue", output.record());
    let log = server.log();
    assert_eq!(log.writes(), ["codedeploy ContinueDeployment"]);
    assert_eq!(
        log.only("codedeploy ContinueDeployment").input["deploymentWaitType"],
        "READY_WAIT"
    );
    assert_eq!(live(&server).0, "web:2");
    assert_valid(&server);
}

#[test]
fn rollback_on_failure_stops_a_crash_loop() {
    let server = deployed(&going(
        "{stage: Install, pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}",
    ));
    let run = Ecsctl::on(&server, &["deploy", "--rollback-on-failure"]).file(&changed());
    run.run().exits(5).says("rolled back; web:1 runs");
    let stopped = server.log().only("codedeploy StopDeployment").input.clone();
    assert_eq!(stopped["autoRollbackEnabled"], true);
    assert_eq!(live(&server).0, "web:1");
}

#[test]
fn continue_ends_the_wait_for_the_termination() {
    let server = deployed(&going(
        "{stage: Install, running: all}, {shift: true, polls: 9}, {settle: true}",
    ));
    let run = Ecsctl::on(&server, &["deploy", "--until", "deployed"]).file(&changed());
    run.run().exits(0);
    server.clear_log();
    let output = Ecsctl::on(&server, &["continue", "web"])
        .file(&changed())
        .run()
        .exits(0);
    output.says("CodeDeploy stops the original tasks now");
    let continued = server.log().only("codedeploy ContinueDeployment").input.clone();
    assert_eq!(continued["deploymentWaitType"], "TERMINATION_WAIT");
    assert_valid(&server);
}

/// A group whose deployments wait for somebody to reroute the traffic.
const BY_HAND: &str = "{group: {blueGreenDeploymentConfiguration: {deploymentReadyOption:
    {actionOnTimeout: STOP_DEPLOYMENT, waitTimeInMinutes: 60}}}}";

#[test]
fn continue_with_rollback_stops_the_deployment() {
    let server = deployed(BY_HAND);
    deploy(&server, &changed()).run().exits(9);
    server.clear_log();
    let run = Ecsctl::on(&server, &["continue", "web", "--rollback", "--yes"]).file(&changed());
    insta::assert_snapshot!("continue_with_rollback", run.run().exits(0).record());
    assert_eq!(server.log().writes(), ["codedeploy StopDeployment"]);
    assert_eq!(live(&server).0, "web:1");
}

#[test]
fn restart_deploys_the_same_revision() {
    let server = deployed("{}");
    let output = Ecsctl::on(&server, &["restart", "web"])
        .file(&file())
        .run()
        .exits(0);
    insta::assert_snapshot!("restart", output.record());
    assert_eq!(server.log().writes(), ["codedeploy CreateDeployment"]);
    assert_eq!(
        app_spec(&server)["Resources"][0]["TargetService"]["Properties"]["TaskDefinition"],
        "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"
    );
    assert_eq!(live(&server), ("web:1".to_owned(), green()));
    assert_valid(&server);
}

#[test]
fn group_is_found_by_the_last_deployment() {
    let server = deployed("{deploymentGroupName: blue-green}");
    let file = |text: String| {
        let named = "    codeDeploy: {deploymentGroupName: blue-green}\n    deploymentController";
        text.replace("    deploymentController", named)
    };
    deploy(&server, &file(changed())).run().exits(0);
    server.clear_log();
    Ecsctl::on(&server, &["restart", "web"])
        .file(&changed())
        .run()
        .exits(0);
    let created = server.log().only("codedeploy CreateDeployment").input.clone();
    assert_eq!(created["deploymentGroupName"], "blue-green");
    server.world(|world| world.deploy_by_another(("default", "web"), "web:1"));
    let wait = Ecsctl::on(&server, &["wait", "web"]).file(&changed());
    wait.run().exits(0).says("attached to the deployment of web:1");
}

#[test]
fn new_service_needs_no_group_yet() {
    let server = Scripted::start(Scenario::parse(&format!("targets: {{'{TARGET_GROUP}': []}}")));
    deploy(&server, &file())
        .run()
        .exits(0)
        .says("web: CodeDeploy deploys its next revisions, which needs deployment group DgpECS-default-web");
}

#[test]
fn machine_output_names_the_deployment() {
    let server = deployed("{}");
    let run = Ecsctl::on(&server, &["deploy", "-o", "json"]).file(&changed());
    let result = run.run().exits(0).json();
    let id = server.world(|world| world.code_deploy.deployments.keys().last().unwrap().clone());
    let service = &result["services"][0];
    assert_eq!(service["deployment"], json!(id), "{result:#}");
    assert_eq!(service["taskDefinition"], json!("web:2"), "{result:#}");
    assert_eq!(service["outcome"], json!("done"), "{result:#}");
}

#[test]
fn errors_of_codedeploy_are_shown_in_the_file() {
    let server = Scripted::start(Scenario::default());
    let wrong = file().replace(
        "    deploymentController: {type: CODE_DEPLOY}",
        "    codeDeploy:
      application: shop
      deploymentGroupName: a b
      BeforeInstall: check
      hooks: [{BeforeInstall: check, AfterTraffic: x}, {BeforeInstall: ''}, late]
    deploymentController: {type: ECS}",
    );
    insta::assert_snapshot!("errors", deploy(&server, &wrong).run().exits(2).record());
}

#[test]
fn look_commands_work() {
    let server = deployed("{}");
    deploy(&server, &changed()).run().exits(0);
    server.world(|world| world.deploy_by_another(("default", "web"), "web:1"));
    let look = |verb: &str| {
        let run = Ecsctl::on(&server, &[verb, "web"]).file(&changed());
        format!("$ ecsctl {verb} web\n{}", run.run().exits(0).record())
    };
    let shown: Vec<String> = ["status", "history", "tasks"].into_iter().map(look).collect();
    insta::assert_snapshot!("look", shown.join("\n\n"));
}

#[test]
fn rollback_deploys_the_newest_former_of_many() {
    let server = deployed("{}");
    let revision = |number: usize| file().replace("VERSION: \"1\"", &format!("VERSION: \"{number}\""));
    for number in 2..=13 {
        deploy(&server, &revision(number)).run().exits(0);
    }
    let rollback = Ecsctl::on(&server, &["rollback", "web", "--yes"]).file(&revision(13));
    rollback.run().exits(0);
    assert_eq!(live(&server).0, "web:12");
}
