//! Who and where we are, the time, and ids in AWS's forms, the same in every run.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// What every service needs to answer.
pub struct Base {
    pub account: String,
    pub region: String,
    pub caller: String,
    /// The server's own.
    pub port: u16,
    seed: u64,
}

impl Base {
    pub fn new(account: &str, region: &str, caller: String, port: u16) -> Self {
        Self {
            account: account.to_owned(),
            region: region.to_owned(),
            caller,
            port,
            seed: 0x9e37_79b9_7f4a_7c15,
        }
    }

    /// An ECS ARN.
    pub fn arn(&self, resource: &str) -> String {
        self.arn_of("ecs", resource)
    }

    /// A service's ARN.
    pub fn arn_of(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.region, self.account)
    }

    /// xorshift64: steady from run to run, and it looks like AWS's ids.
    fn next(&mut self) -> u64 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.seed
    }

    /// A deployment's number: 19 digits.
    pub fn number(&mut self) -> String {
        (1_000_000_000_000_000_000 + self.next() % 8_000_000_000_000_000_000).to_string()
    }

    /// A task's id: 32 hex digits.
    pub fn hex(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }

    /// An event's id.
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

    /// A service deployment's id: 21 characters of base64url.
    pub fn short_id(&mut self) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        (0..21)
            .map(|_| char::from(LETTERS[(self.next() % 64) as usize]))
            .collect()
    }
}

/// The time in AWS's JSON form: seconds since the epoch, with milliseconds.
pub fn now() -> Value {
    ago(Duration::ZERO)
}

/// A time in the past.
pub fn ago(duration: Duration) -> Value {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .saturating_sub(duration);
    Value::from((since.as_secs_f64() * 1000.0).round() / 1000.0)
}

/// RFC 7396: members of `patch` over those of `target`, null takes away.
pub fn merge(target: &mut Value, patch: &Value) {
    match (target, patch) {
        (_, Value::Null) => {}
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
