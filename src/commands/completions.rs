//! `ecsctl completions`: the completions for a shell, on stdout.

use clap_complete::Shell;

use crate::cli::{self, CompletionsArgs};
use crate::commands::Context;
use crate::exit::Exit;

/// Prints them.
pub fn run(args: &CompletionsArgs, context: &Context) -> Exit {
    context.printer.verbatim(&script(args.shell));
    Exit::Done
}

/// The completions for a shell.
pub fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::command(), "ecsctl", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
