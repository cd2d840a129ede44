//! Finds the actions of a template: everything between `{{` and `}}`.

use std::ops::Range;

/// What encloses an action.
const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// One action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ScannedAction {
    /// Its bytes, with the braces.
    pub range: Range<usize>,
    /// Its bytes without the braces and the trim markers.
    pub inner: Range<usize>,
    /// Whether it removes the white space before it: `{{- `.
    pub trims_before: bool,
    /// Whether it removes the white space after it: ` -}}`.
    pub trims_after: bool,
}

/// Finds the actions in order, or the start of one that doesn't end.
pub(super) fn scan(text: &str) -> Result<Vec<ScannedAction>, usize> {
    let mut actions = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(OPEN)) {
        let action = action(text, at + found).ok_or(at + found)?;
        at = action.range.end;
        actions.push(action);
    }
    Ok(actions)
}

fn action(text: &str, start: usize) -> Option<ScannedAction> {
    let rest = text.get(start + OPEN.len()..)?;
    // A minus is a trim marker only with white space beside it.
    let trims_before = rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_ascii_whitespace());
    let inner = start + OPEN.len() + usize::from(trims_before);
    let end = inner + end_of(text.get(inner..)?)?;
    let content = text.get(inner..end)?;
    let before_minus = content.strip_suffix('-');
    let trims_after = before_minus.is_some_and(|it| it.ends_with(|c: char| c.is_ascii_whitespace()));
    Some(ScannedAction {
        range: start..end + CLOSE.len(),
        inner: inner..end - usize::from(trims_after),
        trims_before,
        trims_after,
    })
}

/// Returns where the closing braces of an action are. They mean nothing in its texts and comments.
fn end_of(rest: &str) -> Option<usize> {
    let blank = rest.len() - rest.trim_start().len();
    if rest[blank..].starts_with("/*") {
        let end = blank + rest[blank..].find("*/")?;
        return Some(end + rest[end..].find(CLOSE)?);
    }
    let mut characters = rest.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '`' => {
                characters.find(|(_, it)| *it == '`')?;
            }
            '"' | '\'' => skip_quoted(&mut characters, character)?,
            '}' if rest[at..].starts_with(CLOSE) => return Some(at),
            _ => {}
        }
    }
    None
}

fn skip_quoted(characters: &mut std::str::CharIndices<'_>, quote: char) -> Option<()> {
    loop {
        match characters.next()?.1 {
            '\\' => {
                characters.next()?;
            }
            '\n' => return None,
            it if it == quote => return Some(()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::schema::testing::cases;

    fn inner(text: &str) -> Vec<&str> {
        let actions = scan(text).unwrap();
        actions.iter().map(|it| text[it.inner.clone()].trim()).collect()
    }

    #[test]
    fn braces_in_texts_and_comments_end_no_action() {
        let text = "a{{ env `}}` \"\\\"}}\" }}b{{- /* }} */ -}}{{-1}}{{ x -}}";
        assert_eq!(inner(text), ["env `}}` \"\\\"}}\"", "/* }} */", "-1", "x"]);
        let trims: Vec<_> = scan(text)
            .unwrap()
            .iter()
            .map(|it| (it.trims_before, it.trims_after))
            .collect();
        assert_eq!(
            trims,
            [(false, false), (true, true), (false, false), (false, true)]
        );
    }

    #[test]
    fn open_action_is_reported_where_it_starts() {
        for (text, start) in [
            ("a {{ b", 2),
            ("{{ `}}", 0),
            ("{{a}} {{ \"\n\" }}", 6),
            ("{{/* }}", 0),
        ] {
            assert_eq!(scan(text), Err(start), "{text}");
        }
    }

    proptest! {
        #![proptest_config(cases(300))]

        #[test]
        fn any_text_is_scanned(text in "(\\PC|[{}`\"'/*\\-\n ]){0,40}") {
            for action in scan(&text).unwrap_or_default() {
                prop_assert!(text[action.range.clone()].starts_with(OPEN));
                prop_assert!(text[action.range.clone()].ends_with(CLOSE));
                prop_assert!(action.range.start < action.inner.start && action.inner.end < action.range.end);
            }
        }
    }
}
