//! Errors of the YAML parser, reworded with a hint for the fix.

use granit_parser::ErrorKind;

use crate::diagnostic::{Problem, Span};

/// Returns the offset of the byte that caused the error: the parser reports a tab only after it has read
/// past it or stopped before it.
pub(super) fn place(kind: &ErrorKind, text: &str, noticed: usize) -> usize {
    if !is_tab(kind) {
        return noticed;
    }
    let before = text.get(..noticed).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let mut start = line_start;
    for line in text[line_start..].split_inclusive('\n') {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indentation].find('\t') {
            return start + tab;
        }
        start += line.len();
    }
    noticed
}

/// Whether the parser stopped at a tab.
pub(super) fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

/// Whether there is an earlier `: ` on the same line, which makes this one the second.
fn is_second_colon(text: &str, place: Span) -> bool {
    let before = text.get(..place.start).unwrap_or_default();
    before.rsplit('\n').next().is_some_and(|line| line.contains(": "))
}

/// Returns the problem for a comment as JSON with comments has it, which YAML reads as the beginning of the next key.
pub(super) fn foreign_comment(key: &str, place: Span) -> Option<Problem> {
    let mark = ["//", "/*"].into_iter().find(|mark| key.starts_with(mark))?;
    let place = Span {
        end: place.start + mark.len(),
        ..place
    };
    let problem = Problem::error("syntax", format!("`{mark}` doesn't start a comment"), place);
    Some(problem.label("write `#` before each line of the comment"))
}

/// Returns the problem for a syntax error at a position.
pub(super) fn explain(kind: &ErrorKind, text: &str, place: Span) -> Problem {
    let (message, label): (&str, &str) = match kind {
        kind if is_tab(kind) => ("a tab where YAML requires spaces", "indent with spaces"),
        ErrorKind::UnclosedQuotedScalar => ("a quote is never closed", "opened here or earlier"),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            ("a bracket is never closed", "`]` or `}` is missing")
        }
        ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => {
            ("unmatched closing bracket", "no bracket of this kind is open")
        }
        ErrorKind::ExpectedFlowMappingSeparator => ("`,` or `}` is missing", "expected before this"),
        ErrorKind::ExpectedFlowSequenceSeparator => ("`,` or `]` is missing", "expected before this"),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("`:` is missing after a key", "write `key: value`")
        }
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed => {
            ("inconsistent indentation", "align it with the lines around it")
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement
            if is_second_colon(text, place) =>
        {
            (
                "a second `: ` on one line",
                "quote the value, or put the mapping on the next line",
            )
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => (
            "a `:` where no key can be",
            "check the indentation, and for an unclosed bracket or quote above",
        ),
        ErrorKind::InvalidMappingValueWhitespace => ("no space after `:`", "write `key: value`"),
        ErrorKind::InvalidBlockEntryWhitespace => ("no space after `-`", "write `- item`"),
        ErrorKind::UnknownQuotedScalarEscape => (
            "unknown escape sequence in double quotes",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            let rest = text.get(place.start..).unwrap_or_default();
            let label = match rest.starts_with(['"', '\'']) {
                true => "in brackets, put a `,` before this; else quote the whole value",
                false if rest.starts_with("//") || rest.starts_with("/*") => "write `#` before a comment",
                false => "quote the whole value",
            };
            ("text after the closing quote", label)
        }
        ErrorKind::UnexpectedCharacter {
            character: '@' | '`' | '%',
        } => ("a value can't start with this character", "quote the value"),
        ErrorKind::RecursionLimitExceeded => ("nested too deeply", "at most 64 levels"),
        ErrorKind::DirectiveDisallowed => ("YAML directives are not supported", "remove this line"),
        _ => return Problem::error("syntax", format!("not valid YAML: {kind}"), place),
    };
    Problem::error("syntax", message, place).label(label)
}
