//! ECS Exec: the agent in each container, and ExecuteCommand.

use serde_json::json;

use super::{World, name_in};
use crate::support::protocol::{Answer, Call, Refusal};

/// The token of every session.
pub const TOKEN: &str = "planted-session-token";

impl World {
    /// Lets the agents of the named tasks start, one DescribeTasks after the other.
    pub(super) fn advance_agents(&mut self, named: &[String]) {
        let script = self.exec.clone();
        let of_services = self.services.values_mut().flat_map(|service| &mut service.tasks);
        let tasks = of_services.chain(self.runs.tasks.iter_mut().map(|run| &mut run.task));
        for task in tasks.filter(|task| task.has_exec && task.is_running()) {
            if !named.iter().any(|named| name_in(named) == name_in(&task.arn)) {
                continue;
            }
            task.agent_polls += 1;
            // "If the lastStatus property of the ExecuteCommandAgent is listed as RUNNING …, then your task is ready"
            // (Amazon ECS developer guide, Running commands using ECS Exec).
            let agent = match &script.stopped {
                Some(reason) => json!({"lastStatus": "STOPPED", "reason": reason}),
                None if task.agent_polls > script.pending => json!({"lastStatus": "RUNNING"}),
                None => json!({"lastStatus": "PENDING"}),
            };
            for container in &mut task.containers {
                container["managedAgents"] = json!([{
                    "name": "ExecuteCommandAgent", "lastStatus": agent["lastStatus"], "reason": agent["reason"],
                }]);
            }
        }
    }

    pub(super) fn execute_command(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let id = name_in(call.text("task").unwrap_or_default()).to_owned();
        let of_services = self.services.values().flat_map(|service| &service.tasks);
        let mut tasks = of_services.chain(self.runs.tasks.iter().map(|run| &run.task));
        let task = tasks.find(|task| task.cluster == cluster && name_in(&task.arn) == id);
        let container = task.and_then(|task| {
            let named = call.text("container");
            let mut containers = task.containers.iter();
            containers.find(|it| named.is_none_or(|name| it["name"] == name))
        });
        let is_running = container.is_some_and(|it| it["managedAgents"][0]["lastStatus"] == "RUNNING");
        let (Some(task), Some(container), true) = (task, container, is_running) else {
            // aws/aws-cli#6242
            return Err(Refusal::new(
                "InvalidParameterException",
                "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn\u{2019}t running. Wait and try again or run a new task with execute command enabled and try again.",
            ));
        };
        Ok(json!({
            "clusterArn": self.base.arn(&format!("cluster/{cluster}")),
            "containerArn": container["containerArn"],
            "containerName": container["name"],
            "interactive": true,
            "session": {
                "sessionId": "ecs-execute-command-0f1e2d3c4b5a69788",
                "streamUrl": "wss://ssmmessages.us-east-1.amazonaws.com/v1/data-channel/ecs-execute-command-0f1e2d3c4b5a69788?role=publish_subscribe",
                "tokenValue": TOKEN,
            },
            "taskArn": task.arn,
        }))
    }
}
