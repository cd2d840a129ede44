//! What a watch puts up with: the failed looks of a rollout's watch, and of all that is followed, are weighed here.

use super::ecs::{ReadError, Severity};
use super::pace::PollRate;
use crate::diagnostic::Failure;
use crate::model::{Event, Sink};

/// Looks that fail in a row before a person is told.
const FAILED_LOOKS: u32 = 3;
/// Looks that may fail for the credentials' sake: the second one has had the chance to load new ones.
const REFUSED_LOOKS: u32 = 2;

/// What came of the reads of one look.
#[derive(Debug, Default)]
pub struct Look {
    went_through: bool,
    /// Of several failed reads the one that means most.
    worst: Option<ReadError>,
}

impl Look {
    /// A read went through.
    pub fn went_through(&mut self) {
        self.went_through = true;
    }

    /// A read failed.
    pub fn failed(&mut self, trouble: ReadError) {
        tracing::debug!(weight = ?trouble.weight, error = %trouble.error, "a read failed");
        let is_worse = |known: &ReadError| rank(trouble.weight) > rank(known.weight);
        if self.worst.as_ref().is_none_or(is_worse) {
            self.worst = Some(trouble);
        }
    }

    /// Whether a read failed.
    pub fn has_failed(&self) -> bool {
        self.worst.is_some()
    }

    /// An error when a read failed: for who looks once.
    pub fn end(self) -> Result<(), ReadError> {
        self.worst.map_or(Ok(()), Err)
    }
}

/// How much a failed read means.
fn rank(weight: Severity) -> u8 {
    match weight {
        Severity::Passing => 0,
        Severity::Throttled => 1,
        Severity::Credentials => 2,
        Severity::Unsupported => 3,
        Severity::Denied => 4,
        Severity::Fatal => 5,
    }
}

/// The looks in a row that have failed.
#[derive(Debug, Default)]
pub struct PollErrors {
    failed: u32,
    refused: u32,
}

impl PollErrors {
    /// A look is over: however many of its reads failed, it counts once. An error when there is no use in another one.
    pub fn weigh(&mut self, look: Look, pace: &mut PollRate, sink: &dyn Sink) -> Result<(), ReadError> {
        let Some(trouble) = look.worst else {
            *self = Self::default();
            pace.recover();
            return Ok(());
        };
        match trouble.weight {
            Severity::Throttled => pace.slow_down(),
            Severity::Credentials if !look.went_through => {
                self.refused += 1;
                if self.refused >= REFUSED_LOOKS {
                    return Err(trouble);
                }
            }
            // Credentials that were good for another read of the same look are not lost.
            Severity::Passing | Severity::Credentials => {
                self.failed += 1;
                if self.failed == FAILED_LOOKS {
                    warn(sink, trouble.error, "still trying");
                }
            }
            Severity::Denied | Severity::Unsupported | Severity::Fatal => return Err(trouble),
        }
        Ok(())
    }
}

/// Says what a failure means for the rest.
pub fn warn(sink: &dyn Sink, error: impl Into<Failure>, consequence: &str) {
    let failure = error.into();
    sink.emit(Event::Warning {
        resource: failure.resource.clone(),
        message: format!("{failure}: {consequence}"),
        hint: failure.hint.clone(),
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::engine::watch::NoSuchService;

    /// What is told while looks with such reads follow each other; None: one went through. Err: it was the last.
    fn looks(reads: &[&[Option<Severity>]]) -> Result<usize, usize> {
        let told = Mutex::new(0);
        let sink = |_: Event| *told.lock().unwrap() += 1;
        let (mut endurance, mut pace) = (PollErrors::default(), PollRate::new());
        for (nth, reads) in reads.iter().enumerate() {
            let mut look = Look::default();
            for read in *reads {
                match read {
                    None => look.went_through(),
                    Some(weight) => {
                        look.failed(ReadError::new(*weight, NoSuchService::Missing("web".to_owned())))
                    }
                }
            }
            if endurance.weigh(look, &mut pace, &sink).is_err() {
                return Err(nth);
            }
        }
        let told = *told.lock().unwrap();
        Ok(told)
    }

    const WELL: Option<Severity> = None;
    const REFUSED: Option<Severity> = Some(Severity::Credentials);
    const PASSING: Option<Severity> = Some(Severity::Passing);

    #[test]
    fn a_look_counts_once_however_many_of_its_reads_fail() {
        assert_eq!(looks(&[&[REFUSED, REFUSED, REFUSED], &[WELL]]), Ok(0));
        assert_eq!(looks(&[&[REFUSED, REFUSED], &[REFUSED], &[WELL]]), Err(1));
        assert_eq!(looks(&[&[PASSING, PASSING, PASSING], &[WELL]]), Ok(0));
    }

    #[test]
    fn looks_count_in_a_row() {
        assert_eq!(looks(&[&[REFUSED], &[WELL], &[REFUSED], &[WELL]]), Ok(0));
        assert_eq!(looks(&[&[PASSING], &[PASSING], &[WELL], &[PASSING]]), Ok(0));
        assert_eq!(looks(&[&[PASSING], &[PASSING], &[PASSING], &[PASSING]]), Ok(1));
    }

    #[test]
    fn credentials_that_are_good_for_one_read_are_not_lost() {
        assert_eq!(
            looks(&[&[WELL, REFUSED], &[REFUSED, WELL], &[WELL, REFUSED]]),
            Ok(1)
        );
    }

    #[test]
    fn what_means_most_decides() {
        for weight in [Severity::Denied, Severity::Unsupported, Severity::Fatal] {
            assert_eq!(looks(&[&[PASSING, Some(weight), REFUSED]]), Err(0));
        }
        let throttled: &[Option<Severity>] = &[Some(Severity::Throttled)];
        assert_eq!(looks(&[throttled; 9]), Ok(0));
    }
}
