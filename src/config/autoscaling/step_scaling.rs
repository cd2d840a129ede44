//! `stepScaling:` of a service's autoscaling: policies and the CloudWatch alarms that trigger them.

use super::{AutoscalingReader, value};
use crate::config::{keys, typed_values};
use crate::diagnostic::Problem;
use crate::model::{ALARM_ACTIONS, Entry, Node, STEP_SCALING_CONFIGURATION, StepScaling};
use crate::schema::{CheckOptions, check_shape};

/// The shape of an alarm.
pub(in crate::config) const ALARM: &str = "PutMetricAlarmInput";
/// What ecsctl sets in an alarm, and what it doesn't compare.
pub(in crate::config) const REFUSED_IN_ALARM: [(&str, &str); 2] = [
    ("AlarmName", "ecsctl names the alarm after the policy"),
    ("Tags", "AWS sets tags only when it creates an alarm"),
];
/// The members that AWS requires of a new policy (API reference, StepScalingPolicyConfiguration).
pub(in crate::config) const REQUIRED_OF_STEPS: [&str; 2] = ["AdjustmentType", "StepAdjustments"];
/// An alarm has at most 5 actions (API reference, PutMetricAlarm): the policy is one of them.
const MOST_ACTIONS: usize = 4;

impl AutoscalingReader<'_> {
    /// Reads the policies by their names.
    pub(super) fn step_scaling(&mut self, entry: &Entry) -> Node {
        let Some(members) = typed_values::mapping(entry, self.problems) else {
            return entry.value.clone();
        };
        let mut checked = Vec::new();
        for member in members.iter().filter(|it| !it.value.is_null()) {
            let policy = self.step_policy(member);
            checked.push(member.with_value(policy));
        }
        Node::map(entry.value.span, checked)
    }

    fn step_policy(&mut self, entry: &Entry) -> Node {
        let Some(members) = typed_values::mapping(entry, self.problems) else {
            return entry.value.clone();
        };
        let own = |it: &&Entry| !keys::STEP_SCALING.contains(&it.key.as_str());
        let configuration = Node::map(entry.value.span, members.iter().filter(own).cloned());
        let options = CheckOptions {
            own_keys: &keys::STEP_SCALING,
            ..self.options(entry, &[])
        };
        let configuration = check_shape(
            &configuration,
            STEP_SCALING_CONFIGURATION,
            &options,
            self.problems,
        );
        for required in REQUIRED_OF_STEPS {
            if typed_values::lacks(&configuration, required, self.problems) {
                self.missing(entry, required);
            }
        }
        self.check_adjustments(&configuration);
        let Some(alarm) = typed_values::present(&entry.value, "alarm") else {
            self.missing(entry, "alarm");
            return configuration;
        };
        let checked = self.alarm(alarm);
        self.add_step(entry, &configuration, &checked);
        let members = configuration.members().iter().cloned();
        Node::map(entry.value.span, members.chain([alarm.with_value(checked)]))
    }

    fn missing(&mut self, policy: &Entry, key: &str) {
        let message = format!("missing `{key}` in the step scaling policy `{}`", policy.key);
        let problem = Problem::error("missing-key", message, policy.key_span);
        self.problems.push(problem.label(format!("add `{key}:`")));
    }

    /// "At least one step adjustment is required" (API reference, StepScalingPolicyConfiguration).
    fn check_adjustments(&mut self, configuration: &Node) {
        let steps = configuration.entry("StepAdjustments");
        if let Some(steps) = steps.filter(|it| it.value.items().is_some_and(<[Node]>::is_empty)) {
            let problem = Problem::error("no-steps", "`StepAdjustments` is empty", steps.value.span);
            self.problems.push(problem.label("add a step"));
        }
    }

    fn alarm(&mut self, entry: &Entry) -> Node {
        if typed_values::mapping(entry, self.problems).is_none() {
            return entry.value.clone();
        }
        let options = self.options(entry, &["AlarmName"]);
        let checked = check_shape(&entry.value, ALARM, &options, self.problems);
        for (member, why) in REFUSED_IN_ALARM {
            if let Some(named) = checked.entry(member) {
                let message = format!("`{member}` is not allowed in an alarm: {why}");
                let problem = Problem::error("refused-key", message, named.key_span);
                self.problems.push(problem.label("remove it"));
            }
        }
        let actions = checked.entry(ALARM_ACTIONS);
        let is_over = |it: &&Entry| it.value.items().is_some_and(|them| them.len() > MOST_ACTIONS);
        if let Some(actions) = actions.filter(is_over) {
            let message = "an alarm has at most 5 actions, and the policy is one of them";
            let problem = Problem::error("range", message, actions.value.span);
            self.problems
                .push(problem.label(format!("at most {MOST_ACTIONS}")));
        }
        checked
    }

    fn add_step(&mut self, entry: &Entry, configuration: &Node, alarm: &Node) {
        let step = StepScaling {
            key: entry.key.clone(),
            span: entry.key_span,
            configuration: value(configuration),
            alarm: value(alarm),
        };
        let is_printable = |name: &str| !name.chars().any(char::is_control) && !entry.key.is_empty();
        self.check_name(entry, &step.name(), is_printable, "without control characters");
        self.steps.push(step);
    }
}
