//! How AWS is polled and what is retried: one poll rate, one policy for reads that fail while
//! polling, one for reads before the first write, one for writes that must not be sent twice, one for
//! refusals that pass by themselves. The requests themselves pass through `aws`'s rate limiter, which models
//! ECS's token buckets.

mod passing_error;
mod passing_wait;
mod poll_errors;
mod poll_rate;
mod poller;
mod read_error;
mod read_retry;
mod write_retry;

pub use passing_error::PassingError;
pub use passing_wait::PassingWait;
pub use poll_errors::{PollErrors, PollOutcome};
pub use poll_rate::PollRate;
pub use poller::Poller;
pub use read_error::{ReadError, Severity};
pub use read_retry::ReadRetry;
pub use write_retry::{find_effect, repeat_write, retry_write};
