//! What a draft says besides its values: what a person must decide, and what of the source it doesn't have.

use super::draft::{DraftLine, DraftMap, DraftValue, LeftOut};

impl DraftMap {
    /// Returns what a person must decide, in order, each once.
    pub fn todos(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.collect_todos(&mut found);
        found
    }

    /// Returns what of the source isn't in the draft, in order: `SERVICE: WHAT`.
    pub fn all_left_out(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.collect_left_out(&mut found);
        found
    }

    fn collect_left_out(&self, found: &mut Vec<String>) {
        for line in &self.lines {
            match line {
                DraftLine::LeftOut(LeftOut { owner, what }) if owner.is_empty() => found.push(what.clone()),
                DraftLine::LeftOut(LeftOut { owner, what }) => found.push(format!("{owner}: {what}")),
                DraftLine::Member(_, DraftValue::Map(map)) => map.collect_left_out(found),
                _ => {}
            }
        }
    }

    fn collect_todos(&self, found: &mut Vec<String>) {
        for line in &self.lines {
            match line {
                DraftLine::Todo(text) if !found.contains(text) => found.push(text.clone()),
                DraftLine::Member(_, value) => value.collect_todos(found),
                DraftLine::Todo(_) | DraftLine::Comment(_) | DraftLine::Sample(_) | DraftLine::LeftOut(_) => {
                }
            }
        }
    }
}

impl DraftValue {
    fn collect_todos(&self, found: &mut Vec<String>) {
        match self {
            Self::Map(map) => map.collect_todos(found),
            Self::List(items) => items.iter().for_each(|item| item.collect_todos(found)),
            Self::Scalar(_) => {}
        }
    }
}
