//! Loads deploy.yaml from disk: finds it, reads it, and resolves its `${…}` references. Makes no AWS calls.

mod connect;
mod env_files;
mod error;
mod find_file;
mod git;
mod sources;
mod states;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::config::{
    ConfigError, Document, Explainer, FileOverrides, GitOutcome, LoadedFile, LoadedNames, Lookups, MAX_BYTES,
    ManifestInput, NeededSources, ReferencedFiles, SessionSettings, SourceReplies, UsedFacts,
};
use crate::diagnostic::Sources;
use crate::files;
use crate::model::{AccountId, LookVerb};

pub use connect::{ConnectedProject, FileContent, OpenedProject};
pub use env_files::{EnvFileVariable, read_env_files};
pub use error::LoadError;
pub(in crate::engine) use git::commit;
pub(in crate::engine) use sources::region_of;

/// Command-line options about the file.
#[derive(Clone, Debug, Default)]
pub struct FileOptions {
    /// `--file`.
    pub file: Option<PathBuf>,
    /// `--var`; if a name is repeated, the last one wins.
    pub vars: Vec<(String, String)>,
    /// Those of them that come from `ECSCTL_VAR_…`.
    pub vars_from_env: BTreeSet<String>,
    /// The variables of `--env-file`; those of the process override them.
    pub env: Arc<IndexMap<String, EnvFileVariable>>,
    /// Flags that override members of the file.
    pub overrides: FileOverrides,
    /// The services to look at, named on the command line: with `--cluster` they stand for a file.
    pub looked_at: Option<(LookVerb, Vec<String>)>,
}

impl FileOptions {
    /// The options to look at services that are named on the command line.
    #[must_use]
    pub fn looking_at(self, verb: LookVerb, names: &[String]) -> Self {
        let looked_at = Some((verb, names.to_vec()));
        Self { looked_at, ..self }
    }
}

/// How much of deploy.yaml is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePart {
    /// All of it.
    Whole,
    /// The session's settings, the cluster and the services' names. Nothing else in the file is looked up or
    /// checked, so it can't be an error.
    Names,
}
/// How many bytes the files that deploy.yaml names may have before a further one is read.
const MAX_FILES: usize = 8 << 20;

/// deploy.yaml with everything that it refers to, as far as it is known.
#[derive(Clone, Debug)]
pub struct Project {
    document: Document,
    root: PathBuf,
    lookups: Lookups,
    files: ReferencedFiles,
    overrides: FileOverrides,
    is_without_file: bool,
    /// Whether the file refers to Terraform's state.
    needs_state: bool,
}

impl Project {
    /// Finds and reads the file; of the `part`, also the variables and files that it names, and runs git if it
    /// uses git facts.
    pub fn open(options: &FileOptions, part: FilePart) -> Result<Self, LoadError> {
        let here = std::env::current_dir().map_err(|error| LoadError::NoFolder { error })?;
        Self::open_from(options, part, &here, &|name| std::env::var_os(name))
    }

    fn open_from(
        options: &FileOptions,
        part: FilePart,
        here: &Path,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, LoadError> {
        let found = match find_file::file(options.file.as_deref(), here) {
            Err(LoadError::NoFile { .. }) if is_without_file(options, part) => {
                return Self::without_file(options, here, variable);
            }
            found => found?,
        };
        let text = read(&found.path).map_err(|said| LoadError::Unreadable {
            name: found.name.clone(),
            said,
        })?;
        let document = Document::parse(&found.name, &text)?.in_environment(&options.overrides)?;
        let document = match part {
            FilePart::Whole => document,
            FilePart::Names => document.names_only(),
        };
        let mut lookups = Lookups {
            vars: options.vars.iter().cloned().collect::<IndexMap<_, _>>(),
            vars_from_env: options.vars_from_env.clone(),
            ..Lookups::default()
        };
        let references = document.references();
        for name in references.env {
            let value = match variable(&name).map(OsString::into_string) {
                Some(Ok(value)) => Some(value),
                Some(Err(_)) => return Err(LoadError::NotUnicode { name }),
                None => {
                    let variable = options.env.get(&name).cloned();
                    let position = variable.as_ref().map(|it| (name.clone(), it.position.clone()));
                    lookups.from_env_file.extend(position);
                    variable.map(|it| it.value)
                }
            };
            lookups.env.extend(value.map(|value| (name, value)));
        }
        let variable = |name: &str| variable(name).and_then(|value| value.into_string().ok());
        lookups.git = match references.git {
            true => git::ask(&found.root, references.git_dirty, &variable),
            false => GitOutcome::NotAsked,
        };
        let of_environment = environment_region(&variable);
        let learn_settings = |lookups: &mut Lookups| {
            let settings = document.settings(lookups, &options.overrides);
            lookups.account = settings.account;
            lookups.region = settings.region.or_else(|| of_environment.clone());
        };
        learn_settings(&mut lookups);
        if references.tfstate {
            states::read_files(&document, &found.root, &mut lookups);
            learn_settings(&mut lookups);
        }
        let mut project = Self {
            document,
            root: found.root,
            lookups,
            files: ReferencedFiles::new(),
            overrides: options.overrides.clone(),
            is_without_file: false,
            needs_state: references.tfstate,
        };
        project.read_named_files();
        Ok(project)
    }

    /// Returns what a file would be that has only the services named on the command line.
    fn without_file(
        options: &FileOptions,
        here: &Path,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, LoadError> {
        let names = match &options.looked_at {
            Some((verb, names)) if names.is_empty() => return Err(LoadError::NoFileNorName { verb: *verb }),
            Some((_, names)) => names.as_slice(),
            None => &[],
        };
        Ok(Self::of_names(options, names, here, variable))
    }

    /// Returns what a file would be that has only this service.
    pub fn of_service(options: &FileOptions, name: &str) -> Result<Self, LoadError> {
        let here = std::env::current_dir().map_err(|error| LoadError::NoFolder { error })?;
        let names = [name.to_owned()];
        Ok(Self::of_names(options, &names, &here, &|name| {
            std::env::var_os(name)
        }))
    }

    fn of_names(
        options: &FileOptions,
        names: &[String],
        here: &Path,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Self {
        let variable = |name: &str| variable(name).and_then(|value| value.into_string().ok());
        let region = options.overrides.region.clone();
        Self {
            document: Document::of_services(names),
            root: here.to_owned(),
            lookups: Lookups {
                region: region.or_else(|| environment_region(&variable)),
                ..Lookups::default()
            },
            files: ReferencedFiles::new(),
            overrides: options.overrides.clone(),
            is_without_file: true,
            needs_state: false,
        }
    }

    /// Reads the files that are needed and haven't been read. A file may be a pipe, so this is not for the event
    /// loop.
    fn read_files(&mut self) {
        if self.needs_state {
            states::read_files(&self.document, &self.root, &mut self.lookups);
        }
        self.read_named_files();
    }

    /// Reads those that task definitions and `envFile` name.
    fn read_named_files(&mut self) {
        for name in self.document.files_needed(&self.lookups) {
            let known = self.files.values().flatten().map(String::len).sum::<usize>();
            if let Entry::Vacant(entry) = self.files.entry(name) {
                let text = match known {
                    0..=MAX_FILES => read_named(&self.root.join(entry.key())),
                    _ => Err(format!(
                        "the files before it have more than {} MiB",
                        MAX_FILES >> 20
                    )),
                };
                entry.insert(text);
            }
        }
    }

    /// Whether the command line stands for the file.
    pub fn is_without_file(&self) -> bool {
        self.is_without_file
    }

    /// Returns the settings for an AWS session.
    pub fn settings(&self) -> SessionSettings {
        self.document.settings(&self.lookups, &self.overrides)
    }

    /// Adds facts from an AWS session, and reads the files that they name. A region that is already known is kept.
    /// Files may be pipes, so this is not for the event loop.
    pub fn learn(&mut self, region: Option<&str>, account: Option<&AccountId>) {
        let lookups = &mut self.lookups;
        lookups.region = lookups.region.take().or_else(|| region.map(str::to_owned));
        lookups.account = lookups.account.take().or_else(|| account.cloned());
        self.read_files();
    }

    /// Adds what was read from sources.
    fn learn_sources(&mut self, replies: SourceReplies) {
        self.lookups.sources.extend(replies);
    }

    /// Returns what Terraform marks as sensitive of the values that are filled in.
    fn sensitive(&self) -> BTreeSet<String> {
        match self.needs_state {
            true => self.sources_needed().sensitive,
            false => BTreeSet::new(),
        }
    }

    /// Returns what must be read from sources, and what is sensitive of what was read.
    fn sources_needed(&self) -> NeededSources {
        self.document.sources_needed(&self.lookups)
    }

    /// Returns the file, to show problems in it.
    fn sources(&self) -> &Sources {
        self.document.sources()
    }

    /// Returns the keys of a section, such as `services`, also of what depends on a source that isn't read yet.
    fn keys(&self, section: &str) -> Vec<String> {
        self.document.names(section, None)
    }

    /// Returns the manifest, or all errors in the file. If `used` names a fact that isn't known yet, a
    /// placeholder was used: `learn` it and load again.
    pub fn load(&self) -> Result<LoadedFile, ConfigError> {
        self.document.load(self.input())
    }

    /// Returns the names of the cluster and the services, or all errors that concern them. Placeholders as for
    /// `load`.
    pub fn load_names(&self) -> Result<LoadedNames, ConfigError> {
        self.document.load_names(self.input())
    }

    /// Returns what explains the values of the loaded file.
    pub fn explainer<'a>(
        &'a self,
        loaded: &'a LoadedFile,
        given: &'a [(String, Option<String>)],
        show_values: bool,
    ) -> Explainer<'a> {
        Explainer {
            document: &self.document,
            loaded,
            lookups: &self.lookups,
            overrides: &self.overrides,
            given,
            show_values,
        }
    }

    fn input(&self) -> ManifestInput<'_> {
        ManifestInput {
            root: &self.root,
            lookups: &self.lookups,
            files: &self.files,
            overrides: &self.overrides,
        }
    }

    /// Whether the result depends on the account, and it isn't known.
    pub fn lacks_account(&self, used: UsedFacts) -> bool {
        used.account && self.lookups.account.is_none()
    }

    /// Whether the result depends on the region, and it isn't known.
    pub fn lacks_region(&self, used: UsedFacts) -> bool {
        used.region && self.lookups.region.is_none()
    }
}

/// Whether the command line says enough to do without a file.
fn is_without_file(options: &FileOptions, part: FilePart) -> bool {
    let overrides = &options.overrides;
    let has_cluster = overrides.cluster.is_some() && overrides.environment.is_none();
    part == FilePart::Names && options.looked_at.is_some() && has_cluster
}

/// Returns the names in a section of deploy.yaml and of an environment, for completions: `services`, `images` or
/// `vars`. None if the file is missing or can't be parsed.
pub fn names(file: Option<&Path>, environment: Option<&str>, section: &str) -> Vec<String> {
    let read_names = || {
        let here = std::env::current_dir().ok()?;
        let found = find_file::file(file, &here).ok()?;
        // Reading a pipe would wait for its writer.
        let text = found.path.is_file().then(|| read(&found.path))?.ok()?;
        Some(
            Document::parse(&found.name, &text)
                .ok()?
                .names(section, environment),
        )
    };
    read_names().unwrap_or_default()
}

/// Returns the region that AWS SDKs use before the profile's; an empty variable counts as unset.
pub fn environment_region(variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .iter()
        .find_map(|name| variable(name).filter(|region| !region.is_empty()))
}

/// Reads a text file that deploy.yaml or `--env-file` names, or returns why it can't be read. UTF-16 is decoded.
pub fn read_named(path: &Path) -> Result<String, String> {
    files::refuse_named_pipe(path).map_err(|error| in_words(&error))?;
    read(path)
}

/// Reads a text file, or returns why it can't be read. Reads no more than the size limit: parsing rejects
/// longer files.
fn read(path: &Path) -> Result<String, String> {
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = files::read_start(path, most).map_err(|error| in_words(&error))?;
    // A character may be cut in two at the limit: then the error is the file's size.
    if bytes.len() as u64 == most
        && let Err(error) = std::str::from_utf8(&bytes)
        && error.error_len().is_none()
    {
        bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
    }
    decoded(bytes)
}

/// Decodes the content of a text file, or returns why it is none.
fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    if let Some(decoded) = from_utf16(&bytes) {
        return decoded;
    }
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let before = bytes.get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        format!("it is not UTF-8, at line {}", line + 1)
    })
}

/// Decodes a file that begins with a UTF-16 byte order mark, as PowerShell and some editors write it.
fn from_utf16(bytes: &[u8]) -> Option<Result<String, String>> {
    let unit: fn([u8; 2]) -> u16 = match bytes.get(..2)? {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, rest) = bytes.get(2..)?.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
    Some(text.ok_or_else(|| "it has a UTF-16 byte order mark, and is not UTF-16".to_owned()))
}

/// Returns the operating system's message without error numbers.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
