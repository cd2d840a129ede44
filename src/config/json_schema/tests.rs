//! The schema is a valid one, and agrees with `render` on every file's shape.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::json;

use super::json_schema;
use crate::config::{Document, FileOverrides, Lookups, ManifestInput, ReferencedFiles};
use crate::diagnostic::Level;
use crate::model::Value;

/// The codes of errors about a file's shape: which keys there are, and which values they may have.
const SHAPE: [&str; 6] = [
    "unknown-key",
    "wrong-type",
    "missing-key",
    "unknown-value",
    "wrong-characters",
    "out-of-range",
];

/// What replaces each value in turn; None removes it.
fn replacements() -> Vec<Option<Value>> {
    let mut all: Vec<Option<Value>> = vec![None];
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0.5),
        json!(99_999_999_999_i64),
        json!("nonsense"),
        json!([]),
        json!({}),
        json!([null]),
        json!(["nonsense"]),
        json!({"nonsense": 1}),
    ];
    all.extend(values.into_iter().map(Some));
    all
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&json_schema()).expect("a schema that compiles")
}

fn examples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let folders = fs::read_dir(root)
        .expect("examples")
        .map(|it| it.expect("an entry").path());
    let mut files: Vec<PathBuf> = folders
        .map(|it| it.join("deploy.yaml"))
        .filter(|it| it.exists())
        .collect();
    files.sort();
    files
}

fn read(file: &Path) -> Value {
    let text = fs::read_to_string(file).expect("a file of text");
    let mut value: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    value.apply_merge().expect("merge keys");
    serde_json::to_value(value).expect("JSON")
}

/// Returns the codes of the errors that `render` reports.
fn errors(file: &Value) -> BTreeSet<&'static str> {
    let text = file.to_string();
    let overrides = FileOverrides {
        environment: file.get("requireEnvironment").map(|_| "production".to_owned()),
        ..FileOverrides::default()
    };
    let lookups = Lookups {
        region: Some("us-east-1".to_owned()),
        ..Lookups::default()
    };
    let document = Document::parse("deploy.yaml", &text).and_then(|it| it.in_environment(&overrides));
    let loaded = document.and_then(|it| {
        it.load(ManifestInput {
            root: Path::new("/app"),
            lookups: &lookups,
            files: &ReferencedFiles::default(),
            overrides: &overrides,
        })
    });
    let problems = loaded.err().map(|it| it.problems).unwrap_or_default();
    let errors = problems.iter().filter(|it| it.level == Level::Error);
    errors.map(|it| it.code).collect()
}

/// Returns the JSON pointers of all values inside a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut inside = |key: &str, value: &Value| {
        let place = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(place.clone());
        places(value, &place, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| inside(key, value)),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| inside(&index.to_string(), value));
        }
        _ => {}
    }
}

fn replaced(file: &Value, place: &str, replacement: Option<&Value>) -> Value {
    let mut changed = file.clone();
    match replacement {
        Some(value) => *changed.pointer_mut(place).expect("a value") = value.clone(),
        None => {
            let (parent, key) = place.rsplit_once('/').expect("a pointer");
            let key = key.replace("~1", "/").replace("~0", "~");
            match changed.pointer_mut(parent).expect("a parent") {
                Value::Object(members) => {
                    members.shift_remove(&key);
                }
                Value::Array(items) => {
                    items.remove(key.parse().expect("an index"));
                }
                _ => unreachable!("a parent has values"),
            }
        }
    }
    changed
}

#[test]
fn the_schema_is_a_valid_one() {
    let schema = json_schema();
    if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
        panic!("{error} at {}", error.instance_path());
    }
}

#[test]
fn every_example_meets_it() {
    let validator = validator();
    for file in examples() {
        let errors: Vec<String> = validator
            .iter_errors(&read(&file))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
    }
}

/// Returns the file with each of its values replaced or removed, and an unknown key in each of its mappings. What was
/// `tried` in another file is left out.
fn with_mistakes(file: &Value, tried: &mut HashSet<String>) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    places(file, "", &mut all);
    all.retain(|place| tried.insert(format!("{place} {:?}", file.pointer(place))));
    let mut changed = Vec::new();
    for place in &all {
        for replacement in replacements() {
            let what = format!("{place} {replacement:?}");
            changed.push((what, replaced(file, place, replacement.as_ref())));
        }
        if let Some(Value::Object(members)) = file.pointer(place) {
            let mut members = members.clone();
            members.insert("nonsense".to_owned(), json!(1));
            let what = format!("{place} with an unknown key");
            changed.push((what, replaced(file, place, Some(&members.into()))));
        }
    }
    changed
}

#[test]
fn every_example_of_a_key_meets_its_schema() {
    let schema = json_schema();
    let definitions = schema["$defs"].as_object().expect("definitions");
    let own = definitions.iter().filter(|(name, _)| !name.ends_with(".overlay"));
    let mappings = own.map(|(name, it)| (name.as_str(), it)).chain([("", &schema)]);
    let mut count = 0;
    for (name, mapping) in mappings {
        for (key, member) in mapping["properties"].as_object().into_iter().flatten() {
            let Some(example) = member["examples"].get(0) else {
                continue;
            };
            let mut alone = member.clone();
            alone["$defs"] = schema["$defs"].clone();
            let validator = jsonschema::draft202012::new(&alone).expect("a schema that compiles");
            assert!(validator.is_valid(example), "{name}.{key}: {example}");
            count += 1;
        }
    }
    assert!(count > 60, "{count} examples");
}

#[test]
fn mistakes_are_found_by_both() {
    let validator = validator();
    let (mut unseen, mut wrong, mut seen, mut tried) = (Vec::new(), Vec::new(), 0, HashSet::new());
    for path in examples() {
        let file = read(&path);
        // What is missing may be in an environment.
        let may_be_missing = file.get("environments").is_some();
        for (what, changed) in with_mistakes(&file, &mut tried) {
            let found = errors(&changed);
            let is_valid = validator.is_valid(&changed);
            let is_about_shape = found
                .iter()
                .any(|code| SHAPE.contains(code) && !(may_be_missing && *code == "missing-key"));
            seen += usize::from(is_about_shape);
            let what = || format!("{} {what}: {found:?}", path.display());
            if is_about_shape && is_valid {
                unseen.push(what());
            }
            if found.is_empty() && !is_valid && !may_be_missing {
                wrong.push(what());
            }
        }
    }
    assert!(seen > 1000, "{seen} errors of shape");
    assert!(unseen.is_empty(), "not found by the schema: {unseen:#?}");
    assert!(wrong.is_empty(), "found by the schema alone: {wrong:#?}");
}
