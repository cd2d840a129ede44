//! Log groups: they exist, or are created.

use super::CheckContext;
use crate::model::{Finding, Value};
use crate::plan::EffectiveService;
use crate::plan::effective_service::text;

/// A log group by its name and its region.
pub type LogGroupKey = (String, String);

/// Returns the log groups that a service's containers write to, with their region, by container; those that the log driver
/// creates are left out.
pub fn named_log_groups(service: &EffectiveService, region: &str) -> Vec<LogGroupKey> {
    let groups = service.awslogs().filter(|(_, options)| !creates_group(options));
    let groups = groups.filter_map(|(_, options)| {
        let name = text(options, "awslogs-group")?;
        Some((name.to_owned(), region_of(options, region).to_owned()))
    });
    groups.collect()
}

/// Whether the log driver creates the group (Amazon ECS API reference: LogConfiguration, `awslogs-create-group`).
fn creates_group(options: &Value) -> bool {
    text(options, "awslogs-create-group") == Some("true")
}

fn region_of<'a>(options: &'a Value, region: &'a str) -> &'a str {
    text(options, "awslogs-region").unwrap_or(region)
}

/// Each log group exists, is created by the deploy, or by the log driver: otherwise tasks don't start (Amazon ECS Developer
/// Guide, "Send Amazon ECS logs to CloudWatch"). One in another region is advice.
pub(super) fn exist(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let region = context.plan.region.as_str();
    let mut is_checked = false;
    let mut findings = Vec::new();
    for (container, options) in service.awslogs() {
        let Some(group) = text(options, "awslogs-group") else {
            continue;
        };
        let logs_in = region_of(options, region);
        is_checked = true;
        if logs_in != region {
            let message = format!("container {container} logs to {logs_in}, and runs in {region}");
            let hint = format!("set awslogs-region: {region}, unless the logs belong elsewhere");
            findings.push(Finding::advice("log-region", message).on(group).hint(hint));
        }
        let key = (group.to_owned(), logs_in.to_owned());
        let is_planned =
            context.plan.log_groups.iter().any(|planned| {
                planned.name == group && planned.region.as_deref().unwrap_or(region) == logs_in
            });
        if !creates_group(options) && !is_planned && context.reads.log_groups.get(&key) == Some(&false) {
            let message =
                format!("log group {group} doesn't exist in {logs_in}: container {container} can't start");
            let hint = format!(
                "aws logs create-log-group --log-group-name {group} --region {logs_in} creates it; the option \
                 awslogs-create-group: \"true\" has the task create it"
            );
            findings.push(
                Finding::error("log-group-not-found", message)
                    .on(group)
                    .hint(hint),
            );
        }
    }
    is_checked.then_some(findings)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{codes, planned, reads};
    use super::*;

    #[test]
    fn groups_exist_or_are_created() {
        for (more, exists, expected) in [
            (json!({}), true, &[][..]),
            (json!({}), false, &["log-group-not-found"]),
            (json!({"awslogs-create-group": "true"}), false, &[]),
            (json!({"awslogs-region": "eu-west-1"}), false, &["log-region"]),
        ] {
            let mut options = json!({"awslogs-group": "/shop"});
            options
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            let container =
                json!({"name": "web", "logConfiguration": {"logDriver": "awslogs", "options": options}});
            let service = planned(json!({"containerDefinitions": [container]}), json!({}));
            let mut reads = reads();
            reads
                .log_groups
                .insert(("/shop".to_owned(), "us-east-1".to_owned()), exists);
            assert_eq!(codes(&service, &reads, exist).unwrap(), expected, "{more}");
        }
    }
}
