//! Locations in the user's files.

use std::ops::Range;

use serde::Serialize;

/// The id of a source in `Sources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceId(pub u32);

/// A stretch of bytes in one source: `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The source that contains it.
    pub source: SourceId,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// Whether a span is this one, or a part of it.
    pub fn contains(self, part: Span) -> bool {
        part.source == self.source && part.start >= self.start && part.end <= self.end
    }
}

/// One file: its name as shown to the user, and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The path as the user would type it, usually `deploy.yaml`.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where each line starts, so that a place is found without reading the text again.
    line_starts: Vec<usize>,
}

impl Source {
    fn new(name: String, text: String) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1));
        Self {
            line_starts: line_starts.collect(),
            name,
            text,
        }
    }

    /// Returns the number of the line that contains a byte, counted from 0.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        self.line_starts
            .partition_point(|start| *start <= byte)
            .saturating_sub(1)
    }

    /// Returns the bytes of a line, counted from 0, without its end.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let start = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        let end = self
            .line_starts
            .get(line + 1)
            .map_or(self.text.len(), |next| next - 1);
        start..end.max(start)
    }
}

/// Every file read in this run, so that spans can be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source::new(name.into(), text.into()));
        id
    }

    /// Returns the file with this id. None only for an id of another run's table.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// Whether a line with this number, counted from 1, is in a file and meets a condition.
    pub fn any_line(&self, number: usize, is_met: impl Fn(&str) -> bool) -> bool {
        let lines = self
            .files
            .iter()
            .filter_map(|file| file.text.lines().nth(number.checked_sub(1)?));
        lines.map(str::trim_end).any(is_met)
    }

    /// Returns the text of every file.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.text.as_str())
    }

    /// Returns the line and column of a span's start, both counted from 1, the column in characters.
    pub fn position(&self, span: Span) -> Option<(usize, usize)> {
        let source = self.get(span.source)?;
        let line = source.line_of(span.start);
        let before = source.text.get(source.line(line).start..span.start)?;
        Some((line + 1, before.chars().count() + 1))
    }
}
