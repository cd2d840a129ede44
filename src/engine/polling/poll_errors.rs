//! Which errors polling tolerates: those of a rollout's watch, and of everything else that is followed.

use super::poll_rate::PollRate;
use super::read_error::{ReadError, Severity};
use crate::model::Sink;

/// Failed polls in a row before the user is warned.
const FAILED_POLLS: u32 = 3;
/// Polls in a row that may fail for invalid credentials: the second one has had the chance to load new ones.
const REFUSED_POLLS: u32 = 2;

/// How the reads of one poll ended.
#[derive(Debug, Default)]
pub struct PollOutcome {
    succeeded: bool,
    /// The most severe of the errors.
    worst: Option<ReadError>,
}

impl PollOutcome {
    /// A read succeeded.
    pub fn succeeded(&mut self) {
        self.succeeded = true;
    }

    /// A read failed.
    pub fn failed(&mut self, error: ReadError) {
        tracing::debug!(severity = ?error.severity, error = %error.failure, "a read failed");
        let is_worse = |known: &ReadError| error.severity > known.severity;
        if self.worst.as_ref().is_none_or(is_worse) {
            self.worst = Some(error);
        }
    }

    /// Whether a read failed.
    pub fn has_failed(&self) -> bool {
        self.worst.is_some()
    }

    /// The most severe error, for callers that read once.
    pub fn into_result(self) -> Result<(), ReadError> {
        self.worst.map_or(Ok(()), Err)
    }
}

/// Counts the polls in a row that failed.
#[derive(Debug, Default)]
pub struct PollErrors {
    failed: u32,
    refused: u32,
}

impl PollErrors {
    /// Records a poll, which counts once however many of its reads failed. An error when polling again is useless.
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
            // Credentials that were valid for another read of the same poll are not lost.
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

    /// What is told while looks with such reads follow each other; None: one went through. Err: it was the last.
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
