//! Calls of services for which ecsctl has no client, by the query protocol.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::error::AwsError;
use super::wire::{AttemptRecord, AwsCall, SentRequest};
use super::xml::XmlShape::{self, Structure, Text};
use super::xml::read;
use crate::model::Value;

/// An error of EC2, and one of the other services of the query protocol.
const REFUSAL: XmlShape = Structure(&[("Error", CODES), ("Errors", Structure(&[("Error", CODES)]))]);
const CODES: XmlShape = Structure(&[("Code", Text), ("Message", Text)]);

/// Returns the names of a list's items and their values: `SubnetId.1`, or `ActionNames.member.1`.
pub(super) fn items<'a>(
    list: &'a str,
    values: impl IntoIterator<Item = impl Into<String>> + 'a,
) -> impl Iterator<Item = (String, String)> + 'a {
    let numbered = values.into_iter().zip(1..);
    numbered.map(move |(value, number): (_, usize)| (format!("{list}.{number}"), value.into()))
}

/// Returns a successful reply as XML; the SDK can't parse it, as it belongs to another operation.
pub(super) fn as_xml<O, E>(
    call: &AwsCall,
    record: &AttemptRecord,
    sent: SentRequest<O, E>,
) -> Result<bytes::Bytes, AwsError>
where
    E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
    SdkError<E, HttpResponse>: std::error::Error,
{
    let error = match sent {
        Err(_) => return Err(AwsError::timeout_error(call, record)),
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error),
    };
    match (record.reply(), error) {
        (Some((200..=299, reply)), _) => Ok(reply),
        (Some((status, reply)), Some(_)) => {
            let refusal = read(&reply, &REFUSAL).unwrap_or_default();
            let text = |member: &str| {
                let codes = refusal
                    .get("Error")
                    .or_else(|| refusal.get("Errors")?.get("Error"));
                codes?
                    .get(member)
                    .and_then(Value::as_str)
                    .filter(|it| !it.is_empty())
            };
            Err(AwsError::from_codes(
                call,
                record,
                status,
                (text("Code"), text("Message")),
            ))
        }
        (None, Some(error)) => Err(AwsError::from_sdk(call, record, &error)),
        (_, None) => Err(AwsError::nonsense(call, record)),
    }
}

/// Sends a form and reads the reply by a shape: `query!(self, call, &SHAPE)`.
macro_rules! query {
    ($aws:expr, $call:expr, $shape:expr) => {{
        let call: $crate::aws::wire::AwsCall = $call;
        let sent = $crate::aws::wire::exchange!(
            $aws,
            call.clone(),
            $aws.elb().describe_account_limits(),
            $crate::aws::query::as_xml
        );
        sent.and_then(|reply| {
            let nonsense = || {
                let kind = $crate::aws::error::AwsErrorKind::Nonsense;
                $crate::aws::error::AwsError::new(&call, kind, Some("the reply is not XML".to_owned()))
            };
            $crate::aws::xml::read(&reply, $shape).ok_or_else(nonsense)
        })
    }};
}
pub(super) use query;
