//! Whether ECS Exec can run a command in a container of a task (Amazon ECS developer guide, "Monitor Amazon ECS
//! containers with ECS Exec"; aws-containers/amazon-ecs-exec-checker makes the same checks).

use crate::ecs::{Task, TaskDefinition};

/// Whether a session can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExecReadiness {
    /// The agent runs.
    Ready,
    /// The task, or the agent in the container, is still starting.
    Starting,
    /// It can't, and waiting doesn't help.
    Impossible(ExecObstacle),
}

/// Why no session can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExecObstacle {
    /// The task was started with ECS Exec off: "You can't turn on ECS Exec for existing tasks".
    Off,
    /// The task has no task role, with which the agent reaches Systems Manager.
    NoTaskRole,
    /// The task is stopping or has stopped.
    TaskStopped,
    /// The container has stopped, although the task has not.
    ContainerStopped,
    /// The agent has stopped, for the reason that AWS states.
    AgentStopped(Option<String>),
}

/// Decides whether a session can be opened in a container of a task.
pub fn exec_readiness(task: &Task, container: &str, definition: &TaskDefinition) -> ExecReadiness {
    if task.is_stopping() {
        return ExecReadiness::Impossible(ExecObstacle::TaskStopped);
    }
    if !task.has_exec {
        return ExecReadiness::Impossible(ExecObstacle::Off);
    }
    if needs_task_role(task) && task.task_role.is_none() && definition.task_role().is_none() {
        return ExecReadiness::Impossible(ExecObstacle::NoTaskRole);
    }
    let container = task.container(container);
    if container.is_some_and(|it| it.last_status.as_deref() == Some("STOPPED")) {
        return ExecReadiness::Impossible(ExecObstacle::ContainerStopped);
    }
    let agent = container.and_then(|it| it.exec_agent.as_ref());
    match agent.map(|agent| agent.last_status.as_str()) {
        // "If the lastStatus property of the ExecuteCommandAgent is listed as RUNNING …, then your task is ready."
        Some("RUNNING") if task.last_status == "RUNNING" => ExecReadiness::Ready,
        Some("STOPPED") => {
            let reason = agent.and_then(|agent| agent.reason.clone());
            ExecReadiness::Impossible(ExecObstacle::AgentStopped(reason))
        }
        _ => ExecReadiness::Starting,
    }
}

/// On Amazon EC2 a task without a task role may use the instance's (amazon-ecs-exec-checker: "Fargate launch type
/// doesn't support to use EC2 instance roles").
fn needs_task_role(task: &Task) -> bool {
    task.launch_type.as_deref() == Some("FARGATE")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Value;

    fn readiness(change: &Value) -> ExecReadiness {
        let mut task = json!({
            "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/c/3f2a", "lastStatus": "RUNNING",
            "desiredStatus": "RUNNING", "enableExecuteCommand": true, "launchType": "FARGATE",
            "containers": [{"name": "web", "lastStatus": "RUNNING",
                "managedAgents": [{"name": "ExecuteCommandAgent", "lastStatus": "RUNNING"}]}],
        });
        for (key, value) in change.as_object().unwrap() {
            task[key] = value.clone();
        }
        let role = change
            .get("role")
            .cloned()
            .unwrap_or_else(|| "arn:aws:iam::1:role/web".into());
        let definition = TaskDefinition::read(json!({"taskRoleArn": role}));
        exec_readiness(&Task::read(&task).unwrap(), "web", &definition)
    }

    fn agent(status: &str) -> Value {
        json!([{"name": "web", "managedAgents": [
            {"name": "ExecuteCommandAgent", "lastStatus": status, "reason": "why"}]}])
    }

    #[test]
    fn a_running_agent_is_ready() {
        assert_eq!(readiness(&json!({})), ExecReadiness::Ready);
        assert_eq!(
            readiness(&json!({"role": null, "launchType": "EC2"})),
            ExecReadiness::Ready
        );
        assert_eq!(
            readiness(&json!({"role": null, "overrides": {"taskRoleArn": "r"}})),
            ExecReadiness::Ready
        );
    }

    #[test]
    fn a_starting_task_is_waited_for() {
        for change in [
            json!({"containers": agent("PENDING")}),
            json!({"containers": [{"name": "web"}]}),
            json!({"containers": []}),
            json!({"lastStatus": "PENDING"}),
        ] {
            assert_eq!(readiness(&change), ExecReadiness::Starting, "{change}");
        }
    }

    #[test]
    fn an_obstacle_ends_the_wait() {
        for (change, obstacle) in [
            (json!({"enableExecuteCommand": false}), ExecObstacle::Off),
            (json!({"role": null}), ExecObstacle::NoTaskRole),
            (json!({"desiredStatus": "STOPPED"}), ExecObstacle::TaskStopped),
            (
                json!({"containers": [{"name": "web", "lastStatus": "STOPPED"}]}),
                ExecObstacle::ContainerStopped,
            ),
            (
                json!({"containers": agent("STOPPED")}),
                ExecObstacle::AgentStopped(Some("why".to_owned())),
            ),
        ] {
            assert_eq!(
                readiness(&change),
                ExecReadiness::Impossible(obstacle),
                "{change}"
            );
        }
    }
}
