//! `-f` follows in the verbs that can, as people know it from `tail`; a file is `--file` there. Before the verb, `-f` is
//! the file everywhere.

use std::ffi::OsString;

use clap::builder::Resettable;

/// The verbs in which `-f` follows.
const VERBS: [&str; 2] = ["events", "logs"];
/// The global flags without a value, which may stand before an `f` in one word.
const SWITCHES: [char; 3] = ['q', 'v', 'y'];

/// Takes the short form away from `--file` in these verbs.
pub fn free_the_letter(command: clap::Command) -> clap::Command {
    let Some(file) = command
        .get_arguments()
        .find(|arg| arg.get_id() == "file")
        .cloned()
    else {
        return command;
    };
    VERBS.into_iter().fold(command, |command, verb| {
        let file = file.clone().short(Resettable::Reset);
        command.mut_subcommand(verb, |verb| verb.arg(file))
    })
}

/// Spells out the `-f` of flags that stood before such a verb and now stand behind it.
pub fn spell_out_the_file(args: &mut Vec<OsString>, flags: usize) {
    let follows = args
        .get(1)
        .and_then(|verb| verb.to_str())
        .is_some_and(|verb| VERBS.contains(&verb));
    if !follows {
        return;
    }
    let spelled: Vec<OsString> = args.drain(2..2 + flags).flat_map(spelled_out).collect();
    args.splice(2..2, spelled);
}

fn spelled_out(word: OsString) -> Vec<OsString> {
    let short = word
        .to_str()
        .and_then(|text| text.strip_prefix('-'))
        .filter(|text| !text.starts_with('-'));
    let Some((switches, path)) = short.and_then(|text| text.split_once('f')) else {
        return vec![word];
    };
    if !switches.chars().all(|c| SWITCHES.contains(&c)) {
        return vec![word];
    }
    let path = path.strip_prefix('=').unwrap_or(path);
    let file = if path.is_empty() {
        "--file".to_owned()
    } else {
        format!("--file={path}")
    };
    let switches = (!switches.is_empty()).then(|| format!("-{switches}"));
    switches.into_iter().chain([file]).map(OsString::from).collect()
}
