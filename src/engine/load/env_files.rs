//! Reads the files of `--env-file`.

use std::path::PathBuf;

use indexmap::IndexMap;

use super::{LoadError, read_named};
use crate::config::{Dotenv, DotenvValue, MAX_BYTES};
use crate::diagnostic::{Sources, Span};
use crate::model::FilePosition;

/// A variable of a dotenv file.
#[derive(Clone, Debug)]
pub struct EnvFileVariable {
    /// The value.
    pub value: String,
    /// Where it is set.
    pub position: FilePosition,
}

/// Returns the variables of dotenv files; of a variable in several files, the last one. A file may be an open
/// pipe, so this is not for the event loop.
pub fn read_env_files(paths: &[PathBuf]) -> Result<IndexMap<String, EnvFileVariable>, LoadError> {
    let mut variables = IndexMap::new();
    for path in paths {
        let name = path.display().to_string();
        let unreadable = |said| LoadError::Unreadable {
            name: name.clone(),
            said,
        };
        let text = read_named(path).map_err(unreadable)?;
        if text.len() > MAX_BYTES {
            return Err(unreadable(format!("more than {} kB", MAX_BYTES >> 10)));
        }
        let file = Dotenv::parse(&text).map_err(|error| LoadError::InvalidEnvFile {
            name: name.clone(),
            error,
        })?;
        let mut sources = Sources::default();
        let source = sources.add(&name, file.masked);
        for (variable, DotenvValue { text: value, span }) in file.variables {
            let (start, end) = span;
            let (line, column) = sources.position(Span { source, start, end }).unwrap_or_default();
            let file = name.clone();
            let position = FilePosition { file, line, column };
            variables.insert(variable, EnvFileVariable { value, position });
        }
    }
    Ok(variables)
}
