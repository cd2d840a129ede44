//! `volumes` and `tmpfs`: what is mounted into the container.

use super::parts::ComposeParts;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::names::ecs_name;
use crate::init::units::mebibytes;
use crate::model::{Node, NodeKind};

/// The size of a tmpfs in MiB where the Compose file has none: ECS requires one (ECS API, Tmpfs, `size`).
const TMPFS_MIB: u32 = 64;

/// A mount in the container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ComposeMount {
    kind: String,
    source: Option<String>,
    target: String,
    is_read_only: bool,
    /// The size of a tmpfs, in MiB.
    size: Option<u32>,
}

/// Adds the mounts; returns those in memory, which are a part of `linuxParameters`.
pub(super) fn add(service: &Node, parts: &mut ComposeParts<'_, '_>) -> Vec<DraftValue> {
    let mut in_memory = Vec::new();
    let mut points = Vec::new();
    for mount in mounts(service, parts) {
        match mount.kind.as_str() {
            "volume" => points.push(point(&mount, parts)),
            "tmpfs" => in_memory.push(tmpfs(&mount, parts)),
            "bind" => {
                let source = mount.source.unwrap_or_default();
                let attribute = format!("volumes {source}:{}", mount.target);
                parts.leave_out(
                    &attribute,
                    "Fargate has no folder of the host: copy it into the image",
                );
            }
            kind => {
                let attribute = format!("volumes {}", mount.target);
                parts.leave_out(&attribute, &format!("type {kind}"));
            }
        }
    }
    if !points.is_empty() {
        parts.container.put("mountPoints", DraftValue::List(points));
    }
    in_memory
}

fn mounts(service: &Node, parts: &mut ComposeParts<'_, '_>) -> Vec<ComposeMount> {
    let mut mounts = Vec::new();
    if let Some(list) = service.get("volumes") {
        for item in parts.reader.items("volumes", list) {
            mounts.extend(match &item.kind {
                NodeKind::Map(_) => long(item, parts),
                _ => parts
                    .reader
                    .parse("volumes", item, "[SOURCE:]TARGET[:MODE]", short),
            });
        }
    }
    if let Some(node) = service.get("tmpfs") {
        let items = match &node.kind {
            NodeKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for item in items.iter().filter(|item| !item.is_null()) {
            let parsed = parts.reader.parse("tmpfs", item, "PATH[:OPTIONS]", in_memory);
            mounts.extend(parsed);
        }
    }
    mounts
}

/// Parses the short syntax (Compose specification, "volumes"): a source that is a path is a bind mount.
fn short(text: &str) -> Option<ComposeMount> {
    let mut fields = text.split(':');
    let first = fields.next().filter(|first| !first.is_empty())?;
    let Some(target) = fields.next() else {
        return Some(ComposeMount {
            kind: "volume".to_owned(),
            target: first.to_owned(),
            ..ComposeMount::default()
        });
    };
    let is_path = first.starts_with(['.', '/', '~', '\\']) || first.contains('/');
    let options = fields.next().unwrap_or_default();
    Some(ComposeMount {
        kind: if is_path { "bind" } else { "volume" }.to_owned(),
        source: Some(first.to_owned()),
        target: Some(target).filter(|target| target.starts_with('/'))?.to_owned(),
        is_read_only: options.split(',').any(|option| option == "ro"),
        size: None,
    })
}

/// Parses an item of `tmpfs`: a path and mount options.
fn in_memory(text: &str) -> Option<ComposeMount> {
    let (target, options) = text.split_once(':').unwrap_or((text, ""));
    let size = options.split(',').find_map(|option| option.strip_prefix("size="));
    Some(ComposeMount {
        kind: "tmpfs".to_owned(),
        target: Some(target).filter(|target| target.starts_with('/'))?.to_owned(),
        size: size.and_then(mebibytes),
        ..ComposeMount::default()
    })
}

fn long(item: &Node, parts: &mut ComposeParts<'_, '_>) -> Option<ComposeMount> {
    let mut text = |key: &str| {
        let node = item.get(key).filter(|node| !node.is_null())?;
        parts.reader.known(key, node)
    };
    let (kind, source, target) = (text("type"), text("source"), text("target"));
    let Some(target) = target else {
        parts.reader.wrong("volumes", item, "a mapping with `target`");
        return None;
    };
    let size = item.get("tmpfs").and_then(|tmpfs| tmpfs.get("size"));
    let read_only = item.get("read_only");
    Some(ComposeMount {
        kind: kind.unwrap_or_else(|| "volume".to_owned()),
        source,
        target,
        is_read_only: read_only.and_then(|node| parts.reader.flag("read_only", node)) == Some(true),
        size: size.and_then(|node| {
            parts
                .reader
                .parse("size", node, "a size, for example 64m", mebibytes)
        }),
    })
}

/// Adds the volume of a mount, and returns the mount point.
fn point(mount: &ComposeMount, parts: &mut ComposeParts<'_, '_>) -> DraftValue {
    let name = match &mount.source {
        Some(source) => ecs_name(source, "data"),
        None => ecs_name(&mount.target, "data"),
    };
    if !parts.volumes.contains(&name) {
        parts.volumes.push(name.clone());
        if mount.source.is_some() {
            parts.definition.todo(format!(
                "keep the data of the volume {name} on Amazon EFS, or in a managed service: without that it ends with the \
                 task, and each task has its own"
            ));
            parts.definition.sample(&[
                "volumes:",
                &format!("  - {{name: {name}, efsVolumeConfiguration: {{fileSystemId: fs-…, transitEncryption: ENABLED}}}}"),
            ]);
        }
    }
    let mut point = DraftMap::default();
    point.put("sourceVolume", name.as_str());
    point.put("containerPath", DraftValue::plain(&mount.target));
    if mount.is_read_only {
        point.put("readOnly", DraftValue::Scalar(true.into()));
    }
    point.into()
}

fn tmpfs(mount: &ComposeMount, parts: &mut ComposeParts<'_, '_>) -> DraftValue {
    if mount.size.is_none() {
        parts.container.todo(format!(
            "set the size in MiB of the tmpfs at {}: compose has none",
            mount.target
        ));
    }
    let mut draft = DraftMap::default();
    draft.put("containerPath", DraftValue::plain(&mount.target));
    draft.put("size", i64::from(mount.size.unwrap_or(TMPFS_MIB).max(1)));
    draft.into()
}
