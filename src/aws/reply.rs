//! Small steps into a reply.

use super::error::{AwsError, AwsErrorKind};
use super::wire::AwsCall;
use crate::model::Value;

/// A reply's member, which the API promises.
pub(super) fn member(call: &AwsCall, mut reply: Value, key: &str) -> Result<Value, AwsError> {
    match reply.get_mut(key) {
        Some(value) => Ok(value.take()),
        None => Err(AwsError::new(
            call,
            AwsErrorKind::Nonsense,
            Some(format!("no `{key}` in the response")),
        )),
    }
}

/// A reply's list; a missing one is empty.
pub(super) fn list(mut reply: Value, key: &str) -> Vec<Value> {
    match reply.get_mut(key).map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// The lists of several replies, put together.
pub(super) fn join(replies: Vec<Value>, key: &str) -> Vec<Value> {
    replies.into_iter().flat_map(|reply| list(reply, key)).collect()
}

/// The texts of a list.
pub(super) fn strings(items: Vec<Value>) -> Vec<String> {
    items
        .into_iter()
        .filter_map(|item| match item {
            Value::String(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// The token for the next page, where there is one.
pub(super) fn next_token(reply: &Value) -> Option<Value> {
    let token = reply.get("nextToken")?;
    token.as_str().filter(|token| !token.is_empty())?;
    Some(token.clone())
}
