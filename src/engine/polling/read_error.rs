//! A read that failed while polling, and whether it is worth polling again.

use crate::aws::{AwsError, AwsErrorKind};
use crate::diagnostic::Failure;

/// What a failed read means for the poller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The next read may succeed: 5xx, connection reset, no response.
    Transient,
    /// Too many requests: slow down.
    Throttled,
    /// The credentials are no longer valid.
    Credentials,
    /// The endpoint doesn't support the operation, or this use of it.
    Unsupported,
    /// Access denied.
    Denied,
    /// No later read will succeed.
    Fatal,
}

impl Severity {
    /// Whether every later read will fail the same way.
    pub fn is_permanent(self) -> bool {
        matches!(self, Self::Denied | Self::Unsupported | Self::Fatal)
    }
}

/// A read that failed.
#[derive(Clone, Debug)]
pub struct ReadError {
    /// How severe it is.
    pub severity: Severity,
    /// The failure to report.
    pub failure: Failure,
}

impl ReadError {
    /// Creates a read error from a failure and its severity.
    pub fn new(severity: Severity, failure: impl Into<Failure>) -> Self {
        Self {
            severity,
            failure: failure.into(),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        error.failure
    }
}

impl From<AwsError> for ReadError {
    fn from(error: AwsError) -> Self {
        let severity = match error.kind() {
            AwsErrorKind::Throttled => Severity::Throttled,
            AwsErrorKind::Unreachable
            | AwsErrorKind::NoAnswer
            | AwsErrorKind::ServiceFault
            | AwsErrorKind::Nonsense => Severity::Transient,
            AwsErrorKind::AccessDenied(_) => Severity::Denied,
            AwsErrorKind::Expired | AwsErrorKind::BadCredentials | AwsErrorKind::Setup(_) => {
                Severity::Credentials
            }
            // A replica may not know a newly created service yet; a cluster is never created this late.
            AwsErrorKind::NotFound if error.is_cluster_missing() => Severity::Fatal,
            AwsErrorKind::NotFound => Severity::Transient,
            AwsErrorKind::Refused => Severity::Unsupported,
            AwsErrorKind::AlreadyExists | AwsErrorKind::ClockSkew | AwsErrorKind::Cancelled => {
                Severity::Fatal
            }
        };
        Self::new(severity, error)
    }
}
