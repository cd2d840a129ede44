//! Reads the files of a source.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Failure;
use crate::engine::load::read_named;
use crate::exit::Exit;
use crate::init::SourceFile;

/// Reads a file, without a byte order mark.
pub(super) fn read_source(path: &Path) -> Result<SourceFile, Failure> {
    let name = path.display().to_string();
    let text = read_named(path).map_err(|reason| unreadable(&name, reason))?;
    let text = text.trim_start_matches('\u{feff}').to_owned();
    Ok(SourceFile { name, text })
}

/// Returns the error for a file that can't be read.
pub(super) fn unreadable(name: &str, reason: String) -> Failure {
    let message = format!("{name} can't be read: {reason}");
    Failure::new(Exit::Usage, "unreadable-file", message).resource(name)
}

/// Returns a path that is relative to a folder, as the user would type it.
pub(super) fn in_folder(folder: &Path, path: &str) -> PathBuf {
    let parts = folder.join(path);
    let is_here = |part: &Component<'_>| matches!(part, Component::CurDir);
    parts.components().filter(|part| !is_here(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_that_people_type() {
        for (folder, path, expected) in [
            ("", "td.json", "td.json"),
            ("ecs", "./td.json", "ecs/td.json"),
            ("ecs", "../td.json", "ecs/../td.json"),
            (".", "td.json", "td.json"),
            ("ecs", "/td.json", "/td.json"),
        ] {
            assert_eq!(in_folder(Path::new(folder), path), PathBuf::from(expected));
        }
    }
}
