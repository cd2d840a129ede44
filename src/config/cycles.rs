//! Finds dependency cycles.

use std::collections::{HashMap, HashSet};

/// How many cycles are returned: more than are shown.
const MAX_CYCLES: usize = 200;

/// Returns cycles, at least one if there is any, as the names along them: the last one leads back to the first. A name that
/// leads directly back to itself is not counted as a cycle here. `next` returns the names that a name
/// leads to. A file may chain thousands of names, so the search doesn't recurse.
pub(super) fn cycles<'a>(all: &[&'a str], next: &dyn Fn(&'a str) -> Vec<&'a str>) -> Vec<Vec<&'a str>> {
    let mut found = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for start in all {
        if !seen.insert(start) {
            continue;
        }
        let mut path = vec![*start];
        let mut position = HashMap::from([(*start, 0)]);
        let mut open = vec![next(start).into_iter()];
        while let Some(names) = open.last_mut() {
            match names.next() {
                None => {
                    open.pop();
                    path.pop().map(|name| position.remove(name));
                }
                Some(name) => match position.get(name) {
                    Some(at) if at + 1 < path.len() && found.len() < MAX_CYCLES => {
                        found.push(path.get(*at..).unwrap_or_default().to_vec());
                    }
                    Some(_) => {}
                    None if seen.insert(name) => {
                        position.insert(name, path.len());
                        path.push(name);
                        open.push(next(name).into_iter());
                    }
                    None => {}
                },
            }
        }
    }
    found
}

/// Formats a cycle: `a → b → a`.
pub(super) fn in_words(circle: &[&str]) -> String {
    let round: Vec<&str> = circle.iter().chain(circle.first()).copied().collect();
    round.join(" → ")
}
