//! Fixes for transient causes once ECS has given up and no longer retries.

use crate::diagnostic::SuggestionPart;

/// For the rows whose fix waits for ECS's next attempt: the fix to suggest when there will be none.
const AFTERWARDS: [(&str, &[SuggestionPart]); 15] = [
    (
        "ecr-rate-limit",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(
                " later; keep a copy of a public image in your own repository (aws ecr create-pull-through-cache-rule)",
            ),
        ],
    ),
    (
        "image-configuration-not-fetched",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text("; if it happens again, keep a copy of the image in ECR"),
        ],
    ),
    (
        "interface-timed-out",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text("; on EC2, if one instance keeps failing, replace it"),
        ],
    ),
    (
        "interface-not-configured",
        &[SuggestionPart::command("deploy", "")],
    ),
    ("storage-timed-out", &[SuggestionPart::command("deploy", "")]),
    (
        "ecs-internal-error",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text("; if this persists, contact AWS Support with the task ID"),
        ],
    ),
    (
        "spot-interrupted",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text("; to keep some off Spot give FARGATE a base in capacityProviderStrategy"),
        ],
    ),
    ("host-maintenance", &[SuggestionPart::command("deploy", "")]),
    (
        "instance-gone",
        &[
            SuggestionPart::text("find who ended it in CloudTrail (TerminateInstances), then "),
            SuggestionPart::command("deploy", ""),
        ],
    ),
    (
        "runtime-timed-out",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(
                "; on EC2 look at the instance's Docker and disk load (journalctl -u docker)",
            ),
        ],
    ),
    (
        "fargate-without-capacity",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(
                " later; subnets in more zones, or another cpu and memory size, find room sooner",
            ),
        ],
    ),
    (
        "load-balancer-internal-error",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text("; if this persists, check the AWS Health Dashboard or contact AWS Support"),
        ],
    ),
    (
        "target-still-checked",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text("; the targets were still being checked when ECS gave up"),
        ],
    ),
    (
        "too-many-provisioning",
        &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(", once they run; smaller steps: "),
            SuggestionPart::command("scale", "SERVICE=N"),
        ],
    ),
    (
        "service-throttled",
        &[
            SuggestionPart::command("deploy", "--only SERVICE"),
            SuggestionPart::text(": deploying fewer services at once helps"),
        ],
    ),
];

/// Returns the fix for the cause with this id once ECS no longer retries; None if the row's own fix still
/// applies.
pub fn cure_afterwards(id: &str) -> Option<&'static [SuggestionPart]> {
    let mut rows = AFTERWARDS.iter();
    rows.find(|(row, _)| *row == id).map(|(_, cure)| *cure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Suggestion;
    use crate::verdict::cause::table;

    #[test]
    fn advice_differs_after_ecs_stopped_retrying() {
        let waits = |cure: &[SuggestionPart]| {
            let cure = Suggestion::from(cure).to_string();
            [
                "ecsctl wait",
                "ECS retries",
                "ECS keeps",
                "ECS starts",
                "next attempt",
                "ECS continues",
            ]
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
            assert!(!waits(cure), "{id}");
        }
    }
}
