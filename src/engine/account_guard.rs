//! The account guard of deploy.yaml (`account:`): nothing is written to another account.

use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::{AccountId, Identity};

/// Checks that the caller belongs to the required account, if there is one.
pub fn check_account(identity: &Identity, required: Option<&AccountId>) -> Result<(), Failure> {
    match required {
        Some(required) if *required != identity.account => Err(wrong_account(required, identity)),
        _ => Ok(()),
    }
}

/// The credentials belong to a different account than the file's.
fn wrong_account(required: &AccountId, identity: &Identity) -> Failure {
    let found = &identity.account;
    let message = format!("wrong account {found}: deploy.yaml requires {required}");
    Failure::new(Exit::Preflight, "wrong-account", message)
        .resource(found.as_str())
        .details([format!("signed in as {}", identity.arn)])
        .hint(format!(
            "use credentials of {required}: --profile NAME or --assume-role ARN"
        ))
}
