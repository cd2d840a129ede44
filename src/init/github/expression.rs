//! Splits `${{ … }}` of a workflow into what it refers to (GitHub Docs, "Evaluate expressions in workflows and actions").

/// A piece of a text of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WorkflowPiece {
    /// Text that means itself.
    Text(String),
    /// An expression, and how it is written.
    Expression(WorkflowExpression, String),
}

/// An expression, as far as it can be translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WorkflowExpression {
    /// A text or a number.
    Literal(String),
    /// A context and its properties: `steps`, `build`, `outputs`, `image`.
    Path(Vec<String>),
    /// `A || B`: the first that isn't empty.
    Or(Vec<WorkflowExpression>),
    /// Anything else.
    Other,
}

/// Splits a text.
pub(super) fn pieces(text: &str) -> Vec<WorkflowPiece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${{") {
        let Some(length) = length(&rest[start..]) else {
            break;
        };
        let written = &rest[start..start + length];
        if start > 0 {
            pieces.push(WorkflowPiece::Text(rest[..start].to_owned()));
        }
        let inner = &written[3..written.len() - 2];
        pieces.push(WorkflowPiece::Expression(expression(inner), written.to_owned()));
        rest = &rest[start + length..];
    }
    if !rest.is_empty() {
        pieces.push(WorkflowPiece::Text(rest.to_owned()));
    }
    pieces
}

/// Returns the length of the expression that a text begins with. Braces in its texts don't end it.
fn length(text: &str) -> Option<usize> {
    let mut in_text = false;
    for (at, character) in text.char_indices() {
        match character {
            '\'' => in_text = !in_text,
            '}' if !in_text && text[at..].starts_with("}}") => return Some(at + 2),
            _ => {}
        }
    }
    None
}

fn expression(inner: &str) -> WorkflowExpression {
    let alternatives: Option<Vec<_>> = split_or(inner).iter().map(|it| operand(it.trim())).collect();
    match alternatives {
        Some(mut one) if one.len() == 1 => one.pop().unwrap_or(WorkflowExpression::Other),
        Some(several) => WorkflowExpression::Or(several),
        None => WorkflowExpression::Other,
    }
}

/// Splits at `||` outside of texts.
fn split_or(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut in_text) = (0, false);
    for (at, character) in text.char_indices() {
        if character == '\'' {
            in_text = !in_text;
        }
        if !in_text && at >= start && text[at..].starts_with("||") {
            parts.push(&text[start..at]);
            start = at + 2;
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

fn operand(text: &str) -> Option<WorkflowExpression> {
    if let Some(quoted) = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')) {
        let is_whole = !quoted.replace("''", "").contains('\'');
        return is_whole.then(|| WorkflowExpression::Literal(quoted.replace("''", "'")));
    }
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Some(WorkflowExpression::Literal(text.to_owned()));
    }
    path(text).map(WorkflowExpression::Path)
}

/// Reads `a.b-c['d'].e`.
fn path(text: &str) -> Option<Vec<String>> {
    let text = text
        .replace("['", ".")
        .replace("[\"", ".")
        .replace("']", "")
        .replace("\"]", "");
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    let names: Vec<String> = text.split('.').map(str::to_owned).collect();
    (names.len() > 1 && names.iter().all(|name| is_name(name))).then_some(names)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::WorkflowExpression::{Literal, Or, Other, Path};
    use super::*;
    use crate::schema::testing::cases;

    fn of(text: &str) -> WorkflowExpression {
        match pieces(text).pop() {
            Some(WorkflowPiece::Expression(expression, written)) => {
                assert_eq!(written, text);
                expression
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn expressions_are_read() {
        let path = |names: &[&str]| Path(names.iter().map(|&it| it.to_owned()).collect());
        let literal = |text: &str| Literal(text.to_owned());
        for (text, expected) in [
            ("${{ env.A }}", path(&["env", "A"])),
            (
                "${{steps.build-image.outputs['a-b']}}",
                path(&["steps", "build-image", "outputs", "a-b"]),
            ),
            ("${{ 'it''s }}' }}", literal("it's }}")),
            ("${{ 8080 }}", literal("8080")),
            (
                "${{ inputs.tag || github.sha }}",
                Or(vec![path(&["inputs", "tag"]), path(&["github", "sha"])]),
            ),
            (
                "${{ vars.A || '||' }}",
                Or(vec![path(&["vars", "A"]), literal("||")]),
            ),
            ("${{ github.ref == 'x' && 'a' || 'b' }}", Other),
            ("${{ format('{0}', env.A) }}", Other),
            ("${{ }}", Other),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
        assert_eq!(pieces("a ${{ b").len(), 1);
        assert_eq!(pieces("a${{ env.B }}c").len(), 3);
    }

    proptest! {
        #![proptest_config(cases(300))]

        #[test]
        fn any_text_is_split(text in "(\\PC|[${}'|. ]){0,40}") {
            let written: String = pieces(&text).iter().map(|piece| match piece {
                WorkflowPiece::Text(text) | WorkflowPiece::Expression(_, text) => text.as_str(),
            }).collect();
            prop_assert_eq!(written, text);
        }
    }
}
