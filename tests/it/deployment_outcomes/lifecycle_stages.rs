//! Blue/green, linear and canary deployments: stages, traffic, hooks, pauses.

use super::Yaml::Change;
use super::{Step, play, second, shown};
use crate::support::{Ecsctl, Scenario, Scripted};

const DEPLOY: &[&str] = &["deploy"];
const THROUGH: &[&str] = &["deploy", "--wait-through-pause"];

#[test]
fn traffic_shifts() {
    play(&[
        shown(second("blue-green", &[Step(Change, DEPLOY, 0)])),
        second("linear", &[Step(Change, DEPLOY, 0)]),
        second(
            "canary",
            &[
                Step(Change, &["deploy", "--until", "deployed"], 0),
                Step(Change, DEPLOY, 0),
            ],
        ),
    ]);
}

#[test]
fn hooks_have_their_say() {
    play(&[
        second("hook", &[Step(Change, DEPLOY, 0)]),
        second("hook-fails", &[Step(Change, DEPLOY, 5)]),
        shown(second(
            "pause",
            &[Step(Change, DEPLOY, 9), Step(Change, DEPLOY, 9)],
        )),
        second("pause-runs-out", &[Step(Change, THROUGH, 5)]),
        second("pause-runs-on", &[Step(Change, THROUGH, 0)]),
        second("pause-goes-on", &[Step(Change, DEPLOY, 9)]),
    ]);
}

/// API reference: ServiceDeployment, `lifecycleStage`.
const STAGES: [&str; 10] = [
    "RECONCILE_SERVICE",
    "PRE_SCALE_UP",
    "SCALE_UP",
    "POST_SCALE_UP",
    "TEST_TRAFFIC_SHIFT",
    "POST_TEST_TRAFFIC_SHIFT",
    "PRODUCTION_TRAFFIC_SHIFT",
    "POST_PRODUCTION_TRAFFIC_SHIFT",
    "BAKE_TIME",
    "CLEAN_UP",
];

#[test]
fn a_rollback_at_any_stage_is_a_failure() {
    let text = include_str!("../../scenarios/stage-rollback.yaml");
    for stage in STAGES {
        let scenario = Scenario::parse(&text.replace("STAGE", stage));
        let server = Scripted::start(scenario.clone());
        let run = |file: &str, arguments: &[&str]| Ecsctl::on(&server, arguments).file(file).run();
        run(&super::file::first(&scenario), DEPLOY).exits(0);
        let output = run(&super::file::change(&scenario), DEPLOY).exits(5);
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
}
