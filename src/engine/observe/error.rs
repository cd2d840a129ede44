//! Why nothing could be observed.

use crate::aws::AwsError;
use crate::diagnostic::{Explain, Explanation};
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
    fn explain(&self) -> Explanation {
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        match self {
            ObserveError::Aws(error) => error.explain(),
            ObserveError::WrongAccount { expected, found, arn } => preflight("wrong-account")
                .resource(found.as_str())
                .details([format!("signed in as {arn}")])
                .hint(format!(
                    "take credentials of {expected}: --profile NAME, --assume-role ARN, \
                     or another --environment"
                )),
            ObserveError::Unwatchable { service, cause, .. } => {
                let without = "deploymentConfiguration: {strategy: ROLLING} can be watched without it";
                let mut explanation = cause.explain();
                explanation.exit = Exit::Preflight;
                explanation.code = "unwatchable";
                explanation.hint.get_or_insert_with(|| without.to_owned());
                explanation.resource(service)
            }
            ObserveError::NoAccount { repository, cause } => Explanation {
                said: cause.as_ref().and_then(|cause| cause.explain().said),
                ..preflight("no-account").resource(repository).hint(format!(
                    "write the whole URI: ACCOUNT.dkr.ecr.REGION.amazonaws.com/{repository}; \
                     or find out why aws sts get-caller-identity fails"
                ))
            },
        }
    }
}
