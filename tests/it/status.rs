//! `ecsctl status`, with and without `--watch`.

mod schedules;

use insta::assert_snapshot;
use rustix::process::Signal;

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::deploys::deploy;
use crate::support::files::{WEB, deploy_yaml};
use crate::support::screen::screen;
use crate::support::two_services;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

const GROUP: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1f0c";

fn file() -> String {
    deploy_yaml([
        ("web", "taskDefinition: 'web:1'"),
        ("worker", "taskDefinition: 'worker:1'"),
        ("new", "taskDefinition: 'worker:1'"),
    ])
}

/// web behind a load balancer with one of two targets unhealthy, and scaled; worker with failing tasks; new
/// doesn't exist.
fn scenario() -> Scenario {
    Scenario::parse(&format!(
        r#"
definitions:
  - {{family: web, containerDefinitions: [{{name: web, image: "acme/shop:1", memory: 128}}]}}
  - {{family: worker, containerDefinitions: [{{name: worker, image: "acme/worker:1", memory: 128}}]}}
services:
  web: {{input: {{taskDefinition: "web:1", desiredCount: 2, loadBalancers: [{{targetGroupArn: "{GROUP}", containerName: web, containerPort: 8080}}]}}}}
  worker:
    input: {{taskDefinition: "worker:1", desiredCount: 1}}
    then:
      taskDefinition: "worker:1"
      polled: 1
      rollout:
        frames:
          - stopped: [{{tasks: 2, exitCode: 137, containerReason: "OutOfMemoryError: Container killed due to memory usage"}}]
scalableTargets: {{web: {{min: 2, max: 10}}}}
targets:
  "{GROUP}":
    - {{Target: {{Id: 10.0.1.17, Port: 8080}}, TargetHealth: {{State: healthy}}}}
    - {{Target: {{Id: 10.0.1.18, Port: 8080}}, TargetHealth: {{State: unhealthy, Reason: Target.FailedHealthChecks, Description: "Health checks failed"}}}}
"#
    ))
}

fn status(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    let arguments: Vec<&str> = std::iter::once("status")
        .chain(arguments.iter().copied())
        .collect();
    Ecsctl::on(server, &arguments).file(&file())
}

#[test]
fn status_on_a_wide_terminal() {
    let server = Scripted::start(scenario());
    let output = status(&server, &[]).run_in_terminal(160).exits(0);
    assert_snapshot!("wide", screen(&output, 160));
    assert_valid(&server);
}

#[test]
fn status_in_a_pipe() {
    let server = Scripted::start(scenario());
    let output = status(&server, &[]).run().exits(0);
    assert_snapshot!("pipe", output.record());
    assert_valid(&server);
}

#[test]
fn status_on_a_narrow_terminal() {
    let server = Scripted::start(scenario());
    let output = status(&server, &["web"]).run_in_terminal(20).exits(0);
    assert_snapshot!("narrow", screen(&output, 20));
}

#[test]
fn status_as_json() {
    let server = Scripted::start(scenario());
    let document = status(&server, &["-o", "json"]).run().exits(0).json();
    let [web, worker, new] = document["services"].as_array().unwrap().as_slice() else {
        panic!("{document:#}")
    };
    assert_eq!(web["url"], "https://web-1.us-east-1.elb.amazonaws.com");
    assert_eq!(web["targets"][0]["healthy"], 1);
    assert_eq!(
        web["targets"][0]["others"][0]["reason"],
        "Target.FailedHealthChecks"
    );
    assert_eq!(web["tasks"][0]["status"], "RUNNING");
    assert_eq!(web["image"], "acme/shop:1");
    assert_eq!(worker["failed"][0]["count"], 2);
    assert_eq!(worker["failed"][0]["exitCode"], 137);
    assert_eq!(new["status"], "MISSING");
    assert_eq!(document["notes"], serde_json::json!([]));
}

#[test]
fn reads_run_in_parallel() {
    let server = Scripted::start(scenario().latency(50));
    status(&server, &["web"]).run().exits(0);
    // The services, then their target groups, load balancers, and listeners; rules.
    let rounds = server.log().rounds();
    assert!(rounds <= 4, "{rounds} rounds: {:?}", server.log().names());
    assert!(server.log().writes().is_empty());
}

/// Starts web and worker, and stops one of web's tasks a minute before or after web was deployed.
fn with_stopped_task(seconds: f64, reason: &str) -> Scripted {
    let server = two_services::running("");
    server.world(|world| {
        let web = &mut world.services[&("default".to_owned(), "web".to_owned())];
        let deployed_at = web.deployments[0].created_at.as_f64().unwrap();
        let task = &mut web.tasks[0];
        task.stop("EssentialContainerExited", "Essential container in task exited");
        task.more = serde_json::json!({"stoppedAt": deployed_at + seconds});
        task.containers[0]["exitCode"] = 1.into();
        task.containers[0]["reason"] = reason.into();
        let at = deployed_at + seconds;
        let message = "(service web) was unable to place a task because no container instance met all of its requirements.";
        web.events = vec![serde_json::json!({"id": "1", "createdAt": at, "message": message})];
        web.deployments[0].running = 1;
    });
    server
}

fn web(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    let arguments: Vec<&str> = ["status", "web"].iter().chain(arguments).copied().collect();
    two_services::run(server, &arguments)
}

#[test]
fn failures_before_what_runs_are_not_shown() {
    let server = with_stopped_task(-60.0, "out of luck");
    let output = web(&server, &[]).run().exits(0);
    assert!(!output.stdout.contains("failed"), "{}", output.stdout);
    assert!(!output.stdout.contains("unable"), "{}", output.stdout);
    let document = web(&server, &["-o", "json"]).run().exits(0).json();
    assert_eq!(document["services"][0]["failed"], serde_json::json!([]));
}

#[test]
fn later_failures_are_shown_once_with_their_age() {
    let server = with_stopped_task(60.0, "out of luck");
    let output = web(&server, &[]).run_in_terminal(160).exits(0);
    for said in [
        r"1 task of web:1 failed \d days? ago \(web: exit code 1\): out of luck",
        r"ECS, \d days? ago: \(service web\) was unable",
    ] {
        let found = regex::Regex::new(said).unwrap().find_iter(&output.stdout).count();
        assert_eq!(found, 1, "{said}: {}", output.stdout);
    }
}

#[test]
fn long_reasons_are_cut_on_a_terminal() {
    let reason = format!("CannotPullContainerError: {} the end", "pull ".repeat(40));
    let server = with_stopped_task(60.0, &reason);
    let output = web(&server, &[]).run_in_terminal(80).exits(0);
    let screen = screen(&output, 80);
    assert!(
        screen.contains("CannotPull") && !screen.contains("the end"),
        "{screen}"
    );
    assert!(screen.contains('…'), "{screen}");
    let output = web(&server, &[]).run().exits(0);
    assert!(output.stdout.contains("the end"), "{}", output.stdout);
}

#[test]
fn running_image_is_shown_with_its_digest() {
    let server = two_services::running("");
    let digest = format!("sha256:{}", "1f0c2a91".repeat(8));
    let set = |of: usize, digest: &str| {
        server.world(|world| {
            let web = &mut world.services[&("default".to_owned(), "web".to_owned())];
            web.tasks[of].containers[0]["imageDigest"] = digest.into();
        });
    };
    let output = web(&server, &[]).run().exits(0);
    assert!(output.stdout.contains("     image shop:1\n"), "{}", output.stdout);
    set(0, &digest);
    set(1, &digest);
    let output = web(&server, &[]).run().exits(0);
    assert!(
        output.stdout.contains("     image shop:1@sha256:1f0c2a91\n"),
        "{}",
        output.stdout
    );
    let document = web(&server, &["-o", "json"]).run().exits(0).json();
    assert_eq!(document["services"][0]["images"][0]["digest"], digest);
    // A tag that was moved: what runs isn't one image.
    set(1, &digest.replace('1', "2"));
    let output = web(&server, &[]).run().exits(0);
    assert!(output.stdout.contains("     image shop:1\n"), "{}", output.stdout);
}

#[test]
fn missing_permissions_are_reported_once() {
    let rights = [
        "ecs ListTasks",
        "ecs DescribeTaskDefinition",
        "elbv2 DescribeTargetHealth",
        "elbv2 DescribeTargetGroups",
        "application-autoscaling DescribeScalableTargets",
    ];
    let denied = rights
        .iter()
        .fold(scenario(), |scenario, right| scenario.fault(Fault::denied(right)));
    let server = Scripted::start(denied);
    let output = status(&server, &[]).run().exits(0);
    assert_snapshot!("denied", output.record());
}

#[test]
fn missing_permission_to_describe_services_is_an_error() {
    let server = Scripted::start(scenario().fault(Fault::denied("ecs DescribeServices")));
    status(&server, &[]).run().exits(3).says("ecs:DescribeServices");
}

#[test]
fn many_services_need_few_requests() {
    let names: Vec<String> = (0..30).map(|number| format!("s{number}")).collect();
    let services: String = names
        .iter()
        .map(|name| format!("  {name}: {{input: {{taskDefinition: 'web:1', desiredCount: 1}}}}\n"))
        .collect();
    let server = Scripted::start(Scenario::parse(&format!(
        "definitions: [{{family: web, containerDefinitions: [{{name: web, image: shop, memory: 128}}]}}]\nservices:\n{services}"
    )));
    let keys = names.iter().map(|name| (name, "taskDefinition: 'web:1'"));
    let output = Ecsctl::on(&server, &["status"])
        .file(&deploy_yaml(keys))
        .run()
        .exits(0);
    assert!(output.stdout.contains("name some"), "{}", output.stdout);
    assert_eq!(server.log().names().len(), 4, "{:?}", server.log().names());
}

/// Starts a server with two services; web has a deployment in progress, and is behind a load balancer if
/// `more` says so.
fn rolling(more: &str, rollout: &str) -> Scripted {
    Scripted::start(Scenario::parse(&format!(
        r#"
definitions:
  - {{family: web, containerDefinitions: [{{name: web, image: "acme/shop:1", memory: 128}}]}}
  - {{family: web, containerDefinitions: [{{name: web, image: "acme/shop:2", memory: 128}}]}}
services:
  web:
    input: {{taskDefinition: "web:1", desiredCount: 2{more}}}
    then: {{taskDefinition: "web:2", polled: 1, rollout: {{frames: [{rollout}]}}}}
"#
    )))
}

const NO_BREAKER: &str =
    ", deploymentConfiguration: {deploymentCircuitBreaker: {enable: false, rollback: false}}";

#[test]
fn crash_loop_shows_the_running_revision() {
    let server = rolling(NO_BREAKER, "{stopped: [{tasks: 3, exitCode: 1}]}");
    let output = status(&server, &["web"]).run_in_terminal(100).exits(0);
    assert_snapshot!("crash_loop", screen(&output, 100));
    let document = status(&server, &["web", "-o", "json"]).run().exits(0).json();
    let web = &document["services"][0];
    assert_eq!(web["running"], 2);
    let counts: Vec<_> = web["deployments"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&counts[0]["running"], &counts[0]["desired"]),
        (&0.into(), &2.into())
    );
    assert_eq!(
        (&counts[1]["running"], &counts[1]["desired"]),
        (&2.into(), &2.into())
    );
    assert_eq!(web["inFlight"]["status"], "IN_PROGRESS");
    assert_eq!(web["inFlight"]["strategy"], "ROLLING");
    assert_valid(&server);
}

const CANARY: &str = ", deploymentConfiguration: {strategy: CANARY, bakeTimeInMinutes: 5, \
    canaryConfiguration: {canaryPercent: 5, canaryBakeTimeInMinutes: 10}}";

#[test]
fn canary_shows_stage_and_traffic() {
    let shifting = "{running: all, stage: PRODUCTION_TRAFFIC_SHIFT, traffic: 5, testTraffic: 100}";
    let server = rolling(CANARY, shifting);
    let output = status(&server, &["web"]).run_in_terminal(120).exits(0);
    assert_snapshot!("canary", screen(&output, 120));
    let document = status(&server, &["web", "-o", "json"]).run().exits(0).json();
    let web = &document["services"][0];
    assert_eq!(web["inFlight"]["stage"], "PRODUCTION_TRAFFIC_SHIFT");
    assert_eq!(web["inFlight"]["bakeMinutes"], 10);
    assert_eq!(web["deployments"][0]["productionTraffic"], 5.0);
    assert_eq!(web["deployments"][0]["testTraffic"], 100.0);
    assert_eq!(web["deployments"][1]["productionTraffic"], 95.0);
    assert_valid(&server);
}

const PAUSED: &str =
    "{running: all, stage: POST_TEST_TRAFFIC_SHIFT, traffic: 0, testTraffic: 100, hook: {minutes: 60}}";

#[test]
fn pause_shows_its_end_and_the_next_commands() {
    let blue_green = ", deploymentConfiguration: {strategy: BLUE_GREEN, bakeTimeInMinutes: 5}";
    let server = rolling(blue_green, PAUSED);
    let output = status(&server, &["web"]).run_in_terminal(120).exits(0);
    assert_snapshot!("paused", screen(&output, 120));
    let output = status(&server, &["web"]).run().exits(0);
    assert_snapshot!("paused_pipe", output.record());
    let output = status(&server, &["web"]).run_in_terminal(20).exits(0);
    assert_snapshot!("paused_narrow", screen(&output, 20));
    let document = status(&server, &["web", "-o", "json"]).run().exits(0).json();
    let flight = &document["services"][0]["inFlight"];
    assert_eq!(flight["paused"], true);
    assert_eq!(flight["hook"]["kind"], "PAUSE");
    assert_eq!(flight["hook"]["status"], "AWAITING_ACTION");
    assert_eq!(flight["hook"]["timeoutAction"], "ROLLBACK");
    assert!(flight["hook"]["expiresAt"].is_string(), "{flight:#}");
    assert!(server.log().writes().is_empty());
}

fn stages_are_left_out_without_permission(right: &str) {
    let blue_green = ", deploymentConfiguration: {strategy: BLUE_GREEN, bakeTimeInMinutes: 5}";
    let server = rolling(blue_green, PAUSED);
    server.fault(Fault::denied(right));
    let output = status(&server, &["web"]).run().exits(0);
    let action = right.replace(' ', ":");
    let note = format!("! deployment stages and traffic can't be shown without permission for {action}");
    for said in [
        "web:2  2 of 2 running",
        "~ rolling out web:2",
        "~ web:1 still running: 2 of 2",
        &note,
    ] {
        assert!(output.stdout.contains(said), "{said}: {}", output.stdout);
    }
}

cases! { stages_are_left_out_without_permission {
    to_list("ecs ListServiceDeployments");
    to_describe("ecs DescribeServiceDeployments");
} }

#[test]
fn steady_service_needs_no_service_deployments() {
    let server = Scripted::start(scenario());
    status(&server, &["web"]).run().exits(0);
    let log = server.log();
    assert!(
        !log.names().iter().any(|name| name.contains("ServiceDeployments")),
        "{:?}",
        log.names()
    );
}

/// Starts a server with a service whose third poll shows another count.
fn moving() -> Scripted {
    Scripted::start(Scenario::parse(
        r#"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "acme/shop:1", memory: 128}]}
services:
  web:
    input: {taskDefinition: "web:1", desiredCount: 2}
    then: {taskDefinition: "web:1", rollout: {frames: [{polls: 2, pending: all}, {polls: 2, running: 1, pending: 1}, {running: all, pending: 0}, {settle: true}]}}
"#,
    ))
}

fn watch_redraws_in_place(columns: u16) {
    let server = moving();
    let ecsctl = status(&server, &["web", "--watch"]);
    let running = ecsctl.start_in_terminal(columns);
    running.wait_until_it_shows("2 of 2");
    running.signal(Signal::INT);
    let output = running.end();
    assert_eq!(output.code(), 130, "{}", output.stdout);
    assert!(!output.stdout.contains("error"), "{}", output.stdout);
    let screen = screen(&output, columns);
    assert_eq!(screen.matches("default in").count(), 1, "{screen}");
    assert!(
        screen.lines().all(|line| line.chars().count() <= columns.into()),
        "{screen}"
    );
    // It may end between two polls: in any case one whole screen is shown.
    assert!(screen.contains("web"), "{screen}");
}

cases! { watch_redraws_in_place {
    on_a_wide_terminal(100);
    on_a_narrow_terminal(20);
} }

#[test]
fn watch_prints_a_line_a_change_in_a_pipe() {
    let server = moving();
    let ecsctl = status(&server, &["web", "--watch"]);
    let running = ecsctl.start();
    running.wait_until_it_shows("web: ACTIVE, web:1, 2 of 2 running\n");
    running.signal(Signal::INT);
    let output = running.end();
    assert_eq!((output.code(), output.stderr.as_str()), (130, ""));
    // Tasks are read concurrently with the service, so their states may be slightly older.
    let states = regex::Regex::new("; ~ tasks: [^;\n]*").unwrap();
    let text = crate::support::cli::filtered(&output.stdout, output.folder());
    let mut lines: Vec<String> = text
        .lines()
        .map(|line| states.replace(line, "").into_owned())
        .collect();
    lines.dedup();
    assert_snapshot!("watched", lines.join("\n"));
}

#[test]
fn watch_prints_a_document_a_change_as_jsonl() {
    let server = moving();
    let ecsctl = status(&server, &["web", "-w", "-o", "jsonl"]);
    let running = ecsctl.start();
    running
        .wait_until_it_shows("\"status\":\"PRIMARY\",\"taskDefinition\":\"web:1\",\"rollout\":\"COMPLETED\"");
    running.signal(Signal::TERM);
    let output = running.end();
    assert_eq!(output.code(), 143);
    let documents: Vec<serde_json::Value> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(documents.len() >= 3, "{}", output.stdout);
    assert!(
        documents.windows(2).all(|pair| pair[0] != pair[1]),
        "{}",
        output.stdout
    );
}

#[test]
fn watch_refuses_json() {
    let server = moving();
    status(&server, &["-w", "-o", "json"])
        .run()
        .exits(2)
        .says("-o jsonl");
}

#[test]
fn failing_polls_do_not_end_the_watch() {
    let failing = Fault {
        status: Some(503),
        from: Some(2),
        times: Some(12),
        ..Fault::on("ecs DescribeServices")
    };
    let server = Scripted::start(scenario().fault(failing));
    let ecsctl = status(&server, &["web", "--watch"]);
    let running = ecsctl.start();
    running.wait_until_it_says("still trying");
    running.signal(Signal::INT);
    assert_eq!(running.end().code(), 130);
}

/// Deploys `web` with autoscaling and raises its minimum, which Application Auto Scaling notes as an activity.
fn scaled() -> Scripted {
    scaled_on(Scenario::default())
}

fn scaled_on(scenario: Scenario) -> Scripted {
    let server = Scripted::start(scenario);
    let file = format!(
        "{}    autoscaling: {{minCapacity: 2, maxCapacity: 9, targetTracking: {{cpu: 60}}}}\n",
        WEB
    );
    for file in [file.clone(), file.replace("minCapacity: 2", "minCapacity: 3")] {
        deploy(&server, &file).run().exits(0);
    }
    let reason = "Threshold Crossed: 3 datapoints were greater than the threshold (60.0).";
    server.world(|world| {
        world.alarms[0]["StateValue"] = "ALARM".into();
        world.alarms[0]["StateReason"] = reason.into();
        world.alarms[1]["StateValue"] = "OK".into();
        world.metrics.insert("CPUUtilization".to_owned(), 71.25);
    });
    server.clear_log();
    server
}

#[test]
fn policies_and_scaling_activities_are_shown() {
    let server = scaled();
    let output = Ecsctl::on(&server, &["status"]).file(WEB).run().exits(0);
    assert_snapshot!("scaling", output.record());
    let scaling = Ecsctl::on(&server, &["status", "-o", "json"])
        .file(WEB)
        .run()
        .exits(0)
        .json()["services"][0]["scaling"]
        .clone();
    assert_eq!((&scaling["min"], &scaling["max"]), (&3.into(), &9.into()));
    assert_eq!(scaling["policies"][0]["name"], "ecsctl/cpu");
    assert_eq!(scaling["policies"][0]["target"], 60.0);
    assert_eq!(scaling["policies"][0]["value"], 71.25);
    assert!(scaling["policies"][0]["measuredAt"].is_string(), "{scaling}");
    assert_eq!(scaling["activities"][0]["cause"], "minimum capacity was set to 3");
    assert_eq!(scaling["suspended"], serde_json::json!([]));
    let alarms = scaling["policies"][0]["alarms"].as_array().unwrap();
    let states: Vec<_> = alarms.iter().map(|it| it["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["ALARM", "OK"]);
    assert_valid(&server);
}

#[test]
fn unreadable_policies_and_activities_are_noted() {
    let server = scaled();
    for operation in ["DescribeScalingPolicies", "DescribeScalingActivities"] {
        server.fault(Fault::denied(&format!("application-autoscaling {operation}")));
    }
    let output = Ecsctl::on(&server, &["status"]).file(WEB).run().exits(0);
    assert!(output.stdout.contains("scaling 3 to 9"), "{}", output.stdout);
    for action in ["DescribeScalingPolicies", "DescribeScalingActivities"] {
        let note = format!("without permission for application-autoscaling:{action}");
        assert!(output.stdout.contains(&note), "{}", output.stdout);
    }
}

#[test]
fn alarms_of_policies_are_left_out_without_permission() {
    let server = scaled();
    server.fault(Fault::denied("cloudwatch DescribeAlarms"));
    let output = Ecsctl::on(&server, &["status"]).file(WEB).run().exits(0);
    let note = "! alarms of scaling policies can't be shown without permission for cloudwatch:DescribeAlarms";
    for said in [
        "policies ecsctl/cpu (ECSServiceAverageCPUUtilization, target 60)",
        note,
    ] {
        assert!(output.stdout.contains(said), "{said}: {}", output.stdout);
    }
    assert!(!output.stdout.contains("ALARM"), "{}", output.stdout);
}

#[test]
fn metric_values_are_left_out_without_permission() {
    let server = scaled();
    server.fault(Fault::denied("cloudwatch GetMetricData"));
    let output = Ecsctl::on(&server, &["status"]).file(WEB).run().exits(0);
    let note = "! metrics of scaling policies can't be shown without permission for cloudwatch:GetMetricData";
    for said in [
        "(ECSServiceAverageCPUUtilization, target 60)",
        "ALARM, Threshold",
        note,
    ] {
        assert!(output.stdout.contains(said), "{said}: {}", output.stdout);
    }
}

#[test]
fn metrics_without_a_value_are_named() {
    let server = scaled();
    server.world(|world| world.metrics.clear());
    let output = Ecsctl::on(&server, &["status"]).file(WEB).run().exits(0);
    let policy = "policies ecsctl/cpu (ECSServiceAverageCPUUtilization, target 60)";
    assert!(output.stdout.contains(policy), "{}", output.stdout);
    assert!(!output.stdout.contains("! "), "{}", output.stdout);
}

#[test]
fn values_are_of_the_alarms_metric() {
    let server = scaled();
    Ecsctl::on(&server, &["status"]).file(WEB).run().exits(0);
    let input = server.log().only("cloudwatch GetMetricData").input.clone();
    let metric = &input["MetricDataQueries"][0]["MetricStat"]["Metric"];
    assert_eq!(metric["Namespace"], "AWS/ECS");
    assert_eq!(metric["MetricName"], "CPUUtilization");
    assert_eq!(metric["Dimensions"][1]["Value"], "web");
    let times = ["StartTime", "EndTime"].map(|name| input[name].as_i64().unwrap());
    assert_eq!((times[1] - times[0], times[1] % 60), (600, 0));
}

#[test]
fn scaling_takes_four_round_trips_at_most() {
    let server = scaled_on(Scenario::default().latency(50));
    Ecsctl::on(&server, &["status"]).file(WEB).run().exits(0);
    let rounds = server.log().rounds();
    assert!(rounds <= 4, "{rounds} rounds: {:?}", server.log().names());
}
