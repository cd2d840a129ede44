//! Snapshot files have names that need no quoting, in a shell or anywhere else.

use std::path::{Path, PathBuf};

/// Finds every snapshot below a folder.
fn snapshots(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            snapshots(&path, found);
        } else if path.extension().is_some_and(|it| it == "snap") {
            found.push(path);
        }
    }
}

#[test]
fn snapshot_names_are_lower_case_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "tests"] {
        snapshots(&root.join(folder), &mut found);
    }
    assert!(found.len() > 100, "{} snapshots found", found.len());
    let plain = regex::Regex::new(r"^[a-z0-9_]+\.snap$").unwrap();
    found.retain(|path| !plain.is_match(&path.file_name().unwrap().to_string_lossy()));
    assert!(found.is_empty(), "only a-z, 0-9 and _: {found:#?}");
}
