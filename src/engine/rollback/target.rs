//! Plans a service's rollback. Read-only.

use super::error::{RollbackError, first_deployment, foreign_controller, nothing_before};
use super::failed_before::failed_before_warning;
use super::history::DeploymentHistory;
use super::in_progress::{InProgressDeployment, in_progress_deployment};
use super::requested::named;
use super::target_request::{TargetRequest, revision_name};
use super::validate::{DeployableRevision, examine};
use crate::aws::{Aws, AwsError};
use crate::ecs::{CodeDeployment, Service, TaskDefinition};
use crate::model::{DefinitionId, Plan, ServicePlan};
use crate::plan;
use crate::verdict::HookPause;

/// Revisions examined at most to suggest another one in a hint.
const MAX_SUGGESTIONS: usize = 5;

/// How a service is rolled back.
#[derive(Clone, Debug, PartialEq)]
pub enum RollbackMethod {
    /// Stop the deployment in progress: ECS restores the previous revision.
    Stop(Box<InProgressDeployment>),
    /// Respond to the pause of the deployment with ROLLBACK.
    Continue(Box<InProgressDeployment>, HookPause),
    /// Stop the deployment in progress of CodeDeploy, which restores the original task set; or, if it is a rollback
    /// already, wait for that.
    StopCodeDeploy(Box<CodeDeployment>),
    /// It is already being rolled back: wait for that.
    Await(Box<InProgressDeployment>),
    /// Call UpdateService with an existing task definition.
    Update,
    /// It is already set to that revision.
    None,
}

/// One service's rollback.
#[derive(Clone, Debug, PartialEq)]
pub struct RollbackPlan {
    /// The ECS service's name.
    pub name: String,
    /// The service before the rollback.
    pub service: Service,
    /// How it is rolled back.
    pub method: RollbackMethod,
    /// The changes to show; for `Update` also to apply.
    pub plan: ServicePlan,
    /// The ARN of the current task definition.
    pub from: Option<String>,
    /// The ARN of the task definition to restore, if known.
    pub to: Option<String>,
    /// The task definition to restore, if it was read.
    pub definition: Option<TaskDefinition>,
    /// Warnings to show with the plan.
    pub warnings: Vec<String>,
}

impl RollbackPlan {
    /// Whether it changes the service: false if the revision is already set or being restored.
    pub fn changes_service(&self) -> bool {
        !matches!(self.method, RollbackMethod::None | RollbackMethod::Await(_))
    }
}

/// Plans how to roll a service back: by stopping the deployment in progress, else to the named revision, else
/// to the last successful revision other than the current one.
pub(super) async fn find_ecs_plan(
    aws: &Aws,
    request: TargetRequest<'_>,
) -> Result<RollbackPlan, RollbackError> {
    controlled_by_us(&request)?;
    let current = current_definition(request.service).unwrap_or_default();
    let named = match request.to {
        Some(to) => Some(named(aws, &request, to, &current).await?),
        None => None,
    };
    let in_progress = match in_progress_deployment(aws, request.cluster, request.name, request.service).await
    {
        Ok(in_progress) => in_progress,
        // A named revision can be deployed without knowing what is in progress.
        Err(error) if named.is_some() && is_optional(&error) => {
            tracing::debug!(%error, "the deployment in progress is unknown");
            None
        }
        Err(error) => return Err(error.into()),
    };
    let names = (request.key, request.name);
    match (in_progress, named) {
        (Some(in_progress), None) => stop_plan(aws, names, request.service, in_progress).await,
        (Some(in_progress), Some(named)) if same(in_progress.restores.as_deref(), &named) => {
            stop_plan(aws, names, request.service, in_progress).await
        }
        (_, Some(named)) => to_named(aws, &request, &current, &named).await,
        (None, None) => to_last_good(aws, &request, &current).await,
    }
}

/// Plans the rollback of the deployment in progress; None if there is none. Ignores `request.to`.
pub(super) async fn find_ecs_plan_in_progress(
    aws: &Aws,
    request: TargetRequest<'_>,
) -> Result<Option<RollbackPlan>, RollbackError> {
    controlled_by_us(&request)?;
    match in_progress_deployment(aws, request.cluster, request.name, request.service).await? {
        Some(in_progress) => {
            let names = (request.key, request.name);
            Ok(Some(stop_plan(aws, names, request.service, in_progress).await?))
        }
        None => Ok(None),
    }
}

/// A service's current task definition: the PRIMARY deployment's, else the service's own.
pub fn current_definition(service: &Service) -> Option<String> {
    let primary = service
        .primary()
        .and_then(|primary| primary.task_definition.clone());
    primary.or_else(|| service.task_definition.clone())
}

fn is_optional(error: &AwsError) -> bool {
    error.is_access_denied() || error.is_unsupported()
}

/// EXTERNAL and Express services are managed elsewhere
/// (API reference: UpdateService; Service, `resourceManagementType`).
fn controlled_by_us(request: &TargetRequest<'_>) -> Result<(), RollbackError> {
    match request.service.foreign_controller() {
        None => Ok(()),
        Some(controller) => Err(foreign_controller(request.name, controller)),
    }
}

/// Whether an ARN is that of the named revision.
fn same(arn: Option<&str>, named: &str) -> bool {
    let id = |text: &str| DefinitionId::parse(text);
    arn.is_some_and(|arn| id(arn).is_some() && id(arn) == id(named))
}

/// Plans the rollback of a deployment in progress: stop it or, if it is paused, respond with
/// ROLLBACK. `names` are the service's key and its name on ECS. A first deployment can't be rolled
/// back: StopServiceDeployment "rolls back the service deployment to the previous service revision"
/// (API reference), and its behavior without one is undocumented.
pub async fn stop_plan(
    aws: &Aws,
    names: (&str, &str),
    service: &Service,
    in_progress: InProgressDeployment,
) -> Result<RollbackPlan, RollbackError> {
    if in_progress.is_first && !in_progress.is_rolling_back() {
        return Err(first_deployment(names.1));
    }
    let (from, to) = (in_progress.definition.clone(), in_progress.restores.clone());
    let before = described(aws, from.as_deref()).await;
    let after = described(aws, to.as_deref()).await;
    Ok(RollbackPlan {
        plan: plan::restored_by_ecs(
            names,
            (from.as_deref(), before.as_ref()),
            (to.as_deref(), after.as_ref()),
        ),
        name: names.1.to_owned(),
        service: service.clone(),
        method: match in_progress.pause() {
            _ if in_progress.is_rolling_back() => RollbackMethod::Await(Box::new(in_progress)),
            Some(pause) => RollbackMethod::Continue(Box::new(in_progress), pause),
            None => RollbackMethod::Stop(Box::new(in_progress)),
        },
        from,
        to,
        definition: after,
        warnings: Vec::new(),
    })
}

/// A task definition to show in the plan.
pub(super) async fn described(aws: &Aws, arn: Option<&str>) -> Option<TaskDefinition> {
    match aws.describe_task_definition(arn?).await {
        Ok(found) => found,
        Err(error) => {
            tracing::debug!(%error, "the details of the change are unknown");
            None
        }
    }
}

/// Plans a rollback to the named revision.
async fn to_named(
    aws: &Aws,
    request: &TargetRequest<'_>,
    current: &str,
    named: &str,
) -> Result<RollbackPlan, RollbackError> {
    let mut plan = to_definition(aws, request, current, named).await?;
    plan.warnings
        .extend(other_family_warning(current, plan.to.as_deref()));
    if let Some(to) = plan.to.as_deref().filter(|_| plan.changes_service()) {
        let warning = failed_before_warning(aws, request, to).await;
        plan.warnings.extend(warning);
    }
    Ok(plan)
}

/// Plans a rollback to a task definition, if that can be deployed.
pub(super) async fn to_definition(
    aws: &Aws,
    request: &TargetRequest<'_>,
    current: &str,
    definition: &str,
) -> Result<RollbackPlan, RollbackError> {
    match examine(aws, definition).await? {
        Ok(sound) => Ok(update_plan(aws, request, current, sound).await),
        Err(why) => Err(request.not_deployable(definition, &why, None)),
    }
}

/// Plans a rollback to the last successful revision.
async fn to_last_good(
    aws: &Aws,
    request: &TargetRequest<'_>,
    current: &str,
) -> Result<RollbackPlan, RollbackError> {
    let of = (request.cluster, request.name);
    let mut past = DeploymentHistory::but(aws, of, request.service, current);
    let Some(chosen) = past.next().await? else {
        let family = DefinitionId::parse(current).map_or_else(String::new, |id| id.family);
        return Err(nothing_before(request.name, &family, aws.region()));
    };
    match examine(aws, &chosen.definition).await? {
        Ok(sound) => {
            let mut plan = update_plan(aws, request, current, sound).await;
            plan.warnings.extend(
                chosen
                    .deleted_definitions
                    .then(|| forgotten_warning(&chosen.definition)),
            );
            Ok(plan)
        }
        Err(why) => {
            let other = older_deployable(aws, &mut past).await;
            Err(request.not_deployable(&chosen.definition, &why, other))
        }
    }
}

fn forgotten_warning(definition: &str) -> String {
    format!(
        "{} is older than the 90 days of history that ECS keeps: whether its deployment succeeded is unknown",
        revision_name(definition)
    )
}

/// A revision of another family may be a different program.
fn other_family_warning(current: &str, chosen: Option<&str>) -> Option<String> {
    let (current, chosen) = (DefinitionId::parse(current)?, DefinitionId::parse(chosen?)?);
    (chosen.family != current.family).then(|| {
        format!("{chosen} belongs to a different family than {current}, the service's current revision")
    })
}

/// An older revision that can be deployed, to suggest.
async fn older_deployable(aws: &Aws, past: &mut DeploymentHistory<'_>) -> Option<String> {
    for _ in 0..MAX_SUGGESTIONS {
        let next = past.next().await.ok()??.definition;
        if matches!(examine(aws, &next).await, Ok(Ok(_))) {
            return Some(revision_name(&next));
        }
    }
    None
}

async fn update_plan(
    aws: &Aws,
    request: &TargetRequest<'_>,
    current: &str,
    sound: DeployableRevision,
) -> RollbackPlan {
    let arn = sound.definition.arn.clone().unwrap_or_default();
    let before = described(aws, Some(current)).await;
    let names = (request.key, request.name);
    let from = (!current.is_empty()).then(|| current.to_owned());
    let mut warnings = sound.warnings;
    warnings.extend(newer_warning(current, &arn));
    RollbackPlan {
        plan: plan::switch(
            names,
            (from.as_deref(), before.as_ref()),
            (&arn, Some(&sound.definition)),
        ),
        name: request.name.to_owned(),
        service: request.service.clone(),
        method: if arn == current {
            RollbackMethod::None
        } else {
            RollbackMethod::Update
        },
        from,
        to: Some(arn),
        definition: Some(sound.definition),
        warnings,
    }
}

/// The previous revision may be the newer one: a second rollback returns to the revision that was rolled
/// back.
fn newer_warning(current: &str, chosen: &str) -> Option<String> {
    let (current, chosen) = (DefinitionId::parse(current)?, DefinitionId::parse(chosen)?);
    (chosen.family == current.family && chosen.revision > current.revision).then(|| {
        format!("{chosen} is newer than {current} and ran before it; `rollback --to REVISION` deploys an older one")
    })
}

/// The warning shown with every rollback by UpdateService.
const KEPT: &str = "only the task definition is rolled back: the service's network, load balancer and other settings stay as they are";

/// The rollbacks of a cluster's services as one plan; None if there are none.
pub fn as_plan(cluster: &str, region: &str, rollbacks: &[RollbackPlan]) -> Option<Plan> {
    if rollbacks.is_empty() {
        return None;
    }
    let mut warnings: Vec<String> = Vec::new();
    for rollback in rollbacks {
        let own = rollback.warnings.iter();
        warnings.extend(own.map(|text| format!("{}: {text}", rollback.name)));
    }
    if rollbacks.iter().any(|it| it.method == RollbackMethod::Update) {
        warnings.push(KEPT.to_owned());
    }
    Some(Plan {
        cluster: cluster.to_owned(),
        create_cluster: false,
        cluster_capacity_providers: Vec::new(),
        cluster_missing: false,
        region: region.to_owned(),
        account: rollbacks.iter().find_map(|it| it.service.account()),
        images: Vec::new(),
        log_groups: Vec::new(),
        unknown_log_groups: Vec::new(),
        services: rollbacks.iter().map(|it| it.plan.clone()).collect(),
        jobs: Vec::new(),
        create_schedule_group: None,
        orphaned_schedules: None,
        warnings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURRENT: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42";

    #[test]
    fn another_family_is_warned_about() {
        let chosen = Some("arn:aws:ecs:us-east-1:123456789012:task-definition/api:3");
        let said = other_family_warning(CURRENT, chosen).unwrap();
        assert_eq!(
            said,
            "api:3 belongs to a different family than web:42, the service's current revision"
        );
        assert_eq!(other_family_warning(CURRENT, Some(CURRENT)), None);
    }

    #[test]
    fn rolling_back_to_a_newer_revision_is_warned_about() {
        let other = |number: u32| format!("arn:aws:ecs:us-east-1:123456789012:task-definition/web:{number}");
        assert!(
            newer_warning(CURRENT, &other(43))
                .unwrap()
                .starts_with("web:43 is newer than web:42")
        );
        assert_eq!(newer_warning(CURRENT, &other(41)), None);
    }
}
