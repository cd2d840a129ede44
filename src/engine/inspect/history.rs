//! Past deployments, from ECS's service deployments and service revisions, which it keeps for 90 days
//! (API reference: ListServiceDeployments).

use std::collections::{HashMap, HashSet};

use futures_util::future::{join, join_all};
use futures_util::stream::{self, StreamExt};

use super::code_deploy_history::code_deploy_history;
use super::no_service;
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::ecs::{
    Deployment, RolloutState, Service, ServiceDeployment, ServiceRevision, TaskDefinition, are_newest_first,
    deployment_id,
};
use crate::engine::past_outcome::past_outcome;
use crate::model::{PastDeployment, PastImage, PastOutcome, ServiceNames, Sink, short_definition};

/// Services that are read concurrently.
const SIDE_BY_SIDE: usize = 8;

/// What history to read.
pub struct HistoryRequest<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// The cluster.
    pub cluster: &'a str,
    /// Pairs of deploy.yaml key and ECS service name.
    pub services: &'a [(String, String)],
    /// What the file names of CodeDeploy.
    pub names: &'a ServiceNames,
    /// Maximum deployments per service, newest first.
    pub limit: u32,
    /// Where warnings go.
    pub sink: &'a dyn Sink,
}

/// Returns the deployments of all services, in the order of the services, newest first. If ECS lists
/// none for a service or denies access, returns those in the service's own `deployments`.
pub async fn history(ask: &HistoryRequest<'_>) -> Result<Vec<PastDeployment>, Failure> {
    let names: Vec<String> = ask.services.iter().map(|(_, name)| name.clone()).collect();
    let (described, listed) = join(ask.aws.describe_services(ask.cluster, &names), list(ask)).await;
    let described = described?;
    let has_list: HashSet<&str> = names
        .iter()
        .zip(&listed)
        .filter(|(_, listed)| listed.as_ref().is_ok_and(|listed| !listed.is_empty()))
        .map(|(name, _)| name.as_str())
        .collect();
    missing(ask, |name| {
        described.named(name).is_some() || has_list.contains(name)
    })?;
    let (mut past, mut denied) = (Vec::new(), None);
    for ((_, name), listed) in ask.services.iter().zip(listed) {
        let service = described.named(name);
        let before = past.len();
        if let Some(service) = service.filter(|it| it.is_code_deploy() && is_kept(it)) {
            past.extend(by_code_deploy(ask, service).await?);
            continue;
        }
        match listed {
            // ECS forgets service deployments after 90 days; the current one may be older.
            Ok(briefs) if briefs.is_empty() => past.extend(service.into_iter().flat_map(from_service)),
            Ok(briefs) => past.extend(briefs.iter().map(|brief| from_brief(brief, name, service))),
            Err(error) if error.is_access_denied() || error.is_unsupported() => {
                past.extend(service.into_iter().flat_map(from_service));
                denied.get_or_insert(error);
            }
            // A service that doesn't exist has no list; it was already reported. A deleted one may have deployments.
            Err(error) if error.is_not_found() && !error.is_cluster_missing() => {
                past.extend(service.into_iter().flat_map(from_service));
            }
            Err(error) => return Err(error.into()),
        }
        let note = match service {
            Some(service) => deleted(service, past.len() > before),
            None if past.len() > before => Some(no_longer_there(name)),
            None => None,
        };
        if let Some(note) = note {
            ask.sink.warn(None, note, None);
        }
    }
    if let Some(error) = denied {
        ask.sink
            .warn_of(error, "showing only the deployments that the services list");
    }
    detail(ask, &mut past).await?;
    Ok(past)
}

/// Returns the deployments of a service that CodeDeploy deploys; without permission to read them, what runs now.
async fn by_code_deploy(
    ask: &HistoryRequest<'_>,
    service: &Service,
) -> Result<Vec<PastDeployment>, AwsError> {
    let limit = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let named = ask.names.code_deploy(&service.name);
    let read = code_deploy_history(ask.aws, ask.cluster, service, named.as_ref(), limit);
    match read.await {
        Err(error) if error.is_access_denied() => {
            ask.sink
                .warn_of(error, "not showing the deployments of CodeDeploy");
            Ok(from_service(service))
        }
        read => read,
    }
}

async fn list(ask: &HistoryRequest<'_>) -> Vec<Result<Vec<ServiceDeployment>, AwsError>> {
    let list = |(_, name): &'_ (String, String)| {
        let name = name.clone();
        async move {
            let most = usize::try_from(ask.limit).unwrap_or(usize::MAX);
            let is_enough = |found: &[ServiceDeployment]| found.len() >= most && are_newest_first(found);
            let mut listed = ask
                .aws
                .list_service_deployments(ask.cluster, &name, &[], is_enough)
                .await?;
            listed.sort_by_key(|it| std::cmp::Reverse(it.created_at));
            listed.truncate(most);
            Ok(listed)
        }
    };
    stream::iter(ask.services)
        .map(list)
        .buffered(SIDE_BY_SIDE)
        .collect()
        .await
}

fn missing(ask: &HistoryRequest<'_>, is_there: impl Fn(&str) -> bool) -> Result<(), Failure> {
    let is_gone = |(_, name): &&(String, String)| !is_there(name);
    let gone: Vec<(String, String)> = ask.services.iter().filter(is_gone).cloned().collect();
    if gone.is_empty() {
        return Ok(());
    }
    let failure = no_service(ask.cluster, &gone);
    if gone.len() == ask.services.len() {
        return Err(failure);
    }
    ask.sink.warn_of(failure, "showing the others");
    Ok(())
}

/// Says that a service doesn't exist of which ECS still lists deployments. DescribeServices may stop reporting deleted
/// services at any time (API reference: DeleteService, "INACTIVE services may be cleaned up and purged"); ECS lists
/// deployments for 90 days.
fn no_longer_there(name: &str) -> String {
    format!("service {name} no longer exists: none of its deployments runs any more")
}

/// Says that a service is deleted, so that none of its deployments lasts.
fn deleted(service: &Service, has_history: bool) -> Option<String> {
    let name = &service.name;
    match (service.is_draining(), service.is_inactive()) {
        (true, _) => Some(format!("service {name} is deleted; its last tasks are stopping")),
        (_, true) if has_history => Some(format!(
            "service {name} is deleted: none of its deployments runs any more"
        )),
        (_, true) => Some(format!(
            "service {name} is deleted, and ECS lists no deployments of it"
        )),
        (false, false) => None,
    }
}

/// Converts a deployment from ListServiceDeployments' brief form.
fn from_brief(read: &ServiceDeployment, name: &str, service: Option<&Service>) -> PastDeployment {
    let id = read.deployment_id();
    // ECS keeps the id of the deployment that created a revision; a rollback may deploy it under a new
    // one.
    let own = service.and_then(|service| service.deployment(id.as_deref()?));
    PastDeployment {
        service: name.to_owned(),
        arn: Some(read.arn.clone()),
        outcome: past_outcome(read),
        status: read.status.to_string(),
        reason: read.why(),
        current: own.is_some_and(Deployment::is_primary) && service.is_some_and(is_kept),
        running: own.and_then(|own| own.running_count),
        created_at: read.created_at,
        finished_at: read.ended_at(),
        task_definition: own.and_then(Deployment::short_definition),
        deployment: id,
        ..PastDeployment::default()
    }
}

/// Whether a service is not deleted.
fn is_kept(service: &Service) -> bool {
    !service.is_draining() && !service.is_inactive()
}

/// Returns the deployments in the service's own `deployments`, in AWS's order: newest first.
fn from_service(service: &Service) -> Vec<PastDeployment> {
    let past = |deployment: &Deployment| PastDeployment {
        service: service.name.clone(),
        deployment: Some(deployment.id.clone()),
        outcome: match deployment.rollout_state {
            Some(RolloutState::Completed) => PastOutcome::Done,
            Some(RolloutState::InProgress) => PastOutcome::InProgress,
            Some(RolloutState::Failed) => PastOutcome::Failed,
            Some(RolloutState::Other(_)) | None => PastOutcome::Unknown,
        },
        status: match &deployment.rollout_state {
            Some(rollout) => rollout.to_string(),
            None => deployment.status.clone(),
        },
        reason: deployment.rollout_state_reason.clone(),
        current: deployment.is_primary() && is_kept(service),
        running: deployment.running_count,
        created_at: deployment.created_at,
        task_definition: deployment.short_definition(),
        ..PastDeployment::default()
    };
    service.deployments.iter().map(past).collect()
}

/// Adds details from the service deployments, their revisions and the task definitions. Without
/// permission to read one of these, its details are omitted.
async fn detail(ask: &HistoryRequest<'_>, past: &mut [PastDeployment]) -> Result<(), Failure> {
    let arns: Vec<String> = past.iter().filter_map(|it| it.arn.clone()).collect();
    let revisions = revision_arns(&arns, past);
    let (deployments, revisions) = join(
        ask.aws.describe_service_deployments(&arns),
        ask.aws.describe_service_revisions(&revisions),
    )
    .await;
    for read in optional(ask, deployments, "not showing why deployments ended")? {
        for one in past.iter_mut().filter(|it| it.arn.as_ref() == Some(&read.arn)) {
            one.outcome = past_outcome(&read);
            one.status = read.status.to_string();
            one.reason = read.why();
            one.finished_at = read.ended_at();
        }
    }
    for revision in optional(ask, revisions, "not showing their images")? {
        let id = deployment_id(&revision.arn);
        for one in past.iter_mut().filter(|it| it.deployment == id) {
            let definition = revision.task_definition.as_deref();
            one.task_definition = definition.map(|arn| short_definition(arn).to_owned());
            one.images = images(&revision);
        }
    }
    define(ask, past).await
}

/// Builds the revisions' ARNs, `arn:…:service-revision/CLUSTER/SERVICE/N`, which have the form of the
/// service deployment's own ARN.
fn revision_arns(arns: &[String], past: &[PastDeployment]) -> Vec<String> {
    let arn = |one: &PastDeployment| {
        let (head, tail) = one.arn.as_ref()?.split_once(":service-deployment/")?;
        let (path, _) = tail.rsplit_once('/')?;
        let number = one.deployment.as_ref()?.strip_prefix("ecs-svc/")?;
        Some(format!("{head}:service-revision/{path}/{number}"))
    };
    let mut known = HashSet::with_capacity(arns.len());
    past.iter()
        .filter_map(arn)
        .filter(|arn| known.insert(arn.clone()))
        .collect()
}

async fn define(ask: &HistoryRequest<'_>, past: &mut [PastDeployment]) -> Result<(), Failure> {
    let ids: HashSet<String> = past.iter().filter_map(|it| it.task_definition.clone()).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let mut definitions: HashMap<String, TaskDefinition> = HashMap::new();
    // All at once: the session's rate limit keeps to ECS's quota.
    let read = join_all(ids.iter().map(|id| ask.aws.describe_task_definition(id))).await;
    for (id, read) in ids.iter().zip(read) {
        match read {
            Ok(Some(definition)) => {
                definitions.insert(id.clone(), definition);
            }
            Ok(None) => {}
            Err(error) if error.is_access_denied() => {
                ask.sink.warn_of(error, "not showing who registered revisions");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
    }
    for one in past {
        let Some(definition) = one.task_definition.as_ref().and_then(|id| definitions.get(id)) else {
            continue;
        };
        one.registered_by = definition.registered_by.clone();
        one.registered_at = definition.registered_at;
        if one.images.is_empty() {
            one.images = defined_images(definition);
        }
    }
    Ok(())
}

/// Returns the result of a read that the history can do without.
fn optional<T>(
    ask: &HistoryRequest<'_>,
    read: Result<Vec<T>, AwsError>,
    lack: &str,
) -> Result<Vec<T>, Failure> {
    match read {
        Ok(found) => Ok(found),
        Err(error) if error.is_access_denied() || error.is_unsupported() => {
            ask.sink.warn_of(error, lack);
            Ok(Vec::new())
        }
        Err(error) => Err(error.into()),
    }
}

fn images(revision: &ServiceRevision) -> Vec<PastImage> {
    let images = revision.container_images.iter();
    images
        .map(|image| PastImage {
            container: image.container.clone(),
            image: image.image.clone(),
            digest: image.digest.clone(),
        })
        .collect()
}

fn defined_images(definition: &TaskDefinition) -> Vec<PastImage> {
    let containers = definition.containers.iter();
    containers
        .map(|container| PastImage {
            container: container.name.clone(),
            image: container.image.clone(),
            digest: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_found_beside_its_deployment() {
        let past = PastDeployment {
            arn: Some("arn:aws:ecs:us-east-1:1:service-deployment/c/web/aBc".to_owned()),
            deployment: Some("ecs-svc/7".to_owned()),
            ..PastDeployment::default()
        };
        let arns = revision_arns(&[], &[past.clone(), past]);
        assert_eq!(arns, ["arn:aws:ecs:us-east-1:1:service-revision/c/web/7"]);
    }
}
