//! Classifies errors: from the SDK's error, or AWS's code and message, to a kind.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::{AwsError, AwsErrorKind, Denial, ErrorDetails, chain, error_text, plain};
use crate::aws::bounded_replies::ReplyTooLarge;
use crate::aws::setup_error::SetupError;
use crate::aws::wire::{AttemptRecord, AwsCall};

impl AwsError {
    /// Creates an error of a kind for a call.
    pub(in crate::aws) fn new(call: &AwsCall, kind: AwsErrorKind, said: Option<String>) -> Self {
        Self(Box::new(ErrorDetails {
            service: call.service,
            operation: call.operation,
            resource: call.resource.clone(),
            cluster: call.cluster.clone(),
            kind,
            code: None,
            said,
            request_id: None,
            endpoint: None,
            endpoint_from: call.endpoint_from,
            attempts: 0,
            bucket_region: None,
        }))
    }

    /// Creates an error from the SDK's error and the recorded attempt.
    pub(in crate::aws) fn from_sdk<E>(
        call: &AwsCall,
        record: &AttemptRecord,
        error: &SdkError<E, HttpResponse>,
    ) -> Self
    where
        E: Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let setup = chain(error).find_map(|layer| layer.downcast_ref::<SetupError>());
        let kind = match (setup, error) {
            (Some(setup), _) => AwsErrorKind::Setup(Box::new(setup.clone())),
            (None, SdkError::ServiceError(refusal)) => {
                from_refusal(refusal.raw().status().as_u16(), error.code(), error.message())
            }
            (None, SdkError::ResponseError(_)) => AwsErrorKind::Nonsense,
            _ if chain(error).any(|layer| layer.is::<ReplyTooLarge>()) => AwsErrorKind::Nonsense,
            (None, _) if record.last().connected => AwsErrorKind::NoAnswer,
            (None, _) => AwsErrorKind::Unreachable,
        };
        let said = match error {
            SdkError::ServiceError(_) => error
                .message()
                .map(plain)
                .or_else(|| error.code().is_none().then(|| record.first_words()).flatten()),
            SdkError::ResponseError(_) => record.first_words().or_else(|| Some(error_text(error))),
            _ => Some(error_text(error)),
        };
        let mut told = Self::new(call, kind, said);
        told.0.code = error.code().map(plain);
        told.0.request_id = error.request_id().map(plain);
        told.after(record)
    }

    /// Creates an error from the code and the message of a refusal that the SDK doesn't parse.
    pub(in crate::aws) fn from_codes(
        call: &AwsCall,
        record: &AttemptRecord,
        status: u16,
        (code, message): (Option<&str>, Option<&str>),
    ) -> Self {
        let said = message.map(plain).or_else(|| record.first_words());
        let mut told = Self::new(call, from_refusal(status, code, message), said);
        told.0.code = code.map(plain);
        told.after(record)
    }

    /// Creates the error for a call that exceeded its time limit, retries included.
    pub(in crate::aws) fn timeout_error(call: &AwsCall, record: &AttemptRecord) -> Self {
        Self::new(call, AwsErrorKind::NoAnswer, Some("timed out".to_owned())).after(record)
    }

    /// Creates the error for a response that isn't JSON where JSON was expected.
    pub(in crate::aws) fn nonsense(call: &AwsCall, record: &AttemptRecord) -> Self {
        let mut told = Self::new(call, AwsErrorKind::Nonsense, record.first_words());
        told.0.endpoint = record.last().endpoint;
        told
    }

    fn after(mut self, record: &AttemptRecord) -> Self {
        let last = record.last();
        self.0.endpoint = last.endpoint;
        self.0.bucket_region = last.bucket_region;
        self.0.attempts = last.attempts;
        self
    }
}

/// Returns the kind of an error response: by AWS's message, its code, then the HTTP status.
fn from_refusal(status: u16, code: Option<&str>, message: Option<&str>) -> AwsErrorKind {
    let code = code.unwrap_or_default();
    let message = message.unwrap_or_default();
    // ECS wraps a denied iam:PassRole into a ClientException, so the message takes precedence over the code.
    if let Some(denial) = Denial::read(message) {
        return AwsErrorKind::AccessDenied(Some(Box::new(denial)));
    }
    match code {
        "AccessDenied"
        | "AccessDeniedException"
        | "UnauthorizedOperation"
        | "NotAuthorized"
        | "AuthorizationError" => AwsErrorKind::AccessDenied(None),
        "ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired" => AwsErrorKind::Expired,
        "RequestTimeTooSkewed" | "RequestExpired" | "RequestInTheFuture" => AwsErrorKind::ClockSkew,
        "InvalidSignatureException" | "SignatureDoesNotMatch"
            if ["Signature expired", "Signature not yet current"]
                .iter()
                .any(|error_text| message.contains(error_text)) =>
        {
            AwsErrorKind::ClockSkew
        }
        "UnrecognizedClientException" if message.contains("expired") => AwsErrorKind::Expired,
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "AuthFailure"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "IncompleteSignature"
        | "InvalidAccessKeyId"
        | "OptInRequired" => AwsErrorKind::BadCredentials,
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "BandwidthLimitExceeded"
        | "PriorRequestNotComplete"
        | "SlowDown" => AwsErrorKind::Throttled,
        code if code.contains("NotFound") || code == "ClusterDoesNotExist" => AwsErrorKind::NotFound,
        code if code.contains("AlreadyExists") => AwsErrorKind::AlreadyExists,
        // ECS has no separate code for a task definition that doesn't exist.
        "ClientException" if message.contains("Unable to describe task definition") => AwsErrorKind::NotFound,
        _ if status == 429 => AwsErrorKind::Throttled,
        _ if status >= 500 => AwsErrorKind::ServiceFault,
        "" if status == 403 => AwsErrorKind::AccessDenied(None),
        "" => AwsErrorKind::Nonsense,
        _ => AwsErrorKind::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_have_their_kinds() {
        let denied = "User: arn:aws:iam::1:user/ci is not authorized to perform: iam:PassRole on resource: r";
        let rows = [
            (400, "AccessDeniedException", "", AwsErrorKind::AccessDenied(None)),
            (400, "ClientException", denied, AwsErrorKind::AccessDenied(None)),
            (400, "ExpiredTokenException", "", AwsErrorKind::Expired),
            (
                400,
                "InvalidSignatureException",
                "Signature expired: 2026…",
                AwsErrorKind::ClockSkew,
            ),
            (
                403,
                "InvalidSignatureException",
                "no match",
                AwsErrorKind::BadCredentials,
            ),
            (
                400,
                "UnrecognizedClientException",
                "The security token …",
                AwsErrorKind::BadCredentials,
            ),
            (
                400,
                "ThrottlingException",
                "Rate exceeded",
                AwsErrorKind::Throttled,
            ),
            (400, "ClusterNotFoundException", "", AwsErrorKind::NotFound),
            (400, "RepositoryNotFoundException", "", AwsErrorKind::NotFound),
            (
                400,
                "ClientException",
                "Unable to describe task definition.",
                AwsErrorKind::NotFound,
            ),
            (
                400,
                "ResourceAlreadyExistsException",
                "",
                AwsErrorKind::AlreadyExists,
            ),
            (400, "InvalidParameterException", "no", AwsErrorKind::Refused),
            (500, "ServerException", "", AwsErrorKind::ServiceFault),
            (503, "", "", AwsErrorKind::ServiceFault),
            (429, "", "", AwsErrorKind::Throttled),
            (403, "", "", AwsErrorKind::AccessDenied(None)),
            (404, "", "", AwsErrorKind::Nonsense),
        ];
        for (status, code, message, expected) in rows {
            let code = Some(code).filter(|code| !code.is_empty());
            let kind = from_refusal(status, code, Some(message));
            assert_eq!(
                std::mem::discriminant(&kind),
                std::mem::discriminant(&expected),
                "{status} {code:?} {message}: {kind:?}"
            );
        }
    }
}
