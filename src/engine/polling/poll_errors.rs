//! Which errors polling tolerates, when watching a rollout and when following anything else.

use super::poll_rate::PollRate;
use super::read_error::{ReadError, Severity};
use crate::model::Sink;

/// Consecutive failed polls before the user is warned.
const FAILED_POLLS: u32 = 3;
/// Consecutive polls that may fail with invalid credentials: the second has had a chance to load new
/// ones.
const REFUSED_POLLS: u32 = 2;

/// The outcome of the reads of one poll.
#[derive(Debug, Default)]
pub struct PollOutcome {
    succeeded: bool,
    /// The most severe error.
    worst: Option<ReadError>,
}

impl PollOutcome {
    /// Records a successful read.
    pub fn succeeded(&mut self) {
        self.succeeded = true;
    }

    /// Records a failed read.
    pub fn failed(&mut self, error: ReadError) {
        tracing::debug!(severity = ?error.severity, error = %error.failure, "a read failed");
        let is_worse = |known: &ReadError| error.severity > known.severity;
        if self.worst.as_ref().is_none_or(is_worse) {
            self.worst = Some(error);
        }
    }

    /// Whether any read failed.
    pub fn has_failed(&self) -> bool {
        self.worst.is_some()
    }

    /// Returns the most severe error, for callers with a single read.
    pub fn into_result(self) -> Result<(), ReadError> {
        self.worst.map_or(Ok(()), Err)
    }
}

/// Counts consecutive failed polls.
#[derive(Debug, Default)]
pub struct PollErrors {
    failed: u32,
    refused: u32,
}

impl PollErrors {
    /// Records a poll, which counts once no matter how many of its reads failed. Returns an error if
    /// polling again is pointless.
    pub fn record(&mut self, poll: PollOutcome, rate: &PollRate, sink: &dyn Sink) -> Result<(), ReadError> {
        let Some(error) = poll.worst else {
            *self = Self::default();
            rate.recover();
            return Ok(());
        };
        match error.severity {
            Severity::Throttled => rate.slow_down(),
            Severity::Credentials if !poll.succeeded => {
                self.refused += 1;
                if self.refused >= REFUSED_POLLS {
                    return Err(error);
                }
            }
            // If the credentials worked for another read of the same poll, they are still valid.
            Severity::Transient | Severity::Credentials => {
                self.failed += 1;
                if self.failed == FAILED_POLLS {
                    sink.warn_of(error.failure, "still trying");
                }
            }
            Severity::Denied | Severity::Unsupported | Severity::Fatal => return Err(error),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::engine::watch::NoSuchService;
    use crate::model::Event;

    /// Records a sequence of polls, each given by its reads (None: succeeded). Returns the number of
    /// warnings, or as an error the index of the poll that ended polling.
    fn looks(reads: &[&[Option<Severity>]]) -> Result<usize, usize> {
        let told = Mutex::new(0);
        let sink = |_: Event| *told.lock().unwrap() += 1;
        let (mut errors, rate) = (PollErrors::default(), PollRate::new(jiff::Timestamp::UNIX_EPOCH));
        for (nth, reads) in reads.iter().enumerate() {
            let mut poll = PollOutcome::default();
            for read in *reads {
                match read {
                    None => poll.succeeded(),
                    Some(weight) => {
                        poll.failed(ReadError::new(*weight, NoSuchService::Missing("web".to_owned())))
                    }
                }
            }
            if errors.record(poll, &rate, &sink).is_err() {
                return Err(nth);
            }
        }
        let told = *told.lock().unwrap();
        Ok(told)
    }

    const WELL: Option<Severity> = None;
    const REFUSED: Option<Severity> = Some(Severity::Credentials);
    const PASSING: Option<Severity> = Some(Severity::Transient);

    #[test]
    fn a_poll_with_several_failed_reads_counts_once() {
        assert_eq!(looks(&[&[REFUSED, REFUSED, REFUSED], &[WELL]]), Ok(0));
        assert_eq!(looks(&[&[REFUSED, REFUSED], &[REFUSED], &[WELL]]), Err(1));
        assert_eq!(looks(&[&[PASSING, PASSING, PASSING], &[WELL]]), Ok(0));
    }

    #[test]
    fn failed_polls_are_counted_consecutively() {
        assert_eq!(looks(&[&[REFUSED], &[WELL], &[REFUSED], &[WELL]]), Ok(0));
        assert_eq!(looks(&[&[PASSING], &[PASSING], &[WELL], &[PASSING]]), Ok(0));
        assert_eq!(looks(&[&[PASSING], &[PASSING], &[PASSING], &[PASSING]]), Ok(1));
    }

    #[test]
    fn credentials_are_lost_only_if_every_read_fails() {
        assert_eq!(
            looks(&[&[WELL, REFUSED], &[REFUSED, WELL], &[WELL, REFUSED]]),
            Ok(1)
        );
    }

    #[test]
    fn the_most_severe_error_decides() {
        for weight in [Severity::Denied, Severity::Unsupported, Severity::Fatal] {
            assert_eq!(looks(&[&[PASSING, Some(weight), REFUSED]]), Err(0));
        }
        let throttled: &[Option<Severity>] = &[Some(Severity::Throttled)];
        assert_eq!(looks(&[throttled; 9]), Ok(0));
    }
}
