//! The poller against an ECS that is played by a script: it moves on by looks, never by time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Ecs, Trouble, Watch, Weight, watch};
use crate::clock::Clock;
use crate::diagnostic::Explain;
use crate::exit::Exit;
use crate::model::{Event, RolloutEvent, Value};
use crate::verdict::{Aim, FailureKind, Target, Verdict};

const T0: i64 = 1_700_000_000;

#[derive(Debug, thiserror::Error)]
#[error("could not {operation}")]
struct Said {
    operation: &'static str,
    exit: Exit,
}

impl Explain for Said {
    fn exit(&self) -> Exit {
        self.exit
    }

    fn code(&self) -> &'static str {
        "said"
    }
}

/// One call, and when.
#[derive(Clone, Debug, PartialEq)]
struct Call {
    operation: &'static str,
    names: Vec<String>,
    at: Timestamp,
}

type Play = dyn Fn(&str, usize) -> Value;
type Fault = dyn Fn(&str, usize) -> Option<Weight>;

/// The scripted ECS.
struct Scripted {
    clock: Clock,
    log: RefCell<Vec<Call>>,
    /// A service's state by its name and how often it has been looked at.
    service: Box<Play>,
    looks: RefCell<BTreeMap<String, usize>>,
    /// Which call of an operation fails.
    fault: Box<Fault>,
    deployments: Vec<Value>,
    tasks: Vec<Value>,
}

impl Scripted {
    fn new(clock: &Clock, service: impl Fn(&str, usize) -> Value + 'static) -> Self {
        Self {
            clock: clock.clone(),
            log: RefCell::default(),
            service: Box::new(service),
            looks: RefCell::default(),
            fault: Box::new(|_, _| None),
            deployments: Vec::new(),
            tasks: Vec::new(),
        }
    }

    fn call(&self, operation: &'static str, names: &[String]) -> Result<(), Trouble> {
        let before = self.count(operation);
        self.log.borrow_mut().push(Call {
            operation,
            names: names.to_vec(),
            at: self.clock.now(),
        });
        match (self.fault)(operation, before) {
            None => Ok(()),
            Some(weight) => {
                let exit = if weight == Weight::Credentials {
                    Exit::Preflight
                } else {
                    Exit::Unexpected
                };
                Err(Trouble::new(weight, Said { operation, exit }))
            }
        }
    }

    fn count(&self, operation: &str) -> usize {
        self.log
            .borrow()
            .iter()
            .filter(|call| call.operation == operation)
            .count()
    }
}

impl Ecs for Scripted {
    async fn describe_services(&self, _: &str, services: &[String]) -> Result<Value, Trouble> {
        self.call("DescribeServices", services)?;
        let mut found = Vec::new();
        for name in services {
            let mut looks = self.looks.borrow_mut();
            let look = looks.entry(name.clone()).or_default();
            found.push((self.service)(name, *look));
            *look += 1;
        }
        found.retain(|it| !it.is_null());
        Ok(json!({"services": found, "failures": []}))
    }

    async fn list_service_deployments(&self, _: &str, service: &str) -> Result<Vec<Value>, Trouble> {
        self.call("ListServiceDeployments", &[service.to_owned()])?;
        let of_service = |it: &&Value| it["serviceArn"].as_str().is_none_or(|arn| arn.ends_with(service));
        Ok(self.deployments.iter().filter(of_service).cloned().collect())
    }

    async fn describe_service_deployments(&self, arns: &[String]) -> Result<Vec<Value>, Trouble> {
        self.call("DescribeServiceDeployments", arns)?;
        let asked = |it: &&Value| arns.iter().any(|arn| it["serviceDeploymentArn"] == json!(arn));
        Ok(self.deployments.iter().filter(asked).cloned().collect())
    }

    async fn list_stopped_tasks(&self, _: &str, service: &str) -> Result<Vec<String>, Trouble> {
        self.call("ListTasks", &[service.to_owned()])?;
        let arn = |task: &Value| task["taskArn"].as_str().unwrap().to_owned();
        Ok(self.tasks.iter().map(arn).collect())
    }

    async fn describe_tasks(&self, _: &str, arns: &[String]) -> Result<Vec<Value>, Trouble> {
        self.call("DescribeTasks", arns)?;
        Ok(self.tasks.clone())
    }
}

/// A service whose PRIMARY is `ecs-svc/N`, behind a load balancer unless `bare`.
fn service(name: &str, number: i64, state: &str, running: u64) -> Value {
    json!({"serviceName": name, "status": "ACTIVE", "desiredCount": 2, "runningCount": running,
        "loadBalancers": [{"targetGroupArn": "arn"}],
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}},
        "deployments": [{"id": format!("ecs-svc/{number}"), "status": "PRIMARY", "rolloutState": state, "desiredCount": 2,
            "runningCount": running, "pendingCount": 2 - running, "failedTasks": 0, "createdAt": T0 + number, "updatedAt": T0 + number,
            "taskDefinition": format!("arn:aws:ecs:us-east-1:123456789012:task-definition/{name}:{number}")}]})
}

/// In progress for so many looks, then complete.
fn healthy_after(looks: usize) -> impl Fn(&str, usize) -> Value {
    move |name, look| {
        if look < looks {
            service(name, 2, "IN_PROGRESS", 1)
        } else {
            service(name, 2, "COMPLETED", 2)
        }
    }
}

fn stopped_task() -> Value {
    json!({"taskArn": "arn:aws:ecs:us-east-1:123456789012:task/c/3f2a91c0", "startedBy": "ecs-svc/2", "lastStatus": "STOPPED",
        "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited",
        "stoppedAt": T0 + 1, "containers": [{"name": "web", "exitCode": 127}]})
}

fn aim(name: &str) -> Aim {
    let target = Target::Started {
        id: "ecs-svc/2".to_owned(),
        created_at: Timestamp::from_second(T0 + 2).ok(),
        previous: Some("ecs-svc/1".to_owned()),
    };
    Aim {
        definition: Some(format!("{name}:2")),
        before: Some(format!("{name}:1")),
        image: Some("123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web@sha256:1f0c2a91aaaa".to_owned()),
        ..Aim::new(name, target)
    }
}

fn play(ecs: &Scripted, aims: Vec<Aim>) -> (Watch, Vec<Event>) {
    let events = Mutex::new(Vec::new());
    let sink = |event: Event| events.lock().unwrap().push(event);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let clock = ecs.clock.clone();
    // The sink must live as long as the program: the events are taken out of it afterwards.
    let watch = runtime.block_on(watch(ecs, "c", aims, &Recorder(&sink), &clock));
    (watch, events.into_inner().unwrap())
}

struct Recorder<'a>(&'a (dyn Fn(Event) + Sync + Send));

impl crate::model::Sink for Recorder<'_> {
    fn emit(&self, event: Event) {
        (self.0)(event);
    }
}

fn verdict(watch: &Watch) -> &Verdict {
    assert!(watch.broken_off.is_none(), "{:?}", watch.broken_off);
    &watch.services[0].verdict
}

fn warnings(events: &[Event]) -> Vec<&str> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Warning { message, .. } => Some(message.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_healthy_rollout_ends_once_and_without_needless_reads() {
    let ecs = Scripted::new(&Clock::virtual_time(), healthy_after(5));
    let (watch, events) = play(&ecs, vec![aim("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    assert_eq!(
        watch.services[0].summary,
        "web runs web:2 (acme/web@sha256:1f0c2a91)"
    );
    assert_eq!(watch.services[0].outcome.running, Some(2));
    assert_eq!(ecs.count("DescribeServices"), 6);
    assert_eq!(ecs.count("ListTasks"), 0, "nothing stopped");
    let ended = events
        .iter()
        .filter(|it| matches!(it, Event::Ended { .. }))
        .count();
    assert_eq!(ended, 1);
    assert!(
        matches!(&events[0], Event::Rollout { service, event: RolloutEvent::Started { .. } } if service == "web")
    );
    assert!(matches!(events.last(), Some(Event::Ended { .. })));
}

#[test]
fn success_is_noticed_within_two_seconds() {
    // Visible from second 100 of the clock on.
    let clock = Clock::virtual_time();
    let visible = clock.now() + SignedDuration::from_secs(100);
    let watched = clock.clone();
    let ecs = Scripted::new(&clock, move |name, _| {
        if watched.now() < visible {
            service(name, 2, "IN_PROGRESS", 1)
        } else {
            service(name, 2, "COMPLETED", 2)
        }
    });
    let (watch, _) = play(&ecs, vec![aim("web")]);
    assert_eq!(verdict(&watch).exit(), Exit::Done);
    let lag = clock.now().duration_since(visible);
    assert!(lag <= SignedDuration::from_millis(2100), "{lag:?}");
}

#[test]
fn where_nobody_looks_at_the_tasks_they_are_watched_for_ten_seconds() {
    let clock = Clock::virtual_time();
    let begun = clock.now();
    let ecs = Scripted::new(&clock, |name, _| {
        let mut bare = service(name, 2, "COMPLETED", 2);
        bare["loadBalancers"] = json!([]);
        bare
    });
    let (watch, events) = play(&ecs, vec![aim("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    let took = clock.now().duration_since(begun);
    assert!(
        took >= SignedDuration::from_secs(10) && took < SignedDuration::from_secs(12),
        "{took:?}"
    );
    assert_eq!(
        ecs.count("ListTasks"),
        1,
        "the last word is the list of stopped tasks"
    );
    assert_eq!(ecs.count("DescribeTasks"), 0, "there are none");
    assert!(events.iter().any(|it| matches!(
        it,
        Event::Rollout {
            event: RolloutEvent::Settling { seconds: 10 },
            ..
        }
    )));
}

#[test]
fn a_crash_while_settling_is_explained() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), |name, look| {
        let mut bare = service(
            name,
            2,
            if look == 4 { "IN_PROGRESS" } else { "COMPLETED" },
            if look == 4 { 1 } else { 2 },
        );
        bare["loadBalancers"] = json!([]);
        bare
    });
    let mut task = stopped_task();
    task["stoppedAt"] = json!(T0 + 60);
    ecs.tasks = vec![task];
    let (watch, _) = play(&ecs, vec![aim("web")]);
    let end = &watch.services[0];
    assert!(
        matches!(
            end.verdict,
            Verdict::Failed {
                how: FailureKind::CrashedAfter,
                ..
            }
        ),
        "{end:?}"
    );
    assert_eq!(end.outcome.failures[0].exit_code, Some(127));
    assert_eq!(
        end.outcome.failures[0].meaning.as_deref(),
        Some("the command was not found")
    );
}

fn rolled_back(name: &str, look: usize) -> Value {
    let words = "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/3.";
    match look {
        0..3 => service(name, 2, "IN_PROGRESS", 0),
        3..6 => {
            let mut back = service(name, 3, "IN_PROGRESS", 1);
            back["deployments"][0]["rolloutStateReason"] = json!(words);
            back["deployments"][0]["taskDefinition"] = json!(format!("{name}:1"));
            back
        }
        _ => {
            let mut back = service(name, 3, "COMPLETED", 2);
            back["deployments"][0]["taskDefinition"] = json!(format!("{name}:1"));
            back
        }
    }
}

#[test]
fn a_rollback_ends_with_five_and_the_first_failure() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), rolled_back);
    ecs.tasks = vec![stopped_task()];
    let (watch, events) = play(&ecs, vec![aim("web")]);
    let end = &watch.services[0];
    assert_eq!(end.exit(), Exit::Rollout);
    assert_eq!(
        end.summary,
        "web: web:2 failed and was rolled back; web:1 runs (2 of 2 running)"
    );
    assert_eq!(end.outcome.image, None, "ours doesn't run");
    assert_eq!(end.outcome.failures[0].task, "3f2a91c0");
    let error = end.error().unwrap();
    assert_eq!(error.code, "rolled-back");
    assert!(
        error
            .message
            .contains("AWS: ECS deployment circuit breaker: rolling back"),
        "{}",
        error.message
    );
    let position = |wanted: fn(&RolloutEvent) -> bool| {
        events
            .iter()
            .position(|it| matches!(it, Event::Rollout { event, .. } if wanted(event)))
    };
    assert!(position(|it| matches!(it, RolloutEvent::RollingBack { .. })).is_some());
    assert!(position(|it| matches!(it, RolloutEvent::Stopped { .. })).is_some());
    assert!(matches!(events.last(), Some(Event::Ended { .. })));
}

#[test]
fn passing_troubles_do_not_end_the_watch() {
    for weight in [Weight::Throttled, Weight::Passing] {
        let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(3));
        ecs.fault = Box::new(move |operation, nth| {
            (operation == "DescribeServices" && (1..9).contains(&nth)).then_some(weight)
        });
        let (watch, events) = play(&ecs, vec![aim("web")]);
        assert_eq!(
            *verdict(&watch),
            Verdict::Stable { exercised: true },
            "{weight:?}"
        );
        let told = if weight == Weight::Passing {
            vec!["could not DescribeServices: still trying"]
        } else {
            vec![]
        };
        assert_eq!(warnings(&events), told);
    }
}

#[test]
fn throttling_is_answered_by_asking_less() {
    let clock = Clock::virtual_time();
    let mut ecs = Scripted::new(&clock, healthy_after(1));
    ecs.fault =
        Box::new(|operation, nth| (operation == "DescribeServices" && nth < 4).then_some(Weight::Throttled));
    play(&ecs, vec![aim("web")]);
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
fn a_missing_optional_right_degrades_the_display_and_is_told_once() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), rolled_back);
    ecs.tasks = vec![stopped_task()];
    ecs.fault = Box::new(|operation, _| (operation != "DescribeServices").then_some(Weight::Denied));
    let (watch, events) = play(&ecs, vec![aim("web"), aim("api"), aim("worker")]);
    assert!(
        watch
            .services
            .iter()
            .all(|end| end.exit() == Exit::Rollout && end.outcome.failures.is_empty())
    );
    assert_eq!(
        warnings(&events),
        [
            "could not ListServiceDeployments: rollouts are judged by the services' own deployments",
            "could not ListTasks: tasks that stop can't be explained",
        ]
    );
}

#[test]
fn an_endpoint_without_service_deployments_is_not_worth_a_word() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(40));
    ecs.fault =
        Box::new(|operation, _| (operation == "ListServiceDeployments").then_some(Weight::Unsupported));
    let (watch, events) = play(&ecs, vec![aim("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    assert!(warnings(&events).is_empty());
    assert_eq!(ecs.count("ListServiceDeployments"), 1);
}

#[test]
fn the_service_deployment_is_looked_for_for_half_a_minute() {
    let ecs = Scripted::new(&Clock::virtual_time(), healthy_after(60));
    let (watch, _) = play(&ecs, vec![aim("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    let tries = ecs.count("ListServiceDeployments");
    // The last of them is the first that comes half a minute after the start.
    assert!((9..=12).contains(&tries), "{tries}");
}

#[test]
fn the_service_deployment_is_joined_once_and_asked_again_at_the_end() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(5));
    ecs.deployments = vec![
        json!({"serviceDeploymentArn": "arn:sd/2", "status": "IN_PROGRESS",
        "targetServiceRevisionArn": "arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/2"}),
    ];
    let (watch, _) = play(&ecs, vec![aim("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    assert_eq!(ecs.count("ListServiceDeployments"), 1);
    // In detail when it was found, then at each look from COMPLETED on, until its lag was no longer believed.
    let asked = ecs.count("DescribeServiceDeployments");
    assert!((10..=13).contains(&asked), "{asked}");
}

#[test]
fn lost_credentials_end_the_watch_and_say_how_to_attach_again() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), |name, look| {
        if name == "api" {
            healthy_after(1)(name, look)
        } else {
            service(name, 2, "IN_PROGRESS", 1)
        }
    });
    ecs.fault = Box::new(|operation, nth| {
        (operation == "DescribeServices" && nth >= 5).then_some(Weight::Credentials)
    });
    let (watch, _) = play(&ecs, vec![aim("web"), aim("api")]);
    assert_eq!(watch.services.len(), 1, "api had ended before");
    let broken_off = watch.broken_off.unwrap();
    assert_eq!(broken_off.exit(), Exit::Preflight);
    assert!(
        broken_off.hint().unwrap().contains("then ecsctl wait web"),
        "{:?}",
        broken_off.hint()
    );
}

#[test]
fn credentials_that_are_refreshed_do_not_end_the_watch() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(3));
    ecs.fault = Box::new(|operation, nth| {
        (operation == "DescribeServices" && nth == 2).then_some(Weight::Credentials)
    });
    let (watch, _) = play(&ecs, vec![aim("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
}

#[test]
fn time_runs_out_even_when_nothing_can_be_read() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(1000));
    ecs.fault =
        Box::new(|operation, nth| (operation == "DescribeServices" && nth > 10).then_some(Weight::Passing));
    let clock = ecs.clock.clone();
    let begun = clock.now();
    let (watch, _) = play(&ecs, vec![aim("web")]);
    assert_eq!(watch.services[0].exit(), Exit::TimedOut);
    assert_eq!(
        watch.services[0].summary.split(", waiting").next(),
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
    // They end one after the other; every tenth is rolled back.
    let ecs = Scripted::new(&clock, |name, look| {
        let number: usize = name[3..].parse().unwrap();
        if number.is_multiple_of(10) {
            rolled_back(name, look / 10)
        } else {
            healthy_after(30 + number)(name, look)
        }
    });
    let aims: Vec<Aim> = (0..100).map(|number| aim(&format!("svc{number}"))).collect();
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
    // Settled services leave the poll: in the end one call is enough.
    let last = log
        .iter()
        .rev()
        .find(|call| call.operation == "DescribeServices")
        .unwrap();
    assert!(last.names.len() < 10, "{:?}", last.names);
    // None of a minute's windows is above the budget by more than what was saved up.
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
    // Other strategies need theirs at every look: five more calls for a hundred services.
    let clock = Clock::virtual_time();
    let begun = clock.now();
    let mut ecs = Scripted::new(&clock, |name, look| {
        let mut blue_green = service(name, 2, "IN_PROGRESS", if look < 100 { 1 } else { 2 });
        blue_green["deploymentConfiguration"]["strategy"] = json!("BLUE_GREEN");
        blue_green
    });
    let names: Vec<String> = (0..100).map(|number| format!("svc-{number}.")).collect();
    let deployment = |name: &String| {
        json!({"serviceArn": format!("arn/{name}"), "serviceDeploymentArn": format!("arn:sd/{name}"), "status": "SUCCESSFUL",
            "targetServiceRevisionArn": "arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/2"})
    };
    ecs.deployments = names.iter().map(deployment).collect();
    let (watch, _) = play(&ecs, names.iter().map(|name| aim(name)).collect());
    assert!(watch.services.iter().all(|end| end.exit() == Exit::Done));
    let rate = ecs.log.borrow().len() as f64 / clock.now().duration_since(begun).as_secs_f64();
    assert!(rate <= 6.1, "{rate} reads a second");
    let log = ecs.log.borrow();
    assert!(log.iter().all(|call| call.names.len() <= 20));
}

#[test]
fn a_service_that_is_missing_is_waited_for_and_then_gone() {
    let ecs = Scripted::new(&Clock::virtual_time(), |_, _| Value::Null);
    let (watch, _) = play(&ecs, vec![aim("web")]);
    assert!(matches!(
        verdict(&watch),
        Verdict::Failed {
            how: FailureKind::ServiceGone,
            ..
        }
    ));
}

#[test]
fn aws_itself_is_read_the_same_way() {
    use crate::aws::testing::{Answer, FakeAws};
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut looks = 0;
        let server = FakeAws::playing(move |request| match request.operation().as_str() {
            "DescribeServices" => {
                looks += 1;
                Answer::ok(json!({"services": [rolled_back("web", looks - 1)], "failures": []}))
            }
            "ListServiceDeployments" => Answer::refusal(400, "UnsupportedFeatureException", "not here"),
            "ListTasks" => Answer::ok(json!({"taskArns": [stopped_task()["taskArn"]]})),
            "DescribeTasks" => Answer::ok(json!({"tasks": [stopped_task()]})),
            other => Answer::refusal(400, "InvalidAction", other),
        })
        .await;
        let aws = server.session().await;
        let quiet = |_: Event| {};
        let watch = watch(&aws, "c", vec![aim("web")], &quiet, &Clock::virtual_time()).await;
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
