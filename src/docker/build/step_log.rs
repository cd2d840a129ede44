//! A step's output: emits whole lines as they arrive, and keeps the end of the output for the error.

use std::collections::VecDeque;

/// Maximum bytes kept of one step's output; earlier output is dropped, and the log says so.
const KEPT: usize = 2 << 20;
/// Maximum length of a line in bytes; longer lines are split.
const LINE_LIMIT: usize = 64 << 10;

/// The output of one step.
#[derive(Debug, Default)]
pub(super) struct StepLog {
    lines: VecDeque<String>,
    bytes: usize,
    dropped: usize,
    partial: Vec<u8>,
}

impl StepLog {
    /// Adds output and calls `told` with each completed line.
    pub(super) fn write(&mut self, mut output: &[u8], mut told: impl FnMut(&str)) {
        while let Some(end) = output.iter().position(|byte| *byte == b'\n') {
            self.partial.extend_from_slice(&output[..end]);
            output = &output[end + 1..];
            told(self.end_line());
        }
        self.partial.extend_from_slice(output);
        if self.partial.len() > LINE_LIMIT {
            told(self.end_line());
        }
    }

    /// Calls `told` with the last line if it is incomplete.
    pub(super) fn end(&mut self, mut told: impl FnMut(&str)) {
        if !self.partial.is_empty() {
            told(self.end_line());
        }
    }

    fn end_line(&mut self) -> &str {
        let partial = std::mem::take(&mut self.partial);
        let text = String::from_utf8_lossy(&partial);
        // A progress bar overwrites itself: only its last state is kept.
        let text = text.trim_end_matches('\r');
        let line = text.rsplit('\r').next().unwrap_or(text).to_owned();
        self.bytes += line.len();
        self.lines.push_back(line);
        while self.bytes > KEPT && self.lines.len() > 1 {
            if let Some(line) = self.lines.pop_front() {
                self.bytes -= line.len();
                self.dropped += 1;
            }
        }
        self.lines.back().map_or("", String::as_str)
    }

    /// Discards the output, because the step succeeded.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes all kept lines, the incomplete last line included.
    pub(super) fn take(&mut self) -> Vec<String> {
        self.end(|_| {});
        let log = std::mem::take(self);
        let dropped = (log.dropped > 0).then(|| format!("({} earlier lines omitted)", log.dropped));
        dropped.into_iter().chain(log.lines).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(log: &mut StepLog, output: &str) -> Vec<String> {
        let mut told = Vec::new();
        log.write(output.as_bytes(), |line| told.push(line.to_owned()));
        told
    }

    #[test]
    fn only_complete_lines_are_reported() {
        let mut log = StepLog::default();
        assert_eq!(lines(&mut log, "a\nb"), ["a"]);
        assert_eq!(lines(&mut log, "c\n"), ["bc"]);
        assert_eq!(lines(&mut log, "10%\r20%\r30%\r\n"), ["30%"]);
        assert_eq!(lines(&mut log, "end"), Vec::<String>::new());
        assert_eq!(log.take(), ["a", "bc", "30%", "end"]);
        assert_eq!(log.take(), Vec::<String>::new());
    }

    #[test]
    fn long_output_is_truncated() {
        let mut log = StepLog::default();
        let line = format!("{}\n", "x".repeat(1000));
        for _ in 0..5000 {
            lines(&mut log, &line);
        }
        let kept = log.take();
        assert!(kept.len() < 2200, "{}", kept.len());
        assert!(kept[0].ends_with("earlier lines omitted)"), "{}", kept[0]);
        assert_eq!(lines(&mut log, &"y".repeat(LINE_LIMIT + 1)).len(), 1);
    }
}
