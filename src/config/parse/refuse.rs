//! Input that YAML or other parsers allow, and deploy.yaml does not.

use granit_parser::{ErrorKind, Event, Tag};

use super::{Builder, ParseAborted, syntax};
use crate::diagnostic::{Problem, Span};

impl<'a> Builder<'a> {
    /// Rejects a tab after a space, which this parser allows and other YAML parsers don't.
    pub(super) fn refuse_tab(&mut self, span: Span) -> Result<(), ParseAborted> {
        if self.brackets > 0 {
            return Ok(());
        }
        let before = self.text.get(..span.start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let indentation = &before[line_start..];
        match indentation.find('\t') {
            Some(tab) if indentation.trim().is_empty() => {
                let place = self.character(line_start + tab);
                let problem = syntax::explain(&ErrorKind::TabInIndentation, self.text, place);
                self.stop(problem)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn refuse_tag(&mut self, event: &Event<'a>, span: Option<Span>) {
        let Some(written) = event.tag().map(Tag::original) else {
            return;
        };
        let problem = Problem::error("tag", format!("the tag `{written}` is not supported"), span);
        let label = if written.starts_with("!!") {
            "quote the value to make it text"
        } else {
            "to refer to a value elsewhere, write `${…}`"
        };
        self.problems.push(problem.label(label));
    }

    /// Rejects an unquoted `${` in a flow collection, where the brace ends the plain scalar.
    pub(super) fn refuse_unquoted_reference(&mut self, text: &str, span: Span) -> Result<(), ParseAborted> {
        let after = self.text.get(span.end..).unwrap_or_default();
        if !text.ends_with('$') || !after.starts_with('{') {
            return Ok(());
        }
        let problem = self.unquoted_reference(span.start, span.end);
        self.stop(problem)
    }

    fn unquoted_reference(&self, start: usize, brace: usize) -> Problem {
        let line = self
            .text
            .get(brace..)
            .unwrap_or_default()
            .lines()
            .next()
            .unwrap_or_default();
        let end = brace + line.find('}').map_or(line.len(), |close| close + 1);
        let span = Span {
            source: self.source,
            start,
            end,
        };
        let written = self.text.get(start..end).unwrap_or_default();
        Problem::error(
            "unquoted-reference",
            "`${` inside `{…}` or `[…]` must be quoted",
            span,
        )
        .label(format!("quote it: `\"{written}\"`"))
    }

    /// Returns the problem for an unquoted `${` before a syntax error: the parser reads ahead, so it may fail
    /// at the brace before it emits the preceding scalar.
    pub(super) fn reference_before(&self, place: usize, kind: &ErrorKind) -> Option<Problem> {
        let is_flow = matches!(
            kind,
            ErrorKind::ExpectedFlowMappingSeparator
                | ErrorKind::ExpectedFlowSequenceSeparator
                | ErrorKind::FlowMappingValueAdjacentCollection
        );
        let before = self.text.get(..place)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let dollar = before[line_start..].rfind('$')? + line_start;
        (is_flow && self.text[dollar..].starts_with("${"))
            .then(|| self.unquoted_reference(dollar, dollar + 1))
    }
}
