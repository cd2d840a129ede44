//! One round of reads for a failure: its container's log and its target's health, read concurrently.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{join, join_all};
use tokio::sync::OnceCell;

use super::log_destination::{LogDestination, log_destination};
use super::{FailureCase, target};
use crate::aws::LogEvent;
use crate::clock::Clock;
use crate::ecs::TaskDefinition;
use crate::engine::polling::{ReadError, Severity};
use crate::engine::watch::data_source::DataSource;
use crate::model::{FailureLog, FailureTarget};
use crate::schema::{mask_secrets, secrets_of};

/// Maximum number of log lines shown.
const LINES: usize = 20;
/// Maximum number of characters shown per line; CloudWatch allows up to a million.
const LINE_LENGTH: usize = 4000;
/// Timeout of one read.
const LIMIT: Duration = Duration::from_secs(10);

/// A kind of read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum DetailRead {
    TaskDefinition,
    Log,
    Target,
}

impl DetailRead {
    /// The consequence if access is denied.
    pub fn consequence(self) -> &'static str {
        match self {
            Self::TaskDefinition => "the log location of failed tasks is unknown",
            Self::Log => "the last log lines of failed tasks are not shown",
            Self::Target => "the target health of failed tasks is not shown",
        }
    }
}

/// A failure case after one round of reads.
pub(super) struct CollectedDetails {
    pub case: FailureCase,
    /// Whether the round found anything new.
    pub news: bool,
    /// Unhealthy targets with their counts, if no task is known.
    pub targets: Vec<(FailureTarget, u64)>,
    pub errors: Vec<(DetailRead, ReadError)>,
}

/// The result of one read.
enum ReadProgress<T> {
    /// The value was read.
    Ready(T),
    /// Not available yet; holds what is known so far.
    Pending(Option<T>, Option<(DetailRead, ReadError)>),
    /// Not available at all; holds what is known instead.
    Unavailable(Option<T>, Option<(DetailRead, ReadError)>),
}

impl<T> ReadProgress<T> {
    /// A failed read: pending if it is worth retrying.
    fn failed(read: DetailRead, error: ReadError, known: Option<T>) -> Self {
        match error.severity {
            Severity::Throttled | Severity::Transient => Self::Pending(known, Some((read, error))),
            Severity::Denied | Severity::Unsupported | Severity::Credentials | Severity::Fatal => {
                Self::Unavailable(known, Some((read, error)))
            }
        }
    }
}

impl CollectedDetails {
    fn of(case: FailureCase) -> Self {
        Self {
            case,
            news: false,
            targets: Vec::new(),
            errors: Vec::new(),
        }
    }

    fn take_log(&mut self, reading: ReadProgress<FailureLog>) {
        let (log, needs_log) = self.take(reading);
        self.case.needs_log = needs_log;
        self.case.failure.log = log.or_else(|| self.case.failure.log.take());
    }

    fn take_target(&mut self, reading: ReadProgress<FailureTarget>) {
        let (target, needs_target) = self.take(reading);
        self.case.needs_target = needs_target;
        self.case.failure.target = target.or_else(|| self.case.failure.target.take());
    }

    /// Returns what is known now and whether to read again.
    fn take<T>(&mut self, reading: ReadProgress<T>) -> (Option<T>, bool) {
        match reading {
            ReadProgress::Ready(value) => {
                self.news = true;
                (Some(value), false)
            }
            ReadProgress::Pending(known, error) => {
                self.errors.extend(error);
                (known, true)
            }
            ReadProgress::Unavailable(known, error) => {
                self.errors.extend(error);
                (known, false)
            }
        }
    }
}

/// Reads the details of failures.
pub(super) struct DetailCollector<'a, S> {
    source: &'a S,
    clock: &'a Clock,
    show_values: bool,
    /// Task definitions, each read once.
    definitions: RefCell<HashMap<String, Rc<OnceCell<Option<TaskDefinition>>>>>,
}

impl<'a, S: DataSource> DetailCollector<'a, S> {
    pub fn new(source: &'a S, clock: &'a Clock, show_values: bool) -> Self {
        Self {
            source,
            clock,
            show_values,
            definitions: RefCell::default(),
        }
    }

    /// Reads the details that a case still needs.
    pub async fn collect(self: Rc<Self>, case: FailureCase) -> CollectedDetails {
        let mut collected = CollectedDetails::of(case);
        if collected.case.task.is_none() {
            self.collect_targets(&mut collected).await;
            return collected;
        }
        let (log, target) = join(self.log(&collected.case), self.target(&collected.case)).await;
        if let Some(log) = log {
            collected.take_log(log);
        }
        if let Some(target) = target {
            collected.take_target(target);
        }
        collected
    }

    /// Collects the unhealthy targets of a service.
    async fn collect_targets(&self, collected: &mut CollectedDetails) {
        collected.case.needs_target = false;
        for reply in self.target_health(&collected.case).await {
            match reply {
                Some(Ok(targets)) => collected.targets.extend(target::kinds(targets)),
                Some(Err(error)) => collected.errors.push((DetailRead::Target, error)),
                None => {}
            }
        }
    }

    /// Reads the targets of each target group. `None` means the read timed out.
    async fn target_health(&self, case: &FailureCase) -> Vec<Option<Result<Vec<FailureTarget>, ReadError>>> {
        let groups = case.groups.iter();
        let reads = groups.map(|group| self.within(self.source.describe_target_health(&group.arn)));
        join_all(reads).await
    }

    /// Runs a read with a timeout. Returns `None` if it timed out.
    async fn within<T>(&self, read: impl Future<Output = T>) -> Option<T> {
        self.clock.io_timeout(LIMIT, read).await
    }

    async fn definition(&self, arn: &str) -> Result<Option<TaskDefinition>, ReadError> {
        let cell = Rc::clone(self.definitions.borrow_mut().entry(arn.to_owned()).or_default());
        let read = cell.get_or_try_init(|| self.source.describe_task_definition(arn));
        Ok(read.await?.clone())
    }

    async fn log(&self, case: &FailureCase) -> Option<ReadProgress<FailureLog>> {
        if !case.needs_log {
            return None;
        }
        let task = case.task.as_ref()?;
        let definition = match self
            .within(self.definition(task.task_definition.as_deref()?))
            .await
        {
            Some(Ok(Some(definition))) => definition,
            Some(Ok(None)) | None => return Some(ReadProgress::Unavailable(None, None)),
            Some(Err(error)) => return Some(ReadProgress::failed(DetailRead::TaskDefinition, error, None)),
        };
        let of_group = || case.groups.iter().find_map(|group| group.container.as_deref());
        let first = || task.containers.first().map(|it| it.name.as_str());
        let container = case.failure.container.as_deref();
        let container = container.or_else(of_group).or_else(first)?;
        let runtime_id = task.container(container).and_then(|it| it.runtime_id.as_deref());
        let of_task = (task.id.as_str(), task.launch_type.as_deref());
        Some(
            match log_destination(&definition, container, of_task, runtime_id) {
                None => ReadProgress::Unavailable(None, None),
                Some(LogDestination::Elsewhere { driver, place }) => {
                    ReadProgress::Ready(FailureLog::elsewhere(driver, place))
                }
                Some(LogDestination::CloudWatch {
                    group,
                    stream,
                    region,
                }) => {
                    let secrets = match self.show_values {
                        true => Vec::new(),
                        false => secrets_of(definition.value()),
                    };
                    self.stream(group, stream, region, &secrets).await
                }
            },
        )
    }

    async fn stream(
        &self,
        group: String,
        stream: String,
        region: Option<String>,
        secrets: &[String],
    ) -> ReadProgress<FailureLog> {
        let most = u32::try_from(LINES).unwrap_or(u32::MAX);
        let read = self
            .source
            .last_log_events(region.as_deref(), &group, &stream, most);
        let read = self.within(read).await;
        let log = |lines: Vec<String>, note: Option<&str>| FailureLog {
            driver: Some("awslogs".to_owned()),
            group: Some(group.clone()),
            stream: Some(stream.clone()),
            region: region.clone(),
            lines,
            note: note.map(str::to_owned),
        };
        let noted = |note: &str| Some(log(Vec::new(), Some(note)));
        match read {
            None => ReadProgress::Unavailable(noted("timed out reading the log"), None),
            Some(Ok(events)) => match lines(&events.unwrap_or_default(), secrets) {
                lines if lines.is_empty() => ReadProgress::Pending(noted("no log events yet"), None),
                lines => ReadProgress::Ready(log(lines, None)),
            },
            Some(Err(error)) => {
                let note = match error.severity {
                    Severity::Denied => "access denied",
                    _ => "could not be read",
                };
                ReadProgress::failed(DetailRead::Log, error, noted(note))
            }
        }
    }

    async fn target(&self, case: &FailureCase) -> Option<ReadProgress<FailureTarget>> {
        if !case.needs_target {
            return None;
        }
        let task = case.task.as_ref()?;
        let replies = self.target_health(case).await;
        let mut last_error = None;
        for (group, reply) in case.groups.iter().zip(replies) {
            match reply {
                Some(Ok(targets)) => {
                    let of_task = target::of_task(task, group, &targets);
                    // The target of a stopped task is draining, so the health seen earlier is the reason.
                    let is_known = case.failure.target.is_some();
                    let is_relevant =
                        |it: &FailureTarget| target::is_not_healthy(it) && (it.is_unhealthy() || !is_known);
                    if let Some(target) = of_task.filter(is_relevant) {
                        return Some(ReadProgress::Ready(target));
                    }
                }
                Some(Err(error)) => last_error = Some(error),
                None => {}
            }
        }
        Some(match last_error {
            Some(error) => ReadProgress::failed(DetailRead::Target, error, None),
            // A stopped task is no longer registered in its target group.
            None => ReadProgress::Unavailable(None, None),
        })
    }
}

/// The last lines of log events. An event may contain several lines.
fn lines(events: &[LogEvent], secrets: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = events
        .iter()
        .flat_map(|event| event.message.lines())
        .map(|line| shortened(mask_secrets(line, secrets).trim_end()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn event(message: impl Into<String>) -> LogEvent {
        LogEvent {
            timestamp: Some(1),
            message: message.into(),
        }
    }

    #[test]
    fn the_last_lines_of_multi_line_events_are_kept() {
        let events: Vec<LogEvent> = (0..15)
            .map(|n| event(format!("first {n}\r\nsecond {n}  \n")))
            .collect();
        let lines = lines(&events, &[]);
        assert_eq!(lines.len(), LINES);
        assert_eq!((lines[0].as_str(), lines[19].as_str()), ("first 5", "second 14"));
    }

    #[test]
    fn lines_are_trimmed_shortened_and_masked() {
        let events = [
            event(""),
            event("token=abcdefgh"),
            event("é".repeat(LINE_LENGTH + 1)),
            event("\n\n"),
        ];
        let lines = lines(&events, &["abcdefgh".to_owned()]);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], "token=********");
        assert_eq!(lines[1].chars().count(), LINE_LENGTH + 1);
        assert!(lines[1].ends_with("é…"));
    }
}
