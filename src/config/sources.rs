//! What `${…}` reads from elsewhere: which replies a file needs, and the replies.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::state_location::StateLocation;
use super::terraform_state::TerraformState;

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
    /// `tfstate`: a value in Terraform's state.
    State,
}

impl SourceKind {
    /// Every source.
    pub const ALL: [Self; 5] = [
        Self::Parameter,
        Self::StackOutput,
        Self::Export,
        Self::Secret,
        Self::State,
    ];

    /// Returns what stands before the colon.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Parameter => "ssm",
            Self::StackOutput => "cfn",
            Self::Export => "cfnExport",
            Self::Secret => "secretsmanager",
            Self::State => "tfstate",
        }
    }

    /// Returns what stands after the colon, for messages.
    pub(super) fn names(self) -> &'static str {
        match self {
            Self::Parameter => "the name of a parameter",
            Self::StackOutput => "the name of a stack and of one of its outputs",
            Self::Export => "the name of an export",
            Self::Secret => "the name of a secret",
            Self::State => "the name of an output, or the address of an attribute",
        }
    }

    /// Returns an example of what stands after the colon.
    pub(super) fn example(self) -> &'static str {
        match self {
            Self::Parameter => "/shop/domain",
            Self::StackOutput => "network.VpcId",
            Self::Export => "network-VpcId",
            Self::Secret => "shop/db",
            Self::State => "aws_lb_target_group.web.arn",
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
    /// Terraform's state.
    State(StateLocation),
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
    /// Terraform's state.
    State(Arc<TerraformState>),
    /// Terraform's state can't be read or used: why, as a label.
    Unusable(String),
    /// There is no such thing; why, as a sentence that names it.
    Missing(String),
}

/// The replies so far.
pub type SourceReplies = BTreeMap<SourceQuery, SourceReply>;
