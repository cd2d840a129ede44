//! A file with templates, and what is left of it when marks stand for them.

use std::collections::HashMap;
use std::ops::Range;

use super::expression::TemplateExpression;
use super::scan::ScannedAction;
use crate::init::open_value::OpenValue;

/// A file with templates.
#[derive(Clone, Copy, Debug)]
pub(in crate::init) struct TemplateSource<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Whether it is written as YAML, not as JSON.
    pub is_yaml: bool,
}

/// A file in which marks stand for its actions.
#[derive(Debug, Default)]
pub(in crate::init) struct MaskedFile {
    /// As long as the file's text, in bytes.
    pub text: String,
    /// The conditions and loops that are not translated: `ecs-task-def.json:12` and the action.
    pub controls: Vec<(String, String)>,
}

/// Why a template can't be read, and where.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::init) struct TemplateFault {
    pub range: Range<usize>,
    pub message: &'static str,
}

/// The values of a template's variables.
pub(in crate::init) type TemplateVariables = HashMap<String, OpenValue>;

/// Translates an expression; `None` if it has no counterpart.
pub(in crate::init) type Translate<'a> =
    &'a dyn Fn(&TemplateExpression, &TemplateVariables) -> Option<OpenValue>;

impl TemplateFault {
    /// Returns the fault of an action.
    pub(super) fn of(action: &ScannedAction, message: &'static str) -> Self {
        Self {
            range: action.range.clone(),
            message,
        }
    }
}
