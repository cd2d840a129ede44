//! Hands the commit that the program is built from to `--version`.
#![allow(clippy::print_stdout, reason = "cargo reads it")]

use std::path::Path;
use std::process::Command;

fn main() {
    // Whatever names the commit is watched, and nothing that isn't there: a missing file would rebuild every time.
    println!("cargo::rerun-if-changed=build.rs");
    for name in ["HEAD", "logs/HEAD", "packed-refs"] {
        if let Some(path) = git(&["rev-parse", "--git-path", name]).filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    let here = std::env::var("CARGO_MANIFEST_DIR").ok();
    let is_own = git(&["rev-parse", "--show-toplevel"]).is_some_and(|top| same_folder(&top, here.as_deref()));
    let version = env!("CARGO_PKG_VERSION");
    if let Some(commit) = git(&["log", "-1", "--format=%h %cs", "--abbrev=8"]).filter(|_| is_own) {
        println!("cargo::rustc-env=ECSCTL_LONG_VERSION={version} ({commit})");
    }
}

/// A package unpacked inside somebody else's repository has no commit of its own.
fn same_folder(one: &str, other: Option<&str>) -> bool {
    let resolve = |path: &str| Path::new(path).canonicalize().ok();
    resolve(one).is_some_and(|one| other.and_then(resolve) == Some(one))
}

fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let line = text.trim();
    (output.status.success() && !line.is_empty()).then(|| line.to_owned())
}
