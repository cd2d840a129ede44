//! Converts values to requests and responses to values, for all calls. Calls go through the SDK's own
//! operations, which handle credentials, endpoints, signing, retries and errors; the request body is ours,
//! unchanged, and the response body is read in full. So members that the SDK doesn't know are kept in both
//! directions.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::SigningName;
use bytes::Bytes;
use tokio::time::error::Elapsed;

use super::error::{AwsError, plain};
use super::json_endpoint::JsonEndpoint;
use super::query_endpoint::QueryEndpoint;
use crate::model::{Object, Value};

/// Timeout for one call with all its retries. AWS responds within seconds; a stand-in that accepts
/// connections and never responds must not block a deployment forever.
pub(super) const CALL_BUDGET: Duration = Duration::from_secs(100);

/// The same for a read without which a command can go on: a service without a route to it (a private subnet
/// without its VPC endpoint) must not delay the command. It leaves time for one attempt to connect.
pub(super) const OPTIONAL_CALL_BUDGET: Duration = Duration::from_secs(5);

tokio::task_local! {
    /// The time limit of the calls in `within`.
    static LIMIT: Duration;
}

/// Does work whose calls take no longer than this, so that a timeout of the program is kept.
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> T {
    LIMIT.scope(limit, work).await
}

/// Returns the time limit of a call with this budget.
pub(super) fn time_limit(budget: Duration) -> Duration {
    LIMIT.try_with(|limit| budget.min(*limit)).unwrap_or(budget)
}

/// A call and its request body.
#[derive(Clone)]
pub(super) struct AwsCall {
    /// The prefix of IAM actions: `ecs`.
    pub service: &'static str,
    /// The operation: `UpdateService`.
    pub operation: &'static str,
    /// The resource, for errors.
    pub resource: Option<String>,
    /// The cluster, for errors.
    pub cluster: Option<String>,
    /// The variable or flag that set the endpoint.
    pub endpoint_from: Option<&'static str>,
    /// The time limit, retries included.
    pub budget: Duration,
    /// The request's body; None keeps the SDK's.
    body: Option<Bytes>,
    /// The `X-Amz-Target` in the place of the SDK's.
    target: Option<&'static str>,
    /// The endpoint of an operation of the query protocol, for which ecsctl has no client.
    query_endpoint: Option<QueryEndpoint>,
}

impl AwsCall {
    pub fn new(service: &'static str, operation: &'static str) -> Self {
        Self {
            service,
            operation,
            resource: None,
            cluster: None,
            endpoint_from: None,
            budget: CALL_BUDGET,
            body: None,
            target: None,
            query_endpoint: None,
        }
    }

    #[must_use]
    pub fn on(mut self, resource: impl Into<String>) -> Self {
        self.resource = Some(resource.into());
        self
    }

    #[must_use]
    pub fn endpoint_from(mut self, from: Option<&'static str>) -> Self {
        self.endpoint_from = from;
        self
    }

    /// Limits the time as for a read that the command can do without.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.budget = OPTIONAL_CALL_BUDGET;
        self
    }

    /// Calls another operation with the request of the SDK's, whose code it spares: this is its `X-Amz-Target`. Services
    /// that have a `JsonEndpoint` are called with the client of Application Auto Scaling.
    #[must_use]
    pub fn target(mut self, target: &'static str) -> Self {
        self.target = Some(target);
        self
    }

    /// Sends this form to another service of the query protocol, with the client of Elastic Load Balancing.
    #[must_use]
    pub fn sent_to(mut self, endpoint: QueryEndpoint, form: String) -> Self {
        self.query_endpoint = Some(endpoint);
        self.body = Some(Bytes::from(form));
        self
    }

    #[must_use]
    pub fn body(mut self, input: &Value) -> Self {
        self.cluster = input.get("cluster").and_then(Value::as_str).map(str::to_owned);
        self.body = Some(Bytes::from(input.to_string()));
        self
    }
}

/// A record of a call's last attempt. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct AttemptRecord(Arc<Mutex<CallAttempt>>);

/// One attempt of a call.
#[derive(Clone, Default)]
pub(super) struct CallAttempt {
    /// Scheme and host of the endpoint that was called.
    pub endpoint: Option<String>,
    /// The access key that signed it.
    pub access_key: Option<String>,
    /// Number of times the call was sent.
    pub attempts: u32,
    /// Whether a connection was made, so that the request may have arrived.
    pub connected: bool,
    /// The region of the bucket, if S3 names it.
    pub bucket_region: Option<String>,
    status: Option<u16>,
    reply: Option<Bytes>,
}

impl fmt::Debug for CallAttempt {
    /// Omits the response, because it may contain tokens and secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("endpoint", &self.endpoint)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl AttemptRecord {
    fn lock(&self) -> MutexGuard<'_, CallAttempt> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the last attempt.
    pub fn last(&self) -> CallAttempt {
        self.lock().clone()
    }

    /// Returns the beginning of a response that isn't AWS's, for display.
    pub fn first_words(&self) -> Option<String> {
        let attempt = self.lock();
        let text = String::from_utf8_lossy(attempt.reply.as_deref()?);
        let status = attempt.status.map(|s| format!("HTTP {s}"));
        let error_text = plain(&text);
        match (status, error_text.is_empty()) {
            (Some(status), true) => Some(status),
            (Some(status), false) => Some(format!("{status}: {error_text}")),
            (None, true) => None,
            (None, false) => Some(error_text),
        }
    }

    /// Returns the HTTP status and the response, if there is one.
    pub fn reply(&self) -> Option<(u16, Bytes)> {
        let attempt = self.lock();
        Some((attempt.status?, attempt.reply.clone()?))
    }

    /// Returns the response, if it is a success in JSON.
    fn value(&self) -> Option<Value> {
        let attempt = self.lock();
        let reply = attempt.reply.as_deref()?;
        if !attempt.status.is_some_and(|status| (200..300).contains(&status)) {
            return None;
        }
        if reply.is_empty() {
            // Operations without output have an empty body.
            return Some(Value::Object(Object::new()));
        }
        serde_json::from_slice(reply).ok().filter(Value::is_object)
    }
}

/// Replaces the request's body, and records the response.
pub(super) struct RequestRecorder {
    body: Option<Bytes>,
    target: Option<&'static str>,
    json_endpoint: Option<JsonEndpoint>,
    query_endpoint: Option<QueryEndpoint>,
    record: AttemptRecord,
}

impl RequestRecorder {
    pub fn new(call: &AwsCall, record: &AttemptRecord) -> Self {
        Self {
            body: call.body.clone(),
            target: call.target,
            json_endpoint: JsonEndpoint::of(call.service),
            query_endpoint: call.query_endpoint.clone(),
            record: record.clone(),
        }
    }
}

impl fmt::Debug for RequestRecorder {
    /// Omits the body, because the SDK logs its interceptors and a body may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}

impl Intercept for RequestRecorder {
    fn name(&self) -> &'static str {
        "ecsctl::Wire"
    }

    /// Runs before each signing, so that a retry sends the same body.
    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(target) = self.target {
            context.request_mut().headers_mut().insert("x-amz-target", target);
        }
        if let Some(endpoint) = self.json_endpoint {
            endpoint.redirect(context.request_mut())?;
            config
                .interceptor_state()
                .store_put(SigningName::from_static(endpoint.label));
        }
        if let Some(endpoint) = &self.query_endpoint {
            endpoint.redirect(context.request_mut(), config)?;
        }
        if let Some(body) = &self.body {
            let request = context.request_mut();
            *request.body_mut() = SdkBody::from(body.clone());
            request
                .headers_mut()
                .insert("content-length", body.len().to_string());
        }
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let mut attempt = self.record.lock();
        attempt.attempts += 1;
        attempt.endpoint = request
            .uri()
            .parse::<http::Uri>()
            .ok()
            .and_then(|uri| Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?)));
        attempt.access_key = request
            .headers()
            .get("authorization")
            .and_then(|header| header.split_once("Credential="))
            .and_then(|(_, rest)| rest.split('/').next())
            .map(str::to_owned);
        attempt.connected = false;
        attempt.bucket_region = None;
        attempt.status = None;
        attempt.reply = None;
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        let mut attempt = self.record.lock();
        attempt.status = Some(response.status().as_u16());
        attempt.reply = response.body().bytes().map(Bytes::copy_from_slice);
        let header = response.headers().get(BUCKET_REGION).map(str::to_owned);
        attempt.bucket_region = header.or_else(|| region_in(attempt.reply.as_deref()?));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        _context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.record.lock().connected = config
            .load::<CaptureSmithyConnection>()
            .and_then(CaptureSmithyConnection::get)
            .is_some();
        Ok(())
    }
}

/// The header in which S3 names a bucket's region (Amazon S3 API reference, HeadBucket).
const BUCKET_REGION: &str = "x-amz-bucket-region";

/// Returns the region in an error of S3 about the wrong region, which is XML.
fn region_in(reply: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(reply)
        .ok()
        .filter(|text| text.contains("<Error>"))?;
    let (_, rest) = text.split_once("<Region>")?;
    let (region, _) = rest.split_once("</Region>")?;
    Some(region.to_owned())
}

/// The result of an SDK call.
pub(super) type SentRequest<O, E> = Result<Result<O, SdkError<E, HttpResponse>>, Elapsed>;

/// Returns the complete response as a value, even if the SDK can't parse it.
pub(super) fn as_value<O, E>(
    call: &AwsCall,
    record: &AttemptRecord,
    sent: SentRequest<O, E>,
) -> Result<Value, AwsError>
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    match sent {
        Err(_) => Err(AwsError::timeout_error(call, record)),
        Ok(Ok(_)) => record.value().ok_or_else(|| AwsError::nonsense(call, record)),
        Ok(Err(error)) => record
            .value()
            .ok_or_else(|| AwsError::from_sdk(call, record, &error)),
    }
}

/// Returns the complete response as a value, and the scheme and host of the endpoint that gave it.
pub(super) fn as_value_with_endpoint<O, E>(
    call: &AwsCall,
    record: &AttemptRecord,
    sent: SentRequest<O, E>,
) -> Result<(Value, String), AwsError>
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    let value = as_value(call, record, sent)?;
    Ok((value, record.last().endpoint.unwrap_or_default()))
}

/// Returns the response as parsed by the SDK, for the services that use XML.
pub(super) fn as_typed<O, E>(
    call: &AwsCall,
    record: &AttemptRecord,
    sent: SentRequest<O, E>,
) -> Result<O, AwsError>
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    match sent {
        Err(_) => Err(AwsError::timeout_error(call, record)),
        Ok(sent) => sent.map_err(|error| AwsError::from_sdk(call, record, &error)),
    }
}

/// Sends an SDK request through this module when the rate limit allows it, and reads the response with
/// `$read`. Renews expired credentials once, if possible. A macro, because each operation of the SDK is a
/// type of its own.
macro_rules! exchange {
    ($aws:expr, $call:expr, $request:expr, $read:path) => {{
        let call: $crate::aws::wire::AwsCall = $call.endpoint_from($aws.endpoint_from());
        let mut renewed = false;
        loop {
            let _write = $aws.begin_call(&call).await;
            let record = $crate::aws::wire::AttemptRecord::default();
            let wire = $crate::aws::wire::RequestRecorder::new(&call, &record);
            let sending = Box::pin($request.customize().interceptor(wire).send());
            let budget = $crate::aws::wire::time_limit(call.budget);
            let sent = tokio::time::timeout(budget, sending).await;
            match $read(&call, &record, sent) {
                Err(error) if error.is_expired() && !renewed && $aws.renew(&record).await => renewed = true,
                read => break read,
            }
        }
    }};
}
pub(super) use exchange;

/// Calls a service that uses JSON: `json!(self, AwsCall::new(…), self.ecs().describe_services())`.
macro_rules! json {
    ($aws:expr, $call:expr, $request:expr) => {
        $crate::aws::wire::exchange!($aws, $call, $request, $crate::aws::wire::as_value)
    };
}
pub(super) use json;

/// Calls a service that uses XML.
macro_rules! typed {
    ($aws:expr, $call:expr, $request:expr) => {
        $crate::aws::wire::exchange!($aws, $call, $request, $crate::aws::wire::as_typed)
    };
}
pub(super) use typed;
