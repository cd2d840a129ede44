//! Reads one stream page by page.

use jiff::Timestamp;

use super::source::LogSource;
use crate::aws::{AwsError, AwsErrorKind, LogEvent, LogPage, LogStart};
use crate::model::LogLine;

/// Lines per page: half of GetLogEvents' maximum (API reference), to hold less in memory.
const A_PAGE: u32 = 5_000;

/// A stream and the position up to which it was read.
#[derive(Clone, Debug)]
pub struct StreamReader {
    pub source: LogSource,
    place: ReadPosition,
    /// The time of the last line read, in milliseconds, and how many lines had that time: used if the
    /// token is lost.
    last: Option<(i64, usize)>,
    /// Number of lines at `last` that will be read again, but were already returned.
    told: usize,
    /// Whether the last page read indicated that there is more.
    pub behind: bool,
}

/// Where to continue reading.
#[derive(Clone, Debug)]
enum ReadPosition {
    /// At the head, or at the first line since a time in milliseconds.
    Since(Option<i64>),
    /// After the page with this token.
    After(String),
}

/// The result of a read.
#[derive(Debug)]
pub enum LogRead {
    /// Lines, and whether more may be available immediately.
    Lines(Vec<LogLine>, bool),
    /// The stream doesn't exist (yet).
    NoStream,
    /// The log group doesn't exist.
    NoGroup,
}

impl StreamReader {
    /// Creates a reader that starts at the head or at a time.
    pub fn new(source: LogSource, since: Option<Timestamp>) -> Self {
        Self {
            source,
            place: ReadPosition::Since(since.map(Timestamp::as_millisecond)),
            last: None,
            told: 0,
            behind: false,
        }
    }

    /// Whether it has read a line.
    pub fn has_read(&self) -> bool {
        self.last.is_some()
    }

    /// Reads the next page.
    pub async fn next(&mut self) -> Result<LogRead, AwsError> {
        let start = match &self.place {
            ReadPosition::Since(since) => LogStart::Head(*since),
            ReadPosition::After(token) => LogStart::After(token),
        };
        match self.get(start, A_PAGE).await {
            Ok(page) => Ok(self.take_in(page)),
            // Tokens expire after 24 hours (API reference: GetLogEvents): a laptop may have slept for longer.
            Err(error)
                if *error.kind() == AwsErrorKind::Refused && matches!(self.place, ReadPosition::After(_)) =>
            {
                self.place = ReadPosition::Since(self.last.map(|(at, _)| at));
                self.told = self.last.map_or(0, |(_, count)| count);
                self.behind = true;
                Ok(LogRead::Lines(Vec::new(), true))
            }
            // Whether there is more is still unknown.
            Err(error) => {
                let missing = missing(error)?;
                self.behind = false;
                Ok(missing)
            }
        }
    }

    /// Returns the last matching lines, newest last, without saying whether there are more. `next`
    /// continues after them.
    pub async fn tail(&mut self, count: usize, matches: &dyn Fn(&str) -> bool) -> Result<LogRead, AwsError> {
        let page_size = u32::try_from(count).unwrap_or(A_PAGE).clamp(1, A_PAGE);
        let mut found: Vec<LogLine> = Vec::new();
        let mut back: Option<String> = None;
        loop {
            let start = back.as_deref().map_or(LogStart::Tail, LogStart::Before);
            let page = match self.get(start, page_size).await {
                Ok(page) => page,
                Err(error) => return missing(error),
            };
            if back.is_none() {
                if let Some(token) = page.forward.clone() {
                    self.place = ReadPosition::After(token);
                }
                self.remember(&page.events);
            }
            let ended = page.backward.is_none() || page.backward == back;
            back = page.backward;
            let mut lines = self.lines(page.events);
            lines.retain(|line| matches(&line.message));
            lines.append(&mut found);
            found = lines;
            if ended || found.len() >= count {
                found.drain(..found.len().saturating_sub(count));
                return Ok(LogRead::Lines(found, false));
            }
        }
    }

    async fn get(&self, start: LogStart<'_>, most: u32) -> Result<LogPage, AwsError> {
        let LogSource {
            aws, group, stream, ..
        } = &self.source;
        aws.log_events(group, stream, start, most).await
    }

    fn take_in(&mut self, mut page: LogPage) -> LogRead {
        if let Some((at, _)) = self.last.filter(|_| self.told > 0) {
            let again = page.events.iter().take(self.told);
            let again = again.take_while(|event| event.timestamp == Some(at)).count();
            page.events.drain(..again);
            // The repeated lines all come in one page, since they are the first ones since their time.
            if !page.events.is_empty() {
                self.told = 0;
            } else {
                self.told -= again;
            }
        }
        self.remember(&page.events);
        // "If you have reached the end of the stream, it returns the same token you passed in" (API
        // reference). A page may be empty with a new token: then there is more.
        let moved = match (&self.place, &page.forward) {
            (ReadPosition::After(before), Some(after)) => before != after,
            (ReadPosition::Since(_), Some(_)) => true,
            (_, None) => false,
        };
        if let Some(token) = page.forward {
            self.place = ReadPosition::After(token);
        }
        self.behind = moved;
        LogRead::Lines(self.lines(page.events), moved)
    }

    fn remember(&mut self, events: &[LogEvent]) {
        let Some(at) = events.last().and_then(|event| event.timestamp) else {
            return;
        };
        let alike = events
            .iter()
            .rev()
            .take_while(|event| event.timestamp == Some(at))
            .count();
        let before = match self.last {
            Some((last, count)) if last == at && alike == events.len() => count,
            _ => 0,
        };
        self.last = Some((at, before + alike));
    }

    fn lines(&self, events: Vec<LogEvent>) -> Vec<LogLine> {
        let line = |event: LogEvent| LogLine {
            at: event
                .timestamp
                .and_then(|at| Timestamp::from_millisecond(at).ok()),
            service: self.source.service.clone(),
            container: self.source.container.clone(),
            task: self.source.task.clone(),
            message: self.source.shown(event.message),
        };
        events.into_iter().map(line).collect()
    }
}

/// Tells whether the group or the stream is missing: AWS uses one error code for both, with different
/// messages.
fn missing(error: AwsError) -> Result<LogRead, AwsError> {
    if !error.is_not_found() {
        return Err(error);
    }
    let of_group = error.message().is_some_and(|words| words.contains("log group"));
    Ok(if of_group {
        LogRead::NoGroup
    } else {
        LogRead::NoStream
    })
}
