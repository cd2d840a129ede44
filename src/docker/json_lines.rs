//! The daemon's progress streams: one JSON document per line.

use bytes::{Buf, Bytes, BytesMut};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;

use super::DockerError;
use super::daemon::gone;
use super::error::unreadable_answer;
use super::transport::DaemonResponse;

/// Maximum length of a line in bytes; a longer one doesn't come from a Docker daemon.
const LINE_LIMIT: usize = 32 << 20;

/// A stream of JSON documents.
pub(super) struct JsonLines {
    reply: DaemonResponse,
    buffer: BytesMut,
    /// Number of bytes at the start of the buffer already searched for a newline.
    searched: usize,
    doing: String,
}

impl JsonLines {
    /// Creates a reader for a response.
    pub(super) fn new(reply: DaemonResponse, doing: &str) -> Self {
        Self {
            reply,
            buffer: BytesMut::new(),
            searched: 0,
            doing: doing.to_owned(),
        }
    }

    /// Returns the next document; None at the end.
    pub(super) async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, DockerError> {
        loop {
            let Some(line) = self.line().await? else {
                return Ok(None);
            };
            if line.trim_ascii().is_empty() {
                continue;
            }
            return serde_json::from_slice(&line)
                .map(Some)
                .map_err(|error| unreadable_answer(&self.doing, error));
        }
    }

    async fn line(&mut self) -> Result<Option<Bytes>, DockerError> {
        loop {
            if let Some(line) = take_line(&mut self.buffer, &mut self.searched) {
                return Ok(Some(line));
            }
            if self.buffer.len() > LINE_LIMIT {
                let why = format!("a line is longer than {} MB", LINE_LIMIT >> 20);
                return Err(unreadable_answer(&self.doing, why));
            }
            match self.reply.response.body_mut().frame().await {
                None if self.buffer.is_empty() => return Ok(None),
                None => {
                    self.searched = 0;
                    return Ok(Some(self.buffer.split().freeze()));
                }
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        self.buffer.extend_from_slice(&data);
                    }
                }
                Some(Err(error)) => return Err(gone(&self.doing, &error)),
            }
        }
    }
}

fn take_line(buffer: &mut BytesMut, searched: &mut usize) -> Option<Bytes> {
    let start = (*searched).min(buffer.len());
    match buffer[start..].iter().position(|byte| *byte == b'\n') {
        Some(found) => {
            let line = buffer.split_to(start + found).freeze();
            buffer.advance(1);
            *searched = 0;
            Some(line)
        }
        None => {
            *searched = buffer.len();
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_whole_however_they_arrive() {
        let (mut buffer, mut searched) = (BytesMut::new(), 0);
        buffer.extend_from_slice(b"{\"a\"");
        assert_eq!(take_line(&mut buffer, &mut searched), None);
        buffer.extend_from_slice(b":1}\n\nrest");
        assert_eq!(take_line(&mut buffer, &mut searched).unwrap(), "{\"a\":1}");
        assert_eq!(take_line(&mut buffer, &mut searched).unwrap(), "");
        assert_eq!(take_line(&mut buffer, &mut searched), None);
        assert_eq!(buffer, "rest");
    }
}
