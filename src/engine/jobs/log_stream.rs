//! The log of a job's container, read while the task runs.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;

use super::request::TaskRequest;
use crate::aws::Aws;
use crate::ecs::Task;
use crate::engine::inspect::logs::{LogRead, LogSource, StreamReader};
use crate::engine::polling::{PollOutcome, ReadError};
use crate::engine::watch::{LogDestination, log_destination};
use crate::model::{FailureLog, JobEvent, Sink};

/// Number of last lines that explain a failure.
const LINES: usize = 20;
/// A page whose last line is older than this is followed by another at once: the reader is behind.
const UP_TO_DATE: Duration = Duration::from_secs(10);
/// How long one read may take: without a route to CloudWatch Logs, the task is still watched.
const READ_LIMIT: Duration = Duration::from_secs(10);
/// The most pages in a row, so that the task is looked at in between.
const PAGES: usize = 20;

/// A container's log.
pub(super) struct JobLog<'a> {
    aws: &'a Aws,
    sink: &'a dyn Sink,
    request: &'a TaskRequest,
    show_values: bool,
    reader: Option<StreamReader>,
    /// Where the lines are; with the last of them.
    place: Option<FailureLog>,
    last: VecDeque<String>,
    /// Whether the log can't be read, which was reported.
    closed: bool,
    has_missed_group: bool,
}

impl<'a> JobLog<'a> {
    pub fn new(aws: &'a Aws, sink: &'a dyn Sink, request: &'a TaskRequest, show_values: bool) -> Self {
        Self {
            aws,
            sink,
            request,
            show_values,
            reader: None,
            place: None,
            last: VecDeque::new(),
            closed: false,
            has_missed_group: false,
        }
    }

    /// Whether more lines may come.
    pub fn is_readable(&self) -> bool {
        !self.closed
    }

    /// Returns the last lines, or where the log is.
    pub fn tail(&self) -> Option<FailureLog> {
        let place = self.place.clone()?;
        Some(FailureLog {
            lines: self.last.iter().cloned().collect(),
            ..place
        })
    }

    /// Finds the stream of the task, once it has a name.
    fn open(&mut self, task: &Task) {
        if self.reader.is_some() || self.closed {
            return;
        }
        let container = self.request.container.as_str();
        let runtime_id = task.container(container).and_then(|it| it.runtime_id.as_deref());
        let of_task = (task.id.as_str(), task.launch_type.as_deref());
        match log_destination(&self.request.definition, container, of_task, runtime_id) {
            None => {}
            Some(LogDestination::Elsewhere { driver, place }) => {
                let message = format!("container {container} of {}: {place}", self.request.name);
                self.sink.warn(None, message, None);
                self.closed = true;
                self.place = Some(FailureLog::elsewhere(driver, place));
            }
            Some(LogDestination::CloudWatch {
                group,
                stream,
                region,
            }) => {
                self.place = Some(FailureLog {
                    driver: Some("awslogs".to_owned()),
                    group: Some(group.clone()),
                    stream: Some(stream.clone()),
                    region: region.clone(),
                    ..FailureLog::default()
                });
                let secrets = match self.show_values {
                    true => Vec::new(),
                    false => self.request.secrets.clone(),
                };
                let source = LogSource {
                    aws: region.map_or_else(|| self.aws.clone(), |region| self.aws.in_region(&region)),
                    service: self.request.name.clone(),
                    task: task.id.clone(),
                    container: container.to_owned(),
                    group,
                    stream,
                    secrets: secrets.into(),
                };
                self.reader = Some(StreamReader::new(source, None));
            }
        }
    }

    /// Reads and emits the new lines. Returns whether it was read to its present end.
    pub async fn read(&mut self, task: &Task, now: Timestamp, poll: &mut PollOutcome) -> bool {
        self.open(task);
        for _ in 0..PAGES {
            let Some(reader) = self.reader.as_mut().filter(|_| !self.closed) else {
                return true;
            };
            let read = self.aws.clock().io_timeout(READ_LIMIT, reader.next()).await;
            let Some(read) = read else {
                return false;
            };
            match read {
                Ok(LogRead::Lines(lines, more)) => {
                    poll.succeeded();
                    let last = lines.last().and_then(|line| line.at);
                    for line in lines {
                        self.emit(line.at, line.message);
                    }
                    let is_recent = last.is_some_and(|at| {
                        Duration::try_from(now.duration_since(at)).is_ok_and(|age| age < UP_TO_DATE)
                    });
                    if !more || is_recent {
                        return !more;
                    }
                }
                Ok(LogRead::NoStream) => return true,
                Ok(LogRead::NoGroup) => {
                    self.miss_group();
                    return true;
                }
                Err(error) if ReadError::from(error.clone()).severity.is_permanent() => {
                    self.sink.warn_of(error, "the log of the job is not shown");
                    self.closed = true;
                    return true;
                }
                Err(error) => {
                    poll.failed(error.into());
                    return false;
                }
            }
        }
        false
    }

    fn emit(&mut self, time: Option<Timestamp>, message: String) {
        for line in message.lines() {
            if self.last.len() == LINES {
                self.last.pop_front();
            }
            self.last.push_back(line.trim_end().to_owned());
        }
        self.sink.emit(self.request.event(JobEvent::Log {
            time,
            container: self.request.container.clone(),
            message,
        }));
    }

    fn miss_group(&mut self) {
        let group = self.place.as_ref().and_then(|place| place.group.as_deref());
        if let Some(group) = group.filter(|_| !self.has_missed_group) {
            let message = format!(
                "log group {group} doesn't exist: the log of {} is not shown",
                self.request.name
            );
            self.sink.warn(None, message, None);
            self.has_missed_group = true;
        }
    }
}
