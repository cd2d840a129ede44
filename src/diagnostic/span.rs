//! Locations in the user's files.

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

/// One file: its name as shown to the user, and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user would type it, usually `deploy.yaml`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Every file read in this run, so that spans can be shown.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source {
            name: name.into(),
            text: text.into(),
        });
        id
    }

    /// Returns the file with this id. None only for an id of another run's table.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// Returns the text of every file.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.text.as_str())
    }

    /// Returns the line and column of a span's start, both counted from 1, the column in characters.
    pub fn position(&self, span: Span) -> Option<(usize, usize)> {
        let text = &self.get(span.source)?.text;
        let before = text.get(..span.start)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Some((
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        ))
    }
}
