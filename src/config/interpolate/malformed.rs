//! What is wrong with a `${…}`, in words.

use std::ops::Range;

use crate::schema::suggest;

/// What `${…}` may begin with, before the dot.
const ROOTS: [&str; 5] = ["vars", "env", "images", "git", "aws"];
/// What is wrong with a `${…}`, and where in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub range: Range<usize>,
    pub code: &'static str,
    pub message: String,
    pub label: String,
}

impl Malformed {
    pub fn unknown(range: Range<usize>, message: String, label: impl Into<String>) -> Self {
        Self {
            range,
            code: "unknown-reference",
            message,
            label: label.into(),
        }
    }
}

pub(super) fn unknown_member(root: &str, name: &str, known: &[&str], range: Range<usize>) -> Malformed {
    let label = match suggest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{root}.{meant}`?"),
        None => format!("one of {}", known.join(", ")),
    };
    Malformed::unknown(range, format!("`{root}.{name}` is unknown"), label)
}

pub(super) fn unknown_root(written: &str, root: &str, range: Range<usize>) -> Malformed {
    let label = match suggest(root, ROOTS) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "one of vars, env, images, git, aws".to_owned(),
    };
    Malformed::unknown(range, format!("`${{{written}}}` names nothing"), label)
}

/// `${PORT}`: a shell's variable, perhaps meant as such.
pub(super) fn bare(written: &str, range: Range<usize>) -> Malformed {
    let message = format!("`${{{written}}}` names nothing");
    if ROOTS.contains(&written) {
        return Malformed::unknown(range, message, format!("`{written}.` what?"));
    }
    let label = if is_name(written) {
        format!("write `${{env.{written}}}` for the variable, `$${{{written}}}` for the text itself")
    } else {
        "write `$${` for a literal `${`".to_owned()
    };
    Malformed::unknown(range, message, label)
}

/// Names of variables: what shells, and `--var`, take.
pub(crate) fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
