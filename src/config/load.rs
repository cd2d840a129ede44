//! The way from text to `Manifest`.

use std::path::Path;

use super::config_error::{ConfigError, without_repetitions};
use super::context::{FileOverrides, ReadContext, ReferencedFiles};
use super::interpolate::{Interpolator, Lookups, References, UsedFacts, references};
use super::parse::parse;
use super::{root, typed_values};
use crate::diagnostic::{Problem, Problems, Sources};
use crate::model::{Manifest, Node};

/// deploy.yaml as it was written: parsed, nothing looked up yet.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) root: Node,
    pub(super) sources: Sources,
    problems: Problems,
}

/// A file that is good.
#[derive(Clone, Debug)]
pub struct LoadedFile {
    /// What the person wants.
    pub manifest: Manifest,
    /// Warnings; no errors.
    pub warnings: Problems,
    /// Every file read, for showing the warnings and later errors.
    pub sources: Sources,
    /// Which facts of the session the manifest rests on. Where one was not known, look it up and load again.
    pub used: UsedFacts,
}

/// All that a manifest is made of besides the file itself.
#[derive(Clone, Copy)]
pub struct ManifestInput<'a> {
    /// The folder of deploy.yaml, absolute.
    pub root: &'a Path,
    /// What references resolve to. `region` is the session's once it is known.
    pub lookups: &'a Lookups,
    /// The files of `Document::files_needed`.
    pub files: &'a ReferencedFiles,
    /// Flags.
    pub overrides: &'a FileOverrides,
}

impl Document {
    /// Parses the text of the file called `name`.
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

    /// What the file refers to outside of itself.
    pub fn references(&self) -> References {
        references(&self.root)
    }

    /// The manifest, or all that is wrong.
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
