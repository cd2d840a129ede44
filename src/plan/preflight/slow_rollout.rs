//! Advice on settings that make a rollout slow.

use super::CheckContext;
use super::target_groups::group_name;
use crate::ecs::TargetGroupSettings;
use crate::model::Finding;
use crate::plan::EffectiveService;

/// Seconds from which a setting is worth a word.
const SLOW: u64 = 60;

/// Advice for each slow setting of its target groups, with the command that changes it (Amazon ECS Developer Guide,
/// "Optimize load balancer health check parameters" and "Optimize load balancer connection draining parameters").
pub(super) fn advice(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let targets = service.targets();
    let groups = targets
        .iter()
        .filter_map(|target| context.observed.target_groups.get(target.arn));
    let groups: Vec<&TargetGroupSettings> = groups.collect();
    let findings = groups
        .iter()
        .flat_map(|group| [deregistration(group), health_check(group)]);
    let findings = findings.flatten().collect();
    (!groups.is_empty()).then_some(findings)
}

fn deregistration(group: &TargetGroupSettings) -> Option<Finding> {
    let delay = group.deregistration_delay.filter(|delay| *delay >= SLOW)?;
    let message = format!(
        "the deregistration delay of target group {} is {delay}s: each stopped task keeps the rollout waiting that long",
        group_name(&group.arn)
    );
    let hint = format!(
        "if requests are shorter: aws elbv2 modify-target-group-attributes --target-group-arn {} --attributes \
         Key=deregistration_delay.timeout_seconds,Value=30",
        group.arn
    );
    Some(
        Finding::advice("deregistration-delay", message)
            .on(&group.arn)
            .hint(hint),
    )
}

fn health_check(group: &TargetGroupSettings) -> Option<Finding> {
    let check = &group.health_check;
    let seconds = check.seconds_to_healthy().filter(|seconds| *seconds >= SLOW)?;
    let (interval, threshold) = (check.interval?, check.healthy_threshold?);
    let message = format!(
        "target group {} takes {seconds}s to find a new task healthy: {threshold} checks, one every {interval}s",
        group_name(&group.arn)
    );
    let hint = format!(
        "aws elbv2 modify-target-group --target-group-arn {} --health-check-interval-seconds 10 \
         --health-check-timeout-seconds 5 --healthy-threshold-count 2",
        group.arn
    );
    Some(
        Finding::advice("slow-health-check", message)
            .on(&group.arn)
            .hint(hint),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{codes_in, planned, reads};
    use super::*;
    use crate::ecs::TargetHealthCheck;
    use crate::plan::Observed;

    #[test]
    fn slow_settings_get_advice() {
        let service = planned(json!({}), json!({"loadBalancers": [{"targetGroupArn": "tg"}]}));
        for (interval, threshold, delay, expected) in [
            (30, 5, 300, &["deregistration-delay", "slow-health-check"][..]),
            (10, 2, 30, &[]),
            (10, 2, 60, &["deregistration-delay"]),
        ] {
            let settings = TargetGroupSettings {
                health_check: TargetHealthCheck {
                    interval: Some(interval),
                    healthy_threshold: Some(threshold),
                    ..TargetHealthCheck::default()
                },
                deregistration_delay: Some(delay),
                ..TargetGroupSettings::default()
            };
            let mut observed = Observed::default();
            observed
                .target_groups
                .groups
                .insert("tg".to_owned(), Some(settings));
            assert_eq!(codes_in(&service, &observed, &reads(), advice).unwrap(), expected);
        }
    }
}
