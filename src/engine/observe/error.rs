//! Why observing failed. Nothing was changed on AWS.

use crate::aws::AwsError;
use crate::diagnostic::{Explain, Explanation, Failure};
use crate::exit::Exit;
use crate::model::registry_domain;

/// Without this permission (an IAM action) the outcome of a deployment with this strategy can't be
/// determined; `cause` is why its service deployments can't be read.
pub(super) fn unwatchable(service: &str, strategy: &str, right: &str, cause: &AwsError) -> Failure {
    let message = format!(
        "service {service} uses {strategy}: without {right}, the result of its deployment can't be determined"
    );
    let Explanation {
        said, hint, details, ..
    } = cause.explain();
    let without = "deploymentConfiguration: {strategy: ROLLING} can be watched without it";
    let mut failure = Failure::new(Exit::Preflight, "unwatchable", message).resource(service);
    failure.said = said;
    failure.details = details;
    failure.hint(hint.unwrap_or_else(|| without.into()))
}

/// A repository's URI contains the account, and STS failed with `cause`.
pub(super) fn no_account(repository: &str, region: &str, cause: Option<&AwsError>) -> Failure {
    let message = format!("the account of repository {repository} is unknown");
    let mut failure = Failure::new(Exit::Preflight, "no-account", message).resource(repository);
    failure.said = cause.and_then(|cause| cause.explain().said);
    let domain = registry_domain(region);
    failure.hint(format!(
        "write the complete URI: ACCOUNT.{domain}/{repository}; \
         or find out why aws sts get-caller-identity fails"
    ))
}
