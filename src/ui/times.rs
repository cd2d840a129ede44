//! Formats times: local and short on a terminal, RFC 3339 otherwise.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::numbers;
use super::terminal_style::TerminalStyle;

/// `2 days ago` on a terminal.
pub fn ago(at: Timestamp, look: TerminalStyle, now: Timestamp) -> String {
    let ago = numbers::ago(now.duration_since(at)).filter(|_| look.terminal);
    match ago.as_deref() {
        Some("just now") => "just now".to_owned(),
        Some(ago) => format!("{ago} ago"),
        None => at.to_string(),
    }
}

/// The time of day on a terminal, with the date if it isn't today: `14:02:41`, `Nov 20 14:02:41`.
pub fn clock(at: Timestamp, look: TerminalStyle, now: Timestamp) -> String {
    if !look.terminal {
        return utc(at);
    }
    local(at, now, TimeZone::system())
}

/// Formats RFC 3339 in UTC, to the second.
pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn local(at: Timestamp, now: Timestamp, zone: TimeZone) -> String {
    let (at, now) = (at.to_zoned_datetime(zone.clone()), now.to_zoned_datetime(zone));
    let format = if at.date() == now.date() {
        "%H:%M:%S"
    } else if at.year() == now.year() {
        "%b %d %H:%M:%S"
    } else {
        "%Y-%m-%d %H:%M:%S"
    };
    at.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_shortened() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = time("2026-11-20T14:00:00Z");
        for (at, expected) in [
            ("2026-11-20T09:02:41Z", "09:02:41"),
            ("2026-11-19T23:59:59Z", "Nov 19 23:59:59"),
            ("2025-11-20T14:00:00Z", "2025-11-20 14:00:00"),
        ] {
            assert_eq!(local(time(at), now, TimeZone::UTC), expected);
        }
        assert_eq!(
            clock(time("2026-11-20T09:02:41.5Z"), TerminalStyle::PLAIN, now),
            "2026-11-20T09:02:41Z"
        );
    }

    #[test]
    fn ages_are_for_terminals() {
        let now = Timestamp::constant(1_795_183_361, 0);
        let terminal = TerminalStyle {
            terminal: true,
            ..TerminalStyle::PLAIN
        };
        let then = Timestamp::constant(1_795_183_361 - 7200, 0);
        assert_eq!(ago(then, terminal, now), "2 hours ago");
        assert_eq!(ago(now, terminal, now), "just now");
        assert_eq!(ago(then, TerminalStyle::PLAIN, now), "2026-11-20T12:02:41Z");
        assert_eq!(ago(now, terminal, then), now.to_string());
    }
}
