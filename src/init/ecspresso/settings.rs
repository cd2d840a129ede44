//! Settings of ecspresso's configuration that deploy.yaml has elsewhere, or not at all.

use super::config::EcspressoConfig;
use crate::config::ConfigError;
use crate::init::draft::{DraftMap, DraftValue};
use crate::model::{Node, Object, Value};

/// The settings that are read elsewhere, and `required_version`, which is about ecspresso.
const READ: [&str; 9] = [
    "region",
    "cluster",
    "service",
    "service_definition",
    "task_definition",
    "plugins",
    "codedeploy",
    "appspec",
    "required_version",
];

/// Adds a line for each setting that deploy.yaml doesn't have.
pub(super) fn put_settings(root: &mut DraftMap, config: &EcspressoConfig) {
    for name in config.names().filter(|name| !READ.contains(name)) {
        let written = config.get(name).and_then(Node::as_str).unwrap_or("…");
        match name {
            "timeout" => root.comment(format!(
                "`ecsctl deploy --timeout` is ecspresso's `timeout: {written}`, 15 minutes by default"
            )),
            "ignore" => root
                .comment("ecspresso's `ignore` isn't needed: ecsctl leaves tags alone that it doesn't name"),
            "filter_command" => {}
            _ => root.todo(format!("ecspresso's setting `{name}` has no counterpart")),
        }
    }
}

/// Adds `codeDeploy:` to a service.
pub(super) fn put_code_deploy(
    drafted: &mut DraftMap,
    members: &Object,
    config: &EcspressoConfig,
) -> Result<(), ConfigError> {
    let mut code_deploy = DraftMap::default();
    if let Some(settings) = config.get("codedeploy") {
        for entry in settings.members() {
            let key = match entry.key.as_str() {
                "application_name" => "applicationName",
                "deployment_group_name" => "deploymentGroupName",
                "deployment_config_name" => "deploymentConfigName",
                other => {
                    drafted.todo(format!(
                        "ecspresso's setting `codedeploy.{other}` has no counterpart"
                    ));
                    continue;
                }
            };
            if let Some(text) = config.text_of(&entry.value, &entry.key)? {
                code_deploy.put(key, DraftValue::literal(&Value::from(text)));
            }
        }
    }
    if let Some(hooks) = config.get("appspec").and_then(|it| it.get("Hooks")) {
        let hooks = hooks.to_value(&ToString::to_string);
        if !hooks.as_array().is_some_and(Vec::is_empty) {
            code_deploy.put("hooks", DraftValue::literal(&hooks));
        }
    }
    let controller = members
        .get("deploymentController")
        .and_then(|it| it["type"].as_str());
    match controller {
        _ if code_deploy.is_empty() => {}
        None | Some("CODE_DEPLOY") => drafted.put("codeDeploy", code_deploy),
        Some(other) => drafted.comment(format!(
            "left out: `codedeploy` and `appspec`, which have no effect with deployment controller {other}"
        )),
    }
    Ok(())
}
