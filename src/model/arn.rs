//! AWS identifiers: account ids, ARNs, cluster, region and task definition names.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// A 12-digit AWS account id. Kept as text because it may begin with a zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct AccountId(String);

impl AccountId {
    /// Returns the twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountId {
    type Err = InvalidAccountId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidAccountId(text.to_owned()))
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The error for an invalid account id.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a 12-digit account id")]
pub struct InvalidAccountId(String);

/// An Amazon Resource Name, `arn:partition:service:region:account:resource`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arn {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: String,
    /// `ecs`, `iam`, …
    pub service: String,
    /// Empty for global services.
    pub region: String,
    /// Empty for some services.
    pub account: String,
    /// Everything after the fifth colon.
    pub resource: String,
}

impl FromStr for Arn {
    type Err = InvalidArn;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        match parts.as_slice() {
            ["arn", partition, service, region, account, resource] if !resource.is_empty() => Ok(Self {
                partition: (*partition).to_owned(),
                service: (*service).to_owned(),
                region: (*region).to_owned(),
                account: (*account).to_owned(),
                resource: (*resource).to_owned(),
            }),
            _ => Err(InvalidArn(text.to_owned())),
        }
    }
}

/// The error for an invalid ARN.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not an ARN")]
pub struct InvalidArn(String);

/// Returns the name of a cluster given by name or by ARN (`arn:aws:ecs:…:cluster/NAME`).
/// CreateCluster takes no ARN.
pub fn cluster_name(cluster: &str) -> &str {
    cluster.rsplit_once('/').map_or(cluster, |(_, name)| name)
}

/// Whether `text` has the form of a region name. A region becomes part of endpoint host names, so it must be
/// a valid host name label. Only AWS knows which regions exist.
pub fn is_region(text: &str) -> bool {
    // A region is a label of the endpoint's host name: at most 63 characters (RFC 1035, 2.3.4).
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// `FAMILY:REVISION`, the short name of a task definition revision.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DefinitionId {
    /// The family.
    pub family: String,
    /// The revision, starting at 1.
    pub revision: u64,
}

impl DefinitionId {
    /// Parses `FAMILY:REV` or a task definition ARN.
    pub fn parse(text: &str) -> Option<Self> {
        let short = match text.parse::<Arn>() {
            Ok(arn) => arn.resource.strip_prefix("task-definition/")?.to_owned(),
            Err(_) => text.to_owned(),
        };
        let (family, revision) = short.rsplit_once(':')?;
        Some(Self {
            family: family.to_owned(),
            revision: revision.parse().ok()?,
        })
    }
}

/// Shortens a task definition ARN to `web:42`; returns other text unchanged.
pub fn short_definition(definition: &str) -> &str {
    definition.rsplit_once('/').map_or(definition, |(_, short)| short)
}

impl fmt::Display for DefinitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.family, self.revision)
    }
}

impl Serialize for DefinitionId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The caller's AWS identity (GetCallerIdentity).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account.
    pub account: AccountId,
    /// The caller's ARN.
    pub arn: String,
}
