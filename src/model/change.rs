//! A difference that a plan shows.

use serde::Serialize;

use super::{ChangePath, Value};

/// A difference between the current and the desired state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The path of the value, with the elements of lists by name: `containerDefinitions.web.image`.
    pub path: ChangePath,
    /// The current value.
    pub before: DisplayValue,
    /// The desired value.
    pub after: DisplayValue,
    /// A remark for the user (`tasks started later`).
    pub note: Option<String>,
}

/// A value in displayable form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "value")]
pub enum DisplayValue {
    /// Not set.
    Absent,
    /// Set, and not secret.
    Value(Value),
    /// Set, but must not be shown.
    Hidden,
    /// Known after build and push.
    Pending(String),
}
