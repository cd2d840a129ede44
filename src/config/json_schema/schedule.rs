//! A job's `schedule:` in the JSON Schema.

use serde_json::json;

use super::api_shapes::{Completeness, Definitions};
use super::own_key::own_key;
use super::value_forms::{ValuePlace, constrained_text, mapping};
use crate::config::keys::SCHEDULE;
use crate::config::schedule::shape_of_key;
use crate::model::{Object, Value};

/// Returns the schema of a schedule: an expression, or a mapping.
pub(super) fn schedule(definitions: &mut Definitions, completeness: Completeness) -> Object {
    let place = match completeness {
        Completeness::Complete => ValuePlace::Present,
        Completeness::Overlay => ValuePlace::Member,
    };
    let mut properties = Object::new();
    for key in SCHEDULE.known {
        let place = match *key {
            "expression" => place,
            _ => ValuePlace::Member,
        };
        let schema = definitions.shape(shape_of_key(key), completeness, place);
        let (description, example) = described(key);
        properties.insert((*key).to_owned(), own_key(schema, description, example).into());
    }
    let mapping = mapping(
        properties,
        &completeness.required(&["expression"]),
        ValuePlace::Member,
    );
    let expression = constrained_text(vec![json!({"pattern": r"\S"})], ValuePlace::Member);
    Object::from_iter([("anyOf".to_owned(), json!([expression, mapping]))])
}

/// Returns what the top level needs if a job has a schedule: a `name`, and a role unless each schedule has its own.
pub(super) fn needs() -> Value {
    let present = json!({"not": {"type": "null"}});
    let some_job = |schedule: Value| {
        let job = json!({"type": "object", "required": ["schedule"], "properties": {"schedule": schedule}});
        let jobs = json!({"type": "object", "not": {"additionalProperties": {"not": job}}});
        json!({"required": ["jobs"], "properties": {"jobs": jobs}})
    };
    let needed = |key: &str| json!({"required": [key], "properties": {key: present}});
    let has_role = json!({"required": ["roleArn"], "properties": {"roleArn": present}});
    let without_role = json!({"anyOf": [{"type": "string"}, {"type": "object", "not": has_role}]});
    json!([
        {"if": some_job(present.clone()), "then": needed("name")},
        {"if": some_job(without_role), "then": needed("schedulerRoleArn")},
    ])
}

fn described(key: &str) -> (&'static str, Value) {
    match key {
        "expression" => (
            "When: `rate(1 hour)`, `cron(0 3 * * ? *)` or `at(2027-01-31T03:00:00)`.",
            json!("cron(0 3 * * ? *)"),
        ),
        "timezone" => (
            "The time zone of the expression: by default UTC.",
            json!("Europe/Berlin"),
        ),
        "roleArn" => (
            "The role that EventBridge Scheduler assumes: by default the file's `schedulerRoleArn`.",
            json!("arn:aws:iam::123456789012:role/scheduler"),
        ),
        "state" => ("ENABLED, or DISABLED to pause the schedule.", json!("DISABLED")),
        "startDate" => (
            "From when the schedule starts tasks.",
            json!("2027-01-01T00:00:00Z"),
        ),
        "endDate" => (
            "Until when the schedule starts tasks.",
            json!("2027-12-31T00:00:00Z"),
        ),
        "flexibleTimeWindow" => (
            "The flexible time window in which a task may start: by default OFF.",
            json!({"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}),
        ),
        "description" => ("What the schedule is for.", json!("nightly report")),
        "retryPolicy" => (
            "How EventBridge Scheduler retries an invocation that fails.",
            json!({"MaximumRetryAttempts": 3}),
        ),
        "deadLetterConfig" => (
            "The SQS dead-letter queue for invocations that failed after all retries.",
            json!({"Arn": "arn:aws:sqs:us-east-1:123456789012:failed"}),
        ),
        _ => (
            "The KMS key that encrypts the schedule.",
            json!("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
        ),
    }
}
