//! Secrets of containers: their references are well-formed, and what they refer to exists.

use super::CheckContext;
use crate::model::{Arn, Finding, Value, split_secret};
use crate::plan::EffectiveService;
use crate::plan::effective_service::{items, text};

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

/// Where a value is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredIn {
    /// Secrets Manager: the ARN without a key, a stage and a version.
    SecretsManager(String),
    /// Parameter Store: a name or an ARN.
    ParameterStore(String),
}

/// Returns the `valueFrom` of each secret of the containers and their log drivers.
pub fn values_from(service: &EffectiveService) -> Vec<&str> {
    let lists = service.containers().flat_map(|container| {
        let options = container
            .get("logConfiguration")
            .map(|it| items(it, "secretOptions"));
        items(container, "secrets").chain(options.into_iter().flatten())
    });
    let mut found: Vec<&str> = lists
        .filter_map(|secret: &Value| text(secret, "valueFrom"))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns where a value is stored, and its region if it names one; None if the reference is malformed. A reference is the
/// ARN of a secret with an optional key, stage and version, or the name or the ARN of a parameter (Amazon ECS API
/// reference: Secret).
pub fn stored_in(value_from: &str) -> Option<(StoredIn, Option<String>)> {
    if !value_from.starts_with("arn:") {
        return Some((StoredIn::ParameterStore(value_from.to_owned()), None));
    }
    let region = value_from.split(':').nth(3).filter(|region| !region.is_empty())?;
    let region = Some(region.to_owned());
    match value_from.split(':').nth(2)? {
        "secretsmanager" => {
            let (arn, parts) = split_secret(value_from)?;
            // "unexpected ARN format with parameters" (aws/amazon-ecs-agent, agent/taskresource/asmsecret/asmsecret.go)
            let is_whole = parts.is_empty() || parts.len() == 3;
            is_whole.then(|| (StoredIn::SecretsManager(arn.to_owned()), region))
        }
        "ssm" => Some((StoredIn::ParameterStore(value_from.to_owned()), region)),
        _ => None,
    }
}

/// Each secret has a well-formed reference and exists.
pub(super) fn exist(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let values = values_from(service);
    let mut is_checked = false;
    let mut findings = Vec::new();
    for value_from in values {
        let Some((stored, _)) = stored_in(value_from) else {
            is_checked = true;
            findings.push(malformed(value_from));
            continue;
        };
        let Some(state) = context.reads.secrets.get(value_from) else {
            continue;
        };
        is_checked = true;
        findings.extend(unusable(value_from, &stored, *state));
    }
    is_checked.then_some(findings)
}

fn malformed(value_from: &str) -> Finding {
    let message = format!("secret {value_from} is malformed");
    let hint = "write valueFrom as ARN:KEY:STAGE:VERSION with empty places kept, so a key alone is ARN:KEY::; or as the \
                name or the ARN of a parameter";
    Finding::error("secret-format", message).on(value_from).hint(hint)
}

fn unusable(value_from: &str, stored: &StoredIn, state: SecretState) -> Option<Finding> {
    let (code, message, hint) = match (stored, state) {
        (_, SecretState::Exists) => return None,
        (StoredIn::SecretsManager(arn), SecretState::Missing) => (
            "secret-not-found",
            format!("secret {} doesn't exist", secret_name(arn)),
            "create it, or correct valueFrom: aws secretsmanager list-secrets lists the ARNs".to_owned(),
        ),
        (StoredIn::SecretsManager(arn), SecretState::Deleted) => (
            "secret-deleted",
            format!("secret {} is scheduled for deletion", secret_name(arn)),
            format!("aws secretsmanager restore-secret --secret-id {arn} restores it"),
        ),
        (StoredIn::ParameterStore(name), _) => (
            "parameter-not-found",
            format!("parameter {name} doesn't exist"),
            "create it, or correct valueFrom: aws ssm describe-parameters lists the names".to_owned(),
        ),
    };
    Some(Finding::error(code, message).on(value_from).hint(hint))
}

fn secret_name(arn: &str) -> &str {
    let parsed: Option<Arn> = arn.parse().ok();
    let name = parsed.and_then(|_| arn.rsplit_once(':'));
    name.map_or(arn, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{codes, planned, reads};
    use super::*;

    const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

    #[test]
    fn references_have_a_store() {
        let secret = Some((
            StoredIn::SecretsManager(SECRET.to_owned()),
            Some("us-east-1".to_owned()),
        ));
        let parameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/db";
        for (text, expected) in [
            (SECRET.to_owned(), secret.clone()),
            (format!("{SECRET}:key::"), secret.clone()),
            (format!("{SECRET}:key:AWSCURRENT:"), secret),
            (format!("{SECRET}:key"), None),
            (format!("{SECRET}:key:a:b:c"), None),
            (
                "/shop/db".to_owned(),
                Some((StoredIn::ParameterStore("/shop/db".to_owned()), None)),
            ),
            (
                parameter.to_owned(),
                Some((
                    StoredIn::ParameterStore(parameter.to_owned()),
                    Some("eu-west-1".to_owned()),
                )),
            ),
            ("arn:aws:s3:::bucket".to_owned(), None),
            ("arn:".to_owned(), None),
        ] {
            assert_eq!(stored_in(&text), expected, "{text}");
        }
    }

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

    proptest::proptest! {
        #[test]
        fn no_reference_panics(text in "(arn|:|/|secretsmanager|ssm|[a-z]){0,20}") {
            let _ = stored_in(&text);
        }
    }
}
