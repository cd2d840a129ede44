//! What containers wrote to CloudWatch Logs.
//!
//! By GetLogEvents, stream by stream: its forward token continues exactly where the page before ended, so that no line
//! is lost or told twice, whatever has the same time and however late another stream is. FilterLogEvents reads several
//! streams at once, but has only a time to continue from. StartLiveTail drops what is more than 500 lines a second (API
//! reference: LiveTailSessionUpdate) and is charged by the minute.

mod error;
mod follow;
mod merge;
mod pick;
mod reader;
mod source;

pub use follow::follow;

use jiff::Timestamp;

use super::tasks::tasks;
use crate::aws::Aws;
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::engine::polling::{PollOutcome, Poller};
use crate::model::{LogLine, Sink};

/// Which tasks are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskSelection {
    /// Those that run.
    Live,
    /// Those that failed last, or stopped last.
    Previous,
    /// Those whose ids begin so.
    Named(Vec<String>),
}

/// How much of each container's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogExtent {
    /// So many of the last lines that match.
    Tail(usize),
    /// All that is newer.
    Since(Timestamp),
    /// All.
    All,
}

/// What is asked for.
pub struct LogsRequest<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// The cluster.
    pub cluster: &'a str,
    /// Key in deploy.yaml, and name on ECS.
    pub services: &'a [(String, String)],
    /// Which tasks.
    pub choice: TaskSelection,
    /// Which containers; all when there is none.
    pub containers: &'a [String],
    /// How much.
    pub extent: LogExtent,
    /// Which lines.
    pub matches: &'a dyn Fn(&str) -> bool,
    /// Whether secrets that the task definitions hold in the clear are shown.
    pub show_values: bool,
    /// Now and sleep.
    pub clock: &'a Clock,
    /// Where warnings go.
    pub sink: &'a dyn Sink,
}

/// What there is, in order of time, until `each` wants no more.
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
    match ask.extent {
        LogExtent::Tail(count) => {
            let (lines, _, groups) = merge::tails(ask, sources, count, &mut poller).await?;
            groups.judge(ask)?;
            each(lines);
            Ok(())
        }
        LogExtent::Since(_) | LogExtent::All => merge::all(ask, sources, &mut poller, each).await,
    }
}
