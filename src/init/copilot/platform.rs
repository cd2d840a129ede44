//! `platform` of a service or a job.

use super::parts::WorkloadParts;
use crate::diagnostic::Problem;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::source_reader::scalar;
use crate::model::{Node, NodeKind};

/// Adds the platform, unless it is Copilot's default.
pub(super) fn add(node: &Node, parts: &mut WorkloadParts<'_, '_>) {
    let Some(platform) = node.get("platform").filter(|node| !node.is_null()) else {
        return;
    };
    let (system, architecture) = match &platform.kind {
        NodeKind::Map(_) => {
            let of = |key: &str| platform.get(key).and_then(scalar).unwrap_or_default().to_owned();
            (of("osfamily"), of("architecture"))
        }
        _ => {
            let text = parts.reader.known("platform", platform).unwrap_or_default();
            let (system, architecture) = text.split_once('/').unwrap_or(("linux", &text));
            (system.to_owned(), architecture.to_owned())
        }
    };
    let architecture = match architecture.to_ascii_lowercase().as_str() {
        "amd64" | "x86_64" => "X86_64",
        "arm64" => "ARM64",
        other => {
            let message = format!("unknown architecture `{other}`");
            let problem = Problem::error("platform", message, platform.span);
            return parts.reader.problems.push(problem.label("x86_64 or arm64"));
        }
    };
    let system = match system.to_ascii_uppercase().as_str() {
        // Copilot's family for it.
        "WINDOWS" => "WINDOWS_SERVER_2019_CORE".to_owned(),
        other => other.to_owned(),
    };
    if (architecture, system.as_str()) == ("X86_64", "LINUX") {
        return;
    }
    let mut draft = DraftMap::default();
    draft.put("cpuArchitecture", architecture);
    draft.put("operatingSystemFamily", DraftValue::plain(&system));
    parts.definition.put("runtimePlatform", draft);
}
