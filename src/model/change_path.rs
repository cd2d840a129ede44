//! The place of a change in a task definition or a service.

use std::fmt;

use serde::{Serialize, Serializer};

/// The path of a changed value, from the task definition or the service down to it. As text, and as JSON, its
/// steps are joined by dots: `containerDefinitions.web.image`, `loadBalancers.web:80.targetGroupArn`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangePath(Vec<PathStep>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// A member of a structure, or a key of a map.
    Member(String),
    /// An element of a list whose elements have names.
    Element {
        /// Its name.
        name: String,
        /// The members that the name consists of.
        key: &'static [&'static str],
    },
    /// An element of a set: the text of the element itself.
    Item(String),
    /// An element of a list whose order has a meaning, counted from 0.
    Position(usize),
}

impl PathStep {
    /// Whether the step leads to an element of a list.
    pub fn is_element(&self) -> bool {
        !matches!(self, PathStep::Member(_))
    }
}

impl fmt::Display for PathStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathStep::Member(name) | PathStep::Element { name, .. } | PathStep::Item(name) => {
                f.write_str(name)
            }
            PathStep::Position(at) => write!(f, "{at}"),
        }
    }
}

impl ChangePath {
    /// Returns its steps.
    pub fn steps(&self) -> &[PathStep] {
        &self.0
    }

    /// Adds a step.
    pub fn push(&mut self, step: PathStep) {
        self.0.push(step);
    }

    /// Removes the last step.
    pub fn pop(&mut self) {
        self.0.pop();
    }
}

impl From<&str> for ChangePath {
    /// Returns the path of one member.
    fn from(member: &str) -> Self {
        Self(vec![PathStep::Member(member.to_owned())])
    }
}

impl From<Vec<PathStep>> for ChangePath {
    fn from(steps: Vec<PathStep>) -> Self {
        Self(steps)
    }
}

impl fmt::Display for ChangePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            write!(f, "{dot}{step}")?;
        }
        Ok(())
    }
}

impl Serialize for ChangePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
