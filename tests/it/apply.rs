//! Deploys against the scripted ECS while things go wrong: settings, rights, lost replies, kills.

use rustix::process::Signal;

use crate::support::{Cut, Ecsctl, Fault, Output, Scenario, Scripted};

const FILE: &str = "
services:
  web:
    taskDefinition:
      requiresCompatibilities: [EC2]
      containerDefinitions:
        web: {image: 'shop:2', memory: 128}
    desiredCount: 1
";

/// A service that runs `shop:1`, for `FILE` to change.
const OLDER: &str = "
about: an older revision runs
definitions:
  - {family: web, requiresCompatibilities: [EC2], networkMode: awsvpc, containerDefinitions: [{name: web, image: 'shop:1', memory: 128}]}
services:
  web: {input: {taskDefinition: 'web:1', desiredCount: 1}}
";

const EMPTY: &str = "about: nothing there";

fn start(scenario: &str) -> Scripted {
    Scripted::start(Scenario::parse(scenario))
}

fn deploy(server: &Scripted) -> Ecsctl {
    Ecsctl::on(server, &["deploy"]).file(FILE)
}

/// How many revisions of `web` there are, and how many deployments the service has had.
fn made(server: &Scripted) -> (usize, usize) {
    server.world(|world| {
        let revisions = world.definitions.family("web").len();
        let deployments = world.services.values().map(|service| service.history.len()).sum();
        (revisions, deployments)
    })
}

/// The program with one variable more, looking at a service.
fn status(name: &str, value: &str) -> Output {
    Ecsctl::new(&["status"]).file(FILE).env(name, value).run()
}

#[test]
fn settings_that_can_not_work_are_errors_before_any_call() {
    status("AWS_PROFILE", "nope")
        .exits(3)
        .says("there is no AWS profile `nope` (AWS_PROFILE)");
    status("AWS_REGION", "").exits(3).says("no AWS region is set");
    status("AWS_MAX_ATTEMPTS", "0")
        .exits(2)
        .says("`0` is not a number of attempts (AWS_MAX_ATTEMPTS)");
    status("AWS_ENDPOINT_URL", "127.0.0.1:1")
        .exits(2)
        .says("is not an endpoint's URL (AWS_ENDPOINT_URL)");
    Ecsctl::new(&["status"])
        .file(FILE)
        .without("AWS_ACCESS_KEY_ID")
        .run()
        .exits(3)
        .says("environment (AWS_ACCESS_KEY_ID is not set), profile `default` (no such profile)");
}

#[test]
fn an_endpoint_that_nobody_listens_at_is_named() {
    // Bound and closed again, so that nobody listens there.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    status("AWS_ENDPOINT_URL", &url)
        .exits(3)
        .says(&format!("cannot reach {url}"))
        .says("Connection refused")
        .says("AWS_ENDPOINT_URL names that endpoint");
}

#[test]
fn another_account_is_refused_before_any_write() {
    let server = start(OLDER);
    deploy(&server)
        .file(&format!("account: '210987654321'\n{FILE}"))
        .run()
        .exits(3)
        .says("this is account 123456789012, deploy.yaml says 210987654321");
    assert!(server.log().writes().is_empty());
}

#[test]
fn each_right_that_is_missing_is_named() {
    for (scenario, operation) in [
        (OLDER, "DescribeServices"),
        (OLDER, "DescribeTaskDefinition"),
        (OLDER, "RegisterTaskDefinition"),
        (OLDER, "UpdateService"),
        (EMPTY, "CreateService"),
    ] {
        let server = start(&format!(
            "{scenario}\nfaults: [{{operation: ecs {operation}, deny: true}}]"
        ));
        deploy(&server)
            .run()
            .exits(3)
            .says(&format!("allow ecs:{operation}"))
            .says("to arn:aws:iam::123456789012:user/ci");
    }
    let role = "arn:aws:iam::123456789012:role/web";
    let server = start(&format!(
        "{OLDER}\nfaults: [{{operation: ecs RegisterTaskDefinition, deny: 'iam:PassRole', on: '{role}'}}]"
    ));
    deploy(&server)
        .run()
        .exits(3)
        .says("not allowed to register task definition web")
        .says(&format!("allow iam:PassRole on {role} to"))
        .says("with iam:PassedToService ecs-tasks.amazonaws.com");
}

#[test]
fn a_count_that_something_else_may_set_is_only_warned_about() {
    let server = start(&format!(
        "{OLDER}\nfaults: [{{operation: application-autoscaling DescribeScalableTargets, deny: true}}]"
    ));
    deploy(&server).run().exits(0).says("the count is never lowered");
}

/// What can happen to a request that matters.
fn troubles() -> Vec<Fault> {
    let trouble = |change: &dyn Fn(&mut Fault)| {
        let mut fault = Fault {
            nth: Some(1),
            ..Fault::default()
        };
        change(&mut fault);
        fault
    };
    vec![
        trouble(&|fault| fault.throttle = true),
        trouble(&|fault| fault.status = Some(503)),
        trouble(&|fault| fault.reset = true),
        trouble(&|fault| fault.half = true),
        trouble(&|fault| {
            fault.reset = true;
            fault.processed = true;
        }),
        trouble(&|fault| {
            fault.status = Some(500);
            fault.processed = true;
        }),
    ]
}

#[test]
fn trouble_on_the_way_never_does_anything_twice() {
    for (scenario, operation, expected) in [
        (OLDER, "ecs RegisterTaskDefinition", (2, 2)),
        (OLDER, "ecs UpdateService", (2, 2)),
        (EMPTY, "ecs CreateService", (1, 1)),
    ] {
        for mut trouble in troubles() {
            let server = start(scenario);
            trouble.operation = operation.to_owned();
            server.fault(trouble.clone());
            deploy(&server).run().exits(0);
            assert_eq!(made(&server), expected, "{operation} {trouble:?}");
            server.clear_log();
            deploy(&server).run().exits(0).says("nothing to do");
            assert!(server.log().writes().is_empty(), "{operation} {trouble:?}");
        }
    }
}

#[test]
fn killed_at_any_write_the_next_run_comes_to_the_same_end() {
    for (scenario, operation, expected) in [
        (OLDER, "ecs RegisterTaskDefinition", (2, 2)),
        (OLDER, "ecs UpdateService", (2, 2)),
        (EMPTY, "ecs RegisterTaskDefinition", (1, 1)),
        (EMPTY, "ecs CreateService", (1, 1)),
    ] {
        for cut in [Cut::BeforeReply, Cut::AfterReply] {
            let server = start(scenario);
            server.freeze_at(operation, 1, cut);
            let program = deploy(&server);
            let run = program.start();
            server.wait_frozen();
            run.signal(Signal::KILL);
            run.end();
            server.thaw();
            deploy(&server).run().exits(0);
            assert_eq!(made(&server), expected, "{operation} {cut:?}");
        }
    }
}

#[test]
fn a_service_of_that_name_that_still_drains_is_waited_for() {
    let server = Scripted::start(Scenario::file("draining"));
    deploy(&server)
        .run()
        .exits(0)
        .says("the old service web still drains");
    assert_eq!(server.log().of("ecs CreateService").len(), 1);
}

#[test]
fn an_unchanged_deploy_takes_few_round_trips() {
    let server = Scripted::start(Scenario::parse(OLDER).latency(30));
    deploy(&server).run().exits(0);
    server.clear_log();
    deploy(&server).run().exits(0).says("nothing to do");
    let log = server.log();
    assert!(log.writes().is_empty(), "{:?}", log.names());
    assert!(log.rounds() <= 4, "{} rounds: {:?}", log.rounds(), log.names());
}
