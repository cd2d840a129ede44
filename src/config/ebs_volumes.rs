//! `volumeConfigurations:` of services and jobs: the EBS volumes that ECS creates for their tasks.

use super::typed_values::{self, items, present};
use crate::diagnostic::{Problem, Problems};
use crate::model::{Entry, Node};

/// Reports volumes that ECS calls invalid ("ECS managed EBS volume configuration was invalid", measured:
/// badmintoncryer/cdk-preflight, rules/ecs). The rules are those of the API reference, ServiceManagedEBSVolumeConfiguration
/// and TaskManagedEBSVolumeConfiguration.
pub(super) fn check(fields: &Node, problems: &mut Problems) {
    for volume in items(fields, "volumeConfigurations") {
        if let Some(ebs) = present(volume, "managedEBSVolume").filter(|it| it.value.entries().is_some()) {
            check_source(ebs, problems);
            check_performance(&ebs.value, problems);
        }
    }
}

/// "You must specify either a volume size or a snapshot ID" (`sizeInGiB`); "This property can be specified only if you
/// specify a snapshotId" (`volumeInitializationRate`).
fn check_source(ebs: &Entry, problems: &mut Problems) {
    let lacks = |key: &str| typed_values::lacks(&ebs.value, key, problems);
    let (no_size, no_snapshot) = (lacks("sizeInGiB"), lacks("snapshotId"));
    if no_size && no_snapshot {
        let message = "an EBS volume needs a size or a snapshot";
        problems.push(
            Problem::error("ebs-source", message, ebs.key_span).label("add `sizeInGiB:` or `snapshotId:`"),
        );
    }
    if let Some(rate) = present(&ebs.value, "volumeInitializationRate").filter(|_| no_snapshot) {
        let message = "`volumeInitializationRate` is for volumes from a snapshot";
        problems.push(
            Problem::error("ebs-source", message, rate.key_span).label("remove it, or add `snapshotId:`"),
        );
    }
}

/// `iops`: "This parameter is required for io1 and io2 volume types" and "not supported for st1, sc1, or standard volume
/// types". `throughput`: "only supported for the gp3 volume type".
fn check_performance(ebs: &Node, problems: &mut Problems) {
    let Some(volume_type) = ebs.text_of("volumeType") else {
        return;
    };
    let kind = present(ebs, "volumeType").map(|it| it.value.span);
    if matches!(volume_type, "io1" | "io2") && typed_values::lacks(ebs, "iops", problems) {
        let message = format!("an EBS volume of type {volume_type} needs `iops`");
        problems.push(Problem::error("ebs-performance", message, kind).label("add `iops:`"));
    }
    let is_known = matches!(
        volume_type,
        "gp2" | "gp3" | "io1" | "io2" | "st1" | "sc1" | "standard"
    );
    for (member, is_refused) in [
        ("iops", matches!(volume_type, "st1" | "sc1" | "standard")),
        ("throughput", is_known && volume_type != "gp3"),
    ] {
        if let Some(entry) = present(ebs, member).filter(|_| is_refused) {
            let message = format!("an EBS volume of type {volume_type} has no `{member}`");
            problems.push(Problem::error("ebs-performance", message, entry.key_span).label("remove it"));
        }
    }
}
