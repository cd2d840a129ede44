//! Host names of Amazon ECR's private registries, in each of AWS's partitions.

use super::AccountId;

/// A partition of AWS, by the host names in it.
struct Partition {
    /// How its regions begin. Empty: all others.
    regions: &'static str,
    /// The DNS suffix of its endpoints, and of its registries.
    suffix: &'static str,
    /// The DNS suffix of its dual-stack endpoints, after `api.`; that of its registries follows `on.`.
    dual_stack: &'static str,
}

const fn partition(regions: &'static str, suffix: &'static str, dual_stack: &'static str) -> Partition {
    Partition {
        regions,
        suffix,
        dual_stack,
    }
}

/// The partitions of AWS's SDKs (`partitions.json`: `regionRegex`, `dnsSuffix`, `dualStackDnsSuffix`). A test in
/// `aws` compares them with the SDK's own.
const PARTITIONS: [Partition; 7] = [
    partition("cn-", "amazonaws.com.cn", "amazonwebservices.com.cn"),
    partition("eusc-", "amazonaws.eu", "amazonwebservices.eu"),
    partition("us-iso-", "c2s.ic.gov", "aws.ic.gov"),
    partition("us-isob-", "sc2s.sgov.gov", "aws.scloud"),
    partition("eu-isoe-", "cloud.adc-e.uk", "cloud-aws.adc-e.uk"),
    partition("us-isof-", "csp.hci.ic.gov", "aws.hci.ic.gov"),
    partition("", "amazonaws.com", "aws"),
];

/// A parsed private registry host: `ACCOUNT.dkr.ecr.REGION.amazonaws.com`, its FIPS form and those of other
/// partitions, and the dual-stack `ACCOUNT.dkr-ecr.REGION.on.aws` (ECR user guide, "Amazon ECR endpoints").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryHost {
    /// The account that owns the registry.
    pub account: AccountId,
    /// The registry's region.
    pub region: String,
}

impl RegistryHost {
    /// Parses a host; None when it isn't a private ECR registry.
    pub fn parse(host: &str) -> Option<Self> {
        let (account, rest) = host.split_once('.')?;
        let rest = ["dkr.ecr.", "dkr.ecr-fips.", "dkr-ecr.", "dkr-ecr-fips."]
            .iter()
            .find_map(|prefix| rest.strip_prefix(prefix))?;
        let (region, suffix) = rest.split_once('.')?;
        let is_letter =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let is_aws = PARTITIONS.iter().any(|partition| {
            suffix == partition.suffix || suffix.strip_prefix("on.") == Some(partition.dual_stack)
        });
        let is_host = is_aws && !region.is_empty() && region.chars().all(is_letter);
        Some(Self {
            account: account.parse().ok().filter(|_| is_host)?,
            region: region.to_owned(),
        })
    }

    /// Returns the canonical host name.
    pub fn host(&self) -> String {
        format!("{}.{}", self.account, registry_domain(&self.region))
    }
}

/// Returns the part of a registry's host that follows the account: `dkr.ecr.REGION.amazonaws.com`.
pub fn registry_domain(region: &str) -> String {
    let mut partitions = PARTITIONS.iter();
    let partition = partitions.find(|partition| region.starts_with(partition.regions));
    let suffix = partition.map_or("amazonaws.com", |partition| partition.suffix);
    format!("dkr.ecr.{region}.{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_hosts_are_read() {
        for (host, expected) in [
            ("012345678901.dkr.ecr.us-east-1.amazonaws.com", Some("us-east-1")),
            (
                "012345678901.dkr.ecr.cn-north-1.amazonaws.com.cn",
                Some("cn-north-1"),
            ),
            (
                "012345678901.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
                Some("us-gov-west-1"),
            ),
            ("012345678901.dkr-ecr.eu-west-1.on.aws", Some("eu-west-1")),
            (
                "012345678901.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn",
                Some("cn-north-1"),
            ),
            (
                "012345678901.dkr.ecr.eusc-de-east-1.amazonaws.eu",
                Some("eusc-de-east-1"),
            ),
            (
                "012345678901.dkr.ecr.us-iso-east-1.c2s.ic.gov",
                Some("us-iso-east-1"),
            ),
            ("public.ecr.aws", None),
            ("12.dkr.ecr.us-east-1.amazonaws.com", None),
            ("012345678901.dkr.ecr.us-east-1.amazonaws.com.evil.test", None),
            ("012345678901.dkr.ecr.us-east-1.on.test", None),
            ("012345678901.dkr.ecr.US.amazonaws.com", None),
            ("localhost:5000", None),
        ] {
            let read = RegistryHost::parse(host);
            assert_eq!(read.as_ref().map(|read| read.region.as_str()), expected, "{host}");
        }
    }

    #[test]
    fn hosts_are_those_of_the_partition() {
        for host in [
            "012345678901.dkr.ecr.us-east-1.amazonaws.com",
            "012345678901.dkr.ecr.us-gov-west-1.amazonaws.com",
            "012345678901.dkr.ecr.cn-north-1.amazonaws.com.cn",
            "012345678901.dkr.ecr.eusc-de-east-1.amazonaws.eu",
            "012345678901.dkr.ecr.us-iso-east-1.c2s.ic.gov",
            "012345678901.dkr.ecr.us-isob-east-1.sc2s.sgov.gov",
            "012345678901.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk",
            "012345678901.dkr.ecr.us-isof-south-1.csp.hci.ic.gov",
        ] {
            assert_eq!(RegistryHost::parse(host).unwrap().host(), host);
        }
    }
}
