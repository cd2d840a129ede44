//! Shell completions: the scripts, which call ecsctl for every completion, and the answers to these calls.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use clap::{Arg, Command};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate, complete};
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::{error_format, follow, global_flags_first};

/// The variable by which a script asks for completions; its value is the shell.
const VARIABLE: &str = "_ECSCTL_COMPLETE";
/// The variable by which scripts pass the position of the word to complete. clap's scripts use it too.
const INDEX: &str = "_CLAP_COMPLETE_INDEX";

/// clap's own script does not complete words with `=` or `:` in them, at which bash splits, and shows errors.
const BASH: &str = r#"_ecsctl() {
    local IFS=$'\n'
    COMPREPLY=($(_ECSCTL_COMPLETE=bash _CLAP_COMPLETE_INDEX="$COMP_CWORD" \
        command ecsctl -- "${COMP_WORDS[@]}" 2>/dev/null))
    # The word goes on after `web=` and after a folder.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
if ((BASH_VERSINFO[0] > 4 || BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] >= 4)); then
    complete -F _ecsctl -o bashdefault -o nosort ecsctl
else
    complete -F _ecsctl -o bashdefault ecsctl
fi
"#;

/// Makes clap's script work when zsh loads it from `fpath`, too: then it is the body of the function `_ecsctl`.
const ZSH_AUTOLOAD: &str = r#"
if [ "$funcstack[1]" = "_ecsctl" ]; then
    _clap_dynamic_completer_ecsctl "$@"
fi
"#;

/// Returns the names in a section of deploy.yaml; the file and the environment are those of `--file` and
/// `--environment`, if given.
pub type SectionNames = fn(file: Option<&Path>, environment: Option<&str>, section: &str) -> Vec<String>;

/// Returns the script that adds completions to a shell.
pub fn completion_script(shell: Shell) -> String {
    let (completer, end): (&dyn EnvCompleter, &str) = match shell {
        Shell::Zsh => (&Zsh, ZSH_AUTOLOAD),
        Shell::Fish => (&Fish, ""),
        Shell::Elvish => (&Elvish, ""),
        Shell::PowerShell => (&Powershell, ""),
        _ => return BASH.to_owned(),
    };
    let mut script = Vec::new();
    // Writing to memory can't fail.
    let _ = completer.write_registration(VARIABLE, "ecsctl", "ecsctl", "ecsctl", &mut script);
    format!("{}{end}", String::from_utf8_lossy(&script))
}

/// Whether a script asks for completions.
pub fn is_completion() -> bool {
    variable(VARIABLE).is_some()
}

/// Returns the completions that a script asks for with these arguments of the process, in the form that it reads;
/// nothing where something is wrong.
pub fn completions(args: &[OsString], names: SectionNames) -> String {
    let words = args.iter().skip_while(|arg| *arg != "--").skip(1);
    let words: Vec<OsString> = words.cloned().collect();
    if words.is_empty() {
        return String::new();
    }
    let here = std::env::current_dir().ok();
    let completer: &dyn EnvCompleter = match variable(VARIABLE).as_deref().and_then(OsStr::to_str) {
        Some("zsh") => &Zsh,
        Some("fish") => &Fish,
        Some("elvish") => &Elvish,
        Some("powershell") => &Powershell,
        _ => return for_bash(&words, names, here.as_deref()).unwrap_or_default(),
    };
    let mut command = with_names(super::command(), &words, names);
    let mut answer = Vec::new();
    let answered = completer.write_complete(&mut command, words, here.as_deref(), &mut answer);
    answered.map_or_else(
        |_| String::new(),
        |()| String::from_utf8_lossy(&answer).into_owned(),
    )
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Lets values be completed with the names in deploy.yaml. It is read only if a name is completed.
fn with_names(command: Command, words: &[OsString], names: SectionNames) -> Command {
    let file = file(&command, words);
    let environment = error_format::flag(words, "--environment", Some("-e"))
        .or_else(|| variable("ECSCTL_ENVIRONMENT")?.into_string().ok());
    let complete_names = |verb: &str, arg: Arg| {
        let Some((section, end)) = section(verb, &arg) else {
            return arg;
        };
        let (file, environment) = (file.clone(), environment.clone());
        arg.add(ArgValueCandidates::new(move || {
            let names = section
                .split(' ')
                .flat_map(|section| names(file.as_deref(), environment.as_deref(), section));
            names.map(|name| CompletionCandidate::new(name + end)).collect()
        }))
    };
    let only = command
        .get_arguments()
        .find(|arg| arg.get_id() == "only")
        .cloned();
    let command = ["build", "push"].into_iter().fold(command, |command, verb| {
        // A global argument is not copied into a verb that has one of the same id.
        command.mut_subcommand(verb, |verb| verb.args(only.clone()))
    });
    command
        .mut_args(|arg| complete_names("", arg))
        .mut_subcommands(|verb| {
            let name = verb.get_name().to_owned();
            verb.mut_args(|arg| complete_names(&name, arg))
        })
}

/// Returns the section of deploy.yaml, or several, whose names a value takes, and what follows a name.
fn section(verb: &str, arg: &Arg) -> Option<(&'static str, &'static str)> {
    let value = arg.get_value_names()?.first()?;
    match (arg.get_id().as_str(), value.as_str()) {
        ("only", _) if ["build", "push"].contains(&verb) => Some(("images", "")),
        ("only", _) | (_, "SERVICE") => Some(("services", "")),
        (_, "JOB|SERVICE") => Some(("jobs services", "")),
        (_, "SERVICE=N") => Some(("services", "=")),
        (_, "IMAGE") => Some(("images", "")),
        ("images", _) => Some(("images", "=")),
        ("environment", _) => Some(("environments", "")),
        ("vars", _) => Some(("vars", "=")),
        _ => None,
    }
}

/// Returns the file that the command line or its variable names. The shell has not expanded its `~` yet.
fn file(command: &Command, words: &[OsString]) -> Option<PathBuf> {
    let words = global_flags_first::behind_the_verb(command, words.to_vec());
    let short = (!follow::is_meant(&words)).then_some("-f");
    let named = error_format::flag(&words, "--file", short).map(OsString::from);
    let path = PathBuf::from(named.or_else(|| variable("ECSCTL_FILE"))?);
    let home = || variable("HOME").map(PathBuf::from);
    match path
        .strip_prefix("~")
        .ok()
        .and_then(|rest| Some(home()?.join(rest)))
    {
        Some(expanded) => Some(expanded),
        None => Some(path),
    }
}

/// Completes a word of bash, which splits words at `=` and `:` and replaces only the last part.
fn for_bash(words: &[OsString], names: SectionNames, here: Option<&Path>) -> Result<String, io::Error> {
    let index = variable(INDEX).and_then(|index| index.to_str()?.parse().ok());
    let index: usize = index.unwrap_or(words.len() - 1);
    let mut words: Vec<OsString> = words.iter().take(index.saturating_add(1)).cloned().collect();
    if words.len() <= index {
        words.push(OsString::new());
    }
    let (words, kept) = joined(&words);
    let word = words.last().map(|word| word.to_string_lossy().into_owned());
    let word = word.unwrap_or_default();
    let index = words.len() - 1;
    let mut command = with_names(super::command(), &words, names);
    let found = complete(&mut command, words, index, here)?;
    let found = found.iter().map(|it| it.get_value().to_string_lossy());
    let mut values: Vec<String> = found
        .filter_map(|value| Some(value.strip_prefix(word.get(..kept)?)?.to_owned()))
        .filter(|value| !value.is_empty())
        .collect();
    // Options are offered when one is begun, or where there is nothing else.
    if word.is_empty() && values.iter().any(|value| !value.starts_with('-')) {
        values.retain(|value| !value.starts_with('-'));
    }
    Ok(values.join("\n"))
}

/// Joins the words that bash has split at `=` and `:` (`COMP_WORDBREAKS`). Also returns how much of the last word,
/// in bytes, precedes its last part.
fn joined(words: &[OsString]) -> (Vec<OsString>, usize) {
    let is_break = |word: &OsStr| {
        let bytes = word.as_encoded_bytes();
        !bytes.is_empty() && bytes.iter().all(|byte| matches!(byte, b'=' | b':'))
    };
    let mut joined: Vec<OsString> = Vec::new();
    let (mut kept, mut after_break) = (0, false);
    for word in words {
        let is_break = is_break(word) && joined.len() > 1;
        match joined.last_mut() {
            Some(last) if is_break || after_break => {
                kept = last.len() + if is_break { word.len() } else { 0 };
                last.push(word);
            }
            _ => {
                kept = 0;
                joined.push(word.clone());
            }
        }
        after_break = is_break;
    }
    (joined, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn words_split_by_bash_are_joined() {
        for (split, expected, kept) in [
            ("ecsctl deploy we", "ecsctl deploy we", 0),
            ("ecsctl deploy --only = we", "ecsctl deploy --only=we", 7),
            ("ecsctl deploy --only =", "ecsctl deploy --only=", 7),
            ("ecsctl scale web = 3 wo", "ecsctl scale web=3 wo", 0),
            (
                "ecsctl plan --image web = a : 1",
                "ecsctl plan --image web=a:1",
                6,
            ),
            ("ecsctl plan ", "ecsctl plan ", 0),
        ] {
            assert_eq!(joined(&words(split)), (words(expected), kept), "{split}");
        }
    }

    #[test]
    fn the_file_is_that_of_the_whole_line() {
        let named = |line: &str| file(&super::super::command(), &words(line));
        for (line, expected) in [
            ("ecsctl deploy -f a.yaml we", Some("a.yaml")),
            ("ecsctl -f a.yaml deploy we", Some("a.yaml")),
            ("ecsctl deploy --file=a.yaml", Some("a.yaml")),
            ("ecsctl -f a.yaml logs -f we", Some("a.yaml")),
            ("ecsctl logs -f we", None),
            ("ecsctl deploy --nonsense -f a.yaml we", Some("a.yaml")),
            ("ecsctl deploy we", None),
        ] {
            assert_eq!(named(line), expected.map(PathBuf::from), "{line}");
        }
    }
}
