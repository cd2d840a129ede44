//! A loopback server that simulates AWS in unit tests: returns scripted responses and records the requests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::Aws;
use crate::model::Value;

/// The reaction to a request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Responds with a status and a body.
    Reply(u16, String),
    /// Closes the connection without a response.
    Hang,
}

impl Answer {
    pub fn ok(body: Value) -> Self {
        Self::Reply(200, body.to_string())
    }

    pub fn refusal(status: u16, code: &str, message: &str) -> Self {
        Self::Reply(status, json!({"__type": code, "message": message}).to_string())
    }
}

/// A recorded request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub head: String,
    pub body: String,
}

impl Request {
    /// Returns `DescribeServices`, from the `X-Amz-Target` header, else from the query protocol's `Action`.
    pub fn operation(&self) -> String {
        let target = self.header("x-amz-target").and_then(|target| {
            let (_, operation) = target.split_once('.')?;
            Some(operation.to_owned())
        });
        let action = || {
            self.body
                .split('&')
                .find_map(|pair| pair.strip_prefix("Action="))
                .map(str::to_owned)
        };
        target.or_else(action).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

type Script = dyn FnMut(&Request) -> Answer + Send;

/// The simulated server. It ends with its runtime.
pub(crate) struct FakeAws {
    pub endpoint: String,
    log: Arc<Mutex<Vec<Request>>>,
}

impl FakeAws {
    /// Starts a server that gives these responses in order, and then fails every request.
    pub async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let mut answers: VecDeque<Answer> = answers.into_iter().collect();
        Self::playing(move |request| {
            answers
                .pop_front()
                .unwrap_or_else(|| Answer::refusal(400, "Unscripted", &request.operation()))
        })
        .await
    }

    /// Starts a server that calls `script` for each response.
    pub async fn playing(script: impl FnMut(&Request) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let log: Arc<Mutex<Vec<Request>>> = Arc::default();
        let script: Arc<Mutex<Box<Script>>> = Arc::new(Mutex::new(Box::new(script)));
        let kept = log.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, script.clone(), kept.clone()));
            }
        });
        Self { endpoint, log }
    }

    /// Opens a session with the server.
    pub async fn session(&self) -> Aws {
        Aws::for_tests(&self.endpoint).await
    }

    pub fn requests(&self) -> Vec<Request> {
        self.log.lock().unwrap().clone()
    }

    /// Returns the operations that were called, in order.
    pub fn operations(&self) -> Vec<String> {
        self.requests().iter().map(Request::operation).collect()
    }
}

async fn serve(
    mut stream: TcpStream,
    script: Arc<Mutex<Box<Script>>>,
    log: Arc<Mutex<Vec<Request>>>,
) -> Option<()> {
    loop {
        let request = read(&mut stream).await?;
        log.lock().unwrap().push(request.clone());
        let answer = (script.lock().unwrap())(&request);
        let Answer::Reply(status, body) = answer else {
            return None;
        };
        let reply = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/x-amz-json-1.1\r\nx-amzn-requestid: id-1\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(reply.as_bytes()).await.ok()?;
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let request = Request {
                head: head.to_owned(),
                body: body.to_owned(),
            };
            let length: usize = request
                .header("content-length")
                .and_then(|length| length.parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return Some(request);
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(buffer.get(..count)?),
        }
    }
}
