//! What can be typed after a service ended: the one place that names the verbs.

use crate::model::{Ending, ServiceOutcome};

/// A command, and what it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// `ecsctl logs web --previous`.
    pub command: String,
    /// In a few words.
    pub brings: &'static str,
}

/// What can be typed next; nothing after a good end.
pub fn steps(outcome: &ServiceOutcome) -> Vec<Next> {
    let logged = outcome.failures.iter().any(|it| {
        it.log
            .as_ref()
            .is_some_and(|log| log.group.is_some() && !log.lines.is_empty())
    });
    let stopped = outcome.failures.iter().any(|it| it.task_id.is_some());
    let look = match (logged, stopped) {
        (true, _) => Some(("logs NAME --previous", "all that the failed tasks said")),
        (false, true) => Some(("tasks NAME --stopped", "the tasks that stopped, and why")),
        (false, false) => None,
    };
    let rows: Vec<(&str, &'static str)> = match outcome.outcome {
        Ending::Done | Ending::Unchanged => Vec::new(),
        Ending::TimedOut => look
            .into_iter()
            .chain([WAIT, ("rollback NAME", "back to what ran before")])
            .collect(),
        Ending::Interrupted => vec![WAIT],
        Ending::Paused => vec![
            ("continue NAME", "go on with it"),
            ("rollback NAME", "back to what ran before"),
        ],
        Ending::RolledBack => look
            .into_iter()
            .chain([("history NAME", "what ran before")])
            .collect(),
        Ending::Failed => look
            .into_iter()
            .chain([
                ("status NAME", "what runs now"),
                ("rollback NAME", "back to what ran before"),
            ])
            .collect(),
        Ending::Superseded => vec![
            ("status NAME", "what runs now"),
            ("history NAME", "who deployed what, and when"),
        ],
    };
    let nowhere = |command: &str| outcome.is_first && command.starts_with("rollback");
    let next = |(command, brings): (&str, &'static str)| Next {
        command: format!("ecsctl {}", command.replace("NAME", &outcome.name)),
        brings,
    };
    rows.into_iter()
        .filter(|(command, _)| !nowhere(command))
        .map(next)
        .collect()
}

const WAIT: (&str, &str) = ("wait NAME", "watch it again");
