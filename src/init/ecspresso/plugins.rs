//! `plugins:` of ecspresso's configuration.

use super::config::EcspressoConfig;
use super::functions::{TemplateFunction, TemplateFunctions};
use super::state::StatePlugin;
use crate::config::ConfigError;
use crate::model::Node;

/// The plugins of a configuration.
#[derive(Debug)]
pub(super) struct EcspressoPlugins {
    /// The functions that templates may use.
    pub functions: TemplateFunctions,
    /// Where Terraform's state is.
    pub state: Option<StatePlugin>,
    /// What a person must know.
    pub todos: Vec<String>,
}

impl EcspressoPlugins {
    /// Reads the plugins. `folder` is the path of the configuration's folder from deploy.yaml's.
    pub fn of(config: &EcspressoConfig, folder: &str) -> Result<Self, ConfigError> {
        let mut plugins = Self {
            functions: TemplateFunctions::without_plugins(),
            state: None,
            todos: Vec::new(),
        };
        let items = config.get("plugins").and_then(Node::items).unwrap_or_default();
        for item in items {
            plugins.add(config, item, folder)?;
        }
        if plugins.state.is_none() {
            plugins.functions.add("", &TemplateFunction::OF_STATE);
        }
        Ok(plugins)
    }

    fn add(&mut self, config: &EcspressoConfig, item: &Node, folder: &str) -> Result<(), ConfigError> {
        let text = |key: &str| match item.get(key) {
            Some(node) => config.text_of(node, key).map(Option::unwrap_or_default),
            None => Ok(String::new()),
        };
        let (name, prefix) = (text("name")?, text("func_prefix")?);
        match name.to_ascii_lowercase().as_str() {
            "ssm" => self.functions.add(&prefix, &TemplateFunction::OF_PARAMETERS),
            "secretsmanager" => self.functions.add(&prefix, &TemplateFunction::OF_SECRETS),
            "cloudformation" => self.functions.add(&prefix, &TemplateFunction::OF_CLOUDFORMATION),
            "tfstate" => {
                let state = StatePlugin::of(config, item, folder)?;
                match &self.state {
                    Some(_) => self.todos.push(format!(
                        "read the values of {} in another way: ecsctl reads one Terraform state",
                        state.location
                    )),
                    None => {
                        self.functions.add(&prefix, &TemplateFunction::OF_STATE);
                        self.state = Some(state);
                    }
                }
            }
            _ => self.todos.push(format!(
                "replace the functions of the plugin {name}, which ecsctl doesn't have"
            )),
        }
        Ok(())
    }
}
