//! The open values of a draft. Marks stand for them in the texts of the source, so that these can be parsed, checked and
//! drafted like any other; at the end the marks are filled in.

use super::draft::{DraftLine, DraftMap, DraftValue};
use super::names::ecs_name;
use super::open_value::{OpenPart, OpenValue};
use crate::model::Value;

/// The characters that a mark may begin with: letters of two bytes. The source has to lack one of them.
const MARKS: std::ops::RangeInclusive<char> = '\u{100}'..='\u{24f}';
/// The digits behind the mark, and their base.
const DIGITS: usize = 3;
const BASE: usize = 36;
/// The shortest mark, in bytes.
const SHORTEST: usize = 2 + DIGITS;
/// The longest name of a variable that is made of an expression.
const LONGEST_NAME: usize = 40;
/// The variable that holds a `$`: one before a reference would make it text.
const DOLLAR: &str = "dollar";

/// The open values of a draft.
#[derive(Debug)]
pub(super) struct OpenValues {
    mark: char,
    values: Vec<MarkedValue>,
    /// The variables that a person must set.
    unset: Vec<UnsetVariable>,
    needs_dollar: bool,
}

/// A value and its mark.
#[derive(Debug)]
struct MarkedValue {
    /// What the source has in its place.
    written: String,
    value: OpenValue,
    /// The length of the mark, in bytes.
    width: usize,
}

/// A variable in the place of what can't be translated.
#[derive(Debug)]
struct UnsetVariable {
    name: String,
    written: String,
    /// Where that is: `ecs-task-def.json:12`.
    place: String,
    /// Whether the draft refers to it: what it stands for may have been replaced.
    is_used: bool,
}

impl OpenValues {
    /// Chooses a mark that these texts lack; `None` if they have all of them.
    pub fn of(texts: &[&str]) -> Option<Self> {
        let is_free = |mark: &char| texts.iter().all(|text| !text.contains(*mark));
        let mark = MARKS.into_iter().find(is_free)?;
        Some(Self {
            mark,
            values: Vec::new(),
            unset: Vec::new(),
            needs_dollar: false,
        })
    }

    /// Returns a mark of `width` bytes, or of the fewest that it takes, which stands for a value; `None` if there are
    /// too many. `written` is what the source has in its place.
    pub fn add(&mut self, written: &str, value: OpenValue, width: usize) -> Option<String> {
        let at = self.values.len();
        let width = width.max(SHORTEST);
        let digit = |at: usize| char::from_digit(u32::try_from(at % BASE).unwrap_or(0), 36).unwrap_or('0');
        if at >= BASE.pow(3) {
            return None;
        }
        let mut mark = String::from(self.mark);
        mark.extend([digit(at / BASE / BASE), digit(at / BASE), digit(at)]);
        mark.push_str(&"_".repeat(width - SHORTEST));
        self.values.push(MarkedValue {
            written: written.to_owned(),
            value,
            width,
        });
        Some(mark)
    }

    /// Returns the variable that a person must set in the place of what can't be translated.
    pub fn unset(&mut self, written: &str, place: &str) -> OpenValue {
        if let Some(known) = self.unset.iter().find(|it| it.written == written) {
            return OpenValue::reference(format!("vars.{}", known.name));
        }
        let words = written.trim_matches(['{', '}', '$', '-', ' ']);
        let name: String = ecs_name(words, "value").chars().take(LONGEST_NAME).collect();
        let mut name = name.trim_matches('-').to_owned();
        while name == DOLLAR || self.unset.iter().any(|it| it.name == name) {
            name.push_str("-2");
        }
        let value = OpenValue::reference(format!("vars.{name}"));
        self.unset.push(UnsetVariable {
            name,
            written: written.to_owned(),
            place: place.to_owned(),
            is_used: false,
        });
        value
    }

    /// Whether a text has a mark.
    pub fn is_in(&self, text: &str) -> bool {
        text.contains(self.mark)
    }

    /// Whether a value has a mark in one of its texts.
    pub fn is_within(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.is_in(text),
            Value::Array(items) => items.iter().any(|item| self.is_within(item)),
            Value::Object(members) => members.values().any(|member| self.is_within(member)),
            _ => false,
        }
    }

    /// Returns a text with what the source has in the place of marks.
    pub fn written(&self, text: &str) -> String {
        let pieces = self.pieces(text).into_iter();
        pieces
            .map(|piece| piece.map_or_else(str::to_owned, |it| it.written.clone()))
            .collect()
    }

    /// Returns a text with references in the place of marks: equal texts have equal values.
    pub fn value_text(&self, text: &str) -> String {
        self.value(text).parts().iter().map(OpenPart::written).collect()
    }

    /// Returns the values in a text, and the texts between them.
    pub fn value(&self, text: &str) -> OpenValue {
        let mut value = OpenValue::literal("");
        for piece in self.pieces(text) {
            match piece {
                Ok(marked) => value.extend(marked.value.clone()),
                Err(literal) => value.extend(OpenValue::literal(literal)),
            }
        }
        value
    }

    /// Splits a text into values and the texts between them.
    fn pieces<'t>(&self, text: &'t str) -> Vec<Result<&MarkedValue, &'t str>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(self.mark) {
            let digits = rest.get(at + self.mark.len_utf8()..at + SHORTEST);
            let nth = digits.and_then(|digits| usize::from_str_radix(digits, 36).ok());
            let Some(marked) = nth.and_then(|nth| self.values.get(nth)) else {
                break;
            };
            pieces.extend(Some(&rest[..at]).filter(|it| !it.is_empty()).map(Err));
            pieces.push(Ok(marked));
            rest = rest.get(at + marked.width..).unwrap_or_default();
        }
        pieces.extend(Some(rest).filter(|it| !it.is_empty()).map(Err));
        pieces
    }

    /// Fills in the values of a draft.
    pub fn fill(&mut self, draft: &mut DraftMap) {
        for line in std::mem::take(&mut draft.lines) {
            match line {
                DraftLine::Comment(text) => draft.comment(self.written(&text)),
                DraftLine::Todo(text) => draft.todo(self.written(&text)),
                DraftLine::LeftOut(_) => draft.lines.push(line),
                DraftLine::Sample(text) => draft.sample(&[&self.written(&text)]),
                DraftLine::Member(name, mut value) => {
                    self.fill_value(&mut value);
                    let key = self.value(&name).as_literal();
                    if key.is_none() {
                        let written = self.written(&name);
                        draft.todo(format!("write the key `{written}` out: keys have no references"));
                    }
                    draft.put(&key.unwrap_or_else(|| self.written(&name)), value);
                }
            }
        }
    }

    fn fill_value(&mut self, value: &mut DraftValue) {
        match value {
            DraftValue::Scalar(Value::String(text)) if self.is_in(text) => {
                // A literal in a draft is escaped already.
                let value = self.value(&text.replace("$${", "${"));
                *text = self.reference_text(&value);
            }
            DraftValue::Scalar(_) => {}
            DraftValue::List(items) => items.iter_mut().for_each(|item| self.fill_value(item)),
            DraftValue::Map(map) => self.fill(map),
        }
    }

    /// Returns a value as deploy.yaml has it.
    fn reference_text(&mut self, value: &OpenValue) -> String {
        let mut text = String::new();
        for part in value.parts() {
            if matches!(part, OpenPart::Reference { .. }) && text.ends_with('$') {
                let kept = text.trim_end_matches('$').len();
                let dollars = text.len() - kept;
                text.truncate(kept);
                text.push_str(&format!("${{vars.{DOLLAR}}}").repeat(dollars));
                self.needs_dollar = true;
            }
            text.push_str(&part.written());
        }
        for unset in &mut self.unset {
            unset.is_used |= text.contains(&format!("${{vars.{}}}", unset.name));
        }
        text
    }

    /// Returns `vars:` of the values that were filled in, if they need any.
    pub fn vars(&self) -> Option<DraftMap> {
        let mut vars = DraftMap::default();
        if self.needs_dollar {
            vars.comment("a `$` before a reference would make it text");
            vars.put(DOLLAR, "$");
        }
        for unset in self.unset.iter().filter(|it| it.is_used) {
            vars.todo(format!(
                "set it: {} has `{}`, which has no counterpart",
                unset.place, unset.written
            ));
            vars.put(&unset.name, DraftValue::Scalar(Value::Null));
        }
        (!vars.is_empty()).then_some(vars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(values: &mut OpenValues, text: &str) -> String {
        let mut draft = DraftMap::default();
        draft.put("a", DraftValue::literal(&text.into()));
        values.fill(&mut draft);
        match draft.lines.pop() {
            Some(DraftLine::Member(_, DraftValue::Scalar(Value::String(text)))) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn marks_are_filled_in() {
        let mut values = OpenValues::of(&["Āx", "y"]).unwrap();
        let port = values
            .add("{{ port }}", OpenValue::reference("env.PORT"), 10)
            .unwrap();
        let text = values.add("{{ text }}", OpenValue::literal("{A}"), 0).unwrap();
        assert_eq!((port.len(), text.len()), (10, 5));
        assert_eq!(filled(&mut values, &port), "${env.PORT}");
        assert_eq!(
            filled(&mut values, &format!("a${{b}}{port}c")),
            "a$${b}${env.PORT}c"
        );
        assert_eq!(filled(&mut values, &format!("${text}")), "$${A}");
        assert_eq!(
            filled(&mut values, &format!("$${port}")),
            "${vars.dollar}${vars.dollar}${env.PORT}"
        );
        assert_eq!(values.written(&format!("x{port}")), "x{{ port }}");
        assert!(values.vars().unwrap().has("dollar"));
        let mut keys = DraftMap::default();
        keys.put(&text, 1);
        keys.put(&port, 2);
        values.fill(&mut keys);
        assert_eq!(keys.names(), ["{A}", "{{ port }}"]);
        assert_eq!(keys.todos().len(), 1);
    }

    #[test]
    fn what_is_unknown_is_one_variable() {
        let mut values = OpenValues::of(&[]).unwrap();
        let first = values.unset("{{ jq `.a` }}", "td.json:1");
        assert_eq!(first, OpenValue::reference("vars.jq-a"));
        assert_eq!(values.unset("{{ jq `.a` }}", "td.json:2"), first);
        assert_eq!(
            values.unset("{{ jq `.a`}}", "td.json:2"),
            OpenValue::reference("vars.jq-a-2")
        );
        assert_eq!(values.vars(), None);
        let mark = values.add("{{ jq `.a` }}", first, 0).unwrap();
        assert_eq!(filled(&mut values, &mark), "${vars.jq-a}");
        assert_eq!(values.vars().unwrap().todos().len(), 1);
    }
}
