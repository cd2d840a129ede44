//! What `${…}` reads from elsewhere: which replies a file needs, and the replies.

use std::collections::BTreeMap;

/// A source of values, by what stands before the colon of `${ssm:/name}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// `ssm`: a parameter of AWS Systems Manager Parameter Store.
    Parameter,
}

impl SourceKind {
    /// Every source.
    pub const ALL: [Self; 1] = [Self::Parameter];

    /// Returns what stands before the colon.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Parameter => "ssm",
        }
    }

    /// Returns what stands after the colon, for messages.
    pub(super) fn names(self) -> &'static str {
        match self {
            Self::Parameter => "the name of a parameter",
        }
    }

    /// Returns an example of what stands after the colon.
    pub(super) fn example(self) -> &'static str {
        match self {
            Self::Parameter => "/shop/domain",
        }
    }
}

/// One read of a source. Several references may need the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceQuery {
    /// A parameter, by its name or ARN, with a version or label after a colon.
    Parameter(String),
}

/// What a source replied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceReply {
    /// A text.
    Text(String),
    /// A secret, of which only its ARN was read.
    Secret {
        /// What it is: `a SecureString parameter`.
        what: &'static str,
        /// What a container's `secrets` takes.
        value_from: String,
    },
    /// There is no such thing; why, as a sentence that names it.
    Missing(String),
}

/// The replies so far.
pub type SourceReplies = BTreeMap<SourceQuery, SourceReply>;
