//! The files that are made from the program itself, written or compared.

mod deploy_yaml;
mod man;
mod readme;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap_complete::{Generator, Shell};
use ecsctl::reference;

/// A file of the repository and what it has to say.
struct Generated {
    /// From the root, `/` between.
    path: String,
    content: String,
}

/// Folders in which every file is made here: others are left over from a verb that is gone.
const FOLDERS: [&str; 2] = ["completions", "man"];

/// Writes the files that are out of date, and removes those that are left over. Their paths.
pub fn write(root: &Path) -> Result<Vec<String>, GenerateError> {
    let (stale, left_over) = out_of_date(root)?;
    for file in &stale {
        let path = root.join(&file.path);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, &file.content))
            .map_err(|error| GenerateError::Disk(path.clone(), error))?;
    }
    for path in &left_over {
        let path = root.join(path);
        fs::remove_file(&path).map_err(|error| GenerateError::Disk(path, error))?;
    }
    Ok(stale.into_iter().map(|file| file.path).chain(left_over).collect())
}

/// An error that names the files that are out of date, if any are.
pub fn check(root: &Path) -> Result<Vec<String>, GenerateError> {
    let (stale, left_over) = out_of_date(root)?;
    let paths: Vec<String> = stale.into_iter().map(|file| file.path).chain(left_over).collect();
    if paths.is_empty() {
        Ok(paths)
    } else {
        Err(GenerateError::Stale(paths))
    }
}

/// The files that have to be written, and the paths of those that have to go.
fn out_of_date(root: &Path) -> Result<(Vec<Generated>, Vec<String>), GenerateError> {
    let files = files(root)?;
    let left_over = left_over(root, &files)?;
    let mut stale = Vec::new();
    for file in files {
        if read(&root.join(&file.path))?.as_deref() != Some(file.content.as_str()) {
            stale.push(file);
        }
    }
    Ok((stale, left_over))
}

fn files(root: &Path) -> Result<Vec<Generated>, GenerateError> {
    let mut files = man::pages()?;
    files.extend(Shell::value_variants().iter().map(|shell| Generated {
        path: format!("completions/{}", shell.file_name("ecsctl")),
        content: reference::completion_script(*shell),
    }));
    files.push(Generated {
        path: deploy_yaml::PATH.to_owned(),
        content: deploy_yaml::page(),
    });
    files.push(Generated {
        path: "docs/deploy.schema.json".to_owned(),
        content: format!("{:#}\n", reference::json_schema()),
    });
    // The README is written by hand, but for its marked parts.
    if let Some(text) = read(&root.join(readme::PATH))? {
        files.push(Generated {
            path: readme::PATH.to_owned(),
            content: readme::filled(&text)?,
        });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn left_over(root: &Path, files: &[Generated]) -> Result<Vec<String>, GenerateError> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        let path = root.join(folder);
        let entries = match fs::read_dir(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(|error| GenerateError::Disk(path.clone(), error))?,
        };
        for entry in entries {
            let entry = entry.map_err(|error| GenerateError::Disk(path.clone(), error))?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if files.iter().all(|file| file.path != name) {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Option<String>, GenerateError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(GenerateError::Disk(path.to_owned(), error)),
    }
}

/// Why the generated files could not be made or are not what they should be.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// These files are not what they should be.
    #[error("{} out of date\n  {}\n  hint:  scripts/generate", count(.0), .0.join("\n  "))]
    Stale(Vec<String>),
    /// The README has a marked part that is not made here.
    #[error("the part `{0}` of {path} is not known\n  hint:  known parts: {known}", path = readme::PATH, known = readme::names())]
    UnknownPart(String),
    /// The README has a marked part without its end.
    #[error("the part `{0}` of {path} has no end\n  hint:  close it with {end}", path = readme::PATH, end = readme::END)]
    Unterminated(String),
    /// A file can't be read or written.
    #[error("{path} can't be read or written: {1}", path = .0.display())]
    Disk(PathBuf, io::Error),
}

fn count(paths: &[String]) -> String {
    match paths.len() {
        1 => "a generated file is".to_owned(),
        count => format!("{count} generated files are"),
    }
}
