//! The scenarios, by how the deployment ends.

use crate::support::scenario_tests::Yaml::{Change, First};
use crate::support::scenario_tests::{Step, first, scenario_tests, second, shown};

const DEPLOY: &[&str] = &["deploy"];
/// For what never ends.
const SHORT: &[&str] = &["deploy", "--timeout", "2m"];

mod deployment_succeeds {
    use super::*;

    scenario_tests! {
        healthy: shown(first("healthy", &[Step(First, DEPLOY, 0), Step(Change, DEPLOY, 0), Step(Change, DEPLOY, 0)]));
        zero: second("zero", &[Step(Change, DEPLOY, 0), Step(Change, DEPLOY, 0)]);
        count: second("count", &[Step(Change, DEPLOY, 0)]);
        daemon: second("daemon", &[Step(Change, DEPLOY, 0)]);
        ec2: second("ec2", &[Step(Change, DEPLOY, 0)]);
        capacity_provider: second("capacity-provider", &[Step(Change, DEPLOY, 0)]);
        classic: second("classic", &[Step(Change, DEPLOY, 0)]);
        surplus: second("surplus", &[Step(Change, DEPLOY, 0), Step(Change, DEPLOY, 0)]);
        protected: shown(second("protected", &[Step(Change, DEPLOY, 0), Step(Change, DEPLOY, 0)]));
        interrupted: shown(second("interrupted", &[Step(Change, DEPLOY, 0)]));
        stale: second("stale", &[Step(Change, DEPLOY, 0)]);
    }
}

mod tasks_fail {
    use super::*;

    scenario_tests! {
        rollback: shown(second("rollback", &[Step(Change, DEPLOY, 5), Step(First, DEPLOY, 0), Step(Change, DEPLOY, 0)]));
        rollback_says_its_state: second("rollback-says-its-state", &[Step(Change, DEPLOY, 5)]);
        no_rollback_candidate: first("no-rollback-candidate", &[Step(First, DEPLOY, 5)]);
        said_twice: second("said-twice", &[Step(Change, DEPLOY, 5)]);
        exits: second("exits", &[Step(Change, DEPLOY, 5)]);
        replaced_at_once: second("replaced-at-once", &[Step(Change, DEPLOY, 5)]);
        crash_loop: shown(second("crash-loop", &[Step(Change, DEPLOY, 5)]));
        out_of_memory: second("out-of-memory", &[Step(Change, DEPLOY, 5)]);
        exec_format: second("exec-format", &[Step(Change, DEPLOY, 5)]);
        uncounted: second("uncounted", &[Step(Change, DEPLOY, 5)]);
        exits_later: second("exits-later", &[Step(Change, DEPLOY, 5)]);
        crashes_in_turns: second("crashes-in-turns", &[Step(Change, SHORT, 6)]);
        classic_rollback: second("classic-rollback", &[Step(Change, DEPLOY, 5)]);
        first_fails: shown(first("first-fails", &[Step(First, DEPLOY, 5), Step(First, DEPLOY, 5)]));
    }
}

mod tasks_do_not_start {
    use super::*;

    scenario_tests! {
        cannot_pull: second("cannot-pull", &[Step(Change, DEPLOY, 5)]);
        breaker: second("breaker", &[Step(Change, DEPLOY, 5), Step(Change, DEPLOY, 5), Step(Change, &["deploy", "--force"], 0)]);
        secret_missing: second("secret-missing", &[Step(Change, DEPLOY, 5)]);
        log_group_missing: second("log-group-missing", &[Step(Change, DEPLOY, 5)]);
        no_route: second("no-route", &[Step(Change, DEPLOY, 5)]);
    }
}

mod tasks_are_unhealthy {
    use super::*;

    scenario_tests! {
        unhealthy_container: second("unhealthy-container", &[Step(Change, DEPLOY, 5)]);
        unhealthy_proxy: second("unhealthy-proxy", &[Step(Change, DEPLOY, 5)]);
        target_timeout: shown(second("target-timeout", &[Step(Change, DEPLOY, 5)]));
        target_code: second("target-code", &[Step(Change, DEPLOY, 5)]);
        target_drains: second("target-drains", &[Step(Change, DEPLOY, 5)]);
        targets_never: second("targets-never", &[Step(Change, SHORT, 6)]);
        container_never: second("container-never", &[Step(Change, SHORT, 6)]);
        target_port: second("target-port", &[Step(Change, DEPLOY, 5)]);
    }
}

mod capacity_is_missing {
    use super::*;

    scenario_tests! {
        never: shown(second("never", &[Step(Change, DEPLOY, 6), Step(Change, &["deploy", "--timeout", "1m"], 6)]));
        no_provider: second("no-provider", &[Step(Change, SHORT, 6)]);
        no_fargate_capacity: second("no-fargate-capacity", &[Step(Change, SHORT, 6)]);
        refused_capacity: second("refused-capacity", &[Step(Change, SHORT, 6)]);
        subnet_full: second("subnet-full", &[Step(Change, SHORT, 6)]);
        too_few: second("too-few", &[Step(Change, SHORT, 6)]);
    }
}

mod deployment_is_stopped_or_replaced {
    use super::*;

    scenario_tests! {
        superseded: shown(second("superseded", &[Step(Change, DEPLOY, 7)]));
        failed_superseded: second("failed-superseded", &[Step(Change, DEPLOY, 5)]);
        failed_superseded_denied: second("failed-superseded-denied", &[Step(Change, DEPLOY, 5)]);
        failed_superseded_without_rollback: second("failed-superseded-without-rollback", &[Step(Change, DEPLOY, 5)]);
        rollback_superseded: second("rollback-superseded", &[Step(Change, DEPLOY, 5)]);
        stopped: second("stopped", &[Step(Change, DEPLOY, 5), Step(Change, DEPLOY, 5)]);
        stopped_back: second("stopped-back", &[Step(Change, DEPLOY, 5)]);
        alarm: second("alarm", &[Step(Change, DEPLOY, 5)]);
        alarm_stops: second("alarm-stops", &[Step(Change, DEPLOY, 5), Step(Change, DEPLOY, 5)]);
        rollback_same_id: second("rollback-same-id", &[Step(Change, DEPLOY, 5)]);
        rollback_unseen: second("rollback-unseen", &[Step(Change, DEPLOY, 5)]);
        rollback_late: second("rollback-late", &[Step(Change, DEPLOY, 5)]);
        rollback_late_denied: second("rollback-late-denied", &[Step(Change, DEPLOY, 5)]);
    }
}

mod deployment_in_progress {
    use super::*;

    scenario_tests! {
        stuck_pending: shown(second("stuck-pending", &[Step(Change, SHORT, 6)]));
        old_stays: second("old-stays", &[Step(Change, SHORT, 6)]);
        protected_in_progress: shown(second("protected-in-progress", &[Step(Change, SHORT, 6)]));
        slow: second("slow", &[Step(Change, &["deploy", "--timeout", "5s"], 6), Step(Change, &["deploy", "--timeout", "5s"], 6), Step(Change, DEPLOY, 0), Step(Change, DEPLOY, 0)]);
    }
}
