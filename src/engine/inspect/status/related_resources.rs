//! A service's related resources: its task definition, its target groups, its address.

use futures_util::future::{join_all, join3};
use jiff::Timestamp;

use super::UniqueNotes;
use crate::aws::{Aws, AwsError};
use crate::ecs::{Service, TaskDefinition};
use crate::engine::inspect::address;
use crate::engine::secret_changes::{SecretRead, changed_since};
use crate::model::{
    Address, ChangedSecret, FailureTarget, PastImage, ServiceStatus, TargetCount, TargetGroupStatus,
};

/// The related resources of one service.
pub struct RelatedResources {
    definition: Result<Option<TaskDefinition>, AwsError>,
    /// The secrets that changed after the service was deployed.
    secrets: Vec<SecretRead>,
    targets: Vec<(String, Result<Vec<FailureTarget>, AwsError>)>,
    addresses: Result<Vec<Address>, AwsError>,
}

impl RelatedResources {
    /// Reads them concurrently.
    pub async fn of(aws: &Aws, service: &Service) -> Self {
        let groups = address::target_groups(service);
        let definition = async {
            let definition = match &service.task_definition {
                Some(arn) => aws.describe_task_definition(arn).await,
                None => Ok(None),
            };
            let secrets = match (&definition, service.deployed_at()) {
                (Ok(Some(definition)), Some(at)) => changed_since(aws, definition, at).await,
                _ => Vec::new(),
            };
            (definition, secrets)
        };
        let targets = join_all(groups.iter().map(async |group| {
            let targets = aws.describe_target_health(group).await;
            (group.clone(), targets)
        }));
        let addresses = address::addresses(aws, &groups);
        let ((definition, secrets), targets, addresses) = join3(definition, targets, addresses).await;
        Self {
            definition,
            secrets,
            targets,
            addresses,
        }
    }

    /// Adds them to the status of the service, whose oldest task was created at this time.
    pub fn show(self, status: &mut ServiceStatus, oldest_task: Option<Timestamp>, notes: &mut UniqueNotes) {
        if let Some(definition) = notes.take(self.definition, "task definitions").flatten() {
            let container = definition.containers.first();
            status.image = container.and_then(|it| it.image.clone());
            let running = std::mem::take(&mut status.images);
            let digest = |name: &str| running.iter().find(|it| it.container == name)?.digest.clone();
            let containers = definition.containers.iter();
            status.images = containers
                .map(|container| PastImage {
                    container: container.name.clone(),
                    image: container.image.clone(),
                    digest: digest(&container.name),
                })
                .collect();
            status.registered_by = definition.registered_by.as_deref().map(principal);
        }
        for read in self.secrets {
            let changed = notes.take_in_time(read, "changes of secrets").unwrap_or_default();
            let changed = changed.into_iter();
            let is_newer = |it: &ChangedSecret| oldest_task.is_some_and(|oldest| it.changed_at > oldest);
            status.changed_secrets.extend(changed.filter(is_newer));
        }
        for (arn, targets) in self.targets {
            if let Some(targets) = notes.take(targets, "target health") {
                status.targets.push(target_group(arn, targets));
            }
        }
        let addresses = notes.take(self.addresses, "addresses");
        status.url = addresses
            .and_then(|found| found.into_iter().next())
            .map(|it| it.url);
    }
}

/// Returns the principal's name in an ARN: `ci` of `arn:aws:iam::…:user/ci`, `deploy/session` of an
/// assumed role.
fn principal(arn: &str) -> String {
    let resource = arn.rsplit(':').next().unwrap_or(arn);
    resource
        .split_once('/')
        .map_or(resource, |(_, name)| name)
        .to_owned()
}

fn target_group(arn: String, targets: Vec<FailureTarget>) -> TargetGroupStatus {
    let mut group = TargetGroupStatus {
        name: arn.split('/').nth(1).unwrap_or(&arn).to_owned(),
        arn,
        healthy: 0,
        others: Vec::new(),
    };
    for target in targets {
        let Some(state) = target.state else { continue };
        let count = TargetCount {
            state,
            reason: target.reason,
            description: target.description,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_have_readable_names() {
        assert_eq!(principal("arn:aws:iam::123456789012:user/ci"), "ci");
        assert_eq!(
            principal("arn:aws:sts::123456789012:assumed-role/deploy/run-7"),
            "deploy/run-7"
        );
        assert_eq!(principal("arn:aws:iam::123456789012:root"), "root");
    }

    #[test]
    fn targets_are_counted_by_their_state() {
        let target = |state: &str, reason: Option<&str>| FailureTarget {
            state: Some(state.to_owned()),
            reason: reason.map(str::to_owned),
            ..FailureTarget::default()
        };
        let failing = || target("unhealthy", Some("Target.FailedHealthChecks"));
        let unknown = FailureTarget::default();
        let targets = vec![target("healthy", None), failing(), failing(), unknown];
        let group = target_group(
            "arn:aws:elasticloadbalancing:r:1:targetgroup/web/1f0c".to_owned(),
            targets,
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
