//! `init`, `cap_add`, `cap_drop` and `tmpfs`: the Linux parameters of the container.

use super::parts::ComposeParts;
use crate::init::draft::{DraftMap, DraftValue};
use crate::model::Node;

/// The only capability that a container on Fargate can add (ECS API, KernelCapabilities, `add`).
const ADDED: &str = "SYS_PTRACE";

/// Adds the Linux parameters. `in_memory` are the mounts in memory.
pub(super) fn add(service: &Node, in_memory: Vec<DraftValue>, parts: &mut ComposeParts<'_, '_>) {
    let mut linux = DraftMap::default();
    if let Some(init) = service.get("init").filter(|node| !node.is_null())
        && let Some(flag) = parts.reader.flag("init", init)
    {
        linux.put("initProcessEnabled", DraftValue::Scalar(flag.into()));
    }
    let capabilities = capabilities(service, parts);
    if !capabilities.is_empty() {
        linux.put("capabilities", capabilities);
    }
    if !in_memory.is_empty() {
        linux.put("tmpfs", DraftValue::List(in_memory));
    }
    if !linux.is_empty() {
        parts.container.put("linuxParameters", linux);
    }
}

fn capabilities(service: &Node, parts: &mut ComposeParts<'_, '_>) -> DraftMap {
    let mut capabilities = DraftMap::default();
    let (added, refused): (Vec<String>, Vec<String>) = named(service, "cap_add", parts)
        .into_iter()
        .partition(|name| name == ADDED);
    for name in refused {
        parts.leave_out(&format!("cap_add {name}"), "not available on Fargate");
    }
    for (member, names) in [("add", added), ("drop", named(service, "cap_drop", parts))] {
        if !names.is_empty() {
            let names = names.iter().map(|name| DraftValue::plain(name));
            capabilities.put(member, DraftValue::List(names.collect()));
        }
    }
    capabilities
}

/// Returns the names of capabilities without the prefix of the kernel.
fn named(service: &Node, attribute: &str, parts: &mut ComposeParts<'_, '_>) -> Vec<String> {
    let Some(list) = service.get(attribute) else {
        return Vec::new();
    };
    let items = parts.reader.items(attribute, list).iter();
    let names = items.filter_map(|item| parts.reader.known(attribute, item));
    names
        .map(|name| {
            let name = name.to_ascii_uppercase();
            name.strip_prefix("CAP_").map_or(name.clone(), str::to_owned)
        })
        .collect()
}
