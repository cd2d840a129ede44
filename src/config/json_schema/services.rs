//! `services:` and `jobs:` in the JSON Schema.

use serde_json::json;

use super::api_shapes::{Completeness, Definitions};
use super::fargate_sizes::fargate_sizes;
use super::own_key::own_key;
use super::scaling::{autoscaling, code_deploy};
use super::schedule::schedule;
use super::task_definition::task_definition;
use super::value_forms::{ValuePlace, constrained_text, list, mapping, of_type, text};
use crate::config::jobs::REFUSED as REFUSED_IN_JOB;
use crate::config::keys::{JOB, SERVICE};
use crate::config::service::{REFUSED as REFUSED_IN_SERVICE, RETENTION_DAYS};
use crate::model::{Object, Value};

const MEMBER: ValuePlace = ValuePlace::Member;

/// Returns the schema of a service: the members of CreateService, and ecsctl's own keys.
pub(super) fn service(definitions: &mut Definitions, completeness: Completeness) -> Object {
    let refused = REFUSED_IN_SERVICE.iter().map(|(key, ..)| *key);
    let without: Vec<&str> = refused.chain(SERVICE).collect();
    let mut properties = Object::new();
    for key in SERVICE {
        let schema = match key {
            "taskDefinition" => {
                let place = match completeness {
                    Completeness::Complete => ValuePlace::Present,
                    Completeness::Overlay => MEMBER,
                };
                task_definition(definitions, completeness, place)
            }
            "autoscaling" => definitions.refer("autoscaling", completeness, |them| {
                autoscaling(them, completeness)
            }),
            "codeDeploy" => definitions.refer("codeDeploy", Completeness::Complete, |_| code_deploy()),
            _ => own_member(key),
        };
        let schema = match key {
            "autoscaling" => own_key(
                schema,
                "The bounds, policies and scheduled actions of Application Auto Scaling.",
                json!({"minCapacity": 2, "maxCapacity": 10, "targetTracking": {"cpu": 60}}),
            ),
            "codeDeploy" => own_key(
                schema,
                "The CodeDeploy application and deployment group of a service with the CODE_DEPLOY controller.",
                json!({"applicationName": "shop", "deploymentGroupName": "web"}),
            ),
            _ => schema,
        };
        properties.insert(key.to_owned(), schema.into());
    }
    properties.extend(definitions.members("CreateServiceRequest", completeness, &without, &["serviceName"]));
    if let Some(Value::Object(count)) = properties.get_mut("desiredCount") {
        count.insert("minimum".to_owned(), 0.into());
    }
    let mut schema = mapping(properties, &completeness.required(&["taskDefinition"]), MEMBER);
    if completeness == Completeness::Complete {
        schema.insert("allOf".to_owned(), json!([fargate_sizes()]));
    }
    schema
}

fn own_member(key: &str) -> Object {
    let names = || list(text(ValuePlace::Present), MEMBER);
    match key {
        "serviceName" => own_key(
            constrained_text(vec![json!({"pattern": "^[A-Za-z0-9_-]{1,255}$"})], MEMBER),
            "The service's name on ECS: by default its key.",
            json!("shop-web"),
        ),
        "logRetentionDays" => {
            let mut days = of_type("integer", MEMBER);
            days.insert(
                "anyOf".to_owned(),
                json!([{"enum": RETENTION_DAYS}, {"type": ["string", "null"]}]),
            );
            own_key(
                days,
                "The retention period, in days, of the log groups that ecsctl creates.",
                json!(30),
            )
        }
        "dependsOn" => own_key(
            names(),
            "Services of this file that are deployed before this one.",
            json!(["api"]),
        ),
        "beforeDeploy" => own_key(
            names(),
            "Jobs that run on the new revision before the service changes.",
            json!(["migrate"]),
        ),
        _ => own_key(
            names(),
            "Jobs that run once the new revision is stable.",
            json!(["smoke-test"]),
        ),
    }
}

/// Returns the schema of a job: the members of RunTask, and ecsctl's own keys.
pub(super) fn job(definitions: &mut Definitions, completeness: Completeness) -> Object {
    let refused = REFUSED_IN_JOB.iter().map(|(key, ..)| *key);
    let without: Vec<&str> = refused.chain(JOB).collect();
    let mut properties = Object::new();
    for key in JOB {
        let schema = match key {
            "service" => own_key(
                text(MEMBER),
                "The service whose task definition and settings the job has.",
                json!("web"),
            ),
            "taskDefinition" => task_definition(definitions, completeness, MEMBER),
            "container" => own_key(
                text(MEMBER),
                "The container that gets the command and whose exit code is the job's: by default the main one.",
                json!("web"),
            ),
            "command" => own_key(
                list(text(ValuePlace::Present), MEMBER),
                "The command, instead of the container's own.",
                json!(["bin/rails", "db:migrate"]),
            ),
            _ => own_key(
                definitions.refer("schedule", completeness, |them| schedule(them, completeness)),
                "When EventBridge Scheduler starts the job: an expression, or a mapping with one.",
                json!("cron(0 3 * * ? *)"),
            ),
        };
        properties.insert(key.to_owned(), schema.into());
    }
    properties.extend(definitions.members("RunTaskRequest", completeness, &without, &[]));
    let mut schema = mapping(properties, &[], MEMBER);
    if completeness == Completeness::Complete {
        let has = |key: &str| json!({"required": [key], "properties": {key: {"not": {"type": "null"}}}});
        schema.insert("anyOf".to_owned(), json!([has("service"), has("taskDefinition")]));
        schema.insert("allOf".to_owned(), json!([fargate_sizes()]));
    }
    schema
}
