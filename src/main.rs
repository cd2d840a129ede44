//! The `ecsctl` program; all code is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ecsctl::main()
}
