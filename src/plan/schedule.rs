//! Plans the schedule of a job: compares what the job names with what EventBridge Scheduler has.
//!
//! The target is owned whole: the cluster, the task definition, and what RunTask gets. Of the schedule itself, only what
//! the file names is compared; UpdateSchedule replaces everything, so the rest is sent as it is.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::images::ImagePlans;
use super::observed::ObservedService;
use super::partial_values::over;
use super::schedule_changes::ScheduleChanges;
use super::schedule_target::{comparable, ecs_parameters, run_task_settings};
use super::service::supports_fargate;
use crate::ecs::{LiveSchedule, Service, TaskDefinition};
use crate::model::{
    Arn, Change, DefinitionPlan, ECS_PARAMETERS, Job, Node, Object, SCHEDULE_MEMBERS, Schedule,
    ScheduleAction, SchedulePlan, ServiceAction, ServiceSpec, TARGET_MEMBERS, Value, cluster_name,
    into_object,
};
use crate::schema::{main_container, run_task_members, with_command, with_members};

/// Members of GetSchedule's response that UpdateSchedule doesn't take (API reference).
const READ_ONLY: [&str; 5] = ["Arn", "CreationDate", "LastModificationDate", "Name", "GroupName"];
/// "The StartDate you specify cannot be earlier than 5 minutes ago" (getmoto/moto #8172, aws-cdk's aws-scheduler). A
/// start in the past has no effect.
const START_DATE: &str = "StartDate";
/// The seconds of a day: more than any time zone's difference from UTC.
const DAY: i64 = 86_400;

/// What a job's schedule is planned from.
#[derive(Clone, Copy)]
pub(super) struct ScheduledJob<'a> {
    pub job: &'a Job,
    pub schedule: &'a Schedule,
    pub cluster: &'a str,
    /// The specification of the service, or of the job itself.
    pub spec: &'a ServiceSpec,
    pub observed: &'a ObservedService,
    pub definition: &'a DefinitionPlan,
    /// The action on the service, whose settings the job takes.
    pub action: &'a ServiceAction,
    pub live: Option<&'a LiveSchedule>,
    /// When AWS was read.
    pub now: Option<Timestamp>,
}

/// Plans the schedule of a job, and returns a warning if it never runs.
pub(super) fn plan(scheduled: ScheduledJob<'_>, images: &ImagePlans<'_>) -> (SchedulePlan, Option<String>) {
    let wanted = scheduled.wanted(images);
    let there = scheduled.live.map(LiveSchedule::value);
    let input = scheduled.whole(&wanted, there);
    let changes = match there {
        None => Vec::new(),
        Some(there) => scheduled.changes(&wanted, there),
    };
    let is_over = scheduled.is_over();
    let action = match (there, changes.is_empty()) {
        _ if is_over => ScheduleAction::Keep,
        (None, _) => ScheduleAction::Create,
        (Some(_), true) => ScheduleAction::Keep,
        (Some(_), false) => ScheduleAction::Update,
    };
    let name = &scheduled.job.name;
    let is_missed = is_over && there.is_none();
    let warning = is_missed.then(|| format!("schedule {name} is not created: its time has passed"));
    let plan = SchedulePlan {
        name: scheduled.job.name.clone(),
        group: scheduled.schedule.group.clone(),
        action,
        input,
        changes: if is_over { Vec::new() } else { changes },
        runs: scheduled.live.and_then(|live| live.task_definition.clone()),
    };
    (plan, warning)
}

/// Fills in what is known once the task definition is registered.
pub fn schedule_input(input: &Value, cluster: &str, definition: &str) -> Value {
    let mut input = input.clone();
    input["Target"]["Arn"] = cluster_arn(cluster, definition).into();
    input["Target"]["EcsParameters"]["TaskDefinitionArn"] = definition.into();
    input
}

/// Returns the ARN of the cluster, which is in the account and the region of its task definitions.
pub(super) fn cluster_arn(cluster: &str, definition: &str) -> String {
    let arn: Option<Arn> = definition.parse().ok().filter(|_| !cluster.starts_with("arn:"));
    arn.map_or_else(
        || cluster.to_owned(),
        |arn| {
            let name = cluster_name(cluster);
            format!(
                "arn:{}:ecs:{}:{}:cluster/{name}",
                arn.partition, arn.region, arn.account
            )
        },
    )
}

impl ScheduledJob<'_> {
    /// Returns what the file wants: members of CreateSchedule, without the ARNs of the target.
    fn wanted(&self, images: &ImagePlans<'_>) -> Object {
        let mut settings = self.settings(images);
        let overrides = settings.shift_remove("overrides");
        let mut input = into_object(self.schedule.input.clone());
        let mut target = into_object(input.shift_remove("Target").unwrap_or_default());
        if let Some(overrides) = overrides.filter(|it| it.as_object().is_some_and(|it| !it.is_empty())) {
            // TaskOverride as JSON (boto3 #4370: "Unable to convert target input to TaskOverride").
            target.insert("Input".to_owned(), overrides.to_string().into());
        }
        target.insert("EcsParameters".to_owned(), ecs_parameters(&settings).into());
        if self.is_past(input.get(START_DATE)) {
            input.shift_remove(START_DATE);
        }
        input.insert("Target".to_owned(), target.into());
        input
    }

    /// Returns the members of RunTask: those of the service as it will be, and the job's own.
    fn settings(&self, images: &ImagePlans<'_>) -> Object {
        let fill = |node: &Node| into_object(images.fill(node));
        let mut members = match self.job.service() {
            Some(_) => self.of_service(),
            None => self.of_job(images),
        };
        with_members(&mut members, fill(&self.job.fields));
        if let Some(command) = &self.job.command {
            let container = self.job.container.as_deref().or_else(|| self.container());
            let container = container.map(str::to_owned);
            with_command(&mut members, container.as_deref(), command);
        }
        members
    }

    fn of_service(&self) -> Object {
        let live = self.observed.service.as_ref();
        let mut members = live
            .map(|live| run_task_members(&live.task_settings()))
            .unwrap_or_default();
        if let ServiceAction::Create { input, .. } | ServiceAction::Update { input, .. } = self.action
            && let Some(change) = input.as_object()
        {
            with_members(&mut members, run_task_members(change));
        }
        members
    }

    fn of_job(&self, images: &ImagePlans<'_>) -> Object {
        let mut members = into_object(images.fill(&self.spec.creation_defaults));
        if self.spec.fargate_if_supported && supports_fargate(self.definition, self.observed) {
            members.insert("launchType".to_owned(), "FARGATE".into());
        }
        members
    }

    /// Returns the container that gets the command.
    fn container(&self) -> Option<&str> {
        let definition = match self.definition {
            DefinitionPlan::Register { input, .. } => input,
            DefinitionPlan::Keep { .. } => self.described()?.value(),
        };
        let live = self.observed.service.as_ref();
        let of_live = live.map_or(&[][..], |live: &Service| &live.target_groups).iter();
        let of_live = of_live.filter_map(|it| it.container.as_deref());
        let named = self.spec.fields.get("loadBalancers").and_then(Node::items);
        let named = named.unwrap_or_default().iter();
        let named = named.filter_map(|it| it.text_of("containerName"));
        let balanced: Vec<&str> = of_live.chain(named).collect();
        main_container(definition, &balanced, &self.spec.name)
    }

    /// Returns the task definition that is kept.
    fn described(&self) -> Option<&TaskDefinition> {
        let DefinitionPlan::Keep { arn } = self.definition else {
            return None;
        };
        let known = [
            &self.observed.running_definition,
            &self.observed.latest_definition,
            &self.observed.base_definition,
        ];
        let mut known = known.into_iter().flatten();
        known.find(|it| it.arn.as_ref() == Some(arn))
    }

    /// Returns the whole input: what the file wants, over what is there.
    fn whole(&self, wanted: &Object, there: Option<&Value>) -> Value {
        let mut whole = there.map_or_else(
            || into_object(json!({"FlexibleTimeWindow": {"Mode": "OFF"}})),
            |there| into_object(there.clone()),
        );
        whole.retain(|key, value| !READ_ONLY.contains(&key.as_str()) && !value.is_null());
        if self.is_past(whole.get(START_DATE)) {
            whole.shift_remove(START_DATE);
        }
        let mut target = into_object(whole.shift_remove("Target").unwrap_or_default());
        let mut parameters = into_object(target.shift_remove("EcsParameters").unwrap_or_default());
        target.retain(|_, value| !value.is_null());
        // The file has no names for these: ReferenceId, TaskCount, and what AWS adds some day.
        let is_known = |key: &str| ECS_PARAMETERS.iter().any(|(_, known)| *known == key);
        parameters.retain(|key, value| !is_known(key) && !value.is_null());
        target.shift_remove("Input");
        let named = |key: &str, there: Option<&Value>, value: &Value| match key {
            "RetryPolicy" => there.map_or_else(|| value.clone(), |there| over(there, value)),
            _ => value.clone(),
        };
        for (key, value) in wanted
            .get("Target")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if key != "EcsParameters" {
                let value = named(key, target.get(key), value);
                target.insert(key.clone(), value);
            }
        }
        let of_file = wanted.get("Target").and_then(|it| it.get("EcsParameters"));
        parameters.extend(of_file.cloned().map(into_object).unwrap_or_default());
        target.insert("EcsParameters".to_owned(), parameters.into());
        for (key, value) in wanted.iter().filter(|(key, _)| *key != "Target") {
            whole.insert(key.clone(), value.clone());
        }
        whole.insert("Target".to_owned(), target.into());
        Value::Object(whole)
    }

    fn changes(&self, wanted: &Object, there: &Value) -> Vec<Change> {
        let mut changes = ScheduleChanges::default();
        for (key, member) in SCHEDULE_MEMBERS {
            if let Some(value) = wanted.get(member) {
                changes.member(key, there.get(member), value);
            }
        }
        let (target, none) = (wanted.get("Target"), Value::Null);
        let (target, there) = (target.unwrap_or(&none), there.get("Target").unwrap_or(&none));
        for (key, member) in TARGET_MEMBERS {
            if let Some(value) = target.get(member) {
                changes.member(key, there.get(member), value);
            }
        }
        let parameters = |it: &Value| it.get("EcsParameters").cloned().unwrap_or_default();
        let (before, after) = (
            run_task_settings(&parameters(there)),
            run_task_settings(&parameters(target)),
        );
        changes.settings(&comparable(&before), &comparable(&after));
        changes.overrides(there.get("Input"), target.get("Input"));
        let planned = match self.definition {
            DefinitionPlan::Keep { arn } => Some(arn.as_str()),
            DefinitionPlan::Register { .. } => None,
        };
        if let Some(arn) = planned {
            changes.text("cluster", there.get("Arn"), &cluster_arn(self.cluster, arn));
        }
        let runs = there
            .get("EcsParameters")
            .and_then(|it| it.get("TaskDefinitionArn"));
        changes.definition(runs, planned);
        changes.found()
    }

    /// Whether the one time at which it runs has passed, in any time zone: then there is nothing to change.
    fn is_over(&self) -> bool {
        let expression = self
            .schedule
            .input
            .get("ScheduleExpression")
            .and_then(Value::as_str);
        let at = expression.and_then(|text| text.strip_prefix("at(")?.strip_suffix(')'));
        let at: Option<jiff::civil::DateTime> = at.and_then(|at| at.parse().ok());
        let at = at.and_then(|at| TimeZone::UTC.to_timestamp(at).ok());
        let (Some(at), Some(now)) = (at, self.now) else {
            return false;
        };
        let is_same = |live: &LiveSchedule| live.expression.as_deref() == expression;
        let passed_at = at.as_second().saturating_add(DAY);
        passed_at < now.as_second() && self.live.is_none_or(is_same)
    }

    /// Whether a date has no effect any more.
    fn is_past(&self, date: Option<&Value>) -> bool {
        let seconds = date.and_then(Value::as_f64);
        let now = self.now.map(|now| now.as_second() as f64);
        matches!((seconds, now), (Some(date), Some(now)) if date < now)
    }
}
