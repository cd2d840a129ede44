//! Environment variables that clap must not see. clap takes empty ones as empty values (4.6,
//! `Parser::add_env`), and counts a variable as an argument of `arg_required_else_help` (`Validator::validate`);
//! it has no setting for either.

use std::ffi::OsString;

/// Removes empty variables from the arguments of the command and its verbs; all of them if the command line has no
/// arguments, so that it shows help. The help still names them.
pub fn forget(mut command: clap::Command, args: &[OsString]) -> clap::Command {
    if args.len() <= 1 {
        let help = command.render_help();
        return command
            .mut_args(|arg| arg.env(None::<&'static str>))
            .override_help(help);
    }
    command
        .mut_args(without_empty)
        .mut_subcommands(|verb| verb.mut_args(without_empty))
}

fn without_empty(arg: clap::Arg) -> clap::Arg {
    match arg.get_env().and_then(std::env::var_os) {
        Some(value) if value.is_empty() => arg.env(None::<&'static str>),
        _ => arg,
    }
}
