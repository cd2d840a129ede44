//! Formats container logs for people: each line with its time and source.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::line::{Emphasis, Line};
use super::printer::{OutputFormat, Printer};
use super::terminal_style::TerminalStyle;
use super::{text, times};
use crate::model::LogLine;

/// Formats log lines, and remembers the color of each source.
pub struct LinePrefixes {
    /// Whether lines of several services are interleaved.
    services: bool,
    verbose: bool,
    numbers: HashMap<(String, String), usize>,
}

impl LinePrefixes {
    /// Creates a formatter without any sources yet.
    pub fn new(services: bool, verbose: bool) -> Self {
        Self {
            services,
            verbose,
            numbers: HashMap::new(),
        }
    }

    /// Formats a log line; a message with several lines yields several.
    pub fn lines(&mut self, line: &LogLine, look: TerminalStyle, now: Timestamp) -> Vec<Line> {
        let next = self.numbers.len();
        let key = (line.task.clone(), line.container.clone());
        let number = *self.numbers.entry(key).or_insert(next);
        let id = text::task(&line.task, self.verbose);
        let source = if self.services && line.service != line.container {
            format!("{}/{}/{id}", line.service, line.container)
        } else {
            format!("{}/{id}", line.container)
        };
        let at = line.at.map(|at| time(at, look, now) + " ").unwrap_or_default();
        let head = Line::new()
            .tone(Emphasis::Faint, at)
            .tone(Emphasis::Source(number), source)
            .tone(Emphasis::Faint, " | ");
        let message = line.message.trim_end_matches(['\n', '\r']);
        message
            .split('\n')
            .map(|text| head.clone().text(text.trim_end_matches('\r')))
            .collect()
    }
}

fn time(at: Timestamp, look: TerminalStyle, now: Timestamp) -> String {
    if look.terminal {
        times::clock(at, look, now)
    } else {
        at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }
}

/// Returns the message without escape sequences, for matching.
pub fn plain(message: &str) -> std::borrow::Cow<'_, str> {
    crate::diagnostic::clean(message)
}

/// Prints log lines.
pub struct LogView {
    printer: Arc<Printer>,
    prefixes: LinePrefixes,
}

impl LogView {
    /// Creates the view. `services` says whether lines of several services are interleaved.
    pub fn new(printer: &Arc<Printer>, services: bool) -> Self {
        Self {
            printer: Arc::clone(printer),
            prefixes: LinePrefixes::new(services, printer.settings().verbose),
        }
    }

    /// Prints log lines. Returns false once stdout has no reader.
    pub fn show(&mut self, lines: &[LogLine], now: Timestamp) -> bool {
        if self.printer.settings().form == OutputFormat::Text {
            let look = self.printer.out_look();
            let lines = lines.iter().flat_map(|line| self.prefixes.lines(line, look, now));
            self.printer.results(lines.map(Line::verbatim));
        } else {
            self.printer.events(lines);
        }
        !self.printer.is_broken()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(container: &str, task: &str, message: &str) -> LogLine {
        LogLine {
            at: "2026-11-20T14:02:41.007Z".parse().ok(),
            service: "web".to_owned(),
            container: container.to_owned(),
            task: task.to_owned(),
            message: message.to_owned(),
        }
    }

    fn shown(prefixes: &mut LinePrefixes, line: &LogLine, look: TerminalStyle) -> String {
        let now = Timestamp::constant(1_795_183_361, 0);
        let lines = prefixes.lines(line, look, now);
        lines.iter().map(|line| line.render(look) + "\n").collect()
    }

    #[test]
    fn a_line_has_its_time_and_its_source() {
        let web = line("web", "3f2a91c0aaaa", "listening\n");
        let proxy = line("proxy", "3f2a91c0aaaa", "up");
        let mut one = LinePrefixes::new(false, false);
        assert_eq!(
            shown(&mut one, &web, TerminalStyle::PLAIN),
            "2026-11-20T14:02:41.007Z web/3f2a91c0 | listening\n"
        );
        let mut several = LinePrefixes::new(true, true);
        assert_eq!(
            shown(&mut several, &web, TerminalStyle::PLAIN),
            "2026-11-20T14:02:41.007Z web/3f2a91c0aaaa | listening\n"
        );
        assert_eq!(
            shown(&mut several, &proxy, TerminalStyle::PLAIN),
            "2026-11-20T14:02:41.007Z web/proxy/3f2a91c0aaaa | up\n"
        );
    }

    #[test]
    fn each_line_of_a_message_is_one_and_carries_no_escapes() {
        let trace = line(
            "web",
            "3f2a91c0",
            "\u{1b}[31merror\u{1b}[0m: x\r\n\tat y\u{1b}]0;title\u{7}\n",
        );
        let text = shown(&mut LinePrefixes::new(false, false), &trace, TerminalStyle::PLAIN);
        assert_eq!(
            text,
            "2026-11-20T14:02:41.007Z web/3f2a91c0 | error: x\n2026-11-20T14:02:41.007Z web/3f2a91c0 |  at y\n"
        );
    }

    #[test]
    fn a_source_keeps_its_colour() {
        let look = TerminalStyle {
            colour: true,
            terminal: true,
            ..TerminalStyle::PLAIN
        };
        let mut prefixes = LinePrefixes::new(false, false);
        let first = shown(&mut prefixes, &line("web", "a", "x"), look);
        let second = shown(&mut prefixes, &line("web", "b", "x"), look);
        assert!(
            first.contains("\u{1b}[36mweb/a") && second.contains("\u{1b}[35mweb/b"),
            "{first}{second}"
        );
        assert_eq!(shown(&mut prefixes, &line("web", "a", "x"), look), first);
    }
}
