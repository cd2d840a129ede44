//! Captures every AWS request and response of a test run for `scripts/validate-requests`.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::http::Reply;
use super::protocol::{Call, Wire};

/// Returns the folder for captures: `$ECSCTL_TEST_CAPTURE`, else one in Cargo's folder for tests.
pub fn folder() -> PathBuf {
    std::env::var_os("ECSCTL_TEST_CAPTURE").map_or_else(
        || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("requests"),
        PathBuf::from,
    )
}

/// One server's file of JSON lines.
pub struct Capture {
    file: File,
    pub path: PathBuf,
    /// Whether responses contain unknown values on purpose.
    unknown_values: bool,
}

impl Capture {
    /// Creates a file for the server on this port in this process.
    pub fn new(port: u16, unknown_values: bool) -> Self {
        let folder = folder();
        let path = folder.join(format!("{}-{port}.jsonl", std::process::id()));
        let file = std::fs::create_dir_all(&folder)
            .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self {
            file,
            path,
            unknown_values,
        }
    }

    /// Writes a request.
    pub fn request(&mut self, call: &Call) {
        match call.wire {
            Wire::Json | Wire::Rest => self.line(call, "body", &call.input, json!({})),
            Wire::Query => self.line(call, "query", &call.input, json!({})),
            Wire::S3 | Wire::Registry => {}
        }
    }

    /// Writes a regular response, not one that a fault injected.
    pub fn reply(&mut self, call: &Call, reply: &Reply) {
        let more = json!({"reply": true, "status": reply.status, "allowUnknown": self.unknown_values});
        let text = String::from_utf8_lossy(&reply.body);
        match call.wire {
            Wire::Json => {
                let body = serde_json::from_str(&text).unwrap_or(Value::Null);
                self.line(call, "body", &body, more);
            }
            Wire::Rest => {
                let mut body = serde_json::from_str(&text).unwrap_or(Value::Null);
                // In this protocol the code is in a header.
                if let Some((_, code)) = reply.headers.iter().find(|(name, _)| name == "x-amzn-errortype") {
                    body = json!({"__type": code});
                }
                self.line(call, "body", &body, more);
            }
            Wire::Query => self.line(call, "body", &Value::from(text.as_ref()), more),
            Wire::S3 | Wire::Registry => {}
        }
    }

    fn line(&mut self, call: &Call, member: &str, content: &Value, mut line: Value) {
        line["service"] = call.service.as_str().into();
        line["operation"] = call.operation.as_str().into();
        line[member] = content.clone();
        // One write per line, so that lines of several servers never mix.
        self.file
            .write_all(format!("{line}\n").as_bytes())
            .unwrap_or_else(|error| panic!("{}: {error}", self.path.display()));
    }
}
