//! Which operation a request calls, and its wire format: AWS JSON 1.1 by `X-Amz-Target`,
//! the query protocol by `Action`, S3 and EventBridge Scheduler's REST by the signature, and the OCI distribution API by
//! path.

use serde_json::{Map, Value, json};

use super::http::{Reply, Request, decode, form_pairs};

/// `X-Amz-Target`'s prefix and botocore's name for the service.
const JSON_TARGETS: [(&str, &str); 9] = [
    ("AmazonEC2ContainerServiceV20141113", "ecs"),
    ("AmazonEC2ContainerRegistry_V20150921", "ecr"),
    ("Logs_20140328", "logs"),
    ("AnyScaleFrontendService", "application-autoscaling"),
    ("GraniteServiceVersion20100801", "cloudwatch"),
    ("AmazonSSM", "ssm"),
    ("CodeDeploy_20141006", "codedeploy"),
    ("secretsmanager", "secretsmanager"),
    ("ServiceQuotasV20190624", "service-quotas"),
];

/// The `Version` of a query service, and botocore's name for it.
const QUERY_VERSIONS: [(&str, &str); 5] = [
    ("2011-06-15", "sts"),
    ("2015-12-01", "elbv2"),
    ("2010-05-15", "cloudformation"),
    ("2016-11-15", "ec2"),
    ("2010-05-08", "iam"),
];

/// The protocol of a call, also used for its response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    Json,
    Query,
    Rest,
    S3,
    Registry,
}

/// A call of an operation.
#[derive(Clone, Debug)]
pub struct Call {
    pub wire: Wire,
    /// botocore's name for the service; `registry` for the OCI distribution API.
    pub service: String,
    pub operation: String,
    /// The input as the client sent it: JSON, or the flat pairs of a query.
    pub input: Value,
}

impl Call {
    /// Returns the full name: `ecs DescribeServices`.
    pub fn name(&self) -> String {
        format!("{} {}", self.service, self.operation)
    }

    /// Returns a string member of the input.
    pub fn text(&self, member: &str) -> Option<&str> {
        self.input.get(member)?.as_str()
    }

    /// Returns the strings of a list member.
    pub fn texts(&self, member: &str) -> Vec<String> {
        let list = self.input.get(member).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    }
}

/// Determines which operation a request calls; an error says why it is none.
pub fn call_of(request: &Request) -> Result<Call, String> {
    if request.path().starts_with("/v2") {
        return Ok(Call {
            wire: Wire::Registry,
            service: "registry".to_owned(),
            operation: registry_operation(request).to_owned(),
            input: json!({"method": request.method, "path": request.target}),
        });
    }
    if let Some(region) = s3_region(request) {
        return Ok(s3_call(request, region));
    }
    if scope(request).is_some_and(|scope| scope.get(3) == Some(&"scheduler")) {
        return rest_call(request);
    }
    match request.header("x-amz-target") {
        Some(target) => json_call(target, &request.body),
        None => query_call(&request.body),
    }
}

/// Returns the region for which a request to S3 is signed: `Credential=KEY/DATE/REGION/s3/aws4_request`.
fn s3_region(request: &Request) -> Option<&str> {
    let scope = scope(request)?;
    (scope.get(3) == Some(&"s3")).then(|| scope[2])
}

/// Returns the parts of a signature's scope.
fn scope(request: &Request) -> Option<Vec<&str>> {
    let (_, scope) = request.header("authorization")?.split_once("Credential=")?;
    Some(scope.split('/').collect())
}

/// The query parameters of EventBridge Scheduler, and the members that they are (botocore's model).
const PARAMETERS: [(&str, &str); 6] = [
    ("groupName", "GroupName"),
    ("ScheduleGroup", "GroupName"),
    ("clientToken", "ClientToken"),
    ("NextToken", "NextToken"),
    ("NamePrefix", "NamePrefix"),
    ("State", "State"),
];

/// Returns a call of EventBridge Scheduler: the path and the query have members, too.
fn rest_call(request: &Request) -> Result<Call, String> {
    let path = decode(request.path().trim_matches('/'));
    let (kind, name) = path.split_once('/').unwrap_or((&path, ""));
    let operation = match (request.method.as_str(), kind, name) {
        ("GET", "schedules", "") => "ListSchedules",
        ("GET", "schedules", _) => "GetSchedule",
        ("POST", "schedules", _) => "CreateSchedule",
        ("PUT", "schedules", _) => "UpdateSchedule",
        ("DELETE", "schedules", _) => "DeleteSchedule",
        ("POST", "schedule-groups", _) => "CreateScheduleGroup",
        (method, ..) => return Err(format!("{method} {path}")),
    };
    let mut input = match request.body.is_empty() {
        true => json!({}),
        false => serde_json::from_slice(&request.body).map_err(|error| format!("{operation}: {error}"))?,
    };
    if !name.is_empty() {
        input["Name"] = name.into();
    }
    for (parameter, member) in PARAMETERS {
        if let Some(value) = request.query(parameter) {
            input[member] = value.into();
        }
    }
    Ok(Call {
        wire: Wire::Rest,
        service: "scheduler".to_owned(),
        operation: operation.to_owned(),
        input,
    })
}

/// Returns a call of S3, whose bucket is in the path.
fn s3_call(request: &Request, region: &str) -> Call {
    let path = decode(request.path().trim_start_matches('/'));
    let (bucket, key) = path.split_once('/').unwrap_or((&path, ""));
    let operation = match request.method.as_str() {
        "GET" if !key.is_empty() => "GetObject",
        other => other,
    };
    Call {
        wire: Wire::S3,
        service: "s3".to_owned(),
        operation: operation.to_owned(),
        input: json!({"Bucket": bucket, "Key": key, "Region": region}),
    }
}

fn json_call(target: &str, body: &[u8]) -> Result<Call, String> {
    let (prefix, operation) = target
        .rsplit_once('.')
        .ok_or_else(|| format!("target {target}"))?;
    let (_, service) = JSON_TARGETS
        .iter()
        .find(|(known, _)| *known == prefix)
        .ok_or_else(|| format!("target {target}"))?;
    let input = serde_json::from_slice(body).map_err(|error| format!("{target}: {error}"))?;
    Ok(Call {
        wire: Wire::Json,
        service: (*service).to_owned(),
        operation: operation.to_owned(),
        input,
    })
}

fn query_call(body: &[u8]) -> Result<Call, String> {
    let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
    let pairs: Map<String, Value> = form_pairs(text)
        .into_iter()
        .map(|(key, value)| (key, Value::String(value)))
        .collect();
    let member = |name: &str| pairs.get(name).and_then(Value::as_str).unwrap_or_default();
    let version = member("Version");
    let (_, service) = QUERY_VERSIONS
        .iter()
        .find(|(known, _)| *known == version)
        .ok_or_else(|| format!("no target, no known version in {text:?}"))?;
    Ok(Call {
        wire: Wire::Query,
        service: (*service).to_owned(),
        operation: member("Action").to_owned(),
        input: Value::Object(pairs),
    })
}

fn registry_operation(request: &Request) -> &'static str {
    let path = request.path().trim_end_matches('/');
    let kind = [("/manifests/", 0), ("/blobs/uploads", 1), ("/blobs/", 2)]
        .into_iter()
        .find(|(part, _)| path.contains(part))
        .map(|(_, kind)| kind);
    match (request.method.as_str(), kind) {
        (_, None) => "Ping",
        ("HEAD", Some(0)) => "HeadManifest",
        ("PUT", Some(0)) => "PutManifest",
        (_, Some(0)) => "GetManifest",
        ("POST", Some(1)) => "StartUpload",
        ("PATCH", Some(1)) => "SendUpload",
        ("PUT", Some(1)) => "FinishUpload",
        (_, Some(1)) => "AskUpload",
        ("HEAD", _) => "HeadBlob",
        _ => "GetBlob",
    }
}

/// An error response in AWS's form.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub status: u16,
    /// The error code: `ClientException`.
    pub code: String,
    pub message: String,
}

impl Refusal {
    /// Creates a 400 with a code and AWS's message.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            status: 400,
            code: code.to_owned(),
            message: message.into(),
        }
    }
}

/// The result of an operation. A JSON service's output is sent as is; a query service's is its result as XML
/// text.
pub type Answer = Result<Value, Refusal>;

/// Encodes the result for the wire. `request_id` shows up in the client's logs.
pub fn reply_to(call: &Call, answer: &Answer, request_id: &str) -> Reply {
    let reply = match (call.wire, answer) {
        (Wire::Json, Ok(output)) => Reply::status(200).body("application/x-amz-json-1.1", output.to_string()),
        (Wire::Json, Err(refusal)) => Reply::status(refusal.status).body(
            "application/x-amz-json-1.1",
            json!({"__type": refusal.code, "message": refusal.message}).to_string(),
        ),
        (Wire::Rest, Ok(output)) => Reply::status(200).body("application/json", output.to_string()),
        (Wire::Rest, Err(refusal)) => Reply::status(refusal.status)
            .with("x-amzn-errortype", &refusal.code)
            .body(
                "application/json",
                json!({"Message": refusal.message}).to_string(),
            ),
        (Wire::Query, Ok(output)) => Reply::status(200).body("text/xml", query_xml(call, output, request_id)),
        (Wire::Query, Err(refusal)) if call.service == "ec2" => {
            Reply::status(refusal.status).body("text/xml", ec2_error(refusal, request_id))
        }
        (Wire::Query, Err(refusal)) => {
            Reply::status(refusal.status).body("text/xml", query_error(refusal, request_id))
        }
        (Wire::S3, Ok(output)) => {
            let body = output.as_str().unwrap_or_default();
            Reply::status(200).body("binary/octet-stream", body)
        }
        (Wire::S3, Err(refusal)) => Reply::status(refusal.status).body("application/xml", s3_error(refusal)),
        (Wire::Registry, answer) => registry_reply(answer),
    };
    reply.with("x-amzn-requestid", request_id)
}

fn query_xml(call: &Call, output: &Value, request_id: &str) -> String {
    let name = &call.operation;
    let result = output.as_str().unwrap_or_default();
    if call.service == "ec2" {
        return format!("<{name}Response><requestId>{request_id}</requestId>{result}</{name}Response>");
    }
    format!(
        "<{name}Response><{name}Result>{result}</{name}Result>\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{name}Response>"
    )
}

fn query_error(refusal: &Refusal, request_id: &str) -> String {
    // The query protocol's codes don't end in `Exception`.
    let code = refusal.code.trim_end_matches("Exception");
    format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{}</Code><Message>{}</Message></Error>\
         <RequestId>{request_id}</RequestId></ErrorResponse>",
        escape(code),
        escape(&refusal.message)
    )
}

/// Encodes an error of EC2 (Amazon EC2 API reference, "Error codes").
fn ec2_error(refusal: &Refusal, request_id: &str) -> String {
    format!(
        "<Response><Errors><Error><Code>{}</Code><Message>{}</Message></Error></Errors>\
         <RequestID>{request_id}</RequestID></Response>",
        escape(&refusal.code),
        escape(&refusal.message)
    )
}

/// Encodes an error of S3 (Amazon S3 API reference, "Error responses").
pub fn s3_error(refusal: &Refusal) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{}</Message></Error>",
        escape(&refusal.code),
        escape(&refusal.message)
    )
}

/// Encodes an error as in the OCI distribution specification. The registry's own responses don't use this.
fn registry_reply(answer: &Answer) -> Reply {
    match answer {
        Ok(_) => Reply::status(200),
        Err(refusal) => Reply::status(refusal.status).body(
            "application/json",
            json!({"errors": [{"code": refusal.code, "message": refusal.message}]}).to_string(),
        ),
    }
}

/// Escapes text for XML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
