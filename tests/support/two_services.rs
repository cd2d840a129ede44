//! Two existing services, web and worker.

use super::files::deploy_yaml;
use super::{Ecsctl, Scenario, Scripted};

/// Returns their deploy.yaml.
pub fn file() -> String {
    deploy_yaml([
        ("web", "taskDefinition: \"web:1\", desiredCount: 2"),
        ("worker", "taskDefinition: \"worker:1\""),
    ])
}

/// Returns a run of `ecsctl ARGUMENTS…` with that file.
pub fn run(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    Ecsctl::on(server, arguments).file(&file())
}

/// Starts a server with two services, two days old and stable: web with two tasks, worker with one. `more` is
/// added to the scenario.
pub fn running(more: &str) -> Scripted {
    let text = format!(
        r#"
definitions:
  - {{family: web, containerDefinitions: [{{name: web, image: "shop:1", memory: 128}}]}}
  - {{family: worker, containerDefinitions: [{{name: worker, image: "shop:1", memory: 128}}]}}
services:
  web: {{input: {{taskDefinition: "web:1", desiredCount: 2}}}}
  worker: {{input: {{taskDefinition: "worker:1", desiredCount: 1}}}}
{more}"#
    );
    Scripted::start(Scenario::parse(&text))
}

/// Starts a server with their definitions, with a log group each, and what a test adds, including the
/// services.
pub fn with_logs(more: &str) -> Scripted {
    let text = format!(
        r#"
definitions:
  - {{family: web, containerDefinitions: [{{name: web, image: "shop:1", memory: 128, logConfiguration: {{logDriver: awslogs, options: {{awslogs-group: /ecs/web, awslogs-region: us-east-1, awslogs-stream-prefix: web}}}}}}]}}
  - {{family: worker, containerDefinitions: [{{name: worker, image: "shop:1", memory: 128, logConfiguration: {{logDriver: awslogs, options: {{awslogs-group: /ecs/worker, awslogs-region: us-east-1, awslogs-stream-prefix: worker}}}}}}]}}
{more}
"#
    );
    Scripted::start(Scenario::parse(&text))
}

/// The two services, stable for two days.
pub const STABLE: &str = r#"
services:
  web: {input: {taskDefinition: "web:1", desiredCount: 2}}
  worker: {input: {taskDefinition: "worker:1", desiredCount: 1}}
"#;

/// Puts web behind a target group; the scenario defines its load balancer.
pub fn balanced(more: &str) -> Scripted {
    let group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1";
    let server = running(&format!(
        "targets: {{'{group}': [{{Target: {{Id: 10.0.1.17, Port: 8080}}, TargetHealth: {{State: healthy}}}}]}}\n{more}"
    ));
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        let balancers =
            serde_json::json!([{"targetGroupArn": group, "containerName": "web", "containerPort": 8080}]);
        let service = world.services.get_mut(&key).unwrap();
        service.settings.insert("loadBalancers".to_owned(), balancers);
    });
    server
}

/// Starts a server on which only web exists.
pub fn web_alone() -> Scripted {
    with_logs("services:\n  web: {input: {taskDefinition: \"web:1\", desiredCount: 2}}\n")
}
