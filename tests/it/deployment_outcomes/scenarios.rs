//! The outcomes.

use super::Yaml::{Change, First};
use super::{Step, first, play, second, shown};

const DEPLOY: &[&str] = &["deploy"];
/// For what never ends.
const SHORT: &[&str] = &["deploy", "--timeout", "2m"];

#[test]
fn it_goes_well() {
    play(&[
        shown(first(
            "healthy",
            &[
                Step(First, DEPLOY, 0),
                Step(Change, DEPLOY, 0),
                Step(Change, DEPLOY, 0),
            ],
        )),
        second("zero", &[Step(Change, DEPLOY, 0), Step(Change, DEPLOY, 0)]),
        second("count", &[Step(Change, DEPLOY, 0)]),
        second("daemon", &[Step(Change, DEPLOY, 0)]),
        second("ec2", &[Step(Change, DEPLOY, 0)]),
        second("capacity-provider", &[Step(Change, DEPLOY, 0)]),
        second("classic", &[Step(Change, DEPLOY, 0)]),
        second("stale", &[Step(Change, DEPLOY, 0)]),
    ]);
}

#[test]
fn tasks_fail() {
    play(&[
        shown(second(
            "rollback",
            &[
                Step(Change, DEPLOY, 5),
                Step(First, DEPLOY, 0),
                Step(Change, DEPLOY, 0),
            ],
        )),
        second("exits", &[Step(Change, DEPLOY, 5)]),
        second("replaced-at-once", &[Step(Change, DEPLOY, 5)]),
        shown(second("crash-loop", &[Step(Change, DEPLOY, 5)])),
        second("out-of-memory", &[Step(Change, DEPLOY, 5)]),
        second("exec-format", &[Step(Change, DEPLOY, 5)]),
        second("exits-later", &[Step(Change, DEPLOY, 5)]),
        second("crashes-in-turns", &[Step(Change, SHORT, 6)]),
        second("classic-rollback", &[Step(Change, DEPLOY, 5)]),
        shown(first(
            "first-fails",
            &[Step(First, DEPLOY, 5), Step(First, DEPLOY, 5)],
        )),
    ]);
}

#[test]
fn tasks_do_not_start() {
    play(&[
        second("cannot-pull", &[Step(Change, DEPLOY, 5)]),
        second(
            "breaker",
            &[
                Step(Change, DEPLOY, 5),
                Step(Change, DEPLOY, 5),
                Step(Change, &["deploy", "--force"], 0),
            ],
        ),
        second("secret-missing", &[Step(Change, DEPLOY, 5)]),
        second("log-group-missing", &[Step(Change, DEPLOY, 5)]),
        second("no-route", &[Step(Change, DEPLOY, 5)]),
    ]);
}

#[test]
fn tasks_are_not_healthy() {
    play(&[
        second("unhealthy-container", &[Step(Change, DEPLOY, 5)]),
        shown(second("target-timeout", &[Step(Change, DEPLOY, 5)])),
        second("target-code", &[Step(Change, DEPLOY, 5)]),
        second("target-drains", &[Step(Change, DEPLOY, 5)]),
        second("targets-never", &[Step(Change, SHORT, 6)]),
        second("container-never", &[Step(Change, SHORT, 6)]),
        second("target-port", &[Step(Change, DEPLOY, 5)]),
    ]);
}

#[test]
fn there_is_no_room() {
    play(&[
        shown(second(
            "never",
            &[
                Step(Change, DEPLOY, 6),
                Step(Change, &["deploy", "--timeout", "1m"], 6),
            ],
        )),
        second("no-provider", &[Step(Change, SHORT, 6)]),
        second("no-fargate-capacity", &[Step(Change, SHORT, 6)]),
        second("subnet-full", &[Step(Change, SHORT, 6)]),
        second("too-few", &[Step(Change, SHORT, 6)]),
    ]);
}

#[test]
fn somebody_or_something_steps_in() {
    play(&[
        shown(second("superseded", &[Step(Change, DEPLOY, 7)])),
        second("stopped", &[Step(Change, DEPLOY, 5), Step(Change, DEPLOY, 5)]),
        second("stopped-back", &[Step(Change, DEPLOY, 5)]),
        second("alarm", &[Step(Change, DEPLOY, 5)]),
        second("alarm-stops", &[Step(Change, DEPLOY, 5), Step(Change, DEPLOY, 5)]),
        second("rollback-same-id", &[Step(Change, DEPLOY, 5)]),
        second("rollback-unseen", &[Step(Change, DEPLOY, 5)]),
        second("rollback-late", &[Step(Change, DEPLOY, 5)]),
        second("rollback-late-denied", &[Step(Change, DEPLOY, 5)]),
    ]);
}

#[test]
fn what_is_under_way_is_attached_to() {
    play(&[second(
        "slow",
        &[
            Step(Change, &["deploy", "--timeout", "5s"], 6),
            Step(Change, &["deploy", "--timeout", "5s"], 6),
            Step(Change, DEPLOY, 0),
            Step(Change, DEPLOY, 0),
        ],
    )]);
}
