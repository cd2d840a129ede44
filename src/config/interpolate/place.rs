//! Where in the file a part of a scalar's value was written.

use std::ops::Range;

use crate::diagnostic::{Sources, Span};

/// The references of one scalar, found once for all its problems.
pub(super) struct ScalarReferences {
    scalar: Span,
    length: usize,
    /// The offset of each `${` in the value, and in the scalar as written.
    in_value: Vec<usize>,
    as_written: Vec<usize>,
}

impl ScalarReferences {
    /// Finds the references of a scalar. `value` is the unquoted scalar.
    pub fn of(sources: &Sources, scalar: Span, value: &str) -> Self {
        let written = written(sources, scalar).unwrap_or_default();
        Self {
            scalar,
            length: value.len(),
            in_value: dollars(value),
            as_written: dollars(written),
        }
    }

    /// Whether these are the references of this scalar.
    pub fn is_of(&self, scalar: Span, value: &str) -> bool {
        self.scalar == scalar && self.length == value.len()
    }

    /// Returns where `part` was written, which is inside the reference that starts at `dollar`. `None` if there
    /// is an escape or a folded line in between.
    pub fn locate(&self, sources: &Sources, value: &str, dollar: usize, part: &Range<usize>) -> Option<Span> {
        // `$` and `{` are written the same in all styles, so the n-th `${` of the value is the n-th in the
        // source.
        if self.in_value.len() != self.as_written.len() {
            return None;
        }
        let nth = self.in_value.partition_point(|at| *at < dollar);
        let found = *self.as_written.get(nth)?;
        let reference = value.get(dollar..part.end)?;
        if !written(sources, self.scalar)?
            .get(found..)?
            .starts_with(reference)
        {
            return None;
        }
        let start = self.scalar.start + found + part.start.checked_sub(dollar)?;
        Some(Span {
            start,
            end: start + part.len(),
            ..self.scalar
        })
    }
}

fn written(sources: &Sources, scalar: Span) -> Option<&str> {
    sources.get(scalar.source)?.text.get(scalar.start..scalar.end)
}

fn dollars(text: &str) -> Vec<usize> {
    text.match_indices("${").map(|(at, _)| at).collect()
}
