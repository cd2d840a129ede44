//! Default rollouts, for which the scenario defines none.

use serde_json::Value;

use super::{All, Count, Frame};

/// Returns a frame in which all desired tasks run.
pub fn all_running() -> Frame {
    Frame {
        running: Some(Count::Word(All::All)),
        pending: Some(Count::Number(0)),
        ..Frame::default()
    }
}

/// Returns the frames of a default rollout: it succeeds, through all the stages of its strategy.
pub fn usual(strategy: &str, configuration: &Value) -> Vec<Frame> {
    let starting = Frame {
        pending: Some(Count::Word(All::All)),
        ..Frame::default()
    };
    let settled = Frame {
        settle: true,
        ..Frame::default()
    };
    if strategy == "ROLLING" {
        return vec![starting, all_running(), settled];
    }
    let at = |stage: &str, frame: Frame| Frame {
        stage: Some(stage.to_owned()),
        ..frame
    };
    let weighed = |traffic, test| Frame {
        traffic: Some(traffic),
        test_traffic: Some(test),
        ..Frame::default()
    };
    let mut frames = vec![
        at("PRE_SCALE_UP", weighed(0.0, 0.0)),
        at("SCALE_UP", starting),
        at("POST_SCALE_UP", all_running()),
        at("TEST_TRAFFIC_SHIFT", weighed(0.0, 100.0)),
        at("POST_TEST_TRAFFIC_SHIFT", Frame::default()),
    ];
    for traffic in steps(strategy, configuration) {
        frames.push(at("PRODUCTION_TRAFFIC_SHIFT", weighed(traffic, 100.0)));
    }
    frames.push(at("POST_PRODUCTION_TRAFFIC_SHIFT", Frame::default()));
    frames.push(at("BAKE_TIME", Frame::default()));
    let gone = Frame {
        old: Some(Count::Number(0)),
        ..Frame::default()
    };
    frames.push(at("CLEAN_UP", gone));
    frames.push(settled);
    frames
}

/// Returns the new revision's production traffic, step by step, in percent.
fn steps(strategy: &str, configuration: &Value) -> Vec<f64> {
    match strategy {
        "CANARY" => {
            let first = &configuration["canaryConfiguration"]["canaryPercent"];
            vec![first.as_f64().unwrap_or(5.0), 100.0]
        }
        "LINEAR" => {
            let step = &configuration["linearConfiguration"]["stepPercent"];
            let step = step.as_f64().unwrap_or(10.0).max(1.0);
            let mut all: Vec<f64> = (1..)
                .map(|number| f64::from(number) * step)
                .take_while(|at| *at < 100.0)
                .collect();
            all.push(100.0);
            all
        }
        _ => vec![100.0],
    }
}
