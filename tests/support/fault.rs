//! Fault injection: which requests fail, and how.

use serde::Deserialize;
use serde_json::Value;

use super::protocol::{Call, Refusal, Wire};

/// A rule of a scenario's `faults:`. Without `nth`, `from` or `times` it applies to every matching request.
///
/// ```yaml
/// faults:
///   - {operation: ecs UpdateService, nth: 1, status: 503}
///   - {operation: ecs RegisterTaskDefinition, deny: true}            # AccessDenied in AWS's words
///   - {operation: ecs CreateService, deny: "iam:PassRole", on: "arn:aws:iam::123456789012:role/web"}
///   - {operation: "ecs *", from: 4, times: 5, throttle: true}
///   - {operation: ecs RegisterTaskDefinition, reset: true, processed: true}   # done, but the reply is lost
///   - {operation: ecs UpdateService, without: deployments.id}        # done, but the reply lacks these members
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Fault {
    /// `ecs UpdateService`, `ecs *`, or `*`.
    pub operation: String,
    /// Applies only to the nth matching request, counted from 1.
    pub nth: Option<u64>,
    /// Applies from the nth matching request on.
    pub from: Option<u64>,
    /// Maximum number of requests that it applies to.
    pub times: Option<u64>,
    /// Applies only to requests whose input contains this text.
    pub about: Option<String>,
    /// Applies only to requests signed with this access key.
    pub key: Option<String>,

    /// Access denied: `true` for the operation's own IAM action, or the name of another action.
    pub deny: Option<Deny>,
    /// The resource named in a denial, if it isn't the operation's own.
    pub on: Option<String>,
    /// Responds with a throttling error.
    pub throttle: bool,
    /// Responds with this HTTP status (default 400).
    pub status: Option<u16>,
    /// Responds with this error code.
    pub code: Option<String>,
    /// The error message.
    pub message: Option<String>,
    /// Resets the connection (RST) without a response.
    pub reset: bool,
    /// Closes the connection without a response.
    pub close: bool,
    /// Never responds, until the client gives up or the server stops.
    pub hang: bool,
    /// Responds with something that isn't HTTP.
    pub garbage: bool,
    /// Cuts the response in the middle of its body.
    pub half: bool,
    /// Sends half of the response's body, and nothing more.
    pub stall: bool,
    /// Sends a response whose body doesn't end.
    pub endless: bool,
    /// Delays the regular response by this many milliseconds.
    pub delay: Option<u64>,
    /// The operation is carried out once the test releases it (`end_connections`).
    pub hold: bool,
    /// Responds as usual, but without this member, wherever it is: `deployments`, or `deployments.id` for a member of
    /// its elements.
    pub without: Option<String>,
    /// Responds as usual, but lists each deployment twice, the second time with this task definition.
    pub twice: Option<String>,
    /// Responds with this body and HTTP status 200.
    pub instead: Option<String>,
    /// The operation is carried out; only its response fails.
    pub processed: bool,
}

/// The action named in a denial.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Deny {
    /// The operation's own action.
    Own(bool),
    /// Another action.
    Action(String),
}

/// How a request fails.
#[derive(Clone, Debug)]
pub enum Effect {
    Refuse(Refusal),
    Reset,
    Close,
    Hang,
    Garbage,
    Half,
    Stall,
    Endless,
    Delay(u64),
    Hold,
    Without(String),
    Twice(String),
    Instead(String),
}

impl Fault {
    /// Creates an empty fault for one operation: `Fault { throttle: true, ..Fault::on("ecs DescribeServices") }`.
    pub fn on(operation: &str) -> Self {
        Self {
            operation: operation.to_owned(),
            ..Self::default()
        }
    }

    /// Creates a fault that denies every call of an operation.
    pub fn denied(operation: &str) -> Self {
        Self {
            deny: Some(Deny::Own(true)),
            ..Self::on(operation)
        }
    }

    /// Whether the fault matches this call.
    pub fn matches(&self, call: &Call, key: Option<&str>) -> bool {
        if self.key.is_some() && self.key.as_deref() != key {
            return false;
        }
        if let Some(about) = &self.about
            && !call.input.to_string().contains(about.as_str())
        {
            return false;
        }
        match self.operation.strip_suffix('*') {
            Some(prefix) => call.name().starts_with(prefix),
            None => self.operation == call.name(),
        }
    }

    /// Whether the fault applies to the nth matching request.
    pub fn holds_for(&self, nth: u64) -> bool {
        let first = self.nth.or(self.from).unwrap_or(1);
        let times = self
            .times
            .unwrap_or(if self.nth.is_some() { 1 } else { u64::MAX });
        nth >= first && nth - first < times
    }

    /// Returns the effect on a request to which the fault applies.
    pub fn effect(&self, call: &Call, who: &Who) -> Effect {
        match () {
            () if self.reset => Effect::Reset,
            () if self.close => Effect::Close,
            () if self.hang => Effect::Hang,
            () if self.garbage => Effect::Garbage,
            () if self.half => Effect::Half,
            () if self.stall => Effect::Stall,
            () if self.endless => Effect::Endless,
            () if self.hold => Effect::Hold,
            () if self.twice.is_some() => Effect::Twice(self.twice.clone().unwrap_or_default()),
            () => match (self.delay, &self.without, &self.instead) {
                (Some(millis), _, _) => Effect::Delay(millis),
                (None, Some(member), _) => Effect::Without(member.clone()),
                (None, None, Some(body)) => Effect::Instead(body.clone()),
                (None, None, None) => Effect::Refuse(self.refusal(call, who)),
            },
        }
    }

    fn refusal(&self, call: &Call, who: &Who) -> Refusal {
        if self.throttle {
            return throttled(call.wire);
        }
        let action = match &self.deny {
            Some(Deny::Action(action)) => Some(action.clone()),
            Some(Deny::Own(true)) => Some(iam_action(call)),
            _ => None,
        };
        match action {
            Some(action) => {
                let resource = self.on.clone().unwrap_or_else(|| who.resource(call));
                denied(call.wire, &who.caller, &action, &resource)
            }
            None => self.plain_refusal(),
        }
    }

    fn plain_refusal(&self) -> Refusal {
        let status = self.status.unwrap_or(400);
        let code = match status {
            503 => "ServiceUnavailable",
            500.. => "ServerException",
            _ => "ClientException",
        };
        Refusal {
            status,
            code: self.code.clone().unwrap_or_else(|| code.to_owned()),
            message: self
                .message
                .clone()
                .unwrap_or_else(|| "as the scenario wants".to_owned()),
        }
    }
}

/// Removes a member from a JSON body, wherever it is: `deployments`, or `deployments.id`.
pub fn without(body: &[u8], member: &str) -> Vec<u8> {
    let mut value = serde_json::from_slice(body).expect("a JSON response");
    let (parent, name) = match member.split_once('.') {
        Some((parent, name)) => (Some(parent), name),
        None => (None, member),
    };
    remove(&mut value, parent, name);
    value.to_string().into_bytes()
}

/// Lists each deployment in a JSON body twice, the second time with another task definition.
pub fn with_deployments_twice(body: &[u8], definition: &str) -> Vec<u8> {
    let mut value = serde_json::from_slice(body).expect("a JSON response");
    repeat_deployments(&mut value, definition);
    value.to_string().into_bytes()
}

fn repeat_deployments(value: &mut Value, definition: &str) {
    match value {
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|it| repeat_deployments(it, definition)),
        Value::Object(members) => {
            if let Some(Value::Array(deployments)) = members.get_mut("deployments") {
                let mut others = deployments.clone();
                others
                    .iter_mut()
                    .for_each(|it| it["taskDefinition"] = definition.into());
                deployments.append(&mut others);
            }
            members
                .values_mut()
                .for_each(|it| repeat_deployments(it, definition));
        }
        _ => {}
    }
}

fn remove(value: &mut Value, parent: Option<&str>, name: &str) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|it| remove(it, parent, name)),
        Value::Object(members) => {
            if parent.is_none() {
                members.remove(name);
            }
            for (key, member) in members {
                remove(member, parent.filter(|it| it != key), name);
            }
        }
        _ => {}
    }
}

fn throttled(wire: Wire) -> Refusal {
    let (status, code) = match wire {
        Wire::Json => (400, "ThrottlingException"),
        Wire::Rest => (429, "ThrottlingException"),
        Wire::Query => (400, "Throttling"),
        Wire::S3 => (503, "SlowDown"),
        Wire::Registry => (429, "TOOMANYREQUESTS"),
    };
    Refusal {
        status,
        code: code.to_owned(),
        message: "Rate exceeded".to_owned(),
    }
}

/// Returns a denial in IAM's wording.
fn denied(wire: Wire, caller: &str, action: &str, resource: &str) -> Refusal {
    let (status, code) = match wire {
        Wire::Json => (400, "AccessDeniedException"),
        Wire::Rest => (403, "AccessDeniedException"),
        Wire::Query | Wire::S3 => (403, "AccessDenied"),
        Wire::Registry => (403, "DENIED"),
    };
    // S3 alone quotes the resource.
    let resource = match wire {
        Wire::S3 => format!("\"{resource}\""),
        _ => resource.to_owned(),
    };
    Refusal {
        status,
        code: code.to_owned(),
        message: format!(
            "User: {caller} is not authorized to perform: {action} on resource: {resource} \
             because no identity-based policy allows the {action} action"
        ),
    }
}

/// Returns the IAM action that an operation needs.
pub fn iam_action(call: &Call) -> String {
    action(&call.service, &call.operation)
}

/// Returns the same for a name in the request log (`ecs DescribeServices`). None for a ping, which needs no
/// permission.
pub fn iam_action_of(name: &str) -> Option<String> {
    let (service, operation) = name.split_once(' ')?;
    (operation != "Ping").then(|| action(service, operation))
}

fn action(service: &str, operation: &str) -> String {
    let operation = match operation {
        "HeadManifest" | "GetManifest" => "BatchGetImage",
        "PutManifest" => "PutImage",
        "StartUpload" => "InitiateLayerUpload",
        "SendUpload" | "AskUpload" => "UploadLayerPart",
        "FinishUpload" => "CompleteLayerUpload",
        "HeadBlob" => "BatchCheckLayerAvailability",
        "GetBlob" => "GetDownloadUrlForLayer",
        other => other,
    };
    let prefix = match service {
        "elbv2" => "elasticloadbalancing",
        "registry" => "ecr",
        other => other,
    };
    format!("{prefix}:{operation}")
}

/// The caller, account and region named in a denial.
#[derive(Clone, Debug)]
pub struct Who {
    pub caller: String,
    pub account: String,
    pub region: String,
}

impl Who {
    /// Returns the resource that IAM would name. `*` if the action has none (Service Authorization Reference).
    fn resource(&self, call: &Call) -> String {
        let last = |text: &str| text.rsplit('/').next().unwrap_or(text).to_owned();
        let cluster = last(call.text("cluster").unwrap_or("default"));
        let first_of = |member: &str| {
            let first = call
                .input
                .get(member)
                .and_then(|list| list.get(0))
                .and_then(Value::as_str);
            first.map(last)
        };
        let service = call
            .text("service")
            .or(call.text("serviceName"))
            .map(last)
            .or_else(|| first_of("services"));
        let (owner, name) = match (call.service.as_str(), call.operation.as_str(), service) {
            ("ecs", "RegisterTaskDefinition", _) => {
                let family = call.text("family").unwrap_or_default();
                ("ecs", format!("task-definition/{family}:*"))
            }
            ("ecs", "CreateCluster" | "DescribeClusters", _) => {
                let named = call.text("clusterName").map(str::to_owned);
                let name = named.or_else(|| first_of("clusters")).unwrap_or(cluster);
                ("ecs", format!("cluster/{name}"))
            }
            ("ecs", _, Some(service)) => ("ecs", format!("service/{cluster}/{service}")),
            ("ecr", _, _) if call.text("repositoryName").is_some() => {
                let name = call.text("repositoryName").unwrap_or_default();
                ("ecr", format!("repository/{name}"))
            }
            ("logs", _, _) if call.text("logGroupName").is_some() => {
                let name = call.text("logGroupName").unwrap_or_default();
                ("logs", format!("log-group:{name}:log-stream:"))
            }
            ("ssm", "GetParameters", _) => {
                let name = call.texts("Names").into_iter().next().unwrap_or_default();
                ("ssm", format!("parameter/{}", name.trim_start_matches('/')))
            }
            ("cloudformation", "DescribeStacks", _) => {
                let name = call.text("StackName").unwrap_or_default();
                ("cloudformation", format!("stack/{name}/*"))
            }
            ("s3", "GetObject", _) => {
                let text = |member| call.text(member).unwrap_or_default();
                return format!("arn:aws:s3:::{}/{}", text("Bucket"), text("Key"));
            }
            ("secretsmanager", "DescribeSecret" | "GetSecretValue" | "ListSecretVersionIds", _) => {
                let name = call.text("SecretId").unwrap_or_default();
                ("secretsmanager", format!("secret:{name}"))
            }
            _ => return "*".to_owned(),
        };
        format!("arn:aws:{owner}:{}:{}:{name}", self.region, self.account)
    }
}
