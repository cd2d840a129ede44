//! Plans step scaling policies and their alarms.

use super::ScalingComparison;
use crate::diagnostic::Problem;
use crate::ecs::{MetricAlarm, ScalingPolicy};
use crate::model::{
    ALARM_ACTIONS, AlarmWrite, DisplayValue, Object, PathStep, STEP_SCALING_CONFIGURATION, ScalingWrite,
    StepScaling, Value,
};
use crate::plan::partial_values::{has, over};

/// Whether an alarm's actions are on: kept as it is where the file doesn't say.
const ACTIONS_ENABLED: &str = "ActionsEnabled";

/// Returns the names of those of a policy's alarms that ecsctl made. Those of target tracking policies are AWS's.
pub(super) fn own_alarms(policy: &ScalingPolicy) -> impl Iterator<Item = &String> {
    let is_step = policy.step_scaling.is_some();
    let alarms = policy.alarms.iter().filter(move |_| is_step);
    alarms.filter(|name| name.starts_with(StepScaling::ALARM_PREFIX))
}

impl ScalingComparison<'_> {
    /// Compares a step scaling policy and its alarm.
    pub(super) fn step(&mut self, step: &StepScaling) {
        let (name, observed) = (step.name(), self.observed);
        let policy = observed.policies.iter().find(|it| it.name == name);
        self.step_policy(step, policy.and_then(|it| it.step_scaling.as_ref()));
        let alarm = step.alarm_name(self.cluster, &self.service.name);
        let length = alarm.chars().count();
        if length > StepScaling::LONGEST_ALARM_NAME {
            let message = format!("the alarm of `{}` gets a name of {length} characters", step.key);
            let problem = Problem::error("name", message, step.span);
            let problem = problem.label(format!(
                "AWS allows {}: use a shorter name",
                StepScaling::LONGEST_ALARM_NAME
            ));
            return self.errors.push(self.in_file(problem));
        }
        let there = observed.alarms.iter().find(|it| it.name == alarm);
        self.alarm(step, alarm, there, policy.and_then(|it| it.arn.as_deref()));
    }

    fn step_policy(&mut self, step: &StepScaling, there: Option<&Value>) {
        let wanted = &step.configuration;
        if there.is_some_and(|there| has(there, wanted)) {
            return;
        }
        let path = vec!["stepScaling".to_owned(), step.key.clone()];
        match there {
            None => self.add(path, wanted.clone()),
            Some(there) => self.compare(path, Some(there), wanted),
        }
        let whole = there.map_or_else(|| wanted.clone(), |there| over(there, wanted));
        let input = Object::from_iter([
            ("PolicyType".to_owned(), "StepScaling".into()),
            (STEP_SCALING_CONFIGURATION.to_owned(), whole),
        ]);
        self.plan.policies.push(ScalingWrite {
            name: step.name(),
            input: Value::Object(input),
        });
    }

    /// Compares the alarm, and its action: the policy with this ARN.
    fn alarm(&mut self, step: &StepScaling, name: String, there: Option<&MetricAlarm>, arn: Option<&str>) {
        let path = ["stepScaling", step.key.as_str(), "alarm"].map(str::to_owned);
        let mut wanted = step.alarm.clone();
        let mut actions = list(&wanted, ALARM_ACTIONS);
        let mut input = wanted.clone();
        if let Value::Object(members) = &mut wanted {
            members.shift_remove(ALARM_ACTIONS);
        }
        let Some(MetricAlarm { value: there, .. }) = there else {
            self.add(path.to_vec(), wanted);
            return self.put_alarm(step, name, arn, input);
        };
        actions.extend(arn.map(Value::from));
        let known = list(there, ALARM_ACTIONS);
        let has_actions = arn.is_some() && actions.iter().all(|it| known.contains(it));
        let (before, after) = (in_order(there), in_order(&wanted));
        if has_actions && has(&before, &after) {
            return;
        }
        self.compare(path.to_vec(), Some(&before), &after);
        if !has_actions {
            self.new_actions(path, known, list(&step.alarm, ALARM_ACTIONS), step);
        }
        if let Some(enabled) = there
            .get(ACTIONS_ENABLED)
            .filter(|_| input.get(ACTIONS_ENABLED).is_none())
        {
            input[ACTIONS_ENABLED] = enabled.clone();
        }
        self.put_alarm(step, name, arn, input);
    }

    fn new_actions(&mut self, path: [String; 3], known: Vec<Value>, named: Vec<Value>, step: &StepScaling) {
        let path = path.into_iter().chain([ALARM_ACTIONS.to_owned()]);
        let policy = Value::from(format!("the policy {}", step.name()));
        self.change(
            path.map(PathStep::Member).collect(),
            DisplayValue::Value(known.into()),
            DisplayValue::Value(named.into_iter().chain([policy]).collect()),
        );
    }

    fn put_alarm(&mut self, step: &StepScaling, name: String, arn: Option<&str>, input: Value) {
        self.plan.alarms.push(AlarmWrite {
            name,
            policy: step.name(),
            policy_arn: arn.map(str::to_owned),
            input,
        });
    }
}

fn list(value: &Value, member: &str) -> Vec<Value> {
    let items = value.get(member).and_then(Value::as_array);
    items.cloned().unwrap_or_default()
}

/// Returns the value with each list of dimensions in the order of their names: they have no order of their own.
fn in_order(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let mut value = in_order(value);
                if let ("Dimensions", Value::Array(dimensions)) = (key.as_str(), &mut value) {
                    dimensions.sort_by_key(|it| it.get("Name").and_then(Value::as_str).map(str::to_owned));
                }
                (key.clone(), value)
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(in_order).collect(),
        scalar => scalar.clone(),
    }
}
