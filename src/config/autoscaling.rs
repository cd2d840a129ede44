//! A service's `autoscaling:`: bounds, target tracking and step scaling policies, and scheduled actions.

mod step_scaling;

pub(super) use step_scaling::{ALARM, REFUSED_IN_ALARM, REQUIRED_OF_STEPS};

use super::context::ReadContext;
use super::{keys, typed_values};
use crate::diagnostic::{Problem, Problems};
use crate::model::{
    Autoscaling, CapacityBounds, Entry, METRIC_MEMBERS, Node, NodeKind, Object, ScheduledAction, StepScaling,
    TARGET_TRACKING_CONFIGURATION, TargetTracking, Value,
};
use crate::schema::{CheckOptions, check_shape};

/// The metrics that have a key of their own, and AWS's names for them (API reference, PredefinedMetricSpecification).
const METRICS: [(&str, &str); 3] = [
    ("cpu", "ECSServiceAverageCPUUtilization"),
    ("memory", "ECSServiceAverageMemoryUtilization"),
    ("requestsPerTarget", "ALBRequestCountPerTarget"),
];
/// The shape of a scheduled action.
pub(super) const SCHEDULED_ACTION: &str = "PutScheduledActionRequest";
/// The members that AWS requires of a new scheduled action (API reference, PutScheduledAction).
pub(super) const REQUIRED_OF_ACTIONS: [&str; 2] = ["Schedule", "ScalableTargetAction"];
/// What identifies the service in a scheduled action: ecsctl sets it.
pub(super) const IDENTIFIERS: [&str; 3] = ["ServiceNamespace", "ResourceId", "ScalableDimension"];
/// The forms of a schedule (API reference, PutScheduledAction, `Schedule`).
const SCHEDULES: [&str; 3] = ["at(", "rate(", "cron("];
/// The longest name of a policy and of a scheduled action (API reference).
const LONGEST_NAME: usize = 256;

/// Reads the `autoscaling:` of a service with these members of CreateService.
pub(super) fn read(service: &Node, fields: &Node, context: &mut ReadContext<'_>) -> Option<Autoscaling> {
    let entry = typed_values::present(service, "autoscaling")?;
    typed_values::mapping(entry, context.problems)?;
    let problems = &mut *context.problems;
    keys::AUTOSCALING.check(&entry.value, &|_| None, problems);
    if let Some(image) = entry.value.image_refs().first() {
        let message = format!("`autoscaling` can't refer to an image: {image}");
        let problem = Problem::error("image-reference", message, entry.key_span);
        problems.push(problem.label("an image is known only after the build"));
        return None;
    }
    refuse_daemon(entry, fields, problems);
    let bounds = bounds(entry, problems);
    if let Some(bounds) = bounds {
        advise_on_count(bounds, fields, problems);
    }
    let mut reader = AutoscalingReader {
        lenient: context.overrides.allow_unknown_fields,
        problems,
        policies: Vec::new(),
        steps: Vec::new(),
        scheduled: Vec::new(),
        checked: Vec::new(),
    };
    let read = |reader: &mut AutoscalingReader<'_>, member: &Entry| match member.key.as_str() {
        "targetTracking" => reader.target_tracking(member),
        "stepScaling" => reader.step_scaling(member),
        "scheduled" => reader.scheduled(member),
        _ => member.value.clone(),
    };
    for member in entry.value.members().iter().filter(|it| !it.value.is_null()) {
        let value = read(&mut reader, member);
        reader.checked.push(member.with_value(value));
    }
    reader.refuse_same_metric();
    let (policies, steps, scheduled) = (reader.policies, reader.steps, reader.scheduled);
    let node = Node::map(entry.value.span, reader.checked);
    Some(Autoscaling {
        bounds: bounds?,
        policies,
        steps,
        scheduled,
        node,
    })
}

/// Refuses autoscaling of a DAEMON service, which has no desired count ("there's no need to specify a desired number
/// of tasks … or use Service Auto Scaling policies", API reference, CreateService, `schedulingStrategy`).
fn refuse_daemon(entry: &Entry, fields: &Node, problems: &mut Problems) {
    if fields.text_of("schedulingStrategy") == Some("DAEMON") {
        let message = "a DAEMON service can't be scaled: it runs one task on each instance";
        problems.push(Problem::error("daemon-autoscaling", message, entry.key_span).label("remove it"));
    }
}

fn bounds(entry: &Entry, problems: &mut Problems) -> Option<CapacityBounds> {
    let known = |it: &Entry| keys::AUTOSCALING.known.contains(&it.key.as_str());
    // An unknown key may be the one that is missing.
    let is_complete = entry.value.members().iter().all(known);
    let mut bound = |key: &str| {
        let Some(bound) = typed_values::present(&entry.value, key) else {
            if is_complete && !typed_values::is_reported(entry.value.entry(key), problems) {
                let message = format!("missing `{key}` in autoscaling");
                let problem = Problem::error("missing-key", message, entry.key_span);
                problems.push(problem.label(format!("add `{key}:`")));
            }
            return None;
        };
        let count = typed_values::integer(bound, problems)?;
        if !(0..=i64::from(i32::MAX)).contains(&count) {
            let message = format!("`{key}` must be a number of tasks, not {count}");
            problems.push(Problem::error("range", message, bound.value.span).label("0 or more"));
            return None;
        }
        Some((count, bound))
    };
    let (min, max) = (bound("minCapacity"), bound("maxCapacity"));
    let ((min, min_entry), (max, max_entry)) = (min?, max?);
    if min > max {
        let message = format!("minCapacity {min} is more than maxCapacity {max}");
        let problem = Problem::error("capacity-bounds", message, min_entry.value.span);
        problems.push(
            problem
                .label("the minimum")
                .other(max_entry.value.span, "the maximum"),
        );
    }
    Some(CapacityBounds { min, max })
}

/// Warns of a desired count outside the bounds: Application Auto Scaling moves it into them when the target is
/// registered (API reference, RegisterScalableTarget).
fn advise_on_count(bounds: CapacityBounds, fields: &Node, problems: &mut Problems) {
    let Some(entry) = typed_values::present(fields, "desiredCount") else {
        return;
    };
    let count = entry.value.to_value(&|_| String::new()).as_i64();
    if let Some(count) = count.filter(|count| !(bounds.min..=bounds.max).contains(count)) {
        let message = format!("desiredCount {count} is outside of autoscaling's {bounds}");
        let problem = Problem::warning("count-outside-bounds", message, entry.value.span);
        problems.push(problem.label(format!(
            "autoscaling changes it to {}",
            count.clamp(bounds.min, bounds.max.max(bounds.min))
        )));
    }
}

/// Reads the members of `autoscaling:`.
struct AutoscalingReader<'a> {
    lenient: bool,
    problems: &'a mut Problems,
    policies: Vec<TargetTracking>,
    steps: Vec<StepScaling>,
    scheduled: Vec<ScheduledAction>,
    checked: Vec<Entry>,
}

impl AutoscalingReader<'_> {
    fn options(&self, entry: &Entry, supplied: &'static [&'static str]) -> CheckOptions {
        CheckOptions {
            allow_unknown: self.lenient,
            supplied,
            at: Some(entry.key_span),
            ..CheckOptions::default()
        }
    }

    fn target_tracking(&mut self, entry: &Entry) -> Node {
        let Some(members) = typed_values::mapping(entry, self.problems) else {
            return entry.value.clone();
        };
        keys::TARGET_TRACKING.check(&entry.value, &|_| None, self.problems);
        let mut checked = Vec::new();
        for member in members.iter().filter(|it| !it.value.is_null()) {
            let value = match METRICS.iter().find(|(key, _)| *key == member.key) {
                Some((_, metric)) => self.metric(member, metric),
                None if member.key == "custom" => self.custom(member),
                None => member.value.clone(),
            };
            checked.push(member.with_value(value));
        }
        Node::map(entry.value.span, checked)
    }

    /// Reads the policy of a metric with a key of its own: its target value, or its configuration without the metric.
    fn metric(&mut self, entry: &Entry, metric: &str) -> Node {
        let configuration = match &entry.value.kind {
            NodeKind::Map(_) => entry.value.clone(),
            _ => {
                let target = Entry::new("TargetValue", entry.key_span, entry.value.clone());
                Node::map(entry.value.span, [target])
            }
        };
        for member in METRIC_MEMBERS {
            if let Some(named) = configuration.entry(member) {
                let message = format!(
                    "`{member}` is not allowed in `{}`, which names its metric",
                    entry.key
                );
                let problem = Problem::error("refused-key", message, named.key_span);
                self.problems.push(problem.label("move the policy to `custom`"));
                return entry.value.clone();
            }
        }
        let is_plain = !matches!(entry.value.kind, NodeKind::Map(_) | NodeKind::List(_));
        let checked = check_shape(
            &configuration,
            TARGET_TRACKING_CONFIGURATION,
            &self.options(entry, &[]),
            self.problems,
        );
        let target = checked.get("TargetValue").map(value);
        if let Some(target) = target.as_ref().and_then(Value::as_f64).filter(|it| *it <= 0.0) {
            let message = format!(
                "the target value of `{}` must be more than 0, not {target}",
                entry.key
            );
            let problem = Problem::error("range", message, entry.value.span);
            self.problems.push(problem.label("more than 0"));
        }
        let mut configuration = Object::new();
        if let Value::Object(members) = value(&checked) {
            configuration.extend(members);
        }
        let specification = Object::from_iter([("PredefinedMetricType".to_owned(), metric.into())]);
        configuration.insert(METRIC_MEMBERS[0].to_owned(), Value::Object(specification));
        self.add_policy(entry.key.clone(), entry, configuration);
        match checked.get("TargetValue").filter(|_| is_plain) {
            Some(target) => target.clone(),
            None => checked,
        }
    }

    fn custom(&mut self, entry: &Entry) -> Node {
        let Some(members) = typed_values::mapping(entry, self.problems) else {
            return entry.value.clone();
        };
        let mut checked = Vec::new();
        for member in members.iter().filter(|it| !it.value.is_null()) {
            let policy = check_shape(
                &member.value,
                TARGET_TRACKING_CONFIGURATION,
                &self.options(member, &[]),
                self.problems,
            );
            let named = METRIC_MEMBERS
                .iter()
                .filter(|it| policy.get(it).is_some_and(|it| !it.is_null()));
            let (named, key) = (named.count(), &member.key);
            if policy.entries().is_some() && named != 1 && !self.problems.concern(member.value.span) {
                let message = match named {
                    0 => format!("the policy `{key}` has no metric"),
                    _ => format!("the policy `{key}` has two metrics"),
                };
                let problem = Problem::error("one-metric", message, member.key_span);
                self.problems
                    .push(problem.label(format!("write one of {}", METRIC_MEMBERS.join(" and "))));
            }
            if let Value::Object(configuration) = value(&policy) {
                self.add_policy(format!("custom.{key}"), member, configuration);
            }
            checked.push(member.with_value(policy));
        }
        Node::map(entry.value.span, checked)
    }

    fn add_policy(&mut self, key: String, entry: &Entry, configuration: Object) {
        let policy = TargetTracking {
            key,
            span: entry.key_span,
            configuration: Value::Object(configuration),
        };
        let is_printable = |name: &str| !name.chars().any(char::is_control) && !entry.key.is_empty();
        self.check_name(entry, &policy.name(), is_printable, "without control characters");
        self.policies.push(policy);
    }

    fn check_name(&mut self, entry: &Entry, name: &str, is_legal: impl Fn(&str) -> bool, legal: &str) {
        if name.chars().count() > LONGEST_NAME || !is_legal(name) {
            let most = LONGEST_NAME
                - name
                    .chars()
                    .count()
                    .saturating_sub(entry.key.chars().count())
                    .min(20);
            let message = format!("invalid name `{}`", entry.key);
            let problem = Problem::error("name", message, entry.key_span);
            self.problems
                .push(problem.label(format!("up to {most} characters, {legal}")));
        }
    }

    /// Reports policies with the same metric, which AWS refuses ("Only one TargetTrackingScaling policy for a given
    /// metric specification is allowed").
    fn refuse_same_metric(&mut self) {
        let metric = |policy: &'_ TargetTracking| {
            METRIC_MEMBERS
                .iter()
                .find_map(|it| policy.configuration.get(*it).cloned())
        };
        for (at, policy) in self.policies.iter().enumerate() {
            let earlier = self.policies[..at].iter();
            let same =
                metric(policy).and_then(|it| earlier.clone().find(|other| metric(other) == Some(it.clone())));
            if let Some(same) = same {
                let message = format!("`{}` and `{}` have the same metric", same.key, policy.key);
                let problem = Problem::error("same-metric", message, policy.span);
                self.problems
                    .push(problem.label("again here").other(same.span, "first here"));
            }
        }
    }

    fn scheduled(&mut self, entry: &Entry) -> Node {
        let Some(items) = entry.value.items() else {
            self.problems
                .push(typed_values::wrong(entry, &entry.value, "a list"));
            return entry.value.clone();
        };
        let items = items.iter().map(|item| self.scheduled_action(entry, item));
        Node::list(entry.value.span, items.collect::<Vec<_>>())
    }

    fn scheduled_action(&mut self, list: &Entry, item: &Node) -> Node {
        if item.entries().is_none() {
            self.problems
                .push(typed_values::wrong(list, item, "a list of mappings"));
            return item.clone();
        }
        let at = item.members().first().map_or(item.span, |first| first.key_span);
        let options = CheckOptions {
            at: Some(at),
            ..self.options(list, &IDENTIFIERS)
        };
        let checked = check_shape(item, SCHEDULED_ACTION, &options, self.problems);
        for member in IDENTIFIERS.iter().filter_map(|key| checked.entry(key)) {
            let message = format!(
                "`{}` is not allowed in a scheduled action: ecsctl sets it",
                member.key
            );
            let problem = Problem::error("refused-key", message, member.key_span);
            self.problems.push(problem.label("remove it"));
        }
        for required in REQUIRED_OF_ACTIONS {
            if typed_values::lacks(&checked, required, self.problems) {
                let message = format!("missing `{required}` in a scheduled action");
                let problem = Problem::error("missing-key", message, at);
                self.problems.push(problem.label(format!("add `{required}:`")));
            }
        }
        self.check_schedule(&checked);
        self.check_action(&checked);
        let name = typed_values::present(&checked, "ScheduledActionName");
        if let Some(name) = name.filter(|name| name.value.as_str().is_some()) {
            self.add_scheduled(name, &checked);
        }
        checked
    }

    fn check_schedule(&mut self, action: &Node) {
        let schedule = action.entry("Schedule");
        let Some((entry, text)) = schedule.and_then(|entry| Some((entry, entry.value.as_str()?))) else {
            return;
        };
        let has_form = SCHEDULES.iter().any(|form| text.starts_with(form)) && text.ends_with(')');
        if !has_form {
            let problem = Problem::error("schedule", format!("invalid schedule `{text}`"), entry.value.span);
            self.problems
                .push(problem.label("write at(…), rate(…) or cron(…)"));
        }
    }

    fn check_action(&mut self, action: &Node) {
        let Some(bounds) = typed_values::present(action, "ScalableTargetAction") else {
            return;
        };
        let bound = |key: &str| bounds.value.get(key).map(value).and_then(|it| it.as_i64());
        let message = match (bound("MinCapacity"), bound("MaxCapacity")) {
            (None, None) if bounds.value.members().is_empty() => {
                "a scheduled action sets no capacity".to_owned()
            }
            (Some(min), Some(max)) if min > max => {
                format!("MinCapacity {min} is more than MaxCapacity {max}")
            }
            _ => return,
        };
        let problem = Problem::error("capacity-bounds", message, bounds.key_span);
        self.problems
            .push(problem.label("set MinCapacity, MaxCapacity or both"));
    }

    fn add_scheduled(&mut self, name: &Entry, action: &Node) {
        let key = name.value.as_str().unwrap_or_default().to_owned();
        let Value::Object(mut input) = value(action) else {
            return;
        };
        input.shift_remove("ScheduledActionName");
        let scheduled = ScheduledAction {
            key: key.clone(),
            span: name.value.span,
            input: Value::Object(input),
        };
        // API reference, PutScheduledAction, `ScheduledActionName`.
        let is_legal = |name: &str| {
            !name
                .chars()
                .any(|c| c.is_control() || matches!(c, ':' | '/' | '|'))
                && !name.ends_with(' ')
        };
        let named = Entry::new(key, name.value.span, name.value.clone());
        self.check_name(
            &named,
            &scheduled.name(),
            is_legal,
            "without `:`, `/`, `|`, control characters and a space at the end",
        );
        if let Some(twin) = self.scheduled.iter().find(|it| it.key == scheduled.key) {
            let message = format!("two scheduled actions have the name `{}`", twin.key);
            let problem = Problem::error("duplicate-name", message, scheduled.span);
            self.problems
                .push(problem.label("again here").other(twin.span, "first here"));
        }
        self.scheduled.push(scheduled);
    }
}

/// Returns a node's value without members that are null, which mean absence. It refers to no image.
fn value(node: &Node) -> Value {
    without_nulls(node.to_value(&|_| String::new()))
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(members.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        scalar => scalar,
    }
}
