//! The program as it is, without a folder or an AWS of its own.

use std::process::{Command, Stdio};

/// The program in an environment that says nothing.
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
