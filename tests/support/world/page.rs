//! List pagination.

use serde_json::{Value, json};

use crate::support::protocol::{Answer, Call, Refusal};

/// Maximum page size of any ECS list operation.
const MOST: usize = 100;

/// Returns a page of a list, limited by the call (default `usual`), the operation and the scenario.
pub fn page(member: &str, items: Vec<Value>, call: &Call, usual: usize, at_most: Option<usize>) -> Answer {
    let start = match call.text("nextToken") {
        None => 0,
        Some(token) => token
            .strip_prefix("page-from-")
            .and_then(|from| from.parse().ok())
            .ok_or_else(|| Refusal::new("InvalidParameterException", "Invalid token."))?,
    };
    let asked = call.input["maxResults"].as_u64().unwrap_or(usual as u64);
    let size = usize::try_from(asked).unwrap_or(usual).min(MOST);
    let size = size.min(at_most.unwrap_or(MOST)).max(1);
    let total = items.len();
    let shown: Vec<Value> = items.into_iter().skip(start).take(size).collect();
    let end = start + shown.len();
    let mut answer = json!({member: shown});
    if end < total {
        answer["nextToken"] = format!("page-from-{end}").into();
    }
    Ok(answer)
}
