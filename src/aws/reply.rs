//! Helpers for reading responses.

use super::error::{AwsError, AwsErrorKind};
use super::wire::AwsCall;
use crate::model::Value;

/// Takes a structure that the API guarantees from a response. What isn't a structure with members proves nothing.
pub(super) fn member(call: &AwsCall, mut reply: Value, key: &str) -> Result<Value, AwsError> {
    match reply.get_mut(key) {
        Some(value) if value.as_object().is_some_and(|members| !members.is_empty()) => Ok(value.take()),
        _ => Err(AwsError::new(
            call,
            AwsErrorKind::Nonsense,
            Some(format!("no `{key}` in the response")),
        )),
    }
}

/// Takes a list from a response; a missing one is empty.
pub(super) fn list(mut reply: Value, key: &str) -> Vec<Value> {
    match reply.get_mut(key).map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// Concatenates a list of several responses.
pub(super) fn join(replies: Vec<Value>, key: &str) -> Vec<Value> {
    replies.into_iter().flat_map(|reply| list(reply, key)).collect()
}

/// Returns the strings of a list.
pub(super) fn strings(items: Vec<Value>) -> Vec<String> {
    items
        .into_iter()
        .filter_map(|item| match item {
            Value::String(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// Returns the token of the next page, if there is one.
pub(super) fn next_token(reply: &Value) -> Option<Value> {
    let token = reply.get("nextToken")?;
    token.as_str().filter(|token| !token.is_empty())?;
    Some(token.clone())
}
