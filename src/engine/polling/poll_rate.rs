//! How often ECS is polled: within a budget of reads, with jitter, and slower when it throttles.

use std::cell::Cell;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use jiff::Timestamp;

/// Reads a second, on average, over everything that is watched (design §5.6).
const READS_A_SECOND: f64 = 6.0;
/// Of these, the ones that DescribeServices may take; the rest is for service deployments and stopped tasks.
const POLLS_A_SECOND: f64 = 5.0;
/// What low-priority reads leave: a list of tasks or two, whenever something has stopped.
const RESERVE: f64 = 2.0;
/// A rollout's first half minute is polled more often.
const INITIAL_PHASE: Duration = Duration::from_secs(30);
/// Seconds between polls, in that phase and later. The latter is the longest that a change stays unnoticed.
const INITIAL_INTERVAL: f64 = 1.0;
const INTERVAL: f64 = 2.0;
/// The most that throttling slows polling down: 16 s between polls.
const MAX_SLOWDOWN: f64 = 8.0;

/// The interval between polls, and the budget of the reads beside them. Shared by all that read for one watcher.
#[derive(Debug)]
pub struct PollRate {
    slowdown: Cell<f64>,
    credit: Cell<f64>,
    /// Until when reads were added to the budget.
    earned_until: Cell<Timestamp>,
    random: RandomState,
    rounds: Cell<u64>,
}

impl PollRate {
    /// A full budget.
    pub fn new(now: Timestamp) -> Self {
        Self {
            slowdown: Cell::new(1.0),
            credit: Cell::new(READS_A_SECOND),
            earned_until: Cell::new(now),
            random: RandomState::new(),
            rounds: Cell::new(0),
        }
    }

    /// Time from one poll to the next. `watched` is how long the watch has lasted, `calls` the calls of
    /// DescribeServices that a poll takes.
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

    /// ECS throttled a read.
    pub fn slow_down(&self) {
        self.slowdown.set((self.slowdown.get() * 2.0).min(MAX_SLOWDOWN));
    }

    /// A poll succeeded.
    pub fn recover(&self) {
        self.slowdown.set((self.slowdown.get() / 2.0).max(1.0));
    }

    /// Time has passed: adds reads to the budget, those of three seconds at most.
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

    /// Whether the budget allows so many reads now.
    pub fn can_afford(&self, reads: usize) -> bool {
        self.credit.get() >= reads as f64
    }

    /// Takes optional reads from the budget. False: it doesn't allow them now.
    pub fn afford(&self, reads: usize) -> bool {
        let is_affordable = self.can_afford(reads);
        if is_affordable {
            self.spend(reads);
        }
        is_affordable
    }

    /// Takes low-priority reads from the budget, if that leaves enough for the others. False: not now.
    pub fn spend_low_priority(&self, reads: usize) -> bool {
        self.credit.get() >= reads as f64 + RESERVE && self.afford(reads)
    }

    /// From 0 to 1.
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
