//! Errors that `ecsctl logs` survives, and errors that end it.

use crate::support::container_logs::{BASE, say, talking, tasks, write};
use crate::support::two_services::{STABLE, run, with_logs};
use crate::support::{Fault, Scripted};
use rustix::process::Signal;

const EXPIRED: &str = "ExpiredTokenException";

fn faulty(operation: &str, status: u16, times: Option<u64>) -> Fault {
    Fault {
        status: Some(status),
        times,
        ..Fault::on(operation)
    }
}

fn expired(operation: &str) -> Fault {
    Fault {
        code: Some(EXPIRED.to_owned()),
        message: Some("The security token included in the request is expired".to_owned()),
        ..Fault::on(operation)
    }
}

/// web runs web:1, and web:2 as soon as somebody has looked twice.
fn changing() -> Scripted {
    with_logs(&format!(
        "  - {}\n{}",
        r#"{family: web, containerDefinitions: [{name: web, image: "shop:2", memory: 128, logConfiguration: {logDriver: awslogs, options: {awslogs-group: /ecs/web, awslogs-region: us-east-1, awslogs-stream-prefix: web}}}]}"#,
        STABLE.replace(
            "desiredCount: 2}}",
            "desiredCount: 2}, then: {taskDefinition: \"web:2\", rollout: {frames: [{pending: all}]}}}",
        )
    ))
}

#[test]
fn unreadable_definition_loses_no_task() {
    let server = changing();
    let before = tasks(&server, "web");
    let program = run(&server, &["logs", "web", "-f"]);
    let running = program.start();
    say(&server, "web", &before[0], 0, "old");
    running.wait_until_it_prints(" | old");
    server.fault(faulty("ecs DescribeTaskDefinition", 500, None));
    for _ in 0..2 {
        run(&server, &["events"]).run().exits(0);
    }
    let after = tasks(&server, "web");
    let new = after.iter().find(|id| !before.contains(id)).expect("a new task");
    say(&server, "web", new, 1, "new");
    running.wait_until_it_says("AWS failed to describe task definition web:2: still trying");
    say(&server, "web", &before[0], 2, "old goes on");
    running.wait_until_it_prints(" | old goes on");
    server.heal();
    running.wait_until_it_prints(" | new");
    running.signal(Signal::INT);
    running.end().exits(130);
}

#[test]
fn expired_credentials_end_follow_without_tasks() {
    let server = with_logs("services:\n  web: {input: {taskDefinition: \"web:1\", desiredCount: 0}}\n");
    let program = run(&server, &["logs", "web", "-f"]);
    let running = program.start();
    running.wait_until_it_says("no running task of web: waiting for one");
    server.fault(expired("ecs ListTasks"));
    running
        .end()
        .exits(3)
        .says("error: the AWS credentials have expired")
        .says("The security token included in the request is expired");
}

#[test]
fn expired_credentials_end_follow_after_a_retry() {
    let (server, web) = talking();
    let program = run(&server, &["logs", "web", "-f"]);
    let running = program.start();
    running.wait_until_it_prints("GET / 200");
    // One round of reads of the two streams; each is sent again with the credentials loaded anew.
    let once = Fault {
        times: Some(2),
        ..expired("logs GetLogEvents")
    };
    server.fault(once);
    let reads = server.log().of("logs GetLogEvents").len();
    server.wait_for("logs GetLogEvents", reads + 20);
    say(&server, "web", &web[0], 5, "still here");
    running.wait_until_it_prints("still here");
    server.fault(expired("*"));
    running
        .end()
        .exits(3)
        .says("error: the AWS credentials have expired");
}

#[test]
fn unlistable_tasks_are_reported() {
    let (server, web) = talking();
    let program = run(&server, &["logs", "web", "-f"]);
    let running = program.start();
    running.wait_until_it_prints("GET / 200");
    server.fault(faulty("ecs ListTasks", 500, None));
    running.wait_until_it_says("AWS failed to list tasks");
    running.wait_until_it_says(": still trying");
    say(&server, "web", &web[0], 5, "goes on");
    running.wait_until_it_prints("goes on");
    server.heal();
    server.fault(Fault::denied("ecs ListTasks"));
    running.end().exits(3).says("allow ecs:ListTasks");
}

#[test]
fn unreadable_stream_does_not_end_others() {
    let (server, web) = talking();
    let of_worker = Fault {
        about: Some("/ecs/worker".to_owned()),
        ..Fault::denied("logs GetLogEvents")
    };
    server.fault(of_worker);
    let output = run(&server, &["logs"]).run().exits(0);
    assert_eq!(output.stdout.lines().count(), 3, "{}", output.stdout);
    let told = "warning: access denied: could not get log events /ecs/worker";
    assert!(
        output
            .says(told)
            .says(": showing the others")
            .stderr
            .matches(told)
            .count()
            == 1
    );
    let program = run(&server, &["logs", "-f"]);
    let running = program.start();
    running.wait_until_it_says(": following the others");
    say(&server, "web", &web[0], 5, "goes on");
    running.wait_until_it_prints("goes on");
    server.heal();
    server.fault(Fault::denied("logs GetLogEvents"));
    let output = running.end().exits(3);
    assert!(
        output
            .stderr
            .contains("error: access denied: could not get log events /ecs/"),
        "{}",
        output.stderr
    );
    assert_eq!(output.stderr.matches(told).count(), 1, "{}", output.stderr);
}

#[test]
fn last_lines_of_a_stopped_task_are_retried() {
    let server = with_logs(STABLE);
    let web = tasks(&server, "web");
    say(&server, "web", &web[1], 0, "first");
    let program = run(&server, &["logs", "web", "-f", "-o", "jsonl"]);
    let running = program.start();
    running.wait_until_it_prints("first");
    server.fault(faulty("logs GetLogEvents", 500, None));
    let words = (0..12_000).map(|n| (BASE + 1000 + n / 100, format!("last words {n:05}")));
    write(&server, "web", &web[0], words);
    server.world(|world| {
        let web = world
            .services
            .get_mut(&("default".to_owned(), "web".to_owned()))
            .unwrap();
        web.tasks[0].stop("EssentialContainerExited", "Essential container in task exited");
    });
    // Ten looks at tasks, one every five seconds at the soonest.
    let looks = server.log().of("ecs ListTasks").len();
    server.wait_for("ecs ListTasks", looks + 20);
    server.heal();
    running.wait_until_it_prints("last words 11999");
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    assert_eq!(output.stdout.matches("last words").count(), 12_000);
}

#[test]
fn stream_named_at_container_start_is_waited_for() {
    let server = with_logs(
        r#"
  - {family: bare, containerDefinitions: [{name: web, image: "shop:1", memory: 128, logConfiguration: {logDriver: awslogs, options: {awslogs-group: /ecs/bare, awslogs-region: us-east-1}}}]}
services:
  web: {input: {taskDefinition: "bare:1", desiredCount: 1}}
  worker: {input: {taskDefinition: "worker:1", desiredCount: 1}}
"#,
    );
    let container = |change: &dyn Fn(&mut serde_json::Value)| {
        server.world(|world| {
            let web = world
                .services
                .get_mut(&("default".to_owned(), "web".to_owned()))
                .unwrap();
            change(&mut web.tasks[0].containers[0]);
        });
    };
    container(&|it| drop(it.as_object_mut().unwrap().remove("runtimeId")));
    run(&server, &["logs", "web"])
        .run()
        .exits(3)
        .says("error: no container of web has started yet")
        .says("hint:  ecsctl logs -f web");
    let program = run(&server, &["logs", "web", "-f"]);
    let running = program.start();
    server.wait_for("ecs ListTasks", 8);
    container(&|it| it["runtimeId"] = "d0cke2".into());
    let line = [(BASE, "up at last".to_owned())];
    server.world(|world| world.logs.write_at("/ecs/bare", "d0cke2", line));
    running.wait_until_it_prints("up at last");
    running.signal(Signal::INT);
    running.end().exits(130);
}
