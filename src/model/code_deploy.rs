//! A service's `codeDeploy:`, and what a deploy does with it.

use std::fmt;

use serde::Serialize;

use super::{Object, Value};

/// How many characters of a cluster's and a service's name the default names contain (aws-cli,
/// `customizations/ecs/filehelpers.py`).
const LONGEST_PART: usize = 46;

/// A service's `codeDeploy:`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeDeploySettings {
    /// `applicationName`.
    pub application: Option<String>,
    /// `deploymentGroupName`.
    pub group: Option<String>,
    /// `deploymentConfigName`; by default that of the group.
    pub config: Option<String>,
    /// The Lambda functions by lifecycle event, in the order of the events.
    pub hooks: Vec<(String, String)>,
}

/// The names of a CodeDeploy application and one of its deployment groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeDeployNames {
    /// The application.
    #[serde(rename = "applicationName")]
    pub application: String,
    /// The deployment group.
    #[serde(rename = "deploymentGroupName")]
    pub group: String,
}

impl CodeDeployNames {
    /// Returns the names for a service: those that the file sets, else the defaults of `aws ecs deploy`. The cluster
    /// may be an ARN.
    pub fn of(cluster: &str, service: &str, settings: Option<&CodeDeploySettings>) -> Self {
        let first = |name: &str| name.chars().take(LONGEST_PART).collect::<String>();
        let cluster = cluster.rsplit('/').next().unwrap_or(cluster);
        let suffix = format!("{}-{}", first(cluster), first(service));
        let named =
            |name: fn(&CodeDeploySettings) -> &Option<String>| settings.and_then(|it| name(it).clone());
        Self {
            application: named(|it| &it.application).unwrap_or_else(|| format!("AppECS-{suffix}")),
            group: named(|it| &it.group).unwrap_or_else(|| format!("DgpECS-{suffix}")),
        }
    }
}

impl fmt::Display for CodeDeployNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of application {}", self.group, self.application)
    }
}

/// The CodeDeploy deployment of a service's plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeDeployPlan {
    /// The application and the deployment group.
    #[serde(flatten)]
    pub names: CodeDeployNames,
    /// The deployment configuration, if the file sets it.
    #[serde(rename = "deploymentConfigName", skip_serializing_if = "Option::is_none")]
    pub config: Option<String>,
    /// The AppSpec, without the task definition.
    pub app_spec: Value,
    /// Whether a deployment is created even if the task definition stays: it changes the network, for example.
    pub replaces_tasks: bool,
}

impl CodeDeployPlan {
    /// Returns the AppSpec that deploys this task definition, as JSON.
    pub fn content(&self, definition: &str) -> String {
        let mut spec = self.app_spec.clone();
        if let Some(properties) = spec.pointer_mut("/Resources/0/TargetService/Properties") {
            let mut all = Object::new();
            all.insert("TaskDefinition".to_owned(), definition.into());
            all.extend(properties.as_object().cloned().unwrap_or_default());
            *properties = Value::Object(all);
        }
        spec.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn default_names_are_those_of_the_aws_cli() {
        let long = "c".repeat(50);
        let names = CodeDeployNames::of(&format!("arn:aws:ecs:us-east-1:1:cluster/{long}"), "web", None);
        assert_eq!(names.application, format!("AppECS-{}-web", "c".repeat(46)));
        assert_eq!(names.group, format!("DgpECS-{}-web", "c".repeat(46)));
        let settings = CodeDeploySettings {
            group: Some("blue-green".to_owned()),
            ..CodeDeploySettings::default()
        };
        let names = CodeDeployNames::of("shop", "web", Some(&settings));
        assert_eq!(names.to_string(), "blue-green of application AppECS-shop-web");
    }

    #[test]
    fn the_task_definition_is_put_into_the_app_spec() {
        let plan = CodeDeployPlan {
            names: CodeDeployNames::of("c", "web", None),
            config: None,
            app_spec: json!({"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service",
                "Properties": {"LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": 80}}}}]}),
            replaces_tasks: false,
        };
        assert_eq!(
            plan.content("web:2"),
            "{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\",\"Properties\":\
             {\"TaskDefinition\":\"web:2\",\"LoadBalancerInfo\":{\"ContainerName\":\"web\",\"ContainerPort\":80}}}}]}"
        );
    }
}
