//! Volumes: those that are configured at launch, and those on EFS.

use crate::config::references::is_at_launch;
use crate::config::typed_values::{self, items};
use crate::diagnostic::{Problem, Problems};
use crate::model::{Entry, Node};

/// Reports volumes that RegisterTaskDefinition rejects.
pub(super) fn check(definition: &Node, problems: &mut Problems) {
    let volumes = items(definition, "volumes");
    let at_launch: Vec<&Node> = volumes.iter().filter(|it| is_at_launch(it)).collect();
    for (at, volume) in at_launch.iter().enumerate() {
        match at {
            0 => check_mounted(volume, definition, problems),
            _ => problems.push(several_at_launch(volume)),
        }
    }
    for efs in volumes
        .iter()
        .filter_map(|it| typed_values::present(it, "efsVolumeConfiguration"))
    {
        check_efs(&efs.value, problems);
    }
}

/// "Each task definition revision may only have one volume configured at launch in the volume configuration" (ECS API,
/// Volume, `configuredAtLaunch`).
fn several_at_launch(volume: &Node) -> Problem {
    let entry = volume.entry("configuredAtLaunch");
    let span = entry.map_or(volume.span, |it| it.key_span);
    let message = "a task definition has at most one volume that is configured at launch";
    Problem::error("several-at-launch", message, span).label("remove it here, or from the other volume")
}

/// Reports a volume that no container mounts: AWS says that it is "not referenced by any of the containers" (measured:
/// badmintoncryer/cdk-preflight, rules/ecs).
fn check_mounted(volume: &Node, definition: &Node, problems: &mut Problems) {
    let Some(entry) = volume.entry("name") else { return };
    let Some(name) = entry.value.as_str() else { return };
    let containers = items(definition, "containerDefinitions");
    let is_unclear = containers
        .iter()
        .any(|it| typed_values::is_reported(it.entry("mountPoints"), problems));
    let mut mounts = containers.iter().flat_map(|it| items(it, "mountPoints"));
    if is_unclear || mounts.any(|mount| mount.text_of("sourceVolume") == Some(name)) {
        return;
    }
    let message = format!("no container mounts the volume `{name}`, which is configured at launch");
    problems.push(
        Problem::error("volume-unused", message, entry.value.span).label(format!(
            "add `mountPoints: [{{sourceVolume: {name}, containerPath: /…}}]` to a container"
        )),
    );
}

/// Checks what an access point and authorization by IAM need (ECS API, EFSVolumeConfiguration and EFSAuthorizationConfig;
/// AWS's refusals, measured: badmintoncryer/cdk-preflight, rules/ecs).
fn check_efs(efs: &Node, problems: &mut Problems) {
    let Some(authorization) = efs.get("authorizationConfig") else {
        return;
    };
    let is_text = |entry: &&Entry| entry.value.as_str().is_some_and(|text| !text.is_empty());
    let access_point = authorization.entry("accessPointId").filter(is_text);
    let iam = authorization
        .entry("iam")
        .filter(|it| it.value.as_str() == Some("ENABLED"));
    let root = efs.entry("rootDirectory").filter(is_text);
    if let (Some(point), Some(root)) = (access_point, root.filter(|it| it.value.as_str() != Some("/"))) {
        let message = "`rootDirectory` of an EFS volume with an access point must be `/`";
        problems.push(
            Problem::error("efs-root-directory", message, root.value.span)
                .label("remove it: the access point has a directory")
                .other(point.key_span, "the access point"),
        );
    }
    let encryption = efs.text_of("transitEncryption");
    let is_off = encryption == Some("DISABLED")
        || encryption.is_none() && typed_values::lacks(efs, "transitEncryption", problems);
    if let Some(needs) = iam.or(access_point).filter(|_| is_off) {
        let what = match needs.key.as_str() {
            "iam" => "authorization by IAM",
            _ => "an access point",
        };
        let message = format!("{what} needs an EFS volume with encryption in transit");
        problems.push(
            Problem::error("efs-not-encrypted", message, needs.key_span)
                .label("add `transitEncryption: ENABLED` to `efsVolumeConfiguration`"),
        );
    }
}
