//! The container logs in CloudWatch Logs.
//!
//! Uses GetLogEvents, stream by stream: its forward token continues exactly where the previous page
//! ended, so no line is lost or repeated, even if lines share a timestamp or another stream is late.
//! FilterLogEvents reads several streams at once, but can only continue from a time. StartLiveTail
//! drops lines beyond 500 per second (API reference: LiveTailSessionUpdate) and is charged by the
//! minute.

mod error;
mod follow;
mod merge;
mod no_lines;
mod pick;
mod reader;
mod source;

pub use follow::follow;
pub(in crate::engine) use reader::{LogRead, StreamReader};
pub(in crate::engine) use source::LogSource;

use jiff::Timestamp;

use super::tasks::tasks;
use crate::aws::Aws;
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::engine::polling::{PollOutcome, Poller};
use crate::model::{LogLine, Sink};

/// Which tasks' logs to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskSelection {
    /// Running tasks.
    Live,
    /// The tasks that failed most recently or, if none failed, stopped most recently.
    Previous,
    /// Tasks whose ids start with one of these prefixes.
    Named(Vec<String>),
}

/// How much of each container's log to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogExtent {
    /// This many of the last matching lines.
    Tail(usize),
    /// All lines since this time.
    Since(Timestamp),
    /// All lines.
    All,
}

/// What logs to read.
pub struct LogsRequest<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// The cluster.
    pub cluster: &'a str,
    /// Pairs of deploy.yaml key and ECS service name.
    pub services: &'a [(String, String)],
    /// Which tasks.
    pub choice: TaskSelection,
    /// Which containers; all if empty.
    pub containers: &'a [String],
    /// How much.
    pub extent: LogExtent,
    /// Which lines to show.
    pub matches: &'a dyn Fn(&str) -> bool,
    /// Whether to show secrets that task definitions contain in plain text.
    pub show_values: bool,
    /// The clock.
    pub clock: &'a Clock,
    /// Where warnings go.
    pub sink: &'a dyn Sink,
}

/// Passes the existing lines to `each`, ordered by time, until it returns false. If there are none, warns why.
pub async fn once(ask: &LogsRequest<'_>, mut each: impl FnMut(Vec<LogLine>) -> bool) -> Result<(), Failure> {
    let found = tasks(ask.aws, ask.cluster, ask.services, ask.sink).await?;
    let chosen = pick::chosen(&found, ask)?;
    let (mut known, mut poll) = (source::DefinitionCache::default(), PollOutcome::default());
    let sources = known
        .sources(ask, &chosen.iter().collect::<Vec<_>>(), &mut poll)
        .await;
    poll.into_result()?;
    if sources.is_empty() {
        return Err(known.nothing(ask));
    }
    known.report_log_locations(ask);
    let mut poller = Poller::new(ask.clock, ask.sink);
    let mut is_empty = true;
    let mut each = |lines: Vec<LogLine>| {
        is_empty &= lines.is_empty();
        each(lines)
    };
    let read = match ask.extent {
        LogExtent::Tail(count) => {
            let (lines, _, mut read) = merge::tails(ask, sources, count, &mut poller).await?;
            read.judge(ask)?;
            each(lines);
            read
        }
        LogExtent::Since(_) | LogExtent::All => merge::all(ask, sources, &mut poller, each).await?,
    };
    if is_empty {
        let (message, hint) = no_lines::reason(ask, &read);
        ask.sink.warn(None, message, hint);
    }
    Ok(())
}
