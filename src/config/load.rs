//! Turns the text of deploy.yaml into a `Manifest`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::config_error::ConfigError;
use super::context::{FileOverrides, ReadContext, ReferencedFiles};
use super::interpolate::{Interpolator, Lookups, References, UsedFacts, references};
use super::parse::parse;
use super::sources::SourceQuery;
use super::{environments, names, overridden, root, typed_values};
use crate::diagnostic::{Problem, Problems, Sources, Span};
use crate::model::{Entry, Manifest, Node, ServiceNames};

/// deploy.yaml as written: parsed, with nothing looked up yet.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) root: Node,
    pub(super) sources: Sources,
    problems: Problems,
    /// The selected environment.
    pub(super) environment: Option<SelectedEnvironment>,
    /// Problems with the environments that only those commands report that read the whole file.
    environment_problems: Problems,
    /// The variables that the file refers to anywhere.
    referenced_vars: BTreeSet<String>,
}

/// An environment, and what it is merged over.
#[derive(Clone, Debug)]
pub(super) struct SelectedEnvironment {
    /// Its name.
    pub name: String,
    /// What is merged over the rest.
    pub overlay: Node,
    /// The file without its environments.
    pub rest: Node,
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
    /// The variables of the dotenv files that `envFile` names, which are sensitive.
    pub env_file_values: Vec<(String, String)>,
}

/// The names in a file that is valid as far as they need it.
#[derive(Clone, Debug)]
pub struct LoadedNames {
    /// The cluster and the services' names.
    pub names: ServiceNames,
    /// The warnings; there are no errors.
    pub warnings: Problems,
    /// The file, to show the warnings.
    pub sources: Sources,
    /// The session facts that the names depend on. If one was not known, look it up and load again.
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

/// What a file needs from sources.
#[derive(Clone, Debug, Default)]
pub struct NeededSources {
    /// What must be read before anything more can be resolved, and where a reference to it is.
    pub queries: BTreeMap<SourceQuery, Span>,
    /// What Terraform marks as sensitive of the values that are filled in.
    pub sensitive: BTreeSet<String>,
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
                referenced_vars: references(&root).vars,
                root,
                sources,
                problems,
                environment: None,
                environment_problems: Problems::default(),
            }),
            Some(root) => {
                let problem = Problem::error("wrong-type", format!("{name} must be a mapping"), root.span)
                    .label("start with `services:`");
                problems.push(problem);
                Err(ConfigError::new(problems, sources))
            }
            None => Err(ConfigError::new(problems, sources)),
        }
    }

    /// Returns a file with nothing but these services, as named on the command line.
    pub fn of_services(names: &[String]) -> Self {
        let text = names.join(" ");
        let mut sources = Sources::default();
        let source = sources.add("command line", text);
        let mut services: Vec<Entry> = Vec::new();
        let mut start = 0;
        for name in names {
            let end = start + name.len();
            let span = Span { source, start, end };
            if services.iter().all(|known| known.key != *name) {
                services.push(Entry::new(name.clone(), span, Node::map(span, [])));
            }
            start = end + 1;
        }
        let whole = Span {
            source,
            start: 0,
            end: start.saturating_sub(1),
        };
        let services = Entry::new("services", whole, Node::map(whole, services));
        Self {
            root: Node::map(whole, [services]),
            sources,
            problems: Problems::default(),
            environment: None,
            environment_problems: Problems::default(),
            referenced_vars: BTreeSet::new(),
        }
    }

    /// Returns the file with the environment of the overrides merged over it, and without references in what the
    /// overrides replace. It is an error if there is no such environment, or if the file requires one and none is
    /// named.
    pub fn in_environment(self, overrides: &FileOverrides) -> Result<Self, ConfigError> {
        let mut problems = self.problems;
        // Another version may read environments differently, and loading reports that.
        let is_version_met = root::is_version_met(&self.root, &mut Problems::default());
        let name = overrides.environment.as_deref().filter(|_| is_version_met);
        let selected = match environments::select(&self.root, name, &mut problems) {
            Err(problem) if is_version_met => {
                problems.push(*problem);
                return Err(ConfigError::new(problems, self.sources));
            }
            selected => selected.ok().flatten(),
        };
        let lenient = overrides.allow_unknown_fields;
        let mut environment_problems = environments::check_others(&self.root, selected, lenient);
        let selected = selected.map(|selected| {
            environments::check_keys(selected, &mut problems);
            let overlay = environments::overlay(selected, self.root.span);
            (selected.key.clone(), overlay)
        });
        let rest = environments::without(self.root);
        let (root, environment) = match selected {
            Some((name, overlay)) => {
                let root = environments::applied(&rest, &overlay, &mut environment_problems);
                (root, Some(SelectedEnvironment { name, overlay, rest }))
            }
            None => (rest, None),
        };
        Ok(Self {
            root: overridden::without_overridden(root, overrides),
            problems,
            environment,
            environment_problems,
            ..self
        })
    }

    /// Returns the part of the file that `load_names` needs: nothing else in it is looked up or checked.
    #[must_use]
    pub fn names_only(self) -> Self {
        Self {
            root: names::part(&self.root),
            environment_problems: Problems::default(),
            ..self
        }
    }

    /// Returns the file's references to things outside of itself.
    pub fn references(&self) -> References {
        references(&self.root)
    }

    /// Returns what must be read from sources. What was read may need more.
    pub fn sources_needed(&self, lookups: &Lookups) -> NeededSources {
        let mut unsaid = Problems::default();
        let mut interpolator = Interpolator::new(&self.root, lookups, &self.sources, &mut unsaid);
        interpolator.file(&self.root);
        let (queries, sensitive) = interpolator.needed();
        NeededSources { queries, sensitive }
    }

    /// Returns the file's values as written, nothing filled in.
    #[cfg(test)]
    pub fn written(&self) -> crate::model::Value {
        fn value(node: &Node) -> crate::model::Value {
            match node.entries() {
                Some(entries) => entries
                    .iter()
                    .map(|it| (it.key.clone(), value(&it.value)))
                    .collect(),
                None => match node.items() {
                    Some(items) => items.iter().map(value).collect(),
                    None => node.to_value(&ToString::to_string),
                },
            }
        }
        value(&self.root)
    }

    /// Returns the file, to show problems in it.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Returns the names in a section, such as `services`, whether or not the section is valid: those of the file
    /// and of an environment of it, without those that are null.
    pub fn names(&self, section: &str, environment: Option<&str>) -> Vec<String> {
        let members = |root: &'_ Node| {
            root.get(section)
                .map(|node| node.members().to_vec())
                .unwrap_or_default()
        };
        let overlay = environment.and_then(|name| self.root.get("environments")?.get(name));
        let above = overlay.map(members).unwrap_or_default();
        let below = members(&self.root);
        let is_above = |name: &Entry| above.iter().any(|entry| entry.key == name.key);
        let kept = below.iter().filter(|entry| !is_above(entry));
        let added = above.iter().filter(|entry| !entry.value.is_null());
        kept.chain(added).map(|entry| entry.key.clone()).collect()
    }

    /// Returns the manifest, or all the errors.
    pub fn load(&self, input: ManifestInput<'_>) -> Result<LoadedFile, ConfigError> {
        let (manifest, rest) = self.read(input, root::manifest)?;
        Ok(LoadedFile {
            manifest,
            warnings: rest.problems,
            sources: rest.sources,
            used: rest.used,
            env_file_values: rest.env_file_values,
        })
    }

    /// Returns the services' names, or all the errors that concern them. To be called on `names_only`.
    pub fn load_names(&self, input: ManifestInput<'_>) -> Result<LoadedNames, ConfigError> {
        let (names, rest) = self.read(input, root::names)?;
        Ok(LoadedNames {
            names,
            warnings: rest.problems,
            sources: rest.sources,
            used: rest.used,
        })
    }

    /// Checks the top level, interpolates, and passes the tree to `build`.
    fn read<T>(
        &self,
        input: ManifestInput<'_>,
        build: impl FnOnce(&Node, &mut ReadContext<'_>) -> T,
    ) -> Result<(T, ReadRest), ConfigError> {
        let mut sources = self.sources.clone();
        let mut problems = Problems::default();
        if !root::is_version_met(&self.root, &mut problems) {
            return Err(ConfigError::new(problems, sources));
        }
        problems.append(self.problems.clone());
        problems.append(self.environment_problems.clone());
        let name = sources
            .get(self.root.span.source)
            .map_or("deploy.yaml", |file| &file.name);
        root::check_keys(&self.root, name, &mut problems);
        if let Some(vars) = typed_values::present(&self.root, "vars") {
            typed_values::mapping(vars, &mut problems);
        }
        self.refuse_cycles(input.lookups, input.overrides, &mut problems);
        let mut interpolator = Interpolator::new(&self.root, input.lookups, &self.sources, &mut problems);
        let root = interpolator.file(&self.root);
        let (used, budget) = (interpolator.used(), interpolator.budget());
        let unused = interpolator.unused(&self.referenced_vars);
        problems.append(unused);
        let Some(budget) = budget else {
            return Err(ConfigError::new(problems, sources));
        };
        let mut context = ReadContext {
            root: input.root,
            overrides: input.overrides,
            files: input.files,
            sources: &mut sources,
            problems: &mut problems,
            region: input.lookups.region.clone(),
            used,
            env_file_values: Vec::new(),
            env_files: BTreeMap::new(),
            budget,
        };
        let built = build(&root, &mut context);
        let (used, env_file_values) = (context.used, context.env_file_values);
        if problems.has_errors() {
            return Err(ConfigError::new(problems, sources));
        }
        let rest = ReadRest {
            problems,
            sources,
            used,
            env_file_values,
        };
        Ok((built, rest))
    }
}

/// What reading the file returns besides its content.
struct ReadRest {
    problems: Problems,
    sources: Sources,
    used: UsedFacts,
    env_file_values: Vec<(String, String)>,
}
