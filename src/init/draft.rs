//! A draft of deploy.yaml: its values in their order, with comments.

use crate::diagnostic::clean;
use crate::model::Value;

/// A whole draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The file.
    pub root: DraftMap,
    /// The keys of its services.
    pub services: Vec<String>,
}

/// A mapping of the draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftMap {
    /// Its members and comments, in order.
    pub lines: Vec<DraftLine>,
}

/// A member of a mapping, or a comment above one.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftLine {
    /// A line of explanation, without `#`.
    Comment(String),
    /// Something that a person must decide.
    Todo(String),
    /// A line of YAML that a person may take, without `#`.
    Sample(String),
    /// Something of the source that the file doesn't have.
    LeftOut(LeftOut),
    /// A key and its value.
    Member(String, DraftValue),
}

/// Something of a source that has no counterpart in deploy.yaml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The service or job that it belongs to; empty if it belongs to all of them.
    pub owner: String,
    /// What it is, and the reason if there is one.
    pub what: String,
}

/// A value of the draft.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftValue {
    /// A text, number, boolean or null as the file has it: a `${` in it is a reference.
    Scalar(Value),
    /// A sequence.
    List(Vec<DraftValue>),
    /// A mapping.
    Map(DraftMap),
}

impl DraftMap {
    /// Adds a member.
    pub fn put(&mut self, key: &str, value: impl Into<DraftValue>) {
        self.lines.push(DraftLine::Member(key.to_owned(), value.into()));
    }

    /// Adds an explanation of what follows it.
    pub fn comment(&mut self, text: impl AsRef<str>) {
        self.lines
            .push(DraftLine::Comment(clean(text.as_ref()).into_owned()));
    }

    /// Begins with the line that tells a YAML language server where the JSON Schema is.
    pub fn point_to_schema(&mut self, path: &str) {
        let line = format!("yaml-language-server: $schema={path}");
        self.lines.insert(0, DraftLine::Comment(line));
    }

    /// Adds lines of YAML that a person may take.
    pub fn sample(&mut self, lines: &[&str]) {
        let lines = lines.iter().map(|line| DraftLine::Sample((*line).to_owned()));
        self.lines.extend(lines);
    }

    /// Adds something that a person must decide about what follows it.
    pub fn todo(&mut self, text: impl AsRef<str>) {
        self.lines
            .push(DraftLine::Todo(clean(text.as_ref()).into_owned()));
    }

    /// Adds a note on what isn't in the draft.
    pub fn left_out(&mut self, owner: &str, what: impl AsRef<str>) {
        self.lines.push(DraftLine::LeftOut(LeftOut {
            owner: clean(owner).into_owned(),
            what: clean(what.as_ref()).into_owned(),
        }));
    }

    /// Whether it has a member.
    pub fn has(&self, key: &str) -> bool {
        self.lines.iter().any(|line| line.is_member(key))
    }

    /// Returns a member's value.
    pub fn member(&self, name: &str) -> Option<&DraftValue> {
        self.lines.iter().find_map(|line| match line {
            DraftLine::Member(key, value) if key == name => Some(value),
            _ => None,
        })
    }

    /// Returns the first environment of a file that requires one.
    pub fn required_environment(&self) -> Option<&str> {
        let environments = self
            .member("environments")
            .filter(|_| self.has("requireEnvironment"));
        let Some(DraftValue::Map(environments)) = environments else {
            return None;
        };
        environments.lines.iter().find_map(|line| match line {
            DraftLine::Member(name, _) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Returns a member that is a mapping, to change it.
    pub fn member_mut(&mut self, name: &str) -> Option<&mut DraftMap> {
        self.lines.iter_mut().find_map(|line| match line {
            DraftLine::Member(key, DraftValue::Map(map)) if key == name => Some(map),
            _ => None,
        })
    }

    /// Returns the names of its members.
    pub fn names(&self) -> Vec<String> {
        self.lines
            .iter()
            .filter_map(DraftLine::name)
            .map(str::to_owned)
            .collect()
    }

    /// Removes a member.
    pub fn remove(&mut self, key: &str) {
        self.lines.retain(|line| !line.is_member(key));
    }

    /// Whether there are neither members nor comments.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl DraftLine {
    /// Returns the name of a member.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Member(name, _) => Some(name),
            _ => None,
        }
    }

    fn is_member(&self, name: &str) -> bool {
        matches!(self, Self::Member(key, _) if key == name)
    }
}

impl DraftValue {
    /// Returns a value that has no references: a `${` in its texts is written as `$${`, and so means itself.
    pub fn literal(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::Scalar(Value::String(text.replace("${", "$${"))),
            Value::Array(items) => Self::List(items.iter().map(Self::literal).collect()),
            Value::Object(members) => {
                let mut map = DraftMap::default();
                for (key, member) in members {
                    map.put(key, Self::literal(member));
                }
                Self::Map(map)
            }
            scalar => Self::Scalar(scalar.clone()),
        }
    }

    /// Returns a text that has no references.
    pub fn plain(text: &str) -> Self {
        Self::literal(&text.into())
    }
}

impl From<DraftMap> for DraftValue {
    fn from(map: DraftMap) -> Self {
        Self::Map(map)
    }
}

impl From<&str> for DraftValue {
    fn from(text: &str) -> Self {
        Self::Scalar(text.into())
    }
}

impl From<i64> for DraftValue {
    fn from(number: i64) -> Self {
        Self::Scalar(number.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn literals_refer_to_nothing() {
        let DraftValue::Scalar(text) = DraftValue::literal(&json!("${A} $${B} $C")) else {
            panic!("a scalar")
        };
        assert_eq!(text, "$${A} $$${B} $C");
    }
}
