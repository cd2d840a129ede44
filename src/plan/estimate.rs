//! Estimates how long a rollout takes, from the settings that make it slow.

use super::ObservedTargetGroups;
use super::effective_service::EffectiveService;
use crate::ecs::{BakeTime, DeploymentStrategy};
use crate::model::{EstimatePart, EstimateStep, RolloutEstimate, Value};

/// Seconds that a task is assumed to take from its start to its first health check. It depends on the image; AWS
/// documents no figure.
const TASK_START: u64 = 30;
/// The default of `healthCheck.interval` in seconds (Amazon ECS API reference: HealthCheck).
const CONTAINER_INTERVAL: u64 = 30;
/// The default of `stopTimeout` in seconds (Amazon ECS API reference: ContainerDefinition).
const STOP_TIMEOUT: u64 = 30;
/// The defaults for replica services (Amazon ECS API reference: DeploymentConfiguration).
const MINIMUM_HEALTHY_PERCENT: u64 = 100;
const MAXIMUM_PERCENT: u64 = 200;
/// More batches than this are not counted one by one.
const MAX_BATCHES: u64 = 10_000;

/// How tasks stopped before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskStop {
    /// They stopped by themselves after SIGTERM, or nothing is known.
    InTime,
    /// They were killed after their stop timeout.
    Killed,
}

/// Estimates the rollout of a service. None if only the start of its tasks takes time, if nothing is replaced task by task
/// (DAEMON, other controllers), or if a target group could not be read.
pub fn estimate(
    service: &EffectiveService,
    groups: &ObservedTargetGroups,
    stop: TaskStop,
) -> Option<RolloutEstimate> {
    let desired = service.desired_count().filter(|count| *count > 0)?;
    if !service.is_deployed_by_ecs() {
        return None;
    }
    let (checks, delay) = target_times(service, groups)?;
    let checks = container_check(service).into_iter().chain(checks).max();
    let batches = batches(service, desired);
    let drains = if service.is_new { 0 } else { batches };
    let bake = service.deployment_configuration().map(BakeTime::read);
    let killed = match stop {
        TaskStop::Killed => stop_timeout(service),
        TaskStop::InTime => 0,
    };
    let parts = [
        (EstimateStep::TaskStart, TASK_START.saturating_mul(batches)),
        (
            EstimateStep::HealthChecks,
            checks.unwrap_or(0).saturating_mul(batches),
        ),
        (EstimateStep::DeregistrationDelay, delay.saturating_mul(drains)),
        (EstimateStep::StopTimeout, killed.saturating_mul(drains)),
        (EstimateStep::BakeTime, bake.map_or(0, |bake| bake.total() * 60)),
    ];
    let parts = parts.into_iter().filter(|(_, seconds)| *seconds > 0);
    let parts: Vec<EstimatePart> = parts
        .map(|(step, seconds)| EstimatePart { step, seconds })
        .collect();
    (parts.len() > 1).then(|| RolloutEstimate {
        seconds: parts.iter().fold(0, |sum, part| part.seconds.saturating_add(sum)),
        batches,
        parts,
    })
}

/// Returns the longest time to healthy and the longest deregistration delay of its target groups, in seconds.
fn target_times(service: &EffectiveService, groups: &ObservedTargetGroups) -> Option<(Option<u64>, u64)> {
    let (mut checks, mut delay) = (None, 0);
    for target in service.targets() {
        let group = groups.get(target.arn)?;
        checks = checks.max(group.health_check.seconds_to_healthy());
        delay = delay.max(group.deregistration_delay?);
    }
    Some((checks, delay))
}

/// Returns the time of the slowest container health check, in seconds: the first check is an interval after the start.
fn container_check(service: &EffectiveService) -> Option<u64> {
    let checks = service.containers().filter_map(|it| it.get("healthCheck"));
    let checks = checks.filter(|check| check.is_object());
    checks
        .map(|check| number(check, "interval").unwrap_or(CONTAINER_INTERVAL))
        .max()
}

fn stop_timeout(service: &EffectiveService) -> u64 {
    let timeouts = service.containers().map(|it| number(it, "stopTimeout"));
    timeouts
        .map(|it| it.unwrap_or(STOP_TIMEOUT))
        .max()
        .unwrap_or(STOP_TIMEOUT)
}

/// Returns the number of batches in which ECS replaces the tasks: `minimumHealthyPercent`, rounded up, must keep running,
/// and `maximumPercent`, rounded down, may run (Amazon ECS API reference: DeploymentConfiguration). Other strategies
/// than rolling updates start all new tasks at once.
fn batches(service: &EffectiveService, desired: u64) -> u64 {
    let strategy = service.deployment_configuration();
    let strategy = strategy.and_then(|it| it.get("strategy")?.as_str());
    let is_rolling = strategy.is_none_or(|it| DeploymentStrategy::read(it) == DeploymentStrategy::Rolling);
    if service.is_new || !is_rolling {
        return 1;
    }
    let percent = |member, default| service.percent(member).unwrap_or(default);
    let share = |percent: u64| desired.saturating_mul(percent);
    let least = share(percent("minimumHealthyPercent", MINIMUM_HEALTHY_PERCENT)).div_ceil(100);
    let most = share(percent("maximumPercent", MAXIMUM_PERCENT)) / 100;
    let step = most.saturating_sub(desired) + desired.saturating_sub(least);
    desired.div_ceil(step.max(1)).clamp(1, MAX_BATCHES)
}

fn number(value: &Value, member: &str) -> Option<u64> {
    value.get(member)?.as_u64()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::ecs::{TargetGroupSettings, TargetHealthCheck};

    fn groups(interval: u64, threshold: u64, delay: u64) -> ObservedTargetGroups {
        let settings = TargetGroupSettings {
            health_check: TargetHealthCheck {
                interval: Some(interval),
                healthy_threshold: Some(threshold),
                ..TargetHealthCheck::default()
            },
            deregistration_delay: Some(delay),
            ..TargetGroupSettings::default()
        };
        ObservedTargetGroups {
            groups: [("tg".to_owned(), Some(settings))].into(),
            ..ObservedTargetGroups::default()
        }
    }

    fn service(members: Value) -> EffectiveService {
        let mut service = json!({"desiredCount": 2, "loadBalancers": [{"targetGroupArn": "tg"}]});
        let members = members.as_object().unwrap().clone();
        service.as_object_mut().unwrap().extend(members);
        EffectiveService {
            key: "web".to_owned(),
            name: "web".to_owned(),
            definition: json!({"containerDefinitions": [{"name": "web"}]}),
            service,
            is_new: false,
            registers: true,
        }
    }

    fn text(service: &EffectiveService, groups: &ObservedTargetGroups) -> Option<String> {
        estimate(service, groups, TaskStop::InTime).map(|it| it.to_string())
    }

    #[test]
    fn slow_settings_add_up() {
        let slow = groups(10, 5, 300);
        assert_eq!(
            text(&service(json!({})), &slow).unwrap(),
            "about 6m 20s, of which 5m is deregistration delay"
        );
        let new = EffectiveService {
            is_new: true,
            ..service(json!({}))
        };
        assert_eq!(
            text(&new, &slow).unwrap(),
            "about 1m 20s, of which 50s is health checks"
        );
        let killed = estimate(&service(json!({})), &slow, TaskStop::Killed).unwrap();
        assert_eq!(killed.seconds, 380 + 30);
    }

    #[test]
    fn tasks_are_replaced_in_batches() {
        for (least, most, count, expected) in [
            (100, 200, 2, 1),
            (100, 150, 4, 2),
            (50, 100, 4, 2),
            (100, 125, 4, 4),
            (100, 100, 3, 3),
            (0, 100, 3, 1),
            (100, 110, 5, 5),
        ] {
            let configuration = json!({"minimumHealthyPercent": least, "maximumPercent": most});
            let service = service(json!({"desiredCount": count, "deploymentConfiguration": configuration}));
            assert_eq!(batches(&service, count), expected, "{least} {most} {count}");
        }
    }

    #[test]
    fn bake_times_count() {
        let configuration = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10});
        let service = service(json!({"deploymentConfiguration": configuration}));
        assert_eq!(
            text(&service, &groups(5, 2, 20)).unwrap(),
            "about 11m, of which 10m is bake time"
        );
    }

    #[test]
    fn container_checks_count() {
        let mut service = service(json!({"loadBalancers": []}));
        service.definition["containerDefinitions"][0]["healthCheck"] =
            json!({"command": ["x"], "interval": 20});
        assert_eq!(
            text(&service, &ObservedTargetGroups::default()).unwrap(),
            "about 50s, of which 20s is health checks"
        );
    }

    #[test]
    fn what_is_unknown_has_no_estimate() {
        let slow = groups(30, 5, 300);
        assert_eq!(text(&service(json!({"desiredCount": 0})), &slow), None);
        assert_eq!(
            text(&service(json!({"schedulingStrategy": "DAEMON"})), &slow),
            None
        );
        assert_eq!(
            text(
                &service(json!({"deploymentController": {"type": "CODE_DEPLOY"}})),
                &slow
            ),
            None
        );
        assert_eq!(text(&service(json!({})), &ObservedTargetGroups::default()), None);
        assert_eq!(text(&service(json!({"loadBalancers": []})), &slow), None);
    }

    proptest! {
        #[test]
        fn a_longer_delay_never_shortens_a_rollout(
            count in 1..50u64, least in 0..=100u64, most in 100..=300u64, delay in 0..3600u64, more in 0..3600u64,
        ) {
            let configuration = json!({"minimumHealthyPercent": least, "maximumPercent": most});
            let service = service(json!({"desiredCount": count, "deploymentConfiguration": configuration}));
            let seconds = |delay| estimate(&service, &groups(30, 5, delay), TaskStop::InTime).unwrap().seconds;
            prop_assert!(seconds(delay) <= seconds(delay + more));
        }

        #[test]
        fn parts_add_up_whatever_the_numbers(count in any::<u64>(), least in any::<u64>(), most in any::<u64>()) {
            let configuration = json!({"minimumHealthyPercent": least, "maximumPercent": most});
            let service = service(json!({"desiredCount": count, "deploymentConfiguration": configuration}));
            if let Some(estimate) = estimate(&service, &groups(30, 5, 300), TaskStop::Killed) {
                let sum: u64 = estimate.parts.iter().map(|part| part.seconds).sum();
                prop_assert_eq!(sum, estimate.seconds);
            }
        }
    }
}
