//! A client that does what it is told, wrong things too.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

use crate::support::Scripted;

/// Sends bytes, and reads until the server closes the connection.
pub fn raw(server: &Scripted, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server.registry())?;
    stream.write_all(bytes)?;
    stream.shutdown(std::net::Shutdown::Write)?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply)?;
    Ok(reply)
}

/// A request with headers (each with its newline) and a body. The status, the head and the body.
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

/// An operation: `ecs DescribeServices`, with a JSON input, or a query's flat one.
pub fn call(server: &Scripted, operation: &str, input: &Value) -> (u16, Value) {
    let (service, name) = operation.split_once(' ').unwrap();
    let prefix = match service {
        "ecs" => "AmazonEC2ContainerServiceV20141113",
        "ecr" => "AmazonEC2ContainerRegistry_V20150921",
        "logs" => "Logs_20140328",
        "application-autoscaling" => "AnyScaleFrontendService",
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
