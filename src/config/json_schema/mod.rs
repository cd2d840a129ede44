//! The JSON Schema of deploy.yaml, for editors: ecsctl's own keys, and AWS's shapes.

mod api_shapes;
mod container_forms;
mod fargate_sizes;
mod images;
mod own_key;
mod scaling;
mod schedule;
mod services;
mod task_definition;
#[cfg(test)]
mod tests;
mod value_forms;

use serde_json::json;

use super::keys;
use api_shapes::{Completeness, Definitions};
use own_key::own_key;
use value_forms::{ValuePlace, constrained_text, map, mapping, not_null, of_type, text};

use crate::model::{Object, Value};

/// Where most keys stand.
const MEMBER: ValuePlace = ValuePlace::Member;

/// Returns the JSON Schema (2020-12) of deploy.yaml.
pub fn json_schema() -> Value {
    let mut definitions = Definitions::default();
    let properties = keys::TOP.known.iter().map(|key| {
        let schema = top_key(key, &mut definitions, Completeness::Complete);
        ((*key).to_owned(), schema.into())
    });
    let properties: Object = properties.collect();
    let has = |key: &str| {
        let something = json!({"type": ["object", "string"], "minProperties": 1});
        json!({"required": [key], "properties": {key: something}})
    };
    // An environment may have the services.
    let content = ["services", "images", "jobs", "environments"].map(has);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "deploy.yaml",
        "description": "What ecsctl builds, and deploys to Amazon ECS.",
        "type": "object",
        "properties": properties,
        "patternProperties": {"^x-": {}},
        "additionalProperties": false,
        "anyOf": content,
        "allOf": schedule::needs(),
        "$defs": definitions.into_object(),
    })
}

/// Returns the schema of a key of the top level, or of an environment.
fn top_key(key: &str, definitions: &mut Definitions, completeness: Completeness) -> Object {
    let not_empty = || constrained_text(vec![json!({"minLength": 1})], MEMBER);
    match key {
        "requiredVersion" => own_key(
            text(MEMBER),
            "The versions of ecsctl that may read this file.",
            json!(">=0.1"),
        ),
        "name" => own_key(
            not_empty(),
            "The file's name, which marks its schedules on AWS.",
            json!("shop"),
        ),
        "account" => {
            let mut schema = constrained_text(vec![json!({"pattern": "^[0-9]{12}$"})], MEMBER);
            schema.insert("type".to_owned(), json!(["string", "integer", "null"]));
            own_key(
                schema,
                "The AWS account. With another one, nothing is changed.",
                json!("123456789012"),
            )
        }
        "region" => own_key(not_empty(), "The AWS Region.", json!("eu-central-1")),
        "profile" => own_key(
            not_empty(),
            "The profile of AWS's config files.",
            json!("shop-production"),
        ),
        "assumeRole" => own_key(
            not_empty(),
            "The role to assume.",
            json!("arn:aws:iam::123456789012:role/deploy"),
        ),
        "cluster" => own_key(
            not_empty(),
            "The ECS cluster: by default `default`.",
            json!("shop"),
        ),
        "tfstate" => own_key(
            not_empty(),
            "Terraform's state for `${tfstate:…}`: a file, or an object of Amazon S3.",
            json!("s3://shop-terraform/production.tfstate"),
        ),
        "schedulerRoleArn" => own_key(
            definitions.shape("RoleArn", completeness, MEMBER),
            "The role that EventBridge Scheduler assumes to start jobs.",
            json!("arn:aws:iam::123456789012:role/scheduler"),
        ),
        "vars" => own_key(
            map(true, MEMBER),
            "Values for `${vars.NAME}`. `--var NAME=VALUE` replaces one.",
            json!({"stage": "production"}),
        ),
        "images" => {
            let image = definitions.refer("image", completeness, |them| images::image(them, completeness));
            own_key(
                map(image, MEMBER),
                "Images to build and push, by the name that `${images.NAME}` takes.",
                json!({"web": {"repository": "shop/web", "build": "."}}),
            )
        }
        "services" => {
            let service = definitions.refer("service", completeness, |them| {
                services::service(them, completeness)
            });
            own_key(
                map(complete(service, completeness), MEMBER),
                "The services, by their names: the members of CreateService, and a task definition.",
                json!({"web": {"taskDefinition": "task-definition.json", "desiredCount": 2}}),
            )
        }
        "jobs" => {
            let job = definitions.refer("job", completeness, |them| services::job(them, completeness));
            own_key(
                map(complete(job, completeness), MEMBER),
                "Standalone tasks: before or after a deploy, on a schedule, or with `ecsctl run`.",
                json!({"migrate": {"service": "web", "command": ["bin/migrate"]}}),
            )
        }
        "hooks" => own_key(
            definitions.refer("hooks", Completeness::Complete, |_| hooks()),
            "Commands that run on this machine before and after builds and deploys.",
            json!({"afterDeploy": "./notify.sh"}),
        ),
        "environments" => {
            let environment = definitions.refer("environment", Completeness::Complete, environment);
            own_key(
                map(environment, MEMBER),
                "Values that `-e NAME` merges over the rest of the file.",
                json!({"staging": {"cluster": "shop-staging"}}),
            )
        }
        _ => own_key(
            of_type("boolean", MEMBER),
            "Whether every command requires `-e NAME`.",
            json!(true),
        ),
    }
}

/// A service or a job can't be null, except in an environment, which removes it.
fn complete(schema: Object, completeness: Completeness) -> Object {
    match completeness {
        Completeness::Complete => not_null(schema),
        Completeness::Overlay => schema,
    }
}

fn hooks() -> Object {
    let command = |description: &str, example: &str| {
        let text = constrained_text(vec![json!({"pattern": r"\S"})], MEMBER);
        own_key(text, description, json!(example))
    };
    let properties = keys::HOOKS.known.iter().map(|key| {
        let schema = match *key {
            "beforeBuild" => command("Runs before the images are built.", "npm run build"),
            "afterBuild" => command("Runs after the images are built.", "npm test"),
            "beforeDeploy" => command("Runs before anything is changed on AWS.", "./check-window.sh"),
            "afterDeploy" => command("Runs after a deploy that succeeded.", "./notify.sh"),
            _ => command("Runs after a deploy that failed.", "./page-on-call.sh"),
        };
        ((*key).to_owned(), schema.into())
    });
    mapping(properties.collect(), &[], MEMBER)
}

fn environment(definitions: &mut Definitions) -> Object {
    let properties = keys::ENVIRONMENT.known.iter().map(|key| {
        let schema = top_key(key, definitions, Completeness::Overlay);
        ((*key).to_owned(), schema.into())
    });
    let mut schema = mapping(properties.collect(), &[], MEMBER);
    schema.insert("patternProperties".to_owned(), json!({"^x-": {}}));
    schema
}
