//! What `check` finds: each check is a function from an effective service and what was read to findings.

mod images;
mod log_groups;
mod network;
mod quotas;
mod reads;
mod roles;
mod secrets;
mod slow_rollout;
mod stop_signals;
mod target_groups;
#[cfg(test)]
mod testing;
mod unread;

pub use images::{CheckedImage, pulled_images};
pub use log_groups::{LogGroupKey, named_log_groups};
pub use quotas::{QuotaCode, uses_fargate_quotas};
pub use reads::{ObservedNetwork, PreflightReads};
pub use roles::{caller_principal, role_name, roles_of};
pub use secrets::{SecretState, values_from};

use super::{EffectiveService, Observed, ObservedService, estimate};
use crate::diagnostic::Suggestion;
use crate::model::{CheckedServiceDocument, Finding, FindingSeverity, Plan, PreflightDocument, cluster_name};

/// What checks see besides the service.
#[derive(Clone, Copy)]
struct CheckContext<'a> {
    plan: &'a Plan,
    observed: &'a Observed,
    reads: &'a PreflightReads,
}

/// A check of a service. None if it doesn't apply, or if what it needs could not be read.
type ServiceCheck = fn(&EffectiveService, CheckContext<'_>) -> Option<Vec<Finding>>;

const CHECKS: [ServiceCheck; 12] = [
    roles::exist,
    roles::can_be_passed,
    images::exist,
    secrets::exist,
    log_groups::exist,
    target_groups::exist,
    target_groups::fit_the_tasks,
    network::is_one_vpc,
    network::has_a_way_out,
    quotas::suffice,
    slow_rollout::advice,
    stop_signals::are_handled,
];

/// Returns the services of a plan as they are after a deploy; without those whose task definition is not known.
pub fn effective_services(plan: &Plan, observed: &Observed) -> Vec<EffectiveService> {
    let none = ObservedService::default();
    let planned = plan.services.iter().filter_map(|service| {
        let observed = observed.services.get(&service.key).unwrap_or(&none);
        EffectiveService::of(service, observed)
    });
    planned.collect()
}

/// Makes all checks.
pub fn check(
    plan: &Plan,
    observed: &Observed,
    services: &[EffectiveService],
    reads: &PreflightReads,
) -> PreflightDocument {
    let context = CheckContext {
        plan,
        observed,
        reads,
    };
    let shared = [
        cluster(plan),
        quotas::registrations(services),
        unread::advice(context),
    ];
    let mut document = PreflightDocument {
        schema: 1,
        cluster: plan.cluster.clone(),
        region: plan.region.clone(),
        account: reads.caller.as_ref().map(|it| it.account.to_string()),
        errors: 0,
        advice: 0,
        // What was not read is no check.
        checks: shared.len() - 1,
        findings: in_order(shared.into_iter().flatten().collect()),
        services: Vec::new(),
    };
    for service in services {
        let checks = CHECKS.iter().filter_map(|check| check(service, context));
        let checks: Vec<Vec<Finding>> = checks.collect();
        document.checks += checks.len();
        let of_service = |finding| Finding {
            service: Some(service.key.clone()),
            ..finding
        };
        let findings = checks.into_iter().flatten().map(of_service).collect();
        document.services.push(CheckedServiceDocument {
            key: service.key.clone(),
            name: service.name.clone(),
            rollout: estimate(service, &observed.target_groups, stop_signals::of(service, reads)),
            findings: in_order(findings),
        });
    }
    let all = document.services.iter().flat_map(|service| &service.findings);
    let all: Vec<FindingSeverity> = all.chain(&document.findings).map(|it| it.severity).collect();
    document.errors = all.iter().filter(|it| **it == FindingSeverity::Error).count();
    document.advice = all.len() - document.errors;
    document
}

/// Errors first.
fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// The cluster is ACTIVE.
fn cluster(plan: &Plan) -> Vec<Finding> {
    if !plan.cluster_missing || plan.create_cluster {
        return Vec::new();
    }
    let name = cluster_name(&plan.cluster);
    let message = format!("cluster {name} doesn't exist in {}", plan.region);
    let hint = Suggestion::command("deploy", "--create-cluster").then(" creates it");
    vec![Finding::error("cluster-not-found", message).on(name).hint(hint)]
}
