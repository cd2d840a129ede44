//! ecspresso's configuration: `ecspresso.yml`.

use super::functions::{TemplateFunction, TemplateFunctions};
use crate::config::{ConfigError, ForeignFile};
use crate::diagnostic::Problem;
use crate::init::open_values::OpenValues;
use crate::init::source_file::SourceFile;
use crate::model::{Node, NodeKind};

/// A parsed configuration. Marks stand for its templates.
#[derive(Debug)]
pub(super) struct EcspressoConfig {
    file: ForeignFile,
    /// The conditions and loops in it.
    pub controls: Vec<(String, String)>,
}

impl EcspressoConfig {
    /// Parses a configuration, and checks that it is one of a service or a task definition.
    pub fn parse(source: &SourceFile, values: &mut OpenValues) -> Result<Self, ConfigError> {
        let mut functions = TemplateFunctions::without_plugins();
        functions.add("", &TemplateFunction::OF_STATE);
        let (file, masked) = source.masked(values, &|expression, variables| {
            functions.translate(expression, variables)
        })?;
        let config = Self {
            file,
            controls: masked.controls,
        };
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let root = &self.file.root;
        let name = &self.file.name;
        let invalid = |message: String, node: &Node, label: &str| {
            Err(self
                .file
                .invalid(Problem::error("not-ecspresso", message, node.span).label(label)))
        };
        if root.entries().is_none() {
            let message = format!("{name} is not a configuration of ecspresso");
            return invalid(message, root, "must be a mapping");
        }
        if let Some(express) = root.get("express_definition") {
            let message = format!("{name} deploys an ECS Express service, which ecsctl doesn't");
            return invalid(
                message,
                express,
                "convert the service: ecspresso init --no-express",
            );
        }
        let has = |key: &str| root.get(key).is_some_and(|node| !node.is_null());
        if !has("task_definition") && !has("service_definition") {
            let message = format!("{name} has neither `task_definition` nor `service_definition`");
            return invalid(
                message,
                root,
                "pass ecspresso's configuration, such as ecspresso.yml",
            );
        }
        Ok(())
    }

    /// Returns a setting, unless it is null.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.file.root.get(key).filter(|node| !node.is_null())
    }

    /// Returns all settings by name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.file.root.members().iter().map(|entry| entry.key.as_str())
    }

    /// Returns a setting that is a text; None if it is empty.
    pub fn text(&self, key: &str) -> Result<Option<String>, ConfigError> {
        match self.get(key) {
            Some(node) => self
                .text_of(node, key)
                .map(|text| text.filter(|it| !it.is_empty())),
            None => Ok(None),
        }
    }

    /// Returns the text of a value: YAML reads some texts as numbers.
    pub fn text_of(&self, node: &Node, key: &str) -> Result<Option<String>, ConfigError> {
        match &node.kind {
            NodeKind::Text(_) => Ok(node.as_str().map(str::to_owned)),
            NodeKind::Number(_, written) | NodeKind::Bool(_, written) => Ok(Some(written.clone())),
            NodeKind::Null => Ok(None),
            NodeKind::List(_) | NodeKind::Map(_) => {
                let problem = Problem::error("wrong-type", format!("`{key}` must be a string"), node.span);
                Err(self.file.invalid(problem))
            }
        }
    }
}
