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

fn leg(from: Option<&str>, method: RollbackMethod) -> RollbackPlan {
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
fn an_older_revision_takes_only_the_place_of_one_that_this_run_deployed() {
    let rows = [
        (started(), Some("web:43"), true),
        // `--force`, or nothing but settings: what ran before is the same.
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
fn only_what_was_asked_for_is_undone() {
    let back = |from: Option<&str>| Ok(Some(leg(from, RollbackMethod::Update)));
    let rows = [
        (started(), Some("web:43"), false, Some("web:43"), "back"),
        (started(), Some("web:43"), false, None, "back"),
        // ECS has rolled it back, or somebody has deployed: what became of it is for the judge to say.
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
        // Nothing was seen under way, so it is nobody's.
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
        // Not looked at yet.
        (WatchTarget::InFlight, None, false, Some("web:44"), "back"),
    ];
    for (target, asked, under_way, runs, expected) in rows {
        let it = candidate(target.clone(), asked, under_way);
        let found = course(&it, back(runs), runs.unwrap_or("web:43"));
        assert_eq!(found, expected, "{target:?} {asked:?} {runs:?}");
    }
}

#[test]
fn where_nothing_is_in_flight_there_is_something_to_leave_or_to_judge() {
    let none = || first_deployment("web");
    for target in [same(), WatchTarget::Restored, WatchTarget::InFlight] {
        let it = candidate(target.clone(), Some("web:43"), true);
        assert_eq!(course(&it, Ok(None), "web:43"), "leave", "{target:?}");
    }
    let it = candidate(started(), Some("web:43"), false);
    assert_eq!(course(&it, Err(none()), "web:43"), none().to_string());
    // The only revision before it runs again: nothing is left to go back to, and nothing to undo.
    assert_eq!(course(&it, Err(none()), "web:42"), "judge Started");
    let it = candidate(WatchTarget::InFlight, Some("web:43"), true);
    assert_eq!(course(&it, Ok(None), "web:42"), "judge Started");
}

#[test]
fn what_goes_back_by_itself_is_watched_for_what_it_was_about() {
    let deployment =
        ServiceDeployment::read(&json!({"serviceDeploymentArn": "a", "status": "ROLLBACK_IN_PROGRESS"}));
    let flight = InProgressDeployment {
        deployment: deployment.unwrap(),
        id: "ecs-svc/9".to_owned(),
        previous: None,
        definition: None,
        restores: None,
        is_first: false,
    };
    for (target, under_way, expected) in [
        (started(), false, "judge Started"),
        (WatchTarget::InFlight, true, "judge Started"),
        (WatchTarget::InFlight, false, "judge InFlight"),
        (WatchTarget::Restored, false, "judge Restored"),
    ] {
        let it = candidate(target.clone(), Some("web:43"), under_way);
        let leg = leg(Some("web:43"), RollbackMethod::Await(Box::new(flight.clone())));
        assert_eq!(course(&it, Ok(Some(leg)), "web:43"), expected, "{target:?}");
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
fn each_end_of_the_way_back_is_told_for_what_it_is() {
    let timed_out = Verdict::TimedOut {
        after: jiff::SignedDuration::from_mins(15),
        waiting_for: "tasks".to_owned(),
        last_event: None,
    };
    let superseded = Verdict::Superseded {
        by: None,
        definition: Some("web:44".to_owned()),
        at: None,
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
            superseded,
            "web: superseded by a newer deployment of web:44",
            "web: superseded by a newer deployment of web:44",
            (Exit::Superseded, Ending::Superseded),
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
            going.learn(&leg(Some("web:43"), RollbackMethod::Update));
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
fn what_was_stopped_too_late_is_told_to_run() {
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
fn what_goes_on_is_named() {
    let unfinished = candidate(started(), Some("web:43"), false).unfinished();
    assert_eq!(
        (unfinished.reason, unfinished.definition.as_deref()),
        (UnfinishedReason::Unwatched, Some("web:43"))
    );
}
