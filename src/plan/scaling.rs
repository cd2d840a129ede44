//! Plans a service's autoscaling: compares what the file names with what Application Auto Scaling has.
//!
//! Only what the file names is compared and changed, and only policies and scheduled actions with ecsctl's names are
//! written or deleted.

mod step_scaling;

use super::error::PlanError;
use super::observed::{ObservedScaling, ObservedService, ResourceLabel};
use super::partial_values::{has, over};
use crate::diagnostic::{Problem, Suggestion};
use crate::ecs::ScalingPolicy;
use crate::exit::Exit;
use crate::model::{
    Autoscaling, CapacityBounds, Change, DisplayValue, METRIC_MEMBERS, Object, OrphanedScaling, PathStep,
    ScalingPart, ScalingPlan, ScalingWrite, ScheduledAction, ServiceSpec, StepScaling,
    TARGET_TRACKING_CONFIGURATION, TargetTracking, Value,
};

/// The members of a scheduled action that PutScheduledAction takes besides what identifies it.
const SCHEDULED_MEMBERS: [&str; 5] = [
    "Schedule",
    "Timezone",
    "StartTime",
    "EndTime",
    "ScalableTargetAction",
];

/// Plans the autoscaling of a service. None if the file has none, and ecsctl left nothing on AWS. `prune` deletes what
/// the file no longer names.
pub(super) fn plan(
    cluster: &str,
    service: &ServiceSpec,
    observed: &ObservedService,
    prune: bool,
) -> Result<Option<ScalingPlan>, Vec<PlanError>> {
    let nothing = ObservedScaling::default();
    let mut comparison = ScalingComparison {
        cluster,
        service,
        observed: observed.scaling.as_ref().unwrap_or(&nothing),
        is_new: observed.service.is_none(),
        plan: ScalingPlan {
            prune,
            ..ScalingPlan::default()
        },
        errors: Vec::new(),
    };
    comparison.orphaned(service.autoscaling.as_ref());
    let Some(wanted) = &service.autoscaling else {
        return Ok(Some(comparison.plan).filter(|plan| !plan.orphaned.is_empty()));
    };
    comparison.bounds(wanted.bounds);
    for policy in &wanted.policies {
        comparison.policy(policy);
    }
    for step in &wanted.steps {
        comparison.step(step);
    }
    for action in &wanted.scheduled {
        comparison.scheduled_action(action);
    }
    match comparison.errors.is_empty() {
        true => Ok(Some(comparison.plan)),
        false => Err(comparison.errors),
    }
}

struct ScalingComparison<'a> {
    cluster: &'a str,
    service: &'a ServiceSpec,
    observed: &'a ObservedScaling,
    /// Whether the service is created: the target of a former service of that name isn't its own.
    is_new: bool,
    plan: ScalingPlan,
    errors: Vec<PlanError>,
}

impl ScalingComparison<'_> {
    fn bounds(&mut self, wanted: CapacityBounds) {
        let there = self.observed.bounds.filter(|_| !self.is_new);
        self.plan.create = there.is_none();
        if there == Some(wanted) {
            return;
        }
        self.plan.bounds = Some(wanted);
        let Some(there) = there else {
            return;
        };
        for (member, before, after) in [
            ("minCapacity", there.min, wanted.min),
            ("maxCapacity", there.max, wanted.max),
        ] {
            self.compare(vec![member.to_owned()], Some(&before.into()), &after.into());
        }
    }

    /// Finds ecsctl's policies and scheduled actions that the file doesn't name.
    fn orphaned(&mut self, wanted: Option<&Autoscaling>) {
        let policies = wanted.iter().flat_map(|it| &it.policies);
        let steps = wanted.iter().flat_map(|it| &it.steps).map(StepScaling::name);
        let policies: Vec<String> = policies.map(TargetTracking::name).chain(steps).collect();
        let actions = wanted.iter().flat_map(|it| &it.scheduled);
        let actions: Vec<String> = actions.map(ScheduledAction::name).collect();
        let is_orphaned =
            |it: &&ScalingPolicy| it.name.starts_with(TargetTracking::PREFIX) && !policies.contains(&it.name);
        let orphaned_policies = self.observed.policies.iter().filter(is_orphaned);
        let orphaned_policies = orphaned_policies.flat_map(|policy| {
            // Alarms first: they are found by their policies only.
            let alarms = step_scaling::own_alarms(policy).map(|name| (ScalingPart::Alarm, name));
            alarms.chain([(ScalingPart::Policy, &policy.name)])
        });
        let orphaned_actions = self.observed.scheduled.iter().map(|it| &it.name);
        let orphaned_actions = orphaned_actions
            .filter(|it| it.starts_with(ScheduledAction::PREFIX) && !actions.contains(it))
            .map(|name| (ScalingPart::ScheduledAction, name));
        let orphaned = orphaned_policies
            .chain(orphaned_actions)
            .map(|(kind, name)| OrphanedScaling {
                kind,
                name: name.clone(),
            });
        self.plan.orphaned = orphaned.collect();
    }

    fn policy(&mut self, policy: &TargetTracking) {
        let name = policy.name();
        let Some(configuration) = self.configuration(policy) else {
            return;
        };
        if let Some(other) = self.with_same_metric(&name, &configuration) {
            let error = self.same_metric(policy, &other.name.clone());
            return self.errors.push(error);
        }
        let there = self.observed.policies.iter().find(|it| it.name == name);
        let there = there.and_then(|it| it.target_tracking.as_ref());
        let path = || {
            let keys = policy.key.splitn(2, '.').map(str::to_owned);
            std::iter::once("targetTracking".to_owned()).chain(keys).collect()
        };
        if there.is_some_and(|there| has(there, &configuration)) {
            return;
        }
        match there {
            None => self.add(path(), shown(&configuration)),
            Some(there) => self.compare(path(), Some(there), &configuration),
        }
        let whole = there.map_or_else(
            || configuration.clone(),
            |there| over(&without(there, &METRIC_MEMBERS), &configuration),
        );
        let input = Object::from_iter([
            ("PolicyType".to_owned(), "TargetTrackingScaling".into()),
            (TARGET_TRACKING_CONFIGURATION.to_owned(), whole),
        ]);
        self.plan.policies.push(ScalingWrite {
            name,
            input: Value::Object(input),
        });
    }

    /// Returns a policy's configuration, with the label of the service's target group where it needs one.
    fn configuration(&mut self, policy: &TargetTracking) -> Option<Value> {
        let mut configuration = policy.configuration.clone();
        if !policy.needs_resource_label() {
            return Some(configuration);
        }
        let why = match &self.observed.resource_label {
            ResourceLabel::Known(label) => {
                configuration[METRIC_MEMBERS[0]]["ResourceLabel"] = label.as_str().into();
                return Some(configuration);
            }
            ResourceLabel::NoTargetGroup => "the service has no target group".to_owned(),
            ResourceLabel::SeveralTargetGroups => "the service has several target groups".to_owned(),
            ResourceLabel::NotBalanced(arn) => {
                format!("no Application Load Balancer forwards to {arn}")
            }
        };
        let message = format!(
            "`{}` needs one target group of an Application Load Balancer",
            policy.key
        );
        let problem = Problem::error("no-resource-label", message, policy.span).label(why);
        self.errors.push(self.in_file(problem.hint(
            "add a policy to targetTracking.custom whose PredefinedMetricSpecification has the ResourceLabel",
        )));
        None
    }

    /// Returns a policy that stays and has the same metric under another name.
    fn with_same_metric(&self, name: &str, configuration: &Value) -> Option<&ScalingPolicy> {
        let is_same = |other: &Value| {
            METRIC_MEMBERS
                .iter()
                .any(|member| match (configuration.get(*member), other.get(*member)) {
                    (Some(one), Some(other)) => has(one, other) && has(other, one),
                    _ => false,
                })
        };
        let deleted = self.plan.deleted();
        let stays = |other: &&ScalingPolicy| {
            other.name != name
                && !deleted
                    .iter()
                    .any(|it| it.kind == ScalingPart::Policy && it.name == other.name)
        };
        let mut others = self.observed.policies.iter().filter(stays);
        others.find(|other| other.target_tracking.as_ref().is_some_and(is_same))
    }

    /// "Only one TargetTrackingScaling policy for a given metric specification is allowed" (PutScalingPolicy;
    /// cdklabs/cdk-ecs-service-extensions #35).
    fn same_metric(&self, policy: &TargetTracking, other: &str) -> PlanError {
        let message = format!("the policy {other} tracks the metric of `{}` already", policy.key);
        let problem =
            Problem::error("metric-taken", message, policy.span).label("AWS allows one policy per metric");
        let is_orphaned = self.plan.orphaned.iter().any(|it| it.name == other);
        self.in_file(match is_orphaned {
            true => problem.hint(Suggestion::command("deploy", "--prune").then(" deletes it")),
            false => {
                problem.hint("remove one of the two: ecsctl doesn't change policies that it didn't make")
            }
        })
    }

    fn in_file(&self, problem: Problem) -> PlanError {
        PlanError::InFile {
            service: self.service.name.clone(),
            exit: Exit::Preflight,
            problem: Box::new(problem),
        }
    }

    fn scheduled_action(&mut self, action: &ScheduledAction) {
        let name = action.name();
        let there = self.observed.scheduled.iter().find(|it| it.name == name);
        let there = there.map(|it| &it.value);
        if there.is_some_and(|there| has(there, &action.input)) {
            return;
        }
        let path = vec!["scheduled".to_owned(), action.key.clone()];
        match there {
            None => self.add(path, action.input.clone()),
            Some(there) => self.compare(path, Some(there), &action.input),
        }
        // "If you don't specify start and end times, the old values are deleted" (API reference,
        // PutScheduledAction).
        let whole = there.map_or_else(
            || action.input.clone(),
            |there| over(&only(there, &SCHEDULED_MEMBERS), &action.input),
        );
        self.plan
            .scheduled_actions
            .push(ScalingWrite { name, input: whole });
    }

    /// Adds the change of what is new under the name at the end of the path.
    fn add(&mut self, mut path: Vec<String>, after: Value) {
        let name = path.pop().unwrap_or_default();
        let mut steps: Vec<PathStep> = path.into_iter().map(PathStep::Member).collect();
        steps.push(PathStep::Element { name, key: &[] });
        self.change(steps, DisplayValue::Absent, DisplayValue::Value(after));
    }

    /// Adds the changes of the leaves that `after` names.
    fn compare(&mut self, path: Vec<String>, before: Option<&Value>, after: &Value) {
        match (before, after) {
            (Some(before), after) if has(before, after) => {}
            (Some(Value::Object(before)), Value::Object(after)) => {
                for (key, after) in after {
                    let path = path.iter().chain([key]).cloned().collect();
                    self.compare(path, before.get(key), after);
                }
            }
            (before, after) => {
                let before = before.map_or(DisplayValue::Absent, |it| DisplayValue::Value(plain(it)));
                let steps = path.into_iter().map(PathStep::Member).collect();
                self.change(steps, before, DisplayValue::Value(plain(after)));
            }
        }
    }

    fn change(&mut self, steps: Vec<PathStep>, before: DisplayValue, after: DisplayValue) {
        self.plan.changes.push(Change {
            path: steps.into(),
            before,
            after,
            note: None,
        });
    }
}

/// Returns a number that AWS returned as 60.0 as people write it.
fn plain(value: &Value) -> Value {
    let number = value.as_f64().filter(|it| it.fract() == 0.0 && it.abs() < 1e15);
    number.map_or_else(|| value.clone(), |number| Value::from(number as i64))
}

fn without(value: &Value, members: &[&str]) -> Value {
    filtered(value, |key| !members.contains(&key))
}

fn only(value: &Value, members: &[&str]) -> Value {
    filtered(value, |key| members.contains(&key))
}

fn filtered(value: &Value, is_kept: impl Fn(&str) -> bool) -> Value {
    let members = value.as_object().into_iter().flatten();
    let kept = members.filter(|(key, value)| is_kept(key) && !value.is_null());
    Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// Returns a new policy as it is shown: its target value, if it has nothing else besides its metric.
fn shown(configuration: &Value) -> Value {
    let rest = without(configuration, &METRIC_MEMBERS[..1]);
    match (rest.get("TargetValue"), rest.as_object().map(Object::len)) {
        (Some(target), Some(1)) => target.clone(),
        _ => rest,
    }
}
