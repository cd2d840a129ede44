//! Plans whether a service's task definition is registered again, and which revision it is compared with.

use super::diff::{ComparedValue, diff};
use super::error::{NoLiveDefinition, PlanError, no_live_definition};
use super::image_placeholders::unmarked;
use super::images::ImagePlans;
use super::merge_base::over_base;
use super::merged_definition;
use super::normalise::{TASK_DEFINITION, align, known_only, task_definition as normalised};
use crate::diagnostic::Span;
use crate::ecs::TaskDefinition;
use crate::model::{
    Base, Change, DefinitionId, DefinitionPlan, DisplayValue, Node, ServiceSpec, TaskDefinitionSource, Value,
};
use crate::plan::ObservedService;

/// The plan of a task definition, and notes about it.
pub(super) struct DefinitionChange {
    pub plan: DefinitionPlan,
    pub warnings: Vec<String>,
}

/// Plans the task definition of one service.
pub(super) fn plan(
    service: &ServiceSpec,
    observed: &ObservedService,
    images: &ImagePlans<'_>,
) -> Result<DefinitionChange, Vec<PlanError>> {
    match &service.definition {
        TaskDefinitionSource::Owned(node) => {
            refuse(images.errors(node))?;
            Ok(compared(service, images.fill(node), node, observed, images))
        }
        TaskDefinitionSource::Revision(revision, span) => {
            let base = found(service, observed, revision, Some(*span)).map_err(|error| vec![error])?;
            let arn = base.arn.as_deref().unwrap_or(revision).to_owned();
            let plan = DefinitionPlan::Keep { arn };
            Ok(DefinitionChange {
                plan,
                warnings: Vec::new(),
            })
        }
        TaskDefinitionSource::Based { base, span, changes } => {
            refuse(images.errors(changes))?;
            let base = base_of(service, (base, *span), observed).map_err(|error| vec![error])?;
            let input = over_base(base.value(), changes, &|node| images.fill(node));
            refuse(merged_definition::check(&service.name, base, changes, &input))?;
            Ok(compared(service, input, changes, observed, images))
        }
    }
}

fn refuse(errors: Vec<PlanError>) -> Result<(), Vec<PlanError>> {
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn base_of<'a>(
    service: &ServiceSpec,
    (base, span): (&Base, Span),
    observed: &'a ObservedService,
) -> Result<&'a TaskDefinition, PlanError> {
    match base {
        Base::Live => {
            let running = observed.running_definition.as_ref();
            let why = match &observed.service {
                None if observed.draining => NoLiveDefinition::Draining,
                None => NoLiveDefinition::NoService,
                Some(_) => NoLiveDefinition::NoTaskDefinition,
            };
            running
                .filter(|_| observed.service.is_some())
                .ok_or_else(|| no_live_definition(&service.name, span, why))
        }
        // A base is only read, so an INACTIVE one is fine.
        Base::Family(name) | Base::Revision(name) => {
            observed
                .base_definition
                .as_ref()
                .ok_or_else(|| PlanError::NoRevision {
                    service: service.name.clone(),
                    revision: name.clone(),
                    span: Some(span),
                })
        }
    }
}

fn found<'a>(
    service: &ServiceSpec,
    observed: &'a ObservedService,
    revision: &str,
    span: Option<Span>,
) -> Result<&'a TaskDefinition, PlanError> {
    let (service, revision) = (service.name.clone(), revision.to_owned());
    match &observed.base_definition {
        None => Err(PlanError::NoRevision {
            service,
            revision,
            span,
        }),
        Some(definition) if !definition.is_active && !runs(observed, definition) => {
            Err(PlanError::InactiveRevision {
                service,
                revision,
                span,
            })
        }
        Some(definition) => Ok(definition),
    }
}

/// Compares the desired definition with the running one, then with the family's latest: an existing
/// revision with the same content is used, even if it has never been deployed (a deploy that was killed
/// after it registered).
fn compared(
    service: &ServiceSpec,
    input: Value,
    written: &Node,
    observed: &ObservedService,
    images: &ImagePlans<'_>,
) -> DefinitionChange {
    let running = observed.running_definition.as_ref();
    let latest = observed
        .latest_definition
        .as_ref()
        .filter(|latest| latest.is_active);
    let base = observed.base_definition.as_ref().filter(|base| base.is_active);
    let family = input
        .get("family")
        .and_then(Value::as_str)
        .unwrap_or(&service.key)
        .to_owned();
    let wanted = normalised(&input);
    let candidates = [running, latest, base].into_iter().flatten();
    for candidate in candidates.filter(|candidate| candidate.family.as_ref() == Some(&family)) {
        let (changes, unknown) = differences(candidate, &wanted, &input);
        if let (true, Some(arn)) = (changes.is_empty(), &candidate.arn) {
            let plan = DefinitionPlan::Keep { arn: arn.clone() };
            return DefinitionChange {
                plan,
                warnings: warned(&unknown, arn),
            };
        }
    }
    let baseline = running.or(latest);
    let changes = baseline.map_or_else(Vec::new, |baseline| {
        let (changes, unknown) = differences(baseline, &wanted, &input);
        changes.into_iter().chain(unknown).collect()
    });
    let plan = DefinitionPlan::Register {
        family,
        input: unmarked(input),
        baseline: baseline.and_then(TaskDefinition::id),
        changes,
        pending: images.pending(written),
    };
    DefinitionChange {
        plan,
        warnings: Vec::new(),
    }
}

/// Returns the differences between two described revisions.
pub(super) fn differences_between(before: &TaskDefinition, after: &TaskDefinition) -> Vec<Change> {
    let after = after.value();
    let (changes, unknown) = differences(before, &normalised(after), after);
    changes.into_iter().chain(unknown).collect()
}

/// Whether an existing revision equals what RegisterTaskDefinition's input would create, ignoring
/// defaults and spelling.
pub fn is_same_definition(input: &Value, described: &TaskDefinition) -> bool {
    differences(described, &normalised(input), input).0.is_empty()
}

/// Returns the changes, and separately the members that AWS returned and this version doesn't know. Those
/// don't cause a new revision: AWS may have added them by itself, and then every deploy would register
/// another one. They are shown when a revision is registered for another reason (it will lack them), and
/// cause a warning otherwise.
fn differences(described: &TaskDefinition, wanted: &Value, input: &Value) -> (Vec<Change>, Vec<Change>) {
    let described = described.value();
    let (there, unknown) = known_only(&normalised(described), wanted, TASK_DEFINITION);
    let there = align(&there, wanted, TASK_DEFINITION);
    let unknown = unknown.into_iter().map(|path| Change {
        path: path.as_str().into(),
        before: DisplayValue::Hidden,
        after: DisplayValue::Absent,
        note: Some("unknown to this version of ecsctl".to_owned()),
    });
    let changes = diff(
        ComparedValue::new(&there, described),
        ComparedValue::new(wanted, input),
        TASK_DEFINITION,
    );
    (changes, unknown.collect())
}

fn warned(unknown: &[Change], arn: &str) -> Vec<String> {
    let names: Vec<String> = unknown.iter().map(|change| change.path.to_string()).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let short = lacking(arn);
    vec![format!(
        "{short} has members that this version of ecsctl does not know and leaves unchanged: {}",
        names.join(", ")
    )]
}

/// Returns `web:42` for its ARN.
pub(super) fn lacking(arn: &str) -> String {
    DefinitionId::parse(arn).map_or_else(|| arn.to_owned(), |id| id.to_string())
}

fn runs(observed: &ObservedService, definition: &TaskDefinition) -> bool {
    let running = observed
        .running_definition
        .as_ref()
        .and_then(|it| it.arn.as_ref());
    running.is_some() && running == definition.arn.as_ref()
}
