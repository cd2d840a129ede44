//! What the value of an action is made of.

use super::token::TemplateToken;

/// How deep expressions may be nested.
const DEEPEST: usize = 32;

/// An expression, as far as it can be translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::init) enum TemplateExpression {
    /// A text, or the digits of a number.
    Text(String),
    /// `$name`.
    Variable(String),
    /// A function and its arguments. `a | f` is `f a`.
    Call(String, Vec<TemplateExpression>),
    /// Anything else, such as a field.
    Other,
}

/// Parses a whole pipeline.
pub(super) fn expression(tokens: &[TemplateToken]) -> TemplateExpression {
    let mut reader = ExpressionReader {
        rest: tokens,
        depth: 0,
    };
    match reader.pipeline() {
        Some(expression) if reader.rest.is_empty() => expression,
        _ => TemplateExpression::Other,
    }
}

struct ExpressionReader<'t> {
    rest: &'t [TemplateToken],
    /// The number of parentheses around this.
    depth: usize,
}

impl ExpressionReader<'_> {
    /// Reads commands until the end or a closing parenthesis.
    fn pipeline(&mut self) -> Option<TemplateExpression> {
        let mut value = self.command(None)?;
        while let [TemplateToken::Pipe, rest @ ..] = self.rest {
            self.rest = rest;
            value = self.command(Some(value))?;
        }
        Some(value)
    }

    /// Reads a command. What is piped into it becomes its last argument.
    fn command(&mut self, piped: Option<TemplateExpression>) -> Option<TemplateExpression> {
        if let [TemplateToken::Name(name), rest @ ..] = self.rest {
            self.rest = rest;
            let mut arguments = self.operands()?;
            arguments.extend(piped);
            return Some(TemplateExpression::Call(name.clone(), arguments));
        }
        let mut operands = self.operands()?;
        match (operands.pop(), piped) {
            (Some(operand), None) if operands.is_empty() => Some(operand),
            _ => None,
        }
    }

    fn operands(&mut self) -> Option<Vec<TemplateExpression>> {
        let mut operands = Vec::new();
        while let [first, rest @ ..] = self.rest {
            let operand = match first {
                TemplateToken::Pipe | TemplateToken::Close => break,
                TemplateToken::Text(text) | TemplateToken::Number(text) => {
                    TemplateExpression::Text(text.clone())
                }
                TemplateToken::Variable(name) => TemplateExpression::Variable(name.clone()),
                TemplateToken::Name(name) => TemplateExpression::Call(name.clone(), Vec::new()),
                TemplateToken::Open => {
                    self.rest = rest;
                    operands.push(self.in_parentheses()?);
                    continue;
                }
                TemplateToken::Assign | TemplateToken::Other => return None,
            };
            self.rest = rest;
            operands.push(operand);
        }
        Some(operands)
    }

    fn in_parentheses(&mut self) -> Option<TemplateExpression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let inside = self.pipeline()?;
        self.depth -= 1;
        match self.rest {
            [TemplateToken::Close, rest @ ..] => {
                self.rest = rest;
                Some(inside)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::TemplateExpression::{Call, Other, Text, Variable};
    use super::*;

    fn parsed(action: &str) -> TemplateExpression {
        expression(&tokens(action).unwrap())
    }

    fn call(name: &str, arguments: &[TemplateExpression]) -> TemplateExpression {
        Call(name.to_owned(), arguments.to_vec())
    }

    #[test]
    fn pipes_and_parentheses_are_calls() {
        let text = |it: &str| Text(it.to_owned());
        let env = call("must_env", &[text("A")]);
        for (action, expected) in [
            ("must_env `A`", env.clone()),
            (
                "must_env `A` | json_escape",
                call("json_escape", std::slice::from_ref(&env)),
            ),
            ("`A` | must_env", env.clone()),
            ("(must_env `A`)", env.clone()),
            ("or (must_env `A`) `b`", call("or", &[env, text("b")])),
            ("ssm `/a` 1", call("ssm", &[text("/a"), text("1")])),
            ("$x", Variable("x".to_owned())),
            ("", Other),
            (".x", Other),
            ("env `A` .x", Other),
            ("(env `A`", Other),
            ("env `A`)", Other),
            ("`a` `b`", Other),
            ("`a` | `b`", Other),
        ] {
            assert_eq!(parsed(action), expected, "{action}");
        }
        assert_eq!(parsed(&"(".repeat(2000)), Other);
    }
}
