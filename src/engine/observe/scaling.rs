//! The autoscaling of services: scalable targets, policies, scheduled actions, and the resource labels of target
//! groups.

use futures_util::future::{join4, try_join, try_join_all};
use indexmap::IndexMap;

use super::{ObserveRequest, selected};
use crate::aws::{Aws, AwsError};
use crate::ecs::{MetricAlarm, Service};
use crate::model::{Autoscaling, ServiceSpec, StepScaling, Value};
use crate::plan::{ObservedScaling, ResourceLabel};

/// Reads the autoscaling of the services that have it in the file, by their keys. Their names suffice, so that it
/// takes no round trip of its own.
pub(super) async fn read(
    aws: &Aws,
    request: ObserveRequest<'_>,
) -> Result<IndexMap<String, ObservedScaling>, AwsError> {
    let scaled: Vec<&ServiceSpec> = selected(&request)
        .filter(|service| service.autoscaling.is_some() && request.watched)
        .collect();
    if scaled.is_empty() {
        return Ok(IndexMap::new());
    }
    let cluster = &request.manifest.cluster;
    let names: Vec<String> = scaled.iter().map(|service| service.name.clone()).collect();
    let retry = request.retry;
    let targets = retry.read(|| Box::pin(aws.describe_scalable_targets(cluster, &names)));
    let parts = try_join_all(scaled.iter().map(|service| parts(aws, request, service)));
    let (targets, parts) = try_join(targets, parts).await?;
    let scaling = scaled.into_iter().zip(parts).map(|(service, parts)| {
        let target = targets.iter().find(|(name, _)| *name == service.name);
        let bounds = target.map(|(_, target)| target.bounds);
        (service.key.clone(), ObservedScaling { bounds, ..parts })
    });
    Ok(scaling.collect())
}

/// Reads all but the bounds.
async fn parts(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
) -> Result<ObservedScaling, AwsError> {
    let scaling = aws.scaling(&request.manifest.cluster, &service.name);
    let retry = request.retry;
    let (policies, alarms, scheduled, label) = join4(
        retry.read(|| Box::pin(scaling.policies())),
        alarms(aws, request, service),
        retry.read(|| Box::pin(scaling.scheduled_actions())),
        resource_label(aws, request, service, named_target_groups(service)),
    )
    .await;
    Ok(ObservedScaling {
        bounds: None,
        policies: policies?,
        alarms: alarms?,
        scheduled: scheduled?,
        resource_label: label?,
    })
}

/// Reads the alarms of the step scaling policies that the file names.
async fn alarms(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
) -> Result<Vec<MetricAlarm>, AwsError> {
    let steps = service.autoscaling.iter().flat_map(|it| &it.steps);
    let cluster = &request.manifest.cluster;
    let names = steps.map(|it| it.alarm_name(cluster, &service.name));
    // The plan refuses a name that is too long.
    let is_legal = |name: &String| name.chars().count() <= StepScaling::LONGEST_ALARM_NAME;
    let names: Vec<String> = names.filter(is_legal).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    request.retry.read(|| Box::pin(aws.describe_alarms(&names))).await
}

/// Reads the policies and scheduled actions of a service that has no autoscaling in the file, to find those that
/// ecsctl made. None if they can't be read: nothing depends on them.
pub(super) async fn orphaned(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
) -> Option<ObservedScaling> {
    if !request.watched {
        return None;
    }
    let scaling = aws.scaling(&request.manifest.cluster, &service.name);
    match try_join(scaling.policies(), scaling.scheduled_actions()).await {
        Ok((policies, scheduled)) => Some(ObservedScaling {
            policies,
            scheduled,
            ..ObservedScaling::default()
        }),
        Err(error) => {
            tracing::debug!(service = service.name, %error, "autoscaling not read");
            None
        }
    }
}

/// Reads the resource label where the file doesn't name the service's target group.
pub(super) async fn complete(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
    live: Option<&Service>,
) -> Result<ResourceLabel, AwsError> {
    let groups = live.map_or(&[][..], |live| &live.target_groups);
    let groups = groups.iter().map(|group| group.arn.clone());
    resource_label(aws, request, service, groups.collect()).await
}

/// Returns the target groups that the file names.
fn named_target_groups(service: &ServiceSpec) -> Vec<String> {
    let balancers = service.named("loadBalancers").and_then(|it| it.value.items());
    let arns = balancers.into_iter().flatten();
    arns.filter_map(|it| it.text_of("targetGroupArn").map(str::to_owned))
        .collect()
}

async fn resource_label(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
    mut groups: Vec<String>,
) -> Result<ResourceLabel, AwsError> {
    if !service
        .autoscaling
        .as_ref()
        .is_some_and(Autoscaling::needs_resource_label)
    {
        return Ok(ResourceLabel::NoTargetGroup);
    }
    groups.sort();
    groups.dedup();
    let [group] = groups.as_slice() else {
        return Ok(match groups.is_empty() {
            true => ResourceLabel::NoTargetGroup,
            false => ResourceLabel::SeveralTargetGroups,
        });
    };
    let wanted = [group.clone()];
    let described = request
        .retry
        .read(|| Box::pin(aws.describe_target_groups(&wanted)))
        .await?;
    let balancers = described
        .iter()
        .filter_map(|it| it.get("loadBalancerArns")?.as_array());
    let mut labels = balancers.flatten().filter_map(|balancer| label(balancer, group));
    Ok(labels
        .next()
        .map_or_else(|| ResourceLabel::NotBalanced(group.clone()), ResourceLabel::Known))
}

/// Returns `app/NAME/ID/targetgroup/NAME/ID`, the last parts of both ARNs (API reference,
/// PredefinedMetricSpecification, `ResourceLabel`). None for a load balancer of another type.
fn label(balancer: &Value, group: &str) -> Option<String> {
    let (_, balancer) = balancer.as_str()?.split_once(":loadbalancer/")?;
    let group = group.rsplit(':').next()?;
    balancer
        .starts_with("app/")
        .then(|| format!("{balancer}/{group}"))
}
