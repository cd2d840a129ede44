//! Errors of AWS calls: which call, on what, why, and how to fix it.

mod classify;
mod denial;
mod source_text;

use std::fmt;

use crate::diagnostic::{Explain, Explanation, Suggestion, is_refused_certificate};
use crate::exit::Exit;

use super::setup_error::SetupError;

pub use denial::Denial;
pub(super) use source_text::{chain, error_text, plain};

/// The hint where only time helps.
const RESUMES: &str = "run the same command again: it resumes";

/// The kinds of failure that callers distinguish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwsErrorKind {
    /// A permission is missing, or a policy denies it.
    AccessDenied(Option<Box<Denial>>),
    /// The credentials have expired.
    Expired,
    /// AWS doesn't recognize the credentials.
    BadCredentials,
    /// The credentials could not be loaded or renewed.
    Setup(Box<SetupError>),
    /// This machine's clock is wrong.
    ClockSkew,
    /// Too many requests; retries are exhausted.
    Throttled,
    /// The named resource doesn't exist.
    NotFound,
    /// The resource to create already exists.
    AlreadyExists,
    /// AWS rejects the request as invalid.
    Refused,
    /// Connecting failed: nothing was sent.
    Unreachable,
    /// Connected, but no response arrived (in time).
    NoAnswer,
    /// AWS failed (5xx); retries are exhausted.
    ServiceFault,
    /// The response doesn't come from AWS.
    Nonsense,
    /// The caller canceled it before it was sent.
    Cancelled,
}

/// A failed call.
#[derive(Clone, Debug)]
pub struct AwsError(Box<ErrorDetails>);

#[derive(Clone, Debug)]
struct ErrorDetails {
    /// The prefix of IAM actions: `ecs`.
    service: &'static str,
    operation: &'static str,
    resource: Option<String>,
    cluster: Option<String>,
    kind: AwsErrorKind,
    code: Option<String>,
    said: Option<String>,
    request_id: Option<String>,
    /// Scheme and host of the endpoint that was called.
    endpoint: Option<String>,
    /// The variable or flag that set the endpoint.
    endpoint_from: Option<&'static str>,
    attempts: u32,
    /// The region of the bucket, if S3 names it.
    bucket_region: Option<String>,
}

impl AwsError {
    /// Returns the kind of failure.
    pub fn kind(&self) -> &AwsErrorKind {
        &self.0.kind
    }

    /// Returns the operation (`UpdateService`).
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Returns the IAM action of the operation itself (`ecs:UpdateService`).
    pub fn action(&self) -> String {
        format!("{}:{}", self.0.service, self.0.operation)
    }

    /// Returns AWS's error code (`ClusterNotFoundException`).
    pub fn aws_code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns AWS's error message.
    pub fn message(&self) -> Option<&str> {
        self.0.said.as_deref()
    }

    /// Returns the AWS request id, for AWS support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the region of the bucket, if S3 names it.
    pub fn bucket_region(&self) -> Option<&str> {
        self.0.bucket_region.as_deref()
    }

    /// Whether the named cluster doesn't exist.
    pub fn is_cluster_missing(&self) -> bool {
        self.aws_code() == Some("ClusterNotFoundException")
    }

    /// Whether the response came from an AWS stand-in that lacks this service or operation.
    pub fn is_unsupported(&self) -> bool {
        self.0.kind == AwsErrorKind::Nonsense && self.0.endpoint_from.is_some()
    }

    /// Whether the named resource doesn't exist.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == AwsErrorKind::NotFound
    }

    /// Whether the resource to create already exists.
    pub fn is_already_there(&self) -> bool {
        self.0.kind == AwsErrorKind::AlreadyExists
    }

    /// Whether a permission is missing.
    pub fn is_access_denied(&self) -> bool {
        matches!(self.0.kind, AwsErrorKind::AccessDenied(_))
    }

    /// Whether a caller that can do without the response goes on: a permission is missing, or nothing responds at
    /// the endpoint, as in a private subnet without a VPC endpoint for the service.
    pub fn is_out_of_reach(&self) -> bool {
        self.is_access_denied() || matches!(self.0.kind, AwsErrorKind::Unreachable | AwsErrorKind::NoAnswer)
    }

    /// Whether the caller canceled it before it was sent.
    pub fn is_cancelled(&self) -> bool {
        self.0.kind == AwsErrorKind::Cancelled
    }

    /// Whether newer credentials might help.
    pub fn is_expired(&self) -> bool {
        self.0.kind == AwsErrorKind::Expired
    }

    /// Whether the request may have been carried out anyway: check the state before sending it again.
    pub fn is_ambiguous(&self) -> bool {
        matches!(
            self.0.kind,
            AwsErrorKind::NoAnswer | AwsErrorKind::ServiceFault | AwsErrorKind::Nonsense
        )
    }

    /// Whether the request was certainly not carried out, and may succeed later.
    pub fn is_worth_retrying(&self) -> bool {
        matches!(self.0.kind, AwsErrorKind::Throttled | AwsErrorKind::Unreachable)
    }

    /// Returns `register task definition` for `RegisterTaskDefinition`.
    fn deed(&self) -> String {
        let mut deed = String::new();
        for c in self.0.operation.chars() {
            if c.is_ascii_uppercase() && !deed.is_empty() {
                deed.push(' ');
            }
            deed.push(c.to_ascii_lowercase());
        }
        match &self.0.resource {
            Some(resource) => format!("{deed} {resource}"),
            None => deed,
        }
    }

    fn endpoint(&self) -> &str {
        self.0.endpoint.as_deref().unwrap_or("AWS")
    }
}

impl fmt::Display for AwsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let deed = self.deed();
        match &self.0.kind {
            AwsErrorKind::AccessDenied(_) => write!(f, "access denied: could not {deed}"),
            AwsErrorKind::Expired => write!(f, "the AWS credentials have expired"),
            AwsErrorKind::BadCredentials => write!(f, "AWS rejected the credentials"),
            AwsErrorKind::Setup(error) => error.fmt(f),
            AwsErrorKind::ClockSkew => write!(
                f,
                "AWS rejected the request's signature time: this machine's clock is wrong"
            ),
            AwsErrorKind::Throttled => write!(f, "throttled by AWS: could not {deed}"),
            AwsErrorKind::NotFound if self.is_cluster_missing() => match &self.0.cluster {
                Some(cluster) => write!(f, "cluster {cluster} doesn't exist: could not {deed}"),
                None => write!(f, "the cluster doesn't exist: could not {deed}"),
            },
            AwsErrorKind::NotFound | AwsErrorKind::AlreadyExists | AwsErrorKind::Refused => {
                write!(f, "could not {deed}")
            }
            AwsErrorKind::Cancelled => write!(f, "canceled before the request to {deed}"),
            AwsErrorKind::Unreachable => write!(f, "could not connect to {} to {deed}", self.endpoint()),
            AwsErrorKind::NoAnswer => write!(f, "no response from {}: could not {deed}", self.endpoint()),
            AwsErrorKind::ServiceFault => write!(f, "AWS failed to {deed}"),
            AwsErrorKind::Nonsense => write!(
                f,
                "not an AWS API response from {}: could not {deed}",
                self.endpoint()
            ),
        }
    }
}

impl std::error::Error for AwsError {}

impl Explain for AwsError {
    fn explain(&self) -> Explanation {
        let cluster = self.0.cluster.as_ref().filter(|_| self.is_cluster_missing());
        let resource = cluster.or(self.0.resource.as_ref()).cloned();
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        let again = |code| Explanation::new(Exit::Unexpected, code).hint(RESUMES);
        let of_kind = match &self.0.kind {
            AwsErrorKind::Setup(error) => {
                return Explanation {
                    resource,
                    ..error.explain()
                };
            }
            AwsErrorKind::AccessDenied(denial) => {
                preflight("access-denied").hint(match (denial, &self.0.resource) {
                    (Some(denial), _) => denial.hint(self.0.operation),
                    (None, Some(resource)) => {
                        format!("allow {} on {resource} to the caller", self.action())
                    }
                    (None, None) => format!("allow {} to the caller", self.action()),
                })
            }
            AwsErrorKind::Expired => preflight("credentials-expired").hint(
                "log in again (aws sso login, aws login, or new keys), then run the same command again: it resumes",
            ),
            AwsErrorKind::BadCredentials => {
                // In a Region that the account has not enabled, AWS doesn't know its keys (IAM user guide,
                // "Managing AWS STS in an AWS Region").
                let region = match self.aws_code() {
                    Some("UnrecognizedClientException" | "InvalidClientTokenId") => {
                        "; or the region is not enabled for this account"
                    }
                    _ => "",
                };
                preflight("credentials-refused").hint(format!(
                    "aws sts get-caller-identity checks the keys; AWS_SESSION_TOKEN must belong to the same keys{region}"
                ))
            }
            AwsErrorKind::ClockSkew => {
                preflight("clock-skew").hint("synchronize this machine's clock (timedatectl set-ntp true)")
            }
            AwsErrorKind::Throttled => preflight("throttled").hint(RESUMES),
            AwsErrorKind::NotFound if self.is_cluster_missing() => preflight("cluster-not-found")
                .hint(Suggestion::from("aws ecs list-clusters lists the clusters; ").run("deploy", "--create-cluster").then(" creates it")),
            AwsErrorKind::NotFound => preflight("not-found"),
            AwsErrorKind::AlreadyExists => preflight("already-exists"),
            AwsErrorKind::Refused => preflight("refused"),
            AwsErrorKind::Unreachable => preflight("unreachable").hint(self.endpoint_hint()),
            AwsErrorKind::NoAnswer => preflight("no-answer").hint(self.endpoint_hint()),
            AwsErrorKind::ServiceFault => again("service-fault"),
            AwsErrorKind::Nonsense => preflight("not-aws").hint(self.endpoint_hint()),
            AwsErrorKind::Cancelled => Explanation::new(Exit::Interrupted, "interrupted"),
        };
        let who = match self.0.kind {
            AwsErrorKind::Unreachable | AwsErrorKind::NoAnswer => "system",
            _ => "AWS",
        };
        let error_text = self.0.said.as_ref().or(self.0.code.as_ref());
        let worth_support = matches!(
            self.0.kind,
            AwsErrorKind::ServiceFault | AwsErrorKind::Throttled | AwsErrorKind::Refused
        );
        let id = self.request_id().filter(|_| worth_support);
        // Amazon S3 API reference, GetObject, "Permissions".
        let is_s3_denial = self.0.service == "s3" && self.is_access_denied();
        let unknown = is_s3_denial.then(|| {
            "without s3:ListBucket, S3 also denies access to an object that doesn't exist".to_owned()
        });
        let tries = (self.0.attempts > 1).then(|| format!("tried {} times", self.0.attempts));
        Explanation {
            resource,
            said: error_text.map(|error_text| (who, error_text.clone())),
            ..of_kind.details(
                id.map(|id| format!("request id: {id}"))
                    .into_iter()
                    .chain(unknown)
                    .chain(tries),
            )
        }
    }
}

impl AwsError {
    fn endpoint_hint(&self) -> String {
        let said = self.message().unwrap_or_default();
        if said.contains("UnknownIssuer") {
            "behind a TLS-inspecting proxy, set AWS_CA_BUNDLE to the PEM file of its certificate authority"
                .into()
        } else if is_refused_certificate(said) {
            "create a certificate for that server that isn't a CA's (basicConstraints CA:FALSE), sign it with the CA, and \
             set AWS_CA_BUNDLE to the CA's PEM file"
                .into()
        } else if said.contains("CA bundle") {
            "set AWS_CA_BUNDLE, or the profile's ca_bundle, to a file of PEM certificates".into()
        } else if self.is_unsupported() {
            let (from, operation) = (self.0.endpoint_from.unwrap_or_default(), self.0.operation);
            format!("{from} sets that endpoint, which does not support {operation}; unset it to use AWS")
        } else if let Some(from) = self.0.endpoint_from {
            format!("{from} sets that endpoint: start the server there, or unset it to use AWS")
        } else {
            "check the network, HTTPS_PROXY, and that the region exists".into()
        }
    }
}
