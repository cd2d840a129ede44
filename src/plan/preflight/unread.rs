//! What was not checked, once for each missing permission.

use super::CheckContext;
use crate::model::{Finding, UnreadResource};

/// Advice for each IAM action that failed, and what it would have read.
pub(super) fn advice(context: CheckContext<'_>) -> Vec<Finding> {
    let observed = context.observed.target_groups.unread.iter();
    let all: Vec<&UnreadResource> = observed.chain(&context.reads.unread).collect();
    let mut actions: Vec<&str> = all.iter().map(|unread| unread.action.as_str()).collect();
    let mut seen = Vec::new();
    actions.retain(|action| {
        let is_new = !seen.contains(action);
        seen.push(action);
        is_new
    });
    actions.into_iter().map(|action| one(action, &all)).collect()
}

fn one(action: &str, all: &[&UnreadResource]) -> Finding {
    let of_action: Vec<_> = all.iter().filter(|unread| unread.action == action).collect();
    let mut what: Vec<&str> = of_action.iter().map(|unread| unread.what).collect();
    what.dedup();
    let what = what.join(", ");
    match of_action.iter().find_map(|unread| unread.reason.as_ref()) {
        None => Finding::advice("not-checked", format!("not checked: {what}: that needs {action}"))
            .on(action)
            .hint(format!("allow {action} to the caller")),
        Some(reason) => Finding::advice("not-checked", format!("not checked: {what}: {reason}")).on(action),
    }
}
