//! Cycles: files that use each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::scan::Scan;

type Module = Vec<String>;

/// The modules in each cycle. A module may use its own parts: it declares them.
pub fn cycles(scans: &[Scan]) -> Vec<Vec<String>> {
    let modules = Modules::of(scans);
    let mut uses: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for scan in scans {
        let used = scan.used.iter().filter(|used| !used.in_test);
        let used = used.filter_map(|used| modules.defining(&used.path));
        let others = used.filter(|other| *other != scan.module && !other.starts_with(&scan.module));
        uses.entry(scan.module.clone()).or_default().extend(others);
    }
    let reachable: BTreeMap<&Module, BTreeSet<&Module>> = uses
        .keys()
        .map(|module| (module, reachable(module, &uses)))
        .collect();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for (module, reached) in &reachable {
        let mutual = reached.iter().filter(|other| reachable[**other].contains(module));
        let cycle: Vec<String> = mutual.map(|module| module.join("::")).collect();
        if cycle.len() > 1 {
            found.insert(cycle);
        }
    }
    found.into_iter().collect()
}

/// All that a module uses, by way of others too.
fn reachable<'a>(from: &Module, uses: &'a BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<&'a Module> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&Module> = uses.get(from).into_iter().flatten().collect();
    while let Some(module) = next.pop() {
        if reached.insert(module) {
            next.extend(uses.get(module).into_iter().flatten());
        }
    }
    reached
}

/// The modules of the crate, and what they export of each other.
struct Modules<'a> {
    exports: HashMap<&'a Module, HashMap<&'a str, &'a [String]>>,
}

impl<'a> Modules<'a> {
    fn of(scans: &'a [Scan]) -> Self {
        let mut exports: HashMap<&Module, HashMap<&str, &[String]>> = HashMap::new();
        for scan in scans {
            let of_module = exports.entry(&scan.module).or_default();
            for import in scan.imports.iter().filter(|it| it.is_exported && !it.is_glob) {
                if let Some(name) = import.path.last() {
                    of_module.insert(name, &import.path);
                }
            }
        }
        Self { exports }
    }

    /// The module that defines what a path names. None for other crates.
    fn defining(&self, path: &[String]) -> Option<Module> {
        let mut path = path.to_vec();
        // An export may name another one; no chain is so long.
        for _ in 0..9 {
            let module = self.longest_module(&path)?;
            let exported = path
                .get(module.len() + 1)
                .and_then(|name| self.exports[&module].get(name.as_str()))
                .filter(|exported| ***exported != path);
            match exported {
                Some(exported) if exported.first().is_some_and(|it| it == "crate") => {
                    path = exported.to_vec();
                }
                // Relative to the module, or another crate's.
                Some(exported) => {
                    let mut absolute = vec!["crate".to_owned()];
                    absolute.extend(module.iter().cloned());
                    absolute.extend(exported.iter().cloned());
                    let inner = self.longest_module(&absolute)?;
                    return Some(inner);
                }
                None => return Some(module),
            }
        }
        None
    }

    fn longest_module(&self, path: &[String]) -> Option<Module> {
        let [first, rest @ ..] = path else { return None };
        if first != "crate" {
            return None;
        }
        let lengths = (1..=rest.len()).rev();
        let mut modules = lengths.map(|length| rest[..length].to_vec());
        modules.find(|module| self.exports.contains_key(module))
    }
}
