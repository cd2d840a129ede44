//! Reads ecspresso's configuration, and the definitions that it names.

use std::path::Path;

use super::relative_folder::relative_folder;
use super::source_file::{in_folder, read_source};
use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;
use crate::init::{Draft, EcspressoPaths, EcspressoSources, SourceFile, SourceOptions, from_ecspresso};

/// Drafts a file from ecspresso's configuration. `target` is the folder of the draft.
pub fn draft_of_ecspresso(path: &Path, target: &Path, options: &SourceOptions) -> Result<Draft, Failure> {
    if is_jsonnet(path) {
        return Err(jsonnet_config(path));
    }
    let config = read_source(path)?;
    let paths = EcspressoPaths::of(&config, &|name| std::env::var(name).ok())?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read = |written: Option<String>, target: &'static str| -> Result<Option<SourceFile>, Failure> {
        let Some(written) = written else { return Ok(None) };
        let definition = in_folder(folder, &written);
        match is_jsonnet(&definition) {
            true => Err(jsonnet_definition(&definition, path, target)),
            false => read_source(&definition).map(Some),
        }
    };
    let sources = EcspressoSources {
        service_definition: read(paths.service_definition, "servicedef")?,
        task_definition: read(paths.task_definition, "taskdef")?,
        folder: relative_folder(target, folder),
        config,
    };
    Ok(from_ecspresso(&sources, options)?)
}

fn is_jsonnet(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    extension.is_some_and(|it| matches!(it.to_ascii_lowercase().as_str(), "jsonnet" | "libsonnet"))
}

/// The commands are those of ecspresso's README: `ecspresso render <targets>`, with `--config`.
fn jsonnet_config(path: &Path) -> Failure {
    let name = path.display();
    let hint = Suggestion::from(format!(
        "render it first, with `ecspresso render config --config {name} > ecspresso-rendered.yml`, then run "
    ));
    jsonnet(path).hint(hint.run("init", "--ecspresso ecspresso-rendered.yml"))
}

fn jsonnet_definition(path: &Path, config: &Path, target: &str) -> Failure {
    let json = path.with_extension("json");
    let config = config.display();
    let hint = Suggestion::from(format!(
        "render it first, with `ecspresso render {target} --config {config} > {}`, name that file in {config}, then run ",
        json.display()
    ));
    jsonnet(path).hint(hint.run("init", format!("--ecspresso {config}")))
}

fn jsonnet(path: &Path) -> Failure {
    let name = path.display().to_string();
    Failure::new(
        Exit::Usage,
        "jsonnet",
        format!("{name} is Jsonnet, which ecsctl doesn't read"),
    )
    .resource(name)
}
