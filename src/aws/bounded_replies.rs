//! Reads AWS's replies within limits, which the SDK doesn't have: bytes, values and time.

use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// The largest reply that is read. A page of log events, the largest of them, has 1 MB (CloudWatch Logs API,
/// GetLogEvents and FilterLogEvents); its escapes may double it.
const MAX_REPLY: usize = 8 << 20;
/// The most objects of a JSON reply. A page of log events has 10,000 (the same API). An empty object of two bytes
/// becomes a structure of the SDK with up to 2 kB.
const MAX_OBJECTS: usize = 20_000;
/// The most members and elements of a JSON reply; a log event has three.
const MAX_VALUES: usize = 200_000;
/// The most tags of an XML reply. DescribeTargetHealth describes up to 1,000 targets (quotas of Elastic Load Balancing)
/// with some twenty tags each.
const MAX_TAGS: usize = 100_000;
/// How long a reply's body may take after its head.
const BODY_TIMEOUT: Duration = Duration::from_secs(20);

/// A reply that is larger than any of AWS's.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ReplyTooLarge {
    #[error("the reply is larger than {} MB", MAX_REPLY >> 20)]
    Bytes,
    #[error("the reply has more than {MAX_OBJECTS} objects")]
    Objects,
    #[error("the reply has more than {MAX_VALUES} values")]
    Values,
    #[error("the reply has more than {MAX_TAGS} XML tags")]
    Tags,
}

/// A reply whose body doesn't end.
#[derive(Debug, thiserror::Error)]
#[error("the reply was not complete after {} s", BODY_TIMEOUT.as_secs())]
struct ReplyStalled;

/// Reads every reply in full, within the limits.
#[derive(Debug)]
pub(super) struct BoundedReplies(SharedHttpConnector);

impl BoundedReplies {
    /// Bounds the replies of a connector.
    pub(super) fn new(connector: SharedHttpConnector) -> Self {
        Self(connector)
    }
}

impl HttpConnector for BoundedReplies {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let protocol = Protocol::of(&request);
        let sending = self.0.call(request);
        HttpConnectorFuture::new(async move {
            let mut response = sending.await?;
            let body = Limited::new(response.take_body(), MAX_REPLY).collect();
            let body = tokio::time::timeout(BODY_TIMEOUT, body)
                .await
                .map_err(|_| ConnectorError::timeout(ReplyStalled.into()))?
                .map_err(|error| match error.is::<LengthLimitError>() {
                    true => ConnectorError::user(ReplyTooLarge::Bytes.into()),
                    false => ConnectorError::io(error),
                })?
                .to_bytes();
            protocol
                .check(&body)
                .map_err(|error| ConnectorError::user(error.into()))?;
            *response.body_mut() = SdkBody::from(body);
            Ok(response)
        })
    }
}

/// How a reply is parsed, which the request decides: the SDK doesn't look at the reply's content type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    /// AWS JSON 1.0 and 1.1: the operation is in a header.
    Json,
    /// The query protocol: the operation is in a form, the reply is XML.
    Query,
    /// An object of S3, or the credentials of a container, an instance or IAM Identity Center.
    Other,
}

impl Protocol {
    fn of(request: &HttpRequest) -> Self {
        let is_form = |kind: &str| kind.starts_with("application/x-www-form-urlencoded");
        match request.headers() {
            headers if headers.get("x-amz-target").is_some() => Self::Json,
            headers if headers.get("content-type").is_some_and(is_form) => Self::Query,
            _ => Self::Other,
        }
    }

    fn check(self, body: &[u8]) -> Result<(), ReplyTooLarge> {
        match self {
            Self::Json => check_json(body),
            Self::Query if body.iter().filter(|byte| **byte == b'<').count() > MAX_TAGS => {
                Err(ReplyTooLarge::Tags)
            }
            Self::Query | Self::Other => Ok(()),
        }
    }
}

/// Counts the objects of a JSON text, and the commas and brackets, of which each value but an object's first has one.
fn check_json(body: &[u8]) -> Result<(), ReplyTooLarge> {
    let (mut objects, mut values) = (0, 0);
    let mut bytes = body.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'{' => objects += 1,
            b',' | b'[' => values += 1,
            _ => {}
        }
    }
    match (objects > MAX_OBJECTS, values > MAX_VALUES) {
        (true, _) => Err(ReplyTooLarge::Objects),
        (false, true) => Err(ReplyTooLarge::Values),
        (false, false) => Ok(()),
    }
}

/// Skips the rest of a JSON string.
fn skip_string(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_json_are_counted_outside_of_strings() {
        let list = |element: &str, count: usize| format!("[{}]", vec![element; count].join(","));
        for (text, expected) in [
            (list("{}", MAX_OBJECTS), Ok(())),
            (list("{}", MAX_OBJECTS + 1), Err(ReplyTooLarge::Objects)),
            (list("\"\"", MAX_VALUES), Ok(())),
            (list("\"\"", MAX_VALUES + 1), Err(ReplyTooLarge::Values)),
            ("[".repeat(MAX_VALUES + 1), Err(ReplyTooLarge::Values)),
            (format!("\"{}\"", "{\\\"[,\\\\".repeat(MAX_VALUES)), Ok(())),
            ("{\"a\": \"\\".to_owned(), Ok(())),
        ] {
            assert_eq!(Protocol::Json.check(text.as_bytes()), expected);
            assert_eq!(Protocol::Other.check(text.as_bytes()), Ok(()));
        }
    }

    #[test]
    fn tags_of_xml_are_counted() {
        let text = "<a/>".repeat(MAX_TAGS);
        assert_eq!(Protocol::Query.check(text.as_bytes()), Ok(()));
        let text = text + "<";
        assert_eq!(Protocol::Query.check(text.as_bytes()), Err(ReplyTooLarge::Tags));
    }

    #[test]
    fn requests_tell_how_their_replies_are_parsed() {
        for (header, value, expected) in [
            (
                "x-amz-target",
                "AmazonEC2ContainerServiceV20141113.ListTasks",
                Protocol::Json,
            ),
            (
                "content-type",
                "application/x-www-form-urlencoded",
                Protocol::Query,
            ),
            ("accept", "*/*", Protocol::Other),
        ] {
            let mut request = HttpRequest::empty();
            request.headers_mut().insert(header, value);
            assert_eq!(Protocol::of(&request), expected, "{header}");
        }
    }
}
