//! `requiredVersion:` — which ecsctl may read the file.

use super::read;
use crate::diagnostic::{Problem, Problems};
use crate::model::Node;

/// Whether this ecsctl may read the file: with another one, whatever else is wrong may be a matter of version.
pub(super) fn is_met(root: &Node, problems: &mut Problems) -> bool {
    let Some(entry) = read::present(root, "requiredVersion") else {
        return true;
    };
    let Some(text) = read::text(entry, problems) else {
        return true;
    };
    let own = env!("CARGO_PKG_VERSION");
    match (semver::VersionReq::parse(&text), semver::Version::parse(own)) {
        (Ok(required), Ok(version)) if !required.matches(&version) => {
            let message = format!("this is ecsctl {own}, and the file requires {text}");
            problems.push(
                Problem::error("required-version", message, entry.value.span)
                    .label("another version is needed"),
            );
            false
        }
        (Err(error), _) => {
            let message = format!("`{text}` is no requirement of a version");
            problems.push(
                Problem::error("required-version", message, entry.value.span)
                    .label("\">=0.1\" for example")
                    .note(error.to_string()),
            );
            true
        }
        _ => true,
    }
}
