//! The service definition and the task definition, with marks in the place of their templates.

use super::config::EcspressoConfig;
use super::plugins::EcspressoPlugins;
use super::sources::EcspressoSources;
use crate::config::{ConfigError, ForeignFile, ForeignReading};
use crate::init::open_values::OpenValues;
use crate::init::source_file::SourceFile;
use crate::model::Object;

/// What ecspresso deploys.
#[derive(Debug)]
pub(super) struct EcspressoDefinitions {
    /// The members of CreateService.
    pub service: Option<Object>,
    /// The name of the service in the service definition.
    pub service_name: Option<String>,
    /// The task definition that the service definition names.
    pub running: Option<String>,
    /// The input of RegisterTaskDefinition.
    pub task: Option<Object>,
    /// The conditions and loops in all of the files.
    pub controls: Vec<(String, String)>,
}

impl EcspressoDefinitions {
    /// Reads the definitions.
    pub fn read(
        sources: &EcspressoSources,
        config: &EcspressoConfig,
        plugins: &EcspressoPlugins,
        allow_unknown: bool,
        values: &mut OpenValues,
    ) -> Result<Self, ConfigError> {
        let mut definitions = Self {
            service: None,
            service_name: None,
            running: None,
            task: None,
            controls: config.controls.clone(),
        };
        if let Some(source) = &sources.service_definition {
            let file = definitions.parse(source, plugins, values)?;
            let text = |key: &str| {
                file.root
                    .text_of(key)
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned)
            };
            definitions.service_name = text("serviceName");
            definitions.running = text("taskDefinition");
            let is_open = |text: &str| values.is_in(text);
            let reading = ForeignReading {
                is_open: &is_open,
                allow_unknown,
            };
            definitions.service = Some(file.service(reading)?);
        }
        if let Some(source) = &sources.task_definition {
            let file = definitions.parse(source, plugins, values)?;
            let is_open = |text: &str| values.is_in(text);
            let reading = ForeignReading {
                is_open: &is_open,
                allow_unknown,
            };
            definitions.task = Some(file.definition(reading)?);
        }
        Ok(definitions)
    }

    fn parse(
        &mut self,
        source: &SourceFile,
        plugins: &EcspressoPlugins,
        values: &mut OpenValues,
    ) -> Result<ForeignFile, ConfigError> {
        let functions = &plugins.functions;
        let (file, masked) = source.masked(values, &|expression, variables| {
            functions.translate(expression, variables)
        })?;
        self.controls.extend(masked.controls);
        Ok(file)
    }
}
