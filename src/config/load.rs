//! Turns the text of deploy.yaml into a `Manifest`.

use std::path::Path;

use super::config_error::{ConfigError, without_repetitions};
use super::context::{FileOverrides, ReadContext, ReferencedFiles};
use super::interpolate::{Interpolator, Lookups, References, UsedFacts, references};
use super::parse::parse;
use super::{root, typed_values};
use crate::diagnostic::{Problem, Problems, Sources};
use crate::model::{Manifest, Node};

/// deploy.yaml as written: parsed, with nothing looked up yet.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) root: Node,
    pub(super) sources: Sources,
    problems: Problems,
}

/// A valid file.
#[derive(Clone, Debug)]
pub struct LoadedFile {
    /// The desired state.
    pub manifest: Manifest,
    /// The warnings; there are no errors.
    pub warnings: Problems,
    /// Every file read, to show the warnings and later errors.
    pub sources: Sources,
    /// The session facts that the manifest depends on. If one was not known, look it up and load again.
    pub used: UsedFacts,
}

/// The inputs of a manifest besides the file itself.
#[derive(Clone, Copy)]
pub struct ManifestInput<'a> {
    /// The folder of deploy.yaml, absolute.
    pub root: &'a Path,
    /// What references resolve to. `region` is the session's once it is known.
    pub lookups: &'a Lookups,
    /// The contents of the files in `Document::files_needed`.
    pub files: &'a ReferencedFiles,
    /// Overrides from flags.
    pub overrides: &'a FileOverrides,
}

impl Document {
    /// Parses `text`, the content of the file called `name`.
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let mut sources = Sources::default();
        let text = text.trim_start_matches('\u{feff}');
        let id = sources.add(name, text);
        let mut problems = Problems::default();
        match parse(text, id, &mut problems) {
            Some(root) if root.entries().is_some() => Ok(Self {
                root,
                sources,
                problems,
            }),
            Some(root) => {
                let problem = Problem::error("wrong-type", format!("{name} must be a mapping"), root.span)
                    .label("start with `services:`");
                problems.push(problem);
                Err(ConfigError { problems, sources })
            }
            None => Err(ConfigError { problems, sources }),
        }
    }

    /// Returns the file's references to things outside of itself.
    pub fn references(&self) -> References {
        references(&self.root)
    }

    /// Returns the names in a section, such as `services`, whether or not the section is valid.
    pub fn names(&self, section: &str) -> Vec<String> {
        let section = self.root.members().iter().find(|entry| entry.key == section);
        let names = section.into_iter().flat_map(|entry| entry.value.members());
        names.map(|name| name.key.clone()).collect()
    }

    /// Returns the manifest, or all the errors.
    pub fn load(&self, input: ManifestInput<'_>) -> Result<LoadedFile, ConfigError> {
        let mut sources = self.sources.clone();
        let mut problems = self.problems.clone();
        if !root::is_version_met(&self.root, &mut problems) {
            return Err(ConfigError { problems, sources });
        }
        root::check_keys(&self.root, &mut problems);
        if let Some(vars) = typed_values::present(&self.root, "vars") {
            typed_values::mapping(vars, &mut problems);
        }
        self.refuse_cycles(input.lookups, &mut problems);
        let mut interpolator = Interpolator::new(&self.root, input.lookups, &self.sources, &mut problems);
        let root = interpolator.file(&self.root);
        let used = interpolator.used();
        let unused = interpolator.unused();
        problems.append(unused);
        let mut context = ReadContext {
            root: input.root,
            overrides: input.overrides,
            files: input.files,
            sources: &mut sources,
            problems: &mut problems,
            region: input.lookups.region.clone(),
            used,
        };
        let manifest = root::manifest(&root, &mut context);
        let used = context.used;
        let problems = without_repetitions(&problems);
        if problems.has_errors() {
            return Err(ConfigError { problems, sources });
        }
        Ok(LoadedFile {
            manifest,
            warnings: problems,
            sources,
            used,
        })
    }
}
