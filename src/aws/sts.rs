//! Security Token Service: the caller's identity.

use super::error::{AwsError, AwsErrorKind};
use super::session::Aws;
use super::wire::{AwsCall, typed};
use crate::model::Identity;

impl Aws {
    /// Calls GetCallerIdentity. It needs no permission.
    pub async fn caller_identity(&self) -> Result<Identity, AwsError> {
        let call = AwsCall::new("sts", "GetCallerIdentity");
        let reply = typed!(self, call.clone(), self.sts().get_caller_identity())?;
        let account = reply.account().and_then(|account| account.parse().ok());
        match (account, reply.arn()) {
            (Some(account), Some(arn)) => Ok(Identity {
                account,
                arn: arn.to_owned(),
            }),
            _ => Err(AwsError::new(
                &call,
                AwsErrorKind::Nonsense,
                Some("no account in the response".to_owned()),
            )),
        }
    }
}
