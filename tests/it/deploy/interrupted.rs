//! Signals at a known moment, and `ecsctl wait` afterwards.

use crate::support::cases;
use crate::support::deploys::{deploy, deployed, second};
use crate::support::files::{WEB, changed};
use crate::support::service_state::{revisions, runs};
use crate::support::{Cut, Ecsctl, Fault, Scenario, Scripted};
use rustix::process::Signal;

fn signal_leaves_the_deployment_running(signal: Signal, code: i32) {
    let server = deployed(Scenario::default());
    // Two look at what is there, the third is the first poll.
    server.freeze_at("ecs DescribeServices", 4, Cut::BeforeReply);
    let run = deploy(&server, &changed());
    let running = run.start();
    server.wait_frozen();
    running.signal(signal);
    let output = running.end().exits(code).says("ecsctl wait");
    assert!(
        !output.stderr.contains("nothing was deployed"),
        "{}",
        output.stderr
    );
    server.thaw();
    server.end_connections();
    assert_eq!(runs(&server), "web:2 IN_PROGRESS");
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

cases! { signal_leaves_the_deployment_running {
    interrupt(Signal::INT, 130);
    terminate(Signal::TERM, 143);
    hangup(Signal::HUP, 129);
} }

/// Starts a deploy of a second revision, stopped after the plan and before the change.
fn before_the_change(arguments: &[&str]) -> (Scripted, Ecsctl) {
    let server = deployed(Scenario::default());
    // The first read is for the plan, the second for the change.
    server.freeze_at("ecs DescribeServices", 2, Cut::BeforeReply);
    let run = Ecsctl::on(&server, arguments).file(&changed());
    (server, run)
}

fn signal_before_the_change_deploys_nothing(signal: Signal, code: i32, words: &str) {
    let (server, run) = before_the_change(&["deploy"]);
    let running = run.start();
    server.wait_frozen();
    running.signal(signal);
    running.end().exits(code).says(words);
    assert!(server.log().of("ecs UpdateService").is_empty());
}

cases! { signal_before_the_change_deploys_nothing {
    interrupt_in_a_pipe(Signal::INT, 130, "error: interrupted; nothing was deployed");
    terminate_in_a_pipe(Signal::TERM, 143, "error: terminated; nothing was deployed");
} }

fn data_says_that_nothing_was_deployed(form: &str) {
    let (server, run) = before_the_change(&["deploy", "-o", form]);
    let running = run.start();
    server.wait_frozen();
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    let last = match form {
        "json" => output.json(),
        _ => serde_json::from_str(output.stdout.lines().last().unwrap()).unwrap(),
    };
    assert_eq!(last["outcome"], "interrupted", "{last:#}");
    assert_eq!(last["error"]["message"], "interrupted; nothing was deployed");
}

cases! { data_says_that_nothing_was_deployed {
    as_a_document("json");
    as_events("jsonl");
} }

#[test]
fn interrupt_on_a_terminal_before_the_change_asks_nothing() {
    let (server, run) = before_the_change(&["deploy"]);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    assert!(
        output.stdout.contains("interrupted; nothing was deployed"),
        "{}",
        output.stdout
    );
    assert!(!output.stdout.contains("keep waiting"), "{}", output.stdout);
}

fn unused_revision_is_named_and_used_by_the_next(signal: Signal, code: i32) {
    let server = deployed(Scenario::default());
    // The second read is for the change; meanwhile, the revision is registered.
    server.fault(Fault {
        hold: true,
        nth: Some(2),
        ..Fault::on("ecs DescribeServices")
    });
    let run = Ecsctl::on(&server, &["deploy", "-o", "jsonl"]).file(&changed());
    let running = run.start();
    running.wait_until_it_prints(r#""type":"registered""#);
    running.signal(signal);
    let output = running.end().exits(code).says("nothing was deployed");
    let output = output.says("web:2 is registered, but not deployed; the next deploy uses it");
    let last = output.stdout.lines().last().unwrap();
    let document: serde_json::Value = serde_json::from_str(last).unwrap();
    let web = &document["services"][0];
    assert_eq!(
        ["outcome", "requested", "reason"].map(|key| web[key].as_str().unwrap()),
        [
            "interrupted",
            "web:2",
            "skipped: the run ended before this service was changed; web:2 is registered, and the next deploy uses it"
        ]
    );
    server.end_connections();
    server.heal();
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_eq!(revisions(&server), 2);
}

cases! { unused_revision_is_named_and_used_by_the_next {
    interrupt(Signal::INT, 130);
    terminate(Signal::TERM, 143);
} }

#[test]
fn unpolled_change_is_reported() {
    let server = deployed(Scenario::default());
    // Two look at what is there, the third is the first poll.
    server.freeze_at("ecs DescribeServices", 3, Cut::BeforeReply);
    let run = deploy(&server, &changed());
    let running = run.start();
    server.wait_frozen();
    running.signal(Signal::TERM);
    running.end().exits(143).says("ecsctl wait web");
    server.log().only("ecs UpdateService");
}

#[test]
fn json_names_the_running_deployment() {
    let server = deployed(Scenario::default());
    server.freeze_at("ecs DescribeServices", 4, Cut::BeforeReply);
    let run = Ecsctl::on(&server, &["deploy", "-o", "json"]).file(&changed());
    let running = run.start();
    server.wait_frozen();
    running.signal(Signal::TERM);
    let document = running.end().exits(143).json();
    let services = document["services"].as_array().unwrap();
    assert_eq!(services.len(), 1, "{document:#}");
    let web = &services[0];
    assert_eq!(
        (&web["name"], &web["outcome"]),
        (&"web".into(), &"interrupted".into())
    );
    assert_eq!(web["final"], false);
}

#[test]
fn signal_before_the_first_write_changes_nothing() {
    let server = deployed(Scenario::default());
    server.freeze_at("ecs DescribeServices", 1, Cut::BeforeReply);
    let run = deploy(&server, &changed());
    let running = run.start();
    server.wait_frozen();
    running.signal(Signal::TERM);
    running.end().exits(143);
    assert!(server.log().writes().is_empty());
}

#[test]
fn unanswered_change_is_reported() {
    let server = deployed(Scenario::default());
    server.freeze_at("ecs UpdateService", 1, Cut::BeforeReply);
    let run = deploy(&server, &changed());
    let running = run.start();
    server.wait_frozen();
    running.signal(Signal::TERM);
    let output = running.end().exits(143).says("ecsctl wait web");
    output.says("the change of web was sent; whether ECS accepted it is unknown");
}

#[test]
fn unanswered_change_can_be_rolled_back_on_a_terminal() {
    let server = deployed(Scenario::default());
    server.freeze_at("ecs UpdateService", 1, Cut::BeforeReply);
    let run = deploy(&server, &changed());
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.signal(Signal::INT);
    running.wait_until_it_shows("roll back to the previous revision");
    running.type_in("l\n");
    running.end().exits(130);
}

#[test]
fn reply_to_a_write_is_awaited() {
    let server = deployed(Scenario::default());
    server.fault(Fault {
        operation: "ecs UpdateService".to_owned(),
        delay: Some(1000),
        ..Fault::default()
    });
    let run = deploy(&server, &changed());
    let running = run.start();
    server.wait_for("ecs UpdateService", 1);
    running.signal(Signal::TERM);
    let output = running.end().exits(143).says("ecsctl wait web");
    output.says("the rollout of web continues without ecsctl");
    server.log().only("ecs UpdateService");
}

#[test]
fn cursor_is_restored_on_a_terminal() {
    let server = deployed(Scenario::default());
    server.freeze_at("ecs UpdateService", 1, Cut::AfterReply);
    let run = deploy(&server, &changed());
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.signal(Signal::INT);
    // What can be chosen there, and what comes of it: tests of the way back.
    running.wait_until_it_shows("keep waiting");
    running.type_in("l\n");
    let output = running.end().exits(130);
    let hidden = output.stdout.matches("\u{1b}[?25l").count();
    let shown = output.stdout.matches("\u{1b}[?25h").count();
    assert!(shown >= hidden, "the cursor stays hidden: {:?}", output.stdout);
}

#[test]
fn wait_attaches_to_the_deployment() {
    let server = deployed(Scenario::file("rollback"));
    server.freeze_at("ecs UpdateService", 1, Cut::AfterReply);
    let run = deploy(&server, &changed());
    let running = run.start();
    server.wait_frozen();
    running.signal(Signal::TERM);
    running.end().exits(143);
    server.thaw();
    server.end_connections();
    let output = Ecsctl::on(&server, &["wait"]).file(&changed()).run().exits(5);
    output.says("wait web: attached to the deployment of web:2 in progress");
}

#[test]
fn repeated_deploy_attaches_and_says_so() {
    let server = deployed(Scenario::file("slow"));
    let deploy = |arguments: &[&str]| {
        let arguments = [&["deploy", "--timeout", "5s"], arguments].concat();
        Ecsctl::on(&server, &arguments).file(&changed()).run().exits(6)
    };
    deploy(&[]).says("deploy web: started, web:1 -> web:2");
    let jsonl = deploy(&["-o", "jsonl"]);
    let mut lines = jsonl.stdout.lines();
    let started = lines.find(|line| line.contains(r#""step":"started""#)).unwrap();
    assert!(started.contains(r#""attached":true"#), "{started}");
    let again = Ecsctl::on(&server, &["deploy"]).file(&changed()).run().exits(0);
    assert!(!again.stderr.contains("started"), "{}", again.stderr);
    again.says("deploy web: attached to the deployment of web:2 in progress");
}

#[test]
fn hint_names_the_service_as_it_is_typed() {
    let server = deployed(Scenario::file("never"));
    let file = changed().replace(
        "services:\n  web:\n",
        "services:\n  shop:\n    serviceName: web\n",
    );
    deploy(&server, &file).run().exits(6).says("ecsctl wait web");
    Ecsctl::on(&server, &["status", "web"]).file(&file).run().exits(0);
}

#[test]
fn wait_reports_a_finished_rollback() {
    let (server, output) = second("rollback");
    output.exits(5);
    let wait = Ecsctl::on(&server, &["wait"]).file(&changed());
    wait.run().exits(5).says("rolled back");
    // What was restored is what this file asks for.
    deploy(&server, WEB).run().exits(0);
}

#[test]
fn wait_soon_reports_a_missing_service() {
    let server = Scripted::start(Scenario::default());
    let wait = |file: &str| Ecsctl::on(&server, &["wait", "-o", "json"]).file(file);
    let refused = |file: &str| wait(file).run().exits(3).json();
    let missing = refused(&format!("cluster: elsewhere\n{WEB}"));
    assert_eq!(missing["error"]["code"], "cluster-not-found", "{missing}");
    assert!(missing["error"]["hint"].is_string(), "{missing}");
    assert_eq!(server.log().names(), ["ecs DescribeServices"]);
    let other = WEB.replace("web", "other");
    deploy(&server, &other).run().exits(0);
    server.clear_log();
    let missing = refused(WEB);
    assert_eq!(missing["error"]["code"], "no-such-service");
    assert_eq!(missing["error"]["hint"], "ecsctl deploy --only web creates it");
    // A look may be stale, several are not; and nobody waits a minute for a name that is mistyped.
    let looks = server.log().of("ecs DescribeServices").len();
    assert!((3..=8).contains(&looks), "{looks}");
}

#[test]
fn wait_soon_reports_a_draining_service() {
    let server = Scripted::start(Scenario::parse(
        "
definitions: [{family: web, containerDefinitions: [{name: web, image: 'shop:0', memory: 128}]}]
services: {web: {input: {taskDefinition: 'web:1', desiredCount: 1}, status: DRAINING}}
",
    ));
    let output = Ecsctl::on(&server, &["wait"]).file(WEB).run().exits(3);
    insta::assert_snapshot!("wait_draining", output.record());
    assert!(server.log().of("ecs DescribeServices").len() <= 8);
}

#[test]
fn wait_reads_nothing_twice() {
    let server = deployed(Scenario::default());
    Ecsctl::on(&server, &["wait"]).file(WEB).run().exits(0);
    server.log().assert_is(&[
        &["ecs DescribeServices"],
        &["ecs ListServiceDeployments"],
        &["ecs DescribeServiceDeployments?"],
    ]);
}
