//! `tags:` — what ECS refuses of them beyond their shape.

use std::collections::HashMap;

use crate::diagnostic::{Problem, Problems, Span};
use crate::model::Node;

/// Each key is there once, and none begins with `aws:`, in whatever case (ECS API, Tag).
pub(super) fn check(node: &Node, problems: &mut Problems) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let tags = node.get("tags").and_then(Node::items).unwrap_or_default();
    for key in tags.iter().filter_map(|tag| tag.get("key")) {
        let Some(text) = key.as_str() else { continue };
        if text
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
        {
            let message = format!("a tag can't be called `{text}`");
            problems.push(Problem::error("tag-key", message, key.span).label("`aws:` is reserved for AWS"));
        }
        match seen.get(text) {
            Some(first) => problems.push(
                Problem::error(
                    "duplicate-name",
                    format!("the tag `{text}` is there twice"),
                    key.span,
                )
                .label("again here")
                .other(*first, "first here"),
            ),
            None => {
                seen.insert(text, key.span);
            }
        }
    }
}
