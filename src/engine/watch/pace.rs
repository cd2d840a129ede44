//! How often ECS is asked: within a budget, with jitter, slower when it throttles.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// Reads a second, on average, over everything that is watched (design §5.6).
const READS_A_SECOND: f64 = 6.0;
/// Of these, the ones that DescribeServices may take; the rest is for joins and stopped tasks.
const POLLS_A_SECOND: f64 = 5.0;
/// What reads at leisure leave: a list of tasks or two, whenever something has stopped.
const RESERVE: f64 = 2.0;
/// A rollout's first half minute is watched more closely.
const CLOSELY: Duration = Duration::from_secs(30);
/// Seconds between looks, at first and later. The latter is the longest that anything stays unnoticed.
const AT_FIRST: f64 = 1.0;
const LATER: f64 = 2.0;
/// The most that throttling slows it down: 16 s between looks.
const SLOWEST: f64 = 8.0;

/// When to look next, and how much may be read beside.
#[derive(Debug)]
pub struct PollRate {
    slowness: f64,
    credit: f64,
    random: RandomState,
    rounds: u64,
}

impl PollRate {
    pub fn new() -> Self {
        Self {
            slowness: 1.0,
            credit: READS_A_SECOND,
            random: RandomState::new(),
            rounds: 0,
        }
    }

    /// Time from one look to the next, `watched` being how long the watch has lasted, and `polls` the calls of
    /// DescribeServices that a look takes.
    pub fn interval(&mut self, watched: Duration, polls: usize) -> Duration {
        self.rounds = self.rounds.wrapping_add(1);
        let base = if watched < CLOSELY {
            AT_FIRST
        } else {
            LATER * (0.8 + 0.2 * self.jitter())
        };
        let affordable = polls as f64 / POLLS_A_SECOND;
        Duration::from_secs_f64(base.max(affordable) * self.slowness)
    }

    /// ECS throttles.
    pub fn slow_down(&mut self) {
        self.slowness = (self.slowness * 2.0).min(SLOWEST);
    }

    /// A look went through.
    pub fn recover(&mut self) {
        self.slowness = (self.slowness / 2.0).max(1.0);
    }

    /// Time has passed: reads are earned, for a second and a half at most.
    pub fn earn(&mut self, passed: Duration) {
        let earned = passed.as_secs_f64() * READS_A_SECOND / self.slowness;
        self.credit = (self.credit + earned).min(READS_A_SECOND * 1.5 * LATER);
    }

    /// Reads that have to be.
    pub fn spend(&mut self, reads: usize) {
        self.credit -= reads as f64;
    }

    /// Reads that may be left for later. False: not now.
    pub fn afford(&mut self, reads: usize) -> bool {
        let reads = reads as f64;
        if self.credit < reads {
            return false;
        }
        self.credit -= reads;
        true
    }

    /// Reads that nothing speaks for yet: only while enough is left for those that something does. False: not now.
    pub fn afford_at_leisure(&mut self, reads: usize) -> bool {
        self.credit >= reads as f64 + RESERVE && self.afford(reads)
    }

    /// From 0 to 1.
    fn jitter(&self) -> f64 {
        let mut hasher = self.random.build_hasher();
        hasher.write_u64(self.rounds);
        hasher.finish() as f64 / u64::MAX as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn one_service_is_looked_at_every_second_and_then_every_two() {
        let mut pace = PollRate::new();
        assert_eq!(pace.interval(Duration::ZERO, 1), Duration::from_secs(1));
        for _ in 0..1000 {
            let interval = pace.interval(LONG, 1);
            assert!(
                interval >= Duration::from_millis(1600) && interval <= Duration::from_secs(2),
                "{interval:?}"
            );
        }
    }

    #[test]
    fn a_hundred_services_stay_within_six_reads_a_second() {
        let mut pace = PollRate::new();
        let (mut reads, mut seconds) = (0_usize, 0.0);
        for round in 0..300 {
            let interval = pace.interval(Duration::from_secs(round * 2), 10);
            assert!(interval <= Duration::from_secs(2), "{interval:?}");
            pace.spend(10);
            reads += 10;
            while pace.afford(2) {
                reads += 2;
            }
            pace.earn(interval);
            seconds += interval.as_secs_f64();
        }
        let rate = reads as f64 / seconds;
        assert!(rate <= 6.05 && rate > 5.5, "{rate}");
    }

    #[test]
    fn throttling_slows_down_and_passes() {
        let mut pace = PollRate::new();
        for _ in 0..10 {
            pace.slow_down();
        }
        assert_eq!(pace.interval(Duration::ZERO, 1), Duration::from_secs(8));
        for _ in 0..3 {
            pace.recover();
        }
        assert_eq!(pace.interval(Duration::ZERO, 1), Duration::from_secs(1));
    }
}
