//! `autoscaling:` and `codeDeploy:` of a service in the JSON Schema.

use serde_json::json;

use super::api_shapes::{Completeness, Definitions};
use super::own_key::own_key;
use super::value_forms::{ValuePlace, constrained_text, list, map, mapping, not_null, of_type};
use crate::config::autoscaling::{
    ALARM, IDENTIFIERS, REFUSED_IN_ALARM, REQUIRED_OF_ACTIONS, REQUIRED_OF_STEPS, SCHEDULED_ACTION,
};
use crate::config::keys::{CODE_DEPLOY, CODE_DEPLOY_HOOKS};
use crate::model::{METRIC_MEMBERS, Object, STEP_SCALING_CONFIGURATION, TARGET_TRACKING_CONFIGURATION};

const MEMBER: ValuePlace = ValuePlace::Member;

/// Returns the schema of `autoscaling:`.
pub(super) fn autoscaling(definitions: &mut Definitions, completeness: Completeness) -> Object {
    let place = match completeness {
        Completeness::Complete => ValuePlace::Present,
        Completeness::Overlay => MEMBER,
    };
    let bound = |description: &str, example: u32| {
        let mut schema = of_type("integer", place);
        schema.insert("minimum".to_owned(), 0.into());
        schema.insert("maximum".to_owned(), i32::MAX.into());
        own_key(schema, description, json!(example))
    };
    let properties = Object::from_iter([
        (
            "minCapacity".to_owned(),
            bound("The minimum number of tasks.", 2).into(),
        ),
        (
            "maxCapacity".to_owned(),
            bound("The maximum number of tasks.", 10).into(),
        ),
        (
            "targetTracking".to_owned(),
            own_key(
                target_tracking(definitions, completeness),
                "Target tracking policies: each keeps a metric at a target value.",
                json!({"cpu": 60}),
            )
            .into(),
        ),
        (
            "stepScaling".to_owned(),
            own_key(
                map(step_policy(definitions, completeness), MEMBER),
                "Step scaling policies and their CloudWatch alarms, by name.",
                json!({"queue": {"AdjustmentType": "ChangeInCapacity", "StepAdjustments":
                    [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 2}], "alarm": {"MetricName": "depth"}}}),
            )
            .into(),
        ),
        (
            "scheduled".to_owned(),
            own_key(
                list(scheduled_action(definitions, completeness), MEMBER),
                "Scheduled actions, which change the minimum and maximum capacity.",
                json!([{"ScheduledActionName": "night", "Schedule": "cron(0 22 * * ? *)",
                    "ScalableTargetAction": {"MinCapacity": 1}}]),
            )
            .into(),
        ),
    ]);
    let required = completeness.required(&["minCapacity", "maxCapacity"]);
    mapping(properties, &required, MEMBER)
}

fn target_tracking(definitions: &mut Definitions, completeness: Completeness) -> Object {
    let metric = definitions.refer("targetTracking.metric", completeness, |them| {
        let properties = them.members(TARGET_TRACKING_CONFIGURATION, completeness, &METRIC_MEMBERS, &[]);
        let configuration = mapping(properties, &completeness.required(&["TargetValue"]), MEMBER);
        let forms = json!([of_type("number", MEMBER), configuration]);
        Object::from_iter([("anyOf".to_owned(), forms)])
    });
    let named = |what: &str, example: u32| {
        let description =
            format!("The target {what}, or a target tracking configuration without the metric.");
        own_key(metric.clone(), &description, json!(example))
    };
    let custom = definitions.shape(TARGET_TRACKING_CONFIGURATION, completeness, MEMBER);
    let custom = own_key(
        map(custom, MEMBER),
        "Target tracking policies for other metrics, by name.",
        json!({"requests": {"TargetValue": 100, "CustomizedMetricSpecification":
            {"Namespace": "shop", "MetricName": "requests", "Statistic": "Average"}}}),
    );
    let properties = Object::from_iter([
        ("cpu".to_owned(), named("CPU utilization in percent", 60).into()),
        (
            "memory".to_owned(),
            named("memory utilization in percent", 75).into(),
        ),
        (
            "requestsPerTarget".to_owned(),
            named("number of requests per target and minute", 1000).into(),
        ),
        ("custom".to_owned(), custom.into()),
    ]);
    mapping(properties, &[], MEMBER)
}

fn step_policy(definitions: &mut Definitions, completeness: Completeness) -> Object {
    definitions.refer("stepScaling.policy", completeness, |them| {
        let mut properties = them.members(STEP_SCALING_CONFIGURATION, completeness, &[], &[]);
        let alarm = them.refer("stepScaling.alarm", completeness, |them| {
            let without: Vec<&str> = REFUSED_IN_ALARM.iter().map(|(member, _)| *member).collect();
            let properties = them.members(ALARM, completeness, &without, &[]);
            let required = them.required_of(ALARM, &without);
            mapping(properties, &completeness.required(&required), MEMBER)
        });
        let alarm = own_key(
            alarm,
            "The CloudWatch alarm that triggers the policy: the members of PutMetricAlarm.",
            json!({"MetricName": "depth", "Namespace": "shop", "Statistic": "Average", "Period": 60,
                "EvaluationPeriods": 1, "Threshold": 100, "ComparisonOperator": "GreaterThanThreshold"}),
        );
        properties.insert("alarm".to_owned(), alarm.into());
        let required: Vec<&str> = REQUIRED_OF_STEPS.iter().copied().chain(["alarm"]).collect();
        let required = completeness.required(&required);
        refuse_nulls(&mut properties, &required);
        mapping(properties, &required, MEMBER)
    })
}

fn scheduled_action(definitions: &mut Definitions, completeness: Completeness) -> Object {
    let action = definitions.refer("scheduledAction", completeness, |them| {
        let mut properties = them.members(SCHEDULED_ACTION, completeness, &IDENTIFIERS, &[]);
        let required = them.required_of(SCHEDULED_ACTION, &IDENTIFIERS).into_iter();
        let required: Vec<&str> = required.chain(REQUIRED_OF_ACTIONS).collect();
        let required = completeness.required(&required);
        refuse_nulls(&mut properties, &required);
        mapping(properties, &required, MEMBER)
    });
    not_null(action)
}

/// Refuses nulls of required members, which AWS's model doesn't require.
fn refuse_nulls(properties: &mut Object, required: &[&str]) {
    for key in required {
        if let Some(schema) = properties.get_mut(*key).and_then(|it| it.as_object_mut()) {
            *schema = not_null(std::mem::take(schema));
        }
    }
}

/// Returns the schema of `codeDeploy:`.
pub(super) fn code_deploy() -> Object {
    let name = || constrained_text(vec![json!({"pattern": "^[A-Za-z0-9+=,.@_-]{1,100}$"})], MEMBER);
    let hooks = {
        let function = || constrained_text(vec![json!({"pattern": r"\S"})], MEMBER);
        let events = CODE_DEPLOY_HOOKS.known.iter();
        let properties = events
            .map(|event| ((*event).to_owned(), function().into()))
            .collect();
        let hooks = mapping(properties, &[], MEMBER);
        let mut either = hooks.clone();
        either.insert("type".to_owned(), json!(["object", "array", "string", "null"]));
        either.insert("items".to_owned(), not_null(hooks).into());
        either
    };
    let mut properties = Object::new();
    for key in CODE_DEPLOY.known {
        let schema = match *key {
            "applicationName" => own_key(
                name(),
                "The application: by default AppECS-CLUSTER-SERVICE.",
                json!("shop"),
            ),
            "deploymentGroupName" => own_key(
                name(),
                "The deployment group: by default DgpECS-CLUSTER-SERVICE.",
                json!("web"),
            ),
            "deploymentConfigName" => own_key(
                name(),
                "The deployment configuration: by default that of the group.",
                json!("CodeDeployDefault.ECSCanary10Percent5Minutes"),
            ),
            _ => own_key(
                hooks.clone(),
                "Lambda functions by lifecycle event.",
                json!({"AfterAllowTestTraffic": "smoke-test"}),
            ),
        };
        properties.insert((*key).to_owned(), schema.into());
    }
    mapping(properties, &[], MEMBER)
}
