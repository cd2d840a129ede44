//! What `valueFrom` of a task definition's secret refers to.

use super::split_secret;

/// A secret of Secrets Manager, or a parameter of Parameter Store (Amazon ECS API reference: Secret, `valueFrom`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretReference {
    /// A secret: `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:KEY:STAGE:VERSION]`.
    Secret {
        /// Its ARN, without what follows the name.
        arn: String,
        /// Its region.
        region: String,
        /// The stage of the version; None for a version that never changes, because it is given by its id.
        stage: Option<String>,
    },
    /// A parameter. `:VERSION` behind the name can't be used there.
    Parameter {
        /// Its name or ARN.
        name: String,
        /// The region in its ARN.
        region: Option<String>,
    },
}

impl SecretReference {
    /// Reads a `valueFrom`. None if it is malformed: ECS takes the ARN of a secret with an optional key, stage and
    /// version, or the name or the ARN of a parameter.
    pub fn parse(value_from: &str) -> Option<Self> {
        if !value_from.starts_with("arn:") {
            let name = value_from.to_owned();
            return (!name.is_empty()).then_some(Self::Parameter { name, region: None });
        }
        let part = |index: usize| value_from.split(':').nth(index).filter(|part| !part.is_empty());
        let region = part(3)?.to_owned();
        match part(2)? {
            "secretsmanager" => {
                let (arn, parts) = split_secret(value_from)?;
                part(6)?;
                // "unexpected ARN format with parameters" (aws/amazon-ecs-agent,
                // agent/taskresource/asmsecret/asmsecret.go)
                if !matches!(parts.len(), 0 | 3) {
                    return None;
                }
                let of = |index: usize| parts.get(index).copied().filter(|part| !part.is_empty());
                Some(Self::Secret {
                    arn: arn.to_owned(),
                    region,
                    stage: match of(2) {
                        Some(_) => None,
                        None => Some(of(1).unwrap_or("AWSCURRENT").to_owned()),
                    },
                })
            }
            "ssm" => Some(Self::Parameter {
                name: value_from.to_owned(),
                region: Some(region),
            }),
            _ => None,
        }
    }

    /// Returns its region; None if that is the task's.
    pub fn region(&self) -> Option<&str> {
        match self {
            Self::Secret { region, .. } => Some(region),
            Self::Parameter { region, .. } => region.as_deref(),
        }
    }

    /// Returns its name as its ARN ends: `shop/db-AbCdEf`, `/shop/db`.
    pub fn name(&self) -> &str {
        match self {
            Self::Secret { arn, .. } => arn.rsplit(':').next().unwrap_or(arn),
            Self::Parameter { name, .. } => name.split_once(":parameter").map_or(name, |(_, path)| path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refers(value_from: &str, expected: Option<SecretReference>) {
        assert_eq!(SecretReference::parse(value_from), expected);
    }

    macro_rules! refers_to {
        ($($name:ident($text:expr, $expected:expr);)+) => { $(#[test] fn $name() { refers($text, $expected); })+ };
    }

    const ARN: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
    const PARAMETER: &str = "arn:aws:ssm:us-east-1:123456789012:parameter/shop/db";

    fn secret(stage: Option<&str>) -> Option<SecretReference> {
        Some(SecretReference::Secret {
            arn: ARN.to_owned(),
            region: "eu-west-1".to_owned(),
            stage: stage.map(str::to_owned),
        })
    }

    fn parameter(name: &str, region: Option<&str>) -> Option<SecretReference> {
        Some(SecretReference::Parameter {
            name: name.to_owned(),
            region: region.map(str::to_owned),
        })
    }

    refers_to! {
        a_secret(ARN, secret(Some("AWSCURRENT")));
        a_key_of_a_secret(&format!("{ARN}:password::"), secret(Some("AWSCURRENT")));
        a_key_and_a_stage(&format!("{ARN}:key:AWSCURRENT:"), secret(Some("AWSCURRENT")));
        a_stage_of_a_secret(&format!("{ARN}::AWSPREVIOUS:"), secret(Some("AWSPREVIOUS")));
        a_version_of_a_secret(&format!("{ARN}:::0a1b2c"), secret(None));
        a_key_without_its_colons(&format!("{ARN}:key"), None);
        too_many_parts(&format!("{ARN}:key:a:b:c"), None);
        a_parameter("/shop/db", parameter("/shop/db", None));
        a_parameter_by_its_arn(PARAMETER, parameter(PARAMETER, Some("us-east-1")));
        nothing("", None);
        no_arn("arn:", None);
        another_service("arn:aws:s3:eu-west-1:123456789012:bucket", None);
        a_service_without_regions("arn:aws:s3:::bucket", None);
        an_unfinished_arn("arn:aws:secretsmanager:eu-west-1:123456789012:secret:", None);
    }

    #[test]
    fn names_are_the_ends_of_arns() {
        for (text, expected) in [(ARN, "db-AbCdEf"), (PARAMETER, "/shop/db"), ("key", "key")] {
            assert_eq!(SecretReference::parse(text).unwrap().name(), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_reference_panics(text in "(arn|:|/|secretsmanager|ssm|[a-z]){0,20}") {
            let _ = SecretReference::parse(&text).map(|it| it.name().len());
        }
    }
}
