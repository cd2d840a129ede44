//! Several services of which some roll back: each as soon as it has failed; a rollback chosen at the prompt starts
//! nothing new.

use rustix::process::Signal;

use crate::support::cases;
use crate::support::cli::Running;
use crate::support::files::deploy_yaml;
use crate::support::rollbacks::{FOR_EVER, definitions, document, outcome};
use crate::support::{Cut, Ecsctl, Fault, Scenario, Scripted};

/// Services of this name, each of which runs the second revision of its family, without a circuit breaker.
fn with(services: &[&str], more: &str) -> Scripted {
    let definitions = services.iter().map(|name| definitions(name, 3));
    let there = services.iter().map(|name| {
        format!(
            "  {name}: {{input: {{taskDefinition: '{name}:1', desiredCount: 2, launchType: FARGATE, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}}}, before: [{{taskDefinition: '{name}:2'}}]}}\n"
        )
    });
    Scripted::start(Scenario::parse(&format!(
        "definitions:\n{}services:\n{}{more}",
        definitions.collect::<String>(),
        there.collect::<String>()
    )))
}

/// Deploys the third revision of these services, each after those that it depends on.
fn deploy(server: &Scripted, services: &[(&str, &str)], arguments: &[&str]) -> Ecsctl {
    let services = services.iter().map(|(name, after)| {
        let members = format!(
            "taskDefinition: '{name}:3', dependsOn: [{after}], desiredCount: 2, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}"
        );
        (name, members)
    });
    let file = deploy_yaml(services);
    let mut all = vec!["deploy", "-o", "json", "--timeout", FOR_EVER];
    all.extend(arguments);
    Ecsctl::on(server, &all).file(&file)
}

#[test]
fn failed_service_rolls_back_while_others_are_watched() {
    let server = with(
        &["bad", "slow"],
        "rollouts:
  bad: [{frames: [{pending: all}, {stopped: [{tasks: 2, exitCode: 1}]}, {stopped: [{tasks: 2, exitCode: 1}]}, {stopped: [{tasks: 2, exitCode: 1}]}]}]
  slow: [{frames: [{pending: all, polls: 60}, {running: all, pending: 0}, {settle: true}]}]
",
    );
    let output = deploy(&server, &[("bad", ""), ("slow", "")], &["--rollback-on-failure"])
        .run()
        .exits(5);
    let log = server.log();
    let stopped = log
        .0
        .iter()
        .position(|it| it.name == "ecs StopServiceDeployment")
        .unwrap();
    let still = log.0[stopped..].iter().filter(|it| {
        it.name == "ecs DescribeServices" && it.input["services"] == serde_json::json!(["slow"])
    });
    assert!(still.count() > 20, "{:?}", log.names());
    let back = output
        .stderr
        .find("bad: bad:3 failed and was rolled back; bad:2 runs")
        .unwrap();
    let done = output.stderr.find("slow runs slow:3").unwrap();
    assert!(back < done, "{}", output.stderr);
    let document = output.json();
    assert_eq!(outcome(&document, "bad").0, "rolledBack");
    assert_eq!(outcome(&document, "slow").0, "done");
}

/// Answers the question that Ctrl-C asks with `r`, while the world stands still and each of two services waits for a
/// reply. Another request says that the answer was heard.
fn go_back(server: &Scripted, running: &Running) {
    server.wait_frozen();
    server.wait_for_unanswered(2);
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    running.type_in("r\n");
    server.wait_for_unanswered(3);
    server.thaw();
    server.end_connections();
}

#[test]
fn waiting_service_is_cancelled_by_a_rollback() {
    let server = with(
        &["web", "old", "last"],
        "rollouts: {web: [{frames: [{pending: all}]}]}\n",
    );
    server.world(|world| {
        let old = world
            .services
            .get_mut(&("default".to_owned(), "old".to_owned()))
            .unwrap();
        "DRAINING".clone_into(&mut old.status);
    });
    let run = deploy(&server, &[("web", ""), ("old", ""), ("last", "old")], &[]);
    server.freeze_at("ecs DescribeServices", 8, Cut::BeforeReply);
    let running = run.start_in_terminal(100);
    go_back(&server, &running);
    let output = running.end().exits(5);
    assert_eq!(
        server.log().writes(),
        ["ecs UpdateService", "ecs StopServiceDeployment"]
    );
    let document = document(&output.stdout);
    assert_eq!(outcome(&document, "web").0, "rolledBack");
    for name in ["old", "last"] {
        let reason = "skipped: rollback was requested before this service started".to_owned();
        assert_eq!(outcome(&document, name), ("interrupted".to_owned(), reason));
    }
}

#[test]
fn unanswered_change_rolls_back_too() {
    let server = with(
        &["web", "api"],
        "rollouts: {web: [{frames: [{pending: all}]}], api: [{frames: [{pending: all}]}]}\n",
    );
    server.freeze_at("ecs UpdateService", 2, Cut::BeforeReply);
    let run = deploy(&server, &[("web", ""), ("api", "")], &[]);
    let running = run.start_in_terminal(100);
    go_back(&server, &running);
    let output = running.end().exits(5);
    let document = document(&output.stdout);
    for name in ["web", "api"] {
        assert_eq!(outcome(&document, name).0, "rolledBack", "{document:#}");
        server.world(|world| {
            let service = &world.services[&("default".to_owned(), name.to_owned())];
            assert!(
                service.primary().unwrap().task_definition.ends_with(":2"),
                "{name}"
            );
        });
    }
    assert_eq!(server.log().of("ecs StopServiceDeployment").len(), 2);
}

#[test]
fn throttled_change_is_not_retried_after_a_rollback() {
    let server = with(
        &["web", "api"],
        "rollouts: {web: [{frames: [{pending: all}]}], api: [{frames: [{pending: all}]}]}
",
    );
    server.fault(Fault {
        throttle: true,
        about: Some("api:3".to_owned()),
        ..Fault::on("ecs UpdateService")
    });
    // A later attempt at `api`, when `web` has been updated: throttled too, but the reply is lost.
    server.freeze_at_one_about("ecs UpdateService", 3, "api:3", Cut::BeforeReply);
    let run = deploy(&server, &[("web", ""), ("api", "")], &[]);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    let updates = server.log().of("ecs UpdateService").len();
    go_back(&server, &running);
    let output = running.end().exits(5);
    assert_eq!(server.log().of("ecs UpdateService").len(), updates);
    assert_eq!(server.log().of("ecs StopServiceDeployment").len(), 1);
    let document = document(&output.stdout);
    assert_eq!(outcome(&document, "web").0, "rolledBack");
    let reason = "skipped: rollback was requested before this service started".to_owned();
    assert_eq!(outcome(&document, "api"), ("interrupted".to_owned(), reason));
}

#[test]
fn hanging_change_does_not_block_other_rollbacks() {
    let server = with(
        &["web", "api"],
        "rollouts: {web: [{frames: [{pending: all}]}]}
",
    );
    server.fault(Fault {
        hang: true,
        about: Some("api:3".to_owned()),
        ..Fault::on("ecs UpdateService")
    });
    let run = deploy(&server, &[("web", ""), ("api", "")], &[]);
    let running = run.start_in_terminal(100);
    server.wait_for("ecs UpdateService", 2);
    running.wait_until_it_shows("web:3");
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    running.type_in("r\n");
    server.wait_for("ecs StopServiceDeployment", 1);
    let log = server.log();
    let is_api = |it: &&&crate::support::log::Exchange| it.input["service"] == "api";
    let waiting = log.of("ecs UpdateService");
    let waiting: Vec<_> = waiting.iter().filter(is_api).collect();
    assert!(
        matches!(waiting.as_slice(), [one] if one.answered.is_none()),
        "{waiting:?}"
    );
    server.heal();
    server.end_connections();
    let output = running.end().exits(5);
    let document = document(&output.stdout);
    assert_eq!(outcome(&document, "web").0, "rolledBack");
    assert_eq!(outcome(&document, "api").0, "interrupted");
}

/// A service's tags are set before its update, so that new tasks get them.
#[test]
fn rollback_after_the_tags_says_that_they_were_set() {
    let server = with(
        &["web", "api"],
        "rollouts: {web: [{frames: [{pending: all}]}]}
",
    );
    server.fault(Fault {
        hold: true,
        ..Fault::on("ecs TagResource")
    });
    let members = "desiredCount: 2, networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}";
    let file = deploy_yaml([
        ("web", format!("taskDefinition: 'web:3', {members}")),
        (
            "api",
            format!("taskDefinition: 'api:3', tags: [{{key: team, value: shop}}], {members}"),
        ),
    ]);
    let arguments = ["deploy", "-o", "json", "--timeout", FOR_EVER];
    let run = Ecsctl::on(&server, &arguments).file(&file);
    let running = run.start_in_terminal(100);
    server.wait_for("ecs TagResource", 1);
    running.wait_until_it_shows("web:3");
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    running.type_in("r\n");
    server.wait_for("ecs StopServiceDeployment", 1);
    server.end_connections();
    let output = running.end().exits(5);
    let document = document(&output.stdout);
    assert_eq!(outcome(&document, "web").0, "rolledBack");
    let reason = "its tags were set; rollback was requested before this service was updated".to_owned();
    assert_eq!(outcome(&document, "api"), ("interrupted".to_owned(), reason));
    assert_eq!(server.log().of("ecs UpdateService").len(), 1);
}

#[test]
fn late_answer_does_not_answer_the_next_question() {
    let server = with(
        &["first", "second"],
        "rollouts: {first: [{frames: [{pending: all}, {running: all, pending: 0}, {settle: true}]}], second: [{frames: [{pending: all}]}]}\n",
    );
    server.freeze_at("ecs DescribeServices", 3, Cut::BeforeReply);
    let run = deploy(&server, &[("first", ""), ("second", "first")], &[]);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    server.thaw();
    server.end_connections();
    server.wait_for("ecs UpdateService", 2);
    running.type_in("r\n");
    running.wait_until_it_shows("not rolled back: the deployment has already ended");
    running.signal(Signal::INT);
    running.wait_until_it_shows_times("keep waiting", 2);
    running.type_in("l\n");
    running.end().exits(130);
    assert_eq!(server.log().writes(), ["ecs UpdateService", "ecs UpdateService"]);
}

/// A hundred that fail together: their ways back take some six hundred reads.
#[test]
fn hundred_rollbacks_stay_within_the_quotas() {
    // Virtual time may jump between a read's turn and its signature, so that a few seem to come together, and more
    // on a busy machine; unpaced, far more are refused every time.
    let refused: Vec<usize> = (0..3).map(|_| refused_reads_of_a_hundred_rollbacks()).collect();
    assert!(refused.iter().any(|refused| *refused < 20), "{refused:?}");
}

/// Rolls back a hundred services that fail, and returns how many requests the quotas refused.
fn refused_reads_of_a_hundred_rollbacks() -> usize {
    let names: Vec<String> = (0..100).map(|number| format!("s{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let fails = "{frames: [{pending: all}, {fail: 'tasks failed to start.'}]}";
    let rollouts: String = names
        .iter()
        .map(|name| format!("  {name}: [{fails}]\n"))
        .collect();
    let server = with(&names, &format!("rollouts:\n{rollouts}"));
    server.enforce_quotas();
    let services: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).collect();
    let output = deploy(&server, &services, &["-q", "--rollback-on-failure"])
        .run()
        .exits(5);
    let document = output.json();
    for name in &names {
        assert_eq!(
            outcome(&document, name).0,
            "rolledBack",
            "{name}: {}",
            output.stderr
        );
    }
    let log = server.log();
    let refused = log
        .0
        .iter()
        .filter(|it| it.status.is_some_and(|status| status != 200));
    let surveyed = log.of("ecs ListServiceDeployments").len();
    assert!(surveyed >= 200, "{surveyed}");
    refused.count()
}

fn unchanged_revision_offers_no_rollback(verb: &str, service: &str) {
    let server = with(&["web"], "rollouts: {web: [{frames: [{pending: all}]}]}\n");
    let file = deploy_yaml([("web", "taskDefinition: 'web:2'")]);
    let run = Ecsctl::on(&server, &[verb, service, "--timeout", FOR_EVER]).file(&file);
    server.freeze_at("ecs DescribeServices", 3, Cut::BeforeReply);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    // It is no answer there: it is asked again.
    running.type_in("r\n");
    running.wait_until_it_shows_times("[w/l] ", 2);
    running.type_in("l\n");
    let output = running.end().exits(130);
    assert!(!output.stdout.contains("roll back"), "{}", output.stdout);
    assert_eq!(server.log().writes(), ["ecs UpdateService"], "{verb}");
}

cases! { unchanged_revision_offers_no_rollback {
    restart("restart", "web");
    scale("scale", "web=3");
} }
