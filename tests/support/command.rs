//! Runs the program without a project folder or a scripted AWS.

use std::process::{Command, Stdio};

/// Returns a command for the program in an empty environment.
pub fn ecsctl() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecsctl"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    command
        .env_clear()
        .env("PATH", path)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .stdin(Stdio::null());
    command
}
