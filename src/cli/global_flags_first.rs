//! Moves flags from before the verb to behind it: clap keeps only the innermost occurrences of a global
//! flag, so that in `ecsctl --var a=1 deploy --var b=2` the first would be lost (clap-rs/clap#1570), and
//! `-q deploy -q` would not be an error (#3938). Both are open as of clap 4.6.

use std::ffi::OsString;

use super::follow;

/// Returns the command line with the verb first. Leaves it unchanged if the part before the verb can't be
/// parsed: the full parse reports the error.
pub fn behind_the_verb(command: &clap::Command, args: Vec<OsString>) -> Vec<OsString> {
    let Some(verb) = position_of_verb(command, &args) else {
        return args;
    };
    let mut hoisted = args;
    hoisted[1..=verb].rotate_right(1);
    follow::expand_file_flag(&mut hoisted, verb - 1);
    hoisted
}

fn position_of_verb(command: &clap::Command, args: &[OsString]) -> Option<usize> {
    // Most command lines begin with the verb, and have nothing to move.
    let first = args.get(1)?.as_encoded_bytes();
    if !first.starts_with(b"-") {
        return None;
    }
    let flags_only = clap::Command::new("ecsctl")
        // Help here would be rendered in vain.
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .allow_external_subcommands(true)
        .args(command.get_arguments().filter(|arg| arg.is_global_set()).cloned());
    let matches = flags_only.try_get_matches_from(args).ok()?;
    let (_, verb) = matches.subcommand()?;
    let behind = verb.get_many::<OsString>("").map_or(0, Iterator::count);
    args.len()
        .checked_sub(behind + 1)
        .filter(|position| *position > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hoisted(line: &str) -> String {
        let args = line.split(' ').map(OsString::from).collect();
        let args = behind_the_verb(&super::super::command(), args);
        args.iter()
            .filter_map(|arg| arg.to_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_verb_comes_first() {
        for (line, expected) in [
            ("ecsctl deploy --force", "ecsctl deploy --force"),
            ("ecsctl -q deploy --force", "ecsctl deploy -q --force"),
            (
                "ecsctl --var a=1 -o json plan --var b=2",
                "ecsctl plan --var a=1 -o json --var b=2",
            ),
            (
                "ecsctl --region plan status web",
                "ecsctl status --region plan web",
            ),
            (
                "ecsctl --only=web,api wait -- web",
                "ecsctl wait --only=web,api -- web",
            ),
            ("ecsctl -f a.yaml status", "ecsctl status -f a.yaml"),
            (
                "ecsctl -f a.yaml events -f web",
                "ecsctl events --file a.yaml -f web",
            ),
            ("ecsctl -qfa.yaml events", "ecsctl events -q --file=a.yaml"),
            (
                "ecsctl -o json -vf=a.yaml events",
                "ecsctl events -o json -v --file=a.yaml",
            ),
            ("ecsctl --region f events -f", "ecsctl events --region f -f"),
        ] {
            assert_eq!(hoisted(line), expected);
        }
    }

    #[test]
    fn unparsable_arguments_are_left_to_clap() {
        for line in [
            "ecsctl",
            "ecsctl --nonsense deploy",
            "ecsctl --help deploy",
            "ecsctl -o",
            "ecsctl -q",
        ] {
            assert_eq!(hoisted(line), line);
        }
    }
}
