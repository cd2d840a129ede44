//! Completions, man pages and the README's generated parts are what the program makes of them today.

use std::fs;
use std::process::{Command, Output};

use crate::frame::ecsctl;

fn generate(arguments: &[&str]) -> Output {
    ecsctl().arg("generate").args(arguments).output().unwrap()
}

#[test]
fn the_committed_files_are_fresh() {
    let output = generate(&["--check", env!("CARGO_MANIFEST_DIR")]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "run scripts/generate\n{said}");
}

#[test]
fn drift_is_found_named_and_mended() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().to_str().unwrap();
    fs::write(
        root.path().join("README.md"),
        "# x\n<!-- generated: exit-codes -->\n<!-- end -->\n",
    )
    .unwrap();
    assert!(generate(&[path]).status.success());
    assert!(generate(&["--check", path]).status.success());
    assert!(
        fs::read_to_string(root.path().join("README.md"))
            .unwrap()
            .contains("| 130 | interrupted |")
    );

    fs::write(root.path().join("man/ecsctl-deploy.1"), "old").unwrap();
    fs::write(root.path().join("man/ecsctl-gone.1"), "left over").unwrap();
    fs::remove_file(root.path().join("completions/ecsctl.bash")).unwrap();
    let output = generate(&["--check", path]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: 3 generated files are out of date\n  completions/ecsctl.bash\n  man/ecsctl-deploy.1\n  \
         man/ecsctl-gone.1\n  hint:  scripts/generate\n"
    );
    assert!(generate(&[path]).status.success());
    assert!(generate(&["--check", path]).status.success());
    assert!(!root.path().join("man/ecsctl-gone.1").exists());
}

#[test]
fn bash_completes_verbs_and_flags() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/completions/ecsctl.bash");
    let complete = |words: &[&str]| {
        let line = format!(
            "source {script}; COMP_WORDS=({}); COMP_CWORD={}; _ecsctl ecsctl '{}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
            words[words.len() - 1],
        );
        let output = Command::new("bash").args(["-c", &line]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(complete(&["ecsctl", "dep"]).trim(), "deploy");
    assert_eq!(complete(&["ecsctl", "plan", "--exit"]).trim(), "--exit-code");
}
