//! Properties that hold in every simulated history.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{Just, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use serde_json::json;

use super::history::{EcsModel, HistoryEvent, HistorySetup, OURS, ReadFault};
use super::{Judge, JudgeStep};
use crate::ecs::{
    Deployment, DeploymentStrategy, RolloutState, Service, ServiceDeployment, ServiceDeploymentStatus,
    ServiceEvent, Task,
};
use crate::exit::Exit;
use crate::model::RolloutEvent;
use crate::verdict::{FailureKind, Snapshot, Verdict, WatchRequest, WatchTarget};

fn setting() -> impl Gen<Value = HistorySetup> {
    (0_u64..5, any::<[bool; 9]>()).prop_map(|(desired, flags)| HistorySetup {
        desired,
        broken: flags[0] && desired > 0,
        in_turns: false,
        flaky: 0,
        breaker: flags[1],
        rollback: flags[2],
        before: flags[3],
        reuse_id: flags[4],
        has_service_deployments: flags[5],
        has_rollout_state: flags[6],
        load_balanced: flags[7],
        takes_turns: flags[8],
    })
}

use proptest::strategy::Strategy as Gen;

fn act() -> impl Gen<Value = HistoryEvent> {
    prop_oneof![
        40 => Just(HistoryEvent::Work),
        1 => Just(HistoryEvent::Supersede),
        1 => Just(HistoryEvent::Stop),
        1 => (1_u64..5).prop_map(HistoryEvent::Scale),
    ]
}

fn flaw() -> impl Gen<Value = ReadFault> {
    prop_oneof![
        12 => Just(ReadFault::None),
        3 => (1_usize..4).prop_map(ReadFault::Stale),
        1 => Just(ReadFault::UnknownState),
        1 => Just(ReadFault::UnknownStatus),
        1 => Just(ReadFault::Missing),
        1 => Just(ReadFault::NoCounts),
    ]
}

/// The result of a simulated history.
struct HistoryResult {
    steps: Vec<JudgeStep>,
    verdict: Option<Verdict>,
    world: EcsModel,
    /// Whether our deployment had been superseded before the verdict.
    superseded: bool,
}

/// Plays events with faulty reads, then normal ticks with good reads until there is a verdict.
fn play(setting: HistorySetup, acts: &[(HistoryEvent, ReadFault)], skew: i64) -> HistoryResult {
    let mut world = EcsModel::new(setting);
    let target = WatchTarget::Started {
        id: OURS.to_owned(),
        created_at: Some(world.created_at()),
        previous: world.previous(),
    };
    let request = WatchRequest {
        takes_turns: setting.takes_turns,
        ..WatchRequest::new("web", target)
    };
    let mut judge = Judge::new(request);
    let mut steps: Vec<JudgeStep> = Vec::new();
    let quiet = std::iter::repeat_n((HistoryEvent::Work, ReadFault::None), 700);
    for (act, flaw) in acts.iter().copied().chain(quiet) {
        world.tick(act);
        let clock = world.now + SignedDuration::from_secs(skew);
        let step = judge.step(&world.snapshot(flaw, clock), clock);
        let ended = step.verdict.is_some();
        steps.push(step);
        if ended {
            break;
        }
    }
    let verdict = steps.last().and_then(|step| step.verdict.clone());
    // The verdict is final: later snapshots change nothing and produce no events.
    for _ in 0..3 {
        world.tick(HistoryEvent::Supersede);
        let clock = world.now + SignedDuration::from_secs(skew);
        let step = judge.step(&world.snapshot(ReadFault::None, clock), clock);
        assert_eq!(step.verdict, verdict);
        assert!(step.events.is_empty());
        assert_eq!(step.read_requests, super::ReadRequests::default());
    }
    let before_end = &acts[..acts.len().min(steps.len())];
    HistoryResult {
        superseded: before_end.iter().any(|(act, _)| *act == HistoryEvent::Supersede),
        steps,
        verdict,
        world,
    }
}

proptest! {
    #![proptest_config(crate::schema::testing::cases(500))]

    /// A revision whose tasks crash never ends in success, however wrong or late the reads are; a working
    /// revision never ends in a rollback.
    #[test]
    fn the_verdict_is_correct(setting in setting(), acts in prop::collection::vec((act(), flaw()), 0..60), skew in -4000_i64..4000) {
        let played = play(setting, &acts, skew);
        let verdict = played.verdict.clone().expect("every history ends");
        if setting.broken {
            prop_assert!(verdict.exit() != Exit::Done, "{verdict:?}");
        } else {
            let adverse = matches!(verdict, Verdict::RolledBack { .. } | Verdict::Failed { .. });
            prop_assert!(!adverse, "{verdict:?}");
        }
        if matches!(verdict, Verdict::Superseded { .. } | Verdict::CompletedThenSuperseded { .. }) {
            prop_assert!(played.superseded, "{verdict:?}");
        }
        if matches!(verdict, Verdict::CompletedThenSuperseded { .. }) {
            prop_assert!(setting.takes_turns && played.world.completed, "{verdict:?}");
        }
        if matches!(verdict, Verdict::Stopped { .. }) {
            prop_assert!(acts.iter().any(|(act, _)| *act == HistoryEvent::Stop), "{verdict:?}");
        }
    }

    /// A healthy rollout without interference ends in Stable, despite faulty reads.
    #[test]
    fn a_healthy_history_ends_stable(setting in setting(), flaws in prop::collection::vec(flaw(), 0..60), skew in -4000_i64..4000) {
        let setting = HistorySetup { broken: false, ..setting };
        let acts: Vec<(HistoryEvent, ReadFault)> = flaws.into_iter().map(|flaw| (HistoryEvent::Work, flaw)).collect();
        let played = play(setting, &acts, skew);
        prop_assert_eq!(played.verdict, Some(Verdict::Stable { exercised: setting.desired > 0 }));
    }

    /// A rolled back deployment without interference ends in RolledBack.
    #[test]
    fn a_rollback_is_reported_as_one(setting in setting(), flaws in prop::collection::vec(flaw(), 0..60), skew in -4000_i64..4000) {
        let setting = HistorySetup { broken: true, desired: setting.desired.max(1), breaker: true, rollback: true, before: true, ..setting };
        let acts: Vec<(HistoryEvent, ReadFault)> = flaws.into_iter().map(|flaw| (HistoryEvent::Work, flaw)).collect();
        let played = play(setting, &acts, skew);
        let verdict = played.verdict.expect("every history ends");
        let back = matches!(&verdict, Verdict::RolledBack { to: Some(to), .. } if to == "web:1");
        prop_assert!(back, "{verdict:?}");
        prop_assert!(played.world.rolled_back);
    }

    /// A broken revision without interference ends with exit 5: by ECS with a circuit breaker, by the judge
    /// without one.
    #[test]
    fn a_crash_loop_ends(setting in setting(), flaws in prop::collection::vec(flaw(), 0..60), skew in -4000_i64..4000) {
        let setting = HistorySetup { broken: true, desired: setting.desired.max(1), ..setting };
        let acts: Vec<(HistoryEvent, ReadFault)> = flaws.into_iter().map(|flaw| (HistoryEvent::Work, flaw)).collect();
        let verdict = play(setting, &acts, skew).verdict.expect("every history ends");
        prop_assert_eq!(verdict.exit(), Exit::Rollout, "{:?}", verdict);
    }

    /// Tasks that start and crash in turns, so that some always run and ECS's own count stays at zero, are also
    /// a crash loop without a breaker, reported long before the timeout.
    #[test]
    fn a_crash_loop_in_turns_ends(setting in setting(), desired in 3_u64..12, flaws in prop::collection::vec(flaw(), 0..60), skew in -4000_i64..4000) {
        let setting = HistorySetup { broken: true, in_turns: true, desired, breaker: false, ..setting };
        let acts: Vec<(HistoryEvent, ReadFault)> = flaws.into_iter().map(|flaw| (HistoryEvent::Work, flaw)).collect();
        let played = play(setting, &acts, skew);
        let is_loop = matches!(played.verdict, Some(Verdict::Failed { how: FailureKind::CrashLoop { .. }, .. }));
        prop_assert!(is_loop, "{:?}", played.verdict);
        prop_assert!(played.steps.len() < 200, "{} polls", played.steps.len());
    }

    /// Tasks that crash while another keeps running are not a crash loop: once all tasks run, it is a success.
    #[test]
    fn a_rollout_with_crashes_on_the_way_ends_stable(setting in setting(), desired in 2_u64..8, flaky in 0_u64..30, flaws in prop::collection::vec(flaw(), 0..60), skew in -4000_i64..4000) {
        let setting = HistorySetup { broken: false, flaky, desired, breaker: false, has_rollout_state: true, ..setting };
        let acts: Vec<(HistoryEvent, ReadFault)> = flaws.into_iter().map(|flaw| (HistoryEvent::Work, flaw)).collect();
        let played = play(setting, &acts, skew);
        prop_assert_eq!(played.verdict, Some(Verdict::Stable { exercised: true }));
    }

    /// Events are reported once and in order.
    #[test]
    fn events_are_reported_once(setting in setting(), acts in prop::collection::vec((act(), flaw()), 0..60)) {
        let played = play(setting, &acts, 0);
        let events: Vec<&RolloutEvent> = played.steps.iter().flat_map(|step| &step.events).collect();
        let starts = events.iter().filter(|it| matches!(it, RolloutEvent::Started { .. })).count();
        prop_assert!(starts <= 1);
        let rollbacks = events.iter().filter(|it| matches!(it, RolloutEvent::RollingBack { .. })).count();
        let settlings = events.iter().filter(|it| matches!(it, RolloutEvent::Settling { .. })).count();
        prop_assert!(rollbacks <= 1 && settlings <= 1);
        let said: Vec<&String> = events.iter().filter_map(|it| match it { RolloutEvent::Said { at, .. } => Some(at), _ => None }).collect();
        prop_assert!(said.is_sorted());
        let stopped: Vec<&String> = events.iter().filter_map(|it| match it {
            RolloutEvent::Stopped { failure } => failure.task_id.as_ref(),
            _ => None,
        }).collect();
        prop_assert_eq!(stopped.iter().collect::<HashSet<_>>().len(), stopped.len());
        for pair in events.windows(2) {
            prop_assert!(pair[0] != pair[1], "a repeated event");
        }
    }

    /// No response makes the judge panic, and a success always has our deployment as PRIMARY.
    #[test]
    fn no_snapshot_makes_the_judge_panic(polls in prop::collection::vec((snapshot(), 0_i64..400), 1..25), request in request()) {
        let started = matches!(&request.target, WatchTarget::Started { .. });
        let mut judge = Judge::new(request);
        let mut now = Timestamp::from_second(1_700_000_000).unwrap();
        for (poll, seconds) in polls {
            now += SignedDuration::from_secs(seconds);
            let step = judge.step(&poll, now);
            let success = matches!(step.verdict, Some(Verdict::Stable { .. } | Verdict::Deployed { .. }));
            if success {
                let service = poll.service.as_ref().expect("a success without a service");
                prop_assert!(!service.has_deployments() || service.primary().is_some());
            }
            if success && started {
                let service = poll.service.as_ref().expect("a success without a service");
                prop_assert!(!service.has_deployments() || service.primary().is_some_and(|it| it.id == OURS));
                let join = poll.service_deployment(OURS);
                prop_assert!(!join.is_some_and(|it| it.status.is_rollback()));
            }
            if step.verdict.is_some() {
                break;
            }
        }
    }
}

fn request() -> impl Gen<Value = WatchRequest> {
    let target = prop_oneof![
        (any::<bool>(), any::<bool>()).prop_map(|(time, before)| WatchTarget::Started {
            id: OURS.to_owned(),
            created_at: time.then(|| Timestamp::from_second(1_700_000_010).unwrap()),
            previous: before.then(|| "ecs-svc/1".to_owned()),
        }),
        Just(WatchTarget::Same { id: OURS.to_owned() }),
        Just(WatchTarget::InFlight),
        any::<bool>().prop_map(|starts| WatchTarget::Unidentified {
            replaced: starts.then(|| "ecs-svc/1".to_owned())
        }),
        Just(WatchTarget::Restored),
    ];
    (target, any::<bool>(), prop::option::of(0_u64..4)).prop_map(|(target, deployed, desired)| WatchRequest {
        desired,
        until: if deployed {
            crate::verdict::WaitUntil::Deployed
        } else {
            crate::verdict::WaitUntil::Stable
        },
        ..WatchRequest::new("web", target)
    })
}

fn time() -> impl Gen<Value = Option<Timestamp>> {
    prop::option::of((1_700_000_000_i64..1_700_000_060).prop_map(|it| Timestamp::from_second(it).unwrap()))
}

fn words() -> impl Gen<Value = Option<String>> {
    prop::option::of(
        prop::sample::select(vec![
            "ECS deployment ecs-svc/2 in progress.",
            "ECS deployment circuit breaker: tasks failed to start.",
            "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.",
            "(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.",
            "Replaced by a new service deployment.",
        ])
        .prop_map(str::to_owned),
    )
}

fn a_count() -> impl Gen<Value = Option<u64>> {
    prop::option::of(prop_oneof![8 => 0_u64..4, 1 => Just(u64::MAX)])
}

fn deployment() -> impl Gen<Value = Deployment> {
    let id = prop::sample::select(vec!["ecs-svc/1", "ecs-svc/2", "ecs-svc/3", "odd", ""]);
    let status = prop::sample::select(vec!["PRIMARY", "PRIMARY", "ACTIVE", "DRAINING", "TOMORROW", ""]);
    let state = prop::option::of(prop::sample::select(vec![
        "COMPLETED",
        "FAILED",
        "IN_PROGRESS",
        "TOMORROW",
    ]));
    (
        id,
        status,
        state,
        (a_count(), a_count(), a_count(), a_count()),
        words(),
        time(),
        time(),
    )
        .prop_map(
            |(id, status, state, counts, reason, created_at, updated_at)| Deployment {
                id: id.to_owned(),
                status: status.to_owned(),
                task_definition: Some(format!("arn:aws:ecs:::task-definition/web:{}", id.len())),
                desired_count: counts.0,
                running_count: counts.1,
                pending_count: counts.2.unwrap_or(0),
                failed_tasks: counts.3.unwrap_or(0),
                rollout_state: state.map(RolloutState::read),
                rollout_state_reason: reason,
                created_at,
                updated_at,
            },
        )
}

fn service() -> impl Gen<Value = Service> {
    let events = prop::collection::vec((0_u32..5, time(), words()), 0..4);
    (
        prop::collection::vec(deployment(), 0..4),
        events,
        (a_count(), a_count(), a_count()),
        prop::sample::select(vec!["ACTIVE", "ACTIVE", "ACTIVE", "DRAINING", "INACTIVE"]),
        prop::sample::select(vec!["ROLLING", "ROLLING", "BLUE_GREEN", "CANARY", "TOMORROW"]),
        any::<[bool; 3]>(),
    )
        .prop_map(|(deployments, events, counts, status, strategy, flags)| {
            let mut service = Service::read(json!({"serviceName": "web", "status": status}));
            service.desired_count = counts.0;
            service.running_count = counts.1;
            service.pending_count = counts.2;
            service.deployments = deployments;
            service.events = events
                .into_iter()
                .map(|(id, at, message)| ServiceEvent {
                    id: id.to_string(),
                    at,
                    message: message.unwrap_or_default(),
                })
                .collect();
            service.deployment_strategy = DeploymentStrategy::read(strategy);
            service.circuit_breaker = flags[0];
            service.rolls_back_on_failure = flags[1];
            service.load_balanced = flags[2];
            service
        })
}

fn join() -> impl Gen<Value = ServiceDeployment> {
    let status = prop::sample::select(vec![
        "PENDING",
        "SUCCESSFUL",
        "STOPPED",
        "STOP_REQUESTED",
        "IN_PROGRESS",
        "ROLLBACK_REQUESTED",
        "ROLLBACK_IN_PROGRESS",
        "ROLLBACK_SUCCESSFUL",
        "ROLLBACK_FAILED",
        "TOMORROW",
    ]);
    (0_u32..4, status, words(), (time(), time())).prop_map(|(number, status, reason, times)| {
        ServiceDeployment {
            arn: format!("arn:sd/{number}"),
            status: ServiceDeploymentStatus::read(status),
            status_reason: reason,
            target_revision: Some(format!("arn:aws:ecs:::service-revision/c/web/{number}")),
            created_at: times.0,
            finished_at: times.1,
            stopped_at: None,
            lifecycle_stage: Some("BAKE_TIME".to_owned()),
            rollback_reason: None,
            rollback_revision: None,
            circuit_breaker: None,
            alarms: None,
            hooks: Vec::new(),
            production_traffic: None,
            test_traffic: None,
            bake_time: None,
            strategy: None,
            source_revisions: Vec::new(),
        }
    })
}

fn snapshot() -> impl Gen<Value = Snapshot> {
    (
        prop::option::weighted(0.9, service()),
        prop::collection::vec(join(), 0..3),
        time(),
        any::<[bool; 2]>(),
    )
        .prop_map(|(service, service_deployments, at, flags)| Snapshot {
            code_deploy: None,
            no_code_deployment: false,
            targets: Vec::new(),
            protected: Vec::new(),
            protection_at: at,
            protection_readable: flags[1],
            service,
            service_deployments,
            deployments_readable: flags[0],
            listed_at: at,
            tasks: Vec::<Task>::new(),
            tasks_at: at,
            running: Vec::new(),
            running_at: at,
            tasks_readable: flags[1],
        })
}
