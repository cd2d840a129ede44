//! The values that references resolve to, and which of them a file needs.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::reference::{Fallback, GitFact, InterpolationTarget, TextPiece, split};
use crate::config::sources::{SourceKind, SourceReplies};
use crate::model::{AccountId, FilePosition, Node, NodeKind, Part};

/// Everything that `${…}` may look up, except the file's own `vars` and `images`.
#[derive(Clone, Debug, Default)]
pub struct Lookups {
    /// Variables from `--var` and `ECSCTL_VAR_…`: they override the file's `vars`.
    pub vars: IndexMap<String, String>,
    /// Those of them that come from `ECSCTL_VAR_…`.
    pub vars_from_env: BTreeSet<String>,
    /// The environment variables in `References::env` that are set.
    pub env: BTreeMap<String, String>,
    /// Where those are set that come from `--env-file`.
    pub from_env_file: BTreeMap<String, FilePosition>,
    /// The result of querying git.
    pub git: GitOutcome,
    /// The account. `None` while it isn't known: see `UsedFacts`.
    pub account: Option<AccountId>,
    /// The region. `None` while it isn't known: see `UsedFacts`.
    pub region: Option<String>,
    /// What was read from sources.
    pub sources: SourceReplies,
}

/// The result of querying git.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GitOutcome {
    /// Git was not queried.
    #[default]
    NotAsked,
    /// The facts of the repository.
    Facts(GitFacts),
    /// Why there are no facts: `deploy.yaml is in no git repository`.
    Missing(String),
}

/// Facts about the repository that contains deploy.yaml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitFacts {
    /// The hash of the checked-out commit, 40 (or 64) hex digits.
    pub sha: String,
    /// The abbreviated hash, as chosen by git.
    pub short_sha: String,
    /// The branch, even where CI checks out a commit. `None` if it can't be determined.
    pub branch: Option<String>,
    /// A tag that points to this commit.
    pub tag: Option<String>,
    /// Whether there are uncommitted changes.
    pub dirty: bool,
}

impl GitFacts {
    pub(super) fn get(&self, fact: GitFact) -> String {
        match fact {
            GitFact::Sha => self.sha.clone(),
            GitFact::ShortSha => self.short_sha.clone(),
            GitFact::Branch => self.branch.clone().unwrap_or_default(),
            GitFact::BranchSlug => slug(self.branch.as_deref().unwrap_or_default()),
            GitFact::Tag => self.tag.clone().unwrap_or_default(),
            GitFact::Dirty => self.dirty.to_string(),
        }
    }
}

/// Returns a branch in a form for names and tags: lower case, `a-z`, `0-9` and `-`, at most 63 characters
/// (like GitLab's CI_COMMIT_REF_SLUG).
pub fn slug(branch: &str) -> String {
    let mut slug: String = branch
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    slug.truncate(63);
    slug.trim_matches('-').to_owned()
}

/// The file's references to things outside of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// The names of environment variables.
    pub env: BTreeSet<String>,
    /// The names of variables, of the file or of `--var`.
    pub vars: BTreeSet<String>,
    /// Whether the file needs any facts from git.
    pub git: bool,
    /// Whether the file needs to know if there are uncommitted changes, which is the slowest query.
    pub git_dirty: bool,
    /// Whether the file needs Terraform's state.
    pub tfstate: bool,
}

/// Collects a file's references. Top-level `x-` keys count only where an alias repeats them.
pub fn references(root: &Node) -> References {
    let mut found = References::default();
    match &root.kind {
        NodeKind::Map(entries) => {
            let entries = entries.iter().filter(|entry| !entry.key.starts_with("x-"));
            entries.for_each(|entry| collect(&entry.value, &mut found));
        }
        _ => collect(root, &mut found),
    }
    found
}

/// Whether a value refers to anything.
pub fn has_references(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Text(text) => text.parts.iter().any(|part| {
            let Part::Literal(literal) = part else {
                return false;
            };
            let (pieces, _) = split(literal);
            pieces
                .iter()
                .any(|piece| matches!(piece, TextPiece::Reference(_)))
        }),
        NodeKind::List(items) => items.iter().any(has_references),
        NodeKind::Map(entries) => entries.iter().any(|entry| has_references(&entry.value)),
        NodeKind::Null | NodeKind::Bool(..) | NodeKind::Number(..) => false,
    }
}

fn collect(node: &Node, found: &mut References) {
    match &node.kind {
        NodeKind::Text(text) => {
            for part in &text.parts {
                if let Part::Literal(literal) = part
                    && literal.contains('$')
                {
                    collect_pieces(&split(literal).0, found);
                }
            }
        }
        NodeKind::List(items) => items.iter().for_each(|item| collect(item, found)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| collect(&entry.value, found)),
        NodeKind::Null | NodeKind::Bool(..) | NodeKind::Number(..) => {}
    }
}

fn collect_pieces(pieces: &[TextPiece], found: &mut References) {
    for piece in pieces {
        let TextPiece::Reference(reference) = piece else {
            continue;
        };
        match &reference.target {
            InterpolationTarget::Env(name) => {
                found.env.insert(name.clone());
            }
            InterpolationTarget::Git(fact) => {
                found.git = true;
                found.git_dirty |= *fact == GitFact::Dirty;
            }
            InterpolationTarget::Var(name) => {
                found.vars.insert(name.clone());
            }
            InterpolationTarget::Source(kind, name) => {
                found.tfstate |= *kind == SourceKind::State;
                collect_pieces(name, found);
            }
            InterpolationTarget::Image(_) | InterpolationTarget::Account | InterpolationTarget::Region => {}
        }
        if let Some(Fallback::Default(inner)) = &reference.fallback {
            collect_pieces(inner, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_become_legal_names() {
        for (branch, expected) in [
            ("main", "main"),
            ("feature/X_1", "feature-x-1"),
            ("-äß-", ""),
            ("Release/2.0-", "release-2-0"),
        ] {
            assert_eq!(slug(branch), expected);
        }
        assert_eq!(slug(&"x".repeat(80)).len(), 63);
    }
}
