//! Treats empty environment variables as unset. clap takes them as empty values (4.6, `Parser::add_env`),
//! and has no setting for it.

/// Removes empty variables from the arguments of the command and its verbs.
pub fn forget(command: clap::Command) -> clap::Command {
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
