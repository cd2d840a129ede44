//! Why there are no lines to show, although the logs can be read.

use jiff::SignedDuration;

use super::merge::ReadableLogs;
use super::{LogExtent, LogsRequest, TaskSelection};
use crate::diagnostic::Suggestion;

/// Returns the reason, and what shows more.
pub fn reason(ask: &LogsRequest<'_>, read: &ReadableLogs) -> (String, Option<Suggestion>) {
    let keys: Vec<&str> = ask.services.iter().map(|(key, _)| key.as_str()).collect();
    let (services, names) = (keys.join(", "), keys.join(" "));
    if read.has_line {
        return (format!("no line of {services} matches"), further(ask, &names));
    }
    let is_live = ask.choice == TaskSelection::Live;
    if !read.has_stream {
        let follow = Suggestion::command("logs", format!("-f {names}")).then(" waits for the first line");
        let message = format!("no container of {services} has written to its log stream yet");
        return (message, is_live.then_some(follow));
    }
    match ask.extent {
        LogExtent::Since(since) => {
            let (count, unit) = span(ask.clock.now().duration_since(since));
            let message = format!("{services} logged nothing in the last {count}{unit}");
            (message, further(ask, &names))
        }
        LogExtent::Tail(_) | LogExtent::All => {
            let previous = Suggestion::command("logs", format!("{names} --previous"));
            let message = format!("the log streams of {services} are empty");
            (
                message,
                is_live.then(|| previous.then(" shows the stopped tasks")),
            )
        }
    }
}

/// Suggests a time ten times as long ago, if the lines were limited by time.
fn further(ask: &LogsRequest<'_>, names: &str) -> Option<Suggestion> {
    let LogExtent::Since(since) = ask.extent else {
        return None;
    };
    let (count, unit) = span(ask.clock.now().duration_since(since));
    let longer = format!("{}{unit}", count.saturating_mul(10));
    let command = Suggestion::command("logs", format!("{names} --since {longer}"));
    Some(command.then(" looks further back"))
}

/// A duration in the largest unit of which there are at least two, rounded, as `--since` takes it: `90s`, `10m`,
/// `48h`.
fn span(duration: SignedDuration) -> (u64, char) {
    let seconds = duration.as_secs().max(1).unsigned_abs();
    let units = [(3_600, 'h'), (60, 'm')];
    let unit = units.into_iter().find(|(length, _)| seconds >= length * 2);
    let (length, name) = unit.unwrap_or((1, 's'));
    ((seconds + length / 2) / length, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_the_form_of_the_flag() {
        for (seconds, expected) in [
            (0, (1, 's')),
            (90, (90, 's')),
            (602, (10, 'm')),
            (6_000, (100, 'm')),
            (7_201, (2, 'h')),
            (172_800, (48, 'h')),
        ] {
            assert_eq!(span(SignedDuration::from_secs(seconds)), expected);
        }
    }
}
