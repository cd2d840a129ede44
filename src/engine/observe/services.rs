//! Services, their task definitions, and what else decides about them.

use futures_util::future::{join, try_join_all};
use indexmap::IndexMap;

use super::error::ObserveError;
use super::{Look, selected, warn, watchable};
use crate::aws::{Aws, AwsError, resource_id};
use crate::engine::presence::Presence;
use crate::model::{Base, Cluster, ObservedService, ScalableTarget, Service, TaskDefinition, Value};

/// The members that are read back on the service's revision only (ecs-semantics §3).
const ON_THE_REVISION: [&str; 2] = ["monitoring", "gatewayConnectors"];

/// What the first round trip told.
pub(super) struct First {
    cluster: Cluster,
    /// DescribeServices' services.
    found: Vec<Value>,
    /// In the order of `look.services`.
    definitions: Vec<Definitions>,
}

/// The definitions of a service that could be asked for by name.
#[derive(Default)]
struct Definitions {
    /// The latest ACTIVE revision of the family, where the file tells the family.
    latest: Option<Value>,
    /// Whether the family was asked for at all.
    latest_known: bool,
    base: Option<Value>,
}

/// The first round trip.
pub(super) async fn first(aws: &Aws, look: Look<'_>) -> Result<First, AwsError> {
    let services = ask_services(aws, look);
    let definitions = try_join_all(selected(&look).map(async |service| ask_by_name(aws, service).await));
    let (services, definitions) = join(services, definitions).await;
    let (cluster, found) = services?;
    Ok(First {
        cluster,
        found,
        definitions: definitions?,
    })
}

async fn ask_services(aws: &Aws, look: Look<'_>) -> Result<(Cluster, Vec<Value>), AwsError> {
    let names: Vec<String> = selected(&look).map(|service| service.name.clone()).collect();
    if names.is_empty() {
        return Ok((Cluster::Active, Vec::new()));
    }
    match aws.describe_services(&look.manifest.cluster, &names).await {
        Ok(mut reply) => Ok((Cluster::Active, take_list(&mut reply, "services"))),
        Err(error) if error.is_cluster_missing() => Ok((Cluster::Missing, Vec::new())),
        Err(error) => Err(error),
    }
}

/// The family's latest revision and the base, as far as the file names them.
async fn ask_by_name(aws: &Aws, service: &Service) -> Result<Definitions, AwsError> {
    let family = known_family(&service.definition);
    let base = named_base(&service.definition);
    let ask = async |id: Option<&str>| match id {
        Some(id) => aws.describe_task_definition(id).await,
        None => Ok(None),
    };
    // `base: FAMILY` is its latest revision: asked for once.
    if family == base {
        let latest = ask(family).await?;
        return Ok(Definitions {
            base: latest.clone(),
            latest,
            latest_known: family.is_some(),
        });
    }
    let (latest, base) = join(ask(family), ask(base)).await;
    Ok(Definitions {
        latest: latest?,
        latest_known: family.is_some(),
        base: base?,
    })
}

/// The family that a new revision would get, where the file tells.
fn known_family(definition: &TaskDefinition) -> Option<&str> {
    match definition {
        TaskDefinition::Owned(input) => input.get("family")?.as_str(),
        TaskDefinition::Revision(..) => None,
        TaskDefinition::Based { base, changes } => {
            let named = changes.get("family").and_then(|family| family.as_str());
            named.or(match base {
                Base::Family(family) => Some(family),
                Base::Revision(_) | Base::Live => None,
            })
        }
    }
}

/// The definition that the file names, where it names one.
fn named_base(definition: &TaskDefinition) -> Option<&str> {
    match definition {
        TaskDefinition::Owned(_) => None,
        TaskDefinition::Revision(id, _) => Some(id),
        TaskDefinition::Based { base, .. } => match base {
            Base::Family(id) | Base::Revision(id) => Some(id),
            Base::Live => None,
        },
    }
}

/// The second round trip: what only the services themselves tell.
pub(super) async fn second(
    aws: &Aws,
    look: Look<'_>,
    first: First,
) -> Result<(Cluster, IndexMap<String, ObservedService>), ObserveError> {
    let First {
        cluster,
        found,
        definitions,
    } = first;
    let observed: Vec<(&Service, ObservedService, bool)> = selected(&look)
        .zip(definitions)
        .map(|(service, definitions)| {
            let (live, draining) = standing(&found, &service.name);
            let observed = ObservedService {
                service: live.cloned(),
                draining,
                latest_definition: definitions.latest,
                base_definition: definitions.base,
                ..ObservedService::default()
            };
            (service, observed, definitions.latest_known)
        })
        .collect();
    let scaled: Vec<&Service> = observed
        .iter()
        .filter(|(service, observed, _)| observed.service.is_some() && names(service, "desiredCount"))
        .map(|(service, ..)| *service)
        .collect();
    let targets = scalable_targets(aws, look, &scaled);
    let others: Vec<(&Service, String)> = observed
        .iter()
        .filter_map(|(service, observed, _)| {
            let strategy = watchable::needs(service, observed.service.as_ref())?;
            Some((*service, strategy.to_owned()))
        })
        .collect();
    let watchable = watchable::check(aws, look, &others);
    let completed = try_join_all(
        observed
            .into_iter()
            .map(async |(service, observed, latest_known)| {
                let observed = complete(aws, look, service, observed, latest_known).await?;
                Ok::<_, AwsError>((service, observed))
            }),
    );
    let (watchable, (targets, completed)) = join(watchable, join(targets, completed)).await;
    watchable?;
    let (targets, completed) = (targets?, completed?);
    let services = completed.into_iter().map(|(service, mut observed)| {
        if let Some(target) = targets.get(&service.key) {
            observed.scalable_target = target.clone();
        }
        (service.key.clone(), observed)
    });
    Ok((cluster, services.collect()))
}

/// The service of that name as far as it counts: INACTIVE is absent, DRAINING is in the way.
fn standing<'a>(found: &'a [Value], name: &str) -> (Option<&'a Value>, bool) {
    match Presence::among(found, name) {
        Presence::Active(service) => (Some(service), false),
        Presence::Draining(_) => (None, true),
        Presence::Absent { .. } => (None, false),
    }
}

/// What the service runs, the latest of its family, and its revision where that is needed.
async fn complete(
    aws: &Aws,
    look: Look<'_>,
    service: &Service,
    mut observed: ObservedService,
    latest_known: bool,
) -> Result<ObservedService, AwsError> {
    let (definitions, revision) = join(
        complete_definitions(aws, service, &observed, latest_known),
        revision(aws, look, service, &observed),
    )
    .await;
    let (running, latest) = definitions?;
    observed.running_definition = running;
    observed.latest_definition = latest;
    observed.service_revision = revision?;
    if matches!(
        &service.definition,
        TaskDefinition::Based { base: Base::Live, .. }
    ) {
        observed.base_definition = observed.running_definition.clone();
    }
    Ok(observed)
}

/// The running definition and the family's latest, the latter only when it is another.
async fn complete_definitions(
    aws: &Aws,
    service: &Service,
    observed: &ObservedService,
    latest_known: bool,
) -> Result<(Option<Value>, Option<Value>), AwsError> {
    let runs = observed
        .service
        .as_ref()
        .and_then(|live| text(live, "taskDefinition"));
    let known = [&observed.latest_definition, &observed.base_definition];
    let at_hand = known
        .into_iter()
        .flatten()
        .find(|definition| runs.is_some() && text(definition, "taskDefinitionArn") == runs);
    let running = match (at_hand, runs) {
        (Some(definition), _) => Some(definition.clone()),
        (None, Some(arn)) => aws.describe_task_definition(arn).await?,
        (None, None) => None,
    };
    let latest = if latest_known || matches!(service.definition, TaskDefinition::Revision(..)) {
        observed.latest_definition.clone()
    } else {
        // The family is the base's, which is known only now.
        let base = observed.base_definition.as_ref().or(running.as_ref());
        match base.and_then(|base| text(base, "family")) {
            Some(family) => aws.describe_task_definition(family).await?,
            None => None,
        }
    };
    let arn = |definition: &Option<Value>| {
        let arn = definition
            .as_ref()
            .and_then(|definition| text(definition, "taskDefinitionArn"));
        arn.map(str::to_owned)
    };
    let is_running = running.is_some() && arn(&running) == arn(&latest);
    Ok((running, latest.filter(|_| !is_running)))
}

/// The PRIMARY deployment's service revision, where the file names a member that is read back there only.
async fn revision(
    aws: &Aws,
    look: Look<'_>,
    service: &Service,
    observed: &ObservedService,
) -> Result<Option<Value>, AwsError> {
    let Some(live) = &observed.service else {
        return Ok(None);
    };
    if !ON_THE_REVISION.iter().any(|member| names(service, member)) {
        return Ok(None);
    }
    let Some(arn) = primary_revision(live) else {
        return Ok(None);
    };
    match aws.describe_service_revisions(&[arn]).await {
        Ok(revisions) => Ok(revisions.into_iter().next()),
        Err(error) if error.is_access_denied() => {
            warn(look.sink, &error, "what it says of monitoring is not known");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Among the service's revisions the one whose ARN ends in the PRIMARY deployment's number (`ecs-svc/N`).
fn primary_revision(live: &Value) -> Option<String> {
    let deployments = live.get("deployments")?.as_array()?;
    let primary = deployments
        .iter()
        .find(|deployment| text(deployment, "status") == Some("PRIMARY"))?;
    let number = text(primary, "id")?.rsplit('/').next()?;
    live.get("currentServiceRevisions")?
        .as_array()?
        .iter()
        .filter_map(|revision| text(revision, "arn"))
        .find(|arn| arn.rsplit('/').next() == Some(number))
        .map(str::to_owned)
}

/// By the service's key. Only services that exist and name a count are asked about.
async fn scalable_targets(
    aws: &Aws,
    look: Look<'_>,
    services: &[&Service],
) -> Result<IndexMap<String, ScalableTarget>, AwsError> {
    if services.is_empty() {
        return Ok(IndexMap::new());
    }
    let cluster = &look.manifest.cluster;
    let names: Vec<String> = services.iter().map(|service| service.name.clone()).collect();
    let found = match aws.describe_scalable_targets(cluster, &names).await {
        Ok(found) => found,
        Err(error) if error.is_access_denied() => {
            warn(
                look.sink,
                &error,
                "the count is never lowered, as something else may set it",
            );
            let unknown = |service: &&Service| (service.key.clone(), ScalableTarget::Unknown);
            return Ok(services.iter().map(unknown).collect());
        }
        // A stand-in without Application Auto Scaling scales nothing.
        Err(error) if error.is_unsupported() => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(services
        .iter()
        .filter_map(|service| {
            let id = resource_id(cluster, &service.name);
            let target = found
                .iter()
                .find(|target| text(target, "ResourceId") == Some(&id))?;
            let bound = |key: &str| target.get(key).and_then(Value::as_i64).unwrap_or_default();
            let target = ScalableTarget::Exists {
                min: bound("MinCapacity"),
                max: bound("MaxCapacity"),
            };
            Some((service.key.clone(), target))
        })
        .collect())
}

/// Whether the file names a member of the service, and not by null.
fn names(service: &Service, member: &str) -> bool {
    service.fields.get(member).is_some_and(|value| !value.is_null())
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn take_list(reply: &mut Value, key: &str) -> Vec<Value> {
    match reply.get_mut(key).map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}
