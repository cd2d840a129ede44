//! Reads a live service and its task definition.

use crate::aws::Aws;
use crate::diagnostic::{Failure, Suggestion};
use crate::engine::polling::ReadRetry;
use crate::exit::Exit;
use crate::init::{Draft, DraftHead, from_service};

/// Drafts a file from a service that exists.
pub async fn draft_of_service(
    aws: &Aws,
    cluster: &str,
    name: &str,
    head: &DraftHead,
) -> Result<Draft, Failure> {
    let names = [name.to_owned()];
    let retry = ReadRetry::silent(aws.clock());
    let described = retry
        .read(|| Box::pin(aws.describe_services(cluster, &names)))
        .await?;
    let service = described.active(name).ok_or_else(|| no_service(cluster, name))?;
    let arn = service
        .task_definition
        .as_deref()
        .ok_or_else(|| no_definition(name))?;
    let definition = retry.read(|| Box::pin(aws.describe_task_definition(arn))).await?;
    let definition = definition.ok_or_else(|| no_definition(name))?;
    let head = DraftHead {
        region: Some(aws.region().to_owned()),
        ..head.clone()
    };
    Ok(from_service(service, &definition, &head))
}

fn no_service(cluster: &str, name: &str) -> Failure {
    let message = format!("service {name} doesn't exist in cluster {cluster}");
    Failure::new(Exit::Preflight, "no-such-service", message)
        .resource(name)
        .hint(Suggestion::from(
            "pass --cluster NAME and --region REGION of the service",
        ))
}

fn no_definition(name: &str) -> Failure {
    let message = format!("service {name} has no task definition that can be read");
    Failure::new(Exit::Preflight, "no-live-definition", message).resource(name)
}
