//! The `ecsctl` program: everything happens in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ecsctl::main()
}
