//! What `${…}` reads from elsewhere: which replies a file needs, and the replies.

use std::collections::BTreeMap;

/// A source of values, by what stands before the colon of `${ssm:/name}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// `ssm`: a parameter of AWS Systems Manager Parameter Store.
    Parameter,
    /// `cfn`: an output of a CloudFormation stack.
    StackOutput,
    /// `cfnExport`: a value that a CloudFormation stack exports.
    Export,
    /// `secretsmanager`: the ARN of a secret.
    Secret,
}

impl SourceKind {
    /// Every source.
    pub const ALL: [Self; 4] = [Self::Parameter, Self::StackOutput, Self::Export, Self::Secret];

    /// Returns what stands before the colon.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Parameter => "ssm",
            Self::StackOutput => "cfn",
            Self::Export => "cfnExport",
            Self::Secret => "secretsmanager",
        }
    }

    /// Returns what stands after the colon, for messages.
    pub(super) fn names(self) -> &'static str {
        match self {
            Self::Parameter => "the name of a parameter",
            Self::StackOutput => "the name of a stack and of one of its outputs",
            Self::Export => "the name of an export",
            Self::Secret => "the name of a secret",
        }
    }

    /// Returns an example of what stands after the colon.
    pub(super) fn example(self) -> &'static str {
        match self {
            Self::Parameter => "/shop/domain",
            Self::StackOutput => "network.VpcId",
            Self::Export => "network-VpcId",
            Self::Secret => "shop/db",
        }
    }
}

/// One read of a source. Several references may need the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceQuery {
    /// A parameter, by its name or ARN, with a version or label after a colon.
    Parameter(String),
    /// A stack's outputs, by its name or ARN.
    Stack(String),
    /// All exports of the region.
    Exports,
    /// A secret, by its name or ARN.
    Secret(String),
}

/// What a source replied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceReply {
    /// A text.
    Text(String),
    /// Texts by name.
    Named {
        /// What has them: `the stack `network``.
        owner: String,
        /// The texts.
        texts: BTreeMap<String, String>,
    },
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
