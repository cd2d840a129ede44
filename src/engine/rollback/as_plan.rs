//! Rollbacks shown as one plan.

use super::target::{RollbackMethod, RollbackPlan};
use crate::model::Plan;

/// Said with every rollback by a task definition.
const KEPT: &str = "only the task definition goes back: network, load balancer and other settings of the service stay as they are now";

/// The rollbacks of a cluster's services as one plan. None without any.
pub fn as_plan(cluster: &str, region: &str, rollbacks: &[RollbackPlan]) -> Option<Plan> {
    if rollbacks.is_empty() {
        return None;
    }
    let mut warnings: Vec<String> = Vec::new();
    for rollback in rollbacks {
        let own = rollback.warnings.iter();
        warnings.extend(own.map(|text| format!("{}: {text}", rollback.name)));
    }
    if rollbacks.iter().any(|it| it.method == RollbackMethod::Update) {
        warnings.push(KEPT.to_owned());
    }
    Some(Plan {
        cluster: cluster.to_owned(),
        create_cluster: false,
        region: region.to_owned(),
        account: rollbacks.iter().find_map(|it| it.service.account()),
        images: Vec::new(),
        log_groups: Vec::new(),
        services: rollbacks.iter().map(|it| it.plan.clone()).collect(),
        warnings,
    })
}
