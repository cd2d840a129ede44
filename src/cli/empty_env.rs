//! An empty variable means an unset one; clap takes it for an empty value.

/// Takes the empty variables away from the arguments, of the verbs too.
pub fn forget(command: clap::Command) -> clap::Command {
    command
        .mut_args(without_empty)
        .mut_subcommands(|verb| verb.mut_args(without_empty))
}

fn without_empty(arg: clap::Arg) -> clap::Arg {
    let is_empty = arg
        .get_env()
        .and_then(std::env::var_os)
        .is_some_and(|value| value.is_empty());
    if is_empty {
        arg.env(None::<&'static str>)
    } else {
        arg
    }
}
