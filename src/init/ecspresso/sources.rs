//! The files of a service that ecspresso deploys.

use super::config::EcspressoConfig;
use super::path;
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::init::source_file::SourceFile;

/// Everything that ecspresso reads.
#[derive(Clone, Debug)]
pub struct EcspressoSources {
    /// The configuration.
    pub config: SourceFile,
    /// The service definition.
    pub service_definition: Option<SourceFile>,
    /// The task definition.
    pub task_definition: Option<SourceFile>,
    /// The path of the configuration's folder from deploy.yaml's; empty if they are the same.
    pub folder: String,
}

/// The paths in a configuration, relative to its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EcspressoPaths {
    /// `service_definition`.
    pub service_definition: Option<String>,
    /// `task_definition`.
    pub task_definition: Option<String>,
}

impl EcspressoPaths {
    /// Finds the paths in a configuration. `variable` returns an environment variable: a path may depend on one.
    pub fn of(config: &SourceFile, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let mut values = SourceFile::open_values(&[config])?;
        let read = EcspressoConfig::parse(config, &mut values)?;
        let path = |key: &'static str| -> Result<Option<String>, Failure> {
            let Some(written) = read.text(key)? else {
                return Ok(None);
            };
            path::resolved(&values.value(&written), variable)
                .map(Some)
                .map_err(|name| unresolved(config, key, &values.written(&written), name))
        };
        Ok(Self {
            service_definition: path("service_definition")?,
            task_definition: path("task_definition")?,
        })
    }
}

fn unresolved(config: &SourceFile, key: &str, written: &str, variable: Option<String>) -> Failure {
    let name = &config.name;
    let failure = |message: String| Failure::new(Exit::Usage, "unresolved-path", message).resource(name);
    match variable {
        Some(variable) => failure(format!(
            "`{key}` in {name} needs the environment variable {variable}"
        ))
        .hint(format!("set {variable}, and run the command again")),
        None => failure(format!("`{key}` in {name} can't be resolved: {written}"))
            .hint("write the path out in a copy of the file"),
    }
}
