//! CloudWatch and Service Quotas. ecsctl has no client of theirs: CloudWatch's speaks CBOR and takes sixteen more crates, and
//! of Service Quotas one read suffices. The client of Application Auto Scaling calls them, as it speaks AWS's JSON protocol
//! (botocore's service models, `protocols`).

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

/// The endpoint of another service that speaks JSON.
#[derive(Clone, Copy, Debug)]
pub(super) struct JsonEndpoint {
    /// The first label of its host, and the service in its signatures (botocore's service models, `endpointPrefix`).
    pub label: &'static str,
    /// The version of the protocol (`jsonVersion`).
    content_type: &'static str,
}

impl JsonEndpoint {
    /// Returns that of a service, by its prefix of IAM actions. None if ecsctl has a client of it.
    pub fn of(service: &str) -> Option<Self> {
        let (label, content_type) = match service {
            "cloudwatch" => ("monitoring", "application/x-amz-json-1.0"),
            "servicequotas" => ("servicequotas", "application/x-amz-json-1.1"),
            _ => return None,
        };
        Some(Self { label, content_type })
    }

    /// Makes a request to Application Auto Scaling one to this endpoint: they differ in the first label only.
    pub fn redirect(self, request: &mut HttpRequest) -> Result<(), BoxError> {
        let endpoint = format!("://{}", self.label);
        let uri = request.uri().replacen("://application-autoscaling", &endpoint, 1);
        request.set_uri(uri)?;
        request.headers_mut().insert("content-type", self.content_type);
        Ok(())
    }
}
