//! Tests from the text of deploy.yaml to the manifest, or to the messages shown to the user.

mod autoscaling;
mod bases;
mod conflicts;
mod constraints;
mod defaults;
mod definitions;
mod empty;
mod environment_laws;
mod environments;
mod files;
mod follow_on;
mod images;
mod jobs;
mod laws;
mod links;
mod minimal;
mod pasted;
mod refusals;
mod schedules;
mod services;
mod top;
mod volumes;
mod warnings;

use std::path::Path;

use super::*;
use crate::diagnostic::render as show;
use crate::model::Value;

/// A test's file and its inputs.
#[derive(Default)]
struct FileCase {
    files: ReferencedFiles,
    overrides: FileOverrides,
    vars: Vec<(&'static str, &'static str)>,
}

impl FileCase {
    fn file(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), Ok(text.to_owned()));
        self
    }

    fn image(mut self, name: &str, reference: &str) -> Self {
        self.overrides
            .images
            .push((name.to_owned(), reference.to_owned()));
        self
    }

    fn load(&self, text: &str) -> Result<LoadedFile, ConfigError> {
        let document = Document::parse("deploy.yaml", text)?.in_environment(&self.overrides)?;
        let lookups = Lookups {
            vars: self
                .vars
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            env: [("STAGE".to_owned(), "dev".to_owned())].into(),
            region: Some("eu-west-1".to_owned()),
            ..Lookups::default()
        };
        document.load(ManifestInput {
            root: Path::new("/app"),
            lookups: &lookups,
            files: &self.files,
            overrides: &self.overrides,
        })
    }

    /// Returns all messages about the file, including warnings.
    fn said(&self, text: &str) -> String {
        match self.load(text) {
            Ok(loaded) => show(
                &loaded.warnings,
                &loaded.sources,
                crate::diagnostic::RenderStyle::default(),
            ),
            Err(rejected) => show(
                &rejected.problems,
                &rejected.sources,
                crate::diagnostic::RenderStyle::default(),
            ),
        }
    }

    /// Returns the document of `ecsctl render` for a valid file.
    fn rendered(&self, text: &str) -> Value {
        match self.load(text) {
            Ok(loaded) => render(&loaded.manifest, true),
            Err(rejected) => panic!(
                "{}",
                show(
                    &rejected.problems,
                    &rejected.sources,
                    crate::diagnostic::RenderStyle::default()
                )
            ),
        }
    }

    /// Returns the service `web` in the rendered document.
    fn web(&self, text: &str) -> Value {
        self.rendered(text)["services"]["web"].take()
    }
}

fn said(text: &str) -> String {
    FileCase::default().said(text)
}

fn web(text: &str) -> Value {
    FileCase::default().web(text)
}

/// Returns a valid service `web`, with lines added to the service and to its task definition.
fn service(service: &str, definition: &str) -> String {
    let lines = |text: &str, indent: &str| {
        text.lines()
            .map(|line| format!("{indent}{line}\n"))
            .collect::<String>()
    };
    format!(
        "services:\n  web:\n{}    taskDefinition:\n{}      containerDefinitions:\n        \
         web: {{image: busybox, portMappings: [{{containerPort: 80, name: http}}]}}\n",
        lines(service, "    "),
        lines(definition, "      "),
    )
}

/// Returns the same, with a size that Fargate offers.
fn fargate(more: &str) -> String {
    service(more, "cpu: 256\nmemory: 512")
}
