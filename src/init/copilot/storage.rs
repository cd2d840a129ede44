//! `storage` of a service or a job, and what containers mount of it.

use super::parts::WorkloadParts;
use super::variables::exported;
use crate::init::draft::{DraftMap, DraftValue};
use crate::model::Node;

/// The ephemeral storage of each task in GiB, which needs no member (ECS API, EphemeralStorage, `sizeInGiB`).
const DEFAULT_GIB: i64 = 20;

/// Adds the ephemeral storage, the volumes, and the mount points of the main container.
pub(super) fn add(manifest: &Node, container: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let Some(storage) = manifest.get("storage").filter(|node| !node.is_null()) else {
        return;
    };
    if let Some(node) = storage.get("ephemeral") {
        let parse = |text: &str| text.parse::<i64>().ok();
        let size = parts.reader.parse("ephemeral", node, "a number of GiB", parse);
        if let Some(size) = size.filter(|size| *size != DEFAULT_GIB) {
            let mut draft = DraftMap::default();
            draft.put("sizeInGiB", size);
            parts.definition.put("ephemeralStorage", draft);
        }
    }
    let mut points = Vec::new();
    let volumes = storage
        .get("volumes")
        .map_or(&[][..], |it| parts.reader.members("volumes", it));
    for entry in volumes {
        let node = &entry.value;
        let read_only = node.get("read_only");
        let read_only = read_only.and_then(|node| parts.reader.flag("read_only", node));
        let path = node.get("path").and_then(|node| parts.reader.known("path", node));
        if let Some(path) = path {
            points.push(mount_point(&entry.key, &path, read_only.unwrap_or(true)).into());
        }
        let volume = volume(&entry.key, node, parts);
        parts.volumes.push(volume);
    }
    if !points.is_empty() {
        container.put("mountPoints", DraftValue::List(points));
    }
}

/// Drafts a volume: on EFS, or for as long as the task.
fn volume(name: &str, node: &Node, parts: &mut WorkloadParts<'_, '_>) -> DraftMap {
    let mut volume = DraftMap::default();
    volume.put("name", DraftValue::plain(name));
    let Some(efs) = node.get("efs").filter(|node| !node.is_null()) else {
        return volume;
    };
    let Some(id) = efs.get("id") else {
        if efs.entries().is_some() || parts.reader.flag("efs", efs) == Some(true) {
            parts.definition.todo(format!(
                "name the EFS file system of the volume {name}, which Copilot made, and its access point"
            ));
            parts.definition.sample(&[&format!(
                "volumes: [{{name: {name}, efsVolumeConfiguration: {{fileSystemId: fs-…, transitEncryption: ENABLED, \
                 authorizationConfig: {{accessPointId: fsap-…, iam: ENABLED}}}}}}]"
            )]);
        }
        return volume;
    };
    let id = match id.get("from_cfn") {
        Some(export) => exported(export, parts),
        None => parts.reader.text("id", id),
    };
    let mut draft = DraftMap::default();
    if let Some(id) = id {
        draft.put("fileSystemId", id.as_str());
    }
    if let Some(root) = efs
        .get("root_dir")
        .and_then(|node| parts.reader.text("root_dir", node))
    {
        draft.put("rootDirectory", root.as_str());
    }
    draft.put("transitEncryption", "ENABLED");
    let auth = |key: &str| efs.get("auth").and_then(|auth| auth.get(key));
    let iam = auth("iam").and_then(|node| parts.reader.flag("iam", node));
    let mut authorization = DraftMap::default();
    if let Some(point) = auth("access_point_id").and_then(|node| parts.reader.text("access_point_id", node)) {
        authorization.put("accessPointId", point.as_str());
    }
    authorization.put(
        "iam",
        if iam.unwrap_or(true) {
            "ENABLED"
        } else {
            "DISABLED"
        },
    );
    draft.put("authorizationConfig", authorization);
    volume.put("efsVolumeConfiguration", draft);
    volume
}

/// Adds the mount points of a sidecar, which are read-only by default.
pub(super) fn add_mount_points(node: &Node, container: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let mut points = Vec::new();
    let items = node
        .get("mount_points")
        .map_or(&[][..], |it| parts.reader.items("mount_points", it));
    for item in items {
        let mut text = |key: &str| item.get(key).and_then(|node| parts.reader.known(key, node));
        let (Some(source), Some(path)) = (text("source_volume"), text("path")) else {
            parts
                .reader
                .wrong("mount_points", item, "a mapping with `source_volume` and `path`");
            continue;
        };
        let read_only = item.get("read_only");
        let read_only = read_only.and_then(|node| parts.reader.flag("read_only", node));
        points.push(mount_point(&source, &path, read_only.unwrap_or(true)).into());
    }
    if !points.is_empty() {
        container.put("mountPoints", DraftValue::List(points));
    }
}

/// Returns a mount point.
fn mount_point(volume: &str, path: &str, is_read_only: bool) -> DraftMap {
    let mut point = DraftMap::default();
    point.put("sourceVolume", DraftValue::plain(volume));
    point.put("containerPath", DraftValue::plain(path));
    if is_read_only {
        point.put("readOnly", DraftValue::Scalar(true.into()));
    }
    point
}
