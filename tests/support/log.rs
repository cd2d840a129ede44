//! Every request that reached the server, and what tests say about them.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::Value;

/// One request and its reply.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// `ecs DescribeServices`.
    pub name: String,
    pub input: Value,
    /// The request's body, byte for byte.
    pub body: Vec<u8>,
    /// The SDK's `amz-sdk-invocation-id`: the same for each attempt of one call.
    pub invocation: Option<String>,
    /// When the client signed it, by its own clock: with a virtual one, virtual time. Seconds since the epoch.
    pub signed: Option<i64>,
    pub arrived: Instant,
    /// None while it is being answered, and for one that never was.
    pub answered: Option<Instant>,
    pub status: Option<u16>,
}

/// The log as it was at a moment.
#[derive(Clone, Debug, Default)]
pub struct RequestLog(pub Vec<Exchange>);

/// Operations that only look begin so; of STS, nothing writes.
const READS: [&str; 9] = [
    "Describe",
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

/// `20261120T140241Z`, as Signature Version 4 writes a time.
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
    /// How many requests only look, and over how many whole seconds of the client's clock.
    pub fn reads(&self) -> (i64, i64) {
        let reads: Vec<_> = self.0.iter().filter(|it| !is_write(&it.name)).collect();
        let times = || reads.iter().filter_map(|exchange| exchange.signed);
        let lasted = times().max().unwrap_or_default() - times().min().unwrap_or_default();
        (i64::try_from(reads.len()).expect("a count"), lasted)
    }

    /// The operations, in the order in which they came.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|exchange| exchange.name.as_str()).collect()
    }

    /// The requests for one operation.
    pub fn of(&self, name: &str) -> Vec<&Exchange> {
        self.0.iter().filter(|exchange| exchange.name == name).collect()
    }

    /// The one request for an operation.
    pub fn only(&self, name: &str) -> &Exchange {
        let found = self.of(name);
        assert_eq!(found.len(), 1, "one {name} among {:?}", self.names());
        found[0]
    }

    /// Those that change something, in order.
    pub fn writes(&self) -> Vec<&str> {
        let mut names = self.names();
        names.retain(|name| is_write(name));
        names
    }

    /// How often each operation was asked for.
    pub fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for name in self.names() {
            *counts.entry(name).or_default() += 1;
        }
        counts
    }

    /// The whole log in groups: within a group any order, between groups this order. `+` at an operation's end
    /// lets it come once or more often, `?` lets it be absent.
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
                    // Seen once: from here on it may come again, and needn't.
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

    /// How many round trips followed one another: the longest chain of requests of which each began after the one
    /// before was answered. It takes a scenario with a latency, else calls side by side may look like a chain.
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
