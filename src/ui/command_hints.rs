//! The commands that people are told to type carry the flags that they gave to this one, so that they can be pasted.

use std::borrow::Cow;

use crate::diagnostic::{Suggestion, SuggestionPart};

/// The verbs: what follows `ecsctl` in a sentence is a command only when it is one of them.
pub const VERBS: [&str; 20] = [
    "deploy",
    "build",
    "push",
    "register",
    "plan",
    "wait",
    "rollback",
    "stop",
    "continue",
    "status",
    "events",
    "logs",
    "tasks",
    "history",
    "open",
    "scale",
    "restart",
    "delete",
    "render",
    "completions",
];

/// The verbs that make or plan images: what the others do does not depend on `--image`.
const OF_IMAGES: [&str; 6] = ["deploy", "build", "push", "register", "plan", "render"];

/// A flag that was given, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// It has no value.
    Switch,
    /// Its value.
    Value(String),
    /// Its value is a secret: the shell is to take it from a variable of this name. What is secret of `NAME=VALUE` is
    /// the value; `before` is the rest.
    Secret {
        /// `NAME=`, or nothing.
        before: String,
        /// What the variable is called, as far as a variable can be.
        variable: String,
    },
}

impl Argument {
    /// As a POSIX shell reads it. Where the variable is not set, the shell refuses the command (XCU 2.6.2, `${x:?}`):
    /// neither a mask nor an empty text takes the secret's place.
    fn typed(&self) -> String {
        match self {
            Self::Switch => String::new(),
            Self::Value(value) => format!(" {}", quoted(value)),
            Self::Secret { before, variable } => {
                let before = match before.as_str() {
                    "" => Cow::Borrowed(""),
                    before => quoted(before),
                };
                format!(" {before}\"${{{}:?}}\"", variable_name(variable))
            }
        }
    }
}

/// As a name of a variable (XBD 3.235: letters, digits and underscores, no digit first).
fn variable_name(text: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = text.chars().map(letter).collect();
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("_{name}"),
        false => name,
    }
}

/// Which file, and which account and region: the flags of the command line that another command needs too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandFlags {
    /// `-f shop.yaml --region eu-west-1 `, with the blank at its end; empty when no flag was given.
    flags: String,
    /// `--image web=REF `, the same.
    images: String,
}

impl CommandFlags {
    /// Of flags, as they were given.
    pub fn new(given: &[(String, Argument)]) -> Self {
        let mut made = Self::default();
        for (flag, argument) in given {
            let flags = match flag.as_str() {
                "--image" => &mut made.images,
                _ => &mut made.flags,
            };
            flags.push_str(flag);
            flags.push_str(&argument.typed());
            flags.push(' ');
        }
        made
    }

    /// A suggestion as text, with the flags put into each command.
    pub fn complete(&self, suggestion: &Suggestion) -> String {
        let parts = suggestion.parts().iter();
        parts
            .map(|part| match part {
                SuggestionPart::Text(text) => self.typed(text).into_owned(),
                SuggestionPart::Command(command) => self.typed(&command.to_string()).into_owned(),
            })
            .collect()
    }

    /// Our own text with the flags put into each command.
    pub fn typed<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.flags.is_empty() && self.images.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut typed = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(PROGRAM) {
            typed.push_str(before);
            typed.push_str(PROGRAM);
            let begins_word = !before.ends_with(|c: char| c.is_alphanumeric() || "-_/.".contains(c));
            if let Some(verb) = verb_of(after).filter(|_| begins_word) {
                typed.push_str(&self.flags);
                if OF_IMAGES.contains(&verb) {
                    typed.push_str(&self.images);
                }
            }
            rest = after;
        }
        typed.push_str(rest);
        Cow::Owned(typed)
    }
}

const PROGRAM: &str = "ecsctl ";

/// The verb that a text begins with.
fn verb_of(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let word = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    VERBS.contains(&word).then_some(word)
}

/// As a POSIX shell reads it (XCU 2.2.2: single quotes).
fn quoted(value: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(format!("'{}'", value.replace('\'', "'\\''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(flag: &str, argument: Argument) -> (String, Argument) {
        (flag.to_owned(), argument)
    }

    fn value(value: &str) -> Argument {
        Argument::Value(value.to_owned())
    }

    fn secret(before: &str, variable: &str) -> Argument {
        Argument::Secret {
            before: before.to_owned(),
            variable: variable.to_owned(),
        }
    }

    fn invocation() -> CommandFlags {
        CommandFlags::new(&[
            given("-f", value("my shop.yaml")),
            given("--region", value("eu-west-1")),
        ])
    }

    #[test]
    fn only_commands_get_the_flags() {
        let flags = "-f 'my shop.yaml' --region eu-west-1";
        let rows = [
            ("ecsctl wait web", format!("ecsctl {flags} wait web")),
            (
                "wait (ecsctl wait web), or ecsctl deploy",
                format!("wait (ecsctl {flags} wait web), or ecsctl {flags} deploy"),
            ),
            (
                "`ecsctl deploy` does it",
                format!("`ecsctl {flags} deploy` does it"),
            ),
            (
                "it goes on without ecsctl",
                "it goes on without ecsctl".to_owned(),
            ),
            ("ecsctl deploys it", "ecsctl deploys it".to_owned()),
            ("ecsctl -f PATH deploy", "ecsctl -f PATH deploy".to_owned()),
            ("/bin/ecsctl deploy", "/bin/ecsctl deploy".to_owned()),
        ];
        for (text, expected) in rows {
            assert_eq!(invocation().typed(text), expected);
        }
        assert_eq!(
            CommandFlags::default().typed("ecsctl wait web"),
            "ecsctl wait web"
        );
    }

    #[test]
    fn values_are_quoted_for_a_shell() {
        for (value, expected) in [
            ("a=b", "a=b"),
            ("", "''"),
            ("it's", "'it'\\''s'"),
            ("$(rm)", "'$(rm)'"),
        ] {
            assert_eq!(quoted(value), expected);
        }
        let switch = CommandFlags::new(&[given("--allow-unknown-fields", Argument::Switch)]);
        assert_eq!(switch.typed("ecsctl plan"), "ecsctl --allow-unknown-fields plan");
    }

    #[test]
    fn secret_values_are_replaced_by_shell_variables() {
        for (before, variable, expected) in [
            ("token=", "token", r#"token="${token:?}""#),
            ("my key=", "my key", r#"'my key='"${my_key:?}""#),
            ("2fa-token=", "2fa-token", r#"2fa-token="${_2fa_token:?}""#),
            ("", "endpoint-url", r#""${endpoint_url:?}""#),
        ] {
            let invocation = CommandFlags::new(&[given("--var", secret(before, variable))]);
            let typed = format!("ecsctl --var {expected} wait web");
            assert_eq!(invocation.typed("ecsctl wait web"), typed);
        }
    }

    #[test]
    fn images_go_with_the_verbs_that_use_them() {
        let invocation = CommandFlags::new(&[
            given("--image", value("web=acme/web:1")),
            given("--region", value("eu-west-1")),
        ]);
        let text = "ecsctl deploy --only web --force, or ecsctl rollback web";
        let typed = "ecsctl --region eu-west-1 --image web=acme/web:1 deploy --only web --force, \
                     or ecsctl --region eu-west-1 rollback web";
        assert_eq!(invocation.typed(text), typed);
        for verb in OF_IMAGES {
            assert!(VERBS.contains(&verb), "{verb}");
        }
    }
}
