//! Puts marks in the place of a template's actions, so that the rest of the file can be parsed: everything keeps its
//! position.

use std::ops::Range;

use super::action::TemplateAction;
use super::expression::TemplateExpression;
use super::masked_file::{MaskedFile, TemplateFault, TemplateSource, TemplateVariables, Translate};
use super::scan::{ScannedAction, scan};
use crate::init::open_value::OpenValue;
use crate::init::open_values::OpenValues;

/// Puts marks into a file.
pub(in crate::init) fn mask(
    source: TemplateSource<'_>,
    values: &mut OpenValues,
    translate: Translate<'_>,
) -> Result<MaskedFile, TemplateFault> {
    let unclosed = |start| TemplateFault {
        range: start..start + 2,
        message: "`{{` without its `}}`",
    };
    let actions = scan(source.text).map_err(unclosed)?;
    let masker = Masker {
        source,
        values,
        translate,
        variables: TemplateVariables::new(),
        open: Vec::new(),
        masked: MaskedFile::default(),
        in_string: false,
    };
    masker.file(&actions)
}

/// A condition or loop that is open.
pub(super) struct OpenControl {
    pub action: ScannedAction,
    /// Whether the part that is being read is left out.
    pub is_left_out: bool,
}

/// Masks a file from its start to its end.
pub(super) struct Masker<'a> {
    pub source: TemplateSource<'a>,
    values: &'a mut OpenValues,
    translate: Translate<'a>,
    variables: TemplateVariables,
    pub open: Vec<OpenControl>,
    pub masked: MaskedFile,
    /// Whether the text up to here ends inside a string of JSON.
    in_string: bool,
}

impl Masker<'_> {
    fn file(mut self, actions: &[ScannedAction]) -> Result<MaskedFile, TemplateFault> {
        let mut nth = 0;
        while let Some(action) = actions.get(nth) {
            self.literal(action.range.start);
            nth = self.action(actions, nth)? + 1;
        }
        self.literal(self.source.text.len());
        match self.open.pop() {
            None => Ok(self.masked),
            Some(open) => Err(TemplateFault::of(&open.action, "it has no `{{ end }}`")),
        }
    }

    /// Adds the text up to here as it is, or blanks if it is left out.
    fn literal(&mut self, end: usize) {
        let start = self.masked.text.len();
        let text = self.source.text.get(start..end).unwrap_or_default();
        if self.is_left_out() {
            return self.blank(end);
        }
        let mut is_escaped = false;
        for byte in text.bytes().filter(|_| !self.source.is_yaml) {
            match byte {
                b'"' if !is_escaped => self.in_string = !self.in_string,
                _ => {}
            }
            is_escaped = byte == b'\\' && !is_escaped && self.in_string;
        }
        self.masked.text.push_str(text);
    }

    /// Adds blanks up to here; lines stay lines.
    pub(super) fn blank(&mut self, end: usize) {
        let start = self.masked.text.len();
        let bytes = self.source.text.as_bytes().get(start..end).unwrap_or_default();
        let blank = |byte: &u8| {
            if matches!(byte, b'\n' | b'\r') {
                char::from(*byte)
            } else {
                ' '
            }
        };
        self.masked.text.extend(bytes.iter().map(blank));
    }

    pub(super) fn is_left_out(&self) -> bool {
        self.open.iter().any(|open| open.is_left_out)
    }

    /// Masks an action, and returns the last one that belongs to it.
    fn action(&mut self, actions: &[ScannedAction], nth: usize) -> Result<usize, TemplateFault> {
        let action = &actions[nth];
        let inner = self.source.text.get(action.inner.clone()).unwrap_or_default();
        match TemplateAction::of(inner) {
            TemplateAction::Control(word) => return self.control(word, actions, nth),
            _ if self.is_left_out() => self.blank(action.range.end),
            TemplateAction::Comment => self.nothing(action)?,
            TemplateAction::Assign(name, value) => {
                let value = self.value(&value, action);
                self.variables.insert(name, value);
                self.nothing(action)?;
            }
            TemplateAction::Print(value) => {
                let value = self.value(&value, action);
                self.mark(action, value)?;
            }
        }
        Ok(nth)
    }

    fn value(&mut self, expression: &TemplateExpression, action: &ScannedAction) -> OpenValue {
        let translated = (self.translate)(expression, &self.variables);
        translated.unwrap_or_else(|| self.unknown(action.range.clone()))
    }

    pub(super) fn unknown(&mut self, range: Range<usize>) -> OpenValue {
        let place = self.place(range.start);
        let written = self.source.text.get(range).unwrap_or_default();
        self.values.unset(written, &place)
    }

    pub(super) fn place(&self, at: usize) -> String {
        let before = self.source.text.get(..at).unwrap_or_default();
        format!("{}:{}", self.source.name, before.matches('\n').count() + 1)
    }

    /// Masks an action that prints nothing.
    fn nothing(&mut self, action: &ScannedAction) -> Result<(), TemplateFault> {
        match self.is_within_text(&action.range) {
            true => self.mark(action, OpenValue::literal("")),
            false => {
                self.blank(action.range.end);
                Ok(())
            }
        }
    }

    /// Whether an action is a part of a value, not of the file's structure.
    pub(super) fn is_within_text(&self, range: &Range<usize>) -> bool {
        if !self.source.is_yaml {
            return self.in_string;
        }
        let text = self.source.text;
        let before = text.get(..range.start).unwrap_or_default().rsplit('\n').next();
        let after = text.get(range.end..).unwrap_or_default().split('\n').next();
        let is_blank = |line: Option<&str>| line.unwrap_or_default().trim().is_empty();
        !(is_blank(before) && is_blank(after))
    }

    /// Puts a mark for a value, and for the white space in a string that the action trims.
    pub(super) fn mark(&mut self, action: &ScannedAction, value: OpenValue) -> Result<(), TemplateFault> {
        let mut range = action.range.clone();
        if self.in_string && action.trims_before {
            range.start = self.masked.text.trim_end_matches(' ').len();
            self.masked.text.truncate(range.start);
        }
        if self.in_string && action.trims_after {
            let after = self.source.text.get(range.end..).unwrap_or_default();
            range.end += after.len() - after.trim_start_matches(' ').len();
        }
        let written = self.source.text.get(action.range.clone()).unwrap_or_default();
        let mark = self.values.add(written, value, range.len());
        let mark = mark.ok_or_else(|| TemplateFault::of(action, "too many templates"))?;
        self.masked.text.push_str(&mark);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Masks a file, and shows each mark as what is printed in its place.
    fn masked(text: &str, is_yaml: bool) -> (String, usize) {
        let mut values = OpenValues::of(&[text]).unwrap();
        let source = TemplateSource {
            name: "x",
            text,
            is_yaml,
        };
        let translate = |expression: &TemplateExpression, variables: &TemplateVariables| match expression {
            TemplateExpression::Text(text) => Some(OpenValue::literal(text.as_str())),
            TemplateExpression::Variable(name) => variables.get(name).cloned(),
            _ => None,
        };
        let masked = mask(source, &mut values, &translate).unwrap();
        assert_eq!(masked.text.len(), text.len());
        (values.value_text(&masked.text), masked.controls.len())
    }

    #[test]
    fn actions_print_their_values() {
        for (text, expected) in [
            (r#"{"a": "x {{- `y` -}} z"}"#, r#"{"a": "xyz"}"#),
            (r#"{"a": {{- `1` }}}"#, r#"{"a": 1}"#),
            (r#"{"a": "\\\"{{/* c */}}{{ `y` }}"}"#, r#"{"a": "\\\"y"}"#),
            (r#"{"a": "{{ $v := `y` }}{{ $v }}"}"#, r#"{"a": "y"}"#),
            (r#"{"a": "{{ f }}"}"#, r#"{"a": "${vars.f}"}"#),
        ] {
            assert_eq!(masked(text, false), (expected.to_owned(), 0), "{text}");
        }
        assert_eq!(masked("a: {{ `y` }}b # {{/* c */}}\n", true).0, "a: yb # \n");
    }

    #[test]
    fn first_branch_of_a_condition_is_kept() {
        let text = "{{ if f }}{\"a\": {{ if g }}1{{ else }}2{{ end }}}{{ else }}{}{{ end }}";
        let (shown, controls) = masked(text, false);
        assert_eq!(shown.replace(' ', ""), "{\"a\":1}");
        assert_eq!(controls, 2);
        let (shown, controls) = masked(
            "{{ define `x` }}{{ f }}{{ end }}{\"a\": \"{{ if f }}1{{ end }}\"}",
            false,
        );
        assert_eq!(shown.trim(), "{\"a\": \"${vars.if-f-1-end}\"}");
        assert_eq!(controls, 1);
        let (shown, controls) = masked("{{ if f }}\na: 1\n{{ end }}\nb: {{ if f }}1{{ end }}\n", true);
        assert_eq!(
            shown.split_whitespace().collect::<Vec<_>>(),
            ["a:", "1", "b:", "${vars.if-f-1-end}"]
        );
        assert_eq!(controls, 1);
    }
}
