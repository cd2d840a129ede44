//! From the parser's marks to places in the file.

use granit_parser::Marker;

use super::Builder;
use crate::diagnostic::Span;

impl Builder<'_> {
    pub(super) fn offset(&self, marker: &Marker) -> usize {
        let offset = marker.byte_offset().unwrap_or_default() + self.bom;
        offset.min(self.text.len())
    }

    pub(super) fn span(&self, start: Marker, end: Marker) -> Span {
        let start = self.offset(&start);
        let end = self.offset(&end).max(start);
        let written = self.text.get(start..end).unwrap_or_default();
        Span {
            source: self.source,
            start,
            end: start + written.trim_end().len(),
        }
    }

    pub(super) fn at(&self, offset: usize) -> Span {
        Span {
            source: self.source,
            start: offset,
            end: offset,
        }
    }

    /// The character at an offset, so that there is something to underline; the end of the file has none.
    pub(super) fn character(&self, offset: usize) -> Span {
        let rest = self.text.get(offset..).unwrap_or_default();
        let width = rest
            .chars()
            .next()
            .filter(|c| *c != '\n' && *c != '\r')
            .map_or(0, char::len_utf8);
        Span {
            end: offset + width,
            ..self.at(offset)
        }
    }

    /// From a collection's first byte to its last: the closing bracket, or the end of its last value.
    pub(super) fn whole(&self, start: Span, closing: Span, last: Option<usize>) -> Span {
        let is_bracket = matches!(self.text.get(start.start..start.start + 1), Some("{" | "["));
        let end = if is_bracket && closing.end > closing.start {
            closing.end
        } else {
            last.unwrap_or(start.end)
        };
        Span {
            end: end.max(start.start),
            ..start
        }
    }
}
