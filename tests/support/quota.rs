//! ECS's token buckets, based on the client's own clock.

use super::log::signed_at;
use super::protocol::Call;

/// Read operations that share a bucket, its size, and its refill rate per second (ECS API reference,
/// "Request throttling for the Amazon ECS API").
const READS: [(&[&str], i64, i64); 5] = [
    (&["DescribeServices", "ListServices"], 100, 20),
    (&["DescribeTasks", "ListTasks"], 100, 20),
    (&["DescribeServiceDeployments", "ListServiceDeployments"], 50, 20),
    (&["DescribeServiceRevisions"], 50, 20),
    (&["DescribeTaskDefinition", "ListTaskDefinitions"], 50, 20),
];

/// The level of each bucket, and when it was computed.
#[derive(Debug, Default)]
pub struct Buckets([Option<(i64, i64)>; READS.len()]);

impl Buckets {
    /// Whether a call signed at this time (`X-Amz-Date`) is throttled. Requests are signed to the second: a
    /// second's refill counts from its beginning.
    pub fn refuse(&mut self, call: &Call, signed: Option<&str>) -> bool {
        let place = READS
            .iter()
            .position(|(names, ..)| names.contains(&call.operation.as_str()));
        let (Some(place), Some(now)) = (place, signed.and_then(signed_at)) else {
            return false;
        };
        let (_, size, gain) = READS[place];
        let (tokens, at) = self.0[place].unwrap_or((size + gain, now));
        let tokens = (tokens + (now - at).max(0) * gain).min(size + gain);
        let is_empty = tokens == 0;
        self.0[place] = Some((tokens - i64::from(!is_empty), at.max(now)));
        is_empty
    }
}
