//! What an action does.

use super::control::ControlWord;
use super::expression::{TemplateExpression, expression};
use super::token::{TemplateToken, tokens};

/// The kinds of actions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplateAction {
    /// `{{/* … */}}`
    Comment,
    /// `{{ $name := … }}`
    Assign(String, TemplateExpression),
    /// `{{ if … }}`, `{{ end }}` and the like.
    Control(ControlWord),
    /// Prints a value.
    Print(TemplateExpression),
}

impl TemplateAction {
    /// Reads what stands between the braces.
    pub fn of(inner: &str) -> Self {
        if inner.trim_start().starts_with("/*") {
            return Self::Comment;
        }
        let Some(tokens) = tokens(inner) else {
            return Self::Print(TemplateExpression::Other);
        };
        match tokens.as_slice() {
            [TemplateToken::Variable(name), TemplateToken::Assign, value @ ..] => {
                Self::Assign(name.clone(), expression(value))
            }
            [TemplateToken::Name(word), ..] => match ControlWord::of(word) {
                Some(control) => Self::Control(control),
                None => Self::Print(expression(&tokens)),
            },
            _ => Self::Print(expression(&tokens)),
        }
    }
}
