//! Formats ECS service events for people.

use jiff::Timestamp;

use super::line::{Emphasis, Line};
use super::terminal_style::TerminalStyle;
use super::times;
use crate::model::ServiceMessage;

/// On terminals with fewer columns, the time and the service get a line of their own.
const NARROW: usize = 60;

/// Formats one event. If several services are shown, `names` lists them, and the line begins with the name of
/// its service.
pub fn lines(message: &ServiceMessage, names: &[String], look: TerminalStyle, now: Timestamp) -> Vec<Line> {
    let head = head(message, names, look, now);
    match look.width {
        Some(..NARROW) if !head.is_empty(look) => vec![head, Line::of(&message.message)],
        _ => vec![head.text(&message.message)],
    }
}

fn head(message: &ServiceMessage, names: &[String], look: TerminalStyle, now: Timestamp) -> Line {
    let at = message.at.map(|at| times::clock(at, look, now) + "  ");
    let line = Line::new().tone(Emphasis::Faint, at.unwrap_or_default());
    let number = names.iter().position(|name| *name == message.service);
    match number.filter(|_| names.len() > 1) {
        Some(number) => {
            let longest = names.iter().map(|name| Line::of(name).width(look)).max();
            let name = Line::new().tone(Emphasis::Source(number), &message.service);
            let column = longest.unwrap_or(0) + 2;
            line.line(name.pad_to(column, look))
        }
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(service: &str, text: &str) -> ServiceMessage {
        ServiceMessage {
            service: service.to_owned(),
            at: "2026-11-20T14:02:41Z".parse().ok(),
            id: "1".to_owned(),
            message: text.to_owned(),
        }
    }

    fn now() -> Timestamp {
        Timestamp::constant(1_795_183_361, 0)
    }

    #[test]
    fn names_are_aligned_and_shown_for_several_services() {
        let names = ["web", "worker"].map(str::to_owned);
        let shown = |names: &[String], service| {
            lines(&message(service, "started"), names, TerminalStyle::PLAIN, now()).remove(0)
        };
        assert_eq!(
            shown(&names, "web").render(TerminalStyle::PLAIN),
            "2026-11-20T14:02:41Z  web     started"
        );
        assert_eq!(
            shown(&names, "worker").render(TerminalStyle::PLAIN),
            "2026-11-20T14:02:41Z  worker  started"
        );
        assert_eq!(
            shown(&names[..1], "web").render(TerminalStyle::PLAIN),
            "2026-11-20T14:02:41Z  started"
        );
    }

    #[test]
    fn services_have_colors_and_text_is_sanitized() {
        let look = TerminalStyle {
            colour: true,
            ..TerminalStyle::PLAIN
        };
        let names = ["web", "worker"].map(str::to_owned);
        let web = lines(&message("web", "a\u{1b}[31mb\nc"), &names, look, now())[0].render(look);
        let worker = lines(&message("worker", "x"), &names, look, now())[0].render(look);
        assert!(web.contains("\u{1b}[36mweb") && web.ends_with("ab c"), "{web:?}");
        assert!(worker.contains("\u{1b}[35mworker"), "{worker:?}");
    }
}
