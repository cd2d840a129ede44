//! `ecsctl completions`: print the completions for a shell to stdout.

use crate::cli::{self, CompletionsArgs};
use crate::commands::Context;
use crate::exit::Exit;

/// Prints the completions.
pub fn run(args: &CompletionsArgs, context: &Context) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli::command(), "ecsctl", &mut script);
    context.printer.verbatim(&String::from_utf8_lossy(&script));
    Exit::Done
}
