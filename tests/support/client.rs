//! A raw test client that also sends invalid requests.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use super::{Scenario, Scripted};

/// Sends bytes, and reads until the server closes the connection.
pub fn raw(server: &Scripted, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server.registry())?;
    stream.write_all(bytes)?;
    stream.shutdown(std::net::Shutdown::Write)?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply)?;
    Ok(reply)
}

/// Sends a request with headers (each with its newline) and a body. Returns the status, the head and the
/// body.
pub fn http(server: &Scripted, line: &str, headers: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
    let length = body.len();
    let head = format!("{line} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {length}\r\n\r\n");
    let reply = raw(server, &[head.as_bytes(), body].concat()).unwrap();
    let text = String::from_utf8_lossy(&reply);
    let end = text
        .find("\r\n\r\n")
        .unwrap_or_else(|| panic!("no HTTP: {text:?}"));
    let status = text.split(' ').nth(1).unwrap().parse().unwrap();
    (status, text[..end].to_lowercase(), reply[end + 4..].to_vec())
}

/// Calls an operation such as `ecs DescribeServices` with a JSON input, or a flat one for the query protocol.
pub fn call(server: &Scripted, operation: &str, input: &Value) -> (u16, Value) {
    let (service, name) = operation.split_once(' ').unwrap();
    let prefix = match service {
        "ecs" => "AmazonEC2ContainerServiceV20141113",
        "ecr" => "AmazonEC2ContainerRegistry_V20150921",
        "logs" => "Logs_20140328",
        "codedeploy" => "CodeDeploy_20141006",
        "application-autoscaling" => "AnyScaleFrontendService",
        "cloudwatch" => "GraniteServiceVersion20100801",
        _ => return query(server, service, name, input),
    };
    let headers = format!("x-amz-target: {prefix}.{name}\r\n");
    let (status, _, body) = http(server, "POST /", &headers, input.to_string().as_bytes());
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

fn query(server: &Scripted, service: &str, name: &str, input: &Value) -> (u16, Value) {
    let version = if service == "sts" {
        "2011-06-15"
    } else {
        "2015-12-01"
    };
    let mut form = format!("Action={name}&Version={version}");
    for (key, value) in input.as_object().unwrap() {
        form.push_str(&format!("&{key}={}", value.as_str().unwrap().replace(':', "%3A")));
    }
    let (status, _, body) = http(server, "POST /", "", form.as_bytes());
    (status, String::from_utf8(body).unwrap().into())
}

/// Starts a server with one stable service `web` of two tasks, and a second revision to deploy.
pub fn with_web(more: &str) -> Scripted {
    Scripted::start(web(more))
}

pub fn web(more: &str) -> Scenario {
    Scenario::parse(&format!(
        "
definitions:
  - &web
    family: web
    containerDefinitions:
      - name: web
        image: shop:1
        memory: 128
        logConfiguration: {{logDriver: awslogs, options: {{awslogs-group: /ecs/web, awslogs-stream-prefix: web}}}}
  - *web
logGroups: {{/ecs/web: {{}}}}
services:
  web: {{input: {{taskDefinition: 'web:1', desiredCount: 2}}}}
{more}"
    ))
}

pub fn ok(server: &Scripted, operation: &str, input: Value) -> Value {
    let (status, body) = call(server, operation, &input);
    assert_eq!(status, 200, "{operation}: {body}");
    body
}

pub fn refused(server: &Scripted, operation: &str, input: Value) -> (u16, String, String) {
    let (status, body) = call(server, operation, &input);
    let member = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (status, member("__type"), member("message"))
}

pub fn describe(server: &Scripted) -> Value {
    let reply = ok(server, "ecs DescribeServices", json!({"services": ["web"]}));
    reply["services"][0].clone()
}

/// Starts a deployment of `web:2` and returns its id.
pub fn deploy(server: &Scripted) -> String {
    let update = json!({"service": "web", "taskDefinition": "web:2"});
    let reply = ok(server, "ecs UpdateService", update);
    let primary = &reply["service"]["deployments"][0];
    assert_eq!(primary["status"], "PRIMARY");
    primary["id"].as_str().unwrap().to_owned()
}

/// Returns a short form of each deployment: `PRIMARY web:2 IN_PROGRESS 1/2`.
pub fn short(service: &Value) -> Vec<String> {
    let deployments = service["deployments"].as_array().unwrap();
    deployments
        .iter()
        .map(|deployment| {
            let text = |member: &str| deployment[member].as_str().unwrap_or("-").to_owned();
            let definition = text("taskDefinition");
            format!(
                "{} {} {} {}/{}",
                text("status"),
                definition.rsplit('/').next().unwrap(),
                text("rolloutState"),
                deployment["runningCount"],
                deployment["desiredCount"]
            )
        })
        .collect()
}

pub fn newest(server: &Scripted) -> Value {
    let listed = ok(server, "ecs ListServiceDeployments", json!({"service": "web"}));
    let arn = listed["serviceDeployments"][0]["serviceDeploymentArn"].clone();
    let wanted = json!({"serviceDeploymentArns": [arn]});
    let described = ok(server, "ecs DescribeServiceDeployments", wanted);
    described["serviceDeployments"][0].clone()
}

pub fn stop(server: &Scripted, stop_type: &str) -> (u16, String, String) {
    let arn = newest(server)["serviceDeploymentArn"].clone();
    let input = json!({"serviceDeploymentArn": arn, "stopType": stop_type});
    refused(server, "ecs StopServiceDeployment", input)
}
