//! `ecsctl completions`: the completions for a shell, on stdout.

use crate::cli::{self, CompletionsArgs};
use crate::commands::Context;
use crate::exit::Exit;

/// Prints them.
pub fn run(args: &CompletionsArgs, context: &Context) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli::command(), "ecsctl", &mut script);
    context.printer.verbatim(&String::from_utf8_lossy(&script));
    Exit::Done
}
