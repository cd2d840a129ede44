//! Compose's `$VAR` and `${VAR…}` (Compose specification, "Interpolation").

use indexmap::IndexMap;

use crate::init::template::{Template, TemplateFallback, TemplatePiece, TemplateVariable};
use crate::schema::holds_secret;

/// How deep defaults may be nested.
const MAX_NESTED: usize = 16;

/// Parses a text. `variables` are those of `.env`, which are defaults, unless they look like secrets.
pub(super) fn parse(text: &str, variables: &IndexMap<String, String>) -> Result<Template, String> {
    let parser = ComposeInterpolation { variables };
    parser.parse(text, 0)
}

/// Returns the reference to an environment variable, with the value of `.env` as its default.
pub(super) fn environment_variable(name: &str, variables: &IndexMap<String, String>) -> Template {
    let parser = ComposeInterpolation { variables };
    parser.variable(name, TemplateFallback::None, false)
}

struct ComposeInterpolation<'a> {
    variables: &'a IndexMap<String, String>,
}

impl ComposeInterpolation<'_> {
    fn parse(&self, text: &str, depth: usize) -> Result<Template, String> {
        let mut template = Template::default();
        let mut rest = text;
        while let Some(dollar) = rest.find('$') {
            template.push_literal(&rest[..dollar]);
            let after = &rest[dollar + 1..];
            if let Some(after) = after.strip_prefix('$') {
                template.push_literal("$");
                rest = after;
            } else if let Some(braced) = after.strip_prefix('{') {
                let close = closing_brace(braced).ok_or("`${` without its `}`")?;
                template.append(self.braced(&braced[..close], depth)?);
                rest = &braced[close + 1..];
            } else {
                let name = name_of(after);
                if name.is_empty() {
                    return Err("write `$$` for a literal `$`".to_owned());
                }
                template.append(self.variable(name, TemplateFallback::None, false));
                rest = &after[name.len()..];
            }
        }
        template.push_literal(rest);
        Ok(template)
    }

    /// Parses what is between the braces.
    fn braced(&self, inner: &str, depth: usize) -> Result<Template, String> {
        if depth >= MAX_NESTED {
            return Err(format!("more than {MAX_NESTED} variables in one another"));
        }
        let name = name_of(inner);
        let operator = &inner[name.len()..];
        if name.is_empty() {
            return Err("write the name of a variable between the braces".to_owned());
        }
        let (even_if_empty, operator) = match operator.strip_prefix(':') {
            Some(rest) => (true, rest),
            None => (false, operator),
        };
        let body = operator.get(1..).unwrap_or_default();
        match operator.chars().next() {
            None if !even_if_empty => Ok(self.variable(name, TemplateFallback::None, even_if_empty)),
            Some('-') => {
                let default = self.parse(body, depth + 1)?;
                Ok(self.variable(name, TemplateFallback::Default(default), even_if_empty))
            }
            Some('?') => {
                let message = match body.trim() {
                    "" => format!("{name} is not set"),
                    message => message.to_owned(),
                };
                Ok(self.variable(name, TemplateFallback::Required(message), even_if_empty))
            }
            Some('+') => {
                let replaced = self.parse(body, depth + 1)?;
                let value = self.variables.get(name);
                let is_set = value.is_some_and(|value| !even_if_empty || !value.is_empty());
                Ok(if is_set { replaced } else { Template::default() })
            }
            _ => Err("a variable is written as ${NAME}, with `:-`, `-`, `:?`, `?`, `:+` or `+`".to_owned()),
        }
    }

    /// Returns a reference; a value of `.env` replaces its default. With `even_if_empty` an empty one doesn't.
    fn variable(&self, name: &str, fallback: TemplateFallback, even_if_empty: bool) -> Template {
        let value = self.variables.get(name);
        let value = value.filter(|value| !(even_if_empty && value.is_empty()));
        let value = value.filter(|value| !holds_secret(name, value));
        let fallback = match value {
            Some(value) => TemplateFallback::Default(Template::literal(value)),
            None => fallback,
        };
        Template {
            pieces: vec![TemplatePiece::Variable(TemplateVariable {
                reference: format!("env.{name}"),
                fallback,
            })],
        }
    }
}

/// Returns the name of a variable at the start of a text; empty if there is none.
fn name_of(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let name = &text[..end];
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => "",
        false => name,
    }
}

/// Returns where the brace is that closes an open one.
fn closing_brace(text: &str) -> Option<usize> {
    let mut open = 1_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' if open == 1 => return Some(at),
            b'}' => open -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn variables() -> IndexMap<String, String> {
        let pairs = [("SET", "v"), ("EMPTY", ""), ("DB_PASSWORD", "hunter2222")];
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }

    #[test]
    fn variables_become_references() {
        for (text, expected) in [
            ("a $SET b", "a ${env.SET:-v} b"),
            ("${NONE}", "${env.NONE}"),
            ("${EMPTY:-d}", "${env.EMPTY:-d}"),
            ("${EMPTY-d}", "${env.EMPTY:-}"),
            ("${NONE-d}", "${env.NONE:-d}"),
            ("${NONE:-${SET}/x}", "${env.NONE:-${env.SET:-v}/x}"),
            ("${NONE:?set it}", "${env.NONE:?set it}"),
            ("${NONE?}", "${env.NONE:?NONE is not set}"),
            ("${SET:+on}${NONE+off}", "on"),
            ("$$SET $${x}", "$SET $${x}"),
            ("${DB_PASSWORD}", "${env.DB_PASSWORD}"),
            ("${A:-{\"a\": 1}}", "${env.A:-{\"a\": 1}}"),
        ] {
            let template = parse(text, &variables()).unwrap();
            assert_eq!(template.draft().as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn mistakes_in_variables_are_refused() {
        for text in [
            "$", "${", "${}", "${A", "a $1", "${1}", "${A!}", "${A:}", "${A=b}",
        ] {
            assert!(parse(text, &variables()).is_err(), "{text}");
        }
        let nested = "${A:-".repeat(400) + &"}".repeat(400);
        assert!(parse(&nested, &variables()).is_err());
    }

    proptest! {
        #[test]
        fn no_text_with_variables_panics(text in "[$A{}:?+é -]{0,24}") {
            if let Ok(template) = parse(&text, &variables()) {
                let _ = (template.draft(), template.known());
            }
        }
    }
}
