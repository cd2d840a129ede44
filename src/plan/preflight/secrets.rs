//! Secrets of containers: their references are well-formed, and what they refer to exists.

use super::CheckContext;
use crate::ecs::secrets_of;
use crate::model::{Finding, SecretReference};
use crate::plan::EffectiveService;

/// What a `valueFrom` refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretState {
    /// It exists.
    Exists,
    /// It doesn't exist.
    Missing,
    /// It is scheduled for deletion, so that no value can be read.
    Deleted,
}

/// Returns the `valueFrom` of each secret of the containers and their log drivers, sorted and each once.
pub fn values_from(service: &EffectiveService) -> Vec<&str> {
    let mut found: Vec<&str> = secrets_of(&service.definition).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Each secret has a well-formed reference and exists.
pub(super) fn exist(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let values = values_from(service);
    let mut is_checked = false;
    let mut findings = Vec::new();
    for value_from in values {
        let Some(reference) = SecretReference::parse(value_from) else {
            is_checked = true;
            findings.push(malformed(value_from));
            continue;
        };
        let Some(state) = context.reads.secrets.get(value_from) else {
            continue;
        };
        is_checked = true;
        findings.extend(unusable(value_from, &reference, *state));
    }
    is_checked.then_some(findings)
}

fn malformed(value_from: &str) -> Finding {
    let message = format!("secret {value_from} is malformed");
    let hint = "write valueFrom as ARN:KEY:STAGE:VERSION with empty places kept, so a key alone is ARN:KEY::; or as the \
                name or the ARN of a parameter";
    Finding::error("secret-format", message).on(value_from).hint(hint)
}

fn unusable(value_from: &str, reference: &SecretReference, state: SecretState) -> Option<Finding> {
    let (code, message, hint) = match (reference, state) {
        (_, SecretState::Exists) => return None,
        (SecretReference::Secret { .. }, SecretState::Missing) => (
            "secret-not-found",
            format!("secret {} doesn't exist", reference.name()),
            "create it, or correct valueFrom: aws secretsmanager list-secrets lists the ARNs".to_owned(),
        ),
        (SecretReference::Secret { arn, .. }, SecretState::Deleted) => (
            "secret-deleted",
            format!("secret {} is scheduled for deletion", reference.name()),
            format!("aws secretsmanager restore-secret --secret-id {arn} restores it"),
        ),
        (SecretReference::Parameter { name, .. }, _) => (
            "parameter-not-found",
            format!("parameter {name} doesn't exist"),
            "create it, or correct valueFrom: aws ssm describe-parameters lists the names".to_owned(),
        ),
    };
    Some(Finding::error(code, message).on(value_from).hint(hint))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{codes, planned, reads};
    use super::*;

    const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

    #[test]
    fn secrets_must_exist() {
        let secrets = json!([{"name": "A", "valueFrom": SECRET}, {"name": "B", "valueFrom": "/db"}]);
        let options = json!({"secretOptions": [{"name": "C", "valueFrom": "arn:x"}]});
        let service = planned(
            json!({"containerDefinitions": [{"secrets": secrets, "logConfiguration": options}]}),
            json!({}),
        );
        let mut reads = reads();
        reads.secrets.insert(SECRET.to_owned(), SecretState::Deleted);
        reads.secrets.insert("/db".to_owned(), SecretState::Missing);
        let found = codes(&service, &reads, exist).unwrap();
        assert_eq!(found, ["parameter-not-found", "secret-deleted", "secret-format"]);
    }
}
