//! `ecsctl generate`: the files that are made from the program itself, written or compared.

mod man;
mod readme;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap_complete::{Generator, Shell};

use crate::cli::GenerateArgs;
use crate::commands::{Context, completions};
use crate::diagnostic::{Explain, Explanation, Failure};
use crate::exit::Exit;
use crate::ui::{Line, Sign};

/// A file of the repository and what it has to say.
struct Generated {
    /// From the root, `/` between.
    path: String,
    content: String,
}

/// Folders in which every file is made here: others are left over from a verb that is gone.
const FOLDERS: [&str; 2] = ["completions", "man"];

/// Writes what is out of date, or with `--check` only says so.
pub fn run(args: &GenerateArgs, context: &Context) -> Result<Exit, Failure> {
    let files = files(&args.root)?;
    let mut stale = Vec::new();
    for file in &files {
        let path = args.root.join(&file.path);
        if read(&path)?.as_deref() != Some(file.content.as_str()) {
            stale.push(file.path.clone());
            if !args.check {
                write(&path, &file.content)?;
            }
        }
    }
    for path in left_over(&args.root, &files)? {
        stale.push(path.clone());
        if !args.check {
            let path = args.root.join(path);
            fs::remove_file(&path).map_err(|error| GenerateError::Disk(path, error))?;
        }
    }
    if args.check && !stale.is_empty() {
        return Err(GenerateError::Stale(stale).into());
    }
    let done = if stale.is_empty() {
        Sign::Same
    } else {
        Sign::Change
    };
    let text = if stale.is_empty() {
        "all generated files are fresh".to_owned()
    } else {
        stale.join("\n")
    };
    for line in text.lines() {
        context
            .printer
            .result(&Line::new().sign(done).text(" ").text(line));
    }
    Ok(Exit::Done)
}

fn files(root: &Path) -> Result<Vec<Generated>, Failure> {
    let mut files = man::pages()?;
    files.extend(Shell::value_variants().iter().map(|shell| Generated {
        path: format!("completions/{}", shell.file_name("ecsctl")),
        content: completions::script(*shell),
    }));
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

fn left_over(root: &Path, files: &[Generated]) -> Result<Vec<String>, Failure> {
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

fn write(path: &Path, content: &str) -> Result<(), GenerateError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, content))
        .map_err(|error| GenerateError::Disk(path.to_owned(), error))
}

/// Why the generated files could not be made or are not what they should be.
#[derive(Debug, thiserror::Error)]
enum GenerateError {
    #[error("{} out of date", count(.0))]
    Stale(Vec<String>),
    #[error("the part `{0}` of {path} is not known", path = readme::PATH)]
    UnknownPart(String),
    #[error("the part `{0}` of {path} has no end", path = readme::PATH)]
    Unterminated(String),
    #[error("{} can't be read or written", .0.display())]
    Disk(PathBuf, #[source] io::Error),
}

fn count(paths: &[String]) -> String {
    match paths.len() {
        1 => "a generated file is".to_owned(),
        count => format!("{count} generated files are"),
    }
}

impl Explain for GenerateError {
    fn explain(&self) -> Explanation {
        let unexpected = |code| Explanation::new(Exit::Unexpected, code);
        match self {
            GenerateError::Stale(paths) => unexpected("generated-stale")
                .details(paths.clone())
                .hint("scripts/generate"),
            GenerateError::UnknownPart(_) => {
                unexpected("generated-part").hint(format!("known parts: {}", readme::names().join(", ")))
            }
            GenerateError::Unterminated(_) => {
                unexpected("generated-part").hint(format!("close it with {}", readme::END))
            }
            GenerateError::Disk(_, error) => unexpected("disk").said("system", error.to_string()),
        }
    }
}
