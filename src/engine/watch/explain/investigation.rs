//! One round of reads for one failure: its container's log and its target's health, side by side.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{join, join_all};
use tokio::sync::OnceCell;

use super::clues::Clues;
use super::log::{Destination, destination};
use super::{Case, Round, target};
use crate::ecs::TaskDefinition;
use crate::engine::watch::ecs::{ReadError, Severity};
use crate::model::{FailureLog, FailureTarget, Value};
use crate::schema::{hide, secrets_of};

/// Lines of a log that are shown.
const LINES: usize = 20;
/// Characters of a line that are shown; CloudWatch's may have a million.
const LINE_LENGTH: usize = 4000;
/// The longest that a read may take: what hangs explains nothing.
const LIMIT: Duration = if cfg!(test) {
    Duration::from_millis(50)
} else {
    Duration::from_secs(10)
};

/// The task definitions that were read, each once.
pub(super) struct Definitions {
    read: RefCell<HashMap<String, Rc<OnceCell<Option<TaskDefinition>>>>>,
    show_values: bool,
}

impl Definitions {
    pub fn new(show_values: bool) -> Self {
        Self {
            read: RefCell::default(),
            show_values,
        }
    }

    /// What of a definition is hidden.
    fn secrets(&self, definition: &TaskDefinition) -> Vec<String> {
        match self.show_values {
            true => Vec::new(),
            false => secrets_of(definition.value()),
        }
    }

    async fn get<E: Clues>(&self, clues: &E, arn: &str) -> Result<Option<TaskDefinition>, ReadError> {
        let cell = Rc::clone(self.read.borrow_mut().entry(arn.to_owned()).or_default());
        let definition = cell.get_or_try_init(|| clues.definition(arn)).await?;
        Ok(definition.clone())
    }
}

/// Whether a part of an explanation is still to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Open,
    Closed,
}

impl Part {
    pub fn wanted(wanted: bool) -> Self {
        if wanted { Self::Open } else { Self::Closed }
    }

    pub fn is_closed(self) -> bool {
        self == Self::Closed
    }
}

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Read {
    Definition,
    Log,
    Target,
}

impl Read {
    /// What follows when it may not be read.
    pub fn consequence(self) -> &'static str {
        match self {
            Self::Definition => "where failed tasks log to is not known",
            Self::Log => "the last log lines of failed tasks are not shown",
            Self::Target => "what the load balancer says of failed tasks is not shown",
        }
    }
}

/// What a round brought, besides what the case's failure says now.
#[derive(Default)]
pub(super) struct Found {
    /// The failure says more than before.
    pub news: bool,
    /// Sick targets, where no task is known.
    pub targets: Vec<(FailureTarget, u64)>,
    pub troubles: Vec<(Read, ReadError)>,
}

/// What became of one read.
enum Answer<T> {
    /// It is there.
    There(T),
    /// Not yet, or not to be had for the moment; what is known meanwhile.
    NotYet(Option<T>, Option<(Read, ReadError)>),
    /// It won't come; what is known instead.
    Never(Option<T>, Option<(Read, ReadError)>),
}

impl<T> Answer<T> {
    /// A failed read: whether it is worth another try depends on the trouble.
    fn failed(read: Read, trouble: ReadError, known: Option<T>) -> Self {
        match trouble.weight {
            Severity::Throttled | Severity::Passing => Self::NotYet(known, Some((read, trouble))),
            Severity::Denied | Severity::Unsupported | Severity::Credentials | Severity::Fatal => {
                Self::Never(known, Some((read, trouble)))
            }
        }
    }

    /// Puts it where it belongs. Nothing that was known is forgotten.
    fn put(self, place: &mut Option<T>, part: &mut Part, found: &mut Found) {
        let (known, trouble, news) = match self {
            Self::There(it) => {
                *part = Part::Closed;
                (Some(it), None, true)
            }
            Self::NotYet(known, trouble) => (known, trouble, false),
            Self::Never(known, trouble) => {
                *part = Part::Closed;
                (known, trouble, false)
            }
        };
        *place = known.or_else(|| place.take());
        found.news |= news;
        found.troubles.extend(trouble);
    }
}

/// Reads what a case still lacks.
pub(super) async fn investigate<E: Clues>(clues: &E, definitions: Rc<Definitions>, mut case: Case) -> Round {
    let mut found = Found::default();
    let (log, target) = join(read_log(clues, &definitions, &case), read_target(clues, &case)).await;
    if let Some(log) = log {
        log.put(&mut case.failure.log, &mut case.log, &mut found);
    }
    if let Some(target) = target {
        target.put(&mut case.failure.target, &mut case.target, &mut found);
    }
    Round { case, found }
}

/// Looks for sick targets of a service.
pub(super) async fn look_at_targets<E: Clues>(clues: &E, mut case: Case) -> Round {
    let mut found = Found::default();
    case.target = Part::Closed;
    let groups = join_all(
        case.groups
            .iter()
            .map(|group| within(clues.target_health(&group.arn))),
    )
    .await;
    for reply in groups {
        match reply {
            Some(Ok(targets)) => found.targets.extend(target::kinds(targets)),
            Some(Err(trouble)) => found.troubles.push((Read::Target, trouble)),
            None => {}
        }
    }
    Round { case, found }
}

/// None when it took too long.
async fn within<T>(read: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(LIMIT, read).await.ok()
}

async fn read_log<E: Clues>(clues: &E, definitions: &Definitions, case: &Case) -> Option<Answer<FailureLog>> {
    if case.log.is_closed() {
        return None;
    }
    let task = case.task.as_ref()?;
    let Some(definition) = within(definitions.get(clues, task.task_definition.as_deref()?)).await else {
        return Some(Answer::Never(None, None));
    };
    let definition = match definition {
        Ok(Some(definition)) => definition,
        Ok(None) => return Some(Answer::Never(None, None)),
        Err(trouble) => return Some(Answer::failed(Read::Definition, trouble, None)),
    };
    let of_group = || case.groups.iter().find_map(|group| group.container.as_deref());
    let first = || task.containers.first().map(|it| it.name.as_str());
    let container = case
        .failure
        .container
        .as_deref()
        .or_else(of_group)
        .or_else(first)?;
    let runtime_id = task
        .containers
        .iter()
        .find(|it| it.name == container)
        .and_then(|it| it.runtime_id.as_deref());
    let of_task = (task.id.as_str(), task.launch_type.as_deref());
    match destination(&definition, container, of_task, runtime_id) {
        None => Some(Answer::Never(None, None)),
        Some(Destination::Elsewhere { driver, place }) => Some(Answer::There(FailureLog {
            driver,
            note: Some(place),
            ..FailureLog::default()
        })),
        Some(Destination::CloudWatch {
            group,
            stream,
            region,
        }) => {
            let log = FailureLog {
                driver: Some("awslogs".to_owned()),
                group: Some(group),
                stream: Some(stream),
                region,
                ..FailureLog::default()
            };
            Some(read_stream(clues, log, &definitions.secrets(&definition)).await)
        }
    }
}

async fn read_stream<E: Clues>(clues: &E, log: FailureLog, secrets: &[String]) -> Answer<FailureLog> {
    let (group, stream) = (
        log.group.clone().unwrap_or_default(),
        log.stream.clone().unwrap_or_default(),
    );
    let most = u32::try_from(LINES).unwrap_or(u32::MAX);
    let read = clues.last_log_events(log.region.as_deref(), &group, &stream, most);
    let noted = |log: FailureLog, note: &str| FailureLog {
        note: Some(note.to_owned()),
        ..log
    };
    match within(read).await {
        None => Answer::Never(Some(noted(log, "could not be read in time")), None),
        Some(Ok(events)) => {
            let lines = lines(events.as_deref().unwrap_or_default(), secrets);
            if lines.is_empty() {
                return Answer::NotYet(Some(noted(log, "nothing has arrived there")), None);
            }
            Answer::There(FailureLog { lines, ..log })
        }
        Some(Err(trouble)) => {
            let note = match trouble.weight {
                Severity::Denied => "not allowed to read it",
                _ => "could not be read",
            };
            Answer::failed(Read::Log, trouble, Some(noted(log, note)))
        }
    }
}

/// The last lines of log events. An event may have several lines.
fn lines(events: &[Value], secrets: &[String]) -> Vec<String> {
    let messages = events.iter().filter_map(|event| event.get("message")?.as_str());
    let mut lines: Vec<String> = messages
        .flat_map(str::lines)
        .map(|line| shortened(hide(line, secrets).trim_end()))
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.drain(..lines.len().saturating_sub(LINES));
    lines
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(LINE_LENGTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

async fn read_target<E: Clues>(clues: &E, case: &Case) -> Option<Answer<FailureTarget>> {
    if case.target.is_closed() {
        return None;
    }
    let task = case.task.as_ref()?;
    let replies = join_all(
        case.groups
            .iter()
            .map(|group| within(clues.target_health(&group.arn))),
    )
    .await;
    let mut trouble = None;
    for (group, reply) in case.groups.iter().zip(replies) {
        match reply {
            Some(Ok(targets)) => {
                let of_task = target::of_task(task, group, &targets);
                // One that has stopped drains on purpose: what was seen before is the reason.
                let known = case.failure.target.is_some();
                if let Some(it) = of_task.filter(|it| target::is_sick(it) && (it.is_unhealthy() || !known)) {
                    return Some(Answer::There(it));
                }
            }
            Some(Err(error)) => trouble = Some(error),
            None => {}
        }
    }
    Some(match trouble {
        Some(trouble) => Answer::failed(Read::Target, trouble, None),
        // A task that has stopped leaves its target group at once: it won't come back.
        None => Answer::Never(None, None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_twenty_lines_of_events_that_may_have_several() {
        let events: Vec<Value> = (0..15)
            .map(|n| json!({"message": format!("first {n}\r\nsecond {n}  \n")}))
            .collect();
        let lines = lines(&events, &[]);
        assert_eq!(lines.len(), LINES);
        assert_eq!((lines[0].as_str(), lines[19].as_str()), ("first 5", "second 14"));
    }

    #[test]
    fn what_is_odd_or_empty_or_long_or_secret() {
        let events = [
            json!({"timestamp": 1}),
            json!({"message": "token=abcdefgh"}),
            json!({"message": "é".repeat(LINE_LENGTH + 1)}),
            json!({"message": "\n\n"}),
        ];
        let lines = lines(&events, &["abcdefgh".to_owned()]);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], "token=********");
        assert_eq!(lines[1].chars().count(), LINE_LENGTH + 1);
        assert!(lines[1].ends_with("é…"));
    }
}
