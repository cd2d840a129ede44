//! `environment` and `env_file`: the variables of the container.

use super::interpolation::environment_variable;
use super::parts::ComposeParts;
use crate::config::Dotenv;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::secret_todo::secret_todo;
use crate::init::source_reader::SourceReader;
use crate::init::template::Template;
use crate::model::{Node, NodeKind};
use crate::schema::holds_secret;

/// In the place of a value that isn't known yet, for the check of names.
const LATER: &str = "value-of-the-environment";

/// A file under `env_file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EnvFile {
    /// Its path as the Compose file has it.
    pub path: String,
    /// Whether it must exist.
    pub is_required: bool,
}

/// Adds the variables, and the files with more of them.
pub(super) fn add(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    if let Some(node) = service.get("env_file") {
        let files = env_files(node, parts.reader);
        add_files(&files, parts);
    }
    let Some(node) = service.get("environment") else {
        return;
    };
    let pairs = parts.reader.pairs("environment", node);
    let mut variables = DraftMap::default();
    for (name, value) in pairs {
        let value = value.unwrap_or_else(|| environment_variable(&name, &parts.inputs.variables));
        if looks_secret(&name, &value) {
            parts.container.todo(secret_todo(&name));
        }
        if let Some(value) = parts.reader.drafted(&value, node.span) {
            variables.put(&name, value.as_str());
        }
    }
    if !variables.is_empty() {
        parts.container.put("environment", variables);
    }
}

/// Whether a variable's value, or the value that takes its place later, looks like a secret.
fn looks_secret(name: &str, value: &Template) -> bool {
    match value.known() {
        Ok(known) => holds_secret(name, &known),
        // Only the names say so: that of the variable, and that of the one that fills it in.
        Err(unset) => [name, &unset].iter().any(|name| holds_secret(name, LATER)),
    }
}

/// Reads `env_file`: a path, a list of paths, or mappings with `path` and `required`.
pub(super) fn env_files(node: &Node, reader: &mut SourceReader<'_>) -> Vec<EnvFile> {
    let items = match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        NodeKind::Null => &[],
        _ => std::slice::from_ref(node),
    };
    let mut files = Vec::new();
    for item in items {
        let path = match item.get("path") {
            Some(path) => reader.known("path", path),
            None => reader.known("env_file", item),
        };
        let required = item.get("required");
        let is_required = required.and_then(|node| reader.flag("required", node));
        files.extend(path.map(|path| EnvFile {
            path,
            is_required: is_required.unwrap_or(true),
        }));
    }
    files
}

fn add_files(files: &[EnvFile], parts: &mut ComposeParts<'_, '_>) {
    let mut paths = Vec::new();
    for file in files {
        let path = parts.path(&file.path);
        match parts.inputs.env_files.get(&file.path) {
            Some(Some(text)) => note_values(&path, text, parts),
            _ if file.is_required => parts.container.todo(format!(
                "write {path}, which doesn't exist: compose names it in `env_file`"
            )),
            _ => {
                let attribute = format!("env_file {path}");
                parts.leave_out(&attribute, "the file doesn't exist");
                continue;
            }
        }
        paths.push(DraftValue::plain(&path));
    }
    if !paths.is_empty() {
        parts.container.put("envFile", DraftValue::List(paths));
    }
}

/// Notes what a person must decide about a file's variables, which become part of the task definition.
fn note_values(path: &str, text: &str, parts: &mut ComposeParts<'_, '_>) {
    let Ok(file) = Dotenv::parse(text) else { return };
    for (name, value) in &file.variables {
        if holds_secret(name, &value.text) {
            parts.container.todo(format!("{} (in {path})", secret_todo(name)));
        } else if value.text.contains('$') {
            parts.container.todo(format!(
                "write the value of {name} in {path} without `$`: Compose expands variables in it, ecsctl doesn't"
            ));
        }
    }
}
