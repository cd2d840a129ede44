//! Captured requests and replies, judged by AWS's own service models.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Scripted;

/// The Python that has botocore, or None after saying that the test is skipped; in CI its absence is a failure.
pub fn python() -> Option<PathBuf> {
    let python = std::env::var_os("ECSCTL_TEST_PYTHON").map(PathBuf::from);
    if python.is_none() {
        assert!(std::env::var_os("CI").is_none(), "ECSCTL_TEST_PYTHON is not set");
        println!("SKIPPED: ECSCTL_TEST_PYTHON is not set (scripts/setup says where it is)");
    }
    python
}

/// `scripts/validate-requests` over a file, in the environment that this Python belongs to.
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

/// Lets botocore judge everything that a server has captured.
pub fn assert_valid(server: &Scripted) {
    assert_all_valid(&[server.capture()]);
}

/// Lets botocore judge captures of several servers.
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
