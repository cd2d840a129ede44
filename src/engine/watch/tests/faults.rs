//! Failing reads, and limits on the number of reads.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::scripted::{
    Scripted, healthy_after, play, request, rolled_back, service, stopped_task, verdict, warnings,
};
use super::watch;
use crate::clock::Clock;
use crate::engine::polling::Severity;
use crate::exit::Exit;
use crate::model::{Event, Value};
use crate::verdict::{FailureKind, Verdict, WatchRequest};

#[test]
fn temporary_errors_do_not_end_the_watch() {
    for weight in [Severity::Throttled, Severity::Transient] {
        let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(3));
        ecs.fault = Box::new(move |operation, nth| {
            (operation == "DescribeServices" && (1..9).contains(&nth)).then_some(weight)
        });
        let (watch, events) = play(&ecs, vec![request("web")]);
        assert_eq!(
            *verdict(&watch),
            Verdict::Stable { exercised: true },
            "{weight:?}"
        );
        let told = if weight == Severity::Transient {
            vec!["could not DescribeServices: still trying"]
        } else {
            vec![]
        };
        assert_eq!(warnings(&events), told);
    }
}

#[test]
fn throttling_slows_polling_down() {
    let clock = Clock::virtual_time();
    let mut ecs = Scripted::new(&clock, healthy_after(1));
    ecs.fault = Box::new(|operation, nth| {
        (operation == "DescribeServices" && nth < 4).then_some(Severity::Throttled)
    });
    play(&ecs, vec![request("web")]);
    let log = ecs.log.borrow();
    let polls: Vec<Timestamp> = log
        .iter()
        .filter(|it| it.operation == "DescribeServices")
        .map(|it| it.at)
        .collect();
    let gaps: Vec<f64> = polls
        .windows(2)
        .map(|pair| pair[1].duration_since(pair[0]).as_secs_f64())
        .collect();
    let expected = [2.0, 4.0, 8.0, 8.0];
    assert!(
        gaps.iter()
            .zip(expected)
            .all(|(gap, wanted)| (gap - wanted).abs() < 0.2),
        "{gaps:?}"
    );
}

#[test]
fn a_missing_optional_permission_is_reported_once() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), rolled_back);
    ecs.tasks = vec![stopped_task()];
    ecs.fault = Box::new(|operation, _| (operation != "DescribeServices").then_some(Severity::Denied));
    let (watch, events) = play(&ecs, vec![request("web"), request("api"), request("worker")]);
    assert!(
        watch
            .services
            .iter()
            .all(|end| end.exit() == Exit::Rollout && end.outcome.failures.is_empty())
    );
    assert_eq!(
        warnings(&events),
        [
            "could not ListServiceDeployments: rollouts are judged by DescribeServices alone",
            "could not ListTasks: can't explain why tasks stop",
        ]
    );
}

#[test]
fn an_endpoint_without_service_deployments_causes_no_warning() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(40));
    ecs.fault =
        Box::new(|operation, _| (operation == "ListServiceDeployments").then_some(Severity::Unsupported));
    let (watch, events) = play(&ecs, vec![request("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    assert!(warnings(&events).is_empty());
    assert_eq!(ecs.count("ListServiceDeployments"), 1);
}

#[test]
fn the_service_deployment_is_searched_for_half_a_minute() {
    let ecs = Scripted::new(&Clock::virtual_time(), healthy_after(60));
    let (watch, _) = play(&ecs, vec![request("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    let tries = ecs.count("ListServiceDeployments");
    // The last one is the first try at least half a minute after the start.
    assert!((9..=12).contains(&tries), "{tries}");
}

#[test]
fn the_service_deployment_is_read_again_only_at_the_end() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(5));
    ecs.deployments = vec![
        json!({"serviceDeploymentArn": "arn:sd/2", "status": "IN_PROGRESS",
        "targetServiceRevisionArn": "arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/2"}),
    ];
    let (watch, _) = play(&ecs, vec![request("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    assert_eq!(ecs.count("ListServiceDeployments"), 1);
    // Described when found, then at each poll from COMPLETED on, until the wait for it timed out.
    let asked = ecs.count("DescribeServiceDeployments");
    assert!((10..=13).contains(&asked), "{asked}");
}

#[test]
fn lost_credentials_end_the_watch_with_a_wait_command() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), |name, poll| {
        if name == "api" {
            healthy_after(1)(name, poll)
        } else {
            service(name, 2, "IN_PROGRESS", 1)
        }
    });
    ecs.fault = Box::new(|operation, nth| {
        (operation == "DescribeServices" && nth >= 5).then_some(Severity::Credentials)
    });
    let (watch, _) = play(&ecs, vec![request("web"), request("api")]);
    assert_eq!(watch.services.len(), 1, "api had ended before");
    let broken_off = watch.broken_off().unwrap();
    assert_eq!(broken_off.exit, Exit::Preflight);
    assert!(
        broken_off
            .hint
            .as_ref()
            .unwrap()
            .to_string()
            .contains("then ecsctl wait web"),
        "{:?}",
        broken_off.hint
    );
}

/// Operations needed only for display and explanations.
const OPTIONAL: &[&str] = &[
    "ListTasks",
    "ListServiceDeployments",
    "GetLogEvents",
    "DescribeTargetHealth",
];

#[test]
fn hanging_reads_delay_neither_polls_nor_verdicts() {
    type Play = fn(&str, usize) -> Value;
    let ends: [(Play, Exit); 2] = [
        (|name, poll| healthy_after(30)(name, poll), Exit::Done),
        (rolled_back, Exit::Rollout),
    ];
    for (play_of, exit) in ends {
        let mut ecs = Scripted::new(&Clock::virtual_time(), play_of);
        ecs.tasks = vec![stopped_task()];
        ecs.hangs = OPTIONAL;
        let begun = std::time::Instant::now();
        let (watch, _) = play(&ecs, vec![request("web"), request("api")]);
        assert!(watch.services.len() == 2 && watch.services.iter().all(|end| end.exit() == exit));
        // Each read is started once and awaited briefly, not at each of the dozens of polls.
        assert_eq!(ecs.count("ListServiceDeployments"), 2);
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
}

#[test]
fn slow_reads_are_used_when_they_complete() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), |name, poll| rolled_back(name, poll / 9));
    ecs.tasks = vec![stopped_task()];
    ecs.slow = &["ListTasks"];
    let (watch, _) = play(&ecs, vec![request("web")]);
    assert_eq!(watch.services[0].outcome.failures[0].exit_code, Some(127));
}

#[test]
fn an_optional_read_without_credentials_does_not_end_the_watch() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(9));
    ecs.tasks = vec![stopped_task()];
    ecs.fault = Box::new(|operation, _| OPTIONAL.contains(&operation).then_some(Severity::Credentials));
    let (watch, _) = play(&ecs, vec![request("web"), request("api"), request("worker")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
}

#[test]
fn a_fatal_error_has_no_wait_hint() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(3));
    ecs.fault = Box::new(|operation, _| (operation == "DescribeServices").then_some(Severity::Fatal));
    let broken_off = play(&ecs, vec![request("web")]).0.broken_off().unwrap();
    assert_eq!(broken_off.hint, None, "the cause has none of its own");
}

#[test]
fn refreshed_credentials_do_not_end_the_watch() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(3));
    ecs.fault = Box::new(|operation, nth| {
        (operation == "DescribeServices" && nth == 2).then_some(Severity::Credentials)
    });
    let (watch, _) = play(&ecs, vec![request("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
}

#[test]
fn the_watch_times_out_even_if_nothing_can_be_read() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(1000));
    ecs.fault = Box::new(|operation, nth| {
        (operation == "DescribeServices" && nth > 10).then_some(Severity::Transient)
    });
    let clock = ecs.clock.clone();
    let begun = clock.now();
    let (watch, _) = play(&ecs, vec![request("web")]);
    assert_eq!(watch.services[0].exit(), Exit::TimedOut);
    assert_eq!(
        watch.services[0].summary.split(", 1 of 2").next(),
        Some(
            format!(
                "web: still in progress after {}",
                took(&watch.services[0].verdict)
            )
            .as_str()
        )
    );
    let took = clock.now().duration_since(begun);
    assert!(
        took >= SignedDuration::from_mins(15) && took < SignedDuration::from_secs(903),
        "{took:?}"
    );
}

fn took(verdict: &Verdict) -> String {
    match verdict {
        Verdict::TimedOut { after, .. } if after.as_secs() % 60 == 0 => format!("{}m", after.as_mins()),
        Verdict::TimedOut { after, .. } => format!("{}m {:02}s", after.as_mins(), after.as_secs() % 60),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_hundred_services_stay_within_six_reads_a_second() {
    let clock = Clock::virtual_time();
    let begun = clock.now();
    // The rollouts end one after the other; every tenth is rolled back.
    let ecs = Scripted::new(&clock, |name, poll| {
        let number: usize = name[3..].parse().unwrap();
        if number.is_multiple_of(10) {
            rolled_back(name, poll / 10)
        } else {
            healthy_after(30 + number)(name, poll)
        }
    });
    let aims: Vec<WatchRequest> = (0..100).map(|number| request(&format!("svc{number}"))).collect();
    let (watch, _) = play(&ecs, aims);
    assert_eq!(watch.services.len(), 100);
    let failed: Vec<&str> = watch
        .services
        .iter()
        .filter(|end| end.exit() != Exit::Done)
        .map(|end| end.outcome.name.as_str())
        .collect();
    assert_eq!(failed.len(), 10, "{failed:?}");
    let seconds = clock.now().duration_since(begun).as_secs_f64();
    let log = ecs.log.borrow();
    let rate = log.len() as f64 / seconds;
    assert!(rate <= 6.0, "{rate} reads a second over {seconds} s");
    assert!(
        log.iter()
            .all(|call| call.operation != "DescribeServices" || call.names.len() <= 10)
    );
    // Services with a verdict are no longer polled: in the end one call is enough.
    let last = log
        .iter()
        .rev()
        .find(|call| call.operation == "DescribeServices")
        .unwrap();
    assert!(last.names.len() < 10, "{:?}", last.names);
    // No window exceeds the budget by more than the saved-up burst.
    for call in log.iter() {
        let window = log.iter().filter(|it| {
            let after = it.at.duration_since(call.at);
            !after.is_negative() && after < SignedDuration::from_secs(10)
        });
        assert!(window.count() <= 60 + 20, "a burst at {}", call.at);
    }
}

#[test]
fn service_deployments_are_refreshed_within_the_budget() {
    // Other strategies read their service deployment at every poll: five more calls for a hundred services.
    let clock = Clock::virtual_time();
    let begun = clock.now();
    let mut ecs = Scripted::new(&clock, |name, poll| {
        let mut blue_green = service(name, 2, "IN_PROGRESS", if poll < 100 { 1 } else { 2 });
        blue_green["deploymentConfiguration"]["strategy"] = json!("BLUE_GREEN");
        blue_green
    });
    let names: Vec<String> = (0..100).map(|number| format!("svc-{number}.")).collect();
    let deployment = |name: &String| {
        json!({"serviceArn": format!("arn/{name}"), "serviceDeploymentArn": format!("arn:sd/{name}"), "status": "SUCCESSFUL",
            "targetServiceRevisionArn": "arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/2"})
    };
    ecs.deployments = names.iter().map(deployment).collect();
    let (watch, _) = play(&ecs, names.iter().map(|name| request(name)).collect());
    assert!(watch.services.iter().all(|end| end.exit() == Exit::Done));
    let rate = ecs.log.borrow().len() as f64 / clock.now().duration_since(begun).as_secs_f64();
    assert!(rate <= 6.1, "{rate} reads a second");
    let log = ecs.log.borrow();
    assert!(log.iter().all(|call| call.names.len() <= 20));
}

#[test]
fn a_missing_service_is_awaited_and_then_gone() {
    let ecs = Scripted::new(&Clock::virtual_time(), |_, _| Value::Null);
    let (watch, _) = play(&ecs, vec![request("web")]);
    assert!(matches!(
        verdict(&watch),
        Verdict::Failed {
            how: FailureKind::ServiceGone,
            ..
        }
    ));
}

#[test]
fn a_rollback_is_watched_through_the_aws_client() {
    use crate::aws::testing::{Answer, FakeAws};
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut polls = 0;
        let server = FakeAws::playing(move |request| match request.operation().as_str() {
            "DescribeServices" => {
                polls += 1;
                Answer::ok(json!({"services": [rolled_back("web", polls - 1)], "failures": []}))
            }
            "ListServiceDeployments" => Answer::refusal(400, "UnsupportedFeatureException", "not here"),
            "ListTasks" => Answer::ok(json!({"taskArns": [stopped_task()["taskArn"]]})),
            "DescribeTasks" => Answer::ok(json!({"tasks": [stopped_task()]})),
            other => Answer::refusal(400, "InvalidAction", other),
        })
        .await;
        let aws = server.session().await;
        let quiet = |_: Event| {};
        let watch = watch(&aws, "c", vec![request("web")], &quiet, &Clock::virtual_time()).await;
        assert_eq!(watch.services[0].exit(), Exit::Rollout, "{watch:?}");
        assert_eq!(watch.services[0].outcome.failures[0].exit_code, Some(127));
        assert_eq!(
            server
                .operations()
                .iter()
                .filter(|it| *it == "ListServiceDeployments")
                .count(),
            1
        );
    });
}
