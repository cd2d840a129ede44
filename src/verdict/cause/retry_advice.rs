//! What to do about a cause that passes by itself, once ECS has given up: then it does not try again.

/// Of the rows whose cure waits for ECS's next try: what is left to do when there will be none.
const AFTERWARDS: [(&str, &str); 14] = [
    (
        "ecr-rate-limit",
        "ecsctl deploy, a while later; of a public image keep a copy in a repository of your own (aws ecr \
         create-pull-through-cache-rule)",
    ),
    (
        "image-configuration-not-fetched",
        "ecsctl deploy; when it comes again keep a copy of the image in ECR",
    ),
    (
        "interface-timed-out",
        "ecsctl deploy; on EC2, when one instance keeps failing so, replace it",
    ),
    ("storage-timed-out", "ecsctl deploy"),
    (
        "ecs-internal-error",
        "ecsctl deploy; when it stays so, AWS support with the task's id",
    ),
    (
        "spot-interrupted",
        "ecsctl deploy; to keep some off Spot give FARGATE a base in capacityProviderStrategy",
    ),
    ("host-maintenance", "ecsctl deploy"),
    (
        "instance-gone",
        "see who ended it in CloudTrail (TerminateInstances), then ecsctl deploy",
    ),
    (
        "runtime-timed-out",
        "ecsctl deploy; on EC2 look at the instance's Docker and disk load (journalctl -u docker)",
    ),
    (
        "fargate-without-capacity",
        "ecsctl deploy, a while later; subnets in more zones, or another cpu and memory size, find room \
         sooner",
    ),
    (
        "load-balancer-internal-error",
        "ecsctl deploy; when it stays so, AWS's health dashboard or support",
    ),
    (
        "target-still-checked",
        "ecsctl deploy; the targets had no verdict when ECS gave up",
    ),
    (
        "too-many-provisioning",
        "ecsctl deploy, once they run; smaller steps: ecsctl scale SERVICE=N",
    ),
    (
        "service-throttled",
        "ecsctl deploy --only SERVICE: many services that deploy at once make it worse",
    ),
];

/// What to do about the cause of this id, once ECS no longer tries; None where the row's own cure holds then too.
pub fn cure_afterwards(id: &str) -> Option<&'static str> {
    let mut rows = AFTERWARDS.iter();
    rows.find(|(row, _)| *row == id).map(|(_, cure)| *cure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::cause::table;

    #[test]
    fn advice_differs_after_ecs_stopped_retrying() {
        let waits = |cure: &str| {
            ["ecsctl wait", "ECS tries", "ECS keeps", "ECS starts", "next try"]
                .iter()
                .any(|word| cure.contains(word))
        };
        let waiting: Vec<&str> = table::rows()
            .filter(|row| waits(row.cure))
            .map(|row| row.id)
            .collect();
        let mut known: Vec<&str> = table::rows().map(|row| row.id).collect();
        known.retain(|id| cure_afterwards(id).is_some());
        assert_eq!(waiting, known);
        assert_eq!(known.len(), AFTERWARDS.len());
        for (id, cure) in AFTERWARDS {
            assert!(!waits(cure), "{id}: {cure}");
        }
    }
}
