//! A command as one string, which Compose and Copilot split as a POSIX shell would, without a shell's expansions.

use crate::init::template::{Template, TemplatePiece};

/// A character of a command, or a variable in it.
enum CommandSymbol {
    Character(char),
    Variable(TemplatePiece),
}

/// Splits a command into words; fails if a quotation has no end. A variable's value isn't split.
pub(super) fn split(command: Template) -> Result<Vec<Template>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<Template> = None;
    let mut quote = None;
    let mut symbols = symbols(command).into_iter().peekable();
    while let Some(symbol) = symbols.next() {
        let c = match symbol {
            CommandSymbol::Variable(piece) => {
                word.get_or_insert_default().pieces.push(piece);
                continue;
            }
            CommandSymbol::Character(c) => c,
        };
        match (c, quote) {
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, Some(open)) if c == open => quote = None,
            ('\\', None | Some('"')) => {
                let Some(CommandSymbol::Character(next)) = symbols.next() else {
                    return Err("a backslash ends the command");
                };
                // XCU 2.2.3: a backslash in double quotes escapes these only.
                let is_kept = quote.is_some() && !matches!(next, '"' | '\\' | '$' | '`');
                let escaped = if is_kept {
                    format!("\\{next}")
                } else {
                    next.to_string()
                };
                word.get_or_insert_default().push_literal(&escaped);
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word
                .get_or_insert_default()
                .push_literal(c.encode_utf8(&mut [0; 4])),
        }
    }
    if quote.is_some() {
        return Err("a quotation has no end");
    }
    words.extend(word);
    Ok(words)
}

fn symbols(command: Template) -> Vec<CommandSymbol> {
    let mut symbols = Vec::new();
    for piece in command.pieces {
        match piece {
            TemplatePiece::Literal(text) => symbols.extend(text.chars().map(CommandSymbol::Character)),
            variable => symbols.push(CommandSymbol::Variable(variable)),
        }
    }
    symbols
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::init::template::{TemplateFallback, TemplateVariable};
    use crate::model::command_string;

    fn words(text: &str) -> Result<Vec<String>, &'static str> {
        let words = split(Template::literal(text))?;
        Ok(words.iter().filter_map(Template::draft).collect())
    }

    #[test]
    fn commands_are_split_as_a_shell_does() {
        for (text, expected) in [
            ("npm run start", vec!["npm", "run", "start"]),
            ("sh -c 'a && b'  c", vec!["sh", "-c", "a && b", "c"]),
            (r#"a "b \"c\" \d" e\ f ''"#, vec!["a", r#"b "c" \d"#, "e f", ""]),
            ("echo $HOME ${X}", vec!["echo", "$HOME", "$${X}"]),
            ("", vec![]),
        ] {
            assert_eq!(words(text).unwrap(), expected, "{text}");
        }
        assert!(words("a 'b").is_err());
        assert!(words("a \\").is_err());
    }

    #[test]
    fn variables_are_not_split() {
        let mut command = Template::literal("run --port=");
        command.pieces.push(TemplatePiece::Variable(TemplateVariable {
            reference: "env.A".to_owned(),
            fallback: TemplateFallback::Default(Template::literal("a b")),
        }));
        command.push_literal(" -v");
        let words: Vec<_> = split(command)
            .unwrap()
            .iter()
            .filter_map(Template::draft)
            .collect();
        assert_eq!(words, ["run", "--port=${env.A:-a b}", "-v"]);
    }

    proptest! {
        #[test]
        fn quoted_words_are_split_back(expected in prop::collection::vec("[a-z '\"\\\\é]{0,6}", 0..4)) {
            prop_assert_eq!(words(&command_string(&expected)).unwrap(), expected);
        }
    }
}
