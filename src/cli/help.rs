//! The content of `--help` beyond the flags: verbs in groups, examples, variables, exit codes.

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};
use clap::builder::{StyledStr, Styles};

use crate::exit::Exit;

const HEADER: Style = Style::new().bold();
const LITERAL: Style = AnsiColor::Cyan.on_default();

/// The colors of help and of usage errors.
pub const STYLES: Styles = Styles::styled()
    .header(HEADER)
    .usage(HEADER)
    .literal(LITERAL)
    .placeholder(Style::new())
    .error(AnsiColor::Red.on_default().bold())
    .valid(AnsiColor::Green.on_default())
    .invalid(AnsiColor::Yellow.on_default());

/// The groups of verbs, in the order in which help shows them.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "Deploy",
        &[
            "deploy", "build", "push", "register", "plan", "wait", "rollback", "stop", "continue",
        ],
    ),
    (
        "Inspect",
        &["status", "events", "tasks", "logs", "history", "open"],
    ),
    ("Manage", &["exec", "run", "scale", "restart", "delete"]),
    ("File", &["init", "check", "render", "schema", "completions"]),
];

/// Adds examples and exit codes below the root command's help.
pub fn complete(command: clap::Command) -> clap::Command {
    let brief = "See `ecsctl --help` for exit codes and variables, `ecsctl VERB --help` for a verb.";
    command
        .override_usage("ecsctl [OPTIONS] VERB [ARGS]")
        .after_help(brief)
        .after_long_help(more_examples())
}

/// Lists the verbs in groups, which clap doesn't support (clap-rs/clap#1553, open as of 4.6). Only for
/// showing help: completions and man pages need the original list.
pub fn group(command: clap::Command) -> clap::Command {
    let groups = groups(&command);
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}\n{{all-args}}{{after-help}}"
    );
    command
        // Our groups replace clap's single list of verbs.
        .mut_subcommands(|verb| verb.hide(true))
        .help_template(StyledStr::from(template))
}

fn groups(command: &clap::Command) -> String {
    let mut text = String::new();
    for (group, verbs) in GROUPS {
        let _ = writeln!(text, "{HEADER}{group}:{HEADER:#}");
        for name in verbs {
            let about = command.find_subcommand(name).and_then(clap::Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(text, "  {LITERAL}{name:<12}{LITERAL:#} {about}");
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len() + 1);
    text
}

fn more_examples() -> StyledStr {
    let mut text = examples_text(&[
        ("ecsctl plan", "what would change"),
        (
            "ecsctl deploy",
            "build, push, register and deploy, and wait for the verdict",
        ),
        ("ecsctl status", "what runs"),
    ]);
    let _ = write!(text, "\n\n{HEADER}Exit codes:{HEADER:#}");
    for (code, meaning) in exit_codes() {
        let _ = write!(text, "\n  {LITERAL}{code:>3}{LITERAL:#}  {meaning}");
    }
    let _ = write!(text, "\n\n{HEADER}Variables:{HEADER:#}");
    let _ = write!(
        text,
        "\n  Each option can be set by the variable shown beside it. The option takes precedence; an empty variable counts as unset.\n  \
         {LITERAL}ECSCTL_LOG{LITERAL:#}  {LOG}"
    );
    StyledStr::from(text)
}

/// Formats a block of examples: each command with its description.
pub fn examples(list: &[(&str, &str)]) -> StyledStr {
    StyledStr::from(examples_text(list))
}

fn examples_text(list: &[(&str, &str)]) -> String {
    let width = list.iter().map(|(typed, _)| typed.len()).max().unwrap_or(0);
    let mut text = format!("{HEADER}Examples:{HEADER:#}");
    for (typed, purpose) in list {
        let _ = write!(text, "\n  {LITERAL}{typed:<width$}{LITERAL:#}  {purpose}");
    }
    text
}

/// Returns every exit code and its meaning, for help and for the README.
pub fn exit_codes() -> impl Iterator<Item = (u8, &'static str)> {
    Exit::ALL.into_iter().map(|exit| (exit.code(), exit.meaning()))
}

/// The meaning of `ECSCTL_LOG`.
const LOG: &str = "What to log to stderr: off, error, warn, info, debug (a line for each request), or TARGET=LEVEL, such as `ecsctl::aws=debug`";

/// An environment variable and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name, such as `ECSCTL_FILE`.
    pub name: String,
    /// The flag that it sets (`--file`); None if there is none.
    pub flag: Option<String>,
    /// The meaning, in one line.
    pub meaning: String,
}

/// Returns every environment variable that the command line reads, for the README.
pub fn variables(command: &clap::Command) -> Vec<Variable> {
    let verbs = command.get_subcommands().flat_map(clap::Command::get_arguments);
    let mut list: Vec<Variable> = Vec::new();
    for arg in command.get_arguments().chain(verbs) {
        let name = match (
            arg.get_env().and_then(std::ffi::OsStr::to_str),
            arg.get_id().as_str(),
        ) {
            (Some(name), _) => name,
            (None, "vars") => "ECSCTL_VAR_<NAME>",
            (None, _) => continue,
        };
        if list.iter().all(|known| known.name != name) {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            list.push(Variable {
                name: name.to_owned(),
                flag: arg.get_long().map(|long| format!("--{long}")),
                meaning: help.replace(" [env: ECSCTL_VAR_<NAME>]", ""),
            });
        }
    }
    list.push(Variable {
        name: "ECSCTL_LOG".to_owned(),
        flag: None,
        meaning: LOG.to_owned(),
    });
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_visible_verb_is_in_one_group() {
        let command = super::super::command();
        let mut shown: Vec<&str> = GROUPS
            .into_iter()
            .flat_map(|(_, verbs)| verbs.iter().copied())
            .collect();
        let mut verbs: Vec<&str> = command
            .get_subcommands()
            .filter(|verb| !verb.is_hide_set())
            .map(clap::Command::get_name)
            .collect();
        shown.sort_unstable();
        verbs.sort_unstable();
        assert_eq!(shown, verbs);
    }

    #[test]
    fn every_global_flag_but_yes_has_a_variable() {
        let command = super::super::command();
        for arg in command.get_arguments().filter(|arg| arg.is_global_set()) {
            let id = arg.get_id().as_str();
            if !["yes", "vars"].contains(&id) {
                assert!(arg.get_env().is_some(), "{id} has no variable");
                assert!(arg.is_hide_env_values_set(), "{id} shows its variable's value");
            }
        }
    }
}
