//! The way from text to `Manifest`.

use std::path::Path;

use super::context::{Context, Files, Overrides};
use super::interpolate::{Interpolator, Lookups, References, Used, references};
use super::parse::parse;
use super::rejected::{Rejected, without_repetitions};
use super::{read, top};
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
pub struct Loaded {
    /// What the person wants.
    pub manifest: Manifest,
    /// Warnings; no errors.
    pub warnings: Problems,
    /// Every file read, for showing the warnings and later errors.
    pub sources: Sources,
    /// Which facts of the session the manifest rests on. Where one was not known, look it up and load again.
    pub used: Used,
}

/// All that a manifest is made of besides the file itself.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The folder of deploy.yaml, absolute.
    pub root: &'a Path,
    /// What references resolve to. `region` is the session's once it is known.
    pub lookups: &'a Lookups,
    /// The files of `Document::files_needed`.
    pub files: &'a Files,
    /// Flags.
    pub overrides: &'a Overrides,
}

impl Document {
    /// Parses the text of the file called `name`.
    pub fn parse(name: &str, text: &str) -> Result<Self, Rejected> {
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
                    .label("begin with `services:`");
                problems.push(problem);
                Err(Rejected { problems, sources })
            }
            None => Err(Rejected { problems, sources }),
        }
    }

    /// What the file refers to outside of itself.
    pub fn references(&self) -> References {
        references(&self.root)
    }

    /// The manifest, or all that is wrong.
    pub fn load(&self, input: Input<'_>) -> Result<Loaded, Rejected> {
        let mut sources = self.sources.clone();
        let mut problems = self.problems.clone();
        if !top::is_version_met(&self.root, &mut problems) {
            return Err(Rejected { problems, sources });
        }
        top::check_keys(&self.root, &mut problems);
        if let Some(vars) = read::present(&self.root, "vars") {
            read::mapping(vars, &mut problems);
        }
        self.refuse_circles(input.lookups, &mut problems);
        let mut interpolator = Interpolator::new(&self.root, input.lookups, &self.sources, &mut problems);
        let root = interpolator.file(&self.root);
        let used = interpolator.used();
        let unused = interpolator.unused();
        problems.append(unused);
        let mut context = Context {
            root: input.root,
            overrides: input.overrides,
            files: input.files,
            sources: &mut sources,
            problems: &mut problems,
            region: input.lookups.region.clone(),
            used,
        };
        let manifest = top::manifest(&root, &mut context);
        let used = context.used;
        let problems = without_repetitions(&problems);
        if problems.has_errors() {
            return Err(Rejected { problems, sources });
        }
        Ok(Loaded {
            manifest,
            warnings: problems,
            sources,
            used,
        })
    }
}
