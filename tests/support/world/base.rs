//! The account and region, the time, and ids in AWS's formats, the same in every run.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// Data that every service needs.
pub struct Base {
    pub account: String,
    pub region: String,
    pub caller: String,
    /// The server's port.
    pub port: u16,
    numbers: Seed,
    ids: Seed,
    records: Seed,
    interfaces: Seed,
    addresses: u32,
}

/// An xorshift64 generator: deterministic, with ids that look like AWS's. Each kind of id has its own, so
/// that more tasks don't change the deployments' numbers.
struct Seed(u64);

impl Seed {
    fn new(number: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(number))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

impl Base {
    pub fn new(account: &str, region: &str, caller: String, port: u16) -> Self {
        Self {
            account: account.to_owned(),
            region: region.to_owned(),
            caller,
            port,
            numbers: Seed::new(1),
            ids: Seed::new(3),
            records: Seed::new(5),
            interfaces: Seed::new(7),
            addresses: 0,
        }
    }

    /// Returns an ECS ARN.
    pub fn arn(&self, resource: &str) -> String {
        self.arn_of("ecs", resource)
    }

    /// Returns an ARN of a given AWS service.
    pub fn arn_of(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.region, self.account)
    }

    /// Returns a deployment's number: 19 digits.
    pub fn number(&mut self) -> String {
        (1_000_000_000_000_000_000 + self.numbers.next() % 8_000_000_000_000_000_000).to_string()
    }

    /// Returns a task's id: 32 hex digits.
    pub fn hex(&mut self) -> String {
        format!("{:016x}{:016x}", self.ids.next(), self.ids.next())
    }

    /// Returns the next network interface: its id, and its private address (10.0.1.1, 10.0.1.2, and so on).
    pub fn interface(&mut self) -> (String, String) {
        self.addresses += 1;
        let id = format!("eni-0{:016x}", self.interfaces.next());
        let address = format!("10.0.{}.{}", 1 + self.addresses / 250, self.addresses % 250);
        (id, address)
    }

    /// Returns an event's id.
    pub fn uuid(&mut self) -> String {
        let hex = self.hex();
        format!(
            "{}-{}-{}-{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..]
        )
    }

    /// Returns a service deployment's id: 21 characters of base64url.
    pub fn short_id(&mut self) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        (0..21)
            .map(|_| char::from(LETTERS[(self.records.next() % 64) as usize]))
            .collect()
    }
}

/// Returns the time in AWS's JSON form: seconds since the epoch, with milliseconds.
pub fn now() -> Value {
    ago(Duration::ZERO)
}

/// Returns a time in the past.
pub fn ago(duration: Duration) -> Value {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .saturating_sub(duration);
    Value::from((since.as_secs_f64() * 1000.0).round() / 1000.0)
}

/// Returns a time this many seconds in the future.
pub fn later(seconds: i64) -> Value {
    let now = now().as_f64().unwrap_or_default();
    Value::from(now + seconds as f64)
}

/// Merges as in RFC 7396: members of `patch` replace those of `target`, null removes one.
pub fn merge(target: &mut Value, patch: &Value) {
    match (target, patch) {
        (_, Value::Null) => {}
        (target @ Value::Null, Value::Object(_)) => {
            *target = Value::Object(serde_json::Map::new());
            merge(target, patch);
        }
        (Value::Object(target), Value::Object(patch)) => {
            for (key, value) in patch {
                match value {
                    Value::Null => drop(target.shift_remove(key)),
                    value => merge(target.entry(key).or_insert(Value::Null), value),
                }
            }
        }
        (target, patch) => *target = patch.clone(),
    }
}
