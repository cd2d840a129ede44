//! Several services at once: mixed outcomes, the exit code of the run, and a hundred services.

use std::fmt::Write;

use serde_json::Value;

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::files::deploy_yaml;
use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// One rollout for each way to end, by the service that is named after it.
const ENDS: &str = "
rollouts:
  failed:
    - {}
    - frames: [{pending: 1}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}}, {settle: true}]
  superseded:
    - {}
    - frames: [{pending: 1}, {supersede: {taskDefinition: 'superseded:1'}}, {settle: true}]
  slow:
    - {}
    - frames: [{pending: 1}]
  paused:
    - {}
    - frames: [{stage: PRE_SCALE_UP, hook: {minutes: 90}}]
";

/// A deploy.yaml with these services, each of one task.
fn file(names: &[&str], version: u32) -> String {
    deploy_yaml(names.iter().map(|name| {
        let strategy = if *name == "paused" {
            "BLUE_GREEN"
        } else {
            "ROLLING"
        };
        let container =
            format!("{{image: 'public.ecr.aws/acme/{name}:1', environment: {{VERSION: '{version}'}}}}");
        let role = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole";
        let definition = format!(
            "{{cpu: 256, memory: 512, executionRoleArn: '{role}', containerDefinitions: {{{name}: {container}}}}}"
        );
        let network = "{awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}";
        let members = format!(
            "taskDefinition: {definition}, desiredCount: 1, networkConfiguration: {network}, \
             deploymentConfiguration: {{strategy: {strategy}}}"
        );
        (name, members)
    }))
}

/// The first versions are there; what comes of the second ones.
fn second(names: &[&str], arguments: &[&str]) -> Output {
    let server = Scripted::start(Scenario::parse(ENDS));
    Ecsctl::on(&server, &["deploy"])
        .file(&file(names, 1))
        .run()
        .exits(0);
    let output = Ecsctl::on(&server, arguments).file(&file(names, 2)).run();
    assert_valid(&server);
    output
}

/// The first of 5, 10, 7, 3, 4, 1, 6, 9 that applies (`docs/design.md` §4.2).
fn worst_outcome_gives_the_exit_code(names: &[&str], exit: i32) {
    let output = second(names, &["deploy", "-o", "json", "--timeout", "1m"]).exits(exit);
    let document = output.json();
    assert_eq!(document["exitCode"], exit, "{names:?}");
    let ends: Vec<&Value> = document["services"]
        .as_array()
        .expect("services")
        .iter()
        .collect();
    assert_eq!(ends.len(), names.len(), "{names:?}");
    for end in ends {
        let expected = match end["name"].as_str().expect("a name") {
            "failed" => "rolledBack",
            "superseded" => "superseded",
            "slow" => "timedOut",
            "paused" => "paused",
            _ => "done",
        };
        assert_eq!(end["outcome"], expected, "{end:#}");
    }
}

cases! { worst_outcome_gives_the_exit_code {
    paused_over_done(&["well", "paused"], 9);
    timed_out_over_paused(&["paused", "slow"], 6);
    superseded_over_timed_out(&["slow", "superseded", "well"], 7);
    failed_over_superseded(&["superseded", "failed"], 5);
    failed_over_all(&["paused", "slow", "superseded", "failed", "well"], 5);
    superseded_over_paused(&["paused", "superseded"], 7);
    all_done(&["well", "fine"], 0);
} }

#[test]
fn each_outcome_is_reported() {
    let names = ["paused", "slow", "superseded", "failed", "well"];
    let output = second(&names, &["deploy", "--timeout", "1m"]).exits(5);
    for (mark, name, words) in [
        ("!", "paused", "paused at PRE_SCALE_UP by hook "),
        ("✗", "slow", "still in progress after 1m"),
        (
            "✗",
            "superseded",
            "superseded by a newer deployment of superseded:1",
        ),
        (
            "✗",
            "failed",
            "failed:2 failed and was rolled back; failed:1 runs (1 of 1 running)",
        ),
    ] {
        let line = format!("\n{mark} {name}: {words}");
        assert!(output.stderr.contains(&line), "{line}\n{}", output.stderr);
    }
    assert_eq!(output.stdout, "well:2\n");
}

/// A hundred services, in ten calls a look: a burst of 100 reads and 20 a second is what ECS lets through.
#[test]
fn hundred_services_stay_within_six_reads_a_second() {
    let names: Vec<String> = (0..100).map(|number| format!("s{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut slow = String::from("rollouts:\n");
    for (number, name) in names.iter().enumerate() {
        let polls = 20 + number % 15;
        writeln!(
            slow,
            "  {name}: [{{frames: [{{settle: true}}]}}, {{frames: [{{pending: 1, polls: {polls}}}, {{running: 1, pending: 0}}, {{settle: true}}]}}]"
        )
        .expect("text");
    }
    let server = Scripted::start(Scenario::parse(&slow));
    Ecsctl::on(&server, &["deploy", "-q"])
        .file(&file(&names, 1))
        .run()
        .exits(0);
    server.clear_log();
    let output = Ecsctl::on(&server, &["deploy", "-q", "-o", "json"])
        .file(&file(&names, 2))
        .run()
        .exits(0);
    assert_eq!(output.json()["services"].as_array().expect("services").len(), 100);
    let log = server.log();
    // From the first update on: what is observed before is a burst of its own.
    let begun = log
        .0
        .iter()
        .position(|it| it.name == "ecs UpdateService")
        .expect("an update");
    let watch = crate::support::log::RequestLog(log.0[begun..].to_vec());
    let (reads, seconds) = watch.reads();
    assert!(seconds >= 20, "time did not pass as it should: {seconds} s");
    // One more for the second that whole seconds may hide, and one that may be spent in advance.
    let budget = 6 * (seconds + 2);
    assert!(
        reads <= budget,
        "{reads} reads in {seconds} s: {:?}",
        watch.counts()
    );
    for poll in watch.of("ecs DescribeServices") {
        assert!(poll.input["services"].as_array().expect("services").len() <= 10);
    }
}
