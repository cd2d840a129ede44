//! The log of every request that reached the server, with assertions for tests.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::Value;

/// One request and its response.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// `ecs DescribeServices`.
    pub name: String,
    pub input: Value,
    /// The request's body, byte for byte.
    pub body: Vec<u8>,
    /// The SDK's `amz-sdk-invocation-id`: the same for each attempt of one call.
    pub invocation: Option<String>,
    /// When the client signed it, by its own (possibly virtual) clock, in seconds since the epoch.
    pub signed: Option<i64>,
    pub arrived: Instant,
    /// When it was answered. None while in progress, and if it never was.
    pub answered: Option<Instant>,
    pub status: Option<u16>,
}

/// A snapshot of the log.
#[derive(Clone, Debug, Default)]
pub struct RequestLog(pub Vec<Exchange>);

/// Prefixes of read-only operations; STS has no writes.
const READS: [&str; 10] = [
    "Describe",
    "Simulate",
    "List",
    "Get",
    "BatchGet",
    "BatchCheck",
    "Head",
    "Ping",
    "Ask",
    "AssumeRole",
];

fn is_write(name: &str) -> bool {
    let operation = name.rsplit(' ').next().unwrap_or(name);
    !READS.iter().any(|read| operation.starts_with(read))
}

/// Parses `20261120T140241Z`, the time format of Signature Version 4.
pub fn signed_at(header: &str) -> Option<i64> {
    let at = jiff::fmt::strtime::parse("%Y%m%dT%H%M%SZ", header).ok()?;
    let at = at
        .to_datetime()
        .ok()?
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .ok()?;
    Some(at.timestamp().as_second())
}

impl RequestLog {
    /// Returns the number of read-only requests, and over how many whole seconds of the client's clock.
    pub fn reads(&self) -> (i64, i64) {
        let reads: Vec<_> = self.0.iter().filter(|it| !is_write(&it.name)).collect();
        let times = || reads.iter().filter_map(|exchange| exchange.signed);
        let lasted = times().max().unwrap_or_default() - times().min().unwrap_or_default();
        (i64::try_from(reads.len()).expect("a count"), lasted)
    }

    /// Returns the operations in the order in which they arrived.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|exchange| exchange.name.as_str()).collect()
    }

    /// Returns the requests for one operation.
    pub fn of(&self, name: &str) -> Vec<&Exchange> {
        self.0.iter().filter(|exchange| exchange.name == name).collect()
    }

    /// Returns the only request for an operation.
    pub fn only(&self, name: &str) -> &Exchange {
        let found = self.of(name);
        assert_eq!(found.len(), 1, "one {name} among {:?}", self.names());
        found[0]
    }

    /// Returns the operations that change something, in order.
    pub fn writes(&self) -> Vec<&str> {
        let mut names = self.names();
        names.retain(|name| is_write(name));
        names
    }

    /// Returns the number of requests per operation.
    pub fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for name in self.names() {
            *counts.entry(name).or_default() += 1;
        }
        counts
    }

    /// Asserts the whole log, in groups: any order within a group, this order between groups. `+` after an
    /// operation allows it once or more, `?` allows it to be absent.
    pub fn assert_is(&self, groups: &[&[&str]]) {
        let names = self.names();
        let mut at = 0;
        for group in groups {
            let mut wanted = group.to_vec();
            while let Some(name) = names.get(at) {
                let Some(index) = wanted
                    .iter()
                    .position(|want| want.trim_end_matches(['+', '?']) == *name)
                else {
                    break;
                };
                at += 1;
                if wanted[index].ends_with('+') {
                    // Seen once: from here on it is optional and may repeat.
                    wanted[index] = "";
                    while names.get(at) == Some(name) {
                        at += 1;
                    }
                } else {
                    wanted.remove(index);
                }
            }
            wanted.retain(|want| !want.is_empty() && !want.ends_with('?'));
            assert!(
                wanted.is_empty(),
                "request {at} should be one of {wanted:?}, in {names:#?}"
            );
        }
        assert_eq!(at, names.len(), "more than expected: {:#?}", &names[at..]);
    }

    /// Returns the number of sequential round trips: the longest chain of requests of which each began after the
    /// previous one was answered. Needs a scenario with a latency, else concurrent calls may look like a chain.
    pub fn rounds(&self) -> usize {
        let mut spans: Vec<(Instant, Instant)> = self
            .0
            .iter()
            .filter_map(|exchange| Some((exchange.arrived, exchange.answered?)))
            .collect();
        spans.sort_by_key(|(_, answered)| *answered);
        let mut rounds = 0;
        let mut free = None;
        for (arrived, answered) in spans {
            if free.is_none_or(|free| arrived >= free) {
                rounds += 1;
                free = Some(answered);
            }
        }
        rounds
    }
}
