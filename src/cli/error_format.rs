//! Detects the output format and color mode of an invalid command line, so that its error can be reported
//! in them. clap doesn't provide them, not even with `ignore_errors`, which stops at the first error and
//! so misses everything after it.

use std::ffi::{OsStr, OsString};

use clap::ValueEnum;
use clap::error::ErrorKind;

use super::{Color, Output};

/// Returns the output format and the color mode, as far as they can be determined; a flag overrides its
/// variable.
pub fn presume(args: &[OsString]) -> (Output, Color) {
    let variable = |name: &str| std::env::var(name).ok();
    let output = flag(args, "--output", Some("-o")).or_else(|| variable("ECSCTL_OUTPUT"));
    let color = flag(args, "--color", None).or_else(|| variable("ECSCTL_COLOR"));
    (value(output), value(color))
}

/// Returns clap's error message in one line, and its suggestion.
pub fn explain(error: &clap::Error) -> (String, Option<String>) {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return ("no verb".to_owned(), Some("ecsctl --help".to_owned()));
    }
    let text = error.render().to_string();
    let mut lines = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:"));
    let message = lines
        .by_ref()
        .take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let tips: Vec<&str> = lines.filter_map(|line| line.strip_prefix("tip: ")).collect();
    let message = message.strip_prefix("error: ").unwrap_or(&message).to_owned();
    (message, (!tips.is_empty()).then(|| tips.join("; ")))
}

/// Whether an invalid command line is one of `run`, whose own failures have an exit code of their own: its first word
/// that is neither a flag nor the value of one.
pub fn is_run(args: &[OsString]) -> bool {
    let command = super::command();
    let takes_value = |word: &str| {
        command.get_arguments().any(|arg| {
            let is_it = arg.get_long().is_some_and(|long| word == format!("--{long}"))
                || arg.get_short().is_some_and(|short| word == format!("-{short}"));
            is_it && arg.get_action().takes_values()
        })
    };
    let mut words = args.iter().skip(1).map(|arg| arg.to_string_lossy());
    while let Some(word) = words.next() {
        if !word.starts_with('-') {
            return word == "run";
        }
        if takes_value(&word) {
            words.next();
        }
    }
    false
}

fn value<V: ValueEnum + Default>(text: Option<String>) -> V {
    text.and_then(|text| V::from_str(&text, false).ok())
        .unwrap_or_default()
}

/// Returns the last value given to a flag: `--long VALUE`, `--long=VALUE`, `-s VALUE`, `-s=VALUE`,
/// `-sVALUE`.
pub(super) fn flag(args: &[OsString], long: &str, short: Option<&str>) -> Option<String> {
    let words: Vec<&str> = args
        .iter()
        .filter_map(|arg| OsStr::to_str(arg))
        .take_while(|arg| *arg != "--")
        .collect();
    (0..words.len()).rev().find_map(|position| {
        let word = words[position];
        if word == long || Some(word) == short {
            return words.get(position + 1).map(|value| (*value).to_owned());
        }
        let attached = word.strip_prefix(long).and_then(|rest| rest.strip_prefix('='));
        let attached = attached.or_else(|| {
            let rest = word.strip_prefix(short?)?;
            Some(rest.strip_prefix('=').unwrap_or(rest))
        });
        attached.map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_known_even_when_the_rest_is_wrong() {
        for (line, expected) in [
            ("ecsctl deploy --nonsense -o json", Output::Json),
            ("ecsctl -ojsonl --nonsense deploy", Output::Jsonl),
            ("ecsctl nonsense --output=json", Output::Json),
            ("ecsctl deploy -o nonsense", Output::Text),
            ("ecsctl deploy -o", Output::Text),
            ("ecsctl -o jsonl deploy -o json", Output::Json),
            ("ecsctl wait -- -o json", Output::Text),
        ] {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(presume(&args).0, expected, "{line}");
        }
    }

    #[test]
    fn the_verb_run_is_found_behind_global_flags() {
        for (line, expected) in [
            ("ecsctl run --nonsense", true),
            ("ecsctl -f a.yaml --quiet run", true),
            ("ecsctl --file=a.yaml run x", true),
            ("ecsctl -f run deploy", false),
            ("ecsctl deploy run", false),
            ("ecsctl", false),
        ] {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(is_run(&args), expected, "{line}");
        }
    }

    #[test]
    fn the_color_setting_is_known_too() {
        let args = ["ecsctl", "--color=always", "nonsense"].map(OsString::from);
        assert_eq!(presume(&args).1, Color::Always);
    }
}
