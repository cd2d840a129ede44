//! Services and reads for tests of checks.

use serde_json::json;

use super::{CheckContext, PreflightReads, ServiceCheck};
use crate::model::{Plan, Value};
use crate::plan::{EffectiveService, Observed};

/// Creates a service on Fargate with these members of its task definition and of the service.
pub fn planned(definition: Value, service: Value) -> EffectiveService {
    let mut planned = EffectiveService {
        key: "web".to_owned(),
        name: "web".to_owned(),
        definition: json!({"networkMode": "awsvpc", "cpu": "256"}),
        service: json!({"launchType": "FARGATE", "desiredCount": 2}),
        is_new: false,
        registers: true,
    };
    for (over, members) in [
        (&mut planned.definition, definition),
        (&mut planned.service, service),
    ] {
        let members = members.as_object().cloned().unwrap_or_default();
        over.as_object_mut().unwrap().extend(members);
    }
    planned
}

/// Nothing was read.
pub fn reads() -> PreflightReads {
    PreflightReads::default()
}

/// Returns an empty plan in us-east-1.
pub fn plan() -> Plan {
    Plan {
        cluster: "default".to_owned(),
        create_cluster: false,
        cluster_capacity_providers: Vec::new(),
        cluster_missing: false,
        region: "us-east-1".to_owned(),
        account: None,
        images: Vec::new(),
        log_groups: Vec::new(),
        unknown_log_groups: Vec::new(),
        services: Vec::new(),
        jobs: Vec::new(),
        create_schedule_group: None,
        orphaned_schedules: None,
        warnings: Vec::new(),
    }
}

/// Returns the codes of what a check finds.
pub fn codes(
    service: &EffectiveService,
    reads: &PreflightReads,
    check: ServiceCheck,
) -> Option<Vec<&'static str>> {
    codes_in(service, &Observed::default(), reads, check)
}

/// Returns the codes of what a check finds with these target groups observed.
pub fn codes_in(
    service: &EffectiveService,
    observed: &Observed,
    reads: &PreflightReads,
    check: ServiceCheck,
) -> Option<Vec<&'static str>> {
    let plan = plan();
    let context = CheckContext {
        plan: &plan,
        observed,
        reads,
    };
    let findings = check(service, context)?;
    Some(findings.iter().map(|finding| finding.code).collect())
}
