//! The deploy.yaml of a scenario.

use serde_json::{Value, json};

use super::Scenario;
use super::files::WEB;
use super::world::merge;

/// Returns the service members of `WEB`.
fn usual() -> Value {
    let mut file: Value = serde_yaml::from_str(WEB).expect("YAML");
    file["services"]["web"].take()
}

/// Returns the file at the start of the scenario.
pub fn first(scenario: &Scenario) -> String {
    file(&[&scenario.deploy])
}

/// Returns the file with the scenario's change.
pub fn change(scenario: &Scenario) -> String {
    let other =
        json!({"taskDefinition": {"containerDefinitions": {"web": {"environment": {"VERSION": "2"}}}}});
    let change = if scenario.change.is_null() {
        &other
    } else {
        &scenario.change
    };
    file(&[&scenario.deploy, change])
}

fn file(patches: &[&Value]) -> String {
    let mut web = usual();
    for patch in patches {
        merge(&mut web, patch);
    }
    let file = json!({"region": "us-east-1", "services": {"web": web}});
    serde_yaml::to_string(&file).expect("YAML")
}
