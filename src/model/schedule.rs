//! The schedule of a job as deploy.yaml has it (`schedule:`), in the terms of EventBridge Scheduler.

use sha2::{Digest as _, Sha256};

use super::{Value, cluster_name, hex};

/// The members of RunTask that a schedule's target has, too, and their names in EventBridge Scheduler's `EcsParameters`
/// (API reference, EcsParameters).
pub const ECS_PARAMETERS: [(&str, &str); 11] = [
    ("capacityProviderStrategy", "CapacityProviderStrategy"),
    ("enableECSManagedTags", "EnableECSManagedTags"),
    ("enableExecuteCommand", "EnableExecuteCommand"),
    ("group", "Group"),
    ("launchType", "LaunchType"),
    ("networkConfiguration", "NetworkConfiguration"),
    ("placementConstraints", "PlacementConstraints"),
    ("placementStrategy", "PlacementStrategy"),
    ("platformVersion", "PlatformVersion"),
    ("propagateTags", "PropagateTags"),
    ("tags", "Tags"),
];

/// The members of `awsvpcConfiguration` in ECS, and in EventBridge Scheduler.
pub const AWSVPC_MEMBERS: [(&str, &str); 3] = [
    ("subnets", "Subnets"),
    ("securityGroups", "SecurityGroups"),
    ("assignPublicIp", "AssignPublicIp"),
];

/// The keys of `schedule:` and the members of CreateSchedule that they are.
pub const SCHEDULE_MEMBERS: [(&str, &str); 8] = [
    ("expression", "ScheduleExpression"),
    ("timezone", "ScheduleExpressionTimezone"),
    ("state", "State"),
    ("startDate", "StartDate"),
    ("endDate", "EndDate"),
    ("description", "Description"),
    ("flexibleTimeWindow", "FlexibleTimeWindow"),
    ("kmsKeyArn", "KmsKeyArn"),
];

/// The keys of `schedule:` and the members of its target that they are.
pub const TARGET_MEMBERS: [(&str, &str); 3] = [
    ("roleArn", "RoleArn"),
    ("retryPolicy", "RetryPolicy"),
    ("deadLetterConfig", "DeadLetterConfig"),
];

/// When a job runs.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The schedule group: that of the file and its cluster.
    pub group: String,
    /// The members of CreateSchedule that the file sets; `Target` has those of the target.
    pub input: Value,
}

/// The longest `name:` of a file with schedules, so that its group's name also has room for the cluster.
pub const LONGEST_FILE_NAME: usize = 32;
/// The longest name of a schedule group (API reference, CreateScheduleGroup).
const LONGEST_GROUP: usize = 64;

/// Returns the schedule group of a file, by its `name:`, in a cluster: `ecsctl.NAME.CLUSTER`. Schedules have no tags
/// ("You can only assign tags to schedule groups", API reference, TagResource), so the group is the mark of what belongs
/// to the file. Neither name has a dot; of a longer cluster's name, the end is replaced by a digest.
pub fn schedule_group(name: &str, cluster: &str) -> String {
    let cluster = cluster_name(cluster);
    let group = format!("ecsctl.{name}.{cluster}");
    if group.len() <= LONGEST_GROUP {
        return group;
    }
    let digest = hex(&Sha256::digest(cluster)[..4]);
    let room = LONGEST_GROUP.saturating_sub(format!("ecsctl.{name}..{digest}").len());
    let start: String = cluster.chars().take(room).collect();
    format!("ecsctl.{name}.{start}.{digest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn group_names_file_and_cluster() {
        assert_eq!(schedule_group("shop", "production"), "ecsctl.shop.production");
        let arn = "arn:aws:ecs:us-east-1:123456789012:cluster/production";
        assert_eq!(schedule_group("shop", arn), "ecsctl.shop.production");
    }

    #[test]
    fn group_of_long_names_fits_and_differs() {
        let (name, cluster) = ("n".repeat(LONGEST_FILE_NAME), "c".repeat(255));
        let one = schedule_group(&name, &cluster);
        let other = schedule_group(&name, &format!("{}d", &cluster[1..]));
        assert_eq!(one.len(), LONGEST_GROUP);
        assert_ne!(one, other);
        assert_eq!(one.matches('.').count(), 3);
    }
}
