//! Validates captured requests and responses against AWS's own service models.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Scripted;

/// Returns the Python that has botocore, or None after reporting that the test is skipped; in CI it is
/// required.
pub fn python() -> Option<PathBuf> {
    let python = std::env::var_os("ECSCTL_TEST_PYTHON").map(PathBuf::from);
    if python.is_none() {
        assert!(std::env::var_os("CI").is_none(), "ECSCTL_TEST_PYTHON is not set");
        println!("SKIPPED: ECSCTL_TEST_PYTHON is not set (scripts/setup says where it is)");
    }
    python
}

/// Returns the command `scripts/validate-requests` for a file, in the environment that this Python belongs
/// to.
pub fn validator(python: &Path, capture: &Path) -> Command {
    let mut command = Command::new(python);
    command
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/validate-requests"))
        .arg(capture);
    // DIR/venv/bin/python
    if let Some(folder) = python.ancestors().nth(3) {
        command.env("ECSCTL_DEV_DIR", folder);
    }
    command
}

/// Validates with botocore everything that a server has captured.
pub fn assert_valid(server: &Scripted) {
    assert_all_valid(&[server.capture()]);
}

/// Validates with botocore the captures of several servers.
pub fn assert_all_valid(captures: &[PathBuf]) {
    let Some(python) = python() else { return };
    let (first, others) = captures.split_first().expect("a capture");
    let judged = validator(&python, first)
        .args(others)
        .output()
        .expect("the validator runs");
    assert!(
        judged.status.success(),
        "{}",
        String::from_utf8_lossy(&judged.stderr)
    );
}
