//! What there is, of all streams, in order of time.

use std::collections::VecDeque;

use futures_util::future::join_all;

use super::error::no_log_group;
use super::reader::{LogRead, StreamReader};
use super::source::LogSource;
use super::{LogExtent, LogsRequest};
use crate::aws::AwsError;
use crate::diagnostic::Failure;
use crate::engine::polling::Poller;
use crate::engine::polling::{PollOutcome, ReadError, Severity};
use crate::model::LogLine;

/// Streams that are read side by side.
pub const SIDE_BY_SIDE: usize = 5;

/// A stream, and what is at hand of it.
struct BufferedStream {
    reader: StreamReader,
    lines: VecDeque<LogLine>,
    done: bool,
}

/// The last lines of each stream, in order of time, readers that go on behind them, and what of it can't be read.
pub async fn tails(
    ask: &LogsRequest<'_>,
    sources: Vec<LogSource>,
    count: usize,
    poller: &mut Poller<'_>,
) -> Result<(Vec<LogLine>, Vec<StreamReader>, UnreadableGroups), Failure> {
    let mut readers: Vec<StreamReader> = sources
        .into_iter()
        .map(|source| StreamReader::new(source, None))
        .collect();
    let mut lines = Vec::new();
    let mut groups = UnreadableGroups::default();
    for chunk in readers.chunks_mut(SIDE_BY_SIDE) {
        let mut left: Vec<&mut StreamReader> = chunk.iter_mut().collect();
        while !left.is_empty() {
            let read = join_all(left.into_iter().map(async |reader| {
                let read = reader.tail(count, ask.matches).await;
                (reader, read)
            }))
            .await;
            left = Vec::new();
            let mut poll = PollOutcome::default();
            for (reader, read) in read {
                match groups.note(&reader.source, read, &mut poll) {
                    ReadOutcome::Read(LogRead::Lines(more, _)) => lines.extend(more),
                    ReadOutcome::Read(_) | ReadOutcome::Closed => {}
                    ReadOutcome::Failed => left.push(reader),
                }
            }
            poller.record(poll)?;
            if !left.is_empty() {
                poller.wait(left.len()).await;
            }
        }
    }
    lines.sort_by_key(|line| line.at);
    Ok((lines, readers, groups))
}

/// All that the extent asks for, in order of time, a page of each stream at a time.
pub async fn all(
    ask: &LogsRequest<'_>,
    sources: Vec<LogSource>,
    poller: &mut Poller<'_>,
    mut each: impl FnMut(Vec<LogLine>) -> bool,
) -> Result<(), Failure> {
    let since = match ask.extent {
        LogExtent::Since(since) => Some(since),
        LogExtent::Tail(_) | LogExtent::All => None,
    };
    let lane = |source| BufferedStream {
        reader: StreamReader::new(source, since),
        lines: VecDeque::new(),
        done: false,
    };
    let mut lanes: Vec<BufferedStream> = sources.into_iter().map(lane).collect();
    let mut groups = UnreadableGroups::default();
    loop {
        fill(ask, &mut lanes, &mut groups, poller).await?;
        let merged = merged(&mut lanes);
        lanes.retain(|lane| !lane.done || !lane.lines.is_empty());
        if !merged.is_empty() && !each(merged) {
            return Ok(());
        }
        if lanes.is_empty() {
            return groups.judge(ask);
        }
    }
}

/// Reads until every lane that isn't done has a line at hand.
async fn fill(
    ask: &LogsRequest<'_>,
    lanes: &mut [BufferedStream],
    groups: &mut UnreadableGroups,
    poller: &mut Poller<'_>,
) -> Result<(), Failure> {
    loop {
        let empty = lanes
            .iter_mut()
            .filter(|lane| !lane.done && lane.lines.is_empty());
        let wanted: Vec<&mut BufferedStream> = empty.take(SIDE_BY_SIDE).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let reads = join_all(wanted.into_iter().map(async |lane| {
            let read = lane.reader.next().await;
            (lane, read)
        }))
        .await;
        let (mut poll, mut failed) = (PollOutcome::default(), 0);
        for (lane, read) in reads {
            match groups.note(&lane.reader.source, read, &mut poll) {
                ReadOutcome::Read(LogRead::Lines(lines, more)) => {
                    lane.lines
                        .extend(lines.into_iter().filter(|line| (ask.matches)(&line.message)));
                    lane.done = !more;
                }
                ReadOutcome::Read(_) | ReadOutcome::Closed => lane.done = true,
                ReadOutcome::Failed => failed += 1,
            }
        }
        poller.record(poll)?;
        if failed > 0 {
            poller.wait(failed).await;
        }
    }
}

/// Lines in order of time, as long as every lane that isn't done has one at hand to compare with.
fn merged(lanes: &mut [BufferedStream]) -> Vec<LogLine> {
    let mut merged = Vec::new();
    while lanes.iter().all(|lane| lane.done || !lane.lines.is_empty()) {
        let first = lanes
            .iter_mut()
            .filter(|lane| !lane.lines.is_empty())
            .min_by_key(|lane| lane.lines.front().and_then(|line| line.at));
        match first.and_then(|lane| lane.lines.pop_front()) {
            Some(line) => merged.push(line),
            None => break,
        }
    }
    merged
}

/// Log groups that aren't there, or may not be read.
#[derive(Default)]
pub struct UnreadableGroups {
    missing: Vec<Failure>,
    /// By the group's name.
    closed: Vec<(String, AwsError)>,
    any: bool,
}

/// What a read means.
enum ReadOutcome {
    Read(LogRead),
    /// It won't go better.
    Closed,
    /// It may.
    Failed,
}

impl UnreadableGroups {
    fn note(
        &mut self,
        source: &LogSource,
        read: Result<LogRead, AwsError>,
        poll: &mut PollOutcome,
    ) -> ReadOutcome {
        match read {
            Ok(LogRead::NoGroup) => {
                poll.succeeded();
                self.missing(source);
                ReadOutcome::Read(LogRead::NoGroup)
            }
            Ok(read) => {
                poll.succeeded();
                self.any = true;
                ReadOutcome::Read(read)
            }
            Err(error) if is_closed(&error) => {
                if !self.closed.iter().any(|(group, _)| *group == source.group) {
                    self.closed.push((source.group.clone(), error));
                }
                ReadOutcome::Closed
            }
            Err(error) => {
                poll.failed(error.into());
                ReadOutcome::Failed
            }
        }
    }

    fn missing(&mut self, source: &LogSource) {
        let error = no_log_group(&source.group, &source.container, &source.service);
        if self.missing.iter().all(|known| known.message != error.message) {
            self.missing.push(error);
        }
    }

    /// An error where none can be read, else a warning for each that can't.
    pub fn judge(self, ask: &LogsRequest<'_>) -> Result<(), Failure> {
        let closed = self.closed.into_iter().map(|(_, error)| Failure::from(error));
        for failure in closed.chain(self.missing) {
            if !self.any {
                return Err(failure);
            }
            ask.sink.warn_of(failure, "showing the others");
        }
        Ok(())
    }
}

/// Whether a stream that can't be read so is of no more use, without a word about the others: a right is missing, or this
/// kind of log group can't be read so.
pub fn is_closed(error: &AwsError) -> bool {
    matches!(
        ReadError::from(error.clone()).severity,
        Severity::Denied | Severity::Unsupported
    )
}
