//! The retention of log groups that exist. ecsctl never changes it, because a shorter one deletes events.

use super::observed::Observed;
use crate::model::{LogGroup, ServiceSpec};

/// Returns a warning for each existing log group whose retention differs from `logRetentionDays`.
pub(super) fn warnings(services: &[&ServiceSpec], observed: &Observed) -> Vec<String> {
    let mut warnings = Vec::new();
    for (id, there) in &observed.other_retention {
        let mut groups = services.iter().flat_map(|service| &service.log_groups);
        let wanted = groups.find(|group| group.id() == *id);
        if let Some((group, days)) = wanted.and_then(|group| Some((group, group.retention_days?))) {
            warnings.push(warning(group, days, *there, &observed.region));
        }
    }
    warnings
}

fn warning(group: &LogGroup, days: u32, there: Option<u32>, region: &str) -> String {
    let name = &group.name;
    let region = group.region.as_deref().unwrap_or(region);
    let there = match there {
        None => "never expires".to_owned(),
        Some(1) => "expires after 1 day".to_owned(),
        Some(there) => format!("expires after {there} days"),
    };
    format!(
        "log group {name} {there}: `logRetentionDays: {days}` is only for log groups that ecsctl creates; aws logs \
         put-retention-policy --log-group-name {name} --retention-in-days {days} --region {region} changes it"
    )
}
