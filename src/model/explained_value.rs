//! Where a value of the resolved deploy.yaml comes from.

use serde::Serialize;

use super::Value;

/// A value of the resolved file, and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedValue {
    /// Its path in what `render` prints: `services.web.service.desiredCount`.
    pub path: String,
    /// The value; environment values and sensitive members are masked.
    pub value: Value,
    /// Where it comes from.
    pub source: ValueSource,
    /// Where what it refers to comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<ExplainedReference>,
}

/// A `${…}` in a value, and where its value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedReference {
    /// The name as written: `vars.tier`.
    pub reference: String,
    /// Where its value comes from.
    pub source: ValueSource,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ValueSource {
    /// A file: deploy.yaml, or one that it names.
    File(FilePosition),
    /// An environment of deploy.yaml.
    Environment {
        /// Its name.
        name: String,
        /// Where it is written.
        #[serde(flatten)]
        position: FilePosition,
    },
    /// ecsctl's default.
    Default,
    /// A task definition on AWS, if it has the value: ecsctl reads it before a plan.
    Base {
        /// `live`, a family, a revision or its ARN.
        name: String,
        /// Where the file names it.
        #[serde(flatten)]
        position: Option<FilePosition>,
    },
    /// The default in a `${…:-default}`.
    Fallback {
        /// Whether the value is empty, rather than not set.
        #[serde(rename = "isEmpty")]
        is_empty: bool,
    },
    /// A flag.
    Flag {
        /// `--cluster`.
        name: String,
    },
    /// A variable of the process's environment.
    Variable {
        /// Its name.
        name: String,
    },
    /// Something that is looked up elsewhere.
    Lookup {
        /// `git` or `aws`.
        name: String,
    },
    /// An image that is built.
    Image {
        /// Its name.
        name: String,
    },
}

/// A position in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilePosition {
    /// The path as the user would type it.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
}
