//! Merges the existing lines of all streams by time.

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

/// Streams that are read concurrently.
pub const SIDE_BY_SIDE: usize = 5;

/// A stream and its buffered lines.
struct BufferedStream {
    reader: StreamReader,
    lines: VecDeque<LogLine>,
    done: bool,
}

/// Returns the last lines of each stream, ordered by time; readers that continue after them; and the
/// groups that can't be read.
pub async fn tails(
    ask: &LogsRequest<'_>,
    sources: Vec<LogSource>,
    count: usize,
    poller: &mut Poller<'_>,
) -> Result<(Vec<LogLine>, Vec<StreamReader>, ReadableLogs), Failure> {
    let mut readers: Vec<StreamReader> = sources
        .into_iter()
        .map(|source| StreamReader::new(source, None))
        .collect();
    let mut lines = Vec::new();
    let mut groups = ReadableLogs::default();
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
    groups.has_line = readers.iter().any(StreamReader::has_read);
    Ok((lines, readers, groups))
}

/// Passes all requested lines to `each`, ordered by time, reading a page of each stream at a time. Returns what
/// could be read.
pub async fn all(
    ask: &LogsRequest<'_>,
    sources: Vec<LogSource>,
    poller: &mut Poller<'_>,
    mut each: impl FnMut(Vec<LogLine>) -> bool,
) -> Result<ReadableLogs, Failure> {
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
    let mut groups = ReadableLogs::default();
    loop {
        fill(ask, &mut lanes, &mut groups, poller).await?;
        let merged = merged(&mut lanes);
        lanes.retain(|lane| !lane.done || !lane.lines.is_empty());
        if !merged.is_empty() && !each(merged) {
            return Ok(groups);
        }
        if lanes.is_empty() {
            groups.judge(ask)?;
            return Ok(groups);
        }
    }
}

/// Reads until every unfinished stream has a buffered line.
async fn fill(
    ask: &LogsRequest<'_>,
    lanes: &mut [BufferedStream],
    groups: &mut ReadableLogs,
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
                    groups.has_line |= !lines.is_empty();
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

/// Returns lines ordered by time, as long as every unfinished stream has a buffered line to compare
/// with.
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

/// What could be read, and the log groups that don't exist or can't be read.
#[derive(Default)]
pub struct ReadableLogs {
    missing: Vec<Failure>,
    /// The groups that can't be read, by name.
    closed: Vec<(String, AwsError)>,
    any: bool,
    /// Whether any stream exists.
    pub has_stream: bool,
    /// Whether any line was read, shown or not.
    pub has_line: bool,
}

/// The outcome of a read.
enum ReadOutcome {
    Read(LogRead),
    /// It failed permanently.
    Closed,
    /// It failed, but may succeed later.
    Failed,
}

impl ReadableLogs {
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
                self.has_stream |= matches!(read, LogRead::Lines(..));
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

    /// Fails if no group can be read, else warns about each that can't.
    pub fn judge(&mut self, ask: &LogsRequest<'_>) -> Result<(), Failure> {
        let closed = self.closed.drain(..).map(|(_, error)| Failure::from(error));
        for failure in closed.chain(self.missing.drain(..)) {
            if !self.any {
                return Err(failure);
            }
            ask.sink.warn_of(failure, "showing the others");
        }
        Ok(())
    }
}

/// Whether a stream with this error can't be read at all, which says nothing about other streams: a
/// permission is missing, or this kind of log group doesn't support it.
pub fn is_closed(error: &AwsError) -> bool {
    matches!(
        ReadError::from(error.clone()).severity,
        Severity::Denied | Severity::Unsupported
    )
}
