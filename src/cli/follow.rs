//! `-f` means `--follow` in the verbs that support it, as in `tail`; there, the file needs `--file`.
//! Before the verb, `-f` always means `--file`.

use std::ffi::OsString;

/// The verbs in which `-f` means `--follow`.
const VERBS: [&str; 2] = ["events", "logs"];
/// The global flags without a value, which may precede an `f` in one word.
const SWITCHES: [char; 3] = ['q', 'v', 'y'];

/// Removes the short flag of `--file` from these verbs: in clap, a flag of a verb can't shadow a global
/// one ("Short option names must be unique"), but a global flag is not copied into a verb that has one of
/// the same id.
pub fn remove_short_flag(command: clap::Command) -> clap::Command {
    let Some(file) = command
        .get_arguments()
        .find(|arg| arg.get_id() == "file")
        .cloned()
    else {
        return command;
    };
    VERBS.into_iter().fold(command, |command, verb| {
        let file = file.clone().short(None);
        command.mut_subcommand(verb, |verb| verb.arg(file))
    })
}

/// Whether the verb, which comes first, is one of these.
pub fn is_meant(args: &[OsString]) -> bool {
    let verb = args.get(1).and_then(|verb| verb.to_str());
    verb.is_some_and(|verb| VERBS.contains(&verb))
}

/// Replaces `-f` with its long form in flags that preceded such a verb and that `hoist` has moved behind
/// it.
pub fn expand_file_flag(args: &mut Vec<OsString>, flags: usize) {
    if !is_meant(args) {
        return;
    }
    let spelled: Vec<OsString> = args.drain(2..2 + flags).flat_map(expanded).collect();
    args.splice(2..2, spelled);
}

fn expanded(word: OsString) -> Vec<OsString> {
    let short = word
        .to_str()
        .and_then(|text| text.strip_prefix('-')?.split_once('f'))
        .filter(|(switches, _)| switches.chars().all(|c| SWITCHES.contains(&c)));
    let Some((switches, path)) = short else {
        return vec![word];
    };
    let path = path.strip_prefix('=').unwrap_or(path);
    let file = if path.is_empty() {
        "--file".to_owned()
    } else {
        format!("--file={path}")
    };
    let switches = (!switches.is_empty()).then(|| format!("-{switches}"));
    switches.into_iter().chain([file]).map(OsString::from).collect()
}
