//! Resolves `--to`: a task definition, or a deployment of the service.

use super::error::{RollbackError, not_a_revision};
use super::history::definition_of;
use super::target_request::TargetRequest;
use super::validate::NotDeployable;
use crate::aws::Aws;
use crate::ecs::Service;
use crate::engine::polling::ReadRetry;
use crate::model::{Arn, DefinitionId};

/// The task definition that `--to` names.
pub(super) async fn named(
    aws: &Aws,
    request: &TargetRequest<'_>,
    text: &str,
    current: &str,
) -> Result<String, RollbackError> {
    match revision(text, current, request.service).ok_or_else(|| not_a_revision(text))? {
        RequestedRevision::Definition(id) => Ok(id),
        RequestedRevision::OfService(arn) => {
            let described = ReadRetry::silent(aws.clock())
                .read(|| Box::pin(aws.describe_service_revisions(std::slice::from_ref(&arn))))
                .await?;
            definition_of(&described, &arn)
                .ok_or_else(|| request.not_deployable(text, &NotDeployable::Unknown, None))
        }
    }
}

/// A parsed `--to`.
#[derive(Debug, PartialEq, Eq)]
enum RequestedRevision {
    /// `web:41` or an ARN.
    Definition(String),
    /// The ARN of a service revision.
    OfService(String),
}

/// Parses `--to`: a number is a revision of the current family, `ecs-svc/N` a deployment of the service.
/// Revision numbers start at 1.
fn revision(text: &str, current: &str, service: &Service) -> Option<RequestedRevision> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let id = DefinitionId {
            revision: text.parse().ok().filter(|number| *number > 0)?,
            ..DefinitionId::parse(current)?
        };
        return Some(RequestedRevision::Definition(id.to_string()));
    }
    let arn = text.parse::<Arn>().ok();
    if arn.is_some_and(|arn| arn.service == "ecs" && arn.resource.starts_with("service-revision/")) {
        return Some(RequestedRevision::OfService(text.to_owned()));
    }
    if let Some(number) = text.strip_prefix("ecs-svc/") {
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let arn: Arn = service.arn.as_deref()?.parse().ok()?;
        let of = arn.resource.strip_prefix("service/").filter(|_| is_number)?;
        let Arn {
            partition,
            region,
            account,
            ..
        } = &arn;
        let revision = format!("arn:{partition}:ecs:{region}:{account}:service-revision/{of}/{number}");
        return Some(RequestedRevision::OfService(revision));
    }
    let id = DefinitionId::parse(text)?;
    (!id.family.is_empty() && id.revision > 0).then(|| RequestedRevision::Definition(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const CURRENT: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42";

    #[test]
    fn revisions_are_parsed_from_definitions_and_deployments() {
        let service =
            Service::read(json!({"serviceArn": "arn:aws:ecs:us-east-1:123456789012:service/c/web"}));
        let definition = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7";
        let of_service = "arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/498";
        let rows = [
            ("7", RequestedRevision::Definition("web:7".to_owned())),
            ("007", RequestedRevision::Definition("web:7".to_owned())),
            ("api:7", RequestedRevision::Definition("api:7".to_owned())),
            (definition, RequestedRevision::Definition(definition.to_owned())),
            (of_service, RequestedRevision::OfService(of_service.to_owned())),
            ("ecs-svc/498", RequestedRevision::OfService(of_service.to_owned())),
        ];
        for (text, expected) in rows {
            assert_eq!(revision(text, CURRENT, &service), Some(expected), "{text}");
        }
        for text in [
            "",
            "0",
            "web:0",
            "web",
            "web:",
            ":7",
            "web:latest",
            "ecs-svc/",
            "ecs-svc/x",
            "99999999999999999999999",
            "arn:aws:ecs:us-east-1:1:service/web",
        ] {
            assert_eq!(revision(text, CURRENT, &service), None, "{text}");
        }
    }
}
