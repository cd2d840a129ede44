//! How often ECS is polled: within a read budget, with jitter, and more slowly when ECS throttles.

use std::cell::Cell;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use jiff::Timestamp;

/// Average reads per second across everything that is watched (`docs/design.md` §5.6).
const READS_A_SECOND: f64 = 6.0;
/// The share of these for DescribeServices; the rest is for service deployments and stopped tasks.
const POLLS_A_SECOND: f64 = 5.0;
/// Reads that low-priority reads leave in the budget: enough for one or two task listings when a task
/// stops.
const RESERVE: f64 = 2.0;
/// The initial phase of a rollout, which is polled more often.
const INITIAL_PHASE: Duration = Duration::from_secs(30);
/// Seconds between polls, in the initial phase and later. The latter is the longest a change goes
/// unnoticed.
const INITIAL_INTERVAL: f64 = 1.0;
const INTERVAL: f64 = 2.0;
/// The maximum slowdown due to throttling: 16 s between polls.
const MAX_SLOWDOWN: f64 = 8.0;

/// The poll interval, and the budget for the other reads. Shared by all readers of one watcher.
#[derive(Debug)]
pub struct PollRate {
    slowdown: Cell<f64>,
    credit: Cell<f64>,
    /// The time up to which reads were added to the budget.
    earned_until: Cell<Timestamp>,
    random: RandomState,
    rounds: Cell<u64>,
}

impl PollRate {
    /// Creates a poll rate with a full budget.
    pub fn new(now: Timestamp) -> Self {
        Self {
            slowdown: Cell::new(1.0),
            credit: Cell::new(READS_A_SECOND),
            earned_until: Cell::new(now),
            random: RandomState::new(),
            rounds: Cell::new(0),
        }
    }

    /// Returns the time until the next poll. `watched` is how long the watch has lasted, `calls` the
    /// number of DescribeServices calls per poll.
    pub fn interval(&self, watched: Duration, calls: usize) -> Duration {
        self.rounds.set(self.rounds.get().wrapping_add(1));
        let base = if watched < INITIAL_PHASE {
            INITIAL_INTERVAL
        } else {
            INTERVAL * (0.8 + 0.2 * self.jitter())
        };
        let affordable = calls as f64 / POLLS_A_SECOND;
        Duration::from_secs_f64(base.max(affordable) * self.slowdown.get())
    }

    /// Slows down after ECS throttled a read.
    pub fn slow_down(&self) {
        self.slowdown.set((self.slowdown.get() * 2.0).min(MAX_SLOWDOWN));
    }

    /// Speeds up again after a successful poll.
    pub fn recover(&self) {
        self.slowdown.set((self.slowdown.get() / 2.0).max(1.0));
    }

    /// Adds reads to the budget for the elapsed time, up to three seconds' worth.
    pub fn earn(&self, now: Timestamp) {
        let passed = now.duration_since(self.earned_until.replace(now)).unsigned_abs();
        let earned = passed.as_secs_f64() * READS_A_SECOND / self.slowdown.get();
        let credit = (self.credit.get() + earned).min(READS_A_SECOND * 1.5 * INTERVAL);
        self.credit.set(credit);
    }

    /// Takes required reads from the budget.
    pub fn spend(&self, reads: usize) {
        self.credit.set(self.credit.get() - reads as f64);
    }

    /// Whether the budget allows this many reads now.
    pub fn can_afford(&self, reads: usize) -> bool {
        self.credit.get() >= reads as f64
    }

    /// Takes optional reads from the budget. Returns false if it doesn't allow them now.
    pub fn afford(&self, reads: usize) -> bool {
        let is_affordable = self.can_afford(reads);
        if is_affordable {
            self.spend(reads);
        }
        is_affordable
    }

    /// Takes low-priority reads from the budget if that leaves enough for the others. Returns false if
    /// not.
    pub fn spend_low_priority(&self, reads: usize) -> bool {
        self.credit.get() >= reads as f64 + RESERVE && self.afford(reads)
    }

    /// Returns a random number from 0 to 1.
    fn jitter(&self) -> f64 {
        let mut hasher = self.random.build_hasher();
        hasher.write_u64(self.rounds.get());
        hasher.finish() as f64 / u64::MAX as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn one_service_is_polled_every_one_to_two_seconds() {
        let rate = PollRate::new(Timestamp::UNIX_EPOCH);
        assert_eq!(rate.interval(Duration::ZERO, 1), Duration::from_secs(1));
        for _ in 0..1000 {
            let interval = rate.interval(LONG, 1);
            assert!(
                interval >= Duration::from_millis(1600) && interval <= Duration::from_secs(2),
                "{interval:?}"
            );
        }
    }

    #[test]
    fn a_hundred_services_stay_within_six_reads_a_second() {
        let rate = PollRate::new(Timestamp::UNIX_EPOCH);
        let (mut reads, mut seconds, mut now) = (0_usize, 0.0, Timestamp::UNIX_EPOCH);
        for round in 0..300 {
            let interval = rate.interval(Duration::from_secs(round * 2), 10);
            assert!(interval <= Duration::from_secs(2), "{interval:?}");
            rate.spend(10);
            reads += 10;
            while rate.afford(2) {
                reads += 2;
            }
            now += interval;
            rate.earn(now);
            seconds += interval.as_secs_f64();
        }
        let average = reads as f64 / seconds;
        assert!(average <= 6.05 && average > 5.5, "{average}");
    }

    #[test]
    fn throttling_slows_down_and_passes() {
        let rate = PollRate::new(Timestamp::UNIX_EPOCH);
        for _ in 0..10 {
            rate.slow_down();
        }
        assert_eq!(rate.interval(Duration::ZERO, 1), Duration::from_secs(8));
        for _ in 0..3 {
            rate.recover();
        }
        assert_eq!(rate.interval(Duration::ZERO, 1), Duration::from_secs(1));
    }
}
