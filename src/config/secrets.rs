//! The secret values that a manifest holds in plain text.

use serde_json::json;

use crate::model::{BuildSecret, ImageSource, Manifest, TaskDefinitionSource};
use crate::schema::{secrets_in, secrets_of};

/// Returns the values of environments and build arguments whose names or forms indicate a secret, and those that
/// `variable` has for the build secrets.
pub fn secrets(manifest: &Manifest, variable: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    for image in manifest.images.values() {
        let ImageSource::Build(build) = &image.source else {
            continue;
        };
        let args = build.args.iter().chain(&build.labels);
        found.extend(args.flat_map(|(name, value)| secrets_in(name, value)));
        for secret in build.secrets.values() {
            if let BuildSecret::Env(name) = secret
                && let Some(value) = variable(name)
            {
                found.extend(secrets_in("SECRET", &value));
            }
        }
    }
    for service in manifest.specs() {
        let (TaskDefinitionSource::Owned(node) | TaskDefinitionSource::Based { changes: node, .. }) =
            &service.definition
        else {
            continue;
        };
        found.extend(secrets_of(&node.to_value(&|image| image.to_string())));
    }
    for job in manifest.jobs.values() {
        let overrides = job.fields.get("overrides");
        let containers = overrides.and_then(|it| it.get("containerOverrides"));
        if let Some(containers) = containers {
            let containers = containers.to_value(&|image| image.to_string());
            found.extend(secrets_of(&json!({"containerDefinitions": containers})));
        }
    }
    found
}
