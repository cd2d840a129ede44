//! `ecsctl completions`: print the completions for a shell to stdout.

use std::ffi::OsString;

use crate::cli::{self, CompletionsArgs};
use crate::commands::Context;
use crate::engine::load;
use crate::exit::Exit;
use crate::ui::Printer;

/// Prints the completions.
pub fn run(args: &CompletionsArgs, context: &Context) -> Exit {
    context.printer.verbatim(&cli::completion_script(args.shell));
    Exit::Done
}

/// Prints the completions that a script asks for.
pub fn answer(args: &[OsString], printer: &Printer) {
    printer.verbatim(&cli::completions(args, load::names));
}
