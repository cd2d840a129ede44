//! `ECSCTL_LOG=debug`: one line for each request to AWS, also for those of the SDK's credential providers. It has no
//! path, no body and no header that could hold a secret.

use std::time::Instant;

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_types::request_id::RequestId;

use super::error::error_text;

/// Sends requests with another connector, and logs them.
#[derive(Debug)]
pub(super) struct LoggingConnector(pub SharedHttpConnector);

impl HttpConnector for LoggingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if !tracing::enabled!(tracing::Level::DEBUG) {
            return self.0.call(request);
        }
        let mut line = RequestLine::of(&request);
        let response = self.0.call(request);
        HttpConnectorFuture::new(async move {
            let result = response.await;
            line.end(&result);
            result
        })
    }
}

/// A request in progress. It is logged when it is dropped, so that one that the caller gives up has a line too.
struct RequestLine {
    names: RequestNames,
    begun: Instant,
    status: Option<u16>,
    request_id: Option<String>,
    error: Option<String>,
}

impl RequestLine {
    fn of(request: &HttpRequest) -> Self {
        Self {
            names: RequestNames::of(request),
            begun: Instant::now(),
            status: None,
            request_id: None,
            error: Some("canceled".to_owned()),
        }
    }

    fn end(&mut self, result: &Result<HttpResponse, ConnectorError>) {
        match result {
            Ok(response) => {
                self.status = Some(response.status().as_u16());
                self.request_id = response.request_id().map(str::to_owned);
                self.error = None;
            }
            Err(error) => self.error = Some(error_text(error)),
        }
    }
}

impl Drop for RequestLine {
    fn drop(&mut self) {
        let RequestNames {
            service,
            operation,
            host,
            attempt,
        } = &self.names;
        tracing::debug!(
            service = service.as_ref().map(tracing::field::display),
            operation = operation.as_ref().map(tracing::field::display),
            status = self.status,
            ms = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            request_id = self.request_id.as_ref().map(tracing::field::display),
            attempt,
            host = host.as_ref().map(tracing::field::display),
            error = self.error.as_deref(),
            "AWS request"
        );
    }
}

/// What identifies a request.
#[derive(Debug, PartialEq, Eq)]
struct RequestNames {
    /// The name in the signature (`ecs`), or the SDK's for a request without one (`sso`).
    service: Option<String>,
    /// None for REST: the credential endpoints of SSO, ECS and EC2.
    operation: Option<String>,
    host: Option<String>,
    /// The SDK's count, from 1.
    attempt: Option<u32>,
}

impl RequestNames {
    fn of(request: &HttpRequest) -> Self {
        let header = |name| request.headers().get(name);
        let signed = header("authorization")
            .and_then(|header| header.split_once("Credential="))
            // KEY/DATE/REGION/SERVICE/aws4_request (Signature Version 4, "Credential scope")
            .and_then(|(_, scope)| scope.split('/').nth(3));
        let agent = header("x-amz-user-agent")
            .and_then(|agent| agent.split(' ').find_map(|part| part.strip_prefix("api/")))
            .and_then(|api| api.split('/').next());
        let target = header("x-amz-target").and_then(|target| target.rsplit('.').next());
        // The query protocol's form begins with the action.
        let action = request
            .body()
            .bytes()
            .and_then(|body| body.strip_prefix(b"Action="))
            .and_then(|rest| rest.split(|byte| *byte == b'&').next())
            .and_then(|action| std::str::from_utf8(action).ok());
        let attempt = header("amz-sdk-request").and_then(|info| {
            info.split(';')
                .find_map(|part| part.trim().strip_prefix("attempt=")?.parse().ok())
        });
        let uri = request.uri().parse::<http::Uri>().ok();
        let host = uri.as_ref().and_then(|uri| Some((uri.host()?, uri.port_u16())));
        Self {
            service: signed.or(agent).map(str::to_owned),
            operation: target.or(action).map(str::to_owned),
            host: host.map(|(host, port)| match port {
                Some(port) => format!("{host}:{port}"),
                None => host.to_owned(),
            }),
            attempt,
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::body::SdkBody;

    use super::*;

    fn names(uri: &str, headers: &[(&'static str, &str)], body: &'static str) -> [Option<String>; 4] {
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_uri(uri).unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, (*value).to_owned());
        }
        let names = RequestNames::of(&request);
        [
            names.service,
            names.operation,
            names.host,
            names.attempt.map(|it| it.to_string()),
        ]
    }

    fn shown(names: [&str; 4]) -> [Option<String>; 4] {
        names.map(|name| Some(name.to_owned()).filter(|name| !name.is_empty()))
    }

    #[test]
    fn requests_of_each_protocol_are_named() {
        let json = names(
            "https://user:word@ecs.us-east-1.amazonaws.com/?X-Amz-Signature=secret",
            &[
                (
                    "authorization",
                    "AWS4-HMAC-SHA256 Credential=AKIA/20261128/us-east-1/ecs/aws4_request, Signature=secret",
                ),
                (
                    "x-amz-target",
                    "AmazonEC2ContainerServiceV20141113.DescribeServices",
                ),
                ("amz-sdk-request", "ttl=20261128T020000Z; attempt=2; max=3"),
                ("x-amz-security-token", "secret"),
            ],
            "{\"secret\": 1}",
        );
        let expected = ["ecs", "DescribeServices", "ecs.us-east-1.amazonaws.com", "2"];
        assert_eq!(json, shown(expected));
        let query = names(
            "https://sts.us-east-1.amazonaws.com/",
            &[("x-amz-user-agent", "aws-sdk-rust/1.3 api/sts/1.90 os/linux")],
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=secret",
        );
        let expected = [
            "sts",
            "AssumeRoleWithWebIdentity",
            "sts.us-east-1.amazonaws.com",
            "",
        ];
        assert_eq!(query, shown(expected));
        let rest = names("http://127.0.0.1:4566/v2/credentials/secret", &[], "");
        assert_eq!(rest, shown(["", "", "127.0.0.1:4566", ""]));
    }
}
