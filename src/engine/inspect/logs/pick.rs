//! Selects the tasks whose logs are shown.

use super::error::{no_task, none_stopped, unknown_task};
use super::{LogExtent, LogsRequest, TaskSelection};
use crate::diagnostic::Failure;
use crate::engine::inspect::tasks::ServiceTasks;
use crate::engine::task_prefix::TaskPrefix;
use crate::model::{TaskStatus, short_id};

/// Returns the selected tasks. Fails if there are none.
pub fn chosen(found: &[ServiceTasks], ask: &LogsRequest<'_>) -> Result<Vec<TaskStatus>, Failure> {
    let keys: Vec<String> = ask.services.iter().map(|(key, _)| key.clone()).collect();
    let chosen: Vec<TaskStatus> = match &ask.choice {
        TaskSelection::Named(prefixes) => return named(found, prefixes, &keys),
        TaskSelection::Live => found.iter().flat_map(|of| live(of, ask.extent)).collect(),
        TaskSelection::Previous => found.iter().flat_map(previous).collect(),
    };
    match (chosen.is_empty(), &ask.choice) {
        (true, TaskSelection::Previous) => Err(none_stopped(&keys)),
        (true, _) => Err(no_task(&keys, found.iter().any(|of| !of.stopped.is_empty()))),
        (false, _) => Ok(chosen),
    }
}

/// Returns the tasks that have not stopped; with a start time, also those that stopped after it.
fn live(of: &ServiceTasks, extent: LogExtent) -> Vec<TaskStatus> {
    let late = |task: &&TaskStatus| match extent {
        LogExtent::Since(since) => task.stopped_at.is_some_and(|at| at >= since),
        LogExtent::Tail(_) | LogExtent::All => false,
    };
    let stopped = of.stopped.iter().filter(late);
    stopped.chain(&of.live).cloned().collect()
}

/// Returns the tasks of the deployment whose task failed most recently; if none failed, of the one
/// whose task stopped most recently.
fn previous(of: &ServiceTasks) -> Vec<TaskStatus> {
    // The most recently stopped task comes first.
    let failed: Vec<&TaskStatus> = of.stopped.iter().filter(|task| task.failed).collect();
    let among = if failed.is_empty() {
        of.stopped.iter().collect()
    } else {
        failed
    };
    let deployment = among.first().map(|task| &task.deployment);
    let alike = among.iter().filter(|task| Some(&task.deployment) == deployment);
    alike.map(|task| (*task).clone()).collect()
}

fn named(found: &[ServiceTasks], prefixes: &[String], keys: &[String]) -> Result<Vec<TaskStatus>, Failure> {
    let all: Vec<&TaskStatus> = found
        .iter()
        .flat_map(|of| of.live.iter().chain(&of.stopped))
        .collect();
    let mut chosen: Vec<TaskStatus> = Vec::new();
    for prefix in prefixes {
        let named = TaskPrefix(prefix);
        let meant: Vec<&&TaskStatus> = all.iter().filter(|task| named.matches(&task.id)).collect();
        match meant.as_slice() {
            [one] if !chosen.iter().any(|task| task.id == one.id) => chosen.push((**one).clone()),
            [_] => {}
            [] => {
                let known: Vec<&str> = all.iter().map(|task| short_id(&task.id)).collect();
                return Err(unknown_task(prefix, keys, &known));
            }
            several => {
                let tasks = several.iter().map(|task| format!("{}/{}", task.service, task.id));
                return Err(named.ambiguous(tasks.collect()));
            }
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn task(id: &str, deployment: &str, failed: bool, stopped: i64) -> TaskStatus {
        TaskStatus {
            service: "web".to_owned(),
            id: id.to_owned(),
            deployment: Some(deployment.to_owned()),
            failed,
            stopped_at: Timestamp::from_second(stopped).ok().filter(|_| stopped > 0),
            ..TaskStatus::default()
        }
    }

    fn ids(tasks: &[TaskStatus]) -> Vec<&str> {
        tasks.iter().map(|task| task.id.as_str()).collect()
    }

    fn of(live: Vec<TaskStatus>, stopped: Vec<TaskStatus>) -> ServiceTasks {
        ServiceTasks {
            service: "web".to_owned(),
            live,
            stopped,
        }
    }

    #[test]
    fn previous_selects_the_last_failed_deployment() {
        let drained = || task("d", "old", false, 9);
        let failed = vec![
            drained(),
            task("c", "new", true, 8),
            task("b", "new", true, 7),
            task("a", "older", true, 1),
        ];
        assert_eq!(ids(&previous(&of(Vec::new(), failed))), ["c", "b"]);
        assert_eq!(ids(&previous(&of(Vec::new(), vec![drained()]))), ["d"]);
        assert_eq!(ids(&previous(&of(Vec::new(), Vec::new()))), Vec::<&str>::new());
    }

    #[test]
    fn since_includes_tasks_stopped_later() {
        let found = of(
            vec![task("r", "n", false, 0)],
            vec![task("late", "n", true, 9), task("early", "n", true, 3)],
        );
        let since = Timestamp::from_second(5).unwrap();
        assert_eq!(ids(&live(&found, LogExtent::Since(since))), ["late", "r"]);
        assert_eq!(ids(&live(&found, LogExtent::Tail(5))), ["r"]);
    }

    #[test]
    fn an_id_prefix_selects_one_task() {
        let found = [of(
            vec![task("3f2a91c0aa", "n", false, 0)],
            vec![task("3f2b00ffbb", "n", true, 3)],
        )];
        let keys = ["web".to_owned()];
        let named = |prefix: &str| named(&found, &[prefix.to_owned(), prefix.to_owned()], &keys);
        assert_eq!(ids(&named("3f2a").unwrap()), ["3f2a91c0aa"]);
        assert_eq!(
            ids(&named("arn:aws:ecs:us-east-1:1:task/c/3f2b00ffbb").unwrap()),
            ["3f2b00ffbb"]
        );
        let error = named("3f2").unwrap_err();
        assert_eq!(error.to_string(), "2 task ids start with 3f2");
        assert_eq!(error.code, "ambiguous-task");
        assert_eq!(error.details, ["web/3f2a91c0aa", "web/3f2b00ffbb"]);
        for unknown in ["ffff", ""] {
            let error = named(unknown).unwrap_err();
            assert_eq!(error.code, "unknown-task");
            assert_eq!(
                error.hint.as_ref().map(ToString::to_string).as_deref(),
                Some("existing tasks: 3f2a91c0, 3f2b00ff")
            );
        }
    }
}
