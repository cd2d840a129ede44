//! Why nothing could be observed.

use std::borrow::Cow;

use crate::aws::AwsError;
use crate::diagnostic::Explain;
use crate::exit::Exit;
use crate::model::AccountId;

/// Nothing was changed on AWS.
#[derive(Debug, thiserror::Error)]
pub enum ObserveError {
    /// A look-up that is needed failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The credentials belong to another account than the file's.
    #[error("this is account {found}, deploy.yaml says {expected}")]
    WrongAccount {
        /// `account:`.
        expected: AccountId,
        /// The caller's.
        found: AccountId,
        /// The caller.
        arn: String,
    },
    /// How the deployment ends could not be told.
    #[error("service {service} deploys {strategy}, and without {right} nobody can tell how that ends")]
    Unwatchable {
        /// The service.
        service: String,
        /// Its `deploymentConfiguration.strategy`.
        strategy: String,
        /// The IAM action that it takes to tell.
        right: &'static str,
        /// Why its service deployments can't be read.
        cause: AwsError,
    },
    /// A repository's URI has the account in it, and STS didn't tell.
    #[error("the account of repository {repository} is not known")]
    NoAccount {
        /// The repository.
        repository: String,
        /// What STS said.
        cause: Option<AwsError>,
    },
}

impl Explain for ObserveError {
    fn exit(&self) -> Exit {
        match self {
            ObserveError::Aws(error) => error.exit(),
            ObserveError::WrongAccount { .. }
            | ObserveError::Unwatchable { .. }
            | ObserveError::NoAccount { .. } => Exit::Preflight,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            ObserveError::Aws(error) => error.code(),
            ObserveError::WrongAccount { .. } => "wrong-account",
            ObserveError::Unwatchable { .. } => "unwatchable",
            ObserveError::NoAccount { .. } => "no-account",
        }
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        match self {
            ObserveError::Aws(error) => error.resource(),
            ObserveError::WrongAccount { found, .. } => Some(found.as_str().into()),
            ObserveError::Unwatchable { service, .. } => Some(service.into()),
            ObserveError::NoAccount { repository, .. } => Some(repository.into()),
        }
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        match self {
            ObserveError::Aws(error) | ObserveError::Unwatchable { cause: error, .. } => error.said(),
            ObserveError::NoAccount { cause, .. } => cause.as_ref()?.said(),
            ObserveError::WrongAccount { .. } => None,
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        match self {
            ObserveError::Aws(error) => error.hint(),
            ObserveError::Unwatchable { cause, .. } => cause
                .hint()
                .or(Some("deploymentConfiguration: {strategy: ROLLING} can be watched without it".into())),
            ObserveError::WrongAccount { expected, .. } => {
                Some(format!("take credentials of {expected}: --profile NAME, --assume-role ARN, or another --environment").into())
            }
            ObserveError::NoAccount { repository, .. } => Some(
                format!("write the whole URI: ACCOUNT.dkr.ecr.REGION.amazonaws.com/{repository}; or find out why aws sts get-caller-identity fails").into(),
            ),
        }
    }

    fn details(&self) -> Vec<String> {
        match self {
            ObserveError::Aws(error) | ObserveError::Unwatchable { cause: error, .. } => error.details(),
            ObserveError::WrongAccount { arn, .. } => vec![format!("signed in as {arn}")],
            ObserveError::NoAccount { .. } => Vec::new(),
        }
    }
}
