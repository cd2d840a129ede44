use super::*;
use crate::ecs::Service;
use crate::ecs::ServiceDeployment;
use crate::engine::UnfinishedReason;
use crate::engine::rollback::error::first_deployment;
use crate::engine::rollback::in_progress::InProgressDeployment;
use crate::exit::Exit;
use crate::model::{Ending, Value};
use crate::plan;
use crate::verdict::RolloutCounts;
use serde_json::json;

fn arn(short: &str) -> String {
    format!("arn:aws:ecs:r:1:task-definition/{short}")
}

fn plan_from(from: Option<&str>, method: RollbackMethod) -> RollbackPlan {
    RollbackPlan {
        name: "web".to_owned(),
        service: Service::read(Value::Null),
        method,
        plan: plan::restored_by_ecs(("web", "web"), (None, None), (None, None)),
        from: from.map(arn),
        to: Some(arn("web:42")),
        definition: None,
        warnings: Vec::new(),
    }
}

fn started() -> WatchTarget {
    WatchTarget::Started {
        id: "ecs-svc/9".to_owned(),
        created_at: None,
        previous: Some("ecs-svc/8".to_owned()),
    }
}

fn candidate(target: WatchTarget, definition: Option<&str>, in_progress: bool) -> RollbackCandidate {
    let request = WatchRequest {
        definition: definition.map(str::to_owned),
        before: Some("web:42".to_owned()),
        ..WatchRequest::new("web", target)
    };
    RollbackCandidate::requested(WatchProgress {
        request,
        in_progress: in_progress.then(started),
        failures: Vec::new(),
    })
}

fn same() -> WatchTarget {
    WatchTarget::Same {
        id: "ecs-svc/8".to_owned(),
    }
}

fn course(it: &RollbackCandidate, found: Result<Option<RollbackPlan>, RollbackError>, runs: &str) -> String {
    match it.course(found, Some(&arn(runs))) {
        Ok(RollbackDecision::RollBack(_)) => "back".to_owned(),
        Ok(RollbackDecision::Watch(aim)) => format!("judge {:?}", aim.target)
            .split(['{', '('])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned(),
        Ok(RollbackDecision::Leave) => "leave".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn only_this_runs_own_revision_is_replaced_by_an_older_one() {
    let rows = [
        (started(), Some("web:43"), true),
        // `--force`, or only settings: the previous revision is the same.
        (started(), Some("web:42"), false),
        (same(), Some("web:43"), false),
        (WatchTarget::Restored, Some("web:43"), false),
        (WatchTarget::InFlight, Some("web:43"), false),
    ];
    for (target, definition, expected) in rows {
        let it = candidate(target.clone(), definition, false);
        assert_eq!(it.is_of_this_run(), expected, "{target:?} {definition:?}");
    }
}

#[test]
fn only_the_requested_deployment_is_rolled_back() {
    let back = |from: Option<&str>| Ok(Some(plan_from(from, RollbackMethod::Update)));
    let rows = [
        (started(), Some("web:43"), false, Some("web:43"), "back"),
        (started(), Some("web:43"), false, None, "back"),
        // ECS has rolled it back, or another user has deployed: the judge decides.
        (started(), Some("web:43"), false, Some("web:42"), "judge Started"),
        (started(), Some("web:43"), false, Some("web:44"), "judge Started"),
        (same(), Some("web:42"), false, Some("web:44"), "judge Same"),
        (
            WatchTarget::InFlight,
            Some("web:43"),
            true,
            Some("web:44"),
            "judge Started",
        ),
        (
            WatchTarget::InFlight,
            Some("web:43"),
            true,
            Some("web:43"),
            "back",
        ),
        // No deployment in progress was seen, so there is none to roll back.
        (
            WatchTarget::InFlight,
            Some("web:42"),
            false,
            Some("web:44"),
            "leave",
        ),
        (
            WatchTarget::Restored,
            Some("web:42"),
            true,
            Some("web:44"),
            "leave",
        ),
        // Not polled yet.
        (WatchTarget::InFlight, None, false, Some("web:44"), "back"),
    ];
    for (target, asked, seen_in_progress, runs, expected) in rows {
        let it = candidate(target.clone(), asked, seen_in_progress);
        let found = course(&it, back(runs), runs.unwrap_or("web:43"));
        assert_eq!(found, expected, "{target:?} {asked:?} {runs:?}");
    }
}

#[test]
fn without_a_deployment_in_progress_it_is_left_or_watched() {
    let none = || first_deployment("web");
    for target in [same(), WatchTarget::Restored, WatchTarget::InFlight] {
        let it = candidate(target.clone(), Some("web:43"), true);
        assert_eq!(course(&it, Ok(None), "web:43"), "leave", "{target:?}");
    }
    let it = candidate(started(), Some("web:43"), false);
    assert_eq!(course(&it, Err(none()), "web:43"), none().to_string());
    // The only earlier revision runs again: nothing to roll back to, and nothing to undo.
    assert_eq!(course(&it, Err(none()), "web:42"), "judge Started");
    let it = candidate(WatchTarget::InFlight, Some("web:43"), true);
    assert_eq!(course(&it, Ok(None), "web:42"), "judge Started");
}

#[test]
fn a_rollback_by_ecs_is_watched_for_the_original_target() {
    let deployment =
        ServiceDeployment::read(&json!({"serviceDeploymentArn": "a", "status": "ROLLBACK_IN_PROGRESS"}));
    let in_progress = InProgressDeployment {
        deployment: deployment.unwrap(),
        id: "ecs-svc/9".to_owned(),
        previous: None,
        definition: None,
        restores: None,
        is_first: false,
    };
    for (target, seen_in_progress, expected) in [
        (started(), false, "judge Started"),
        (WatchTarget::InFlight, true, "judge Started"),
        (WatchTarget::InFlight, false, "judge InFlight"),
        (WatchTarget::Restored, false, "judge Restored"),
    ] {
        let it = candidate(target.clone(), Some("web:43"), seen_in_progress);
        let plan = plan_from(
            Some("web:43"),
            RollbackMethod::Await(Box::new(in_progress.clone())),
        );
        assert_eq!(course(&it, Ok(Some(plan)), "web:43"), expected, "{target:?}");
    }
}

fn end(target: WatchTarget, definition: &str, failures: Vec<TaskFailure>, verdict: Verdict) -> ServiceResult {
    let aim = WatchRequest {
        definition: Some(definition.to_owned()),
        ..WatchRequest::new("web", target)
    };
    let figures = RolloutCounts {
        definition: Some(definition.to_owned()),
        ..RolloutCounts::default()
    };
    ServiceResult::new(&aim, &figures, failures, verdict)
}

fn failed_with(exit_code: i64) -> TaskFailure {
    TaskFailure {
        exit_code: Some(exit_code),
        task_id: Some(format!("task{exit_code}")),
        ..TaskFailure::default()
    }
}

fn failed(how: FailureKind) -> Verdict {
    Verdict::Failed {
        how,
        reason: Some("AWS's words".to_owned()),
    }
}

#[test]
fn each_rollback_result_has_its_summary_and_ending() {
    let timed_out = Verdict::TimedOut {
        after: jiff::SignedDuration::from_mins(15),
        state: "waiting for tasks".to_owned(),
        last_event: None,
        last_event_at: None,
    };
    let rows = [
        (
            Verdict::Stable { exercised: true },
            "web: web:43 failed and was rolled back; web:42 runs",
            "web: web:43 was rolled back at your request; web:42 runs again",
            (Exit::Rollout, Ending::RolledBack),
        ),
        (
            timed_out,
            "web: web:43 failed; the rollback to web:42 is still in progress",
            "web: the rollback of web:43 to web:42 that you requested is still in progress",
            (Exit::Rollout, Ending::Failed),
        ),
        (
            failed(FailureKind::CrashLoop { failed: 3 }),
            "web: web:43 failed, and so did the rollback",
            "web: the rollback of web:43 to web:42 that you requested failed",
            (Exit::Rollout, Ending::Failed),
        ),
        (
            failed(FailureKind::RollbackFailed),
            "web: web:43 failed, and so did the rollback",
            "web: the rollback of web:43 to web:42 that you requested failed",
            (Exit::Rollout, Ending::Failed),
        ),
        (
            Verdict::Stopped { reason: None },
            "web: web:43 failed, and so did the rollback",
            "web: the rollback of web:43 to web:42 that you requested failed",
            (Exit::Rollout, Ending::Failed),
        ),
        (
            failed(FailureKind::ServiceGone),
            "web: the service no longer exists",
            "web: the service no longer exists",
            (Exit::Rollout, Ending::Failed),
        ),
    ];
    for (verdict, when_failed, when_chosen, (exit, ending)) in rows {
        let back = end(
            WatchTarget::Restored,
            "web:42",
            vec![failed_with(2)],
            verdict.clone(),
        );
        let first = end(
            started(),
            "web:43",
            vec![failed_with(1)],
            failed(FailureKind::GivenUp),
        );
        let requested = candidate(started(), Some("web:43"), false);
        let failed = RollbackCandidate::failed(&requested.progress.request, &first);
        let going = [failed, requested];
        for (mut going, words) in going.into_iter().zip([when_failed, when_chosen]) {
            going.learn(&plan_from(Some("web:43"), RollbackMethod::Update));
            let told = going.rolled_back(&back);
            assert_eq!(told.summary, words, "{verdict:?}");
            assert_eq!((told.exit(), told.outcome.outcome), (exit, ending), "{verdict:?}");
            let codes = told.outcome.failures.iter().filter_map(|it| it.exit_code);
            assert!(
                codes.into_iter().any(|it| it == 2),
                "{verdict:?}: why it isn't back is dropped"
            );
        }
    }
}

#[test]
fn a_superseded_rollback_keeps_the_failure() {
    let superseded = Verdict::Superseded {
        by: None,
        definition: Some("web:44".to_owned()),
        at: None,
    };
    let back = end(WatchTarget::Restored, "web:44", Vec::new(), superseded);
    let first = end(started(), "web:43", Vec::new(), failed(FailureKind::GivenUp));
    let requested = candidate(started(), Some("web:43"), false);
    let failed = RollbackCandidate::failed(&requested.progress.request, &first);
    let told = failed.rolled_back(&back);
    assert_eq!(told.summary, "web: web:43 failed, then superseded by web:44");
    assert_eq!(
        (told.exit(), told.outcome.outcome),
        (Exit::Rollout, Ending::Failed)
    );
    assert_eq!(told.outcome.reason.as_deref(), Some("AWS's words"));
    // What a user had rolled back may not have failed.
    let told = requested.rolled_back(&back);
    assert_eq!(told.summary, "web: superseded by a newer deployment of web:44");
    assert_eq!(told.exit(), Exit::Superseded);
}

#[test]
fn a_deployment_stopped_too_late_is_reported_as_running() {
    let it = candidate(started(), Some("web:43"), false);
    let end = end(
        started(),
        "web:43",
        Vec::new(),
        Verdict::Stable { exercised: true },
    );
    let told = it.result(&end);
    assert_eq!(told.summary, "web runs web:43");
    assert_eq!(
        (told.outcome.outcome, told.outcome.is_final),
        (Ending::Done, true)
    );
}

#[test]
fn an_unfinished_rollout_names_its_revision() {
    let unfinished = candidate(started(), Some("web:43"), false).unfinished();
    assert_eq!(
        (unfinished.reason, unfinished.definition.as_deref()),
        (UnfinishedReason::Unwatched, Some("web:43"))
    );
}
