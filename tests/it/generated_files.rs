//! Completions, man pages and the generated parts of the README are up to date.

use std::fs;
use std::path::Path;

#[path = "../../examples/generate/files/mod.rs"]
mod files;

#[test]
fn committed_files_are_up_to_date() {
    if let Err(stale) = files::check(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        panic!("run scripts/generate\n{stale}");
    }
}

#[test]
fn outdated_files_are_found_and_rewritten() {
    let root = tempfile::tempdir().unwrap();
    fs::write(
        root.path().join("README.md"),
        "# x\n<!-- generated: exit-codes -->\n<!-- end -->\n",
    )
    .unwrap();
    files::write(root.path()).unwrap();
    files::check(root.path()).unwrap();
    assert!(
        fs::read_to_string(root.path().join("README.md"))
            .unwrap()
            .contains("| 130 | interrupted |")
    );

    fs::write(root.path().join("man/ecsctl-deploy.1"), "old").unwrap();
    fs::write(root.path().join("man/ecsctl-gone.1"), "left over").unwrap();
    fs::remove_file(root.path().join("completions/ecsctl.bash")).unwrap();
    assert_eq!(
        files::check(root.path()).unwrap_err().to_string(),
        "3 generated files are out of date\n  completions/ecsctl.bash\n  man/ecsctl-deploy.1\n  \
         man/ecsctl-gone.1\n  hint:  scripts/generate"
    );
    files::write(root.path()).unwrap();
    files::check(root.path()).unwrap();
    assert!(!root.path().join("man/ecsctl-gone.1").exists());
}
