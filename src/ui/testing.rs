//! Streams and events for tests.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;

use super::printer::{Printer, PrinterSettings};
use super::terminal_style::TerminalStyle;
use super::view::EventTime;
use crate::diagnostic::Suggestion;
use crate::model::{
    AvailableActions, BuildEvent, Change, DefinitionId, DefinitionPlan, Digest, DisplayValue, Ending, Event,
    FailureCause, FailureLog, FailureTarget, Plan, PushEvent, RolloutEvent, ServiceAction, ServiceOutcome,
    ServicePlan, TaskFailure,
};

/// A stream that captures what is written.
#[derive(Clone, Default)]
pub struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    /// Creates a printer, and the captured stdout and stderr.
    pub fn printer(settings: PrinterSettings, look: TerminalStyle) -> (Printer, Captured, Captured) {
        let (out, err) = (Captured::default(), Captured::default());
        let printer = Printer::to(
            settings,
            (Box::new(out.clone()), look),
            (Box::new(err.clone()), look),
        );
        (printer, out, err)
    }

    /// Returns what was written so far.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream whose writes fail.
pub struct FailingWriter(io::ErrorKind);

impl FailingWriter {
    /// Creates a printer whose stdout fails with this kind of error, and the captured stderr.
    pub fn printer(kind: io::ErrorKind) -> (Printer, Captured) {
        let err = Captured::default();
        let out = (
            Box::new(Self(kind)) as Box<dyn Write + Send>,
            TerminalStyle::PLAIN,
        );
        (
            Printer::to(
                PrinterSettings::default(),
                out,
                (Box::new(err.clone()), TerminalStyle::PLAIN),
            ),
            err,
        )
    }
}

impl Write for FailingWriter {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the time this many seconds into a run that began at 14:02:41.
pub fn moment(seconds: u64) -> EventTime {
    let wall = Timestamp::constant(1_795_183_361, 0) + Duration::from_secs(seconds);
    EventTime {
        wall,
        running: Duration::from_secs(seconds),
    }
}

fn digest() -> Digest {
    format!("sha256:{}", "1f0c2a91".repeat(8)).parse().unwrap()
}

/// A plan with only these services, in the cluster `production`.
pub fn plan_of(services: Vec<ServicePlan>) -> Plan {
    Plan {
        cluster: "production".to_owned(),
        create_cluster: false,
        cluster_capacity_providers: Vec::new(),
        cluster_missing: false,
        region: "us-east-1".to_owned(),
        account: Some("123456789012".to_owned()),
        images: Vec::new(),
        log_groups: Vec::new(),
        unknown_log_groups: Vec::new(),
        services,
        jobs: Vec::new(),
        create_schedule_group: None,
        orphaned_schedules: None,
        warnings: Vec::new(),
    }
}

fn a_plan() -> Plan {
    let change = Change {
        path: "containerDefinitions.web.memory".into(),
        before: DisplayValue::Value(512.into()),
        after: DisplayValue::Value(1024.into()),
        note: None,
    };
    let web = ServicePlan {
        rollout: None,
        key: "web".to_owned(),
        name: "web".to_owned(),
        definition: DefinitionPlan::Register {
            family: "web".to_owned(),
            input: serde_json::json!({"containerDefinitions": [{"environment": [{"name": "A", "value": "secret"}]}]}),
            baseline: DefinitionId::parse("web:41"),
            changes: vec![change],
            pending: Vec::new(),
        },
        action: ServiceAction::Update {
            input: serde_json::json!({}),
            changes: Vec::new(),
            new_definition: true,
            tags: Vec::new(),
        },
        scaling: None,
        schedules: Vec::new(),
        depends_on: Vec::new(),
        changed_secrets: Vec::new(),
        before_deploy: Vec::new(),
        code_deploy: None,
        after_deploy: Vec::new(),
    };
    plan_of(vec![web])
}

fn rollout(service: &str, event: RolloutEvent) -> Event {
    Event::Rollout {
        service: service.to_owned(),
        event,
    }
}

fn build(event: BuildEvent) -> Event {
    Event::Build {
        image: "web".to_owned(),
        event,
    }
}

/// A rollout from web:41 to web:42 started.
pub fn started(service: &str) -> Event {
    let (from, to) = (Some("web:41".to_owned()), "web:42".to_owned());
    rollout(
        service,
        RolloutEvent::Started {
            has_target: true,
            from,
            to,
            deployment: Some("ecs-svc/7".to_owned()),
            attached: false,
            rollback: false,
        },
    )
}

/// This many tasks of web are running.
pub fn a_step(running: u64, desired: u64) -> Event {
    let task_definition = "web:42".to_owned();
    let pending = desired - running;
    rollout(
        "web",
        RolloutEvent::Progress {
            task_definition,
            running,
            pending,
            desired,
            failed: 0,
            old: 0,
            stage: None,
            traffic: None,
            bake_minutes: None,
            hook: None,
        },
    )
}

/// A service outcome with this ending.
pub fn an_outcome(name: &str, outcome: Ending) -> ServiceOutcome {
    ServiceOutcome {
        name: name.to_owned(),
        outcome,
        requested: Some("web:42".to_owned()),
        task_definition: Some("web:42".to_owned()),
        image: Some(format!("acme/web@{}", digest())),
        deployment: Some("ecs-svc/7".to_owned()),
        running: Some(3),
        pending: 0,
        desired: Some(3),
        is_final: true,
        exercised: true,
        last_event_at: None,
        recourse: AvailableActions::Back,
        reason: None,
        cause: None,
        pause: None,
        alarms: Vec::new(),
        action_log: Vec::new(),
        failures: Vec::new(),
    }
}

/// The service succeeded.
pub fn ended(service: &str) -> Event {
    let summary = format!("{service} runs web:42 (acme/web@sha256:1f0c2a91, git 9f3c1e7)");
    Event::Ended {
        outcome: Box::new(an_outcome(service, Ending::Done)),
        summary,
    }
}

/// There was nothing to do.
pub fn unchanged() -> Event {
    let summary = "web: nothing to do, web:42 runs (acme/web@sha256:1f0c2a91, 3 of 3 healthy)".to_owned();
    Event::Ended {
        outcome: Box::new(an_outcome("web", Ending::Unchanged)),
        summary,
    }
}

/// A deploy that changes something and ends well.
pub fn a_deploy() -> Vec<Event> {
    let step = |name: &str, cached: bool, done: bool| BuildEvent::Step {
        name: name.to_owned(),
        cached,
        done,
    };
    let push = |event: PushEvent| Event::Push {
        image: "web".to_owned(),
        event,
    };
    vec![
        build(BuildEvent::Started),
        build(step("[build 1/5] FROM rust:1.90", true, true)),
        build(step("[build 2/5] RUN make", false, false)),
        build(BuildEvent::Log {
            line: "compiling \u{1b}[32mshop\u{1b}[0m".to_owned(),
        }),
        build(step("[build 2/5] RUN make", false, true)),
        build(BuildEvent::Finished {
            steps: 12,
            cached: 9,
            millis: 4_120,
            id: digest(),
        }),
        Event::Planned {
            plan: Box::new(a_plan()),
        },
        Event::Created {
            kind: "log group",
            name: "/ecs/web".to_owned(),
        },
        push(PushEvent::Progress {
            layers: 12,
            done: 10,
            sent: 1_200_000,
            total: 3_400_000,
        }),
        push(PushEvent::Finished {
            digest: digest(),
            layers: 12,
            sent_layers: 2,
            sent: 3_400_000,
            millis: 900,
        }),
        Event::Registered {
            service: "web".to_owned(),
            task_definition: "web:42".to_owned(),
        },
        started("web"),
        a_step(1, 3),
        a_step(2, 3),
        a_step(3, 3),
        ended("web"),
    ]
}

/// A stopped task, as ECS reports it.
pub fn a_failure() -> TaskFailure {
    TaskFailure {
        task_id: Some("3f2a91c0".repeat(4)),
        container: Some("web".to_owned()),
        stopped_reason: Some("Essential container in task exited".to_owned()),
        stop_code: Some("EssentialContainerExited".to_owned()),
        exit_code: Some(1),
        count: 1,
        first_at: Some("2026-11-20T14:03:19Z".to_owned()),
        ran_for_seconds: Some(8),
        ..TaskFailure::default()
    }
}

/// The same failure, with its last log lines.
pub fn explained_failure() -> TaskFailure {
    let lines = [
        "starting shop 1.9.2",
        "config: DATABASE_URL is set",
        "\u{1b}[31merror:\u{1b}[0m connect ECONNREFUSED 10.0.3.7:5432",
        "exiting",
    ];
    TaskFailure {
        log: Some(FailureLog {
            driver: Some("awslogs".to_owned()),
            group: Some("/ecs/web".to_owned()),
            stream: Some(format!("web/web/{}", "3f2a91c0".repeat(4))),
            lines: lines.map(str::to_owned).to_vec(),
            ..FailureLog::default()
        }),
        target: Some(FailureTarget {
            group: "arn:tg".to_owned(),
            id: "10.0.1.17".to_owned(),
            port: Some(8080),
            state: Some("unhealthy".to_owned()),
            reason: Some("Target.FailedHealthChecks".to_owned()),
            description: Some("Health checks failed".to_owned()),
        }),
        cause: Some(FailureCause {
            id: "program-failed".to_owned(),
            text: "the program ended by itself with an error; its log says why".to_owned(),
            cure: Suggestion::command("logs", "web --previous"),
            complete: None,
            source: "AWS re:Post".to_owned(),
        }),
        ..a_failure()
    }
}

/// A deploy whose tasks fail and that ECS rolls back.
pub fn a_rollback() -> Vec<Event> {
    let failure = a_failure();
    let explained = explained_failure();
    let reason = "ECS deployment circuit breaker: tasks failed to start.".to_owned();
    let mut outcome = an_outcome("web", Ending::RolledBack);
    outcome.task_definition = Some("web:41".to_owned());
    outcome.failures = vec![TaskFailure {
        count: 3,
        ..explained.clone()
    }];
    outcome.reason = Some(reason.clone());
    let summary = "web: web:42 failed and was rolled back; web:41 runs (3 of 3 running)".to_owned();
    vec![
        started("web"),
        a_step(0, 3),
        rollout(
            "web",
            RolloutEvent::Stopped {
                failure: Box::new(failure),
            },
        ),
        rollout(
            "web",
            RolloutEvent::Explained {
                failure: Box::new(explained),
            },
        ),
        rollout(
            "web",
            RolloutEvent::RollingBack {
                to: Some("web:41".to_owned()),
                reason,
            },
        ),
        Event::Ended {
            outcome: Box::new(outcome),
            summary,
        },
    ]
}
