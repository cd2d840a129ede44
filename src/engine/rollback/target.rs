//! Finds a service's way back. Reads only.

use super::error::{RollbackError, first_deployment, foreign_controller, nothing_before};
use super::history::DeploymentHistory;
use super::in_progress::{InProgressDeployment, in_progress_deployment};
use super::requested::named;
use super::target_request::{TargetRequest, revision_name};
use super::validate::{DeployableRevision, examine};
use crate::aws::{Aws, AwsError};
use crate::ecs::{Service, TaskDefinition};
use crate::model::{DefinitionId, Plan, ServicePlan};
use crate::plan;
use crate::verdict::HookPause;

/// How many revisions are looked at for one to name in a hint.
const OTHERS: usize = 5;

/// How a service goes back.
#[derive(Clone, Debug, PartialEq)]
pub enum RollbackMethod {
    /// Its deployment in flight is stopped: ECS restores what ran before.
    Stop(Box<InProgressDeployment>),
    /// Its paused deployment is answered with a rollback.
    Continue(Box<InProgressDeployment>, HookPause),
    /// It is going back already.
    Await(Box<InProgressDeployment>),
    /// UpdateService with a definition that is there.
    Update,
    /// It is set to that revision already.
    None,
}

/// One service's way back.
#[derive(Clone, Debug, PartialEq)]
pub struct RollbackPlan {
    /// The ECS service's name.
    pub name: String,
    /// The service before.
    pub service: Service,
    /// How.
    pub method: RollbackMethod,
    /// What changes, for showing; for `Update` also for applying.
    pub plan: ServicePlan,
    /// The ARN that it is set to now.
    pub from: Option<String>,
    /// The ARN that it goes back to, where known.
    pub to: Option<String>,
    /// That definition, where it was read.
    pub definition: Option<TaskDefinition>,
    /// What is worth knowing.
    pub warnings: Vec<String>,
}

impl RollbackPlan {
    /// Whether it changes the service: what it rolls back to isn't set already, nor being rolled back to.
    pub fn changes_service(&self) -> bool {
        !matches!(self.method, RollbackMethod::None | RollbackMethod::Await(_))
    }
}

/// Finds out how a service goes back: by what is in flight, else to the revision that was named, else to the last
/// that was deployed well and is another than the one it is set to.
pub async fn find_plan(aws: &Aws, request: TargetRequest<'_>) -> Result<RollbackPlan, RollbackError> {
    controlled_by_us(&request)?;
    let current = current_definition(request.service).unwrap_or_default();
    let named = match request.to {
        Some(to) => Some(named(aws, &request, to, &current).await?),
        None => None,
    };
    let flight = match in_progress_deployment(aws, request.cluster, request.name, request.service).await {
        Ok(flight) => flight,
        // A revision that is named can be had without knowing what is in flight.
        Err(error) if named.is_some() && is_optional(&error) => {
            tracing::debug!(%error, "what is in flight is not known");
            None
        }
        Err(error) => return Err(error.into()),
    };
    let names = (request.key, request.name);
    match (flight, named) {
        (Some(flight), None) => stop_plan(aws, names, request.service, flight).await,
        (Some(flight), Some(named)) if same(flight.restores.as_deref(), &named) => {
            stop_plan(aws, names, request.service, flight).await
        }
        (_, Some(named)) => to_named(aws, &request, &current, &named).await,
        (None, None) => to_last_good(aws, &request, &current).await,
    }
}

/// The same by nothing but what is in flight. None where nothing is. What was named is no matter.
pub async fn find_in_progress_plan(
    aws: &Aws,
    request: TargetRequest<'_>,
) -> Result<Option<RollbackPlan>, RollbackError> {
    controlled_by_us(&request)?;
    match in_progress_deployment(aws, request.cluster, request.name, request.service).await? {
        Some(flight) => {
            let names = (request.key, request.name);
            Ok(Some(stop_plan(aws, names, request.service, flight).await?))
        }
        None => Ok(None),
    }
}

/// What a service is set to: its PRIMARY deployment's definition, else its own.
pub fn current_definition(service: &Service) -> Option<String> {
    let primary = service
        .primary()
        .and_then(|primary| primary.task_definition.clone());
    primary.or_else(|| service.task_definition.clone())
}

fn is_optional(error: &AwsError) -> bool {
    error.is_access_denied() || error.is_unsupported()
}

/// CODE_DEPLOY takes no task definition by UpdateService; EXTERNAL and Express services belong to others
/// (API reference: UpdateService; Service, `resourceManagementType`).
fn controlled_by_us(request: &TargetRequest<'_>) -> Result<(), RollbackError> {
    match request.service.foreign_controller() {
        None => Ok(()),
        Some(controller) => Err(foreign_controller(request.name, controller)),
    }
}

/// Whether an ARN is of the revision that was named.
fn same(arn: Option<&str>, named: &str) -> bool {
    let id = |text: &str| DefinitionId::parse(text);
    arn.is_some_and(|arn| id(arn).is_some() && id(arn) == id(named))
}

/// The way back of a deployment in flight: stopped, or, where it is paused, answered with a rollback. `names` are the
/// service's key and its name on ECS. A first deployment has none: StopServiceDeployment "rolls back the service
/// deployment to the previous service revision" (API reference), and nothing says what it does without one.
pub async fn stop_plan(
    aws: &Aws,
    names: (&str, &str),
    service: &Service,
    flight: InProgressDeployment,
) -> Result<RollbackPlan, RollbackError> {
    if flight.is_first && !flight.is_going_back() {
        return Err(first_deployment(names.1));
    }
    let (from, to) = (flight.definition.clone(), flight.restores.clone());
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
        method: match flight.pause() {
            _ if flight.is_going_back() => RollbackMethod::Await(Box::new(flight)),
            Some(pause) => RollbackMethod::Continue(Box::new(flight), pause),
            None => RollbackMethod::Stop(Box::new(flight)),
        },
        from,
        to,
        definition: after,
        warnings: Vec::new(),
    })
}

/// A definition, for showing.
async fn described(aws: &Aws, arn: Option<&str>) -> Option<TaskDefinition> {
    match aws.describe_task_definition(arn?).await {
        Ok(found) => found,
        Err(error) => {
            tracing::debug!(%error, "what changes is not known in detail");
            None
        }
    }
}

/// To the revision that was named.
async fn to_named(
    aws: &Aws,
    request: &TargetRequest<'_>,
    current: &str,
    named: &str,
) -> Result<RollbackPlan, RollbackError> {
    let sound = match examine(aws, named).await? {
        Ok(sound) => sound,
        Err(why) => return Err(request.not_deployable(named, &why, None)),
    };
    let mut leg = leg(aws, request, current, sound).await;
    leg.warnings.extend(of_another_family(current, leg.to.as_deref()));
    Ok(leg)
}

/// To the last that was deployed well.
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
            let mut leg = leg(aws, request, current, sound).await;
            leg.warnings
                .extend(chosen.forgotten.then(|| forgotten(&chosen.definition)));
            Ok(leg)
        }
        Err(why) => {
            let other = other(aws, &mut past).await;
            Err(request.not_deployable(&chosen.definition, &why, other))
        }
    }
}

fn forgotten(definition: &str) -> String {
    format!(
        "{} is older than the 90 days of history that ECS keeps: whether its deployment succeeded is unknown",
        revision_name(definition)
    )
}

/// A revision of another family may be another program altogether.
fn of_another_family(current: &str, chosen: Option<&str>) -> Option<String> {
    let (current, chosen) = (DefinitionId::parse(current)?, DefinitionId::parse(chosen?)?);
    (chosen.family != current.family).then(|| {
        format!("{chosen} belongs to a different family than {current}, the service's current revision")
    })
}

/// An older one that could run, to be named.
async fn other(aws: &Aws, past: &mut DeploymentHistory<'_>) -> Option<String> {
    for _ in 0..OTHERS {
        let next = past.next().await.ok()??.definition;
        if matches!(examine(aws, &next).await, Ok(Ok(_))) {
            return Some(revision_name(&next));
        }
    }
    None
}

async fn leg(
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
    warnings.extend(newer(request.name, current, &arn));
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

/// What ran before may be the newer one: after a rollback, going back again returns to what was rolled back.
fn newer(service: &str, current: &str, chosen: &str) -> Option<String> {
    let (current, chosen) = (DefinitionId::parse(current)?, DefinitionId::parse(chosen)?);
    (chosen.family == current.family && chosen.revision > current.revision).then(|| {
        format!(
            "{chosen} is newer than {current} and ran before it; ecsctl rollback {service} --to REVISION deploys an older one"
        )
    })
}

/// Said with every rollback by a task definition.
const KEPT: &str = "only the task definition is rolled back: the service's network, load balancer and other settings stay as they are";

/// The rollbacks of a cluster's services as one plan. None without any.
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
        region: region.to_owned(),
        account: rollbacks.iter().find_map(|it| it.service.account()),
        images: Vec::new(),
        log_groups: Vec::new(),
        services: rollbacks.iter().map(|it| it.plan.clone()).collect(),
        warnings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURRENT: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42";

    #[test]
    fn another_family_is_said() {
        let chosen = Some("arn:aws:ecs:us-east-1:123456789012:task-definition/api:3");
        let said = of_another_family(CURRENT, chosen).unwrap();
        assert_eq!(
            said,
            "api:3 belongs to a different family than web:42, the service's current revision"
        );
        assert_eq!(of_another_family(CURRENT, Some(CURRENT)), None);
    }

    #[test]
    fn going_forward_again_is_said() {
        let other = |number: u32| format!("arn:aws:ecs:us-east-1:123456789012:task-definition/web:{number}");
        assert!(
            newer("web", CURRENT, &other(43))
                .unwrap()
                .starts_with("web:43 is newer than web:42")
        );
        assert_eq!(newer("web", CURRENT, &other(41)), None);
    }
}
