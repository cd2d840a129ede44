//! Reads a Compose file and what it refers to.

use std::collections::BTreeMap;
use std::path::Path;

use indexmap::IndexMap;

use super::named_text;
use super::relative_folder::relative_folder;
use super::source_file::read_source;
use crate::config::Dotenv;
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::init::{ComposeFile, ComposeInputs, Draft, DraftHead};

/// Drafts a file from a Compose file; `-` is standard input. `target` is the folder of deploy.yaml.
pub fn draft_of_compose(path: &Path, target: &Path, head: &DraftHead) -> Result<Draft, Failure> {
    let (name, text) = named_text(path)?;
    let file = ComposeFile::parse(&name, &text)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let variables = dot_env(&folder.join(".env"))?;
    let mut env_files = BTreeMap::new();
    for named in file.env_files(&variables) {
        let content = content(&folder.join(&named))?;
        env_files.insert(named, content);
    }
    let inputs = ComposeInputs {
        variables,
        env_files,
        folder: relative_folder(target, folder),
    };
    Ok(file.draft(&inputs, head)?)
}

/// Returns the variables of `.env`; none if the file doesn't exist.
fn dot_env(path: &Path) -> Result<IndexMap<String, String>, Failure> {
    let Some(text) = content(path)? else {
        return Ok(IndexMap::new());
    };
    let file = Dotenv::parse(&text).map_err(|error| {
        let name = path.display().to_string();
        Failure::new(Exit::Usage, "dotenv", format!("{name}: {error}"))
            .resource(name)
            .hint("write NAME=VALUE, and quote a value of several lines")
    })?;
    let variables = file.variables.into_iter();
    Ok(variables.map(|(name, value)| (name, value.text)).collect())
}

/// Returns the content of a file; None if it doesn't exist.
fn content(path: &Path) -> Result<Option<String>, Failure> {
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    Ok(Some(read_source(path)?.text))
}
