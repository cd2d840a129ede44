//! From a stretch of a scalar's value back to the bytes of the file.

use std::ops::Range;

use crate::diagnostic::{Sources, Span};

/// Where `part` of a scalar's value was written. `value` is the scalar after unquoting; `part` lies in the
/// reference that begins at `dollar`. Falls back to the whole scalar where an escape or a fold stands between.
pub(super) fn written_at(
    sources: &Sources,
    scalar: Span,
    value: &str,
    dollar: usize,
    part: &Range<usize>,
) -> Span {
    locate(sources, scalar, value, dollar, part).unwrap_or(scalar)
}

fn locate(sources: &Sources, scalar: Span, value: &str, dollar: usize, part: &Range<usize>) -> Option<Span> {
    let written = sources.get(scalar.source)?.text.get(scalar.start..scalar.end)?;
    // `$` and `{` are written alike in all styles, so the n-th `${` of the one is the n-th of the other.
    let nth = value.get(..dollar)?.matches("${").count();
    let count = |text: &str| text.matches("${").count();
    if count(value) != count(written) {
        return None;
    }
    let (found, _) = written.match_indices("${").nth(nth)?;
    let reference = value.get(dollar..part.end)?;
    if !written[found..].starts_with(reference) {
        return None;
    }
    let start = scalar.start + found + part.start.checked_sub(dollar)?;
    Some(Span {
        start,
        end: start + part.len(),
        ..scalar
    })
}
