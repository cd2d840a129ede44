//! Finds the patterns that can match a path without trying each of them: an ignore file may have thousands of
//! lines (generated ones do), and a context has as many paths.

use std::collections::{BTreeMap, HashMap, HashSet};

use aho_corasick::AhoCorasick;

use super::pattern::Pattern;

/// An index of patterns by the texts that a path must contain to match them.
#[derive(Clone, Debug, Default)]
pub(super) struct PatternIndex {
    /// Patterns without wildcards, by their path.
    exact: HashMap<String, Vec<usize>>,
    /// Patterns with wildcards, by one of their literal texts.
    by_literal: Option<LiteralIndex>,
    /// Patterns of which no text is known: `*`, `**`, `?`.
    anywhere: Vec<usize>,
    kept: KeptFolders,
}

#[derive(Clone, Debug)]
struct LiteralIndex {
    literals: AhoCorasick,
    /// For each literal, its patterns.
    patterns: Vec<Vec<usize>>,
}

/// Folders in which exceptions may match something.
#[derive(Clone, Debug, Default)]
struct KeptFolders {
    is_anywhere: bool,
    folders: HashSet<String>,
}

impl PatternIndex {
    pub(super) fn new(patterns: &[Pattern]) -> Self {
        let mut index = Self::default();
        let mut by_literal: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let uses = literal_uses(patterns);
        for (number, pattern) in patterns.iter().enumerate() {
            if let Some(path) = pattern.exact() {
                index.exact.entry(path.to_owned()).or_default().push(number);
            } else if let Some(literals) = pattern.literals() {
                // The text that the fewest patterns share, so that few of them are tried in vain.
                let rarest = literals.iter().min_by_key(|literal| {
                    let shared = uses.get(literal.as_str()).copied().unwrap_or_default();
                    (shared, std::cmp::Reverse(literal.len()))
                });
                match rarest {
                    Some(literal) => by_literal.entry(literal).or_default().push(number),
                    None => index.anywhere.push(number),
                }
            }
            if pattern.is_exception() {
                index.kept.add(pattern);
            }
        }
        let (literals, numbers): (Vec<&str>, Vec<Vec<usize>>) = by_literal.into_iter().unzip();
        match AhoCorasick::new(literals) {
            Ok(literals) => {
                index.by_literal = Some(LiteralIndex {
                    literals,
                    patterns: numbers,
                });
            }
            // Too many for an automaton: try them all.
            Err(_) => {
                index.anywhere.extend(numbers.into_iter().flatten());
                index.anywhere.sort_unstable();
            }
        }
        index
    }

    /// Returns the numbers of the patterns that may match a path, in order. Every pattern that matches it is among
    /// them.
    pub(super) fn candidates(&self, path: &str) -> Vec<usize> {
        let mut found = self.anywhere.clone();
        found.extend(self.exact.get(path).into_iter().flatten());
        if let Some(index) = &self.by_literal {
            for literal in index.literals.find_overlapping_iter(path) {
                found.extend(
                    index
                        .patterns
                        .get(literal.pattern().as_usize())
                        .into_iter()
                        .flatten(),
                );
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether an excluded folder may contain an exception, so that it has to be walked.
    pub(super) fn may_keep_inside(&self, folder: &str) -> bool {
        self.kept.is_anywhere || self.kept.folders.contains(folder)
    }
}

impl KeptFolders {
    fn add(&mut self, exception: &Pattern) {
        let Some(fixed) = exception.fixed_path() else {
            self.is_anywhere = true;
            return;
        };
        let parents = fixed.match_indices('/').filter_map(|(end, _)| fixed.get(..end));
        self.folders.extend(parents.chain([fixed]).map(str::to_owned));
    }
}

/// Counts the patterns that each literal text occurs in.
fn literal_uses(patterns: &[Pattern]) -> HashMap<&str, usize> {
    let mut uses = HashMap::new();
    for literals in patterns.iter().filter_map(Pattern::literals) {
        for literal in literals {
            *uses.entry(literal.as_str()).or_default() += 1;
        }
    }
    uses
}
