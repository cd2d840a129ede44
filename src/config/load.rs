//! The way from text to `Manifest`.

use std::borrow::Cow;
use std::path::Path;

use super::context::{Context, Files, Overrides};
use super::interpolate::{Interpolator, Lookups, References, Used, references};
use super::parse::parse;
use super::{definition, images, keys, order, platform, read, service};
use crate::diagnostic::{Explain, Level, Problem, Problems, Sources};
use crate::exit::Exit;
use crate::model::{AccountId, Entry, Manifest, Node};
use crate::shape::{in_words, places_of};

/// deploy.yaml as it was written: parsed, nothing looked up yet.
#[derive(Clone, Debug)]
pub struct Document {
    root: Node,
    sources: Sources,
    problems: Problems,
}

/// What a session with AWS needs of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `account:`.
    pub account: Option<AccountId>,
    /// `--region`, else `region:`.
    pub region: Option<String>,
    /// `--profile`, else `profile:`.
    pub profile: Option<String>,
    /// `--assume-role`, else `assumeRole:`.
    pub assume_role: Option<String>,
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

/// A file that is not: every error in it, and the warnings.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// What is wrong.
    pub problems: Problems,
    /// Where.
    pub sources: Sources,
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

    /// What a session needs, as far as it can be said. What is wrong with it, `load` reports.
    pub fn settings(&self, lookups: &Lookups, overrides: &Overrides) -> Settings {
        let text = |key: &str| {
            let entry = self.root.entry(key)?;
            let value = self.known_now(&entry.value, lookups)?;
            let entry = Entry {
                value,
                ..entry.clone()
            };
            read::source_text(&entry, &mut Problems::default()).filter(|text| !text.is_empty())
        };
        Settings {
            account: text("account").and_then(|text| text.parse().ok()),
            region: overrides.region.clone().or_else(|| text("region")),
            profile: overrides.profile.clone().or_else(|| text("profile")),
            assume_role: overrides.assume_role.clone().or_else(|| text("assumeRole")),
        }
    }

    /// The files that task definitions name, as written: relative to deploy.yaml. Those whose names depend on
    /// what isn't known yet are left out.
    pub fn files_needed(&self, lookups: &Lookups) -> Vec<String> {
        let services = self
            .root
            .get("services")
            .and_then(Node::entries)
            .unwrap_or_default();
        let mut files: Vec<String> = Vec::new();
        for definition in services
            .iter()
            .filter_map(|service| service.value.get("taskDefinition"))
        {
            let name = definition.get("base").unwrap_or(definition);
            let file = self
                .known_now(name, lookups)
                .as_ref()
                .and_then(Node::as_str)
                .and_then(definition::path);
            files.extend(file.filter(|file| !files.contains(file)));
        }
        files
    }

    /// A value filled in, unless that takes a fact of the session that isn't known yet.
    fn known_now(&self, node: &Node, lookups: &Lookups) -> Option<Node> {
        let mut problems = Problems::default();
        let mut interpolator = Interpolator::new(&self.root, lookups, &self.sources, &mut problems);
        let node = interpolator.node(node);
        let used = interpolator.used();
        let is_guess = used.account && lookups.account.is_none() || used.region && lookups.region.is_none();
        (!is_guess).then_some(node)
    }

    /// The manifest, or all that is wrong.
    pub fn load(&self, input: Input<'_>) -> Result<Loaded, Rejected> {
        let mut sources = self.sources.clone();
        let mut problems = self.problems.clone();
        if !is_required_version(&self.root, &mut problems) {
            return Err(Rejected { problems, sources });
        }
        keys::TOP.check(&self.without_free_keys(), &belongs, &mut problems);
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
        let manifest = manifest(&root, &mut context);
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

    /// What decides on the session can't rest on what only the session tells.
    fn refuse_circles(&self, lookups: &Lookups, problems: &mut Problems) {
        for key in ["account", "region", "profile", "assumeRole"] {
            let Some(entry) = self.root.entry(key) else {
                continue;
            };
            let mut unsaid = Problems::default();
            let mut interpolator = Interpolator::new(&self.root, lookups, &self.sources, &mut unsaid);
            interpolator.node(&entry.value);
            let used = interpolator.used();
            let is_named = |key: &str| key != entry.key && read::present(&self.root, key).is_some();
            for (fact, is_used) in [("account", used.account), ("region", used.region)] {
                if is_used && !is_named(fact) {
                    problems.push(
                        Problem::error(
                            "circle",
                            format!("`{key}` can't refer to `${{aws.{fact}}}`, which it decides"),
                            entry.value.span,
                        )
                        .label(if key == fact {
                            "write it out".to_owned()
                        } else {
                            format!("add `{fact}:` to the file")
                        }),
                    );
                }
            }
        }
    }

    fn without_free_keys(&self) -> Node {
        let entries = self.root.entries().unwrap_or_default().iter();
        let entries = entries
            .filter(|entry| !entry.key.starts_with("x-"))
            .cloned()
            .collect();
        Node::map(self.root.span, entries)
    }
}

/// Where a key that is none of the top level's belongs.
fn belongs(key: &str) -> Option<String> {
    let own = [
        (keys::SERVICE.as_slice(), "a service, under `services:`"),
        (keys::IMAGE.known, "an image, under `images:`"),
        (keys::BUILD.known, "an image's `build:`"),
    ];
    let own = own
        .iter()
        .find(|(keys, _)| keys.contains(&key))
        .map(|(_, place)| (*place).to_owned());
    own.or_else(|| places_of(key).first().map(|place| in_words(place)))
}

/// Whether this ecsctl may read the file: with another one, whatever else is wrong may be a matter of version.
fn is_required_version(root: &Node, problems: &mut Problems) -> bool {
    let Some(entry) = read::present(root, "requiredVersion") else {
        return true;
    };
    let Some(text) = read::text(entry, problems) else {
        return true;
    };
    let own = env!("CARGO_PKG_VERSION");
    match (semver::VersionReq::parse(&text), semver::Version::parse(own)) {
        (Ok(required), Ok(version)) if !required.matches(&version) => {
            let message = format!("this is ecsctl {own}, and the file requires {text}");
            problems.push(
                Problem::error("required-version", message, entry.value.span)
                    .label("another version is needed"),
            );
            false
        }
        (Err(error), _) => {
            let message = format!("`{text}` is no requirement of a version");
            problems.push(
                Problem::error("required-version", message, entry.value.span)
                    .label("\">=0.1\" for example")
                    .note(error.to_string()),
            );
            true
        }
        _ => true,
    }
}

fn manifest(root: &Node, context: &mut Context<'_>) -> Manifest {
    let mut images = images::read(root, context);
    let services = service::read(root, context);
    order::check(root, &services, context.problems);
    platform::settle(root, &mut images, &services, context.problems);
    require_services(root, context.problems);
    let mut text = |key: &str| read::present(root, key).and_then(|entry| name(entry, context.problems));
    // What the session and later parts read is checked here all the same.
    for key in ["region", "profile", "assumeRole", "name"] {
        text(key);
    }
    let cluster = text("cluster").unwrap_or_else(|| "default".to_owned());
    Manifest {
        root: context.root.to_owned(),
        account: account(root, context.problems),
        cluster,
        images,
        services,
    }
}

/// A file without services is good for building its images, and for nothing when it has none.
fn require_services(root: &Node, problems: &mut Problems) {
    let is_all_null = |entries: &[Entry]| entries.iter().all(|entry| entry.value.is_null());
    let has_nothing = |key: &str| {
        read::present(root, key).is_none_or(|entry| entry.value.entries().is_some_and(is_all_null))
    };
    if !has_nothing("services") || !has_nothing("images") {
        return;
    }
    let problem = match root.entry("services") {
        None => Problem::error("missing-key", "missing `services`", root.span),
        Some(entry) if read::is_reported(Some(entry), problems) => return,
        Some(entry) => Problem::error("empty", "`services` is empty", entry.key_span),
    };
    problems.push(problem.label("what to deploy"));
}

/// Text that is not empty.
fn name(entry: &Entry, problems: &mut Problems) -> Option<String> {
    let text = read::text(entry, problems)?;
    if text.is_empty() {
        let message = format!("`{}` is empty", entry.key);
        problems
            .push(Problem::error("empty", message, entry.value.span).label("leave it out for the default"));
        return None;
    }
    Some(text)
}

/// Its source text, for an account may begin with a zero.
fn account(root: &Node, problems: &mut Problems) -> Option<AccountId> {
    let entry = read::present(root, "account")?;
    let text = read::source_text(entry, problems)?;
    let account = text.parse().ok();
    if account.is_none() {
        let message = format!("`{text}` is no AWS account");
        problems.push(Problem::error("account", message, entry.value.span).label("12 digits"));
    }
    account
}

/// An alias repeats a mistake wherever it stands; it is said once.
fn without_repetitions(problems: &Problems) -> Problems {
    let mut kept: Vec<&Problem> = Vec::new();
    for problem in problems.iter() {
        let is_same = |other: &&Problem| {
            problem.span.is_some() && other.span == problem.span && other.message == problem.message
        };
        if !kept.iter().any(is_same) {
            kept.push(problem);
        }
    }
    let mut unique = Problems::default();
    kept.into_iter().cloned().for_each(|problem| unique.push(problem));
    unique
}

impl Rejected {
    fn first(&self) -> Option<Problem> {
        self.problems
            .clone()
            .sorted()
            .into_iter()
            .find(|problem| problem.level == Level::Error)
    }
}

impl std::fmt::Display for Rejected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = self.first();
        let message = first
            .as_ref()
            .map_or("the file is not valid", |problem| &problem.message);
        f.write_str(message)?;
        match self.problems.error_count().saturating_sub(1) {
            0 => Ok(()),
            1 => f.write_str(", and 1 more error"),
            more => write!(f, ", and {more} more errors"),
        }
    }
}

impl std::error::Error for Rejected {}

impl Explain for Rejected {
    fn exit(&self) -> Exit {
        Exit::Usage
    }

    fn code(&self) -> &'static str {
        self.first().map_or("invalid-file", |problem| problem.code)
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        self.first().and_then(|problem| problem.hint).map(Cow::Owned)
    }

    fn problems(&self) -> Option<(&Problems, &Sources)> {
        Some((&self.problems, &self.sources))
    }
}
