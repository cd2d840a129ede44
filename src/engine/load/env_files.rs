//! Reads the files of `--env-file`.

use std::path::PathBuf;

use indexmap::IndexMap;

use super::{LoadError, read};
use crate::config::{Dotenv, MAX_BYTES};

/// Returns the variables of dotenv files; of a variable in several files, the last one. A file may be a pipe, so this
/// is not for the event loop.
pub fn read_env_files(paths: &[PathBuf]) -> Result<IndexMap<String, String>, LoadError> {
    let mut variables = IndexMap::new();
    for path in paths {
        let name = path.display().to_string();
        let unreadable = |said| LoadError::Unreadable {
            name: name.clone(),
            said,
        };
        let text = read(path).map_err(unreadable)?;
        if text.len() > MAX_BYTES {
            return Err(unreadable(format!("more than {} kB", MAX_BYTES >> 10)));
        }
        let file = Dotenv::parse(&text).map_err(|error| LoadError::InvalidEnvFile { name, error })?;
        variables.extend(file.variables.into_iter().map(|(name, value)| (name, value.text)));
    }
    Ok(variables)
}
