//! The caller, as AWS knows it.

use super::AccountId;

/// Who we are on AWS (GetCallerIdentity).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account.
    pub account: AccountId,
    /// The caller's ARN.
    pub arn: String,
}
