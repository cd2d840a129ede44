//! The target groups of the services, as far as they can be read: how long a rollout takes depends on them.

use futures_util::future::{join, join_all};

use super::{ObserveRequest, selected};
use crate::aws::{Aws, AwsError};
use crate::ecs::{DescribedServices, TargetGroupSettings};
use crate::model::{ServiceSpec, UnreadResource};
use crate::plan::ObservedTargetGroups;

/// Reads those that the file names, before the services are known.
pub(super) async fn named(aws: &Aws, request: ObserveRequest<'_>) -> ObservedTargetGroups {
    let named = selected(&request).flat_map(of_file);
    read(aws, request, named.collect()).await
}

/// Reads those of existing services that the file doesn't name.
pub(super) async fn of_services(
    aws: &Aws,
    request: ObserveRequest<'_>,
    services: &DescribedServices,
    known: &ObservedTargetGroups,
) -> ObservedTargetGroups {
    let existing = selected(&request).filter_map(|service| services.active(&service.name));
    let arns = existing.flat_map(|service| service.target_groups.iter().map(|group| group.arn.clone()));
    let arns = arns.filter(|arn| !known.contains(arn));
    read(aws, request, arns.collect()).await
}

/// Returns the target groups that the file names, including the alternate ones of blue/green deployments.
fn of_file(service: &ServiceSpec) -> Vec<String> {
    let balancers = service
        .named("loadBalancers")
        .and_then(|entry| entry.value.items());
    let balancers = balancers.unwrap_or_default().iter();
    balancers
        .flat_map(|balancer| {
            let alternate = balancer.get("advancedConfiguration");
            let alternate = alternate.and_then(|it| it.text_of("alternateTargetGroupArn"));
            [balancer.text_of("targetGroupArn"), alternate]
        })
        .flatten()
        .map(str::to_owned)
        .collect()
}

async fn read(aws: &Aws, request: ObserveRequest<'_>, mut arns: Vec<String>) -> ObservedTargetGroups {
    arns.sort();
    arns.dedup();
    if !request.target_groups {
        return ObservedTargetGroups::default();
    }
    let groups = join_all(arns.iter().map(async |arn| {
        let retry = request.retry;
        let settings = retry.optional(|| Box::pin(aws.target_group(arn)));
        let delay = retry.optional(|| Box::pin(aws.deregistration_delay(arn)));
        join(settings, delay).await
    }))
    .await;
    let mut observed = ObservedTargetGroups {
        is_read: true,
        ..ObservedTargetGroups::default()
    };
    for (arn, (settings, delay)) in arns.into_iter().zip(groups) {
        observed.unread.extend(settings.as_ref().err().map(unread));
        observed.unread.extend(delay.as_ref().err().map(unread));
        if let Ok(settings) = settings {
            let delay = delay.ok().flatten();
            let settings = settings.map(|settings| TargetGroupSettings {
                deregistration_delay: delay,
                ..settings
            });
            observed.groups.insert(arn, settings);
        }
    }
    observed
}

fn unread(error: &AwsError) -> UnreadResource {
    super::unread("target groups", error)
}
