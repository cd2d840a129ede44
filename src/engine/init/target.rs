//! Where a draft is written: a new file, or standard output.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::Value;

/// The names of the file; the first is that of a new one.
const NAMES: [&str; 2] = ["deploy.yaml", "ecsctl.yaml"];

/// Where the JSON Schema is written, in the folder of the draft.
const SCHEMA: &str = ".ecsctl/schema.json";

/// Where a draft is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftTarget {
    /// The file; None for standard output.
    path: Option<PathBuf>,
    overwrite: bool,
}

impl DraftTarget {
    /// Chooses the target: the file of `-f`, a file in the folder of `-f`, or deploy.yaml in the current folder; `-` is
    /// standard output. Fails if the file exists, unless it may be overwritten.
    pub fn choose(named: Option<&Path>, overwrite: bool) -> Result<Self, Failure> {
        let path = match named {
            Some(path) if path.as_os_str() == "-" => None,
            Some(path) if path.is_dir() => Some(in_folder(path)),
            Some(path) => Some(path.to_owned()),
            None => Some(in_folder(Path::new(""))),
        };
        match &path {
            Some(path) if !overwrite && path.symlink_metadata().is_ok() => Err(exists(path)),
            _ => Ok(Self { path, overwrite }),
        }
    }

    /// Returns the file as the user would type it; None for standard output.
    pub fn file(&self) -> Option<String> {
        self.path.as_ref().map(|path| path.display().to_string())
    }

    /// Returns the folder of the file; of standard output the current one.
    pub fn folder(&self) -> PathBuf {
        let folder = self.path.as_ref().and_then(|path| path.parent());
        match folder {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        }
    }

    /// Returns the file of the JSON Schema, relative to the draft's folder; None for standard output.
    pub fn schema(&self) -> Option<&'static str> {
        self.path.as_ref().map(|_| SCHEMA)
    }

    /// Writes the JSON Schema beside the file, for editors. Does nothing for standard output.
    pub fn write_schema(&self, schema: &Value) -> Result<(), Failure> {
        let Some(name) = self.schema() else { return Ok(()) };
        let path = self.folder().join(name);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder
            .and_then(|()| fs::write(&path, format!("{schema:#}\n")))
            .map_err(|error| unwritable(&path, &error))
    }

    /// Writes the file. Does nothing for standard output, which `ui` writes.
    pub fn write(&self, text: &str) -> Result<(), Failure> {
        let Some(path) = &self.path else { return Ok(()) };
        let mut options = OpenOptions::new();
        match self.overwrite {
            true => options.write(true).create(true).truncate(true),
            // Somebody else may have written it meanwhile.
            false => options.write(true).create_new(true),
        };
        let written = options
            .open(path)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => exists(path),
            _ => unwritable(path, &error),
        })
    }
}

/// Returns the file that a folder has, or is going to have.
fn in_folder(folder: &Path) -> PathBuf {
    let paths = NAMES.map(|name| folder.join(name));
    let found = paths.iter().find(|path| path.symlink_metadata().is_ok());
    found.unwrap_or(&paths[0]).clone()
}

fn exists(path: &Path) -> Failure {
    let name = path.display().to_string();
    Failure::new(Exit::Usage, "file-exists", format!("{name} exists already"))
        .resource(name)
        .hint("pass --yes to overwrite it, -f PATH to write another file, or -f - to print it")
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let name = path.display().to_string();
    let message = format!("{name} can't be written: {error}");
    Failure::new(Exit::Usage, "unwritable-file", message).resource(name)
}
