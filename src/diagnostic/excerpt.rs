//! The lines of a source that a problem is about: not the whole file, and of a long line a window.

use std::ops::Range;

use super::Span;
use super::sanitize::blanked;
use super::span::Source;

/// The longest line, in bytes, that is taken whole.
const MAX_LINE: usize = 2_000;
/// The most bytes of a long line on each side of what is underlined: more than the renderer's width.
const WINDOW: usize = 500;

/// Some lines of a source, and where they are.
pub(super) struct Excerpt {
    /// The lines. Those that are not shown are empty.
    pub text: String,
    /// The number of the first one, counted from 1.
    pub first_line: usize,
    /// Whether any line is cut, so that columns of the text aren't those of the source.
    pub is_cut: bool,
    lines: Vec<ExcerptLine>,
}

/// A line of the source and its place in the excerpt.
struct ExcerptLine {
    source: Range<usize>,
    start: usize,
}

impl Excerpt {
    /// Returns the lines that contain the starts of the spans, which are not empty.
    pub fn of(source: &Source, spans: &[Span]) -> Self {
        let mut annotated: Vec<(usize, Range<usize>)> = spans
            .iter()
            .map(|span| {
                (
                    source.line_of(span.start.min(source.text.len())),
                    span.start..span.end,
                )
            })
            .collect();
        annotated.sort_by_key(|(line, span)| (*line, span.start));
        let first = annotated.first().map_or(0, |(line, _)| *line);
        let last = annotated.last().map_or(0, |(line, _)| *line);
        let mut found = Self {
            text: String::new(),
            first_line: first + 1,
            is_cut: false,
            lines: Vec::new(),
        };
        for line in first..=last {
            let next = annotated.partition_point(|(annotated, _)| *annotated < line);
            let is_near = |at: usize| {
                annotated
                    .get(at)
                    .is_some_and(|(near, _)| near.abs_diff(line) <= 2)
            };
            let start = found.text.len();
            if is_near(next) || next.checked_sub(1).is_some_and(is_near) {
                let here = annotated
                    .iter()
                    .skip(next)
                    .take_while(|(at, _)| *at == line)
                    .map(|(_, span)| span);
                let whole = source.line(line);
                let window = window(&source.text, whole.clone(), here);
                found.is_cut |= window != whole;
                found
                    .text
                    .push_str(&blanked(source.text.get(window.clone()).unwrap_or_default()));
                found.lines.push(ExcerptLine {
                    source: window,
                    start,
                });
            }
            found.text.push('\n');
        }
        found
    }

    /// Returns the part of a span on its first line, in the excerpt and on character boundaries.
    pub fn place(&self, span: Span) -> Range<usize> {
        let at = self.lines.partition_point(|line| line.source.start <= span.start);
        let Some(line) = at.checked_sub(1).and_then(|at| self.lines.get(at)) else {
            return 0..0;
        };
        let length = line.source.len();
        let start = floor(
            &self.text,
            line.start + (span.start - line.source.start).min(length),
        );
        let end = line.start + span.end.saturating_sub(line.source.start).min(length);
        let end = floor(&self.text, end).max(start);
        let written = self.text.get(start..end).unwrap_or_default();
        start..start + written.trim_end().len()
    }
}

/// Returns the part of a line that is shown: all of it, or what surrounds the first span.
fn window<'a>(
    text: &str,
    line: Range<usize>,
    mut spans: impl Iterator<Item = &'a Range<usize>>,
) -> Range<usize> {
    if line.len() <= MAX_LINE {
        return line;
    }
    let span = spans.next().cloned().unwrap_or(line.start..line.start);
    let start = floor(text, span.start.saturating_sub(WINDOW).max(line.start));
    let end = floor(
        text,
        span.end
            .min(span.start + WINDOW)
            .saturating_add(WINDOW)
            .min(line.end),
    );
    start..end.max(start)
}

/// Returns the last character boundary that isn't after a byte.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
