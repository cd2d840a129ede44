//! What a service stands on and behind: its task definition, its target groups, its address.

use futures_util::future::{join_all, join3};

use super::notes::Notes;
use crate::aws::{Aws, AwsError};
use crate::engine::address;
use crate::model::{Address, ServiceStatus, TargetCount, TargetGroupStatus, Value};

/// What was read around one service.
pub struct Surroundings {
    definition: Result<Option<Value>, AwsError>,
    targets: Vec<(String, Result<Vec<Value>, AwsError>)>,
    addresses: Result<Vec<Address>, AwsError>,
}

impl Surroundings {
    /// Reads it, side by side.
    pub async fn of(aws: &Aws, service: &Value) -> Self {
        let groups = address::target_groups(service);
        let definition = async {
            match service.get("taskDefinition").and_then(Value::as_str) {
                Some(arn) => aws.describe_task_definition(arn).await,
                None => Ok(None),
            }
        };
        let targets = join_all(groups.iter().map(async |group| {
            let targets = aws.describe_target_health(group).await;
            (group.clone(), targets)
        }));
        let (definition, targets, addresses) =
            join3(definition, targets, address::addresses(aws, &groups)).await;
        Self {
            definition,
            targets,
            addresses,
        }
    }

    /// Puts it into what is shown of the service.
    pub fn show(self, status: &mut ServiceStatus, notes: &mut Notes) {
        if let Some(definition) = notes.take(self.definition, "task definitions").flatten() {
            status.image = image(&definition);
            status.registered_by = text(&definition, "registeredBy").map(|arn| principal(&arn));
        }
        for (arn, targets) in self.targets {
            if let Some(targets) = notes.take(targets, "target health") {
                status.targets.push(target_group(arn, &targets));
            }
        }
        let addresses = notes.take(self.addresses, "addresses");
        status.url = addresses
            .and_then(|found| found.into_iter().next())
            .map(|it| it.url);
    }
}

fn image(definition: &Value) -> Option<String> {
    let containers = definition.get("containerDefinitions")?.as_array()?;
    text(containers.first()?, "image")
}

/// `ci` of `arn:aws:iam::…:user/ci`, `deploy/session` of an assumed role's.
fn principal(arn: &str) -> String {
    let resource = arn.rsplit(':').next().unwrap_or(arn);
    resource
        .split_once('/')
        .map_or(resource, |(_, name)| name)
        .to_owned()
}

fn target_group(arn: String, targets: &[Value]) -> TargetGroupStatus {
    let mut group = TargetGroupStatus {
        name: arn.split('/').nth(1).unwrap_or(&arn).to_owned(),
        arn,
        healthy: 0,
        others: Vec::new(),
    };
    for target in targets {
        let Some(health) = target.get("targetHealth") else {
            continue;
        };
        let count = TargetCount {
            state: text(health, "state").unwrap_or_default(),
            reason: text(health, "reason"),
            description: text(health, "description"),
            count: 1,
        };
        let alike = |it: &&mut TargetCount| {
            (&it.state, &it.reason, &it.description) == (&count.state, &count.reason, &count.description)
        };
        if count.state == "healthy" {
            group.healthy += 1;
        } else if let Some(known) = group.others.iter_mut().find(alike) {
            known.count += 1;
        } else {
            group.others.push(count);
        }
    }
    group
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn principals_are_named_as_people_know_them() {
        assert_eq!(principal("arn:aws:iam::123456789012:user/ci"), "ci");
        assert_eq!(
            principal("arn:aws:sts::123456789012:assumed-role/deploy/run-7"),
            "deploy/run-7"
        );
        assert_eq!(principal("arn:aws:iam::123456789012:root"), "root");
    }

    #[test]
    fn targets_are_counted_by_their_state() {
        let target = |state: &str, reason: Value| json!({"targetHealth": {"state": state, "reason": reason}});
        let failing = || target("unhealthy", json!("Target.FailedHealthChecks"));
        let targets = [target("healthy", json!(null)), failing(), failing(), json!({})];
        let group = target_group(
            "arn:aws:elasticloadbalancing:r:1:targetgroup/web/1f0c".to_owned(),
            &targets,
        );
        assert_eq!(
            (group.name.as_str(), group.healthy, group.others.len()),
            ("web", 1, 1)
        );
        assert_eq!(
            (group.others[0].state.as_str(), group.others[0].count),
            ("unhealthy", 2)
        );
    }
}
