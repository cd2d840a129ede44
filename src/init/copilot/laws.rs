//! Property tests: what is mapped of a manifest is in the rendered file, in each environment.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::config::Lookups;
use crate::init::rendered_draft::{or_report, rendered_draft};
use crate::model::Value;
use crate::schema::testing::cases;

/// The variables that Copilot sets.
const SET_BY_COPILOT: usize = 4;

fn workspace(manifest: &str) -> CopilotWorkspace {
    CopilotWorkspace {
        name: "shop".to_owned(),
        application: Some("shop".to_owned()),
        manifests: vec![ManifestFile {
            path: "copilot/web/manifest.yml".to_owned(),
            text: manifest.to_owned(),
            left_out: Vec::new(),
        }],
        environments: vec!["test".to_owned(), "prod".to_owned()],
        ..CopilotWorkspace::default()
    }
}

/// Returns what `render` prints of the draft of a manifest in an environment.
fn through_init(manifest: &str, environment: &str) -> Value {
    let head = DraftHead {
        cluster: Some("shop".to_owned()),
        ..DraftHead::default()
    };
    let draft = or_report(workspace(manifest).draft(&head), manifest);
    rendered_draft(&draft, &Lookups::default(), Some(environment))["services"]["web"].clone()
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9 :#'\"%<>_./-]{1,16}", "\\PC{1,8}", "[a-z]{1,6}"]
        .prop_filter("not blank", |text| {
            !text.trim().is_empty() && !text.contains("${")
        })
}

/// Some fields of a manifest, and the members that they become: of the container, and of the service.
fn fields() -> impl Strategy<Value = (Value, Value, Value)> {
    let command = prop::option::of(prop::collection::vec(text(), 1..4));
    let port = prop::option::of(1..65_535_u16);
    let label = prop::option::of(text());
    let check = prop::option::of((5..300_u32, 2..60_u32, 1..10_u32));
    let variables = prop::collection::btree_map("[A-B]{1,4}", text(), 0..4);
    let service = (0..9_u32, any::<bool>(), any::<bool>());
    (command, port, label, check, variables, service).prop_map(
        |(command, port, label, check, variables, (count, exec, recreate))| {
            let mut manifest = json!({"image": {"location": "nginx:1.27"}, "variables": variables, "count": count, "exec": exec});
            let environment: Vec<Value> = variables
                .iter()
                .map(|(name, value)| json!({"name": name, "value": value}))
                .collect();
            let mut container = json!({"environment": environment});
            let mut service = json!({"desiredCount": count});
            if exec {
                service["enableExecuteCommand"] = true.into();
            }
            if let Some(command) = command {
                manifest["command"] = json!(command);
                container["command"] = json!(command);
            }
            if let Some(port) = port {
                manifest["image"]["port"] = port.into();
                container["portMappings"] = json!([{"containerPort": port}]);
            }
            if let Some(label) = label {
                manifest["image"]["labels"] = json!({"a": label});
                container["dockerLabels"] = json!({"a": label});
            }
            if let Some((interval, timeout, retries)) = check {
                manifest["image"]["healthcheck"] = json!({"command": ["CMD", "a"], "interval": format!("{interval}s"),
                    "timeout": format!("{timeout}s"), "retries": retries});
                container["healthCheck"] = json!({"command": ["CMD", "a"], "interval": interval, "timeout": timeout,
                    "retries": retries, "startPeriod": 0});
            }
            if recreate {
                manifest["deployment"] = json!({"rolling": "recreate"});
                service["deploymentConfiguration"] = json!({"minimumHealthyPercent": 0, "maximumPercent": 100});
            }
            (manifest, container, service)
        },
    )
}

/// Asserts that the members are in what was rendered.
fn assert_has(rendered: &Value, (container, service): (&Value, &Value)) {
    let mut found = rendered["taskDefinition"]["containerDefinitions"][0].clone();
    if let Some(environment) = found["environment"].as_array_mut() {
        environment.drain(..SET_BY_COPILOT);
    }
    let members = found.as_object_mut().expect("a container");
    for default in ["name", "image", "essential", "logConfiguration"] {
        assert!(members.shift_remove(default).is_some(), "{default}");
    }
    assert_eq!(found, *container);
    for (member, value) in service.as_object().expect("a service") {
        let found = &rendered["service"][member];
        match value.as_object() {
            // The circuit breaker is a default of ecsctl's.
            Some(values) => values
                .iter()
                .for_each(|(key, value)| assert_eq!(found[key], *value)),
            None => assert_eq!(found, value),
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn manifest_is_the_same_in_each_environment(
        (mut manifest, container, service) in fields(), (override_, _, _) in fields()
    ) {
        manifest["name"] = "web".into();
        manifest["type"] = "Backend Service".into();
        let plain = manifest.clone();
        manifest["environments"] = json!({"prod": override_});
        let rendered = through_init(&manifest.to_string(), "test");
        assert_has(&rendered, (&container, &service));
        // An environment is the same as a manifest in which its overrides are merged.
        let mut merged = plain;
        merge(&mut merged, &override_);
        let expected = through_init(&merged.to_string(), "prod");
        prop_assert_eq!(sorted(&through_init(&manifest.to_string(), "prod")), sorted(&expected));
    }

    #[test]
    fn no_manifest_panics(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = workspace(&String::from_utf8_lossy(&bytes)).draft(&DraftHead::default());
    }

    #[test]
    fn no_field_panics(
        field in prop::sample::select(vec!["image", "count", "network", "http", "nlb", "storage", "logging", "sidecars", "variables",
            "secrets", "platform", "deployment", "on", "taskdef_overrides", "environments", "observability", "env_file", "command", "cpu"]),
        value in prop::sample::select(vec![json!(null), json!(1), json!(true), json!(""), json!("a/b"), json!([]), json!([1]), json!([{}]),
            json!({}), json!({"a": 1}), json!({"a": null}), json!({"a": {"image": []}}), json!({"range": "1"}), json!({"vpc": {"placement": {"subnets": {}}}}),
            json!({"healthcheck": []}), json!({"volumes": {"a": {"efs": {"id": {}}}}}), json!({"build": {"args": 1}}), json!({"prod": {"image": 1}})]),
        is_job in any::<bool>()
    ) {
        let kind = if is_job { "Scheduled Job" } else { "Load Balanced Web Service" };
        let mut manifest = json!({"name": "web", "type": kind, "image": {"location": "a"}, "on": {"schedule": "@daily"}});
        manifest[field] = value;
        let _ = workspace(&manifest.to_string()).draft(&DraftHead::default());
    }
}

fn merge(base: &mut Value, overrides: &Value) {
    match (base, overrides) {
        (Value::Object(base), Value::Object(overrides)) => {
            for (key, value) in overrides {
                merge(base.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (base, value) => *base = value.clone(),
    }
}

/// Returns a value with the variables in the order of their names, which means nothing.
fn sorted(service: &Value) -> Value {
    let mut service = service.clone();
    let environment = &mut service["taskDefinition"]["containerDefinitions"][0]["environment"];
    if let Some(items) = environment.as_array_mut() {
        items.sort_by_key(|item| item["name"].to_string());
    }
    service
}
