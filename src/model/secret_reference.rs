//! What `valueFrom` of a task definition's secret refers to.

/// A secret of Secrets Manager, or a parameter of Parameter Store (API reference: Secret, `valueFrom`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretReference {
    /// A secret: `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:KEY:STAGE:VERSION]`.
    Secret {
        /// Its ARN, without what follows the name.
        arn: String,
        /// The stage of the version; None for a version that never changes, because it is given by its id.
        stage: Option<String>,
    },
    /// A parameter, by its name or ARN. `:VERSION` behind the name can't be used there.
    Parameter(String),
}

impl SecretReference {
    /// Returns its name as its ARN ends: `shop/db-AbCdEf`, `/shop/db`.
    pub fn name(&self) -> &str {
        match self {
            Self::Secret { arn, .. } => arn.rsplit(':').next().unwrap_or(arn),
            Self::Parameter(name) => name.split_once(":parameter").map_or(name, |(_, path)| path),
        }
    }

    /// Reads a `valueFrom` of a task in this region. None if it refers to another region.
    pub fn parse(value_from: &str, region: &str) -> Option<Self> {
        if !value_from.starts_with("arn:") {
            return (!value_from.is_empty()).then(|| Self::Parameter(value_from.to_owned()));
        }
        let parts: Vec<&str> = value_from.split(':').collect();
        let part = |index: usize| parts.get(index).copied().filter(|part| !part.is_empty());
        if part(3) != Some(region) {
            return None;
        }
        match part(2) {
            Some("ssm") => Some(Self::Parameter(value_from.to_owned())),
            Some("secretsmanager") => {
                part(6)?;
                Some(Self::Secret {
                    arn: parts[..7].join(":"),
                    stage: match part(9) {
                        Some(_) => None,
                        None => Some(part(8).unwrap_or("AWSCURRENT").to_owned()),
                    },
                })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refers(value_from: &str, expected: Option<SecretReference>) {
        assert_eq!(SecretReference::parse(value_from, "eu-west-1"), expected);
    }

    macro_rules! refers_to {
        ($($name:ident($text:expr, $expected:expr);)+) => { $(#[test] fn $name() { refers($text, $expected); })+ };
    }

    const ARN: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";

    fn secret(stage: Option<&str>) -> Option<SecretReference> {
        let stage = stage.map(str::to_owned);
        Some(SecretReference::Secret {
            arn: ARN.to_owned(),
            stage,
        })
    }

    refers_to! {
        a_secret(ARN, secret(Some("AWSCURRENT")));
        a_key_of_a_secret(&format!("{ARN}:password::"), secret(Some("AWSCURRENT")));
        a_stage_of_a_secret(&format!("{ARN}::AWSPREVIOUS:"), secret(Some("AWSPREVIOUS")));
        a_version_of_a_secret(&format!("{ARN}:::0a1b2c"), secret(None));
        a_parameter("/shop/db", Some(SecretReference::Parameter("/shop/db".to_owned())));
        a_parameter_by_its_arn(
            "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db",
            Some(SecretReference::Parameter("arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db".to_owned()))
        );
        a_parameter_of_another_region("arn:aws:ssm:us-east-1:123456789012:parameter/shop/db", None);
        nothing("", None);
        another_service("arn:aws:s3:eu-west-1:123456789012:bucket", None);
        an_unfinished_arn("arn:aws:secretsmanager:eu-west-1:123456789012:secret:", None);
    }
}
