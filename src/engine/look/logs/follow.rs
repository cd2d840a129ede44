//! What comes, of the tasks that run and of those that start.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;

use super::merge::{self, SIDE_BY_SIDE};
use super::reader::{Read, Reader};
use super::source::Known;
use super::{Ask, Extent};
use crate::diagnostic::Failure;
use crate::engine::look::patience::Patience;
use crate::engine::look::tasks::{ServiceTasks, tasks};
use crate::engine::rollout::Trouble;
use crate::model::{Event, LogLine, TaskStatus};

/// How often new tasks are looked for: a task takes longer than that to start.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Where there are many services, each takes so much longer: its tasks take two or three reads.
const A_SERVICE: Duration = Duration::from_millis(500);
/// For so long after its end a task's lines may still come: awslogs sends them every five seconds (Docker's
/// documentation and source of the driver), and they then take a moment to be readable.
const LAST_WORDS: Duration = Duration::from_secs(20);
/// A page that ends with a line so new brings its stream up to date: what came since is for the next round. Otherwise a
/// stream that is written to all the time would be read without a pause, and GetLogEvents has a quota of 10 to 30
/// requests a second.
const UP_TO_DATE: Duration = Duration::from_secs(10);

/// A stream that is followed.
struct Lane {
    reader: Reader,
    /// When its task was first seen to have stopped.
    stopped_at: Option<Timestamp>,
}

/// The streams that are followed, and the tasks that are known.
struct Follower<'a> {
    ask: &'a Ask<'a>,
    known: Known,
    lanes: Vec<Lane>,
    tasks: HashSet<String>,
    looked_at: Option<Timestamp>,
    told_none: bool,
    /// The last round was about the streams alone that had more at once.
    was_partial: bool,
    told_groups: HashSet<String>,
}

/// What there is and what comes, until `each` wants no more. Tasks, streams and log groups that aren't there yet are
/// waited for.
pub async fn follow(ask: &Ask<'_>, mut each: impl FnMut(Vec<LogLine>) -> bool) -> Result<(), Failure> {
    let mut patience = Patience::new(ask.clock, ask.sink);
    let mut follower = Follower {
        ask,
        known: Known::default(),
        lanes: Vec::new(),
        tasks: HashSet::new(),
        looked_at: None,
        told_none: false,
        was_partial: false,
        told_groups: HashSet::new(),
    };
    let first = follower.begin(&mut patience).await?;
    if !first.is_empty() && !each(first) {
        return Ok(());
    }
    loop {
        follower.look_for_tasks().await?;
        let mut lines = follower.read(&mut patience).await?;
        lines.sort_by_key(|line| line.at);
        if !lines.is_empty() && !each(lines) {
            return Ok(());
        }
        let calls = follower.lanes.len().max(1);
        if !follower.is_behind() {
            patience.rest(calls).await;
        }
    }
}

impl Follower<'_> {
    /// The tasks that run, and the end of what they have said.
    async fn begin(&mut self, patience: &mut Patience<'_>) -> Result<Vec<LogLine>, Failure> {
        let ask = self.ask;
        let found = tasks(ask.aws, ask.cluster, ask.services, ask.sink).await?;
        self.looked_at = Some(ask.clock.now());
        let live: Vec<TaskStatus> = found.iter().flat_map(|of| of.live.clone()).collect();
        let stopped = found.iter().flat_map(|of| &of.stopped);
        self.tasks.extend(stopped.map(|task| task.id.clone()));
        self.tasks.extend(live.iter().map(|task| task.id.clone()));
        let sources = self.known.sources(ask, &live).await?;
        if sources.is_empty() && !live.is_empty() {
            return Err(self.known.nothing(ask).into());
        }
        self.known.tell_places(ask);
        self.tell_none(&live);
        let lane = |reader| Lane {
            reader,
            stopped_at: None,
        };
        let since = match ask.extent {
            Extent::Tail(count) => {
                let (lines, readers, _) = merge::tails(ask, sources, count, patience).await?;
                self.lanes = readers.into_iter().map(lane).collect();
                return Ok(lines);
            }
            Extent::Since(since) => Some(since),
            Extent::All => None,
        };
        let readers = sources.into_iter().map(|source| Reader::new(source, since));
        self.lanes = readers.map(lane).collect();
        Ok(Vec::new())
    }

    fn tell_none(&mut self, live: &[TaskStatus]) {
        if live.is_empty() && !std::mem::replace(&mut self.told_none, true) {
            let names: Vec<&str> = self.ask.services.iter().map(|(_, name)| name.as_str()).collect();
            self.ask.sink.emit(Event::Warning {
                resource: None,
                message: format!("no task of {} runs: waiting for one", names.join(", ")),
                hint: None,
            });
        }
    }

    /// Adds the streams of tasks that are new, from their beginning, and notes which tasks have stopped.
    async fn look_for_tasks(&mut self) -> Result<(), Failure> {
        let ask = self.ask;
        let now = ask.clock.now();
        let services = u32::try_from(ask.services.len()).unwrap_or(u32::MAX);
        let every = LOOK_EVERY.max(A_SERVICE.saturating_mul(services));
        let is_due = self.looked_at.is_none_or(|at| elapsed(at, now) >= every);
        if !is_due {
            return Ok(());
        }
        self.looked_at = Some(now);
        match tasks(ask.aws, ask.cluster, ask.services, &|_| ()).await {
            Ok(found) => self.take_in(&found, now).await,
            // What is followed already goes on; the next look may go through.
            Err(error) => {
                tracing::debug!(error = %error, "tasks could not be looked for");
                Ok(())
            }
        }
    }

    async fn take_in(&mut self, found: &[ServiceTasks], now: Timestamp) -> Result<(), Failure> {
        let all = || found.iter().flat_map(|of| of.live.iter().chain(&of.stopped));
        let new: Vec<TaskStatus> = all()
            .filter(|task| !self.tasks.contains(&task.id))
            .cloned()
            .collect();
        self.tasks.extend(new.iter().map(|task| task.id.clone()));
        let sources = self.known.sources(self.ask, &new).await?;
        self.known.tell_places(self.ask);
        self.lanes.extend(sources.into_iter().map(|source| Lane {
            reader: Reader::new(source, None),
            stopped_at: None,
        }));
        let live: HashSet<&str> = found
            .iter()
            .flat_map(|of| of.live.iter().map(|task| task.id.as_str()))
            .collect();
        for lane in &mut self.lanes {
            if !live.contains(lane.reader.source.task.as_str()) {
                lane.stopped_at.get_or_insert(now);
            }
        }
        // One that isn't read up to its end yet has more to tell, however long ago its task stopped.
        self.lanes.retain(|lane| {
            lane.reader.behind || lane.stopped_at.is_none_or(|at| elapsed(at, now) < LAST_WORDS)
        });
        Ok(())
    }

    /// A page of every stream, so that no backlog is held in memory; where some have more at once, then of these alone.
    async fn read(&mut self, patience: &mut Patience<'_>) -> Result<Vec<LogLine>, Failure> {
        let ask = self.ask;
        // In turns with all of them: a stream that never ends keeps no other waiting.
        let only_behind = self.is_behind() && !self.was_partial;
        self.was_partial = only_behind;
        let wanted = self.lanes.iter_mut().map(|lane| &mut lane.reader);
        let mut wanted: Vec<&mut Reader> = wanted.filter(|reader| reader.behind || !only_behind).collect();
        let mut lines = Vec::new();
        for chunk in wanted.chunks_mut(SIDE_BY_SIDE) {
            let reads = join_all(chunk.iter_mut().map(|reader| reader.next())).await;
            for (reader, read) in chunk.iter_mut().zip(reads) {
                match read {
                    Ok(Read::Lines(more, _)) => {
                        patience.went_well();
                        let last = more.last().and_then(|line| line.at);
                        reader.behind &= last.is_none_or(|at| elapsed(at, ask.clock.now()) >= UP_TO_DATE);
                        lines.extend(more.into_iter().filter(|line| (ask.matches)(&line.message)));
                    }
                    Ok(Read::NoStream) => patience.went_well(),
                    Ok(Read::NoGroup) => tell_group(ask, reader, &mut self.told_groups),
                    Err(error) => patience.weigh(Trouble::from(error))?,
                }
            }
        }
        Ok(lines)
    }

    fn is_behind(&self) -> bool {
        self.lanes.iter().any(|lane| lane.reader.behind)
    }
}

fn tell_group(ask: &Ask<'_>, reader: &Reader, told: &mut HashSet<String>) {
    let group = &reader.source.group;
    if told.insert(group.clone()) {
        ask.sink.emit(Event::Warning {
            resource: None,
            message: format!("there is no log group {group}: waiting for it"),
            hint: None,
        });
    }
}

fn elapsed(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}
