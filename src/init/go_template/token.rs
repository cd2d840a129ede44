//! The words of an action.

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplateToken {
    /// A quoted text, without its quotes and escapes.
    Text(String),
    Number(String),
    /// A function, or a keyword.
    Name(String),
    /// `$name`, without the dollar.
    Variable(String),
    Open,
    Close,
    Pipe,
    /// `:=` or `=`.
    Assign,
    /// Anything else: a field, a character.
    Other,
}

/// Splits an action into words; `None` if a text in it doesn't end.
pub(super) fn tokens(action: &str) -> Option<Vec<TemplateToken>> {
    let mut tokens = Vec::new();
    let mut rest = action.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '(' => (TemplateToken::Open, 1),
            ')' => (TemplateToken::Close, 1),
            '|' => (TemplateToken::Pipe, 1),
            '=' => (TemplateToken::Assign, 1),
            ':' if rest.starts_with(":=") => (TemplateToken::Assign, 2),
            '`' => {
                let end = rest[1..].find('`')?;
                (TemplateToken::Text(rest[1..=end].to_owned()), end + 2)
            }
            '"' => quoted(rest)?,
            '$' => {
                let length = name_length(&rest[1..]);
                (TemplateToken::Variable(rest[1..=length].to_owned()), length + 1)
            }
            '.' => (TemplateToken::Other, 1 + name_length(&rest[1..])),
            '-' | '+' | '0'..='9' => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
                let length = 1 + rest[1..].find(|c| !is_part(c)).unwrap_or(rest.len() - 1);
                (TemplateToken::Number(rest[..length].to_owned()), length)
            }
            _ => match name_length(rest) {
                0 => (TemplateToken::Other, first.len_utf8()),
                length => (TemplateToken::Name(rest[..length].to_owned()), length),
            },
        };
        tokens.push(token);
        rest = &rest[length..];
        // A field of what stands before it: `(jq "x").Now`, `$x.y`.
        if rest.starts_with('.') {
            tokens.push(TemplateToken::Other);
        }
        rest = rest.trim_start();
    }
    Some(tokens)
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len())
}

/// Reads an interpreted string literal (The Go Programming Language Specification, "String literals").
fn quoted(rest: &str) -> Option<(TemplateToken, usize)> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((TemplateToken::Text(text), at + 1)),
            '\\' => match characters.next()?.1 {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'r' => text.push('\r'),
                escaped @ ('"' | '\\') => text.push(escaped),
                // Codes of characters are rare: the action isn't understood.
                _ => return None,
            },
            other => text.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::TemplateToken::{Assign, Close, Name, Number, Open, Other, Pipe, Text, Variable};
    use super::*;
    use crate::schema::testing::cases;

    #[test]
    fn actions_are_split_into_words() {
        let text = |it: &str| Text(it.to_owned());
        let name = |it: &str| Name(it.to_owned());
        for (action, expected) in [
            (" env `A` \"b\\\"c\" ", vec![name("env"), text("A"), text("b\"c")]),
            (
                "tfstatef `x['%s']` (must_env `é`)",
                vec![
                    name("tfstatef"),
                    text("x['%s']"),
                    Open,
                    name("must_env"),
                    text("é"),
                    Close,
                ],
            ),
            (
                "$x := -1.5",
                vec![Variable("x".to_owned()), Assign, Number("-1.5".to_owned())],
            ),
            (
                "(jq `a`).Now|b",
                vec![Open, name("jq"), text("a"), Close, Other, Other, Pipe, name("b")],
            ),
            (".Values.x", vec![Other, Other, Other]),
        ] {
            assert_eq!(tokens(action), Some(expected), "{action}");
        }
        assert_eq!(tokens("env `a"), None);
        assert_eq!(tokens("env \"\\x41\""), None);
    }

    proptest! {
        #![proptest_config(cases(300))]

        #[test]
        fn any_action_is_split(action in "(\\PC|[`\"'$.=:|() \\\\-]){0,24}") {
            let _ = tokens(&action);
        }
    }
}
