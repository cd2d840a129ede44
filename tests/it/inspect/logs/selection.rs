//! Which tasks and containers are selected.

use crate::support::container_logs::{messages, talking, tasks};
use crate::support::two_services::{run, with_logs};

#[test]
fn previous_shows_the_last_failed_tasks() {
    let server = with_logs(
        r#"
  - {family: web, containerDefinitions: [{name: web, image: "shop:2", memory: 128, logConfiguration: {logDriver: awslogs, options: {awslogs-group: /ecs/web, awslogs-region: us-east-1, awslogs-stream-prefix: web}}}]}
logGroups: {/ecs/web: {}}
services:
  web:
    input: {taskDefinition: "web:1", desiredCount: 2}
    then:
      taskDefinition: "web:2"
      rollout: {frames: [{pending: all}, {stopped: [{tasks: 2, exitCode: 1, log: ["starting", "ECONNREFUSED"]}]}]}
"#,
    );
    run(&server, &["logs", "web", "--previous"])
        .run()
        .exits(3)
        .says("error: no task of web stopped in the last hour")
        .says("hint:  ecsctl events web");
    for _ in 0..3 {
        run(&server, &["status", "web"]).run().exits(0);
    }
    let output = run(&server, &["logs", "web", "--previous", "-o", "jsonl"])
        .run()
        .exits(0);
    let mut told = messages(&output.stdout);
    told.sort();
    assert_eq!(told, ["ECONNREFUSED", "ECONNREFUSED", "starting", "starting"]);
    // Those that run have said nothing; since an hour ago, those that stopped count too.
    let output = run(&server, &["logs", "web", "--since", "1h", "-o", "jsonl"])
        .run()
        .exits(0);
    assert_eq!(messages(&output.stdout).len(), 4);
    assert_eq!(run(&server, &["logs", "web"]).run().exits(0).stdout, "");
}

#[test]
fn task_and_container_flags_select_logs() {
    let (server, web) = talking();
    let one = run(&server, &["logs", "--task", &web[0][..6], "-o", "jsonl"])
        .run()
        .exits(0);
    assert_eq!(messages(&one.stdout), ["listening on 8080", "GET / 200"]);
    let worker = run(&server, &["logs", "--container", "worker", "-o", "jsonl"])
        .run()
        .exits(0);
    assert_eq!(messages(&worker.stdout).len(), 1);
    run(&server, &["logs", "--container", "prxy"])
        .run()
        .exits(2)
        .says("error: no task of web, worker has a container prxy")
        .says("existing containers: web, worker");
    let unknown = run(&server, &["logs", "web", "--task", "zzz"]).run().exits(2);
    assert!(unknown.stderr.contains("error: no task zzz of web") && unknown.stderr.contains(&web[0][..8]));
    run(&server, &["logs", "--task", ""])
        .run()
        .exits(2)
        .says("a value is required for '--task <ID>'");
    run(&server, &["logs", "--grep", "("])
        .run()
        .exits(2)
        .says("--grep");
}

#[test]
fn ambiguous_task_prefix_lists_the_tasks() {
    let server = with_logs("services:\n  web: {input: {taskDefinition: \"web:1\", desiredCount: 40}}\n");
    // Forty ids can't begin with sixteen different digits.
    let ids = tasks(&server, "web");
    let digit = (0..16_u32)
        .filter_map(|digit| char::from_digit(digit, 16))
        .find(|digit| ids.iter().filter(|id| id.starts_with(*digit)).count() > 1)
        .unwrap();
    let meant: Vec<&String> = ids.iter().filter(|id| id.starts_with(digit)).collect();
    let output = run(&server, &["logs", "web", "--task", &digit.to_string()])
        .run()
        .exits(2);
    assert!(
        output
            .stderr
            .contains(&format!("error: {} task ids start with {digit}", meant.len()))
    );
    assert!(
        meant.iter().all(|id| output.stderr.contains(*id)),
        "{}",
        output.stderr
    );
}
