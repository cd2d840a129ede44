//! Blue/green, linear and canary deployments: stages, traffic, hooks, pauses.

use crate::support::cases;
use crate::support::scenario_file;
use crate::support::scenario_tests::Yaml::Change;
use crate::support::scenario_tests::{Step, scenario_tests, second, shown};
use crate::support::{Ecsctl, Scenario, Scripted};

const DEPLOY: &[&str] = &["deploy"];
const THROUGH: &[&str] = &["deploy", "--wait-through-pause"];

mod traffic_shifts {
    use super::*;

    scenario_tests! {
        blue_green: shown(second("blue-green", &[Step(Change, DEPLOY, 0)]));
        linear: second("linear", &[Step(Change, DEPLOY, 0)]);
        canary: second("canary", &[Step(Change, &["deploy", "--until", "deployed"], 0), Step(Change, DEPLOY, 0)]);
    }
}

mod lifecycle_hooks {
    use super::*;

    scenario_tests! {
        hook: second("hook", &[Step(Change, DEPLOY, 0)]);
        hook_fails: second("hook-fails", &[Step(Change, DEPLOY, 5)]);
        pause: shown(second("pause", &[Step(Change, DEPLOY, 9), Step(Change, DEPLOY, 9)]));
        pause_runs_out: second("pause-runs-out", &[Step(Change, THROUGH, 5)]);
        pause_runs_on: second("pause-runs-on", &[Step(Change, THROUGH, 0)]);
        pause_goes_on: second("pause-goes-on", &[Step(Change, DEPLOY, 9)]);
    }
}

#[test]
fn the_default_timeout_stands_still_during_a_bake() {
    let scenario = Scenario::file("alarms-bake");
    let server = Scripted::start(scenario.clone());
    let run = |file: &str| Ecsctl::on(&server, DEPLOY).file(file).run();
    run(&scenario_file::first(&scenario)).exits(0);
    let output = run(&scenario_file::change(&scenario)).exits(0);
    let said = output
        .stderr
        .matches("web: baking: 2 alarms are watched\n")
        .count();
    assert_eq!(said, 1, "{}", output.stderr);
}

fn rollback_at_a_stage_is_a_failure(stage: &str) {
    let text = include_str!("../../scenarios/stage-rollback.yaml");
    let scenario = Scenario::parse(&text.replace("STAGE", stage));
    let server = Scripted::start(scenario.clone());
    let run = |file: &str, arguments: &[&str]| Ecsctl::on(&server, arguments).file(file).run();
    run(&scenario_file::first(&scenario), DEPLOY).exits(0);
    let output = run(&scenario_file::change(&scenario), DEPLOY).exits(5);
    assert!(
        output.stderr.contains("failed and was rolled back; web:1 runs"),
        "{stage}\n{}",
        output.stderr
    );
    assert!(
        output.stderr.contains(stage),
        "{stage} is not told\n{}",
        output.stderr
    );
}

// API reference: ServiceDeployment, `lifecycleStage`.
cases! { rollback_at_a_stage_is_a_failure {
    reconcile_service("RECONCILE_SERVICE");
    pre_scale_up("PRE_SCALE_UP");
    scale_up("SCALE_UP");
    post_scale_up("POST_SCALE_UP");
    test_traffic_shift("TEST_TRAFFIC_SHIFT");
    post_test_traffic_shift("POST_TEST_TRAFFIC_SHIFT");
    production_traffic_shift("PRODUCTION_TRAFFIC_SHIFT");
    post_production_traffic_shift("POST_PRODUCTION_TRAFFIC_SHIFT");
    bake_time("BAKE_TIME");
    clean_up("CLEAN_UP");
} }
