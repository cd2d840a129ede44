//! Which tasks are meant.

use super::{Ask, Choice, Extent, LogsError};
use crate::engine::inspect::tasks::ServiceTasks;
use crate::model::TaskStatus;

/// The tasks that are meant; an error when there is none.
pub fn chosen(found: &[ServiceTasks], ask: &Ask<'_>) -> Result<Vec<TaskStatus>, LogsError> {
    let keys: Vec<String> = ask.services.iter().map(|(key, _)| key.clone()).collect();
    let chosen: Vec<TaskStatus> = match &ask.choice {
        Choice::Named(prefixes) => return named(found, prefixes, &keys),
        Choice::Live => found.iter().flat_map(|of| live(of, ask.extent)).collect(),
        Choice::Previous => found.iter().flat_map(previous).collect(),
    };
    match (chosen.is_empty(), &ask.choice) {
        (true, Choice::Previous) => Err(LogsError::NoneStopped { services: keys }),
        (true, _) => Err(LogsError::NoTask {
            services: keys,
            stopped: found.iter().any(|of| !of.stopped.is_empty()),
        }),
        (false, _) => Ok(chosen),
    }
}

/// Those that have not stopped; since a time, those too that stopped after it.
fn live(of: &ServiceTasks, extent: Extent) -> Vec<TaskStatus> {
    let late = |task: &&TaskStatus| match extent {
        Extent::Since(since) => task.stopped_at.is_some_and(|at| at >= since),
        Extent::Tail(_) | Extent::All => false,
    };
    let stopped = of.stopped.iter().filter(late);
    stopped.chain(&of.live).cloned().collect()
}

/// The tasks of the deployment whose task failed last; where none failed, of the one whose task stopped last.
fn previous(of: &ServiceTasks) -> Vec<TaskStatus> {
    // The last one to stop is the first.
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

fn named(found: &[ServiceTasks], prefixes: &[String], keys: &[String]) -> Result<Vec<TaskStatus>, LogsError> {
    let all: Vec<&TaskStatus> = found
        .iter()
        .flat_map(|of| of.live.iter().chain(&of.stopped))
        .collect();
    let mut chosen: Vec<TaskStatus> = Vec::new();
    for prefix in prefixes {
        // An ARN will do too.
        let id = prefix.rsplit('/').next().unwrap_or_default();
        let meant: Vec<&&TaskStatus> = all
            .iter()
            .filter(|task| !id.is_empty() && task.id.starts_with(id))
            .collect();
        match meant.as_slice() {
            [one] if !chosen.iter().any(|task| task.id == one.id) => chosen.push((**one).clone()),
            [_] => {}
            [] => {
                return Err(LogsError::UnknownTask {
                    prefix: prefix.clone(),
                    services: keys.to_vec(),
                    known: all.iter().map(|task| short(&task.id).to_owned()).collect(),
                });
            }
            several => {
                let tasks = several.iter().map(|task| format!("{}/{}", task.service, task.id));
                return Err(LogsError::AmbiguousTask {
                    prefix: prefix.clone(),
                    tasks: tasks.collect(),
                });
            }
        }
    }
    Ok(chosen)
}

fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
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
    fn previous_are_those_of_the_deployment_that_failed_last() {
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
    fn since_a_time_brings_those_that_stopped_after_it() {
        let found = of(
            vec![task("r", "n", false, 0)],
            vec![task("late", "n", true, 9), task("early", "n", true, 3)],
        );
        let since = Timestamp::from_second(5).unwrap();
        assert_eq!(ids(&live(&found, Extent::Since(since))), ["late", "r"]);
        assert_eq!(ids(&live(&found, Extent::Tail(5))), ["r"]);
    }

    #[test]
    fn the_beginning_of_an_id_names_one_task() {
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
        assert_eq!(error.to_string(), "the ids of 2 tasks begin with 3f2");
        assert!(
            matches!(error, LogsError::AmbiguousTask { tasks, .. } if tasks == ["web/3f2a91c0aa", "web/3f2b00ffbb"])
        );
        for unknown in ["ffff", ""] {
            let error = named(unknown).unwrap_err();
            assert!(
                matches!(error, LogsError::UnknownTask { known, .. } if known == ["3f2a91c0", "3f2b00ff"])
            );
        }
    }
}
