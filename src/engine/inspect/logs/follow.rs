//! Follows the logs of running tasks, and of tasks that start later.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;

use super::merge::{self, SIDE_BY_SIDE, is_closed};
use super::reader::{LogRead, StreamReader};
use super::source::{DefinitionCache, LogSource};
use super::{LogExtent, LogsRequest};
use crate::aws::AwsError;
use crate::diagnostic::Failure;
use crate::engine::inspect::tasks::{ServiceTasks, tasks};
use crate::engine::polling::{PollOutcome, Poller};
use crate::model::{LogLine, TaskStatus};

/// How often to look for new tasks; a task takes longer than that to start.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Approximate number of reads to get the tasks of two services.
const READS_OF_TWO: usize = 5;
/// How long a task's lines may still arrive after it stops: awslogs sends them every five seconds
/// (Docker's documentation and source of the driver), and they then take a moment to become readable.
const LAST_WORDS: Duration = Duration::from_secs(20);
/// A page whose last line is newer than this brings its stream up to date; later lines are left for
/// the next round. Otherwise a stream that is written to constantly would be read without a pause,
/// and GetLogEvents has a quota of 10 to 30 requests a second.
const UP_TO_DATE: Duration = Duration::from_secs(10);

/// A stream that is followed.
struct FollowedStream {
    reader: StreamReader,
    /// When its task was first seen to have stopped.
    stopped_at: Option<Timestamp>,
    /// When the last successful read began.
    read_at: Option<Timestamp>,
    /// Whether more lines are available immediately.
    more: bool,
    /// Why it can't be read, if so.
    closed: Option<AwsError>,
}

impl FollowedStream {
    fn new(reader: StreamReader) -> Self {
        Self {
            reader,
            stopped_at: None,
            read_at: None,
            more: false,
            closed: None,
        }
    }

    /// Whether no more lines can arrive. A stream that was not read to its end after its task's last
    /// lines still has more, however long ago the task stopped.
    fn is_over(&self, now: Timestamp) -> bool {
        let is_due = |at| {
            self.stopped_at
                .is_some_and(|stopped| elapsed(stopped, at) >= LAST_WORDS)
        };
        let is_read_up = !self.reader.behind && self.read_at.is_some_and(is_due);
        is_due(now) && (is_read_up || self.closed.is_some())
    }
}

/// The followed streams and the known tasks.
struct Follower<'a> {
    ask: &'a LogsRequest<'a>,
    known: DefinitionCache,
    lanes: Vec<FollowedStream>,
    /// Tasks that had already stopped at the start.
    past: HashSet<String>,
    /// Polls the tasks; the streams are polled separately.
    poller: Poller<'a>,
    /// When to poll the tasks next.
    look_at: Timestamp,
    told_none: bool,
    /// Whether the last round read only the streams that had more lines available.
    was_partial: bool,
    told_groups: HashSet<String>,
    told_closed: HashSet<String>,
}

/// Passes existing and new lines to `each` until it returns false. Waits for tasks, streams and log
/// groups that don't exist yet. Fails if nothing can be read any more.
pub async fn follow(
    ask: &LogsRequest<'_>,
    mut each: impl FnMut(Vec<LogLine>) -> bool,
) -> Result<(), Failure> {
    let mut poller = Poller::new(ask.clock, ask.sink);
    let mut follower = Follower::new(ask);
    let first = follower.begin(&mut poller).await?;
    if !first.is_empty() && !each(first) {
        return Ok(());
    }
    loop {
        follower.list_tasks().await?;
        let (mut lines, poll) = follower.read().await;
        lines.sort_by_key(|line| line.at);
        if !lines.is_empty() && !each(lines) {
            return Ok(());
        }
        let has_failed = poll.has_failed();
        poller.record(poll)?;
        follower.report_stopped()?;
        if has_failed || !follower.is_behind() {
            poller.wait(follower.lanes.len().max(1)).await;
        }
    }
}

impl<'a> Follower<'a> {
    fn new(ask: &'a LogsRequest<'a>) -> Self {
        Self {
            ask,
            known: DefinitionCache::default(),
            lanes: Vec::new(),
            past: HashSet::new(),
            poller: Poller::new(ask.clock, ask.sink),
            look_at: ask.clock.now(),
            told_none: false,
            was_partial: false,
            told_groups: HashSet::new(),
            told_closed: HashSet::new(),
        }
    }

    /// Starts following the running tasks, and returns the last lines of their logs if only those were
    /// requested.
    async fn begin(&mut self, poller: &mut Poller<'_>) -> Result<Vec<LogLine>, Failure> {
        let ask = self.ask;
        let found = tasks(ask.aws, ask.cluster, ask.services, ask.sink).await?;
        self.poll_later();
        let stopped = found.iter().flat_map(|of| &of.stopped);
        self.past.extend(stopped.map(|task| task.id.clone()));
        let live: Vec<&TaskStatus> = found.iter().flat_map(|of| &of.live).collect();
        let mut poll = PollOutcome::default();
        let sources = self.known.sources(ask, &live, &mut poll).await;
        poll.into_result()?;
        if self.known.is_all_elsewhere(&sources) {
            return Err(self.known.nothing(ask));
        }
        self.known.report_log_locations(ask);
        self.report_no_logs(&live);
        let since = match ask.extent {
            LogExtent::Tail(count) => {
                let (lines, readers, _) = merge::tails(ask, sources, count, poller).await?;
                self.lanes = readers.into_iter().map(FollowedStream::new).collect();
                return Ok(lines);
            }
            LogExtent::Since(since) => Some(since),
            LogExtent::All => None,
        };
        self.add(sources, since);
        Ok(Vec::new())
    }

    fn add(&mut self, sources: Vec<LogSource>, since: Option<Timestamp>) {
        let readers = sources.into_iter().map(|source| StreamReader::new(source, since));
        self.lanes.extend(readers.map(FollowedStream::new));
    }

    fn poll_later(&mut self) {
        let reads = self.ask.services.len() * READS_OF_TWO / 2;
        let interval = self.poller.interval(reads).max(LOOK_EVERY);
        self.look_at = self.ask.clock.now() + interval;
    }

    fn report_no_logs(&mut self, live: &[&TaskStatus]) {
        if live.is_empty() && !std::mem::replace(&mut self.told_none, true) {
            let names: Vec<&str> = self.ask.services.iter().map(|(_, name)| name.as_str()).collect();
            self.ask.sink.warn(
                None,
                format!("no running task of {}: waiting for one", names.join(", ")),
                None,
            );
        }
    }

    /// Adds the streams of new tasks, from their beginning, and notes which tasks have stopped. Retries
    /// temporary errors; streams that are already followed continue.
    async fn list_tasks(&mut self) -> Result<(), Failure> {
        let ask = self.ask;
        if ask.clock.now() < self.look_at {
            return Ok(());
        }
        let mut poll = PollOutcome::default();
        match tasks(ask.aws, ask.cluster, ask.services, &|_| ()).await {
            Ok(found) => {
                poll.succeeded();
                self.take_in(&found, &mut poll).await;
            }
            Err(trouble) => poll.failed(trouble),
        }
        self.poller.record(poll)?;
        self.poll_later();
        Ok(())
    }

    async fn take_in(&mut self, found: &[ServiceTasks], poll: &mut PollOutcome) {
        let live = || found.iter().flat_map(|of| &of.live);
        let stopped = found.iter().flat_map(|of| &of.stopped);
        let present: Vec<&TaskStatus> = live()
            .chain(stopped.filter(|task| !self.past.contains(&task.id)))
            .collect();
        let sources = self.known.sources(self.ask, &present, poll).await;
        self.known.report_log_locations(self.ask);
        self.add(sources, None);
        let live: HashSet<&str> = live().map(|task| task.id.as_str()).collect();
        let now = self.ask.clock.now();
        for lane in &mut self.lanes {
            // A listing may be stale and lack a running task.
            lane.stopped_at = match live.contains(lane.reader.source.task.as_str()) {
                true => None,
                false => lane.stopped_at.or(Some(now)),
            };
        }
        self.lanes.retain(|lane| !lane.is_over(now));
    }

    /// Reads a page of every stream, so that no backlog is held in memory; if some have more lines
    /// available, then only of these.
    async fn read(&mut self) -> (Vec<LogLine>, PollOutcome) {
        let ask = self.ask;
        // Alternates with reading all streams, so that one that never ends doesn't starve the others.
        let only_behind = self.is_behind() && !self.was_partial;
        self.was_partial = only_behind;
        let wanted = |lane: &&mut FollowedStream| lane.closed.is_none() && (lane.more || !only_behind);
        let mut wanted: Vec<&mut FollowedStream> = self.lanes.iter_mut().filter(wanted).collect();
        let (mut lines, mut poll) = (Vec::new(), PollOutcome::default());
        for chunk in wanted.chunks_mut(SIDE_BY_SIDE) {
            let began = ask.clock.now();
            let reads = join_all(chunk.iter_mut().map(|lane| lane.reader.next())).await;
            for (lane, read) in chunk.iter_mut().zip(reads) {
                match read {
                    Ok(read) => {
                        poll.succeeded();
                        lane.read_at = Some(began);
                        lane.more = false;
                        match read {
                            LogRead::Lines(more, _) => {
                                let last = more.last().and_then(|line| line.at);
                                let is_old = last.is_none_or(|at| elapsed(at, ask.clock.now()) >= UP_TO_DATE);
                                lane.more = lane.reader.behind && is_old;
                                lines.extend(more.into_iter().filter(|line| (ask.matches)(&line.message)));
                            }
                            LogRead::NoStream => {}
                            LogRead::NoGroup => {
                                report_missing_group(ask, &lane.reader, &mut self.told_groups)
                            }
                        }
                    }
                    Err(error) if is_closed(&error) => {
                        lane.more = false;
                        lane.closed = Some(error);
                    }
                    Err(error) => poll.failed(error.into()),
                }
            }
        }
        (lines, poll)
    }

    /// Reports the streams that can't be read, once per group. Fails if none can be read.
    fn report_stopped(&mut self) -> Result<(), Failure> {
        let closed = |lane: &'_ FollowedStream| lane.closed.clone();
        if let Some(first) = self.lanes.iter().find_map(closed)
            && self.lanes.iter().all(|lane| lane.closed.is_some())
        {
            return Err(first.into());
        }
        for lane in &self.lanes {
            if let Some(error) = &lane.closed
                && self.told_closed.insert(lane.reader.source.group.clone())
            {
                self.ask.sink.warn_of(error.clone(), "following the others");
            }
        }
        Ok(())
    }

    fn is_behind(&self) -> bool {
        self.lanes.iter().any(|lane| lane.more)
    }
}

fn report_missing_group(ask: &LogsRequest<'_>, reader: &StreamReader, told: &mut HashSet<String>) {
    let group = &reader.source.group;
    if told.insert(group.clone()) {
        ask.sink.warn(
            None,
            format!("log group {group} doesn't exist: waiting for it"),
            None,
        );
    }
}

fn elapsed(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}
