//! The schedules of jobs in `ecsctl status`.

use insta::assert_snapshot;
use rustix::process::Signal;
use serde_json::json;

use crate::deploy::schedules::{GROUP, with_jobs};
use crate::support::aws_models::assert_valid;
use crate::support::deploys::deploy;
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

/// Returns a server on which the file is deployed, and somebody paused a schedule; its log begins after that.
fn scheduled(scenario: Scenario) -> Scripted {
    let server = Scripted::start(scenario);
    deploy(&server, &with_jobs(WEB)).run().exits(0);
    set_state(&server, "nightly", "DISABLED");
    server.clear_log();
    server
}

fn set_state(server: &Scripted, name: &str, state: &str) {
    let key = (GROUP.to_owned(), name.to_owned());
    server.world(|world| world.schedules.schedules[&key]["State"] = state.into());
}

fn status(server: &Scripted, arguments: &[&str], file: &str) -> Ecsctl {
    Ecsctl::on(server, &[&["status"], arguments].concat()).file(file)
}

#[test]
fn schedules_are_shown_below_the_services() {
    let server = scheduled(Scenario::default());
    let file = with_jobs(WEB).replace(
        "jobs:\n",
        "jobs:\n  new: {service: web, schedule: rate(1 hour)}\n",
    );
    let output = status(&server, &[], &file).run().exits(0);
    assert_snapshot!("schedules", output.record());
    let document = status(&server, &["-o", "json"], &file).run().exits(0).json();
    assert_eq!(
        document["schedules"],
        json!([
            {"name": "new", "group": GROUP, "state": "MISSING", "expression": null, "timezone": null,
             "taskDefinition": null},
            {"name": "nightly", "group": GROUP, "state": "DISABLED", "expression": "cron(0 3 * * ? *)",
             "timezone": "UTC", "taskDefinition": "web:1"},
            {"name": "report", "group": GROUP, "state": "ENABLED", "expression": "rate(1 hour)",
             "timezone": "Europe/Paris", "taskDefinition": "report:1"},
        ])
    );
    assert_valid(&server);
}

#[test]
fn named_service_shows_the_schedules_of_its_jobs() {
    let server = scheduled(Scenario::default());
    let worker = "  worker: {taskDefinition: 'web:1'}\n";
    let file = with_jobs(WEB).replace("services:\n", &format!("services:\n{worker}"));
    let shown = |service: &str| {
        let document = status(&server, &[service, "-o", "json"], &file)
            .run()
            .exits(0)
            .json();
        let schedules = document["schedules"].as_array().unwrap().iter();
        let names = schedules.map(|it| it["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(shown("web"), ["nightly"]);
    assert_eq!(shown("worker"), [""; 0]);
}

#[test]
fn schedules_take_no_round_trip_in_status() {
    let server = scheduled(Scenario::default().latency(50));
    let rounds = |file: &str| {
        server.clear_log();
        status(&server, &[], file).run().exits(0);
        server.log().rounds()
    };
    let (with, without) = (rounds(&with_jobs(WEB)), rounds(WEB));
    assert!(with <= without, "{with} rounds, {without} without");
}

#[test]
fn file_without_schedules_asks_for_none() {
    let server = scheduled(Scenario::default());
    let named = WEB.replace("region:", "name: ${env.UNSET}\nregion:");
    status(&server, &[], &named).run().exits(0);
    assert!(!server.log().names().iter().any(|it| it.starts_with("scheduler ")));
}

#[test]
fn unreadable_schedules_are_noted_once() {
    let server = scheduled(Scenario::default());
    server.fault(Fault::denied("scheduler GetSchedule"));
    let output = status(&server, &[], &with_jobs(WEB)).run().exits(0);
    let note = "! schedules can't be shown without permission for scheduler:GetSchedule\n";
    assert_eq!(output.stdout.matches(note).count(), 1, "{}", output.stdout);
    assert!(output.stdout.contains(" web  ACTIVE"), "{}", output.stdout);
    assert!(!output.stdout.contains("nightly"), "{}", output.stdout);
}

#[test]
fn watch_prints_a_schedule_that_changes() {
    let server = scheduled(Scenario::default());
    let ecsctl = status(&server, &["--watch"], &with_jobs(WEB));
    let running = ecsctl.start();
    running.wait_until_it_shows("schedule nightly: DISABLED, web:1, cron(0 3 * * ? *) UTC\n");
    set_state(&server, "nightly", "ENABLED");
    running.wait_until_it_shows("schedule nightly: ENABLED, web:1, cron(0 3 * * ? *) UTC\n");
    running.signal(Signal::INT);
    let output = running.end();
    assert_eq!(
        output.stdout.matches("schedule report").count(),
        1,
        "{}",
        output.stdout
    );
}
