//! Services, their task definitions, and their scaling.

use futures_util::FutureExt;
use futures_util::future::{join, join_all, join3, join4, try_join_all};
use indexmap::IndexMap;

use super::{ObserveRequest, scaling, selected, watch_permissions};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::ecs::{DescribedServices, Service, ServiceRevision, TaskDefinition};
use crate::model::{Base, CodeDeployNames, ServiceSpec, TaskDefinitionSource};
use crate::plan::{Cluster, ObservedGroup, ObservedScaling, ObservedService, ResourceLabel, ScalableTarget};

/// Members that can only be read from the service revision (`docs/ecs-behavior.md` §3).
const ON_THE_REVISION: [&str; 2] = ["monitoring", "gatewayConnectors"];

/// Results of the first round trip.
pub(super) struct FirstReads {
    cluster: Cluster,
    services: DescribedServices,
    /// In the order of `look.services`.
    definitions: Vec<DefinitionCandidates>,
    scaling: IndexMap<String, ObservedScaling>,
}

impl FirstReads {
    /// Returns the services that exist.
    pub(super) fn described(&self) -> &DescribedServices {
        &self.services
    }
}

/// The task definitions of a service that could be described by name.
#[derive(Default)]
struct DefinitionCandidates {
    /// The latest ACTIVE revision of the family, if the file names the family.
    latest: Option<TaskDefinition>,
    /// Whether the family was described at all.
    latest_known: bool,
    base: Option<TaskDefinition>,
}

/// First round trip.
pub(super) async fn first(aws: &Aws, request: ObserveRequest<'_>) -> Result<FirstReads, AwsError> {
    let services = describe_services(aws, request);
    let definitions =
        try_join_all(selected(&request).map(async |service| describe_by_name(aws, request, service).await));
    let scaling = scaling::read(aws, request);
    let (services, definitions, scaling) = join3(services, definitions, scaling).await;
    let (cluster, services) = services?;
    Ok(FirstReads {
        cluster,
        services,
        definitions: definitions?,
        scaling: scaling?,
    })
}

async fn describe_services(
    aws: &Aws,
    request: ObserveRequest<'_>,
) -> Result<(Cluster, DescribedServices), AwsError> {
    let names: Vec<String> = selected(&request).map(|service| service.name.clone()).collect();
    if names.is_empty() {
        return Ok((Cluster::Active, DescribedServices::default()));
    }
    let cluster = &request.manifest.cluster;
    let described = request
        .retry
        .read(|| Box::pin(aws.describe_services(cluster, &names)));
    match described.await {
        Ok(services) => Ok((Cluster::Active, services)),
        Err(error) if error.is_cluster_missing() => Ok((Cluster::Missing, DescribedServices::default())),
        Err(error) => Err(error),
    }
}

/// Describes the family's latest revision and the base, if the file names them.
async fn describe_by_name(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
) -> Result<DefinitionCandidates, AwsError> {
    let family = known_family(&service.definition);
    let base = named_base(&service.definition);
    let ask = async |id: Option<&str>| match id {
        Some(id) => describe_definition(aws, request, id).await,
        None => Ok(None),
    };
    // `base: FAMILY` is its latest revision: describe it once.
    if family == base {
        let latest = ask(family).await?;
        return Ok(DefinitionCandidates {
            base: latest.clone(),
            latest,
            latest_known: family.is_some(),
        });
    }
    let (latest, base) = join(ask(family), ask(base)).await;
    Ok(DefinitionCandidates {
        latest: latest?,
        latest_known: family.is_some(),
        base: base?,
    })
}

async fn describe_definition(
    aws: &Aws,
    request: ObserveRequest<'_>,
    id: &str,
) -> Result<Option<TaskDefinition>, AwsError> {
    let retry = request.retry;
    retry.read(|| Box::pin(aws.describe_task_definition(id))).await
}

/// Returns the family of a new revision, if the file names it.
fn known_family(definition: &TaskDefinitionSource) -> Option<&str> {
    match definition {
        TaskDefinitionSource::Owned(input) => input.get("family")?.as_str(),
        TaskDefinitionSource::Revision(..) => None,
        TaskDefinitionSource::Based { base, changes, .. } => {
            let named = changes.get("family").and_then(|family| family.as_str());
            named.or(match base {
                Base::Family(family) => Some(family),
                Base::Revision(_) | Base::Live => None,
            })
        }
    }
}

/// Returns the task definition that the file names, if any.
fn named_base(definition: &TaskDefinitionSource) -> Option<&str> {
    match definition {
        TaskDefinitionSource::Owned(_) => None,
        TaskDefinitionSource::Revision(id, _) => Some(id),
        TaskDefinitionSource::Based { base, .. } => match base {
            Base::Family(id) | Base::Revision(id) => Some(id),
            Base::Live => None,
        },
    }
}

/// Second round trip: reads what depends on the services.
pub(super) async fn second(
    aws: &Aws,
    request: ObserveRequest<'_>,
    first: FirstReads,
) -> Result<(Cluster, IndexMap<String, ObservedService>), Failure> {
    let FirstReads {
        cluster,
        services,
        definitions,
        mut scaling,
    } = first;
    let observed: Vec<(&ServiceSpec, ObservedService, bool)> = selected(&request)
        .zip(definitions)
        .map(|(service, definitions)| {
            let observed = ObservedService {
                service: services.active(&service.name).cloned(),
                draining: services.existing(&service.name).is_some_and(Service::is_draining),
                latest_definition: definitions.latest,
                base_definition: definitions.base,
                scaling: scaling.swap_remove(&service.key),
                ..ObservedService::default()
            };
            (service, observed, definitions.latest_known)
        })
        .collect();
    let scaled: Vec<&ServiceSpec> = observed
        .iter()
        .filter(|(service, observed, _)| {
            observed.service.is_some() && observed.scaling.is_none() && names(service, "desiredCount")
        })
        .map(|(service, ..)| *service)
        .collect();
    let targets = scalable_targets(aws, request, &scaled);
    let others: Vec<(&ServiceSpec, String)> = observed
        .iter()
        .filter_map(|(service, observed, _)| {
            let strategy = watch_permissions::needs(service, observed.service.as_ref())?;
            Some((*service, strategy.to_string()))
        })
        .collect();
    let watchable = watch_permissions::check(aws, request, &others);
    let completed = try_join_all(
        observed
            .into_iter()
            .map(async |(service, observed, latest_known)| {
                let observed = complete(aws, request, service, observed, latest_known).await?;
                Ok::<_, AwsError>((service, observed))
            }),
    );
    let (watchable, (targets, completed)) = join(watchable, join(targets, completed)).await;
    watchable?;
    let (targets, completed) = (targets?, completed?);
    let services = completed.into_iter().map(|(service, mut observed)| {
        if let Some((target, orphaned)) = targets.get(&service.key) {
            observed.scalable_target = target.clone();
            observed.scaling.clone_from(orphaned);
        }
        (service.key.clone(), observed)
    });
    Ok((cluster, services.collect()))
}

/// Reads what the service runs, the latest revision of its family, and its service revision if needed.
async fn complete(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
    mut observed: ObservedService,
    latest_known: bool,
) -> Result<ObservedService, AwsError> {
    let (definitions, revision, label, group) = join4(
        complete_definitions(aws, request, service, &observed, latest_known),
        revision(aws, request, service, &observed),
        label(aws, request, service, &observed),
        deployment_group(aws, request, service, &observed),
    )
    .await;
    let (running, latest) = definitions?;
    if let (Some(scaling), Some(label)) = (&mut observed.scaling, label?) {
        scaling.resource_label = label;
    }
    observed.running_definition = running;
    observed.latest_definition = latest;
    observed.service_revision = revision?;
    observed.deployment_group = group?;
    if matches!(
        &service.definition,
        TaskDefinitionSource::Based { base: Base::Live, .. }
    ) {
        observed.base_definition = observed.running_definition.clone();
    }
    Ok(observed)
}

/// Reads the deployment group of a service that CodeDeploy deploys, or is going to.
async fn deployment_group(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
    observed: &ObservedService,
) -> Result<ObservedGroup, AwsError> {
    let controller = service.named("deploymentController");
    let named = controller.and_then(|entry| entry.value.text_of("type"));
    let is_code_deploy = match &observed.service {
        Some(live) => live.is_code_deploy(),
        None => named == Some("CODE_DEPLOY"),
    };
    if !is_code_deploy || !request.watched {
        return Ok(ObservedGroup::Unread);
    }
    let names = CodeDeployNames::of(
        &request.manifest.cluster,
        &service.name,
        service.code_deploy.as_ref(),
    );
    let found = request
        .retry
        .read(|| Box::pin(aws.deployment_group(&names)))
        .await;
    match found {
        Ok(found) => Ok(found.map_or(ObservedGroup::Missing(names), ObservedGroup::Known)),
        Err(error) if error.is_access_denied() => {
            request
                .sink
                .warn_of(error, "assuming that the deployment group exists");
            Ok(ObservedGroup::Unread)
        }
        Err(error) => Err(error),
    }
}

/// Reads the resource label of the live target group, if the file doesn't name one.
async fn label(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
    observed: &ObservedService,
) -> Result<Option<ResourceLabel>, AwsError> {
    let known = observed.scaling.as_ref().map(|scaling| &scaling.resource_label);
    if known != Some(&ResourceLabel::NoTargetGroup) {
        return Ok(None);
    }
    let live = observed.service.as_ref();
    scaling::complete(aws, request, service, live).await.map(Some)
}

/// Reads the running task definition and the family's latest, the latter only if it is different.
async fn complete_definitions(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
    observed: &ObservedService,
    latest_known: bool,
) -> Result<(Option<TaskDefinition>, Option<TaskDefinition>), AwsError> {
    let live = observed.service.as_ref();
    let runs = live.and_then(|live| live.task_definition.as_deref());
    let known = [&observed.latest_definition, &observed.base_definition];
    let at_hand = known
        .into_iter()
        .flatten()
        .find(|definition| runs.is_some() && definition.arn.as_deref() == runs);
    let running = match (at_hand, runs) {
        (Some(definition), _) => Some(definition.clone()),
        (None, Some(arn)) => describe_definition(aws, request, arn).await?,
        (None, None) => None,
    };
    let latest = if latest_known || matches!(service.definition, TaskDefinitionSource::Revision(..)) {
        observed.latest_definition.clone()
    } else {
        // The family is the base's, which isn't known earlier.
        let base = observed.base_definition.as_ref().or(running.as_ref());
        match base.and_then(|base| base.family.as_deref()) {
            Some(family) => describe_definition(aws, request, family).await?,
            None => None,
        }
    };
    let running_arn = running.as_ref().map(|it| it.arn.clone());
    let latest = latest.filter(|latest| running_arn.as_ref() != Some(&latest.arn));
    Ok((running, latest))
}

/// Reads the PRIMARY deployment's service revision, if the file names a member that can only be read there, or if
/// the digests of its images are wanted; those are optional.
async fn revision(
    aws: &Aws,
    request: ObserveRequest<'_>,
    service: &ServiceSpec,
    observed: &ObservedService,
) -> Result<Option<ServiceRevision>, AwsError> {
    let Some(live) = &observed.service else {
        return Ok(None);
    };
    let is_required = ON_THE_REVISION.iter().any(|member| names(service, member));
    if !is_required && !request.tagged.contains(&service.key) {
        return Ok(None);
    }
    let Some(arn) = primary_revision(live) else {
        return Ok(None);
    };
    let arns = [arn];
    let describe = || aws.describe_service_revisions(&arns).boxed();
    let described = match is_required {
        true => request.retry.read(describe).await,
        false => describe().await,
    };
    match described {
        Ok(revisions) => Ok(revisions.into_iter().next()),
        Err(error) if !is_required => {
            tracing::debug!(service = service.name, %error, "running images not read");
            Ok(None)
        }
        Err(error) if error.is_access_denied() => {
            request.sink.warn_of(error, "its monitoring settings are unknown");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Returns the service revision whose ARN ends in the PRIMARY deployment's number (`ecs-svc/N`).
fn primary_revision(live: &Service) -> Option<String> {
    let number = live.primary_id()?.rsplit('/').next()?;
    let mut revisions = live.current_service_revisions.iter();
    revisions
        .find(|arn| arn.rsplit('/').next() == Some(number))
        .cloned()
}

/// Reads scalable targets by the service's key, only for services that exist and set a count; and what ecsctl may have
/// left there when `autoscaling` was removed from the file.
async fn scalable_targets(
    aws: &Aws,
    request: ObserveRequest<'_>,
    services: &[&ServiceSpec],
) -> Result<IndexMap<String, (ScalableTarget, Option<ObservedScaling>)>, AwsError> {
    if services.is_empty() {
        return Ok(IndexMap::new());
    }
    let cluster = &request.manifest.cluster;
    let names: Vec<String> = services.iter().map(|service| service.name.clone()).collect();
    let described = request
        .retry
        .optional(|| Box::pin(aws.describe_scalable_targets(cluster, &names)));
    let found = match described.await {
        Ok(found) => found,
        Err(error) if error.is_out_of_reach() => {
            request.sink.warn_of(
                error,
                "the count is not lowered, as something else may control it",
            );
            let unknown = |service: &&ServiceSpec| (service.key.clone(), (ScalableTarget::Unknown, None));
            return Ok(services.iter().map(unknown).collect());
        }
        // An AWS emulator without Application Auto Scaling scales nothing.
        Err(error) if error.is_unsupported() => Vec::new(),
        Err(error) => return Err(error),
    };
    let scaled = services.iter().filter_map(|service| {
        let (_, target) = found.iter().find(|(name, _)| *name == service.name)?;
        Some((*service, target.bounds))
    });
    let targets = join_all(scaled.map(async |(service, bounds)| {
        let orphaned = scaling::orphaned(aws, request, service).await;
        (service.key.clone(), (ScalableTarget::Exists(bounds), orphaned))
    }));
    Ok(targets.await.into_iter().collect())
}

/// Whether the file sets a member of the service to something other than null.
fn names(service: &ServiceSpec, member: &str) -> bool {
    service.fields.get(member).is_some_and(|value| !value.is_null())
}
