//! Quotas that a rollout would exceed.

use super::CheckContext;
use crate::model::Finding;
use crate::plan::EffectiveService;
use crate::plan::effective_service::text;

/// A quota of a service, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QuotaCode {
    /// The service: `fargate`.
    pub service: &'static str,
    /// The code: `L-3032A538`.
    pub code: &'static str,
}

/// "Fargate On-Demand vCPU resource count" (Service Quotas, AWS Fargate).
const ON_DEMAND_VCPUS: QuotaCode = QuotaCode {
    service: "fargate",
    code: "L-3032A538",
};
/// "Fargate Spot vCPU resource count" (Service Quotas, AWS Fargate).
const SPOT_VCPUS: QuotaCode = QuotaCode {
    service: "fargate",
    code: "L-36FBB829",
};

/// The most tasks of a service (Amazon ECS endpoints and quotas, "Tasks per service"; not adjustable).
const TASKS_PER_SERVICE: u64 = 5_000;
/// Revisions that can be registered at once; then one a second (Amazon ECS API reference, "Request throttling for the
/// Amazon ECS API").
const REGISTRATIONS_AT_ONCE: usize = 20;

/// Returns the quotas that matter to a service on Fargate.
pub fn uses_fargate_quotas(service: &EffectiveService) -> Vec<QuotaCode> {
    let providers = service.fargate_providers();
    let is_spot = providers.contains(&"FARGATE_SPOT");
    let is_on_demand = providers.contains(&"FARGATE") || providers.is_empty();
    let quotas = [
        is_on_demand.then_some(ON_DEMAND_VCPUS),
        is_spot.then_some(SPOT_VCPUS),
    ];
    let is_on_fargate = service.is_on_fargate();
    quotas.into_iter().flatten().filter(|_| is_on_fargate).collect()
}

/// The service fits into the quotas for tasks and for vCPUs while old and new tasks run. What else runs in the account is
/// not counted. A service on both of Fargate's capacity providers is left out: the shares depend on weights.
pub(super) fn suffice(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let desired = service.desired_count()?;
    let mut findings = Vec::new();
    if desired > TASKS_PER_SERVICE {
        let message =
            format!("{desired} tasks are more than the {TASKS_PER_SERVICE} that a service can have");
        let hint = "lower desiredCount, or split the service";
        findings.push(Finding::error("tasks-quota", message).hint(hint));
    }
    if let [quota] = uses_fargate_quotas(service).as_slice()
        && let Some(limit) = context.reads.quotas.get(quota)
    {
        findings.extend(vcpus(service, desired, *quota, *limit));
    }
    Some(findings)
}

fn vcpus(service: &EffectiveService, desired: u64, quota: QuotaCode, limit: f64) -> Option<Finding> {
    let units: u64 = text(&service.definition, "cpu")?.parse().ok()?;
    let percent = service.percent("maximumPercent").unwrap_or(200).max(100);
    let most = match service.is_new {
        true => desired,
        false => desired.saturating_mul(percent) / 100,
    };
    let vcpus = |tasks: u64| tasks as f64 * units as f64 / 1024.0;
    let kind = if quota == SPOT_VCPUS {
        "Fargate Spot"
    } else {
        "Fargate On-Demand"
    };
    let hint = format!(
        "aws service-quotas request-service-quota-increase --service-code {} --quota-code {} --desired-value N asks for more",
        quota.service, quota.code
    );
    let finding = |message: String, is_error: bool| {
        let finding = match is_error {
            true => Finding::error("vcpu-quota", message),
            false => Finding::advice("vcpu-quota", message),
        };
        Some(finding.on(quota.code).hint(hint))
    };
    if vcpus(desired) > limit {
        let message = format!(
            "{desired} tasks need {} vCPUs, and the account's quota for {kind} is {limit}",
            vcpus(desired)
        );
        return finding(message, true);
    }
    if vcpus(most) > limit {
        let message = format!(
            "a rollout may need {} vCPUs at once (maximumPercent {percent}), and the account's quota for {kind} is {limit}",
            vcpus(most)
        );
        return finding(message, false);
    }
    None
}

/// Advice if more revisions are registered than ECS accepts at once.
pub(super) fn registrations(services: &[EffectiveService]) -> Vec<Finding> {
    let count = services.iter().filter(|service| service.registers).count();
    if count <= REGISTRATIONS_AT_ONCE {
        return Vec::new();
    }
    let message = format!(
        "{count} task definitions are registered: ECS accepts {REGISTRATIONS_AT_ONCE} at once, then one a second"
    );
    let hint = "the deploy waits; --only SERVICE deploys fewer services";
    vec![Finding::advice("registration-rate", message).hint(hint)]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{codes, planned, reads};
    use super::*;
    use crate::model::FindingSeverity;

    fn found(service: Value, limit: f64) -> Vec<&'static str> {
        let mut reads = reads();
        reads.quotas.insert(ON_DEMAND_VCPUS, limit);
        reads.quotas.insert(SPOT_VCPUS, 0.0);
        codes(&planned(json!({"cpu": "1024"}), service), &reads, suffice).unwrap()
    }

    #[test]
    fn vcpus_are_counted_during_the_rollout() {
        assert_eq!(found(json!({"desiredCount": 4}), 8.0), [""; 0]);
        assert_eq!(found(json!({"desiredCount": 5}), 8.0), ["vcpu-quota"]);
        let at_most = json!({"desiredCount": 5, "deploymentConfiguration": {"maximumPercent": 150}});
        assert_eq!(found(at_most, 8.0), [""; 0]);
        let spot = json!([{"capacityProvider": "FARGATE_SPOT"}]);
        let on_spot = json!({"launchType": null, "desiredCount": 1, "capacityProviderStrategy": spot});
        assert_eq!(found(on_spot, 8.0), ["vcpu-quota"]);
        assert_eq!(
            found(json!({"launchType": "EC2", "desiredCount": 50}), 8.0),
            [""; 0]
        );
        let service = planned(json!({"cpu": "1024"}), json!({}));
        assert_eq!(
            vcpus(&service, 9, ON_DEMAND_VCPUS, 8.0).unwrap().severity,
            FindingSeverity::Error
        );
        assert_eq!(
            vcpus(&service, 5, ON_DEMAND_VCPUS, 8.0).unwrap().severity,
            FindingSeverity::Advice
        );
    }

    #[test]
    fn services_have_a_limit_of_tasks() {
        assert_eq!(
            found(json!({"launchType": "EC2", "desiredCount": 5_001}), 8.0),
            ["tasks-quota"]
        );
    }

    #[test]
    fn many_registrations_take_a_while() {
        let service = planned(json!({}), json!({}));
        assert!(registrations(&vec![service.clone(); 20]).is_empty());
        assert_eq!(registrations(&vec![service; 21]).len(), 1);
    }
}
