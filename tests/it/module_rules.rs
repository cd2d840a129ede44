//! Module dependency rules: parses every file under `src`, and fails if a module uses one that it may not, or
//! if a pure module touches the outside world. `module_rules/fixtures` holds files that must fail, so that the test
//! itself is tested.

mod cycles;
mod debug_output;
mod rules;
mod scan;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use debug_output::debug_output;
use rules::violations;
use scan::{Scan, module_of};

/// Maximum number of lines in a command's file, without its tests: more belongs to `engine` or `ui`.
const LONGEST_VERB: usize = 100;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns every Rust file below a folder, in a deterministic order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Returns a file's path relative to the package's root, separated by `/`.
fn name_of(file: &Path) -> String {
    let relative = file.strip_prefix(root()).unwrap();
    relative.to_str().unwrap().replace(std::path::MAIN_SEPARATOR, "/")
}

/// A file under `src`.
struct Source {
    name: String,
    text: String,
    /// Whether it is compiled for tests only: it is in a module declared with `#[cfg(test)]`.
    in_test: bool,
}

/// Returns every file under `src`.
fn sources() -> Vec<Source> {
    let texts: Vec<(String, String)> = rust_files(&root().join("src"))
        .iter()
        .map(|file| (name_of(file), fs::read_to_string(file).unwrap()))
        .collect();
    assert!(texts.len() > 20, "only {} files under src", texts.len());
    let test_modules: Vec<Vec<String>> = texts
        .iter()
        .filter_map(|(name, text)| Scan::of(name, text, false).ok())
        .flat_map(|scan| scan.test_modules)
        .collect();
    texts
        .into_iter()
        .map(|(name, text)| {
            let module = module_of(&name);
            let in_test = test_modules.iter().any(|tests| module.starts_with(tests));
            Source { name, text, in_test }
        })
        .collect()
}

#[test]
fn modules_use_only_the_modules_they_may() {
    let found: Vec<String> = sources()
        .iter()
        .flat_map(|source| violations(&source.name, &source.text, source.in_test))
        .collect();
    assert!(
        found.is_empty(),
        "{} violations of the module rules (STYLE.md, Modules):\n{}",
        found.len(),
        found.join("\n")
    );
}

/// A fixture, whose head says its pretended path and the expected errors:
/// `//! as: src/plan/x.rs`, then a `//! expect: MESSAGE` for each violation; none for a file that must pass.
struct Fixture {
    pretends: String,
    expected: Vec<String>,
}

impl Fixture {
    fn read(text: &str) -> Self {
        let tagged = |tag: &str| {
            let prefix = format!("//! {tag}: ");
            text.lines()
                .filter_map(|line| line.strip_prefix(prefix.as_str()).map(str::to_owned))
                .collect::<Vec<_>>()
        };
        let [pretends] = <[String; 1]>::try_from(tagged("as")).expect("one `//! as:` line");
        let expected = tagged("expect")
            .into_iter()
            .map(|message| format!("{pretends}: {message}"))
            .collect();
        Self { pretends, expected }
    }
}

#[test]
fn fixtures_break_the_expected_rules() {
    let files = rust_files(&root().join("tests/it/module_rules/fixtures"));
    let mut failing = 0;
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let fixture = Fixture::read(&text);
        failing += usize::from(!fixture.expected.is_empty());
        let mut found = violations(&fixture.pretends, &text, false);
        let mut expected = fixture.expected;
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{}", file.display());
    }
    assert!(
        failing >= 20 && failing < files.len(),
        "{failing} of {} fixtures must fail",
        files.len()
    );
}

#[test]
fn modules_use_only_the_modules_above_them() {
    for (nth, (top_module, may_use)) in rules::MAY_USE.iter().enumerate() {
        for used in *may_use {
            let above = rules::MAY_USE.iter().take(nth).any(|(other, _)| other == used);
            assert!(above, "{top_module} may use {used}, which is not above it");
        }
    }
}

#[test]
fn files_have_no_circular_uses() {
    let scans: Vec<Scan> = sources()
        .iter()
        .filter(|source| !source.in_test)
        .filter_map(|source| Scan::of(&source.name, &source.text, false).ok())
        .collect();
    let cycles = cycles::cycles(&scans);
    let shown: Vec<String> = cycles.iter().map(|cycle| cycle.join(", ")).collect();
    assert!(shown.is_empty(), "{} cycles:\n{}", shown.len(), shown.join("\n"));
}

#[test]
fn circular_uses_are_found_through_exports() {
    let files = [
        (
            "src/plan/mod.rs",
            "mod one;\nmod two;\npub use one::One;\nfn f(_: two::Two) {}",
        ),
        ("src/plan/one.rs", "pub struct One(super::three::Three);"),
        ("src/plan/two.rs", "use super::One;\npub struct Two(One);"),
        (
            "src/plan/three.rs",
            "use crate::plan::two::Two;\npub struct Three(Box<Two>);",
        ),
        ("src/plan/four.rs", "use super::One;"),
    ];
    let scans: Vec<Scan> = files
        .iter()
        .map(|(name, text)| Scan::of(name, text, false).unwrap())
        .collect();
    let cycle = ["plan::one", "plan::three", "plan::two"].map(str::to_owned);
    assert_eq!(cycles::cycles(&scans), [cycle]);
}

#[test]
fn test_names_are_short() {
    let mut files = rust_files(&root().join("src"));
    files.extend(rust_files(&root().join("tests")));
    let name = regex::Regex::new(r"#\[test\](?:\s*#\[[^\]]*\])*\s*(?:async )?fn (\w+)").unwrap();
    let mut tests = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for found in name.captures_iter(&text) {
            tests += 1;
            assert!(found[1].len() <= 60, "{}: {}", file.display(), &found[1]);
        }
    }
    assert!(tests > 900, "{tests} tests");
}

#[test]
fn type_names_are_unique() {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        for name in type_names(&source.text) {
            files.entry(name).or_default().push(source.name.clone());
        }
    }
    assert!(files.len() > 400, "only {} types under src", files.len());
    let repeated: Vec<String> = files
        .iter()
        .filter(|(_, files)| files.len() > 1)
        .map(|(name, files)| format!("{name}: {}", files.join(", ")))
        .collect();
    assert!(
        repeated.is_empty(),
        "one name for several types:\n{}",
        repeated.join("\n")
    );
}

/// The names of the types that a file declares, outside functions.
fn type_names(text: &str) -> Vec<String> {
    fn of_items(items: &[syn::Item], names: &mut Vec<String>) {
        for item in items {
            match item {
                syn::Item::Struct(item) => names.push(item.ident.to_string()),
                syn::Item::Enum(item) => names.push(item.ident.to_string()),
                syn::Item::Trait(item) => names.push(item.ident.to_string()),
                syn::Item::Type(item) => names.push(item.ident.to_string()),
                syn::Item::Union(item) => names.push(item.ident.to_string()),
                syn::Item::Mod(item) => {
                    of_items(item.content.as_ref().map_or(&[], |(_, items)| items), names)
                }
                _ => {}
            }
        }
    }
    let mut names = Vec::new();
    of_items(&syn::parse_file(text).unwrap().items, &mut names);
    names
}

#[test]
fn command_files_are_short() {
    let is_verb = |source: &&Source| {
        let name = source.name.strip_prefix("src/commands/");
        name.is_some_and(|name| !name.contains('/')) && !source.in_test
    };
    let sources = sources();
    let verbs: Vec<&Source> = sources.iter().filter(is_verb).collect();
    assert!(verbs.len() > 20, "{}", verbs.len());
    for verb in verbs {
        let code = verb.text.split("\n#[cfg(test)]\nmod tests {").next();
        let lines = code.unwrap_or_default().lines().count();
        assert!(lines <= LONGEST_VERB, "{}: {lines} lines", verb.name);
    }
}

#[test]
fn no_text_shows_the_debug_of_a_rust_type() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| !source.in_test)
        .flat_map(|source| debug_output(&source.name, &source.text))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
