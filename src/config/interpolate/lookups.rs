//! What references resolve to, and which of it a file needs.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::reference::{Fallback, GitFact, InterpolationTarget, TextPiece, split};
use crate::model::{AccountId, Node, NodeKind, Part};

/// All that `${…}` may look up but the file's own `vars` and `images`.
#[derive(Clone, Debug, Default)]
pub struct Lookups {
    /// From `--var` and `ECSCTL_VAR_…`: they win over the file's `vars`.
    pub vars: IndexMap<String, String>,
    /// Those environment variables of `References::env` that are set.
    pub env: BTreeMap<String, String>,
    /// What git knows.
    pub git: GitOutcome,
    /// The account. None while it isn't known: see `UsedFacts`.
    pub account: Option<AccountId>,
    /// The region. None while it isn't known: see `UsedFacts`.
    pub region: Option<String>,
}

/// What git said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GitOutcome {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// The facts.
    Facts(GitFacts),
    /// Why there are none: `deploy.yaml is in no git repository`.
    Missing(String),
}

/// Facts of the repository that holds deploy.yaml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitFacts {
    /// The commit checked out, 40 (or 64) hex digits.
    pub sha: String,
    /// Its abbreviation, as git chose it.
    pub short_sha: String,
    /// The branch, also where CI checks out a commit. None when nothing tells it.
    pub branch: Option<String>,
    /// A tag that names this very commit.
    pub tag: Option<String>,
    /// Whether there are changes that are not committed.
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

/// A branch as part of a name or a tag: lower case, `a-z`, `0-9` and `-`, at most 63 characters
/// (what GitLab's CI_COMMIT_REF_SLUG does).
pub fn slug(branch: &str) -> String {
    let mut slug: String = branch
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    slug.truncate(63);
    slug.trim_matches('-').to_owned()
}

/// What a file refers to outside of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// Environment variables, by name.
    pub env: BTreeSet<String>,
    /// Whether it asks git anything.
    pub git: bool,
    /// Whether it asks git if everything is committed, which takes longest.
    pub git_dirty: bool,
}

/// What a file refers to. Top-level `x-` keys count only where an alias repeats them.
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

fn collect(node: &Node, found: &mut References) {
    match &node.kind {
        NodeKind::Text(text) => {
            for part in &text.parts {
                if let Part::Literal(literal) = part {
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
            InterpolationTarget::Var(_)
            | InterpolationTarget::Image(_)
            | InterpolationTarget::Account
            | InterpolationTarget::Region => {}
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
