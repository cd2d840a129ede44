//! A service's settings: how ECS shows the inputs of Create- and UpdateService.

use serde_json::{Map, Value, json};

use super::base::merge;
use crate::support::protocol::Refusal;

/// CreateService members that a Service shows unchanged.
const SHOWN: [&str; 16] = [
    "loadBalancers",
    "serviceRegistries",
    "launchType",
    "capacityProviderStrategy",
    "platformVersion",
    "deploymentConfiguration",
    "placementConstraints",
    "placementStrategy",
    "networkConfiguration",
    "healthCheckGracePeriodSeconds",
    "schedulingStrategy",
    "deploymentController",
    "enableECSManagedTags",
    "propagateTags",
    "enableExecuteCommand",
    "availabilityZoneRebalancing",
];

/// Those that only its deployments show.
pub const ON_DEPLOYMENT: [&str; 3] = [
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

/// Members whose change starts a deployment (notes: `docs/ecs-behavior.md` §2).
const STARTS_ONE: [&str; 8] = [
    "networkConfiguration",
    "platformVersion",
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "deploymentController",
];

/// Returns the settings of a new service, including defaults.
pub fn created(input: &Value) -> Map<String, Value> {
    let mut settings = Map::new();
    let is_daemon = input["schedulingStrategy"] == "DAEMON";
    for (member, default) in [
        ("loadBalancers", json!([])),
        ("serviceRegistries", json!([])),
        ("placementConstraints", json!([])),
        ("placementStrategy", json!([])),
        ("schedulingStrategy", json!("REPLICA")),
        ("deploymentController", json!({"type": "ECS"})),
        ("enableECSManagedTags", json!(false)),
        ("propagateTags", json!("NONE")),
        ("enableExecuteCommand", json!(false)),
        ("availabilityZoneRebalancing", json!("ENABLED")),
        (
            "deploymentConfiguration",
            json!({
                "deploymentCircuitBreaker": {"enable": false, "rollback": false},
                "maximumPercent": if is_daemon { 100 } else { 200 },
                "minimumHealthyPercent": if is_daemon { 0 } else { 100 },
                "strategy": "ROLLING",
                "bakeTimeInMinutes": 0,
            }),
        ),
    ] {
        settings.insert(member.to_owned(), default);
    }
    if input.get("capacityProviderStrategy").is_none() {
        settings.insert("launchType".to_owned(), json!("EC2"));
    }
    take(&mut settings, input);
    if settings.get("launchType") == Some(&json!("FARGATE")) {
        settings.entry("platformVersion").or_insert(json!("LATEST"));
        settings.entry("platformFamily").or_insert(json!("Linux"));
    }
    settings
}

/// Copies the named members of an input into the settings.
fn take(settings: &mut Map<String, Value>, input: &Value) {
    for member in SHOWN.iter().chain(&ON_DEPLOYMENT) {
        let Some(value) = input.get(*member) else { continue };
        let mut shown = shown(member, value);
        if *member == "deploymentConfiguration" {
            // The only member that is merged, not replaced.
            let mut whole = settings.get(*member).cloned().unwrap_or_default();
            merge(&mut whole, &shown);
            shown = whole;
        }
        settings.insert((*member).to_owned(), shown);
    }
}

/// Returns a value as ECS shows it.
fn shown(member: &str, value: &Value) -> Value {
    let mut shown = value.clone();
    match member {
        "networkConfiguration" => {
            let vpc = &mut shown["awsvpcConfiguration"];
            if let Some(members) = vpc.as_object_mut() {
                members.entry("securityGroups").or_insert(json!([]));
                members.entry("assignPublicIp").or_insert(json!("DISABLED"));
                // Sets: their order isn't guaranteed.
                for set in ["subnets", "securityGroups"] {
                    members[set]
                        .as_array_mut()
                        .into_iter()
                        .for_each(|set| set.reverse());
                }
            }
        }
        "placementStrategy" => {
            for strategy in shown.as_array_mut().into_iter().flatten() {
                let upper = strategy["field"].as_str().map(str::to_uppercase);
                if let Some(upper) = upper.filter(|field| field == "CPU" || field == "MEMORY") {
                    strategy["field"] = upper.into();
                }
            }
        }
        "deploymentController" if value.get("type").is_none() => shown["type"] = json!("ECS"),
        // "If the discoveryName isn't specified, the port mapping name from the task definition is used" (API
        // reference, ServiceConnectService); read back (go-to-k/cdk-real-drift#406).
        "serviceConnectConfiguration" => {
            for service in items(&mut shown, "services") {
                let port = service["portName"].clone();
                service.entry("discoveryName").or_insert(port);
            }
        }
        // The only member that is filled in (measured: go-to-k/cdk-real-drift#412).
        "volumeConfigurations" => {
            for volume in shown.as_array_mut().into_iter().flatten() {
                if let Some(volume) = volume["managedEBSVolume"].as_object_mut() {
                    volume.entry("filesystemType").or_insert(json!("xfs"));
                }
            }
        }
        _ => {}
    }
    shown
}

fn items<'a>(value: &'a mut Value, member: &str) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let list = value.get_mut(member).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

/// Applies an UpdateService input. Returns whether it starts a deployment, or ECS's error.
pub fn updated(settings: &mut Map<String, Value>, input: &Value) -> Result<bool, Refusal> {
    let force = input["forceNewDeployment"] == true;
    let before = settings.clone();
    let mut after = settings.clone();
    take(&mut after, input);
    let changed: Vec<&str> = SHOWN
        .iter()
        .chain(&ON_DEPLOYMENT)
        .copied()
        .filter(|member| before.get(*member) != after.get(*member))
        .collect();
    let is_other_capacity = changed.contains(&"capacityProviderStrategy");
    if is_other_capacity && !force {
        return Err(Refusal::new(
            "InvalidParameterException",
            "When switching from launch type to capacity provider strategy on an existing service, or making a \
             change to a capacity provider strategy on a service that is already using one, you must force a new \
             deployment.",
        ));
    }
    if is_other_capacity {
        after.shift_remove("launchType");
    }
    let starts = force || STARTS_ONE.iter().any(|member| changed.contains(member));
    *settings = after;
    Ok(starts)
}
