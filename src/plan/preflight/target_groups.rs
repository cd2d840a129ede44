//! Target groups: they exist, a load balancer routes to them, and they fit the tasks.

use super::CheckContext;
use crate::ecs::TargetGroupSettings;
use crate::model::Finding;
use crate::plan::EffectiveService;

/// Seconds to unhealthy below which a missing grace period is worth a word: the defaults of an Application Load Balancer are
/// two checks, one every 30 s (Elastic Load Balancing API reference: CreateTargetGroup).
const SHORT_GRACE: u64 = 60;

/// Returns the name in a target group's ARN.
pub(super) fn group_name(arn: &str) -> &str {
    arn.split('/').nth(1).unwrap_or(arn)
}

/// Each target group exists and belongs to a load balancer: "The target group with targetGroupArn … does not have an
/// associated load balancer" (CreateService's InvalidParameterException).
pub(super) fn exist(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let groups = &context.observed.target_groups.groups;
    let mut is_read = false;
    let mut findings = Vec::new();
    for target in service.targets() {
        let Some(found) = groups.get(target.arn) else {
            continue;
        };
        is_read = true;
        let name = group_name(target.arn);
        findings.extend(match found {
            None => {
                let message = format!("target group {name} doesn't exist");
                let hint = "correct targetGroupArn: aws elbv2 describe-target-groups lists the ARNs";
                Some(Finding::error("target-group-not-found", message).on(target.arn).hint(hint))
            }
            Some(group) if group.load_balancers.is_empty() => {
                let message = format!("no load balancer routes to target group {name}");
                let hint = format!(
                    "forward a listener to it: aws elbv2 modify-listener --listener-arn ARN --default-actions \
                     Type=forward,TargetGroupArn={}",
                    target.arn
                );
                Some(Finding::error("target-group-unattached", message).on(target.arn).hint(hint))
            }
            Some(_) => None,
        });
    }
    is_read.then_some(findings)
}

/// Each target group has the target type of the network mode, and a health check that can reach the container.
pub(super) fn fit_the_tasks(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let targets = service.targets();
    let known = targets.iter().filter_map(|target| {
        let group = context.observed.target_groups.get(target.arn)?;
        Some((target.port, group))
    });
    let known: Vec<_> = known.collect();
    let findings = known.iter().flat_map(|(port, group)| {
        [
            target_type(service, group),
            health_check_port(service, group, *port),
            grace_period(service, group),
        ]
    });
    let findings = findings.flatten().collect();
    (!known.is_empty()).then_some(findings)
}

/// "For services with tasks using the awsvpc network mode, you must choose ip as the target type, not instance"; tasks on
/// container instances with other modes register the instance (Amazon ECS API reference: LoadBalancer).
fn target_type(service: &EffectiveService, group: &TargetGroupSettings) -> Option<Finding> {
    let (expected, why) = match service.uses_awsvpc() {
        true => ("ip", "tasks in network mode awsvpc have their own IP addresses"),
        false => ("instance", "tasks share the network of their container instance"),
    };
    let actual = group.target_type.as_str();
    // ip also works with host ports of instances outside of ECS, so only what ECS refuses is an error.
    let is_refused =
        !actual.is_empty() && actual != expected && (service.uses_awsvpc() || actual == "lambda");
    is_refused.then(|| {
        let name = group_name(&group.arn);
        let message = format!("target group {name} has target type {actual}, not {expected}: {why}");
        let hint = format!(
            "the target type can't be changed: create a target group with --target-type {expected}, and name it in \
             loadBalancers"
        );
        Finding::error("target-type", message).on(&group.arn).hint(hint)
    })
}

/// A health check on a port of its own needs a container that listens on it: targets are registered with the port in
/// `loadBalancers`, and `traffic-port` is that one (Elastic Load Balancing API reference: CreateTargetGroup).
fn health_check_port(
    service: &EffectiveService,
    group: &TargetGroupSettings,
    port: Option<u64>,
) -> Option<Finding> {
    let checked: u64 = group.health_check.port.parse().ok()?;
    let ports = service.containers().flat_map(|container| {
        let mappings = container.get("portMappings").and_then(|it| it.as_array());
        mappings
            .into_iter()
            .flatten()
            .filter_map(|it| it.get("containerPort")?.as_u64())
    });
    let is_mapped = ports.chain(port).any(|port| port == checked);
    (service.uses_awsvpc() && !is_mapped).then(|| {
        let name = group_name(&group.arn);
        let message = format!("target group {name} checks port {checked}, which no container maps");
        let hint = format!(
            "aws elbv2 modify-target-group --target-group-arn {} --health-check-port traffic-port checks the container's port",
            group.arn
        );
        Finding::advice("health-check-port", message).on(&group.arn).hint(hint)
    })
}

/// Without `healthCheckGracePeriodSeconds`, ECS stops a task as soon as its target is unhealthy (Amazon ECS API reference:
/// CreateService).
fn grace_period(service: &EffectiveService, group: &TargetGroupSettings) -> Option<Finding> {
    let grace = service.service.get("healthCheckGracePeriodSeconds");
    let seconds = group.health_check.seconds_to_unhealthy()?;
    let has_grace = grace
        .and_then(|it| it.as_u64())
        .is_some_and(|seconds| seconds > 0);
    (!has_grace && seconds < SHORT_GRACE).then(|| {
        let name = group_name(&group.arn);
        let message = format!(
            "a task that doesn't respond within {seconds}s of its start is stopped: target group {name} checks quickly, and \
             there is no grace period"
        );
        let hint = "set healthCheckGracePeriodSeconds to the time that the program needs to start";
        Finding::advice("no-grace-period", message).on(&group.arn).hint(hint)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{codes_in, planned, reads};
    use super::*;
    use crate::ecs::TargetHealthCheck;
    use crate::plan::Observed;

    const ARN: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1";

    fn group(target_type: &str, port: &str, unhealthy: u64, balancers: &[&str]) -> TargetGroupSettings {
        TargetGroupSettings {
            arn: ARN.to_owned(),
            target_type: target_type.to_owned(),
            load_balancers: balancers.iter().map(|it| (*it).to_owned()).collect(),
            health_check: TargetHealthCheck {
                port: port.to_owned(),
                interval: Some(10),
                healthy_threshold: Some(5),
                unhealthy_threshold: Some(unhealthy),
            },
            ..TargetGroupSettings::default()
        }
    }

    fn observed(group: Option<TargetGroupSettings>) -> Observed {
        let mut observed = Observed::default();
        observed.target_groups.groups.insert(ARN.to_owned(), group);
        observed
    }

    fn service(mode: &str, grace: u64) -> EffectiveService {
        planned(
            json!({"networkMode": mode, "containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 80}]}]}),
            json!({"loadBalancers": [{"targetGroupArn": ARN, "containerName": "web", "containerPort": 80}],
                "healthCheckGracePeriodSeconds": grace}),
        )
    }

    #[test]
    fn groups_must_exist_behind_a_load_balancer() {
        let service = service("awsvpc", 60);
        for (found, expected) in [
            (Some(group("ip", "traffic-port", 6, &["lb"])), &[][..]),
            (
                Some(group("ip", "traffic-port", 6, &[])),
                &["target-group-unattached"],
            ),
            (None, &["target-group-not-found"]),
        ] {
            assert_eq!(
                codes_in(&service, &observed(found), &reads(), exist).unwrap(),
                expected
            );
        }
        assert_eq!(codes_in(&service, &Observed::default(), &reads(), exist), None);
    }

    #[test]
    fn groups_must_fit_the_tasks() {
        for (mode, grace, settings, expected) in [
            ("awsvpc", 60, group("ip", "traffic-port", 2, &[]), &[][..]),
            (
                "awsvpc",
                60,
                group("instance", "traffic-port", 2, &[]),
                &["target-type"],
            ),
            ("bridge", 60, group("instance", "traffic-port", 2, &[]), &[]),
            (
                "bridge",
                60,
                group("lambda", "traffic-port", 2, &[]),
                &["target-type"],
            ),
            ("awsvpc", 60, group("ip", "80", 2, &[]), &[]),
            ("awsvpc", 60, group("ip", "8081", 2, &[]), &["health-check-port"]),
            (
                "awsvpc",
                0,
                group("ip", "traffic-port", 2, &[]),
                &["no-grace-period"],
            ),
            ("awsvpc", 0, group("ip", "traffic-port", 6, &[]), &[]),
        ] {
            let found = codes_in(
                &service(mode, grace),
                &observed(Some(settings)),
                &reads(),
                fit_the_tasks,
            );
            assert_eq!(found.unwrap(), expected, "{mode} {grace}");
        }
    }
}
