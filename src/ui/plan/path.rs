//! The paths of changes, for people: `containerDefinitions.web.image`, `loadBalancers[web:80].targetGroupArn`.

use crate::model::{Change, ChangePath, PathStep};

/// Returns the paths of changes. ARNs in them are shortened where the paths still differ.
pub(super) fn texts(changes: &[Change], verbose: bool) -> Vec<String> {
    let short = |path: &ChangePath| text(path, !verbose);
    let is_clear = |change: &Change| {
        let others = changes.iter().filter(|other| other.path != change.path);
        others
            .map(|other| short(&other.path))
            .all(|other| other != short(&change.path))
    };
    let path = |change: &Change| match is_clear(change) {
        true => short(&change.path),
        false => text(&change.path, false),
    };
    changes.iter().map(path).collect()
}

/// Formats a path. Elements are in brackets, unless their name is a plain word.
fn text(path: &ChangePath, short: bool) -> String {
    let mut text = String::new();
    for step in path.steps() {
        match step {
            PathStep::Element { name, .. } if is_plain(name) => add(&mut text, name),
            PathStep::Member(name) => add(&mut text, name),
            PathStep::Element { name, .. } | PathStep::Item(name) => {
                let name = if short { without_account(name) } else { name };
                text.push_str(&format!("[{name}]"));
            }
            PathStep::Position(at) => text.push_str(&format!("[{at}]")),
        }
    }
    text
}

fn add(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(name);
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Returns an ARN's resource, `service/srv-1`; other text unchanged.
fn without_account(text: &str) -> &str {
    match text.starts_with("arn:") {
        true => text.splitn(6, ':').nth(5).unwrap_or(text),
        false => text,
    }
}
