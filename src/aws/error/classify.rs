//! From the SDK's error, or AWS's code and words, to a kind.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::{AwsError, Denial, Details, Kind, chain, plain, words};
use crate::aws::setup::SetupError;
use crate::aws::wire::{AttemptRecord, Call};

impl AwsError {
    /// An error about a call, of a kind.
    pub(in crate::aws) fn new(call: &Call, kind: Kind, said: Option<String>) -> Self {
        Self(Box::new(Details {
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
        }))
    }

    /// What the SDK says, with what was seen on the wire.
    pub(in crate::aws) fn from_sdk<E>(
        call: &Call,
        record: &AttemptRecord,
        error: &SdkError<E, HttpResponse>,
    ) -> Self
    where
        E: Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let setup = chain(error).find_map(|layer| layer.downcast_ref::<SetupError>());
        let kind = match (setup, error) {
            (Some(setup), _) => Kind::Setup(Box::new(setup.clone())),
            (None, SdkError::ServiceError(refusal)) => {
                of_refusal(refusal.raw().status().as_u16(), error.code(), error.message())
            }
            (None, SdkError::ResponseError(_)) => Kind::Nonsense,
            (None, _) if record.last().connected => Kind::NoAnswer,
            (None, _) => Kind::Unreachable,
        };
        let said = match error {
            SdkError::ServiceError(_) => error
                .message()
                .map(plain)
                .or_else(|| error.code().is_none().then(|| record.first_words()).flatten()),
            SdkError::ResponseError(_) => record.first_words().or_else(|| Some(words(error))),
            _ => Some(words(error)),
        };
        let mut told = Self::new(call, kind, said);
        told.0.code = error.code().map(plain);
        told.0.request_id = error.request_id().map(plain);
        told.after(record)
    }

    /// The whole call took too long, its retries included.
    pub(in crate::aws) fn out_of_time(call: &Call, record: &AttemptRecord) -> Self {
        Self::new(call, Kind::NoAnswer, Some("timed out".to_owned())).after(record)
    }

    /// An answer that isn't JSON where JSON was due.
    pub(in crate::aws) fn nonsense(call: &Call, record: &AttemptRecord) -> Self {
        let mut told = Self::new(call, Kind::Nonsense, record.first_words());
        told.0.endpoint = record.last().endpoint;
        told
    }

    fn after(mut self, record: &AttemptRecord) -> Self {
        let last = record.last();
        self.0.endpoint = last.endpoint;
        self.0.attempts = last.attempts;
        self
    }
}

/// The kind of an answer that says no: by AWS's words, its code, then the HTTP status.
fn of_refusal(status: u16, code: Option<&str>, message: Option<&str>) -> Kind {
    let code = code.unwrap_or_default();
    let message = message.unwrap_or_default();
    // ECS wraps a denied iam:PassRole into a ClientException, so the words count before the code.
    if let Some(denial) = Denial::read(message) {
        return Kind::AccessDenied(Some(Box::new(denial)));
    }
    match code {
        "AccessDenied"
        | "AccessDeniedException"
        | "UnauthorizedOperation"
        | "NotAuthorized"
        | "AuthorizationError" => Kind::AccessDenied(None),
        "ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired" => Kind::Expired,
        "RequestTimeTooSkewed" | "RequestExpired" | "RequestInTheFuture" => Kind::ClockSkew,
        "InvalidSignatureException" | "SignatureDoesNotMatch"
            if ["Signature expired", "Signature not yet current"]
                .iter()
                .any(|words| message.contains(words)) =>
        {
            Kind::ClockSkew
        }
        "UnrecognizedClientException" if message.contains("expired") => Kind::Expired,
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "AuthFailure"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "IncompleteSignature"
        | "InvalidAccessKeyId"
        | "OptInRequired" => Kind::BadCredentials,
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "BandwidthLimitExceeded"
        | "PriorRequestNotComplete"
        | "SlowDown" => Kind::Throttled,
        code if code.contains("NotFound") || code == "ClusterDoesNotExist" => Kind::NotFound,
        code if code.contains("AlreadyExists") => Kind::AlreadyExists,
        // ECS has no code of its own for a task definition that isn't there.
        "ClientException" if message.contains("Unable to describe task definition") => Kind::NotFound,
        _ if status == 429 => Kind::Throttled,
        _ if status >= 500 => Kind::ServiceFault,
        "" if status == 403 => Kind::AccessDenied(None),
        "" => Kind::Nonsense,
        _ => Kind::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_have_their_kinds() {
        let denied = "User: arn:aws:iam::1:user/ci is not authorized to perform: iam:PassRole on resource: r";
        let rows = [
            (400, "AccessDeniedException", "", Kind::AccessDenied(None)),
            (400, "ClientException", denied, Kind::AccessDenied(None)),
            (400, "ExpiredTokenException", "", Kind::Expired),
            (
                400,
                "InvalidSignatureException",
                "Signature expired: 2026…",
                Kind::ClockSkew,
            ),
            (403, "InvalidSignatureException", "no match", Kind::BadCredentials),
            (
                400,
                "UnrecognizedClientException",
                "The security token …",
                Kind::BadCredentials,
            ),
            (400, "ThrottlingException", "Rate exceeded", Kind::Throttled),
            (400, "ClusterNotFoundException", "", Kind::NotFound),
            (400, "RepositoryNotFoundException", "", Kind::NotFound),
            (
                400,
                "ClientException",
                "Unable to describe task definition.",
                Kind::NotFound,
            ),
            (400, "ResourceAlreadyExistsException", "", Kind::AlreadyExists),
            (400, "InvalidParameterException", "no", Kind::Refused),
            (500, "ServerException", "", Kind::ServiceFault),
            (503, "", "", Kind::ServiceFault),
            (429, "", "", Kind::Throttled),
            (403, "", "", Kind::AccessDenied(None)),
            (404, "", "", Kind::Nonsense),
        ];
        for (status, code, message, expected) in rows {
            let code = Some(code).filter(|code| !code.is_empty());
            let kind = of_refusal(status, code, Some(message));
            assert_eq!(
                std::mem::discriminant(&kind),
                std::mem::discriminant(&expected),
                "{status} {code:?} {message}: {kind:?}"
            );
        }
    }
}
