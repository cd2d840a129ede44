//! Client-side rate limits for ECS. Its token buckets are replicated here: the calls that a hundred services
//! need at once are spread over time, instead of being throttled by AWS until the retries are exhausted.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex;

use crate::clock::Clock;

/// Operations that share a bucket, its size, and its refill rate in tokens per second (ECS API reference,
/// "Request throttling for the Amazon ECS API"). The same for every region; an account's quota may be higher.
const LIMITS: &[RateLimit] = &[
    RateLimit(&["DescribeServices", "ListServices"], 100.0, 20.0),
    RateLimit(&["DescribeTasks", "ListTasks"], 100.0, 20.0),
    RateLimit(
        &["DescribeServiceDeployments", "ListServiceDeployments"],
        50.0,
        20.0,
    ),
    RateLimit(&["DescribeServiceRevisions"], 50.0, 20.0),
    RateLimit(
        &[
            "DescribeTaskDefinition",
            "ListTaskDefinitions",
            "ListTaskDefinitionFamilies",
        ],
        50.0,
        20.0,
    ),
    RateLimit(&["RegisterTaskDefinition", "DeregisterTaskDefinition"], 20.0, 1.0),
    RateLimit(&["CreateService", "UpdateService", "DeleteService"], 50.0, 5.0),
    RateLimit(&["TagResource", "UntagResource"], 20.0, 10.0),
];
/// The share of a limit that one run uses, leaving the rest to the account's other users.
const SHARE: f64 = 0.8;

/// Operations, bucket size, tokens per second.
#[derive(Debug)]
struct RateLimit(&'static [&'static str], f64, f64);

/// The token buckets of one session in one region.
#[derive(Debug)]
pub(super) struct RateLimiter(Vec<Mutex<TokenBucket>>);

/// A bucket and the time of its last update, which is in the future while a caller waits for the next token.
#[derive(Debug)]
struct TokenBucket {
    size: f64,
    refill: f64,
    tokens: f64,
    at: Option<Timestamp>,
}

impl RateLimiter {
    /// Creates full buckets.
    pub fn new() -> Self {
        let full = |RateLimit(_, size, refill): &RateLimit| TokenBucket {
            size: size * SHARE,
            refill: refill * SHARE,
            tokens: size * SHARE,
            at: None,
        };
        Self(LIMITS.iter().map(|limit| Mutex::new(full(limit))).collect())
    }

    /// Waits until an operation of a service may be sent, in order of arrival. Operations without a limit never
    /// wait.
    pub async fn wait(&self, service: &str, operation: &str, clock: &Clock) {
        if service != "ecs" {
            return;
        }
        let place = LIMITS
            .iter()
            .position(|RateLimit(names, ..)| names.contains(&operation));
        let Some(bucket) = place.and_then(|place| self.0.get(place)) else {
            return;
        };
        // Held while waiting, so that later callers wait only for their own token.
        let mut bucket = bucket.lock().await;
        let wait = bucket.take(clock.now());
        if !wait.is_zero() {
            clock.sleep(wait).await;
        }
    }
}

impl TokenBucket {
    /// Takes a token and returns the time until it is available.
    fn take(&mut self, now: Timestamp) -> Duration {
        let passed = self.at.map_or(0.0, |at| now.duration_since(at).as_secs_f64());
        self.tokens = (self.tokens + passed.max(0.0) * self.refill).min(self.size);
        let wait = ((1.0 - self.tokens) / self.refill).max(0.0);
        let wait = Duration::from_secs_f64(wait);
        self.tokens = (self.tokens - 1.0).max(0.0);
        self.at = Some(now.checked_add(wait).unwrap_or(now));
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;

    /// Returns the virtual seconds that a number of concurrent calls take.
    async fn seconds(operation: &str, calls: usize) -> f64 {
        let (limiter, clock) = (RateLimiter::new(), Clock::virtual_time());
        let begun = clock.now();
        join_all((0..calls).map(|_| limiter.wait("ecs", operation, &clock))).await;
        clock.now().duration_since(begun).as_secs_f64()
    }

    #[tokio::test]
    async fn a_burst_goes_at_once_and_the_rest_at_the_rate() {
        for (operation, burst, rate) in [
            ("DescribeTaskDefinition", 40, 16.0),
            ("UpdateService", 40, 4.0),
            ("RegisterTaskDefinition", 16, 0.8),
            ("DescribeServices", 80, 16.0),
        ] {
            assert!(seconds(operation, burst).await < 0.5, "{operation}");
            let expected = 60.0 / rate;
            let took = seconds(operation, burst + 60).await;
            assert!(
                (took / expected - 1.0).abs() < 0.1,
                "{operation}: {took} s, not {expected} s"
            );
        }
    }

    #[tokio::test]
    async fn what_has_no_limit_never_waits() {
        assert!(seconds("ListClusters", 1000).await < 0.5);
        let (limiter, clock) = (RateLimiter::new(), Clock::virtual_time());
        let begun = clock.now();
        join_all((0..1000).map(|_| limiter.wait("logs", "DescribeServices", &clock))).await;
        assert!(clock.now().duration_since(begun).as_secs_f64() < 0.5);
    }

    #[test]
    fn a_clock_that_is_set_back_costs_one_token_a_call() {
        let mut bucket = TokenBucket {
            size: 1.0,
            refill: 2.0,
            tokens: 0.0,
            at: Timestamp::from_second(1_700_000_000).ok(),
        };
        let earlier = Timestamp::from_second(1_600_000_000).unwrap();
        assert_eq!(bucket.take(earlier), Duration::from_millis(500));
        assert_eq!(bucket.take(earlier), Duration::from_millis(500));
    }

    #[test]
    fn an_operation_has_one_limit() {
        let mut names: Vec<&str> = LIMITS
            .iter()
            .flat_map(|RateLimit(names, ..)| names.iter().copied())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
