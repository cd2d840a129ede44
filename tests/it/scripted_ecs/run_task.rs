//! Tasks that RunTask starts.

use crate::support::aws_models::assert_valid;
use crate::support::client::{ok, refused, with_web};
use serde_json::{Value, json};

#[test]
fn tasks_run_and_stop() {
    let server = with_web(
        "
runs:
  web:
    - {polls: 1, stopped: {exitCode: 3, log: [migrating, 'no such table']}}
    - {refuse: 'RESOURCE:MEMORY'}
    - {stopped: {code: TaskFailedToStart, reason: 'CannotPullContainerError: not found'}}
    - {polls: 100}
",
    );
    let run = || {
        let overrides = json!({"containerOverrides": [{"name": "web", "command": ["migrate"]}]});
        let input = json!({"taskDefinition": "web:1", "startedBy": "ecsctl/1", "overrides": overrides});
        ok(&server, "ecs RunTask", input)
    };
    let states = |task: &Value, polls: usize| -> Vec<Value> {
        let look = || ok(&server, "ecs DescribeTasks", json!({"tasks": [task]}));
        let looks = (0..polls).map(|_| look()["tasks"][0].clone());
        let (mut statuses, mut last) = (Vec::new(), Value::Null);
        for look in looks {
            statuses.push(look["lastStatus"].clone());
            last = look;
        }
        statuses.extend([
            last["stopCode"].clone(),
            last["containers"][0]["exitCode"].clone(),
        ]);
        statuses
    };
    let started = run();
    let task = &started["tasks"][0];
    assert_eq!(
        task["overrides"]["containerOverrides"][0]["command"],
        json!(["migrate"])
    );
    let listed = ok(&server, "ecs ListTasks", json!({"startedBy": "ecsctl/1"}));
    assert_eq!(listed["taskArns"], json!([task["taskArn"]]));
    assert_eq!(
        states(&task["taskArn"], 5),
        [
            "PROVISIONING".into(),
            "PENDING".into(),
            "RUNNING".into(),
            "RUNNING".into(),
            "STOPPED".into(),
            "EssentialContainerExited".into(),
            json!(3)
        ]
    );
    assert_eq!(run()["failures"][0]["reason"], "RESOURCE:MEMORY");
    let never = run()["tasks"][0]["taskArn"].clone();
    assert_eq!(
        states(&never, 3),
        [
            "PROVISIONING".into(),
            "PENDING".into(),
            "STOPPED".into(),
            "TaskFailedToStart".into(),
            Value::Null
        ]
    );
    let long = run()["tasks"][0]["taskArn"].clone();
    states(&long, 3);
    let stopping = ok(&server, "ecs StopTask", json!({"task": long, "reason": "enough"}));
    assert_eq!(
        (
            &stopping["task"]["lastStatus"],
            &stopping["task"]["desiredStatus"]
        ),
        (&json!("RUNNING"), &json!("STOPPED"))
    );
    assert_eq!(
        states(&long, 1),
        ["STOPPED".into(), "UserInitiated".into(), json!(143)]
    );
    let (_, code, _) = refused(&server, "ecs StopTask", json!({"task": "nope"}));
    assert_eq!(code, "InvalidParameterException");
    assert_valid(&server);
}

#[test]
fn same_client_token_runs_a_task_once() {
    let server = with_web("");
    let input = json!({"taskDefinition": "web:1", "clientToken": "once"});
    let first = ok(&server, "ecs RunTask", input.clone());
    assert_eq!(ok(&server, "ecs RunTask", input), first);
    let other = json!({"taskDefinition": "web:2", "clientToken": "once"});
    assert_eq!(refused(&server, "ecs RunTask", other).1, "ConflictException");
    let propagated = json!({"taskDefinition": "web:1", "propagateTags": "SERVICE"});
    assert_eq!(
        refused(&server, "ecs RunTask", propagated).1,
        "InvalidParameterException"
    );
}
