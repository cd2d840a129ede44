//! Checks that a second plan matches the first: it may resolve what was still pending, and do nothing
//! else.

use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;
use crate::model::{
    Change, ChangePath, DefinitionPlan, DisplayValue, JobPlan, PathStep, Plan, ScheduleAction, SchedulePlan,
    ServiceAction, ServicePlan, Value,
};

/// A change in a second plan that goes beyond the first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} changed on AWS since the plan was shown; nothing was applied")]
pub struct PlanDifference {
    /// What differs: `service web`, `the log groups`.
    pub what: String,
}

impl Explain for PlanDifference {
    fn explain(&self) -> Explanation {
        Explanation::new(Exit::Preflight, "plan-changed")
            .resource(&self.what)
            .hint("run the command again to see the current plan")
    }
}

/// Checks that `second` only resolves the pending values of `first`. A change that was shown because of a
/// pending value may turn out to be none.
pub fn refines(first: &Plan, second: &Plan) -> Result<(), PlanDifference> {
    let pending = Placeholders::of(first);
    let checks = [
        (
            "the cluster",
            first.cluster == second.cluster
                && first.create_cluster == second.create_cluster
                && first.cluster_capacity_providers == second.cluster_capacity_providers,
        ),
        ("the region", first.region == second.region),
        ("the account", first.account == second.account),
        ("the log groups", first.log_groups == second.log_groups),
        ("the services", first.services.len() == second.services.len()),
        (
            "the schedules",
            first.create_schedule_group == second.create_schedule_group
                && first.orphaned_schedules == second.orphaned_schedules
                && scheduled(first).count() == scheduled(second).count(),
        ),
    ];
    if let Some((what, _)) = checks.into_iter().find(|(_, same)| !same) {
        return Err(PlanDifference {
            what: what.to_owned(),
        });
    }
    for (first, second) in first.services.iter().zip(&second.services) {
        if !pending.service(first, second) {
            return Err(PlanDifference {
                what: format!("service {}", first.name),
            });
        }
    }
    for (first, second) in scheduled(first).zip(scheduled(second)) {
        if !pending.job(first, second) {
            return Err(PlanDifference {
                what: format!("job {}", first.name),
            });
        }
    }
    Ok(())
}

/// Returns the jobs on a schedule. The others belong to the deploys of services, and are registered by these.
fn scheduled(plan: &Plan) -> impl Iterator<Item = &JobPlan> {
    plan.jobs.iter().filter(|job| job.schedule.is_some())
}

/// The placeholders of pending values in the first plan.
struct Placeholders(Vec<String>);

impl Placeholders {
    fn of(plan: &Plan) -> Self {
        let forms = |name: &str| {
            ["", ".tag", ".digest", ".repository"].map(|suffix| format!("${{images.{name}{suffix}}}"))
        };
        Self(plan.images.iter().flat_map(|image| forms(&image.name)).collect())
    }

    fn service(&self, first: &ServicePlan, second: &ServicePlan) -> bool {
        let same = first.key == second.key
            && first.name == second.name
            && first.depends_on == second.depends_on
            && first.scaling == second.scaling
            && self.schedules(&first.schedules, &second.schedules)
            && first.code_deploy == second.code_deploy;
        let Some(vanished) = self.definition(&first.definition, &second.definition) else {
            return false;
        };
        same && self.action(&first.action, &second.action, vanished)
    }

    fn job(&self, first: &JobPlan, second: &JobPlan) -> bool {
        first.name == second.name
            && self.definition(&first.definition, &second.definition).is_some()
            && self.schedules(first.schedule.as_slice(), second.schedule.as_slice())
    }

    fn schedules(&self, first: &[SchedulePlan], second: &[SchedulePlan]) -> bool {
        let pairs = first.iter().zip(second);
        first.len() == second.len()
            && pairs
                .into_iter()
                .all(|(first, second)| self.schedule(first, second))
    }

    /// Whether two plans of a schedule set the same. Which revision it runs follows from the task definition.
    fn schedule(&self, first: &SchedulePlan, second: &SchedulePlan) -> bool {
        let is_new = |it: &SchedulePlan| it.action == ScheduleAction::Create;
        first.name == second.name
            && first.group == second.group
            && is_new(first) == is_new(second)
            && first.runs == second.runs
            && self.fills(&first.input, &second.input)
    }

    /// Returns `None` if the second plan does something else; otherwise whether the change turned out to be
    /// none.
    fn definition(&self, first: &DefinitionPlan, second: &DefinitionPlan) -> Option<bool> {
        match (first, second) {
            (DefinitionPlan::Keep { arn: first }, DefinitionPlan::Keep { arn: second }) => {
                (first == second).then_some(false)
            }
            (DefinitionPlan::Register { pending, .. }, DefinitionPlan::Keep { .. }) => {
                (!pending.is_empty()).then_some(true)
            }
            (
                DefinitionPlan::Register {
                    family,
                    input,
                    baseline,
                    changes,
                    ..
                },
                DefinitionPlan::Register {
                    family: second_family,
                    input: second_input,
                    baseline: second_baseline,
                    changes: second_changes,
                    ..
                },
            ) => (family == second_family
                && baseline == second_baseline
                && self.fills(input, second_input)
                && self.changes(changes, second_changes))
            .then_some(false),
            (DefinitionPlan::Keep { .. }, DefinitionPlan::Register { .. }) => None,
        }
    }

    fn action(&self, first: &ServiceAction, second: &ServiceAction, vanished: bool) -> bool {
        match (first, second) {
            (ServiceAction::Keep, ServiceAction::Keep) => true,
            (
                ServiceAction::Create { input, draining },
                ServiceAction::Create {
                    input: second_input,
                    draining: second_draining,
                },
            ) => draining == second_draining && self.fills(input, second_input),
            (
                ServiceAction::Update {
                    input,
                    changes,
                    new_definition,
                    tags,
                },
                ServiceAction::Update {
                    input: second_input,
                    changes: second_changes,
                    new_definition: second_definition,
                    tags: second_tags,
                },
            ) => {
                (new_definition == second_definition || vanished)
                    && self.fills(input, second_input)
                    && self.changes(changes, second_changes)
                    && self.tags(tags, second_tags)
            }
            (ServiceAction::Update { input, tags, .. }, ServiceAction::Keep) => {
                let is_empty = input.as_object().is_some_and(|input| input.is_empty());
                vanished && is_empty && tags.is_empty()
            }
            _ => false,
        }
    }

    fn tags(&self, first: &[(String, String)], second: &[(String, String)]) -> bool {
        first.len() == second.len()
            && first
                .iter()
                .zip(second)
                .all(|((first_key, first), (second_key, second))| {
                    first_key == second_key && self.fills_text(first, second)
                })
    }

    /// Compares changes. The revision's number becomes known when a registered one is found; that is no
    /// separate change. Nor are the elements of a list of which one gets its place or name from a pending value:
    /// its elements are in the input.
    fn changes(&self, first: &[Change], second: &[Change]) -> bool {
        let definition = ChangePath::from("taskDefinition");
        let open: Vec<&[PathStep]> = first.iter().filter_map(|change| self.open_list(change)).collect();
        let counts = |change: &&Change| {
            let is_open = |list: &&[PathStep]| change.path.steps().starts_with(list);
            change.path != definition && !open.iter().any(is_open)
        };
        let (first, second): (Vec<&Change>, Vec<&Change>) = (
            first.iter().filter(counts).collect(),
            second.iter().filter(counts).collect(),
        );
        let is_pending = |change: &Change| matches!(change.after, DisplayValue::Pending(_));
        let mut rest = second.iter();
        let mut next = rest.next();
        for change in first {
            match next {
                Some(other) if other.path == change.path => {
                    if change.before != other.before || !self.shown(&change.after, &other.after) {
                        return false;
                    }
                    next = rest.next();
                }
                // A pending value that resolves to the existing value is no longer a change.
                _ if is_pending(change) => {}
                _ => return false,
            }
        }
        next.is_none()
    }

    /// Returns the path of the list in which a change's element has its place or name from a pending value.
    fn open_list<'c>(&self, change: &'c Change) -> Option<&'c [PathStep]> {
        let steps = change.path.steps();
        let is_pending = matches!(change.after, DisplayValue::Pending(_));
        let at = steps.iter().position(|step| match step {
            PathStep::Member(_) => false,
            PathStep::Position(_) => is_pending,
            PathStep::Element { name, .. } | PathStep::Item(name) => self.literals(name).len() > 1,
        })?;
        steps.get(..at)
    }

    fn shown(&self, first: &DisplayValue, second: &DisplayValue) -> bool {
        match (first, second) {
            (DisplayValue::Pending(first), DisplayValue::Pending(second)) => first == second,
            (DisplayValue::Pending(first), DisplayValue::Value(Value::String(second))) => {
                self.fills_text(first, second)
            }
            (DisplayValue::Value(first), DisplayValue::Value(second)) => self.fills(first, second),
            (first, second) => first == second,
        }
    }

    fn fills(&self, first: &Value, second: &Value) -> bool {
        match (first, second) {
            (Value::String(first), Value::String(second)) => self.fills_text(first, second),
            (Value::Array(first), Value::Array(second)) => {
                first.len() == second.len() && first.iter().zip(second).all(|(f, s)| self.fills(f, s))
            }
            (Value::Object(first), Value::Object(second)) => {
                first.len() == second.len()
                    && first
                        .iter()
                        .all(|(key, f)| second.get(key).is_some_and(|s| self.fills(f, s)))
            }
            (first, second) => first == second,
        }
    }

    /// Whether `second` is `first` with each placeholder replaced by some text.
    fn fills_text(&self, first: &str, second: &str) -> bool {
        let literals = self.literals(first);
        let [start, middle @ .., end] = literals.as_slice() else {
            return first == second;
        };
        let inner = second.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        let Some(mut rest) = inner else { return false };
        for literal in middle {
            let Some(at) = skip_one(rest).find(literal) else {
                return false;
            };
            let end = rest.len() - skip_one(rest).len() + at + literal.len();
            rest = rest.get(end..).unwrap_or_default();
        }
        !rest.is_empty()
    }

    /// Returns the text before, between and after the placeholders. One piece if there are none.
    fn literals<'a>(&self, mut text: &'a str) -> Vec<&'a str> {
        let mut pieces = Vec::new();
        loop {
            let found = self
                .0
                .iter()
                .filter_map(|placeholder| Some((text.find(placeholder)?, placeholder.len())));
            let Some((at, length)) = found.min() else { break };
            pieces.push(text.get(..at).unwrap_or_default());
            text = text.get(at + length..).unwrap_or_default();
        }
        pieces.push(text);
        pieces
    }
}

/// Skips the first character: the text that replaces a placeholder is never empty.
fn skip_one(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.as_str()
}
