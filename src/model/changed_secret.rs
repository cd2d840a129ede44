//! Secrets that changed after the tasks that use them were created.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// A secret of Secrets Manager or a parameter of Parameter Store whose value changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangedSecret {
    /// The secret's name with the suffix that its ARN has, or the parameter's name.
    pub name: String,
    /// When it changed.
    #[serde(serialize_with = "as_text")]
    pub changed_at: Timestamp,
}

fn as_text<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(time)
}
